/* Statements: prepared once, bound from one call, and run to their end. */
#include "core/store/statement.h"

#include <string.h>

#include "core/store/tables.h"

/* ---- preparing ---- */

static struct ca_statement *prepared(struct ca_tables *s, const char *sql, const char *types,
                                     struct ca_error *error)
{
    size_t at = ((uintptr_t)sql >> 3) % CA_TABLES_STATEMENTS;

    for (size_t i = 0; i < CA_TABLES_STATEMENTS; i++, at = (at + 1) % CA_TABLES_STATEMENTS) {
        if (s->cached[at].sql == sql)
            return s->cached[at].statement;
        if (s->cached[at].sql != NULL)
            continue;
        s->cached[at].statement = s->driver->prepare(s, sql, types, error);
        if (s->cached[at].statement != NULL)
            s->cached[at].sql = sql;
        return s->cached[at].statement;
    }
    ca_fail(error, CA_ERROR_STORE, "more statements than there is room for");
    return NULL;
}

void ca_sql_forget(struct ca_tables *s)
{
    for (size_t i = 0; i < CA_TABLES_STATEMENTS; i++)
        if (s->cached[i].sql != NULL)
            s->driver->discard(s->cached[i].statement);
    memset(s->cached, 0, sizeof s->cached);
}

/* ---- binding ---- */

static void bind_number(struct ca_statement *statement, int column, bool none, int64_t value)
{
    if (none)
        ca_sql_bind_null(statement, column);
    else
        ca_sql_bind_integer(statement, column, value);
}

static void bind_all(struct ca_statement *statement, const char *types, va_list args)
{
    const void *bytes;
    int column = 0, small;
    ca_date date;

    for (; *types != '\0'; types++) {
        column++;
        switch (*types) {
        case 'i': ca_sql_bind_integer(statement, column, va_arg(args, int64_t)); break;
        case 'n':
            small = va_arg(args, int);
            bind_number(statement, column, small < 0, small);
            break;
        case 'd':
            date = va_arg(args, ca_date);
            bind_number(statement, column, date == CA_NO_DATE, date);
            break;
        case 't': ca_sql_bind_text(statement, column, va_arg(args, const char *)); break;
        default: /* b */
            bytes = va_arg(args, const void *);
            ca_sql_bind_bytes(statement, column, bytes, va_arg(args, size_t));
        }
    }
}

static struct ca_statement *bound(struct ca_tables *s, struct ca_error *error, const char *sql,
                                  const char *types, va_list args)
{
    struct ca_statement *statement = prepared(s, sql, types, error);

    if (statement != NULL) {
        ca_sql_reset(statement);
        bind_all(statement, types, args);
    }
    return statement;
}

struct ca_statement *ca_sql(struct ca_tables *s, struct ca_error *error, const char *sql,
                            const char *types, ...)
{
    struct ca_statement *statement;
    va_list args;

    va_start(args, types);
    statement = bound(s, error, sql, types, args);
    va_end(args);
    return statement;
}

/* ---- running ---- */

bool ca_sql_row(struct ca_tables *s, struct ca_statement *row, enum ca_code *code,
                struct ca_error *error)
{
    enum ca_sql_step step = row != NULL ? row->driver->step(row) : CA_SQL_FAILED;

    *code = CA_OK;
    if (step == CA_SQL_ROW)
        return true;
    if (row == NULL)
        *code = error != NULL ? error->code : CA_ERROR_STORE;
    else if (step == CA_SQL_FAILED)
        *code = s->driver->failed(s, error);
    ca_sql_reset(row);
    return false;
}

enum ca_code ca_sql_do(struct ca_tables *s, struct ca_error *error, const char *sql,
                       const char *types, ...)
{
    struct ca_statement *statement;
    enum ca_code code;
    va_list args;

    va_start(args, types);
    statement = bound(s, error, sql, types, args);
    va_end(args);
    while (ca_sql_row(s, statement, &code, error))
        continue;
    return code;
}

enum ca_code ca_sql_number(struct ca_tables *s, struct ca_error *error, int64_t fallback,
                           int64_t *out, const char *sql, const char *types, ...)
{
    struct ca_statement *statement;
    enum ca_code code;
    va_list args;
    bool found;

    va_start(args, types);
    statement = bound(s, error, sql, types, args);
    va_end(args);
    found = ca_sql_row(s, statement, &code, error) && ca_sql_type(statement, 0) != CA_SQL_NULL;
    if (code == CA_OK)
        *out = found ? ca_sql_integer(statement, 0) : fallback;
    ca_sql_reset(statement);
    return code;
}

enum ca_code ca_sql_script(struct ca_tables *s, const char *sql, struct ca_error *error)
{
    return s->driver->script(s, sql, error);
}

/* ---- columns ---- */

const char *ca_sql_text(struct ca_statement *row, int column)
{
    return row->driver->text(row, column);
}

const char *ca_sql_word(struct ca_statement *row, int column)
{
    const char *text = ca_sql_text(row, column);

    return text != NULL ? text : "";
}

ca_date ca_sql_date(struct ca_statement *row, int column)
{
    if (ca_sql_type(row, column) == CA_SQL_NULL)
        return CA_NO_DATE;
    return (ca_date)ca_sql_integer(row, column);
}

int ca_sql_small(struct ca_statement *row, int column)
{
    if (ca_sql_type(row, column) == CA_SQL_NULL)
        return -1;
    return (int)ca_sql_integer(row, column);
}

/* ---- errors ---- */

enum ca_code ca_tables_damaged(struct ca_tables *s, struct ca_error *error, const char *what)
{
    return ca_fail(error, CA_ERROR_STORE,
                   "the store '%s' is damaged: %s; 'caseaudit store check' tells more", s->path,
                   what);
}
