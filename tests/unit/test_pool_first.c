/*
 * The first reader of a pool reads templates before it reads returns: one process for both. It
 * goes on only where it has what the calling process has, and what it cannot do another does.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/frameworks/services.h"
#include "core/work/pool.h"
#include "tests/unit/unit.h"

enum { COUNT = 3 };

static const char template_text[] =
    "<template xmlns='urn:caseaudit:template:1' id='t%d' version='1'"
    " framework='graded-standards' effective-from='2020-01-01'><title>T</title>"
    "<scale><grade id='good' label='Good' score='100' from='50'/>"
    "<grade id='bad' label='Bad' score='0' from='0'/></scale>"
    "<answers id='a'><answer id='yes' label='Yes' score='100'/></answers>"
    "<section id='s' title='S'><standard id='s.1' answers='%s'><question>?</question>"
    "</standard></section></template>";

static const char return_text[] =
    "<return xmlns='urn:caseaudit:return:1' id='R%d' template='t0' template-version='1'>"
    "<case ref='C'/><audit date='2023-11-14' auditor='A'/>"
    "<responses><response standard='s.1' answer='yes'/></responses></return>";

static int forks;

static void count_fork(void)
{
    forks++;
}

struct run {
    struct ca_host host;
    struct ca_registry *registry;
    struct ca_catalogue *catalogue;
    struct ca_pool_options options;
    struct ca_pool *pool;
    struct ca_template_document documents[2];
    struct ca_arena *arena;
    struct ca_diags diags; /* of the template that was added last */
    ca_date retired_on;    /* what the source says */
    bool in_source;
    int given, taken, refused;
    char bytes[512], words[600];
};

static bool next(void *context, struct ca_pool_document *document)
{
    struct run *run = context;

    if (run->given == COUNT)
        return false;
    (void)snprintf(run->bytes, sizeof run->bytes, return_text, run->given++);
    *document = (struct ca_pool_document){"r.xml", run->bytes, strlen(run->bytes)};
    return true;
}

static void make(void *context, const struct ca_scored *scored, struct ca_pool_made *made)
{
    (void)context;
    if (scored->diags.count > 0)
        ca_buffer_puts(made->said, scored->diags.items[0].message);
}

static bool take(void *context, const struct ca_pool_reply *reply)
{
    struct run *run = context;

    run->taken++;
    run->refused += reply->refused;
    (void)snprintf(run->words, sizeof run->words, "%.*s", (int)reply->said_length, reply->said);
    return true;
}

static bool find(void *context, const char *id, const char *version, struct ca_buffer *bytes,
                 struct ca_buffer *name, ca_date *retired_on)
{
    struct run *run = context;

    (void)id, (void)version;
    ca_buffer_add(bytes, run->documents[0].bytes.data, run->documents[0].bytes.length);
    ca_buffer_puts(name, "t0@1");
    *retired_on = run->retired_on;
    return run->in_source;
}

static void begin(struct run *run, const char *answers)
{
    static bool counting;

    *run = (struct run){.arena = ca_arena_new(), .retired_on = CA_NO_DATE, .in_source = true};
    ca_host_init(&run->host);
    run->registry = ca_registry_new(&run->host);
    ca_registry_keep_apart(run->registry, ca_describe_apart, NULL);
    ca_registry_add_path(run->registry, "plugins/.libs");
    run->catalogue = ca_catalogue_new(run->registry, NULL);
    for (int i = 0; i < 2; i++) {
        run->documents[i].file = "t.xml";
        ca_buffer_printf(&run->documents[i].bytes, template_text, i, i == 1 ? answers : "a");
    }
    run->options = (struct ca_pool_options){.registry = run->registry,
                                            .catalogue = run->catalogue,
                                            .jobs = 1,
                                            .context = run,
                                            .next = next,
                                            .make = make,
                                            .take = take};
    run->pool = ca_pool_open(&run->options);
    if (!counting)
        (void)pthread_atfork(NULL, count_fork, NULL);
    counting = true;
    forks = 0;
}

static void end(struct run *run)
{
    ca_pool_close(run->pool);
    for (int i = 0; i < 2; i++)
        ca_buffer_free(&run->documents[i].bytes);
    ca_catalogue_free(run->catalogue);
    ca_registry_free(run->registry);
    ca_arena_free(run->arena);
}

static const struct ca_template *add(struct run *run, const struct ca_buffer *bytes)
{
    ca_diags_init(&run->diags, run->arena);
    return ca_catalogue_add(run->catalogue, "t.xml", bytes->data, bytes->length, &run->diags);
}

static const struct ca_template *add_first(struct run *run, size_t count)
{
    const struct ca_template *t = NULL;

    ca_pool_read_templates(run->pool, true);
    ca_catalogue_read_ahead(run->catalogue, run->documents, count);
    for (size_t i = 0; i < count; i++)
        t = add(run, &run->documents[i].bytes);
    ca_catalogue_read_ahead(run->catalogue, NULL, 0);
    ca_pool_read_templates(run->pool, false);
    return t;
}

static const char *said_last(const struct run *run)
{
    return run->diags.count > 0 ? run->diags.items[run->diags.count - 1].message : "";
}

static void go(struct run *run, int refused)
{
    struct ca_error error = {.message = ""};

    ck_assert_msg(ca_pool_go(run->pool, &error) == CA_OK, "%s", error.message);
    ck_assert_int_eq(run->taken, COUNT);
    ck_assert_msg(run->refused == refused, "%d refused: %s", run->refused, run->words);
}

START_TEST(one_process_reads_the_templates_and_the_returns)
{
    struct run run;

    for (size_t count = 1; count <= 2; count++) {
        begin(&run, "a");
        ck_assert_ptr_nonnull(add_first(&run, count));
        go(&run, 0);
        ck_assert_int_eq(forks, 1);
        end(&run);
    }
}
END_TEST

START_TEST(what_a_source_has_is_read_by_it_too)
{
    struct run run;
    const struct ca_template_source source = {.context = &run, .find = find};

    begin(&run, "a");
    ca_catalogue_set_source(run.catalogue, &source);
    go(&run, 0);
    ck_assert_int_eq(forks, 1);
    end(&run);
    begin(&run, "a");
    ca_catalogue_set_source(run.catalogue, &source);
    ck_assert(ca_date_parse("2023-06-01", &run.retired_on));
    go(&run, COUNT);
    ck_assert_ptr_nonnull(strstr(run.words, "retired"));
    ck_assert_int_eq(forks, 1);
    end(&run);
    begin(&run, "a");
    ca_catalogue_set_source(run.catalogue, &source);
    run.in_source = false;
    go(&run, COUNT);
    ck_assert_ptr_nonnull(strstr(run.words, "there is no template 't0' version '1' here"));
    end(&run);
}
END_TEST

/* Another takes its place, which has what the calling process made of the templates. */
START_TEST(it_ends_where_it_does_not_know_all)
{
    struct run run;
    const struct ca_template *t;
    ca_date day;

    begin(&run, "none");
    ck_assert_ptr_null(add_first(&run, 2));
    ck_assert_ptr_nonnull(strstr(said_last(&run), "'none'"));
    go(&run, 0);
    ck_assert_int_eq(forks, 2);
    end(&run);

    begin(&run, "a");
    t = add_first(&run, 1);
    ck_assert(ca_date_parse("2023-06-01", &day));
    ca_catalogue_retire(run.catalogue, t, day);
    go(&run, COUNT);
    ck_assert_ptr_nonnull(strstr(run.words, "retired"));
    ck_assert_int_eq(forks, 2);
    end(&run);

    begin(&run, "a");
    t = add_first(&run, 1);
    ck_assert_ptr_null(add(&run, &run.documents[0].bytes));
    ck_assert_ptr_nonnull(strstr(said_last(&run), "has been given already"));
    go(&run, 0);
    end(&run);
}
END_TEST

/* A template whose reading ends the process is told of as by one that is asked. */
START_TEST(one_that_a_template_ends_costs_that_template)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *bytes =
        mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct run run;
    struct ca_buffer kept;

    ck_assert_ptr_ne(bytes, MAP_FAILED);
    memset(bytes, ' ', page);
    memcpy(bytes, template_text, sizeof template_text - 1);
    ck_assert_int_eq(mprotect(bytes + page, page, PROT_NONE), 0);
    begin(&run, "a");
    kept = run.documents[1].bytes;
    run.documents[1].bytes = (struct ca_buffer){.data = bytes, .length = 2 * page};
    ck_assert_ptr_null(add_first(&run, 2));
    ck_assert_ptr_nonnull(strstr(said_last(&run), "the engine "));
    go(&run, 0);
    run.documents[1].bytes = kept;
    end(&run);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("the pool's first reader");

    UNIT_CASE(suite, "stays", one_process_reads_the_templates_and_the_returns,
              what_a_source_has_is_read_by_it_too);
    UNIT_CASE(suite, "ends", it_ends_where_it_does_not_know_all,
              one_that_a_template_ends_costs_that_template);
    return suite;
}
