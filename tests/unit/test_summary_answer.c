/*
 * What a summary says. First each rule by which a sentence comes from the figures, one by one;
 * then random stores, of whose summaries no two sentences may contradict each other, nor any
 * its figures.
 */
#include <stdio.h>
#include <string.h>

#include "core/report/summary/summary_html.h"
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

static void audits(const char *date, int grade, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fixture_audit(f, date, grade);
}

static size_t times_said(const char *text)
{
    size_t times = 0;

    for (size_t i = 0; i < s->answer_count; i++)
        times += strstr(s->answer[i], text) != NULL;
    return times;
}

#define ck_says(text)                                                                          \
    ck_assert_msg(times_said(text) == 1, "said %zu times: %s", times_said(text), (text))
#define ck_silent(text) ck_assert_msg(times_said(text) == 0, "said: %s", (text))

/* ---- the headline ---- */

/* Good audits and inadequate ones in each quarter of 2022-23 and 2023-24, as many as given. */
static void quarters(const size_t (*counts)[2], size_t count)
{
    static const char *const dates[] = {"2022-05-01", "2022-08-01", "2022-11-01", "2023-02-01",
                                        "2023-05-01", "2023-08-01", "2023-11-01", "2024-02-01"};

    fixture_template(f, &plain);
    for (size_t i = 0; i < count; i++) {
        audits(dates[i], G, counts[i][0]);
        audits(dates[i], IN, counts[i][1]);
    }
}

START_TEST(the_change_leads_over_three_periods)
{
    static const size_t counts[][2] = {{10, 30}, {20, 20}, {34, 6}};

    quarters(counts, 3);
    request.periods = "2022-23 Q1..2022-23 Q3";
    make();
    ck_assert_int_eq(s->headline.of, CA_HEADLINE_CHANGE);
    ck_says("34 of 40 (85%) good or better (95% interval 71% to 93%): improved since 2022-23 "
            "Q1, when it was 10 of 40 (25%).");
    ck_assert_ptr_null(s->headline.why);
    ck_assert_str_eq(s->brief.verdict,
                     "34 of 40 (85%) good or better in 2022-23 Q3: improved since 2022-23 Q1.");
}
END_TEST

START_TEST(the_trend_leads_from_four_periods_on)
{
    static const size_t counts[][2] = {{14, 6}, {12, 8}, {15, 5}, {14, 6},
                                       {16, 4}, {17, 3}, {17, 3}, {18, 2}};

    quarters(counts, 8);
    request.periods = "2022-23 Q1..2023-24 Q4";
    make();
    ck_assert_int_eq(s->headline.of, CA_HEADLINE_TREND);
    ck_assert_int_eq(s->headline.verdict, CA_IMPROVING);
    ck_says("18 of 20 (90%) good or better (95% interval 70% to 97%): improving over the 8 "
            "periods from 2022-23 Q1 to 2023-24 Q4.");
    /* The first and the last quarter alone show nothing, and it is said why. */
    ck_assert_int_eq(s->comparison->positive.verdict, CA_NO_CLEAR_CHANGE);
    ck_says("From 2022-23 Q1 alone the change is not clear: two periods have fewer audits than "
            "all 8, which show the trend.");
    /* And no grade is compared apart from it. */
    ck_silent("no clear change");
    ck_says("2 of 20 (10%) inadequate.");
}
END_TEST

START_TEST(a_change_without_a_trend_says_why)
{
    static const size_t counts[][2] = {{10, 20}, {29, 1}, {3, 27}, {22, 8}};

    quarters(counts, 4);
    request.periods = "2022-23 Q1..2022-23 Q4";
    make();
    ck_assert_int_eq(s->comparison->positive.verdict, CA_IMPROVED);
    ck_assert_int_eq(s->headline.verdict, CA_NO_CLEAR_CHANGE);
    ck_says(": no clear trend over the 4 periods");
    ck_says("2022-23 Q4 alone is better since 2022-23 Q1; the periods between do not keep one "
            "direction.");
}
END_TEST

START_TEST(periods_without_audits_are_none_of_a_trend)
{
    static const size_t counts[][2] = {{10, 10}, {0, 0}, {11, 9}, {12, 8}};

    quarters(counts, 4);
    request.periods = "2022-23 Q1..2022-23 Q4";
    make();
    ck_assert_uint_eq(s->comparison->trend.periods, 3);
    ck_assert_int_eq(s->headline.of, CA_HEADLINE_CHANGE);
    /* Nor is the first of them compared with, if it has none. */
    request.periods = "2021-22 Q4..2022-23 Q4";
    make();
    ck_assert_str_eq(s->comparison->from->period.id, "2022-23 Q1");
}
END_TEST

START_TEST(borderline_is_said_to_be_so)
{
    bool found = false;

    /* A pair of samples of which the test and the interval disagree; both ways exist. */
    for (int64_t a = 0; a <= 12 && !found; a++)
        for (int64_t b = a; b <= 12 && !found; b++) {
            struct ca_difference c = ca_compare(a, 12, b, 12, CA_MORE_IS_BETTER);
            if (c.verdict != CA_BORDERLINE)
                continue;
            fixture_template(f, &plain);
            audits("2022-05-01", G, (size_t)a);
            audits("2022-05-01", IN, (size_t)(12 - a));
            audits("2022-08-01", G, (size_t)b);
            audits("2022-08-01", IN, (size_t)(12 - b));
            found = true;
        }
    ck_assert(found);
    request.periods = "2022-23 Q1..2022-23 Q2";
    make();
    ck_assert_int_eq(s->headline.verdict, CA_BORDERLINE);
    ck_assert_uint_gt(times_said("borderline since 2022-23 Q1"), 0);
    ck_assert_uint_gt(times_said("the test and the interval disagree"), 0);
}
END_TEST

/* ---- breaks ---- */

static const char *const series[] = {"old", "new"};

static void two_templates(void)
{
    const struct shape old = {.id = "old"}, new = {.id = "new"};

    fixture_template(f, &old);
    audits("2022-05-01", G, 10);
    audits("2022-08-01", G, 10);
    audits("2022-11-01", IN, 4);
    fixture_template(f, &new);
    audits("2022-11-20", G, 6);
    audits("2023-02-01", G, 9);
    request.templates = series;
    request.template_count = 2;
}

START_TEST(a_period_across_a_break_has_two_rows)
{
    two_templates();
    request.periods = "2022-23 Q1..2022-23 Q4";
    make();
    ck_assert_uint_eq(s->row_count, 5);
    ck_assert_str_eq(s->rows[2].when, "2022-23 Q3 (old)");
    ck_assert_str_eq(s->rows[3].when, "2022-23 Q3 (new)");
    ck_assert_int_eq(s->rows[2].audits.value, 4);
    ck_assert_int_eq(s->rows[3].audits.value, 6);
    ck_assert_str_eq(s->rows[4].when, "2022-23 Q4");
    ck_assert_str_eq(s->rows[4].template_id, "new");
    /* Compared within the new one, and no trend over both. */
    ck_assert_ptr_eq(s->comparison->from, &s->rows[3]);
    ck_assert(!s->comparison->broken);
    ck_assert(!s->comparison->trend.judged);
}
END_TEST

START_TEST(nothing_is_compared_across_a_break)
{
    two_templates();
    request.period = "2022-23 Q4";
    request.compare = "2022-23 Q1";
    make();
    ck_assert(s->comparison->broken);
    ck_assert(!s->comparison->positive.judged);
    ck_assert_int_eq(s->comparison->positive.p.shown, CA_NOT_APPLICABLE);
    ck_assert_int_eq(s->headline.of, CA_HEADLINE_NONE);
    ck_says("2022-23 Q4 is not compared with 2022-23 Q1: the break of the series lies between "
            "them.");
    ck_says("The series changes from 'Audit by old' to 'Audit by new' in 2022-23 Q3");
}
END_TEST

START_TEST(the_chart_of_months_stays_on_one_side_of_a_break)
{
    const struct shape old = {.id = "old"}, new = {.id = "new"};
    char date[40];

    fixture_template(f, &old);
    for (int m = 1; m <= 12; m++) {
        snprintf(date, sizeof date, "2022-%02d-05", m);
        audits(date, IN, 12);
    }
    fixture_template(f, &new);
    for (int m = 1; m <= 12; m++) {
        snprintf(date, sizeof date, "2023-%02d-05", m);
        audits(date, G, 12);
    }
    request.templates = series;
    request.template_count = 2;
    request.period = "2023-24 Q3";
    make();
    ck_assert_uint_eq(s->xmr.point_count, 12);
    ck_assert_str_eq(s->xmr.points[0].month, "2023-01");
    ck_says("varies no more than chance explains");
}
END_TEST

START_TEST(a_measure_asked_in_another_way_is_two)
{
    static const struct ca_tally_measure met[] = {{0, 1, 1}};
    const struct shape shape = {.id = "file", .measures = 1};
    static const struct ca_measure_change change = {"file", "m0", "1", "2"};

    fixture_template(f, &shape);
    fixture_template(f, &shape);
    f->templates[1].version = "2";
    ((struct ca_stored_part *)f->templates[0].measures.items)[0].id = "m0@1";
    for (int i = 0; i < 8; i++) {
        struct ca_tally *t = fixture_audit(f, "2023-05-01", G);
        t->template = &f->templates[i < 3 ? 0 : 1];
        t->measures = met;
        t->measure_count = 1;
    }
    f->templates[0].audits = 3;
    f->material.changes = &change;
    f->material.change_count = 1;
    make();
    ck_assert_uint_eq(s->measure_count, 2);
    ck_assert_int_eq(s->rows[0].measures[0].share.of.value, 5);
    ck_assert_int_eq(s->rows[0].measures[1].share.of.value, 3);
    ck_assert_uint_eq(s->break_count, 1);
    ck_assert_str_eq(s->breaks[0].from, "file@1");
    ck_says("is asked in another way from 'file@2' on, in place of 'file@1'");
    /* Where the earlier version was not used, there is nothing to tell apart. */
    request.period = "2022-23 Q1";
    make();
    ck_assert_uint_eq(s->measure_count, 1);
    ck_assert_uint_eq(s->break_count, 0);
}
END_TEST

/* ---- groups ---- */

/* 12 of 20 good in each team before; afterwards as many as said. */
static void teams(size_t west, size_t north, size_t south)
{
    static const char *const names[] = {"west", "north", "south"};
    const size_t after[] = {west, north, south};

    fixture_template(f, &plain);
    for (size_t t = 0; t < 3; t++)
        for (size_t i = 0; i < 40; i++) {
            bool good = i < 20 ? i < 12 : i - 20 < after[t];
            struct ca_tally *a =
                fixture_audit(f, i < 20 ? "2023-05-01" : "2023-08-01", good ? G : IN);
            ((const char **)a->attributes)[0] = names[t];
        }
}

static const char *const by_team[] = {"team"};

START_TEST(groups_are_tested_as_one_family)
{
    /* South would be an improvement alone: not one of three. */
    teams(12, 13, 18);
    request.periods = "2023-24 Q1..2023-24 Q2";
    request.by = by_team;
    request.by_count = 1;
    make();
    ck_assert_uint_eq(s->comparison->group_count, 3);
    const struct ca_summary_group_change *south = &s->comparison->groups[2];
    ck_assert_str_eq(south->to->name, "south");
    ck_assert(south->positive.p.value < 50 && south->adjusted.value >= 50);
    ck_assert(!ca_is_clear(south->positive.verdict));
    ck_says("Each of 3 groups was compared with itself in 2023-24 Q1. Looked at together, none "
            "changed clearly.");
}
END_TEST

START_TEST(a_group_that_changed_is_named)
{
    teams(12, 13, 20);
    request.period = "2023-24 Q2";
    request.compare = "2023-24 Q1";
    request.by = by_team;
    request.by_count = 1;
    make();
    ck_says(
        "Allowing for so many comparisons, which find a change by chance now and then: south "
        "improved.");
}
END_TEST

/* ---- agencies ---- */

START_TEST(declared_computed_and_the_difference)
{
    static const struct ca_tally_agency returned[][2] = {
        {{0, RI, G}, {1, G, G}}, {{0, IN, O}, {1, G, RI}}, {{0, G, NONE}, {1, G, G}}};
    const struct shape shape = {.id = "maap", .agencies = 2}, other = {.id = "other"};

    fixture_template(f, &shape);
    for (int i = 0; i < 3; i++) {
        struct ca_tally *t = fixture_audit(f, "2023-05-01", G);
        t->agencies = returned[i];
        t->agency_count = i == 1 ? 1 : 2;
    }
    /* Audits by a template without agencies ask none. */
    fixture_template(f, &other);
    audits("2023-05-02", G, 4);
    request.framework = "graded-standards";
    make();
    ck_assert_int_eq(s->rows[0].audits.value, 7);
    const struct ca_summary_agency *a = s->rows[0].agencies;
    ck_assert_int_eq(a[0].asked.value, 3);
    ck_assert_int_eq(a[0].returns.value, 3);
    ck_assert_int_eq(a[1].returns.value, 2);
    ck_assert_int_eq(a[0].declared.shares[O].count.value, 1);
    ck_assert_int_eq(a[0].declared.not_graded.value, 1);
    ck_assert_int_eq(a[0].overall.shares[IN].count.value, 1);
    ck_assert_int_eq(a[0].better.value, 2);
    ck_assert_int_eq(a[0].same.value, 0);
    ck_says(
        "Agencies graded their own practice in 4 returns: 2 times better than their answers "
        "come to, 2 times the same and 0 times worse.");
}
END_TEST

/* ---- actions ---- */

START_TEST(overdue_is_of_all_periods)
{
    static struct ca_tally_action actions[3];
    static const char *const due[] = {"2023-04-10", "2023-06-01", "2024-03-01"};

    fixture_template(f, &plain);
    for (size_t i = 0; i < 3; i++) {
        ck_assert(ca_date_parse(due[i], &actions[i].due));
        actions[i].completed = CA_NO_DATE;
    }
    for (int q = 0; q < 3; q++) {
        static const char *const dates[] = {"2023-03-01", "2023-05-01", "2023-08-01"};
        struct ca_tally *t = fixture_audit(f, dates[q], G);
        t->actions = actions;
        t->action_count = q == 2 ? 3 : 2;
    }
    request.period = "2023-24 Q2";
    make();
    ck_assert_int_eq(s->rows[0].actions.overdue.value, 2);
    ck_assert_int_eq(s->standing.open.value, 7);
    ck_assert_int_eq(s->standing.overdue.value, 6);
    ck_says("3 actions were raised in 2023-24 Q2, 0 completed, 0 verified by someone else; of "
            "these 2 were overdue on 30 September 2023.");
    ck_says(
        "Over all periods 7 actions were open on that day and 6 of them overdue, the oldest "
        "due on 10 April 2023.");
    ck_assert_str_eq(s->brief.overdue,
                     "6 actions overdue on 30 September 2023, the oldest since 10 April 2023.");
    ck_assert_str_eq(s->brief.decisions[0], "Who finishes the overdue actions, and by when.");
}
END_TEST

/* ---- the brief ---- */

START_TEST(alerts_of_unsafe_children_come_first)
{
    static const int both[] = {0, 1};
    const struct shape shape = {.id = "file", .alerts = 2};
    struct ca_stored_part parts[] = {
        {.id = "u", .label = "No plan: head of service within a day.", .detail = CA_URGENT},
        {.id = "i",
         .label = "A child may be unsafe. Tell the manager today.",
         .detail = CA_IMMEDIATE}};

    fixture_template(f, &shape);
    f->templates[0].alerts = (struct ca_stored_parts){parts, 2};
    for (int i = 0; i < 4; i++) {
        struct ca_tally *t = fixture_audit(f, "2023-05-01", G);
        t->alerts = both;
        t->alert_count = i < 2 ? 2 : 1;
    }
    make();
    ck_assert_uint_eq(s->brief.alert_count, 2);
    ck_assert_str_eq(s->brief.alerts[0],
                     "2 immediate: A child may be unsafe. Tell the manager today.");
    ck_assert_str_eq(s->brief.alerts[1], "4 urgent: No plan: head of service within a day.");
    ck_assert_str_eq(s->brief.decisions[0], "Who confirms today that these children are safe.");
    request.audience = CA_PUBLIC;
    make();
    ck_assert_uint_eq(s->brief.alert_count, 0);
}
END_TEST

/* Audits whose measures m0, m2, m3 … are met in so many of 40. */
static void measured(const size_t *met, size_t count)
{
    const struct shape shape = {.id = "file", .measures = count + 1};

    fixture_template(f, &shape);
    for (size_t i = 0; i < 40; i++) {
        struct ca_tally *t = fixture_audit(f, "2023-05-01", G);
        struct ca_tally_measure *list = FIXTURE_ARRAY(f, count, struct ca_tally_measure);
        for (size_t k = 0; k < count; k++)
            list[k] = (struct ca_tally_measure){k == 0 ? 0 : (int)k + 1, i < met[k], 1};
        t->measures = list;
        t->measure_count = count;
    }
}

START_TEST(the_surest_worries_and_strengths)
{
    static const size_t met[] = {10, 5, 40, 29, 39, 31, 38};

    measured(met, 7);
    make();
    ck_assert_uint_eq(s->brief.worry_count, 3);
    ck_assert_str_eq(s->brief.worries[0].what, "Label of m2");
    ck_assert_str_eq(s->brief.worries[0].evidence, "5 of 40 (13%)");
    ck_assert_str_eq(s->brief.worries[1].what, "Label of m0");
    /* 29 of 40 is below three in four in these, and its interval on both sides. */
    ck_assert_str_eq(s->brief.worries[2].evidence, "29 of 40 (73%), unsure");
    ck_assert_uint_eq(s->brief.strength_count, 3);
    ck_assert_str_eq(s->brief.strengths[0].evidence, "40 of 40 (100%)");
    ck_assert(s->brief.strengths[2].sure);
}
END_TEST

START_TEST(targets_have_three_states)
{
    static const size_t met[] = {39, 20, 30, 6};
    static const struct ca_target targets[] = {
        {"m0", 80000, false}, {"m2", 80000, false}, {"m3", 80000, false}, {"m4", 20000, true}};

    measured(met, 4);
    request.targets = targets;
    request.target_count = 4;
    make();
    const struct ca_summary_measure *m = s->rows[0].measures;
    ck_assert_int_eq(m[0].state, CA_TARGET_MET);
    ck_assert_int_eq(m[2].state, CA_TARGET_MISSED);
    ck_assert_int_eq(m[3].state, CA_TARGET_UNSURE);
    ck_assert_int_eq(m[4].state, CA_TARGET_UNSURE);
    ck_assert_str_eq(ca_target_state_words(m[3].state), "cannot be told from so few");
    ck_assert_int_eq(m[1].state, CA_NO_TARGET);
    /* What cannot be told is neither a worry nor a strength. */
    ck_assert_uint_eq(s->brief.worry_count, 1);
    ck_assert_uint_eq(s->brief.strength_count, 1);
}
END_TEST

/* ---- random stores ---- */

static uint64_t state;

static size_t chance(size_t most)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state >> 11) % most;
}

static const char *random_date(void)
{
    static char date[40];
    size_t month = 3 + chance(24);

    snprintf(date, sizeof date, "%d-%02d-%02d", 2022 + (int)(month / 12), (int)(month % 12) + 1,
             (int)chance(28) + 1);
    return date;
}

/* Grades lean one way with time in some stores, and jump about in others. */
static int random_grade(ca_date date, size_t lean)
{
    int y, m, d;

    ca_date_to_ymd(date, &y, &m, &d);
    size_t late = (size_t)((y - 2022) * 12 + m) / 4;
    if (lean == 1 && chance(8) < late)
        return chance(2) ? O : G;
    if (lean == 2 && chance(8) < late)
        return chance(2) ? RI : IN;
    return (int)chance(5) - 1;
}

static void fill(struct ca_tally *t, size_t lean)
{
    static const char *const names[] = {"west", "north", "south"};
    size_t sections = t->template->sections.count, measures = t->template->measures.count;
    struct ca_tally_section *rows = FIXTURE_ARRAY(f, sections, struct ca_tally_section);
    struct ca_tally_measure *met = FIXTURE_ARRAY(f, measures, struct ca_tally_measure);
    struct ca_tally_action *actions = FIXTURE_ARRAY(f, 2, struct ca_tally_action);
    struct ca_tally_theme *themes = FIXTURE_ARRAY(f, 3, struct ca_tally_theme);

    ((const char **)t->attributes)[0] = names[chance(3)];
    t->grade = t->judged = t->computed = random_grade(t->audit_date, lean);
    for (size_t i = 0; i < sections; i++)
        rows[i] = (struct ca_tally_section){(int)i, -1,
                                            chance(i + 2) ? (int)chance(2) : (int)chance(4)};
    for (size_t i = 0; i < measures; i++)
        met[i] = (struct ca_tally_measure){(int)i, i == 1 ? 2500 : chance(2 + 3 * i) > 0, 1};
    for (size_t i = 0; i < 2; i++)
        actions[i] = (struct ca_tally_action){
            t->audit_date + (ca_date)chance(200),
            chance(2) ? t->audit_date + (ca_date)chance(300) : CA_NO_DATE, false};
    for (size_t i = 0; i < 3; i++)
        themes[i] = (struct ca_tally_theme){(int)chance(3) * (int)chance(2), chance(2) == 0};
    t->sections = rows;
    t->section_count = sections;
    t->measures = met;
    t->measure_count = measures;
    t->actions = actions;
    t->action_count = chance(3);
    t->themes = themes;
    t->theme_count = chance(4);
}

static void random_store(size_t round)
{
    struct shape shape = {
        .id = "old", .sections = 4, .attributes = 2, .measures = 5, .themes = 3};
    size_t templates = 1 + round % 2, size = 20 + chance(260);

    for (size_t k = 0; k < templates; k++) {
        shape.id = series[k];
        fixture_template(f, &shape);
        for (size_t i = 0; i < size / templates; i++)
            fill(fixture_audit(f, random_date(), G), round % 3);
    }
}

static void random_request(size_t round)
{
    static const char *const periods[] = {"2022-23 Q1..2023-24 Q4", "2023-24 Q1..2023-24 Q3",
                                          "2022-23..2023-24", "2023-24 Q2..2023-24 Q3"};

    request.periods = periods[chance(4)];
    if (round % 2 == 1) {
        request.templates = series;
        request.template_count = 2;
    }
    if (chance(2)) {
        request.by = by_team;
        request.by_count = 1;
    }
    request.audience = (enum ca_audience)chance(3);
}

/* ---- what must hold of each ---- */

/* The verdict against p and the interval. */
static void check_verdict(const struct ca_summary_change *c, double p, enum ca_better better)
{
    struct ca_difference d;

    if (!c->judged)
        return;
    d = ca_compare(c->from.count.value, c->from.of.value, c->to.count.value, c->to.of.value,
                   better);
    if (p < 0)
        p = d.p.value;
    ck_assert_int_eq(ca_is_clear(c->verdict), p < .05 && ca_leaves_out_zero(d.interval));
    ck_assert_int_eq(c->verdict == CA_BORDERLINE, (p < .05) != ca_leaves_out_zero(d.interval));
    if (ca_is_better(c->verdict))
        ck_assert_int_eq(c->difference.value > 0, better == CA_MORE_IS_BETTER);
    if (c->low.value > 0 || c->high.value < 0)
        ck_assert_int_ne(c->verdict, CA_NO_CLEAR_CHANGE);
}

static void check_changes(void)
{
    const struct ca_summary_comparison *c = s->comparison;

    if (c == NULL)
        return;
    for (size_t g = 0; g < s->grade_count; g++)
        check_verdict(&c->grades[g], -1, ca_grade_polarity(g, s->grade_count));
    check_verdict(&c->positive, -1, CA_MORE_IS_BETTER);
    for (size_t g = 0; g < c->group_count; g++)
        /* By thousandths, but where these are at the edge. */
        if (c->groups[g].adjusted.value != 50)
            check_verdict(&c->groups[g].positive, (double)c->groups[g].adjusted.value / 1000,
                          CA_MORE_IS_BETTER);
}

static int way_of(enum ca_verdict verdict)
{
    return ca_is_better(verdict) - ca_is_worse(verdict);
}

/* One verdict, in every sentence that tells one; and the other is explained or alike. */
static void check_headline(void)
{
    const struct ca_summary_comparison *c = s->comparison;
    const struct ca_summary_headline *h = &s->headline;
    const char *words = h->verdict == CA_NO_CLEAR_CHANGE && h->of == CA_HEADLINE_TREND
                            ? "no clear trend"
                            : ca_verdict_words(h->verdict);

    if (h->of == CA_HEADLINE_NONE) {
        ck_assert(c == NULL || (!c->positive.judged && !c->trend.judged));
        return;
    }
    ck_assert_int_eq(h->of == CA_HEADLINE_TREND,
                     c->trend.judged && (c->trend.periods >= 4 || !c->positive.judged));
    ck_assert_ptr_nonnull(strstr(s->brief.verdict, words));
    if (c->trend.judged && c->positive.judged) {
        ck_assert_int_eq(way_of(c->trend.verdict) != way_of(c->positive.verdict),
                         h->why != NULL);
        if (h->why != NULL)
            ck_assert_uint_eq(times_said(h->why), 1);
    }
    /* Under a trend no second verdict since the first period is told. */
    if (h->of == CA_HEADLINE_TREND)
        ck_assert_uint_eq(times_said("when it was"), 0);
}

/* n of N (p%) is so wherever it is said. */
static void check_shares(const char *text)
{
    for (const char *at = text; (at = strstr(at, " of ")) != NULL; at += 4) {
        long long count, of, percent;
        const char *begin = at;
        int64_t whole;
        while (begin > text && begin[-1] >= '0' && begin[-1] <= '9')
            begin--;
        if (sscanf(begin, "%lld of %lld (%lld%%)", &count, &of, &percent) != 3)
            continue;
        ck_assert(ca_percent_whole(count, of, &whole));
        ck_assert_int_eq(percent, whole);
    }
}

static void check_sentences(void)
{
    for (size_t i = 0; i < s->answer_count; i++) {
        check_shares(s->answer[i]);
        ck_assert_ptr_null(strstr(s->answer[i], "p ="));
        ck_assert_ptr_null(strstr(s->answer[i], "M²"));
        for (size_t k = 0; k < i; k++)
            ck_assert_str_ne(s->answer[i], s->answer[k]);
    }
}

/* As `action list --overdue` has them, whatever the period; and no fewer than in the rows. */
static void check_overdue(void)
{
    int64_t overdue = 0, in_rows = 0;
    char said[80];

    for (size_t i = 0; i < f->count; i++)
        for (size_t k = 0; k < f->tallies[i].action_count; k++) {
            const struct ca_tally_action *a = &f->tallies[i].actions[k];
            overdue +=
                a->due < s->as_of && (a->completed == CA_NO_DATE || a->completed > s->as_of);
        }
    if (!ca_is_shown(s->standing.overdue))
        return;
    ck_assert_int_eq(s->standing.overdue.value, overdue);
    for (size_t i = 0; i < s->row_count; i++)
        if (s->rows[i].total && ca_is_shown(s->rows[i].actions.overdue))
            in_rows += s->rows[i].actions.overdue.value;
    ck_assert_int_le(in_rows, overdue);
    snprintf(said, sizeof said, "and %lld of them overdue", (long long)overdue);
    if (s->standing.open.value > 0)
        ck_assert_uint_eq(times_said(said), 1);
}

/* The same of each group: together they are all, and the oldest is one of theirs. */
static void check_owing(void)
{
    int64_t open = 0, overdue = 0;
    ca_date oldest = CA_NO_DATE;

    if (request.by_count == 0 || request.audience == CA_PUBLIC) {
        ck_assert_uint_eq(s->owing_count, 0);
        return;
    }
    for (size_t i = 0; i < s->owing_count; i++) {
        const struct ca_summary_standing *one = &s->owing[i].standing;
        ck_assert_int_gt(one->open.value, 0);
        open += one->open.value;
        overdue += one->overdue.value;
        if (one->oldest != CA_NO_DATE && (oldest == CA_NO_DATE || one->oldest < oldest))
            oldest = one->oldest;
    }
    ck_assert_int_eq(open, s->standing.open.value);
    ck_assert_int_eq(overdue, s->standing.overdue.value);
    ck_assert_int_eq(oldest, s->standing.oldest);
}

static size_t words_in(const char *text)
{
    size_t words = 0;

    for (bool in = false; text != NULL && *text != '\0'; text++) {
        words += !in && *text != ' ';
        in = *text != ' ';
    }
    return words;
}

/* Worries stay below three in four, strengths do not, and none is both. */
static void check_brief(void)
{
    const struct ca_summary_brief *b = &s->brief;
    size_t words = words_in(b->verdict) + words_in(b->overdue);

    for (size_t i = 0; i < b->worry_count; i++) {
        ck_assert_int_lt(b->worries[i].share.tenths.value, 750);
        ck_assert_int_eq(b->worries[i].sure, b->worries[i].share.high.value < 750);
        check_shares(b->worries[i].evidence);
        words += words_in(b->worries[i].what) + words_in(b->worries[i].evidence);
        for (size_t k = 0; k < b->strength_count; k++)
            ck_assert_str_ne(b->worries[i].what, b->strengths[k].what);
    }
    for (size_t i = 0; i < b->strength_count; i++) {
        ck_assert_int_ge(b->strengths[i].share.tenths.value, 750);
        ck_assert_int_eq(b->strengths[i].sure, b->strengths[i].share.low.value > 750);
        words += words_in(b->strengths[i].what) + words_in(b->strengths[i].evidence);
    }
    for (size_t i = 0; i < b->alert_count; i++)
        words += words_in(b->alerts[i]);
    for (size_t i = 0; i < b->decision_count; i++)
        words += words_in(b->decisions[i]);
    ck_assert_uint_le(words, CA_BRIEF_WORDS);
    if (ca_is_shown(s->standing.overdue))
        ck_assert_int_eq(b->overdue != NULL, s->standing.overdue.value > 0);
}

/* ---- titles against what they title ---- */

/* The title of a part of the page, in `text`. */
static bool title_of(const char *page, const char *part, char *text, size_t size)
{
    char begin[64];
    const char *at, *end;

    snprintf(begin, sizeof begin, "<h2 id=%s>", part);
    at = strstr(page, begin);
    at = at != NULL ? strstr(at, "<figcaption>") : NULL;
    end = at != NULL ? strstr(at, "</figcaption>") : NULL;
    if (end == NULL)
        return false;
    at += strlen("<figcaption>");
    snprintf(text, size, "%.*s", (int)(end - at), at);
    return true;
}

/* A section or measure that a title names is clear of every other one. */
static void check_ranking(const char *title, const char *name, const struct ca_share *named,
                          const struct ca_share *other)
{
    char label[80];

    snprintf(label, sizeof label, "east often");
    const char *least = strstr(title, label), *most = strstr(title, "Most often");
    snprintf(label, sizeof label, ": %s, ", name);
    if (least != NULL && strstr(least, label) != NULL)
        ck_assert_int_lt(named->high.value, other->low.value);
    else if (most != NULL && strstr(most, label) != NULL)
        ck_assert_int_gt(named->low.value, other->high.value);
}

static void check_titles(void)
{
    const struct ca_summary_row *last = &s->rows[s->row_count - 1];
    struct ca_buffer page = {0};
    char title[400];

    while (!last->total)
        last--;
    ca_summary_html(&page, s, &ca_theme_plain);
    if (title_of(page.data, "sections", title, sizeof title))
        for (size_t i = 0; i < s->section_count; i++)
            for (size_t k = 0; k < s->section_count; k++)
                if (k != i && ca_is_shown(last->sections[k].positive.low))
                    check_ranking(title, s->sections[i].title, &last->sections[i].positive,
                                  &last->sections[k].positive);
    if (title_of(page.data, "measures", title, sizeof title))
        for (size_t i = 0; i < s->measure_count; i++)
            for (size_t k = 0; k < s->measure_count; k++)
                if (k != i && ca_is_shown(last->measures[k].share.low))
                    check_ranking(title, s->measures[i].label, &last->measures[i].share,
                                  &last->measures[k].share);
    if (title_of(page.data, "grades", title, sizeof title) &&
        s->headline.of != CA_HEADLINE_NONE)
        ck_assert_ptr_nonnull(strstr(title, s->headline.of == CA_HEADLINE_TREND &&
                                                    s->headline.verdict == CA_NO_CLEAR_CHANGE
                                                ? "no clear trend"
                                                : ca_verdict_words(s->headline.verdict)));
    ca_buffer_free(&page);
}

/* Nothing of the latest row is by two templates. */
static void check_breaks(void)
{
    for (size_t i = 0; i < s->row_count; i++)
        if (request.template_count > 1)
            ck_assert_ptr_nonnull(s->rows[i].template_id);
    if (s->comparison != NULL && request.template_count > 1 && !s->comparison->broken)
        ck_assert_str_eq(s->comparison->from->template_id, s->comparison->to->template_id);
}

START_TEST(no_two_sentences_contradict_each_other)
{
    const size_t rounds = unit_cases(200, 100, 20);
    struct {
        size_t trends, changes, whys, borderline, broken;
    } seen = {0};

    state = 20231231;
    for (size_t round = 0; round < rounds; round++) {
        teardown();
        setup();
        random_store(round);
        random_request(round);
        make();
        check_changes();
        check_headline();
        check_sentences();
        check_overdue();
        check_owing();
        check_brief();
        check_titles();
        check_breaks();
        seen.trends += s->headline.of == CA_HEADLINE_TREND;
        seen.changes += s->headline.of == CA_HEADLINE_CHANGE;
        seen.whys += s->headline.why != NULL;
        seen.broken += s->comparison != NULL && s->comparison->broken;
        for (size_t g = 0; s->comparison != NULL && g < s->grade_count; g++)
            seen.borderline += s->comparison->grades[g].judged &&
                               s->comparison->grades[g].verdict == CA_BORDERLINE;
    }
    /* Of everything there was something to be checked. */
    ck_assert_uint_gt(seen.trends, rounds / 10);
    ck_assert_uint_gt(seen.changes, rounds / 10);
    ck_assert_uint_gt(seen.whys, rounds / 40);
    ck_assert_uint_gt(seen.borderline, rounds / 60);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("summary_answer");
    TCase *tcase = tcase_create("all");
    const TTest *const tests[] = {the_change_leads_over_three_periods,
                                  the_trend_leads_from_four_periods_on,
                                  a_change_without_a_trend_says_why,
                                  periods_without_audits_are_none_of_a_trend,
                                  borderline_is_said_to_be_so,
                                  a_period_across_a_break_has_two_rows,
                                  nothing_is_compared_across_a_break,
                                  the_chart_of_months_stays_on_one_side_of_a_break,
                                  a_measure_asked_in_another_way_is_two,
                                  groups_are_tested_as_one_family,
                                  a_group_that_changed_is_named,
                                  declared_computed_and_the_difference,
                                  overdue_is_of_all_periods,
                                  alerts_of_unsafe_children_come_first,
                                  the_surest_worries_and_strengths,
                                  targets_have_three_states,
                                  no_two_sentences_contradict_each_other,
                                  NULL};

    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t i = 0; tests[i] != NULL; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
