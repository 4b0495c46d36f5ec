/* Spreadsheets that a locked process reads: what comes back is what is in them. */
#include "tests/unit/unit.h"

#include <string.h>

#include "core/work/sheet_apart.h"

static struct ca_arena *arena;
static struct ca_diags diags;

static void setup(void)
{
    arena = ca_arena_new();
    ca_diags_init(&diags, arena);
}

static void teardown(void)
{
    ca_arena_free(arena);
}

START_TEST(rows_and_cells_come_back_as_they_are)
{
    static const char text[] =
        "\xEF\xBB\xBF"
        "Title\n\nCase,Team,Note\nC1,North,\n\n\"C\n2\",\xC3\x9C,\"a, b\"\n";
    const struct ca_sheet_options options = {.header_row = 3};
    struct ca_sheet here, apart;

    ck_assert(ca_sheet_read(arena, text, sizeof text - 1, &options, &here, &diags));
    ck_assert(ca_sheet_read_apart(arena, text, sizeof text - 1, &options, &apart, &diags));
    ck_assert_uint_eq(diags.count, 0);
    ck_assert_int_eq(apart.header_row, 3);
    ck_assert_uint_eq(apart.columns, 3);
    ck_assert_str_eq(apart.header[2], "Note");
    ck_assert_uint_eq(apart.row_count, 2);
    for (size_t i = 0; i < apart.row_count; i++) {
        ck_assert_int_eq(apart.rows[i].number, here.rows[i].number);
        for (size_t k = 0; k < apart.columns; k++)
            ck_assert_str_eq(apart.rows[i].cells[k], here.rows[i].cells[k]);
    }
}
END_TEST

START_TEST(faults_come_back_with_their_places)
{
    static const char text[] = "Case,Team\nC1,North,stray\n";
    struct ca_sheet sheet = {.header_row = 7};

    ck_assert(!ca_sheet_read_apart(arena, text, sizeof text - 1, &(struct ca_sheet_options){0},
                                   &sheet, &diags));
    ck_assert_uint_eq(diags.errors, 1);
    ck_assert_int_eq(diags.items[0].line, 2);
    ck_assert_int_eq(diags.items[0].column, 3);
    ck_assert_ptr_nonnull(strstr(diags.items[0].message, "stands below no heading"));
    ck_assert_int_eq(sheet.header_row, 7);
}
END_TEST

START_TEST(a_sheet_of_headings_alone_is_one)
{
    static const char text[] = "Case,Team\n";
    struct ca_sheet sheet;

    ck_assert(ca_sheet_read_apart(arena, text, sizeof text - 1, &(struct ca_sheet_options){0},
                                  &sheet, &diags));
    ck_assert_uint_eq(sheet.row_count, 0);
    ck_assert_str_eq(sheet.header[1], "Team");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("sheet_apart");
    TCase *tcase = tcase_create("apart");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, rows_and_cells_come_back_as_they_are);
    tcase_add_test(tcase, faults_come_back_with_their_places);
    tcase_add_test(tcase, a_sheet_of_headings_alone_is_one);
    suite_add_tcase(suite, tcase);
    return suite;
}
