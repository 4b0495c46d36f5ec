/* Percentages from the exact ratio of two whole numbers, half away from zero. */
#include "core/insight/stats.h"

#include <math.h>

/* Wide enough that no product of two counts overflows. */
static bool round_ratio(__int128 numerator, __int128 denominator, int64_t *out)
{
    if (denominator == 0)
        return false;
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    __int128 size = numerator < 0 ? -numerator : numerator;
    __int128 whole = size / denominator;
    if (2 * (size % denominator) >= denominator)
        whole++;
    if (whole > INT64_MAX)
        return false;
    *out = numerator < 0 ? -(int64_t)whole : (int64_t)whole;
    return true;
}

bool ca_ratio_scaled(int64_t numerator, int64_t denominator, int64_t scale, int64_t *out)
{
    return round_ratio((__int128)numerator * scale, denominator, out);
}

bool ca_percent_tenths(int64_t count, int64_t of, int64_t *tenths)
{
    return ca_ratio_scaled(count, of, 1000, tenths);
}

bool ca_percent_whole(int64_t count, int64_t of, int64_t *percent)
{
    return ca_ratio_scaled(count, of, 100, percent);
}

bool ca_percent_change_tenths(int64_t earlier, int64_t earlier_of, int64_t later,
                              int64_t later_of, int64_t *tenths)
{
    __int128 change = (__int128)later * earlier_of - (__int128)earlier * later_of;
    return round_ratio(change * 1000, (__int128)earlier_of * later_of, tenths);
}

int64_t ca_scaled(double value, int64_t scale)
{
    return llround(value * (double)scale);
}
