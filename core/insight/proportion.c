/* Intervals of a proportion and of the difference of two. */
#include "core/insight/stats.h"

#include <math.h>

static const struct ca_interval undefined_interval = {false, 0.0, 0.0};

static bool is_proportion(int64_t count, int64_t of)
{
    return of > 0 && count >= 0 && count <= of;
}

/*
 * (2np + z² ± z·sqrt(z² + 4npq)) / (2(n + z²)). The ends at 0 and 1 are exact
 * in theory and set here, so that rounding cannot print 0.1% of nothing.
 */
static struct ca_interval wilson(double p, double n)
{
    const double z2 = CA_STATS_Z * CA_STATS_Z;
    double root = CA_STATS_Z * sqrt(z2 + 4 * n * p * (1 - p));
    struct ca_interval interval = {true, (2 * n * p + z2 - root) / (2 * (n + z2)),
                                   (2 * n * p + z2 + root) / (2 * (n + z2))};
    if (p <= 0)
        interval.low = 0;
    if (p >= 1)
        interval.high = 1;
    return interval;
}

struct ca_interval ca_wilson(int64_t count, int64_t of)
{
    if (!is_proportion(count, of))
        return undefined_interval;
    return wilson((double)count / (double)of, (double)of);
}

struct ca_interval ca_wilson_finite(int64_t count, int64_t of, int64_t population)
{
    if (!is_proportion(count, of) || population < of)
        return undefined_interval;
    double p = (double)count / (double)of;
    if (population == of)
        return (struct ca_interval){true, p, p};
    double n = (double)of;
    double all = (double)population;
    return wilson(p, n * (all - 1) / (all - n));
}

struct ca_interval ca_newcombe(int64_t earlier, int64_t earlier_of, int64_t later,
                               int64_t later_of)
{
    struct ca_interval from = ca_wilson(earlier, earlier_of);
    struct ca_interval to = ca_wilson(later, later_of);
    if (!from.defined || !to.defined)
        return undefined_interval;
    double p = (double)earlier / (double)earlier_of;
    double q = (double)later / (double)later_of;
    return (struct ca_interval){true, q - p - hypot(q - to.low, from.high - p),
                                q - p + hypot(to.high - q, p - from.low)};
}
