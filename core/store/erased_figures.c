/* Figures of erased audits, from JSON to what a store takes. */
#include "core/store/erased_figures.h"

#include <stdlib.h>
#include <string.h>

#include "core/store/chain.h"

static bool pack_text(const json_t *object, const char *key, struct ca_buffer *out)
{
    const char *text = json_string_value(json_object_get(object, key));

    ca_pack_text(out, text);
    return text != NULL;
}

static bool pack_bytes(const json_t *object, const char *key, struct ca_buffer *out)
{
    const json_t *member = json_object_get(object, key);
    const size_t digits = json_string_length(member);
    uint8_t *bytes = ca_xcalloc(digits / 2 + 1, 1);
    bool good = json_is_string(member) && digits % 2 == 0 &&
                ca_hex_read(json_string_value(member), bytes, digits / 2);

    ca_pack_bytes(out, bytes, digits / 2);
    free(bytes);
    return good;
}

static bool pack_value(const json_t *value, struct ca_buffer *out)
{
    switch (json_typeof(value)) {
    case JSON_NULL: ca_pack_int(out, CA_ERASED_NULL); return true;
    case JSON_INTEGER:
        ca_pack_int(out, CA_ERASED_NUMBER);
        ca_pack_int(out, json_integer_value(value));
        return true;
    case JSON_STRING:
        ca_pack_int(out, CA_ERASED_TEXT);
        ca_pack_text(out, json_string_value(value));
        return true;
    case JSON_OBJECT: ca_pack_int(out, CA_ERASED_BYTES); return pack_bytes(value, "bytes", out);
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

bool ca_erased_figures_pack(const json_t *figures, struct ca_buffer *out)
{
    json_t *rows = json_object_get(figures, "rows"), *table;
    const char *name;

    if (!pack_text(figures, "framework", out) ||
        !pack_text(figures, "framework_version", out) || !pack_text(figures, "plugin", out) ||
        !pack_bytes(figures, "facts", out) || !json_is_object(rows))
        return false;
    ca_pack_int(out, (int64_t)json_object_size(rows));
    json_object_foreach(rows, name, table) if (!pack_table(name, table, out)) return false;
    return true;
}

struct ca_erased_value ca_erased_value_unpack(struct ca_unpack *in)
{
    struct ca_erased_value value = {
        .kind = (enum ca_erased_kind)ca_unpack_range(in, CA_ERASED_NULL, CA_ERASED_BYTES)};

    if (value.kind == CA_ERASED_NUMBER)
        value.number = ca_unpack_int(in);
    else if (value.kind == CA_ERASED_TEXT)
        value.bytes = ca_unpack_text(in);
    else if (value.kind == CA_ERASED_BYTES)
        value.bytes = ca_unpack_bytes(in, &value.length);
    in->good = in->good && (value.kind < CA_ERASED_TEXT || value.bytes != NULL);
    return value;
}
