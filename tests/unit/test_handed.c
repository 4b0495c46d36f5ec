/* What a framework hands over, and where each bound lies: the last value that is taken, and
 * the first that is not. */
#include <string.h>

#include "core/frameworks/handed.h"
#include "tests/unit/return_sample.h"
#include "tests/unit/unit.h"

static struct desk desk;
static struct ca_pass *pass;

/* A scoring of its own for each value: after one fault there is no other. */
static struct ca_pass *anew(enum desk_template which)
{
    static const struct desk_parts plain;
    const struct ca_return *r = desk_read(&desk, which, &plain);

    ck_assert_ptr_nonnull(r);
    pass = ca_pass_new(desk.arena, r, r->responses, false, &desk.diags);
    return pass;
}

static void open_files(void)
{
    desk_open(&desk);
}

static void close_files(void)
{
    desk_close(&desk);
}

static void expect_taken(bool taken)
{
    ck_assert(taken);
    ck_assert_uint_eq(desk.diags.errors, 0);
}

static void expect_refused(bool taken, const char *words)
{
    const char *said =
        desk.diags.count > 0 ? desk.diags.items[desk.diags.count - 1].message : "";

    ck_assert(!taken);
    ck_assert_uint_eq(desk.diags.errors, 1);
    ck_assert_msg(strstr(said, words) != NULL, "said: %s", said);
}

#define TAKEN(which, call)          expect_taken(anew(which) != NULL && (call))
#define REFUSED(which, call, words) expect_refused(anew(which) != NULL && (call), (words))

START_TEST(indexes)
{
    TAKEN(FILES, ca_handed_standard(pass, pass->template->standard_count - 1));
    REFUSED(FILES, ca_handed_standard(pass, pass->template->standard_count),
            "standard number 11, and the template has 11");
    REFUSED(FILES, ca_handed_standard(pass, SIZE_MAX), "standard number");
    TAKEN(FILES, ca_handed_section(pass, 2));
    REFUSED(FILES, ca_handed_section(pass, 3), "section number 3, and the template has 3");
    TAKEN(FILES, ca_handed_agency(pass, CASEAUDIT_JOINT));
    REFUSED(FILES, ca_handed_agency(pass, 0), "agency number 0, and the template has 0");
    TAKEN(AGENCIES, ca_handed_agency(pass, 2));
    REFUSED(AGENCIES, ca_handed_agency(pass, 3), "agency number 3, and the template has 3");
}
END_TEST

START_TEST(figures)
{
    TAKEN(FILES, ca_handed_score(pass, CASEAUDIT_NO_SCORE));
    TAKEN(FILES, ca_handed_score(pass, 200));
    REFUSED(FILES, ca_handed_score(pass, 201), "a score of 201 hundredths; full marks are 200");
    REFUSED(FILES, ca_handed_score(pass, CASEAUDIT_NO_SCORE - 1), "a score of");
    TAKEN(FILES, ca_handed_status(pass, CASEAUDIT_NOT_APPLYING));
    REFUSED(FILES, ca_handed_status(pass, CASEAUDIT_NOT_APPLYING + 1), "a status");
    REFUSED(FILES, ca_handed_status(pass, CASEAUDIT_ANSWERED - 1), "a status");
}
END_TEST

START_TEST(days)
{
    const ca_date first = -719162, last = 2932896;

    TAKEN(FILES, ca_handed_date(pass, first));
    TAKEN(FILES, ca_handed_date(pass, last));
    TAKEN(FILES, ca_handed_date(pass, CASEAUDIT_NO_DATE));
    REFUSED(FILES, ca_handed_date(pass, first - 1), "outside the calendar");
    REFUSED(FILES, ca_handed_date(pass, last + 1), "outside the calendar");
    TAKEN(FILES, ca_handed_span(pass, 100000, CASEAUDIT_YEARS));
    TAKEN(FILES, ca_handed_span(pass, -100000, CASEAUDIT_DAYS));
    REFUSED(FILES, ca_handed_span(pass, 100001, CASEAUDIT_DAYS), "a span of 100001");
    REFUSED(FILES, ca_handed_span(pass, 1, CASEAUDIT_YEARS + 1), "a span of 1");
    REFUSED(FILES, ca_handed_span(pass, 1, CASEAUDIT_DAYS - 1), "a span of 1");
    TAKEN(FILES, ca_handed_days(pass, CA_MAX_DATES));
    REFUSED(FILES, ca_handed_days(pass, (size_t)CA_MAX_DATES + 1), "days for one frequency");
}
END_TEST

START_TEST(measures)
{
    TAKEN(FILES, ca_handed_measure(pass, "m", 0, 0));
    TAKEN(FILES, ca_handed_measure(pass, "m", 1000000, 1000000));
    REFUSED(FILES, ca_handed_measure(pass, "m", -7, 3), "measure 'm' as -7 of 3");
    REFUSED(FILES, ca_handed_measure(pass, "m", 4, 3), "measure 'm' as 4 of 3");
    REFUSED(FILES, ca_handed_measure(pass, "m", 1, 1000001), "at most 1000000");
    REFUSED(FILES, ca_handed_measure(pass, "m", INT64_MIN, INT64_MAX), "measure 'm' as");
    REFUSED(FILES, ca_handed_measure(pass, "", 1, 2), "a measure whose id is none");
    REFUSED(FILES, ca_handed_measure(pass, NULL, 1, 2), "a measure whose id is none");
    REFUSED(FILES, ca_handed_measure(pass, "a b", 1, 2), "a measure whose id is none");
}
END_TEST

START_TEST(limits_and_notes)
{
    char id[66];

    memset(id, 'x', sizeof id - 1);
    id[65] = '\0';
    REFUSED(FILES, ca_handed_limit(pass, id), "a limit whose id is none");
    id[64] = '\0';
    TAKEN(FILES, ca_handed_limit(pass, id));
    REFUSED(FILES, ca_handed_limit(pass, "a\nb"), "a limit whose id is none");
    TAKEN(FILES, ca_handed_note(pass, CASEAUDIT_AT_DOCUMENT, SIZE_MAX));
    TAKEN(FILES, ca_handed_note(pass, CASEAUDIT_AT_STANDARD, 0));
    REFUSED(FILES, ca_handed_note(pass, CASEAUDIT_AT_STANDARD, 999), "standard number 999");
    REFUSED(FILES, ca_handed_note(pass, CASEAUDIT_AT_SECTION, 3), "section number 3");
    REFUSED(AGENCIES, ca_handed_note(pass, CASEAUDIT_AT_AGENCY, CASEAUDIT_JOINT),
            "a note on no agency");
    REFUSED(FILES, ca_handed_note(pass, 999, 0), "a note on a place (999)");
}
END_TEST

/* There is one error a scoring, however much makes no sense. */
START_TEST(one_fault_is_said)
{
    (void)anew(FILES);
    for (int i = 0; i < 5; i++)
        ck_assert(!ca_handed_standard(pass, 1000));
    ck_assert_uint_eq(desk.diags.errors, 1);
    ck_assert(pass->misused);
}
END_TEST

START_TEST(texts)
{
    char text[5000];
    const char *kept;

    (void)anew(FILES);
    ck_assert_str_eq(ca_handed_text(desk.arena, NULL), "");
    ck_assert_str_eq(ca_handed_text(desk.arena, "plain"), "plain");
    kept = ca_handed_text(desk.arena, "a\x1b[31m\xc2\x9b\nFORGED: Good\xe2\x80\xae");
    for (const char *c = kept; *c != '\0'; c++)
        ck_assert_msg((unsigned char)*c >= 0x20, "kept: %s", kept);
    ck_assert_ptr_null(strstr(kept, "\xc2\x9b"));
    ck_assert_ptr_null(strstr(kept, "\xe2\x80\xae"));
    memset(text, 'x', sizeof text);
    memcpy(text + 4095, "\xc3\xa9", 2); /* the cut would be within it */
    text[sizeof text - 1] = '\0';
    ck_assert_uint_eq(strlen(ca_handed_text(desk.arena, text)), 4095);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("handed");
    TCase *tests = tcase_create("handed");

    tcase_add_checked_fixture(tests, open_files, close_files);
    tcase_add_test(tests, indexes);
    tcase_add_test(tests, figures);
    tcase_add_test(tests, days);
    tcase_add_test(tests, measures);
    tcase_add_test(tests, limits_and_notes);
    tcase_add_test(tests, one_fault_is_said);
    tcase_add_test(tests, texts);
    suite_add_tcase(suite, tests);
    return suite;
}
