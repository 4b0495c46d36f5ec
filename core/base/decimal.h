#ifndef CA_BASE_DECIMAL_H
#define CA_BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Decimals are integers of a fixed number of places: scores hundredths,
 * weights and values thousandths. Written as [0-9]+(\.[0-9]+)?, with at most
 * `places` decimals, a leading '-' only if negative is allowed. False on
 * anything else, or if the size is beyond 10^15 units; *out is left alone.
 */
bool ca_decimal_parse(const char *text, int places, bool negative, int64_t *out);

#define CA_DECIMAL_SIZE 32
/* All places: 71.25 */
const char *ca_decimal_fixed(int64_t value, int places, char text[CA_DECIMAL_SIZE]);
/* Shortest form: 3, 2.5 */
const char *ca_decimal_short(int64_t value, int places, char text[CA_DECIMAL_SIZE]);

/* [-]digits within the range; false leaves *out alone. */
bool ca_integer_parse(const char *text, int64_t min, int64_t max, int64_t *out);

/* mean of the scoring rules, section 1: half up, once.
 *   floor((2·sum + weight) / (2·weight)), weight > 0, sum may be negative. */
int64_t ca_mean(__int128 sum, int64_t weight);

#endif
