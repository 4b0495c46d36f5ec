#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/model/xml.h"
#include "tests/unit/unit.h"
#include "tests/unit/xml_fixture.h"

static void assert_place(const struct ca_xml_node *node, int line, int column)
{
    int l, c;

    ca_xml_position(&doc, node->offset, &l, &c);
    ck_assert_int_eq(l, line);
    ck_assert_int_eq(c, column);
}

/* ---- trees ---- */

START_TEST(a_tree_is_built)
{
    assert_good(
        parse("<r xmlns='urn:a' id='1'>\n <a x='1' y=' two '/><b>\n text \n</b>\n</r>"));
    const struct ca_xml_node *r = doc.root, *a = r->first, *b = a->next;
    ck_assert_str_eq(doc.ns, "urn:a");
    ck_assert_str_eq(r->name, "r");
    ck_assert_ptr_null(r->text);
    ck_assert_ptr_null(r->parent);
    ck_assert_str_eq(ca_xml_get(r, "id"), "1");
    ck_assert_ptr_null(ca_xml_get(r, "xmlns"));
    ck_assert_str_eq(a->name, "a");
    ck_assert_uint_eq(a->attr_count, 2);
    ck_assert_str_eq(ca_xml_get(a, "y"), "two");
    ck_assert_ptr_null(ca_xml_get(a, "z"));
    ck_assert_str_eq(b->text, "text");
    ck_assert_ptr_eq(b->parent, r);
    ck_assert_ptr_eq(r->last, b);
    ck_assert_ptr_null(b->next);
}
END_TEST

START_TEST(indented_and_minified_are_one)
{
    const struct ca_xml_node *n;
    static const char *const documents[] = {
        "<r><a/><b>1</b><a/><b>2</b></r>",
        "<r>\n\t<a/>\n\t<b>1</b>\n\t<a/>\n\t<b>2</b>\n</r>\n",
        "<?xml version='1.0'?>\r\n<r>\r\n  <a></a>\r\n  <b>1</b>\r\n  <a></a><b>\r\n2 </b></r>",
    };

    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        char names[64] = "";

        assert_good(parse(documents[i]));
        for (n = doc.root->first; n != NULL; n = n->next) {
            strcat(names, n->name);
            strcat(names, n->text != NULL ? n->text : "-");
        }
        ck_assert_str_eq(names, "a-b1a-b2");
    }
}
END_TEST

START_TEST(text_is_put_together)
{
    static const struct {
        const char *document, *text;
    } rows[] = {
        {"<r> one<!-- c --> two<?p i?> three </r>", "one two three"},
        {"<r>one <![CDATA[<two> & ]]>three</r>", "one <two> & three"},
        {"<r><![CDATA[ ]]> <!-- --> x</r>", "x"},
        {"<r>&lt;&amp;&gt;&quot;&apos;&#233;&#x20AC;</r>", "<&>\"'\xc3\xa9\xe2\x82\xac"},
        {"<r>a\r\nb</r>", "a\nb"},
        {"<r>\n\t </r>", NULL},
        {"<r><!-- x --></r>", NULL},
        {"<r/>", NULL},
        {"<r>\xc2\xa0</r>", "\xc2\xa0"},
        {"<r><a/>directly</r>", "directly"},
        {"<r>before<a/>after</r>", "before"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_good(parse(rows[i].document));
        if (rows[i].text == NULL)
            ck_assert_ptr_null(doc.root->text);
        else
            ck_assert_pstr_eq(doc.root->text, rows[i].text);
    }
}
END_TEST

START_TEST(attribute_values)
{
    assert_good(parse("<r a='&lt;&amp;&#38;&amp;amp;&gt;&quot;' b='x\n\ty' c='&#10; &#233; '\n"
                      "d=\"it's\" e='' f='&amp;'/>"));
    ck_assert_str_eq(ca_xml_get(doc.root, "a"), "<&&&amp;>\"");
    ck_assert_str_eq(ca_xml_get(doc.root, "b"), "x  y");
    ck_assert_str_eq(ca_xml_get(doc.root, "c"), "\xc3\xa9");
    ck_assert_str_eq(ca_xml_get(doc.root, "d"), "it's");
    ck_assert_str_eq(ca_xml_get(doc.root, "e"), "");
    ck_assert_str_eq(ca_xml_get(doc.root, "f"), "&");
}
END_TEST

START_TEST(what_has_no_meaning_is_left_out)
{
    assert_good(
        parse("<p:r xmlns:p='urn:a' xmlns:x='http://www.w3.org/2001/XMLSchema-instance' "
              "xml:lang='en' xml:any='1' x:schemaLocation='urn:a b.xsd' "
              "x:noNamespaceSchemaLocation='c' x:type='t' p:id='1' id='2'/>"));
    ck_assert_str_eq(doc.root->name, "r");
    ck_assert_uint_eq(doc.root->attr_count, 3);
    ck_assert_str_eq(ca_xml_get(doc.root, "x:type"), "t");
    ck_assert_str_eq(ca_xml_get(doc.root, "p:id"), "1");
    ck_assert_str_eq(ca_xml_get(doc.root, "id"), "2");
}
END_TEST

START_TEST(namespaces_are_told_apart)
{
    assert_good(parse("<r xmlns='urn:a'><a/><q:a xmlns:q='urn:a'/><b xmlns='urn:b'/>"
                      "<c xmlns=''/></r>"));
    const struct ca_xml_node *n = doc.root->first;
    ck_assert(!doc.root->foreign && !n->foreign && !n->next->foreign);
    ck_assert(n->next->next->foreign && n->last == NULL && doc.root->last->foreign);
    assert_good(parse("<r><a/><b xmlns='urn:b'/></r>"));
    ck_assert_str_eq(doc.ns, "");
    ck_assert(!doc.root->first->foreign && doc.root->last->foreign);
}
END_TEST

START_TEST(codes_find_children)
{
    assert_good(parse("<r><a/><b/><a/></r>"));
    struct ca_xml_node *first = doc.root->first;
    first->code = first->next->next->code = 7;
    ck_assert_ptr_eq(ca_xml_child(doc.root, 7), first);
    ck_assert_ptr_eq(ca_xml_next(first, 7), doc.root->last);
    ck_assert_ptr_null(ca_xml_next(doc.root->last, 7));
    ck_assert_ptr_null(ca_xml_child(doc.root, 8));
}
END_TEST

/* ---- positions ---- */

START_TEST(positions_count_characters)
{
    assert_good(parse("<?xml version='1.0'?>\n<r\n  a='>'\n>\xc3\xa9\xe2\x82\xac<a b='/>'/>\r\n"
                      "<!-- < --><b\n/></r>"));
    assert_place(doc.root, 2, 1);
    assert_place(doc.root->first, 4, 4);
    assert_place(doc.root->last, 5, 11);
    ca_xml_report(&doc, doc.root->last, &diags, CA_WARNING, CA_FAULT_RULE, "about <%s>", "b");
    ck_assert_int_eq(diags.items[0].line, 5);
    ck_assert_int_eq(diags.items[0].column, 11);
    ck_assert_str_eq(diags.items[0].element, "b");
    ck_assert_str_eq(diags.items[0].message, "about <b>");
    ca_xml_report(&doc, NULL, &diags, CA_WARNING, CA_FAULT_RULE, "all");
    ck_assert_int_eq(diags.items[1].line, 1);
    ck_assert_int_eq(diags.items[1].column, 1);
    ck_assert_ptr_null(diags.items[1].element);
}
END_TEST

/* Long documents are measured from marks along the way: against plain counting. */
START_TEST(positions_far_down)
{
    struct ca_buffer text = {0};
    const struct ca_xml_node *n;
    int row = 0;

    ca_buffer_puts(&text, "<r>");
    for (int i = 0; i < 3000; i++)
        ca_buffer_printf(&text, "%s\xc3\xa9%s<a/>", i % 3 == 0 ? "\n" : "", i % 5 ? "xx" : "");
    ca_buffer_puts(&text, "</r>");
    assert_good(parse(text.data));
    for (n = doc.root->first; n != NULL; n = n->next, row++) {
        int line = 1, column = 1;

        for (uint32_t i = 0; i < n->offset; i++) {
            column += (text.data[i] & 0xc0) != 0x80;
            if (text.data[i] == '\n') {
                line++;
                column = 1;
            }
        }
        assert_place(n, line, column);
    }
    ck_assert_int_eq(row, 3000);
    ca_buffer_free(&text);
}
END_TEST

/* ---- what is not well-formed ---- */

START_TEST(faults_are_refused_where_they_are)
{
    static const struct {
        const char *document;
        int line, column;
        const char *word;
    } rows[] = {
        {"", 1, 1, "empty"},
        {" \n", 1, 1, "blanks"},
        {"hello", 1, 1, "begins with text"},
        {"id,grade\n1,good\n", 1, 1, "begins with text"},
        {"<r>", 1, 4, "cut off"},
        {"<r>\n  <a>\n</r>", 3, 1, "</a>"},
        {"<r", 1, 3, "cut off"},
        {"<r a='1", 1, 6, "quotation mark at its end"},
        {"<r a='1' a='2'/>", 1, 10, "twice"},
        {"<r a=1/>", 1, 4, "a=\"...\""},
        {"<r a='<'/>", 1, 6, "&lt;"},
        {"<r/><r/>", 1, 5, "a file of its own"},
        {"<r>&unknown;</r>", 1, 4, "&unknown;"},
        {"<r a='&unknown;'/>", 1, 7, "&unknown;"},
        {"<r>& </r>", 1, 4, "&amp;"},
        {"<r>&#0;</r>", 1, 4, "&#0;"},
        {"<r>\x01</r>", 1, 4, "U+0001"},
        {"<r>]]></r>", 1, 4, "]]&gt;"},
        {"<r><!-- -- --></r>", 1, 9, "hyphens"},
        {"<q:r/>", 1, 5, "x:name"},
        {"<r q:a='1'/>", 1, 11, "x:name"},
        {"<r xmlns:q=''/>", 1, 14, "x:name"},
        {"<r xmlns:q='urn:a' xmlns:p='urn:a' q:a='1' p:a='2'/>", 1, 51, "x:name"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bool parsed = parse(rows[i].document);

        if (parsed || diags.items[0].line != rows[i].line ||
            diags.items[0].column != rows[i].column ||
            strstr(diags.items[0].message, rows[i].word) == NULL)
            fprintf(stderr, "%s: %d:%d: %s\n", rows[i].document,
                    parsed ? 0 : diags.items[0].line, parsed ? 0 : diags.items[0].column,
                    parsed ? "accepted" : diags.items[0].message);
        assert_refused(parsed, CA_FAULT_XML, rows[i].line, rows[i].column, rows[i].word);
    }
}
END_TEST

START_TEST(any_beginning_of_a_document_is_refused)
{
    static const char whole[] =
        "<?xml version='1.0' encoding='UTF-8'?><r xmlns='urn:a' b='&lt;'>"
        "<!-- c --><a>\xc3\xa9&amp;<![CDATA[x]]></a><?p i?></r>";

    for (size_t length = 0; length < sizeof whole - 1; length++) {
        ck_assert_msg(!parse_bytes(whole, length), "accepted after %zu bytes", length);
        ck_assert_uint_eq(diags.errors, 1);
        ck_assert_int_eq(diags.items[0].fault, CA_FAULT_XML);
    }
    assert_good(parse(whole));
}
END_TEST

START_TEST(doctypes_are_refused_unseen)
{
    static const char *const documents[] = {
        "<?xml version='1.0'?>\n <!DOCTYPE r>\n<r/>",
        "\n <!DOCTYPE r SYSTEM 'file:///etc/passwd'><r/>",
        "\n <!DOCTYPE r PUBLIC 'a' 'http://localhost:1/a.dtd'><r/>",
        "\n <!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><r>&a;</r>",
        "\n <!DOCTYPE r [<!ENTITY a 'x'>]><r>&a;</r>",
        "\n <!DOCTYPE r [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'><!ENTITY c '&b;&b;'>]><r>&c;</r>",
        "\n <!DOCTYPE r [<!ENTITY % p SYSTEM 'http://localhost:1/p'> %p;]><r/>",
        "\n <!DOCTYPE r [<!ENTITY broken ",
    };

    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++)
        assert_refused(parse(documents[i]), CA_FAULT_XML, 2, 2, "DOCTYPE");
    /* what looks like one is none */
    assert_good(parse("<r><!-- <!DOCTYPE r> --><![CDATA[<!DOCTYPE r>]]></r>"));
    ck_assert_str_eq(doc.root->text, "<!DOCTYPE r>");
    /* and a broken one is broken */
    ck_assert(!parse("<!DOCTYPE [<!ENTITY a 'x'>]><r>&a;</r>"));
    ck_assert(!parse("<!doctype html><html></html>"));
}
END_TEST

START_TEST(nothing_is_left_for_the_next_document)
{
    assert_good(parse("<r xmlns:q='urn:q'><q:a/></r>"));
    ck_assert(!parse("<r xmlns:q='urn:q'><q:a><b></r>"));
    assert_refused(parse("<r><q:a/></r>"), CA_FAULT_XML, 1, 8, "x:name");
    ck_assert(!parse("<!DOCTYPE r [<!ENTITY a 'x'>]><r/>"));
    assert_refused(parse("<r>&a;</r>"), CA_FAULT_XML, 1, 4, "'&a;'");
    assert_good(parse("<r>x</r>"));
    ck_assert_str_eq(doc.root->text, "x");
}
END_TEST

START_TEST(documents_outlive_bytes_and_parser)
{
    char bytes[] = "<r a='x'>text</r>";

    assert_good(parse(bytes));
    memset(bytes, '?', sizeof bytes - 1);
    ca_xml_parser_free(parser);
    parser = NULL;
    ck_assert_str_eq(doc.root->name, "r");
    ck_assert_str_eq(ca_xml_get(doc.root, "a"), "x");
    ck_assert_str_eq(doc.root->text, "text");
    assert_place(doc.root, 1, 1);
}
END_TEST

/* Each document brings new names, more than any dictionary should keep. */
START_TEST(a_flood_of_names_does_no_harm)
{
    for (int i = 0; i < 40; i++) {
        struct ca_buffer text = {0};

        ca_buffer_puts(&text, "<r>");
        for (int j = 0; j < 4000; j++)
            ca_buffer_printf(&text, "<a-name-never-seen-before-%d-%d/>", i, j);
        ca_buffer_puts(&text, "</r>");
        assert_good(parse(text.data));
        ca_buffer_free(&text);
    }
}
END_TEST

/* ---- encodings ---- */

START_TEST(encodings_are_converted)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *text;
    } rows[] = {
#define ROW(bytes, text) {bytes, sizeof(bytes) - 1, text}
        ROW("<r>\xc3\xa9</r>", "\xc3\xa9"),
        ROW("\xef\xbb\xbf<r>\xc3\xa9</r>", "\xc3\xa9"),
        ROW("\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?><r>\xc3\xa9</r>", "\xc3\xa9"),
        ROW("<?xml version='1.0' encoding='ISO-8859-1'?><r>\xe9</r>", "\xc3\xa9"),
        ROW("<?xml version=\"1.0\" encoding = \"windows-1252\" ?><r>\x80</r>", "\xe2\x82\xac"),
        ROW("<?xml version='1.0' encoding='US-ASCII'?><r>e</r>", "e"),
        ROW("\xff\xfe<\0r\0>\0\xe9\0<\0/\0r\0>\0", "\xc3\xa9"),
        ROW("\xfe\xff\0<\0r\0>\0\xe9\0<\0/\0r\0>", "\xc3\xa9"),
        ROW("<\0r\0>\0\x3d\xd8\x00\xde<\0/\0r\0>\0", "\xf0\x9f\x98\x80"),
        ROW("\xff\xfe\0\0<\0\0\0r\0\0\0>\0\0\0\xe9\0\0\0<\0\0\0/\0\0\0r\0\0\0>\0\0\0",
            "\xc3\xa9"),
        ROW("<?xml version='1.0' encoding='ISO-8859-2'?><r>\xb1</r>", "\xc4\x85"),
#undef ROW
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_good(parse_bytes(rows[i].bytes, rows[i].length));
        ck_assert_str_eq(doc.root->text, rows[i].text);
    }
}
END_TEST

START_TEST(positions_are_those_of_characters_in_any_encoding)
{
    assert_good(PARSE_LITERAL("\xef\xbb\xbf<r/>"));
    assert_place(doc.root, 1, 1);
    assert_good(
        PARSE_LITERAL("<?xml version='1.0' encoding='ISO-8859-1'?>\n<r>\xe9\xe9<a/></r>"));
    assert_place(doc.root->first, 2, 6);
    assert_good(PARSE_LITERAL("\xff\xfe<\0r\0>\0\n\0\xe9\0<\0\x61\0/\0>\0<\0/\0r\0>\0"));
    assert_place(doc.root->first, 2, 2);
}
END_TEST

START_TEST(wrong_encodings_are_refused)
{
    assert_refused(parse("<r>\n\xc3\xa9\xe9</r>"), CA_FAULT_XML, 2, 2, "0xE9");
    assert_refused(parse("<r a='\xe9'/>"), CA_FAULT_XML, 1, 7, "UTF-8");
    assert_refused(parse("<r>\xc0\xaf</r>"), CA_FAULT_XML, 1, 4, "UTF-8");
    assert_refused(parse("<r>\xed\xa0\x80</r>"), CA_FAULT_XML, 1, 4, "UTF-8");
    assert_refused(parse("<r>\xf4\x90\x80\x80</r>"), CA_FAULT_XML, 1, 4, "UTF-8");
    assert_refused(parse("<r>\xe2\x82"), CA_FAULT_XML, 1, 4, "UTF-8");
    assert_refused(parse("<?xml version='1.0' encoding='klingon'?><r/>"), CA_FAULT_XML, 1, 1,
                   "'klingon'");
    assert_refused(parse("<?xml version='1.0' encoding='UTF-16'?><r/>"), CA_FAULT_XML, 1, 1,
                   "UTF-16");
    assert_refused(parse("<?xml version='1.0' encoding='US-ASCII'?>\n<r>\xe9</r>"),
                   CA_FAULT_XML, 2, 4, "US-ASCII");
    assert_refused(PARSE_LITERAL("\xff\xfe<\0r\0/\0>"), CA_FAULT_XML, 1, 4, "UTF-16");
    assert_refused(PARSE_LITERAL("\xff\xfe<\0r\0>\0\x00\xdcx\0"), CA_FAULT_XML, 1, 4,
                   "half a character");
    assert_refused(PARSE_LITERAL("<r>\0</r>"), CA_FAULT_XML, 1, 4, "zero");
    assert_refused(PARSE_LITERAL("\xff\xfe"), CA_FAULT_XML, 1, 1, "empty");
}
END_TEST

Suite *unit_suite(void)
{
    const TTest *const tests[] = {a_tree_is_built,
                                  indented_and_minified_are_one,
                                  text_is_put_together,
                                  attribute_values,
                                  what_has_no_meaning_is_left_out,
                                  namespaces_are_told_apart,
                                  codes_find_children,
                                  positions_count_characters,
                                  positions_far_down,
                                  faults_are_refused_where_they_are,
                                  any_beginning_of_a_document_is_refused,
                                  doctypes_are_refused_unseen,
                                  nothing_is_left_for_the_next_document,
                                  documents_outlive_bytes_and_parser,
                                  a_flood_of_names_does_no_harm,
                                  encodings_are_converted,
                                  positions_are_those_of_characters_in_any_encoding,
                                  wrong_encodings_are_refused};
    Suite *suite = suite_create("xml");
    TCase *tcase = tcase_create("documents");

    tcase_add_checked_fixture(tcase, xml_open, xml_close);
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
