#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/base/span.h"

static ca_date day(const char *text)
{
    ca_date date = CA_NO_DATE;

    ck_assert_msg(ca_date_parse(text, &date), "%s", text);
    return date;
}

START_TEST(days_count_from_1970)
{
    ck_assert_int_eq(ca_date_from_ymd(1970, 1, 1), 0);
    ck_assert_int_eq(ca_date_from_ymd(1969, 12, 31), -1);
    ck_assert_int_eq(ca_date_from_ymd(2000, 3, 1), 11017);
    ck_assert_int_eq(ca_date_from_ymd(2023, 11, 30), 19691);
    ck_assert_int_eq(ca_date_from_ymd(1, 1, 1), -719162);
}
END_TEST

/* Day by day, with the length of months as the only knowledge. */
START_TEST(dates_follow_one_another)
{
    int year = 1795, month = 1, mday = 1;
    int y, m, d;

    for (ca_date date = ca_date_from_ymd(1795, 1, 1); year < 2205; date++) {
        ca_date_to_ymd(date, &y, &m, &d);
        if (y != year || m != month || d != mday || ca_date_from_ymd(year, month, mday) != date)
            ck_abort_msg("%d-%d-%d", year, month, mday);
        if (++mday > ca_days_in_month(year, month)) {
            mday = 1;
            if (++month > 12) {
                month = 1;
                year++;
            }
        }
    }
}
END_TEST

START_TEST(february_has_29_days_in_leap_years)
{
    ck_assert_int_eq(ca_days_in_month(2024, 2), 29);
    ck_assert_int_eq(ca_days_in_month(2023, 2), 28);
    ck_assert_int_eq(ca_days_in_month(2000, 2), 29);
    ck_assert_int_eq(ca_days_in_month(2100, 2), 28);
    ck_assert_int_eq(ca_days_in_month(2023, 4), 30);
    ck_assert_int_eq(ca_days_in_month(2023, 12), 31);
}
END_TEST

START_TEST(weeks_begin_on_monday)
{
    ck_assert_int_eq(ca_weekday(day("1970-01-01")), 3);
    ck_assert_int_eq(ca_weekday(day("2023-06-05")), 0);
    ck_assert_int_eq(ca_weekday(day("2023-06-11")), 6);
    ck_assert_int_eq(ca_weekday(day("1900-01-01")), 0);
    for (ca_date date = -30; date < 30; date++)
        ck_assert_int_eq(ca_weekday(date + 1), (ca_weekday(date) + 1) % 7);
}
END_TEST

START_TEST(only_full_dates_of_the_range_are_read)
{
    static const char *const bad[] = {
        "",           "2023",        "2023-1-1",   "2023-01-1",   "2023-01-011", "2023/01/01",
        "2023-13-01", "2023-00-01",  "2023-02-29", "2023-04-31",  "2023-01-00",  "1899-12-31",
        "2200-01-01", "-023-01-01",  "+023-01-01", " 2023-01-01", "2023-01-01 ", "2023-01-0a",
        "20230101",   "2023-01-01Z", "2023-0 -01", "0000-00-00",
    };
    ca_date date = 4711;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!ca_date_parse(bad[i], &date), "'%s'", bad[i]);
    ck_assert_int_eq(date, 4711);
    ck_assert(ca_date_parse("1900-01-01", &date));
    ck_assert(ca_date_parse("2199-12-31", &date));
    ck_assert(ca_date_parse("2024-02-29", &date));
    ck_assert_int_eq(date, ca_date_from_ymd(2024, 2, 29));
}
END_TEST

START_TEST(a_date_is_written_as_it_was_read)
{
    char text[CA_DATE_SIZE];
    ca_date back;
    const ca_date last = day("2199-12-31");

    for (ca_date date = day("1900-01-01"); date <= last; date++) {
        if (!ca_date_parse(ca_date_format(date, text), &back) || back != date)
            ck_abort_msg("%s", text);
    }
    ck_assert_str_eq(ca_date_format(ca_date_from_ymd(12199, 2, 3), text), "12199-02-03");
    ck_assert_str_eq(ca_date_format(CA_NO_DATE, text), "");
    ck_assert_uint_lt(strlen(ca_date_format(CA_NO_DATE + 1, text)), CA_DATE_SIZE);
    ck_assert_uint_lt(strlen(ca_date_format(INT32_MAX, text)), CA_DATE_SIZE);
}
END_TEST

START_TEST(units_have_names)
{
    static const char *const names[] = {"days", "working-days", "weeks", "months", "years"};
    enum ca_unit unit;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ck_assert(ca_unit_parse(names[i], &unit));
        ck_assert_str_eq(ca_unit_name(unit), names[i]);
    }
    unit = CA_WEEKS;
    ck_assert(!ca_unit_parse("day", &unit));
    ck_assert(!ca_unit_parse("", &unit));
    ck_assert_int_eq(unit, CA_WEEKS);
}
END_TEST

START_TEST(time_is_added_by_the_rules)
{
    static const struct {
        const char *from;
        int n;
        enum ca_unit unit;
        const char *to;
    } rows[] = {
        {"2023-01-31", 1, CA_MONTHS, "2023-02-28"},
        {"2024-01-31", 1, CA_MONTHS, "2024-02-29"},
        {"2023-01-31", 2, CA_MONTHS, "2023-03-31"},
        {"2023-03-31", -1, CA_MONTHS, "2023-02-28"},
        {"2023-11-30", 3, CA_MONTHS, "2024-02-29"},
        {"2023-12-31", 12, CA_MONTHS, "2024-12-31"},
        {"2023-01-15", -1, CA_MONTHS, "2022-12-15"},
        {"2023-01-15", -13, CA_MONTHS, "2021-12-15"},
        {"2024-02-29", 1, CA_YEARS, "2025-02-28"},
        {"2024-02-29", 4, CA_YEARS, "2028-02-29"},
        {"2024-02-29", -1, CA_YEARS, "2023-02-28"},
        {"2023-06-05", 6, CA_WEEKS, "2023-07-17"},
        {"2023-06-05", -1, CA_WEEKS, "2023-05-29"},
        {"2023-06-05", 426, CA_DAYS, "2024-08-04"},
        {"2023-06-05", -5, CA_DAYS, "2023-05-31"},
        {"2023-06-05", 0, CA_MONTHS, "2023-06-05"},
        {"2023-04-28", 20, CA_WORKING_DAYS, "2023-05-31"},
        {"2022-05-31", 20, CA_WORKING_DAYS, "2022-06-30"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ca_date found = CA_NO_DATE;

        ck_assert(ca_date_add(day(rows[i].from), rows[i].n, rows[i].unit, &found));
        ck_assert_msg(found == day(rows[i].to), "%s + %d %s", rows[i].from, rows[i].n,
                      ca_unit_name(rows[i].unit));
    }
}
END_TEST

START_TEST(ten_thousand_years_are_added_and_more_than_there_are_is_refused)
{
    char text[CA_DATE_SIZE];
    ca_date out = CA_NO_DATE;

    ck_assert(ca_date_add(day("2023-02-28"), 10000, CA_YEARS, &out));
    ck_assert_str_eq(ca_date_format(out, text), "12023-02-28");
    out = 4711;
    ck_assert(!ca_date_add(day("2023-02-28"), INT32_MAX, CA_YEARS, &out));
    ck_assert(!ca_date_add(day("2023-02-28"), INT32_MIN, CA_YEARS, &out));
    ck_assert(!ca_date_add(day("2023-02-28"), INT32_MAX, CA_MONTHS, &out));
    ck_assert(!ca_date_add(day("2023-02-28"), INT32_MAX, CA_DAYS, &out));
    ck_assert(!ca_date_add(day("2023-02-28"), INT32_MIN, CA_WEEKS, &out));
    ck_assert(!ca_date_add(day("2099-12-31"), 1, CA_WORKING_DAYS, &out));
    ck_assert_int_eq(out, 4711);
}
END_TEST

START_TEST(quarters_are_of_the_year_that_begins_in_april)
{
    static const struct {
        const char *date, *quarter;
    } rows[] = {
        {"2023-04-01", "2023-24 Q1"}, {"2023-06-30", "2023-24 Q1"},
        {"2023-07-01", "2023-24 Q2"}, {"2023-09-30", "2023-24 Q2"},
        {"2023-10-01", "2023-24 Q3"}, {"2023-12-31", "2023-24 Q3"},
        {"2024-01-01", "2023-24 Q4"}, {"2024-03-31", "2023-24 Q4"},
        {"2000-03-31", "1999-00 Q4"}, {"1999-04-01", "1999-00 Q1"},
        {"1900-01-01", "1899-00 Q4"}, {"2199-12-31", "2199-00 Q3"},
    };
    char text[CA_QUARTER_SIZE];

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        ck_assert_str_eq(ca_quarter_format(day(rows[i].date), text), rows[i].quarter);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("date");

    UNIT_CASE(suite, "calendar dates", days_count_from_1970, dates_follow_one_another,
              february_has_29_days_in_leap_years, weeks_begin_on_monday);
    UNIT_CASE(suite, "texts", only_full_dates_of_the_range_are_read,
              a_date_is_written_as_it_was_read, units_have_names,
              quarters_are_of_the_year_that_begins_in_april);
    UNIT_CASE(suite, "adding time", time_is_added_by_the_rules,
              ten_thousand_years_are_added_and_more_than_there_are_is_refused);
    return suite;
}
