/* The XmR chart: limits of ordinary variation of a series, and signals beyond it. */
#include "core/insight/stats.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/arena.h"
#include "core/insight/signals_private.h"

/* Wheeler's constants for moving ranges of two. */
#define LIMIT_FACTOR 2.66
#define RANGE_FACTOR 3.267

/* Mean of the moving ranges below ceiling. */
static double mean_range(const double *values, size_t count, double ceiling)
{
    double sum = 0;
    size_t kept = 0;
    for (size_t i = 1; i < count; i++) {
        double range = fabs(values[i] - values[i - 1]);
        if (range < ceiling) {
            sum += range;
            kept++;
        }
    }
    return kept ? sum / (double)kept : 0;
}

static struct ca_xmr limits_of(const double *values, size_t count)
{
    struct ca_xmr chart = {true, count < CA_FULL_SERIES, 0, 0, 0};
    for (size_t i = 0; i < count; i++)
        chart.mean += values[i];
    chart.mean /= (double)count;
    double range = mean_range(values, count, INFINITY);
    /* In a series that never moves there is nothing to drop. */
    if (range > 0)
        range = mean_range(values, count, RANGE_FACTOR * range);
    chart.lower = chart.mean - LIMIT_FACTOR * range;
    chart.upper = chart.mean + LIMIT_FACTOR * range;
    return chart;
}

/* Marks the points of one sign in every window of three that has two of them. */
static void mark_near(const int *signs, size_t count, unsigned *signals)
{
    for (size_t i = 0; i + 3 <= count; i++) {
        int sum = 0, size = 0;
        for (size_t k = i; k < i + 3; k++) {
            sum += signs[k];
            size += signs[k] != 0;
        }
        /* One above and two below is no signal above, but is one below. */
        int sign = (sum > 0) - (sum < 0);
        bool two = size == 3 || (size == 2 && sum != 0);
        for (size_t k = i; two && k < i + 3; k++)
            if (signs[k] == sign)
                signals[k] |= CA_SIGNAL_NEAR;
    }
}

static int beyond(double value, double low, double high)
{
    return (ca_side_of(value, high) > 0) - (ca_side_of(value, low) < 0);
}

static void find_signals(const struct ca_xmr *chart, const double *values, size_t count,
                         unsigned *signals)
{
    double third = (chart->upper - chart->mean) * 2 / 3;
    int *signs = ca_xcalloc(count, sizeof *signs);
    for (size_t i = 0; i < count; i++) {
        signals[i] = beyond(values[i], chart->lower, chart->upper) ? CA_SIGNAL_OUTSIDE : 0;
    }
    ca_mark_runs(values, count, chart->mean, signals);
    for (size_t i = 0; i < count; i++)
        signs[i] = beyond(values[i], chart->mean - third, chart->mean + third);
    mark_near(signs, count, signals);
    free(signs);
}

struct ca_xmr ca_xmr_of(const double *values, size_t count, unsigned *signals)
{
    struct ca_xmr chart = {0};
    for (size_t i = 0; signals && i < count; i++)
        signals[i] = 0;
    if (count < 2)
        return chart;
    chart = limits_of(values, count);
    if (signals)
        find_signals(&chart, values, count, signals);
    return chart;
}
