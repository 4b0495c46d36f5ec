/* Which counts must be withheld: small ones, and those that follow by subtraction. */
#include "core/insight/disclosure_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"

/* A second or two; then searches that are short, and where they fail more is suppressed. */
static const struct ca_disclosure_budget budget = {16000000, 200};

struct ca_disclosure *ca_disclosure_new(int64_t threshold)
{
    struct ca_disclosure *d = ca_xcalloc(1, sizeof *d);
    d->threshold = threshold;
    d->budget = budget;
    return d;
}

void ca_disclosure_free(struct ca_disclosure *d)
{
    if (!d)
        return;
    free(d->cells);
    free(d->sums);
    free(d->links);
    free(d->rows);
    free(d->twins);
    free(d->terms);
    free(d);
}

static size_t add_cell(struct ca_disclosure *d, int64_t count, bool printed)
{
    assert(count >= 0);
    *CA_APPEND(d->cells, d->cell_count) =
        (struct ca_disclosure_cell){.count = count, .printed = printed};
    return d->cell_count - 1;
}

size_t ca_disclosure_cell(struct ca_disclosure *d, int64_t count)
{
    return add_cell(d, count, true);
}

size_t ca_disclosure_next(const struct ca_disclosure *d)
{
    return d->cell_count;
}

size_t ca_disclosure_unprinted(struct ca_disclosure *d, int64_t count)
{
    return add_cell(d, count, false);
}

size_t ca_disclosure_secret(struct ca_disclosure *d, int64_t count)
{
    size_t cell = add_cell(d, count, false);
    bool small = count > 0 && count <= d->threshold;
    d->cells[cell].suppressed = d->cells[cell].own = small;
    return cell;
}

/* Appends cells to the terms; the place of the first. */
static size_t add_terms(struct ca_disclosure *d, const size_t *cells, size_t count)
{
    size_t first = d->term_count;
    for (size_t i = 0; i < count; i++) {
        assert(cells[i] < d->cell_count);
        *CA_APPEND(d->terms, d->term_count) = cells[i];
    }
    return first;
}

void ca_disclosure_sum(struct ca_disclosure *d, size_t total, const size_t *parts, size_t count)
{
    struct ca_disclosure_sum sum = {add_terms(d, &total, 1), count + 1, 0, 0};
    add_terms(d, parts, count);
    *CA_APPEND(d->sums, d->sum_count) = sum;
}

void ca_disclosure_at_most(struct ca_disclosure *d, size_t total, const size_t *parts,
                           size_t count)
{
    int64_t rest = d->cells[total].count;
    for (size_t i = 0; i < count; i++)
        rest -= d->cells[parts[i]].count;
    if (rest < 0)
        return;
    struct ca_disclosure_sum link = {add_terms(d, &total, 1), count + 1, 0, INT64_MAX};
    add_terms(d, parts, count);
    *CA_APPEND(d->links, d->link_count) = link;
}

static struct ca_disclosure_row *add_row(struct ca_disclosure *d, size_t denominator,
                                         const size_t *cells, size_t count)
{
    struct ca_disclosure_row *row;
    size_t first = add_terms(d, cells, count);

    row = CA_APPEND(d->rows, d->row_count);
    *row = (struct ca_disclosure_row){denominator, first, count, false, false};
    return row;
}

void ca_disclosure_row(struct ca_disclosure *d, size_t denominator, const size_t *cells,
                       size_t count)
{
    add_row(d, denominator, cells, count);
}

void ca_disclosure_shares(struct ca_disclosure *d, size_t denominator, const size_t *cells,
                          size_t count)
{
    add_row(d, denominator, cells, count)->shares = true;
}

void ca_disclosure_column(struct ca_disclosure *d, size_t total, const size_t *cells,
                          size_t count)
{
    add_row(d, total, cells, count)->column = true;
}

size_t ca_disclosure_twin(struct ca_disclosure *d, size_t family, size_t first, size_t count,
                          size_t extra, size_t extra_count)
{
    size_t at = d->twin_count, start = family == CA_DISCLOSURE_FIRST ? at : family;
    *CA_APPEND(d->twins, d->twin_count) =
        (struct ca_disclosure_twin){first, count, extra, extra_count, start, 0};
    d->twins[start].of++;
    return start;
}

bool ca_disclosure_suppressed(const struct ca_disclosure *d, size_t cell)
{
    return d->cells[cell].suppressed;
}

bool ca_disclosure_told(const struct ca_disclosure *d, size_t cell)
{
    return d->cells[cell].exposed && d->cells[cell].count == 0;
}

static bool is_small(const struct ca_disclosure *d, int64_t count)
{
    return count >= 1 && count <= d->threshold;
}

/* Rule 1 for complements. Readers cannot tell which of the two is small where both are: then
 * the count is. */
static void suppress_complements(struct ca_disclosure *d, const struct ca_disclosure_row *row)
{
    for (size_t k = 0; k < row->count; k++) {
        size_t at = d->terms[row->first + k];
        struct ca_disclosure_cell *cell = &d->cells[at];
        bool small = is_small(d, d->cells[row->denominator].count - cell->count);
        size_t links = d->link_count;
        ca_disclosure_at_most(d, row->denominator, &at, 1);
        if (!small || cell->in_row || cell->own)
            continue;
        cell->suppressed |= cell->printed;
        d->links[links].least = 1;
        d->links[links].most = d->threshold;
    }
}

/* Rules 1 and 2. */
static void suppress_small(struct ca_disclosure *d)
{
    for (size_t i = 0; i < d->cell_count; i++)
        if (d->cells[i].printed && is_small(d, d->cells[i].count))
            d->cells[i].suppressed = d->cells[i].own = true;
    for (size_t i = 0; i < d->row_count; i++)
        if (!d->rows[i].column && is_small(d, d->cells[d->rows[i].denominator].count))
            ca_disclosure_suppress_row(d, &d->rows[i]);
    for (size_t i = 0; i < d->row_count; i++)
        if (d->rows[i].shares)
            suppress_complements(d, &d->rows[i]);
}

/* The only term of the sum that readers cannot tell, or CA_NO_CELL. */
static size_t only_unknown(const struct ca_disclosure *d, const size_t *terms, size_t count)
{
    size_t only = CA_NO_CELL;
    for (size_t k = 0; k < count; k++) {
        if (!ca_disclosure_unknown(&d->cells[terms[k]]))
            continue;
        if (only != CA_NO_CELL)
            return CA_NO_CELL;
        only = terms[k];
    }
    return only;
}

/* Where the total is known to be 0, so are the parts. Whether that is news. */
static bool expose_parts_of_nothing(struct ca_disclosure *d, const size_t *terms, size_t count)
{
    const struct ca_disclosure_cell *total = &d->cells[terms[0]];
    bool news = false;
    for (size_t k = 1; k < count && !ca_disclosure_unknown(total) && total->count == 0; k++) {
        news |= ca_disclosure_unknown(&d->cells[terms[k]]);
        d->cells[terms[k]].exposed = true;
    }
    return news;
}

/* Rule 3 for one sum: whether anything changed. */
static bool withstand_subtraction(struct ca_disclosure *d, const struct ca_disclosure_sum *sum)
{
    const size_t *terms = d->terms + sum->first;
    if (expose_parts_of_nothing(d, terms, sum->count))
        return true;
    size_t only = only_unknown(d, terms, sum->count);
    if (only == CA_NO_CELL || !d->cells[only].suppressed)
        return false;
    size_t best = CA_NO_CELL;
    for (size_t k = 1; k < sum->count; k++)
        if (ca_disclosure_spare(&d->cells[terms[k]]))
            best = ca_disclosure_smaller(d, best, terms[k]);
    if (best == CA_NO_CELL && ca_disclosure_spare(&d->cells[terms[0]]))
        best = terms[0];
    if (best == CA_NO_CELL)
        d->cells[only].exposed = true;
    else
        d->cells[best].suppressed = true;
    return true;
}

static void withstand_subtractions(struct ca_disclosure *d)
{
    bool again;
    do {
        again = false;
        for (size_t i = 0; i < d->sum_count; i++)
            again |= withstand_subtraction(d, &d->sums[i]);
    } while (again);
}

void ca_disclosure_apply(struct ca_disclosure *d)
{
    if (d->threshold == 0)
        return;
    suppress_small(d);
    /* The simple rule first, so that a reader of the rules gets the same cells. */
    withstand_subtractions(d);
    ca_disclosure_withstand_bounds(d);
}
