/*
 * Rows that are added: they wait, each column in an array of its own, and go to the server many
 * at a time, as INSERT … SELECT … FROM unnest(…). (COPY is closed to roles that policies hold
 * for.)
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/postgresql.h"

/* How much may wait. */
enum { MOST_BYTES = 4 << 20 };

struct ca_postgresql_waiting {
    struct ca_postgresql_waiting *next;
    char *text; /* that adds the rows of arrays */
    enum { FIRST, BETWEEN, LAST } place;
    bool of_result; /* a result is not whole yet when such a row has come */
    bool queued;
    int columns, rows;
    struct column {
        Oid element, array;
        bool nulls;
        struct ca_buffer values;
    } column[];
};

/* ---- the statement ---- */

static Oid array_of(Oid element)
{
    static const struct {
        Oid element, array;
    } types[] = {{CA_PG_BOOL, 1000}, {CA_PG_BYTEA, 1001}, {CA_PG_INT8, 1016},
                 {CA_PG_INT2, 1005}, {CA_PG_INT4, 1007},  {CA_PG_TEXT, 1009},
                 {CA_PG_DATE, 1182}};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].element == element)
            return types[i].array;
    return 0;
}

/*
 * "INSERT INTO t VALUES($1, f($2))" becomes "INSERT INTO t SELECT v1, f(v2) FROM (SELECT
 * unnest($1) v1, unnest($2) v2) v". In that place the server takes rows one by one; after FROM
 * it would write each array into a table first, which takes three times as long.
 */
static char *with_arrays(const char *text, const char *values, int columns)
{
    struct ca_buffer out = {0};
    const char *from = values + strlen(" VALUES("), *end = text + strlen(text) - 1;

    ca_buffer_add(&out, text, (size_t)(values - text));
    ca_buffer_puts(&out, " SELECT ");
    for (; from < end; from++)
        ca_buffer_putc(&out, *from == '$' ? 'v' : *from);
    ca_buffer_puts(&out, " FROM (SELECT ");
    for (int i = 1; i <= columns; i++)
        ca_buffer_printf(&out, "%sunnest($%d) v%d", i > 1 ? ", " : "", i, i);
    ca_buffer_puts(&out, ") v");
    return out.data;
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

struct ca_postgresql_waiting *ca_postgresql_waiting_new(const char *text, const Oid *types,
                                                        int columns)
{
    const char *values = strstr(text, " VALUES(");
    struct ca_postgresql_waiting *waiting;

    if (!begins(text, "INSERT INTO ") || values == NULL || columns == 0 ||
        text[strlen(text) - 1] != ')')
        return NULL; /* and nothing about conflicts, or to return */
    for (int i = 0; i < columns; i++)
        if (array_of(types[i]) == 0)
            return NULL;
    waiting = ca_xcalloc(1, sizeof *waiting + (size_t)columns * sizeof *waiting->column);
    waiting->text = with_arrays(text, values, columns);
    waiting->place = begins(text, "INSERT INTO result(")   ? FIRST
                     : begins(text, "INSERT INTO ledger(") ? LAST
                                                           : BETWEEN;
    waiting->of_result = begins(text, "INSERT INTO result");
    waiting->columns = columns;
    for (int i = 0; i < columns; i++) {
        waiting->column[i].element = types[i];
        waiting->column[i].array = array_of(types[i]);
    }
    return waiting;
}

/* ---- rows ---- */

static void put_word(struct ca_buffer *out, int64_t number)
{
    const uint32_t word = htonl((uint32_t)number);

    ca_buffer_add(out, (const char *)&word, sizeof word);
}

/* What an array begins with in the server's binary form; both texts are as long. */
static void put_beginning(const struct column *column, int rows, struct ca_buffer *out)
{
    put_word(out, 1); /* dimension */
    put_word(out, column->nulls);
    put_word(out, column->element);
    put_word(out, rows);
    put_word(out, 1); /* where it begins to count */
}

static void empty(struct ca_postgresql_waiting *waiting)
{
    for (int i = 0; i < waiting->columns; i++) {
        struct column *column = &waiting->column[i];
        ca_buffer_clear(&column->values);
        column->nulls = false;
        put_beginning(column, 0, &column->values);
    }
    waiting->rows = 0;
}

/*
 * A result's own row goes before its parts, which the server takes for a result that is being
 * made (growing, in sql/postgresql/security.sql); entries of the ledger go when what they tell
 * of is there.
 */
static void queue(struct ca_postgresql *p, struct ca_postgresql_waiting *waiting)
{
    struct ca_postgresql_waiting **at = &p->waiting;

    while (*at != NULL && (*at)->place <= waiting->place)
        at = &(*at)->next;
    waiting->next = *at;
    *at = waiting;
    waiting->queued = true;
    empty(waiting);
}

bool ca_postgresql_wait(struct ca_postgresql *p, struct ca_postgresql_waiting *waiting,
                        const char *const *values, const int *lengths)
{
    if (!waiting->queued)
        queue(p, waiting);
    waiting->rows++;
    for (int i = 0; i < waiting->columns; i++) {
        struct column *column = &waiting->column[i];
        const bool null = values[i] == NULL;
        column->nulls |= null;
        put_word(&column->values, null ? -1 : lengths[i]);
        if (!null)
            ca_buffer_add(&column->values, values[i], (size_t)lengths[i]);
        p->waiting_bytes += 4 + (null ? 0 : (size_t)lengths[i]);
    }
    return p->waiting_bytes < MOST_BYTES || waiting->of_result || ca_postgresql_send_waiting(p);
}

static bool send_rows(struct ca_postgresql *p, struct ca_postgresql_waiting *waiting)
{
    Oid types[CA_PG_MOST_VALUES];
    const char *values[CA_PG_MOST_VALUES];
    int lengths[CA_PG_MOST_VALUES], formats[CA_PG_MOST_VALUES];

    for (int i = 0; i < waiting->columns; i++) {
        struct column *column = &waiting->column[i];
        struct ca_buffer beginning = {0};
        put_beginning(column, waiting->rows, &beginning);
        memcpy(column->values.data, beginning.data, beginning.length);
        ca_buffer_free(&beginning);
        types[i] = column->array;
        values[i] = column->values.data;
        lengths[i] = (int)column->values.length;
        formats[i] = 1;
    }
    return ca_postgresql_pipeline(p) &&
           PQsendQueryParams(p->connection, waiting->text, waiting->columns, types, values,
                             lengths, formats, 1) == 1;
}

void ca_postgresql_drop_waiting(struct ca_postgresql *p)
{
    for (; p->waiting != NULL; p->waiting = p->waiting->next)
        p->waiting->queued = false;
    p->waiting_bytes = 0;
}

bool ca_postgresql_send_waiting(struct ca_postgresql *p)
{
    bool good = true;

    for (struct ca_postgresql_waiting *at = p->waiting; at != NULL && good; at = at->next)
        good = send_rows(p, at);
    if (!good)
        ca_postgresql_note(p, NULL);
    ca_postgresql_drop_waiting(p);
    return good;
}

void ca_postgresql_waiting_free(struct ca_postgresql *p, struct ca_postgresql_waiting *waiting)
{
    if (waiting == NULL)
        return;
    for (struct ca_postgresql_waiting **at = &p->waiting; *at != NULL; at = &(*at)->next)
        if (*at == waiting) {
            *at = waiting->next;
            break;
        }
    for (int i = 0; i < waiting->columns; i++)
        ca_buffer_free(&waiting->column[i].values);
    free(waiting->text);
    free(waiting);
}
