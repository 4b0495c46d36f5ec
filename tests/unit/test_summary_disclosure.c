/* Public summaries of random stores, attacked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/report/summary/summary_json.h"
#include "tests/support/summary_attack.h"
#include "tests/support/summary_fixture.h"
#include "tests/unit/unit.h"

/* ---- random stores ---- */

static uint64_t state;

static size_t chance(size_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state >> 11) % n;
}

static int random_grade(size_t skew)
{
    static const int usual[] = {G, G, G, RI, RI, O, IN, NONE};

    return skew == 0 ? (int)chance(5) - 1 : usual[chance(8)];
}

static void fill_sections(struct fixture *f, struct ca_tally *t)
{
    size_t sections = t->template->sections.count, agencies = t->template->agencies.count;
    struct ca_tally_section *rows =
        FIXTURE_ARRAY(f, sections * (1 + agencies), struct ca_tally_section);
    struct ca_tally_agency *returned = FIXTURE_ARRAY(f, agencies, struct ca_tally_agency);

    t->sections = rows;
    t->agencies = returned;
    for (size_t a = 0; a < agencies; a++)
        if (chance(4) > 0)
            returned[t->agency_count++] =
                (struct ca_tally_agency){(int)a, random_grade(1), (int)a};
    for (size_t i = 0; i < sections; i++) {
        rows[t->section_count++] = (struct ca_tally_section){(int)i, -1, random_grade(1)};
        for (size_t a = 0; a < t->agency_count; a++)
            rows[t->section_count++] =
                (struct ca_tally_section){(int)i, returned[a].agency, random_grade(1)};
    }
}

static void fill_lists(struct fixture *f, struct ca_tally *t)
{
    struct ca_tally_measure *measured = FIXTURE_ARRAY(f, 2, struct ca_tally_measure);
    struct ca_tally_theme *themes = FIXTURE_ARRAY(f, 2, struct ca_tally_theme);
    struct ca_tally_action *actions = FIXTURE_ARRAY(f, 2, struct ca_tally_action);
    static const int limit[] = {0};

    t->measures = measured;
    if (t->template->agencies.count > 0)
        measured[t->measure_count++] = (struct ca_tally_measure){
            0, (int64_t)t->agency_count, (int64_t)t->template->agencies.count};
    for (size_t i = t->measure_count; i < t->template->measures.count; i++)
        if (chance(3) > 0)
            measured[t->measure_count++] =
                (struct ca_tally_measure){(int)i, i == 0 ? (int64_t)chance(2) : 2500, 1};
    t->themes = themes;
    if (t->template->themes.count > 0 && chance(2))
        themes[t->theme_count++] = (struct ca_tally_theme){0, chance(2) == 0};
    t->actions = actions;
    for (t->action_count = chance(3); t->action_count < 2 && chance(2); t->action_count++)
        ;
    for (size_t i = 0; i < t->action_count && i < 2; i++)
        actions[i] = (struct ca_tally_action){
            t->audit_date + 20, chance(2) ? t->audit_date + 10 : CA_NO_DATE, false};
    if (t->action_count > 2)
        t->action_count = 2;
    t->limits = limit;
    t->limit_count = t->template->limits.count > 0 && chance(6) == 0;
}

static void add_audit(struct fixture *f, const char *date, size_t skew)
{
    static const char *const teams[] = {"north", "north", "south", "west", NULL};
    static const char *const routes[] = {"kin", "kin", "adoption"};
    struct ca_tally *t = fixture_audit(f, date, random_grade(skew));
    const char **values = (const char **)t->attributes;

    values[0] = teams[chance(5)];
    values[1] = routes[chance(3)];
    if (t->grade >= 0 && chance(3) == 0)
        t->moderated = chance(4) ? t->grade : (int)chance(4);
    fill_sections(f, t);
    fill_lists(f, t);
}

static struct fixture *random_store(size_t round)
{
    const struct shape shape = {.id = "file",
                                .sections = round % 3,
                                .agencies = round % 4 == 0 ? 2 : 0,
                                .attributes = 2,
                                .measures = 2,
                                .limits = 1,
                                .alerts = 1,
                                .themes = 1};
    struct fixture *f = fixture_new();
    size_t audits = 12 + chance(120), months = round % 5 == 0 ? 14 : 6;
    char date[40];

    fixture_template(f, &shape);
    for (size_t i = 0; i < audits; i++) {
        size_t month = 3 + (months == 14 ? chance(14) : chance(6));
        snprintf(date, sizeof date, "%d-%02d-%02d", 2023 + (int)(month / 12),
                 (int)(month % 12) + 1, (int)chance(28) + 1);
        add_audit(f, date, round % 2);
    }
    if (round % 4 == 1)
        for (int g = 0; g < 4; g++)
            fixture_history(f, "2022-23 Q4", g, (int64_t)chance(12));
    if (round % 3 == 0)
        fixture_population(f, "2023-24 Q2", 500);
    return f;
}

static struct ca_summary_request random_request(size_t round)
{
    static const char *const by[] = {"team", "route"};
    struct ca_summary_request request = fixture_request();

    request.by = by;
    request.by_count = round % 3;
    switch (round % 4) {
    case 0:
        request.period = "2023-24 Q2";
        request.compare = "2023-24 Q1";
        break;
    case 1: request.periods = "2022-23 Q4..2023-24 Q2"; break;
    case 2: request.period = "2023-24"; break;
    default: request.period = "2023-04-10..2023-08-20"; break;
    }
    return request;
}

/* ---- the tests ---- */

struct tally {
    size_t withheld, printed, recovered;
};

/* One random store: its public summary is read and attacked. */
static struct tally attack_one(size_t round, bool withhold)
{
    struct fixture *f = random_store(round);
    struct ca_summary_request request = random_request(round);
    struct ca_summary *truth = fixture_summary(f, &request), *shown;
    struct tally tally = {0};
    struct attack *a;
    const char *what = "";

    request.audience = CA_PUBLIC;
    shown = fixture_summary(f, &request);
    a = attack_read(shown, truth);
    for (size_t i = 0; i < a->count; i++) {
        bool rest = strcmp(a->name[i], ATTACK_REST) == 0;
        /* Without rule 3: everything but the small numbers is printed. */
        if (!withhold)
            a->known[i] = !rest && (a->truth[i] < 1 || a->truth[i] > ATTACK_THRESHOLD);
        tally.withheld += !rest && !a->known[i];
        tally.printed += !rest && a->known[i] && a->truth[i] > 0;
    }
    tally.recovered = attack_solve(a, &what);
    if (withhold && tally.recovered > 0)
        ck_abort_msg("round %zu: %s can be worked out", round, what);
    if (withhold && attack_bounds(a, &what) > 0)
        ck_abort_msg("round %zu: %s can be nothing else", round, what);
    ca_arena_free(a->arena);
    ca_summary_free(shown);
    ca_summary_free(truth);
    fixture_free(f);
    return tally;
}

START_TEST(nothing_withheld_can_be_worked_out)
{
    const size_t rounds = unit_cases(60, 60, 12);
    size_t withheld = 0, printed = 0;

    state = 20240401;
    for (size_t round = 0; round < rounds; round++) {
        struct tally t = attack_one(round, true);
        withheld += t.withheld;
        printed += t.printed;
    }
    /* Not by withholding all. */
    ck_assert_uint_gt(withheld, rounds * 80);
    ck_assert_uint_gt(printed, rounds * 16);
}
END_TEST

START_TEST(small_numbers_alone_can_be_worked_out)
{
    size_t recovered = 0;

    state = 20240401;
    for (size_t round = 0; round < 10; round++)
        recovered += attack_one(round, false).recovered;
    ck_assert_uint_gt(recovered, 50);
}
END_TEST

START_TEST(texts_of_auditors_make_no_public_groups)
{
    static const char *const by[] = {"place"};
    struct ca_summary_request request = fixture_request();
    struct fixture *f = fixture_new();
    const struct shape shape = {.id = "file", .attributes = 2};
    const char *refusal;

    fixture_template(f, &shape);
    /* One with a list, and one that is written freely. */
    ((struct ca_stored_part *)f->templates[0].attributes.items)[1].id = "place";
    f->templates[0].values.count = 2;
    fixture_audit(f, "2023-05-01", G);
    request.by = by;
    request.by_count = 1;
    ca_summary_free(fixture_summary(f, &request));
    request.audience = CA_PUBLIC;
    refusal = fixture_refusal(f, &request);
    ck_assert_ptr_nonnull(strstr(refusal, "not grouped by 'place'"));
    ck_assert_ptr_nonnull(strstr(refusal, "closed list of values: team"));
    fixture_free(f);
}
END_TEST

START_TEST(withheld_figures_are_not_in_the_output)
{
    struct ca_summary_request request = fixture_request();
    struct fixture *f = fixture_new();
    const struct shape shape = {.id = "file", .alerts = 1};
    struct ca_buffer json = {0};
    struct ca_summary *s;

    fixture_template(f, &shape);
    for (int i = 0; i < 30; i++)
        fixture_audit(f, "2023-05-01", i < 3 ? IN : i < 12 ? RI : G);
    request.audience = CA_PUBLIC;
    s = fixture_summary(f, &request);
    ca_summary_json(&json, s);
    ck_assert_ptr_nonnull(strstr(json.data,
                                 "{\"id\":\"inadequate\",\"count\":\"c\",\"percent\":"
                                 "\"c\",\"low\":\"c\",\"high\":\"c\"}"));
    ck_assert_ptr_nonnull(
        strstr(json.data, "{\"id\":\"requires-improvement\",\"count\":\"c\""));
    ck_assert_ptr_nonnull(strstr(json.data, "{\"id\":\"good\",\"count\":18,\"percent\":60.0"));
    ck_assert_ptr_nonnull(strstr(json.data, "\"alerts\":[]"));
    ca_summary_free(s);
    /* A larger threshold withholds more. */
    request.threshold = 20;
    s = fixture_summary(f, &request);
    ck_assert_int_eq(s->rows[0].grades[G].count.shown, CA_WITHHELD);
    ca_summary_free(s);
    ca_buffer_free(&json);
    fixture_free(f);
}
END_TEST

START_TEST(public_periods_do_not_overlap)
{
    struct ca_summary_request request = fixture_request();
    struct fixture *f = fixture_new();
    const struct shape shape = {.id = "file"};

    fixture_template(f, &shape);
    fixture_audit(f, "2023-05-01", G);
    request.audience = CA_PUBLIC;
    request.periods = "2023-24 Q1..2023-24 Q3";
    request.compare = "2023-05";
    ck_assert_ptr_nonnull(strstr(fixture_refusal(f, &request), "subtracted"));
    request.audience = CA_EXECUTIVE;
    ca_summary_free(fixture_summary(f, &request));
    fixture_free(f);
}
END_TEST

START_TEST(small_indicators_are_withheld_too)
{
    struct ca_summary_request request = fixture_request();
    struct fixture *f = fixture_new();
    const struct shape shape = {.id = "file"};
    struct ca_summary *s;

    fixture_template(f, &shape);
    fixture_audit(f, "2024-03-01", G);
    /* The year gives the small quarter away, unless another goes with it. */
    fixture_indicator(f, "n", "2022-23", 29, 400, CA_POLARITY_DOWN);
    fixture_indicator(f, "n", "2022-23 Q1", 10, 100, CA_POLARITY_DOWN);
    fixture_indicator(f, "n", "2022-23 Q2", 9, 100, CA_POLARITY_DOWN);
    fixture_indicator(f, "n", "2022-23 Q3", 8, 100, CA_POLARITY_DOWN);
    fixture_indicator(f, "n", "2022-23 Q4", 2, 100, CA_POLARITY_DOWN);
    request.audience = CA_PUBLIC;
    request.period = "2022-23";
    s = fixture_summary(f, &request);
    ck_assert_int_eq(s->indicators[0].points[0].share.count.shown, CA_SHOWN);
    ck_assert_int_eq(s->indicators[0].points[4].share.count.shown, CA_WITHHELD);
    ck_assert_int_eq(s->indicators[0].points[3].share.tenths.shown, CA_WITHHELD);
    ck_assert_int_eq(s->indicators[0].points[2].share.count.shown, CA_SHOWN);
    ck_assert_int_eq(s->indicators[0].trend.m2.shown, CA_WITHHELD);
    ck_assert(!s->indicators[0].moved);
    ca_summary_free(s);
    fixture_free(f);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("summary_disclosure");
    UNIT_CASE(suite, "attacks", nothing_withheld_can_be_worked_out,
              small_numbers_alone_can_be_worked_out);
    UNIT_CASE(suite, "output", texts_of_auditors_make_no_public_groups,
              withheld_figures_are_not_in_the_output, public_periods_do_not_overlap,
              small_indicators_are_withheld_too);
    return suite;
}
