/* Lines of an export: what is read of them, and what is refused. */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/file.h"
#include "core/store/exported.h"

static struct ca_arena *arena;
static struct ca_buffer packed, sample;
static char why[CA_EXPORTED_WHY];

static void setup(void)
{
    char *path = unit_path("data/exported.ndjson");
    struct ca_error error;

    arena = ca_arena_new();
    ck_assert_int_eq(ca_file_read(path, 1024 * 1024, &sample, &error), CA_OK);
    free(path);
}

static void teardown(void)
{
    ca_buffer_free(&packed);
    ca_buffer_free(&sample);
    ca_arena_free(arena);
}

static struct ca_unpack read_lines(const char *bytes, size_t length)
{
    ca_buffer_clear(&packed);
    ca_exported_read(bytes, length, &packed);
    return (struct ca_unpack){packed.data, packed.data + packed.length, true};
}

START_TEST(each_line_says_what_was_committed_to)
{
    struct ca_unpack in = read_lines(sample.data, sample.length);
    int64_t number = 0, erased = 0;
    struct ca_exported line;

    while (in.at < in.end) {
        uint8_t commitment[CA_SHA256_SIZE];
        ck_assert_msg(ca_exported_next(&in, arena, &line, why), "%s", why);
        ck_assert_int_eq(line.entry.sequence, ++number);
        erased += line.entry.salt == NULL;
        if (line.entry.salt == NULL)
            continue;
        ca_chain_commitment(line.entry.salt, line.entry.subject, line.entry.detail, commitment);
        ck_assert_mem_eq(commitment, line.entry.commitment, sizeof commitment);
    }
    ck_assert_int_eq(number, 11);
    ck_assert_int_eq(erased, 2);
}
END_TEST

/* The line of that number, as the sample has it. */
static struct ca_exported sample_line(int64_t number)
{
    struct ca_unpack in = read_lines(sample.data, sample.length);
    struct ca_exported line;

    do
        ck_assert_msg(ca_exported_next(&in, arena, &line, why), "%s", why);
    while (line.entry.sequence != number);
    return line;
}

START_TEST(members_of_the_detail_go_by_their_names)
{
    struct ca_exported population = sample_line(7), setting = sample_line(8);

    ck_assert_str_eq(ca_exported_text(&population, "period"), "2023-24");
    ck_assert_str_eq(ca_exported_text(&population, "count"), "");
    ck_assert_str_eq(ca_exported_text(&population, "nothing"), "");
    ck_assert_int_eq(ca_exported_number(&population, "count", 150), 150);
    ck_assert_int_eq(ca_exported_number(&population, "count", 149), -1);
    ck_assert_int_eq(ca_exported_number(&population, "period", 150), -1);
    ck_assert_str_eq(ca_exported_text(&setting, "value"), "9");
    ck_assert_ptr_null(setting.file);
    ck_assert_ptr_null(setting.figures);
}
END_TEST

START_TEST(figures_come_with_the_erasure_that_left_them)
{
    struct ca_exported kept = sample_line(10), dropped;

    ck_assert_ptr_nonnull(kept.figures);
    ck_assert_uint_gt(kept.figures_length, 200);
    dropped = sample_line(11);
    ck_assert_ptr_null(dropped.figures);
}
END_TEST

/* Only the last line of what is handed over may lack its end. */
START_TEST(reading_stops_at_the_first_line_that_is_no_entry)
{
    const char *second = strchr(sample.data, '\n') + 1;
    struct ca_exported line;
    struct ca_unpack in;

    ((char *)second)[0] = '[';
    in = read_lines(sample.data, sample.length);
    ck_assert(ca_exported_next(&in, arena, &line, why));
    ck_assert(!ca_exported_next(&in, arena, &line, why));
    ck_assert_ptr_nonnull(strstr(why, "the line is no JSON"));
    ck_assert_ptr_eq(in.at, in.end);
    in = read_lines(sample.data, (size_t)(second - sample.data) - 1);
    ck_assert(ca_exported_next(&in, arena, &line, why));
    ck_assert_ptr_eq(in.at, in.end);
}
END_TEST

/* The sample's line of that number with one text in place of another. */
static bool is_taken(int64_t number, const char *text, const char *instead)
{
    struct ca_buffer line = {0};
    const char *at = sample.data, *found;
    struct ca_exported taken;
    struct ca_unpack in;
    bool good;

    while (--number > 0)
        at = strchr(at, '\n') + 1;
    found = strstr(at, text);
    ck_assert_ptr_nonnull(found);
    ca_buffer_add(&line, at, (size_t)(found - at));
    ca_buffer_puts(&line, instead);
    found += strlen(text);
    ca_buffer_add(&line, found, strcspn(found, "\n"));
    in = read_lines(line.data, line.length);
    good = ca_exported_next(&in, arena, &taken, why);
    ca_buffer_free(&line);
    return good;
}

START_TEST(a_line_is_whole_or_refused)
{
    static const struct {
        int64_t line;
        const char *text, *instead;
    } bad[] = {{1, "\"at\":\"", "\"at\":7,\"was\":\""},
               {1, "\"who\":\"", "\"whom\":\""},
               {1, "\"commitment\":\"", "\"commitment\":\"0"},
               {1, "\"commitment\":\"", "\"commitment\":\"xx"},
               {1, "\"salt\":\"", "\"salt\":\"00"},
               {1, "\"subject\":\"store\"", "\"subject\":null"},
               {1, "\"detail\":{}", "\"detail\":null"},
               {1, "\"detail\":{}", "\"detail\" :{}"},
               {1, "\"kind\"", "\"who\":\"twice\",\"kind\""},
               {4, "\"subject\":null", "\"subject\":\"somebody\""},
               {4, "\"detail\":null", "\"detail\":{}"},
               {10, "\"plugin\":\"", "\"plugin\":1,\"was\":\""},
               {10, "\"facts\":\"06", "\"facts\":\"6"},
               {10, "\"facts\":\"06", "\"facts\":\"0x"},
               {10, "\"rows\":{", "\"rows\":[],\"were\":{"},
               {10, "\"result_section\":[[0,", "\"result_section\":[[0.5,"},
               {10, "\"result_section\":[[0,", "\"result_section\":[[true,"},
               {10, "\"result_section\":[[", "\"result_section\":[1,["},
               {10, "\"result_agency\":[]", "\"result_agency\":1"},
               {10, "\"result_agency\":[]", "\"result_agency\":[[{\"bytes\":7}]]"}};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!is_taken(bad[i].line, bad[i].text, bad[i].instead), "%s is taken",
                      bad[i].instead);
    ck_assert(is_taken(1, "\"who\":\"", "\"who\":\"\\u00e9"));
    ck_assert(is_taken(10, "\"result_agency\":[]", "\"result_agency\":[[{\"bytes\":\"00\"}]]"));
}
END_TEST

/* Whatever the process says that read it. */
START_TEST(an_answer_that_was_changed_is_refused_or_taken_within_bounds)
{
    const size_t step = unit_deep() ? 1 : 7;
    struct ca_buffer changed = {0};

    (void)read_lines(sample.data, sample.length);
    for (size_t i = 0; i < packed.length; i += step)
        for (int bit = 0; bit < 8; bit += 3) {
            struct ca_exported line;
            struct ca_unpack in;
            ca_buffer_clear(&changed);
            ca_buffer_add(&changed, packed.data, packed.length);
            changed.data[i] ^= (char)(1 << bit);
            in = (struct ca_unpack){changed.data, changed.data + changed.length, true};
            while (in.at < in.end && ca_exported_next(&in, arena, &line, why))
                if (line.entry.subject != NULL && strlen(line.entry.subject) > packed.length)
                    ck_abort_msg("a subject beyond its bounds");
            ca_arena_reset(arena);
        }
    ca_buffer_free(&changed);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("exported");
    TCase *tcase = tcase_create("lines");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, each_line_says_what_was_committed_to);
    tcase_add_test(tcase, members_of_the_detail_go_by_their_names);
    tcase_add_test(tcase, figures_come_with_the_erasure_that_left_them);
    tcase_add_test(tcase, reading_stops_at_the_first_line_that_is_no_entry);
    tcase_add_test(tcase, a_line_is_whole_or_refused);
    tcase_add_test(tcase, an_answer_that_was_changed_is_refused_or_taken_within_bounds);
    suite_add_tcase(suite, tcase);
    return suite;
}
