/* Fisher's exact test of two proportions. */
#include "core/insight/stats.h"

#include <math.h>

/*
 * Probabilities are held relative to the most probable table, which is 1:
 * neighbouring tables differ by a ratio of small integers, so no factorial is
 * needed and none can overflow.
 */
struct tables {
    double row1, column1, rest; /* rest: n − row1 − column1, may be negative */
    int64_t low, mode, high;    /* possible and most probable values of the first cell */
};

/* P(k + 1) / P(k) */
static double up(const struct tables *t, int64_t k)
{
    double x = (double)k;
    return (t->row1 - x) * (t->column1 - x) / ((x + 1) * (t->rest + x + 1));
}

static struct tables tables_of(int64_t row1, int64_t column1, int64_t n)
{
    struct tables t = {(double)row1, (double)column1, (double)(n - row1 - column1), 0, 0, 0};
    t.low = row1 + column1 > n ? row1 + column1 - n : 0;
    t.high = row1 < column1 ? row1 : column1;
    t.mode = (int64_t)floor((t.row1 + 1) * (t.column1 + 1) / ((double)n + 2));
    if (t.mode < t.low)
        t.mode = t.low;
    if (t.mode > t.high)
        t.mode = t.high;
    return t;
}

static double relative_probability(const struct tables *t, int64_t a)
{
    double p = 1;
    for (int64_t k = t->mode; k < a && p > 0; k++)
        p *= up(t, k);
    for (int64_t k = t->mode; k > a && p > 0; k--)
        p /= up(t, k - 1);
    return p;
}

/* Sums of probabilities: of all tables, and by how they compare with the one observed. */
struct sums {
    double total, rarer, equal;
};

#define TOLERANCE 1e-7

static void count_table(double p, double observed, struct sums *sums)
{
    sums->total += p;
    if (p < observed * (1 - TOLERANCE))
        sums->rarer += p;
    else if (p <= observed * (1 + TOLERANCE))
        sums->equal += p;
}

struct ca_fisher ca_fisher(int64_t a, int64_t b, int64_t c, int64_t d)
{
    if (a < 0 || b < 0 || c < 0 || d < 0 || a + b == 0 || c + d == 0)
        return (struct ca_fisher){false, 0, 0};
    struct tables t = tables_of(a + b, a + c, a + b + c + d);
    double observed = relative_probability(&t, a);
    struct sums sums = {0, 0, 0};
    double p = 1;
    count_table(p, observed, &sums);
    for (int64_t k = t.mode; k < t.high && p > 0; k++)
        count_table(p *= up(&t, k), observed, &sums);
    p = 1;
    for (int64_t k = t.mode; k > t.low && p > 0; k--)
        count_table(p /= up(&t, k - 1), observed, &sums);
    return (struct ca_fisher){true, fmin(1, (sums.rarer + sums.equal) / sums.total),
                              fmin(1, (sums.rarer + sums.equal / 2) / sums.total)};
}
