/* The calling process's side of record: batches, the store, and what is printed then. */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/cli/recorded.h"
#include "core/cli/recording.h"
#include "core/base/pack.h"
#include "core/store/retry.h"

/* ---- what is printed ---- */

/* What a correction corrects is known only now that it is stored. */
static void print_object(FILE *stream, const char *text, int revision)
{
    static const char key[] = "\"revision_of\":";
    const char *place = revision > 1 ? strstr(text, key) : NULL;

    if (place == NULL) {
        fputs(text, stream);
        return;
    }
    place += sizeof key - 1;
    fwrite(text, 1, (size_t)(place - text), stream);
    fprintf(stream, "%d%s", revision - 1, place + strlen("null"));
}

static void print_item(struct ca_recording *recording, const struct ca_recording_item *item,
                       const struct ca_put_outcome *outcome)
{
    FILE *stream = recording->output.stream;
    char word[32] = "recorded";

    if (recording->writer.format != CA_SCORED_TEXT) {
        print_object(stream, item->text, outcome != NULL ? outcome->revision : 0);
        return;
    }
    if (outcome == NULL || outcome->what == CA_PUT_REFUSED)
        strcpy(word, "refused");
    else if (outcome->what == CA_PUT_UNCHANGED)
        strcpy(word, "unchanged");
    else if (outcome->what == CA_PUT_REVISION)
        snprintf(word, sizeof word, "revision %d", outcome->revision);
    fprintf(stream, "%-12s", word);
    ca_print_safe(stream, item->id != NULL ? item->id : "-");
    fputs("  ", stream);
    ca_print_safe(stream, item->file);
    if (item->grade != NULL) {
        fputs("  ", stream);
        ca_print_safe(stream, item->grade);
    }
    fputc('\n', stream);
    fputs(item->text, stream);
}

/* Refused only here: said in the form of any other refused return. */
static void refuse_item(struct ca_recording *recording, struct ca_recording_item *item,
                        const char *reason)
{
    struct ca_scored scored = {.file = item->file, .return_id = item->id};
    struct ca_buffer text = {0};

    ca_diags_init(&scored.diags, recording->arena);
    ca_recording_refuse(&scored, CA_FAULT_RULE, reason);
    ca_many_speak(&recording->many);
    ca_print_diags(recording->cli, item->file, &scored.diags);
    ca_buffer_clear(&text);
    ca_recording_write(recording, &scored, &text);
    item->text = ca_arena_strdup(recording->arena, text.data);
    item->grade = NULL;
    ca_buffer_free(&text);
}

/* ---- a batch ---- */

static void count(struct ca_recording *recording, const struct ca_put_outcome *outcome)
{
    size_t *const counters[] = {[CA_PUT_RECORDED] = &recording->recorded,
                                [CA_PUT_UNCHANGED] = &recording->unchanged,
                                [CA_PUT_REVISION] = &recording->revisions,
                                [CA_PUT_REFUSED] = &recording->refused};

    ++*counters[outcome == NULL ? CA_PUT_REFUSED : outcome->what];
}

static enum ca_code put_piece(struct ca_recording *recording)
{
    const size_t first = recording->put_count, count = recording->record_count - first;

    recording->put_count = recording->record_count;
    if (count == 0)
        return CA_OK;
    return ca_store_put_piece(recording->store, recording->records + first, count,
                              recording->outcomes + first, &recording->error);
}

/* What the store undid for others' sake is put once more, as a whole; end: and made durable. */
static enum ca_code put_again(struct ca_recording *recording, enum ca_code code, bool end)
{
    struct ca_retry retry = {0};

    while (ca_retry(&retry, code)) {
        code = ca_store_put_piece(recording->store, recording->records, recording->put_count,
                                  recording->outcomes, &recording->error);
        if (code == CA_OK && end)
            code = ca_store_put_end(recording->store, &recording->error);
    }
    return code;
}

static void settle_item(struct ca_recording *recording, struct ca_recording_item *item,
                        const struct ca_put_outcome *outcome)
{
    count(recording, outcome);
    if (outcome != NULL && outcome->what == CA_PUT_REFUSED)
        refuse_item(recording, item, outcome->reason);
    print_item(recording, item, outcome);
}

enum ca_code ca_recording_flush(struct ca_recording *recording)
{
    const struct ca_put_outcome *outcomes = recording->outcomes;

    if (recording->code != CA_OK) /* what failed stays failed, and is not told as stored */
        return recording->code;
    recording->code = put_piece(recording);
    if (recording->code == CA_OK)
        recording->code = ca_store_put_end(recording->store, &recording->error);
    recording->code = put_again(recording, recording->code, true);
    if (recording->code != CA_OK)
        return recording->code;
    for (size_t i = 0; i < recording->count; i++) {
        struct ca_recording_item *item = &recording->items[i];
        settle_item(recording, item, item->grade != NULL ? outcomes++ : NULL);
    }
    fflush(recording->output.stream);
    recording->count = recording->record_count = recording->put_count = recording->bytes = 0;
    recording->limit =
        recording->limit < CA_RECORDING_BATCH / 2 ? 2 * recording->limit : CA_RECORDING_BATCH;
    ca_arena_reset(recording->arena);
    return CA_OK;
}

static bool is_old(const struct ca_recording *recording)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - recording->began.tv_sec) * 1000 +
               (now.tv_nsec - recording->began.tv_nsec) / 1000000 >=
           CA_RECORDING_MS;
}

bool ca_recording_tick(void *context)
{
    struct ca_recording *recording = context;

    return recording->count == 0 || !is_old(recording) ||
           ca_recording_flush(recording) == CA_OK;
}

/* ---- one return ---- */

/* The same id with other bytes earlier in this run: which of the two is meant? */
static bool is_second(struct ca_recording *recording, const char *id, const uint8_t *digest)
{
    size_t known = ca_map_get(recording->seen, id);

    if (known != CA_NOT_FOUND)
        return memcmp(recording->digests[known], digest, CA_SHA256_SIZE) != 0;
    ca_map_put(recording->seen, ca_arena_strdup(recording->run_arena, id),
               recording->seen_count);
    memcpy(CA_APPEND(recording->digests, recording->seen_count), digest, CA_SHA256_SIZE);
    return false;
}

static const char *kept(struct ca_recording *recording, const char *text)
{
    return text != NULL ? ca_arena_strdup(recording->arena, text) : NULL;
}

/* Files that claim one id are refused together; one that was not to be foreseen (from
 * standard input, or changed since) is refused by itself. */
static bool refuse_contested(struct ca_recording *recording, struct ca_recording_item *item,
                             const uint8_t *digest)
{
    const char *reason =
        ca_contested_reason(recording->contested, item->id, "stored", recording->arena);

    if (reason != NULL)
        refuse_item(recording, item, reason);
    else if (is_second(recording, item->id, digest))
        refuse_item(recording, item,
                    "a return of the same id came earlier in this run, with other content; it "
                    "is not clear which of them counts");
    else
        return false;
    return true;
}

/* What ca_recording_make packed, which is NULL, and no more, if the return was refused there.
 * False if it makes no sense. */
static bool unpack(struct ca_recording *recording, const struct ca_pool_reply *reply,
                   struct ca_recording_item *item, struct ca_record *record)
{
    const char *made = ca_arena_strndup(recording->arena, reply->made,
                                        reply->made_length); /* worker's memory */
    struct ca_unpack in = {made, made + reply->made_length, true};

    item->file = kept(recording, reply->name);
    item->id = ca_unpack_text(&in);
    item->text = ca_unpack_text(&in);
    item->grade = ca_unpack_text(&in);
    if (!in.good || item->text == NULL)
        return false;
    return item->grade == NULL ||
           (item->id != NULL &&
            ca_recorded_take(&recording->many.pool, reply, &in, recording->arena, record) &&
            strcmp(item->id, record->return_id) == 0);
}

static enum ca_code add_item(struct ca_recording *recording, const struct ca_pool_reply *reply)
{
    struct ca_recording_item *item = &recording->items[recording->count];
    struct ca_record *record = &recording->records[recording->record_count];

    if (recording->count++ == 0)
        clock_gettime(CLOCK_MONOTONIC, &recording->began);
    if (!unpack(recording, reply, item, record)) {
        item->id = NULL;
        refuse_item(recording, item, "the process that read it gave no result of this return");
        return CA_OK;
    }
    if (item->grade == NULL)
        return CA_OK;
    if (refuse_contested(recording, item, record->sha256))
        return CA_OK;
    record->new_revision = recording->new_revision;
    record->allow_erased = recording->allow_erased;
    if (++recording->record_count < recording->put_count + CA_RECORDING_PIECE)
        return CA_OK;
    return put_again(recording, put_piece(recording), false);
}

bool ca_recording_take(void *context, const struct ca_pool_reply *reply)
{
    struct ca_recording *recording = context;

    if (recording->code != CA_OK)
        return false;
    recording->bytes += reply->made_length + reply->document_length;
    recording->code = ca_store_failure(recording->store, &recording->error);
    if (recording->code == CA_OK)
        recording->code = add_item(recording, reply);
    if (recording->code == CA_OK &&
        (recording->count == recording->limit || recording->bytes >= CA_RECORDING_BYTES ||
         is_old(recording)))
        recording->code = ca_recording_flush(recording);
    return recording->code == CA_OK;
}
