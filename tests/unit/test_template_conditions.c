#include <string.h>

#include "tests/unit/unit.h"

#include "tests/unit/template_sample.h"

/* Every fault a condition can have; what is only warned of, and what is no fault. */

/* ---- conditions ---- */

static const struct sample_fault form_faults[] = {
    {{LIMIT("@<when/>")}, "does not say what it looks at"},
    {{LIMIT("@<when answer='good'/>")}, "does not say what it looks at"},
    {{LIMIT("@<when standard='s.1' section='s' below='1'/>")},
     "this one names 'standard' and 'section'"},
    {{LIMIT("@<when standard='s.1'/>")},
     "a condition on 'standard' takes exactly one of 'answer', 'status', 'below' and 'from', "
     "and this one has none of these"},
    {{LIMIT("@<when standard='s.1' below='5' from='1'/>")}, "this one has 'from' and 'below'"},
    {{LIMIT("@<when standard='s.1' answer='good' at-least='1'/>")},
     "this one has 'answer' and 'at-least'"},
    {{LIMIT("@<when standards='s.1 s.2' answer='good'/>")},
     "takes 'answer', and 'at-least' or 'at-most'"},
    {{LIMIT("@<when standards='s.1 s.2' answer='good' at-least='1' at-most='2'/>")},
     "has 'answer', 'at-least' and 'at-most'"},
    {{LIMIT("@<when section='s' graded='good' at-least='1'/>")},
     "a condition on 'section' takes exactly one of"},
    {{LIMIT("@<when sections-graded='good'/>")},
     "a condition on 'sections-graded' takes 'at-least' or 'at-most'"},
    {{LIMIT("@<when critical-below='5'/>")}, "takes 'at-least' or 'at-most'"},
    {{LIMIT("@<when attribute='age'/>"), ATTRIBUTES}, "a condition on 'attribute' takes 'is'"},
    {{LIMIT("@<when attribute='age' is='1' from='2'/>"), ATTRIBUTES},
     "this one has 'is' and 'from'"},
    {{LIMIT("<any><when standard='s.1' below='5'/>\n@<when standard='s.1'/></any>")},
     "and this one has none of these"},
};

static const struct sample_fault attribute_faults[] = {
    {{LIMIT("@<when attribute='ag' is='1'/>"), ATTRIBUTES},
     "there is no attribute 'ag'; did you mean 'age'?"},
    {{LIMIT("@<when attribute='age' is='1'/>")},
     "there is no attribute 'age'; there are no attributes here"},
    {{LIMIT("@<when attribute='team' is='north sout'/>"), ATTRIBUTES},
     "'sout' is not a value of attribute 'team'; did you mean 'south'?"},
    {{LIMIT("@<when attribute='team' is-not='east'/>"), ATTRIBUTES},
     "'east' is not a value of attribute 'team'"},
    {{LIMIT("@<when attribute='age' is='1 x'/>"), ATTRIBUTES},
     "attribute 'age' is an integer, and 'x' is none"},
    {{LIMIT("@<when attribute='age' is='1000000001'/>"), ATTRIBUTES},
     "write a whole number from -1000000000 to 1000000000"},
    {{LIMIT("@<when attribute='note' is='x'/>"), ATTRIBUTES},
     "'is' compares tokens and integers, and attribute 'note' is a text"},
    {{LIMIT("@<when attribute='on' is-not='2023-01-01'/>"), ATTRIBUTES},
     "attribute 'on' is a date; use 'from' and 'to'"},
    {{LIMIT("@<when attribute='team' from='1'/>"), ATTRIBUTES},
     "'from' and 'to' compare integers and dates, and attribute 'team' is a token"},
    {{LIMIT("@<when attribute='age' from='2' to='1'/>"), ATTRIBUTES},
     "from=\"2\" is above to=\"1\", so this can never hold"},
    {{LIMIT("@<when attribute='on' from='2023-02-02' to='2023-02-01'/>"), ATTRIBUTES},
     "from=\"2023-02-02\" is above to=\"2023-02-01\""},
    {{LIMIT("@<when attribute='age' from='2023-02-02'/>"), ATTRIBUTES},
     "attribute 'age' is an integer, and from=\"2023-02-02\" is none"},
    {{LIMIT("@<when attribute='age' to='1.5'/>"), ATTRIBUTES}, "and to=\"1.5\" is none"},
    {{LIMIT("@<when attribute='on' to='7'/>"), ATTRIBUTES},
     "attribute 'on' is a date, and to=\"7\" is none"},
};

static const struct sample_fault condition_faults[] = {
    {{LIMIT("@<when standard='s.3' answer='good'/>")},
     "there is no standard 's.3'; did you mean 's.1'?"},
    {{LIMIT("@<when standard='s' answer='good'/>")},
     "there is no standard 's'; it is the id of a section"},
    {{LIMIT("@<when section='s.1' below='5'/>")},
     "there is no section 's.1'; it is the id of a standard"},
    {{LIMIT("@<when section='plan' below='5'/>")},
     "there is no section 'plan'; sections are 's'"},
    {{LIMIT("@<when standard='s.1' answer='good god'/>")},
     "answer 'god' is not in list 'grades'; did you mean 'good'?"},
    {{LIMIT("@<when standard='t' answer='lat'/>"), TYPES},
     "'lat' is not an answer of 't', a timescale; did you mean 'late'?"},
    {{LIMIT("@<when standard='f' answer='met'/>"), TYPES},
     "standard 'f' is of type frequency, which has no answers to name"},
    {{LIMIT("@<when standard='n' answer='met'/>"), TYPES}, "is of type number"},
    {{LIMIT("@<when standard='w' answer='met'/>"), TYPES}, "is of type text"},
    {{LIMIT("@<when standard='w' below='5'/>"), TYPES},
     "standard 'w' is a text, which never has a score, so this can never hold"},
    {{LIMIT("@<when standard='w' from='0'/>"), TYPES}, "standard 'w' is a text"},
    {{LIMIT("@<when standard='s.1' below='0'/>")},
     "below=\"0\" can never hold: no score is below 0"},
    {{LIMIT("@<when section='s' below='0.00'/>")}, "below=\"0.00\" can never hold"},
    {{LIMIT("@<when standard='s.1' below='100.01'/>")}, "below=\"100.01\" is above full marks"},
    {{LIMIT("@<when section='s' from='101'/>")}, "from=\"101\" is above full marks"},
    {{LIMIT("@<when standard='s.1' from='-5'/>")}, "from=\"-5\" is not a score"},
    {{LIMIT("@<when section='s' from='2023-01-01'/>")}, "from=\"2023-01-01\" is not a score"},
    {{LIMIT("@<when section='s' graded='fair bad'/>")}, "'bad' is not a grade of the scale"},
    {{LIMIT("@<when standards='s.1 s.9' answer='good' at-least='1'/>")},
     "there is no standard 's.9'"},
    {{LIMIT("@<when standards='s.1 s.2' answer='good bad' at-least='1'/>")},
     "'bad' is not an answer of any of these standards"},
    {{LIMIT("@<when standards='s.1' answer='god' at-least='0'/>")},
     "answer 'god' is not in list 'grades'; did you mean 'good'?"},
    {{LIMIT("@<when standards='a n' answer='good' at-least='1'/>"), TYPES},
     "standard 'n' is of type number"},
    {{LIMIT("@<when standards='s.1 s.2' answer='good' at-least='3'/>")},
     "at-least=\"3\" can never hold: only 2 can be counted (standards with these answers)"},
    {{LIMIT("@<when standards='s.1 s.1' answer='good' at-least='2'/>")},
     "only 1 can be counted (standards with these answers)"},
    {{LIMIT("@<when standards='a t' answer='good' at-least='2'/>"), TYPES},
     "only 1 can be counted (standards with these answers)"},
    {{LIMIT("@<when sections-graded='good' at-least='2'/>")},
     "at-least=\"2\" can never hold: only 1 can be counted (top-level sections with a grade"},
    {{LIMIT("@<when sections-graded='bad' at-least='1'/>")},
     "'bad' is not a grade of the scale"},
    {{LIMIT("@<when agencies-graded='good' at-least='1'/>")},
     "agencies-graded can never hold: this template has no agencies"},
    {{LIMIT("@<when agencies-graded='good' at-most='1'/>")}, "this template has no agencies"},
    {{LIMIT("@<when agencies-graded='good' at-least='3'/>"), .name = "full", .head = AGENCIES},
     "only 2 can be counted (agencies)"},
    {{LIMIT("@<when critical-below='5' at-least='1'/>")},
     "at-least=\"1\" can never hold: only 0 can be counted (critical standards)"},
    {{LIMIT("@<when critical-below='0' at-least='0'/>")},
     "critical-below=\"0\" can never hold: no score is below 0"},
    {{LIMIT("@<when critical-below='50' at-least='3'/>"), .name = "full", .head = AGENCIES,
      .sections = IN_SECTION(
          STANDARD("id='a' answers='grades' critical='yes' not-applicable='forbidden'", "")
              STANDARD("id='b' answers='grades'", ""))},
     "only 2 can be counted (outcomes of critical standards"},
    {{LIMIT("@<when standards='a b' answer='good' at-least='4'/>"), .name = "full",
      .head = AGENCIES,
      .sections = IN_SECTION(STANDARD("id='a' answers='grades'", "")
                                 STANDARD("id='b' answers='grades' agencies='health'", ""))},
     "only 3 can be counted (pairs of standard and agency"},
    {{LIMIT("@<when sections-graded='good' at-least='2'/>"), .name = "full",
      .sections = "<section id='a' title='A' focus='duty'>" STANDARD(
          "id='a1' answers='grades'",
          "") "</section><section id='b' title='B' "
              "weight='0'>" STANDARD("id='b1' "
                                     "answers='grades'",
                                     "") "</"
                                         "section><section "
                                         "id='c' "
                                         "title='C'"
                                         ">" STANDARD("id='"
                                                      "c1' "
                                                      "answ"
                                                      "ers="
                                                      "'gra"
                                                      "des"
                                                      "'",
                                                      "") "</section>"},
     "only 1 can be counted (top-level sections with a grade and a weight above 0)"},
};

static const struct sample_fault scope_faults[] = {
    {{APPLIES("@<when standard='s.3' answer='good'/>")},
     "'applies' points forward to standard 's.3'"},
    {{APPLIES("@<when standard='s.2' answer='good'/>")},
     "'applies' points forward to standard 's.2'"},
    {{APPLIES("<any>\n<any>@<when standard='s.3' answer='good'/></any></any>")},
     "'applies' points forward"},
    {{APPLIES("@<when standard='s.1' below='5'/>")},
     "'applies' takes only conditions on attributes and on the answer of an earlier standard, "
     "and this one looks at 'standard' and 'below'"},
    {{APPLIES("@<when standard='s.1' status='answered'/>")}, "'applies' takes only"},
    {{APPLIES("@<when standards='s.1' answer='good' at-least='1'/>")}, "'applies' takes only"},
    {{APPLIES("@<when section='s' below='5'/>")}, "'applies' takes only"},
    {{APPLIES("@<when sections-graded='good' at-least='1'/>")}, "'applies' takes only"},
    {{APPLIES("@<when critical-below='5' at-least='0'/>")}, "'applies' takes only"},
    {{.sections = "<section id='s' title='S'><applies>@<when standard='s.1' answer='good'/>"
                  "</applies>" TWO_STANDARDS "</section>"},
     "'applies' points forward to standard 's.1'"},
    {{INNER_LIMIT("@<when standard='o' below='5'/>")},
     "a limit of section 'inner' looks only at this section, what is below it, and attributes; "
     "standard 'o' is outside it"},
    {{INNER_LIMIT("@<when section='s' below='5'/>")}, "section 's' is outside it"},
    {{INNER_LIMIT("@<when standards='i o' answer='good' at-least='1'/>")},
     "standard 'o' is outside it"},
    {{INNER_LIMIT("@<when sections-graded='good' at-least='1'/>")},
     "'sections-graded' looks at the whole template"},
    {{INNER_LIMIT("@<when agencies-graded='good' at-least='1'/>")},
     "'agencies-graded' looks at the whole template"},
    {{INNER_LIMIT("<any>\n@<when critical-below='5' at-least='0'/></any>")},
     "'critical-below' looks at the whole template"},
};

/* What people call a thing by, where its id is wanted: whoever writes a condition has the form
 * or the page before them, which show labels. */
#define LABELLED_HEAD                                                                          \
    .head = "<answers id='met'><answer id='yes' label='Yes' score='100'/>"                     \
            "<answer id='partly' label='Partly met' score='50'/>"                              \
            "<answer id='no' label='No' score='0'/></answers><attributes>"                     \
            "<attribute id='team' label='Area team' type='token'>"                             \
            "<value id='north' label='North team'/><value id='south' label='South'/>"          \
            "</attribute></attributes>"
#define LABELLED                                                                               \
    LABELLED_HEAD,                                                                             \
        .scale = "<grade id='good' label='Good' score='100' from='75' positive='yes'/>"        \
                 "<grade id='requires-improvement' label='Requires improvement' abbrev='RI' "  \
                 "score='60' from='50'/><grade id='poor' label='Poor' score='0' from='0'/>",   \
        .sections = "<section id='s' title='The plan'><standard id='s.1' label='Seen alone' "  \
                    "answers='met'><question>Q1</question></standard><standard id='s.2' "      \
                    "label='Clear plan' answers='grades'><question>Q2</question></standard>"   \
                    "<standard id='s.3' label='First visit'><question>Q3</question>"           \
                    "<timescale within='5' unit='days'/></standard></section>"
#define LABELLED_APPLIES(condition)                                                            \
    LABELLED_HEAD, .sections = "<section id='s' title='The plan'><standard id='s.1' "          \
                               "answers='met'><question>Q1</question></standard>"              \
                               "<standard id='s.2' answers='grades'><question>Q2</question>"   \
                               "<applies>\n" condition "</applies></standard></section>"

static const struct sample_fault label_faults[] = {
    {{LIMIT("@<when standard='s.1' answer='Yes'/>"), LABELLED},
     "answer 'Yes' is not in list 'met'; did you mean 'yes'?"},
    {{LIMIT("@<when standard='s.1' answer='Partly met'/>"), LABELLED},
     "answer 'Partly met' is not in list 'met'; did you mean 'partly'?"},
    {{LIMIT("@<when standard='s.1' answer='no Partly met'/>"), LABELLED},
     "answer 'Partly met' is not in list 'met'; did you mean 'partly'?"},
    {{LIMIT("@<when standard='s.2' answer='RI'/>"), LABELLED},
     "did you mean 'requires-improvement'?"},
    {{LIMIT("@<when standard='s.3' answer='Met'/>"), LABELLED},
     "'Met' is not an answer of 's.3', a timescale; did you mean 'met'?"},
    {{LIMIT("@<when standards='s.1 s.2' answer='Yes' at-least='1'/>"), LABELLED},
     "'Yes' is not an answer of any of these standards; did you mean 'yes'?"},
    {{LIMIT("@<when standards='s.2 Seen alone' answer='yes' at-least='1'/>"), LABELLED},
     "there is no standard 'Seen alone'; did you mean 's.1'?"},
    {{LIMIT("@<when standard='Seen alone' answer='yes'/>"), LABELLED},
     "there is no standard 'Seen alone'; did you mean 's.1'?"},
    {{LIMIT("@<when standard='s.1' status='Not evidenced'/>"), LABELLED},
     "is 'Not evidenced'; did you mean 'not-evidenced'?"},
    {{LIMIT("@<when standard='s.1' status='answered not yet due'/>"), LABELLED},
     "is 'not yet due'; did you mean 'not-yet-due'?"},
    {{LIMIT("@<when section='The plan' below='5'/>"), LABELLED},
     "there is no section 'The plan'; did you mean 's'?"},
    {{LIMIT("@<when section='s' graded='Requires improvement'/>"), LABELLED},
     "'Requires improvement' is not a grade of the scale; did you mean "
     "'requires-improvement'?"},
    {{LIMIT("@<when section='s' graded='poor Requires improvement'/>"), LABELLED},
     "'Requires improvement' is not a grade of the scale; did you mean "
     "'requires-improvement'?"},
    {{LIMIT("@<when sections-graded='Good' at-least='1'/>"), LABELLED},
     "'Good' is not a grade of the scale; did you mean 'good'?"},
    {{LIMIT("@<when attribute='Area team' is='north'/>"), LABELLED},
     "there is no attribute 'Area team'; did you mean 'team'?"},
    {{LIMIT("@<when attribute='team' is='north South'/>"), LABELLED},
     "'South' is not a value of attribute 'team'; did you mean 'south'?"},
    {{LIMIT("@<when attribute='team' is-not='North team'/>"), LABELLED},
     "'North team' is not a value of attribute 'team'; did you mean 'north'?"},
    {{LIMIT("<any>\n@<when attribute='team' is='North team'/></any>"), LABELLED},
     "'North team' is not a value of attribute 'team'; did you mean 'north'?"},
    {{MEASURE("standard='s.1' kind='proportion' counts='yes Partly met'"), LABELLED},
     "answer 'Partly met' is not in list 'met'; did you mean 'partly'?"},
    {{MEASURE("standard='Seen alone' kind='proportion'"), LABELLED},
     "there is no standard 'Seen alone'; did you mean 's.1'?"},
    {{LABELLED_APPLIES("@<when standard='s.1' answer='Yes'/>")},
     "answer 'Yes' is not in list 'met'; did you mean 'yes'?"},
    {{LABELLED_APPLIES("@<when attribute='team' is='North team'/>")},
     "'North team' is not a value of attribute 'team'; did you mean 'north'?"},
    {{.root = "rollup='rules'",
      .tail = "<rules>\n@<rule grade='Poor'><when standard='s.1' "
              "answer='no'/></rule><otherwise grade='good'/></rules>",
      LABELLED},
     "'Poor' is not a grade of the scale; did you mean 'poor'?"},
    {{.tail = "<limits>\n@<limit id='l' to='RI'><reason>R</reason><when standard='s.1' "
              "answer='no'/></limit></limits>",
      LABELLED},
     "'RI' is not a grade of the scale; did you mean 'requires-improvement'?"},
    {{.tail = "<alerts><alert id='a' severity='urgent'><message>M</message>\n"
              "@<when standard='s.1' answer='No'/></alert></alerts>",
      LABELLED},
     "answer 'No' is not in list 'met'; did you mean 'no'?"},
    {{.name = "full",
      .head = "<agencies><agency id='police' label='The police'/>"
              "<agency id='health' label='Health'/></agencies>",
      .sections = IN_SECTION(
          STANDARD("id='b' answers='grades'", "") "\n@" STANDARD("id='a' answers='grades' "
                                                                 "agencies='health The police'",
                                                                 ""))},
     "there is no agency 'The police'; did you mean 'police'?"},
};

/* ---- warnings ---- */

#define BESIDE_TEXTS                                                                           \
    .sections = "<section id='s' title='S'>" TWO_STANDARDS                                     \
                "</section><section id='w' title='W'>" STANDARD("id='w1'", "<text/>")          \
                    STANDARD("id='w2'", "<text/>") "</section>"

static const struct sample_fault warnings[] = {
    {{.head = "\n@<answers id='met'><answer id='yes' label='Y' score='100'/></answers>"},
     "list 'met' is defined and never used"},
    {{.name = "full",
      .head = "<agencies><agency id='police' label='P'/>\n@<agency id='health' label='H'/>"
              "</agencies>",
      .sections = IN_SECTION(STANDARD("id='a' answers='grades' agencies='police'", ""))},
     "agency 'health' is defined and never used"},
    {{.sections = IN_SECTION("@" STANDARD("id='a' answers='grades' critical='yes'", ""))},
     "standard 'a' is critical and may be not applicable"},
    {{.sections = IN_SECTION(
          "@" STANDARD("id='a' answers='grades' critical='yes' not-applicable='allowed'", ""))},
     "standard 'a' is critical and may be not applicable"},
    {{.sections =
          IN_SECTION("@" STANDARD("id='a' answers='grades' critical='yes' required='no' "
                                  "not-applicable='forbidden'",
                                  ""))},
     "standard 'a' is critical and may be not applicable"},
    {{LIMIT("@<when standard='s.1' status='overdue not-yet-due'/>")},
     "standard 's.1' never has the status 'overdue not-yet-due'"},
    {{LIMIT("@<when standard='s.1' status='out-of-scope'/>")}, "never has the status"},
    {{MEASURE("standard='t' kind='mean' counts='met'"), TYPES},
     "measure 'm' is a mean, in which 'counts' plays no part"},
    {{LIMIT("@<when section='a' graded='good'/>"), .name = "full",
      .sections = "<section id='a' title='A' focus='duty'>" STANDARD("id='a1' answers='grades'",
                                                                     "") "</section>"},
     "section 'a' shows a score and no grade"},
    {{LIMIT("@<when section='w' below='5'/>"), BESIDE_TEXTS},
     "section 'w' holds nothing to score"},
    {{LIMIT("@<when section='w' graded='good'/>"), BESIDE_TEXTS},
     "section 'w' holds nothing to score"},
    {{LIMIT("@<when sections-graded='good' at-least='2'/>"), BESIDE_TEXTS},
     "without them only 1 can be counted"},
    {{MEASURE("standard='w' kind='proportion'"), TYPES}, "it will always be 0 of 0"},
    {{.sections = "<section id='s' title='S' weight='0'>" TWO_STANDARDS "</section>"},
     "nothing can be graded"},
};

/* ---- and what is no fault ---- */

static const struct sample accepted[] = {
    {.root = "rollup='none' overall='judged'"},
    {.root = "effective-to='2023-04-01'"},
    {.sections = IN_SECTION(STANDARD("id='w'", "<text/>"))},
    {.sections = IN_SECTION(STANDARD("id='w' weight='0'", "<text/>"))},
    {.sections = "<section id='s' title='S'><section id='i' title='I' weight='0'>" STANDARD(
         "id='w'", "<text/>") "</section></section>"},
    {BESIDE_TEXTS},
    {LIMIT("<when sections-graded='good' at-most='2'/><when standard='w1' status='answered'/>"),
     BESIDE_TEXTS},
    {.sections = IN_SECTION(STANDARD("id='a' answers='grades'", "")
                                STANDARD("id='b' answers='grades' weight='0'", ""))},
    {.root = "overall='judged'",
     .sections = "<section id='s' title='S' weight='0'>" TWO_STANDARDS "</section>"},
    {.name = "open",
     .sections = "<section id='s' title='S' focus='own-word'>" TWO_STANDARDS "</section>"},
    {.scale = "<grade id='good' label='G' score='50' from='50'/>"
              "<grade id='poor' label='P' score='49.99' from='0'/>"},
    {.sections = IN_SECTION(STANDARD("id='a'", "<number min='2' max='2'><band from='2' "
                                               "score='100'/></number>"))},
    {.sections =
         IN_SECTION(STANDARD("id='a'", "<number min='-1000000000' max='1000000000'>"
                                       "<band from='-1000000000' score='0'/>"
                                       "<band from='1000000000' score='100'/></number>"))},
    {LIMIT("<any><when standard='s.1' below='0.01'/><when standard='s.1' from='0.01'/>"
           "<when standard='s.1' below='100'/><when section='s' from='100'/></any>")},
    {LIMIT("<any><when standards='s.1 s.2' answer='good' at-least='2'/>"
           "<when standards='s.1 s.2' answer='good' at-most='0'/></any>")},
    {LIMIT("<when sections-graded='good' at-least='1'/><when sections-graded='poor' "
           "at-most='9'/><when critical-below='1' at-most='3'/>")},
    {LIMIT("<when standards='a t' answer='late good' at-least='2'/>"), TYPES},
    {LIMIT("<any><when attribute='age' from='3' to='3'/><when attribute='age' is='-5 007'/>"
           "<when attribute='on' from='2023-01-01' to='2023-01-01'/>"
           "<when attribute='ward' is='anything'/><when attribute='age' to='-5'/></any>"),
     ATTRIBUTES},
    {LIMIT("<when standard='t' status='overdue'/><when standard='f' status='not-yet-due'/>"
           "<when standard='a' status='missing not-evidenced'/>"),
     TYPES},
    {LIMIT("<when agencies-graded='good fair' at-least='2'/>"), .name = "full",
     .head = AGENCIES},
    {INNER_LIMIT("<when section='inner' below='5'/><when standard='i' answer='good'/>"
                 "<when section='inner' graded='poor'/>")},
    {APPLIES("<when standard='s.1' answer='good'/>")},
    {MEASURE("standard='t' kind='mean'"), TYPES},
    {MEASURE("standard='n' kind='mean'"), TYPES},
    {MEASURE("standard='p' kind='mean'"), TYPES},
    {MEASURE("standard='f' kind='proportion'"), TYPES},
    {MEASURE("standard='t' kind='proportion' counts='met late'"), TYPES},
};

/* ---- each by itself ---- */

FAULTS(of_forms, form_faults, CA_ERROR)
FAULTS(of_attributes, attribute_faults, CA_ERROR)
FAULTS(of_conditions, condition_faults, CA_ERROR)
FAULTS(of_scopes, scope_faults, CA_ERROR)

/* What is said of them stands in the place of what the schema said, or beside nothing. */
START_TEST(of_labels)
{
    struct sample_run run;

    sample_run_start(&run);
    for (size_t i = 0; i < sizeof label_faults / sizeof *label_faults; i++) {
        sample_run(&run, &label_faults[i].sample);
        ck_assert_msg(run.diags.errors == 1, "row %zu: %zu errors", i, run.diags.errors);
        ck_assert_msg(strstr(run.diags.items[0].message, label_faults[i].message) != NULL,
                      "row %zu: %s", i, run.diags.items[0].message);
        ck_assert_msg(run.diags.items[0].line == run.line, "row %zu: line %d, not %d", i,
                      run.diags.items[0].line, run.line);
    }
    sample_run_end(&run);
}
END_TEST
FAULTS(what_is_only_warned_of, warnings, CA_WARNING)

START_TEST(what_is_no_fault)
{
    struct sample_run run;

    sample_run_start(&run);
    for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
        sample_run(&run, &accepted[i]);
        sample_print_faults(&run);
        ck_assert_msg(run.t != NULL && run.diags.count == 0, "row %zu", i);
        ca_template_free(run.t);
    }
    sample_run_end(&run);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("template conditions");

    UNIT_CASE(suite, "catalogue", of_forms, of_attributes, of_conditions, of_scopes, of_labels,
              what_is_only_warned_of, what_is_no_fault);
    return suite;
}
