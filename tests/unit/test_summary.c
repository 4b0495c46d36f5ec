#include <stdio.h>
#include <string.h>

#include "tests/support/summary_fixture.h"
#include "tests/unit/unit.h"

static struct fixture *f;
static struct ca_summary *s;
static struct ca_summary_request request;

static const struct shape plain = {.id = "file", .attributes = 2};

static void setup(void)
{
    f = fixture_new();
    s = NULL;
    request = fixture_request();
}

static void teardown(void)
{
    ca_summary_free(s);
    fixture_free(f);
}

static void make(void)
{
    ca_summary_free(s);
    s = fixture_summary(f, &request);
}

/* `count` audits of a grade on a day. */
static void audits(const char *date, int grade, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fixture_audit(f, date, grade);
}

#define ck_figure(figure, expected)                                                            \
    do {                                                                                       \
        ck_assert_int_eq((figure).shown, CA_SHOWN);                                            \
        ck_assert_int_eq((figure).value, (expected));                                          \
    } while (0)

static bool says(const char *text)
{
    for (size_t i = 0; i < s->answer_count; i++)
        if (strstr(s->answer[i], text) != NULL)
            return true;
    return false;
}

/* ---- the published change ---- */

static void published_quarters(void)
{
    fixture_template(f, &plain);
    audits("2023-05-10", G, 22);
    audits("2023-05-11", RI, 15);
    audits("2023-05-12", IN, 4);
    audits("2023-11-01", O, 5);
    audits("2023-11-02", G, 17);
    audits("2023-11-03", RI, 10);
    audits("2023-11-04", IN, 1);
}

START_TEST(a_marked_drop_is_no_clear_change)
{
    const struct ca_summary_change *in, *good;

    published_quarters();
    request.period = "2023-24 Q3";
    request.compare = "2023-24 Q1";
    make();
    ck_assert_uint_eq(s->row_count, 1);
    ck_figure(s->rows[0].audits, 33);
    ck_figure(s->rows[0].grades[IN].whole, 3);
    ck_figure(s->rows[0].positive.count, 22);
    ck_figure(s->rows[0].positive.tenths, 667);
    ck_figure(s->rows[0].positive.low, 496);
    ck_figure(s->rows[0].positive.high, 802);
    in = &s->comparison->grades[IN];
    ck_figure(in->from.tenths, 98);
    ck_figure(in->to.tenths, 30);
    ck_figure(in->difference, -67);
    ck_figure(in->low, -198);
    ck_figure(in->high, 69);
    ck_figure(in->p, 269);
    ck_assert_int_eq(in->verdict, CA_NO_CLEAR_CHANGE);
    good = &s->comparison->grades[G];
    ck_figure(good->from.whole, 54);
    ck_figure(good->to.whole, 52);
    ck_assert_int_eq(good->verdict, CA_NO_CLEAR_CHANGE);
    ck_assert(
        says("1 of 33 (3%) inadequate: no clear change since 2023-24 Q1, when it was 4 of "
             "41 (10%)"));
    ck_assert(
        says("17 of 33 (52%) good: no clear change since 2023-24 Q1, when it was 22 of 41 "
             "(54%)"));
}
END_TEST

START_TEST(a_clear_change_is_said_to_be_one)
{
    fixture_template(f, &plain);
    audits("2023-05-10", IN, 20);
    audits("2023-05-10", G, 20);
    audits("2023-11-10", IN, 5);
    audits("2023-11-10", G, 35);
    request.compare = "2023-24 Q1";
    make();
    ck_assert_str_eq(s->rows[0].period.id, "2023-24 Q3");
    ck_assert_int_eq(s->comparison->positive.verdict, CA_IMPROVED);
    ck_assert_int_eq(s->comparison->grades[IN].verdict, CA_IMPROVED);
    ck_assert_int_eq(s->comparison->grades[G].verdict, CA_HIGHER);
    ck_assert_int_eq(s->comparison->grades[O].verdict, CA_NO_CLEAR_CHANGE);
}
END_TEST

START_TEST(trend_over_the_quarters_between)
{
    published_quarters();
    audits("2023-08-01", G, 20);
    audits("2023-08-01", RI, 10);
    request.compare = "2023-24 Q1";
    make();
    ck_assert_uint_eq(s->row_count, 1);
    ck_assert_uint_eq(s->comparison->trend.periods, 3);
    ck_assert(s->comparison->trend.judged);
    /* The same as when the quarters are shown. */
    struct ca_figure m2 = s->comparison->trend.m2;
    request.compare = NULL;
    request.periods = "2023-24 Q1..2023-24 Q3";
    make();
    ck_assert_uint_eq(s->row_count, 3);
    ck_figure(s->comparison->trend.m2, m2.value);
    ck_assert_ptr_eq(s->comparison->from, &s->rows[0]);
    ck_assert_ptr_eq(s->comparison->to, &s->rows[2]);
}
END_TEST

/* ---- periods ---- */

START_TEST(audits_belong_to_a_period_by_date)
{
    fixture_template(f, &plain);
    audits("2023-09-30", G, 1);
    audits("2023-10-01", G, 2);
    audits("2023-12-31", O, 3);
    audits("2024-01-01", G, 4);
    request.period = "2023-24 Q3";
    make();
    ck_figure(s->rows[0].audits, 5);
    ck_assert_uint_eq(s->rows[0].month_count, 3);
    ck_figure(s->rows[0].months[0].audits, 2);
    ck_figure(s->rows[0].months[1].audits, 0);
    ck_figure(s->rows[0].months[2].positive, 3);
    request.period = "2023-24";
    make();
    ck_figure(s->rows[0].audits, 10);
    request.period = "2023-12-31..2024-01-01";
    make();
    ck_figure(s->rows[0].audits, 7);
    request.period = NULL;
    make();
    ck_assert_str_eq(s->rows[0].period.id, "2023-24 Q4");
    f->material.year_start = 9;
    request.period = "2023-24 Q2";
    make();
    ck_figure(s->rows[0].audits, 7);
}
END_TEST

START_TEST(nothing_audited_has_no_percentages)
{
    fixture_template(f, &plain);
    audits("2023-05-01", G, 1);
    request.period = "2022-23 Q1";
    make();
    ck_figure(s->rows[0].audits, 0);
    ck_figure(s->rows[0].grades[G].count, 0);
    ck_assert_int_eq(s->rows[0].grades[G].tenths.shown, CA_NO_OBSERVATIONS);
    ck_assert_int_eq(s->rows[0].positive.low.shown, CA_NO_OBSERVATIONS);
    ck_assert(says("0 files audited in 2022-23 Q1."));
}
END_TEST

START_TEST(what_makes_no_sense_is_refused)
{
    static const char *const by[] = {"taem"};

    fixture_template(f, &plain);
    ck_assert_ptr_nonnull(strstr(fixture_refusal(f, &request), "no audits by 'file'"));
    audits("2023-05-01", G, 1);
    request.compare = "2023-24 Q1";
    ck_assert_ptr_nonnull(strstr(fixture_refusal(f, &request), "itself"));
    request.compare = "2023-24 Q3";
    ck_assert_ptr_nonnull(strstr(fixture_refusal(f, &request), "is after"));
    request.compare = "2023-24";
    ck_assert_ptr_nonnull(
        strstr(fixture_refusal(f, &request), "2023-24 Q1 lies in 2023-24: a part"));
    request.compare = "2023-05";
    ck_assert_ptr_nonnull(strstr(fixture_refusal(f, &request), "2023-05 lies in 2023-24 Q1"));
    request.compare = "2023-03-01..2023-04-30";
    ck_assert_ptr_nonnull(strstr(fixture_refusal(f, &request), "overlap"));
    request.compare = "benchmark:2022";
    ck_assert_ptr_nonnull(strstr(fixture_refusal(f, &request), "no benchmark '2022'"));
    request.compare = NULL;
    request.by = by;
    request.by_count = 1;
    ck_assert_ptr_nonnull(strstr(fixture_refusal(f, &request), "did you mean 'team'"));
    request.by_count = 0;
    request.period = "2023-24 Q1";
    request.periods = "2023-24 Q1..2023-24 Q2";
    ck_assert_ptr_nonnull(strstr(fixture_refusal(f, &request), "one of them"));
}
END_TEST

/* ---- adding up ---- */

static void grouped_audits(void)
{
    static const char *const teams[] = {"north", "south", NULL};
    static const char *const routes[] = {"adoption", "kin"};

    fixture_template(f, &plain);
    for (int i = 0; i < 60; i++) {
        struct ca_tally *t = fixture_audit(f, i % 2 ? "2023-05-01" : "2023-06-01", i % 5 - 1);
        const char **values = (const char **)t->attributes;
        values[0] = teams[i % 3];
        values[1] = routes[i % 7 % 2];
    }
}

START_TEST(groups_add_up_to_the_total)
{
    static const char *const by[] = {"team", "route"};
    int64_t sums[4] = {0}, audited = 0, not_graded = 0;

    grouped_audits();
    request.by = by;
    request.by_count = 2;
    make();
    ck_assert_uint_eq(s->row_count, 7);
    ck_assert(s->rows[0].total);
    for (size_t i = 1; i < s->row_count; i++) {
        for (size_t g = 0; g < 4; g++)
            sums[g] += s->rows[i].grades[g].count.value;
        audited += s->rows[i].audits.value;
        not_graded += s->rows[i].not_graded.value;
    }
    for (size_t g = 0; g < 4; g++)
        ck_figure(s->rows[0].grades[g].count, sums[g]);
    ck_figure(s->rows[0].audits, audited);
    ck_figure(s->rows[0].not_graded, not_graded);
    ck_assert_int_eq(audited, 60);
    ck_assert_int_eq(not_graded, 12);
    ck_figure(s->rows[0].graded, 48);
    /* In the order of the list and with its labels; what is not in it comes after. */
    ck_assert_str_eq(s->rows[1].name, "North, adoption");
    ck_assert_str_eq(s->rows[1].group[0], "north");
    ck_assert_str_eq(s->rows[3].name, "south, adoption");
    /* Those without a team come last and are not lost. */
    ck_assert_ptr_null(s->rows[6].group[0]);
    ck_assert_str_eq(s->rows[6].name, "not recorded, kin");
}
END_TEST

START_TEST(sections_agencies_and_measures_add_up)
{
    const struct shape shape = {.id = "maap",
                                .sections = 2,
                                .agencies = 2,
                                .measures = 2,
                                .limits = 1,
                                .alerts = 1,
                                .themes = 1};

    fixture_template(f, &shape);
    for (int i = 0; i < 10; i++) {
        struct ca_tally *t = fixture_audit(f, "2023-05-01", G);
        static const struct ca_tally_section rows[] = {{0, -1, RI}, {0, 0, G}, {0, 1, RI},
                                                       {1, -1, O},  {1, 0, O}, {1, 1, -1}};
        static const struct ca_tally_agency returned[] = {{0, G, -1}, {1, RI, G}};
        static const struct ca_tally_measure measured[] = {{0, 1, 1}, {1, 2500, 1}};
        static const int one[] = {0, 0};
        static const struct ca_tally_theme found[] = {{0, true}, {0, false}, {-1, true}};
        t->sections = rows;
        t->section_count = i < 7 ? 6 : 3;
        t->agencies = returned;
        t->agency_count = i < 4 ? 2 : 1;
        t->measures = measured;
        t->measure_count = 2;
        t->alerts = t->limits = one;
        t->alert_count = t->limit_count = i < 3 ? 2 : 0;
        t->themes = found;
        t->theme_count = 3;
    }
    make();
    ck_figure(s->rows[0].sections[0].shares[RI].count, 10);
    ck_figure(s->rows[0].sections[1].graded, 7);
    ck_figure(s->rows[0].agencies[0].returns, 10);
    ck_figure(s->rows[0].agencies[1].returns, 4);
    ck_figure(s->rows[0].agencies[1].overall.shares[RI].count, 4);
    ck_figure(s->rows[0].agencies[1].grid[1].not_graded, 7);
    ck_figure(s->rows[0].measures[0].share.tenths, 1000);
    ck_figure(s->rows[0].measures[1].mean, 250);
    ck_figure(s->rows[0].limits[0], 3);
    ck_figure(s->rows[0].alerts[0], 3);
    ck_assert_uint_eq(s->theme_count, 2);
    ck_figure(s->rows[0].themes[0].improvements, 10);
    ck_figure(s->rows[0].themes[1].strengths, 10);
}
END_TEST

START_TEST(public_themes_are_not_in_auditors_words)
{
    static const struct ca_tally_theme found[] = {{0, true}, {1, true}, {1, false}};
    struct ca_stored_part themes[] = {{.id = "voice", .label = "Child's voice", .parent = -1},
                                      {.id = "Jo Smith", .label = "Jo Smith", .parent = -1}};

    fixture_template(f, &plain);
    f->templates[0].themes = (struct ca_stored_parts){themes, 2};
    for (int i = 0; i < 8; i++) {
        struct ca_tally *t = fixture_audit(f, "2023-05-01", G);
        t->themes = found;
        t->theme_count = 3;
    }
    make();
    ck_assert_uint_eq(s->theme_count, 2);
    ck_assert_str_eq(s->themes[1].label, "Jo Smith");
    request.audience = CA_PUBLIC;
    make();
    ck_assert_uint_eq(s->theme_count, 2);
    ck_assert_ptr_null(s->themes[1].id);
    ck_assert_str_eq(s->themes[1].label, "Other");
    ck_figure(s->rows[0].themes[1].strengths, 8);
    ck_figure(s->rows[0].themes[1].improvements, 8);
}
END_TEST

START_TEST(actions_are_overdue_as_of_a_day)
{
    static struct ca_tally_action actions[4];
    static const char *const due[] = {"2023-06-01", "2023-06-29", "2023-06-30", "2023-06-01"};
    struct ca_tally *t;

    fixture_template(f, &plain);
    t = fixture_audit(f, "2023-05-01", G);
    for (size_t i = 0; i < 4; i++) {
        ck_assert(ca_date_parse(due[i], &actions[i].due));
        actions[i].completed = CA_NO_DATE;
    }
    /* Completed a day after the quarter: overdue at its end. */
    ck_assert(ca_date_parse("2023-07-01", &actions[0].completed));
    actions[0].verified = true;
    t->actions = actions;
    t->action_count = 4;
    make();
    ck_figure(s->rows[0].actions.raised, 4);
    ck_figure(s->rows[0].actions.completed, 1);
    ck_figure(s->rows[0].actions.verified, 1);
    ck_figure(s->rows[0].actions.overdue, 3);
    ck_assert(ca_date_parse("2023-07-01", &request.as_of));
    make();
    ck_figure(s->rows[0].actions.overdue, 3);
    ck_assert(ca_date_parse("2023-06-02", &request.as_of));
    make();
    ck_figure(s->rows[0].actions.overdue, 2);
}
END_TEST

START_TEST(moderation_compares_with_the_auditor)
{
    static const int pairs[][2] = {{G, G}, {G, RI}, {RI, IN}, {O, O}, {IN, RI}, {G, -1}};

    fixture_template(f, &plain);
    for (size_t i = 0; i < 6; i++) {
        struct ca_tally *t = fixture_audit(f, "2023-05-01", G);
        t->judged = pairs[i][0];
        t->computed = IN; /* plays no part where the template judges */
        t->moderated = pairs[i][1];
    }
    make();
    ck_figure(s->rows[0].moderation.moderated, 5);
    ck_figure(s->rows[0].moderation.agreed, 2);
    ck_figure(s->rows[0].moderation.raised, 1);
    ck_figure(s->rows[0].moderation.lowered, 2);
    ck_figure(s->rows[0].moderation.shift, -200);
    ck_figure(s->rows[0].moderation.pairs[G * 4 + RI], 1);
    f->templates[0].judged = false;
    make();
    ck_figure(s->rows[0].moderation.lowered, 0);
    ck_figure(s->rows[0].moderation.raised, 4);
}
END_TEST

/* ---- population, benchmark, history, series ---- */

START_TEST(coverage_and_a_finite_population)
{
    fixture_template(f, &plain);
    audits("2023-05-01", G, 24);
    audits("2023-05-01", IN, 8);
    fixture_population(f, "2023-24 Q1", 200);
    make();
    ck_figure(s->rows[0].population, 200);
    ck_figure(s->rows[0].coverage, 160);
    ck_assert(s->rows[0].finite);
    ck_figure(s->rows[0].grades[G].low, 594);
    ck_figure(s->rows[0].grades[G].high, 860);
    /* One that was chosen for a reason: the population no longer narrows the interval. */
    f->tallies[3].selection = CA_SELECTION_TARGETED;
    make();
    ck_assert(!s->rows[0].finite);
    ck_figure(s->rows[0].grades[G].low, 579);
    ck_figure(s->rows[0].coverage, 160);
}
END_TEST

START_TEST(a_year_has_the_population_of_its_quarters)
{
    fixture_template(f, &plain);
    audits("2023-05-01", G, 10);
    fixture_population(f, "2023-24 Q1", 40);
    fixture_population(f, "2023-24 Q2", 40);
    fixture_population(f, "2023-24 Q3", 40);
    request.period = "2023-24";
    make();
    ck_assert_int_eq(s->rows[0].population.shown, CA_NO_OBSERVATIONS);
    fixture_population(f, "2023-24 Q4", 30);
    make();
    ck_figure(s->rows[0].population, 150);
}
END_TEST

START_TEST(a_population_smaller_than_its_audits)
{
    fixture_template(f, &plain);
    audits("2023-05-01", G, 24);
    fixture_population(f, "2023-24 Q1", 23);
    ck_assert_ptr_nonnull(
        strstr(fixture_refusal(f, &request), "population of 2023-24 Q1 is 23"));
}
END_TEST

START_TEST(compared_with_a_benchmark)
{
    published_quarters();
    fixture_benchmark(f, "first", "2023-24 Q1");
    request.compare = "benchmark:first";
    make();
    ck_assert_str_eq(s->comparison->benchmark, "first");
    ck_figure(s->comparison->grades[IN].from.count, 4);
    ck_assert(says("benchmark 'first' (2023-24 Q1)"));
}
END_TEST

START_TEST(counts_from_before_the_store)
{
    static const char *const by[] = {"team"};

    fixture_template(f, &plain);
    audits("2023-05-01", G, 10);
    fixture_history(f, "2022-23 Q4", G, 21);
    fixture_history(f, "2022-23 Q4", IN, 5);
    /* Of a quarter that has audits by now: they count, not this. */
    fixture_history(f, "2023-24 Q1", IN, 7);
    request.compare = "2022-23 Q4";
    make();
    ck_figure(s->rows[0].audits, 10);
    ck_figure(s->comparison->from->history, 26);
    ck_figure(s->comparison->grades[IN].from.count, 5);
    request.compare = NULL;
    request.period = "2023-01-01..2023-06-30";
    request.by = by;
    request.by_count = 1;
    make();
    ck_figure(s->rows[0].audits, 36);
    ck_assert_uint_eq(s->row_count, 2);
    ck_figure(s->rows[1].audits, 36);
}
END_TEST

START_TEST(a_series_marks_its_break)
{
    static const char *const ids[] = {"old", "new"};
    const struct shape old = {.id = "old"}, new = {.id = "new"};

    fixture_template(f, &old);
    audits("2022-05-01", G, 3);
    fixture_template(f, &new);
    audits("2022-11-01", IN, 2);
    request.templates = ids;
    request.template_count = 2;
    request.periods = "2022-23 Q1..2022-23 Q3";
    make();
    ck_assert_str_eq(s->template_id, "old,new");
    ck_assert_uint_eq(s->break_count, 1);
    ck_assert_str_eq(s->breaks[0].period, "2022-23 Q3");
    ck_figure(s->rows[2].audits, 2);
    ck_assert(says("The series changes from 'Audit by old' to 'Audit by new' in 2022-23 Q3"));
}
END_TEST

START_TEST(other_scales_are_not_mixed)
{
    static const struct ca_stored_grade other[] = {{"met", "Met", NULL, 1, 1, true},
                                                   {"unmet", "Unmet", NULL, 0, 0, false}};
    const struct shape second = {.id = "second"};

    fixture_template(f, &plain);
    audits("2023-05-01", G, 3);
    fixture_template(f, &second);
    f->templates[1].grades = other;
    f->templates[1].grade_count = 2;
    audits("2023-08-01", 1, 3);
    request.framework = "graded-standards";
    request.period = "2023-24";
    ck_assert_ptr_nonnull(strstr(fixture_refusal(f, &request), "another scale"));
    request.period = "2023-24 Q2";
    make();
    ck_assert_uint_eq(s->grade_count, 2);
    ck_figure(s->rows[0].grades[1].count, 3);
}
END_TEST

/* ---- monthly chart, indicators ---- */

START_TEST(a_year_of_months_makes_a_chart)
{
    char date[24];

    fixture_template(f, &plain);
    for (int m = 1; m <= 11; m++) {
        snprintf(date, sizeof date, "2023-%02d-05", m);
        audits(date, G, 6 + (size_t)(m % 2));
        audits(date, IN, 4);
    }
    make();
    ck_assert(!s->xmr.present);
    audits("2024-01-05", NONE, 1);
    make();
    ck_assert(s->xmr.present);
    ck_assert_uint_eq(s->xmr.point_count, 11);
    ck_assert(s->xmr.trial);
    audits("2024-01-06", G, 1);
    make();
    ck_assert_uint_eq(s->xmr.point_count, 12);
    ck_assert(!s->xmr.trial);
    ck_assert_str_eq(s->xmr.points[0].month, "2023-01");
    ck_figure(s->xmr.points[1].percent, 600);
    /* One audit in the last month: no share of it can stand out. */
    ck_assert(s->xmr.p_chart && !s->xmr.quarters);
    ck_assert_int_eq(s->xmr.lower.shown, CA_NOT_APPLICABLE);
    ck_figure(s->xmr.points[11].lower, 0);
    ck_figure(s->xmr.points[11].upper, 1000);
    ck_assert_ptr_null(s->xmr.points[11].signal);
    audits("2024-01-07", G, 19);
    make();
    ck_assert(!s->xmr.p_chart);
    ck_assert_str_eq(s->xmr.points[11].signal, "outside limits");
    ck_assert(s->xmr.upper.value <= 1000 && s->xmr.lower.value >= 0);
}
END_TEST

START_TEST(few_audits_make_a_chart_of_quarters)
{
    char date[16];

    fixture_template(f, &plain);
    for (int m = 1; m <= 12; m++) {
        snprintf(date, sizeof date, "2023-%02d-05", m);
        audits(date, m % 2 ? G : IN, 3);
    }
    make();
    ck_assert(s->xmr.present && s->xmr.quarters && s->xmr.p_chart && s->xmr.trial);
    ck_assert_uint_eq(s->xmr.point_count, 4);
    ck_assert_str_eq(s->xmr.points[0].month, "2022-23 Q4");
    ck_figure(s->xmr.points[0].graded, 9);
    ck_assert(says("There are too few audits for a chart of months. Quarter by quarter"));
}
END_TEST

START_TEST(the_neglect_table)
{
    static const char *const quarters[] = {"2022-23 Q1", "2022-23 Q2", "2022-23 Q3",
                                           "2022-23 Q4"};
    static const int64_t counts[][2] = {{178, 1123}, {152, 1053}, {126, 836}, {98, 742}};
    static const int64_t tenths[] = {159, 144, 151, 132};

    fixture_template(f, &plain);
    audits("2023-02-01", G, 3);
    request.periods = "2022-23 Q1..2022-23 Q4";
    for (size_t i = 0; i < 4; i++)
        fixture_indicator(f, "neglect", quarters[i], counts[i][0], counts[i][1],
                          CA_POLARITY_DOWN);
    fixture_indicator(f, "later", "2023-24 Q4", 1, 0, CA_POLARITY_UP);
    make();
    ck_assert_uint_eq(s->indicator_count, 1);
    for (size_t i = 0; i < 4; i++)
        ck_figure(s->indicators[0].points[i].share.tenths, tenths[i]);
    ck_assert_int_eq(s->indicators[0].direction, CA_DOWN);
    ck_assert_str_eq(s->indicators[0].merit, "unclear");
    ck_figure(s->indicators[0].trend.m2, 1864);
    ck_figure(s->indicators[0].trend.p, 172);
    ck_assert_int_eq(s->indicators[0].trend.verdict, CA_NO_CLEAR_CHANGE);
    ck_assert(says("Of 1 figure from elsewhere, 0 clearly go in the right direction"));
    /* What is older than the periods shown says nothing of them. */
    request.periods = "2022-23 Q3..2022-23 Q4";
    make();
    ck_assert_uint_eq(s->indicators[0].point_count, 2);
    request.periods = "2023-24 Q1..2023-24 Q2";
    make();
    ck_assert_uint_eq(s->indicator_count, 0);
}
END_TEST

START_TEST(a_clear_trend_from_elsewhere_is_better_or_worse)
{
    fixture_template(f, &plain);
    audits("2023-12-01", G, 3);
    request.periods = "2023-24 Q1..2023-24 Q3";
    fixture_indicator(f, "rising", "2023-24 Q1", 10, 100, CA_POLARITY_UP);
    fixture_indicator(f, "rising", "2023-24 Q2", 30, 100, CA_POLARITY_UP);
    fixture_indicator(f, "rising", "2023-24 Q3", 50, 100, CA_POLARITY_UP);
    fixture_indicator(f, "value", "2023-24 Q1", 10, 0, CA_POLARITY_UP);
    fixture_indicator(f, "value", "2023-24 Q3", 50, 0, CA_POLARITY_UP);
    make();
    ck_assert_str_eq(s->indicators[0].merit, "better");
    ck_assert_str_eq(s->indicators[1].merit, "unclear");
    ck_assert(says("Of 2 figures from elsewhere, 1 clearly goes in the right direction and 0 "
                   "in the wrong one."));
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("summary");
    TCase *tcase = tcase_create("all");
    const TTest *const tests[] = {a_marked_drop_is_no_clear_change,
                                  a_clear_change_is_said_to_be_one,
                                  trend_over_the_quarters_between,
                                  audits_belong_to_a_period_by_date,
                                  nothing_audited_has_no_percentages,
                                  what_makes_no_sense_is_refused,
                                  groups_add_up_to_the_total,
                                  sections_agencies_and_measures_add_up,
                                  public_themes_are_not_in_auditors_words,
                                  actions_are_overdue_as_of_a_day,
                                  moderation_compares_with_the_auditor,
                                  coverage_and_a_finite_population,
                                  a_year_has_the_population_of_its_quarters,
                                  a_population_smaller_than_its_audits,
                                  compared_with_a_benchmark,
                                  counts_from_before_the_store,
                                  a_series_marks_its_break,
                                  other_scales_are_not_mixed,
                                  a_year_of_months_makes_a_chart,
                                  few_audits_make_a_chart_of_quarters,
                                  the_neglect_table,
                                  a_clear_trend_from_elsewhere_is_better_or_worse,
                                  NULL};

    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t i = 0; tests[i] != NULL; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
