#include "tests/unit/unit.h"

#include <string.h>

#include "tests/unit/template_sample.h"

/* Templates without an error that mean something else than they say. */

/* Every standard here has a question of its own: the same one twice is doubted. */
#undef STANDARD
#define STANDARD(attributes, content)                                                          \
    "<standard " attributes "><question>" attributes "</question>" content "</standard>\n"

/* A list and a standard that it answers. */
#define LISTED(attributes, answers)                                                            \
    .head = "@<answers id='l' " attributes ">" answers "</answers>\n",                         \
    .sections = IN_SECTION(STANDARD("id='a' answers='l'", ""))
/* The same, with the mark within the list. */
#define LISTED_AT(answers)                                                                     \
    .head = "<answers id='l'>" answers "</answers>\n",                                         \
    .sections = IN_SECTION(STANDARD("id='a' answers='l'", ""))
#define ANSWER(id, label, score) "<answer id='" id "' label='" label "' score='" score "'/>"
#define GRADE(id, label, score, from)                                                          \
    "<grade id='" id "' label='" label "' score='" score "' from='" from "'/>"

/* ---- full marks ---- */

static const struct sample_fault full_marks[] = {
    {{.scale = "@" GRADE("outstanding", "Outstanding", "3", "2.5")
          GRADE("good", "Good", "2", "1.5") GRADE("ri", "Requires improvement", "1", "0.5")
              GRADE("in", "Inadequate", "0", "0")},
     "the best grade of the scale scores 3, and full marks are 100; was out-of=\"3\" "
     "forgotten?"},
    {{LISTED("", ANSWER("y", "Yes", "2") ANSWER("p", "Partly", "1") ANSWER("n", "No", "0"))},
     "the best answer of list 'l' scores 2, and full marks are 100; was out-of=\"2\" "
     "forgotten?"},
    {{LISTED("out-of='5'", ANSWER("y", "Yes", "4") ANSWER("n", "No", "0"))},
     "no answer of list 'l' reaches full marks: the best scores 4 of 5"},
    {{LISTED("", ANSWER("y", "Yes", "99.99") ANSWER("s", "Seen", "none"))},
     "the best scores 99.99 of 100"},
    {{.sections =
          IN_SECTION("@" STANDARD("id='a'", "<number min='0' max='9'><band from='0' score='0'/>"
                                            "<band from='5' score='90'/></number>"))},
     "no value of standard 'a' reaches full marks: its best band scores 90 of 100"},
    {{.sections = IN_SECTION("@" STANDARD("id='a'", "<points out-of='10' step='3'/>"))},
     "standard 'a' goes in steps of 3, of which the last before 10 is 9: full marks can never"},
    {{.sections =
          IN_SECTION("@" STANDARD("id='a'", "<points out-of='5' step='1.5' count='faults'/>"))},
     "the last before 5 is 4.5: all faults can never be given"},
};

/* ---- what makes no difference ---- */

static const struct sample_fault sameness[] = {
    {{LISTED("", ANSWER("y", "Yes", "100") ANSWER("n", "No", "100"))},
     "every answer of list 'l' that has a score has 100: it makes no difference"},
    {{LISTED("",
             ANSWER("y", "Yes", "100") ANSWER("n", "No", "100") ANSWER("s", "Seen", "none"))},
     "every answer of list 'l' that has a score has 100"},
    {{.scale = "@<grade id='good' label='Good' score='100' from='75' positive='yes'/>"
               "<grade id='poor' label='Poor' score='0' from='0' positive='yes'/>"},
     "every grade has positive=\"yes\""},
    {{MEASURE("standard='s.1' kind='proportion' counts='good fair poor'")},
     "measure 'm' counts every answer that has a score"},
};

/* ---- order and labels ---- */

static const struct sample_fault orders[] = {
    {{LISTED_AT(ANSWER("a", "1 - worst", "0") ANSWER("b", "2", "60") "@" ANSWER("c", "3", "30")
                    ANSWER("d", "4 - best", "100"))},
     "the scores of list 'l' are not in the order of their labels: '2' scores 60, and '3' 30"},
    {{LISTED_AT(ANSWER("g", "Good", "50") "@" ANSWER("o", "Outstanding (rare)", "0")
                    ANSWER("x", "Better still", "100"))},
     "'Good' scores 50, and 'Outstanding (rare)' 0"},
    {{LISTED_AT(ANSWER("n", "Not met", "100") "@" ANSWER("m", "Fully met", "0"))},
     "'Not met' scores 100, and 'Fully met' 0"},
    {{LISTED_AT("@" ANSWER("y", "Yes", "50") ANSWER("p", "Partly", "100")
                    ANSWER("n", "No", "0"))},
     "'Partly' scores 100, and 'Yes' 50"},
    {{LISTED_AT(ANSWER("a", "Always", "100") "@" ANSWER("u", "Usually", "30")
                    ANSWER("s", "Sometimes", "60") ANSWER("n", "Never", "0"))},
     "not in the order of their labels"},
    {{.scale = GRADE("a", "Good", "100", "75") "@" GRADE("b", "Outstanding", "50", "0")},
     "the scores of the scale are not in the order of their labels"},
    {{.sections = IN_SECTION("@" STANDARD(
          "id='a'", "<timescale within='1' unit='days'><late up-to='7' score='20'/>"
                    "<late up-to='14' score='50'/></timescale>"))},
     "standard 'a' scores more when it is up to 14 days late than up to 7"},
    {{.sections = IN_SECTION("@" STANDARD(
          "id='a'", "<timescale within='1' unit='days'><late up-to='7' score='100'/>"
                    "<late up-to='14' score='50'/></timescale>"))},
     "standard 'a' has full marks when it is up to 7 days late, so being late costs nothing"},
    {{LISTED_AT(ANSWER("y", "Yes", "100") "@" ANSWER("n", "yes ", "0"))},
     "answers 'y' and 'n' of list 'l' have the same label, 'yes'"},
    {{.scale = GRADE("a", "Fine", "100", "50") "@" GRADE("b", "Fine", "0", "0")},
     "grades 'a' and 'b' of the scale have the same label, 'Fine'"},
    {{.head = "<attributes><attribute id='team' label='T' type='token'>"
              "<value id='n' label='North  East'/>@<value id='m' label='North east'/>"
              "</attribute></attributes>"},
     "values 'n' and 'm' of attribute 'team' have the same label, 'North east'"},
    {{.head = "<themes><theme id='a' label='Voice'/>@<theme id='b' label='Voice'/></themes>"},
     "themes 'a' and 'b' of the template have the same label"},
    {{.name = "full",
      .head = "<agencies><agency id='a' label='Police'/>@<agency id='b' label='Police'/>"
              "</agencies>"},
     "agencies 'a' and 'b' of the template have the same label"},
};

static const struct sample_fault names[] = {
    {{.sections =
          IN_SECTION(STANDARD("id='a' label='On time' answers='grades'", "") "@" STANDARD(
              "id='b' label='on  time' answers='grades'", ""))},
     "standard 'b' is called 'on  time' like another of the standards beside it"},
    {{.sections = IN_SECTION(
          "<standard id='a' answers='grades'><question>Seen alone?</question></standard>@"
          "<standard id='b' answers='grades'><question> seen  Alone?</question></standard>")},
     "standard 'b' asks 'seen  Alone?' as 'a' does beside it, and neither has a label"},
    {{.sections = "<section id='s' title='Plan'>" TWO_STANDARDS "</section>@<section id='u' "
                  "title='Plan'>" STANDARD("id='a' answers='grades'", "") "</section>"},
     "section 'u' is called 'Plan' like another of the sections beside it"},
    {{.tail = "<measures><measure id='m' label='On time' standard='s.1' kind='proportion'/>@"
              "<measure id='n' label='On time' standard='s.2' kind='proportion'/></measures>"},
     "measure 'n' is called 'On time' like another of the measures beside it"},
    {{.head = "<attributes><attribute id='a' label='Team' type='text'/>@<attribute id='b' "
              "label='Team' type='text'/></attributes>"},
     "attribute 'b' is called 'Team' like another of the attributes beside it"},
};

/* ---- weights and measures ---- */

static const struct sample_fault counted[] = {
    {{.sections = IN_SECTION(STANDARD("id='a'", "<points out-of='40'/>") "@" STANDARD(
          "id='b'", "<points out-of='4'/>"))},
     "'a' is out of 40 points and 'b' out of 4, with the same weight"},
    {{MEASURE("standard='a' kind='proportion'"),
      .head = "<answers id='l'>" ANSWER("s", "Seen", "none") "</answers>",
      .sections = IN_SECTION(STANDARD("id='a' answers='l'", "")
                                 STANDARD("id='b' answers='grades'", ""))},
     "measure 'm' counts full marks, which standard 'a' never has, so it will always be 0"},
    {{MEASURE("standard='a' kind='proportion' counts='s'"),
      .head =
          "<answers id='l'>" ANSWER("s", "Seen", "none") ANSWER("y", "Yes", "100") "</answers>",
      .sections = IN_SECTION(STANDARD("id='a' answers='l'", ""))},
     "measure 'm' counts answers that have no score, so it will always be 0"},
};

/* ---- conditions that say nothing ---- */

#define RULE_ROOT    .root = "rollup='rules'"
#define RULES(rules) .tail = "<rules>" rules "<otherwise grade='good'/></rules>\n"

static const struct sample_fault conditions[] = {
    {{.tail = "<limits>@<limit id='l' to='good'><reason>R</reason><when section='s' "
              "below='50'/></limit></limits>"},
     "limit 'l' is to 'good', the best grade, so it lowers nothing"},
    {{.tail = "<limits>@<limit id='l' to='poor'><reason>R</reason><when section='s' "
              "from='0'/></limit></limits>"},
     "limit 'l' always holds"},
    {{.tail = "<alerts>@<alert id='a' severity='review'><message>M</message>"
              "<when sections-graded='poor' at-least='0'/></alert></alerts>"},
     "alert 'a' always holds"},
    {{.tail = "<alerts>@<alert id='a' severity='review'><message>M</message>"
              "<any><when section='s' below='5'/><when section='s' graded='good fair poor'/>"
              "</any></alert></alerts>"},
     "alert 'a' always holds"},
    {{.tail = "<alerts>@<alert id='a' severity='review'><message>M</message>"
              "<when standards='s.1 s.2' answer='good' at-most='2'/></alert></alerts>"},
     "alert 'a' always holds"},
    {{.tail = "<alerts>@<alert id='a' severity='review'><message>M</message>"
              "<when section='s' from='50'/><when section='s' below='50'/></alert></alerts>"},
     "alert 'a' never holds: its conditions exclude each other"},
    {{.tail = "<alerts>@<alert id='a' severity='review'><message>M</message>"
              "<when section='s' graded='good'/><when section='s' below='75'/></alert>"
              "</alerts>"},
     "alert 'a' never holds"},
    {{.tail = "<alerts>@<alert id='a' severity='review'><message>M</message>"
              "<when section='s' graded='good'/><when section='s' graded='poor'/></alert>"
              "</alerts>"},
     "alert 'a' never holds"},
    {{.tail = "<alerts>@<alert id='a' severity='review'><message>M</message>"
              "<when standard='s.1' answer='good'/><when standard='s.1' "
              "status='not-evidenced'/></alert></alerts>"},
     "alert 'a' never holds"},
    {{.tail = "<alerts>@<alert id='a' severity='review'><message>M</message>"
              "<when sections-graded='poor' at-least='1'/><when sections-graded='poor fair' "
              "at-most='0'/></alert></alerts>"},
     "alert 'a' never holds"},
    {{.head = "<answers id='l'>" ANSWER("y", "Yes", "100") ANSWER("n", "No", "0") "</answers>",
      .sections = IN_SECTION(STANDARD("id='a' answers='l'", "")
                                 STANDARD("id='b' answers='grades'", "")),
      .tail = "<alerts><alert id='a' severity='review'><message>M</message>"
              "@<when standards='a b' answer='y' at-least='1'/></alert></alerts>"},
     "standard 'b' has none of these answers, so it never counts here"},
    {{.head = "<answers id='l'>" ANSWER("y", "Yes", "100") ANSWER("n", "No", "0") "</answers>",
      .sections = IN_SECTION(STANDARD("id='a' answers='l'", "")),
      .tail = "<alerts><alert id='a' severity='review'><message>M</message>"
              "@<when standard='a' answer='n y'/></alert></alerts>"},
     "every answer of standard 'a' is named, so this holds whichever it is"},
    {{RULE_ROOT,
      RULES("@<rule grade='poor'><when sections-graded='poor' at-most='1'/></rule>")},
     "this rule always holds, so what stands behind it never decides a grade"},
    {{RULE_ROOT, RULES("@<rule grade='poor'><when section='s' below='10'/><when section='s' "
                       "from='20'/></rule>")},
     "this rule never holds: its conditions exclude each other"},
    {{RULE_ROOT, RULES("<rule grade='fair'><when section='s' below='60'/></rule>"
                       "@<rule grade='poor'><when section='s' below='30'/></rule>")},
     "this rule never decides a grade: whenever it holds, rule 1 does, which stands before"},
    {{RULE_ROOT,
      RULES("<rule grade='fair'><when critical-below='50' at-least='1'/></rule>"
            "@<rule grade='poor'><when critical-below='50' at-least='2'/><when section='s' "
            "below='30'/></rule>"),
      .sections = IN_SECTION(
          STANDARD("id='a' answers='grades' critical='yes' not-applicable='forbidden'", "")
              STANDARD("id='b' answers='grades' critical='yes' not-applicable='forbidden'",
                       ""))},
     "this rule never decides a grade"},
    {{ATTRIBUTES,
      .sections = IN_SECTION(
          "@<standard id='w'>" QUESTION "<applies><when attribute='team' is='north'/><when "
          "attribute='team' is='south'/></applies><text/></standard>\n" STANDARD(
              "id='a' answers='grades'", ""))},
     "standard 'w' is required and never applies, since its conditions exclude each other: it "
     "is never shown"},
    {{ATTRIBUTES,
      .sections = IN_SECTION(STANDARD(
          "id='a' answers='grades'",
          "")) "@<section id='n' "
               "title='N'><applies><when attribute='age' from='10'/><when attribute='age' "
               "to='9'/></applies>" STANDARD("id='b' answers='grades'", "") "</section>\n"},
     "section 'n' never applies"},
    {{ATTRIBUTES,
      .tail = "<alerts>@<alert id='a' severity='review'><message>M</message>"
              "<when attribute='age' is='7 8'/><when attribute='age' is-not='008 07'/></alert>"
              "</alerts>"},
     "alert 'a' never holds"},
};

/* ---- what is as it should be ---- */

static const struct sample sound[] = {
    {.root = "out-of='3'",
     .scale = GRADE("o", "Outstanding", "3", "2.5") GRADE("g", "Good", "2", "1.5")
         GRADE("i", "Inadequate", "0", "0")},
    {.scale = GRADE("g", "Good", "95", "75") GRADE("p", "Poor", "0", "0")},
    {LISTED_AT(ANSWER("none", "No concern", "100") ANSWER("minor", "Minor concern", "80")
                   ANSWER("formal", "Formal concern", "100"))},
    {LISTED_AT(ANSWER("n", "No", "100") ANSWER("y", "Yes", "0"))},
    {LISTED_AT(ANSWER("a", "4", "0") ANSWER("b", "3", "30") ANSWER("c", "2", "70")
                   ANSWER("d", "1", "100"))},
    {.sections = IN_SECTION(STANDARD("id='a' weight='40'", "<points out-of='40'/>")
                                STANDARD("id='b' weight='4'", "<points out-of='4'/>"))},
    {RULE_ROOT, RULES("<rule grade='poor'><when section='s' below='30'/></rule>"
                      "<rule grade='fair'><when section='s' below='60'/></rule>")},
    {RULE_ROOT, RULES("<rule grade='poor'><when sections-graded='poor' at-least='1'/><when "
                      "standard='s.1' answer='poor'/></rule>"
                      "<rule grade='fair'><when sections-graded='poor' at-least='1'/></rule>")},
    {.name = "full",
     .head = AGENCIES,
     .tail = "<alerts><alert id='a' severity='review'><message>M</message>"
             "<when standard='s.1' answer='good'/><when standard='s.1' answer='poor'/></alert>"
             "</alerts>"},
};

FAULTS(full_marks_that_are_never_reached, full_marks, CA_WARNING)
FAULTS(labels_and_their_order, orders, CA_WARNING)
FAULTS(names_beside_each_other, names, CA_WARNING)
FAULTS(what_counts_otherwise, counted, CA_WARNING)
FAULTS(conditions_that_say_nothing, conditions, CA_WARNING)

FAULTS(what_makes_no_difference, sameness, CA_WARNING)

START_TEST(what_is_meant_is_not_doubted)
{
    struct sample_run run;

    sample_run_start(&run);
    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++) {
        sample_run(&run, &sound[i]);
        sample_print_faults(&run);
        ck_assert_msg(run.t != NULL && run.diags.count == 0, "row %zu", i);
        ca_template_free(run.t);
    }
    sample_run_end(&run);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("template doubts");

    UNIT_CASE(suite, "doubts", what_makes_no_difference, full_marks_that_are_never_reached,
              labels_and_their_order, names_beside_each_other, what_counts_otherwise,
              conditions_that_say_nothing, what_is_meant_is_not_doubted);
    return suite;
}
