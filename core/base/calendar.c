/*
 * Working days in England: the scoring rules, section 2.2. A year's bank holidays
 * are worked out when they are needed, which takes well under a microsecond; nothing
 * is kept between calls.
 */
#include "core/base/calendar.h"

#include <stddef.h>

enum { MONDAY = 0, FRIDAY = 4, SATURDAY = 5, SUNDAY = 6 };

struct day {
    int year, month, day;
};

/* Years in which a holiday was moved by proclamation, and to where. */
static const struct day moved_early_may[] = {{1995, 5, 8}, {2020, 5, 8}};
static const struct day moved_spring[] = {{2002, 6, 4}, {2012, 6, 4}, {2022, 6, 2}};

/* Days given once: royal weddings, jubilees, the millennium, a funeral, a coronation. */
static const struct day extra_days[] = {
    {1981, 7, 29}, {1999, 12, 31}, {2002, 6, 3},  {2011, 4, 29},
    {2012, 6, 5},  {2022, 6, 3},   {2022, 9, 19}, {2023, 5, 8},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Of one year: the eight of every year, and room for all days that were given once. */
struct holidays {
    ca_date dates[8 + COUNT(extra_days)];
    size_t count;
};

/* Gregorian Easter: the Sunday after the ecclesiastical full moon that falls on or
 * after 21 March. The age of the moon follows the nineteen-year cycle, corrected for
 * the leap days left out at centuries and for the moon's own slow drift. */
static ca_date easter_sunday(int year)
{
    const int century = year / 100;
    const int golden = year % 19;
    const int left_out = century - century / 4;
    const int drift = (8 * century + 13) / 25;
    int moon = (19 * golden + left_out - drift + 15) % 30; /* days after 21 March */
    ca_date full_moon;

    /* Two full moons of the cycle are one day early, so that none falls after 18 April
     * and no two of a cycle on one date. */
    if (moon == 29 || (moon == 28 && golden > 10))
        moon--;
    full_moon = ca_date_from_ymd(year, 3, 21) + moon;
    return full_moon + SUNDAY - ca_weekday(full_moon) +
           (ca_weekday(full_moon) == SUNDAY ? 7 : 0);
}

static bool contains(const struct holidays *list, ca_date date)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->dates[i] == date)
            return true;
    }
    return false;
}

static void add(struct holidays *list, ca_date date)
{
    list->dates[list->count++] = date;
}

/* On its day or, at a weekend, on the next weekday that is not a holiday itself. */
static void add_or_substitute(struct holidays *list, ca_date date)
{
    while (ca_weekday(date) >= SATURDAY || contains(list, date))
        date++;
    add(list, date);
}

static ca_date first_monday(int year, int month)
{
    const ca_date first = ca_date_from_ymd(year, month, 1);

    return first + (7 - ca_weekday(first)) % 7;
}

static ca_date last_monday(int year, int month)
{
    const ca_date last = ca_date_from_ymd(year, month, ca_days_in_month(year, month));

    return last - ca_weekday(last);
}

static ca_date unless_moved(ca_date date, int year, const struct day *moved, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (moved[i].year == year)
            return ca_date_from_ymd(year, moved[i].month, moved[i].day);
    }
    return date;
}

/* The bank holidays of a year within the calendar, in no particular order. Every one
 * is a weekday, and none lies in another year than its own. */
static void holidays_of_year(int year, struct holidays *list)
{
    const ca_date easter = easter_sunday(year);
    const ca_date christmas = ca_date_from_ymd(year, 12, 25);

    list->count = 0;
    add_or_substitute(list, ca_date_from_ymd(year, 1, 1));
    add(list, easter - 2);
    add(list, easter + 1);
    add(list,
        unless_moved(first_monday(year, 5), year, moved_early_may, COUNT(moved_early_may)));
    add(list, unless_moved(last_monday(year, 5), year, moved_spring, COUNT(moved_spring)));
    add(list, last_monday(year, 8));
    /* A weekday Boxing Day is a holiday itself when a Sunday Christmas looks for a
     * substitute, so it goes first. */
    if (ca_weekday(christmas) == SUNDAY) {
        add(list, christmas + 1);
        add_or_substitute(list, christmas);
    } else {
        add_or_substitute(list, christmas);
        add_or_substitute(list, christmas + 1);
    }
    for (size_t i = 0; i < COUNT(extra_days); i++) {
        if (extra_days[i].year == year)
            add(list, ca_date_from_ymd(year, extra_days[i].month, extra_days[i].day));
    }
}

static int year_of(ca_date date)
{
    int year, month, day;

    ca_date_to_ymd(date, &year, &month, &day);
    return year;
}

static bool is_known_year(int year)
{
    return year >= CA_CALENDAR_FIRST_YEAR && year <= CA_CALENDAR_LAST_YEAR;
}

bool ca_is_bank_holiday(ca_date date)
{
    const int year = year_of(date);
    struct holidays list;

    if (!is_known_year(year))
        return false;
    holidays_of_year(year, &list);
    return contains(&list, date);
}

/* How many bank holidays fall behind `after`, up to and including `until`. */
static int32_t holidays_between(ca_date after, ca_date until)
{
    const int last = year_of(until);
    struct holidays list;
    int32_t count = 0;

    for (int year = year_of(after); year <= last; year++) {
        holidays_of_year(year, &list);
        for (size_t i = 0; i < list.count; i++)
            count += list.dates[i] > after && list.dates[i] <= until;
    }
    return count;
}

/* The n-th Monday to Friday behind a date, holidays or not; n above 0. */
static int64_t add_weekdays(ca_date date, int32_t n)
{
    const int weekday = ca_weekday(date);
    const int from = weekday < FRIDAY ? weekday : FRIDAY; /* a weekend counts from Friday */
    const int64_t friday_or_before = (int64_t)date - (weekday - from);
    const int64_t steps = from + (int64_t)n;

    return friday_or_before - from + steps / 5 * 7 + steps % 5;
}

bool ca_add_working_days(ca_date date, int32_t n, ca_date *out)
{
    const ca_date last_day = ca_date_from_ymd(CA_CALENDAR_LAST_YEAR, 12, 31);
    ca_date at = date;
    int64_t next;

    if (n < 0 || !is_known_year(year_of(date)))
        return false;
    /* Step over weekdays alone, then over as many again as were holidays. */
    while (n > 0) {
        next = add_weekdays(at, n);
        if (next > last_day)
            return false;
        n = holidays_between(at, (ca_date)next);
        at = (ca_date)next;
    }
    *out = at;
    return true;
}
