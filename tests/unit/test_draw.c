#include <string.h>

#include "core/year/draw.h"
#include "core/year/seats.h"
#include "tests/unit/unit.h"

static struct ca_arena *arena;
static struct ca_diags diags;
static struct ca_frame frame;
static const struct ca_map *left_out;

static void setup(void)
{
    arena = ca_arena_new();
    ca_diags_init(&diags, arena);
    left_out = NULL;
}

static void teardown(void)
{
    ca_arena_free(arena);
}

static bool read_frame(const char *csv, const struct ca_sample_rule *columns)
{
    const struct ca_sheet_options none = {0};
    struct ca_sheet sheet;

    ck_assert(ca_sheet_read(arena, csv, strlen(csv), &none, &sheet, &diags));
    return ca_frame_read(
        arena, &sheet,
        &(struct ca_frame_asked){.name = "q1", .rule = columns, .left_out = left_out}, &frame,
        &diags);
}

/* ---- seats ---- */

/* Worked out by hand: shares are size × stratum ÷ frame. */
START_TEST(test_seats)
{
    static const struct {
        int64_t cases[4];
        size_t strata;
        int64_t size;
        bool each;
        int64_t seats[4];
    } rows[] = {
        {{5}, 1, 3, false, {3}},
        {{50, 30, 20}, 3, 10, false, {5, 3, 2}},
        {{50, 30, 20}, 3, 11, false, {6, 3, 2}}, /* 5.5, 3.3, 2.2 */
        {{10, 10, 10}, 3, 2, false, {1, 1, 0}},  /* equal remainders: by name */
        {{97, 1, 1, 1}, 4, 10, false, {10, 0, 0, 0}},
        {{97, 1, 1, 1}, 4, 10, true, {7, 1, 1, 1}}, /* the rest of 6: 5.82 and .06 each */
        {{4, 9, 2, 9}, 4, 3, true, {1, 1, 0, 1}},   /* the largest first */
        {{1, 1, 8}, 3, 9, true, {1, 1, 7}},         /* .6 and .6 come to strata that are full */
        {{2, 3, 4}, 3, 9, false, {2, 3, 4}},
        {{2, 3, 4}, 3, 9, true, {2, 3, 4}},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t seats[4] = {0};
        ca_seats_share(arena, rows[i].cases, rows[i].strata, rows[i].size, rows[i].each, seats);
        for (size_t k = 0; k < rows[i].strata; k++)
            ck_assert_msg(seats[k] == rows[i].seats[k], "row %zu, stratum %zu: %lld", i, k,
                          (long long)seats[k]);
    }
}
END_TEST

/* ---- the frame ---- */

/* printf 'C1\tnorth\t\nC10\t\t\nC2\tsouth\t\n' | sha256sum */
static const char fingerprint[] =
    "01ad0ac33c822d6c0a135d8643521c683f372978e286e9011d2cb7017477f643";

START_TEST(test_frame_is_the_same_however_it_is_written)
{
    static const char *const teams[] = {"TEAM"};
    const struct ca_sample_rule columns = {
        .id = "Case", .stratify = teams, .stratify_count = 1};
    static const char *const files[] = {
        "case,team,name\nC1,north,A\nC10,,B\nC2,south,C\n",
        "\xEF\xBB\xBFname;Team;CASE\r\nC; south ;C2\r\n;;\r\nA;\"north\";C1\r\nB;;C10\r\n"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        ck_assert(read_frame(files[i], &columns));
        ck_assert_str_eq(frame.sha256, fingerprint);
        ck_assert_uint_eq(frame.count, 3);
        ck_assert_uint_eq(frame.stratum_count, 3);
        ck_assert_str_eq(frame.strata[0].values[0], "");
        ck_assert_str_eq(frame.strata[2].values[0], "south");
        ck_assert_uint_eq(frame.cases[1].stratum, 0);
    }
}
END_TEST

START_TEST(test_faults_of_a_list_are_told_in_one_go)
{
    const struct ca_sample_rule columns = {.id = "case"};
    const char *long_id = "C12345678901234567890123456789012345678901234567890123456789ABC";

    ck_assert(!read_frame(
        ca_arena_printf(arena, "case,team\nC1,a\n\n,b\nC 2,c\nc1,d\n%s,e\n", long_id),
        &columns));
    ck_assert_uint_eq(diags.errors, 4);
    ck_assert_int_eq(diags.items[0].line, 4);
    ck_assert_ptr_nonnull(strstr(diags.items[0].message, "row 4, column 1 'case'"));
    ck_assert_ptr_nonnull(strstr(diags.items[1].message, "'C 2' is no id"));
    ck_assert_ptr_nonnull(strstr(diags.items[2].message, "row 6"));
    ck_assert_ptr_nonnull(strstr(diags.items[2].message, "'c1' is in row 2 already"));
    ck_assert_ptr_nonnull(strstr(diags.items[3].message, "longer than 64"));
}
END_TEST

START_TEST(test_cases_left_out_are_counted)
{
    struct ca_map *map = ca_map_new(arena, 1);
    const struct ca_sample_rule rule = {.id = "case"};

    left_out = map;
    (void)ca_map_put(map, "c2", 0);
    ck_assert(read_frame("case\nC1\nC2\nC3\n", &rule));
    ck_assert_uint_eq(frame.count, 2);
    ck_assert_uint_eq(frame.left_out_count, 1);
    ck_assert_str_eq(frame.left_out[0], "C2");
    ck_assert_str_eq(frame.cases[1].id, "C3");
    ck_assert_int_eq(frame.strata[0].cases, 2);
    ck_assert(!read_frame("case\nC2\n", &rule));
}
END_TEST

START_TEST(test_columns_must_be_there_once)
{
    static const char *const twice[] = {"team", "Team"};
    static const struct ca_sample_rule missing = {.id = "cases"}, doubled = {.id = "case"},
                                       named_twice = {.id = "case",
                                                      .stratify = twice,
                                                      .stratify_count = 2};

    ck_assert(!read_frame("case,team\nC1,a\n", &missing));
    ck_assert_ptr_nonnull(strstr(diags.items[0].message, "did you mean 'case'?"));
    ca_diags_init(&diags, arena);
    ck_assert(!read_frame("case,Case\nC1,C2\n", &doubled));
    ca_diags_init(&diags, arena);
    ck_assert(!read_frame("case,team\nC1,a\n", &named_twice));
    ca_diags_init(&diags, arena);
    ck_assert(!read_frame("case,team\n", &doubled));
}
END_TEST

/* ---- the draw ---- */

/* printf 'seed\nC1' | sha256sum, and so on. */
START_TEST(test_keys_decide_who_is_drawn)
{
    static const char *const keys[] = {
        "09e48cc766e5f00d8790f1f8340f71925c29bc5acdcafa206babddfe46e8c374",
        "0f582eb107cbe04d92f8b1345ffee3d9800be1a832885f29e4f8c3bb07e8b30d",
        "1cc0720dd6d7fad9da13446c2144a56f3989e2e48d15be44c475e20b1c73b97d",
        "6a3eee1347ddc87e72917a697b59d9fd2a8479b18e619900382a7d94a4292719"};
    static const char *const ids[] = {"C1", "C4", "C2", "C6"};
    const struct ca_sample_rule columns = {.id = "case"};
    const struct ca_sample_rule rule = {.seed = "seed", .size = 3, .reserve = 1};
    struct ca_draw draw;

    ck_assert(read_frame("case\nC1\nC2\nC3\nC4\nC5\nC6\n", &columns));
    ca_draw_make(arena, &frame, &rule, &draw);
    ck_assert_uint_eq(draw.count, 4);
    ck_assert_int_eq(draw.size, 3);
    for (size_t i = 0; i < draw.count; i++) {
        ck_assert_str_eq(draw.cases[i].of->id, ids[i]);
        ck_assert_str_eq(draw.cases[i].key, keys[i]);
        ck_assert_int_eq(draw.cases[i].reserve, i == 3);
    }
}
END_TEST

START_TEST(test_percentages_are_rounded_up_and_no_more_is_drawn_than_there_is)
{
    const struct ca_sample_rule columns = {.id = "case"};
    struct ca_draw draw;

    ck_assert(read_frame("case\nC1\nC2\nC3\nC4\nC5\nC6\n", &columns));
    ca_draw_make(arena, &frame, &(struct ca_sample_rule){.seed = "s", .percent = 50}, &draw);
    ck_assert_int_eq(draw.size, 3);
    ca_draw_make(arena, &frame, &(struct ca_sample_rule){.seed = "s", .percent = 51}, &draw);
    ck_assert_int_eq(draw.size, 4);
    ca_draw_make(arena, &frame, &(struct ca_sample_rule){.seed = "s", .size = 9, .reserve = 2},
                 &draw);
    ck_assert_int_eq(draw.size, 6);
    ck_assert_uint_eq(draw.count, 6);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("draw");
    TCase *tcase = tcase_create("draw");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_seats);
    tcase_add_test(tcase, test_frame_is_the_same_however_it_is_written);
    tcase_add_test(tcase, test_faults_of_a_list_are_told_in_one_go);
    tcase_add_test(tcase, test_cases_left_out_are_counted);
    tcase_add_test(tcase, test_columns_must_be_there_once);
    tcase_add_test(tcase, test_keys_decide_who_is_drawn);
    tcase_add_test(tcase, test_percentages_are_rounded_up_and_no_more_is_drawn_than_there_is);
    suite_add_tcase(suite, tcase);
    return suite;
}
