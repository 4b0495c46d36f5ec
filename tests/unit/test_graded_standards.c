/* The framework graded-standards, alone against a mock host. */
#include "tests/support/plugin_fixture.h"

static void load_graded_standards(void)
{
    plugin_load("graded-standards");
}

START_TEST(graded_standards_leaves_all_to_the_template)
{
    static const char *const all[] = {"mean",  "flat", "lowest", "median",
                                      "rules", "none", NULL};

    expect_rollups(all);
    ck_assert_ptr_null(framework->unit);
    ck_assert_ptr_null(framework->options);
    ck_assert_ptr_null(framework->events);
    ck_assert_ptr_null(framework->derived);
    ck_assert_ptr_null(framework->focus_words);
    ck_assert_uint_eq(framework->flags, 0);
    check_template();
    expect_no_fault();
    check_return();
    expect_no_fault();
    score();
    ck_assert_int_eq(m.as_template, 1);
    ck_assert_uint_eq(m.row_count + m.limit_count + m.measure_count, 0);
}
END_TEST

Suite *unit_suite(void)
{
    return PLUGIN_SUITE("graded-standards", load_graded_standards,
                        graded_standards_leaves_all_to_the_template);
}
