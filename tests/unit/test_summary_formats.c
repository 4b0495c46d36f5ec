#include <jansson.h>
#include <locale.h>
#include <string.h>

#include "core/report/summary/summary_csv.h"
#include "core/report/summary/summary_json.h"
#include "core/report/summary/summary_text.h"
#include "tests/support/summary_fixture.h"
#include "tests/unit/unit.h"

static struct fixture *f;
static struct ca_summary *s;
static struct ca_buffer out;

static void setup_of(const char *const teams[3])
{
    static const char *const by[] = {"team"};
    const struct shape shape = {
        .id = "file", .sections = 1, .attributes = 1, .measures = 2, .alerts = 1};
    struct ca_summary_request request = fixture_request();

    setlocale(LC_CTYPE, "C.UTF-8");
    f = fixture_new();
    fixture_template(f, &shape);
    for (int i = 0; i < 12; i++) {
        struct ca_tally *t = fixture_audit(f, i < 6 ? "2023-05-01" : "2023-08-01", i % 4);
        *(const char **)t->attributes = teams[i % 3];
    }
    request.by = by;
    request.by_count = 1;
    request.compare = "2023-24 Q1";
    s = fixture_summary(f, &request);
}

static void setup(void)
{
    static const char *const teams[] = {"=1+1", "a \"b\", c", "-5"};

    setup_of(teams);
}

static void teardown(void)
{
    ca_buffer_free(&out);
    out = (struct ca_buffer){0};
    ca_summary_free(s);
    fixture_free(f);
}

START_TEST(json_is_json)
{
    json_error_t error;
    json_t *root, *periods, *first;

    ca_summary_json(&out, s);
    root = json_loads(out.data, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL)
        ck_abort_msg("%d: %s", error.position, error.text);
    periods = json_object_get(root, "periods");
    ck_assert_uint_eq(json_array_size(periods), 4);
    first = json_array_get(periods, 0);
    ck_assert(json_is_null(json_object_get(first, "group")));
    ck_assert_int_eq(json_integer_value(json_object_get(first, "audits")), 6);
    ck_assert(json_is_null(json_object_get(first, "population")));
    ck_assert_str_eq(json_string_value(json_object_get(
                         json_object_get(json_array_get(periods, 1), "group"), "team")),
                     "-5");
    ck_assert(json_is_null(json_object_get(json_object_get(root, "comparison"), "trend")));
    ck_assert_ptr_null(json_object_get(root, "xmr"));
    json_decref(root);
}
END_TEST

START_TEST(numbers_have_one_decimal)
{
    ca_summary_json(&out, s);
    ck_assert_ptr_nonnull(strstr(
        out.data, "\"positive\":{\"count\":2,\"percent\":33.3,\"low\":9.7,\"high\":70.0}"));
    /* Nothing was measured: no percentage, and never 0% of 0. */
    ck_assert_ptr_nonnull(
        strstr(out.data, "\"numerator\":0,\"denominator\":0,\"percent\":null"));
    ck_assert_ptr_nonnull(strstr(out.data, "\"count\":0,\"mean\":null"));
}
END_TEST

START_TEST(csv_quotes_and_neutralises)
{
    ca_summary_csv(&out, s);
    ck_assert_ptr_eq(strstr(out.data, "period,from,to,team,part,"), out.data);
    /* A formula is made text, a number stays one, quotes are doubled. */
    ck_assert_ptr_nonnull(strstr(out.data, ",\"'=1+1\",audits,"));
    ck_assert_ptr_null(strstr(out.data, ",=1+1"));
    ck_assert_ptr_nonnull(strstr(out.data, ",-5,audits,"));
    ck_assert_ptr_nonnull(strstr(out.data, ",\"a \"\"b\"\", c\",audits,"));
    ck_assert_ptr_nonnull(strstr(out.data, "percent,33.3\r\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "mean,–\r\n"));
    for (const char *end = strchr(out.data, '\n'); end; end = strchr(end + 1, '\n'))
        ck_assert_int_eq(end[-1], '\r');
}
END_TEST

/* All that a spreadsheet begins a formula with. */
START_TEST(csv_runs_nothing)
{
    static const char *const teams[] = {"@SUM(1)", "+1", "-1+2"};

    teardown();
    setup_of(teams);
    ca_summary_csv(&out, s);
    for (size_t i = 0; i < sizeof teams / sizeof *teams; i++) {
        char quoted[20];
        snprintf(quoted, sizeof quoted, "\"'%s\",audits,", teams[i]);
        ck_assert_ptr_nonnull(strstr(out.data, quoted));
    }
}
END_TEST

START_TEST(text_begins_with_the_answer)
{
    const struct ca_text_style style = {80, false};
    const char *answer, *table;

    ca_summary_text(&out, s, &style);
    answer = strstr(out.data, "6 files audited in 2023-24 Q2.");
    table = strstr(out.data, "2 of 6 (33%)    10% to 70%  ██████▋");
    ck_assert_ptr_nonnull(answer);
    ck_assert_ptr_nonnull(table);
    ck_assert(answer < table);
    ck_assert_ptr_nonnull(strstr(out.data, "= good or better"));
    ck_assert_ptr_nonnull(strstr(out.data, "██████▋\n"));
    ck_assert_ptr_nonnull(strstr(out.data, "0 of 0 (–)"));
    ck_assert_ptr_null(strstr(out.data, " \n"));
}
END_TEST

/* Columns do not depend on how long a label is: it is broken between words. */
START_TEST(long_labels_are_broken_between_words)
{
    const struct ca_text_style style = {80, false};
    struct ca_stored_part part = {.id = "m0",
                                  .label = "Permanence plan made and agreed by the second "
                                           "review of the child"};
    struct ca_summary_request request = fixture_request();

    f->templates[0].measures = (struct ca_stored_parts){&part, 1};
    ca_summary_free(s);
    s = fixture_summary(f, &request);
    ca_summary_text(&out, s, &style);
    ck_assert_ptr_nonnull(
        strstr(out.data, "\n  Permanence plan made and agreed by the second "));
    for (const char *line = out.data, *end; (end = strchr(line, '\n')) != NULL; line = end + 1)
        ck_assert_int_le(end - line, 80 * 3);
    ck_assert_ptr_nonnull(strstr(out.data, "\n   review of the child"));
}
END_TEST

Suite *unit_suite(void)
{
    const TTest *const tests[] = {json_is_json,
                                  numbers_have_one_decimal,
                                  csv_quotes_and_neutralises,
                                  csv_runs_nothing,
                                  text_begins_with_the_answer,
                                  long_labels_are_broken_between_words,
                                  NULL};
    Suite *suite = suite_create("summary_formats");
    TCase *tcase = tcase_create("all");

    tcase_add_checked_fixture(tcase, setup, teardown);
    for (size_t i = 0; tests[i] != NULL; i++)
        tcase_add_test(tcase, tests[i]);
    suite_add_tcase(suite, tcase);
    return suite;
}
