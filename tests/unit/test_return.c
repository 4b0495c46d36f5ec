#include <stdio.h>
#include <string.h>

#include "tests/unit/return_sample.h"
#include "tests/unit/unit.h"

/* Returns without faults, and what is read from them. */

static struct desk desk;

static struct ca_return *accept(enum desk_template which, const struct desk_parts *parts)
{
    struct ca_return *r = desk_read(&desk, which, parts);

    ck_assert_msg(r != NULL, "refused: %s",
                  desk.diags.count > 0 ? desk.diags.items[0].message : "without a word");
    ck_assert_uint_eq(desk.diags.errors, 0);
    return r;
}

static const struct ca_response *response(const struct ca_return *r, enum desk_template which,
                                          const char *id, size_t agency)
{
    return ca_return_response(r, desk_standard(&desk, which, id), agency);
}

static ca_date date(const char *text)
{
    ca_date out = CA_NO_DATE;

    ck_assert(ca_date_parse(text, &out));
    return out;
}

START_TEST(test_plain)
{
    const struct desk_parts parts = {.id = "2023-Q3/0147"};
    const struct ca_return *r;

    desk_open(&desk);
    r = accept(FILES, &parts);
    ck_assert_str_eq(desk.header.id, "2023-Q3/0147");
    ck_assert_str_eq(desk.header.template_id, "files");
    ck_assert_str_eq(desk.header.template_version, "1");
    ck_assert_str_eq(r->id, "2023-Q3/0147");
    ck_assert_str_eq(r->template_id, "files");
    ck_assert_str_eq(r->template_version, "1");
    ck_assert_str_eq(r->file, "return.xml");
    ck_assert_str_eq(r->case_ref, "C1");
    ck_assert_str_eq(r->auditor, "A17");
    ck_assert_ptr_null(r->selection);
    ck_assert_int_eq(r->audit_date, date("2023-11-14"));
    ck_assert_ptr_eq(r->template, desk.templates[FILES]);
    ck_assert_uint_eq(r->columns, 1);
    ck_assert(r->returned[0].returned);
    ck_assert_uint_eq(r->returned[0].grade, CA_NONE);
    ck_assert_uint_eq(
        r->na_section_count + r->change_count + r->finding_count + r->action_count, 0);
    ck_assert(!r->moderation.given);
    ck_assert_uint_eq(desk.diags.count, 0);
    desk_close(&desk);
}
END_TEST

START_TEST(test_attributes)
{
    const struct desk_parts parts = {
        .head = "<case ref='C1'/><audit date='2023-11-14' auditor='A17' selection='random'/>",
        .attributes = "<attributes><attribute id='visits'>-1000000000</attribute>"
                      "<attribute id='seen'>1971-01-01</attribute>"
                      "<attribute id='team'> south </attribute>"
                      "<attribute id='kind'>Any word</attribute>"
                      "<attribute id='note'>  </attribute></attributes>"};
    const struct ca_return *r;

    desk_open(&desk);
    r = accept(FILES, &parts);
    ck_assert_str_eq(r->selection, "random");
    ck_assert_str_eq(r->attributes[0].text, "south");
    ck_assert_str_eq(r->attributes[1].text, "Any word");
    ck_assert_ptr_null(r->attributes[2].text);
    ck_assert_int_eq(r->attributes[3].number, -1000000000);
    ck_assert_int_eq(r->attributes[4].number, 365);
    ck_assert_str_eq(r->attributes[4].text, "1971-01-01");
    desk_close(&desk);
}
END_TEST

START_TEST(test_events_in_order)
{
    const struct desk_parts parts = {
        .events = "<events><event type='review' date='2023-08-01'>b</event>"
                  "<event type='left-care' date='2023-11-14'/>"
                  "<event type='entered-care' date='2023-02-01'/>"
                  "<event type='review' date='2023-08-01'>c</event>"
                  "<event type='review' date='2023-03-01'>a</event></events>"};
    static const char *const notes[] = {NULL, "a", "b", "c", NULL};
    const struct ca_return *r;
    size_t i;

    desk_open(&desk);
    r = accept(FILES, &parts);
    ck_assert_uint_eq(r->event_count, 5);
    for (i = 0; i < 5; i++) {
        if (notes[i] != NULL)
            ck_assert_str_eq(r->events[i].note, notes[i]);
        else
            ck_assert_ptr_null(r->events[i].note);
    }
    ck_assert_str_eq(r->events[0].type, "entered-care");
    ck_assert_uint_eq(r->events[0].kind, 0);
    ck_assert_uint_eq(r->events[2].kind, 1);
    ck_assert_int_eq(r->events[4].date, r->audit_date);
    desk_close(&desk);
}
END_TEST

START_TEST(test_every_type)
{
    const struct desk_parts parts = {
        .responses =
            "<responses>"
            "<response standard='plan.voice' answer='fair' date='2023-10-02'>"
            "<evidence ref='E1'/><evidence ref='E2'>Seen.</evidence><evidence>Heard.</evidence>"
            "</response>"
            "<response standard='plan.met' status='not-evidenced'><evidence>x</evidence>"
            "</response>"
            "<response standard='plan.time'><start>2023-02-01</start><end>2023-02-24</end>"
            "</response>"
            "<response standard='plan.often'><start>2023-02-01</start>"
            "<occurred>2023-05-01</occurred><occurred>2023-02-01</occurred>"
            "<end>2023-05-01</end><evidence>y</evidence></response>"
            "<response standard='plan.number'><value>-1.5</value></response>"
            "<response standard='plan.points'><value>37.5</value></response>"
            "<response standard='plan.text'><text> Well. </text></response>"
            "<response standard='plan.first' status='not-applicable'><reason>None.</reason>"
            "<evidence>z</evidence></response>"
            "<response standard='family.tree' status='not-applicable'/>"
            "</responses>"};
    const struct ca_return *r;
    const struct ca_response *is;

    desk_open(&desk);
    r = accept(FILES, &parts);
    is = response(r, FILES, "plan.voice", 0);
    ck_assert_int_eq(is->given, CA_GIVEN_ANSWER);
    ck_assert_uint_eq(is->answer, 1);
    ck_assert_str_eq(is->answer_as_written, "fair");
    ck_assert_int_eq(is->date, date("2023-10-02"));
    ck_assert_uint_eq(is->evidence_count, 2);
    ck_assert_str_eq(is->evidence[0].ref, "E2");
    ck_assert_str_eq(is->evidence[0].text, "Seen.");
    ck_assert_ptr_null(is->evidence[1].ref);
    is = response(r, FILES, "plan.met", 0);
    ck_assert_int_eq(is->given, CA_GIVEN_NOT_EVIDENCED);
    ck_assert_uint_eq(is->evidence_count, 1);
    ck_assert_int_eq(is->date, CA_NO_DATE);
    is = response(r, FILES, "plan.time", 0);
    ck_assert_int_eq(is->start, date("2023-02-01"));
    ck_assert_int_eq(is->end, date("2023-02-24"));
    is = response(r, FILES, "plan.often", 0);
    ck_assert_uint_eq(is->occurred_count, 2);
    ck_assert_int_eq(is->occurred[0], date("2023-05-01"));
    ck_assert_int_eq(is->occurred[1], date("2023-02-01"));
    ck_assert_int_eq(is->end, date("2023-05-01"));
    ck_assert_int_eq(response(r, FILES, "plan.number", 0)->value, -1500);
    ck_assert_int_eq(response(r, FILES, "plan.points", 0)->value, 37500);
    ck_assert_str_eq(response(r, FILES, "plan.text", 0)->text, "Well.");
    is = response(r, FILES, "plan.first", 0);
    ck_assert_int_eq(is->given, CA_GIVEN_NOT_APPLICABLE);
    ck_assert(!is->by_section);
    ck_assert_str_eq(is->reason, "None.");
    is = response(r, FILES, "family.tree", 0);
    ck_assert_int_eq(is->given, CA_GIVEN_NOT_APPLICABLE);
    ck_assert_ptr_null(is->reason);
    ck_assert_int_eq(response(r, FILES, "family.never", 0)->given, CA_GIVEN_NOTHING);
    ck_assert(ca_return_expects(r, desk_standard(&desk, FILES, "family.never"), 0));
    desk_close(&desk);
}
END_TEST

START_TEST(test_open_dates)
{
    const struct desk_parts parts = {
        .responses = "<responses>"
                     "<response standard='plan.time' date='2023-11-14'>"
                     "<start>2023-11-14</start></response>"
                     "<response standard='plan.often'><start>1900-01-01</start></response>"
                     "</responses>"};
    const struct ca_return *r;

    desk_open(&desk);
    r = accept(FILES, &parts);
    ck_assert_int_eq(response(r, FILES, "plan.time", 0)->start, r->audit_date);
    ck_assert_int_eq(response(r, FILES, "plan.time", 0)->end, CA_NO_DATE);
    ck_assert_uint_eq(response(r, FILES, "plan.often", 0)->occurred_count, 0);
    ck_assert_int_eq(response(r, FILES, "plan.often", 0)->end, CA_NO_DATE);
    desk_close(&desk);
}
END_TEST

START_TEST(test_section_not_applicable)
{
    const struct desk_parts parts = {
        .responses = "<responses><not-applicable section='family'><reason>Alone.</reason>"
                     "</not-applicable></responses>"};
    static const char *const below[] = {"family.tree", "family.never", "family.reviews"};
    bool applies[32] = {false};
    const struct ca_return *r;
    size_t i, never;

    desk_open(&desk);
    r = accept(FILES, &parts);
    ck_assert_uint_eq(r->na_section_count, 1);
    ck_assert_str_eq(r->na_sections[0].reason, "Alone.");
    for (i = 0; i < 3; i++) {
        ck_assert_int_eq(response(r, FILES, below[i], 0)->given, CA_GIVEN_NOT_APPLICABLE);
        ck_assert(response(r, FILES, below[i], 0)->by_section);
        ck_assert_str_eq(response(r, FILES, below[i], 0)->reason, "Alone.");
    }
    ck_assert_int_eq(response(r, FILES, "plan.voice", 0)->given, CA_GIVEN_NOTHING);

    /* What does not apply need not allow it; what applies must. */
    ca_return_check_na_sections(r, applies, &desk.diags);
    ck_assert_uint_eq(desk.diags.count, 0);
    memset(applies, true, sizeof(applies));
    ca_return_check_na_sections(r, applies, &desk.diags);
    never = desk_standard(&desk, FILES, "family.never");
    ck_assert_uint_eq(desk.diags.errors, 1);
    ck_assert_ptr_nonnull(strstr(desk.diags.items[0].message, "'family.never'"));
    ck_assert_str_eq(desk.diags.items[0].element, "not-applicable");
    ck_assert_int_eq(desk.diags.items[0].line, 5);
    ck_assert_int_eq(desk.diags.items[0].column, 12);
    applies[never] = false;
    ca_return_check_na_sections(r, applies, &desk.diags);
    ck_assert_uint_eq(desk.diags.errors, 1);
    desk_close(&desk);
}
END_TEST

/* The inner reason is the nearer one; each standard is told once. */
START_TEST(test_section_within_section)
{
    const struct desk_parts parts = {
        .responses = "<responses><not-applicable section='family.home'><reason>In.</reason>"
                     "</not-applicable><not-applicable section='family'><reason>Out.</reason>"
                     "</not-applicable></responses>"};
    bool applies[32];
    const struct ca_return *r;

    desk_open(&desk);
    r = accept(FILES, &parts);
    ck_assert_str_eq(response(r, FILES, "family.tree", 0)->reason, "Out.");
    ck_assert_str_eq(response(r, FILES, "family.never", 0)->reason, "In.");
    memset(applies, true, sizeof(applies));
    ca_return_check_na_sections(r, applies, &desk.diags);
    ck_assert_uint_eq(desk.diags.errors, 1);
    ck_assert_ptr_nonnull(strstr(desk.diags.items[0].message, "section 'family.home'"));
    desk_close(&desk);
}
END_TEST

START_TEST(test_agencies)
{
    const struct desk_parts parts = {
        .responses = "<responses agency='health' grade='fair' by='H2'>"
                     "<not-applicable section='u'><reason>Not seen.</reason></not-applicable>"
                     "<response standard='s.all' answer='good'/>"
                     "<response standard='s.two' answer='yes'/></responses>"
                     "<responses agency='police'/>"};
    bool applies[32];
    const struct ca_return *r;

    desk_open(&desk);
    r = accept(AGENCIES, &parts);
    ck_assert_uint_eq(r->columns, 3);
    ck_assert(r->returned[0].returned && r->returned[1].returned && !r->returned[2].returned);
    ck_assert_uint_eq(r->returned[1].grade, 1);
    ck_assert_str_eq(r->returned[1].by, "H2");
    ck_assert_uint_eq(r->returned[0].grade, CA_NONE);
    ck_assert_int_eq(response(r, AGENCIES, "s.all", 1)->given, CA_GIVEN_ANSWER);
    ck_assert_int_eq(response(r, AGENCIES, "s.all", 0)->given, CA_GIVEN_NOTHING);
    ck_assert(response(r, AGENCIES, "u.all", 1)->by_section);
    ck_assert_int_eq(response(r, AGENCIES, "u.police", 1)->given, CA_GIVEN_NOTHING);
    ck_assert(ca_return_expects(r, desk_standard(&desk, AGENCIES, "s.two"), 0));
    ck_assert(ca_return_expects(r, desk_standard(&desk, AGENCIES, "s.two"), 1));
    ck_assert(!ca_return_expects(r, desk_standard(&desk, AGENCIES, "s.two"), 2));
    ck_assert(!ca_return_expects(r, desk_standard(&desk, AGENCIES, "s.all"), 2));
    ck_assert(!ca_return_expects(r, desk_standard(&desk, AGENCIES, "u.police"), 1));
    /* The standard that forbids it is not this agency's. */
    memset(applies, true, sizeof(applies));
    ca_return_check_na_sections(r, applies, &desk.diags);
    ck_assert_uint_eq(desk.diags.errors, 0);
    desk_close(&desk);
}
END_TEST

START_TEST(test_moderation)
{
    const struct desk_parts parts = {
        .responses = "<responses><not-applicable section='family.home'><reason>x</reason>"
                     "</not-applicable>"
                     "<response standard='plan.voice' answer='good' date='2022-11-14'/>"
                     "<response standard='plan.time'><start>2023-01-01</start></response>"
                     "<response standard='plan.met' status='not-applicable' date='2020-01-01'>"
                     "<reason>y</reason></response></responses>",
        .judgement = "<judgement grade='good' by='A17' date='2023-11-14'>"
                     "<rationale>Sound.</rationale></judgement>",
        .tail = "<moderation grade='fair' by='M02' date='2023-11-21' override='yes'>"
                "<rationale>Talked over.</rationale>"
                "<change standard='plan.voice' answer='poor'><rationale>a</rationale></change>"
                "<change standard='plan.time' status='not-evidenced'><rationale>b</rationale>"
                "</change>"
                "<change standard='plan.met' answer='yes'><rationale>c</rationale></change>"
                "<change standard='family.never' answer='no'><rationale>d</rationale></change>"
                "</moderation>"};
    const struct ca_return *r;

    desk_open(&desk);
    r = accept(FILES, &parts);
    ck_assert(r->judgement.given && !r->judgement.override);
    ck_assert_uint_eq(r->judgement.grade, 0);
    ck_assert_str_eq(r->judgement.by, "A17");
    ck_assert_str_eq(r->judgement.rationale, "Sound.");
    ck_assert_int_eq(r->judgement.date, r->audit_date);
    ck_assert(r->moderation.given && r->moderation.override);
    ck_assert_uint_eq(r->moderation.grade, 1);
    ck_assert_str_eq(r->moderation.rationale, "Talked over.");
    ck_assert_uint_eq(r->change_count, 4);
    ck_assert_int_eq(r->changes[0].given, CA_GIVEN_ANSWER);
    ck_assert_uint_eq(r->changes[0].answer, 2);
    ck_assert_uint_eq(r->changes[0].standard, desk_standard(&desk, FILES, "plan.voice"));
    ck_assert_str_eq(r->changes[0].rationale, "a");
    ck_assert_int_eq(r->changes[1].given, CA_GIVEN_NOT_EVIDENCED);
    ck_assert_uint_eq(r->changes[1].agency, 0);
    desk_close(&desk);
}
END_TEST

START_TEST(test_moderation_without_a_grade)
{
    const struct desk_parts parts = {
        .responses = "<responses agency='school'><response standard='s.all' answer='good'/>"
                     "</responses>",
        .tail = "<moderation by='M02' date='2023-11-14'><change standard='s.all' "
                "agency='school' status='not-applicable'><rationale>x</rationale></change>"
                "</moderation>"};
    const struct ca_return *r;

    desk_open(&desk);
    r = accept(AGENCIES, &parts);
    ck_assert_uint_eq(r->moderation.grade, CA_NONE);
    ck_assert_uint_eq(r->changes[0].agency, 2);
    ck_assert_int_eq(r->changes[0].given, CA_GIVEN_NOT_APPLICABLE);
    ck_assert(!r->judgement.given);
    desk_close(&desk);
}
END_TEST

START_TEST(test_findings_and_actions)
{
    const struct desk_parts parts = {
        .tail = "<findings><strength theme='voice'>Heard.</strength>"
                "<improvement theme='meetings'>Late.</improvement></findings>"
                "<actions><action id='1' owner='TM4' standard='plan.voice' due='2030-01-01'>Do."
                "</action><action id='a/2' owner='TM4' due='2020-01-01' completed='2019-01-01' "
                "verified-by='QA1'>Done.</action></actions>"};
    const struct ca_return *r;

    desk_open(&desk);
    r = accept(FILES, &parts);
    ck_assert_uint_eq(r->finding_count, 2);
    ck_assert(r->findings[0].strength && !r->findings[1].strength);
    ck_assert_uint_eq(r->findings[0].theme, 0);
    ck_assert_uint_eq(r->findings[1].theme, 1);
    ck_assert_str_eq(r->findings[1].text, "Late.");
    ck_assert_uint_eq(r->findings[0].agency, CA_NONE);
    ck_assert_uint_eq(r->action_count, 2);
    ck_assert_str_eq(r->actions[0].id, "1");
    ck_assert_uint_eq(r->actions[0].standard, 0);
    ck_assert_int_eq(r->actions[0].due, date("2030-01-01"));
    ck_assert_int_eq(r->actions[0].completed, CA_NO_DATE);
    ck_assert_ptr_null(r->actions[0].verified_by);
    ck_assert_uint_eq(r->actions[1].standard, CA_NONE);
    ck_assert_str_eq(r->actions[1].verified_by, "QA1");
    ck_assert_str_eq(r->actions[1].owner, "TM4");
    desk_close(&desk);
}
END_TEST

START_TEST(test_findings_without_themes)
{
    const struct desk_parts parts = {
        .responses = "<responses agency='police'/>",
        .tail = "<findings><strength theme='Early help' agency='school'>x</strength></findings>"
                "<actions><action id='1' owner='T' agency='health'>y</action></actions>"};
    const struct ca_return *r;

    desk_open(&desk);
    r = accept(AGENCIES, &parts);
    ck_assert_uint_eq(r->findings[0].theme, CA_NONE);
    ck_assert_str_eq(r->findings[0].theme_id, "Early help");
    ck_assert_uint_eq(r->findings[0].agency, 2);
    ck_assert_uint_eq(r->actions[0].agency, 1);
    desk_close(&desk);
}
END_TEST

/* Both ends of the time in which a template is in force are within it. */
START_TEST(test_effective_dates)
{
    static const char *const days[] = {"2023-04-01", "2024-03-31"};
    char head[128];
    size_t i;

    desk_open(&desk);
    for (i = 0; i < 2; i++) {
        const struct desk_parts parts = {
            .head = head, .judgement = "<judgement grade='good' by='A17' date='2024-03-31'/>"};

        snprintf(head, sizeof(head), "<case ref='C'/><audit date='%s' auditor='A'/>", days[i]);
        accept(FILES, &parts);
    }
    desk_close(&desk);
}
END_TEST

/* ---- personal data ---- */

static const struct {
    struct desk_parts parts;
    const char *element;
    const char *says; /* NULL: no warning */
} privacy[] = {
    {{.id = "^R-9434765919"}, "return", "the return's id holds what looks like an NHS number"},
    {{.head = "^<case ref='9434765919'/><audit date='2023-11-14' auditor='A17'/>"},
     "case",
     "the case's reference holds what looks like an NHS number"},
    {{.attributes = "<attributes><attribute id='team'>north</attribute>"
                    "^<attribute id='note'>SW1A 1AA</attribute></attributes>"},
     "attribute",
     "this text holds what looks like a postcode"},
    {{.events = "<events>^<event type='entered-care' date='2023-02-01'>07700 900123</event>"
                "</events>"},
     "event",
     "a telephone number"},
    {{.responses = "<responses><response standard='plan.text'>^<text>born 1/2/2010</text>"
                   "</response></responses>"},
     "text",
     "a date of birth"},
    {{.responses = "<responses><response standard='plan.voice' answer='good'>\n"
                   " ^<evidence>jo@example.org</evidence></response></responses>"},
     "evidence",
     "an email address"},
    {{.responses = "<responses><not-applicable section='family'>^<reason>A123456789012</reason>"
                   "</not-applicable></responses>"},
     "reason",
     "a unique pupil number"},
    {{.judgement = "<judgement grade='good' by='A17' date='2023-11-14'>"
                   "^<rationale>AB123456C</rationale></judgement>"},
     "rationale",
     "a National Insurance number"},
    {{.tail = "<findings>^<strength theme='voice'>943 476 5919</strength></findings>"},
     "strength",
     "an NHS number"},
    {{.tail = "<actions>^<action id='1' owner='T'>943 476 5919</action></actions>"},
     "action",
     "an NHS number"},
    {{.id = "R-9434765918"}, NULL, NULL},
    {{.responses = "<responses><response standard='plan.voice' answer='good'>"
                   "<evidence ref='9434765919'>x</evidence></response></responses>"},
     NULL,
     NULL},
    {{.attributes = "<attributes><attribute id='team'>north</attribute>"
                    "<attribute id='visits'>0163296000</attribute></attributes>"},
     NULL,
     NULL},
    {{.responses = "<responses><response standard='plan.number'><value>0000000000</value>"
                   "</response></responses>"},
     NULL,
     NULL},
};

START_TEST(test_personal_data)
{
    size_t i;

    desk_open(&desk);
    for (i = 0; i < sizeof(privacy) / sizeof(*privacy); i++) {
        const struct ca_diag *diag;

        accept(FILES, &privacy[i].parts);
        ck_assert_msg(desk.diags.count == (privacy[i].says != NULL), "row %zu: %zu warnings", i,
                      desk.diags.count);
        if (privacy[i].says == NULL)
            continue;
        diag = &desk.diags.items[0];
        ck_assert_int_eq(diag->severity, CA_WARNING);
        ck_assert_int_eq(diag->fault, CA_FAULT_PRIVACY);
        ck_assert_str_eq(diag->element, privacy[i].element);
        ck_assert_msg(strstr(diag->message, privacy[i].says) != NULL, "row %zu: %s", i,
                      diag->message);
        ck_assert_ptr_null(strstr(diag->message, "5919"));
        if (i > 0)
            ck_assert_int_eq(diag->column, desk.column);
        ck_assert_int_eq(diag->line, i > 0 ? desk.line : 1);
    }
    desk_close(&desk);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("return");

    UNIT_CASE(suite, "case", test_plain, test_attributes, test_events_in_order,
              test_effective_dates);
    UNIT_CASE(suite, "responses", test_every_type, test_open_dates, test_section_not_applicable,
              test_section_within_section, test_agencies);
    UNIT_CASE(suite, "parts", test_moderation, test_moderation_without_a_grade,
              test_findings_and_actions, test_findings_without_themes);
    UNIT_CASE(suite, "privacy", test_personal_data);
    return suite;
}
