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

/* Nothing is proven any more once a cell is given up. */
static void give_up(struct ca_disclosure *d, size_t cell)
{
    d->cells[cell].exposed = true;
    for (size_t i = 0; i < d->cell_count; i++)
        d->cells[i].certain = false;
}

/* Whether rows were withheld for it, or the cell given up: then others may follow. */
static bool keep(struct ca_disclosure *d, struct ca_disclosure_search *s, size_t cell)
{
    const struct ca_disclosure_row *row;
    bool more = false;
    while (!ca_disclosure_differs(s, cell, CA_OF_UNKNOWN) &&
           !ca_disclosure_differs(s, cell, CA_OF_PRINTED_TOO)) {
        more = true;
        row = row_with(d, cell);
        if (row == NULL) {
            give_up(d, cell);
            break;
        }
        ca_disclosure_suppress_row(d, row);
        ca_disclosure_search_links(s);
    }
    return more;
}

void ca_disclosure_withstand_bounds(struct ca_disclosure *d)
{
    struct ca_disclosure_search *s = ca_disclosure_search_new(d);
    bool again;
    do {
        again = false;
        for (size_t cell = 0; cell < d->cell_count; cell++) {
            const struct ca_disclosure_cell *c = &d->cells[cell];
            if (c->suppressed && !c->exposed && !c->certain)
                again |= keep(d, s, cell);
        }
    } while (again);
    ca_disclosure_search_free(s);
}
