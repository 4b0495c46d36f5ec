/* Lines of an export, read in one process and taken in another. */
#include "core/store/exported.h"

#include <stdio.h>
#include <string.h>

#include "core/store/carried_rows.h"
#include "core/store/erased_figures.h"

const char *ca_exported_text(const struct ca_exported *exported, const char *key)
{
    for (size_t i = 0; i < exported->detail_count; i++)
        if (exported->detail[i].text != NULL && strcmp(exported->detail[i].key, key) == 0)
            return exported->detail[i].text;
    return "";
}

int64_t ca_exported_number(const struct ca_exported *exported, const char *key, int64_t most)
{
    for (size_t i = 0; i < exported->detail_count; i++) {
        const struct ca_exported_member *member = &exported->detail[i];
        if (member->text == NULL && strcmp(member->key, key) == 0)
            return member->number <= most ? member->number : -1;
    }
    return -1;
}

/* ---- reading ---- */

enum { IS_ENTRY, IS_NONE };

static const char *text_at(const json_t *json, const char *key)
{
    return json_string_value(json_object_get(json, key));
}

/* The bytes of the detail as they stand in the line: no quotation mark within a text is bare,
 * and so what is around it is found nowhere else. */
static bool pack_detail(const char *line, const char *line_end, struct ca_buffer *out)
{
    static const char before[] = ",\"detail\":", after[] = ",\"file\":";
    const char *at = memmem(line, (size_t)(line_end - line), before, sizeof before - 1);
    const char *end =
        at != NULL ? memmem(at, (size_t)(line_end - at), after, sizeof after - 1) : NULL;

    if (end == NULL)
        return false;
    at += sizeof before - 1;
    ca_pack_bytes(out, at, (size_t)(end - at));
    return true;
}

static void pack_members(json_t *detail, struct ca_buffer *out)
{
    struct ca_buffer members = {0};
    int64_t count = 0;
    const char *key;
    json_t *value;

    json_object_foreach(detail, key, value)
    {
        if (!json_is_string(value) && !json_is_integer(value))
            continue;
        ca_pack_text(&members, key);
        ca_pack_text(&members, json_string_value(value));
        ca_pack_int(&members, json_is_integer(value) ? json_integer_value(value) : 0);
        count++;
    }
    ca_pack_int(out, count);
    ca_buffer_add(out, members.data, members.length);
    ca_buffer_free(&members);
}

/* Of an entry that was erased neither salt nor subject nor detail is left. */
static bool pack_content(const json_t *json, const char *line, const char *end,
                         struct ca_buffer *out)
{
    const char *salt = text_at(json, "salt"), *subject = text_at(json, "subject");
    json_t *detail = json_object_get(json, "detail");
    uint8_t bytes[CA_SALT_SIZE];
    const bool salted = salt != NULL && strlen(salt) == 2 * (size_t)CA_SALT_SIZE &&
                        ca_hex_read(salt, bytes, sizeof bytes);

    if (salted != (subject != NULL) || salted != json_is_object(detail))
        return false;
    ca_pack_int(out, salted);
    if (!salted)
        return true;
    ca_pack_bytes(out, bytes, sizeof bytes);
    ca_pack_text(out, subject);
    if (!pack_detail(line, end, out))
        return false;
    pack_members(detail, out);
    return true;
}

/* What stands behind an entry, packed by its own function; nothing may stand there. */
static bool pack_behind(json_t *member, bool (*pack)(json_t *member, struct ca_buffer *out),
                        struct ca_buffer *out)
{
    struct ca_buffer packed = {0};
    bool good = true;

    if (json_is_object(member)) {
        good = pack(member, &packed);
        ca_pack_bytes(out, packed.data, packed.length);
    } else {
        ca_pack_text(out, NULL);
    }
    ca_buffer_free(&packed);
    return good;
}

static bool pack_entry(const json_t *json, const char *line, const char *end,
                       struct ca_buffer *out)
{
    static const char *const keys[] = {"at", "who", "kind", "previous", "hash"};
    const char *commitment = text_at(json, "commitment");
    uint8_t bytes[CA_SHA256_SIZE];

    ca_pack_int(out, json_integer_value(json_object_get(json, "number")));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *text = text_at(json, keys[i]);
        if (text == NULL)
            return false;
        ca_pack_text(out, text);
    }
    if (commitment == NULL || strlen(commitment) != 2 * (size_t)CA_SHA256_SIZE ||
        !ca_hex_read(commitment, bytes, sizeof bytes))
        return false;
    ca_pack_bytes(out, bytes, sizeof bytes);
    ca_pack_text(out, text_at(json, "file"));
    return pack_content(json, line, end, out) &&
           pack_behind(json_object_get(json, "figures"), ca_erased_figures_pack, out) &&
           pack_behind(json_object_get(json, "rows"), ca_carried_rows_pack, out);
}

/* False behind a line that is no entry. */
static bool pack_line(const char *line, const char *end, struct ca_buffer *out)
{
    json_error_t error;
    json_t *json = json_loadb(line, (size_t)(end - line), JSON_REJECT_DUPLICATES, &error);
    struct ca_buffer packed = {0};
    bool good = json != NULL && pack_entry(json, line, end, &packed);

    ca_pack_int(out, good ? IS_ENTRY : IS_NONE);
    if (good)
        ca_buffer_add(out, packed.data, packed.length);
    else
        ca_pack_text(out, json == NULL ? error.text : NULL);
    ca_buffer_free(&packed);
    json_decref(json);
    return good;
}

void ca_exported_read(const char *bytes, size_t length, struct ca_buffer *out)
{
    const char *at = bytes, *end = bytes + length, *stop;
    bool good = true;

    for (; good && at < end; at = stop + 1) {
        stop = memchr(at, '\n', (size_t)(end - at));
        if (stop == NULL)
            stop = end;
        good = pack_line(at, stop, out);
        if (stop == end)
            break;
    }
}

/* ---- taking ---- */

static void take_bytes(struct ca_unpack *in, uint8_t *out, size_t length)
{
    size_t has;
    const char *bytes = ca_unpack_bytes(in, &has);

    in->good = in->good && bytes != NULL && has == length;
    if (in->good)
        memcpy(out, bytes, length);
}

static const char *take_text(struct ca_unpack *in)
{
    const char *text = ca_unpack_text(in);

    in->good = in->good && text != NULL;
    return text;
}

static void take_members(struct ca_unpack *in, struct ca_arena *arena, struct ca_exported *out)
{
    const struct ca_walk walk = {.in = in, .arena = arena};
    void *members = NULL;

    ca_walk_array(&walk, &members, &out->detail_count, sizeof *out->detail, 3);
    out->detail = members;
    for (size_t i = 0; i < out->detail_count && in->good; i++) {
        out->detail[i].key = take_text(in);
        out->detail[i].text = ca_unpack_text(in);
        out->detail[i].number = ca_unpack_int(in);
    }
    if (!in->good)
        out->detail_count = 0;
}

static bool take_entry(struct ca_unpack *in, struct ca_arena *arena, struct ca_exported *out)
{
    struct ca_entry *entry = &out->entry;

    entry->sequence = ca_unpack_int(in);
    entry->at = take_text(in);
    entry->who = take_text(in);
    entry->kind = take_text(in);
    entry->previous = take_text(in);
    entry->hash = take_text(in);
    take_bytes(in, entry->commitment, sizeof entry->commitment);
    out->file = ca_unpack_text(in);
    if (ca_unpack_range(in, 0, 1) != 0) {
        take_bytes(in, out->salt, sizeof out->salt);
        entry->salt = out->salt;
        entry->subject = take_text(in);
        entry->detail = take_text(in);
        take_members(in, arena, out);
    }
    out->figures = ca_unpack_bytes(in, &out->figures_length);
    out->rows = ca_unpack_bytes(in, &out->rows_length);
    return in->good;
}

bool ca_exported_next(struct ca_unpack *in, struct ca_arena *arena, struct ca_exported *out,
                      char why[CA_EXPORTED_WHY])
{
    const char *fault;

    *out = (struct ca_exported){.file = NULL};
    if (ca_unpack_range(in, IS_ENTRY, IS_NONE) == IS_ENTRY && take_entry(in, arena, out))
        return true;
    fault = ca_unpack_text(in);
    if (fault != NULL)
        (void)snprintf(why, CA_EXPORTED_WHY, "the line is no JSON: %s", fault);
    else if (in->good)
        (void)snprintf(why, CA_EXPORTED_WHY, "the line is no entry as this version exports it");
    else
        (void)snprintf(why, CA_EXPORTED_WHY,
                       "the process that read the line gave no answer that makes sense");
    return false;
}
