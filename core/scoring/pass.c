/* The figures of one scoring, before there are any, and again from a result. */
#include "core/scoring/pass.h"

#include <string.h>

static struct ca_section_row *empty_rows(struct ca_arena *arena, size_t count)
{
    struct ca_section_row *rows = CA_ARRAY(arena, count, struct ca_section_row);

    for (size_t i = 0; i < count; i++)
        rows[i] = (struct ca_section_row){-1, CA_NONE, CA_NONE, -1};
    return rows;
}

struct ca_pass *ca_pass_new(struct ca_arena *arena, const struct ca_return *audit,
                            const struct ca_response *responses, bool changed,
                            struct ca_diags *diags)
{
    const struct ca_template *t = audit->template;
    struct ca_pass *pass = CA_NEW(arena, struct ca_pass);

    pass->arena = arena;
    pass->template = t;
    pass->audit = audit;
    pass->diags = diags;
    pass->changed = changed;
    pass->responses = responses;
    pass->columns = audit->columns;
    pass->derivations = CA_ARRAY(arena, t->standard_count, struct ca_derivation);
    pass->applies = CA_ARRAY(arena, t->standard_count, bool);
    pass->section_applies = CA_ARRAY(arena, t->section_count, signed char);
    memset(pass->section_applies, -1, t->section_count);
    pass->outcomes = CA_ARRAY(arena, t->standard_count * pass->columns, struct ca_outcome);
    pass->joint = empty_rows(arena, t->section_count);
    if (t->agency_count > 0) {
        pass->by_agency = empty_rows(arena, t->section_count * pass->columns);
        pass->agencies = CA_ARRAY(arena, t->agency_count, struct ca_agency_row);
        for (size_t a = 0; a < t->agency_count; a++)
            pass->agencies[a] = (struct ca_agency_row){-1, CA_NONE};
    }
    pass->score = -1;
    pass->computed = CA_NONE;
    return pass;
}

struct ca_section_row *ca_pass_row(const struct ca_pass *pass, size_t section, size_t agency)
{
    if (agency == CASEAUDIT_JOINT || pass->by_agency == NULL)
        return &pass->joint[section];
    return &pass->by_agency[section * pass->columns + agency];
}

struct ca_pass ca_pass_of_result(const struct ca_result *result)
{
    return (struct ca_pass){.arena = result->audit->arena,
                            .template = result->template,
                            .audit = result->audit,
                            .responses = result->audit->responses,
                            .columns = result->columns,
                            .settled = true,
                            .outcomes = result->outcomes,
                            .critical_scores = result->critical_scores,
                            .critical_count = result->critical_count,
                            .joint = result->joint,
                            .by_agency = result->by_agency,
                            .agencies = result->agencies,
                            .score = result->score,
                            .computed = result->computed};
}
