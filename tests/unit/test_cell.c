#include "core/sheet/cell.h"
#include "tests/unit/unit.h"

static struct ca_arena *arena;

static void setup(void)
{
    arena = ca_arena_new();
}

static void teardown(void)
{
    ca_arena_free(arena);
}

START_TEST(test_dates)
{
    enum { DAY, MONTH };
    static const struct {
        const char *text;
        int first;
        const char *date; /* NULL: none */
    } cases[] = {
        {"2023-11-14", DAY, "2023-11-14"},
        {"2023-11-14", MONTH, "2023-11-14"},
        {"2023-11-14T10:22:31Z", DAY, "2023-11-14"},
        {"2023-11-14T10:22:31.123+00:00", DAY, "2023-11-14"},
        {"2023/11/14", DAY, "2023-11-14"},
        {"2023/11/14 10:22:31 AM GMT", DAY, "2023-11-14"},
        {"2023/07/03 4:57:09 PM GMT+1", DAY, "2023-07-03"},
        {"2023/07/03 4:57:09 pm (British Summer Time)", DAY, "2023-07-03"},
        {"14/11/2023", DAY, "2023-11-14"},
        {"4/1/2023", DAY, "2023-01-04"},
        {"4/1/2023", MONTH, "2023-04-01"},
        {"14/11/2023 9:05", DAY, "2023-11-14"},
        {"14/11/2023, 09:05", DAY, "2023-11-14"},
        {"14/11/2023 at 9.05pm", DAY, "2023-11-14"},
        {"14/11/2023 9 am", DAY, "2023-11-14"},
        {"11/14/2023 9:05:00 AM", MONTH, "2023-11-14"},
        {"7/13/23 10:20:44", MONTH, "2023-07-13"},
        {"13/7/23", DAY, "2023-07-13"},
        {"14/11/29", DAY, "2029-11-14"},
        {"14/11/30", DAY, "1930-11-14"},
        {"14.11.2023", DAY, "2023-11-14"},
        {"14. November 2023", DAY, "2023-11-14"},
        {"14-11-2023", DAY, "2023-11-14"},
        {"14\xE2\x80\x91"
         "11\xE2\x80\x91"
         "2023",
         DAY, "2023-11-14"},
        {"14/11/2023\xC2\xA0\xE2\x80\x8B", DAY, "2023-11-14"},
        {"14\xC2\xA0November\xC2\xA0"
         "2023",
         DAY, "2023-11-14"},
        {"14 November 2023", DAY, "2023-11-14"},
        {"14th November 2023", DAY, "2023-11-14"},
        {"1st Nov, 2023", DAY, "2023-11-01"},
        {"Tuesday, 14 November 2023", DAY, "2023-11-14"},
        {"Tue 14 Nov 2023", DAY, "2023-11-14"},
        {"November 14, 2023", DAY, "2023-11-14"},
        {"Nov 14, 2023 10:22 AM", DAY, "2023-11-14"},
        {"14-Nov-2023", DAY, "2023-11-14"},
        {"14-Nov-23", MONTH, "2023-11-14"},
        {"2023-Nov-14", DAY, "2023-11-14"},
        {"4 SEPT 2023", MONTH, "2023-09-04"},
        {"29/02/2024", DAY, "2024-02-29"},
        {"45244", DAY, "2023-11-14"},
        {"45244.43106", DAY, "2023-11-14"},
        {"29/02/2023", DAY, NULL},
        {"11/14/2023", DAY, NULL},
        {"14/11/2023", MONTH, NULL},
        {"14/11", DAY, NULL},
        {"Nov-23", DAY, NULL},
        {"14-Nov", DAY, NULL},
        {"2023", DAY, NULL},
        {"20231114", DAY, NULL},
        {"14/11/123", DAY, NULL},
        {"14/11-2023", DAY, NULL},
        {"14 No 2023", DAY, NULL},
        {"14/11/2023 or so", DAY, NULL},
        {"14/11/2023 15/11/2023", DAY, NULL},
        {"14/11/2023;", DAY, NULL},
        {"45244 days", DAY, NULL},
        {"1899-12-31", DAY, NULL},
        {"2200-01-01", DAY, NULL},
        {"", DAY, NULL},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct ca_date_rule rule = {.month_first = cases[i].first == MONTH};
        char text[CA_DATE_SIZE] = "";
        ca_date date = CA_NO_DATE;
        unsigned notes = 0;
        bool good = ca_cell_date(arena, cases[i].text, &rule, &date, &notes);
        ck_assert_msg(good == (cases[i].date != NULL), "%s", cases[i].text);
        if (good)
            ck_assert_str_eq(ca_date_format(date, text), cases[i].date);
        else
            ck_assert_int_eq(date, CA_NO_DATE);
    }
}
END_TEST

START_TEST(test_what_dates_show)
{
    static const struct {
        const char *text;
        unsigned shown;
    } cases[] = {
        {"04/05/2023", CA_DATE_EITHER_WAY},
        {"05/05/2023", 0},
        {"14/05/2023", CA_DATE_DAY_FIRST},
        {"05/14/2023", CA_DATE_MONTH_FIRST},
        {"14/05/23", CA_DATE_DAY_FIRST | CA_DATE_SHORT_YEAR},
        {"4 May 23", CA_DATE_SHORT_YEAR},
        {"2023-05-04", 0},
        {"45244", 0},
    };
    const struct ca_date_rule rule = {.month_first = false}, macintosh = {.from_1904 = true};
    char text[CA_DATE_SIZE];
    unsigned shown;
    ca_date date;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        shown = 0;
        (void)ca_cell_date(arena, cases[i].text, &rule, &date, &shown);
        ck_assert_msg(shown == cases[i].shown, "%s: %u", cases[i].text, shown);
    }
    ck_assert(ca_cell_date(arena, "43782", &macintosh, &date, &shown));
    ck_assert_str_eq(ca_date_format(date, text), "2023-11-14");
}
END_TEST

START_TEST(test_numbers)
{
    static const char *const cases[][2] = {
        {"46", "46"},
        {"007", "007"},
        {" 2.50 ", "2.5"},
        {"3.000", "3"},
        {"1,123", "1123"},
        {"1 123", "1123"},
        {"1\xC2\xA0"
         "123",
         "1123"},
        {"1'123'456.7", "1123456.7"},
        {"1,123,456", "1123456"},
        {"67%", "67"},
        {"67 %", "67"},
        {"12.5%", "12.5"},
        {"-3", "-3"},
        {"\xE2\x88\x92"
         "3",
         "-3"},
        {"10", "10"},
        {"100.0", "100"},
        {"1,12", NULL},
        {"12,34", NULL},
        {"1,1234", NULL},
        {"1,123.", NULL},
        {"1.5.2", NULL},
        {"1e3", NULL},
        {"%", NULL},
        {"-", NULL},
        {"", NULL},
        {"six", NULL},
        {"6 days", NULL},
        {"1234,567", NULL},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *number = ca_cell_number(arena, cases[i][0]);
        if (cases[i][1] == NULL)
            ck_assert_msg(number == NULL, "%s is %s", cases[i][0], number);
        else
            ck_assert_str_eq(number, cases[i][1]);
    }
}
END_TEST

START_TEST(test_what_spreadsheets_make)
{
    ck_assert(ca_cell_is_shortened("1.23457E+11"));
    ck_assert(ca_cell_is_shortened("1E+11"));
    ck_assert(ca_cell_is_shortened("1,23457e+11"));
    ck_assert(!ca_cell_is_shortened("1E11"));
    ck_assert(!ca_cell_is_shortened("E11"));
    ck_assert(!ca_cell_is_shortened("12E"));
    ck_assert(!ca_cell_is_shortened("123456789012"));
    ck_assert(!ca_cell_is_shortened("12E+5"));
    ck_assert(ca_cell_is_error("#REF!"));
    ck_assert(ca_cell_is_error("#DIV/0!"));
    ck_assert(ca_cell_is_error("########"));
    ck_assert(!ca_cell_is_error("#1"));
    ck_assert(!ca_cell_is_error("#"));
    ck_assert(!ca_cell_is_error(""));
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("cell");
    TCase *tcase = tcase_create("cell");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_dates);
    tcase_add_test(tcase, test_what_dates_show);
    tcase_add_test(tcase, test_numbers);
    tcase_add_test(tcase, test_what_spreadsheets_make);
    suite_add_tcase(suite, tcase);
    return suite;
}
