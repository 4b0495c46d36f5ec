#include <stdlib.h>
#include <string.h>

#include "core/insight/period.h"
#include "tests/unit/unit.h"

static void assert_period(const struct ca_period *p, enum ca_period_kind kind, const char *id,
                          const char *from, const char *to)
{
    char text[CA_DATE_SIZE];
    ck_assert_int_eq(p->kind, kind);
    ck_assert_str_eq(p->id, id);
    ck_assert_str_eq(ca_date_format(p->from, text), from);
    ck_assert_str_eq(ca_date_format(p->to, text), to);
}

static ca_date day(const char *text)
{
    ca_date date = CA_NO_DATE;
    ck_assert(ca_date_parse(text, &date));
    return date;
}

START_TEST(one_period_is_read)
{
    static const struct {
        const char *text;
        int year_start;
        enum ca_period_kind kind;
        const char *id, *from, *to;
    } rows[] = {
        {"2023-24 Q1", 4, CA_PERIOD_QUARTER, "2023-24 Q1", "2023-04-01", "2023-06-30"},
        {"2023-24Q3", 4, CA_PERIOD_QUARTER, "2023-24 Q3", "2023-10-01", "2023-12-31"},
        {"2023-24 Q4", 4, CA_PERIOD_QUARTER, "2023-24 Q4", "2024-01-01", "2024-03-31"},
        {"2023-24q3", 4, CA_PERIOD_QUARTER, "2023-24 Q3", "2023-10-01", "2023-12-31"},
        {"2023-24-Q3", 4, CA_PERIOD_QUARTER, "2023-24 Q3", "2023-10-01", "2023-12-31"},
        {"2023/24 Q3", 4, CA_PERIOD_QUARTER, "2023-24 Q3", "2023-10-01", "2023-12-31"},
        {"Q3  2023/24", 4, CA_PERIOD_QUARTER, "2023-24 Q3", "2023-10-01", "2023-12-31"},
        {"2023\u201324 Q3", 4, CA_PERIOD_QUARTER, "2023-24 Q3", "2023-10-01", "2023-12-31"},
        {"2023/24", 4, CA_PERIOD_YEAR, "2023-24", "2023-04-01", "2024-03-31"},
        {"2023-24 q3", 4, CA_PERIOD_QUARTER, "2023-24 Q3", "2023-10-01", "2023-12-31"},
        {" 2023-24 \xC2\xA0 Q3 ", 4, CA_PERIOD_QUARTER, "2023-24 Q3", "2023-10-01",
         "2023-12-31"},
        {"2023-10-05 .. 2023-12-24", 4, CA_PERIOD_DATES, "2023-10-05..2023-12-24", "2023-10-05",
         "2023-12-24"},
        {"1999-00 Q4", 4, CA_PERIOD_QUARTER, "1999-00 Q4", "2000-01-01", "2000-03-31"},
        {"2023-24", 4, CA_PERIOD_YEAR, "2023-24", "2023-04-01", "2024-03-31"},
        {"1999-00", 4, CA_PERIOD_YEAR, "1999-00", "1999-04-01", "2000-03-31"},
        {"2023-11", 4, CA_PERIOD_MONTH, "2023-11", "2023-11-01", "2023-11-30"},
        {"2024-02", 4, CA_PERIOD_MONTH, "2024-02", "2024-02-01", "2024-02-29"},
        {"2023-24 Q1", 9, CA_PERIOD_QUARTER, "2023-24 Q1", "2023-09-01", "2023-11-30"},
        {"2023-24 Q4", 9, CA_PERIOD_QUARTER, "2023-24 Q4", "2024-06-01", "2024-08-31"},
        {"2023-24", 9, CA_PERIOD_YEAR, "2023-24", "2023-09-01", "2024-08-31"},
        {"2023-24", 1, CA_PERIOD_YEAR, "2023-24", "2023-01-01", "2023-12-31"},
        {"2023-24 Q3", 1, CA_PERIOD_QUARTER, "2023-24 Q3", "2023-07-01", "2023-09-30"},
        {"2023-11", 9, CA_PERIOD_MONTH, "2023-11", "2023-11-01", "2023-11-30"},
        {"2023-10-05..2023-12-24", 4, CA_PERIOD_DATES, "2023-10-05..2023-12-24", "2023-10-05",
         "2023-12-24"},
        {"2024-02-29..2024-02-29", 4, CA_PERIOD_DATES, "2024-02-29..2024-02-29", "2024-02-29",
         "2024-02-29"},
        /* A year and a month at once: the year. */
        {"2010-11", 4, CA_PERIOD_YEAR, "2010-11", "2010-04-01", "2011-03-31"},
        {"2012-12", 4, CA_PERIOD_MONTH, "2012-12", "2012-12-01", "2012-12-31"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ca_period p;
        ck_assert_int_eq(ca_period_parse(rows[i].text, rows[i].year_start, &p, NULL), CA_OK);
        assert_period(&p, rows[i].kind, rows[i].id, rows[i].from, rows[i].to);
    }
}
END_TEST

START_TEST(a_year_may_be_a_month_as_well)
{
    struct ca_period year, month;

    ck_assert_int_eq(ca_period_parse("2010-11", 9, &year, NULL), CA_OK);
    ck_assert(ca_period_as_month(&year, &month));
    assert_period(&month, CA_PERIOD_MONTH, "2010-11", "2010-11-01", "2010-11-30");
    ck_assert(!ca_period_as_month(&month, &year));
    ck_assert_int_eq(ca_period_parse("2023-24", 4, &year, NULL), CA_OK);
    ck_assert(!ca_period_as_month(&year, &month));
    ck_assert_int_eq(ca_period_parse("2010-11 Q1", 4, &year, NULL), CA_OK);
    ck_assert(!ca_period_as_month(&year, &month));
}
END_TEST

START_TEST(what_is_no_period_is_refused_with_a_reason)
{
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"", "is not a period"},
        {"2023", "is not a period"},
        {"2023-25", "is not a period"},
        {"2023-00", "is not a period"},
        {"2023-13", "is not a period"},
        {"2023-24 Q5", "is not a period"},
        {"Q3 2023-24 Q3", "is not a period"},
        {"Q3", "is not a period"},
        {"Q3 2023-11", "is not a period"},
        {"2023-24--Q3", "is not a period"},
        {"2023-24 Q0", "is not a period"},
        {"2023-11 Q3", "is not a period"},
        {"2023-11-01", "is not a period"},
        {"1800-01", "is not a period"},
        {"9999-00", "is not a period"},
        {"2023-2x", "is not a period"},
        {"2023-10-05..", "one end only"},
        {"..2023-10-05", "one end only"},
        {"2023-10-05..2023-11", "one end only"},
        {"2023-02-01..2023-02-30", "there is no day '2023-02-30' in the calendar"},
        {"2023-02-29..2023-03-01", "there is no day '2023-02-29' in the calendar"},
        {"2023-02-30", "there is no day '2023-02-30' in the calendar"},
        {"2023-10-05..2023-10-04", "ends before it begins"},
        {"2023-24 Q1..2023-24 Q3", "several periods where one is wanted"},
        {"..", "is not a period"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ca_period p = {.id = "left alone"};
        struct ca_error error = {0};
        ck_assert_int_eq(ca_period_parse(rows[i].text, 4, &p, &error), CA_ERROR_USAGE);
        ck_assert_ptr_nonnull(strstr(error.message, rows[i].said));
        ck_assert_str_eq(p.id, "left alone");
    }
}
END_TEST

START_TEST(ranges_are_read)
{
    static const struct {
        const char *text;
        size_t count;
        const char *first, *last;
    } rows[] = {
        {"2023-24 Q3", 1, "2023-24 Q3", "2023-24 Q3"},
        {"2022-23 Q3..2023-24Q2", 4, "2022-23 Q3", "2023-24 Q2"},
        {"2023-24Q1..2023-24Q1", 1, "2023-24 Q1", "2023-24 Q1"},
        {"2021-22..2023-24", 3, "2021-22", "2023-24"},
        {"2022-11..2024-02", 16, "2022-11", "2024-02"},
        {"2023-10-05..2024-12-24", 1, "2023-10-05..2024-12-24", "2023-10-05..2024-12-24"},
        /* The other end says what an ambiguous one means. */
        {"2010-11..2013-02", 28, "2010-11", "2013-02"},
        {"2009-12..2010-11", 12, "2009-12", "2010-11"},
        {"2010-11..2012-13", 3, "2010-11", "2012-13"},
        {"2008-09..2010-11", 3, "2008-09", "2010-11"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ca_period *list = NULL;
        size_t count = 0;
        ck_assert_int_eq(ca_periods_parse(rows[i].text, 4, &list, &count, NULL), CA_OK);
        ck_assert_uint_eq(count, rows[i].count);
        ck_assert_str_eq(list[0].id, rows[i].first);
        ck_assert_str_eq(list[count - 1].id, rows[i].last);
        for (size_t k = 1; k < count; k++) {
            ck_assert_int_eq(list[k].from, list[k - 1].to + 1);
            ck_assert_int_eq(list[k].kind, list[0].kind);
        }
        free(list);
    }
}
END_TEST

START_TEST(wrong_ranges_are_refused)
{
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"2023-24 Q3..2023-24 Q1", "ends before it begins"},
        {"2023-24 Q1..2023-24", "one kind of period to another"},
        {"2023-04..2023-24 Q1", "one kind of period to another"},
        {"2023-04..2024-25", "one kind of period to another"},
        {"2023-04-01..2023-24", "one end only"},
        {"2023-04..2023-06..2023-08", "is not a period"},
        {"2023-04..nonsense", "'nonsense' is not a period"},
        {"nonsense", "'nonsense' is not a period"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ca_period *list = NULL;
        size_t count = 0;
        struct ca_error error = {0};
        ck_assert_int_eq(ca_periods_parse(rows[i].text, 4, &list, &count, &error),
                         CA_ERROR_USAGE);
        ck_assert_ptr_nonnull(strstr(error.message, rows[i].said));
        ck_assert_ptr_null(list);
    }
}
END_TEST

START_TEST(every_day_lies_in_its_periods)
{
    for (int start = 1; start <= 12; start++) {
        for (ca_date d = day("2019-01-01"); d <= day("2024-12-31"); d += 17) {
            struct ca_period p[] = {ca_period_quarter_of(d, start), ca_period_month_of(d)};
            for (size_t i = 0; i < 2; i++) {
                ck_assert(ca_period_contains(&p[i], d));
                ck_assert(ca_period_contains(&p[i], p[i].from));
                ck_assert(ca_period_contains(&p[i], p[i].to));
                ck_assert(!ca_period_contains(&p[i], p[i].to + 1));
                ck_assert(!ca_period_contains(&p[i], p[i].from - 1));
                struct ca_period again;
                ck_assert_int_eq(ca_period_parse(p[i].id, start, &again, NULL), CA_OK);
                ck_assert_int_eq(again.from, p[i].from);
                ck_assert_int_eq(again.to, p[i].to);
                ck_assert_int_eq(again.kind, p[i].kind);
            }
            ck_assert(p[0].from <= p[1].from && p[1].to <= p[0].to);
        }
    }
}
END_TEST

START_TEST(april_quarters_are_those_of_results)
{
    char text[CA_QUARTER_SIZE];
    for (ca_date d = day("1998-01-01"); d <= day("2026-12-31"); d += 13)
        ck_assert_str_eq(ca_period_quarter_of(d, CA_YEAR_START_APRIL).id,
                         ca_quarter_format(d, text));
}
END_TEST

START_TEST(periods_shift)
{
    struct ca_period p = ca_period_quarter_of(day("2023-11-14"), 4);
    ck_assert_str_eq(ca_period_shift(&p, -1).id, "2023-24 Q2");
    ck_assert_str_eq(ca_period_shift(&p, -4).id, "2022-23 Q3");
    ck_assert_str_eq(ca_period_shift(&p, 2).id, "2024-25 Q1");
    p = ca_period_month_of(day("2024-01-31"));
    ck_assert_str_eq(ca_period_shift(&p, -1).id, "2023-12");
    ck_assert_int_eq(ca_period_parse("2023-24", 4, &p, NULL), CA_OK);
    ck_assert_str_eq(ca_period_shift(&p, 1).id, "2024-25");
    p = ca_period_of_dates(day("2024-03-01"), day("2024-03-10"));
    ck_assert_str_eq(ca_period_shift(&p, -1).id, "2024-02-20..2024-02-29");
    ck_assert_str_eq(ca_period_shift(&p, 0).id, p.id);
}
END_TEST

START_TEST(months_of_a_period)
{
    struct ca_period *months = NULL;
    struct ca_period p;

    ck_assert_int_eq(ca_period_parse("2023-24", 4, &p, NULL), CA_OK);
    ck_assert_uint_eq(ca_period_months(&p, &months), 12);
    assert_period(&months[0], CA_PERIOD_MONTH, "2023-04", "2023-04-01", "2023-04-30");
    assert_period(&months[11], CA_PERIOD_MONTH, "2024-03", "2024-03-01", "2024-03-31");
    free(months);
    p = ca_period_of_dates(day("2023-12-31"), day("2024-01-01"));
    ck_assert_uint_eq(ca_period_months(&p, &months), 2);
    ck_assert_str_eq(months[0].id, "2023-12");
    ck_assert_str_eq(months[1].id, "2024-01");
    free(months);
    p = ca_period_month_of(day("2023-12-31"));
    ck_assert_uint_eq(ca_period_months(&p, &months), 1);
    free(months);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("period");
    UNIT_CASE(suite, "period", one_period_is_read, a_year_may_be_a_month_as_well,
              what_is_no_period_is_refused_with_a_reason, ranges_are_read,
              wrong_ranges_are_refused, every_day_lies_in_its_periods,
              april_quarters_are_those_of_results, periods_shift, months_of_a_period);
    return suite;
}
