#ifndef CA_INSIGHT_DISCLOSURE_PRIVATE_H
#define CA_INSIGHT_DISCLOSURE_PRIVATE_H

#include "core/insight/disclosure.h"

/* Shared by the rules (disclosure.c) and the attacks they must withstand
 * (disclosure_attack.c). */

struct ca_disclosure_cell {
    int64_t count;
    bool printed;    /* unless suppressed */
    bool suppressed; /* and to be kept from readers */
    bool exposed;    /* but is 0, which follows from printed zeroes alone */
};

/* terms[first] is the total, the parts come after it. */
struct ca_disclosure_sum {
    size_t first, count;
};

struct ca_disclosure_row {
    size_t denominator, first, count; /* cells in terms */
};

struct ca_disclosure {
    int64_t threshold;
    struct ca_disclosure_cell *cells;
    size_t cell_count;
    struct ca_disclosure_sum *sums;
    size_t sum_count;
    struct ca_disclosure_row *rows;
    size_t row_count;
    size_t *terms;
    size_t term_count;
};

#define CA_NO_CELL SIZE_MAX

/* Whether readers can neither see nor tell the cell. */
static inline bool ca_disclosure_unknown(const struct ca_disclosure_cell *cell)
{
    return !cell->exposed && (!cell->printed || cell->suppressed);
}

/* Whether suppressing the cell would take a figure other than 0 away. */
static inline bool ca_disclosure_spare(const struct ca_disclosure_cell *cell)
{
    return !ca_disclosure_unknown(cell) && cell->count != 0;
}

/* The smaller of the best so far (or CA_NO_CELL) and a cell; the first of equals. */
static inline size_t ca_disclosure_smaller(const struct ca_disclosure *d, size_t best,
                                           size_t cell)
{
    return best == CA_NO_CELL || d->cells[cell].count < d->cells[best].count ? cell : best;
}

/*
 * Looks for a suppressed cell that a reader could work out from several sums
 * together, and suppresses one more that the working-out needs (or, if that is
 * nothing but zeroes, gives the cell up). False if nothing follows any more.
 */
bool ca_disclosure_withstand_algebra(struct ca_disclosure *d);

#endif
