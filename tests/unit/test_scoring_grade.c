/* From the computed grade to the grade, alerts and measures (scoring rules, sections 6 to 8),
 * worked by hand. */
#include <stdio.h>
#include <string.h>

#include "core/base/buffer.h"
#include "tests/unit/scoring_sample.h"
#include "tests/unit/unit.h"

/* Two standards of equal weight, so that the answers make the computed grade:
 * a 90, b 60, c 30, d 0. */
static const char standards[] =
    "<section id='s' title='S'><standard id='x' answers='grades'><question>?</question>"
    "</standard><standard id='y' answers='grades'><question>?</question></standard></section>";

/* Limits: to c unless x is an a or b; never lifted to d if y is d. */
static const char limits[] =
    "<limits><limit id='soft' to='c'><reason>Soft</reason><when standard='x' answer='c d'/>"
    "</limit><limit id='hard' to='d' override='never'><reason>Hard</reason><when standard='y' "
    "answer='d'/></limit></limits>";

/* The answers of x and y, and all that follows: judgement, moderation. */
static void grade(const char *attributes, const char *more, const char *x, const char *y,
                  const char *after)
{
    struct ca_buffer body = {0}, answers = {0};

    ca_buffer_printf(&body, "%s%s", standards, more);
    ca_buffer_printf(&answers,
                     "<responses><response standard='x' answer='%s'/><response standard='y' "
                     "answer='%s'/></responses>%s",
                     x, y, after);
    sample_score(attributes, body.data, answers.data);
    ca_buffer_free(&body);
    ca_buffer_free(&answers);
}

#define JUDGED(g) "<judgement grade='" g "' by='A1' date='2023-11-14'/>"
#define MODERATED(attributes, inside)                                                          \
    "<moderation by='M1' date='2023-11-20' " attributes ">" inside "</moderation>"

/* computed, recomputed, judged, cap, moderated, grade */
static void check_grades(const char *wanted)
{
    static const char *const keys[] = {"computed", "recomputed", "judged",
                                       "cap",      "moderated",  "grade"};
    char found[256] = "";

    for (size_t i = 0; i < 6; i++) {
        const char *value = sample_at(keys[i]);
        snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s", i ? " " : "",
                 strcmp(value, "null") == 0 ? "-" : value);
    }
    if (strcmp(found, wanted) != 0)
        ck_abort_msg("%s, should be %s\n%s", found, wanted, sample_messages("errors"));
}

START_TEST(test_base_and_cap)
{
    /* (90 + 60) ÷ 2 = 75: b */
    grade("", limits, "a", "b", "");
    check_grades("b - - - - b");
    /* (30 + 90) ÷ 2 = 60: b, lowered to c */
    grade("", limits, "c", "a", "");
    check_grades("b - - c - c");
    /* both limits hold: the worst of c and d */
    grade("", limits, "c", "d", "");
    check_grades("d - - d - d");
    /* worse than the cap already: (0 + 30) ÷ 2 = 15: d stays d under a cap of c */
    grade("", limits, "d", "c", "");
    check_grades("d - - c - d");
    ck_at("limits/soft/reason", "Soft");
}
END_TEST

START_TEST(test_judgement)
{
    /* overall='judged': the judgement counts, and the cap lowers it */
    grade("overall='judged'", limits, "a", "b", JUDGED("a"));
    check_grades("b - a - - a");
    grade("overall='judged'", limits, "c", "a", JUDGED("a"));
    check_grades("b - a c - c");
    /* a worse judgement is not raised */
    grade("overall='judged'", limits, "c", "a", JUDGED("d"));
    check_grades("b - d c - d");
    /* overall='computed': the judgement stands beside */
    grade("", limits, "a", "b", JUDGED("d"));
    check_grades("b - d - - b");
    /* required where it counts */
    grade("overall='judged'", limits, "a", "b", "");
    ck_at("status", "rejected");
}
END_TEST

START_TEST(test_moderation)
{
    grade("", limits, "a", "b", MODERATED("grade='c'", ""));
    check_grades("b - - - c c");
    /* lowered to the cap, unless it overrides it */
    grade("", limits, "c", "a", MODERATED("grade='a'", ""));
    check_grades("b - - c a c");
    grade("", limits, "c", "a",
          MODERATED("grade='a' override='yes'", "<rationale>r</rationale>"));
    check_grades("b - - c a a");
    /* but never above a limit that no moderation lifts */
    grade("", limits, "c", "d",
          MODERATED("grade='a' override='yes'", "<rationale>r</rationale>"));
    check_grades("d - - d a d");
    /* an override needs a rationale */
    grade("", limits, "c", "a", MODERATED("grade='a' override='yes'", ""));
    ck_at("status", "rejected");
    /* it takes the place of the judgement */
    grade("overall='judged'", "", "a", "a", JUDGED("a") MODERATED("grade='b'", ""));
    check_grades("a - a - b b");
}
END_TEST

START_TEST(test_changes)
{
    static const char to_d[] =
        "<change standard='x' answer='d'><rationale>r</rationale></change>";
    char inside[256];

    /* as audited (90 + 90) ÷ 2 = 90: a; with the change (0 + 90) ÷ 2 = 45: c, and the soft
     * limit, to c, now holds */
    snprintf(inside, sizeof inside, "<moderation by='M1' date='2023-11-20'>%s</moderation>",
             to_d);
    grade("", limits, "a", "a", inside);
    check_grades("a c - c c c");
    ck_at("score", "45.00");
    ck_at("standards/x/answer", "d");
    ck_at("standards/x/audited", "a");
    ck_at("standards/y/audited", "null");
    ck_at("limits", "1 items");
    /* with a grade of its own, that counts, lowered to the cap */
    grade("", limits, "a", "a",
          MODERATED("grade='b'", "<change standard='x' answer='d'><rationale>r</rationale>"
                                 "</change>"));
    check_grades("a c - c b c");
    /* to a status: not applicable leaves it out, (90) ÷ 1 */
    grade("", limits, "d", "a",
          MODERATED("", "<change standard='x' status='not-applicable'><rationale>r</rationale>"
                        "</change>"));
    check_grades("c a - - a a");
    ck_at("standards/x/status", "not-applicable");
    ck_at("standards/x/audited", "d");
    ck_at("score", "90.00");
    /* a judged template keeps its judgement, and needs a moderated grade */
    grade("overall='judged'", "", "a", "a",
          JUDGED("a") MODERATED("grade='c'", "<change standard='x' answer='d'>"
                                             "<rationale>r</rationale></change>"));
    check_grades("a c a - c c");
}
END_TEST

START_TEST(test_change_that_alters_what_applies)
{
    sample_score("",
                 "<section id='s' title='S'><standard id='x' answers='grades'><question>?"
                 "</question></standard><standard id='y' answers='grades'><question>?"
                 "</question><applies><when standard='x' answer='a'/></applies></standard>"
                 "</section>",
                 "<responses><response standard='x' answer='b'/></responses><moderation "
                 "by='M1' date='2023-11-20'><change standard='x' answer='a'><rationale>r"
                 "</rationale></change></moderation>");
    ck_at("status", "rejected");
    ck_assert_ptr_nonnull(strstr(sample_messages("errors"), "'y' would begin to apply"));
}
END_TEST

START_TEST(test_built_in_alerts)
{
    /* a against c is two steps; a against b is one */
    grade("overall='judged'", "", "c", "c", JUDGED("a"));
    ck_at("alerts/0/id", "judgement-diverges");
    ck_at("alerts/0/severity", "review");
    ck_at("alerts", "1 items");
    grade("overall='judged'", "", "b", "b", JUDGED("a"));
    ck_at("alerts", "0 items");
    /* beside a computed grade it is told too */
    grade("", "", "d", "d", JUDGED("b"));
    ck_at("alerts/0/id", "judgement-diverges");
    /* against the grade as audited: changes do not matter */
    grade("", "", "a", "a",
          JUDGED("a") MODERATED("", "<change standard='x' answer='d'><rationale>r</rationale>"
                                    "</change><change standard='y' answer='d'><rationale>r"
                                    "</rationale></change>"));
    ck_at("alerts", "0 items");
    /* capped: a judgement that is the base, once; a computed base is none */
    grade("overall='judged'", limits, "c", "a", JUDGED("b"));
    ck_at("alerts/0/id", "judgement-capped");
    grade("", limits, "c", "a", "");
    ck_at("alerts", "0 items");
    grade("overall='judged'", limits, "c", "a", JUDGED("b") MODERATED("grade='b'", ""));
    ck_at("alerts", "1 items");
    grade("", limits, "c", "a", MODERATED("grade='b'", ""));
    ck_at("alerts/0/id", "judgement-capped");
    ck_at("alerts/0/message", "A limit lowered the grade that was moderated to 'C'.");
    grade("overall='judged'", limits, "c", "a", JUDGED("b"));
    ck_at("alerts/0/message", "A limit lowered the grade that was judged to 'C'.");
    grade("overall='judged'", limits, "c", "a", JUDGED("b") MODERATED("grade='d'", ""));
    ck_at("alerts/0/message", "A limit lowered the grade that was judged to 'C'.");
}
END_TEST

START_TEST(test_alerts_by_severity)
{
    grade("overall='judged'",
          "<limits><limit id='l' to='d'><reason>R</reason><when standard='x' answer='a'/>"
          "</limit></limits><alerts>"
          "<alert id='r1' severity='review'><message>1</message><when standard='x' answer='a'/>"
          "</alert><alert id='i1' severity='immediate'><message>2</message><when standard='x' "
          "answer='a'/></alert><alert id='u1' severity='urgent'><message>3</message><when "
          "standard='x' answer='a'/></alert><alert id='i2' severity='immediate'><message>4"
          "</message><when standard='x' answer='a'/></alert><alert id='no' "
          "severity='immediate'><message>5</message><when standard='x' answer='b'/></alert>"
          "</alerts>",
          "a", "a", JUDGED("c"));
    ck_at("alerts/0/id", "i1");
    ck_at("alerts/1/id", "i2");
    ck_at("alerts/2/id", "u1");
    ck_at("alerts/3/id", "r1");
    ck_at("alerts/4/id", "judgement-diverges");
    ck_at("alerts/5/id", "judgement-capped");
    ck_at("alerts", "6 items");
}
END_TEST

START_TEST(test_measures)
{
    static const char body[] =
        "<answers id='yn'><answer id='yes' label='Y' score='100'/><answer id='part' label='P' "
        "score='50'/><answer id='no' label='N' score='0'/><answer id='seen' label='S' "
        "score='none'/></answers><section id='s' title='S'>"
        "<standard id='x' answers='yn'><question>?</question></standard>"
        "<standard id='w' answers='yn' weight='0'><question>?</question></standard>"
        "<standard id='q' answers='yn'><question>?</question></standard>"
        "<standard id='f'><question>?</question><frequency every='1' unit='months'/></standard>"
        "<standard id='g' required='no'><question>?</question><frequency every='1' "
        "unit='months'/></standard>"
        "<standard id='t'><question>?</question><timescale within='1' unit='weeks'/></standard>"
        "<standard id='o'><question>?</question><timescale within='1' unit='weeks'/></standard>"
        "<standard id='n'><question>?</question><number min='0' max='9'><band from='0' "
        "score='50'/></number></standard></section><measures>"
        "<measure id='full' label='L' standard='x' kind='proportion'/>"
        "<measure id='some' label='L' standard='x' kind='proportion' counts='yes part'/>"
        "<measure id='weightless' label='L' standard='w' kind='proportion'/>"
        "<measure id='none' label='L' standard='q' kind='proportion'/>"
        "<measure id='gaps' label='L' standard='f' kind='proportion'/>"
        "<measure id='lost' label='L' standard='g' kind='proportion'/>"
        "<measure id='late' label='L' standard='t' kind='proportion' counts='late'/>"
        "<measure id='over' label='L' standard='o' kind='proportion'/>"
        "<measure id='days' label='L' standard='t' kind='mean'/>"
        "<measure id='open' label='L' standard='o' kind='mean'/>"
        "<measure id='value' label='L' standard='n' kind='mean'/></measures>";
    static const struct {
        const char *id, *numerator, *denominator;
    } wanted[] = {
        {"full", "0", "1"},       /* part is not full marks */
        {"some", "1", "1"},       /* but among those that count */
        {"weightless", "1", "1"}, /* whatever its weight */
        {"none", "0", "0"},       /* an answer without a score */
        {"gaps", "1", "2"},       /* kept 1 of 2 */
        {"lost", "0", "1"},       /* a frequency not evidenced: 0 of 1 */
        {"late", "1", "1"},       /* timescale: among counts */
        {"over", "0", "1"},       /* overdue has a score of 0 */
    };
    char path[64];

    sample_score("", body,
                 "<responses><response standard='x' answer='part'/><response standard='w' "
                 "answer='yes'/><response standard='q' answer='seen'/><response standard='f'>"
                 "<start>2023-06-01</start><occurred>2023-07-01</occurred><occurred>2023-09-01"
                 "</occurred><end>2023-09-15</end></response><response standard='g' "
                 "status='not-evidenced'/><response standard='t'><start>2023-06-01</start>"
                 "<end>2023-06-12</end></response><response standard='o'><start>2023-06-01"
                 "</start></response><response standard='n'><value>2.5</value></response>"
                 "</responses>");
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        snprintf(path, sizeof path, "measures/%s/numerator", wanted[i].id);
        if (strcmp(sample_at(path), wanted[i].numerator) != 0)
            ck_abort_msg("%s is %s\n%s", path, sample_at(path), sample_messages("errors"));
        snprintf(path, sizeof path, "measures/%s/denominator", wanted[i].id);
        ck_assert_str_eq(sample_at(path), wanted[i].denominator);
    }
    ck_at("measures/days/sum", "11"); /* 1 to 12 June, whether late or not */
    ck_at("measures/days/count", "1");
    ck_at("measures/open/count", "0"); /* not ended: nothing to add */
    ck_at("measures/value/sum", "2.50");
    ck_at("measures/value/count", "1");
}
END_TEST

START_TEST(test_quarters)
{
    grade("", "", "a", "a", "");
    ck_at("quarter", "2023-24 Q3"); /* October to December; the year begins in April */
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("grades, worked by hand");
    TCase *fixture = tcase_create("grades");

    tcase_add_checked_fixture(fixture, sample_open, sample_close);
    tcase_add_test(fixture, test_base_and_cap);
    tcase_add_test(fixture, test_judgement);
    tcase_add_test(fixture, test_moderation);
    tcase_add_test(fixture, test_changes);
    tcase_add_test(fixture, test_change_that_alters_what_applies);
    tcase_add_test(fixture, test_built_in_alerts);
    tcase_add_test(fixture, test_alerts_by_severity);
    tcase_add_test(fixture, test_measures);
    tcase_add_test(fixture, test_quarters);
    suite_add_tcase(suite, fixture);
    return suite;
}
