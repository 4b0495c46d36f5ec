/* Results of another machine: read in a locked process, and taken from it with care. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/file.h"
#include "core/base/pack.h"
#include "core/cli/elsewhere.h"
#include "core/cli/cli.h"
#include "core/store/chain.h"
#include "core/work/ask.h"

enum { RESULTS_LIMIT = 512 << 20, MOST_TIME = 600000, MOST_MEMORY = 4096 };
enum { IS_REJECTED, IS_RESULT, IS_NONE };

static const char *const grade_keys[] = {"computed", "recomputed", "judged",
                                         "cap",      "moderated",  "grade"};
enum { GRADES = sizeof grade_keys / sizeof *grade_keys };

/* ---- in the locked process ---- */

static const char *text_of(const json_t *json, const char *key)
{
    return json_string_value(json_object_get(json, key));
}

static bool same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static bool same_date(const json_t *json, ca_date date)
{
    char text[CA_DATE_SIZE];

    return same(text_of(json, "date"), ca_date_format(date, text));
}

/* Marks of two places, which a number of JSON has only nearly. */
static bool same_score(const json_t *json, int32_t score)
{
    const json_t *value = json_object_get(json, "score");
    char text[32] = "";

    if (score < 0)
        return json_is_null(value);
    (void)snprintf(text, sizeof text, "%.2f", json_number_value(value));
    return json_is_number(value) && strlen(text) > 3 &&
           strtol(text, NULL, 10) * 100 + strtol(text + strlen(text) - 2, NULL, 10) == score;
}

static bool same_count(const json_t *json, const char *key, size_t count)
{
    return json_array_size(json_object_get(json, key)) == count;
}

/* Does the line say of itself what its record holds? */
static const char *differs(const json_t *json, const struct ca_record *r)
{
    return !same(text_of(json, "return"), r->return_id)                     ? "return"
           : !same(text_of(json, "template"), r->template_id)               ? "template"
           : !same(text_of(json, "template_version"), r->template_version)  ? "template_version"
           : !same(text_of(json, "case"), r->case_ref)                      ? "case"
           : !same_date(json, r->audit_date)                                ? "date"
           : json_is_true(json_object_get(json, "complete")) != r->complete ? "complete"
           : !same(text_of(json, "status"),
                   ca_result_status_name((enum ca_result_status)r->status))
               ? "status"
           : !same_score(json, r->score)                       ? "score"
           : !same_count(json, "sections", r->section_count)   ? "sections"
           : !same_count(json, "agencies", r->agency_count)    ? "agencies"
           : !same_count(json, "standards", r->standard_count) ? "standards"
           : !same_count(json, "limits", r->limit_count)       ? "limits"
           : !same_count(json, "alerts", r->alert_count)       ? "alerts"
           : !same_count(json, "measures", r->measure_count)   ? "measures"
                                                               : NULL;
}

static bool pack_digest(const char *hex, struct ca_buffer *out)
{
    uint8_t digest[CA_SHA256_SIZE];

    if (hex == NULL || strlen(hex) != 2 * (size_t)CA_SHA256_SIZE ||
        !ca_hex_read(hex, digest, sizeof digest))
        return false;
    ca_pack_bytes(out, digest, sizeof digest);
    return true;
}

static const char *pack_record(const json_t *json, const json_t *member, struct ca_arena *arena,
                               struct ca_buffer *out)
{
    const char *hex = text_of(member, "packed");
    const size_t size = hex != NULL ? strlen(hex) / 2 : 0;
    uint8_t *bytes = CA_ARRAY(arena, size + 1, uint8_t);
    const char *at = (const char *)bytes, *wrong;
    struct ca_record record = {0};

    if (hex == NULL || strlen(hex) != 2 * size || !ca_hex_read(hex, bytes, size) ||
        !ca_record_unpack(arena, &at, (const char *)bytes + size, &record) ||
        at != (const char *)bytes + size)
        return "its record cannot be read; another version of caseaudit may have written it";
    wrong = differs(json, &record);
    if (wrong != NULL)
        return ca_arena_printf(arena, "its record is not of its \"%s\"", wrong);
    ca_pack_bytes(out, bytes, size);
    return NULL;
}

static const char *pack_result(const json_t *json, struct ca_arena *arena,
                               struct ca_buffer *out)
{
    const json_t *member = json_object_get(json, "record"),
                 *doubts = json_object_get(member, "doubts");

    if (!same(text_of(json, "schema"), "caseaudit-result/1"))
        return "it is no result of caseaudit";
    if (same(text_of(json, "status"), "rejected")) {
        ca_pack_int(out, IS_REJECTED);
        return NULL;
    }
    ca_pack_int(out, IS_RESULT);
    if (!json_is_object(member))
        return "it has nothing to be recorded: score with --for-record";
    if (!pack_digest(text_of(member, "document_sha256"), out) ||
        !pack_digest(text_of(member, "template_sha256"), out))
        return "the SHA-256 of its document or template is none";
    ca_pack_text(out, text_of(member, "plugin_sha256"));
    ca_pack_int(out, json_is_integer(doubts) ? json_integer_value(doubts) : -1);
    for (size_t i = 0; i < GRADES; i++)
        ca_pack_text(out, text_of(json, grade_keys[i]));
    return pack_record(json, member, arena, out);
}

static void read_line(const char *line, size_t length, struct ca_buffer *out)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_buffer packed = {0};
    json_error_t error;
    json_t *json = json_loadb(line, length, JSON_REJECT_DUPLICATES, &error);
    const char *wrong = json_is_object(json) ? pack_result(json, arena, &packed)
                                             : "it is no result of caseaudit";

    if (wrong != NULL) {
        ca_pack_int(out, IS_NONE);
        ca_pack_text(out, wrong);
    } else {
        ca_buffer_add(out, packed.data, packed.length);
    }
    json_decref(json);
    ca_buffer_free(&packed);
    ca_arena_free(arena);
}

static const char *end_of_line(const char *at, const char *end)
{
    const char *found = memchr(at, '\n', (size_t)(end - at));

    return found != NULL ? found : end;
}

static void read_there(void *context, struct ca_buffer *out)
{
    const struct ca_buffer *bytes = context;
    const char *end = bytes->data + bytes->length, *stop;

    for (const char *at = bytes->data; at < end; at = stop + 1) {
        stop = end_of_line(at, end);
        if (stop > at)
            read_line(at, (size_t)(stop - at), out);
        else
            ca_pack_int(out, IS_REJECTED);
    }
}

/* ---- in the calling process ---- */

static const uint8_t *take_digest(struct ca_unpack *in)
{
    size_t length = 0;
    const char *bytes = ca_unpack_bytes(in, &length);

    in->good &= bytes != NULL && length == CA_SHA256_SIZE;
    return (const uint8_t *)bytes;
}

static bool take_result(struct ca_unpack *in, struct ca_claimed *claimed)
{
    claimed->document = take_digest(in);
    claimed->template = take_digest(in);
    claimed->plugin = ca_unpack_text(in);
    claimed->doubts = (unsigned)ca_unpack_range(in, 0, UINT16_MAX);
    for (size_t i = 0; i < GRADES; i++)
        claimed->grades[i] = ca_unpack_text(in);
    claimed->record = ca_unpack_bytes(in, &claimed->length);
    return in->good && claimed->record != NULL && claimed->plugin != NULL;
}

static bool take_lines(const char *file, struct ca_unpack *in, struct ca_arena *arena,
                       struct ca_claimed **out, size_t *count)
{
    for (size_t line = 1; in->at < in->end; line++) {
        struct ca_claimed claimed = {.file = file, .line = line};
        const int64_t what = ca_unpack_int(in);
        if (what == IS_RESULT && take_result(in, &claimed)) {
            *CA_ARENA_APPEND(arena, *out, *count) = claimed;
        } else if (what != IS_REJECTED || !in->good) {
            const char *why = what == IS_NONE ? ca_unpack_text(in) : NULL;
            ca_complain("%s:%zu: %s", file, line,
                        in->good && why != NULL ? why : "what it claims makes no sense");
            return false;
        }
    }
    return true;
}

static bool read_file(const char *file, struct ca_arena *arena, struct ca_claimed **out,
                      size_t *count)
{
    struct ca_buffer bytes = {0}, answer = {0};
    struct ca_ask question = {.work = read_there,
                              .context = &bytes,
                              .who = "the engine",
                              .timeout = MOST_TIME,
                              .memory = MOST_MEMORY};
    char why[CA_ASK_WHY];
    struct ca_error error;
    struct ca_unpack in;
    bool good = ca_file_read(file, RESULTS_LIMIT, &bytes, &error) == CA_OK;

    if (!good)
        ca_complain_of(file, "%s", error.message);
    question.most = bytes.length + CA_ASK_MOST;
    if (good && !ca_ask_locked(&question, &answer, why)) {
        ca_complain("'%s' cannot be read: %s", file, why);
        good = false;
    }
    if (good) {
        in.at = ca_arena_strndup(arena, answer.data, answer.length);
        in.end = in.at + answer.length;
        in.good = true;
        good = take_lines(file, &in, arena, out, count);
    }
    ca_buffer_free(&bytes);
    ca_buffer_free(&answer);
    return good;
}

bool ca_elsewhere_read(const char *const *files, size_t count, struct ca_arena *arena,
                       struct ca_claimed **out, size_t *claimed)
{
    bool good = true;

    *out = NULL;
    *claimed = 0;
    for (size_t i = 0; i < count && good; i++)
        good = read_file(files[i], arena, out, claimed);
    return good;
}
