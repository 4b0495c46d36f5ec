/* What people do to XML with editors and word processors, and what they are told: each in words
 * of theirs, at the place, with what to type. */
#include <string.h>

#include "core/base/buffer.h"
#include "core/model/xml_words.h"
#include "tests/unit/unit.h"
#include "tests/unit/xml_fixture.h"

struct row {
    const char *document;
    int line, column;
    const char *words; /* that the message has */
};

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool parsed = parse(rows[i].document);
        ck_assert_msg(!parsed, "accepted: %s", rows[i].document);
        ck_assert_msg(diags.count == 1 && diags.items[0].line == rows[i].line &&
                          diags.items[0].column == rows[i].column &&
                          strstr(diags.items[0].message, rows[i].words) != NULL,
                      "%s\nat %d:%d: %s\nbut not at %d:%d: %s", rows[i].document,
                      diags.items[0].line, diags.items[0].column, diags.items[0].message,
                      rows[i].line, rows[i].column, rows[i].words);
    }
}
#define CHECK(rows) check((rows), sizeof(rows) / sizeof *(rows))

START_TEST(signs_in_text)
{
    static const struct row rows[] = {
        {"<r>Early help & support</r>", 1, 15, "write '&amp;' here"},
        {"<r>R&D</r>", 1, 5, "write '&amp;' here"},
        {"<r>a&</r>", 1, 5, "write '&amp;' here"},
        {"<r a='x&y'/>", 1, 8, "write '&amp;' here"},
        {"<r><a>?p=1&q=2</a></r>", 1, 11, "write '&amp;' here"},
        {"<r>Seen&nbsp;again</r>", 1, 8, "write '&#160;', or a plain space"},
        {"<r>&pound;5</r>", 1, 4, "write '\xC2\xA3' itself, or '&#163;'"},
        {"<r>&eacute;</r>", 1, 4, "write '\xC3\xA9' itself"},
        {"<r>&rsquo;</r>", 1, 4, "'&rsquo;' is known in web pages"},
        {"<r>&AMP;</r>", 1, 4, "&amp; &lt; &gt; &quot; and &apos; only"},
        {"<r>&#;</r>", 1, 4, "as in '&#163;'"},
        {"<r>&#163</r>", 1, 4, "as in '&#163;'"},
        {"<r>&#xZ;</r>", 1, 4, "as in '&#163;'"},
        {"<r>&#11;</r>", 1, 4, "'&#11;' is the number of no character"},
        {"<r>&#xFFFF;</r>", 1, 4, "no character that XML allows"},
        {"<r>under < 5 days</r>", 1, 10, "write '&lt;'"},
        {"<r>x <5</r>", 1, 6, "write '&lt;'"},
        {"<r>a]]>b</r>", 1, 5, "write ']]&gt;'"},
        {"<r>\n Seen\x0B"
         "again</r>",
         2, 6, "U+000B, a line break of a word processor"},
        {"<r>\x0C</r>", 1, 4, "a page break"},
        {"<r>\x03</r>", 1, 4, "U+0003"},
        {"<r a='\x1F'/>", 1, 7, "U+001F"},
        {"<r><!-- \x02 --></r>", 1, 9, "U+0002"},
        {"<r>\xEF\xBF\xBF</r>", 1, 4, "U+FFFF"},
    };

    CHECK(rows);
}
END_TEST

START_TEST(quotation_marks)
{
    static const struct row rows[] = {
        {"<r a=\xE2\x80\x9D"
         "A17\xE2\x80\x9D/>",
         1, 6, "before the value of 'a'"},
        {"<r a=\xE2\x80\x9C"
         "A17\xE2\x80\x9D/>",
         1, 6, "type straight ones: a=\"...\""},
        {"<r a=\xE2\x80\x98x\xE2\x80\x99/>", 1, 6, "bent as word processors make it"},
        {"<r a=\xC2\xABx\xC2\xBB/>", 1, 6, "bent"},
        {"<r a=\"A17\xE2\x80\x9D/>", 1, 10, "behind the value of 'a'"},
        {"<r a=\"A17\xE2\x80\x9D b=\"2\"/>", 1, 10, "behind the value of 'a'"},
        {"<r a=\"1\xE2\x80\x9D><b/></r>", 1, 8, "behind the value of 'a'"},
        {"<r a=\"1 b=\"2\"/>", 1, 6, "no quotation mark at its end"},
        {"<r a=\"1><b/></r>", 1, 6, "no quotation mark at its end"},
        {"<r a=\"1'/>", 1, 6, "no quotation mark at its end"},
        {"<r a=1 b='2'/>", 1, 4, "has to stand in quotation marks: a=\"...\""},
        {"<r a= />", 1, 4, "has to stand in quotation marks"},
        {"<r a=\"the \"good\" one\"/>", 1, 12, "write '&quot;' there"},
        {"<r a=\"child\xE2\x80\x99s\" b=2/>", 1, 16, "'b' has to stand in quotation marks"},
    };

    CHECK(rows);
}
END_TEST

START_TEST(tags)
{
    static const struct row rows[] = {
        {"<r>\n<a>\n</r>", 3, 1, "<a> of line 2 is not closed before </r>; write </a>"},
        {"<r><a><b></a></b></r>", 1, 10, "<b> of line 1 is not closed before </a>"},
        {"<r>\n<answer></anser></r>", 2, 9, "letter for letter; write </answer>"},
        {"<r><Answer></answer></r>", 1, 12, "write </Answer>"},
        {"<r><a></zebra></r>", 1, 7, "</zebra> closes nothing: what is open is <a> of line 1"},
        {"</r>", 1, 1, "there is no <r> before it"},
        {"<r></r></r>", 1, 8, "closes nothing"},
        {"<r/>text", 1, 5, "text stands behind </r>"},
        {"<r/><a/>", 1, 5, "<a> stands behind </r>"},
        {"<r><a></r", 1, 7, "within a closing tag; it is cut off"},
        {"<r><a></ r></r>", 1, 7, "a closing tag is '</', a name and '>', as in </a>"},
        {"<r><a</r>", 1, 6, "the tag <a of line 1 is not ended before this one"},
        {"<r>\n<a x='1'\n<b/></r>", 3, 1, "the tag <a of line 2 is not ended before this one"},
        {"<r a='1'b='2'/>", 1, 9, "a space is missing"},
        {"<r a/>", 1, 4, "'a' in the tag <r> has no value"},
        {"<r a='1' a=\"1\"/>", 1, 10, "'a' stands twice in <r>"},
        {"<r\xC2\xA0"
         "a='1'/>",
         1, 3, "(U+00A0) cannot stand in the tag <r>; if it looks like a space"},
        {"<r a='1' \xE2\x80\x93/>", 1, 10, "(U+2013)"},
        {"<r a='1' ;/>", 1, 10, "';' cannot stand here in the tag <r>"},
        {"<r / >", 1, 4, "'/' cannot stand here in the tag <r>"},
        {"<r 1a='1'/>", 1, 4, "cannot stand here"},
        {"<r a='1'", 1, 9, "within the tag <r>; it is cut off"},
        {"<r><a>", 1, 7, "before <a> of line 1 is closed: it is cut off"},
        {"<r><", 1, 4, "the file ends with '<'"},
    };

    CHECK(rows);
}
END_TEST

START_TEST(comments_and_first_lines)
{
    static const struct row rows[] = {
        {"<r><!-- a", 1, 4, "the comment that begins here never ends"},
        {"<r><!-- a -- b --></r>", 1, 11, "two hyphens together"},
        {"<r><!\xE2\x80\x93 a \xE2\x80\x93></r>", 1, 4, "with two plain hyphens"},
        {"<r><![CDATA[ x", 1, 4, "the CDATA section that begins here never ends"},
        {"<r><?x", 1, 4, "the instruction that begins here never ends"},
        {"<r><? x?></r>", 1, 4, "followed by a name at once"},
        {"\n<?xml version='1.0'?><r/>", 2, 1, "begin the first line of a file"},
        {"<!-- x --><?xml version='1.0'?><r/>", 1, 11, "begin the first line of a file"},
        {"<r/><?xml version='1.0'?><r/>", 1, 5, "a second document"},
        {"<?xml version=\xE2\x80\x9C"
         "1.0\xE2\x80\x9D?><r/>",
         1, 1, "the first line cannot be read"},
        {"<?xml version='1.0' encoding=UTF-8?><r/>", 1, 1, "the first line cannot be read"},
        {"<?xml encoding='UTF-8'?><r/>", 1, 1, "the first line cannot be read"},
        {"<?xml version='1.0'><r/>", 1, 1, "the first line cannot be read"},
        {"<!-- x -->", 1, 1, "nothing in the file but comments"},
        {"Dear auditor, <r/>", 1, 1, "begins with text"},
    };

    CHECK(rows);
}
END_TEST

START_TEST(files_of_other_kinds)
{
    static const struct row rows[] = {
        {"PK\003\004...", 1, 1, "a workbook (.xlsx)"},
        {"\xD0\xCF\x11\xE0\xA1\xB1", 1, 1, "(.xls, .doc)"},
        {"%PDF-1.7", 1, 1, "this is a PDF; what is needed here is a return, an XML file"},
        {"{\\rtf1", 1, 1, "RTF"},
        {"{\"return\": 1}", 1, 1, "JSON"},
        {"\n<!DOCTYPE HTML><html>", 1, 1, "a web page"},
        {"<html lang='en'>", 1, 1, "a web page"},
        {"\xFF\xD8\xFF\xE0", 1, 1, "a picture"},
    };

    CHECK(rows);
}
END_TEST

/* ---- whatever is done to a document ---- */

/* Something that editors, word processors and hands put into XML. */
static const char *const pieces[] = {
    "&", "<",   ">",    "\"",       "'",    "\xE2\x80\x9C", " ",    "/",           "=",
    "-", "]]>", "<!--", "\xC2\xA0", "<?",   "\v",           "&#1;", "&nbsp;",      "a",
    "1", ":",   "</",   "<x>",      "</x>", "<![CDATA[",    "!",    "\xE2\x80\x93"};

/* The next of a series of numbers that is the same every time. */
static size_t draw(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(*state >> 33);
}

static void damage(struct ca_buffer *document, uint64_t *state)
{
    struct ca_buffer damaged = {0};
    size_t at = draw(state) % document->length;
    const char *piece = pieces[draw(state) % (sizeof pieces / sizeof *pieces)];
    bool remove = draw(state) % 3 == 0;

    ca_buffer_add(&damaged, document->data, at);
    if (!remove)
        ca_buffer_puts(&damaged, piece);
    ca_buffer_puts(&damaged, document->data + at + remove);
    ca_buffer_free(document);
    *document = damaged;
}

/* No message is the parser's, whatever happens; and a document that can be read has no slip. */
START_TEST(no_message_is_the_parsers)
{
    static const char good[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- guide -->\n<return id=\"R-1\" "
        "template='small'>\n  <case ref=\"C1\"/>\n  <a x=\"1\" y=\"2\">Seen &amp; heard, "
        "na\xC3\xAFve</a>\n  <![CDATA[1 < 2]]><?note x?>\n</return>\n";
    static const char *const foreign[] = {
        "xmlParse",  "PCDATA",   "AttValue", "EntityRef",     "construct error",
        "Premature", "mismatch", "invalid",  "Extra content", "cannot be read as XML;"};
    const unsigned documents = unit_cases(6000, 6000, 600);
    uint64_t state = 20240131;
    struct ca_xml_slip slip;
    size_t refused = 0;

    for (unsigned i = 0; i < documents; i++) {
        struct ca_buffer document = {0};
        ca_buffer_puts(&document, good);
        for (unsigned k = 0; k <= i % 3; k++)
            damage(&document, &state);
        bool parsed = parse(document.data);
        if (parsed && strncmp(document.data, good, 38) == 0)
            ck_assert_msg(!ca_xml_find_slip(arena, document.data, document.length, &slip),
                          "can be read, and yet: %s\n%s", slip.words, document.data);
        for (size_t k = 0; !parsed && k < diags.count; k++) {
            const char *message = diags.items[k].message;
            refused++;
            for (size_t w = 0; w < sizeof foreign / sizeof *foreign; w++)
                ck_assert_msg(strstr(message, foreign[w]) == NULL, "%s\n%s", message,
                              document.data);
        }
        ca_buffer_free(&document);
    }
    ck_assert_uint_gt(refused, documents * 2 / 3);
}
END_TEST

/* Wherever a file is cut off, that is what is said, or what was left open. */
START_TEST(files_that_are_cut_off)
{
    static const char good[] = "<return id=\"R-1\"><case ref='C1'/><a>text &amp; more</a>"
                               "<!-- note --></return>";

    for (size_t length = 1; length < sizeof good - 1; length++) {
        ck_assert(!parse_bytes(good, length));
        ck_assert_msg(strstr(diags.items[0].message, "cut off") != NULL ||
                          strstr(diags.items[0].message, "never ends") != NULL ||
                          strstr(diags.items[0].message, "quotation mark at its end") != NULL ||
                          strstr(diags.items[0].message, "with two plain hyphens") != NULL ||
                          strstr(diags.items[0].message, "'&amp;'") != NULL,
                      "%.*s: %s", (int)length, good, diags.items[0].message);
    }
}
END_TEST

Suite *unit_suite(void)
{
    const TTest *const tests[] = {signs_in_text,
                                  quotation_marks,
                                  tags,
                                  comments_and_first_lines,
                                  files_of_other_kinds,
                                  no_message_is_the_parsers,
                                  files_that_are_cut_off};
    Suite *suite = suite_create("xml-words");
    TCase *tcase = tcase_create("slips");

    tcase_add_checked_fixture(tcase, xml_open, xml_close);
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
