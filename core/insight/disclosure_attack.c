/* Counts that follow from several sums together, found as a reader would find them. */
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
    size_t rows, columns;
    size_t *cells; /* which cell a column stands for */
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

/*
 * Only unknown cells tie sums together, so sums fall into families that share
 * none, each solved by itself: many small systems instead of one large one.
 */
struct families {
    size_t count;
    size_t *head, *next; /* chains of sums; head by family */
    size_t *column;      /* scratch: place of a cell in the family at hand */
};

static size_t root_of(size_t *parent, size_t sum)
{
    while (parent[sum] != sum)
        sum = parent[sum] = parent[parent[sum]];
    return sum;
}

/* Joins each sum with the first that shares an unknown cell; false where it has none. */
static bool join(const struct ca_disclosure *d, size_t *parent, size_t *owner, size_t sum)
{
    const size_t *terms = d->terms + d->sums[sum].first;
    bool any = false;
    for (size_t k = 0; k < d->sums[sum].count; k++) {
        if (!ca_disclosure_unknown(&d->cells[terms[k]]))
            continue;
        any = true;
        if (owner[terms[k]] == SIZE_MAX)
            owner[terms[k]] = sum;
        parent[root_of(parent, sum)] = root_of(parent, owner[terms[k]]);
    }
    return any;
}

static struct families families_of(const struct ca_disclosure *d)
{
    size_t sums = d->sum_count + 1, cells = d->cell_count + 1;
    size_t *parent = ca_xcalloc(sums, sizeof *parent);
    size_t *place = ca_xcalloc(sums, sizeof *place);
    bool *any = ca_xcalloc(sums, sizeof *any);
    struct families f = {0, ca_xcalloc(sums, sizeof(size_t)), ca_xcalloc(sums, sizeof(size_t)),
                         ca_xcalloc(cells, sizeof(size_t))};
    for (size_t c = 0; c < cells; c++)
        f.column[c] = SIZE_MAX; /* here: the first sum with the cell */
    for (size_t s = 0; s < d->sum_count; s++) {
        parent[s] = s;
        place[s] = SIZE_MAX;
        any[s] = join(d, parent, f.column, s);
    }
    for (size_t s = d->sum_count; s-- > 0;) {
        size_t root = root_of(parent, s);
        if (!any[s])
            continue;
        if (place[root] == SIZE_MAX) {
            place[root] = f.count++;
            f.head[place[root]] = SIZE_MAX;
        }
        f.next[s] = f.head[place[root]];
        f.head[place[root]] = s;
    }
    for (size_t c = 0; c < cells; c++)
        f.column[c] = SIZE_MAX;
    free(parent);
    free(place);
    free(any);
    return f;
}

static void free_families(struct families *f)
{
    free(f->head);
    free(f->next);
    free(f->column);
}

/* Numbers the cells of a family's sums as they are met. */
static void number_cells(const struct ca_disclosure *d, struct families *f, size_t family,
                         struct equations *e)
{
    size_t room = 0;
    for (size_t s = f->head[family]; s != SIZE_MAX; s = f->next[s]) {
        room += d->sums[s].count;
        e->rows++;
    }
    e->cells = ca_xcalloc(room + 1, sizeof *e->cells);
    for (size_t s = f->head[family]; s != SIZE_MAX; s = f->next[s])
        for (size_t k = 0; k < d->sums[s].count; k++) {
            size_t cell = d->terms[d->sums[s].first + k];
            if (f->column[cell] == SIZE_MAX) {
                f->column[cell] = e->columns;
                e->cells[e->columns++] = cell;
            }
        }
}

static struct equations equations_of(const struct ca_disclosure *d, struct families *f,
                                     size_t family)
{
    struct equations e = {0};
    size_t i = 0;
    number_cells(d, f, family, &e);
    e.at = ca_xcalloc(e.rows * e.columns + 1, sizeof *e.at);
    for (size_t s = f->head[family]; s != SIZE_MAX; s = f->next[s]) {
        const size_t *terms = d->terms + d->sums[s].first;
        int64_t *row = row_of(&e, i++);
        for (size_t k = 0; k < d->sums[s].count; k++) {
            int64_t *at = &row[f->column[terms[k]]];
            *at = (*at + (k == 0 ? PRIME - 1 : 1)) % PRIME;
        }
    }
    for (size_t c = 0; c < e.columns; c++)
        f->column[e.cells[c]] = SIZE_MAX;
    return e;
}

static void free_equations(struct equations *e)
{
    free(e->cells);
    free(e->at);
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
        if (!is_wanted(&d->cells[e->cells[column]]))
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
static bool suppress_in(struct ca_disclosure *d, const struct equations *e, size_t row)
{
    size_t best = CA_NO_CELL;
    for (size_t c = 0; c < e->columns; c++)
        if (row_of(e, row)[c] && ca_disclosure_spare(&d->cells[e->cells[c]]))
            best = ca_disclosure_smaller(d, best, e->cells[c]);
    if (best != CA_NO_CELL)
        d->cells[best].suppressed = true;
    return best != CA_NO_CELL;
}

/* The one unknown of a reduced row, or CA_NO_CELL if it has several. */
static size_t solved(const struct ca_disclosure *d, const struct equations *e, size_t row)
{
    size_t only = CA_NO_CELL;
    for (size_t c = 0; c < e->columns; c++) {
        if (!row_of(e, row)[c] || !ca_disclosure_unknown(&d->cells[e->cells[c]]))
            continue;
        if (only != CA_NO_CELL)
            return CA_NO_CELL;
        only = e->cells[c];
    }
    return only;
}

/* A suppressed cell that is the only unknown of some combination of sums. */
static bool withstand_solving(struct ca_disclosure *d, struct equations *e)
{
    size_t rows = reduce(e, d, ca_disclosure_unknown);
    bool found = false;
    for (size_t i = 0; i < rows; i++) {
        size_t cell = solved(d, e, i);
        if (cell == CA_NO_CELL || !d->cells[cell].suppressed)
            continue;
        if (!suppress_in(d, e, i))
            d->cells[cell].exposed = true; /* all the row needs is 0, and so is the cell */
        found = true;
    }
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

static struct balance balance_of(const struct ca_disclosure *d, const struct equations *e,
                                 size_t row)
{
    struct balance b = {false, false, 0};
    for (size_t c = 0; c < e->columns; c++) {
        int64_t factor = row_of(e, row)[c];
        if (!factor || !is_unknown_0(&d->cells[e->cells[c]]))
            continue;
        b.less |= factor > PRIME / 2;
        b.more |= factor <= PRIME / 2;
        b.sum = (b.sum + factor) % PRIME;
    }
    return b;
}

/* Nothing but zeroes on both sides: they are what they are. */
static void expose(struct ca_disclosure *d, const struct equations *e, size_t row)
{
    for (size_t c = 0; c < e->columns; c++)
        if (row_of(e, row)[c] && is_unknown_0(&d->cells[e->cells[c]]))
            d->cells[e->cells[c]].exposed = true;
}

static bool withstand_zeroes(struct ca_disclosure *d, struct equations *e)
{
    bool found = false;
    for (size_t i = reduce(e, d, is_unknown_above_0); i < e->rows && !found; i++) {
        struct balance b = balance_of(d, e, i);
        if (b.sum == 0)
            continue;
        found = suppress_in(d, e, i);
        if (!found && b.less != b.more) {
            expose(d, e, i);
            found = true;
        }
    }
    return found;
}

/* One attack on every family; whether anything changed. */
static bool withstand(struct ca_disclosure *d,
                      bool (*attack)(struct ca_disclosure *, struct equations *))
{
    struct families f = families_of(d);
    bool found = false;
    for (size_t i = 0; i < f.count; i++) {
        struct equations e = equations_of(d, &f, i);
        found |= attack(d, &e);
        free_equations(&e);
    }
    free_families(&f);
    return found;
}

bool ca_disclosure_withstand_algebra(struct ca_disclosure *d)
{
    return withstand(d, withstand_solving) || withstand(d, withstand_zeroes);
}
