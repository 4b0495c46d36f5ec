#ifndef CA_BASE_CALENDAR_H
#define CA_BASE_CALENDAR_H

#include <stdbool.h>

#include "core/base/date.h"

#define CA_CALENDAR_FIRST_YEAR 1978
#define CA_CALENDAR_LAST_YEAR  2099

/* Is the date a bank holiday in England? False outside 1978 to 2099. */
bool ca_is_bank_holiday(ca_date date);

/*
 * The n-th working day after date, which is day 0 whatever it is; n is 0 or
 * more. False if date or the day found lies outside 1978 to 2099, or n is
 * negative; *out is then left alone. Usually called as ca_date_add.
 */
bool ca_add_working_days(ca_date date, int32_t n, ca_date *out);

#endif
