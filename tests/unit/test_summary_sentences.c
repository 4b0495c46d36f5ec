/* The rules of the answer that are of one period alone, one by one; those that compare, and
 * that no two sentences contradict each other, are in test_summary_answer.c. */
#include <stdio.h>
#include <string.h>

#include "tests/support/summary_fixture.h"
#include "tests/unit/unit.h"

static struct fixture *f;
static struct ca_summary *s;
static struct ca_summary_request request;

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

static bool says(const char *text)
{
    for (size_t i = 0; i < s->answer_count; i++)
        if (strstr(s->answer[i], text) != NULL)
            return true;
    return false;
}

#define ck_says(text)   ck_assert_msg(says(text), "not said: %s", (text))
#define ck_silent(text) ck_assert_msg(!says(text), "said: %s", (text))

static const struct shape plain = {.id = "file"};

START_TEST(how_many_were_audited_and_how_many_not_graded)
{
    fixture_template(f, &plain);
    audits("2023-05-01", G, 8);
    audits("2023-05-02", NONE, 2);
    make();
    ck_assert_str_eq(s->answer[0], "10 files audited in 2023-24 Q1, 2 of them not graded.");
    ck_silent("of all there were");
    ck_says("8 of 8 (100%) good or better (95% interval 68% to 100%).");
    ck_says("8 of 8 (100%) good.");
}
END_TEST

START_TEST(one_is_not_many)
{
    fixture_template(f, &plain);
    audits("2023-05-01", G, 1);
    make();
    ck_assert_str_eq(s->answer[0], "1 file audited in 2023-24 Q1.");
}
END_TEST

START_TEST(coverage_where_the_number_of_cases_is_known)
{
    fixture_template(f, &plain);
    audits("2023-05-01", G, 10);
    fixture_population(f, "2023-24 Q1", 40);
    make();
    ck_says("That is 10 of 40 (25%) of all there were.");
}
END_TEST

START_TEST(counts_from_before_are_said_to_be_so)
{
    fixture_template(f, &plain);
    audits("2023-05-01", G, 1);
    fixture_history(f, "2022-23 Q1", G, 7);
    request.period = "2022-23 Q1";
    make();
    ck_assert_str_eq(s->answer[0],
                     "7 files audited in 2022-23 Q1, 7 of them counted before this store.");
}
END_TEST

START_TEST(what_is_withheld_is_said_to_be_so)
{
    fixture_template(f, &plain);
    audits("2023-05-01", G, 28);
    audits("2023-05-01", IN, 2);
    request.audience = CA_PUBLIC;
    make();
    ck_says("How many were good or better is withheld, because some numbers are small.");
    ck_silent("28 of 30");
    teardown();
    setup();
    fixture_template(f, &plain);
    audits("2023-05-01", G, 3);
    request.audience = CA_PUBLIC;
    make();
    ck_says("How many files were audited in 2023-24 Q1 is withheld, because some numbers are "
            "small.");
}
END_TEST

START_TEST(the_first_four_shares_of_measures_and_no_means)
{
    static const struct ca_tally_measure met[] = {{0, 1, 2}, {1, 5000, 1}, {2, 0, 0}, {3, 1, 1},
                                                  {4, 2, 3}, {5, 1, 4},    {6, 1, 5}};
    const struct shape shape = {.id = "file", .measures = 7};
    struct ca_tally *t;

    fixture_template(f, &shape);
    t = fixture_audit(f, "2023-05-01", G);
    t->measures = met;
    t->measure_count = 7;
    make();
    ck_says("Label of m0: 1 of 2 (50%).");
    ck_silent("Label of m1"); /* a mean */
    ck_silent("Label of m2"); /* of nobody */
    ck_says("Label of m3: 1 of 1 (100%).");
    ck_says("Label of m4: 2 of 3 (67%).");
    ck_says("Label of m5: 1 of 4 (25%).");
    ck_silent("Label of m6");
}
END_TEST

START_TEST(moderators_who_kept_raised_and_lowered)
{
    static const int grades[] = {G, G, G, O, IN, NONE};

    fixture_template(f, &plain);
    for (size_t i = 0; i < 6; i++)
        fixture_audit(f, "2023-05-01", G)->moderated = grades[i];
    make();
    ck_says("5 moderated: 3 kept the auditor's grade, 1 raised, 1 lowered.");
    request.period = "2022-23 Q1";
    make();
    ck_silent("moderated");
}
END_TEST

START_TEST(immediate_alerts_alone)
{
    static const int both[] = {0, 1};
    const struct shape shape = {.id = "file", .alerts = 2};
    struct ca_stored_part parts[] = {{.id = "u", .label = "Urgent.", .detail = CA_URGENT},
                                     {.id = "i", .label = "Now.", .detail = CA_IMMEDIATE}};

    fixture_template(f, &shape);
    f->templates[0].alerts = (struct ca_stored_parts){parts, 2};
    for (int i = 0; i < 3; i++) {
        struct ca_tally *t = fixture_audit(f, "2023-05-01", G);
        t->alerts = both;
        t->alert_count = i < 2 ? 1 : 2;
    }
    make();
    ck_says("1 immediate alert was raised.");
    f->tallies[0].alert_count = 2;
    make();
    ck_says("2 immediate alerts were raised.");
}
END_TEST

START_TEST(one_action)
{
    struct ca_tally_action action = {.completed = CA_NO_DATE};
    struct ca_tally *t;

    fixture_template(f, &plain);
    ck_assert(ca_date_parse("2023-06-01", &action.due));
    t = fixture_audit(f, "2023-05-01", G);
    t->actions = &action;
    t->action_count = 1;
    make();
    ck_says(
        "1 action was raised in 2023-24 Q1, 0 completed, 0 verified by someone else; of these "
        "1 was overdue on 30 June 2023.");
    ck_says(
        "Over all periods 1 action was open on that day and 1 of them overdue, the oldest due "
        "on 1 June 2023.");
    request.as_of = action.due; /* on the day it is due it is not overdue */
    make();
    ck_says("of these 0 were overdue on 1 June 2023.");
    ck_says("Over all periods 1 action was open on that day and 0 of them overdue.");
}
END_TEST

/* Twelve months of ten audits, five of them good but in the last, where all are or none. */
static void months(int last)
{
    char date[40];

    fixture_template(f, &plain);
    for (int m = 1; m <= 12; m++) {
        snprintf(date, sizeof date, "2022-%02d-05", m);
        audits(date, m == 12 ? last : G, m % 2 == 0 ? 8 : 7);
        audits(date, m == 12 ? last : IN, m % 2 == 0 ? 7 : 8);
    }
    request.period = "2022-23 Q3";
    make();
}

START_TEST(months_that_stand_out_are_named)
{
    months(IN);
    ck_says("Month by month, the share good or better signals a change in 2022-01 (7 on one "
            "side)");
    ck_says("2022-12 (outside limits).");
    teardown();
    setup();
    fixture_template(f, &plain);
    audits("2022-05-01", G, 20);
    make();
    ck_silent("Month by month"); /* of one month there is no chart */
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("summary_sentences");
    TCase *tcase = tcase_create("all");
    const TTest *const tests[] = {how_many_were_audited_and_how_many_not_graded,
                                  one_is_not_many,
                                  coverage_where_the_number_of_cases_is_known,
                                  counts_from_before_are_said_to_be_so,
                                  what_is_withheld_is_said_to_be_so,
                                  the_first_four_shares_of_measures_and_no_means,
                                  moderators_who_kept_raised_and_lowered,
                                  immediate_alerts_alone,
                                  one_action,
                                  months_that_stand_out_are_named,
                                  NULL};

    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t i = 0; tests[i] != NULL; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
