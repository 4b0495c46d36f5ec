/* The limits of documents: the last that is allowed, and one more. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "tests/unit/unit.h"
#include "tests/unit/xml_fixture.h"

#define TEXT_LIMIT (64 * 1024)

static void fill(struct ca_buffer *text, char c, size_t count)
{
    memset(ca_buffer_reserve(text, count), c, count);
    text->length += count;
    text->data[text->length] = '\0';
}

START_TEST(limit_of_bytes)
{
    struct ca_buffer text = {0};

    ca_buffer_puts(&text, "<r/>");
    fill(&text, '\n', 1024 * 1024 - 4);
    assert_good(parse_bytes(text.data, text.length));
    ca_buffer_putc(&text, '\n');
    assert_refused(parse_bytes(text.data, text.length), CA_FAULT_LIMIT, 1, 1, "1048576");
    ck_assert(strstr(diags.items[0].message, "return") != NULL);
    ca_diags_init(&diags, arena);
    ck_assert(ca_xml_parse(parser, arena, text.data, text.length, &ca_xml_template_limits,
                           &diags, &doc));
    fill(&text, '\n', 3 * 1024 * 1024);
    ca_diags_init(&diags, arena);
    assert_refused(ca_xml_parse(parser, arena, text.data, text.length, &ca_xml_template_limits,
                                &diags, &doc),
                   CA_FAULT_LIMIT, 1, 1, "4 MiB");
    ca_buffer_free(&text);
}
END_TEST

START_TEST(limit_of_levels)
{
    struct ca_buffer text = {0};

    for (int levels = 64; levels <= 65; levels++) {
        ca_buffer_clear(&text);
        for (int i = 0; i < levels; i++)
            ca_buffer_puts(&text, "<r>");
        for (int i = 0; i < levels; i++)
            ca_buffer_puts(&text, "</r>");
        if (levels == 64)
            assert_good(parse(text.data));
        else
            assert_refused(parse(text.data), CA_FAULT_LIMIT, 1, 64 * 3 + 1, "64 levels");
    }
    ca_buffer_clear(&text);
    for (int i = 0; i < 300000; i++)
        ca_buffer_puts(&text, "<r>");
    assert_refused(parse(text.data), CA_FAULT_LIMIT, 1, 64 * 3 + 1, "64 levels");
    ca_buffer_free(&text);
}
END_TEST

static void put_attributes(struct ca_buffer *text, const char *before, int count,
                           const char *format)
{
    ca_buffer_puts(text, before);
    for (int i = 0; i < count; i++) {
        char name[32];

        snprintf(name, sizeof name, "a%d", i);
        ca_buffer_printf(text, format, name);
    }
    ca_buffer_puts(text, "/></r>");
}

START_TEST(limit_of_attributes)
{
    struct ca_buffer text = {0};

    put_attributes(&text, "<r>\n<e", 64, " %s=''");
    assert_good(parse(text.data));
    ca_buffer_clear(&text);
    put_attributes(&text, "<r>\n<e", 65, " %s='1'");
    assert_refused(parse(text.data), CA_FAULT_LIMIT, 2, 1, "64 attributes");
    ca_buffer_clear(&text);
    put_attributes(&text, "<r>\n<e", 64, " xmlns:%s='urn:a'");
    assert_good(parse(text.data));
    ca_buffer_clear(&text);
    put_attributes(&text, "<r>\n<e xmlns='urn:a'", 64, " xml:%s='urn:a'");
    assert_good(parse(text.data));
    ca_buffer_free(&text);
}
END_TEST

/* Comparing each with all others would take seconds; this is found beforehand, where more than
 * twice the limit suffices. */
START_TEST(masses_of_attributes_are_refused_at_once)
{
    static const char *const before[] = {"<r>\n<e", "<r>\n<e x='a > b'\n",
                                         "<r><!-- < ' \" --><![CDATA[ <' ]]><?p <' ?>\n<e",
                                         "<r>\n<e xmlns:q='urn:q'"};
    struct ca_buffer text = {0};
    clock_t start = clock();

    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++) {
        ca_buffer_clear(&text);
        put_attributes(&text, before[i], 100000, " %s=''");
        ck_assert_uint_lt(text.length, 1024 * 1024);
        assert_refused(parse(text.data), CA_FAULT_LIMIT, 2, 1, "more than 128 attributes");
        ca_buffer_clear(&text);
        put_attributes(&text, before[i], 60000, "\nxmlns:%s=\"\"");
        assert_refused(parse(text.data), CA_FAULT_LIMIT, 2, 1, "more than 128 attributes");
    }
    unit_assert_quick(start, 10);
    ca_buffer_free(&text);
}
END_TEST

START_TEST(long_texts_full_of_quotes_are_no_attributes)
{
    struct ca_buffer text = {0};

    ca_buffer_puts(&text, "<r><!-- <e ");
    for (int i = 0; i < 500; i++)
        ca_buffer_puts(&text, "a='' ");
    ca_buffer_puts(&text, "--><a>");
    for (int i = 0; i < 500; i++)
        ca_buffer_puts(&text, "he said 'a=1', \"b=2\" ");
    ca_buffer_puts(&text, "</a><?p <e ");
    for (int i = 0; i < 500; i++)
        ca_buffer_puts(&text, "a='' ");
    ca_buffer_puts(&text, "?></r>");
    assert_good(parse(text.data));
    ca_buffer_free(&text);
}
END_TEST

START_TEST(limit_of_namespaces)
{
    struct ca_buffer text = {0};

    ca_buffer_puts(&text, "<r>");
    for (int i = 0; i < 5; i++) {
        ca_buffer_puts(&text, "\n<e");
        for (int j = 0; j < 60; j++)
            ca_buffer_printf(&text, " xmlns:p%d-%d='urn:a'", i, j);
        ca_buffer_puts(&text, ">");
    }
    for (int i = 0; i < 5; i++)
        ca_buffer_puts(&text, "</e>");
    ca_buffer_puts(&text, "</r>");
    assert_refused(parse(text.data), CA_FAULT_LIMIT, 6, 1, "256");
    /* side by side they do not add up */
    ca_buffer_clear(&text);
    ca_buffer_puts(&text, "<r>");
    for (int i = 0; i < 500; i++)
        ca_buffer_puts(&text, "<e xmlns:p='urn:a' xmlns:q='urn:b'/>");
    ca_buffer_puts(&text, "</r>");
    assert_good(parse(text.data));
    ca_buffer_free(&text);
}
END_TEST

START_TEST(limit_of_texts)
{
    struct ca_buffer text = {0};

    for (size_t size = TEXT_LIMIT; size <= TEXT_LIMIT + 1; size++) {
        for (int attribute = 0; attribute < 2; attribute++) {
            ca_buffer_clear(&text);
            ca_buffer_puts(&text, attribute ? "<r>\n<e a=' " : "<r>\n<e> ");
            fill(&text, 'x', size);
            ca_buffer_puts(&text, attribute ? " '/></r>" : " </e></r>");
            ck_assert(parse(text.data));
            ck_assert_uint_eq(diags.errors, size > TEXT_LIMIT);
            if (size > TEXT_LIMIT) {
                ck_assert_int_eq(diags.items[0].fault, CA_FAULT_LIMIT);
                ck_assert_int_eq(diags.items[0].line, 2);
                ck_assert(strstr(diags.items[0].message, "65536") != NULL);
            }
        }
    }
    ca_buffer_free(&text);
}
END_TEST

Suite *unit_suite(void)
{
    const TTest *const tests[] = {limit_of_bytes,
                                  limit_of_levels,
                                  limit_of_attributes,
                                  masses_of_attributes_are_refused_at_once,
                                  long_texts_full_of_quotes_are_no_attributes,
                                  limit_of_namespaces,
                                  limit_of_texts};
    Suite *suite = suite_create("xml limits");
    TCase *tcase = tcase_create("documents");

    tcase_add_checked_fixture(tcase, xml_open, xml_close);
    for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
