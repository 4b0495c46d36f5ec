#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/calendar.h"

#define TABLE_FIRST 1978
#define TABLE_LAST  2030

/* A mark for each day of the table's years. */
struct table {
    bool *holiday;
    ca_date first, last;
    int count;
};

static struct table table_read(void)
{
    char *path = unit_path("data/bank-holidays-england.txt");
    FILE *file = fopen(path, "r");
    struct table table = {.first = ca_date_from_ymd(TABLE_FIRST, 1, 1),
                          .last = ca_date_from_ymd(TABLE_LAST, 12, 31)};
    char line[256];
    ca_date date;

    ck_assert_msg(file != NULL, "cannot read %s", path);
    table.holiday = calloc((size_t)(table.last - table.first) + 1, sizeof *table.holiday);
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#')
            continue;
        line[strcspn(line, "\n")] = '\0';
        ck_assert_msg(ca_date_parse(line, &date), "%s", line);
        table.holiday[date - table.first] = true;
        table.count++;
    }
    (void)fclose(file);
    free(path);
    return table;
}

START_TEST(every_day_of_53_years_agrees_with_the_table)
{
    struct table table = table_read();
    char text[CA_DATE_SIZE];

    ck_assert_int_eq(table.count, 432);
    for (ca_date date = table.first; date <= table.last; date++) {
        bool holiday = table.holiday[date - table.first];

        if (ca_is_bank_holiday(date) != holiday)
            ck_abort_msg("%s", ca_date_format(date, text));
    }
    free(table.holiday);
}
END_TEST

START_TEST(later_years_have_eight_weekdays_each)
{
    for (int year = TABLE_LAST + 1; year <= CA_CALENDAR_LAST_YEAR; year++) {
        int count = 0;

        for (ca_date date = ca_date_from_ymd(year, 1, 1);
             date <= ca_date_from_ymd(year, 12, 31); date++) {
            if (ca_is_bank_holiday(date)) {
                ck_assert_int_lt(ca_weekday(date), 5);
                count++;
            }
        }
        ck_assert_int_eq(count, 8);
    }
}
END_TEST

START_TEST(other_years_have_no_holidays)
{
    ck_assert(!ca_is_bank_holiday(ca_date_from_ymd(1977, 12, 26)));
    ck_assert(!ca_is_bank_holiday(ca_date_from_ymd(2100, 1, 1)));
    ck_assert(ca_is_bank_holiday(ca_date_from_ymd(1978, 1, 2)));
    ck_assert(ca_is_bank_holiday(ca_date_from_ymd(2099, 12, 28)));
}
END_TEST

/* Dates as printed in almanacs, among them the earliest and the latest of the calendar and
 * those of the two exceptions of the lunar cycle. */
START_TEST(easter_is_where_almanacs_have_it)
{
    static const struct {
        int year, month, day;
    } rows[] = {
        {1978, 3, 26}, {1981, 4, 19}, {2000, 4, 23}, {2008, 3, 23}, {2011, 4, 24},
        {2016, 3, 27}, {2023, 4, 9},  {2024, 3, 31}, {2025, 4, 20}, {2038, 4, 25},
        {2049, 4, 18}, {2076, 4, 19}, {2099, 4, 12},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ca_date easter = ca_date_from_ymd(rows[i].year, rows[i].month, rows[i].day);

        ck_assert(ca_is_bank_holiday(easter - 2));
        ck_assert(ca_is_bank_holiday(easter + 1));
        ck_assert(!ca_is_bank_holiday(easter - 3) && !ca_is_bank_holiday(easter + 2));
    }
}
END_TEST

static ca_date day(const char *text)
{
    ca_date date = CA_NO_DATE;

    ck_assert_msg(ca_date_parse(text, &date), "%s", text);
    return date;
}

START_TEST(working_days_step_over_weekends_and_holidays)
{
    static const struct {
        const char *from;
        int n;
        const char *to;
    } rows[] = {
        {"2023-06-05", 0, "2023-06-05"},  {"2023-06-03", 0, "2023-06-03"},
        {"2023-06-05", 1, "2023-06-06"},  {"2023-06-05", 5, "2023-06-12"},
        {"2023-06-02", 1, "2023-06-05"},  {"2023-06-03", 1, "2023-06-05"},
        {"2023-06-04", 1, "2023-06-05"},  {"2023-06-03", 5, "2023-06-09"},
        {"2023-04-06", 1, "2023-04-11"},  {"2023-04-07", 1, "2023-04-11"},
        {"2023-12-22", 3, "2023-12-29"},  {"2023-12-22", 4, "2024-01-02"},
        {"2022-12-23", 1, "2022-12-28"},  {"2022-06-01", 1, "2022-06-06"},
        {"2023-04-28", 10, "2023-05-16"}, {"1999-12-30", 1, "2000-01-04"},
        {"1978-01-01", 1, "1978-01-03"},  {"2099-12-30", 1, "2099-12-31"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ca_date found = CA_NO_DATE;

        ck_assert(ca_add_working_days(day(rows[i].from), rows[i].n, &found));
        ck_assert_msg(found == day(rows[i].to), "%s + %d", rows[i].from, rows[i].n);
    }
}
END_TEST

/* The definition itself, a day at a time, against the quick way. */
START_TEST(working_days_are_counted_one_by_one)
{
    const ca_date starts[] = {day("1978-01-01"), day("1994-04-29"), day("2001-12-29"),
                              day("2011-04-21"), day("2022-05-28"), day("2022-12-24"),
                              day("2023-04-06"), day("2058-12-20")};

    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        ca_date slow = starts[i];
        ca_date quick = CA_NO_DATE;

        for (int n = 1; n <= 10000; n++) {
            do {
                slow++;
            } while (ca_weekday(slow) >= 5 || ca_is_bank_holiday(slow));
            if (!ca_add_working_days(starts[i], n, &quick) || quick != slow)
                ck_abort_msg("start %zu + %d", i, n);
        }
    }
}
END_TEST

START_TEST(working_days_end_with_the_calendar)
{
    ca_date out = 4711;

    ck_assert(!ca_add_working_days(day("1977-12-31"), 1, &out));
    ck_assert(!ca_add_working_days(day("1977-12-31"), 0, &out));
    ck_assert(!ca_add_working_days(day("2100-01-01"), 0, &out));
    ck_assert(!ca_add_working_days(day("2099-12-31"), 1, &out));
    ck_assert(!ca_add_working_days(day("2099-12-24"), 4, &out));
    ck_assert(!ca_add_working_days(day("2023-06-05"), INT32_MAX, &out));
    ck_assert(!ca_add_working_days(day("2023-06-05"), -1, &out));
    ck_assert(!ca_add_working_days(CA_NO_DATE, 1, &out));
    ck_assert_int_eq(out, 4711);
    ck_assert(ca_add_working_days(day("2099-12-24"), 3, &out));
    ck_assert_int_eq(out, day("2099-12-31"));
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("calendar");

    UNIT_CASE(suite, "bank holidays", every_day_of_53_years_agrees_with_the_table,
              later_years_have_eight_weekdays_each, other_years_have_no_holidays,
              easter_is_where_almanacs_have_it);
    UNIT_CASE(suite, "working days", working_days_step_over_weekends_and_holidays,
              working_days_are_counted_one_by_one, working_days_end_with_the_calendar);
    return suite;
}
