/* The tables and views (sql/schema.sql, sql/views.sql): made, and recognised. */
#include <stdio.h>
#include <string.h>

#include "core/store/sqlite.h"

const int ca_sqlite_schema = 8;

/* Does the definition stand in the text, whole? */
static bool is_defined(const char *text, const char *sql)
{
    size_t length = strlen(sql);

    for (const char *at = strstr(text, sql); at != NULL; at = strstr(at + 1, sql))
        if ((at == text || (at - text > 1 && strncmp(at - 2, "; ", 2) == 0)) &&
            at[length] == ';')
            return true;
    return false;
}

/* Did a store of that version have this definition, which is another now? */
static bool was_defined(int version, const char *sql)
{
    return (version <= 3 && strncmp(ca_sql_was_action_update_3, sql, strlen(sql)) == 0) ||
           (version <= 4 && strncmp(ca_sql_was_indicator_4, sql, strlen(sql)) == 0) ||
           (version <= 5 && strstr(ca_sql_was_5, sql) != NULL) ||
           (version <= 7 && strncmp(ca_sql_was_erasure_7, sql, strlen(sql)) == 0);
}

/* Is the object one that a store of that version has? Views are made anew by upgrades. */
static bool belongs(int version, const char *type, const char *name, const char *sql)
{
    char create[96];

    if (sql == NULL)
        return strcmp(type, "index") == 0 && strncmp(name, "sqlite_autoindex_", 17) == 0;
    if (version < ca_sqlite_schema && strcmp(type, "view") == 0) {
        snprintf(create, sizeof create, "CREATE VIEW %s AS", name);
        return strstr(ca_sql_views, create) != NULL;
    }
    return is_defined(ca_sql_schema, sql) || is_defined(ca_sql_views, sql) ||
           was_defined(version, sql);
}

enum ca_code ca_sqlite_refuse_strangers(struct ca_tables *s, int version,
                                        struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_objects, "");
    enum ca_code code = CA_OK;

    while (ca_sql_row(s, row, &code, error)) {
        const char *type = ca_sql_word(row, 0), *name = ca_sql_word(row, 1);
        if (belongs(version, type, name, ca_sql_text(row, 2)))
            continue;
        ca_fail(error, CA_ERROR_STORE,
                "the store '%s' was tampered with: the %s '%s' in it is not one that "
                "caseaudit makes; nothing in the store was used. A backup is the way back",
                s->path, type, name);
        ca_sql_reset(row);
        return CA_ERROR_STORE;
    }
    return code;
}

/* ---- making ---- */

struct making {
    struct ca_tables *s;
    struct ca_error *error;
};

static enum ca_code make(void *context, const char *name, const char *sql, size_t length)
{
    const struct making *making = context;
    struct ca_buffer one = {0};
    enum ca_code code;

    (void)name;
    ca_buffer_add(&one, sql, length);
    code = ca_sql_script(making->s, one.data, making->error);
    ca_buffer_free(&one);
    return code;
}

enum ca_code ca_sqlite_make_missing(struct ca_tables *s, struct ca_error *error)
{
    struct making making = {s, error};

    return ca_tables_each_missing(s, ca_sql_schema, make, &making, error);
}
