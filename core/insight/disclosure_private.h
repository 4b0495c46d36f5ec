#ifndef CA_INSIGHT_DISCLOSURE_PRIVATE_H
#define CA_INSIGHT_DISCLOSURE_PRIVATE_H

#include "core/insight/disclosure.h"

/* Shared by the rules (disclosure.c) and the attacks they must withstand
 * (disclosure_attack.c). */

struct ca_disclosure_cell {
    int64_t count;
    bool printed;    /* unless suppressed */
    bool suppressed; /* and to be kept from readers */
    bool exposed;    /* but follows, and nothing is left that would keep it */
    bool own;        /* withheld for being 1 to the threshold itself */
    bool in_row;     /* withheld with a row whose denominator is */
    bool certain;    /* known to have two possible values */
};

/* terms[first] is the total, the parts come after it. The total less the parts is from least
 * to most: 0 of a sum. */
struct ca_disclosure_sum {
    size_t first, count;
    int64_t least, most;
};

struct ca_disclosure_row {
    size_t denominator, first, count; /* cells in terms */
    bool shares;                      /* and each is some of the denominator */
};

struct ca_disclosure {
    int64_t threshold;
    struct ca_disclosure_cell *cells;
    size_t cell_count;
    struct ca_disclosure_sum *sums;
    size_t sum_count;
    struct ca_disclosure_sum *links; /* inequalities */
    size_t link_count;
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
    return cell->printed && !cell->suppressed && !cell->exposed && cell->count != 0;
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

/*
 * Looks for another table of whole numbers that reads the same, for every suppressed cell: sums
 * and links hold, nothing is negative, what is withheld for itself is 1 to the threshold, and
 * what is withheld besides is at least 1. Where none is found with reasonable effort, the
 * smallest printed cell nearby is suppressed (or, if nothing is left, the cell given up). False
 * if every cell has one.
 */
bool ca_disclosure_withstand_bounds(struct ca_disclosure *d);

#endif
