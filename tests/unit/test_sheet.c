#include <string.h>

#include "core/base/buffer.h"
#include "core/sheet/sheet.h"
#include "tests/unit/unit.h"

static struct ca_arena *arena;
static struct ca_diags diags;
static struct ca_sheet sheet;

static bool read_with(const char *text, const struct ca_sheet_options *options)
{
    ca_arena_reset(arena);
    ca_diags_init(&diags, arena);
    return ca_sheet_read(arena, text, strlen(text), options, &sheet, &diags);
}

static bool read_text(const char *text)
{
    const struct ca_sheet_options none = {.name = NULL};

    return read_with(text, &none);
}

static void ck_said(const char *what)
{
    for (size_t i = 0; i < diags.count; i++)
        if (strstr(diags.items[i].message, what) != NULL)
            return;
    ck_abort_msg("did not say: %s (but %s)", what,
                 diags.count > 0 ? diags.items[0].message : "nothing");
}

static void setup(void)
{
    arena = ca_arena_new();
}

static void teardown(void)
{
    ca_arena_free(arena);
}

START_TEST(test_reads_rows)
{
    ck_assert(read_text("\xEF\xBB\xBF"
                        "a, b ,c\r\n1,\" x, \"\"y\"\" \",\r\n\r\n2,\"two\nlines\",3\r\n4,5,6"));
    ck_assert_uint_eq(sheet.columns, 3);
    ck_assert_int_eq(sheet.header_row, 1);
    ck_assert_str_eq(sheet.header[0], "a");
    ck_assert_str_eq(sheet.header[1], "b");
    ck_assert_uint_eq(sheet.row_count, 3);
    ck_assert_str_eq(sheet.rows[0].cells[1], "x, \"y\"");
    ck_assert_str_eq(sheet.rows[0].cells[2], "");
    ck_assert_str_eq(sheet.rows[1].cells[1], "two\nlines");
}
END_TEST

/* As the spreadsheet counts them: an empty row is one, a cell of two lines is none. */
START_TEST(test_rows_have_the_numbers_of_the_sheet)
{
    ck_assert(read_text("\na\n,\n1\n\"2\n2\"\n   \n\xC2\xA0,\n3\n"));
    ck_assert_int_eq(sheet.header_row, 2);
    ck_assert_uint_eq(sheet.row_count, 3);
    ck_assert_int_eq(sheet.rows[0].number, 4);
    ck_assert_int_eq(sheet.rows[1].number, 5);
    ck_assert_int_eq(sheet.rows[2].number, 8);
}
END_TEST

START_TEST(test_empty_columns_and_short_rows)
{
    ck_assert(read_text("a,b,,\n1,2,,\n,,,\n3\n4,5\n"));
    ck_assert_uint_eq(sheet.columns, 2);
    ck_assert_uint_eq(sheet.row_count, 3);
    ck_assert_str_eq(sheet.rows[1].cells[1], "");
    ck_assert(read_text("a,,b\n1,,2\n"));
    ck_assert_str_eq(sheet.header[1], "");
    ck_assert(!read_text("a,,b\n1,2,3\n4,5,6,7\n"));
    ck_said("row 2, column 2: '2' stands below no heading");
    ck_said("row 3, column 4: '7' stands below no heading");
    ck_assert_uint_eq(diags.errors, 2);
}
END_TEST

START_TEST(test_tells_the_separator)
{
    static const struct {
        const char *text;
        size_t columns;
        const char *last;
    } cases[] = {
        {"a;\"b, or c;\";d\n1;2,5;3\n", 3, "d"},
        {"a\tb;\tc\n1\t\t3\n", 3, "c"},
        {"a|b|c\n1|2|3\n", 3, "c"},
        {"\none\n1\n", 1, "one"},
        {"a,one (b; c; d; e; f),z\n1,2,3\n", 3, "z"},
        {"a,b;c;d;e\n1,x;y\n2,z\n", 2, "b;c;d;e"},
        {"a;b;c\n", 3, "c"},
        {"sep=;\na;b\n1;2,3,4\n", 2, "b"},
        {"sep=,\r\na;b,c\r\n1,2\r\n", 2, "c"},
        {"sep=|,,\na|b\n", 2, "b"},
        {"SEP=\t\na\tb\n", 2, "b"},
        {"separate,b\n1,2\n", 2, "b"},
    };
    const struct ca_sheet_options semicolon = {.separator = ';'};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(read_text(cases[i].text), "%s", cases[i].text);
        ck_assert_msg(sheet.columns == cases[i].columns, "%s", cases[i].text);
        ck_assert_str_eq(sheet.header[sheet.columns - 1], cases[i].last);
        ck_assert_int_eq(sheet.header_row, cases[i].text[0] == '\n' ? 2 : 1);
    }
    ck_assert(read_with("a,b;c\n1,2;3\n", &semicolon));
    ck_assert_str_eq(sheet.header[0], "a,b");
}
END_TEST

START_TEST(test_titles_above_the_headings)
{
    static const char text[] =
        "Visits audit export,,,,\nMade on,01/12/2023,,,\n\na,b,c,d,e\n1,2,3,4,5\n";
    const struct ca_sheet_options fourth = {.header_row = 4}, third = {.header_row = 3};

    ck_assert(!read_text(text));
    ck_said(
        "row 1 ('Visits audit export') looks like a title and not like headings; if they stand "
        "in row 4, as it seems, say --header-row 4");
    ck_assert(read_with(text, &fourth));
    ck_assert_int_eq(sheet.header_row, 4);
    ck_assert_uint_eq(sheet.columns, 5);
    ck_assert_uint_eq(sheet.row_count, 1);
    ck_assert_int_eq(sheet.rows[0].number, 5);
    ck_assert(!read_with(text, &third));
    ck_said("there are no headings in row 3");
    ck_assert_msg(read_text("name,count\na,1\nb,2\n"), "few columns are no title");
}
END_TEST

START_TEST(test_what_is_no_spreadsheet)
{
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"", "there is no row of headings"},
        {"\n,\n", "there is no row of headings"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on",
         "this is an old Excel workbook (.xls); save it as an Excel workbook (.xlsx) or as "
         "\"CSV "
         "UTF-8\""},
        {"PK\3\4 and so on", "this Excel workbook cannot be read: the file is damaged"},
        {"%PDF-1.7", "this is a PDF"},
        {"<html><table>", "this is a web page"},
        {"\xEF\xBB\xBF \n<!DOCTYPE HTML>", "this is a web page"},
        {"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
         "as XML of Excel 2003"},
        {"<?xml version='1.0'?><a/>", "this is an XML file"},
        {"a,b\n1,caf\xE9\n", "the file is not UTF-8 (line 2: byte 0xE9"},
        {"a,b\n1,x\"y\n", "a quotation mark"},
        {"a,b\n1,\"never closed\n", "a quotation mark"},
    };
    const struct ca_sheet_options named = {.name = "Sheet2"};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_msg(!read_text(cases[i].text), "%s", cases[i].text);
        ck_said(cases[i].said);
    }
    ck_assert(!read_with("a\n1\n", &named));
    ck_said("this is a CSV file, which has no sheets");
}
END_TEST

START_TEST(test_a_workbook_with_a_password)
{
    static const char bytes[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and then "
                                "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    const struct ca_sheet_options none = {.name = NULL};

    ca_arena_reset(arena);
    ca_diags_init(&diags, arena);
    ck_assert(!ca_sheet_read(arena, bytes, sizeof bytes - 1, &none, &sheet, &diags));
    ck_said("this is an Excel workbook with a password; take the password off");
}
END_TEST

/* A fault in every one of very many rows is told in few lines, and counted in full. */
START_TEST(test_many_faults_are_few_messages)
{
    struct ca_buffer text = {0};

    ca_buffer_puts(&text, "a,b,c\n1,2,3");
    for (int i = 0; i < 3000; i++)
        ca_buffer_puts(&text, ",x");
    ck_assert(!read_text(text.data));
    ck_assert_uint_eq(diags.errors, 3000);
    ca_diags_tell_rest(&diags);
    ck_assert_uint_eq(diags.errors, 3000);
    ck_assert_uint_eq(diags.count, CA_DIAG_MOST + 1);
    ck_said("and 2950 more of this kind");
    ca_buffer_clear(&text);
    for (int i = 0; i < 20000; i++)
        ca_buffer_printf(&text, "h%d,", i);
    ck_assert(!read_text(text.data));
    ck_assert_uint_eq(diags.count, 1);
    ck_said("more than 16384 columns");
    ca_buffer_free(&text);
}
END_TEST

START_TEST(test_a_sheet_is_written_as_it_was_read)
{
    const struct ca_sheet_options third = {.header_row = 3};
    struct ca_buffer text = {0};

    ck_assert(read_with("t\n\na;\"b\"\"c\";d\n1;\"x\ny\"\n", &third));
    ca_sheet_write(&sheet, &text);
    ck_assert_str_eq(text.data, "\"a\",\"b\"\"c\",\"d\"\n\"1\",\"x\ny\",\"\"\n");
    ca_buffer_free(&text);
}
END_TEST

START_TEST(test_separators_by_their_names)
{
    char c = 0;

    ck_assert(ca_sheet_separator("Tab", &c) && c == '\t');
    ck_assert(ca_sheet_separator("semicolon", &c) && c == ';');
    ck_assert(ca_sheet_separator("|", &c) && c == '|');
    ck_assert(!ca_sheet_separator("", &c));
    ck_assert(!ca_sheet_separator("\"", &c));
    ck_assert(!ca_sheet_separator("::", &c));
    ck_assert(!ca_sheet_separator("\xC2\xA6", &c));
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("sheet");
    TCase *tcase = tcase_create("sheet");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_reads_rows);
    tcase_add_test(tcase, test_rows_have_the_numbers_of_the_sheet);
    tcase_add_test(tcase, test_empty_columns_and_short_rows);
    tcase_add_test(tcase, test_tells_the_separator);
    tcase_add_test(tcase, test_titles_above_the_headings);
    tcase_add_test(tcase, test_what_is_no_spreadsheet);
    tcase_add_test(tcase, test_a_workbook_with_a_password);
    tcase_add_test(tcase, test_many_faults_are_few_messages);
    tcase_add_test(tcase, test_a_sheet_is_written_as_it_was_read);
    tcase_add_test(tcase, test_separators_by_their_names);
    suite_add_tcase(suite, tcase);
    return suite;
}
