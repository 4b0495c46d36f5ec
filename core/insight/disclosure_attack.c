#include "core/insight/disclosure_private.h"

#include <stdlib.h>

#include "core/base/arena.h"

/* ---- Several sums together ---- */

/*
 * Sums are equations with coefficients 1 and −1. They are reduced modulo a
 * prime, which is exact and cannot overflow; 2^31 − 1 is far from dividing any
 * determinant of such small matrices by chance.
 */
#define PRIME INT64_C(2147483647)

struct equations {
    size_t rows, columns; /* a column for each cell */
    int64_t *at;
};

static int64_t *row_of(const struct equations *e, size_t row)
{
    return e->at + row * e->columns;
}

static int64_t inverse(int64_t value)
{
    int64_t result = 1;
    for (int64_t power = PRIME - 2; power > 0; power >>= 1) {
        if (power & 1)
            result = result * value % PRIME;
        value = value * value % PRIME;
    }
    return result;
}

static struct equations equations_of(const struct ca_disclosure *d)
{
    struct equations e = {d->sum_count, d->cell_count, NULL};
    e.at = ca_xcalloc(e.rows * e.columns + 1, sizeof *e.at);
    for (size_t i = 0; i < d->sum_count; i++) {
        const size_t *terms = d->terms + d->sums[i].first;
        int64_t *row = row_of(&e, i);
        for (size_t k = 0; k < d->sums[i].count; k++)
            row[terms[k]] = (row[terms[k]] + (k == 0 ? PRIME - 1 : 1)) % PRIME;
    }
    return e;
}

/* row −= factor × pivot, over the columns where the pivot row has something. */
static void subtract(int64_t *row, const int64_t *pivot, int64_t factor, size_t columns)
{
    for (size_t c = 0; c < columns; c++)
        if (pivot[c])
            row[c] = (row[c] + (PRIME - factor) * pivot[c]) % PRIME;
}

static void swap_rows(struct equations *e, size_t a, size_t b)
{
    int64_t *x = row_of(e, a), *y = row_of(e, b);
    for (size_t c = 0; a != b && c < e->columns; c++) {
        int64_t kept = x[c];
        x[c] = y[c];
        y[c] = kept;
    }
}

/* Whether to solve for a cell. */
typedef bool wanted(const struct ca_disclosure_cell *cell);

/* Solves for the wanted cells; the others stay on as the known side. Returns how
 * many rows hold a solved cell; they come first, and the rest hold none. */
static size_t reduce(struct equations *e, const struct ca_disclosure *d, wanted *is_wanted)
{
    size_t done = 0;
    for (size_t column = 0; column < e->columns && done < e->rows; column++) {
        if (!is_wanted(&d->cells[column]))
            continue;
        size_t pivot = done;
        while (pivot < e->rows && row_of(e, pivot)[column] == 0)
            pivot++;
        if (pivot == e->rows)
            continue;
        swap_rows(e, done, pivot);
        int64_t *base = row_of(e, done);
        int64_t scale = inverse(base[column]);
        for (size_t c = 0; c < e->columns; c++)
            base[c] = base[c] * scale % PRIME;
        for (size_t r = 0; r < e->rows; r++)
            if (r != done && row_of(e, r)[column])
                subtract(row_of(e, r), base, row_of(e, r)[column], e->columns);
        done++;
    }
    return done;
}

/* Suppresses the smallest printed cell, not 0, that the row needs. */
static bool suppress_in(struct ca_disclosure *d, const int64_t *row)
{
    size_t best = CA_NO_CELL;
    for (size_t c = 0; c < d->cell_count; c++)
        if (row[c] && ca_disclosure_spare(&d->cells[c]))
            best = ca_disclosure_smaller(d, best, c);
    if (best != CA_NO_CELL)
        d->cells[best].suppressed = true;
    return best != CA_NO_CELL;
}

/* The one unknown of a reduced row, or CA_NO_CELL if it has several. */
static size_t solved(const struct ca_disclosure *d, const int64_t *row)
{
    size_t only = CA_NO_CELL;
    for (size_t c = 0; c < d->cell_count; c++) {
        if (!row[c] || !ca_disclosure_unknown(&d->cells[c]))
            continue;
        if (only != CA_NO_CELL)
            return CA_NO_CELL;
        only = c;
    }
    return only;
}

/* A suppressed cell that is the only unknown of some combination of sums. */
static bool withstand_solving(struct ca_disclosure *d)
{
    struct equations e = equations_of(d);
    size_t rows = reduce(&e, d, ca_disclosure_unknown);
    bool found = false;
    for (size_t i = 0; i < rows && !found; i++) {
        size_t cell = solved(d, row_of(&e, i));
        if (cell == CA_NO_CELL || !d->cells[cell].suppressed)
            continue;
        if (!suppress_in(d, row_of(&e, i)))
            d->cells[cell].exposed = true; /* all the row needs is 0, and so is the cell */
        found = true;
    }
    free(e.at);
    return found;
}

/* ---- Counts are not negative ---- */

/*
 * Suppressed counts above 0 can be one more or one less; a suppressed 0 only
 * more. So it follows where the sums leave zeroes no way to grow, as when what
 * is left of a total for several of them is 0. Solving for all other unknowns
 * leaves rows about zeroes alone. If their coefficients cancel in every row,
 * all can grow together, and nothing follows; a row where they do not cancel
 * loses one of its printed cells.
 */
static bool is_unknown_above_0(const struct ca_disclosure_cell *cell)
{
    return ca_disclosure_unknown(cell) && cell->count != 0;
}

static bool is_unknown_0(const struct ca_disclosure_cell *cell)
{
    return ca_disclosure_unknown(cell) && cell->count == 0;
}

struct balance {
    bool less, more; /* there are coefficients below and above 0 */
    int64_t sum;     /* of all, modulo the prime */
};

static struct balance balance_of(const struct ca_disclosure *d, const int64_t *row)
{
    struct balance b = {false, false, 0};
    for (size_t c = 0; c < d->cell_count; c++) {
        if (!row[c] || !is_unknown_0(&d->cells[c]))
            continue;
        b.less |= row[c] > PRIME / 2;
        b.more |= row[c] <= PRIME / 2;
        b.sum = (b.sum + row[c]) % PRIME;
    }
    return b;
}

/* Nothing but zeroes on both sides: they are what they are. */
static void expose(struct ca_disclosure *d, const int64_t *row)
{
    for (size_t c = 0; c < d->cell_count; c++)
        if (row[c] && is_unknown_0(&d->cells[c]))
            d->cells[c].exposed = true;
}

static bool withstand_zeroes(struct ca_disclosure *d)
{
    struct equations e = equations_of(d);
    bool found = false;
    for (size_t i = reduce(&e, d, is_unknown_above_0); i < e.rows && !found; i++) {
        struct balance b = balance_of(d, row_of(&e, i));
        if (b.sum == 0)
            continue;
        found = suppress_in(d, row_of(&e, i));
        if (!found && b.less != b.more) {
            expose(d, row_of(&e, i));
            found = true;
        }
    }
    free(e.at);
    return found;
}

bool ca_disclosure_withstand_algebra(struct ca_disclosure *d)
{
    return withstand_solving(d) || withstand_zeroes(d);
}
