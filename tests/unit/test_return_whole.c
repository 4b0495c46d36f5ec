#include <string.h>

#include "tests/unit/return_sample.h"
#include "tests/unit/unit.h"

/* Returns as a whole: their header, many faults together, what follows from a fault, and
 * the limits of a document. */

static struct desk desk;

#define TEAM            "<attribute id='team'>north</attribute>"
#define ENTERED         "<event type='entered-care' date='2023-02-01'/>"
#define RESPONSES(text) .responses = "<responses>" text "</responses>"
#define VALUE(standard, value)                                                                 \
    RESPONSES("<response standard='" standard "'><value>" value "</value></response>")
#define TIME(content) RESPONSES("<response standard='plan.time'>" content "</response>")
#define CHANGE(attributes)                                                                     \
    .tail = "<moderation grade='fair' by='M02' date='2023-11-21'><change " attributes          \
            "><rationale>x</rationale></change></moderation>"

/* ---- many faults, and what follows from a fault ---- */

/* Every violation of the order of dates, and faults of every part, in one run. */
START_TEST(test_all_in_one_run)
{
    static const struct desk_parts parts = {
        .head = "<case ref='C1'/><audit date='2023-01-01' auditor='A17'/>\n",
        .attributes = "<attributes><attribute id='visits'>x</attribute></attributes>\n",
        .events = "<events><event type='revue' date='2023-03-01'/></events>\n",
        .responses = "<responses><response standard='plan.often'><start>2022-02-02</start>"
                     "<occurred>2022-02-01</occurred><occurred>2023-02-01</occurred>"
                     "<end>2022-01-01</end></response>\n"
                     "<response standard='plan.often' answer='x'/></responses>\n",
        .judgement = "<judgement grade='god' by='A17' date='2022-12-31'/>\n",
        .tail = "<moderation by='A17' date='2022-12-31' override='yes'/>\n"
                "<findings><strength theme='x'>y</strength></findings>\n"
                "<actions><action id='1' owner='T' verified-by='T'>z</action></actions>"};
    static const char *const expected[] = {
        "is before 2023-04-01",
        "whole number",
        "'team' (Team) is required",
        "'revue' is not an event",
        "'entered-care' is required",
        "occurred 2022-02-01 is before start",
        "occurred 2022-02-01 is after end",
        "occurred 2023-02-01 is after the audit date",
        "occurred 2023-02-01 is after end",
        "end 2022-01-01 is before start",
        "has a response already",
        "found an 'answer'",
        "'god' is not a grade",
        "judgement 2022-12-31 is before",
        "moderation 2022-12-31 is before",
        "someone other than the auditor",
        "needs a 'rationale'",
        "needs a 'grade'",
        "'x' is not a theme",
        "for someone else to verify",
        "cannot be verified before",
    };
    size_t i, j;

    desk_open(&desk);
    ck_assert_ptr_null(desk_read(&desk, FILES, &parts));
    for (i = 0; i < sizeof(expected) / sizeof(*expected); i++) {
        for (j = 0; j < desk.diags.count; j++) {
            if (strstr(desk.diags.items[j].message, expected[i]) != NULL)
                break;
        }
        ck_assert_msg(j < desk.diags.count, "not told: %s", expected[i]);
    }
    ck_assert_uint_eq(desk.diags.errors, sizeof(expected) / sizeof(*expected));
    desk_close(&desk);
}
END_TEST

/* Each has one fault of the schema, or of an id, and nothing is said of what follows. */
START_TEST(test_nothing_follows)
{
    static const struct {
        enum desk_template which;
        struct desk_parts parts;
    } rows[] = {
        {FILES, {.head = "<case ref='C1'/><audit date='2023-14-11' auditor='A17'/>"}},
        {FILES,
         {.head = "<case ref='C 1'/>"
                  "<audit date='2023-11-14' auditor='A17'/>"}},
        {FILES,
         {.attributes =
              "<attributes><attribute id='team x'>north</attribute>" TEAM "</attributes>"}},
        {FILES, {.events = "<events><event type='entered-care' date='soon'/></events>"}},
        {FILES,
         {.events =
              "<events><event type='entered care' date='2023-02-01'/>" ENTERED "</events>"}},
        {FILES, {RESPONSES("<response standard='plan.voice' answer='Good!'/>")}},
        {FILES, {RESPONSES("<response standard='plan.voice' status='missing'/>")}},
        {FILES, {RESPONSES("<response standard='Plan!' answer='good'/>")}},
        {FILES, {TIME("<start>1 May</start>")}},
        {FILES, {TIME("<end>2023-05-01</end>")}},
        {FILES, {TIME("<start>2023-05-01</start><value>3</value>")}},
        {FILES, {VALUE("plan.number", "three")}},
        {FILES, {VALUE("plan.points", "1.2345")}},
        {FILES, {RESPONSES("<not-applicable section='plan'/>")}},
        {FILES, {.judgement = "<judgement by='A17' date='2023-11-14'/>"}},
        {FILES, {.judgement = "<judgement grade='good' by='A17' date='x'/>"}},
        {FILES, {.tail = "<moderation grade='!' by='M02' date='2023-11-14'/>"}},
        {FILES, {CHANGE("standard='!' answer='fair'")}},
        {FILES, {CHANGE("standard='plan.voice' answer='!'")}},
        {FILES, {.tail = "<findings><strength>x</strength></findings>"}},
        {FILES,
         {.tail = "<actions><action id='1' owner='T' completed='x' verified-by='Q'>y"
                  "</action></actions>"}},
        /* The typing slip is told; that the change finds no response follows from it. */
        {FILES,
         {RESPONSES("<response standard='plan.vioce' answer='good'/>"),
          .tail = "<moderation grade='fair' by='M02' date='2023-11-21'><change "
                  "standard='plan.voice' answer='fair'><rationale>x</rationale></change>"
                  "</moderation>"}},
        {AGENCIES,
         {.responses = "<responses agency='polise'>"
                       "<response standard='s.all' answer='good'/></responses>",
          .tail = "<moderation grade='fair' by='M02' date='2023-11-21'><change "
                  "standard='s.all' agency='police' answer='fair'>"
                  "<rationale>x</rationale></change></moderation>"}},
        {AGENCIES, {.responses = "<responses agency='Police'/>"}},
    };
    size_t i;

    desk_open(&desk);
    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        ck_assert_ptr_null(desk_read(&desk, rows[i].which, &rows[i].parts));
        ck_assert_msg(
            desk.diags.errors == 1, "row %zu: %zu errors, the last: %s", i, desk.diags.errors,
            desk.diags.errors > 0 ? desk.diags.items[desk.diags.count - 1].message : "-");
    }
    desk_close(&desk);
}
END_TEST

/* ---- limits ---- */

/* A return with so many copies of a text in its responses. */
static struct ca_return *read_many(const char *before, const char *unit, size_t count,
                                   const char *after)
{
    struct ca_buffer text = {0};
    struct desk_parts parts = {0};
    struct ca_return *r;
    size_t i;

    ca_buffer_puts(&text, before);
    for (i = 0; i < count; i++)
        ca_buffer_puts(&text, unit);
    ca_buffer_puts(&text, after);
    parts.responses = text.data;
    r = desk_read(&desk, FILES, &parts);
    ca_buffer_free(&text);
    return r;
}

static size_t limit_errors(const char *says)
{
    size_t i, count = 0;

    for (i = 0; i < desk.diags.count; i++) {
        if (desk.diags.items[i].fault != CA_FAULT_LIMIT)
            continue;
        ck_assert_ptr_nonnull(strstr(desk.diags.items[i].message, says));
        count++;
    }
    return count;
}

START_TEST(test_most_responses)
{
    static const char unit[] = "<response standard='plan.met' answer='yes'/>";

    desk_open(&desk);
    read_many("<responses>", unit, CA_MAX_RESPONSES, "</responses>");
    ck_assert_uint_eq(desk.diags.errors, CA_MAX_RESPONSES - 1); /* each a second time */
    ck_assert_uint_eq(limit_errors(""), 0);
    read_many("<responses>", unit, CA_MAX_RESPONSES + 2, "</responses>");
    ck_assert_uint_eq(limit_errors("4000 responses"), 1);
    desk_close(&desk);
}
END_TEST

/* The audit, an event, the start and the judgement have the other four dates. */
START_TEST(test_most_dates)
{
    static const char before[] =
        "<responses><response standard='plan.often'><start>2023-02-01</start>";
    static const char unit[] = "<occurred>2023-02-01</occurred>";
    static const char after[] = "</response></responses>";
    const struct ca_return *r;

    desk_open(&desk);
    r = read_many(before, unit, CA_MAX_DATES - 4, after);
    ck_assert_ptr_nonnull(r);
    ck_assert_uint_eq(
        ca_return_response(r, desk_standard(&desk, FILES, "plan.often"), 0)->occurred_count,
        CA_MAX_DATES - 4);
    ck_assert_ptr_null(read_many(before, unit, CA_MAX_DATES - 3, after));
    ck_assert_uint_eq(limit_errors("10000 dates"), 1);
    ck_assert_uint_eq(desk.diags.errors, 1);
    desk_close(&desk);
}
END_TEST

/* ---- the first step alone ---- */

START_TEST(test_header)
{
    static const struct {
        const char *text;
        bool usable;
        const char *id, *template_id, *version;
    } rows[] = {
        {"<return xmlns='urn:caseaudit:return:1'/>", true, NULL, NULL, NULL},
        {"<return xmlns='urn:caseaudit:return:1' id='a/B-1' template='t.1' "
         "template-version='2024.1'/>",
         true, "a/B-1", "t.1", "2024.1"},
        {"<return xmlns='urn:caseaudit:return:1' id='-a' template='T' template-version='1/2'/>",
         true, NULL, NULL, NULL},
        {"<return xmlns='urn:caseaudit:return:1' id='a b' template='t' template-version=''/>",
         true, NULL, "t", NULL},
        {"<return xmlns='urn:caseaudit:return:2' id='a'/>", false, NULL, NULL, NULL},
        {"<template xmlns='urn:caseaudit:template:1' id='a'/>", false, NULL, NULL, NULL},
        {"<return", false, NULL, NULL, NULL},
        {"", false, NULL, NULL, NULL},
    };
    size_t i;

    desk_open(&desk);
    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct ca_return_header header = {.offset = UINT32_MAX};
        struct ca_xml_doc doc = {0};

        ca_arena_reset(desk.arena);
        ca_diags_init(&desk.diags, desk.arena);
        ck_assert_int_eq(ca_return_parse(desk.parser, desk.arena, rows[i].text,
                                         strlen(rows[i].text), &desk.diags, &doc, &header),
                         rows[i].usable);
        ck_assert_uint_gt(desk.diags.errors, 0);
        ck_assert_pstr_eq(header.id, rows[i].id);
        ck_assert_pstr_eq(header.template_id, rows[i].template_id);
        ck_assert_pstr_eq(header.template_version, rows[i].version);
        ck_assert_uint_eq(header.offset, rows[i].usable ? 0 : UINT32_MAX);
    }
    desk_close(&desk);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("return_whole");

    UNIT_CASE(suite, "header", test_header);
    UNIT_CASE(suite, "together", test_all_in_one_run, test_nothing_follows);
    UNIT_CASE(suite, "limits", test_most_responses, test_most_dates);
    return suite;
}
