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

/* From 1970-01-01, where our days and seconds begin, to 2000-01-01, where the server's do. */
enum { EPOCH_DAYS = 10957, TIMES = 4 };

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
    Oid types[CA_PG_MOST_VALUES];
    struct value values[CA_PG_MOST_VALUES];
    struct ca_postgresql_waiting *waiting; /* rows to add, where it adds some */
    PGresult *shape;                       /* of the rows, without any */
    PGresult *result;
    bool fetching;   /* the rows come some at a time, from a cursor of the same name */
    unsigned opened; /* the transaction of the cursor */
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
    case 't': return CA_PG_TEXT;
    case 'd': return CA_PG_DATE;
    case 'b': return CA_PG_BYTEA;
    default: return 0;
    }
}

/* Prepares it anew in this transaction, with the types that are known by now. */
static bool prepare_again(struct postgresql_statement *statement)
{
    struct ca_postgresql *p = statement->p;
    PGresult *result;

    if (!ca_postgresql_await(p))
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
    for (int i = 0; i < statement->value_count && i < CA_PG_MOST_VALUES; i++)
        statement->types[i] = PQparamtype(shape, i);
    statement->waiting =
        ca_postgresql_waiting_new(statement->text, statement->types, statement->value_count);
    return true;
}

static void discard(struct ca_statement *base)
{
    struct postgresql_statement *statement = statement_of(base);

    ca_postgresql_waiting_free(statement->p, statement->waiting);
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
    for (; *types != '\0' && statement->value_count < CA_PG_MOST_VALUES; types++)
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
    if (column >= 1 && column <= CA_PG_MOST_VALUES)
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
    case CA_PG_BOOL: return put_number(to, number != 0, 1);
    case CA_PG_INT2: return put_number(to, number, 2);
    case CA_PG_INT4: return put_number(to, number, 4);
    case CA_PG_INT8: return put_number(to, number, 8);
    case CA_PG_DATE: return put_number(to, server_days(number), 4);
    default: *format = 0; return snprintf(to, 24, "%lld", (long long)number);
    }
}

/* ---- running ---- */

/* What gives no rows is sent, and its outcome is looked at before the next that does, or the
 * end. */
enum { MOST_SENT = 200 };

/* How many rows come at a time, of a statement with many. */
enum { ROWS_FETCHED = 1000 };

/* A statement's values, as they go to the server. */
struct sent {
    const char *bytes[CA_PG_MOST_VALUES];
    char numbers[CA_PG_MOST_VALUES][24];
    int lengths[CA_PG_MOST_VALUES], formats[CA_PG_MOST_VALUES];
    bool binary; /* each is what its type has for a binary form */
};

static void encode_all(const struct postgresql_statement *statement, struct sent *out)
{
    out->binary = true;
    for (int i = 0; i < statement->value_count; i++) {
        const struct value *value = &statement->values[i];
        const Oid type = statement->types[i];
        out->bytes[i] = value->type == CA_SQL_INTEGER ? out->numbers[i] : value->bytes;
        out->lengths[i] = (int)value->length;
        out->formats[i] = value->type == CA_SQL_BLOB;
        if (value->type == CA_SQL_INTEGER)
            out->lengths[i] = encode(out->numbers[i], type, value->number, &out->formats[i]);
        /* Of texts both forms are the same. */
        out->binary &= value->type == CA_SQL_NULL || type == CA_PG_TEXT || out->formats[i] == 1;
    }
}

static bool send_off(struct postgresql_statement *statement, const struct sent *values)
{
    struct ca_postgresql *p = statement->p;

    if (statement->waiting != NULL && values->binary)
        return ca_postgresql_wait(p, statement->waiting, values->bytes, values->lengths);
    if (statement->transaction != p->transaction && !prepare_again(statement))
        return false;
    return ca_postgresql_send_waiting(p) && ca_postgresql_pipeline(p) &&
           PQsendQueryPrepared(p->connection, statement->name, statement->value_count,
                               values->bytes, values->lengths, values->formats, 1) == 1 &&
           (p->sent < MOST_SENT || ca_postgresql_settle(p));
}

/* Takes over what came of it: rows, or a failure that is remembered. */
static bool take(struct postgresql_statement *statement, PGresult *result)
{
    PQclear(statement->result);
    statement->result = ca_postgresql_good(statement->p, result) ? result : NULL;
    statement->row = -1;
    return statement->result != NULL;
}

static bool execute(struct postgresql_statement *statement, const struct sent *values)
{
    struct ca_postgresql *p = statement->p;

    return (statement->transaction == p->transaction || prepare_again(statement)) &&
           take(statement,
                PQexecPrepared(p->connection, statement->name, statement->value_count,
                               values->bytes, values->lengths, values->formats, 1));
}

/* The next rows of its cursor. */
static bool fetch(struct postgresql_statement *statement)
{
    char text[48];

    snprintf(text, sizeof text, "FETCH %d FROM %s", ROWS_FETCHED, statement->name);
    return ca_postgresql_settle(statement->p) &&
           take(statement,
                PQexecParams(statement->p->connection, text, 0, NULL, NULL, NULL, NULL, 1));
}

static bool open_cursor(struct postgresql_statement *statement, const struct sent *values)
{
    struct ca_postgresql *p = statement->p;
    struct ca_buffer text = {0};
    PGresult *result;

    ca_buffer_printf(&text, "DECLARE %s NO SCROLL CURSOR FOR %s", statement->name,
                     statement->text);
    result = PQexecParams(p->connection, text.data, statement->value_count, statement->types,
                          values->bytes, values->lengths, values->formats, 1);
    ca_buffer_free(&text);
    if (!ca_postgresql_good(p, result))
        return false;
    PQclear(result);
    statement->fetching = true;
    statement->opened = p->transaction;
    return fetch(statement);
}

/* Outside of a transaction it has one of its own, which ends at once: all rows are here then.
 */
static bool run(struct postgresql_statement *statement)
{
    struct ca_postgresql *p = statement->p;
    const bool alone = !ca_postgresql_within(&p->base);
    struct ca_error error;
    struct sent values;
    bool good = !alone || ca_postgresql_begin(&p->base, false, &error) == CA_OK;

    encode_all(statement, &values);
    if (good && PQnfields(statement->shape) == 0)
        good = send_off(statement, &values);
    else if (good)
        good = (statement->base.apart ? ca_postgresql_await : ca_postgresql_settle)(p) &&
               (statement->base.many && !alone ? open_cursor : execute)(statement, &values);
    if (alone)
        ca_postgresql_roll_back(&p->base);
    return good;
}

static enum ca_sql_step step(struct ca_statement *base)
{
    struct postgresql_statement *statement = statement_of(base);

    if (statement->result == NULL && !run(statement))
        return CA_SQL_FAILED;
    if (statement->result == NULL)
        return CA_SQL_END;
    if (++statement->row < PQntuples(statement->result))
        return CA_SQL_ROW;
    if (!statement->fetching || statement->row < ROWS_FETCHED)
        return CA_SQL_END;
    if (!fetch(statement))
        return CA_SQL_FAILED;
    return ++statement->row < PQntuples(statement->result) ? CA_SQL_ROW : CA_SQL_END;
}

/* A cursor goes with its transaction, or before, if its name is wanted again. */
static void reset(struct ca_statement *base)
{
    struct postgresql_statement *statement = statement_of(base);
    struct ca_postgresql *p = statement->p;
    char text[48];

    if (statement->fetching && statement->opened == p->transaction &&
        PQtransactionStatus(p->connection) == PQTRANS_INTRANS) {
        snprintf(text, sizeof text, "CLOSE %s", statement->name);
        PQclear(PQexec(p->connection, text));
    }
    statement->fetching = false;
    PQclear(statement->result);
    statement->result = NULL;
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
    case CA_PG_BOOL:
    case CA_PG_INT2:
    case CA_PG_INT4:
    case CA_PG_INT8:
    case CA_PG_DATE: return CA_SQL_INTEGER;
    case CA_PG_FLOAT4:
    case CA_PG_FLOAT8:
    case CA_PG_NUMERIC: return CA_SQL_FLOAT;
    case CA_PG_BYTEA: return CA_SQL_BLOB;
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
    return PQftype(statement->result, column) == CA_PG_DATE && type(row, column) != CA_SQL_NULL
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
    if (PQftype(statement->result, column) == CA_PG_TIME)
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

    if (PQftype(statement->result, column) == CA_PG_TIME)
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
