/* The trend of grades or of a proportion over three periods or more. */
#include "core/insight/stats.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/arena.h"

/*
 * Upper tail for a whole number of degrees of freedom, as the finite sum
 * Q(k) = Q(k − 2) + (x/2)^(k/2 − 1) · e^(−x/2) / Γ(k/2), which begins with
 * e^(−x/2) for two and with erfc(sqrt(x/2)) for one.
 */
double ca_chi_square_p(double statistic, size_t freedom)
{
    if (!(statistic > 0))
        return 1;
    double half = statistic / 2;
    bool odd = freedom % 2 == 1;
    double tail = odd ? erfc(sqrt(half)) : exp(-half);
    double term = odd ? exp(-half) * sqrt(half) / sqrt(acos(-1.0)) : exp(-half);
    double order = odd ? 0.5 : 1;
    if (odd)
        term /= order;
    else
        term *= half;
    for (size_t k = odd ? 3 : 4; k <= freedom; k += 2) {
        tail += term;
        order += 1;
        term *= half / order;
    }
    return fmin(1, tail);
}

struct sums {
    double n, mean_x, mean_y;
    double xx, yy, xy;
    bool x_varies, y_varies;
};

static struct sums first_pass(const int64_t *counts, size_t rows, size_t columns,
                              const double *x, const double *y)
{
    struct sums s = {0};
    bool first = true;
    double x0 = 0, y0 = 0;
    for (size_t i = 0; i < rows * columns; i++) {
        if (counts[i] <= 0)
            continue;
        double n = (double)counts[i];
        double xi = x[i / columns], yi = y[i % columns];
        if (first) {
            x0 = xi;
            y0 = yi;
            first = false;
        }
        s.x_varies |= xi != x0;
        s.y_varies |= yi != y0;
        s.n += n;
        s.mean_x += n * xi;
        s.mean_y += n * yi;
    }
    if (s.n > 0) {
        s.mean_x /= s.n;
        s.mean_y /= s.n;
    }
    return s;
}

struct ca_trend ca_trend_scored(const int64_t *counts, size_t rows, size_t columns,
                                const double *row_scores, const double *column_scores)
{
    struct ca_trend trend = {false, 0, 0, 0};
    struct sums s = first_pass(counts, rows, columns, row_scores, column_scores);
    if (s.n < 2 || !s.x_varies || !s.y_varies)
        return trend;
    for (size_t i = 0; i < rows * columns; i++) {
        if (counts[i] <= 0)
            continue;
        double dx = row_scores[i / columns] - s.mean_x;
        double dy = column_scores[i % columns] - s.mean_y;
        s.xx += (double)counts[i] * dx * dx;
        s.yy += (double)counts[i] * dy * dy;
        s.xy += (double)counts[i] * dx * dy;
    }
    trend.defined = true;
    trend.r = fmax(-1, fmin(1, s.xy / sqrt(s.xx * s.yy)));
    trend.m2 = (s.n - 1) * trend.r * trend.r;
    trend.p = ca_chi_square_p(trend.m2, 1);
    return trend;
}

struct ca_trend ca_trend_of_grades(const int64_t *counts, size_t periods, size_t grades)
{
    if (periods < 3)
        return (struct ca_trend){false, 0, 0, 0};
    double *scores = ca_xcalloc(periods + grades, sizeof *scores);
    for (size_t i = 0; i < periods; i++)
        scores[i] = (double)(i + 1);
    for (size_t j = 0; j < grades; j++)
        scores[periods + j] = (double)(grades - j);
    struct ca_trend trend = ca_trend_scored(counts, periods, grades, scores, scores + periods);
    free(scores);
    return trend;
}

struct ca_trend ca_trend_of_proportion(const int64_t *count, const int64_t *of, size_t periods)
{
    int64_t *table = ca_xcalloc(2 * periods + 1, sizeof *table);
    for (size_t i = 0; i < periods; i++) {
        table[2 * i] = count[i];
        table[2 * i + 1] = of[i] - count[i];
    }
    struct ca_trend trend = ca_trend_of_grades(table, periods, 2);
    free(table);
    return trend;
}
