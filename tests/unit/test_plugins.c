/*
 * The four frameworks, each alone against a mock host: what they refuse, what
 * they derive from events, and which rows, limits and measures they set.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/frameworks/contract.h"
#include "core/frameworks/loader.h"
#include "tests/support/mock_host.h"
#include "tests/unit/unit.h"

static struct ca_module *module;
static const caseaudit_framework *framework;
static struct mock m;

#define NONE CASEAUDIT_NONE

/* Loads the built plugin of that name, and holds it to the contract. */
static void load(const char *name)
{
    const char *folder = getenv("PLUGIN_DIR");
    struct ca_objection objection;
    caseaudit_framework copy;
    caseaudit_entry entry;
    char *path = NULL, *real;

    ck_assert_int_ge(
        asprintf(&path, "%s/%s.so", folder != NULL ? folder : "plugins/.libs", name), 0);
    real = realpath(path, NULL);
    ck_assert_msg(real != NULL, "%s is not built", path);
    module = ca_module_open(real, &objection);
    ck_assert_msg(module != NULL, "%s", objection.text);
    entry = ca_module_entry(module);
    ck_assert_msg(entry != NULL, "%s has no entry", name);
    framework = entry();
    ck_assert_msg(ca_contract_check(framework, name, &copy, &objection), "%s", objection.text);
    free(path), free(real);

    memset(&m, 0, sizeof m);
    m.framework = framework;
    m.grades[0] = "outstanding", m.grades[1] = "good";
    m.grades[2] = "requires-improvement", m.grades[3] = "inadequate";
    m.rollup = "mean", m.unit = "child";
    m.audit_date = "2023-11-14";
    m.lowest = CASEAUDIT_NO_SCORE;
    m.ruled = CASEAUDIT_NO_GRADE;
}

static void unload(void)
{
    ca_module_close(module);
}

static void check_template(void)
{
    m.fault_count = 0;
    framework->check_template(&mock_host, NULL, MOCK_TEMPLATE(&m), MOCK_DIAGNOSTICS(&m));
}

static void check_return(void)
{
    m.fault_count = 0;
    framework->check_return(&mock_host, NULL, MOCK_TEMPLATE(&m), MOCK_RETURN(&m),
                            MOCK_DIAGNOSTICS(&m));
}

static void score(void)
{
    ck_assert_int_eq(framework->score(&mock_host, NULL, MOCK_TEMPLATE(&m), MOCK_RETURN(&m),
                                      MOCK_SCORING(&m)),
                     0);
}

/* What was found, in one line for messages of failures. */
static const char *found(void)
{
    return m.fault_count > 0 ? m.faults[0].text : "(no fault)";
}

static void expect_no_fault(void)
{
    ck_assert_msg(m.fault_count == 0, "%zu faults, the first: %s", m.fault_count, found());
}

/* Exactly one fault, of this severity and place, that says this. */
static void expect_fault(int severity, int place, size_t index, const char *text)
{
    ck_assert_msg(m.fault_count == 1, "%zu faults, the first: %s", m.fault_count, found());
    ck_assert_msg(strstr(m.faults[0].text, text) != NULL, "the fault is: %s", found());
    ck_assert_int_eq(m.faults[0].severity, severity);
    ck_assert_int_eq(m.faults[0].place, place);
    if (index != NONE)
        ck_assert_uint_eq(m.faults[0].index, index);
}

static void expect_rollups(const char *const *expected)
{
    size_t i;

    for (i = 0; expected[i] != NULL; i++)
        ck_assert_str_eq(framework->rollups[i], expected[i]);
    ck_assert_ptr_null(framework->rollups[i]);
}

/* Events as the engine would show them: ascending. */
static void set_events(const struct mock_event *events)
{
    size_t i;

    memset(m.events, 0, sizeof m.events);
    for (i = 0; events[i].type != NULL; i++)
        m.events[i] = events[i];
}
#define EVENTS(...) set_events((const struct mock_event[]){__VA_ARGS__, {NULL, NULL}})

/* One standard that is derived by this name, scored; the derivation. */
static const struct mock_derivation *derive(const char *name)
{
    memset(m.derivations, 0, sizeof m.derivations);
    m.as_template = 0;
    m.measure_count = m.limit_count = 0;
    m.standards[0] = (struct mock_standard){.id = "plain"};
    m.standards[1] = (struct mock_standard){.id = "derived", .derived = name};
    score();
    ck_assert_int_eq(m.derivations[0].kind, MOCK_NOT_DERIVED);
    ck_assert_int_eq(m.as_template, 1);
    return &m.derivations[1];
}

static void expect_status(const char *name, int status)
{
    const struct mock_derivation *d = derive(name);

    ck_assert_msg(d->kind == MOCK_STATUS, "%s: a derivation of kind %d", name, d->kind);
    ck_assert_int_eq(d->status, status);
}

static void expect_timescale(const char *name, const char *start, int n, int unit,
                             const char *end, const char *today)
{
    const struct mock_derivation *d = derive(name);

    ck_assert_msg(d->kind == MOCK_TIMESCALE, "%s: a derivation of kind %d", name, d->kind);
    ck_assert_int_eq(d->start, mock_date(start));
    ck_assert_int_eq(d->n, n);
    ck_assert_int_eq(d->unit, unit);
    ck_assert_int_eq(d->end, mock_date(end));
    ck_assert_int_eq(d->today, mock_date(today));
}

static void expect_due(const char *name, const char *start, const char *due, const char *end)
{
    const struct mock_derivation *d = derive(name);

    ck_assert_msg(d->kind == MOCK_TIMESCALE_DUE, "%s: a derivation of kind %d", name, d->kind);
    ck_assert_int_eq(d->start, mock_date(start));
    ck_assert_int_eq(d->due, mock_date(due));
    ck_assert_int_eq(d->end, mock_date(end));
    ck_assert_int_eq(d->today, mock_date(m.audit_date));
}

/* occurred is every event of this type: the engine leaves out what is outside. */
static void expect_frequency(const char *name, const char *start, const char *end,
                             const char *today, int n, int unit, const char *type)
{
    const struct mock_derivation *d = derive(name);
    size_t i, k = 0;

    ck_assert_msg(d->kind == MOCK_FREQUENCY, "%s: a derivation of kind %d", name, d->kind);
    ck_assert_int_eq(d->start, mock_date(start));
    ck_assert_int_eq(d->end, mock_date(end));
    ck_assert_int_eq(d->today, mock_date(today));
    ck_assert_int_eq(d->n, n);
    ck_assert_int_eq(d->unit, unit);
    for (i = 0; m.events[i].type != NULL; i++)
        if (strcmp(m.events[i].type, type) == 0)
            ck_assert_int_eq(d->occurred[k++], mock_date(m.events[i].date));
    ck_assert_uint_eq(d->occurred_count, k);
}

/* ---- graded-standards ---- */

static void load_graded_standards(void)
{
    load("graded-standards");
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

/* ---- permanency ---- */

static void load_permanency(void)
{
    load("permanency");
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

START_TEST(permanency_lets_only_planning_precede_care)
{
    static const char *const events[] = {
        "review",  "permanence-plan", "proceedings-ended",  "placement-order", "decision",
        "matched", "placed",          "permanence-achieved"};
    size_t i;

    EVENTS({"planning-meeting", "2022-12-01"}, {"proceedings-started", "2023-01-31"},
           {"entered-care", "2023-02-01"}, {"review", "2023-02-01"});
    check_return();
    expect_no_fault();

    for (i = 0; i < sizeof events / sizeof events[0]; i++) {
        EVENTS({"planning-meeting", "2022-12-01"}, {events[i], "2023-01-31"},
               {"entered-care", "2023-02-01"});
        check_return();
        expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_EVENT, 1, events[i]);
        ck_assert(m.faults[0].of_return);
        ck_assert_ptr_nonnull(strstr(m.faults[0].text, "2023-01-31"));
        ck_assert_ptr_nonnull(strstr(m.faults[0].text, "2023-02-01"));
    }
}
END_TEST

START_TEST(permanency_lets_nothing_follow_leaving_care)
{
    EVENTS({"entered-care", "2023-02-01"}, {"review", "2023-06-01"},
           {"left-care", "2023-06-01"});
    check_return();
    expect_no_fault();

    EVENTS({"entered-care", "2023-02-01"}, {"left-care", "2023-06-01"},
           {"planning-meeting", "2023-06-02"});
    check_return();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_EVENT, 2, "after 'left-care' on 2023-06-01");

    EVENTS({"left-care", "2023-01-01"}, {"entered-care", "2023-02-01"});
    check_return();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_EVENT, 0, "'left-care' on 2023-01-01 is before");
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

/* ---- foster-home-review ---- */

static void load_foster_home_review(void)
{
    load("foster-home-review");
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
    EVENTS({"panel", "2020-02-20"}, {"approved", "2020-03-01"}, {"review", "2020-03-01"},
           {"panel", "2021-04-01"}, {"approval-ended", "2021-04-01"});
    check_return();
    expect_no_fault();
    EVENTS({"checks-renewed", "2020-02-20"}, {"approved", "2020-03-01"});
    check_return();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_EVENT, 0, "before 'approved' on 2020-03-01");
    EVENTS({"approved", "2020-03-01"}, {"approval-ended", "2021-04-01"},
           {"panel", "2021-04-02"});
    check_return();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_EVENT, 2,
                 "after 'approval-ended' on 2021-04-01");
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

static const struct caseaudit_outcome full = {CASEAUDIT_ANSWERED, 1, 10000},
                                      part = {CASEAUDIT_ANSWERED, 1, 9999},
                                      overdue = {CASEAUDIT_OVERDUE, 1, 0},
                                      idle = {CASEAUDIT_ANSWERED, 0, 0},
                                      nothing = {CASEAUDIT_NOT_YET_DUE, 0, CASEAUDIT_NO_SCORE};

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

/* ---- maap ---- */

static void load_maap(void)
{
    static const char *const words[] = {"child", "household", "timeliness", "engagement"};
    size_t i;

    load("maap");
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
    expect_fault(CASEAUDIT_WARNING, CASEAUDIT_AT_DOCUMENT, NONE, "Health has not returned");
    m.options[0].name = "all-agencies";
    m.options[0].value = "yes";
    check_return();
    expect_fault(CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, NONE, "Health has not returned");
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

/* ---- all ---- */

static void add(Suite *suite, const char *name, SFun setup, const TTest *const *tests)
{
    TCase *tcase = tcase_create(name);

    tcase_add_checked_fixture(tcase, setup, unload);
    for (; *tests != NULL; tests++)
        tcase_add_test(tcase, *tests);
    suite_add_tcase(suite, tcase);
}
#define CASE(suite, name, setup, ...)                                                          \
    add((suite), (name), (setup), (const TTest *const[]){__VA_ARGS__, NULL})

Suite *unit_suite(void)
{
    Suite *suite = suite_create("plugins");

    CASE(suite, "graded-standards", load_graded_standards,
         graded_standards_leaves_all_to_the_template);
    CASE(suite, "permanency", load_permanency, permanency_describes_itself,
         permanency_needs_the_route, permanency_knows_seven_routes,
         permanency_warns_of_a_template_without_focus,
         permanency_lets_only_planning_precede_care,
         permanency_lets_nothing_follow_leaving_care,
         permanency_counts_the_first_review_from_care,
         permanency_counts_the_second_review_from_the_first,
         permanency_counts_later_reviews_from_the_second,
         permanency_wants_the_plan_by_the_second_review,
         permanency_counts_planning_meetings_until_permanence,
         permanency_times_the_latest_proceedings, permanency_times_adoption_only_on_its_route,
         permanency_times_the_match_of_long_term_fostering,
         permanency_counts_until_the_child_leaves, permanency_takes_thresholds_from_options);
    CASE(suite, "foster-home-review", load_foster_home_review,
         foster_home_review_describes_itself, foster_home_review_needs_both_kinds_of_section,
         foster_home_review_has_no_limits_in_compliance,
         foster_home_review_caps_to_a_grade_of_the_scale,
         foster_home_review_keeps_events_within_the_approval,
         foster_home_review_times_reviews_and_panel,
         foster_home_review_counts_visits_and_checks_from_approval,
         foster_home_review_takes_thresholds_from_options,
         foster_home_review_is_not_capped_without_a_breach,
         foster_home_review_is_capped_by_one_breach,
         foster_home_review_names_every_breach_in_one_limit);
    CASE(suite, "maap", load_maap, maap_describes_itself, maap_needs_agencies_terms_and_a_panel,
         maap_needs_a_theme, maap_needs_its_four_subjects_covered,
         maap_warns_of_an_agency_that_did_not_return, maap_needs_two_agencies_to_return,
         maap_warns_of_a_case_that_was_picked,
         maap_takes_the_lowest_of_the_agencies_at_every_level,
         maap_scores_each_agency_that_returned,
         maap_by_lowest_has_the_lowest_score_and_its_band,
         maap_by_rules_has_a_grade_and_no_score, maap_without_a_score_has_no_grade);
    return suite;
}
