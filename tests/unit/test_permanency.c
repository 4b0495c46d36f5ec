/* The framework permanency, alone against a mock host. */
#include <string.h>

#include "tests/support/plugin_fixture.h"

#define NONE CASEAUDIT_NONE

static void load_permanency(void)
{
    plugin_load("permanency");
    m.attributes[0] = (struct mock_attribute){"route",
                                              CASEAUDIT_TOKEN,
                                              true,
                                              {"adoption", "long-term-fostering", NULL},
                                              "return-home"};
    m.sections[0] = (struct mock_section){.id = "plan", .parent = NONE, .focus = "planning"};
    EVENTS({"entered-care", "2023-02-01"});
}

START_TEST(permanency_describes_itself)
{
    static const char *const all[] = {"mean",  "flat", "lowest", "median",
                                      "rules", "none", NULL};

    expect_rollups(all);
    ck_assert_str_eq(framework->unit, "child");
    ck_assert_int_eq(framework->look_back_months, 0);
    check_template();
    expect_no_fault();
}
END_TEST

START_TEST(permanency_needs_the_route)
{
    m.attributes[0].id = "team";
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, NONE, "no attribute 'route'");

    m.attributes[0].id = "route";
    m.attributes[0].required = false;
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_ATTRIBUTE, 0, "must be required");

    m.attributes[0].required = true;
    m.attributes[0].type = CASEAUDIT_TEXT;
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_ATTRIBUTE, 0, "must be of type token");

    m.attributes[0].type = CASEAUDIT_TOKEN;
    m.attributes[0].values[1] = "kinship";
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_ATTRIBUTE, 0, "route 'kinship'");

    m.attributes[0].values[0] = NULL;
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_ATTRIBUTE, 0, "lists no values");
}
END_TEST

START_TEST(permanency_knows_seven_routes)
{
    static const char *const routes[] = {
        "return-home",         "adoption",    "special-guardianship", "child-arrangements",
        "long-term-fostering", "residential", "not-yet-decided"};
    size_t i;

    for (i = 0; i < 7; i++)
        m.attributes[0].values[i] = routes[i];
    check_template();
    expect_no_fault();
}
END_TEST

START_TEST(permanency_warns_of_a_template_without_focus)
{
    m.sections[0].focus = NULL;
    check_template();
    expect_fault(CASEAUDIT_WARNING, CASEAUDIT_AT_DOCUMENT, NONE, "no section has a focus");
    m.sections[1] = (struct mock_section){.id = "family", .parent = NONE, .focus = "family"};
    check_template();
    expect_no_fault();
}
END_TEST

START_TEST(permanency_lets_only_planning_precede_care_and_nothing_follow_it)
{
    expect_edges("entered-care", "left-care",
                 (const char *const[]){"planning-meeting", "proceedings-started", NULL});
}
END_TEST

START_TEST(permanency_counts_the_first_review_from_care)
{
    expect_timescale("first-review", "2023-02-01", 20, CASEAUDIT_WORKING_DAYS, NULL,
                     "2023-11-14");
    EVENTS({"entered-care", "2023-02-01"}, {"review", "2023-02-24"}, {"review", "2023-05-20"});
    expect_timescale("first-review", "2023-02-01", 20, CASEAUDIT_WORKING_DAYS, "2023-02-24",
                     "2023-11-14");
}
END_TEST

START_TEST(permanency_counts_the_second_review_from_the_first)
{
    expect_status("second-review", CASEAUDIT_NOT_YET_DUE);
    /* Two reviews on one day are one. */
    EVENTS({"entered-care", "2023-02-01"}, {"review", "2023-02-24"}, {"review", "2023-02-24"});
    expect_timescale("second-review", "2023-02-24", 3, CASEAUDIT_MONTHS, NULL, "2023-11-14");
    EVENTS({"entered-care", "2023-02-01"}, {"review", "2023-02-24"}, {"review", "2023-02-24"},
           {"review", "2023-05-20"}, {"review", "2023-11-01"});
    expect_timescale("second-review", "2023-02-24", 3, CASEAUDIT_MONTHS, "2023-05-20",
                     "2023-11-14");
}
END_TEST

START_TEST(permanency_counts_later_reviews_from_the_second)
{
    expect_status("later-reviews", CASEAUDIT_NOT_YET_DUE);
    EVENTS({"entered-care", "2023-02-01"}, {"review", "2023-02-24"});
    expect_status("later-reviews", CASEAUDIT_NOT_YET_DUE);
    EVENTS({"entered-care", "2023-02-01"}, {"review", "2023-02-24"}, {"review", "2023-05-20"},
           {"review", "2023-11-01"});
    expect_frequency("later-reviews", "2023-05-20", NULL, "2023-11-14", 6, CASEAUDIT_MONTHS,
                     "review");
}
END_TEST

START_TEST(permanency_wants_the_plan_by_the_second_review)
{
    /* Neither review held: 20 working days from 1 February 2023 is 1 March, 3 months on. */
    expect_due("plan-by-second-review", "2023-02-01", "2023-06-01", NULL);
    /* The first held: 3 months from it. */
    EVENTS({"entered-care", "2023-02-01"}, {"review", "2023-02-24"},
           {"permanence-plan", "2023-04-01"}, {"permanence-plan", "2023-09-01"});
    expect_due("plan-by-second-review", "2023-02-01", "2023-05-24", "2023-04-01");
    /* Both held: on the day of the second, early or late. */
    EVENTS({"entered-care", "2023-02-01"}, {"review", "2023-02-24"},
           {"permanence-plan", "2023-07-02"}, {"review", "2023-07-10"});
    expect_due("plan-by-second-review", "2023-02-01", "2023-07-10", "2023-07-02");
}
END_TEST

START_TEST(permanency_counts_planning_meetings_until_permanence)
{
    EVENTS({"planning-meeting", "2022-12-01"}, {"entered-care", "2023-02-01"},
           {"planning-meeting", "2023-03-01"}, {"planning-meeting", "2023-04-10"});
    expect_frequency("planning-meetings", "2023-02-01", NULL, "2023-11-14", 6, CASEAUDIT_WEEKS,
                     "planning-meeting");
    EVENTS({"entered-care", "2023-02-01"}, {"planning-meeting", "2023-03-01"},
           {"permanence-achieved", "2023-08-08"});
    expect_frequency("planning-meetings", "2023-02-01", "2023-08-08", "2023-11-14", 6,
                     CASEAUDIT_WEEKS, "planning-meeting");
}
END_TEST

START_TEST(permanency_times_the_latest_proceedings)
{
    expect_status("proceedings", CASEAUDIT_NOT_APPLYING);
    EVENTS({"proceedings-started", "2023-01-10"}, {"entered-care", "2023-02-01"});
    expect_timescale("proceedings", "2023-01-10", 26, CASEAUDIT_WEEKS, NULL, "2023-11-14");
    EVENTS({"proceedings-started", "2023-01-10"}, {"entered-care", "2023-02-01"},
           {"proceedings-ended", "2023-04-01"}, {"proceedings-started", "2023-05-01"});
    expect_timescale("proceedings", "2023-05-01", 26, CASEAUDIT_WEEKS, NULL, "2023-11-14");
    EVENTS({"entered-care", "2023-02-01"}, {"proceedings-ended", "2023-04-01"},
           {"proceedings-started", "2023-05-01"}, {"proceedings-ended", "2023-05-01"},
           {"proceedings-ended", "2023-09-01"});
    expect_timescale("proceedings", "2023-05-01", 26, CASEAUDIT_WEEKS, "2023-05-01",
                     "2023-11-14");
}
END_TEST

START_TEST(permanency_times_adoption_only_on_its_route)
{
    EVENTS({"entered-care", "2023-02-01"}, {"placement-order", "2023-06-01"},
           {"placed", "2023-09-01"}, {"matched", "2023-09-10"}, {"placed", "2023-10-01"});
    expect_status("placed-for-adoption", CASEAUDIT_NOT_APPLYING);
    expect_status("adoption-match", CASEAUDIT_NOT_APPLYING);

    m.attributes[0].given = "adoption";
    expect_timescale("placed-for-adoption", "2023-02-01", 426, CASEAUDIT_DAYS, "2023-09-01",
                     "2023-11-14");
    expect_timescale("adoption-match", "2023-06-01", 121, CASEAUDIT_DAYS, "2023-09-10",
                     "2023-11-14");

    /* A match before the order is another; without an order there is nothing to time. */
    EVENTS({"entered-care", "2023-02-01"}, {"matched", "2023-05-31"},
           {"placement-order", "2023-06-01"}, {"placement-order", "2023-07-01"});
    expect_timescale("adoption-match", "2023-06-01", 121, CASEAUDIT_DAYS, NULL, "2023-11-14");
    expect_timescale("placed-for-adoption", "2023-02-01", 426, CASEAUDIT_DAYS, NULL,
                     "2023-11-14");
    EVENTS({"entered-care", "2023-02-01"}, {"matched", "2023-05-31"});
    expect_status("adoption-match", CASEAUDIT_NOT_APPLYING);
}
END_TEST

START_TEST(permanency_times_the_match_of_long_term_fostering)
{
    EVENTS({"entered-care", "2023-02-01"}, {"matched", "2023-03-01"},
           {"permanence-plan", "2023-04-01"}, {"permanence-plan", "2023-05-01"},
           {"matched", "2023-08-01"});
    expect_status("formal-match", CASEAUDIT_NOT_APPLYING);
    m.attributes[0].given = "long-term-fostering";
    expect_timescale("formal-match", "2023-04-01", 6, CASEAUDIT_MONTHS, "2023-08-01",
                     "2023-11-14");
    EVENTS({"entered-care", "2023-02-01"});
    expect_status("formal-match", CASEAUDIT_NOT_APPLYING);
}
END_TEST

START_TEST(permanency_counts_until_the_child_leaves)
{
    EVENTS({"entered-care", "2023-02-01"}, {"left-care", "2023-08-01"});
    expect_timescale("first-review", "2023-02-01", 20, CASEAUDIT_WORKING_DAYS, NULL,
                     "2023-08-01");
    expect_frequency("planning-meetings", "2023-02-01", NULL, "2023-08-01", 6, CASEAUDIT_WEEKS,
                     "planning-meeting");
}
END_TEST

START_TEST(permanency_takes_thresholds_from_options)
{
    static const struct {
        const char *option, *derived;
    } cases[] = {{"first-review-working-days", "first-review"},
                 {"second-review-months", "second-review"},
                 {"later-review-months", "later-reviews"},
                 {"planning-meeting-weeks", "planning-meetings"},
                 {"proceedings-weeks", "proceedings"},
                 {"adoption-days", "placed-for-adoption"},
                 {"match-days", "adoption-match"},
                 {"formal-match-months", "formal-match"}};
    size_t i;

    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        EVENTS({"entered-care", "2023-02-01"}, {"review", "2023-02-10"},
               {"permanence-plan", "2023-03-01"}, {"proceedings-started", "2023-03-01"},
               {"placement-order", "2023-03-01"}, {"review", "2023-04-10"});
        m.attributes[0].given =
            strcmp(cases[i].derived, "formal-match") == 0 ? "long-term-fostering" : "adoption";
        m.options[0].name = cases[i].option;
        m.options[0].value = "77";
        ck_assert_msg(derive(cases[i].derived)->n == 77, "%s", cases[i].option);
    }
    /* Both thresholds of a plan without a review. */
    EVENTS({"entered-care", "2023-02-01"});
    m.options[0].name = "first-review-working-days", m.options[0].value = "1";
    m.options[1].name = "second-review-months", m.options[1].value = "1";
    expect_due("plan-by-second-review", "2023-02-01", "2023-03-02", NULL);
}
END_TEST

Suite *unit_suite(void)
{
    return PLUGIN_SUITE(
        "permanency", load_permanency, permanency_describes_itself, permanency_needs_the_route,
        permanency_knows_seven_routes, permanency_warns_of_a_template_without_focus,
        permanency_lets_only_planning_precede_care_and_nothing_follow_it,
        permanency_counts_the_first_review_from_care,
        permanency_counts_the_second_review_from_the_first,
        permanency_counts_later_reviews_from_the_second,
        permanency_wants_the_plan_by_the_second_review,
        permanency_counts_planning_meetings_until_permanence,
        permanency_times_the_latest_proceedings, permanency_times_adoption_only_on_its_route,
        permanency_times_the_match_of_long_term_fostering,
        permanency_counts_until_the_child_leaves, permanency_takes_thresholds_from_options);
}
