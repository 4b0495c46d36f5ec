/* A row that is withheld whole. */
#include "core/insight/disclosure_private.h"

void ca_disclosure_suppress_row(struct ca_disclosure *d, const struct ca_disclosure_row *row)
{
    for (size_t k = 0; k < row->count; k++) {
        size_t at = d->terms[row->first + k];
        struct ca_disclosure_cell *cell = &d->cells[at];
        cell->suppressed |= cell->printed;
        cell->in_row |= at != row->denominator;
    }
    d->cells[row->denominator].suppressed |= d->cells[row->denominator].printed;
}
