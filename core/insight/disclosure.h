#ifndef CA_INSIGHT_DISCLOSURE_H
#define CA_INSIGHT_DISCLOSURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Disclosure control for public output: which counts are printed as `c`
 * (confidential) so that no child can be recognised in a small number.
 *
 *   1. A count from 1 to the threshold is suppressed; so is a share whose
 *      complement in its denominator is (28 of 30 tells of two).
 *   2. A denominator from 1 to the threshold suppresses its whole row.
 *   3. If exactly one part of a sum is suppressed while the rest is printed, it
 *      follows by subtraction; so the smallest remaining non-zero part (the
 *      first of equals) is suppressed too, or the total where no part is left.
 *      Rows, columns and headlines are all sums. Again until nothing follows.
 *   4. The same where a suppressed count could be one integer only, given all
 *      sums together, what is at most what, that a count suppressed for itself
 *      is 1 to the threshold, and that one suppressed besides is at least 1: as
 *      few and as small counts as are found to help. Where nothing does, its
 *      row is suppressed whole, noughts and all, so that nobody can tell which
 *      of them are small. Where a count's freedom cannot be shown with
 *      reasonable effort, more is suppressed, never less: rows beside its own,
 *      the nearest first, if need be all that hangs together with it.
 *
 * A threshold of 1 keeps nothing secret, for every count that it suppresses is 1.
 *
 * One thing cannot be hidden: where a printed total is 0, so are its parts.
 *
 * What also gives a count away, and must be suppressed by whoever prints:
 *
 *   - A percentage, an interval or a bar's length, with its denominator: they
 *     go when the count goes, and all of a row when its denominator goes.
 *   - A comparison, when either of its two figures is suppressed: a difference
 *     and one figure give the other. Its p as well.
 *   - A trend, kappa or mean of figures of which one is suppressed; the mean
 *     and the limits of a monthly chart with a suppressed point; and monthly
 *     counts that add up to a period's: tell the engine of that sum.
 *   - Coverage, when the number of audits is suppressed.
 */

#define CA_DISCLOSURE_THRESHOLD 5

struct ca_disclosure;

/* A threshold of 0 suppresses nothing. Free with ca_disclosure_free. */
struct ca_disclosure *ca_disclosure_new(int64_t threshold);
void ca_disclosure_free(struct ca_disclosure *d);

/* Adds a count that is printed unless suppressed; returns its number, from 0. */
size_t ca_disclosure_cell(struct ca_disclosure *d, int64_t count);

/* The number that the next cell gets. */
size_t ca_disclosure_next(const struct ca_disclosure *d);

/* Adds a count that is never printed and needs no protection, such as the
 * audits outside all groups that are shown. */
size_t ca_disclosure_unprinted(struct ca_disclosure *d, int64_t count);

/* Adds a count that is never printed and, from 1 to the threshold, must be kept all the same,
 * also from readers who take it to be small. */
size_t ca_disclosure_secret(struct ca_disclosure *d, int64_t count);

/* Says that a reader knows total to be the sum of the parts. Sums are looked at
 * in the order they were added, which decides what is suppressed first. Use one
 * set of counts for tables that share figures, and one each for others. */
void ca_disclosure_sum(struct ca_disclosure *d, size_t total, const size_t *parts,
                       size_t count);

/* Says that denominator belongs to these cells (rule 2). */
void ca_disclosure_row(struct ca_disclosure *d, size_t denominator, const size_t *cells,
                       size_t count);

/* The same of cells that each count some of the denominator: their complements are small
 * numbers too (rule 1), and readers know that they are at most the denominator. */
void ca_disclosure_shares(struct ca_disclosure *d, size_t denominator, const size_t *cells,
                          size_t count);

/* Says that total is that of these cells, one of each group: they may be withheld whole like a
 * row, where nothing less will do. */
void ca_disclosure_column(struct ca_disclosure *d, size_t total, const size_t *cells,
                          size_t count);

/* Says that readers know the parts together to be at most the total. Nothing is added where
 * they are more. */
void ca_disclosure_at_most(struct ca_disclosure *d, size_t total, const size_t *parts,
                           size_t count);

/* Says that a row of cells means what the others of its family do, place by place, and which
 * cells were made for it besides: what two rows that are withheld whole say could as well be
 * changed for each other. `family` is the first of its rows, as returned for it, or
 * CA_DISCLOSURE_FIRST; they are added one after another. */
#define CA_DISCLOSURE_FIRST SIZE_MAX
size_t ca_disclosure_twin(struct ca_disclosure *d, size_t family, size_t first, size_t count,
                          size_t extra, size_t extra_count);

/* Finds all that must be suppressed. */
void ca_disclosure_apply(struct ca_disclosure *d);

bool ca_disclosure_suppressed(const struct ca_disclosure *d, size_t cell);

/* Whether it is 0 and follows from a printed 0: it may as well be printed. */
bool ca_disclosure_told(const struct ca_disclosure *d, size_t cell);

#endif
