/* What a descriptor must be, step by step, without a shared object around it. */
#include <string.h>

#include "core/frameworks/contract.h"
#include "core/frameworks/trust.h"
#include "tests/unit/unit.h"

static void check_template(const caseaudit_host *host, void *state, const caseaudit_template *t,
                           caseaudit_diagnostics *diagnostics)
{
    (void)host, (void)state, (void)t, (void)diagnostics;
}

static void check_return(const caseaudit_host *host, void *state, const caseaudit_template *t,
                         const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    (void)host, (void)state, (void)t, (void)r, (void)diagnostics;
}

static int score(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    (void)host, (void)state, (void)t, (void)r, (void)s;
    return 0;
}

static const char *const rollups[] = {"mean", "rules", NULL};

static caseaudit_framework sound(void)
{
    return (caseaudit_framework){.magic = CASEAUDIT_MAGIC,
                                 .abi_major = CASEAUDIT_ABI_MAJOR,
                                 .abi_minor = CASEAUDIT_ABI_MINOR,
                                 .size = sizeof(caseaudit_framework),
                                 .name = "sound",
                                 .title = "Sound",
                                 .version = "1",
                                 .author = "The tests",
                                 .licence = "MIT",
                                 .rollups = rollups,
                                 .check_template = check_template,
                                 .check_return = check_return,
                                 .score = score};
}

static void expect(const caseaudit_framework *f, enum ca_load_step step, const char *text)
{
    struct ca_objection objection;
    caseaudit_framework out;

    memset(&out, 0x5a, sizeof out);
    ck_assert(!ca_contract_check(f, "sound", &out, &objection));
    ck_assert_msg(objection.step == step, "refused at %s: %s",
                  ca_load_step_name(objection.step), objection.text);
    ck_assert_msg(strstr(objection.text, text) != NULL, "the message is: %s", objection.text);
    ck_assert_uint_eq(out.magic, 0x5a5a5a5au); /* written only on success */
}

static void expect_table(const caseaudit_framework *f, const char *text)
{
    expect(f, CA_STEP_TABLES, text);
}

START_TEST(a_sound_one_is_copied)
{
    caseaudit_framework f = sound(), out;
    struct ca_objection objection;

    ck_assert(ca_contract_check(&f, "sound", &out, &objection));
    ck_assert_int_eq(memcmp(&f, &out, sizeof f), 0);
}
END_TEST

START_TEST(the_first_thing_wrong_is_the_one_named)
{
    caseaudit_framework f = sound();

    f.title = NULL;
    expect(&f, CA_STEP_TABLES, "title");
    f.name = "other";
    expect(&f, CA_STEP_SAME_NAME, "calls itself 'other'");
    f.score = NULL;
    expect(&f, CA_STEP_CALLBACKS, "score");
    f.size = 16;
    expect(&f, CA_STEP_SIZE, "16 bytes");
    f.abi_major = 9;
    expect(&f, CA_STEP_MAJOR, "version 9");
    f.magic = 0;
    expect(&f, CA_STEP_MAGIC, "not a framework");
}
END_TEST

START_TEST(each_callback_is_required)
{
    caseaudit_framework f = sound();

    f.check_template = NULL;
    expect(&f, CA_STEP_CALLBACKS, "check_template");
    f = sound();
    f.check_return = NULL;
    expect(&f, CA_STEP_CALLBACKS, "check_return");
    f = sound();
    f.score = NULL;
    expect(&f, CA_STEP_CALLBACKS, "score");
}
END_TEST

START_TEST(a_name_is_required)
{
    caseaudit_framework f = sound();

    f.name = NULL;
    expect(&f, CA_STEP_SAME_NAME, "(nothing)");
}
END_TEST

START_TEST(texts_must_be_there_and_printable)
{
    caseaudit_framework f = sound();

    f.licence = "";
    expect_table(&f, "licence");
    f = sound();
    f.author = "\033[31mred";
    expect_table(&f, "author");
    f.author = "\xc2\x9b"
               "31mred";
    expect_table(&f, "author");
    f.author = "one\nFORGED";
    expect_table(&f, "author");
    f.author = "\xff";
    expect_table(&f, "author");
    f.author = "Ed\xc3\xa9";
    f.title = "\xe2\x80\xaetfel";
    expect_table(&f, "title");
    f = sound();
    f.version = NULL;
    expect_table(&f, "version");
    f = sound();
    f.unit = "Two words";
    expect_table(&f, "unit 'Two words'");
    f = sound();
    f.look_back_months = -1;
    expect_table(&f, "look-back");
}
END_TEST

START_TEST(what_is_said_of_entries_must_be_printable)
{
    struct caseaudit_event events[] = {{"in", CASEAUDIT_ANY_NUMBER, 0, "plain"},
                                       {"out", CASEAUDIT_ANY_NUMBER, 0, "\033[31m"},
                                       {NULL, 0, 0, NULL}};
    caseaudit_framework f = sound(), out;
    struct ca_objection objection;

    f.events = events;
    expect_table(&f, "what it says of 'out' cannot be printed");
    events[1].help = "plain, too";
    ck_assert(ca_contract_check(&f, "sound", &out, &objection));
}
END_TEST

START_TEST(roll_ups_must_be_known)
{
    static const char *const odd[] = {"mean", "average", NULL};
    static const char *const none[] = {NULL};
    static const char *const endless[] = {"mean", "mean", "mean", "mean", "mean",
                                          "mean", "mean", "mean", NULL};
    caseaudit_framework f = sound();

    f.rollups = odd;
    expect_table(&f, "'average'");
    f.rollups = none;
    expect_table(&f, "knows no roll-up");
    f.rollups = NULL;
    expect_table(&f, "knows no roll-up");
    f.rollups = endless;
    expect_table(&f, "has no end");
}
END_TEST

static const struct {
    struct caseaudit_option option;
    const char *text; /* NULL: sound */
} option_cases[] = {
    {{"n", CASEAUDIT_OPTION_INTEGER, "1", 1, 5, ""}, NULL},
    {{"n", CASEAUDIT_OPTION_INTEGER, "5", 1, 5, ""}, NULL},
    {{"n", CASEAUDIT_OPTION_INTEGER, "0", 1, 5, ""}, "no integer from 1 to 5"},
    {{"n", CASEAUDIT_OPTION_INTEGER, "6", 1, 5, ""}, "no integer from 1 to 5"},
    {{"n", CASEAUDIT_OPTION_INTEGER, "five", 1, 5, ""}, "no integer from 1 to 5"},
    {{"n", CASEAUDIT_OPTION_INTEGER, NULL, 1, 5, ""}, "has no fallback"},
    {{"n", CASEAUDIT_OPTION_GRADE, "good", 0, 0, ""}, NULL},
    {{"n", CASEAUDIT_OPTION_GRADE, "Very good", 0, 0, ""}, "cannot be a grade"},
    {{"n", CASEAUDIT_OPTION_BOOLEAN, "no", 0, 0, ""}, NULL},
    {{"n", CASEAUDIT_OPTION_BOOLEAN, "maybe", 0, 0, ""}, "neither yes nor no"},
    {{"n", 7, "1", 0, 0, ""}, "type (7)"},
    {{"Upper", CASEAUDIT_OPTION_BOOLEAN, "no", 0, 0, ""}, "badly formed option 'Upper'"},
    {{"", CASEAUDIT_OPTION_BOOLEAN, "no", 0, 0, ""}, "badly formed option ''"},
    {{"-n", CASEAUDIT_OPTION_BOOLEAN, "no", 0, 0, ""}, "badly formed option '-n'"},
};

START_TEST(options_must_make_sense)
{
    struct caseaudit_option options[] = {option_cases[_i].option, {.name = NULL}};
    caseaudit_framework f = sound(), out;
    struct ca_objection objection;

    f.options = options;
    if (option_cases[_i].text != NULL)
        expect_table(&f, option_cases[_i].text);
    else
        ck_assert(ca_contract_check(&f, "sound", &out, &objection));
}
END_TEST

START_TEST(names_are_unique_in_their_table)
{
    static const struct caseaudit_event events[] = {{"review", CASEAUDIT_ANY_NUMBER, 0, ""},
                                                    {"panel", CASEAUDIT_AT_MOST_ONE, 0, ""},
                                                    {"review", CASEAUDIT_EXACTLY_ONE, 0, ""},
                                                    {NULL, 0, 0, NULL}};
    static const struct caseaudit_focus focus[] = {
        {"one", 0, ""}, {"one", CASEAUDIT_FOCUS_APART, ""}, {NULL, 0, NULL}};
    caseaudit_framework f = sound();

    f.events = events;
    expect_table(&f, "the event 'review' twice");
    f.events = NULL;
    f.focus_words = focus;
    expect_table(&f, "the focus word 'one' twice");
}
END_TEST

START_TEST(kinds_must_be_known)
{
    static const struct caseaudit_event events[] = {{"review", 3, 0, ""}, {NULL, 0, 0, NULL}};
    static const struct caseaudit_event flags[] = {{"panel", 0, 8, ""}, {NULL, 0, 0, NULL}};
    static const struct caseaudit_derived derived[] = {{"first", 2, "", NULL},
                                                       {NULL, 0, NULL, NULL}};
    caseaudit_framework f = sound();

    f.events = events;
    expect_table(&f, "event 'review'");
    f.events = flags;
    expect_table(&f, "event 'panel' has flags (0x8)");
    f.events = NULL;
    f.derived = derived;
    expect_table(&f, "derived standard 'first' is of no known kind");
}
END_TEST

START_TEST(a_derived_standard_is_worked_out_by_someone)
{
    static const struct caseaudit_derived derived[] = {
        {"first", CASEAUDIT_DERIVED_TIMESCALE, "", NULL}, {NULL, 0, NULL, NULL}};
    caseaudit_framework f = sound();

    f.derived = derived;
    expect_table(&f, "derived standard 'first' lacks its derive");
}
END_TEST

START_TEST(one_event_opens_a_case_and_one_closes_it)
{
    struct caseaudit_event events[] = {
        {"in", CASEAUDIT_EXACTLY_ONE, CASEAUDIT_EVENT_OPENS, ""},
        {"out", CASEAUDIT_AT_MOST_ONE, CASEAUDIT_EVENT_CLOSES, ""},
        {"over", CASEAUDIT_AT_MOST_ONE, CASEAUDIT_EVENT_CLOSES, ""},
        {NULL, 0, 0, NULL}};
    caseaudit_framework f = sound(), out;
    struct ca_objection objection;

    f.events = events;
    expect_table(&f, "events 'out' and 'over' both close the case");
    events[2].flags = 0;
    ck_assert(ca_contract_check(&f, "sound", &out, &objection));
    events[1].occurs = CASEAUDIT_ANY_NUMBER;
    expect_table(&f, "event 'out' closes the case, so it must happen at most once");
    events[0].occurs = CASEAUDIT_AT_MOST_ONE;
    expect_table(&f, "event 'in' opens the case, so it must happen exactly once");
}
END_TEST

START_TEST(a_plugin_names_itself_in_small_letters)
{
    ck_assert(ca_plugin_name_valid("foster-home-review"));
    ck_assert(ca_plugin_name_valid("2"));
    ck_assert(!ca_plugin_name_valid(""));
    ck_assert(!ca_plugin_name_valid("a.b"));
    ck_assert(!ca_plugin_name_valid("a/b"));
    ck_assert(!ca_plugin_name_valid("A"));
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("contract");
    TCase *options = tcase_create("options");

    UNIT_CASE(suite, "steps", a_sound_one_is_copied, the_first_thing_wrong_is_the_one_named,
              each_callback_is_required, a_name_is_required,
              a_derived_standard_is_worked_out_by_someone,
              one_event_opens_a_case_and_one_closes_it);
    UNIT_CASE(suite, "tables", texts_must_be_there_and_printable,
              what_is_said_of_entries_must_be_printable, roll_ups_must_be_known,
              names_are_unique_in_their_table, kinds_must_be_known,
              a_plugin_names_itself_in_small_letters);
    tcase_add_loop_test(options, options_must_make_sense, 0,
                        (int)(sizeof option_cases / sizeof option_cases[0]));
    suite_add_tcase(suite, options);
    return suite;
}
