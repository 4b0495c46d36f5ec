#include <string.h>

#include "core/sheet/number.h"
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

START_TEST(test_formats)
{
    static const struct {
        unsigned id;
        const char *code;
        enum ca_number_kind kind;
    } cases[] = {
        {0, NULL, CA_NUMBER_PLAIN},
        {9, NULL, CA_NUMBER_PERCENT},
        {14, NULL, CA_NUMBER_DATE},
        {17, NULL, CA_NUMBER_DATE},
        {18, NULL, CA_NUMBER_TIME},
        {22, NULL, CA_NUMBER_DATE},
        {31, NULL, CA_NUMBER_DATE},
        {49, NULL, CA_NUMBER_PLAIN},
        {164, "General", CA_NUMBER_PLAIN},
        {164, "dd/mm/yyyy", CA_NUMBER_DATE},
        {164, "[$-809]dd mmmm yyyy;@", CA_NUMBER_DATE},
        {164, "m/d/yy h:mm:ss", CA_NUMBER_DATE},
        {164, "mmm-yy", CA_NUMBER_DATE},
        {164, "mmmm", CA_NUMBER_DATE},
        {164, "yyyy\\-mm\\-dd", CA_NUMBER_DATE},
        {164, "h:mm AM/PM", CA_NUMBER_TIME},
        {164, "[h]:mm", CA_NUMBER_TIME},
        {164, "mm:ss", CA_NUMBER_TIME},
        {164, "0.0%", CA_NUMBER_PERCENT},
        {164, "00000", CA_NUMBER_PADDED},
        {164, "0", CA_NUMBER_PLAIN},
        {164, "#,##0.00", CA_NUMBER_PLAIN},
        {164, "[Red]0.00", CA_NUMBER_PLAIN},
        {164, "0 \"days\"", CA_NUMBER_PLAIN},
        {164, "0\\d", CA_NUMBER_PLAIN},
        {164, "0.00E+00", CA_NUMBER_PLAIN},
        {164, "\"never closed", CA_NUMBER_PLAIN},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ck_assert_msg(ca_number_format_of(cases[i].id, cases[i].code).kind == cases[i].kind,
                      "%u %s", cases[i].id, cases[i].code);
    ck_assert_uint_eq(ca_number_format_of(164, "00000").width, 5);
}
END_TEST

START_TEST(test_numbers)
{
    static const struct ca_number_format plain = {CA_NUMBER_PLAIN, 0},
                                         percent = {CA_NUMBER_PERCENT, 0},
                                         five = {CA_NUMBER_PADDED, 5};
    static const struct {
        const char *text;
        const struct ca_number_format *format;
        const char *shown; /* NULL: no number */
    } cases[] = {
        {"0", &plain, "0"},
        {"-0", &plain, "0"},
        {"3", &plain, "3"},
        {"-12.50", &plain, "-12.5"},
        {"1.1000000000000001", &plain, "1.1"},
        {"0.67000000000000004", &plain, "0.67"},
        {"0.99999999999999999", &plain, "1"},
        {"999999999999999.9", &plain, "1E+15"},
        {"123457123456", &plain, "123457123456"},
        {"1.23457123456E11", &plain, "123457123456"},
        {"1.23456789012345E+17", &plain, "1.23456789012345E+17"},
        {"5.0000000000000003E-2", &plain, "0.05"},
        {"1e-3", &plain, "0.001"},
        {"0.5", &plain, "0.5"},
        {"1e9999", &plain, "1E+9999"},
        {"1e99999", &plain, NULL},
        {"abc", &plain, NULL},
        {"1.2.3", &plain, NULL},
        {"", &plain, NULL},
        {".", &plain, NULL},
        {"0.67000000000000004", &percent, "67%"},
        {"1", &percent, "100%"},
        {"0", &percent, "0%"},
        {"0.125", &percent, "12.5%"},
        {"123", &five, "00123"},
        {"123456", &five, "123456"},
        {"0", &five, "00000"},
        {"1.5", &five, "1.5"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *shown = ca_number_shown(arena, cases[i].text, *cases[i].format, false);
        if (cases[i].shown == NULL)
            ck_assert_msg(shown == NULL, "%s", cases[i].text);
        else
            ck_assert_str_eq(shown, cases[i].shown);
    }
}
END_TEST

START_TEST(test_dates)
{
    static const struct {
        const char *text;
        enum ca_number_kind kind;
        bool from_1904;
        const char *shown;
    } cases[] = {
        {"45244", CA_NUMBER_DATE, false, "2023-11-14"},
        {"43782", CA_NUMBER_DATE, true, "2023-11-14"},
        {"45244.5", CA_NUMBER_DATE, false, "2023-11-14 12:00:00"},
        {"45244.43106481481", CA_NUMBER_DATE, false, "2023-11-14 10:20:44"},
        {"45244.999999", CA_NUMBER_DATE, false, "2023-11-15"},
        {"61", CA_NUMBER_DATE, false, "1900-03-01"},
        {"59", CA_NUMBER_DATE, false, "1900-02-28"},
        {"1", CA_NUMBER_DATE, false, "1900-01-01"},
        {"1", CA_NUMBER_DATE, true, "1904-01-02"},
        {"0.5", CA_NUMBER_DATE, false, "12:00:00"},
        {"0.5", CA_NUMBER_TIME, false, "12:00:00"},
        {"1.25", CA_NUMBER_TIME, false, "1.25"},
        {"-1", CA_NUMBER_DATE, false, "-1"},
        {"99999999", CA_NUMBER_DATE, false, "99999999"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ca_number_format format = {cases[i].kind, 0};
        ck_assert_str_eq(ca_number_shown(arena, cases[i].text, format, cases[i].from_1904),
                         cases[i].shown);
    }
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("number");
    TCase *tcase = tcase_create("number");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_formats);
    tcase_add_test(tcase, test_numbers);
    tcase_add_test(tcase, test_dates);
    suite_add_tcase(suite, tcase);
    return suite;
}
