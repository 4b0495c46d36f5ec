/* Rows from one store to another. */
#include <stdlib.h>

#include "core/base/json.h"
#include "core/store/carried_rows.h"
#include "core/store/tables_carry.h"

/* ---- out ---- */

void ca_tables_write_bytes(struct ca_buffer *out, const void *bytes, size_t length)
{
    char *text = ca_xcalloc(length * 2 + 1, 1);

    if (length > 0)
        ca_hex_write(bytes, length, text);
    ca_json_string(out, text);
    free(text);
}

static void write_value(struct ca_buffer *out, struct ca_statement *row, int column)
{
    switch (ca_sql_type(row, column)) {
    case CA_SQL_INTEGER: ca_json_integer(out, ca_sql_integer(row, column)); break;
    case CA_SQL_TEXT: ca_json_string(out, ca_sql_text(row, column)); break;
    case CA_SQL_BLOB:
        ca_json_open(out, '{');
        ca_json_key(out, "bytes");
        ca_tables_write_bytes(out, ca_sql_blob(row, column), ca_sql_length(row, column));
        ca_json_close(out, '}');
        break;
    default: ca_json_null(out);
    }
}

enum ca_code ca_tables_write_rows(struct ca_tables *s, struct ca_statement *row,
                                  struct ca_buffer *out, struct ca_error *error)
{
    enum ca_code code;

    ca_json_open(out, '[');
    while (ca_sql_row(s, row, &code, error)) {
        ca_json_open(out, '[');
        for (int column = 0; column < ca_sql_columns(row); column++)
            write_value(out, row, column);
        ca_json_close(out, ']');
    }
    ca_json_close(out, ']');
    return code;
}

/* ---- and in ---- */

static void bind_value(struct ca_statement *statement, int column,
                       const struct ca_carried_value *value)
{
    switch (value->kind) {
    case CA_CARRIED_NULL: ca_sql_bind_null(statement, column); break;
    case CA_CARRIED_NUMBER: ca_sql_bind_integer(statement, column, value->number); break;
    case CA_CARRIED_TEXT: ca_sql_bind_text(statement, column, value->bytes); break;
    case CA_CARRIED_BYTES:
        ca_sql_bind_bytes(statement, column, value->bytes, value->length);
        break;
    }
}

bool ca_tables_bind_row(struct ca_statement *statement, int column, int count,
                        struct ca_unpack *in)
{
    for (int i = 0; i < count; i++) {
        const struct ca_carried_value value = ca_carried_value_unpack(in);
        if (!in->good)
            return false;
        bind_value(statement, column + i, &value);
    }
    return true;
}
