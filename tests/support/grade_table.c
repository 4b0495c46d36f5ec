#include "tests/support/grade_table.h"

#include <stdlib.h>

#include "core/base/arena.h"

/*
 * The cells of a row, in this order: the grades, then the graded audits, the
 * headline, those not graded, and all audits.
 */
enum { GRADED, POSITIVE, NOT_GRADED, AUDITS, EXTRAS };

struct builder {
    const struct grade_table *table;
    struct ca_disclosure *d;
    size_t width;
    size_t *cells;   /* rows × width */
    size_t *scratch; /* room for a row or a column */
};

static size_t *row_of(const struct builder *b, size_t row)
{
    return b->cells + row * b->width;
}

static bool has_headline(const struct grade_table *table)
{
    return table->positive > 0 && table->positive < table->grades;
}

/* Adds the cells of a row. What the table does not have repeats what it has. */
static void add_row(struct builder *b, size_t row)
{
    const struct grade_table *t = b->table;
    size_t *cells = row_of(b, row);
    size_t *extra = cells + t->grades;
    int64_t graded = 0, positive = 0;
    for (size_t g = 0; g < t->grades; g++) {
        int64_t count = t->counts[row * t->grades + g];
        graded += count;
        positive += g < t->positive ? count : 0;
        cells[g] = ca_disclosure_cell(b->d, count);
    }
    extra[GRADED] = extra[POSITIVE] = extra[AUDITS] = ca_disclosure_cell(b->d, graded);
    extra[NOT_GRADED] = SIZE_MAX;
    if (has_headline(t))
        extra[POSITIVE] = ca_disclosure_cell(b->d, positive);
    if (t->not_graded) {
        extra[NOT_GRADED] = ca_disclosure_cell(b->d, t->not_graded[row]);
        extra[AUDITS] = ca_disclosure_cell(b->d, graded + t->not_graded[row]);
    }
}

static void sum_row(struct builder *b, size_t row)
{
    const struct grade_table *t = b->table;
    const size_t *cells = row_of(b, row);
    const size_t *extra = cells + t->grades;
    ca_disclosure_sum(b->d, extra[GRADED], cells, t->grades);
    ca_disclosure_shares(b->d, extra[GRADED], cells, t->grades);
    if (has_headline(t)) {
        ca_disclosure_sum(b->d, extra[POSITIVE], cells, t->positive);
        ca_disclosure_shares(b->d, extra[GRADED], &extra[POSITIVE], 1);
    }
    if (t->not_graded) {
        size_t parts[] = {extra[GRADED], extra[NOT_GRADED]};
        ca_disclosure_sum(b->d, extra[AUDITS], parts, 2);
        ca_disclosure_row(b->d, extra[AUDITS], cells, b->width);
    }
}

/* The same figure of all groups, and of their total in row 0. The count of each
 * cell is given again, to find a remainder outside the groups. */
static void sum_column(struct builder *b, size_t column, int64_t total, int64_t groups)
{
    size_t parts = 0;
    for (size_t row = 1; row < b->table->rows; row++)
        b->scratch[parts++] = row_of(b, row)[column];
    if (groups > total)
        return; /* groups overlap: nothing adds up */
    if (groups < total)
        b->scratch[parts++] = ca_disclosure_unprinted(b->d, total - groups);
    ca_disclosure_sum(b->d, row_of(b, 0)[column], b->scratch, parts);
}

/* The figure in a column of a row. */
static int64_t figure(const struct grade_table *t, size_t row, size_t column)
{
    if (column < t->grades)
        return t->counts[row * t->grades + column];
    int64_t graded = 0, positive = 0;
    int64_t not_graded = t->not_graded ? t->not_graded[row] : 0;
    for (size_t g = 0; g < t->grades; g++) {
        graded += t->counts[row * t->grades + g];
        positive += g < t->positive ? t->counts[row * t->grades + g] : 0;
    }
    const int64_t figures[EXTRAS] = {
        [GRADED] = graded,
        [POSITIVE] = positive,
        [NOT_GRADED] = not_graded,
        [AUDITS] = graded + not_graded,
    };
    return figures[column - t->grades];
}

static bool has_column(const struct grade_table *t, size_t column)
{
    if (column == t->grades + POSITIVE)
        return has_headline(t);
    if (column == t->grades + NOT_GRADED || column == t->grades + AUDITS)
        return t->not_graded != NULL;
    return true;
}

static void sum_columns(struct builder *b)
{
    const struct grade_table *t = b->table;
    for (size_t column = 0; column < b->width; column++) {
        if (!has_column(t, column))
            continue;
        int64_t groups = 0;
        for (size_t row = 1; row < t->rows; row++)
            groups += figure(t, row, column);
        sum_column(b, column, figure(t, 0, column), groups);
    }
}

static struct grade_disclosure *result_of(const struct builder *b)
{
    size_t rows = b->table->rows, grades = b->table->grades;
    struct grade_disclosure *result = ca_xcalloc(1, sizeof *result);
    bool **extras[EXTRAS] = {&result->graded, &result->positive, &result->not_graded,
                             &result->audits};
    result->counts = ca_xcalloc(rows * grades + 1, sizeof(bool));
    for (size_t e = 0; e < EXTRAS; e++)
        *extras[e] = ca_xcalloc(rows + 1, sizeof(bool));
    for (size_t row = 0; row < rows; row++) {
        const size_t *cells = row_of(b, row);
        for (size_t g = 0; g < grades; g++)
            result->counts[row * grades + g] = ca_disclosure_suppressed(b->d, cells[g]);
        for (size_t e = 0; e < EXTRAS; e++)
            (*extras[e])[row] = cells[grades + e] != SIZE_MAX &&
                                ca_disclosure_suppressed(b->d, cells[grades + e]);
    }
    return result;
}

/* Of a set of counts that is given away. */
static struct grade_disclosure *disclosure_of(const struct grade_table *table,
                                              struct ca_disclosure *d)
{
    struct builder b = {table, d, table->grades + EXTRAS, NULL, NULL};
    b.cells = ca_xcalloc(table->rows * b.width + 1, sizeof *b.cells);
    b.scratch = ca_xcalloc(table->rows + b.width + 1, sizeof *b.scratch);
    for (size_t row = 0; row < table->rows; row++)
        add_row(&b, row);
    for (size_t row = 0; row < table->rows; row++)
        sum_row(&b, row);
    if (table->total_first && table->rows > 1)
        sum_columns(&b);
    ca_disclosure_apply(b.d);
    struct grade_disclosure *result = result_of(&b);
    ca_disclosure_free(b.d);
    free(b.cells);
    free(b.scratch);
    return result;
}

struct grade_disclosure *grade_disclosure_new(const struct grade_table *table,
                                              int64_t threshold)
{
    return disclosure_of(table, ca_disclosure_new(threshold));
}

struct grade_disclosure *grade_disclosure_hurried(const struct grade_table *table,
                                                  int64_t threshold,
                                                  struct ca_disclosure_budget budget)
{
    struct ca_disclosure *d = ca_disclosure_new(threshold);
    ca_disclosure_hurry(d, budget);
    return disclosure_of(table, d);
}

void grade_disclosure_free(struct grade_disclosure *disclosure)
{
    if (!disclosure)
        return;
    free(disclosure->counts);
    free(disclosure->graded);
    free(disclosure->positive);
    free(disclosure->not_graded);
    free(disclosure->audits);
    free(disclosure);
}
