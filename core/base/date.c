/* Dates as days since 1970, and as people write them. */
#include "core/base/date.h"

#include <stdio.h>

#define DAYS_IN_400_YEARS 146097
#define DAYS_TO_1970      719468 /* from 0000-03-01 to 1970-01-01 */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static bool is_leap_year(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/*
 * Years are counted from March, so that the leap day is the last of one and the months
 * before it have a simple rhythm: 153 days in five of them. Eras are of 400 years.
 */
static int64_t days_from_ymd(int64_t year, int month, int day)
{
    const int64_t y = month > 2 ? year : year - 1;
    const int64_t era = floor_div(y, 400);
    const int in_era = (int)(y - era * 400); /* years */
    const int days = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * DAYS_IN_400_YEARS + in_era * 365 + in_era / 4 - in_era / 100 + days -
           DAYS_TO_1970;
}

ca_date ca_date_from_ymd(int year, int month, int day)
{
    return (ca_date)days_from_ymd(year, month, day);
}

void ca_date_to_ymd(ca_date date, int *year, int *month, int *day)
{
    const int64_t since = (int64_t)date + DAYS_TO_1970;
    const int64_t era = floor_div(since, DAYS_IN_400_YEARS);
    const int days = (int)(since - era * DAYS_IN_400_YEARS);
    /* All years as if of 365 days, once the leap days that have passed are taken off. */
    const int in_era = (days - days / 1460 + days / 36524 - days / 146096) / 365;
    const int rest = days - (in_era * 365 + in_era / 4 - in_era / 100);
    const int m = (5 * rest + 2) / 153; /* from March */

    *month = m < 10 ? m + 3 : m - 9;
    *day = rest - (153 * m + 2) / 5 + 1;
    *year = (int)(era * 400 + in_era + (*month <= 2));
}

int ca_days_in_month(int year, int month)
{
    if (month == 2)
        return is_leap_year(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

int ca_weekday(ca_date date)
{
    const int thursday = 3; /* 1970-01-01 */

    return (date % 7 + 7 + thursday) % 7;
}

/* The number in count digits, or -1. */
static int digits(const char *text, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

bool ca_date_parse(const char *text, ca_date *out)
{
    int year, month, day;

    /* From left to right, so that nothing is looked at behind the end of a shorter text. */
    year = digits(text, 4);
    if (year < 0 || text[4] != '-')
        return false;
    month = digits(text + 5, 2);
    if (month < 0 || text[7] != '-')
        return false;
    day = digits(text + 8, 2);
    if (day < 0 || text[10] != '\0')
        return false;
    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 ||
        day > ca_days_in_month(year, month))
        return false;
    *out = ca_date_from_ymd(year, month, day);
    return true;
}

static void two_digits(char *text, int value)
{
    text[0] = (char)('0' + value / 10);
    text[1] = (char)('0' + value % 10);
}

const char *ca_date_format(ca_date date, char text[CA_DATE_SIZE])
{
    int year, month, day;
    int length = 4;

    text[0] = '\0';
    if (date == CA_NO_DATE)
        return text;
    ca_date_to_ymd(date, &year, &month, &day);
    if (year >= 0 && year <= 9999) {
        two_digits(text, year / 100);
        two_digits(text + 2, year % 100);
    } else { /* up to "-5877641", and six characters more */
        length = snprintf(text, CA_DATE_SIZE - 6, "%05d", year);
    }
    text[length] = '-';
    two_digits(text + length + 1, month);
    text[length + 3] = '-';
    two_digits(text + length + 4, day);
    text[length + 6] = '\0';
    return text;
}

const char *ca_quarter_format(ca_date date, char text[CA_QUARTER_SIZE])
{
    const unsigned april = 4;
    int year, month, day;
    unsigned start, next;

    ca_date_to_ymd(date, &year, &month, &day);
    start = (unsigned)year % 10000 - ((unsigned)month < april);
    next = (start + 1) % 100;
    (void)snprintf(text, CA_QUARTER_SIZE, "%04u-%02u Q%u", start % 10000, next,
                   ((unsigned)month + 12 - april) % 12 / 3 + 1);
    return text;
}
