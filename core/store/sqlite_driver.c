/* SQLite's statements and transactions (statement.h), and what it says when they fail. */
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "core/store/sqlite.h"

/* ---- errors ---- */

static bool disk_is_full(struct ca_tables *s)
{
    int number = errno, told = sqlite3_system_errno(s->db);
    int code = sqlite3_errcode(s->db) & 0xff;

    /* SQLite does not always pass on why a write failed; then it is still in errno. */
    if (told != 0)
        number = told;
    return code == SQLITE_FULL ||
           (code == SQLITE_IOERR && (number == ENOSPC || number == EDQUOT || number == EFBIG));
}

enum ca_code ca_sqlite_failed(struct ca_tables *s, struct ca_error *error)
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

/* ---- statements ---- */

struct sqlite_statement {
    struct ca_statement base;
    sqlite3_stmt *handle;
    bool under_way; /* stepped, and not reset since */
};

static sqlite3_stmt *handle_of(struct ca_statement *statement)
{
    return ((struct sqlite_statement *)statement)->handle; /* base is the first member */
}

static struct ca_statement *prepare(struct ca_tables *s, const char *sql, const char *types,
                                    struct ca_error *error)
{
    struct sqlite_statement *statement;
    sqlite3_stmt *handle;

    (void)types; /* SQLite has none */
    if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL) !=
        SQLITE_OK) {
        ca_sqlite_failed(s, error);
        return NULL;
    }
    statement = ca_xcalloc(1, sizeof *statement);
    *statement =
        (struct sqlite_statement){.base = {.driver = &ca_sqlite_driver}, .handle = handle};
    return &statement->base;
}

static void discard(struct ca_statement *statement)
{
    sqlite3_finalize(handle_of(statement));
    free(statement);
}

static void reset(struct ca_statement *base)
{
    struct sqlite_statement *statement = (struct sqlite_statement *)base;

    if (statement->under_way)
        sqlite3_reset(statement->handle);
    statement->under_way = false;
}

static enum ca_sql_step step(struct ca_statement *statement)
{
    ((struct sqlite_statement *)statement)->under_way = true;
    switch (sqlite3_step(handle_of(statement))) {
    case SQLITE_ROW: return CA_SQL_ROW;
    case SQLITE_DONE: return CA_SQL_END;
    default: return CA_SQL_FAILED;
    }
}

/* ---- values ---- */

static int values(struct ca_statement *statement)
{
    return sqlite3_bind_parameter_count(handle_of(statement));
}

static void bind_null(struct ca_statement *statement, int column)
{
    sqlite3_bind_null(handle_of(statement), column);
}

static void bind_integer(struct ca_statement *statement, int column, int64_t value)
{
    sqlite3_bind_int64(handle_of(statement), column, value);
}

static void bind_text(struct ca_statement *statement, int column, const char *text)
{
    sqlite3_bind_text(handle_of(statement), column, text, -1, SQLITE_STATIC);
}

static void bind_bytes(struct ca_statement *statement, int column, const void *bytes,
                       size_t length)
{
    sqlite3_bind_blob64(handle_of(statement), column, bytes, length, SQLITE_STATIC);
}

/* ---- columns ---- */

static int columns(struct ca_statement *row)
{
    return sqlite3_column_count(handle_of(row));
}

static const char *name(struct ca_statement *row, int column)
{
    return sqlite3_column_name(handle_of(row), column);
}

static enum ca_sql_type type(struct ca_statement *row, int column)
{
    switch (sqlite3_column_type(handle_of(row), column)) {
    case SQLITE_INTEGER: return CA_SQL_INTEGER;
    case SQLITE_FLOAT: return CA_SQL_FLOAT;
    case SQLITE_TEXT: return CA_SQL_TEXT;
    case SQLITE_BLOB: return CA_SQL_BLOB;
    default: return CA_SQL_NULL;
    }
}

static int64_t integer(struct ca_statement *row, int column)
{
    return sqlite3_column_int64(handle_of(row), column);
}

static const char *text(struct ca_statement *row, int column)
{
    return (const char *)sqlite3_column_text(handle_of(row), column);
}

static const void *blob(struct ca_statement *row, int column)
{
    return sqlite3_column_blob(handle_of(row), column);
}

static size_t length(struct ca_statement *row, int column)
{
    return (size_t)sqlite3_column_bytes(handle_of(row), column);
}

/* ---- transactions ---- */

static enum ca_code script(struct ca_tables *s, const char *sql, struct ca_error *error)
{
    if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return ca_sqlite_failed(s, error);
    return CA_OK;
}

static enum ca_code begin(struct ca_tables *s, bool writing, struct ca_error *error)
{
    return script(s, writing ? "BEGIN IMMEDIATE" : "BEGIN", error);
}

static enum ca_code commit(struct ca_tables *s, struct ca_error *error)
{
    return script(s, "COMMIT", error);
}

static bool within(struct ca_tables *s)
{
    return !sqlite3_get_autocommit(s->db);
}

/* Some failures end the transaction by themselves. */
static void roll_back(struct ca_tables *s)
{
    if (within(s))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

static enum ca_code wipe(struct ca_tables *s, struct ca_error *error)
{
    ca_sql_forget(s); /* a statement that is not reset would be a reader */
    if (sqlite3_wal_checkpoint_v2(s->db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) !=
        SQLITE_OK)
        return ca_sqlite_failed(s, error);
    return CA_OK;
}

const struct ca_driver ca_sqlite_driver = {
    .prepare = prepare,
    .discard = discard,
    .reset = reset,
    .step = step,
    .values = values,
    .bind_null = bind_null,
    .bind_integer = bind_integer,
    .bind_text = bind_text,
    .bind_bytes = bind_bytes,
    .columns = columns,
    .name = name,
    .type = type,
    .integer = integer,
    .text = text,
    .blob = blob,
    .length = length,
    .failed = ca_sqlite_failed,
    .script = script,
    .begin = begin,
    .commit = commit,
    .roll_back = roll_back,
    .within = within,
    .wipe = wipe,
    .look_over = ca_sqlite_look_over,
    .measure = ca_sqlite_measure,
    .note_head = ca_sqlite_note_head,
    .noted_head = ca_sqlite_noted_head,
};
