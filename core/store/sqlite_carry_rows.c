/* Rows from one store to another. */
#include <stdlib.h>

#include "core/base/json.h"
#include "core/store/carried_rows.h"
#include "core/store/sqlite_carry.h"

/* ---- out ---- */

void ca_sqlite_write_bytes(struct ca_buffer *out, const void *bytes, int length)
{
    char *text = ca_xcalloc((size_t)length * 2 + 1, 1);

    if (length > 0)
        ca_hex_write(bytes, (size_t)length, text);
    ca_json_string(out, text);
    free(text);
}

static void write_value(struct ca_buffer *out, sqlite3_stmt *row, int column)
{
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER: ca_json_integer(out, sqlite3_column_int64(row, column)); break;
    case SQLITE_TEXT: ca_json_string(out, ca_sql_text(row, column)); break;
    case SQLITE_BLOB:
        ca_json_open(out, '{');
        ca_json_key(out, "bytes");
        ca_sqlite_write_bytes(out, sqlite3_column_blob(row, column),
                              sqlite3_column_bytes(row, column));
        ca_json_close(out, '}');
        break;
    default: ca_json_null(out);
    }
}

enum ca_code ca_sqlite_write_rows(struct ca_sqlite *s, sqlite3_stmt *row, struct ca_buffer *out,
                                  struct ca_error *error)
{
    enum ca_code code;

    ca_json_open(out, '[');
    while (ca_sql_row(s, row, &code, error)) {
        ca_json_open(out, '[');
        for (int column = 0; column < sqlite3_column_count(row); column++)
            write_value(out, row, column);
        ca_json_close(out, ']');
    }
    ca_json_close(out, ']');
    return code;
}

/* ---- and in ---- */

static void bind_value(sqlite3_stmt *statement, int column,
                       const struct ca_carried_value *value)
{
    switch (value->kind) {
    case CA_CARRIED_NULL: sqlite3_bind_null(statement, column); break;
    case CA_CARRIED_NUMBER: sqlite3_bind_int64(statement, column, value->number); break;
    case CA_CARRIED_TEXT:
        sqlite3_bind_text(statement, column, value->bytes, -1, SQLITE_TRANSIENT);
        break;
    case CA_CARRIED_BYTES:
        sqlite3_bind_blob64(statement, column, value->bytes, value->length, SQLITE_TRANSIENT);
        break;
    }
}

bool ca_sqlite_bind_row(sqlite3_stmt *statement, int column, int count, struct ca_unpack *in)
{
    for (int i = 0; i < count; i++) {
        const struct ca_carried_value value = ca_carried_value_unpack(in);
        if (!in->good)
            return false;
        bind_value(statement, column + i, &value);
    }
    return true;
}
