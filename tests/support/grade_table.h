#ifndef TESTS_SUPPORT_GRADE_TABLE_H
#define TESTS_SUPPORT_GRADE_TABLE_H

#include "core/insight/disclosure_private.h"

/* A table of groups by grades under disclosure control, as a reader of one sees it: what the
 * rules of disclosure are tried on. */

/*
 * counts: rows × grades. Printed with it are, for each row, its graded audits
 * (every percentage gives them away), the headline (the sum of the first
 * `positive` grades, where that is neither none nor all), and with not_graded
 * its ungraded audits and all its audits.
 */
struct grade_table {
    size_t rows, grades, positive;
    bool total_first; /* row 0 is the total of the rows after it */
    const int64_t *counts;
    const int64_t *not_graded; /* a count for each row, or NULL */
};

/* What is suppressed. Where graded is, the row has no percentages. */
struct grade_disclosure {
    bool *counts;                                  /* rows × grades */
    bool *graded, *positive, *not_graded, *audits; /* one for each row */
};

/* Rows that do not add up to the total leave a remainder that readers do not
 * know. Free with grade_disclosure_free. */
struct grade_disclosure *grade_disclosure_new(const struct grade_table *table,
                                              int64_t threshold);

/* The same where no more may be looked for than so much. */
struct grade_disclosure *grade_disclosure_hurried(const struct grade_table *table,
                                                  int64_t threshold,
                                                  struct ca_disclosure_budget budget);

void grade_disclosure_free(struct grade_disclosure *disclosure);

#endif
