#include "core/model/called.h"
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

START_TEST(test_references)
{
    ck_assert_str_eq(ca_cell_slug(arena, "Stoke-on-Trent"), "stoke-on-trent");
    ck_assert_str_eq(ca_cell_slug(arena, " Telford & Wrekin. "), "telford-wrekin");
    ck_assert_str_eq(ca_cell_slug(arena, "12\xC2\xA0"
                                         "34"),
                     "12-34");
    ck_assert_str_eq(ca_cell_slug(arena, "12\xE2\x80\x8B"
                                         "34"),
                     "1234");
    ck_assert_str_eq(ca_cell_slug(arena, "&&"), "");
}
END_TEST

START_TEST(test_statuses_however_spelt)
{
    static const char *const applicable[] = {"N/A",
                                             "n/a",
                                             "NA",
                                             "N.A.",
                                             "N/A.",
                                             "N / A",
                                             "n\\a",
                                             "n-a",
                                             "Not applicable",
                                             "Not-Applicable;",
                                             "not\302\240applicable",
                                             "NOT  APPLICABLE.",
                                             "Does not apply"};
    static const char *const others[] = {"",    "no",         "nah",      "not",
                                         "naa", "applicable", "\303\261a"};

    for (size_t i = 0; i < sizeof applicable / sizeof *applicable; i++)
        ck_assert_pstr_eq(ca_status_called(arena, applicable[i]), "not-applicable");
    ck_assert_pstr_eq(ca_status_called(arena, "Not evidenced"), "not-evidenced");
    ck_assert_pstr_eq(ca_status_called(arena, "No evidence."), "not-evidenced");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ck_assert_ptr_null(ca_status_called(arena, others[i]));
}
END_TEST

START_TEST(test_choices)
{
    struct ca_choices *choices = ca_choices_new(arena, 3);
    size_t which = 99;

    ca_choices_add(choices, "good", 0);
    ca_choices_add(choices, "Good", 0);
    ca_choices_add(choices, "ri", 1);
    ca_choices_add(choices, "Requires improvement", 1);
    ca_choices_add(choices, "Requires\xC2\xA0improvement", 2);
    ca_choices_add(choices, NULL, 2);
    ck_assert_int_eq(ca_choices_find(choices, arena, " GOOD ", &which), CA_CHOICE_ONE);
    ck_assert_uint_eq(which, 0);
    ck_assert_int_eq(ca_choices_find(choices, arena, "requires improvement", &which),
                     CA_CHOICE_SEVERAL);
    ck_assert_int_eq(ca_choices_find(choices, arena, "bad", &which), CA_CHOICE_NONE);
    ck_assert_uint_eq(which, 0);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("convert");
    TCase *tcase = tcase_create("cells");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_references);
    tcase_add_test(tcase, test_statuses_however_spelt);
    tcase_add_test(tcase, test_choices);
    suite_add_tcase(suite, tcase);
    return suite;
}
