/*
 * The pool: results in the order of the documents whatever the number of workers, templates
 * found when they are first needed, and losses that stay where they happen. What the
 * frameworks may do to it is in tests/cli/contain.sh.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/frameworks/services.h"
#include "core/work/pool.h"
#include "tests/unit/unit.h"

enum { MANY = 300 };

static const char template_text[] =
    "<template xmlns='urn:caseaudit:template:1' id='t' version='%s'"
    " framework='graded-standards' effective-from='2020-01-01'><title>T</title>"
    "<scale><grade id='good' label='Good' score='100' from='50'/>"
    "<grade id='bad' label='Bad' score='0' from='0'/></scale>"
    "<answers id='a'><answer id='yes' label='Yes' score='100'/></answers>"
    "<section id='s' title='S'><standard id='s.1' answers='a'><question>?</question>"
    "</standard></section></template>";

static const char return_text[] =
    "<return xmlns='urn:caseaudit:return:1' id='R%d' template='t' template-version='%s'>"
    "<case ref='C'/><audit date='2023-11-14' auditor='A'/>"
    "<responses><response standard='s.1' answer='yes'/></responses></return>";

/* One run: which documents there are, and what was taken of them. */
struct run {
    struct ca_host host;
    struct ca_registry *registry;
    struct ca_catalogue *catalogue;
    struct ca_pool_options options;
    const char *version;
    int count, next;
    char bytes[512], name[32];
    const char *deed; /* what making of document number 70 does to its worker */
    int stop_at;      /* take refuses this one; -1: none */
    int asked;        /* times the source was asked */

    int taken, refused;
    bool wrong_order;
    char last_refusal[600];
};

static bool next(void *context, struct ca_pool_document *document)
{
    struct run *run = context;

    if (run->next == run->count)
        return false;
    (void)snprintf(run->bytes, sizeof run->bytes, return_text, run->next, run->version);
    (void)snprintf(run->name, sizeof run->name, "doc-%d", run->next++);
    *document = (struct ca_pool_document){run->name, run->bytes, strlen(run->bytes)};
    return true;
}

static void do_deed(const char *deed)
{
    if (strcmp(deed, "crash") == 0)
        (void)raise(SIGKILL);
    if (strcmp(deed, "exit") == 0)
        _exit(5);
    while (strcmp(deed, "hang") == 0)
        (void)usleep(1000);
}

static void make(void *context, const struct ca_scored *scored, struct ca_pool_made *made)
{
    const struct run *run = context;

    if (run->deed != NULL && scored->result != NULL && strcmp(scored->file, "doc-70") == 0)
        do_deed(run->deed);
    ca_buffer_puts(made->made, scored->return_id != NULL ? scored->return_id : "?");
    if (scored->diags.count > 0)
        ca_buffer_puts(made->said, scored->diags.items[0].message);
    made->immediate = 7;
}

static bool take(void *context, const struct ca_pool_reply *reply)
{
    struct run *run = context;
    char expected[32];

    if ((int)reply->index == run->stop_at)
        return false;
    (void)snprintf(expected, sizeof expected, "R%d", run->taken);
    run->wrong_order |= (int)reply->index != run->taken ||
                        reply->made_length != strlen(expected) ||
                        memcmp(reply->made, expected, reply->made_length) != 0 ||
                        reply->immediate != (reply->refused ? reply->immediate : 7);
    run->taken++;
    run->refused += reply->refused;
    if (reply->refused)
        (void)snprintf(run->last_refusal, sizeof run->last_refusal, "%.*s",
                       (int)reply->said_length, reply->said);
    return true;
}

static void begin(struct run *run, unsigned jobs)
{
    *run = (struct run){.version = "1", .count = MANY, .stop_at = -1};
    ca_host_init(&run->host);
    run->registry = ca_registry_new(&run->host);
    ca_registry_add_path(run->registry, "plugins/.libs");
    run->catalogue = ca_catalogue_new(run->registry, NULL);
    run->options = (struct ca_pool_options){.registry = run->registry,
                                            .catalogue = run->catalogue,
                                            .jobs = jobs,
                                            .timeout = 200,
                                            .context = run,
                                            .next = next,
                                            .make = make,
                                            .take = take};
}

static void add_template(struct run *run)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_diags diags;
    char text[sizeof template_text + 8];

    (void)snprintf(text, sizeof text, template_text, "1");
    ca_diags_init(&diags, arena);
    ck_assert_msg(ca_catalogue_add(run->catalogue, "t.xml", text, strlen(text), &diags) != NULL,
                  "%s", diags.count > 0 ? diags.items[0].message : "?");
    ca_arena_free(arena);
}

static void go(struct run *run)
{
    struct ca_error error = {.message = ""};

    ck_assert_msg(ca_pool_run(&run->options, &error) == CA_OK, "%s", error.message);
    ck_assert(!run->wrong_order);
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1); /* no worker is left */
    ca_catalogue_free(run->catalogue);
    ca_registry_free(run->registry);
}

START_TEST(results_come_in_order)
{
    struct run run;

    for (unsigned jobs = 1; jobs <= 5; jobs += 2) {
        begin(&run, jobs);
        add_template(&run);
        run.options.count = jobs == 3 ? MANY : 0;
        go(&run);
        ck_assert_int_eq(run.taken, MANY);
        ck_assert_int_eq(run.refused, 0);
    }
}
END_TEST

START_TEST(no_documents_no_results)
{
    struct run run;

    begin(&run, 2);
    run.count = 0;
    go(&run);
    ck_assert_int_eq(run.taken, 0);
}
END_TEST

/* ---- losses ---- */

static void lose_one(const char *deed, const char *words)
{
    struct run run;

    begin(&run, 2);
    add_template(&run);
    run.deed = deed;
    go(&run);
    ck_assert_int_eq(run.taken, MANY);
    ck_assert_int_eq(run.refused, 1);
    ck_assert_msg(strcmp(run.last_refusal, words) == 0, "%s", run.last_refusal);
}

START_TEST(a_crash_costs_one)
{
    lose_one("crash", "the engine crashed (SIGKILL: Killed)");
}
END_TEST

START_TEST(an_exit_costs_one)
{
    lose_one("exit", "the engine ended the process that it ran in (exit status 5)");
}
END_TEST

START_TEST(a_hang_costs_one)
{
    lose_one("hang", "the engine took more than 200 milliseconds and was stopped (SIGKILL)");
}
END_TEST

/* ---- stopping ---- */

static bool stop(void *context)
{
    const struct run *run = context;

    return run->taken == 0;
}

START_TEST(who_takes_may_stop)
{
    struct run run;

    begin(&run, 2);
    add_template(&run);
    run.stop_at = 100;
    go(&run);
    ck_assert_int_eq(run.taken, 100);
}
END_TEST

START_TEST(a_tick_may_stop)
{
    struct run run;

    begin(&run, 2);
    add_template(&run);
    run.options.tick = stop;
    go(&run);
    ck_assert_int_gt(run.taken, 0);
    ck_assert_int_lt(run.taken, MANY);
}
END_TEST

/* ---- templates that the workers do not have ---- */

static bool find(void *context, const char *id, const char *version, struct ca_buffer *bytes,
                 struct ca_buffer *name, ca_date *retired_on)
{
    struct run *run = context;

    run->asked++;
    if (strcmp(id, "t") != 0 || strcmp(version, "1") != 0)
        return false;
    ca_buffer_printf(bytes, template_text, "1");
    ca_buffer_puts(name, "t@1");
    *retired_on = CA_NO_DATE;
    return true;
}

static bool newest(void *context, const char *id, struct ca_buffer *version)
{
    (void)context;
    ca_buffer_puts(version, "1");
    return strcmp(id, "t") == 0;
}

START_TEST(a_template_is_found_when_it_is_needed)
{
    struct ca_template_source source = {.find = find, .newest = newest};
    struct run run;

    begin(&run, 3);
    source.context = &run;
    ca_catalogue_set_source(run.catalogue, &source);
    go(&run);
    ck_assert_int_eq(run.taken, MANY);
    ck_assert_int_eq(run.refused, 0);
    ck_assert_int_eq(run.asked, 1);
}
END_TEST

START_TEST(a_template_that_is_nowhere_rejects)
{
    struct ca_template_source source = {.find = find, .newest = newest};
    struct run run;

    begin(&run, 2);
    run.version = "2";
    run.count = 40;
    source.context = &run;
    ca_catalogue_set_source(run.catalogue, &source);
    go(&run);
    ck_assert_int_eq(run.taken, 40);
    ck_assert_int_eq(run.refused, 40);
    ck_assert_str_eq(run.last_refusal,
                     "there is no version '2' of template 't'; the newest is '1'");
}
END_TEST

/* ---- files ---- */

static bool next_file(void *context, struct ca_pool_document *document)
{
    struct run *run = context;

    if (run->next++ > 0)
        return false;
    *document = (struct ca_pool_document){.name = "there-is-no-such-file.xml"};
    return true;
}

static bool take_any(void *context, const struct ca_pool_reply *reply)
{
    struct run *run = context;

    run->taken++;
    run->refused += reply->refused;
    (void)snprintf(run->last_refusal, sizeof run->last_refusal, "%.*s", (int)reply->said_length,
                   reply->said);
    return true;
}

START_TEST(a_missing_file_is_rejected)
{
    struct run run;

    begin(&run, 1);
    run.options.next = next_file;
    run.options.take = take_any;
    go(&run);
    ck_assert_int_eq(run.refused, 1);
    ck_assert_str_eq(run.last_refusal,
                     "cannot read 'there-is-no-such-file.xml': there is nothing of that name");
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("pool");

    UNIT_CASE(suite, "order", results_come_in_order, no_documents_no_results);
    UNIT_CASE(suite, "losses", a_crash_costs_one, an_exit_costs_one, a_hang_costs_one);
    UNIT_CASE(suite, "stopping", who_takes_may_stop, a_tick_may_stop);
    UNIT_CASE(suite, "templates", a_template_is_found_when_it_is_needed,
              a_template_that_is_nowhere_rejects);
    UNIT_CASE(suite, "files", a_missing_file_is_rejected);
    return suite;
}
