/* The store that the command line names, and its year. */
#include "core/cli/store_access.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/map.h"
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

const char *ca_cli_frameworks_there_are(struct ca_store *store, struct ca_arena *arena)
{
    const struct ca_query all = {.from = CA_NO_DATE, .to = CA_NO_DATE};
    struct ca_map *seen = ca_map_new(arena, 16);
    struct ca_stored_template *templates;
    const char *list = "";
    struct ca_error error;
    size_t count;

    if (ca_store_templates(store, &all, arena, &templates, &count, &error) != CA_OK)
        return ca_arena_strdup(arena, error.message);
    for (size_t i = 0; i < count; i++)
        if (ca_map_put(seen, templates[i].framework, i) == CA_NOT_FOUND)
            list = ca_arena_printf(arena, "%s%s%s", list,
                                   *list != '\0' ? ", " : "there are templates of ",
                                   templates[i].framework);
    return *list != '\0' ? list : ca_cli_templates_there_are(store, arena);
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

int ca_cli_list(struct ca_cli *cli, const char *const *headings, size_t count, const char *none,
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
    else if (!ca_table_has_rows(table))
        ca_remark(cli, "%s", none);
    ca_table_print(table);
    ca_store_close(store);
    return status;
}
