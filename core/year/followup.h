#ifndef CA_YEAR_FOLLOWUP_H
#define CA_YEAR_FOLLOWUP_H

#include "core/base/arena.h"
#include "core/store/query.h"

/* Cases that are to be audited again soon, and why. */
enum ca_followup_reason {
    CA_FOLLOWUP_WORST_GRADE,
    CA_FOLLOWUP_IMMEDIATE, /* alerts of these severities */
    CA_FOLLOWUP_URGENT,
    CA_FOLLOWUP_REASONS
};

/* "worst-grade" … */
extern const char *const ca_followup_reasons[CA_FOLLOWUP_REASONS];

struct ca_followup_item {
    const struct ca_stored_grading *of; /* the case's latest audit by the template; borrowed */
    unsigned reasons;                   /* a bit for each */
    ca_date due;
};

struct ca_followup {
    struct ca_followup_item *items; /* by due date, then case, then template */
    size_t count;
};

/*
 * Of each case and template (all its versions) the latest audit counts, graded or not; of
 * several on one day the one whose id is the last by its bytes. If it has a reason, the case is
 * due so many weeks after it. All of it lives in arena.
 */
void ca_followup_make(struct ca_arena *arena, const struct ca_stored_grading *gradings,
                      size_t count, int32_t weeks, struct ca_followup *out);

#endif
