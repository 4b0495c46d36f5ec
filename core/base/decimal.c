/* Decimals as integers of a fixed number of places, and the one rounding there is (scoring
 * rules, section 1). */
#include "core/base/decimal.h"

#include <string.h>

#define LARGEST INT64_C(1000000000000000) /* 10^15 units */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes one more digit into value; false beyond the largest. */
static bool take_digit(int64_t *value, char digit)
{
    *value = *value * 10 + (digit - '0');
    return *value <= LARGEST;
}

bool ca_decimal_parse(const char *text, int places, bool negative, int64_t *out)
{
    const bool minus = negative && *text == '-';
    const char *at = text + minus;
    int64_t value = 0;
    int decimals = 0;

    if (!is_digit(*at))
        return false;
    for (; is_digit(*at); at++) {
        if (!take_digit(&value, *at))
            return false;
    }
    if (*at == '.') {
        for (at++; is_digit(*at) && decimals < places; at++, decimals++) {
            if (!take_digit(&value, *at))
                return false;
        }
        if (decimals == 0)
            return false;
    }
    if (*at != '\0')
        return false;
    for (; decimals < places; decimals++) {
        if (!take_digit(&value, '0'))
            return false;
    }
    *out = minus ? -value : value;
    return true;
}

/* Writes from the end of text backwards; with keep false, zeroes at the end of the
 * decimals are left out, and so is a point with nothing behind it. */
static const char *format(int64_t value, int places, bool keep, char text[CA_DECIMAL_SIZE])
{
    char digits[CA_DECIMAL_SIZE];
    char *start = digits + sizeof digits - 1;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    *start = '\0';
    for (int place = 0; place < places; place++, rest /= 10) {
        if (keep || rest % 10 != 0) {
            *--start = (char)('0' + rest % 10);
            keep = true;
        }
    }
    if (places > 0 && keep)
        *--start = '.';
    do {
        *--start = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        *--start = '-';
    return memcpy(text, start, (size_t)(digits + sizeof digits - start));
}

const char *ca_decimal_fixed(int64_t value, int places, char text[CA_DECIMAL_SIZE])
{
    return format(value, places, true, text);
}

const char *ca_decimal_short(int64_t value, int places, char text[CA_DECIMAL_SIZE])
{
    return format(value, places, false, text);
}

bool ca_integer_parse(const char *text, int64_t min, int64_t max, int64_t *out)
{
    const bool minus = *text == '-';
    const char *at = text + minus;
    int64_t value = 0; /* held below zero, where there is room for one more */

    if (!is_digit(*at))
        return false;
    for (; is_digit(*at); at++) {
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, *at - '0', &value))
            return false;
    }
    if (*at != '\0' || (!minus && value == INT64_MIN))
        return false;
    value = minus ? value : -value;
    if (value < min || value > max)
        return false;
    *out = value;
    return true;
}

int64_t ca_mean(__int128 sum, int64_t weight)
{
    const __int128 numerator = 2 * sum + weight;
    const __int128 denominator = 2 * (__int128)weight;
    const __int128 quotient = numerator / denominator;

    /* C rounds towards zero, the rule says down. */
    return (int64_t)(quotient - (numerator % denominator < 0));
}
