/* Sections and the whole (scoring rules, sections 1, 3 and 4), worked by hand. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/scoring_sample.h"
#include "tests/unit/unit.h"

#include "core/base/buffer.h"

/* ---- a template of points standards, so that any score can be had ---- */

struct body {
    struct ca_buffer template, answers;
};

static void begin(struct body *b)
{
    *b = (struct body){{0}, {0}};
    ca_buffer_puts(&b->answers, "<responses>");
}

static void open(struct body *b, const char *id, const char *attributes)
{
    ca_buffer_printf(&b->template, "<section id='%s' title='%s' %s>", id, id, attributes);
}

static void close(struct body *b)
{
    ca_buffer_puts(&b->template, "</section>");
}

/* A standard that scores value of 100; a NULL value is not applicable. */
static void add(struct body *b, const char *id, const char *weight, const char *value)
{
    ca_buffer_printf(&b->template,
                     "<standard id='%s' weight='%s' not-applicable='allowed'><question>?"
                     "</question><points out-of='100' step='0.01'/></standard>",
                     id, weight);
    if (value == NULL)
        ca_buffer_printf(&b->answers, "<response standard='%s' status='not-applicable'/>", id);
    else
        ca_buffer_printf(&b->answers, "<response standard='%s'><value>%s</value></response>",
                         id, value);
}

/* Behind the sections: rules and the like. */
static void finish(struct body *b, const char *attributes, const char *more)
{
    ca_buffer_puts(&b->template, more);
    ca_buffer_puts(&b->answers, "</responses>");
    sample_score(attributes, b->template.data, b->answers.data);
    ca_buffer_free(&b->template);
    ca_buffer_free(&b->answers);
}

/* One section of three standards with these weights and values. */
static void three(const char *rollup, const char *const (*standards)[2], size_t count)
{
    struct body b;
    char id[2] = "k";

    begin(&b);
    open(&b, "s", rollup);
    for (size_t i = 0; i < count; i++, id[0]++)
        add(&b, id, standards[i][0], standards[i][1]);
    close(&b);
    finish(&b, "", "");
}

#define SECTION(rollup, ...)                                                                   \
    do {                                                                                       \
        static const char *const standards[][2] = {__VA_ARGS__};                               \
        three((rollup), standards, sizeof standards / sizeof *standards);                      \
    } while (0)

START_TEST(test_mean_rounds_half_up)
{
    /* (10.00 + 10.01) ÷ 2 = 10.005 → 10.01: a tie goes up. */
    SECTION("", {"1", "10"}, {"1", "10.01"});
    ck_at("sections/s/score", "10.01");
    /* (10.00 + 10.00 + 10.01) ÷ 3 = 10.0033… → 10.00 */
    SECTION("", {"1", "10"}, {"1", "10"}, {"1", "10.01"});
    ck_at("sections/s/score", "10.00");
    /* (10.00 + 10.01 + 10.01) ÷ 3 = 10.0066… → 10.01 */
    SECTION("", {"1", "10"}, {"1", "10.01"}, {"1", "10.01"});
    ck_at("sections/s/score", "10.01");
    /* 0.5 × 20.00 + 1.5 × 20.02 = 40.03; ÷ 2 = 20.015 → 20.02 */
    SECTION("", {"0.5", "20"}, {"1.5", "20.02"});
    ck_at("sections/s/score", "20.02");
    /* 0.001 × 0 + 999.999 × 100 = 99999.9; ÷ 1000 = 99.9999 → 100.00 */
    SECTION("", {"0.001", "0"}, {"999.999", "100"});
    ck_at("sections/s/score", "100.00");
    /* The largest weights: 1000 × 33.33 + 1000 × 66.68 = 100010; ÷ 2000 = 50.005 → 50.01 */
    SECTION("", {"1000", "33.33"}, {"1000", "66.68"});
    ck_at("sections/s/score", "50.01");
}
END_TEST

START_TEST(test_what_has_no_score_or_weight_is_left_out)
{
    /* 2 × 80 ÷ 2: neither the one not applicable nor that of weight 0 plays a part. */
    SECTION("", {"2", "80"}, {"5", NULL}, {"0", "10"});
    ck_at("sections/s/score", "80.00");
    SECTION("rollup='lowest'", {"2", "80"}, {"5", NULL}, {"0", "10"});
    ck_at("sections/s/score", "80.00");
    SECTION("rollup='highest'", {"2", "10"}, {"5", NULL}, {"0", "80"});
    ck_at("sections/s/score", "10.00");
    SECTION("rollup='median'", {"2", "80"}, {"5", NULL}, {"0", "10"}, {"1", "90"});
    ck_at("sections/s/score", "80.00");
    /* Nothing left: no score, and no grade for the whole. */
    SECTION("", {"5", NULL}, {"0", "10"});
    ck_at("sections/s/score", "null");
    ck_at("sections/s/grade", "null");
    ck_at("score", "null");
    ck_at("computed", "null");
    ck_at("grade", "null");
    ck_at("status", "not-graded");
}
END_TEST

START_TEST(test_lowest_highest_median)
{
    SECTION("rollup='lowest'", {"1", "70"}, {"9", "80"}, {"1", "60.5"});
    ck_at("sections/s/score", "60.50");
    SECTION("rollup='highest'", {"1", "70"}, {"9", "80"}, {"1", "60.5"});
    ck_at("sections/s/score", "80.00");
    /* Odd: the middle one, weights aside. */
    SECTION("rollup='median'", {"1", "70"}, {"9", "80"}, {"1", "60.5"});
    ck_at("sections/s/score", "70.00");
    /* Even: the lower of the two in the middle, position floor((4 − 1) ÷ 2) = 1. */
    SECTION("rollup='median'", {"1", "70"}, {"9", "80"}, {"1", "60.5"}, {"1", "90"});
    ck_at("sections/s/score", "70.00");
    SECTION("rollup='median'", {"1", "80"}, {"1", "60"});
    ck_at("sections/s/score", "60.00");
    SECTION("rollup='median'", {"1", "80"});
    ck_at("sections/s/score", "80.00");
}
END_TEST

START_TEST(test_bands)
{
    /* Edges belong to the better grade: from 80, 50, 20, 0. */
    static const struct {
        const char *value, *grade;
    } edges[] = {{"100", "a"},   {"80", "a"}, {"79.99", "b"}, {"50", "b"},
                 {"49.99", "c"}, {"20", "c"}, {"19.99", "d"}, {"0", "d"}};

    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        struct body b;
        begin(&b);
        open(&b, "s", "");
        add(&b, "p", "1", edges[i].value);
        close(&b);
        finish(&b, "", "");
        ck_at("sections/s/grade", edges[i].grade);
        ck_at("computed", edges[i].grade);
        ck_at("grade", edges[i].grade);
    }
}
END_TEST

START_TEST(test_rounded_scores_go_up)
{
    struct body b;

    /* Inner: (10 + 10 + 11) ÷ 3 = 10.3333… → 10.33. Outer: (10.33 + 20) ÷ 2 = 15.165 →
     * 15.17. From the unrounded figure it would be 15.1666… → 15.17 too, but with weights
     * 1 and 2: (2 × 10.33 + 20) ÷ 3 = 13.5533… → 13.55, unrounded 13.5555… → 13.56. */
    begin(&b);
    open(&b, "outer", "");
    open(&b, "inner", "weight='2'");
    add(&b, "p", "1", "10");
    add(&b, "q", "1", "10");
    add(&b, "r", "1", "11");
    close(&b);
    add(&b, "t", "1", "20");
    close(&b);
    finish(&b, "", "");
    ck_at("sections/inner/score", "10.33");
    ck_at("sections/inner/parent", "outer");
    ck_at("sections/outer/score", "13.55");
    ck_at("score", "13.55");
}
END_TEST

/* Two sections of weights 2 and 1, the first with an inner one of weight 0 and a limit:
 *   s: p 90 (weight 1), q 50 (weight 3): (90 + 150) ÷ 4 = 60.00
 *   t: r 30, lowest of 30 and 80
 *   o, of weight 0: u 10 */
static void whole(const char *attributes, const char *more)
{
    struct body b;

    begin(&b);
    open(&b, "s", "weight='2'");
    add(&b, "p", "1", "90");
    add(&b, "q", "3", "50");
    close(&b);
    open(&b, "t", "rollup='lowest'");
    add(&b, "r", "1", "30");
    add(&b, "v", "1", "80");
    close(&b);
    open(&b, "o", "weight='0'");
    add(&b, "u", "1", "10");
    close(&b);
    finish(&b, attributes, more);
}

START_TEST(test_overall_roll_ups)
{
    /* mean: (2 × 60 + 30) ÷ 3 = 50.00 */
    whole("", "");
    ck_at("score", "50.00");
    ck_at("computed", "b");
    /* flat: (90 + 3 × 50 + 30 + 80) ÷ 6 = 350 ÷ 6 = 58.3333… → 58.33; weights and roll-ups
     * of sections play no part, but those in a section of weight 0 do not count. */
    whole("rollup='flat'", "");
    ck_at("score", "58.33");
    ck_at("computed", "b");
    whole("rollup='lowest'", "");
    ck_at("score", "30.00");
    ck_at("computed", "c");
    /* median of 30 and 60: the lower */
    whole("rollup='median'", "");
    ck_at("score", "30.00");
    /* rules: the score as mean, for information; the first that holds */
    whole("rollup='rules'",
          "<rules><rule grade='d'><when sections-graded='d' at-least='1'/></rule>"
          "<rule grade='c'><when sections-graded='c' at-least='1'/></rule>"
          "<rule grade='a'><when sections-graded='b' at-least='1'/></rule>"
          "<otherwise grade='b'/></rules>");
    ck_at("score", "50.00");
    ck_at("computed", "c");
    whole("rollup='rules'", "<rules><rule grade='d'><when sections-graded='a' at-least='1'/>"
                            "</rule><otherwise grade='b'/></rules>");
    ck_at("computed", "b");
    /* none: no score, no computed grade; judged, it has a grade for all that */
    struct body b;
    begin(&b);
    open(&b, "s", "");
    add(&b, "p", "1", "90");
    close(&b);
    ca_buffer_puts(&b.answers, "</responses><judgement grade='c' by='A1' date='2023-11-14'/>");
    sample_score("rollup='none' overall='judged'", b.template.data, b.answers.data);
    ca_buffer_free(&b.template);
    ca_buffer_free(&b.answers);
    ck_at("score", "null");
    ck_at("computed", "null");
    ck_at("grade", "c");
    ck_at("sections/s/score", "90.00");
}
END_TEST

START_TEST(test_section_limits)
{
    struct body b;

    /* s: (90 + 70) ÷ 2 = 80.00, an a. Its limit to c holds, so from there on it is 30.00.
     * Both limits see the section's own score uncapped (80.00). The whole sees 30.00:
     * (30 + 60) ÷ 2 = 45.00. */
    begin(&b);
    open(&b, "s", "");
    ca_buffer_puts(&b.template,
                   "<limits><limit id='weak' to='c'><reason>R</reason><when standard='q' "
                   "below='75'/></limit><limit id='high' to='b'><reason>H</reason><when "
                   "section='s' from='80'/></limit><limit id='not' to='d'><reason>N</reason>"
                   "<when section='s' below='80'/></limit></limits>");
    add(&b, "p", "1", "90");
    add(&b, "q", "1", "70");
    close(&b);
    open(&b, "t", "");
    add(&b, "r", "1", "60");
    close(&b);
    finish(&b, "", "");
    ck_at("sections/s/score", "30.00");
    ck_at("sections/s/grade", "c");
    ck_at("sections/s/cap", "c");
    ck_at("sections/t/cap", "null");
    ck_at("score", "45.00");
    ck_at("limits", "2 items");
    ck_at("limits/0/id", "weak");
    ck_at("limits/0/section", "s");
    ck_at("limits/1/id", "high");
    ck_at("cap", "null"); /* of the whole: no template-wide limit holds */
}
END_TEST

START_TEST(test_section_limit_that_lowers_nothing)
{
    struct body b;

    /* 55.00 is a b already: the limit to b is told, and there is no cap. */
    begin(&b);
    open(&b, "s", "");
    ca_buffer_puts(&b.template, "<limits><limit id='weak' to='b'><reason>R</reason><when "
                                "standard='p' below='75'/></limit></limits>");
    add(&b, "p", "1", "55");
    close(&b);
    finish(&b, "", "");
    ck_at("sections/s/score", "55.00");
    ck_at("sections/s/cap", "null");
    ck_at("limits", "1 items");
}
END_TEST

START_TEST(test_limits_innermost_first)
{
    struct body b;
    static const char limit[] = "<limits><limit id='%s' to='b'><reason>R</reason><when "
                                "section='%s' from='0'/></limit></limits>";

    begin(&b);
    open(&b, "s", "");
    ca_buffer_printf(&b.template, limit, "outer", "s");
    open(&b, "i", "");
    ca_buffer_printf(&b.template, limit, "inner", "i");
    add(&b, "p", "1", "90");
    close(&b);
    close(&b);
    finish(&b, "",
           "<limits><limit id='whole' to='c'><reason>R</reason><when section='s' graded='b'/>"
           "</limit></limits>");
    ck_at("limits/0/id", "inner");
    ck_at("limits/1/id", "outer");
    ck_at("limits/2/id", "whole");
    ck_at("limits/2/section", "null");
    /* i is 90 capped to b, 60; s is then 60, within its own limit; the whole is capped to c */
    ck_at("sections/i/score", "60.00");
    ck_at("sections/s/score", "60.00");
    ck_at("sections/s/cap", "null");
    ck_at("score", "60.00");
    ck_at("computed", "b");
    ck_at("cap", "c");
    ck_at("grade", "c");
}
END_TEST

START_TEST(test_full_marks_of_three)
{
    /* A scale counted 3 to 0: good 2 and requires improvement 1 make 1.50; from 1.5 good. */
    static const char scale[] = "<grade id='o' label='O' score='3' from='2.5' positive='yes'/>"
                                "<grade id='g' label='G' score='2' from='1.5'/>"
                                "<grade id='r' label='R' score='1' from='0.5'/>"
                                "<grade id='i' label='I' score='0' from='0'/>";

    sample_score_scale("out-of='3'", scale,
                       "<section id='s' title='S'><standard id='x' answers='grades'><question>?"
                       "</question></standard><standard id='y' answers='grades'><question>?"
                       "</question></standard><standard id='z'><question>?</question><points "
                       "out-of='7'/></standard></section>",
                       "<responses><response standard='x' answer='g'/><response standard='y' "
                       "answer='r'/><response standard='z'><value>2</value></response>"
                       "</responses>");
    ck_at("standards/x/score", "2.00");
    ck_at("standards/z/score", "0.86"); /* 2 × 3 ÷ 7 = 0.8571… */
    ck_at("score", "1.29");             /* (2 + 1 + 0.86) ÷ 3 = 1.2866… */
    ck_at("grade", "r");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("roll-ups, worked by hand");
    TCase *fixture = tcase_create("roll-ups");

    tcase_add_checked_fixture(fixture, sample_open, sample_close);
    tcase_add_test(fixture, test_mean_rounds_half_up);
    tcase_add_test(fixture, test_what_has_no_score_or_weight_is_left_out);
    tcase_add_test(fixture, test_lowest_highest_median);
    tcase_add_test(fixture, test_bands);
    tcase_add_test(fixture, test_rounded_scores_go_up);
    tcase_add_test(fixture, test_overall_roll_ups);
    tcase_add_test(fixture, test_section_limits);
    tcase_add_test(fixture, test_section_limit_that_lowers_nothing);
    tcase_add_test(fixture, test_limits_innermost_first);
    tcase_add_test(fixture, test_full_marks_of_three);
    suite_add_tcase(suite, fixture);
    return suite;
}
