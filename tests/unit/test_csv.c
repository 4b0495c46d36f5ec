#include <string.h>

#include "core/base/csv.h"
#include "tests/unit/unit.h"

static struct ca_arena *arena;
static struct ca_diags diags;
static struct ca_csv csv;

static bool read_text(const char *text)
{
    ca_arena_reset(arena);
    ca_diags_init(&diags, arena);
    return ca_csv_read(arena, text, strlen(text), &csv, &diags);
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
    ck_assert_uint_eq(csv.columns, 3);
    ck_assert_str_eq(csv.header[0], "a");
    ck_assert_str_eq(csv.header[1], "b");
    ck_assert_uint_eq(csv.row_count, 3);
    ck_assert_str_eq(csv.rows[0].cells[1], "x, \"y\"");
    ck_assert_str_eq(csv.rows[0].cells[2], "");
    ck_assert_int_eq(csv.rows[0].line, 2);
    ck_assert_str_eq(csv.rows[1].cells[1], "two\nlines");
    ck_assert_int_eq(csv.rows[1].line, 4);
    ck_assert_int_eq(csv.rows[2].line, 6);
    ck_assert_uint_eq(ca_csv_column(&csv, "c"), 2);
    ck_assert_uint_eq(ca_csv_column(&csv, "d"), CA_CSV_NONE);
}
END_TEST

START_TEST(test_tells_the_separator)
{
    ck_assert(read_text("a;\"b, or c;\";d\n1;2,5;3\n"));
    ck_assert_uint_eq(csv.columns, 3);
    ck_assert_str_eq(csv.header[1], "b, or c;");
    ck_assert_str_eq(csv.rows[0].cells[1], "2,5");
    ck_assert(read_text("a\tb;\tc\n1\t\t3\n"));
    ck_assert_uint_eq(csv.columns, 3);
    ck_assert_str_eq(csv.rows[0].cells[1], "");
    ck_assert(read_text("\none\n1\n"));
    ck_assert_uint_eq(csv.columns, 1);
}
END_TEST

START_TEST(test_faults_name_row_and_cell)
{
    static const struct {
        const char *text;
        int line, column;
        const char *message;
    } bad[] = {
        {"", 1, 1, "there is no header row"},
        {"\n\n", 1, 1, "there is no header row"},
        {"a,b,a\n", 1, 3, "column 'a' stands twice; the first is column 1"},
        {"a,,b\n", 1, 2, "the column has no name"},
        {"a,b\n1,2\n1\n", 3, 1, "the row has 1 cell; the header has 2 columns"},
        {"a,b\n1,2,3\n", 2, 3, "the row has 3 cells; the header has 2 columns"},
        {"a,b\n1,caf\xE9\n", 2, 2, "the cell is not UTF-8; save the file as \"CSV UTF-8\""},
        {"\xFF\xFE"
         "a,b\n1,2\n",
         1, 1, "the file is UTF-16; save it as \"CSV UTF-8\""},
        {"a,b\n1,x\"y\n", 2, 2, NULL},
        {"a,b\n1,\"never closed\n", 2, 2, NULL},
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert_msg(!read_text(bad[i].text), "%zu is accepted", i);
        ck_assert_uint_ge(diags.count, 1);
        ck_assert_int_eq(diags.items[0].line, bad[i].line);
        ck_assert_int_eq(diags.items[0].column, bad[i].column);
        if (bad[i].message != NULL)
            ck_assert_str_eq(diags.items[0].message, bad[i].message);
        else
            ck_assert_ptr_nonnull(strstr(diags.items[0].message, "quotation mark"));
    }
}
END_TEST

START_TEST(test_finds_every_fault)
{
    ck_assert(!read_text("a,b\n1\n1,2\n1,2,3\n"));
    ck_assert_uint_eq(diags.errors, 2);
    ck_assert_int_eq(diags.items[1].line, 4);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("csv");
    TCase *tcase = tcase_create("csv");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_reads_rows);
    tcase_add_test(tcase, test_tells_the_separator);
    tcase_add_test(tcase, test_faults_name_row_and_cell);
    tcase_add_test(tcase, test_finds_every_fault);
    suite_add_tcase(suite, tcase);
    return suite;
}
