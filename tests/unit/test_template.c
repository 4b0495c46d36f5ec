#include "tests/unit/unit.h"

#include <string.h>

#include "tests/unit/template_sample.h"

/* What a template that has no fault is read as. */

static struct ca_xml_parser *parser;
static struct ca_arena *arena;
static struct ca_diags diags;
static struct ca_buffer text;

static void set_up(void)
{
    parser = ca_xml_parser_new();
    arena = ca_arena_new();
    memset(&text, 0, sizeof text);
}

static void tear_down(void)
{
    ca_buffer_free(&text);
    ca_arena_free(arena);
    ca_xml_parser_free(parser);
}

static struct ca_template *read_bytes(const char *bytes, size_t length)
{
    ca_diags_init(&diags, arena);
    return ca_template_read(parser, "t.xml", bytes, length, sample_lookup, NULL, NULL, &diags);
}

/* The template of a sample that must be good. */
static struct ca_template *read_sample(const struct sample *sample)
{
    int line, column;

    sample_write(sample, &text, &line, &column);
    struct ca_template *t = read_bytes(text.data, text.length);
    if (!t)
        ck_abort_msg("refused at %d:%d: %s\n%s", diags.items[0].line, diags.items[0].column,
                     diags.items[0].message, text.data);
    return t;
}

/* ---- the root ---- */

START_TEST(a_plain_template_has_the_defaults)
{
    struct ca_template *t = read_sample(&(struct sample){0});

    ck_assert_uint_eq(diags.count, 0);
    ck_assert_str_eq(t->id, "t");
    ck_assert_str_eq(t->version, "1");
    ck_assert_str_eq(t->file, "t.xml");
    ck_assert_str_eq(t->framework_name, "plain");
    ck_assert_str_eq(t->framework->title, "Plain");
    ck_assert_str_eq(t->unit, "child");
    ck_assert_str_eq(t->title, "T");
    ck_assert_ptr_null(t->description);
    ck_assert_ptr_null(t->terms_of_reference);
    ck_assert_int_eq(t->effective_from, ca_date_from_ymd(2023, 4, 1));
    ck_assert_int_eq(t->effective_to, CA_NO_DATE);
    ck_assert_int_eq(t->retired_on, CA_NO_DATE);
    ck_assert_int_eq(t->out_of, 100);
    ck_assert_int_eq(t->full_marks, 10000);
    ck_assert_int_eq(t->rollup, CA_ROLLUP_MEAN);
    ck_assert(!t->judged);
    ck_assert_int_eq(t->look_back_months, 0);
    ck_assert_uint_eq(t->list_count, 1);
    ck_assert_uint_eq(t->agency_count + t->attribute_count + t->theme_count, 0);
    ck_assert_uint_eq(t->rule_count + t->limit_count + t->alert_count + t->measure_count, 0);
    ck_assert_str_eq(t->id, "t");
    ck_assert_str_eq(t->version, "1");
    ca_template_free(t);
}
END_TEST

START_TEST(the_root_says_how_to_score)
{
    struct ca_template *t = read_sample(
        &(struct sample){.root = "effective-to='2024-03-31' out-of='3' unit='family' "
                                 "rollup='flat' overall='judged' "
                                 "look-back-months='18'",
                         .scale = "<grade id='good' label='G' score='3' from='1.5'/>"
                                  "<grade id='bad' label='B' score='0' from='0'/>"});

    ck_assert_int_eq(t->effective_to, ca_date_from_ymd(2024, 3, 31));
    ck_assert_int_eq(t->full_marks, 300);
    ck_assert_str_eq(t->unit, "family");
    ck_assert_int_eq(t->rollup, CA_ROLLUP_FLAT);
    ck_assert(t->judged);
    ck_assert_int_eq(t->look_back_months, 18);
    ca_template_free(t);
}
END_TEST

START_TEST(a_framework_gives_what_the_template_leaves_out)
{
    struct ca_template *t = read_sample(
        &(struct sample){.name = "full", .head = "<option name='weeks' value='8'/>"});

    ck_assert_int_eq(t->look_back_months, 12);
    ck_assert_str_eq(ca_template_option(t, "weeks"), "8");
    ck_assert_str_eq(ca_template_option(t, "cap"), "fair");
    ck_assert_str_eq(ca_template_option(t, "strict"), "no");
    ck_assert_ptr_null(ca_template_option(t, "other"));
    ca_template_free(t);
    t = read_sample(&(struct sample){.name = "full",
                                     .root = "unit='household' look-back-months='3'",
                                     .head = "<option name='cap' value='poor'/>"
                                             "<option name='strict' value='yes'/>"});
    ck_assert_int_eq(t->look_back_months, 3);
    ck_assert_str_eq(ca_template_option(t, "cap"), "poor");
    ck_assert_str_eq(ca_template_option(t, "strict"), "yes");
    ca_template_free(t);
}
END_TEST

START_TEST(texts_are_trimmed_and_blank_ones_absent)
{
    static const char document[] =
        "<template xmlns='urn:caseaudit:template:1' id='t' version='1' framework='plain' "
        "effective-from='2023-04-01'><title>\n A <![CDATA[& B]]> \n</title><description>\n"
        "</description><terms-of-reference> why </terms-of-reference><scale>" SAMPLE_SCALE
        "</scale>" SAMPLE_SECTIONS "</template>";
    struct ca_template *t = read_bytes(document, strlen(document));

    ck_assert_ptr_nonnull(t);
    ck_assert_str_eq(t->title, "A & B");
    ck_assert_ptr_null(t->description);
    ck_assert_str_eq(t->terms_of_reference, "why");
    ca_template_free(t);
}
END_TEST

/* ---- scale and lists ---- */

START_TEST(grades_are_bands_of_scores)
{
    struct ca_template *t = read_sample(&(struct sample){0});

    ck_assert_uint_eq(t->grade_count, 3);
    ck_assert_str_eq(t->grades[1].id, "fair");
    ck_assert_int_eq(t->grades[1].score, 6000);
    ck_assert_int_eq(t->grades[1].from, 5000);
    ck_assert(t->grades[0].positive);
    ck_assert(!t->grades[1].positive);
    ck_assert_uint_eq(ca_band_of(t, 10000), 0);
    ck_assert_uint_eq(ca_band_of(t, 7500), 0);
    ck_assert_uint_eq(ca_band_of(t, 7499), 1);
    ck_assert_uint_eq(ca_band_of(t, 5000), 1);
    ck_assert_uint_eq(ca_band_of(t, 4999), 2);
    ck_assert_uint_eq(ca_band_of(t, 0), 2);
    ck_assert_uint_eq(ca_map_get(t->grade_map, "poor"), 2);
    ca_template_free(t);
}
END_TEST

START_TEST(scores_of_a_list_are_converted_to_the_templates_marks)
{
    struct ca_template *t = read_sample(&(struct sample){
        .root = "out-of='3'",
        .scale = "<grade id='good' label='G' score='3' from='1'/>"
                 "<grade id='bad' label='B' score='0.5' from='0'/>",
        .head =
            "<answers id='seven' out-of='7'><answer id='full' label='F' score='7'/>"
            "<answer id='two' label='2' score='2'/><answer id='odd' label='O' score='1.17'/>"
            "<answer id='seen' label='S' score='none'/></answers>"
            "<answers id='own'><answer id='a' label='A' score='2.25'/></answers>",
        .sections = "<section id='s' title='S'>"
                    "<standard id='a' answers='seven'><question>Q</question></standard>"
                    "<standard id='b' answers='own'><question>Q</question></standard>"
                    "</section>"});

    ck_assert_uint_eq(t->list_count, 3);
    ck_assert_str_eq(t->lists[0].id, "grades");
    ck_assert_uint_eq(t->lists[0].count, 2);
    ck_assert_int_eq(t->lists[0].answers[1].score, 50);
    ck_assert_int_eq(t->lists[1].answers[0].score, 300);
    ck_assert_int_eq(t->lists[1].answers[1].score, 86); /* 600 / 7 = 85.71 */
    ck_assert_int_eq(t->lists[1].answers[2].score, 50); /* 351 / 7 = 50.14 */
    ck_assert_int_eq(t->lists[1].answers[3].score, -1);
    ck_assert_int_eq(t->lists[2].answers[0].score, 225);
    ck_assert_uint_eq(t->standards[0].list, 1);
    ck_assert_uint_eq(t->standards[1].list, 2);
    ck_assert_uint_eq(ca_find_answer(&t->lists[1], "odd"), 2);
    ck_assert_uint_eq(ca_find_answer(&t->lists[1], "even"), CA_NONE);
    ca_template_free(t);
}
END_TEST

START_TEST(long_lists_are_found_in_too)
{
    struct ca_buffer head = {0};

    ca_buffer_puts(&head, "<answers id='long'>");
    for (int i = 0; i < 100; i++)
        ca_buffer_printf(&head, "<answer id='a%d' label='A' score='%d'/>", i, i);
    ca_buffer_puts(&head, "</answers>");
    struct ca_template *t = read_sample(&(struct sample){
        .head = head.data,
        .sections = "<section id='s' title='S'><standard id='a' answers='long'><question>Q"
                    "</question></standard></section>"});
    ck_assert_uint_eq(ca_find_answer(&t->lists[1], "a77"), 77);
    ck_assert_uint_eq(ca_find_answer(&t->lists[1], "a100"), CA_NONE);
    ca_template_free(t);
    ca_buffer_free(&head);
}
END_TEST

/* ---- attributes, agencies, themes ---- */

START_TEST(heads_are_read)
{
    struct ca_template *t = read_sample(&(struct sample){
        .name = "full",
        .head = "<agencies><agency id='police' label='Police'/><agency id='health' "
                "label='Health'/></agencies>"
                "<attributes><attribute id='team' label='Team' type='token' required='yes'>"
                "<value id='north' label='North'/><value id='south' label='South'/></attribute>"
                "<attribute id='age' label='Age' type='integer'/>"
                "<attribute id='on' label='On' type='date'/>"
                "<attribute id='free' label='Free' type='text'/></attributes>"
                "<themes><theme id='voice' label='Voice'/></themes>",
        .sections = "<section id='s' title='S'>"
                    "<standard id='a' answers='grades'><question>Q</question></standard>"
                    "<standard id='b' answers='grades' agencies='health'><question>Q</question>"
                    "</standard></section>"});

    ck_assert_uint_eq(t->agency_count, 2);
    ck_assert_str_eq(t->agencies[1].label, "Health");
    ck_assert_uint_eq(t->standards[0].agencies, 3);
    ck_assert_uint_eq(t->standards[1].agencies, 2);
    ck_assert_uint_eq(t->attribute_count, 4);
    ck_assert_int_eq(t->attributes[0].type, CASEAUDIT_TOKEN);
    ck_assert(t->attributes[0].required);
    ck_assert_uint_eq(t->attributes[0].value_count, 2);
    ck_assert_str_eq(t->attributes[0].values[1].id, "south");
    ck_assert_int_eq(t->attributes[1].type, CASEAUDIT_INTEGER);
    ck_assert(!t->attributes[1].required);
    ck_assert_int_eq(t->attributes[2].type, CASEAUDIT_DATE);
    ck_assert_int_eq(t->attributes[3].type, CASEAUDIT_TEXT);
    ck_assert_uint_eq(ca_map_get(t->theme_map, "voice"), 0);
    ck_assert_uint_eq(ca_map_get(t->agency_map, "health"), 1);
    ca_template_free(t);
}
END_TEST

/* ---- sections and standards ---- */

START_TEST(sections_and_standards_keep_their_order)
{
    struct ca_template *t = read_sample(&(struct sample){
        .name = "full",
        .sections =
            "<section id='a' title='A' weight='2.5' rollup='highest' focus='quality'>"
            "<standard id='a1' answers='grades'><question>Q</question></standard>"
            "<section id='b' title='B' weight='0' rollup='lowest'>"
            "<standard id='b1' answers='grades' weight='3'><question>Q</question></standard>"
            "<section id='c' title='C' rollup='median'>"
            "<standard id='c1' answers='grades'><question>Q</question></standard></section>"
            "</section><standard id='a2' answers='grades'><question>Q</question></standard>"
            "</section><section id='d' title='D' focus='duty'><section id='e' title='E'>"
            "<standard id='e1' answers='grades'><question>Q</question></standard></section>"
            "</section>"});

    ck_assert_uint_eq(t->section_count, 5);
    ck_assert_uint_eq(t->standard_count, 5);
    ck_assert_uint_eq(t->top_count, 2);
    ck_assert_uint_eq(t->tops[1].index, 3);
    ck_assert_int_eq(t->sections[0].weight, 2500);
    ck_assert_int_eq(t->sections[0].rollup, CA_ROLLUP_HIGHEST);
    ck_assert_str_eq(t->sections[0].focus, "quality");
    ck_assert_uint_eq(t->sections[0].parent, CA_NONE);
    ck_assert_uint_eq(t->sections[2].parent, 1);
    ck_assert_uint_eq(t->sections[2].top, 0);
    ck_assert_uint_eq(t->sections[0].child_count, 3);
    ck_assert(!t->sections[0].children[0].is_section);
    ck_assert(t->sections[0].children[1].is_section);
    ck_assert_uint_eq(t->sections[0].children[2].index, 3);
    ck_assert_str_eq(t->standards[3].id, "a2");
    ck_assert(!t->standards[0].weightless_above);
    ck_assert(t->standards[1].weightless_above);
    ck_assert(t->standards[2].weightless_above);
    ck_assert(!t->standards[3].weightless_above);
    ck_assert_int_eq(t->standards[1].weight, 3000);
    ck_assert_uint_eq(t->standards[2].section, 2);
    ck_assert(!t->sections[0].apart);
    ck_assert(t->sections[3].apart);
    ck_assert(t->sections[4].apart);
    ck_assert_uint_eq(t->sections[4].top, 3);
    ck_assert_uint_eq(ca_map_get(t->section_map, "c"), 2);
    ck_assert_uint_eq(ca_map_get(t->standard_map, "c1"), 2);
    ca_template_free(t);
}
END_TEST

START_TEST(a_standard_carries_what_is_asked_of_it)
{
    struct ca_template *t = read_sample(&(struct sample){
        .sections =
            "<section id='s' title='S'>"
            "<standard id='a' label='Short' answers='grades' weight='0.125' required='no' "
            "not-applicable='allowed' not-applicable-score='50' evidence='required' "
            "evidence-below='60' action-below='40.5'>"
            "<question> What? </question><guidance>Look.</guidance>"
            "<looks-like answer='good'>Fine</looks-like>"
            "<reference href='https://example.org/'>Law</reference>"
            "<reference href='guide.pdf'/></standard>"
            "<standard id='b' answers='grades' critical='yes' not-applicable='forbidden'>"
            "<question>Q</question></standard></section>"});
    const struct ca_standard *a = &t->standards[0], *b = &t->standards[1];

    ck_assert_uint_eq(diags.count, 0);
    ck_assert_str_eq(a->question, "What?");
    ck_assert_str_eq(a->guidance, "Look.");
    ck_assert_str_eq(ca_standard_label(a), "Short");
    ck_assert_str_eq(ca_standard_label(b), "b");
    ck_assert_int_eq(a->type, CA_TYPE_ANSWERS);
    ck_assert_uint_eq(a->list, 0);
    ck_assert_int_eq(a->weight, 125);
    ck_assert(!a->required);
    ck_assert(b->required);
    ck_assert_int_eq(a->not_applicable, CA_NA_ALLOWED);
    ck_assert_int_eq(b->not_applicable, CA_NA_FORBIDDEN);
    ck_assert_int_eq(a->not_applicable_score, 5000);
    ck_assert_int_eq(b->not_applicable_score, -1);
    ck_assert(a->evidence_required);
    ck_assert_int_eq(a->evidence_below, 6000);
    ck_assert_int_eq(a->action_below, 4050);
    ck_assert_int_eq(b->action_below, -1);
    ck_assert(b->critical);
    ck_assert_uint_eq(a->agencies, 0);
    ck_assert_uint_eq(a->looks_like_count, 1);
    ck_assert_str_eq(a->looks_like[0].answer, "good");
    ck_assert_uint_eq(a->reference_count, 2);
    ck_assert_str_eq(a->references[0].href, "https://example.org/");
    ck_assert_ptr_null(a->references[1].text);
    ca_template_free(t);
}
END_TEST

START_TEST(each_type_is_read)
{
    struct ca_template *t = read_sample(&(struct sample){
        .sections = "<section id='s' title='S'>" STANDARD(
            "id='t'", "<timescale within='20' unit='working-days'><late up-to='5' score='50'/>"
                      "<late up-to='10' score='25.5'/></timescale>")
            STANDARD("id='f'", "<frequency every='6' unit='weeks'/>")
                STANDARD("id='n'", "<number min='-1.5' max='10'><band from='-1.5' score='0'/>"
                                   "<band from='2.125' score='100'/></number>")
                    STANDARD("id='p'", "<points out-of='40' step='0.5' count='faults'/>")
                        STANDARD("id='q'", "<points out-of='7'/>")
                            STANDARD("id='w'", "<text/>") "</section>"});
    const struct ca_standard *s = t->standards;

    ck_assert_int_eq(s[0].type, CA_TYPE_TIMESCALE);
    ck_assert_int_eq(s[0].span, 20);
    ck_assert_int_eq(s[0].unit, CA_WORKING_DAYS);
    ck_assert_uint_eq(s[0].late_count, 2);
    ck_assert_int_eq(s[0].late[1].up_to, 10);
    ck_assert_int_eq(s[0].late[1].score, 2550);
    ck_assert_int_eq(s[1].type, CA_TYPE_FREQUENCY);
    ck_assert_int_eq(s[1].span, 6);
    ck_assert_int_eq(s[1].unit, CA_WEEKS);
    ck_assert_int_eq(s[2].type, CA_TYPE_NUMBER);
    ck_assert_int_eq(s[2].min, -1500);
    ck_assert_int_eq(s[2].max, 10000);
    ck_assert_uint_eq(s[2].band_count, 2);
    ck_assert_int_eq(s[2].bands[1].from, 2125);
    ck_assert_int_eq(s[2].bands[1].score, 10000);
    ck_assert_int_eq(s[3].type, CA_TYPE_POINTS);
    ck_assert_int_eq(s[3].points, 40000);
    ck_assert_int_eq(s[3].step, 500);
    ck_assert(s[3].faults);
    ck_assert_int_eq(s[4].step, 1000);
    ck_assert(!s[4].faults);
    ck_assert_int_eq(s[5].type, CA_TYPE_TEXT);
    ca_template_free(t);
}
END_TEST

START_TEST(a_derived_standard_has_the_type_of_its_framework)
{
    struct ca_template *t = read_sample(&(struct sample){
        .name = "full",
        .sections = "<section id='s' title='S'><standard id='a' derived='first-review'>"
                    "<question>Q</question><late up-to='7' score='30'/></standard>"
                    "<standard id='b' derived='reviews'><question>Q</question></standard>"
                    "</section>"});

    ck_assert_int_eq(t->standards[0].type, CA_TYPE_TIMESCALE);
    ck_assert_str_eq(t->standards[0].derived, "first-review");
    ck_assert_int_eq(t->standards[0].span, 0);
    ck_assert_uint_eq(t->standards[0].late_count, 1);
    ck_assert_int_eq(t->standards[0].late[0].score, 3000);
    ck_assert_int_eq(t->standards[1].type, CA_TYPE_FREQUENCY);
    ca_template_free(t);
}
END_TEST

/* ---- conditions ---- */

#define EVERY_KIND_SECTIONS                                                                    \
    "<section id='s' title='S'>"                                                               \
    "<standard id='a' answers='grades' critical='yes' not-applicable='forbidden'>"             \
    "<question>Q</question></standard>"                                                        \
    "<standard id='t'><question>Q</question><applies><when standard='a' answer='good'/>"       \
    "</applies><timescale within='1' unit='days'/></standard></section>"                       \
    "<section id='u' title='U'><applies><any><when attribute='team' is='x y'/>"                \
    "<any><when standard='t' answer='late'/></any></any></applies>"                            \
    "<limits><limit id='inner' to='poor' override='never'><reason>R</reason>"                  \
    "<when section='u' below='50'/><when standard='b' from='0'/></limit></limits>"             \
    "<standard id='b' answers='grades'><question>Q</question></standard></section>"

#define EVERY_KIND_HEAD                                                                        \
    "<agencies><agency id='p' label='P'/><agency id='h' label='H'/></agencies>"                \
    "<attributes><attribute id='team' label='T' type='token'/>"                                \
    "<attribute id='age' label='A' type='integer'/>"                                           \
    "<attribute id='on' label='O' type='date'/></attributes>"

static const char every_kind_tail[] =
    "<rules><rule grade='poor'><when attribute='age' is='7 07 -3'/>"
    "<when attribute='age' is-not='1'/><when attribute='age' from='3'/>"
    "<when attribute='on' from='2023-01-01' to='2023-12-31'/></rule>"
    "<rule grade='fair'><when standard='a' status='answered not-evidenced'/>"
    "<when standard='a' below='75'/><when standards='a t b a' answer='poor late' at-least='6'/>"
    "<when section='s' from='10'/><when section='u' graded='fair poor'/></rule>"
    "<otherwise grade='good'/></rules>"
    "<limits><limit id='l' to='fair'><reason>Why</reason>"
    "<when sections-graded='poor' at-least='2'/>"
    "<when agencies-graded='poor fair' at-most='1'/>"
    "<when critical-below='50' at-least='2'/></limit></limits>"
    "<alerts><alert id='x' severity='urgent'><message>M</message>"
    "<when standard='t' answer='late met'/></alert></alerts>"
    "<measures><measure id='m' label='M' standard='a' kind='proportion' counts='good fair'/>"
    "<measure id='d' label='D' standard='t' kind='mean'/></measures>";

static struct ca_template *read_every_kind(void)
{
    return read_sample(&(struct sample){.name = "full",
                                        .root = "unit='household' rollup='rules'",
                                        .head = EVERY_KIND_HEAD,
                                        .sections = EVERY_KIND_SECTIONS,
                                        .tail = every_kind_tail});
}

START_TEST(rows_about_attributes)
{
    struct ca_template *t = read_every_kind();
    const struct ca_row *rows = t->rules[0].conditions.rows;

    ck_assert_uint_eq(t->rules[0].grade, 2);
    ck_assert_uint_eq(t->otherwise, 0);
    ck_assert_uint_eq(t->rules[0].conditions.count, 4);
    ck_assert_int_eq(rows[0].kind, CA_ROW_ATTRIBUTE_IS);
    ck_assert_uint_eq(rows[0].subject, 1);
    ck_assert_uint_eq(rows[0].word_count, 3);
    ck_assert_str_eq(rows[0].words[1], "07");
    ck_assert_int_eq(rows[0].integers[1], 7);
    ck_assert_int_eq(rows[0].integers[2], -3);
    ck_assert_int_eq(rows[1].kind, CA_ROW_ATTRIBUTE_IS_NOT);
    ck_assert_int_eq(rows[2].kind, CA_ROW_ATTRIBUTE_RANGE);
    ck_assert_int_eq(rows[2].low, 3);
    ck_assert_int_eq(rows[2].high, INT64_MAX);
    ck_assert_int_eq(rows[3].low, ca_date_from_ymd(2023, 1, 1));
    ck_assert_int_eq(rows[3].high, ca_date_from_ymd(2023, 12, 31));
    ca_template_free(t);
}
END_TEST

START_TEST(rows_about_standards_and_sections)
{
    struct ca_template *t = read_every_kind();
    const struct ca_row *rows = t->rules[1].conditions.rows;

    ck_assert_int_eq(rows[0].kind, CA_ROW_STANDARD_STATUS);
    ck_assert_uint_eq(rows[0].statuses,
                      1u << CASEAUDIT_ANSWERED | 1u << CASEAUDIT_NOT_EVIDENCED);
    ck_assert_int_eq(rows[1].kind, CA_ROW_STANDARD_BELOW);
    ck_assert_int_eq(rows[1].edge, 7500);
    ck_assert_int_eq(rows[2].kind, CA_ROW_STANDARDS_ANSWER);
    ck_assert_uint_eq(rows[2].subject_count, 3); /* a standard named twice is one */
    ck_assert_uint_eq(rows[2].subjects[1], 1);
    ck_assert_uint_eq(rows[2].word_count, 2);
    ck_assert_uint_eq(rows[2].k, 6);
    ck_assert(!rows[2].at_most);
    ck_assert_int_eq(rows[3].kind, CA_ROW_SECTION_FROM);
    ck_assert_int_eq(rows[3].edge, 1000);
    ck_assert_int_eq(rows[4].kind, CA_ROW_SECTION_GRADED);
    ck_assert_uint_eq(rows[4].subject, 1);
    ck_assert_uint_eq(rows[4].grades, 6);
    ca_template_free(t);
}
END_TEST

START_TEST(rows_about_the_whole)
{
    struct ca_template *t = read_every_kind();
    const struct ca_row *rows = t->limits[0].conditions.rows;

    ck_assert_str_eq(t->limits[0].id, "l");
    ck_assert_str_eq(t->limits[0].reason, "Why");
    ck_assert_uint_eq(t->limits[0].to, 1);
    ck_assert(!t->limits[0].never);
    ck_assert_uint_eq(t->limits[0].section, CA_NONE);
    ck_assert_int_eq(rows[0].kind, CA_ROW_SECTIONS_GRADED);
    ck_assert_uint_eq(rows[0].grades, 4);
    ck_assert_int_eq(rows[1].kind, CA_ROW_AGENCIES_GRADED);
    ck_assert(rows[1].at_most);
    ck_assert_uint_eq(rows[1].k, 1);
    ck_assert_int_eq(rows[2].kind, CA_ROW_CRITICAL_BELOW);
    ck_assert_int_eq(rows[2].edge, 5000);
    ck_assert_uint_eq(rows[2].k, 2);
    ca_template_free(t);
}
END_TEST

START_TEST(applies_and_limits_of_sections)
{
    struct ca_template *t = read_every_kind();
    const struct ca_section *u = &t->sections[1];

    ck_assert(!t->standards[0].has_applies);
    ck_assert(t->standards[1].has_applies);
    ck_assert_int_eq(t->standards[1].applies.rows[0].kind, CA_ROW_STANDARD_ANSWER);
    ck_assert(u->has_applies);
    ck_assert_uint_eq(u->applies.count, 1);
    ck_assert_int_eq(u->applies.rows[0].kind, CA_ROW_ANY);
    ck_assert_uint_eq(u->applies.rows[0].row_count, 2);
    ck_assert_int_eq(u->applies.rows[0].rows[1].kind, CA_ROW_ANY);
    ck_assert_str_eq(u->applies.rows[0].rows[1].rows[0].words[0], "late");
    ck_assert_uint_eq(u->limit_count, 1);
    ck_assert(u->limits[0].never);
    ck_assert_uint_eq(u->limits[0].section, 1);
    ck_assert_uint_eq(u->limits[0].conditions.count, 2);
    ca_template_free(t);
}
END_TEST

START_TEST(alerts_and_measures)
{
    struct ca_template *t = read_every_kind();

    ck_assert_uint_eq(t->alert_count, 1);
    ck_assert_int_eq(t->alerts[0].severity, CA_URGENT);
    ck_assert_str_eq(t->alerts[0].message, "M");
    ck_assert_str_eq(ca_alert_severity_name(CA_REVIEW), "review");
    ck_assert_uint_eq(t->measure_count, 2);
    ck_assert(!t->measures[0].mean);
    ck_assert_uint_eq(t->measures[0].counts_count, 2);
    ck_assert_str_eq(t->measures[0].counts[1], "fair");
    ck_assert(t->measures[1].mean);
    ck_assert_ptr_null(t->measures[1].counts);
    ck_assert_uint_eq(t->measures[1].standard, 1);
    ca_template_free(t);
}
END_TEST

/* ---- small things ---- */

START_TEST(names_are_those_of_the_formats)
{
    enum ca_rollup rollup = CA_ROLLUP_NONE;
    enum caseaudit_status status = CASEAUDIT_MISSING;

    for (int i = CA_ROLLUP_MEAN; i <= CA_ROLLUP_NONE; i++) {
        ck_assert(ca_rollup_parse(ca_rollup_name((enum ca_rollup)i), &rollup));
        ck_assert_int_eq((int)rollup, i);
    }
    for (int i = CASEAUDIT_ANSWERED; i <= CASEAUDIT_NOT_APPLYING; i++) {
        ck_assert(ca_status_parse(ca_status_name((enum caseaudit_status)i), &status));
        ck_assert_int_eq((int)status, i);
    }
    ck_assert_str_eq(ca_status_name(CASEAUDIT_NOT_YET_DUE), "not-yet-due");
    ck_assert(!ca_rollup_parse("Mean", &rollup));
    ck_assert(!ca_status_parse("", &status));
    ck_assert_int_eq((int)status, CASEAUDIT_NOT_APPLYING);
}
END_TEST

START_TEST(later_faults_find_their_place)
{
    struct ca_template *t = read_sample(&(struct sample){0});

    ca_template_report(t, t->standards[1].offset, &diags, CA_WARNING, "standard", "see %d", 7);
    ck_assert_uint_eq(diags.count, 1);
    ck_assert_int_eq(diags.items[0].line, 11);
    ck_assert_int_eq(diags.items[0].column, 1);
    ck_assert_str_eq(diags.items[0].element, "standard");
    ck_assert_str_eq(diags.items[0].message, "see 7");
    ca_template_free(t);
    ca_template_free(NULL);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("template");
    TCase *tests = tcase_create("template");
    const TTest *const all[] = {
        a_plain_template_has_the_defaults,
        the_root_says_how_to_score,
        a_framework_gives_what_the_template_leaves_out,
        texts_are_trimmed_and_blank_ones_absent,
        grades_are_bands_of_scores,
        scores_of_a_list_are_converted_to_the_templates_marks,
        long_lists_are_found_in_too,
        heads_are_read,
        sections_and_standards_keep_their_order,
        a_standard_carries_what_is_asked_of_it,
        each_type_is_read,
        a_derived_standard_has_the_type_of_its_framework,
        rows_about_attributes,
        rows_about_standards_and_sections,
        rows_about_the_whole,
        applies_and_limits_of_sections,
        alerts_and_measures,
        names_are_those_of_the_formats,
        later_faults_find_their_place,
    };

    tcase_add_checked_fixture(tests, set_up, tear_down);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        tcase_add_test(tests, all[i]);
    suite_add_tcase(suite, tests);
    return suite;
}
