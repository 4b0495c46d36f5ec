/* From a response to an outcome (scoring rules, sections 1 and 2), worked by hand. */
#include <stdio.h>
#include <string.h>

#include <caseaudit/caseaudit.h>

#include "tests/unit/scoring_sample.h"
#include "tests/unit/unit.h"

/* One standard, one response, and what comes of it. */
struct example {
    const char *standard; /* what stands in <standard id='x' …> … </standard> */
    const char *response; /* what stands in <response standard='x' …> … </response> */
    const char *status, *answer, *score, *due, *days;
};

static void check(const char *attributes, const char *lists, const struct example *e)
{
    char body[2048], answers[2048];
    const struct {
        const char *path, *wanted;
    } fields[] = {{"standards/x/status", e->status},
                  {"standards/x/answer", e->answer},
                  {"standards/x/score", e->score},
                  {"standards/x/due", e->due ? e->due : "null"},
                  {"standards/x/days", e->days ? e->days : "null"}};
    const char *type = strchr(e->standard, '|'), *inside = strchr(e->response, '|');

    snprintf(body, sizeof body,
             "%s<section id='s' title='S'><standard id='x' %.*s><question>?</question>%s"
             "</standard></section>",
             lists, (int)(type - e->standard), e->standard, type + 1);
    snprintf(answers, sizeof answers,
             "<responses><response standard='x' %.*s>%s</response></responses>",
             (int)(inside - e->response), e->response, inside + 1);
    sample_score(attributes, body, answers);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(sample_at(fields[i].path), fields[i].wanted) != 0)
            ck_abort_msg("%s / %s: %s is '%s', should be '%s'\n%s", e->standard, e->response,
                         fields[i].path, sample_at(fields[i].path), fields[i].wanted,
                         sample_messages("errors"));
}

#define CHECK_ALL(attributes, lists, examples)                                                 \
    for (size_t i = 0; i < sizeof(examples) / sizeof *(examples); i++)                         \
    check((attributes), (lists), &(examples)[i])

START_TEST(test_answers)
{
    /* A list out of 3 on a scale of 100: mean(score × 100, 3).
     *   1 × 100 ÷ 3 = 33.333… → 33.33      2 × 100 ÷ 3 = 66.666… → 66.67
     * A list out of 16: 1 × 100 ÷ 16 = 6.25; a tie at 5 × 100 ÷ 800 in hundredths:
     *   out of 8, 0.05 × 100 ÷ 8 = 0.625 → 0.63, half up. */
    static const char lists[] =
        "<answers id='three' out-of='3'><answer id='p1' label='1' score='1'/>"
        "<answer id='p2' label='2' score='2'/><answer id='p3' label='3' score='3'/>"
        "<answer id='seen' label='S' score='none'/></answers>"
        "<answers id='eight' out-of='8'><answer id='tie' label='T' score='0.05'/>"
        "<answer id='under' label='U' score='0.04'/></answers>"
        "<answers id='own'><answer id='sixty' label='60' score='60.5'/></answers>";
    static const struct example examples[] = {
        {"answers='three'|", "answer='p1'|", "answered", "p1", "33.33", NULL, NULL},
        {"answers='three'|", "answer='p2'|", "answered", "p2", "66.67", NULL, NULL},
        {"answers='three'|", "answer='p3'|", "answered", "p3", "100.00", NULL, NULL},
        {"answers='three'|", "answer='seen'|", "answered", "seen", "null", NULL, NULL},
        {"answers='eight'|", "answer='tie'|", "answered", "tie", "0.63", NULL, NULL},
        {"answers='eight'|", "answer='under'|", "answered", "under", "0.50", NULL, NULL},
        {"answers='own'|", "answer='sixty'|", "answered", "sixty", "60.50", NULL, NULL},
        {"answers='grades'|", "answer='a'|", "answered", "a", "90.00", NULL, NULL},
        {"answers='grades'|", "answer='d'|", "answered", "d", "0.00", NULL, NULL},
    };

    CHECK_ALL("", lists, examples);
}
END_TEST

START_TEST(test_statuses_of_a_response)
{
    static const struct example examples[] = {
        {"answers='grades'|", "status='not-evidenced'|", "not-evidenced", "null", "0.00", NULL,
         NULL},
        {"|<text/>", "status='not-evidenced'|", "not-evidenced", "null", "null", NULL, NULL},
        {"|<text/>", "|<text>words</text>", "answered", "null", "null", NULL, NULL},
        {"answers='grades'|", "status='not-applicable'|<reason>r</reason>", "not-applicable",
         "null", "null", NULL, NULL},
        {"answers='grades' not-applicable='allowed'|", "status='not-applicable'|",
         "not-applicable", "null", "null", NULL, NULL},
        {"answers='grades' not-applicable-score='55.5'|",
         "status='not-applicable'|<reason>r</reason>", "not-applicable", "null", "55.50", NULL,
         NULL},
    };

    CHECK_ALL("", "", examples);
}
END_TEST

START_TEST(test_timescales)
{
    /* 20 working days from Friday 31 March 2023: Good Friday is 7 April, Easter Monday the
     * 10th, early May the 1st. 3, 4, 5, 6 (4 days), 11 to 14 (8), 17 to 21 (13), 24 to 28
     * (18), 2 May (19), 3 May (20). */
    static const struct example examples[] = {
        {"|<timescale within='20' unit='working-days'/>",
         "|<start>2023-03-31</start><end>2023-05-03</end>", "answered", "met", "100.00",
         "2023-05-03", "33"},
        /* One day after: late, and without rows nothing. */
        {"|<timescale within='20' unit='working-days'/>",
         "|<start>2023-03-31</start><end>2023-05-04</end>", "answered", "late", "0.00",
         "2023-05-03", "34"},
        /* Rows up to 7 and up to 14 days: 7 days late is in the first, 8 in the second. */
        {"|<timescale within='10' unit='days'><late up-to='7' score='60'/>"
         "<late up-to='14' score='30'/></timescale>",
         "|<start>2023-06-01</start><end>2023-06-18</end>", "answered", "late", "60.00",
         "2023-06-11", "17"},
        {"|<timescale within='10' unit='days'><late up-to='7' score='60'/>"
         "<late up-to='14' score='30'/></timescale>",
         "|<start>2023-06-01</start><end>2023-06-19</end>", "answered", "late", "30.00",
         "2023-06-11", "18"},
        {"|<timescale within='10' unit='days'><late up-to='7' score='60'/>"
         "<late up-to='14' score='30'/></timescale>",
         "|<start>2023-06-01</start><end>2023-06-26</end>", "answered", "late", "0.00",
         "2023-06-11", "25"},
        /* Not ended: due on the day of the audit is not yet due; a day before, overdue. */
        {"|<timescale within='2' unit='weeks'/>", "|<start>2023-10-31</start>", "not-yet-due",
         "null", "null", "2023-11-14", NULL},
        {"|<timescale within='2' unit='weeks'/>", "|<start>2023-10-30</start>", "overdue",
         "null", "0.00", "2023-11-13", NULL},
        /* 31 January + 1 month is 28 February 2023; 29 February 2020 + 1 year 28 February. */
        {"|<timescale within='1' unit='months'/>",
         "|<start>2023-01-31</start><end>2023-02-28</end>", "answered", "met", "100.00",
         "2023-02-28", "28"},
        {"|<timescale within='1' unit='years'/>",
         "|<start>2020-02-29</start><end>2021-03-01</end>", "answered", "late", "0.00",
         "2021-02-28", "366"},
        /* Ended on the day it started. */
        {"|<timescale within='1' unit='days'/>",
         "|<start>2023-06-01</start><end>2023-06-01</end>", "answered", "met", "100.00",
         "2023-06-02", "0"},
        /* The extra holiday of the coronation, 8 May 2023, after that of 1 May: three
         * working days from Friday 28 April are 2, 3 and 4 May; of Friday 5 May, 9 to 11. */
        {"|<timescale within='3' unit='working-days'/>",
         "|<start>2023-05-05</start><end>2023-05-11</end>", "answered", "met", "100.00",
         "2023-05-11", "6"},
    };

    CHECK_ALL("", "", examples);
}
END_TEST

START_TEST(test_frequencies)
{
    static const struct example examples[] = {
        /* Every 6 weeks from 1 June: 13 July (6 weeks) kept, 25 August (43 days) not, then
         * 6 October (42) kept. Open gap from 6 October: due 17 November, after the audit, so
         * it does not count: 2 of 3, 2 × 100 ÷ 3 = 66.67. */
        {"|<frequency every='6' unit='weeks'/>",
         "|<start>2023-06-01</start><occurred>2023-07-13</occurred>"
         "<occurred>2023-08-25</occurred><occurred>2023-10-06</occurred>",
         "answered", "2/3", "66.67", NULL, NULL},
        /* The same without the last: due 6 October, so the open gap is a third, not kept. */
        {"|<frequency every='6' unit='weeks'/>",
         "|<start>2023-06-01</start><occurred>2023-08-25</occurred>"
         "<occurred>2023-07-13</occurred>",
         "answered", "1/3", "33.33", NULL, NULL},
        /* Dates given twice, and that of the start, are one point each. */
        {"|<frequency every='1' unit='months'/>",
         "|<start>2023-08-31</start><occurred>2023-08-31</occurred>"
         "<occurred>2023-09-30</occurred><occurred>2023-09-30</occurred><end>2023-10-30</end>",
         "answered", "1/1", "100.00", NULL, NULL},
        /* 30 September + 1 month is 30 October: a day later the open gap is too long. */
        {"|<frequency every='1' unit='months'/>",
         "|<start>2023-08-31</start><occurred>2023-09-30</occurred><end>2023-10-31</end>",
         "answered", "1/2", "50.00", NULL, NULL},
        /* Nothing has come round yet: due on the audit date itself. */
        {"|<frequency every='2' unit='weeks'/>", "|<start>2023-10-31</start>", "not-yet-due",
         "null", "null", NULL, NULL},
        /* Overdue from the start: no gap kept of one. */
        {"|<frequency every='2' unit='weeks'/>", "|<start>2023-10-30</start>", "answered",
         "0/1", "0.00", NULL, NULL},
    };

    CHECK_ALL("", "", examples);
}
END_TEST

START_TEST(test_numbers)
{
    static const char bands[] = "|<number min='-1' max='10'><band from='-1' score='100'/>"
                                "<band from='2' score='50'/><band from='4.5' score='0'/>"
                                "</number>";
    const struct example examples[] = {
        {bands, "|<value>-1</value>", "answered", "-1", "100.00", NULL, NULL},
        {bands, "|<value>1.999</value>", "answered", "1.999", "100.00", NULL, NULL},
        {bands, "|<value>2</value>", "answered", "2", "50.00", NULL, NULL},
        {bands, "|<value>4.499</value>", "answered", "4.499", "50.00", NULL, NULL},
        {bands, "|<value>4.50</value>", "answered", "4.5", "0.00", NULL, NULL},
        {bands, "|<value>10.0</value>", "answered", "10", "0.00", NULL, NULL},
    };

    CHECK_ALL("", "", examples);
}
END_TEST

START_TEST(test_points)
{
    /* 7 of 40: 17.50; faults: 100 − 17.50. 1 of 3: 33.33; faults 66.67: the credit is
     * rounded first. 1 of 800: 0.125 → 0.13, half up; as a fault 100 − 0.13 = 99.87. */
    static const struct example examples[] = {
        {"|<points out-of='40'/>", "|<value>7</value>", "answered", "7", "17.50", NULL, NULL},
        {"|<points out-of='40' count='faults'/>", "|<value>7</value>", "answered", "7", "82.50",
         NULL, NULL},
        {"|<points out-of='3'/>", "|<value>1</value>", "answered", "1", "33.33", NULL, NULL},
        {"|<points out-of='3' count='faults'/>", "|<value>1</value>", "answered", "1", "66.67",
         NULL, NULL},
        {"|<points out-of='800'/>", "|<value>1</value>", "answered", "1", "0.13", NULL, NULL},
        {"|<points out-of='800' count='faults'/>", "|<value>1</value>", "answered", "1",
         "99.87", NULL, NULL},
        {"|<points out-of='2.5' step='0.5'/>", "|<value>1.5</value>", "answered", "1.5",
         "60.00", NULL, NULL},
        {"|<points out-of='40'/>", "|<value>0</value>", "answered", "0", "0.00", NULL, NULL},
        {"|<points out-of='40'/>", "|<value>40</value>", "answered", "40", "100.00", NULL,
         NULL},
    };

    CHECK_ALL("", "", examples);
}
END_TEST

START_TEST(test_look_back)
{
    /* 12 months before 14 November 2023 is 14 November 2022: that day is in scope. */
    static const struct example examples[] = {
        {"answers='grades'|", "answer='a' date='2022-11-14'|", "answered", "a", "90.00", NULL,
         NULL},
        {"answers='grades'|", "answer='a' date='2022-11-13'|", "out-of-scope", "null", "null",
         NULL, NULL},
        {"answers='grades'|", "status='not-evidenced' date='2022-11-13'|", "out-of-scope",
         "null", "null", NULL, NULL},
        {"answers='grades'|", "status='not-applicable' date='2022-11-13'|<reason>r</reason>",
         "not-applicable", "null", "null", NULL, NULL},
        {"answers='grades'|", "answer='a'|", "answered", "a", "90.00", NULL, NULL},
        {"|<timescale within='1' unit='days'/>",
         "date='2022-11-13'|<start>2022-11-01</start><end>2022-11-13</end>", "out-of-scope",
         "null", "null", NULL, NULL},
    };

    CHECK_ALL("look-back-months='12'", "", examples);
    sample_score("look-back-months='12'",
                 "<section id='s' title='S'><standard id='x' answers='grades'><question>?"
                 "</question></standard></section>",
                 "<responses><response standard='x' answer='a'/></responses>");
    ck_assert_ptr_nonnull(strstr(sample_messages("warnings"), "'x' has no date"));
    /* Many are one thing to know. */
    sample_score("look-back-months='12'",
                 "<section id='s' title='S'>"
                 "<standard id='x' answers='grades'><question>?</question></standard>"
                 "<standard id='y' answers='grades'><question>?</question></standard>"
                 "<standard id='z' answers='grades'><question>?</question></standard>"
                 "<standard id='zz' answers='grades'><question>?</question></standard>"
                 "</section>",
                 "<responses><response standard='x' answer='a'/><response standard='y' "
                 "answer='a'/><response standard='z' answer='a'/><response standard='zz' "
                 "answer='a'/></responses>");
    const char *said = sample_messages("warnings");
    ck_assert_ptr_nonnull(strstr(said, "4 responses have no date"));
    ck_assert_ptr_nonnull(strstr(said, "standard 'x'; standard 'y'; standard 'z'; and so on"));
    ck_assert_ptr_null(strstr(strstr(said, "no date") + 1, "no date"));
}
END_TEST

static const char two_standards[] =
    "<section id='s' title='S'>"
    "<standard id='x' answers='grades'><question>?</question></standard>"
    "<standard id='y' answers='grades' required='no'><question>?</question></standard>"
    "<standard id='z' answers='grades'><question>?</question><applies>"
    "<when standard='x' answer='a'/></applies></standard></section>";

START_TEST(test_without_a_response)
{
    /* Optional: not applicable, without a score. Required: the return is incomplete. */
    sample_score("", two_standards,
                 "<responses><response standard='x' answer='b'/></responses>");
    ck_at("standards/y/status", "not-applicable");
    ck_at("standards/y/score", "null");
    ck_at("standards/z/status", "not-applying");
    ck_at("standards/z/counts", "false");

    sample_score("", two_standards,
                 "<responses><response standard='x' answer='a'/></responses>");
    ck_at("status", "rejected");
    ck_assert_ptr_nonnull(strstr(sample_messages("errors"), "'z' is required"));

    sample_score_flags("", two_standards,
                       "<responses><response standard='x' answer='a'/></responses>",
                       CASEAUDIT_ALLOW_INCOMPLETE);
    ck_at("status", "scored");
    ck_at("complete", "false");
    ck_at("standards/z/status", "missing");
    ck_at("standards/z/score", "null");
    ck_at("score", "90.00");
}
END_TEST

START_TEST(test_optional_never_has_the_score_of_not_applicable)
{
    sample_score("",
                 "<section id='s' title='S'><standard id='x' answers='grades'><question>?"
                 "</question></standard><standard id='y' answers='grades' required='no' "
                 "not-applicable-score='50'><question>?</question></standard></section>",
                 "<responses><response standard='x' answer='a'/></responses>");
    ck_at("standards/y/status", "not-applicable");
    ck_at("standards/y/score", "null");
    ck_at("score", "90.00");
}
END_TEST

START_TEST(test_section_not_applicable)
{
    sample_score("",
                 "<section id='s' title='S'><standard id='x' answers='grades'><question>?"
                 "</question></standard></section><section id='n' title='N'><section id='m' "
                 "title='M'><standard id='y' answers='grades' not-applicable-score='40'>"
                 "<question>?</question></standard></section></section>",
                 "<responses><not-applicable section='n'><reason>r</reason></not-applicable>"
                 "<response standard='x' answer='a'/></responses>");
    ck_at("standards/y/status", "not-applicable");
    ck_at("standards/y/score", "40.00");
    ck_at("sections/n/score", "40.00");
    ck_at("score", "65.00"); /* (90 + 40) ÷ 2 */
}
END_TEST

START_TEST(test_counts)
{
    /* Has a score, a weight, and no section above of weight 0. */
    sample_score(
        "",
        "<section id='s' title='S'><standard id='x' answers='grades'><question>?"
        "</question></standard><standard id='w' answers='grades' weight='0'><question>?"
        "</question></standard><standard id='t'><question>?</question><text/>"
        "</standard></section><section id='o' title='O' weight='0'><section id='i' "
        "title='I'><standard id='y' answers='grades' weight='0.25'><question>?"
        "</question></standard></section></section>",
        "<responses><response standard='x' answer='a'/><response standard='w' "
        "answer='c'/><response standard='t'><text>w</text></response><response "
        "standard='y' answer='b'/></responses>");
    ck_at("standards/x/counts", "true");
    ck_at("standards/w/counts", "false");
    ck_at("standards/w/score", "30.00");
    ck_at("standards/t/counts", "false");
    ck_at("standards/y/counts", "false");
    ck_at("standards/y/weight", "0.25");
    ck_at("sections/i/score", "60.00");
    ck_at("sections/o/score", "60.00");
    ck_at("score", "90.00");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("outcomes, worked by hand");
    TCase *fixture = tcase_create("outcomes");

    tcase_add_checked_fixture(fixture, sample_open, sample_close);
    tcase_add_test(fixture, test_answers);
    tcase_add_test(fixture, test_statuses_of_a_response);
    tcase_add_test(fixture, test_timescales);
    tcase_add_test(fixture, test_frequencies);
    tcase_add_test(fixture, test_numbers);
    tcase_add_test(fixture, test_points);
    tcase_add_test(fixture, test_look_back);
    tcase_add_test(fixture, test_without_a_response);
    tcase_add_test(fixture, test_optional_never_has_the_score_of_not_applicable);
    tcase_add_test(fixture, test_section_not_applicable);
    tcase_add_test(fixture, test_counts);
    suite_add_tcase(suite, fixture);
    return suite;
}
