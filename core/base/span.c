/* Adding time: scoring rules, section 2.2. */
#include "core/base/span.h"

#include <string.h>

#include "core/base/calendar.h"

/* Years all of whose days a ca_date can count. */
#define FIRST_YEAR ((int64_t)-5877640)
#define LAST_YEAR  ((int64_t)5881579)
#define BEYOND     INT64_MAX

static const char *const unit_names[] = {
    [CA_DAYS] = "days",   [CA_WORKING_DAYS] = "working-days",
    [CA_WEEKS] = "weeks", [CA_MONTHS] = "months",
    [CA_YEARS] = "years",
};

bool ca_unit_parse(const char *text, enum ca_unit *out)
{
    for (size_t i = 0; i < sizeof unit_names / sizeof unit_names[0]; i++) {
        if (strcmp(text, unit_names[i]) == 0) {
            *out = (enum ca_unit)i;
            return true;
        }
    }
    return false;
}

const char *ca_unit_name(enum ca_unit unit)
{
    return unit_names[unit];
}

/* The same day so many months on, or the last day of a month too short for it. */
static int64_t add_months(ca_date date, int64_t n)
{
    int year, month, day, last;
    int64_t months;

    ca_date_to_ymd(date, &year, &month, &day);
    months = (int64_t)year * 12 + month - 1 + n;
    if (months < 12 * FIRST_YEAR || months > 12 * LAST_YEAR)
        return BEYOND;
    year = (int)(months / 12) - (months % 12 < 0);
    month = (int)(months - (int64_t)year * 12) + 1;
    last = ca_days_in_month(year, month);
    return ca_date_from_ymd(year, month, day < last ? day : last);
}

bool ca_date_add(ca_date date, int32_t n, enum ca_unit unit, ca_date *out)
{
    int64_t sum = date;

    switch (unit) {
    case CA_DAYS: sum += n; break;
    case CA_WEEKS: sum += (int64_t)n * 7; break;
    case CA_MONTHS: sum = add_months(date, n); break;
    case CA_YEARS: sum = add_months(date, (int64_t)n * 12); break;
    case CA_WORKING_DAYS: return ca_add_working_days(date, n, out);
    }
    if (sum <= CA_NO_DATE || sum > INT32_MAX)
        return false;
    *out = (ca_date)sum;
    return true;
}
