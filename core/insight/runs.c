/* The run chart: how long a series stays on one side of its median. */
#include "core/insight/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"

size_t ca_longest_run_allowed(size_t useful)
{
    return useful ? (size_t)lround(log2((double)useful) + 3) : 0;
}

/*
 * The smallest k with P(X ≤ k) ≥ 0.05 for X binomial(useful − 1, 1/2). As in
 * Fisher's test, probabilities are relative to the middle one, so that a long
 * series does not underflow.
 */
size_t ca_fewest_crossings(size_t useful)
{
    if (useful < 2)
        return 0;
    size_t n = useful - 1;
    double *weight = ca_xcalloc(n + 1, sizeof *weight);
    double total = 0;
    weight[n / 2] = 1;
    for (size_t k = n / 2; k > 0; k--)
        weight[k - 1] = weight[k] * (double)k / (double)(n - k + 1);
    for (size_t k = n / 2; k < n; k++)
        weight[k + 1] = weight[k] * (double)(n - k) / (double)(k + 1);
    for (size_t k = 0; k <= n; k++)
        total += weight[k];
    size_t k = 0;
    double sum = weight[0];
    while (sum < 0.05 * total * (1 - 1e-12))
        sum += weight[++k];
    free(weight);
    return k;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median_of(const double *values, size_t count)
{
    double *sorted = ca_xcalloc(count, sizeof *sorted);
    memcpy(sorted, values, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, ascending);
    double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    free(sorted);
    return median;
}

struct ca_run_chart ca_run_chart_of(const double *values, size_t count)
{
    struct ca_run_chart chart = {0};
    if (count < 2)
        return chart;
    chart.median = median_of(values, count);
    int last = 0;
    size_t run = 0;
    for (size_t i = 0; i < count; i++) {
        int side = (values[i] > chart.median) - (values[i] < chart.median);
        if (side == 0)
            continue;
        chart.crossings += last != 0 && side != last;
        run = side == last ? run + 1 : 1;
        chart.longest = run > chart.longest ? run : chart.longest;
        chart.useful++;
        last = side;
    }
    chart.longest_allowed = ca_longest_run_allowed(chart.useful);
    chart.fewest_crossings = ca_fewest_crossings(chart.useful);
    chart.defined = chart.useful >= 2;
    chart.signal = chart.defined && (chart.longest > chart.longest_allowed ||
                                     chart.crossings < chart.fewest_crossings);
    return chart;
}
