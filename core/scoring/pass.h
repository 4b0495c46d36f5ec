#ifndef CA_SCORING_PASS_H
#define CA_SCORING_PASS_H

#include "core/model/result.h"

/*
 * One scoring of one return: as audited, or with a moderator's changes in
 * place. Filled from the bottom up: responses and derived standards give
 * outcomes, outcomes give sections, sections give the overall score.
 */

/* What a framework worked out for a derived standard, before the template's
 * applies rules and the return's "not applicable" have their say. */
struct ca_derivation {
    bool set;
    bool beyond_calendar;
    struct ca_outcome outcome;
};

struct ca_pass {
    struct ca_arena *arena;
    const struct ca_template *template;
    const struct ca_return *audit;
    struct ca_diags *diags;
    bool changed; /* with a moderator's changes */
    bool misused; /* the framework handed over what makes no sense */

    const struct ca_response *responses; /* those in force, as in struct ca_return */
    size_t columns;
    struct ca_derivation *derivations; /* [standard] */

    bool settled;                 /* outcomes are there */
    bool missing;                 /* a required standard has no response */
    bool *applies;                /* [standard] */
    signed char *section_applies; /* [section]: -1 not looked at yet */
    struct ca_outcome *outcomes;
    int32_t *critical_scores; /* of critical standards that have one, in ascending order */
    size_t critical_count;

    struct ca_section_row *joint, *by_agency;
    struct ca_agency_row *agencies;
    int32_t score;
    size_t computed;

    struct ca_fired *limits; /* sections' limits, while scoring */
    size_t limit_count;
    struct ca_fired *own_limits; /* the framework's */
    size_t own_limit_count;
    struct ca_measured *own_measures;
    size_t own_measure_count;
    struct ca_note *notes;
    size_t note_count;
};

/* responses are those of audit or a copy with changes. */
struct ca_pass *ca_pass_new(struct ca_arena *arena, const struct ca_return *audit,
                            const struct ca_response *responses, bool changed,
                            struct ca_diags *diags);

/* The figures of a result as a pass, to test conditions on them again. */
struct ca_pass ca_pass_of_result(const struct ca_result *result);

/* The joint row, or that of an agency (CASEAUDIT_JOINT). */
struct ca_section_row *ca_pass_row(const struct ca_pass *pass, size_t section, size_t agency);

static inline struct ca_outcome *ca_pass_outcome(const struct ca_pass *pass, size_t standard,
                                                 size_t agency)
{
    return &pass->outcomes[standard * pass->columns + agency];
}

#endif
