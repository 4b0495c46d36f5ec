/* The framework foster-home-review, alone against a mock host. */
#include <string.h>

#include "tests/support/plugin_fixture.h"

#define NONE CASEAUDIT_NONE

static void load_foster_home_review(void)
{
    plugin_load("foster-home-review");
    m.unit = "household";
    m.sections[0] = (struct mock_section){.id = "duty", .parent = NONE, .focus = "compliance"};
    m.sections[1] = (struct mock_section){.id = "visits", .parent = 0};
    m.sections[2] = (struct mock_section){.id = "review", .parent = NONE, .focus = "quality"};
    EVENTS({"approved", "2020-03-01"});
}

START_TEST(foster_home_review_describes_itself)
{
    static const char *const known[] = {"mean", "flat", "lowest", "median", NULL};

    expect_rollups(known);
    ck_assert_str_eq(framework->unit, "household");
    ck_assert_str_eq(framework->focus_words[0].name, "compliance");
    ck_assert_uint_eq(framework->focus_words[0].flags, CASEAUDIT_FOCUS_APART);
    ck_assert_str_eq(framework->focus_words[1].name, "quality");
    ck_assert_uint_eq(framework->focus_words[1].flags, 0);
    check_template();
    expect_no_fault();
}
END_TEST

START_TEST(foster_home_review_needs_both_kinds_of_section)
{
    m.sections[2].focus = NULL;
    check_template();
    ck_assert_uint_eq(m.fault_count, 2);
    ck_assert_int_eq(m.faults[0].place, CASEAUDIT_AT_SECTION);
    ck_assert_uint_eq(m.faults[0].index, 2);
    ck_assert_ptr_nonnull(strstr(m.faults[1].text, "focus=\"quality\""));

    m.sections[2].focus = "quality";
    m.sections[0].focus = "quality";
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, NONE, "focus=\"compliance\"");
}
END_TEST

START_TEST(foster_home_review_has_no_limits_in_compliance)
{
    m.sections[2].limits = true;
    check_template();
    expect_no_fault();
    m.sections[1].limits = true; /* below a section of compliance */
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_SECTION, 1, "cannot have limits");
}
END_TEST

START_TEST(foster_home_review_caps_to_a_grade_of_the_scale)
{
    m.grades[2] = "adequate";
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_OPTION, 0, "'requires-improvement'");
    ck_assert_str_eq(framework->options[0].name, "breach-cap");
    m.options[0].name = "breach-cap";
    m.options[0].value = "adequate";
    check_template();
    expect_no_fault();
}
END_TEST

START_TEST(foster_home_review_keeps_events_within_the_approval)
{
    expect_edges("approved", "approval-ended", (const char *const[]){"panel", NULL});
}
END_TEST

START_TEST(foster_home_review_times_reviews_and_panel)
{
    expect_timescale("first-review", "2020-03-01", 12, CASEAUDIT_MONTHS, NULL, "2023-11-14");
    expect_status("annual-reviews", CASEAUDIT_NOT_YET_DUE);
    expect_status("first-review-to-panel", CASEAUDIT_NOT_YET_DUE);

    EVENTS({"panel", "2020-02-20"}, {"approved", "2020-03-01"}, {"panel", "2021-01-01"},
           {"review", "2021-02-01"}, {"panel", "2021-03-01"}, {"review", "2022-02-01"});
    expect_timescale("first-review", "2020-03-01", 12, CASEAUDIT_MONTHS, "2021-02-01",
                     "2023-11-14");
    expect_frequency("annual-reviews", "2021-02-01", NULL, "2023-11-14", 12, CASEAUDIT_MONTHS,
                     "review");
    expect_timescale("first-review-to-panel", "2021-02-01", 90, CASEAUDIT_DAYS, "2021-03-01",
                     "2023-11-14");
}
END_TEST

START_TEST(foster_home_review_counts_visits_and_checks_from_approval)
{
    EVENTS({"approved", "2020-03-01"}, {"unannounced-visit", "2020-09-01"},
           {"checks-renewed", "2022-03-01"}, {"unannounced-visit", "2022-09-01"},
           {"approval-ended", "2023-01-01"});
    expect_frequency("unannounced-visits", "2020-03-01", NULL, "2023-01-01", 12,
                     CASEAUDIT_MONTHS, "unannounced-visit");
    expect_frequency("checks-in-date", "2020-03-01", NULL, "2023-01-01", 3, CASEAUDIT_YEARS,
                     "checks-renewed");
}
END_TEST

START_TEST(foster_home_review_takes_thresholds_from_options)
{
    static const struct {
        const char *option, *derived;
    } cases[] = {{"review-months", "first-review"},
                 {"review-months", "annual-reviews"},
                 {"panel-days", "first-review-to-panel"},
                 {"visit-months", "unannounced-visits"},
                 {"checks-years", "checks-in-date"}};
    size_t i;

    EVENTS({"approved", "2020-03-01"}, {"review", "2021-02-01"});
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        m.options[0].name = cases[i].option;
        m.options[0].value = "77";
        ck_assert_msg(derive(cases[i].derived)->n == 77, "%s", cases[i].option);
    }
}
END_TEST

/* Scores with these outcomes: two standards of compliance, one in a section below it, and
 * one of quality. */
static void score_compliance(struct caseaudit_outcome first, struct caseaudit_outcome second,
                             struct caseaudit_outcome quality)
{
    m.standards[0] = (struct mock_standard){"dbs", 0, NULL, first};
    m.standards[1] = (struct mock_standard){"visit", 1, NULL, second};
    m.standards[2] = (struct mock_standard){"voice", 2, NULL, quality};
    m.limit_count = m.measure_count = 0;
    m.as_template = 0;
    score();
    ck_assert_int_eq(m.as_template, 1);
    ck_assert_uint_eq(m.measure_count, 1);
    ck_assert_str_eq(m.measures[0].id, "compliance");
}

static const struct caseaudit_outcome full = {CASEAUDIT_ANSWERED, 1, 10000, NULL},
                                      part = {CASEAUDIT_ANSWERED, 1, 9999, NULL},
                                      overdue = {CASEAUDIT_OVERDUE, 1, 0, NULL},
                                      idle = {CASEAUDIT_ANSWERED, 0, 0, NULL},
                                      nothing = {CASEAUDIT_NOT_YET_DUE, 0, CASEAUDIT_NO_SCORE,
                                                 NULL};

START_TEST(foster_home_review_is_not_capped_without_a_breach)
{
    score_compliance(full, full, part);
    ck_assert_uint_eq(m.limit_count, 0);
    ck_assert_int_eq(m.measures[0].numerator, 2);
    ck_assert_int_eq(m.measures[0].denominator, 2);

    /* What does not count is no breach, whatever its score. */
    score_compliance(idle, nothing, part);
    ck_assert_uint_eq(m.limit_count, 0);
    ck_assert_int_eq(m.measures[0].numerator, 0);
    ck_assert_int_eq(m.measures[0].denominator, 0);
}
END_TEST

START_TEST(foster_home_review_is_capped_by_one_breach)
{
    score_compliance(full, part, full);
    ck_assert_uint_eq(m.limit_count, 1);
    ck_assert_str_eq(m.limits[0].id, "compliance");
    ck_assert_int_eq(m.limits[0].to, 2);
    ck_assert_str_eq(m.limits[0].reason, "This duty was not met: visit");
    ck_assert_int_eq(m.measures[0].numerator, 1);
    ck_assert_int_eq(m.measures[0].denominator, 2);
}
END_TEST

START_TEST(foster_home_review_names_every_breach_in_one_limit)
{
    m.options[0].name = "breach-cap";
    m.options[0].value = "inadequate";
    score_compliance(overdue, part, full);
    ck_assert_uint_eq(m.limit_count, 1);
    ck_assert_int_eq(m.limits[0].to, 3);
    ck_assert_str_eq(m.limits[0].reason, "These duties were not met: dbs, visit");
    ck_assert_int_eq(m.measures[0].numerator, 0);
}
END_TEST

Suite *unit_suite(void)
{
    return PLUGIN_SUITE("foster-home-review", load_foster_home_review,
                        foster_home_review_describes_itself,
                        foster_home_review_needs_both_kinds_of_section,
                        foster_home_review_has_no_limits_in_compliance,
                        foster_home_review_caps_to_a_grade_of_the_scale,
                        foster_home_review_keeps_events_within_the_approval,
                        foster_home_review_times_reviews_and_panel,
                        foster_home_review_counts_visits_and_checks_from_approval,
                        foster_home_review_takes_thresholds_from_options,
                        foster_home_review_is_not_capped_without_a_breach,
                        foster_home_review_is_capped_by_one_breach,
                        foster_home_review_names_every_breach_in_one_limit);
}
