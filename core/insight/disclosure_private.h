#ifndef CA_INSIGHT_DISCLOSURE_PRIVATE_H
#define CA_INSIGHT_DISCLOSURE_PRIVATE_H

#include "core/insight/disclosure.h"

/* Shared by the rules (disclosure.c), what withstands an attack (disclosure_bounds.c), and the
 * attack (disclosure_search.c). */

struct ca_disclosure_cell {
    int64_t count;
    bool printed;    /* unless suppressed */
    bool suppressed; /* and to be kept from readers */
    bool exposed;    /* but follows, and nothing is left that would keep it */
    bool own;        /* withheld, or kept, for being 1 to the threshold itself */
    bool for_row;    /* a nought withheld so that small numbers of its row cannot be told */
    bool in_row;     /* withheld with a whole row, noughts and all */
    bool certain;    /* known to have two possible values */
    bool given_up;   /* nothing was found that would keep it */
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
    bool column; /* it is a total, and they are its parts, group by group */
};

/* One of the rows that mean the same by place: its cells, and those that were made for it;
 * which is the first of its family, and of that how many there are. */
struct ca_disclosure_twin {
    size_t first, count, extra, extra_count;
    size_t family, of;
};

/* How long another table is looked for, in steps of work and never in seconds: the same counts
 * give the same output, however busy the machine is. */
struct ca_disclosure_budget {
    int64_t looks;  /* at counts that could move, in all */
    size_t at_last; /* steps of each search once these are spent; 0: none is made */
};

struct ca_disclosure {
    int64_t threshold;
    struct ca_disclosure_budget budget;
    struct ca_disclosure_cell *cells;
    size_t cell_count;
    struct ca_disclosure_sum *sums;
    size_t sum_count;
    struct ca_disclosure_sum *links; /* inequalities */
    size_t link_count;
    struct ca_disclosure_row *rows;
    size_t row_count;
    struct ca_disclosure_twin *twins; /* those of a family one after another */
    size_t twin_count;
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

/* For tests: what is withheld where nothing can be decided in time. */
static inline void ca_disclosure_hurry(struct ca_disclosure *d,
                                       struct ca_disclosure_budget budget)
{
    d->budget = budget;
}

/* Suppresses a row whole, so that its noughts cannot be told from its small numbers. */
void ca_disclosure_suppress_row(struct ca_disclosure *d, const struct ca_disclosure_row *row);

/*
 * Looks for another table of whole numbers that reads the same, for every suppressed cell: sums
 * and links hold, nothing is negative, what is withheld for itself is 1 to the threshold, and
 * what is withheld besides is at least 1. Where none is found with reasonable effort, more is
 * suppressed: the printed cells, as few and as small as are found, that would differ in another
 * table; or where there is none the row of the cell, whole, and the rows beside it, the nearest
 * first, until nothing is left that hangs together with it. A nought that cannot be kept is
 * printed; but none is where a count is left that may be known for all that was found.
 */
void ca_disclosure_withstand_bounds(struct ca_disclosure *d);

/* ---- The attack ---- */

struct ca_disclosure_search;
struct ca_disclosure_search *ca_disclosure_search_new(struct ca_disclosure *d);
void ca_disclosure_search_free(struct ca_disclosure_search *s);

/* What may differ in the other table: what readers do not know, or also what is printed. */
enum ca_disclosure_freedom { CA_OF_UNKNOWN, CA_OF_PRINTED_TOO };

/*
 * Whether there is another table in which the cell differs by one. All that differ in it are
 * certain then; and printed ones that do are suppressed.
 */
bool ca_disclosure_differs(struct ca_disclosure_search *s, size_t cell,
                           enum ca_disclosure_freedom freedom);

/* The cell is of a row that is withheld whole: readers cannot tell why. */
void ca_disclosure_forget_complements(struct ca_disclosure_search *s, size_t cell);

/* The i-th sum or link, from 0, that the cell is in, sums first; NULL where there are no more.
 */
const struct ca_disclosure_sum *ca_disclosure_with(const struct ca_disclosure_search *s,
                                                   size_t cell, size_t i);

/* The i-th sum, from 0, that the cell is in; NULL where there are no more. */
const struct ca_disclosure_sum *ca_disclosure_sum_with(const struct ca_disclosure_search *s,
                                                       size_t cell, size_t i);

#endif
