/* Rows of tables, from JSON to what a store takes. */
#include "core/store/carried_rows.h"

#include <stdlib.h>

#include "core/store/chain.h"

bool ca_carried_bytes_pack(const json_t *text, struct ca_buffer *out)
{
    const size_t digits = json_string_length(text);
    uint8_t *bytes = ca_xcalloc(digits / 2 + 1, 1);
    bool good = json_is_string(text) && digits % 2 == 0 &&
                ca_hex_read(json_string_value(text), bytes, digits / 2);

    ca_pack_bytes(out, bytes, digits / 2);
    free(bytes);
    return good;
}

static bool pack_value(const json_t *value, struct ca_buffer *out)
{
    switch (json_typeof(value)) {
    case JSON_NULL: ca_pack_int(out, CA_CARRIED_NULL); return true;
    case JSON_INTEGER:
        ca_pack_int(out, CA_CARRIED_NUMBER);
        ca_pack_int(out, json_integer_value(value));
        return true;
    case JSON_STRING:
        ca_pack_int(out, CA_CARRIED_TEXT);
        ca_pack_text(out, json_string_value(value));
        return true;
    case JSON_OBJECT:
        ca_pack_int(out, CA_CARRIED_BYTES);
        return ca_carried_bytes_pack(json_object_get(value, "bytes"), out);
    default: return false;
    }
}

static bool pack_row(const json_t *row, struct ca_buffer *out)
{
    ca_pack_int(out, (int64_t)json_array_size(row));
    for (size_t i = 0; i < json_array_size(row); i++)
        if (!pack_value(json_array_get(row, i), out))
            return false;
    return json_is_array(row);
}

static bool pack_table(const char *name, const json_t *table, struct ca_buffer *out)
{
    ca_pack_text(out, name);
    ca_pack_int(out, (int64_t)json_array_size(table));
    for (size_t i = 0; i < json_array_size(table); i++)
        if (!pack_row(json_array_get(table, i), out))
            return false;
    return json_is_array(table);
}

bool ca_carried_rows_pack(json_t *tables, struct ca_buffer *out)
{
    const char *name;
    json_t *table;

    if (!json_is_object(tables))
        return false;
    ca_pack_int(out, (int64_t)json_object_size(tables));
    json_object_foreach(tables, name, table) if (!pack_table(name, table, out)) return false;
    return true;
}

struct ca_carried_value ca_carried_value_unpack(struct ca_unpack *in)
{
    struct ca_carried_value value = {
        .kind = (enum ca_carried_kind)ca_unpack_range(in, CA_CARRIED_NULL, CA_CARRIED_BYTES)};

    if (value.kind == CA_CARRIED_NUMBER)
        value.number = ca_unpack_int(in);
    else if (value.kind == CA_CARRIED_TEXT)
        value.bytes = ca_unpack_text(in);
    else if (value.kind == CA_CARRIED_BYTES)
        value.bytes = ca_unpack_bytes(in, &value.length);
    in->good = in->good && (value.kind < CA_CARRIED_TEXT || value.bytes != NULL);
    return value;
}
