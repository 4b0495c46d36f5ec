#include "tests/unit/unit.h"

#include <string.h>

#include "tests/unit/template_sample.h"

/* Every fault a template can have beyond its schema, but for those of conditions. */

/* ---- the root and the framework ---- */

static const struct sample_fault root_faults[] = {
    {{.name = "permanancy"}, "framework 'permanancy' is not installed"},
    {{.name = "full", .root = "unit='household' rollup='flat'"},
     "framework 'full' does not know the roll-up 'flat'"},
    {{.name = "full", .root = ""},
     "framework 'full' knows only the unit 'household', not 'child'"},
    {{.root = "rollup='none'"}, "nothing could ever be graded"},
    {{.root = "effective-to='2023-03-31'"},
     "effective-from=\"2023-04-01\" is after effective-to=\"2023-03-31\""},
    {{.root = "rollup='rules'"}, "rollup=\"rules\" needs a <rules> element"},
    {{.tail = "@<rules><otherwise grade='good'/></rules>"},
     "there are rules, but the template's rollup is 'mean'"},
    {{.head = "@<option name='weeks' value='6'/>"}, "framework 'plain' has no option 'weeks'"},
    {{.name = "full", .head = "@<option name='week' value='6'/>"},
     "framework 'full' has no option 'week'; did you mean 'weeks'?"},
    {{.name = "full", .head = "@<option name='weeks' value='0'/>"},
     "option 'weeks' is '0'; it must be a whole number from 1 to 52"},
    {{.name = "full", .head = "@<option name='weeks' value='53'/>"}, "from 1 to 52"},
    {{.name = "full", .head = "@<option name='weeks' value='six'/>"}, "from 1 to 52"},
    {{.name = "full", .head = "@<option name='cap' value='goood'/>"},
     "option 'cap' is 'goood', which is not a grade of the scale; did you mean 'good'?"},
    {{.name = "full", .head = "@<option name='strict' value='true'/>"},
     "option 'strict' is 'true'; it must be 'yes' or 'no'"},
    {{.name = "full",
      .head = "<option name='weeks' value='6'/>\n<option name='strict' value='no'/>\n"
              "@<option name='weeks' value='7'/>"},
     "option 'weeks' is given twice"},
    {{.head = "\n @" AGENCIES}, "framework 'plain' has no agencies"},
};

/* ---- scale and lists ---- */

static const struct sample_fault scale_faults[] = {
    {{.scale = "<grade id='good' label='G' score='100' from='50'/>\n"
               "@<grade id='fair' label='F' score='60' from='60'/>\n"
               "<grade id='poor' label='P' score='0' from='0'/>\n"},
     "the scale is out of order: grade 'fair' begins at 60, which is not below 50"},
    {{.scale = "<grade id='good' label='G' score='100' from='50'/>\n"
               "@<grade id='fair' label='F' score='50' from='50'/>\n"
               "<grade id='poor' label='P' score='0' from='0'/>\n"},
     "the scale is out of order"},
    {{.scale = "@<grade id='good' label='G' score='49.99' from='50'/>\n"
               "<grade id='poor' label='P' score='0' from='0'/>\n"},
     "grade 'good' falls outside its own band: its score 49.99 is below its from=\"50\""},
    {{.scale = "<grade id='good' label='G' score='100' from='50'/>\n"
               "@<grade id='poor' label='P' score='50' from='0'/>\n"},
     "its score 50 lies in the band of 'good', which begins at 50"},
    {{.scale = "<grade id='good' label='G' score='100' from='50'/>\n"
               "@<grade id='poor' label='P' score='20' from='0.01'/>\n"},
     "the lowest grade, 'poor', begins at 0.01; it must have from=\"0\""},
    {{.scale = "<grade id='good' label='G' score='100' from='50'/>\n"
               "@<grade id='fair' label='P' score='20' from='10' positive='yes'/>\n"
               "<grade id='poor' label='P' score='0' from='0'/>\n"},
     "grade 'fair' is positive and the better grade 'good' is not"},
    {{.scale = "@<grade id='good' label='G' score='100.01' from='50'/>\n"
               "<grade id='poor' label='P' score='0' from='0'/>\n"},
     "score=\"100.01\" is above full marks; it must be from 0 to 100"},
    {{.root = "out-of='3'",
      .scale = "@<grade id='good' label='G' score='3' from='3.5'/>\n"
               "<grade id='poor' label='P' score='0' from='0'/>\n"},
     "from=\"3.5\" is above full marks; it must be from 0 to 3"},
    {{.scale = "<grade id='good' label='G' score='100' from='50'/>\n"
               "  @<grade id='good' label='P' score='0' from='0'/>\n"},
     "there is another grade with the id 'good'"},
    {{.head = "@<answers id='grades'><answer id='yes' label='Y' score='1'/></answers>",
      .sections = IN_SECTION(TWO_STANDARDS)},
     "'grades' is a built-in list"},
    {{.head = "<answers id='met'><answer id='yes' label='Y' score='1'/></answers>\n"
              "@<answers id='met'><answer id='no' label='N' score='0'/></answers>",
      .sections = IN_SECTION(STANDARD("id='a' answers='met'", ""))},
     "there is another list of answers with the id 'met'"},
    {{.head = "<answers id='met'><answer id='yes' label='Y' score='1'/>\n"
              "@<answer id='yes' label='N' score='0'/></answers>",
      .sections = IN_SECTION(STANDARD("id='a' answers='met'", ""))},
     "there is another answer of this list with the id 'yes'"},
    {{.head = "<answers id='met' out-of='2'><answer id='yes' label='Y' score='2'/>\n"
              "@<answer id='more' label='N' score='2.01'/></answers>",
      .sections = IN_SECTION(STANDARD("id='a' answers='met'", ""))},
     "score=\"2.01\" is above full marks; it must be from 0 to 2"},
};

/* ---- agencies, attributes, themes ---- */

static const struct sample_fault head_faults[] = {
    {{.name = "full",
      .head = "<agencies><agency id='p' label='P'/>\n@<agency id='p' label='Q'/></agencies>"},
     "there is another agency with the id 'p'"},
    {{.head = "<attributes><attribute id='p' label='P' type='text'/>\n"
              "@<attribute id='p' label='Q' type='date'/></attributes>"},
     "there is another attribute with the id 'p'"},
    {{.head = "<attributes><attribute id='p' label='P' type='token'>"
              "<value id='v' label='V'/>\n@<value id='v' label='V'/></attribute></attributes>"},
     "there is another value of this attribute with the id 'v'"},
    {{.head = "<attributes><attribute id='p' label='P' type='integer'>\n"
              "@<value id='v' label='V'/></attribute></attributes>"},
     "attribute 'p' has the type 'integer', which takes no list of values"},
    {{.head = "<themes><theme id='p' label='P'/>\n@<theme id='p' label='Q'/></themes>"},
     "there is another theme with the id 'p'"},
};

/* ---- sections and standards ---- */

static const struct sample_fault standard_faults[] = {
    {{.sections = IN_SECTION(TWO_STANDARDS) "@<section id='s' title='S'>" STANDARD(
          "id='x' answers='grades'", "") "</section>"},
     "there is another section with the id 's'"},
    {{.sections = IN_SECTION(TWO_STANDARDS "@" STANDARD("id='s.1' answers='grades'", ""))},
     "there is another standard with the id 's.1'"},
    {{.sections = IN_SECTION("@" STANDARD("id='s' answers='grades'", ""))},
     "there is a section with the id 's'; sections and standards share no id"},
    {{.sections = "@<section id='s' title='S' focus='quality'>" TWO_STANDARDS "</section>"},
     "framework 'plain' does not know the focus 'quality'; there are no focus words here"},
    {{.name = "full",
      .sections = "@<section id='s' title='S' focus='qualty'>" TWO_STANDARDS "</section>"},
     "framework 'full' does not know the focus 'qualty'; did you mean 'quality'?"},
    {{.sections = "@<section id='s' title='S'>" STANDARD("id='a' answers='grades' weight='0'",
                                                         "") "</section>"},
     "all weights in section 's' are 0"},
    {{.sections = "@<section id='s' title='S'>" STANDARD(
          "id='a' answers='grades' weight='0'", "") STANDARD("id='w'", "<text/>") "</section>"},
     "all weights in section 's' are 0"},
    {{.sections = "@<section id='s' title='S'><section id='i' title='I' weight='0'>" STANDARD(
          "id='a' answers='grades'", "") "</section></section>"},
     "all weights in section 's' are 0"},
    {{.sections = IN_SECTION("@" STANDARD("id='a'", ""))}, "standard 'a' has no type"},
    {{.sections = IN_SECTION("@" STANDARD("id='a' answers='grades'", "<text/>"))},
     "standard 'a' has two types, 'answers' and 'text'"},
    {{.name = "full",
      .sections = IN_SECTION("@" STANDARD("id='a' answers='grades' derived='reviews'", ""))},
     "standard 'a' has two types, 'answers' and 'derived'"},
    {{.name = "full",
      .sections = IN_SECTION(
          "@" STANDARD("id='a' derived='reviews'", "<frequency every='2' unit='days'/>"))},
     "standard 'a' has two types, 'derived' and 'frequency'"},
    {{.sections = IN_SECTION("@" STANDARD("id='a' answers='grads'", ""))},
     "there is no list of answers 'grads'; did you mean 'grades'?"},
    {{.sections = IN_SECTION("@" STANDARD("id='a' derived='reviews'", ""))},
     "framework 'plain' does not derive 'reviews'; there are no derived standards here"},
    {{.name = "full", .sections = IN_SECTION("@" STANDARD("id='a' derived='review'", ""))},
     "framework 'full' does not derive 'review'; did you mean 'reviews'?"},
    {{.name = "full",
      .sections =
          IN_SECTION(STANDARD("id='a' derived='reviews'", "@<late up-to='1' score='1'/>"))},
     "'reviews' is derived as a frequency, and only a timescale takes late rows"},
    {{.sections =
          IN_SECTION(STANDARD("id='a' answers='grades'", "@<late up-to='1' score='1'/>"))},
     "late rows stand within a timescale, or directly in a derived standard"},
    {{.name = "full",
      .sections = IN_SECTION("@" STANDARD("id='a' derived='reviews' evidence='required'", ""))},
     "standard 'a' is derived from events and takes no evidence=\"required\""},
    {{.name = "full",
      .sections = IN_SECTION("@" STANDARD("id='a' derived='reviews' evidence-below='5'", ""))},
     "takes no evidence-below"},
    {{.name = "full",
      .sections = IN_SECTION("@" STANDARD("id='a' derived='reviews' action-below='5'", ""))},
     "takes no action-below"},
    {{.name = "full",
      .sections = IN_SECTION(
          "@" STANDARD("id='a' derived='first-review' not-applicable-score='5'", ""))},
     "takes no not-applicable-score"},
    {{.sections = IN_SECTION("@" STANDARD("id='a' not-applicable-score='5'",
                                          "<frequency every='2' unit='days'/>"))},
     "standard 'a' is a frequency and takes no not-applicable-score"},
    {{.sections =
          IN_SECTION("@" STANDARD("id='a' answers='grades' not-applicable-score='100.5'", ""))},
     "not-applicable-score=\"100.5\" is above full marks"},
    {{.sections = IN_SECTION("@" STANDARD("id='a' answers='grades' evidence-below='101'", ""))},
     "evidence-below=\"101\" is above full marks"},
    {{.sections = IN_SECTION("@" STANDARD("id='a' answers='grades' action-below='101'", ""))},
     "action-below=\"101\" is above full marks"},
    {{.sections = IN_SECTION("@" STANDARD("id='a' answers='grades' agencies='police'", ""))},
     "standard 'a': there is no agency 'police'; there are no agencies here"},
    {{.name = "full",
      .head = AGENCIES,
      .sections = IN_SECTION(STANDARD("id='b' answers='grades'", "") "@" STANDARD(
          "id='a' answers='grades' agencies='police helth'", ""))},
     "standard 'a': there is no agency 'helth'; did you mean 'health'?"},
    {{.sections = IN_SECTION(
          STANDARD("id='a' answers='grades'", "\n@<looks-like answer='god'>x</looks-like>"))},
     "answer 'god' is not in list 'grades'; did you mean 'good'?"},
    {{.sections =
          IN_SECTION(STANDARD("id='a'", "@<looks-like answer='good'>x</looks-like><text/>"))},
     "standard 'a' is of a type without answers"},
};

static const struct sample_fault type_faults[] = {
    {{.sections = IN_SECTION(STANDARD("id='a'", "<timescale within='1' unit='days'>"
                                                "<late up-to='5' score='9'/>\n"
                                                "@<late up-to='5' score='8'/></timescale>"))},
     "late rows are out of order: up-to=\"5\" does not come after up-to=\"5\""},
    {{.sections =
          IN_SECTION(STANDARD("id='a'", "<timescale within='1' unit='days'>\n"
                                        "@<late up-to='5' score='100.01'/></timescale>"))},
     "score=\"100.01\" is above full marks"},
    {{.name = "full",
      .sections = IN_SECTION(STANDARD("id='a' derived='first-review'",
                                      "<late up-to='5' score='9'/>\n@<late up-to='4' "
                                      "score='8'/>"))},
     "late rows are out of order: up-to=\"4\" does not come after up-to=\"5\""},
    {{.sections = IN_SECTION(STANDARD("id='a'", "@<number min='3' max='2'><band from='3' "
                                                "score='1'/></number>"))},
     "min=\"3\" is above max=\"2\""},
    {{.sections = IN_SECTION(STANDARD("id='a'", "<number min='-1.5' max='2'>\n@<band from='0' "
                                                "score='1'/></number>"))},
     "the first band begins at 0; it must begin at min, -1.5"},
    {{.sections = IN_SECTION(STANDARD("id='a'", "<number min='0' max='9'><band from='0' "
                                                "score='1'/><band from='5' score='2'/>\n"
                                                "@<band from='5' score='3'/></number>"))},
     "bands are out of order: from=\"5\" does not come after from=\"5\""},
    {{.sections = IN_SECTION(STANDARD("id='a'", "<number min='0' max='9'><band from='0' "
                                                "score='1'/>\n@<band from='9.001' score='2'/>"
                                                "</number>"))},
     "this band begins at 9.001, above max, 9"},
    {{.sections = IN_SECTION(STANDARD("id='a'", "<number min='0' max='9'>\n@<band from='0' "
                                                "score='101'/></number>"))},
     "score=\"101\" is above full marks"},
};

/* ---- rules, limits, alerts, measures ---- */

static const struct sample_fault tail_faults[] = {
    {{.tail = "<limits>\n@<limit id='l' to='por'><reason>R</reason><when standard='s.1' "
              "below='5'/></limit></limits>"},
     "'por' is not a grade of the scale; did you mean 'poor'?"},
    {{.tail = "<limits>\n@<limit id='compliance' to='poor'><reason>R</reason><when "
              "standard='s.1' below='5'/></limit></limits>"},
     "'compliance' is a built-in limit"},
    {{.sections =
          "<section id='s' title='S'><limits><limit id='l' to='poor'><reason>R</reason>"
          "<when standard='s.1' below='5'/></limit></limits>" TWO_STANDARDS "</section>",
      .tail = "<limits>\n @<limit id='l' to='poor'><reason>R</reason><when standard='s.1' "
              "below='5'/></limit></limits>"},
     "there is another limit with the id 'l'"},
    {{.root = "rollup='rules'",
      .tail = "<rules>\n@<rule grade='por'><when standard='s.1' below='5'/></rule>"
              "<otherwise grade='good'/></rules>"},
     "'por' is not a grade of the scale; did you mean 'poor'?"},
    {{.root = "rollup='rules'", .tail = "<rules>\n@<otherwise grade='best'/></rules>"},
     "'best' is not a grade of the scale; grades are 'good', 'fair', 'poor'"},
    {{.root = "rollup='rules'",
      .tail = "<rules>\n<rule grade='fair'>@<when standard='s.7' below='5'/></rule>"
              "<otherwise grade='good'/></rules>"},
     "there is no standard 's.7'"},
    {{.tail = "<alerts>@<alert id='judgement-diverges' severity='review'><message>M</message>"
              "<when standard='s.1' below='5'/></alert></alerts>"},
     "'judgement-diverges' is a built-in alert"},
    {{.tail = "<alerts>@<alert id='judgement-capped' severity='review'><message>M</message>"
              "<when standard='s.1' below='5'/></alert></alerts>"},
     "'judgement-capped' is a built-in alert"},
    {{.tail = "<alerts><alert id='x' severity='review'><message>M</message>"
              "<when standard='s.1' below='5'/></alert>\n@<alert id='x' severity='urgent'>"
              "<message>M</message><when standard='s.1' below='5'/></alert></alerts>"},
     "there is another alert with the id 'x'"},
    {{.tail = "<alerts><alert id='x' severity='review'><message>M</message>"
              "@<when standard='s.4' below='5'/></alert></alerts>"},
     "there is no standard 's.4'"},
    {{MEASURE("standard='s.11' kind='proportion'")},
     "measure 'm': there is no standard 's.11'; did you mean 's.1'?"},
    {{MEASURE("standard='s.1' kind='proportion' counts='good bd'")},
     "answer 'bd' is not in list 'grades'"},
    {{MEASURE("standard='t' kind='proportion' counts='lates'"), TYPES},
     "'lates' is not an answer of 't', a timescale; did you mean 'late'?"},
    {{MEASURE("standard='n' kind='proportion' counts='good'"), TYPES},
     "measure 'm' has 'counts', and standard 'n' is of a type without answers"},
    {{MEASURE("standard='f' kind='proportion' counts='met'"), TYPES}, "has 'counts'"},
    {{MEASURE("standard='p' kind='proportion' counts='met'"), TYPES}, "has 'counts'"},
    {{MEASURE("standard='w' kind='proportion' counts='met'"), TYPES}, "has 'counts'"},
    {{MEASURE("standard='a' kind='mean'"), TYPES},
     "measure 'm' is a mean, and standard 'a' is of a type without values"},
    {{MEASURE("standard='f' kind='mean'"), TYPES}, "is of a type without values"},
    {{MEASURE("standard='w' kind='mean'"), TYPES}, "is of a type without values"},
    {{.tail = "<measures>@<measure id='compliance' label='M' standard='s.1' "
              "kind='proportion'/></measures>"},
     "'compliance' is a built-in measure"},
    {{.tail = "<measures>@<measure id='agencies-returned' label='M' standard='s.1' "
              "kind='proportion'/></measures>"},
     "'agencies-returned' is a built-in measure"},
    {{.tail = "<measures><measure id='x' label='M' standard='s.1' kind='proportion'/>\n"
              "@<measure id='x' label='M' standard='s.1' kind='proportion'/></measures>"},
     "there is another measure with the id 'x'"},
};

/* ---- each by itself ---- */

FAULTS(of_the_root, root_faults, CA_ERROR)
FAULTS(of_scales_and_lists, scale_faults, CA_ERROR)
FAULTS(of_heads, head_faults, CA_ERROR)
FAULTS(of_standards, standard_faults, CA_ERROR)
FAULTS(of_types, type_faults, CA_ERROR)
FAULTS(of_tails, tail_faults, CA_ERROR)

/* ---- everything at once ---- */

START_TEST(all_faults_come_in_one_run_in_the_order_of_the_file)
{
    struct sample_run run;

    sample_run_start(&run);
    sample_run(&run,
               &(struct sample){
                   .name = "none-such",
                   .root = "rollup='none'",
                   .scale = "<grade id='good' label='G' score='100' from='50'/>\n"
                            "<grade id='good' label='P' score='50' from='1'/>\n",
                   .head =
                       "<answers id='grades'><answer id='a' label='A' score='101'/></answers>\n"
                       "<themes><theme id='x' label='X'/><theme id='x' label='X'/></themes>\n",
                   .sections = "<section id='s' title='S' weigth='2'>\n"
                               "<standard id='s' answers='grads'>" QUESTION "</standard>\n"
                               "<standard id='b' derived='x' evidence='required'>" QUESTION
                               "</standard></section>\n",
                   .tail = "<limits><limit id='l' to='bad'><reason> </reason>\n"
                           "<when standard='s' answer='nothing'/><when standard='q' below='0'/>"
                           "</limit></limits>\n"
                           "<measures><measure id='compliance' label='M' standard='z' "
                           "kind='mean' counts='x'/></measures>\n"});
    static const char *const messages[] = {
        "framework 'none-such' is not installed",
        "nothing could ever be graded",
        "there is another grade with the id 'good'",
        "lies in the band of 'good'",
        "the lowest grade, 'good', begins at 1",
        "'grades' is a built-in list",
        "list 'grades' is defined and never used",
        "score=\"101\" is above full marks",
        "there is another theme with the id 'x'",
        "'weigth'",
        "there is no list of answers 'grads'",
        "there is a section with the id 's'",
        "takes no evidence=\"required\"",
        "'bad' is not a grade",
        "<reason>",
        "there is no standard 'q'",
        "below=\"0\" can never hold",
        "'compliance' is a built-in measure",
        "there is no standard 'z'",
    };
    size_t count = sizeof messages / sizeof *messages;

    ck_assert_ptr_null(run.t);
    if (run.diags.count != count)
        sample_print_faults(&run);
    ck_assert_uint_eq(run.diags.count, count);
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (size_t d = 0; d < count; d++)
            found = found || strstr(run.diags.items[d].message, messages[i]);
        ck_assert_msg(found, "%s", messages[i]);
        if (i > 0)
            ck_assert_int_ge(run.diags.items[i].line, run.diags.items[i - 1].line);
    }
    sample_run_end(&run);
}
END_TEST

/* A framework's own rules, as a plugin would have them. */
static void own_check(void *context, const struct ca_template *t, struct ca_diags *diags)
{
    size_t length = strlen(t->unit);

    ++*(int *)context;
    ck_assert_ptr_nonnull(t->framework);
    for (size_t i = 0; i < t->agency_count; i++)
        length += strlen(t->agencies[i].id) + strlen(t->agencies[i].label);
    for (size_t i = 0; i < t->attribute_count; i++)
        for (size_t v = 0; v < t->attributes[i].value_count; v++)
            length += strlen(t->attributes[i].id) + strlen(t->attributes[i].values[v].id);
    for (size_t i = 0; i < t->standard_count; i++)
        length += strlen(t->standards[i].id);
    for (size_t i = 0; i < t->option_count; i++)
        length += strlen(t->options[i].name) + strlen(t->options[i].value);
    ck_assert_uint_gt(length, 0);
    if (t->section_count == 0)
        return;
    ca_template_report(t, t->sections[0].offset, diags, CA_ERROR, "section", "own rule");
}

START_TEST(the_frameworks_own_faults_come_in_the_same_run)
{
    static const struct {
        struct sample sample;
        int calls;
        size_t faults;
    } rows[] = {
        {{0}, 1, 1},
        {{.tail =
              "<measures><measure id='m' label='M' standard='s.9' kind='mean'/></measures>"},
         1,
         2},
        {{.name = "none-such"}, 0, 1},
        {{.root = "colour='blue'"}, 1, 2},
        {{.sections = " "}, 1, 1}, /* none is there: a fault of the schema */
    };
    struct sample_run run;

    sample_run_start(&run);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int calls = 0;
        sample_write(&rows[i].sample, &run.text, &run.line, &run.column);
        ca_diags_init(&run.diags, run.arena);
        run.t = ca_template_read(run.parser, "t.xml", run.text.data, run.text.length,
                                 sample_lookup, own_check, &calls, &run.diags);
        ck_assert_ptr_null(run.t);
        ck_assert_int_eq(calls, rows[i].calls);
        ck_assert_uint_eq(run.diags.count, rows[i].faults);
    }
    sample_run_end(&run);
}
END_TEST

START_TEST(another_document_is_said_to_be_one)
{
    static const char *const others[] = {
        "<return xmlns='urn:caseaudit:return:1' id='r'/>",
        "<template id='t'/>",
        "<html/>",
        "not xml at all",
        "",
        "<!DOCTYPE template><template xmlns='urn:caseaudit:template:1'/>",
    };
    struct sample_run run;

    sample_run_start(&run);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        ca_buffer_clear(&run.text);
        ca_buffer_puts(&run.text, others[i]);
        sample_run_text(&run);
        ck_assert_ptr_null(run.t);
        ck_assert_uint_eq(run.diags.count, 1);
        ck_assert_uint_eq(run.diags.errors, 1);
    }
    sample_run_end(&run);
}
END_TEST

/* Whatever is cut out of a template, the reader says what is missing and goes on. */
START_TEST(holes_are_survived)
{
    static const struct sample whole = {
        .name = "full",
        .root = "unit='household' rollup='rules'",
        .head = "<answers id='met'><answer id='yes' label='Y' score='1'/></answers>" AGENCIES
                "<attributes><attribute id='team' label='T' type='token'><value id='n' "
                "label='N'/></attribute></attributes>",
        .sections = "<section id='s' title='S' focus='quality'><applies><any><when "
                    "attribute='team' is='n'/></any></applies><limits><limit id='l' to='poor'>"
                    "<reason>R</reason><when section='s' below='5'/></limit></limits>" STANDARD(
                        "id='a' answers='met' agencies='police health'", "")
                        STANDARD("id='b'", "<timescale within='2' unit='days'><late up-to='2' "
                                           "score='2'/></timescale>")
                            STANDARD("id='n'", "<number min='0' max='9'><band from='0' "
                                               "score='0'/></number>") "</section>",
        .tail = "<rules><rule grade='fair'><when standards='a b' answer='yes late' "
                "at-least='1'/></rule><otherwise grade='good'/></rules><alerts><alert id='x' "
                "severity='review'><message>M</message><when standard='b' answer='late'/>"
                "</alert></alerts><measures><measure id='m' label='M' standard='b' "
                "kind='mean'/></measures>"};
    struct ca_buffer document = {0};
    struct sample_run run;
    int line, column;
    size_t refused = 0;
    int calls = 0;

    sample_run_start(&run);
    sample_write(&whole, &document, &line, &column);
    for (size_t i = 0; i < document.length; i++) {
        /* one attribute at a time is renamed, by its first letter */
        if (document.data[i] != ' ' ||
            !strchr("abcdefghijklmnopqrstuvwxyz", document.data[i + 1]))
            continue;
        ca_buffer_clear(&run.text);
        ca_buffer_add(&run.text, document.data, document.length);
        int before = calls;
        run.text.data[i + 1] = 'Z';
        ca_diags_init(&run.diags, run.arena);
        run.t = ca_template_read(run.parser, "t.xml", run.text.data, run.text.length,
                                 sample_lookup, own_check, &calls, &run.diags);
        refused++;
        ck_assert_ptr_null(run.t);
        ck_assert_uint_ge(run.diags.errors, 1 + (size_t)(calls - before)); /* and its own */
    }
    ck_assert_uint_gt(refused, 50);
    ck_assert_int_gt(calls, 50);
    ca_buffer_free(&document);
    sample_run_end(&run);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("template faults");

    UNIT_CASE(suite, "catalogue", of_the_root, of_scales_and_lists, of_heads, of_standards,
              of_types, of_tails);
    UNIT_CASE(suite, "documents", all_faults_come_in_one_run_in_the_order_of_the_file,
              the_frameworks_own_faults_come_in_the_same_run,
              another_document_is_said_to_be_one, holes_are_survived);
    return suite;
}
