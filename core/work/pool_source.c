/* Documents on their way in: fetched from the caller's source, read for a worker. */
#include <string.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/work/pool_private.h"

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

static void reject(struct ca_pool *pool, uint64_t index, const struct ca_error *error)
{
    ca_pool_reject(pool, index, "",
                   error->code == CA_ERROR_LIMIT ? CA_FAULT_LIMIT : CA_FAULT_FILE,
                   error->message);
}

bool ca_pool_bring(struct ca_pool *pool, uint64_t index)
{
    struct ca_pool_item *item = ca_pool_item(pool, index);
    struct ca_error error;

    if (item->at_hand)
        return true;
    item->at_hand = true;
    if (ca_file_read(item->name, ca_xml_return_limits.bytes, &item->bytes, &error) == CA_OK)
        return true;
    reject(pool, index, &error);
    return false;
}

enum ca_pool_load ca_pool_load(struct ca_pool *pool, uint64_t index, char *room,
                               size_t capacity, size_t *size)
{
    struct ca_pool_item *item = ca_pool_item(pool, index);
    struct ca_error error;
    enum ca_code code = CA_OK;

    /* Standard input is read here: it may come slowly, which is nobody's fault. */
    if (!item->at_hand && strcmp(item->name, "-") == 0 && !ca_pool_bring(pool, index))
        return CA_POOL_UNREADABLE;
    if (!item->at_hand)
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
    reject(pool, index, &error);
    return CA_POOL_UNREADABLE;
}
