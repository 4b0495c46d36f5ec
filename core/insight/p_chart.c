/* The p-chart: a proportion month by month, with exact limits at each month's own number. */
#include <math.h>
#include <stdlib.h>

#include "core/base/arena.h"
#include "core/insight/signals_private.h"

/* As far out as three standard deviations of a normal distribution, at each side. */
#define TAIL 0.00135

/* log of the probability of k successes of n: without it, large n would underflow. */
static double log_probability(int64_t n, int64_t k, double p)
{
    return lgamma((double)n + 1) - lgamma((double)k + 1) - lgamma((double)(n - k) + 1) +
           (double)k * log(p) + (double)(n - k) * log1p(-p);
}

struct ca_binomial_limits ca_binomial_limits_of(int64_t trials, double probability, double tail)
{
    struct ca_binomial_limits limits = {trials, trials};
    double below = 0;
    bool low = false;

    if (probability <= 0)
        return (struct ca_binomial_limits){0, 0};
    for (int64_t k = 0; probability < 1 && k <= trials; k++) {
        below += exp(log_probability(trials, k, probability));
        if (!low && below >= tail * (1 - 1e-9)) {
            limits.low = k;
            low = true;
        }
        if (below >= 1 - tail - 1e-12) {
            limits.high = k;
            break;
        }
    }
    return limits;
}

struct ca_p_chart ca_p_chart_of(const int64_t *counts, const int64_t *of, size_t count,
                                struct ca_binomial_limits *limits, unsigned *signals)
{
    struct ca_p_chart chart = {count >= 2, count < CA_FULL_SERIES, 0};
    double *values, positive = 0, all = 0;

    if (!chart.defined)
        return chart;
    values = ca_xcalloc(count, sizeof *values);
    for (size_t i = 0; i < count; i++) {
        values[i] = (double)counts[i] / (double)of[i];
        positive += (double)counts[i];
        all += (double)of[i];
    }
    chart.mean = positive / all;
    for (size_t i = 0; i < count; i++) {
        limits[i] = ca_binomial_limits_of(of[i], chart.mean, TAIL);
        signals[i] =
            counts[i] < limits[i].low || counts[i] > limits[i].high ? CA_SIGNAL_OUTSIDE : 0;
    }
    ca_mark_runs(values, count, chart.mean, signals);
    free(values);
    return chart;
}
