/*
 * PostgreSQL's statements (statement.h). Values and rows travel in the server's binary form;
 * what type each is the server tells when a statement is prepared for the first time.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/store/postgresql.h"

/* Types by their numbers in the catalogue, which never change. */
enum {
    BOOL = 16,
    BYTEA = 17,
    INT8 = 20,
    INT2 = 21,
    INT4 = 23,
    TEXT = 25,
    DATE = 1082,
    TIME = 1184
};
enum { FLOAT4 = 700, FLOAT8 = 701, NUMERIC = 1700 };

/* From 1970-01-01, where our days and seconds begin, to 2000-01-01, where the server's do. */
enum { EPOCH_DAYS = 10957, MOST_VALUES = 32, TIMES = 4 };

struct value {
    enum ca_sql_type type;
    int64_t number;
    const void *bytes;
    size_t length;
};

struct postgresql_statement {
    struct ca_statement base;
    struct ca_postgresql *p;
    const char *text;
    char name[16];
    unsigned transaction; /* it was prepared in */
    int value_count;
    Oid types[MOST_VALUES];
    struct value values[MOST_VALUES];
    PGresult *shape; /* of the rows, without any */
    PGresult *result;
    int row;
    char times[TIMES][32]; /* of the row, as texts */
};

static struct postgresql_statement *statement_of(struct ca_statement *statement)
{
    return (struct postgresql_statement *)statement; /* base is the first member */
}

/* ---- preparing ---- */

static const char *text_for(const char *sql)
{
    for (const struct ca_postgresql_text *at = ca_postgresql_texts; at->sqlite != NULL; at++)
        if (at->sqlite == sql)
            return at->text;
    return sql;
}

/* What can be told of a value's type before the server is asked. */
static Oid type_of(char type)
{
    switch (type) {
    case 't': return TEXT;
    case 'd': return DATE;
    case 'b': return BYTEA;
    default: return 0;
    }
}

/* Prepares it anew in this transaction, with the types that are known by now. */
static bool prepare_again(struct postgresql_statement *statement)
{
    struct ca_postgresql *p = statement->p;
    PGresult *result;

    if (!ca_postgresql_settle(p))
        return false;
    result = PQprepare(p->connection, statement->name, statement->text, statement->value_count,
                       statement->types);
    if (!ca_postgresql_good(p, result))
        return false;
    PQclear(result);
    statement->transaction = p->transaction;
    return true;
}

static bool learn_types(struct postgresql_statement *statement)
{
    struct ca_postgresql *p = statement->p;
    PGresult *shape = PQdescribePrepared(p->connection, statement->name);

    if (!ca_postgresql_good(p, shape))
        return false;
    statement->shape = shape;
    statement->value_count = PQnparams(shape);
    for (int i = 0; i < statement->value_count && i < MOST_VALUES; i++)
        statement->types[i] = PQparamtype(shape, i);
    return true;
}

static void discard(struct ca_statement *base)
{
    struct postgresql_statement *statement = statement_of(base);

    PQclear(statement->shape);
    PQclear(statement->result);
    free(statement);
}

static struct ca_statement *prepare(struct ca_tables *s, const char *sql, const char *types,
                                    struct ca_error *error)
{
    struct ca_postgresql *p = ca_postgresql_of(s);
    struct postgresql_statement *statement = ca_xcalloc(1, sizeof *statement);
    const bool alone = !ca_postgresql_within(s);
    bool good = true;

    statement->base.driver = &ca_postgresql_driver;
    statement->p = p;
    statement->text = text_for(sql);
    snprintf(statement->name, sizeof statement->name, "ca%u", ++p->named);
    for (; *types != '\0' && statement->value_count < MOST_VALUES; types++)
        statement->types[statement->value_count++] = type_of(*types);
    if (alone && ca_postgresql_begin(s, false, error) != CA_OK) {
        discard(&statement->base);
        return NULL;
    }
    good = prepare_again(statement) && learn_types(statement);
    if (!good)
        ca_postgresql_failed(s, error);
    if (alone)
        ca_postgresql_roll_back(s);
    if (good)
        return &statement->base;
    discard(&statement->base);
    return NULL;
}

/* ---- values ---- */

static int values(struct ca_statement *statement)
{
    return statement_of(statement)->value_count;
}

static void keep(struct ca_statement *statement, int column, struct value value)
{
    if (column >= 1 && column <= MOST_VALUES)
        statement_of(statement)->values[column - 1] = value;
}

static void bind_null(struct ca_statement *statement, int column)
{
    keep(statement, column, (struct value){CA_SQL_NULL, 0, NULL, 0});
}

static void bind_integer(struct ca_statement *statement, int column, int64_t number)
{
    keep(statement, column, (struct value){CA_SQL_INTEGER, number, NULL, 0});
}

static void bind_text(struct ca_statement *statement, int column, const char *text)
{
    keep(statement, column,
         (struct value){text != NULL ? CA_SQL_TEXT : CA_SQL_NULL, 0, text,
                        text != NULL ? strlen(text) : 0});
}

static void bind_bytes(struct ca_statement *statement, int column, const void *bytes,
                       size_t length)
{
    keep(statement, column,
         (struct value){bytes != NULL ? CA_SQL_BLOB : CA_SQL_NULL, 0, bytes, length});
}

/* Highest byte first. */
static int put_number(char *to, int64_t number, int size)
{
    for (int i = 0; i < size; i++)
        to[i] = (char)((uint64_t)number >> 8 * (size - 1 - i));
    return size;
}

static int64_t take_number(const char *from, int size)
{
    uint64_t number = size > 0 && (from[0] & 0x80) != 0 ? UINT64_MAX : 0;

    for (int i = 0; i < size; i++)
        number = number << 8 | (unsigned char)from[i];
    return (int64_t)number;
}

/* Days that no calendar has are before or after all others. */
static int64_t server_days(int64_t days)
{
    enum { FIRST = -2451545, LAST = 2147483493 - 2451545 };
    const int64_t number = days - EPOCH_DAYS;

    return number < FIRST ? INT32_MIN : number > LAST ? INT32_MAX : number;
}

/* A number in the form of the server's type; as a text for what is none. */
static int encode(char to[24], Oid type, int64_t number, int *format)
{
    *format = 1;
    switch (type) {
    case BOOL: return put_number(to, number != 0, 1);
    case INT2: return put_number(to, number, 2);
    case INT4: return put_number(to, number, 4);
    case INT8: return put_number(to, number, 8);
    case DATE: return put_number(to, server_days(number), 4);
    default: *format = 0; return snprintf(to, 24, "%lld", (long long)number);
    }
}

/* ---- running ---- */

/* What gives no rows is sent, and its outcome is looked at before the next that does, or the
 * end. */
enum { MOST_SENT = 200 };

static bool send_off(struct postgresql_statement *statement, const char *const *bytes,
                     const int *lengths, const int *formats)
{
    struct ca_postgresql *p = statement->p;

    if (p->sent == 0 && PQenterPipelineMode(p->connection) != 1)
        return false;
    p->sent++;
    return PQsendQueryPrepared(p->connection, statement->name, statement->value_count, bytes,
                               lengths, formats, 1) == 1 &&
           (p->sent < MOST_SENT || ca_postgresql_settle(p));
}

/* The rows, or NULL and *good says whether that is all right. */
static PGresult *execute(struct postgresql_statement *statement, bool *good)
{
    const char *bytes[MOST_VALUES];
    char numbers[MOST_VALUES][24];
    int lengths[MOST_VALUES], formats[MOST_VALUES];

    for (int i = 0; i < statement->value_count; i++) {
        const struct value *value = &statement->values[i];
        bytes[i] = value->type == CA_SQL_INTEGER ? numbers[i] : value->bytes;
        lengths[i] = (int)value->length;
        formats[i] = value->type == CA_SQL_BLOB;
        if (value->type == CA_SQL_INTEGER)
            lengths[i] = encode(numbers[i], statement->types[i], value->number, &formats[i]);
    }
    if (PQnfields(statement->shape) == 0) {
        *good = send_off(statement, bytes, lengths, formats);
        return NULL;
    }
    *good = ca_postgresql_settle(statement->p);
    return *good ? PQexecPrepared(statement->p->connection, statement->name,
                                  statement->value_count, bytes, lengths, formats, 1)
                 : NULL;
}

/* Outside of a transaction it has one of its own, which ends at once: all rows are here then.
 */
static bool run(struct postgresql_statement *statement)
{
    struct ca_postgresql *p = statement->p;
    struct ca_error error;
    const bool alone = !ca_postgresql_within(&p->base);
    bool good = !alone || ca_postgresql_begin(&p->base, false, &error) == CA_OK;

    if (good && statement->transaction != p->transaction)
        good = prepare_again(statement);
    if (good) {
        statement->result = execute(statement, &good);
        if (statement->result != NULL && !ca_postgresql_good(p, statement->result)) {
            statement->result = NULL;
            good = false;
        }
    }
    if (alone)
        ca_postgresql_roll_back(&p->base);
    statement->row = -1;
    return good;
}

static enum ca_sql_step step(struct ca_statement *base)
{
    struct postgresql_statement *statement = statement_of(base);

    if (statement->result == NULL && !run(statement))
        return CA_SQL_FAILED;
    if (statement->result == NULL)
        return CA_SQL_END;
    return ++statement->row < PQntuples(statement->result) ? CA_SQL_ROW : CA_SQL_END;
}

static void reset(struct ca_statement *base)
{
    PQclear(statement_of(base)->result);
    statement_of(base)->result = NULL;
}

/* ---- columns ---- */

static int columns(struct ca_statement *row)
{
    return PQnfields(statement_of(row)->shape);
}

static const char *name(struct ca_statement *row, int column)
{
    return PQfname(statement_of(row)->shape, column);
}

static enum ca_sql_type type(struct ca_statement *row, int column)
{
    const struct postgresql_statement *statement = statement_of(row);

    if (PQgetisnull(statement->result, statement->row, column))
        return CA_SQL_NULL;
    switch (PQftype(statement->result, column)) {
    case BOOL:
    case INT2:
    case INT4:
    case INT8:
    case DATE: return CA_SQL_INTEGER;
    case FLOAT4:
    case FLOAT8:
    case NUMERIC: return CA_SQL_FLOAT;
    case BYTEA: return CA_SQL_BLOB;
    default: return CA_SQL_TEXT;
    }
}

static int64_t integer(struct ca_statement *row, int column)
{
    const struct postgresql_statement *statement = statement_of(row);
    const char *bytes = PQgetvalue(statement->result, statement->row, column);
    int64_t number = 0;

    if (type(row, column) == CA_SQL_INTEGER)
        number = take_number(bytes, PQgetlength(statement->result, statement->row, column));
    return PQftype(statement->result, column) == DATE && type(row, column) != CA_SQL_NULL
               ? number + EPOCH_DAYS
               : number;
}

/* Times are whole seconds, as the ledger writes them. */
static const char *time_text(struct postgresql_statement *statement, int column)
{
    const char *bytes = PQgetvalue(statement->result, statement->row, column);
    char *text = statement->times[column % TIMES];
    time_t seconds = (time_t)(take_number(bytes, 8) / 1000000 + EPOCH_DAYS * 86400LL);
    struct tm utc;

    gmtime_r(&seconds, &utc);
    strftime(text, sizeof statement->times[0], "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

static const char *text(struct ca_statement *row, int column)
{
    struct postgresql_statement *statement = statement_of(row);

    if (PQgetisnull(statement->result, statement->row, column))
        return NULL;
    if (PQftype(statement->result, column) == TIME)
        return time_text(statement, column);
    return PQgetvalue(statement->result, statement->row, column);
}

static const void *blob(struct ca_statement *row, int column)
{
    const struct postgresql_statement *statement = statement_of(row);

    return PQgetisnull(statement->result, statement->row, column)
               ? NULL
               : PQgetvalue(statement->result, statement->row, column);
}

static size_t length(struct ca_statement *row, int column)
{
    const struct postgresql_statement *statement = statement_of(row);

    if (PQftype(statement->result, column) == TIME)
        return strlen(text(row, column));
    return (size_t)PQgetlength(statement->result, statement->row, column);
}

/* Nothing is kept for a while: what was deleted is gone with the server's next clearing up. */
static enum ca_code wipe(struct ca_tables *s, struct ca_error *error)
{
    (void)s;
    (void)error;
    return CA_OK;
}

const struct ca_driver ca_postgresql_driver = {
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
    .failed = ca_postgresql_failed,
    .script = ca_postgresql_script,
    .begin = ca_postgresql_begin,
    .commit = ca_postgresql_commit,
    .roll_back = ca_postgresql_roll_back,
    .within = ca_postgresql_within,
    .wipe = wipe,
    .look_over = ca_postgresql_look_over,
    .measure = ca_postgresql_measure,
};
