/* Statements: prepared once, bound from one call, and what SQLite says when they fail. */
#include <errno.h>
#include <string.h>

#include "core/store/sqlite.h"

/* ---- errors ---- */

static bool disk_is_full(struct ca_sqlite *s)
{
    int number = errno, told = sqlite3_system_errno(s->db);
    int code = sqlite3_errcode(s->db) & 0xff;

    /* SQLite does not always pass on why a write failed; then it is still in errno. */
    if (told != 0)
        number = told;
    return code == SQLITE_FULL ||
           (code == SQLITE_IOERR && (number == ENOSPC || number == EDQUOT || number == EFBIG));
}

enum ca_code ca_sqlite_failed(struct ca_sqlite *s, struct ca_error *error)
{
    int code = sqlite3_errcode(s->db) & 0xff;

    if (disk_is_full(s))
        return ca_fail(
            error, CA_ERROR_STORE,
            "the disk is full, or the file may not grow: the store '%s' could not be "
            "written; all that was reported as stored is safe",
            s->path);
    switch (code) {
    case SQLITE_NOMEM: ca_out_of_memory();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ca_fail(error, CA_ERROR_BUSY,
                       "the store '%s' is in use by others and did not become free; try again "
                       "later",
                       s->path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        return ca_fail(error, CA_ERROR_STORE,
                       "the store '%s' cannot be written: neither the file nor its folder may "
                       "be read-only (%s)",
                       s->path, sqlite3_errmsg(s->db));
    case SQLITE_NOTADB:
        return ca_fail(error, CA_ERROR_STORE,
                       "'%s' is no store, or its first bytes are damaged: it does not begin as "
                       "an SQLite database does",
                       s->path);
    case SQLITE_CORRUPT:
        return ca_fail(
            error, CA_ERROR_STORE,
            "the store '%s' is damaged (%s); 'caseaudit store check' tells more, and "
            "a backup is the way back",
            s->path, sqlite3_errmsg(s->db));
    default:
        return ca_fail(error, CA_ERROR_STORE, "the store '%s' failed: %s", s->path,
                       sqlite3_errmsg(s->db));
    }
}

enum ca_code ca_sqlite_damaged(struct ca_sqlite *s, struct ca_error *error, const char *what)
{
    return ca_fail(error, CA_ERROR_STORE,
                   "the store '%s' is damaged: %s; 'caseaudit store check' tells more", s->path,
                   what);
}

/* ---- preparing ---- */

static sqlite3_stmt *prepared(struct ca_sqlite *s, const char *sql, struct ca_error *error)
{
    size_t at = ((uintptr_t)sql >> 3) % CA_SQLITE_STATEMENTS;
    sqlite3_stmt *statement;

    for (size_t i = 0; i < CA_SQLITE_STATEMENTS; i++, at = (at + 1) % CA_SQLITE_STATEMENTS) {
        if (s->cached[at].sql == sql)
            return s->cached[at].statement;
        if (s->cached[at].sql != NULL)
            continue;
        if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
            SQLITE_OK) {
            ca_sqlite_failed(s, error);
            return NULL;
        }
        s->cached[at].sql = sql;
        s->cached[at].statement = statement;
        return statement;
    }
    ca_fail(error, CA_ERROR_STORE, "more statements than there is room for");
    return NULL;
}

void ca_sql_forget(struct ca_sqlite *s)
{
    for (size_t i = 0; i < CA_SQLITE_STATEMENTS; i++)
        sqlite3_finalize(s->cached[i].statement);
    memset(s->cached, 0, sizeof s->cached);
}

/* ---- binding ---- */

static void bind_all(sqlite3_stmt *statement, const char *types, va_list args)
{
    int column = 0, small;
    const void *bytes;
    ca_date date;

    for (; *types != '\0'; types++) {
        column++;
        switch (*types) {
        case 'i': sqlite3_bind_int64(statement, column, va_arg(args, int64_t)); break;
        case 'n':
            small = va_arg(args, int);
            if (small < 0)
                sqlite3_bind_null(statement, column);
            else
                sqlite3_bind_int(statement, column, small);
            break;
        case 'd':
            date = va_arg(args, ca_date);
            if (date == CA_NO_DATE)
                sqlite3_bind_null(statement, column);
            else
                sqlite3_bind_int(statement, column, date);
            break;
        case 't':
            sqlite3_bind_text(statement, column, va_arg(args, const char *), -1, SQLITE_STATIC);
            break;
        default: /* b */
            bytes = va_arg(args, const void *);
            sqlite3_bind_blob64(statement, column, bytes, va_arg(args, size_t), SQLITE_STATIC);
        }
    }
}

static sqlite3_stmt *bound(struct ca_sqlite *s, struct ca_error *error, const char *sql,
                           const char *types, va_list args)
{
    sqlite3_stmt *statement = prepared(s, sql, error);

    if (statement != NULL) {
        sqlite3_reset(statement);
        bind_all(statement, types, args);
    }
    return statement;
}

sqlite3_stmt *ca_sql(struct ca_sqlite *s, struct ca_error *error, const char *sql,
                     const char *types, ...)
{
    sqlite3_stmt *statement;
    va_list args;

    va_start(args, types);
    statement = bound(s, error, sql, types, args);
    va_end(args);
    return statement;
}

/* ---- running ---- */

bool ca_sql_row(struct ca_sqlite *s, sqlite3_stmt *row, enum ca_code *code,
                struct ca_error *error)
{
    int result = row != NULL ? sqlite3_step(row) : SQLITE_ERROR;

    *code = CA_OK;
    if (result == SQLITE_ROW)
        return true;
    if (row == NULL)
        *code = error != NULL ? error->code : CA_ERROR_STORE;
    else if (result != SQLITE_DONE)
        *code = ca_sqlite_failed(s, error);
    sqlite3_reset(row);
    return false;
}

enum ca_code ca_sql_do(struct ca_sqlite *s, struct ca_error *error, const char *sql,
                       const char *types, ...)
{
    sqlite3_stmt *statement;
    enum ca_code code;
    va_list args;

    va_start(args, types);
    statement = bound(s, error, sql, types, args);
    va_end(args);
    while (ca_sql_row(s, statement, &code, error))
        continue;
    return code;
}

enum ca_code ca_sql_number(struct ca_sqlite *s, struct ca_error *error, int64_t fallback,
                           int64_t *out, const char *sql, const char *types, ...)
{
    sqlite3_stmt *statement;
    enum ca_code code;
    va_list args;
    bool found;

    va_start(args, types);
    statement = bound(s, error, sql, types, args);
    va_end(args);
    found = ca_sql_row(s, statement, &code, error) &&
            sqlite3_column_type(statement, 0) != SQLITE_NULL;
    if (code == CA_OK)
        *out = found ? sqlite3_column_int64(statement, 0) : fallback;
    sqlite3_reset(statement);
    return code;
}

enum ca_code ca_sql_script(struct ca_sqlite *s, const char *sql, struct ca_error *error)
{
    if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return ca_sqlite_failed(s, error);
    return CA_OK;
}

/* ---- columns ---- */

const char *ca_sql_text(sqlite3_stmt *statement, int column)
{
    return (const char *)sqlite3_column_text(statement, column);
}

const char *ca_sql_word(sqlite3_stmt *statement, int column)
{
    const char *text = ca_sql_text(statement, column);

    return text != NULL ? text : "";
}

ca_date ca_sql_date(sqlite3_stmt *statement, int column)
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL)
        return CA_NO_DATE;
    return sqlite3_column_int(statement, column);
}

int ca_sql_small(sqlite3_stmt *statement, int column)
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL)
        return -1;
    return sqlite3_column_int(statement, column);
}
