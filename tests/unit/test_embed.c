#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <caseaudit/caseaudit.h>

#include "core/base/file.h"
#include "tests/unit/unit.h"

/*
 * The engine as an embedding program calls it, on a template and a return of its own: in the
 * calling process, and locked. A locked one outlives the framework that does its worst
 * (tests/plugins/hostile.c).
 */

static const char template[] =
    "<template xmlns='urn:caseaudit:template:1' id='tiny' version='1' "
    "framework='graded-standards' effective-from='2020-01-01'>"
    "<title>Tiny</title><scale>"
    "<grade id='good' label='Good' score='100' from='50' positive='yes'/>"
    "<grade id='poor' label='Poor' score='0' from='0'/></scale>"
    "<section id='s' title='S'><standard id='a' answers='grades'><question>A?</question>"
    "</standard></section></template>";

static const char answered[] =
    "<return xmlns='urn:caseaudit:return:1' id='R1' template='tiny' template-version='1'>"
    "<case ref='C1'/><audit date='2023-11-14' auditor='A1'/><responses>"
    "<response standard='a' answer='good'/></responses></return>";

static const char unanswered[] =
    "<return xmlns='urn:caseaudit:return:1' id='R2' template='tiny' template-version='1'>"
    "<case ref='C1'/><audit date='2023-11-14' auditor='A1'/><responses/></return>";

static const char deeds[] =
    "<template xmlns='urn:caseaudit:template:1' id='deeds' version='1' framework='hostile'"
    " effective-from='2020-01-01'><title>D</title><scale>"
    "<grade id='good' label='Good' score='100' from='50'/>"
    "<grade id='poor' label='Poor' score='0' from='0'/></scale>"
    "<attributes><attribute id='deed' label='D' type='text'/></attributes>"
    "<section id='s' title='S'><standard id='a' answers='grades'><question>A?</question>"
    "</standard></section></template>";

static const char deed[] =
    "<return xmlns='urn:caseaudit:return:1' id='%s' template='deeds' template-version='1'>"
    "<case ref='C1'/><audit date='2023-11-14' auditor='A1'/>"
    "<attributes><attribute id='deed'>%s</attribute></attributes><responses>"
    "<response standard='a' answer='good'/></responses></return>";

static caseaudit_engine *engine;

static void open_engine(void)
{
    engine = caseaudit_engine_new(getenv("PLUGIN_DIR"));
}

static void open_locked(void)
{
    engine = caseaudit_engine_new_locked(getenv("PLUGIN_DIR"));
}

static void close_engine(void)
{
    caseaudit_engine_free(engine);
}

static const char *score(const char *text, unsigned flags)
{
    return caseaudit_engine_score(engine, "r.xml", text, strlen(text), flags);
}

START_TEST(test_scores)
{
    ck_assert(caseaudit_engine_add_template(engine, "t.xml", template, strlen(template)));
    ck_assert_str_eq(caseaudit_engine_message(engine), "");
    ck_assert_ptr_nonnull(strstr(score(answered, 0), "\"grade\":\"good\""));
    ck_assert_ptr_nonnull(strstr(score(unanswered, 0), "\"status\":\"rejected\""));
    ck_assert_ptr_nonnull(
        strstr(score(unanswered, CASEAUDIT_ALLOW_INCOMPLETE), "\"complete\":false"));
}
END_TEST

START_TEST(test_says_why_a_template_is_refused)
{
    ck_assert(!caseaudit_engine_add_template(engine, "t.xml", "<a/>", 4));
    ck_assert_int_eq(strncmp(caseaudit_engine_message(engine), "t.xml:1:1: error: ", 18), 0);
}
END_TEST

START_TEST(test_without_a_template)
{
    const char *json = score(answered, 0);

    ck_assert_ptr_nonnull(strstr(json, "\"status\":\"rejected\""));
    ck_assert_ptr_nonnull(strstr(json, "there is no template 'tiny'"));
    caseaudit_engine_free(NULL);
}
END_TEST

/* A deed is of the process that it is done in. */
START_TEST(test_a_framework_of_others_is_apart)
{
    caseaudit_engine *other = caseaudit_engine_new_locked("tests/plugins/.libs");
    char text[sizeof deed + 32];
    const char *json;

    ck_assert(caseaudit_engine_add_template(other, "d.xml", deeds, strlen(deeds)));
    for (int i = 0; i < 2; i++) {
        (void)snprintf(text, sizeof text, deed, "R1", "crash");
        json = caseaudit_engine_score(other, "r.xml", text, strlen(text), 0);
        ck_assert_ptr_nonnull(strstr(json, "\"status\":\"rejected\""));
        ck_assert_ptr_nonnull(strstr(json, "framework 'hostile' "));
        (void)snprintf(text, sizeof text, deed, "R2", "print");
        json = caseaudit_engine_score(other, "r.xml", text, strlen(text), 0);
        ck_assert_ptr_nonnull(strstr(json, "\"status\":\"scored\""));
    }
    caseaudit_engine_free(other);
}
END_TEST

/* Documents are too, and what a process knows grows with the engine. */
START_TEST(test_templates_may_follow_returns)
{
    const char *json = score(answered, 0);

    ck_assert_ptr_nonnull(strstr(json, "there is no template 'tiny'"));
    ck_assert(caseaudit_engine_add_template(engine, "t.xml", template, strlen(template)));
    ck_assert_ptr_nonnull(strstr(score(answered, 0), "\"grade\":\"good\""));
    ck_assert_ptr_nonnull(strstr(score("", 0), "\"status\":\"rejected\""));
    ck_assert_ptr_nonnull(strstr(score(answered, 0), "\"grade\":\"good\""));
}
END_TEST

/* The pieces for people, of one that is scored and one that is rejected. */
START_TEST(test_explains)
{
    const char *text;

    ck_assert(caseaudit_engine_add_template(engine, "t.xml", template, strlen(template)));
    text = caseaudit_engine_explanation(engine, "r.xml", answered, strlen(answered), 0);
    ck_assert_ptr_nonnull(strstr(text, "Good"));
    text = caseaudit_engine_page(engine, "r.xml", answered, strlen(answered), 0);
    ck_assert_ptr_nonnull(strstr(text, "<!DOCTYPE html>"));
    text = caseaudit_engine_explanation(engine, "r.xml", unanswered, strlen(unanswered), 0);
    ck_assert_ptr_nonnull(strstr(text, "r.xml: rejected"));
}
END_TEST

static void add_tests(Suite *suite, const char *name, SFun open)
{
    TCase *tests = tcase_create(name);

    tcase_add_checked_fixture(tests, open, close_engine);
    tcase_add_test(tests, test_scores);
    tcase_add_test(tests, test_says_why_a_template_is_refused);
    tcase_add_test(tests, test_without_a_template);
    tcase_add_test(tests, test_templates_may_follow_returns);
    tcase_add_test(tests, test_explains);
    suite_add_tcase(suite, tests);
}

Suite *unit_suite(void)
{
    Suite *suite = suite_create("embed");
    TCase *tests = tcase_create("others");

    add_tests(suite, "here", open_engine);
    add_tests(suite, "locked", open_locked);
    tcase_add_test(tests, test_a_framework_of_others_is_apart);
    suite_add_tcase(suite, tests);
    return suite;
}
