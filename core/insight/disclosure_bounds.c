/* What more must be suppressed, so that each suppressed count could be another. */
#include <stdlib.h>

#include "core/base/arena.h"
#include "core/insight/disclosure_private.h"

/* The smallest row with the cell that is not withheld whole yet, or NULL. */
static const struct ca_disclosure_row *row_with(const struct ca_disclosure *d, size_t cell)
{
    const struct ca_disclosure_row *best = NULL;
    for (size_t i = 0; i < d->row_count; i++) {
        const struct ca_disclosure_row *row = &d->rows[i];
        bool has = row->denominator == cell, whole = true;
        for (size_t k = 0; k < row->count; k++) {
            size_t at = d->terms[row->first + k];
            has |= at == cell;
            whole &= !d->cells[at].printed || d->cells[at].in_row || at == row->denominator;
        }
        if (has && !whole && (best == NULL || row->count < best->count))
            best = row;
    }
    return best;
}

/* The same of what stands beside the cell in a sum, for a count that is in no row itself. */
static const struct ca_disclosure_row *row_beside(const struct ca_disclosure *d, size_t cell)
{
    const struct ca_disclosure_row *row = row_with(d, cell);
    for (size_t i = 0; row == NULL && i < d->sum_count; i++) {
        const size_t *terms = d->terms + d->sums[i].first;
        size_t k = 0;
        while (k < d->sums[i].count && terms[k] != cell)
            k++;
        for (size_t n = 0; k < d->sums[i].count && n < d->sums[i].count && row == NULL; n++)
            if (d->cells[terms[n]].printed)
                row = row_with(d, terms[n]);
    }
    return row;
}

/* A nought that was withheld for others and can be told may as well be printed. */
static void give_up(struct ca_disclosure_cell *cell)
{
    if (cell->for_row)
        cell->suppressed = false;
    cell->exposed = true;
}

/* Withholds a row of more than a few, whose noughts are withheld for the others. */
static void suppress_for(struct ca_disclosure *d, const struct ca_disclosure_row *row)
{
    for (size_t k = 0; k < row->count; k++) {
        struct ca_disclosure_cell *cell = &d->cells[d->terms[row->first + k]];
        cell->for_row |= cell->printed && !cell->suppressed && cell->count == 0;
    }
    ca_disclosure_suppress_row(d, row);
}

/* What became of a cell: it is kept; rows were withheld for it, so that others may follow; or
 * it is known, and nothing that rests upon it is proven. */
enum outcome { KEPT, ROWS_WITHHELD, GIVEN_UP };

static enum outcome keep(struct ca_disclosure *d, struct ca_disclosure_search *s, size_t cell)
{
    const struct ca_disclosure_row *row;
    enum outcome outcome = KEPT;
    while (!ca_disclosure_differs(s, cell, CA_OF_UNKNOWN) &&
           (d->cells[cell].for_row || !ca_disclosure_differs(s, cell, CA_OF_PRINTED_TOO))) {
        row = d->cells[cell].for_row ? NULL : row_beside(d, cell);
        if (row == NULL) {
            give_up(&d->cells[cell]);
            return GIVEN_UP;
        }
        outcome = ROWS_WITHHELD;
        suppress_for(d, row);
        ca_disclosure_search_links(s);
    }
    return outcome;
}

/* Whether a cell was given up or a row withheld. */
static bool look_at_all(struct ca_disclosure *d, struct ca_disclosure_search *s)
{
    bool known[] = {[KEPT] = false, [ROWS_WITHHELD] = false, [GIVEN_UP] = false};
    for (size_t cell = 0; cell < d->cell_count; cell++) {
        const struct ca_disclosure_cell *c = &d->cells[cell];
        if (c->suppressed && !c->exposed && !c->certain)
            known[keep(d, s, cell)] = true;
    }
    for (size_t cell = 0; cell < d->cell_count && known[GIVEN_UP]; cell++)
        d->cells[cell].certain = false;
    return known[GIVEN_UP] || known[ROWS_WITHHELD];
}

void ca_disclosure_withstand_bounds(struct ca_disclosure *d)
{
    struct ca_disclosure_search *s = ca_disclosure_search_new(d);
    while (look_at_all(d, s))
        ;
    ca_disclosure_search_free(s);
}
