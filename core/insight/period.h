#ifndef CA_INSIGHT_PERIOD_H
#define CA_INSIGHT_PERIOD_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/date.h"
#include "core/base/error.h"

/*
 * Periods that summaries are made for. As text (and as the id in output):
 *
 *   2023-24 Q3               a quarter (read as 2023-24q3, too)
 *   2023-24                  a year
 *   2023-11                  a month
 *   2023-10-01..2023-12-31   any dates, both included
 *
 * Years and quarters begin in the month year_start, 1 to 12; a year is named
 * after the calendar year it begins in and the next, whatever that month is.
 *
 * 2000-01 to 2011-12 can be a year (2010-11) and a month (November 2010) at
 * once, as can those a century away; then the year is meant, unless the other
 * end of a range can only be a month. Such a month by itself is asked for by
 * its dates.
 */
enum ca_period_kind { CA_PERIOD_QUARTER, CA_PERIOD_YEAR, CA_PERIOD_MONTH, CA_PERIOD_DATES };

#define CA_YEAR_START_APRIL 4
#define CA_PERIOD_ID_SIZE   32

struct ca_period {
    enum ca_period_kind kind;
    int year_start;
    ca_date from, to; /* both included */
    char id[CA_PERIOD_ID_SIZE];
};

/* One period. Fails with CA_ERROR_USAGE and what would be right. */
enum ca_code ca_period_parse(const char *text, int year_start, struct ca_period *out,
                             struct ca_error *error);

/*
 * P, or P..P: all quarters, years or months from the first to the last, in
 * order; FROM..TO dates are one period. The ends are of one kind. *list is to
 * be freed by the caller.
 */
enum ca_code ca_periods_parse(const char *text, int year_start, struct ca_period **list,
                              size_t *count, struct ca_error *error);

/* The month that the text of a year could mean as well, such as November 2010 for 2010-11.
 * False if there is none; *month is then left alone. */
bool ca_period_as_month(const struct ca_period *year, struct ca_period *month);

/* The period of a kind that a date lies in. */
struct ca_period ca_period_quarter_of(ca_date date, int year_start);
struct ca_period ca_period_month_of(ca_date date);

struct ca_period ca_period_of_dates(ca_date from, ca_date to);

/* The n-th period of the same kind after this one, or before it if n is
 * negative; of dates, the same number of days before or after without a gap. */
struct ca_period ca_period_shift(const struct ca_period *period, int n);

bool ca_period_contains(const struct ca_period *period, ca_date date);

/* All calendar months that the period touches, in order; *months is to be
 * freed by the caller. Returns how many, at least 1. */
size_t ca_period_months(const struct ca_period *period, struct ca_period **months);

#endif
