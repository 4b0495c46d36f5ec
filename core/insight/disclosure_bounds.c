/* What more must be suppressed, so that each suppressed count could be another. */
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/insight/disclosure_private.h"

struct keeping {
    struct ca_disclosure *d;
    struct ca_disclosure_search *s;
    size_t *first, *rows; /* by cell: its rows begin there; those of the next cell follow */
    bool *whole;          /* by row: withheld whole, and so it stays */
    bool *bare; /* by cell: nothing is left to withhold of what hangs together with it */
};

/* Enters a row, or counts it, for each cell that is in it. */
static void enter_row(struct keeping *k, size_t row, size_t *next)
{
    const struct ca_disclosure_row *r = &k->d->rows[row];
    for (size_t i = 0; i <= r->count; i++) {
        size_t cell = i < r->count ? k->d->terms[r->first + i] : r->denominator;
        if (next == NULL)
            k->first[cell + 1]++;
        else
            k->rows[next[cell]++] = row;
    }
}

static struct keeping keeping_of(struct ca_disclosure *d)
{
    size_t cells = d->cell_count + 1;
    struct keeping k = {d,
                        ca_disclosure_search_new(d),
                        ca_xcalloc(cells, sizeof *k.first),
                        ca_xcalloc(d->term_count + d->row_count + 1, sizeof *k.rows),
                        ca_xcalloc(d->row_count + 1, sizeof *k.whole),
                        ca_xcalloc(cells, sizeof *k.bare)};
    size_t *next = ca_xcalloc(cells, sizeof *next);
    for (size_t i = 0; i < d->row_count; i++)
        enter_row(&k, i, NULL);
    for (size_t cell = 0; cell < d->cell_count; cell++)
        k.first[cell + 1] += k.first[cell];
    memcpy(next, k.first, cells * sizeof *next);
    for (size_t i = 0; i < d->row_count; i++)
        enter_row(&k, i, next);
    free(next);
    return k;
}

static bool is_whole(const struct keeping *k, size_t at)
{
    const struct ca_disclosure *d = k->d;
    const struct ca_disclosure_row *row = &d->rows[at];

    for (size_t i = 0; i < row->count && !k->whole[at]; i++) {
        size_t cell = d->terms[row->first + i];
        if (d->cells[cell].printed && !d->cells[cell].in_row && cell != row->denominator)
            return false;
    }
    k->whole[at] = true;
    return true;
}

/* The smallest row with the cell that is not withheld whole yet, or NULL. */
static const struct ca_disclosure_row *row_with(const struct keeping *k, size_t cell)
{
    const struct ca_disclosure_row *best = NULL;
    for (size_t i = k->first[cell]; i < k->first[cell + 1]; i++) {
        const struct ca_disclosure_row *row = &k->d->rows[k->rows[i]];
        if ((best == NULL || row->count < best->count) && !is_whole(k, k->rows[i]))
            best = row;
    }
    return best;
}

/* The same of what stands beside the cell in a sum, from the n-th term on, for a count that is
 * in no row itself or in none that is left. */
static const struct ca_disclosure_row *row_beside(const struct keeping *k, size_t cell,
                                                  size_t from)
{
    const struct ca_disclosure_row *row = NULL;
    const struct ca_disclosure_sum *sum;
    for (size_t i = 0; row == NULL && (sum = ca_disclosure_sum_with(k->s, cell, i)); i++) {
        const size_t *terms = k->d->terms + sum->first;
        for (size_t n = from; n < sum->count && row == NULL; n++)
            if (k->d->cells[terms[n]].printed)
                row = row_with(k, terms[n]);
    }
    return row;
}

/* So many rows beside a cell go before one that has a total of it. */
enum { ROWS_OF_PARTS = 3 };

/* The row that goes next for a cell, when some have gone; NULL where none is left. */
static const struct ca_disclosure_row *next_row(const struct keeping *k, size_t cell,
                                                size_t gone)
{
    const struct ca_disclosure_row *row = row_with(k, cell);
    if (row == NULL && gone < ROWS_OF_PARTS)
        row = row_beside(k, cell, 1);
    return row != NULL ? row : row_beside(k, cell, 0);
}

/* Withholds a row of more than a few, whose noughts are withheld for the others. */
static void suppress_for(const struct keeping *k, const struct ca_disclosure_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        size_t at = k->d->terms[row->first + i];
        struct ca_disclosure_cell *cell = &k->d->cells[at];
        cell->for_row |= cell->printed && !cell->suppressed && cell->count == 0;
        ca_disclosure_forget_complements(k->s, at);
    }
    ca_disclosure_suppress_row(k->d, row);
}

/* ---- all that hangs together ---- */

/* Cells in the order in which they are reached from one of them. */
struct reach {
    size_t *cells, count;
    bool *reached;
};

static void reach(struct reach *r, size_t cell)
{
    if (!r->reached[cell])
        r->cells[r->count++] = cell;
    r->reached[cell] = true;
}

static void reach_beside(const struct keeping *k, struct reach *r, size_t cell)
{
    const struct ca_disclosure_sum *sum;

    for (size_t i = 0; (sum = ca_disclosure_with(k->s, cell, i)) != NULL; i++)
        for (size_t n = 0; n < sum->count; n++)
            reach(r, k->d->terms[sum->first + n]);
}

/* Withholds a row with the cell, or the cell where it is printed by itself; false where neither
 * is left. */
static bool suppress_with(const struct keeping *k, size_t at)
{
    const struct ca_disclosure_row *row = row_with(k, at);
    struct ca_disclosure_cell *cell = &k->d->cells[at];
    bool alone = row == NULL && cell->printed && !cell->suppressed;

    if (row != NULL)
        suppress_for(k, row);
    if (alone) {
        cell->for_row = cell->count == 0;
        cell->suppressed = cell->in_row = true;
        ca_disclosure_forget_complements(k->s, at);
    }
    return row != NULL || alone;
}

/* Withholds so many rows and counts of what hangs together with the cell, the nearest first;
 * false where none is left. */
static bool suppress_around(const struct keeping *k, size_t cell, size_t many)
{
    struct reach r = {0};
    size_t gone = 0;

    if (k->bare[cell])
        return false;
    r.cells = ca_xcalloc(k->d->cell_count, sizeof *r.cells);
    r.reached = ca_xcalloc(k->d->cell_count, sizeof *r.reached);
    reach(&r, cell);
    for (size_t i = 0; i < r.count && gone < many; i++) {
        while (gone < many && suppress_with(k, r.cells[i]))
            gone++;
        reach_beside(k, &r, r.cells[i]);
    }
    for (size_t i = 0; i < r.count && gone == 0; i++)
        k->bare[r.cells[i]] = true;
    free(r.cells);
    free(r.reached);
    return gone > 0;
}

/* ---- one cell ---- */

/* Whether a nought is of a row that is withheld whole: rather than others it is printed. */
static bool may_be_told(const struct ca_disclosure_cell *cell)
{
    return cell->count == 0 && (cell->for_row || cell->in_row);
}

static bool is_kept(const struct keeping *k, size_t at)
{
    return ca_disclosure_differs(k->s, at, CA_OF_UNKNOWN) ||
           (!k->d->cells[at].for_row && ca_disclosure_differs(k->s, at, CA_OF_PRINTED_TOO));
}

/* What became of a cell: it is kept; rows were withheld for it, so that others may follow; or
 * it may be known, which may give others away. Nothing that is proven rests upon it: it differs
 * in no table that was found, or it would be certain. */
enum outcome { KEPT, ROWS_WITHHELD, GIVEN_UP };

/* Of what is around a cell twice as much goes each time. */
static size_t many_after(size_t gone)
{
    return (size_t)1 << (gone < 20 ? gone : 20);
}

static enum outcome keep(const struct keeping *k, size_t at)
{
    struct ca_disclosure_cell *cell = &k->d->cells[at];
    enum outcome outcome = KEPT;

    for (size_t gone = 0; !is_kept(k, at); gone++) {
        const struct ca_disclosure_row *row = may_be_told(cell) ? NULL : next_row(k, at, gone);
        if (row != NULL)
            suppress_for(k, row);
        else if (may_be_told(cell) || !suppress_around(k, at, many_after(gone))) {
            cell->exposed = cell->given_up = true;
            return GIVEN_UP;
        }
        outcome = ROWS_WITHHELD;
    }
    return outcome;
}

/* Whether a cell was given up or a row withheld. */
static bool look_at(const struct keeping *k, bool noughts)
{
    bool known[] = {[KEPT] = false, [ROWS_WITHHELD] = false, [GIVEN_UP] = false};
    for (size_t cell = 0; cell < k->d->cell_count; cell++) {
        const struct ca_disclosure_cell *c = &k->d->cells[cell];
        if (c->suppressed && !c->exposed && !c->certain && (c->count == 0) == noughts)
            known[keep(k, cell)] = true;
    }
    return known[GIVEN_UP] || known[ROWS_WITHHELD];
}

/* A nought that may be known may as well be printed. Where another count may be, for all that
 * was found, nothing is added to what is told. */
static void print_noughts(struct ca_disclosure *d)
{
    bool kept = true;

    for (size_t cell = 0; cell < d->cell_count; cell++)
        kept &= !d->cells[cell].given_up || d->cells[cell].count == 0;
    for (size_t cell = 0; cell < d->cell_count; cell++) {
        struct ca_disclosure_cell *c = &d->cells[cell];
        if (!c->given_up || c->count != 0)
            continue;
        c->exposed = kept;
        c->suppressed &= !(kept && c->for_row);
    }
}

void ca_disclosure_withstand_bounds(struct ca_disclosure *d)
{
    struct keeping k = keeping_of(d);
    /* Noughts last: those that are printed after all leave fewer ways for others. */
    while (look_at(&k, false) || look_at(&k, true))
        ;
    print_noughts(d);
    ca_disclosure_search_free(k.s);
    free(k.first);
    free(k.rows);
    free(k.whole);
    free(k.bare);
}
