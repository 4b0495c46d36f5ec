/* Every row of a condition (scoring rules, section 5), by the alert it does or does not raise.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buffer.h"
#include "tests/unit/scoring_sample.h"
#include "tests/unit/unit.h"

/*
 * The file that all rows look at:
 *   attributes  team north, age 07, since 2020-02-29; area absent
 *   s  x  b, 60.00, critical        y  late, 0.00            section 30.00, a c
 *   t  z  not applicable            w  not counted: weight 0, 0.00, critical, answer d
 *      n  7, scores 50.00, critical                          section 50.00, a b
 *   u  v  frequency 1/1, 100.00     e  not evidenced         section 50.00, a b
 *   o  k  b, 60.00, in a section of weight 0
 */
static const char body[] =
    "<answers id='yn'><answer id='yes' label='Y' score='100'/><answer id='no' label='N' "
    "score='0'/></answers>"
    "<attributes><attribute id='team' label='T' type='token'/>"
    "<attribute id='age' label='A' type='integer'/><attribute id='since' label='S' "
    "type='date'/><attribute id='area' label='Area' type='token'/></attributes>"
    "<section id='s' title='S'><standard id='x' answers='grades' critical='yes' "
    "not-applicable='forbidden'><question>?</question></standard><standard id='y'><question>?"
    "</question><timescale within='1' unit='days'/></standard></section>"
    "<section id='t' title='T'><standard id='z' answers='yn'><question>?</question></standard>"
    "<standard id='w' answers='grades' weight='0' critical='yes' not-applicable='forbidden'>"
    "<question>?</question></standard><standard id='n' critical='yes' "
    "not-applicable='forbidden'><question>?</question><number min='0' max='9'><band from='0' "
    "score='50'/></number></standard></section>"
    "<section id='u' title='U'><standard id='v'><question>?</question><frequency every='1' "
    "unit='months'/></standard><standard id='e' answers='yn'><question>?</question></standard>"
    "</section>"
    "<section id='o' title='O' weight='0'><standard id='k' answers='grades'><question>?"
    "</question></standard></section>";

static const char answers[] =
    "<attributes><attribute id='team'>north</attribute><attribute id='age'>07</attribute>"
    "<attribute id='since'>2020-02-29</attribute></attributes><responses>"
    "<response standard='x' answer='b'/>"
    "<response standard='y'><start>2023-06-01</start><end>2023-06-05</end></response>"
    "<response standard='z' status='not-applicable'><reason>r</reason></response>"
    "<response standard='w' answer='d'/><response standard='n'><value>7</value></response>"
    "<response standard='v'><start>2023-06-01</start><occurred>2023-06-20</occurred>"
    "<end>2023-06-20</end></response>"
    "<response standard='e' status='not-evidenced'/><response standard='k' answer='b'/>"
    "</responses>";

struct row {
    const char *when;
    bool holds;
};

/* All rows as alerts of one template, so that one scoring tests them all. */
static void check_rows(const struct row *rows, size_t count)
{
    struct ca_buffer text = {0};
    char path[32];

    ca_buffer_printf(&text, "%s<alerts>", body);
    for (size_t i = 0; i < count; i++)
        ca_buffer_printf(&text,
                         "<alert id='r%zu' severity='review'><message>m</message>%s</alert>", i,
                         rows[i].when);
    ca_buffer_puts(&text, "</alerts>");
    sample_score("", text.data, answers);
    ca_buffer_free(&text);
    ck_at("sections/s/score", "30.00");
    ck_at("sections/t/score", "50.00");
    ck_at("sections/u/score", "50.00");
    for (size_t i = 0, raised = 0; i < count; i++) {
        snprintf(path, sizeof path, "alerts/%zu/id", raised);
        char id[24];
        snprintf(id, sizeof id, "r%zu", i);
        bool holds = strcmp(sample_at(path), id) == 0;
        if (holds != rows[i].holds)
            ck_abort_msg("%s %s hold", rows[i].when, holds ? "should not" : "should");
        raised += holds;
    }
}

#define CHECK_ROWS(...)                                                                        \
    do {                                                                                       \
        static const struct row rows[] = {__VA_ARGS__};                                        \
        check_rows(rows, sizeof rows / sizeof *rows);                                          \
    } while (0)

START_TEST(test_attributes)
{
    CHECK_ROWS(
        {"<when attribute='team' is='north'/>", true},
        {"<when attribute='team' is='south north'/>", true},
        {"<when attribute='team' is='south'/>", false},
        {"<when attribute='team' is-not='south'/>", true},
        {"<when attribute='team' is-not='south north'/>", false},
        /* absent: is not anything, and is-not holds */
        {"<when attribute='area' is='x'/>", false},
        {"<when attribute='area' is-not='x'/>", true},
        /* integers by value: 07 is 7 */
        {"<when attribute='age' is='7'/>", true}, {"<when attribute='age' is='6 8'/>", false},
        /* both ends belong to a range; either may be left out */
        {"<when attribute='age' from='7' to='7'/>", true},
        {"<when attribute='age' from='8'/>", false}, {"<when attribute='age' to='6'/>", false},
        {"<when attribute='age' from='-5'/>", true},
        {"<when attribute='since' from='2020-02-29'/>", true},
        {"<when attribute='since' from='2020-03-01' to='2021-01-01'/>", false},
        {"<when attribute='since' to='2020-02-29'/>", true});
}
END_TEST

START_TEST(test_a_standard)
{
    CHECK_ROWS(
        {"<when standard='x' answer='b'/>", true},
        {"<when standard='x' answer='a c d'/>", false},
        {"<when standard='w' answer='d'/>", true}, /* whether or not it counts */
        {"<when standard='y' answer='late'/>", true},
        {"<when standard='y' answer='met'/>", false},
        {"<when standard='z' answer='yes no'/>", false},
        {"<when standard='z' status='not-applicable'/>", true},
        {"<when standard='e' status='overdue not-evidenced'/>", true},
        {"<when standard='x' status='answered'/>", true},
        {"<when standard='x' status='not-evidenced'/>", false},
        /* below is under it, from is it or more; without a score neither */
        {"<when standard='x' below='60'/>", false},
        {"<when standard='x' below='60.01'/>", true}, {"<when standard='x' from='60'/>", true},
        {"<when standard='x' from='60.01'/>", false},
        {"<when standard='z' below='100'/>", false}, {"<when standard='z' from='0'/>", false},
        {"<when standard='n' below='50.01'/>", true});
}
END_TEST

START_TEST(test_several_standards)
{
    CHECK_ROWS({"<when standards='x w k' answer='b' at-least='2'/>", true},
               {"<when standards='x w k' answer='b' at-least='3'/>", false},
               {"<when standards='x w k' answer='b d' at-least='3'/>", true},
               {"<when standards='x w k' answer='b' at-most='2'/>", true},
               {"<when standards='x w k' answer='b' at-most='1'/>", false},
               {"<when standards='z e' answer='yes' at-most='0'/>", true},
               {"<when standards='x w k' answer='d' at-most='0'/>", false});
}
END_TEST

START_TEST(test_sections)
{
    CHECK_ROWS(
        {"<when section='s' below='30'/>", false}, {"<when section='s' below='30.01'/>", true},
        {"<when section='s' from='30'/>", true}, {"<when section='s' from='30.01'/>", false},
        {"<when section='s' graded='c'/>", true}, {"<when section='s' graded='a b d'/>", false},
        {"<when section='o' graded='b'/>", true}, /* of weight 0: graded all the same */
        /* top-level sections that take part: t and u are b, o is of weight 0 */
        {"<when sections-graded='b' at-least='2'/>", true},
        {"<when sections-graded='b' at-least='3'/>", false},
        {"<when sections-graded='b c' at-least='3'/>", true},
        {"<when sections-graded='b' at-most='1'/>", false},
        {"<when sections-graded='a d' at-most='0'/>", true});
}
END_TEST

START_TEST(test_critical)
{
    /* x 60.00, w 0.00 (not counting), n 50.00 */
    CHECK_ROWS({"<when critical-below='50' at-least='1'/>", true},
               {"<when critical-below='50' at-least='2'/>", false},
               {"<when critical-below='50.01' at-least='2'/>", true},
               {"<when critical-below='60.01' at-least='3'/>", true},
               {"<when critical-below='60' at-least='3'/>", false},
               {"<when critical-below='50' at-most='1'/>", true},
               {"<when critical-below='60.01' at-most='2'/>", false});
}
END_TEST

START_TEST(test_together)
{
    CHECK_ROWS(
        {"<when standard='x' answer='b'/><when attribute='age' is='7'/>", true},
        {"<when standard='x' answer='b'/><when attribute='age' is='8'/>", false},
        {"<any><when standard='x' answer='a'/><when attribute='age' is='7'/></any>", true},
        {"<any><when standard='x' answer='a'/><when attribute='age' is='8'/></any>", false},
        {"<any><when attribute='age' is='7'/></any><when standard='x' answer='a'/>", false},
        {"<any><when attribute='age' is='7'/></any><any><when standard='x' answer='b'/></any>",
         true});
}
END_TEST

START_TEST(test_applies)
{
    /* A section within one that does not apply does not either; standards look at earlier
     * ones, and at one that does not apply they find no answer. */
    sample_score("",
                 "<attributes><attribute id='age' label='A' type='integer'/></attributes>"
                 "<section id='s' title='S'><standard id='x' answers='grades'><question>?"
                 "</question></standard></section>"
                 "<section id='t' title='T'><applies><when attribute='age' from='5'/></applies>"
                 "<section id='i' title='I'><standard id='y' answers='grades'><question>?"
                 "</question></standard></section></section>"
                 "<section id='u' title='U'><standard id='z' answers='grades'><question>?"
                 "</question><applies><any><when standard='y' answer='a b c d'/><when "
                 "standard='x' answer='d'/></any></applies></standard></section>",
                 "<attributes><attribute id='age'>4</attribute></attributes><responses>"
                 "<response standard='x' answer='b'/></responses>");
    ck_at("standards/y/status", "not-applying");
    ck_at("standards/z/status", "not-applying");
    ck_at("sections/t/score", "null");
    ck_at("score", "60.00");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("conditions, worked by hand");
    TCase *fixture = tcase_create("conditions");

    tcase_add_checked_fixture(fixture, sample_open, sample_close);
    tcase_add_test(fixture, test_attributes);
    tcase_add_test(fixture, test_a_standard);
    tcase_add_test(fixture, test_several_standards);
    tcase_add_test(fixture, test_sections);
    tcase_add_test(fixture, test_critical);
    tcase_add_test(fixture, test_together);
    tcase_add_test(fixture, test_applies);
    suite_add_tcase(suite, fixture);
    return suite;
}
