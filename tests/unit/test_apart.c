/*
 * A framework apart from the return it scores: the brief says all that it can see, the opinion
 * all that it did, and the engine comes to the same with both as with the framework at hand.
 * Bytes that are no brief or no opinion are that and no more: where something is missing or
 * another, nothing is read beyond the end, and what can be told of is told.
 */
#include <stdlib.h>
#include <string.h>

#include "core/frameworks/apart.h"
#include "core/frameworks/services.h"
#include "tests/unit/return_sample.h"
#include "tests/unit/unit.h"

static struct desk desk;
static struct ca_host host;

static void open_files(void)
{
    desk_open(&desk);
    ca_host_init(&host);
}

static void close_files(void)
{
    desk_close(&desk);
}

/* One of the files, with something of all that a framework can see. */
static struct ca_return *read_file(void)
{
    static const struct desk_parts parts = {
        .attributes = "<attributes><attribute id='team'>south</attribute>"
                      "<attribute id='note'>Seen at home</attribute>"
                      "<attribute id='visits'>-3</attribute></attributes>",
        .events = "<events><event type='entered-care' date='2023-02-01'/>"
                  "<event type='review' date='2023-02-20'/>"
                  "<event type='call' date='2023-01-05'/></events>",
        .responses =
            "<responses><response standard='plan.voice' answer='good'/>"
            "<response standard='plan.time'><start>2023-09-02</start>"
            "<end>2023-09-20</end></response>"
            "<response standard='plan.number'><value>-1.25</value></response></responses>"};
    struct ca_return *r = desk_read(&desk, FILES, &parts);

    ck_assert_msg(r != NULL, "%s", desk.diags.count > 0 ? desk.diags.items[0].message : "?");
    return r;
}

static struct ca_return *read_agencies(void)
{
    static const struct desk_parts parts = {
        .responses = "<responses agency='police'><response standard='s.all' answer='good'/>"
                     "<response standard='s.two' answer='no'/>"
                     "<response standard='u.police' answer='yes'/>"
                     "<response standard='u.all' answer='yes'/></responses>"};
    struct ca_return *r = desk_read(&desk, AGENCIES, &parts);

    ck_assert_msg(r != NULL, "%s", desk.diags.count > 0 ? desk.diags.items[0].message : "?");
    return r;
}

/* ---- the brief ---- */

/* From memory of its own length, so that a look beyond the end is found. */
static struct ca_return *unpack(const char *bytes, size_t length, const struct ca_template *t)
{
    char *copy = malloc(length > 0 ? length : 1);
    struct ca_return *r = NULL;
    struct ca_brief brief;

    memcpy(copy, bytes, length);
    if (ca_brief_open(copy, length, &brief) && strcmp(brief.template_id, t->id) == 0)
        r = ca_brief_unpack(&brief, desk.arena, t);
    free(copy);
    return r;
}

START_TEST(a_brief_says_all_of_the_return)
{
    const struct ca_return *audit = read_file(), *seen;
    struct ca_buffer first = {0}, again = {0};
    struct ca_brief brief;

    ca_brief_pack(audit, true, &first);
    ck_assert(ca_brief_open(first.data, first.length, &brief));
    ck_assert(brief.good);
    ck_assert_str_eq(brief.template_id, "files");
    ck_assert_str_eq(brief.template_version, "1");
    seen = ca_brief_unpack(&brief, desk.arena, audit->template);
    ck_assert_ptr_nonnull(seen);
    ck_assert_str_eq(host.table.attribute(ca_return_handle(seen), "team"), "south");
    ck_assert_str_eq(host.table.attribute(ca_return_handle(seen), "note"), "Seen at home");
    ck_assert_uint_eq(host.table.event_count(ca_return_handle(seen)), 3);
    ck_assert_int_eq(host.table.audit_date(ca_return_handle(seen)),
                     host.table.audit_date(ca_return_handle(audit)));
    ck_assert_ptr_null(seen->id); /* which is none of the framework's */
    ca_brief_pack(seen, true, &again);
    ck_assert_uint_eq(first.length, again.length);
    ck_assert_int_eq(memcmp(first.data, again.data, first.length), 0);
    ca_buffer_free(&first);
    ca_buffer_free(&again);
}
END_TEST

START_TEST(what_is_no_brief_is_none)
{
    const struct ca_return *audit = read_file();
    struct ca_buffer brief = {0};

    ca_brief_pack(audit, true, &brief);
    for (size_t length = 0; length < brief.length; length++)
        if (unpack(brief.data, length, audit->template) != NULL)
            ck_abort_msg("%zu of %zu bytes are taken for all", length, brief.length);
    ca_buffer_putc(&brief, '\0');
    ck_assert_ptr_null(unpack(brief.data, brief.length, audit->template));
    ca_buffer_free(&brief);
}
END_TEST

/* Whatever a byte is changed to, what is taken is held to the template. */
START_TEST(a_changed_brief_leads_nowhere)
{
    const struct ca_return *audit = read_file(), *seen;
    const struct ca_template *t = audit->template;
    struct ca_buffer brief = {0};

    ca_brief_pack(audit, true, &brief);
    for (size_t i = 0; i < brief.length; i++)
        for (int change = 1; change < 256; change += 2) {
            brief.data[i] = (char)(brief.data[i] ^ change);
            seen = unpack(brief.data, brief.length, t);
            for (size_t k = 0; seen != NULL && k < seen->event_count; k++)
                if (seen->events[k].type == NULL)
                    ck_abort_msg("byte %zu, change %d: an event of no type", i, change);
            for (size_t k = 0; seen != NULL && k < t->standard_count; k++)
                if (seen->responses[k].given > CA_GIVEN_NOT_APPLICABLE)
                    ck_abort_msg("byte %zu, change %d: given in no way", i, change);
            brief.data[i] = (char)(brief.data[i] ^ change);
        }
    ca_buffer_free(&brief);
}
END_TEST

/* ---- the opinion ---- */

static void check_template(const caseaudit_host *h, void *state, const caseaudit_template *t,
                           caseaudit_diagnostics *diagnostics)
{
    (void)state;
    h->log(h, "looked at %zu standards", h->standard_count(t));
    h->template_fault(diagnostics, t, CASEAUDIT_WARNING, CASEAUDIT_AT_STANDARD, 1, "one %s",
                      "warning");
}

static void check_return(const caseaudit_host *h, void *state, const caseaudit_template *t,
                         const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    (void)state, (void)t;
    h->return_fault(diagnostics, r, CASEAUDIT_WARNING, CASEAUDIT_AT_AUDIT, 0, "audited on %d",
                    (int)h->audit_date(r));
}

static int score(const caseaudit_host *h, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    (void)state, (void)t, (void)r;
    h->score_as_template(s);
    h->set_section(s, 0, 0, 150);
    h->set_agency(s, 0, 100);
    h->set_overall(s, 120, 1);
    h->limit(s, "own", 2, "so it is");
    h->measure(s, "half", "A half", 1, 2);
    h->note(s, CASEAUDIT_AT_SECTION, 1, "%d of it", 7);
    h->log(h, "scored");
    return 0;
}

/* What is said of a return with the one framework and with the other, a line each thing. */
static void tell(const struct ca_plugin *plugin, const struct ca_return *audit,
                 struct ca_buffer *out)
{
    const struct ca_engine_options options = {.allow_incomplete = true};
    const struct ca_result *result;
    struct ca_diags diags;

    ca_diags_init(&diags, audit->arena);
    result = ca_engine_score(plugin, audit, &options, &diags);
    for (size_t i = 0; i < diags.count; i++)
        ca_buffer_printf(out, "%d:%d %s\n", diags.items[i].line, diags.items[i].severity,
                         diags.items[i].message);
    if (result == NULL)
        return;
    ca_buffer_printf(out, "%d %zu %zu, a section %d, an agency %d\n", (int)result->score,
                     result->computed, result->grade, (int)result->by_agency[0].score,
                     (int)result->agencies[0].score);
    for (size_t i = 0; i < result->limit_count; i++)
        ca_buffer_printf(out, "%s %s\n", result->limits[i].id, result->limits[i].reason);
    for (size_t i = 0; i < result->measure_count; i++)
        ca_buffer_printf(out, "%s %s\n", result->measures[i].id, result->measures[i].label);
    for (size_t i = 0; i < result->note_count; i++)
        ca_buffer_printf(out, "%zu %s\n", result->notes[i].index, result->notes[i].text);
}

static void keep_line(void *context, const char *text)
{
    ca_buffer_printf(context, "logged: %s\n", text);
}

static struct ca_plugin at_hand(const struct ca_template *t)
{
    struct ca_plugin plugin = {.host = &host.table};

    plugin.framework = *t->framework;
    plugin.framework.check_template = check_template;
    plugin.framework.check_return = check_return;
    plugin.framework.score = score;
    return plugin;
}

static struct ca_plugin not_at_hand(const struct ca_template *t, struct ca_opinion *opinion)
{
    struct ca_plugin plugin = at_hand(t);

    ca_opinion_callbacks(&plugin.framework);
    plugin.state = opinion;
    return plugin;
}

START_TEST(an_opinion_comes_to_the_same)
{
    const struct ca_return *audit = read_agencies();
    struct ca_plugin plugin = at_hand(audit->template);
    struct ca_buffer bytes = {0}, here = {0}, there = {0};
    struct ca_opinion opinion;

    ca_opinion_of_return(&plugin, audit, true, &bytes);
    host.log = keep_line;
    host.log_context = &here;
    tell(&plugin, audit, &here);
    opinion = ca_opinion_open("agencies", bytes.data, bytes.length);
    plugin = not_at_hand(audit->template, &opinion);
    host.log_context = &there;
    tell(&plugin, audit, &there);
    ck_assert_str_eq(here.data, there.data);
    ck_assert_ptr_nonnull(strstr(here.data, "logged: scored"));
    ck_assert_ptr_nonnull(strstr(here.data, "own so it is"));
    ck_assert_ptr_nonnull(strstr(here.data, "half A half"));
    ck_assert_ptr_nonnull(strstr(here.data, "1 7 of it"));
    ca_buffer_free(&bytes);
    ca_buffer_free(&here);
    ca_buffer_free(&there);
}
END_TEST

START_TEST(so_does_one_of_a_template)
{
    const struct ca_template *t = desk.templates[AGENCIES];
    struct ca_plugin plugin = at_hand(t);
    struct ca_buffer bytes = {0}, log = {0};
    struct ca_opinion opinion;
    struct ca_diags diags;

    ca_opinion_of_template(&plugin, t, &bytes);
    opinion = ca_opinion_open("agencies", bytes.data, bytes.length);
    plugin = not_at_hand(t, &opinion);
    host.log = keep_line;
    host.log_context = &log;
    ca_diags_init(&diags, desk.arena);
    ca_engine_check_template(&plugin, t, &diags);
    ck_assert_uint_eq(diags.count, 1);
    ck_assert_str_eq(diags.items[0].message, "one warning");
    ck_assert_str_eq(log.data, "logged: looked at 4 standards\n");
    ca_buffer_free(&bytes);
    ca_buffer_free(&log);
}
END_TEST

/* Tells what comes of these bytes; from memory of their own length. */
static bool is_taken(const struct ca_return *audit, const char *bytes, size_t length,
                     struct ca_buffer *said)
{
    char *copy = memcpy(malloc(length + 1), bytes, length); /* which then end where it ends */
    struct ca_opinion opinion = ca_opinion_open("agencies", copy + 1, length);
    const struct ca_plugin plugin = not_at_hand(audit->template, &opinion);

    memmove(copy + 1, copy, length);
    ca_buffer_clear(said);
    ca_buffer_puts(said, "");
    tell(&plugin, audit, said);
    free(copy);
    return strstr(said->data, "a section") != NULL;
}

START_TEST(what_is_no_opinion_is_a_fault_of_the_return)
{
    const struct ca_return *audit = read_agencies();
    const struct ca_plugin plugin = at_hand(audit->template);
    struct ca_buffer bytes = {0}, said = {0};

    ca_opinion_of_return(&plugin, audit, true, &bytes);
    ck_assert(is_taken(audit, bytes.data, bytes.length, &said));
    for (size_t length = 0; length < bytes.length; length++)
        if (is_taken(audit, bytes.data, length, &said))
            ck_abort_msg("%zu of %zu bytes are taken for all", length, bytes.length);
    ck_assert_ptr_nonnull(
        strstr(said.data, "framework 'agencies' could not score this return"));
    (void)is_taken(audit, "", 0, &said);
    ck_assert_ptr_nonnull(
        strstr(said.data, "what framework 'agencies' says of this return makes no sense"));
    ca_buffer_free(&bytes);
    ca_buffer_free(&said);
}
END_TEST

START_TEST(a_changed_opinion_leads_nowhere)
{
    const struct ca_return *audit = read_agencies();
    const struct ca_plugin plugin = at_hand(audit->template);
    struct ca_buffer bytes = {0}, said = {0};

    ca_opinion_of_return(&plugin, audit, true, &bytes);
    for (size_t i = 0; i < bytes.length; i++)
        for (int change = 1; change < 256; change += unit_deep() ? 1 : 6) {
            bytes.data[i] = (char)(bytes.data[i] ^ change);
            if (!is_taken(audit, bytes.data, bytes.length, &said) &&
                strstr(said.data, "framework 'agencies' ") == NULL)
                ck_abort_msg("byte %zu, change %d: refused without a word", i, change);
            bytes.data[i] = (char)(bytes.data[i] ^ change);
        }
    ca_buffer_free(&bytes);
    ca_buffer_free(&said);
}
END_TEST

START_TEST(a_fault_in_its_place_refuses)
{
    const struct ca_return *audit = read_agencies();
    struct ca_buffer bytes = {0}, said = {0};

    ca_opinion_fault("framework 'agencies' crashed", &bytes);
    ck_assert(!is_taken(audit, bytes.data, bytes.length, &said));
    ck_assert_ptr_nonnull(strstr(said.data, "framework 'agencies' crashed"));
    ca_buffer_free(&bytes);
    ca_buffer_free(&said);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("apart");
    TCase *tests = tcase_create("apart");

    tcase_add_checked_fixture(tests, open_files, close_files);
    tcase_add_test(tests, a_brief_says_all_of_the_return);
    tcase_add_test(tests, what_is_no_brief_is_none);
    tcase_add_test(tests, a_changed_brief_leads_nowhere);
    tcase_add_test(tests, an_opinion_comes_to_the_same);
    tcase_add_test(tests, so_does_one_of_a_template);
    tcase_add_test(tests, what_is_no_opinion_is_a_fault_of_the_return);
    tcase_add_test(tests, a_changed_opinion_leads_nowhere);
    tcase_add_test(tests, a_fault_in_its_place_refuses);
    suite_add_tcase(suite, tests);
    return suite;
}
