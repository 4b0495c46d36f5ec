/* Which standards apply and what became of each, in the order of the document: scoring rules,
 * sections 2 and 2.3; and the duties that come with an outcome. */
#include "core/scoring/settle.h"

#include <assert.h>
#include <stdlib.h>

#include "core/base/decimal.h"
#include "core/scoring/conditions.h"
#include "core/scoring/outcome.h"

/* ---- which standards apply ---- */

static bool section_applies(struct ca_pass *pass, size_t section)
{
    const struct ca_section *s = &pass->template->sections[section];
    signed char *known = &pass->section_applies[section];

    if (*known < 0)
        *known = (s->parent == CA_NONE || section_applies(pass, s->parent)) &&
                 (!s->has_applies || ca_conditions_hold(pass, &s->applies));
    return *known;
}

/* What the framework leaves unset, or excludes, is none of this case's. */
static bool framework_excludes(const struct ca_pass *pass, size_t standard)
{
    const struct ca_derivation *d = &pass->derivations[standard];

    return pass->template->standards[standard].derived != NULL && !d->beyond_calendar &&
           (!d->set || d->outcome.status == CASEAUDIT_NOT_APPLYING);
}

static bool standard_applies(struct ca_pass *pass, size_t standard)
{
    const struct ca_standard *s = &pass->template->standards[standard];

    return !framework_excludes(pass, standard) && section_applies(pass, s->section) &&
           (!s->has_applies || ca_conditions_hold(pass, &s->applies));
}

/* ---- one outcome ---- */

static bool out_of_scope(const struct ca_pass *pass, const struct ca_response *response)
{
    const ca_date edge = pass->audit->scope_from;

    return edge != CA_NO_DATE && response->date != CA_NO_DATE && response->date < edge;
}

static void report_calendar(const struct ca_pass *pass, const struct ca_standard *s,
                            uint32_t offset)
{
    ca_return_report(pass->audit, offset, pass->diags, CA_ERROR, "response",
                     "standard '%s': a date in working days lies beyond the calendar of "
                     "bank holidays, which is known for 1978 to 2099",
                     s->id);
}

static struct ca_outcome not_applicable(const struct ca_standard *s)
{
    struct ca_outcome o = ca_outcome_status(CASEAUDIT_NOT_APPLICABLE);

    o.score = s->not_applicable_score;
    return o;
}

static struct ca_outcome derived_outcome(struct ca_pass *pass, const struct ca_standard *s,
                                         const struct ca_response *response)
{
    const struct ca_derivation *d = &pass->derivations[s - pass->template->standards];

    if (response->given == CA_GIVEN_NOT_APPLICABLE)
        return ca_outcome_status(CASEAUDIT_NOT_APPLICABLE);
    if (!d->beyond_calendar)
        return d->outcome;
    report_calendar(pass, s, pass->audit->audit_offset);
    return ca_outcome_status(CASEAUDIT_NOT_APPLYING);
}

static struct ca_outcome unanswered(struct ca_pass *pass, const struct ca_standard *s)
{
    if (!s->required)
        return ca_outcome_status(CASEAUDIT_NOT_APPLICABLE);
    pass->missing = true;
    return ca_outcome_status(CASEAUDIT_MISSING);
}

static struct ca_outcome outcome_of(struct ca_pass *pass, const struct ca_standard *s,
                                    const struct ca_response *response)
{
    struct ca_outcome o;

    if (s->derived != NULL)
        return derived_outcome(pass, s, response);
    if (response->given == CA_GIVEN_NOTHING)
        return unanswered(pass, s);
    if (response->given == CA_GIVEN_NOT_APPLICABLE)
        return not_applicable(s);
    if (out_of_scope(pass, response))
        return ca_outcome_status(CASEAUDIT_OUT_OF_SCOPE);
    if (response->given == CA_GIVEN_NOT_EVIDENCED) {
        o = ca_outcome_status(CASEAUDIT_NOT_EVIDENCED);
        o.score = s->type == CA_TYPE_TEXT ? -1 : 0;
        return o;
    }
    if (!ca_outcome_answered(pass->template, pass->arena, s, response, pass->audit->audit_date,
                             &o)) {
        report_calendar(pass, s, response->offset);
        return ca_outcome_status(CASEAUDIT_MISSING);
    }
    return o;
}

/* A response is never ignored; a moderator's changes are looked at elsewhere. */
static void report_superfluous(const struct ca_pass *pass, size_t standard,
                               const struct ca_response *response)
{
    if (response->given == CA_GIVEN_NOTHING || response->by_section || pass->changed)
        return;
    ca_return_report(pass->audit, response->offset, pass->diags, CA_ERROR, "response",
                     "standard '%s' does not apply to this case, by the %s rule: remove the "
                     "response, or correct what the rule looks at",
                     pass->template->standards[standard].id,
                     framework_excludes(pass, standard) ? "framework's" : "template's applies");
}

static void settle_one(struct ca_pass *pass, size_t standard, size_t agency)
{
    const struct ca_standard *s = &pass->template->standards[standard];
    const struct ca_response *response = &pass->responses[standard * pass->columns + agency];
    struct ca_outcome *o = ca_pass_outcome(pass, standard, agency);

    if (!ca_return_expects(pass->audit, standard, agency))
        return;
    if (pass->applies[standard]) {
        *o = outcome_of(pass, s, response);
    } else {
        *o = ca_outcome_status(CASEAUDIT_NOT_APPLYING);
        report_superfluous(pass, standard, response);
    }
    o->counts = o->score >= 0 && s->weight > 0 && !s->weightless_above;
}

static int compare_scores(const void *a, const void *b)
{
    const int32_t one = *(const int32_t *)a, other = *(const int32_t *)b;

    return one < other ? -1 : one > other;
}

/* Any number of conditions may ask how many of them are below what they say. */
static void sort_critical_scores(struct ca_pass *pass)
{
    const struct ca_template *t = pass->template;
    size_t most = 0;

    for (size_t i = 0; i < t->standard_count; i++)
        most += t->standards[i].critical ? pass->columns : 0;
    pass->critical_scores = CA_ARRAY(pass->arena, most, int32_t);
    for (size_t i = 0; i < t->standard_count; i++)
        for (size_t a = 0; t->standards[i].critical && a < pass->columns; a++) {
            const struct ca_outcome *o = ca_pass_outcome(pass, i, a);
            if (o->present && o->score >= 0)
                pass->critical_scores[pass->critical_count++] = o->score;
        }
    qsort(pass->critical_scores, pass->critical_count, sizeof *pass->critical_scores,
          compare_scores);
}

void ca_settle(struct ca_pass *pass)
{
    const struct ca_template *t = pass->template;

    if (pass->settled)
        return;
    pass->settled = true;
    for (size_t i = 0; i < t->standard_count; i++) {
        pass->applies[i] = standard_applies(pass, i);
        for (size_t a = 0; a < pass->columns; a++)
            settle_one(pass, i, a);
    }
    sort_critical_scores(pass);
}

/* ---- duties that come with an outcome ---- */

/* "standard 'x'", and whose, where there are agencies. */
static const char *named(const struct ca_pass *pass, const struct ca_standard *s, size_t agency)
{
    const struct ca_template *t = pass->template;

    if (t->agency_count == 0)
        return ca_arena_printf(pass->arena, "standard '%s'", s->id);
    return ca_arena_printf(pass->arena, "standard '%s', agency '%s'", s->id,
                           t->agencies[agency].id);
}

/* Which standards, of which agency, an action names: [standard * columns + agency]. */
static const bool *find_acted_on(const struct ca_pass *pass)
{
    const size_t columns = pass->columns;
    bool *acted_on = CA_ARRAY(pass->arena, pass->template->standard_count * columns, bool);

    for (size_t i = 0; i < pass->audit->action_count; i++) {
        const struct ca_action *action = &pass->audit->actions[i];
        const size_t agency = pass->template->agency_count > 0 ? action->agency : 0;
        if (action->standard != CA_NONE && agency != CA_NONE)
            acted_on[action->standard * columns + agency] = true;
    }
    return acted_on;
}

static const char *add_evidence(const struct ca_pass *pass, const struct ca_standard *s)
{
    return pass->diags->of_cells
               ? ca_arena_printf(pass->arena, "say in column '%s evidence' what was seen",
                                 s->id)
               : "add an <evidence> element with text";
}

static void check_evidence(const struct ca_pass *pass, const struct ca_standard *s,
                           size_t agency, const struct ca_outcome *o,
                           const struct ca_response *response)
{
    bool looked = o->status == CASEAUDIT_ANSWERED || o->status == CASEAUDIT_NOT_EVIDENCED;
    char score[CA_DECIMAL_SIZE], edge[CA_DECIMAL_SIZE];

    if (response->evidence_count > 0 || response->given == CA_GIVEN_NOTHING ||
        response->by_section)
        return;
    if (s->evidence_required && looked)
        ca_return_report(pass->audit, response->offset, pass->diags, CA_ERROR, "response",
                         "%s needs evidence: %s", named(pass, s, agency),
                         add_evidence(pass, s));
    else if (o->score < s->evidence_below)
        ca_return_report(pass->audit, response->offset, pass->diags, CA_ERROR, "response",
                         "%s scores %s, and below %s it needs evidence: %s",
                         named(pass, s, agency), ca_decimal_fixed(o->score, 2, score),
                         ca_decimal_short(s->evidence_below, 2, edge), add_evidence(pass, s));
}

static void check_action(const struct ca_pass *pass, const bool *acted_on, size_t standard,
                         size_t agency, const struct ca_outcome *o,
                         const struct ca_response *response)
{
    const struct ca_standard *s = &pass->template->standards[standard];
    char score[CA_DECIMAL_SIZE], edge[CA_DECIMAL_SIZE];

    if (o->score >= s->action_below || acted_on[standard * pass->columns + agency])
        return;
    ca_return_report(pass->audit, response->offset, pass->diags, CA_ERROR, "response",
                     "%s scores %s, and below %s it needs an action: %s",
                     named(pass, s, agency), ca_decimal_fixed(o->score, 2, score),
                     ca_decimal_short(s->action_below, 2, edge),
                     pass->diags->of_cells
                         ? "say what is to be done in column 'action 1', and which standard it "
                           "is about in 'action 1 standard'"
                         : "add an <action> that names it");
}

/* Responses whose practice may be older than the template looks back, for all that is known. */
struct undated {
    size_t count;
    uint32_t offset;   /* of the first */
    const char *names; /* of the first few */
};

enum { UNDATED_SHOWN = 3 };

static void note_undated(const struct ca_pass *pass, const struct ca_standard *s, size_t agency,
                         const struct ca_response *response, struct undated *undated)
{
    if (undated->count++ == 0) {
        undated->offset = response->offset;
        undated->names = named(pass, s, agency);
    } else if (undated->count <= UNDATED_SHOWN) {
        undated->names =
            ca_arena_printf(pass->arena, "%s; %s", undated->names, named(pass, s, agency));
    }
}

/* They are many or none as a rule, and one thing to know. */
static void warn_of_undated(const struct ca_pass *pass, const struct undated *undated)
{
    const int months = (int)pass->template->look_back_months;

    if (undated->count == 1)
        ca_return_report(pass->audit, undated->offset, pass->diags, CA_WARNING, "response",
                         "%s has no date, so it is taken to be within the %d months the "
                         "template looks back",
                         undated->names, months);
    else if (undated->count > 1)
        ca_return_report(pass->audit, undated->offset, pass->diags, CA_WARNING, "response",
                         "%zu responses have no date, so they are taken to be within the %d "
                         "months the template looks back: %s%s",
                         undated->count, months, undated->names,
                         undated->count > UNDATED_SHOWN ? "; and so on" : "");
}

static void check_scope(const struct ca_pass *pass, const struct ca_standard *s, size_t agency,
                        const struct ca_outcome *o, const struct ca_response *response,
                        struct undated *undated)
{
    char date[CA_DATE_SIZE];

    if (o->status == CASEAUDIT_OUT_OF_SCOPE)
        ca_return_report(pass->audit, response->offset, pass->diags, CA_WARNING, "response",
                         "%s is out of scope: its practice of %s is older than the %d months "
                         "the template looks back",
                         named(pass, s, agency), ca_date_format(response->date, date),
                         (int)pass->template->look_back_months);
    else if (o->score >= 0 && response->date == CA_NO_DATE && !response->by_section &&
             response->given != CA_GIVEN_NOTHING)
        note_undated(pass, s, agency, response, undated);
}

void ca_check_duties(const struct ca_pass *pass)
{
    const struct ca_template *t = pass->template;
    const bool *acted_on = find_acted_on(pass);
    struct undated undated = {0};

    assert(pass->settled && !pass->changed);
    for (size_t i = 0; i < t->standard_count; i++) {
        const struct ca_standard *s = &t->standards[i];
        if (s->derived != NULL)
            continue; /* takes no response, so none of these */
        for (size_t a = 0; a < pass->columns; a++) {
            const struct ca_outcome *o = ca_pass_outcome(pass, i, a);
            const struct ca_response *response = &pass->responses[i * pass->columns + a];
            if (!o->present)
                continue;
            if (t->look_back_months > 0)
                check_scope(pass, s, a, o, response, &undated);
            if (o->score < 0)
                continue;
            check_evidence(pass, s, a, o, response);
            check_action(pass, acted_on, i, a, o, response);
        }
    }
    warn_of_undated(pass, &undated);
}
