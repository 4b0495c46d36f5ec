/* The store that the command line names, its year, and templates from it. */
#include "core/cli/inputs.h"
#include "core/cli/store_access.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/array.h"
#include "core/base/decimal.h"
#include "core/base/file.h"
#include "core/store/query.h"

/* ---- the store ---- */

static struct ca_store *open_store(const struct ca_cli *cli, enum ca_store_mode mode,
                                   struct ca_error *error)
{
    char *uri = ca_store_uri(cli->store);
    struct ca_store *store = NULL;

    if (uri == NULL)
        ca_fail(error, CA_ERROR_USAGE,
                "there is no home folder to keep the store in; name one with --store");
    else
        ca_store_open(uri, mode, cli->who, &store, error);
    free(uri);
    return store;
}

struct ca_store *ca_cli_store(const struct ca_cli *cli, enum ca_store_mode mode)
{
    struct ca_error error;
    struct ca_store *store = open_store(cli, mode, &error);

    if (store == NULL)
        ca_complain("%s", error.message);
    return store;
}

struct ca_store *ca_cli_store_if_any(const struct ca_cli *cli, bool *failed)
{
    struct ca_error error = {.code = CA_OK};
    struct ca_store *store = open_store(cli, CA_STORE_READ, &error);

    /* One that was asked for by name must be there. */
    *failed = store == NULL && (error.code != CA_ERROR_NOT_FOUND || cli->store != NULL) &&
              error.code != CA_ERROR_USAGE;
    if (*failed)
        ca_complain("%s", error.message);
    return store;
}

struct ca_store *ca_cli_store_if_writable(const struct ca_cli *cli)
{
    struct ca_error error;

    return open_store(cli, CA_STORE_WRITE, &error);
}

int ca_cli_store_failed(const struct ca_error *error)
{
    ca_complain("%s", error->message);
    switch (error->code) {
    case CA_ERROR_DATA:
    case CA_ERROR_NOT_FOUND: return CA_EXIT_REFUSED;
    case CA_ERROR_USAGE: return CA_EXIT_USAGE;
    default: return CA_EXIT_FAILED;
    }
}

/* ---- its year ---- */

enum ca_code ca_cli_year_start(struct ca_store *store, int *month, struct ca_error *error)
{
    struct ca_buffer value = {0};
    enum ca_code code = ca_store_setting(store, "year-start", &value, error);
    int64_t number;

    if (code == CA_ERROR_NOT_FOUND) {
        *month = CA_YEAR_START_APRIL;
        code = CA_OK;
    } else if (code == CA_OK && ca_integer_parse(value.data, 1, 12, &number)) {
        *month = (int)number;
    } else if (code == CA_OK) {
        code = ca_fail(error, CA_ERROR_STORE,
                       "the store's year-start is '%s', which is no month", value.data);
    }
    ca_buffer_free(&value);
    return code;
}

bool ca_cli_period(struct ca_store *store, const char *text, struct ca_period *out,
                   struct ca_error *error)
{
    int year_start = CA_YEAR_START_APRIL;

    return ca_cli_year_start(store, &year_start, error) == CA_OK &&
           ca_period_parse(text, year_start, out, error) == CA_OK;
}

void ca_cli_say_year(const struct ca_cli *cli, const struct ca_period *period)
{
    char from[CA_DATE_SIZE], to[CA_DATE_SIZE];
    struct ca_period month;

    if (ca_period_as_month(period, &month))
        ca_remark(cli, "%s is taken as the year, not the month %s..%s", period->id,
                  ca_date_format(month.from, from), ca_date_format(month.to, to));
}

/* ---- templates from it ---- */

const char *ca_cli_templates_there_are(struct ca_store *store, struct ca_arena *arena)
{
    const struct ca_query all = {.from = CA_NO_DATE, .to = CA_NO_DATE};
    struct ca_stored_template *templates;
    const char *list = "there is none yet: 'caseaudit template load' adds them";
    struct ca_error error;
    size_t count;

    if (ca_store_templates(store, &all, arena, &templates, &count, &error) != CA_OK)
        return ca_arena_strdup(arena, error.message);
    for (size_t i = 0; i < count; i++)
        if (i == 0)
            list = ca_arena_printf(arena, "there is %s", templates[i].id);
        else if (strcmp(templates[i].id, templates[i - 1].id) != 0)
            list = ca_arena_printf(arena, "%s, %s", list, templates[i].id);
    return list;
}

void ca_cli_say_when(const struct ca_cli *cli, struct ca_store *store,
                     const char *const *templates, size_t count, const char *framework,
                     const char *period)
{
    const struct ca_query query = {.template_ids = templates,
                                   .template_count = count,
                                   .framework = framework,
                                   .from = CA_NO_DATE,
                                   .to = CA_NO_DATE};
    struct ca_arena *arena = ca_arena_new();
    struct ca_stored_template *found;
    char from[CA_DATE_SIZE], to[CA_DATE_SIZE];
    struct ca_error error;
    ca_date first, last;
    size_t versions;

    if (ca_store_templates(store, &query, arena, &found, &versions, &error) == CA_OK &&
        ca_store_span(store, found, versions, &first, &last, &error) == CA_OK) {
        if (first == CA_NO_DATE)
            ca_remark(cli, "there are no audits yet");
        else
            ca_remark(cli, "there are no audits in %s; the first is of %s, the last of %s",
                      period, ca_date_format(first, from), ca_date_format(last, to));
    }
    ca_arena_free(arena);
}

static bool find_template(void *context, const char *id, const char *version,
                          struct ca_buffer *bytes, struct ca_buffer *name, ca_date *retired_on)
{
    struct ca_buffer found = {0};
    struct ca_error error;
    bool good;

    good = context != NULL && ca_store_find_template(context, id, version, bytes, &found,
                                                     retired_on, &error) == CA_OK;
    if (good)
        ca_buffer_printf(name, "%s@%s", id, found.data);
    ca_buffer_free(&found);
    return good;
}

static bool newest_template(void *context, const char *id, struct ca_buffer *version)
{
    struct ca_error error;

    return context != NULL &&
           ca_store_find_template(context, id, NULL, NULL, version, NULL, &error) == CA_OK;
}

struct ca_template_source ca_cli_template_source(struct ca_store *store)
{
    return (struct ca_template_source){
        .context = store, .find = find_template, .newest = newest_template};
}

static bool find_as_recorded(void *context, const char *id, const char *version,
                             struct ca_buffer *bytes, struct ca_buffer *name,
                             ca_date *retired_on)
{
    bool found = find_template(context, id, version, bytes, name, retired_on);

    *retired_on = CA_NO_DATE;
    return found;
}

struct ca_template_source ca_cli_source_as_recorded(struct ca_store *store)
{
    return (struct ca_template_source){
        .context = store, .find = find_as_recorded, .newest = newest_template};
}

char *ca_cli_template_id(const char *operand, const char **version)
{
    char *id = ca_xstrdup(operand), *at = strchr(id, '@');

    *version = NULL;
    if (at != NULL) {
        *at = '\0';
        *version = at + 1;
    }
    return id;
}

/* ---- templates that are named ---- */

static const struct ca_template *read_template(const struct ca_cli *cli,
                                               struct ca_catalogue *catalogue, const char *file,
                                               struct ca_buffer *bytes)
{
    struct ca_arena *arena = ca_arena_new();
    const struct ca_template *t = NULL;
    struct ca_error error;
    struct ca_diags diags;

    ca_diags_init(&diags, arena);
    if (ca_file_read(file, ca_xml_template_limits.bytes, bytes, &error) == CA_OK)
        t = ca_catalogue_add(catalogue, file, bytes->data, bytes->length, &diags);
    else
        ca_diags_add(&diags, CA_ERROR, CA_FAULT_FILE, 1, 1, NULL, "%s", error.message);
    ca_print_diags(cli, file, &diags);
    ca_arena_free(arena);
    return t;
}

int ca_cli_load_template(const struct ca_cli *cli, struct ca_catalogue *catalogue,
                         struct ca_store *store, const char *file, enum ca_loaded *outcome,
                         const struct ca_template **loaded)
{
    struct ca_buffer bytes = {0};
    const struct ca_template *t = read_template(cli, catalogue, file, &bytes);
    struct ca_error error = {.code = CA_OK};
    int status = t != NULL ? 0 : 1;

    if (t != NULL &&
        ca_store_load_template(store, t, bytes.data, bytes.length, outcome, &error) != CA_OK) {
        if (error.code == CA_ERROR_DATA)
            ca_complain_of(file, "%s", error.message);
        else
            ca_complain("%s", error.message);
        status = error.code == CA_ERROR_DATA ? 1 : -1;
        ca_catalogue_refuse(catalogue, t);
    }
    if (status == 0)
        *loaded = t;
    ca_buffer_free(&bytes);
    return status;
}

/* A file may hold a version that the store has retired. */
static void note_retirement(struct ca_catalogue *catalogue, struct ca_store *store,
                            const struct ca_template *t)
{
    struct ca_error error;
    ca_date on;

    if (ca_store_find_template(store, t->id, t->version, NULL, NULL, &on, &error) == CA_OK)
        ca_catalogue_retire(catalogue, t, on);
}

static bool is_file(const char *operand)
{
    return access(operand, F_OK) == 0 || strchr(operand, '/') != NULL || ca_is_xml(operand);
}

static bool add_stored(struct ca_catalogue *catalogue, struct ca_store *store,
                       const char *operand)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_buffer newest = {0};
    const char *version, *why;
    char *id = ca_cli_template_id(operand, &version);
    bool good;

    if (version == NULL && newest_template(store, id, &newest))
        version = newest.data;
    good = version != NULL && ca_catalogue_find(catalogue, id, version, arena, &why) != NULL;
    if (version == NULL)
        ca_complain("there is no file '%s', and no template of that name in the store%s%s",
                    operand, store != NULL ? "; " : "",
                    store != NULL ? ca_cli_templates_there_are(store, arena) : "");
    else if (!good)
        ca_complain("%s", why);
    ca_buffer_free(&newest);
    ca_arena_free(arena);
    free(id);
    return good;
}

/* Files that are named more than one together; what is wrong with one is told when it is
 * added. */
static void read_ahead(const struct ca_args *args, struct ca_catalogue *catalogue)
{
    struct ca_template_document *documents = NULL;
    const char *operand;
    struct ca_error error;
    size_t count = 0;

    for (size_t i = 0; (operand = ca_args_nth(args, "template", i)) != NULL; i++) {
        struct ca_template_document document = {.file = operand};
        if (is_file(operand) && ca_file_read(operand, ca_xml_template_limits.bytes,
                                             &document.bytes, &error) == CA_OK)
            *CA_APPEND(documents, count) = document;
        else
            ca_buffer_free(&document.bytes);
    }
    ca_catalogue_read_ahead(catalogue, documents, count);
    for (size_t i = 0; i < count; i++)
        ca_buffer_free(&documents[i].bytes);
    free(documents);
}

int ca_cli_add_templates(const struct ca_cli *cli, const struct ca_args *args,
                         struct ca_catalogue *catalogue, struct ca_store *store, bool keep)
{
    const struct ca_template *t = NULL;
    struct ca_buffer bytes = {0};
    enum ca_loaded outcome;
    const char *operand;
    int refused = 0, status;

    if (ca_args_nth(args, "template", 1) != NULL)
        read_ahead(args, catalogue);
    for (size_t i = 0; (operand = ca_args_nth(args, "template", i)) != NULL; i++) {
        if (!is_file(operand))
            status = add_stored(catalogue, store, operand) ? 0 : 1;
        else if (keep)
            status = ca_cli_load_template(cli, catalogue, store, operand, &outcome, &t);
        else
            status = read_template(cli, catalogue, operand, &bytes) != NULL ? 0 : 1;
        if (status == 0 && keep && is_file(operand))
            note_retirement(catalogue, store, t);
        if (status < 0) {
            ca_buffer_free(&bytes);
            return -1;
        }
        refused += status;
    }
    ca_catalogue_read_ahead(catalogue, NULL, 0);
    ca_buffer_free(&bytes);
    return refused;
}

int ca_cli_list(struct ca_cli *cli, const char *const *headings, size_t count,
                enum ca_code (*fill)(struct ca_store *store, struct ca_table *table,
                                     struct ca_error *error))
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct ca_table *table;
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (store == NULL)
        return CA_EXIT_FAILED;
    table = ca_table_new(headings, count);
    if (fill(store, table, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    ca_table_print(table);
    ca_store_close(store);
    return status;
}
