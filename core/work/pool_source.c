/* Documents on their way in: fetched from the caller's source, read for a worker. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/work/pool_private.h"

/* Above this, a buffer is given back rather than kept for the next document. */
enum { KEEP_BYTES = 64 * 1024 };

static void empty(struct ca_buffer *buffer)
{
    if (buffer->capacity > KEEP_BYTES)
        ca_buffer_free(buffer);
    else
        buffer->length = 0;
}

void ca_pool_forget(struct ca_pool_item *item)
{
    free(item->name);
    free(item->why);
    empty(&item->bytes);
    empty(&item->said);
    empty(&item->made);
    empty(&item->matter);
    *item = (struct ca_pool_item){
        .bytes = item->bytes, .said = item->said, .made = item->made, .matter = item->matter};
}

/* ---- rejecting without a worker ---- */

static void make_rejection(struct ca_pool *pool, uint64_t index, struct ca_scored *scored)
{
    struct ca_pool_item *item = ca_pool_item(pool, index);
    struct ca_pool_made made = {.said = &item->said, .made = &item->made};

    ca_buffer_clear(&item->said);
    ca_buffer_clear(&item->made);
    pool->options->make(pool->options->context, scored, &made);
    item->refused = true;
    item->immediate = 0;
    ca_pool_set(pool, item, CA_POOL_FINISHED);
    ca_arena_reset(pool->arena);
}

void ca_pool_reject(struct ca_pool *pool, uint64_t index, const char *return_id,
                    enum ca_fault fault, const char *text)
{
    struct ca_scored scored = {.file = ca_pool_item(pool, index)->name,
                               .return_id = return_id[0] != '\0' ? return_id : NULL};

    ca_diags_init(&scored.diags, pool->arena);
    ca_diags_add(&scored.diags, CA_ERROR, fault, 1, 1, NULL, "%s", text);
    make_rejection(pool, index, &scored);
}

/* ---- reading ---- */

bool ca_pool_pull(struct ca_pool *pool)
{
    struct ca_pool_document document = {0};
    struct ca_pool_item *item = ca_pool_item(pool, pool->pulled);

    if (pool->exhausted || pool->stopped ||
        !pool->options->next(pool->options->context, &document)) {
        pool->exhausted = true;
        return false;
    }
    item->name = ca_xstrdup(document.name);
    item->at_hand = document.bytes != NULL;
    if (item->at_hand)
        ca_buffer_add(&item->bytes, document.bytes, document.length);
    item->state = CA_POOL_WAITING;
    pool->again++; /* until it is handed out */
    pool->pulled++;
    return true;
}

/* Reads what is open; a file that grew beyond all room meanwhile is too large. */
static enum ca_code read_open(int descriptor, const char *name, char *room, size_t capacity,
                              size_t *size, struct ca_error *error)
{
    enum ca_code code = ca_file_read_into(descriptor, name, room, capacity, size, error);

    if (code == CA_OK && *size > ca_xml_return_limits.bytes)
        code = ca_fail(error, CA_ERROR_LIMIT, "%s grew while it was read", name);
    return code;
}

static enum ca_code read_file(const char *name, char *room, size_t capacity, size_t *size,
                              struct ca_error *error)
{
    int descriptor;
    enum ca_code code =
        ca_file_open(name, ca_xml_return_limits.bytes, &descriptor, size, error);

    if (code != CA_OK)
        return code;
    if (*size < capacity)
        code = read_open(descriptor, name, room, capacity, size, error);
    (void)close(descriptor);
    return code;
}

enum ca_pool_load ca_pool_load(struct ca_pool *pool, uint64_t index, char *room,
                               size_t capacity, size_t *size)
{
    struct ca_pool_item *item = ca_pool_item(pool, index);
    struct ca_error error;
    enum ca_code code = CA_OK;

    /* Standard input is read here: it may come slowly, which is nobody's fault. */
    if (!item->at_hand && strcmp(item->name, "-") == 0) {
        code = ca_file_read("-", ca_xml_return_limits.bytes, &item->bytes, &error);
        item->at_hand = true;
    }
    if (code == CA_OK && !item->at_hand)
        code = read_file(item->name, room, capacity, size, &error);
    if (code == CA_OK && item->at_hand) {
        *size = item->bytes.length;
        if (*size < capacity)
            memcpy(room, item->bytes.data, *size);
    }
    if (code == CA_OK && *size < capacity && pool->options->documents && !item->at_hand) {
        ca_buffer_clear(&item->bytes);
        ca_buffer_add(&item->bytes, room, *size);
    }
    if (code == CA_OK)
        return *size < capacity ? CA_POOL_LOADED : CA_POOL_NO_ROOM;
    ca_pool_reject(pool, index, "", code == CA_ERROR_LIMIT ? CA_FAULT_LIMIT : CA_FAULT_FILE,
                   error.message);
    return CA_POOL_UNREADABLE;
}
