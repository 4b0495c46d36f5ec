/* What the grammars say about a fault; that they find the same faults as the
 * XML schemas is shown in test_schema.c. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/file.h"
#include "core/model/grammar.h"
#include "tests/unit/unit.h"

static struct ca_xml_parser *parser;
static struct ca_arena *arena;
static struct ca_diags diags;
static struct ca_xml_doc doc;

static void open_parser(void)
{
    parser = ca_xml_parser_new();
    arena = ca_arena_new();
}

static void close_parser(void)
{
    ca_xml_parser_free(parser);
    ca_arena_free(arena);
}

static bool check(const struct ca_grammar *grammar, const char *bytes, size_t length)
{
    ca_arena_reset(arena);
    ca_diags_init(&diags, arena);
    ck_assert(
        ca_xml_parse(parser, arena, bytes, length, &ca_xml_template_limits, &diags, &doc));
    return ca_grammar_check(grammar, &doc, &diags);
}

#define RETURN_HEAD                                                                            \
    "<return xmlns='urn:caseaudit:return:1' id='r' template='t' template-version='1'>\n"
#define RETURN_START RETURN_HEAD "<case ref='C1'/><audit date='2023-11-14' auditor='A1'/>\n"
#define TEMPLATE_HEAD                                                                          \
    "<template xmlns='urn:caseaudit:template:1' id='t' version='1' framework='f' "             \
    "effective-from='2023-04-01'><title>T</title>\n"                                           \
    "<scale><grade id='a' label='A' score='1' from='1'/>"                                      \
    "<grade id='b' label='B' score='0' from='0'/></scale>\n"
#define SECTION_HEAD  TEMPLATE_HEAD "<section id='s' title='S'>\n"
#define SECTION_END   "</section></template>"
#define STANDARD_HEAD SECTION_HEAD "<standard id='x'><question>Q?</question>"
#define STANDARD_END  "</standard>" SECTION_END

struct row {
    const char *document;
    int line, column;
    const char *element, *message;
};

/* Each document has one fault, told in these words. */
static void check_rows(const struct ca_grammar *grammar, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        const struct ca_diag *found;

        ck_assert_msg(!check(grammar, row->document, strlen(row->document)), "accepted: %s",
                      row->message);
        found = &diags.items[0];
        ck_assert_str_eq(found->message, row->message);
        ck_assert_uint_eq(diags.count, 1);
        ck_assert_int_eq(found->severity, CA_ERROR);
        ck_assert_int_eq(found->fault, CA_FAULT_SCHEMA);
        ck_assert_str_eq(found->element, row->element);
        ck_assert_int_eq(found->line, row->line);
        ck_assert_int_eq(found->column, row->column);
    }
}

START_TEST(faults_of_returns)
{
    static const struct row rows[] = {
        {RETURN_HEAD "<audit date='2023-11-14' auditor='A1'/></return>", 1, 1, "return",
         "<return> needs <case>"},
        {RETURN_HEAD "<case/><audit date='2023-11-14' auditor='A1'/></return>", 2, 1, "case",
         "<case> needs attribute 'ref', a code of letters, digits, '.', '_', '/' and '-', a "
         "letter or digit first, at most 64, without spaces"},
        {RETURN_HEAD "<case ref='C1'/>\n <audit date='2023-02-30' auditor='A1'/></return>", 3,
         2, "audit",
         "attribute 'date' of <audit> is '2023-02-30'; it must be a date of the calendar as "
         "YYYY-MM-DD, from 1900 to 2199"},
        {RETURN_HEAD "<case ref='C1'/><audit date='2023-11-14' auditor='Jo Smith'/></return>",
         2, 17, "audit",
         "attribute 'auditor' of <audit> is 'Jo Smith'; it must be a code of letters, digits, "
         "'.', '_', '/' and '-', a letter or digit first, at most 64, without spaces"},
        {RETURN_HEAD
         "<case ref='C1'/><audit date='2023-11-14' auditor='A1' selektion='random'/>"
         "</return>",
         2, 17, "audit",
         "attribute 'selektion' is not known on <audit>; did you mean 'selection'?"},
        {RETURN_HEAD
         "<case ref='C1'/><audit date='2023-11-14' auditor='A1' selection='randon'/>"
         "</return>",
         2, 17, "audit",
         "attribute 'selection' of <audit> is 'randon'; it must be random, targeted or "
         "stratified; did you mean 'random'?"},
        {RETURN_HEAD "<case ref='C1'/><audit date='2023-11-14' auditor='A1' selection=' '/>"
                     "</return>",
         2, 17, "audit",
         "attribute 'selection' of <audit> is empty; it must be random, targeted or "
         "stratified"},
        {RETURN_START "<respones/></return>", 3, 1, "respones",
         "<respones> cannot stand in <return>; did you mean 'responses'?"},
        {RETURN_START "<events><b/></events></return>", 3, 9, "b",
         "<b> cannot stand in <events>; it may hold <event>"},
        {RETURN_START "<events/><attributes/></return>", 3, 10, "attributes",
         "<attributes> must stand before <events>"},
        {RETURN_START "<events/><events/></return>", 3, 10, "events",
         "<return> holds more than 1 <events>"},
        {RETURN_START "<events>text</events></return>", 3, 1, "events",
         "text stands directly in <events>, which holds <event> only"},
        {RETURN_START "<responses><response standard='x'><start>soon</start></response>"
                      "</responses></return>",
         3, 35, "start",
         "<start> is 'soon'; it must be a date of the calendar as YYYY-MM-DD, from 1900 to "
         "2199"},
        {RETURN_START "<responses><response standard='x'><value/></response></responses>"
                      "</return>",
         3, 35, "value",
         "<value> is empty; it must be a number from -1000000000 to 1000000000 with at most "
         "three decimals"},
        {RETURN_START "<responses><response standard='x'><value>1</value><text>a</text>"
                      "</response></responses></return>",
         3, 51, "text", "<text> cannot stand beside <value>: only one of them may be there"},
        {RETURN_START "<responses><response standard='x'><end>2023-01-01</end></response>"
                      "</responses></return>",
         3, 12, "response", "<response> needs <start> before <end>"},
        {RETURN_START "<responses><response standard='x'><evidence><b>a</b></evidence>"
                      "</response></responses></return>",
         3, 45, "b", "<b> cannot stand in <evidence>, which holds text only"},
        {RETURN_START "<responses xmlns='urn:other'/></return>", 3, 1, "responses",
         "<responses> is not in the namespace 'urn:caseaudit:return:1'"},
        {RETURN_START "<judgement grade='a&#10;b' by='A1' "
                      "date='2023-11-14'><rationale/></judgement></return>",
         3, 1, "judgement",
         "attribute 'grade' of <judgement> is 'a b'; it must be an id of lower-case letters, "
         "digits, '.', '_' and '-', a letter or digit first, at most 64"},
    };

    check_rows(&ca_return_grammar, rows, sizeof rows / sizeof rows[0]);
}
END_TEST

START_TEST(faults_of_templates)
{
    static const struct row rows[] = {
        {"<template xmlns='urn:caseaudit:template:1' id='t' version='1' framework='f' "
         "effective-from='2023-04-01'><title>T</title>\n<scale>"
         "<grade id='a' label='A' score='0' from='0'/></scale>"
         "<section id='s' title='S'><standard id='x'><question>Q?</question></standard>"
         "</section></template>",
         2, 1, "scale", "<scale> needs at least 2 <grade>, and has 1"},
        {SECTION_HEAD SECTION_END, 3, 1, "section",
         "<section> needs at least one <section> or <standard>"},
        {SECTION_HEAD "<standard id='x'><question> </question>" STANDARD_END, 4, 18, "question",
         "<question> is empty; it must be text that is not blank"},
        {SECTION_HEAD "<section id='i' title='I' focus='w'><standard id='x'><question>Q?"
                      "</question></standard></section>" SECTION_END,
         4, 1, "section",
         "attribute 'focus' cannot stand on this <section>: it belongs on the top-level "
         "section "
         "around this one"},
        {STANDARD_HEAD "<timescale within='20' unit='workingdays'/>" STANDARD_END, 4, 41,
         "timescale",
         "attribute 'unit' of <timescale> is 'workingdays'; it must be days, working-days, "
         "weeks, months or years; did you mean 'working-days'?"},
        {STANDARD_HEAD "<timescale within='10001' unit='days'/>" STANDARD_END, 4, 41,
         "timescale",
         "attribute 'within' of <timescale> is '10001'; it must be a whole number from 1 to "
         "10000"},
        {STANDARD_HEAD "<points out-of='0'/>" STANDARD_END, 4, 41, "points",
         "attribute 'out-of' of <points> is '0'; it must be a number above 0, at most "
         "1000000000, with at most three decimals"},
        {STANDARD_HEAD "<reference href='javascript:alert(1)'/>" STANDARD_END, 4, 41,
         "reference",
         "attribute 'href' of <reference> is 'javascript:alert(1)'; it must be an address that "
         "begins with https://, http:// or mailto:, or that of a file nearby, without "
         "spaces, ':', '\\' or '//' at its beginning"},
        {STANDARD_HEAD "<reference href='//host/x'/>" STANDARD_END, 4, 41, "reference",
         "attribute 'href' of <reference> is '//host/x'; it must be an address that begins "
         "with "
         "https://, http:// or mailto:, or that of a file nearby, without spaces, ':', '\\' or "
         "'//' at its beginning"},
        {STANDARD_HEAD "<reference href='\\\\host\\x'/>" STANDARD_END, 4, 41, "reference",
         "attribute 'href' of <reference> is '\\\\host\\x'; it must be an address that begins "
         "with https://, http:// or mailto:, or that of a file nearby, without spaces, ':', "
         "'\\' or '//' at its beginning"},
        {STANDARD_HEAD "<applies><any/></applies>" STANDARD_END, 4, 50, "any",
         "<any> needs at least one <when> or <any>"},
        {STANDARD_HEAD
         "<applies><when standard='x' status='overdue mising'/></applies>" STANDARD_END,
         4, 50, "when",
         "attribute 'status' of <when> is 'mising'; it must be one or more of answered, "
         "not-evidenced, overdue, not-yet-due, out-of-scope, not-applicable, missing and "
         "not-applying; did you mean 'missing'?"},
        {STANDARD_HEAD "<applies><when standard='x' below='66.670'/></applies>" STANDARD_END, 4,
         50, "when",
         "attribute 'below' of <when> is '66.670'; it must be a number from 0 to 1000 with at "
         "most two decimals"},
        {STANDARD_HEAD "<text>words</text>" STANDARD_END, 4, 41, "text",
         "<text> holds text; it must be empty"},
    };

    check_rows(&ca_template_grammar, rows, sizeof rows / sizeof rows[0]);
}
END_TEST

START_TEST(all_faults_in_one_run)
{
    static const char document[] =
        "<return xmlns='urn:caseaudit:return:1' id='r r' template='t'>\n"
        "<audit date='x' auditor=''/>\n<colour/>\n<responses>\n<response/></responses>\n"
        "<case ref='C1'/>\n</return>";
    static const int lines[] = {1, 1, 2, 2, 3, 5, 6};

    ck_assert(!check(&ca_return_grammar, document, sizeof document - 1));
    ca_diags_sort(&diags);
    ck_assert_uint_eq(diags.count, sizeof lines / sizeof lines[0]);
    for (size_t i = 0; i < diags.count; i++)
        ck_assert_int_eq(diags.items[i].line, lines[i]);
    ck_assert_uint_eq(diags.errors, diags.count);
}
END_TEST

START_TEST(elements_get_their_codes)
{
    static const char document[] =
        RETURN_START "<events><colour/><event type='a' date='2023-01-01'/></events>"
                     "<responses><response standard='x'><value>3</value></response></responses>"
                     "</return>";
    const struct ca_xml_node *node;

    ck_assert(!check(&ca_return_grammar, document, sizeof document - 1));
    ck_assert_uint_eq(doc.root->code, CA_E_RETURN);
    node = ca_xml_child(doc.root, CA_E_EVENTS);
    ck_assert_uint_eq(node->first->code, CA_E_NONE);
    ck_assert_uint_eq(node->first->next->code, CA_E_EVENT);
    node = ca_xml_child(ca_xml_child(doc.root, CA_E_RESPONSES), CA_E_RESPONSE);
    ck_assert_str_eq(ca_xml_child(node, CA_E_VALUE)->text, "3");
}
END_TEST

START_TEST(other_documents_are_named)
{
    static const struct {
        const char *document, *message;
    } rows[] = {
        {RETURN_HEAD "</return>", "this is a return, and a template is needed here"},
        {"<template xmlns='urn:caseaudit:template:2'/>",
         "the namespace of <template> is 'urn:caseaudit:template:2'; it must be "
         "'urn:caseaudit:template:1'"},
        {"<template/>",
         "this is no template: the root element is <template> without a namespace; it must be "
         "<template xmlns=\"urn:caseaudit:template:1\">"},
        {"<page xmlns='http://www.w3.org/1999/xhtml'/>",
         "this is no template: the root element is <page>; it must be "
         "<template xmlns=\"urn:caseaudit:template:1\">"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        ck_assert(!check(&ca_template_grammar, rows[i].document, strlen(rows[i].document)));
        ck_assert(!ca_grammar_is_root(&ca_template_grammar, &doc));
        ck_assert_uint_eq(diags.count, 1);
        ck_assert_int_eq(diags.items[0].fault, CA_FAULT_FILE);
        ck_assert_str_eq(diags.items[0].message, rows[i].message);
    }
    ck_assert(!check(&ca_return_grammar, RETURN_HEAD "</return>", strlen(RETURN_HEAD) + 9));
    ck_assert(ca_grammar_is_root(&ca_return_grammar, &doc));
}
END_TEST

/* Explaining each fault of a file made of faults must not take longer than is useful. */
START_TEST(a_flood_of_faults_is_cut_short)
{
    struct ca_buffer text = {0};

    ca_buffer_puts(&text, RETURN_START "<events>");
    for (int i = 0; i < 200000; i++)
        ca_buffer_puts(&text, "<evnt a=''/>");
    ca_buffer_puts(&text, "</events></return>");
    ck_assert(!check(&ca_return_grammar, text.data, text.length));
    ck_assert_uint_eq(diags.count, CA_DIAG_MOST + 1);
    ck_assert_str_eq(diags.items[CA_DIAG_MOST - 1].message,
                     "<evnt> cannot stand in <events>; did you mean 'event'?");
    ck_assert(strstr(diags.items[CA_DIAG_MOST].message, "not listed") != NULL);
    ca_buffer_free(&text);
}
END_TEST

START_TEST(long_values_are_shortened)
{
    struct ca_buffer text = {0};

    ca_buffer_puts(&text, RETURN_HEAD "<case ref='");
    for (int i = 0; i < 5000; i++)
        ca_buffer_puts(&text, "\xc3\xa9");
    ca_buffer_puts(&text, "'/><audit date='2023-11-14' auditor='A1'/></return>");
    ck_assert(!check(&ca_return_grammar, text.data, text.length));
    ck_assert(strstr(diags.items[0].message, "\xc3\xa9...'; it must be") != NULL);
    ck_assert_uint_lt(strlen(diags.items[0].message), 400);
    ca_buffer_free(&text);
}
END_TEST

Suite *unit_suite(void)
{
    const TTest *const tests[] = {faults_of_returns,         faults_of_templates,
                                  all_faults_in_one_run,     elements_get_their_codes,
                                  other_documents_are_named, a_flood_of_faults_is_cut_short,
                                  long_values_are_shortened};
    Suite *suite = suite_create("grammar");
    TCase *tcase = tcase_create("messages");

    tcase_add_checked_fixture(tcase, open_parser, close_parser);
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
