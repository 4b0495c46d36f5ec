#ifndef CA_STORE_STATEMENT_H
#define CA_STORE_STATEMENT_H

#include "core/store/store.h"

/*
 * Statements, rows and transactions, whichever database they are of. What stands in
 * core/store/sql/ is run by way of this; what a database does in its own way is its driver's.
 */
struct ca_tables;
struct ca_check;

enum ca_sql_type { CA_SQL_NULL, CA_SQL_INTEGER, CA_SQL_FLOAT, CA_SQL_TEXT, CA_SQL_BLOB };
enum ca_sql_step { CA_SQL_ROW, CA_SQL_END, CA_SQL_FAILED };

/* A driver's own struct begins with one. */
struct ca_statement {
    const struct ca_driver *driver;
    bool many, apart; /* of ca_sql_many, ca_sql_apart */
};

struct ca_driver {
    /* NULL and an error if the text cannot be prepared. types are those of the first values it
     * is given, as of ca_sql. */
    struct ca_statement *(*prepare)(struct ca_tables *s, const char *sql, const char *types,
                                    struct ca_error *error);
    void (*discard)(struct ca_statement *statement);
    void (*reset)(struct ca_statement *statement);
    enum ca_sql_step (*step)(struct ca_statement *statement);

    /* Columns of values from 1; texts and bytes are borrowed until the last step. */
    int (*values)(struct ca_statement *statement);
    void (*bind_null)(struct ca_statement *statement, int column);
    void (*bind_integer)(struct ca_statement *statement, int column, int64_t value);
    void (*bind_text)(struct ca_statement *statement, int column, const char *text);
    void (*bind_bytes)(struct ca_statement *statement, int column, const void *bytes,
                       size_t length);

    /* Columns of a row from 0, valid until the next step. Dates are days, truth is 1 or 0. */
    int (*columns)(struct ca_statement *row);
    const char *(*name)(struct ca_statement *row, int column);
    enum ca_sql_type (*type)(struct ca_statement *row, int column);
    int64_t (*integer)(struct ca_statement *row, int column);
    const char *(*text)(struct ca_statement *row, int column);
    const void *(*blob)(struct ca_statement *row, int column);
    size_t (*length)(struct ca_statement *row, int column); /* of a text or of bytes */

    /* The error for what the database said last. */
    enum ca_code (*failed)(struct ca_tables *s, struct ca_error *error);
    /* Several statements without values. */
    enum ca_code (*script)(struct ca_tables *s, const char *sql, struct ca_error *error);
    /* Transactions: to write, alone, or to read, as of one moment. */
    enum ca_code (*begin)(struct ca_tables *s, bool writing, struct ca_error *error);
    enum ca_code (*commit)(struct ca_tables *s, struct ca_error *error);
    void (*roll_back)(struct ca_tables *s); /* does nothing outside of one */
    bool (*within)(struct ca_tables *s);

    /* Nothing stays of what was deleted, where the database keeps it for a while. */
    enum ca_code (*wipe)(struct ca_tables *s, struct ca_error *error);
    /* Is the database itself whole, and has all that it should have? */
    void (*look_over)(struct ca_check *check);
    /* place, schema, newest_schema and size. */
    enum ca_code (*measure)(struct ca_tables *s, struct ca_store_info *info,
                            struct ca_error *error);

    /* The head beside the store (sqlite_head.c); NULL where a database keeps none. */
    void (*note_head)(struct ca_tables *s);
    bool (*noted_head)(struct ca_tables *s, struct ca_head *out);
};

/* ---- values, and a row's columns ---- */

static inline int ca_sql_values(struct ca_statement *statement)
{
    return statement->driver->values(statement);
}

static inline void ca_sql_bind_null(struct ca_statement *statement, int column)
{
    statement->driver->bind_null(statement, column);
}

static inline void ca_sql_bind_integer(struct ca_statement *statement, int column,
                                       int64_t value)
{
    statement->driver->bind_integer(statement, column, value);
}

static inline void ca_sql_bind_text(struct ca_statement *statement, int column,
                                    const char *text)
{
    statement->driver->bind_text(statement, column, text);
}

static inline void ca_sql_bind_bytes(struct ca_statement *statement, int column,
                                     const void *bytes, size_t length)
{
    statement->driver->bind_bytes(statement, column, bytes, length);
}

static inline int ca_sql_columns(struct ca_statement *row)
{
    return row->driver->columns(row);
}

static inline const char *ca_sql_name(struct ca_statement *row, int column)
{
    return row->driver->name(row, column);
}

static inline enum ca_sql_type ca_sql_type(struct ca_statement *row, int column)
{
    return row->driver->type(row, column);
}

static inline int64_t ca_sql_integer(struct ca_statement *row, int column)
{
    return row->driver->integer(row, column);
}

static inline const void *ca_sql_blob(struct ca_statement *row, int column)
{
    return row->driver->blob(row, column);
}

static inline size_t ca_sql_length(struct ca_statement *row, int column)
{
    return row->driver->length(row, column);
}

const char *ca_sql_text(struct ca_statement *row, int column); /* NULL for NULL */
const char *ca_sql_word(struct ca_statement *row, int column); /* "" for NULL */
ca_date ca_sql_date(struct ca_statement *row, int column);
int ca_sql_small(struct ca_statement *row, int column); /* -1 for NULL */

/* Who stops before the last row resets the statement; NULL is let be. */
static inline void ca_sql_reset(struct ca_statement *statement)
{
    if (statement != NULL)
        statement->driver->reset(statement);
}

/* ---- running ---- */

/*
 * A statement of core/store/sql/, ca_sql_NAME (its address is the key), prepared once, with its
 * values bound by types: i int64_t, n int (NULL if negative), d ca_date (NULL if none), t text
 * (may be NULL), b const void * and size_t. NULL and an error if that fails.
 */
struct ca_statement *ca_sql(struct ca_tables *s, struct ca_error *error, const char *sql,
                            const char *types, ...);
/* The same statement (or NULL), of which there may be more rows than memory is wanted for:
 * within a transaction they come some at a time. */
static inline struct ca_statement *ca_sql_many(struct ca_statement *statement)
{
    if (statement != NULL)
        statement->many = true;
    return statement;
}
/* The same statement (or NULL), which reads nothing that this transaction may have added: what
 * was added need not be there yet. */
static inline struct ca_statement *ca_sql_apart(struct ca_statement *statement)
{
    if (statement != NULL)
        statement->apart = true;
    return statement;
}
/* Is there a next row? If not, the statement is reset and *code tells whether that was the
 * end or a failure. A row of NULL is a statement that failed. */
bool ca_sql_row(struct ca_tables *s, struct ca_statement *row, enum ca_code *code,
                struct ca_error *error);
/* ca_sql and all its steps. */
enum ca_code ca_sql_do(struct ca_tables *s, struct ca_error *error, const char *sql,
                       const char *types, ...);
/* The first column of the first row, or fallback without one. */
enum ca_code ca_sql_number(struct ca_tables *s, struct ca_error *error, int64_t fallback,
                           int64_t *out, const char *sql, const char *types, ...);
enum ca_code ca_sql_script(struct ca_tables *s, const char *sql, struct ca_error *error);
void ca_sql_forget(struct ca_tables *s); /* discards every statement */

#endif
