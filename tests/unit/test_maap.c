/* The framework maap, alone against a mock host. */
#include <string.h>

#include "tests/support/plugin_fixture.h"

#define NONE CASEAUDIT_NONE

static void load_maap(void)
{
    static const char *const words[] = {"child", "household", "timeliness", "engagement"};
    size_t i;

    plugin_load("maap");
    m.rollup = "lowest";
    m.judged = m.terms = true;
    m.agencies[0] = "Police", m.agencies[1] = "Health", m.agencies[2] = "Schools";
    m.returned[0] = m.returned[1] = m.returned[2] = true;
    m.attributes[0] = (struct mock_attribute){.id = "theme", CASEAUDIT_TEXT, .required = true};
    m.selection = "random";
    for (i = 0; i < 4; i++)
        m.sections[i] =
            (struct mock_section){.id = words[i], .parent = NONE, .focus = words[i]};
}

START_TEST(maap_describes_itself)
{
    static const char *const known[] = {"rules", "lowest", NULL};

    expect_rollups(known);
    ck_assert_uint_eq(framework->flags, CASEAUDIT_HAS_AGENCIES | CASEAUDIT_OPEN_FOCUS);
    ck_assert_int_eq(framework->look_back_months, 12);
    ck_assert_ptr_null(framework->events);
    ck_assert_ptr_null(framework->derived);
    check_template();
    expect_no_fault();
    check_return();
    expect_no_fault();
}
END_TEST

START_TEST(maap_needs_agencies_terms_and_a_panel)
{
    m.agencies[1] = NULL;
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, NONE, "lists 1 agencies");
    m.agencies[1] = "Health";
    m.terms = false;
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, NONE, "terms-of-reference");
    m.terms = true;
    m.judged = false;
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, NONE, "overall must be \"judged\"");
}
END_TEST

START_TEST(maap_needs_a_theme)
{
    m.attributes[0].id = "topic";
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, NONE, "no attribute 'theme'");
    m.attributes[0].id = "theme";
    m.attributes[0].type = CASEAUDIT_DATE;
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_ATTRIBUTE, 0, "type text or token");
    m.attributes[0].type = CASEAUDIT_TOKEN;
    check_template();
    expect_no_fault();
    m.attributes[0].required = false;
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_ATTRIBUTE, 0, "must be required");
}
END_TEST

START_TEST(maap_needs_its_four_subjects_covered)
{
    size_t i;

    for (i = 0; i < 4; i++) {
        const char *word = m.sections[i].focus;

        m.sections[i].focus = "local-priority";
        check_template();
        expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, NONE, word);
        m.sections[i].focus = word;
    }
    m.sections[4] = (struct mock_section){.id = "more", .parent = NONE};
    check_template();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_SECTION, 4, "needs a focus");
    m.sections[4].parent = 3; /* below another it needs none */
    check_template();
    expect_no_fault();
}
END_TEST

START_TEST(maap_warns_of_an_agency_that_did_not_return)
{
    m.returned[1] = false;
    check_return();
    expect_fault(CASEAUDIT_WARNING, CASEAUDIT_AT_DOCUMENT, NONE, "nothing was returned by Health");
    m.options[0].name = "all-agencies";
    m.options[0].value = "yes";
    check_return();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, NONE, "nothing was returned by Health");
}
END_TEST

START_TEST(maap_needs_two_agencies_to_return)
{
    m.returned[0] = m.returned[1] = false;
    check_return();
    ck_assert_uint_eq(m.fault_count, 3);
    ck_assert_int_eq(m.faults[0].severity, CASEAUDIT_WARNING);
    ck_assert_int_eq(m.faults[1].severity, CASEAUDIT_WARNING);
    ck_assert_int_eq(m.faults[2].severity, CASEAUDIT_ERROR);
    ck_assert_ptr_nonnull(strstr(m.faults[2].text, "1 of 3 agencies returned"));
}
END_TEST

START_TEST(maap_warns_of_a_case_that_was_picked)
{
    m.selection = "targeted";
    check_return();
    expect_fault(CASEAUDIT_WARNING, CASEAUDIT_AT_AUDIT, NONE, "'targeted'");
    m.selection = "stratified";
    check_return();
    expect_fault(CASEAUDIT_WARNING, CASEAUDIT_AT_AUDIT, NONE, "'stratified'");
    m.selection = NULL;
    check_return();
    expect_no_fault();
}
END_TEST

static void expect_row(size_t i, size_t section, size_t agency, caseaudit_score expected)
{
    ck_assert_uint_gt(m.row_count, i);
    ck_assert(!m.rows[i].limited);
    ck_assert_uint_eq(m.rows[i].section, section);
    ck_assert_uint_eq(m.rows[i].agency, agency);
    ck_assert_int_eq(m.rows[i].score, expected);
}

static void expect_limited(size_t i, size_t section)
{
    ck_assert_uint_gt(m.row_count, i);
    ck_assert(m.rows[i].limited);
    ck_assert_uint_eq(m.rows[i].section, section);
}

/* A section of two below the first, and the second by itself; health did not return. */
static void set_nested_sections(void)
{
    memset(m.sections, 0, sizeof m.sections);
    m.sections[0] = (struct mock_section){"child", NONE, "child", false, {6000, 100, 7000}};
    m.sections[1] = (struct mock_section){"seen", 0, NULL, false, {6000, 100, 8000}};
    m.sections[2] = (struct mock_section){"heard", 0, NULL, false, {-1, 100, 6500}};
    m.sections[3] = (struct mock_section){"time", NONE, "timeliness", false, {-1, 100, -1}};
    m.returned[1] = false;
    m.means[0] = 6000, m.means[1] = 100, m.means[2] = 7000;
    m.lowest = 6000;
}

START_TEST(maap_takes_the_lowest_of_the_agencies_at_every_level)
{
    static const struct {
        size_t section;
        caseaudit_score police, schools, joint;
    } rows[] = {
        {1, 6000, 8000, 6000}, {2, -1, 6500, 6500}, {0, 6000, 7000, 6000}, {3, -1, -1, -1}};
    size_t i;

    set_nested_sections();
    score();
    ck_assert_uint_eq(m.row_count, 16);
    for (i = 0; i < 4; i++) { /* what is within a section comes before it */
        expect_row(4 * i, rows[i].section, 0, rows[i].police);
        expect_row(4 * i + 1, rows[i].section, 2, rows[i].schools);
        expect_row(4 * i + 2, rows[i].section, CASEAUDIT_JOINT, rows[i].joint);
        expect_limited(4 * i + 3, rows[i].section);
    }
    ck_assert_int_eq(m.as_template, 0);
}
END_TEST

/* Wherever in the order it stands. */
START_TEST(maap_passes_over_an_agency_without_a_score)
{
    set_nested_sections();
    m.sections[2].scores[0] = 6500;
    m.sections[2].scores[2] = CASEAUDIT_NO_SCORE;
    score();
    expect_row(5, 2, 2, CASEAUDIT_NO_SCORE);
    expect_row(6, 2, CASEAUDIT_JOINT, 6500);
}
END_TEST

START_TEST(maap_scores_each_agency_that_returned)
{
    set_nested_sections();
    score();
    ck_assert(m.agency_scores[0].set && !m.agency_scores[1].set && m.agency_scores[2].set);
    ck_assert_int_eq(m.agency_scores[0].score, 6000);
    ck_assert_int_eq(m.agency_scores[2].score, 7000);
    ck_assert_uint_eq(m.measure_count, 1);
    ck_assert_str_eq(m.measures[0].id, "agencies-returned");
    ck_assert_int_eq(m.measures[0].numerator, 2);
    ck_assert_int_eq(m.measures[0].denominator, 3);
}
END_TEST

START_TEST(maap_by_lowest_has_the_lowest_score_and_its_band)
{
    set_nested_sections();
    score();
    ck_assert_int_eq(m.overall_set, 1);
    ck_assert_int_eq(m.overall, 6000);
    ck_assert_int_eq(m.computed, 1);
}
END_TEST

START_TEST(maap_by_rules_has_a_grade_and_no_score)
{
    set_nested_sections();
    m.rollup = "rules";
    m.ruled = 2;
    score();
    ck_assert_int_eq(m.overall_set, 1);
    ck_assert_int_eq(m.overall, CASEAUDIT_NO_SCORE);
    ck_assert_int_eq(m.computed, 2);
}
END_TEST

START_TEST(maap_without_a_score_has_no_grade)
{
    set_nested_sections();
    m.lowest = CASEAUDIT_NO_SCORE;
    m.rollup = "rules";
    m.ruled = 2;
    score();
    ck_assert_int_eq(m.overall, CASEAUDIT_NO_SCORE);
    ck_assert_int_eq(m.computed, CASEAUDIT_NO_GRADE);
}
END_TEST

Suite *unit_suite(void)
{
    return PLUGIN_SUITE(
        "maap", load_maap, maap_describes_itself, maap_needs_agencies_terms_and_a_panel,
        maap_needs_a_theme, maap_needs_its_four_subjects_covered,
        maap_warns_of_an_agency_that_did_not_return, maap_needs_two_agencies_to_return,
        maap_warns_of_a_case_that_was_picked,
        maap_takes_the_lowest_of_the_agencies_at_every_level,
        maap_passes_over_an_agency_without_a_score,
        maap_scores_each_agency_that_returned, maap_by_lowest_has_the_lowest_score_and_its_band,
        maap_by_rules_has_a_grade_and_no_score, maap_without_a_score_has_no_grade);
}
