#ifndef CA_INSIGHT_MODERATED_H
#define CA_INSIGHT_MODERATED_H

#include "core/base/arena.h"
#include "core/store/query.h"

/*
 * How moderators and auditors agree, by auditor or by what is said of the case: small numbers,
 * each with its interval. The auditor's grade is the judgement, or the computed one where the
 * template computes; grades are compared by their places in the scale of their template.
 */
struct ca_moderated_row {
    const char *value; /* NULL: none. Of several spellings the first by its bytes */
    int64_t moderated, agreed, raised, lowered;
    int64_t steps; /* moderated minus auditor's, added up; better is positive */
};

struct ca_moderated_standard {
    const char *id, *label;
    int64_t changed, raised, lowered; /* by score; what had or has none is neither */
};

struct ca_moderated;

/* Lives in arena; texts are copied. */
struct ca_moderated *ca_moderated_new(struct ca_arena *arena);
/* An audit that was not moderated, or has no grade of the auditor's, is passed over. */
void ca_moderated_add(struct ca_moderated *m, const struct ca_stored_grading *grading,
                      const char *value);
/* score: of the answer as audited, in hundredths; -1: none. What was changed to the same plays
 * no part. */
void ca_moderated_change(struct ca_moderated *m, const struct ca_stored_answer *answer,
                         int32_t score);

/* By the bytes of their values, that of none last; and all of them together. */
const struct ca_moderated_row *ca_moderated_rows(struct ca_moderated *m, size_t *count,
                                                 struct ca_moderated_row *all);
/* Those changed most come first, then by id. */
const struct ca_moderated_standard *ca_moderated_standards(struct ca_moderated *m,
                                                           size_t *count);

/* Agreement of a row with at least one moderated audit, with its Wilson interval, in tenths of
 * a per cent and in whole ones; and the mean shift in thousandths of a grade. */
struct ca_moderated_figures {
    int64_t percent, low, high;
    int64_t percent_whole, low_whole, high_whole;
    int64_t shift;
};

struct ca_moderated_figures ca_moderated_figures_of(const struct ca_moderated_row *row);

#endif
