#include <string.h>

#include "tests/unit/return_sample.h"
#include "tests/unit/unit.h"

/*
 * The catalogue of what is wrong in a return beyond its schema. '^' in a part stands
 * before the element at which the fault is to be told; without one it is the
 * root. Each row has this one fault, and no other may follow from it.
 */

static struct desk desk;

struct row {
    struct desk_parts parts;
    const char *says;
};

#define CHECK(which, rows) check_rows(which, rows, sizeof(rows) / sizeof(*(rows)))

static void check_rows(enum desk_template which, const struct row *rows, size_t count)
{
    size_t i;

    desk_open(&desk);
    for (i = 0; i < count; i++) {
        const struct ca_return *r = desk_read(&desk, which, &rows[i].parts);
        const struct ca_diag *diag = desk.diags.items;

        ck_assert_msg(r == NULL, "row %zu (%s) is accepted", i, rows[i].says);
        ck_assert_msg(desk.diags.errors == 1, "row %zu (%s): %zu errors, the first: %s", i,
                      rows[i].says, desk.diags.errors,
                      desk.diags.errors > 0 ? diag->message : "-");
        ck_assert_msg(strstr(diag->message, rows[i].says) != NULL, "row %zu: '%s' for '%s'", i,
                      diag->message, rows[i].says);
        ck_assert_msg(diag->line == desk.line && diag->column == desk.column,
                      "row %zu (%s) at %d:%d, expected %d:%d", i, rows[i].says, diag->line,
                      diag->column, desk.line, desk.column);
        ck_assert_int_eq(diag->fault, CA_FAULT_RULE);
    }
    desk_close(&desk);
}

/* ---- case, attributes, events ---- */

#define AUDIT(date) .head = "<case ref='C1'/>\n^<audit date='" date "' auditor='A17'/>\n"

START_TEST(test_audit)
{
    static const struct row rows[] = {
        {{AUDIT("2023-03-31")}, "2023-03-31 is before 2023-04-01, from when template 'files'"},
        {{AUDIT("2024-04-01"),
          .judgement = "<judgement grade='good' by='A17' date='2024-04-01'/>"},
         "2024-04-01 is after 2024-03-31, until when template 'files' version 1"},
    };

    CHECK(FILES, rows);
}
END_TEST

START_TEST(test_retired)
{
    const struct desk_parts parts = {AUDIT("2023-11-15"), .judgement =
                                                              "<judgement grade='good' by='A' "
                                                              "date='2023-11-15'/>"};

    desk_open(&desk);
    ck_assert(ca_date_parse("2023-11-15", &desk.templates[FILES]->retired_on));
    ck_assert_ptr_nonnull(desk_read(&desk, FILES, &parts));
    desk.templates[FILES]->retired_on--;
    ck_assert_ptr_null(desk_read(&desk, FILES, &parts));
    ck_assert_uint_eq(desk.diags.errors, 1);
    ck_assert_ptr_nonnull(strstr(desk.diags.items[0].message,
                                 "2023-11-15 is after 2023-11-14, when template 'files' "
                                 "version 1 was retired"));
    ck_assert_int_eq(desk.diags.items[0].line, desk.line);
    desk_close(&desk);
}
END_TEST

#define TEAM             "<attribute id='team'>north</attribute>"
#define ATTRIBUTES(rest) .attributes = "<attributes>" TEAM rest "</attributes>"

START_TEST(test_attributes)
{
    static const struct row rows[] = {
        {{.attributes = ""},
         "attribute 'team' (Team) is required, and is missing: add <attribute id=\"team\">…"
         "</attribute> to <attributes>, which stands behind <audit>; it must be 'north'"},
        {{.attributes = "^<attributes/>"}, "attribute 'team' (Team) is required"},
        {{.attributes = "<attributes>^<attribute id='team'> </attribute></attributes>"},
         "attribute 'team' is required, and is blank here: write its value; it must be "
         "'north'"},
        {{.attributes = "<attributes>^<attribute id='taem'>north</attribute></attributes>"},
         "'taem' is not an attribute of template 'files'; did you mean 'team'?"},
        {{ATTRIBUTES("^<attribute id='zzzzzz'>x</attribute>")}, "'zzzzzz' is not an attribute"},
        {{ATTRIBUTES("\n^<attribute id='team'>north</attribute>")},
         "attribute 'team' is given twice, first in line 3"},
        {{.attributes = "<attributes>^<attribute id='team'>nroth</attribute></attributes>"},
         "'nroth' is not a value of attribute 'team'; did you mean 'north'?"},
        {{ATTRIBUTES("^<attribute id='visits'>1000000001</attribute>")},
         "'visits' is a whole number from -1000000000 to 1000000000; found '1000000001'"},
        {{ATTRIBUTES("^<attribute id='visits'>-1000000001</attribute>")}, "'-1000000001'"},
        {{ATTRIBUTES("^<attribute id='visits'>1.0</attribute>")}, "found '1.0'"},
        {{ATTRIBUTES("^<attribute id='visits'>many</attribute>")}, "found 'many'"},
        {{ATTRIBUTES("^<attribute id='seen'>2023-02-29</attribute>")},
         "'seen' is a date written as YYYY-MM-DD, from 1900 to 2199; found '2023-02-29'"},
        {{ATTRIBUTES("^<attribute id='seen'>1899-12-31</attribute>")}, "found '1899-12-31'"},
    };

    CHECK(FILES, rows);
}
END_TEST

#define ENTERED      "<event type='entered-care' date='2023-02-01'/>"
#define EVENTS(rest) .events = "<events>" ENTERED "\n" rest "</events>"

START_TEST(test_events)
{
    static const struct row rows[] = {
        {{.events = ""},
         "event 'entered-care' is required, and is missing: add <event type=\"entered-care\" "
         "date=\"…\"/> to <events>"},
        {{.events = "^<events><event type='review' date='2023-03-01'/></events>"},
         "event 'entered-care' is required"},
        {{.events = "<events>^<event type='enterd-care' date='2023-03-01'/></events>"},
         "'enterd-care' is not an event of framework 'files'; did you mean 'entered-care'?"},
        {{EVENTS("^<event type='zzzzzzz' date='2023-03-01'/>")},
         "'zzzzzzz' is not an event of framework 'files'"},
        {{EVENTS("^<event type='review' date='2023-11-15'/>")},
         "event 'review' of 2023-11-15 is after the audit date 2023-11-14"},
        {{EVENTS("^<event type='entered-care' date='2023-02-01'/>")},
         "event 'entered-care' can happen once only; the first is in line 4"},
        {{EVENTS("<event type='left-care' date='2023-03-01'/>\n"
                 "^<event type='left-care' date='2023-03-02'/>")},
         "event 'left-care' can happen once only; the first is in line 5"},
        {{EVENTS("<event type='visit' date='2022-12-01'/><event type='call' date='2022-12-01'/>"
                 "<event type='meeting' date='2022-12-01'/>\n"
                 "^<event type='review' date='2023-01-31'/>")},
         "'review' on 2023-01-31 is before 'entered-care' on 2023-02-01; only meeting, call "
         "and "
         "visit may be"},
        {{EVENTS("<event type='review' date='2023-03-01'/>"
                 "<event type='left-care' date='2023-03-01'/>\n"
                 "^<event type='meeting' date='2023-03-02'/>")},
         "'meeting' on 2023-03-02 is after 'left-care' on 2023-03-01; nothing may be"},
        {{EVENTS("^<event type='left-care' date='2023-01-31'/>")},
         "'left-care' on 2023-01-31 is before 'entered-care' on 2023-02-01"},
    };
    static const struct row without[] = {
        {{.events = "<events>^<event type='review' date='2023-03-01'/></events>"},
         "framework 'agencies' knows no events; found 'review'"},
    };

    CHECK(FILES, rows);
    CHECK(AGENCIES, without);
}
END_TEST

/* ---- responses ---- */

#define RESPONSES(text) .responses = "<responses>" text "</responses>"

START_TEST(test_which_standard)
{
    static const struct row rows[] = {
        {{RESPONSES("^<response standard='plan.vioce' answer='good'/>")},
         "'plan.vioce' is not a standard of template 'files'; did you mean 'plan.voice'?"},
        {{RESPONSES("^<response standard='plan' answer='good'/>")}, "'plan' is not a standard"},
        {{RESPONSES("<response standard='plan.voice' answer='good'/>\n"
                    "^<response standard='plan.voice' answer='fair'/>")},
         "standard 'plan.voice' has a response already, in line 5"},
        {{RESPONSES("<not-applicable section='family'><reason>x</reason></not-applicable>\n"
                    "^<response standard='family.tree' answer='yes'/>")},
         "standard 'family.tree' has a response, and its section is declared not applicable in "
         "line 5"},
        {{RESPONSES("<not-applicable section='family'><reason>x</reason></not-applicable>"
                    "^<response standard='family.reviews' status='not-applicable'>"
                    "<reason>y</reason></response>")},
         "standard 'family.reviews' has a response, and its section"},
        {{.responses = DESK_RESPONSES "^<responses/>"},
         "responses stand here a second time; the first are in line 5"},
        {{.responses = "^<responses agency='police'/>"},
         "template 'files' has no agencies; leave the attribute 'agency' out"},
        {{.responses = "^<responses grade='good' by='A'/>"},
         "has no agencies, and so no grade of an agency's own"},
    };

    CHECK(FILES, rows);
}
END_TEST

#define NA(section) "<not-applicable section='" section "'><reason>x</reason></not-applicable>"

START_TEST(test_sections)
{
    static const struct row rows[] = {
        {{RESPONSES("^" NA("famliy"))},
         "'famliy' is not a section of template 'files'; did you mean 'family'?"},
        {{RESPONSES("^" NA("plan.voice"))}, "'plan.voice' is not a section"},
        {{RESPONSES(NA("plan") "\n^" NA("plan"))},
         "section 'plan' is declared not applicable twice, first in line 5"},
    };

    CHECK(FILES, rows);
}
END_TEST

START_TEST(test_not_applicable)
{
    static const struct row rows[] = {
        {{RESPONSES("^<response standard='plan.voice' status='not-applicable'/>")},
         "standard 'plan.voice' can be not applicable only with a 'reason', which is missing: "
         "say in <reason> why"},
        {{RESPONSES("^<response standard='plan.voice' status='not-applicable'>"
                    "<reason> </reason></response>")},
         "only with a 'reason'"},
        {{RESPONSES("^<response standard='plan.first' status='not-applicable'/>")},
         "standard 'plan.first' can be not applicable only with a 'reason'"},
        {{RESPONSES("^<response standard='family.reviews' status='not-applicable'/>")},
         "standard 'family.reviews' can be not applicable only with a 'reason'"},
        {{RESPONSES("^<response standard='family.never' status='not-applicable'>"
                    "<reason>x</reason></response>")},
         "standard 'family.never' cannot be not applicable"},
        {{RESPONSES("^<response standard='plan.voice' status='not-applicable' answer='good'>"
                    "<reason>x</reason></response>")},
         "standard 'plan.voice' is not applicable here, and so takes a 'reason' only; found an "
         "'answer'"},
        {{RESPONSES("^<response standard='plan.number' status='not-applicable'>"
                    "<value>1</value></response>")},
         "takes a 'reason' only; found 'value'"},
        {{RESPONSES("^<response standard='plan.met' status='not-evidenced' answer='no'/>")},
         "is not evidenced here, and so takes evidence only; found an 'answer'"},
        {{RESPONSES("^<response standard='plan.met' status='not-evidenced'>"
                    "<reason>x</reason></response>")},
         "takes evidence only; found 'reason'"},
        {{RESPONSES("^<response standard='plan.first'><start>2023-01-01</start></response>")},
         "standard 'plan.first' is worked out from the events; it takes no response but"},
        {{RESPONSES("^<response standard='plan.first' status='not-evidenced'/>")},
         "is worked out from the events"},
        {{RESPONSES("^<response standard='plan.first' answer='met'/>")},
         "is worked out from the events"},
    };

    CHECK(FILES, rows);
}
END_TEST

#define RESPONSE(standard, content)                                                            \
    RESPONSES("^<response standard='" standard "'>" content "</response>")

START_TEST(test_content_and_type)
{
    static const struct row rows[] = {
        {{RESPONSES("^<response standard='plan.voice' answer='god'/>")},
         "answer 'god' of standard 'plan.voice' is not in list 'grades'; did you mean 'good'?"},
        {{RESPONSES("^<response standard='plan.met' answer='good'/>")},
         "answer 'good' of standard 'plan.met' is not in list 'met'"},
        {{RESPONSES("^<response standard='plan.voice'/>")},
         "standard 'plan.voice' takes an 'answer'; nothing of this is given"},
        {{RESPONSE("plan.voice", "<evidence>x</evidence>")}, "takes an 'answer'; nothing"},
        {{RESPONSE("plan.voice", "<value>1</value>")}, "takes an 'answer'; found 'value'"},
        {{RESPONSE("plan.voice", "<reason>x</reason>")}, "takes an 'answer'; found 'reason'"},
        {{RESPONSES("^<response standard='plan.time' answer='met'/>")},
         "'plan.time' is a timescale and takes 'start' and, if it has happened, 'end'; found "
         "an "
         "'answer'"},
        {{RESPONSE("plan.time", "")}, "is a timescale and takes 'start'"},
        {{RESPONSE("plan.time", "<text>x</text>")}, "found 'text'"},
        {{RESPONSE("plan.often", "")}, "is a frequency and takes 'start', each 'occurred'"},
        {{RESPONSE("plan.often", "<value>3</value>")}, "found 'value'"},
        {{RESPONSE("plan.number", "")}, "is a number and takes a 'value'; nothing"},
        {{RESPONSE("plan.number", "<text>3</text>")}, "takes a 'value'; found 'text'"},
        {{RESPONSE("plan.points", "<start>2023-01-01</start>")},
         "counts points and takes a 'value'; found 'start'"},
        {{RESPONSE("plan.text", "")}, "takes a 'text'; nothing"},
        {{RESPONSE("plan.text", "<value>3</value>")}, "takes a 'text'; found 'value'"},
        {{RESPONSES("<response standard='plan.text'>^<text>  </text></response>")},
         "the text of standard 'plan.text' is blank"},
    };

    CHECK(FILES, rows);
}
END_TEST

#define VALUE(standard, value)                                                                 \
    RESPONSES("<response standard='" standard "'>^<value>" value "</value></response>")

START_TEST(test_values)
{
    static const struct row rows[] = {
        {{VALUE("plan.number", "10.001")},
         "value 10.001 of standard 'plan.number' is outside -1.5 to 10"},
        {{VALUE("plan.number", "-1.501")}, "value -1.501"},
        {{VALUE("plan.points", "-2.5")},
         "value -2.5 of standard 'plan.points' is outside 0 to 40"},
        {{VALUE("plan.points", "42.5")}, "outside 0 to 40"},
        {{VALUE("plan.points", "3.75")},
         "value 3.75 of standard 'plan.points' is not a multiple of its step 2.5"},
    };

    CHECK(FILES, rows);
}
END_TEST

#define OFTEN(content) RESPONSES("<response standard='plan.often'>" content "</response>")
#define TIME(content)  RESPONSES("<response standard='plan.time'>" content "</response>")

START_TEST(test_dates)
{
    static const struct row rows[] = {
        {{RESPONSES("^<response standard='plan.voice' answer='good' date='2023-11-15'/>")},
         "date 2023-11-15 is after the audit date 2023-11-14"},
        {{TIME("^<start>2023-11-15</start>")}, "start 2023-11-15 is after the audit date"},
        {{TIME("<start>2023-11-14</start>\n^<end>2023-11-15</end>")},
         "end 2023-11-15 is after the audit date 2023-11-14"},
        {{TIME("<start>2023-02-02</start>^<end>2023-02-01</end>")},
         "end 2023-02-01 is before start 2023-02-02"},
        {{OFTEN("<start>2023-02-02</start>^<occurred>2023-02-01</occurred>")},
         "occurred 2023-02-01 is before start 2023-02-02"},
        {{OFTEN("<start>2023-02-02</start>^<occurred>2023-02-05</occurred>"
                "<end>2023-02-04</end>")},
         "occurred 2023-02-05 is after end 2023-02-04"},
        {{OFTEN("<start>2023-02-02</start>^<occurred>2023-11-15</occurred>")},
         "occurred 2023-11-15 is after the audit date"},
        {{OFTEN("<start>2023-02-02</start>^<end>2023-02-01</end>")},
         "end 2023-02-01 is before start 2023-02-02"},
    };

    CHECK(FILES, rows);
}
END_TEST

/* ---- agencies ---- */

#define POLICE(content) "<responses agency='police'>" content "</responses>"

START_TEST(test_agencies)
{
    static const struct row rows[] = {
        {{.responses = "^<responses/>"},
         "template 'agencies' has agencies; say with 'agency' whose return this is"},
        {{.responses = "^<responses agency='polic'/>"},
         "'polic' is not an agency of template 'agencies'; did you mean 'police'?"},
        {{.responses = "<responses agency='police'/>\n^<responses agency='police'/>"},
         "agency 'police' returns twice; its first responses are in line 3"},
        {{.responses = "^<responses agency='police' grade='god' by='P3'/>"},
         "'god' is not a grade of template 'agencies'; did you mean 'good'?"},
        {{.responses = "^<responses agency='police' grade='good'/>"},
         "an agency's own grade needs 'by'"},
        {{.responses = "<responses agency='school'>^<response standard='s.two' answer='yes'/>"
                       "</responses>"},
         "standard 's.two' is not for agency 'school' to answer"},
        {{.responses = POLICE("<response standard='s.two' answer='yes'/>\n"
                              "^<response standard='s.two' answer='yes'/>")},
         "standard 's.two' has a response already, in line 3"},
        {{.responses = POLICE(NA("s") "^<response standard='s.two' answer='yes'/>")},
         "standard 's.two' has a response, and its section"},
    };

    CHECK(AGENCIES, rows);
}
END_TEST

/* ---- judgement, moderation ---- */

#define MODERATION(attributes, content)                                                        \
    .tail = "^<moderation date='2023-11-21' " attributes ">" content "</moderation>"
#define CHANGE(attributes)                                                                     \
    .tail = "<moderation grade='fair' by='M02' date='2023-11-21'>\n^<change " attributes       \
            "><rationale>x</rationale></change></moderation>"

START_TEST(test_verdicts)
{
    static const struct row rows[] = {
        {{.judgement = ""},
         "a 'judgement' is required, and is missing: add <judgement grade=\"…\" by=\"…\""},
        {{.judgement = "^<judgement grade='grood' by='A17' date='2023-11-14'/>"},
         "'grood' is not a grade of template 'files'; did you mean 'good'?"},
        {{.judgement = "^<judgement grade='good' by='A17' date='2023-11-13'/>"},
         "judgement 2023-11-13 is before the audit date 2023-11-14"},
        {{MODERATION("grade='god' by='M02'", "")}, "'god' is not a grade"},
        {{MODERATION("grade='good' by='A17'", "")},
         "'A17' audited this case; a moderator is someone other than the auditor"},
        {{.tail = "^<moderation grade='good' by='M02' date='2023-11-13'/>"},
         "moderation 2023-11-13 is before the audit date 2023-11-14"},
        {{MODERATION("grade='good' by='M02' override='yes'", "")},
         "override=\"yes\" needs a 'rationale'"},
        {{MODERATION("grade='good' by='M02' override='yes'", "<rationale> </rationale>")},
         "needs a 'rationale'"},
        {{MODERATION("by='M02'", "")}, "a moderation needs a 'grade'"},
        {{MODERATION("by='M02'", "<change standard='plan.voice' answer='fair'>"
                                 "<rationale>x</rationale></change>")},
         "a moderation needs a 'grade', unless"},
    };
    static const struct row computed[] = {
        {{MODERATION("by='M02'", "")}, "a moderation needs a 'grade'"},
    };

    CHECK(FILES, rows);
    CHECK(AGENCIES, computed);
}
END_TEST

START_TEST(test_changes)
{
    static const struct row rows[] = {
        {{CHANGE("standard='plan.voise' answer='fair'")},
         "'plan.voise' is not a standard of template 'files'; did you mean 'plan.voice'?"},
        {{CHANGE("standard='plan.voice' answer='fiar'")},
         "answer 'fiar' of standard 'plan.voice' is not in list 'grades'; did you mean "
         "'fair'?"},
        {{CHANGE("standard='plan.met' answer='yes'")},
         "standard 'plan.met' has no response to be changed"},
        {{CHANGE("standard='plan.voice'")}, "a change needs a new 'answer' or 'status'"},
        {{CHANGE("standard='plan.voice' answer='fair' status='not-evidenced'")},
         "a change gives an 'answer' or a 'status', not both"},
        {{CHANGE("standard='plan.first' status='not-applicable'")},
         "standard 'plan.first' is worked out from the events and cannot be changed"},
        {{CHANGE("standard='plan.number' answer='fair'"),
          RESPONSES("<response standard='plan.number'><value>1</value></response>")},
         "standard 'plan.number' has no list of answers; a change can give it a 'status' only"},
        {{CHANGE("standard='plan.voice' agency='police' answer='fair'")},
         "template 'files' has no agencies; leave the attribute 'agency' out"},
        {{CHANGE("standard='plan.voice' answer='fair'"),
          RESPONSES("<response standard='plan.voice' answer='good' date='2022-11-13'/>")},
         "standard 'plan.voice' is out of scope, since its date 2022-11-13 is before "
         "2022-11-14, where the look-back begins"},
        {{CHANGE("standard='plan.voice' status='not-applicable'"),
          RESPONSES("<response standard='plan.voice' status='not-evidenced' "
                    "date='2021-01-01'/>")},
         "standard 'plan.voice' is out of scope"},
        {{CHANGE("standard='family.never' status='not-applicable'"),
          RESPONSES("<response standard='family.never' answer='yes'/>")},
         "standard 'family.never' cannot be not applicable"},
        {{.tail =
              "<moderation grade='fair' by='M02' date='2023-11-21'>\n"
              "<change standard='plan.voice' answer='fair'><rationale>x</rationale></change>"
              "\n^<change standard='plan.voice' answer='poor'><rationale>x</rationale>"
              "</change></moderation>"},
         "standard 'plan.voice' is changed twice, first in line 8"},
    };

    CHECK(FILES, rows);
}
END_TEST

START_TEST(test_changes_of_agencies)
{
    static const struct row rows[] = {
        {{.responses = POLICE(""), CHANGE("standard='s.all' answer='fair'")},
         "template 'agencies' has agencies; say with 'agency' whose answer this is"},
        {{.responses = POLICE(""), CHANGE("standard='s.all' agency='polic' answer='fair'")},
         "'polic' is not an agency"},
        {{.responses = POLICE(""), CHANGE("standard='s.two' agency='school' answer='yes'")},
         "standard 's.two' is not for agency 'school' to answer"},
        {{.responses = POLICE("<response standard='s.all' answer='good'/>"),
          CHANGE("standard='s.all' agency='health' answer='fair'")},
         "standard 's.all' has no response to be changed"},
    };

    CHECK(AGENCIES, rows);
}
END_TEST

/* ---- findings, actions ---- */

#define FINDING(attributes)                                                                    \
    .tail = "<findings>^<strength " attributes ">x</strength></findings>"
#define ACTION(attributes)                                                                     \
    .tail = "<actions><action id='1' owner='T1'>x</action>\n^<action " attributes              \
            ">y</action></actions>"

START_TEST(test_findings_and_actions)
{
    static const struct row rows[] = {
        {{FINDING("theme='vioce'")},
         "'vioce' is not a theme of template 'files'; did you mean 'voice'?"},
        {{FINDING("theme='Some long text'")}, "'Some long text' is not a theme"},
        {{FINDING("theme='voice' agency='police'")}, "template 'files' has no agencies"},
        {{ACTION("id='1' owner='T1'")}, "action '1' stands twice, first in line 7"},
        {{ACTION("id='2' owner='T1' standard='plan.vioce'")},
         "'plan.vioce' is not a standard of template 'files'; did you mean 'plan.voice'?"},
        {{ACTION("id='2' owner='T1' agency='police'")}, "template 'files' has no agencies"},
        {{ACTION("id='2' owner='T1' completed='2023-12-01' verified-by='T1'")},
         "'T1' owns this action; it is for someone else to verify it"},
        {{ACTION("id='2' owner='T1' verified-by='Q1'")},
         "an action cannot be verified before it is completed"},
    };
    static const struct row of_agencies[] = {
        {{FINDING("theme='any' agency='polic'")}, "'polic' is not an agency"},
        {{ACTION("id='2' owner='T1' agency='scholl'")}, "did you mean 'school'?"},
    };

    CHECK(FILES, rows);
    CHECK(AGENCIES, of_agencies);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("return_faults");

    UNIT_CASE(suite, "case", test_audit, test_retired, test_attributes, test_events);
    UNIT_CASE(suite, "responses", test_which_standard, test_sections, test_not_applicable,
              test_content_and_type, test_values, test_dates, test_agencies);
    UNIT_CASE(suite, "parts", test_verdicts, test_changes, test_changes_of_agencies,
              test_findings_and_actions);
    return suite;
}
