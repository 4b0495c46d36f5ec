/* One document between source and taker: its state, its end, and being rejected. */
#include <stdlib.h>

#include "core/work/pool_private.h"

void ca_pool_set(struct ca_pool *pool, struct ca_pool_item *item, enum ca_pool_state state)
{
    size_t *const counts[] = {[CA_POOL_WAITING] = &pool->again,
                              [CA_POOL_BRIEFED] = &pool->briefed,
                              [CA_POOL_HEARD] = &pool->heard,
                              [CA_POOL_FINISHED] = NULL};

    if (counts[item->state] != NULL)
        --*counts[item->state];
    if (counts[state] != NULL)
        ++*counts[state];
    if (state == CA_POOL_WAITING)
        item->reader = NULL;
    item->state = state;
}

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
