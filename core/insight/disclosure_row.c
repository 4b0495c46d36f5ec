/* A row that is withheld whole. */
#include "core/insight/disclosure_private.h"

/* Of a row that is withheld whole readers cannot tell why. */
static void forget_complements(struct ca_disclosure *d, size_t cell)
{
    for (size_t i = 0; i < d->link_count; i++) {
        struct ca_disclosure_sum *link = &d->links[i];
        if (link->least > 0 && d->terms[link->first + 1] == cell)
            link->least = 0, link->most = INT64_MAX;
    }
}

void ca_disclosure_suppress_row(struct ca_disclosure *d, const struct ca_disclosure_row *row)
{
    for (size_t k = 0; k < row->count; k++) {
        size_t at = d->terms[row->first + k];
        struct ca_disclosure_cell *cell = &d->cells[at];
        cell->suppressed |= cell->printed;
        cell->in_row |= at != row->denominator;
        forget_complements(d, at);
    }
    d->cells[row->denominator].suppressed |= d->cells[row->denominator].printed;
}
