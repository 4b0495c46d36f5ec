#include <string.h>

#include "core/insight/moderated.h"
#include "core/year/calendar.h"
#include "core/year/followup.h"
#include "core/year/queue.h"
#include "core/year/tasks.h"
#include "tests/unit/unit.h"

static struct ca_arena *arena;

static void setup(void)
{
    arena = ca_arena_new();
}

static void teardown(void)
{
    ca_arena_free(arena);
}

/* An audit without any reason, graded 1 of 0 to 3. */
static struct ca_stored_grading grading(const char *id, ca_date date)
{
    return (struct ca_stored_grading){.return_id = id,
                                      .case_ref = id,
                                      .auditor = "A1",
                                      .template_id = "t",
                                      .template_version = "1",
                                      .audit_date = date,
                                      .grade_id = "good",
                                      .grade = 1,
                                      .auditors = 1,
                                      .moderated = -1,
                                      .cap = -1,
                                      .earlier = -1,
                                      .worst = 3};
}

/* ---- what to moderate ---- */

static const char *listed(const struct ca_queue *queue)
{
    const char *list = "";

    for (size_t i = 0; i < queue->count; i++)
        list = ca_arena_printf(arena, "%s%s%s:%u", list, i > 0 ? " " : "",
                               queue->items[i].of->return_id, queue->items[i].reasons);
    return list;
}

START_TEST(test_queue_has_each_audit_once_by_its_first_reason)
{
    struct ca_stored_grading all[] = {
        grading("random", 1),   grading("late", 20), grading("worst", 10), grading("capped", 1),
        grading("diverges", 9), grading("both", 10), grading("done", 1),   grading("none", 1)};
    struct ca_queue queue;

    all[1].immediate = true;
    all[2].grade = 3;
    all[3].capped = true;
    all[4].diverges = all[4].immediate = true;
    all[5].grade = 3;
    all[5].immediate = true;
    all[6].grade = all[6].auditors = 3;
    all[6].moderated = 2;
    all[7].grade = -1; /* not graded, and so nobody that chance may take */
    ca_queue_make(arena, all, 8, "seed", 100, &queue);
    ck_assert_str_eq(listed(&queue), "both:9 worst:1 diverges:10 capped:4 late:8 random:16");
    ck_assert_uint_eq(queue.others, 1);
    ck_assert_uint_eq(queue.moderated, 1);
}
END_TEST

/*
 * printf 'seed\nA' | sha256sum and so on: A 28d5…, C 89a9…, D a9e3…, B dc7b…; a quarter and a
 * bit of four is two. Who is drawn stays the same when one of them is moderated.
 */
START_TEST(test_queue_draws_by_key)
{
    struct ca_stored_grading all[] = {grading("A", 1), grading("B", 2), grading("C", 3),
                                      grading("D", 4)};
    struct ca_queue queue;

    ca_queue_make(arena, all, 4, "seed", 26, &queue);
    ck_assert_uint_eq(queue.drawn, 2);
    ck_assert_str_eq(listed(&queue), "A:16 C:16");
    all[0].moderated = 0;
    ca_queue_make(arena, all, 4, "seed", 26, &queue);
    ck_assert_uint_eq(queue.others, 4);
    ck_assert_str_eq(listed(&queue), "C:16");
    ca_queue_make(arena, all, 4, "seed", 0, &queue);
    ck_assert_uint_eq(queue.count, 0);
}
END_TEST

/* Moderated ones take part with the grade they had before. */
START_TEST(test_queue_looks_at_the_grade_before)
{
    static const struct {
        int auditors, cap, earlier;
        bool changed, other;
    } rows[] = {
        {1, -1, -1, false, true}, {3, -1, -1, false, false}, {1, 3, -1, false, false},
        {1, 2, -1, false, true},  {1, 3, -1, true, true}, /* the limits of new answers */
        {1, -1, 3, true, false},  {1, -1, 3, false, true},   {-1, -1, -1, false, false},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ca_stored_grading one = grading("A", 1);
        struct ca_queue queue;
        one.moderated = one.grade = 0;
        one.auditors = rows[i].auditors;
        one.cap = rows[i].cap;
        one.earlier = rows[i].earlier;
        one.changed = rows[i].changed;
        ca_queue_make(arena, &one, 1, "seed", 100, &queue);
        ck_assert_msg(queue.others == rows[i].other, "row %zu", i);
        ck_assert_uint_eq(queue.count, 0);
    }
}
END_TEST

/* ---- what to audit again ---- */

START_TEST(test_followup_looks_at_the_latest_audit)
{
    struct ca_stored_grading all[] = {grading("1", 100), grading("2", 200), grading("3", 100),
                                      grading("4", 100), grading("5", 100), grading("6", 90),
                                      grading("7", 100)};
    struct ca_followup list;

    all[0].case_ref = "c1"; /* audited again since, and better */
    all[0].grade = 3;
    all[1].case_ref = "C1";
    all[2].case_ref = "C2"; /* by another template that is another matter */
    all[2].template_id = "u";
    all[2].grade = 3;
    all[3].case_ref = "C2";
    all[4].grade = -1; /* not graded, but urgent */
    all[4].urgent = true;
    all[5].immediate = all[5].urgent = true;
    all[5].grade = 3;
    all[6].case_ref = "5"; /* the same case on the same day: the last id counts */
    all[6].immediate = true;
    ca_followup_make(arena, all, 7, 12, &list);
    ck_assert_uint_eq(list.count, 3);
    ck_assert_str_eq(list.items[0].of->return_id, "6");
    ck_assert_uint_eq(list.items[0].reasons, 7);
    ck_assert_int_eq(list.items[0].due, 90 + 84);
    ck_assert_str_eq(list.items[1].of->return_id, "7");
    ck_assert_uint_eq(list.items[1].reasons, 2);
    ck_assert_str_eq(list.items[2].of->return_id, "3");
}
END_TEST

/* ---- actions ---- */

static struct ca_stored_action action(const char *owner, const char *theme, ca_date due,
                                      ca_date completed, const char *verified_by)
{
    return (struct ca_stored_action){.return_id = "R1",
                                     .case_ref = "C1",
                                     .id = "1",
                                     .template_id = "t",
                                     .template_version = "1",
                                     .audit_date = 10,
                                     .owner = owner,
                                     .theme = theme,
                                     .text = "Do it.",
                                     .due = due,
                                     .completed = completed,
                                     .verified_by = verified_by,
                                     .changed = "2024-03-31T16:02:11Z"};
}

START_TEST(test_states)
{
    const struct {
        ca_date due, completed;
        const char *verified_by;
        enum ca_task_state state;
    } rows[] = {
        {CA_NO_DATE, CA_NO_DATE, NULL, CA_TASK_OPEN},
        {100, CA_NO_DATE, NULL, CA_TASK_OPEN},
        {99, CA_NO_DATE, NULL, CA_TASK_OVERDUE},
        {99, 100, NULL, CA_TASK_COMPLETED},
        {99, 100, "Q1", CA_TASK_VERIFIED},
        {99, 101, "Q1", CA_TASK_OVERDUE},
        {100, 101, NULL, CA_TASK_OPEN},
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ca_stored_action one =
            action("TM1", NULL, rows[i].due, rows[i].completed, rows[i].verified_by);
        ck_assert_msg(ca_task_state_of(&one, 100) == rows[i].state, "row %zu", i);
    }
}
END_TEST

START_TEST(test_counts_by_owner)
{
    struct ca_task_counts *counts = ca_task_counts_new(arena, CA_TASK_BY_OWNER, 100);
    const struct ca_stored_action all[] = {
        action("tm2", NULL, 1, CA_NO_DATE, NULL), action("TM2", NULL, 200, CA_NO_DATE, NULL),
        action("TM1", NULL, 1, 2, "Q1"), action("TM1", NULL, 1, 2, NULL)};
    const struct ca_task_count *found;
    size_t count;

    for (size_t i = 0; i < 4; i++)
        ca_task_counts_add(counts, &all[i]);
    found = ca_task_counts_of(counts, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(found[0].value, "TM1");
    ck_assert_int_eq(found[0].raised, 2);
    ck_assert_int_eq(found[0].completed, 2);
    ck_assert_int_eq(found[0].verified, 1);
    ck_assert_str_eq(found[1].value, "TM2");
    ck_assert_int_eq(found[1].open, 2);
    ck_assert_int_eq(found[1].overdue, 1);
}
END_TEST

START_TEST(test_counts_by_theme)
{
    struct ca_task_counts *counts = ca_task_counts_new(arena, CA_TASK_BY_THEME, 100);
    const struct ca_stored_action all[] = {action("TM1", "voice", 1, 2, "Q1"),
                                           action("TM1", "plan", 1, 2, NULL),
                                           action("TM1", NULL, 1, 2, "Q1")};
    const struct ca_task_count *found;
    size_t count;

    for (size_t i = 0; i < 3; i++) {
        ca_task_counts_note(counts, &all[i]);
        ca_task_counts_add(counts, &all[i]);
    }
    ca_task_counts_improvement(counts, "R1", "voice", "Child's voice");
    ca_task_counts_improvement(counts, "R1", "Voice", "Child's voice");
    ca_task_counts_improvement(counts, "R2", "voice", "Child's voice"); /* another audit */
    ca_task_counts_improvement(counts, "R1", "plan", "Plan");           /* not verified */
    ca_task_counts_improvement(counts, "R1", NULL, NULL);               /* no theme */
    found = ca_task_counts_of(counts, &count);
    ck_assert_uint_eq(count, 3);
    ck_assert_str_eq(found[0].value, "Voice"); /* capitals before small letters */
    ck_assert_int_eq(found[0].improvements, 3);
    ck_assert_int_eq(found[0].closed, 2);
    ck_assert_str_eq(found[1].value, "plan");
    ck_assert_int_eq(found[1].improvements, 1);
    ck_assert_int_eq(found[1].closed, 0);
    ck_assert_ptr_null(found[2].value);
    ck_assert_int_eq(found[2].raised, 1);
    ck_assert_int_eq(found[2].improvements, 1);
    ck_assert_int_eq(found[2].closed, 0);
}
END_TEST

/* ---- calendars ---- */

START_TEST(test_calendar)
{
    struct ca_stored_action one = action("TM1", NULL, 19813, CA_NO_DATE, NULL);
    struct ca_buffer out = {0};

    one.text = "One; two, three\\four\nfive\r\nsix\x7f";
    ca_calendar_add(&out, &one, 19813);
    ck_assert_str_eq(out.data, "BEGIN:VTODO\r\n"
                               "UID:R1:1@caseaudit\r\n"
                               "DTSTAMP:20240331T160211Z\r\n"
                               "SUMMARY:One\\; two\\, three\\\\four\\nfive\\nsix  (TM1)\r\n"
                               "DESCRIPTION:Owner: TM1\\nCase: C1\\nAudit: R1\r\n"
                               "DUE;VALUE=DATE:20240331\r\n"
                               "STATUS:NEEDS-ACTION\r\n"
                               "END:VTODO\r\n");
    ca_buffer_clear(&out);
    one.completed = 19813;
    one.due = CA_NO_DATE;
    ca_calendar_add(&out, &one, 19813);
    ck_assert_ptr_nonnull(strstr(out.data, "\r\nSTATUS:COMPLETED\r\n"));
    ck_assert_ptr_null(strstr(out.data, "DUE"));
    ca_buffer_free(&out);
}
END_TEST

/* A line has at most 75 octets, and no character is parted: whatever stands before it. */
START_TEST(test_calendar_folds_between_characters)
{
    char text[256];

    for (size_t before = 0; before < 80; before++) {
        struct ca_stored_action one = action("TM1", NULL, CA_NO_DATE, CA_NO_DATE, NULL);
        struct ca_buffer out = {0};
        memset(text, 'x', before);
        strcpy(text + before, "é€😀é€😀é€😀é€😀é€😀é€😀é€😀é€😀");
        one.text = text;
        ca_calendar_add(&out, &one, 100);
        for (const char *at = out.data, *end; (end = strstr(at, "\r\n")) != NULL;
             at = end + 2) {
            ck_assert_int_le(end - at, 75);
            ck_assert_msg(((unsigned char)at[*at == ' '] & 0xc0) != 0x80, "%zu", before);
        }
        ca_buffer_free(&out);
    }
}
END_TEST

/* ---- agreement ---- */

START_TEST(test_moderated)
{
    struct ca_moderated *m = ca_moderated_new(arena);
    struct ca_moderated_figures figures;
    const struct ca_moderated_row *rows;
    struct ca_moderated_row all;
    size_t count;

    for (int i = 0; i < 10; i++) {
        struct ca_stored_grading one = grading("A", 1);
        one.moderated = i < 6 ? 1 : 2;
        if (i == 8)
            one.moderated = -1; /* nobody looked at it */
        if (i == 9)
            one.auditors = -1;
        ca_moderated_add(m, &one, i % 2 == 0 ? "a1" : "A1");
    }
    rows = ca_moderated_rows(m, &count, &all);
    ck_assert_uint_eq(count, 1);
    ck_assert_str_eq(rows[0].value, "A1");
    ck_assert_int_eq(rows[0].moderated, 8);
    ck_assert_int_eq(rows[0].agreed, 6);
    ck_assert_int_eq(rows[0].lowered, 2);
    ck_assert_int_eq(all.raised, 0);
    figures = ca_moderated_figures_of(&rows[0]);
    ck_assert_int_eq(figures.percent, 750);
    ck_assert_int_eq(figures.low, 409);
    ck_assert_int_eq(figures.high, 929);
    ck_assert_int_eq(figures.shift, -250);
}
END_TEST

START_TEST(test_changed_answers)
{
    static const struct {
        const char *standard, *audited, *answer;
        int32_t before, after;
    } rows[] = {{"b", "good", "poor", 200, 0},
                {"a", "poor", "good", 0, 200},
                {"b", "poor", "good", 0, 200},
                {"b", "good", "not-applicable", 200, -1},
                {"c", "good", "good", 200, 200}};
    struct ca_moderated *m = ca_moderated_new(arena);
    const struct ca_moderated_standard *found;
    size_t count;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        ca_moderated_change(m,
                            &(struct ca_stored_answer){.standard = rows[i].standard,
                                                       .label = "L",
                                                       .audited = rows[i].audited,
                                                       .answer = rows[i].answer,
                                                       .score = rows[i].after},
                            rows[i].before);
    found = ca_moderated_standards(m, &count);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(found[0].id, "b");
    ck_assert_int_eq(found[0].changed, 3);
    ck_assert_int_eq(found[0].raised, 1);
    ck_assert_int_eq(found[0].lowered, 1);
    ck_assert_str_eq(found[1].id, "a");
    ck_assert_int_eq(found[1].raised, 1);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("following");
    TCase *tcase = tcase_create("following");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_queue_has_each_audit_once_by_its_first_reason);
    tcase_add_test(tcase, test_queue_draws_by_key);
    tcase_add_test(tcase, test_queue_looks_at_the_grade_before);
    tcase_add_test(tcase, test_followup_looks_at_the_latest_audit);
    tcase_add_test(tcase, test_states);
    tcase_add_test(tcase, test_counts_by_owner);
    tcase_add_test(tcase, test_counts_by_theme);
    tcase_add_test(tcase, test_calendar);
    tcase_add_test(tcase, test_calendar_folds_between_characters);
    tcase_add_test(tcase, test_moderated);
    tcase_add_test(tcase, test_changed_answers);
    suite_add_tcase(suite, tcase);
    return suite;
}
