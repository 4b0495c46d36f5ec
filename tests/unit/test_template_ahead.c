/*
 * Templates that are read ahead, by one process for all: what it says is taken for the same
 * bytes and no others, and where one of them ends it, each is read by itself.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/frameworks/services.h"
#include "core/work/catalogue.h"
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

struct run {
    struct ca_host host;
    struct ca_registry *registry;
    struct ca_catalogue *catalogue;
    struct ca_template_document documents[COUNT];
    struct ca_arena *arena;
    struct ca_diags diags;
};

static void begin(struct run *run)
{
    *run = (struct run){.arena = ca_arena_new()};
    ca_host_init(&run->host);
    run->registry = ca_registry_new(&run->host);
    ca_registry_keep_apart(run->registry, ca_describe_apart, NULL);
    ca_registry_add_path(run->registry, "plugins/.libs");
    run->catalogue = ca_catalogue_new(run->registry, NULL);
    for (int i = 0; i < COUNT; i++) {
        run->documents[i].file = "t.xml";
        ca_buffer_printf(&run->documents[i].bytes, template_text, i, i == 1 ? "none" : "a");
    }
}

static void end(struct run *run)
{
    for (int i = 0; i < COUNT; i++)
        ca_buffer_free(&run->documents[i].bytes);
    ca_catalogue_free(run->catalogue);
    ca_registry_free(run->registry);
    ca_arena_free(run->arena);
}

/* Adds one of them; what was said last of it, or "". */
static const char *add(struct run *run, const struct ca_buffer *bytes, bool good)
{
    const struct ca_template *t;

    ca_diags_init(&run->diags, run->arena);
    t = ca_catalogue_add(run->catalogue, "t.xml", bytes->data, bytes->length, &run->diags);
    ck_assert_msg((t != NULL) == good, "%s",
                  run->diags.count > 0 ? run->diags.items[0].message : "taken");
    return run->diags.count > 0 ? run->diags.items[run->diags.count - 1].message : "";
}

/* Without a descriptor to be had, no process can be asked anything. */
static void leave_descriptors(rlim_t count)
{
    struct rlimit limit;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = count;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

START_TEST(what_is_known_ahead_is_not_asked_again)
{
    struct run run;

    begin(&run);
    ca_catalogue_read_ahead(run.catalogue, run.documents, 2);
    leave_descriptors(3);
    ck_assert_str_eq(add(&run, &run.documents[0].bytes, true), "");
    ck_assert_ptr_nonnull(strstr(add(&run, &run.documents[1].bytes, false), "'none'"));
    ck_assert_ptr_nonnull(
        strstr(add(&run, &run.documents[2].bytes, false), "cannot start a process"));
    leave_descriptors(1024);
    end(&run);
}
END_TEST

START_TEST(it_is_known_of_the_same_bytes_alone)
{
    struct run run;

    begin(&run);
    ca_catalogue_read_ahead(run.catalogue, run.documents, 2);
    *strchr(run.documents[0].bytes.data, 'T') = 'U';
    leave_descriptors(3);
    ck_assert_ptr_nonnull(
        strstr(add(&run, &run.documents[0].bytes, false), "cannot start a process"));
    leave_descriptors(1024);
    ck_assert_str_eq(add(&run, &run.documents[2].bytes, true), "");
    end(&run);
}
END_TEST

/* Its first page is a template's beginning, and whoever reads on is ended. */
static struct ca_buffer deadly(void)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *bytes =
        mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    const struct ca_buffer buffer = {.data = bytes, .length = 2 * page};

    ck_assert_ptr_ne(bytes, MAP_FAILED);
    memset(bytes, ' ', page);
    memcpy(bytes, template_text, sizeof template_text - 1);
    ck_assert_int_eq(mprotect(bytes + page, page, PROT_NONE), 0);
    return buffer;
}

START_TEST(one_that_ends_the_process_harms_no_other)
{
    struct run run;
    struct ca_buffer kept;

    begin(&run);
    kept = run.documents[1].bytes;
    run.documents[1].bytes = deadly();
    ca_catalogue_read_ahead(run.catalogue, run.documents, COUNT);
    ck_assert_str_eq(add(&run, &run.documents[0].bytes, true), "");
    ck_assert_ptr_nonnull(strstr(add(&run, &run.documents[1].bytes, false), "the engine "));
    ck_assert_str_eq(add(&run, &run.documents[2].bytes, true), "");
    run.documents[1].bytes = kept;
    end(&run);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("templates ahead");

    UNIT_CASE(suite, "kept", what_is_known_ahead_is_not_asked_again,
              it_is_known_of_the_same_bytes_alone);
    UNIT_CASE(suite, "losses", one_that_ends_the_process_harms_no_other);
    return suite;
}
