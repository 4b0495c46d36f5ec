#include "core/work/convert.h"
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
    static const struct {
        const char *text;
        bool month_first;
        const char *date; /* NULL: none */
    } cases[] = {
        {"2023-11-14", false, "2023-11-14"},
        {"2023-11-14T10:22:31Z", false, "2023-11-14"},
        {"2023/11/14", false, "2023-11-14"},
        {"14/11/2023", false, "2023-11-14"},
        {"4/1/2023", false, "2023-01-04"},
        {"4/1/2023", true, "2023-04-01"},
        {"14/11/2023 9:05", false, "2023-11-14"},
        {"11/14/2023 9:05:00 AM", true, "2023-11-14"},
        {"14.11.2023", false, "2023-11-14"},
        {"14-11-2023", false, "2023-11-14"},
        {"14 November 2023", false, "2023-11-14"},
        {"14-Nov-2023", false, "2023-11-14"},
        {"4 SEPT 2023", true, "2023-09-04"},
        {"29/02/2024", false, "2024-02-29"},
        {"29/02/2023", false, NULL},
        {"11/14/2023", false, NULL},
        {"14/11/23", false, NULL},
        {"14/11", false, NULL},
        {"14/11-2023", false, NULL},
        {"14 No 2023", false, NULL},
        {"14/11/2023 or so", false, NULL},
        {"45244", false, NULL},
        {"1899-12-31", false, NULL},
        {"", false, NULL},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[CA_DATE_SIZE] = "";
        ca_date date = CA_NO_DATE;
        bool good = ca_cell_date(cases[i].text, cases[i].month_first, &date);
        ck_assert_msg(good == (cases[i].date != NULL), "%s", cases[i].text);
        if (good)
            ck_assert_str_eq(ca_date_format(date, text), cases[i].date);
        else
            ck_assert_int_eq(date, CA_NO_DATE);
    }
}
END_TEST

START_TEST(test_same_text)
{
    ck_assert(ca_cell_same("Requires  Improvement", " requires\nimprovement "));
    ck_assert(ca_cell_same("", "  "));
    ck_assert(!ca_cell_same("good", "goods"));
    ck_assert(!ca_cell_same("a b", "ab"));
}
END_TEST

START_TEST(test_references)
{
    ck_assert_str_eq(ca_cell_slug(arena, "Stoke-on-Trent"), "stoke-on-trent");
    ck_assert_str_eq(ca_cell_slug(arena, " Telford & Wrekin. "), "telford-wrekin");
    ck_assert_str_eq(ca_cell_slug(arena, "&&"), "");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("convert");
    TCase *tcase = tcase_create("cells");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_dates);
    tcase_add_test(tcase, test_same_text);
    tcase_add_test(tcase, test_references);
    suite_add_tcase(suite, tcase);
    return suite;
}
