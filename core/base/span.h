#ifndef CA_BASE_SPAN_H
#define CA_BASE_SPAN_H

#include "core/base/date.h"

/* Time in units: add(d, N, unit) of the scoring rules, section 2.2. */

enum ca_unit { CA_DAYS, CA_WORKING_DAYS, CA_WEEKS, CA_MONTHS, CA_YEARS };

/* "days", "working-days", "weeks", "months", "years". */
bool ca_unit_parse(const char *text, enum ca_unit *out);
const char *ca_unit_name(enum ca_unit unit);

/*
 * N may be negative for all units but working days, where it is 0 or more. False if a
 * working-day date falls outside 1978 to 2099, whose bank holidays are known, or a date
 * beyond all that can be counted; *out is then left alone.
 */
bool ca_date_add(ca_date date, int32_t n, enum ca_unit unit, ca_date *out);

#endif
