/* What workers reply, and delivering it in order. A reply is believed only as far as it is
 * about what its worker was handed. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "core/work/pool_private.h"

enum { READ_BYTES = 256 * 1024 };

/* ---- delivering ---- */

static void deliver(struct ca_pool *pool, struct ca_pool_item *item,
                    struct ca_pool_reply *reply)
{
    reply->index = pool->taken;
    reply->name = item->name;
    reply->document = item->bytes.data;
    reply->document_length = item->bytes.length;
    if (!pool->options->take(pool->options->context, reply))
        pool->stopped = true;
    ca_pool_forget(item);
    pool->taken++;
}

void ca_pool_deliver(struct ca_pool *pool)
{
    while (!pool->stopped && pool->taken < pool->pulled) {
        struct ca_pool_item *item = ca_pool_item(pool, pool->taken);
        if (item->state != CA_POOL_FINISHED)
            return;
        deliver(pool, item,
                &(struct ca_pool_reply){.refused = item->refused,
                                        .immediate = item->immediate,
                                        .said = item->said.data,
                                        .said_length = item->said.length,
                                        .made = item->made.data,
                                        .made_length = item->made.length});
    }
}

/* ---- one reply ---- */

/* The parent looks for the template in the worker's place. Found: workers from now on have
 * it. Not found: the worker is told so with the document. */
static void look_for_template(struct ca_pool *pool, struct ca_pool_item *item, const char *said,
                              const struct ca_pool_head *head)
{
    const char *id = ca_arena_strndup(pool->arena, said, head->said_length);
    const char *version =
        ca_arena_strndup(pool->arena, said + head->said_length, head->made_length);
    size_t before = ca_catalogue_count(pool->options->catalogue);
    const char *why;
    const struct ca_template *t =
        ca_catalogue_find(pool->options->catalogue, id, version, pool->arena, &why);

    if (t == NULL)
        item->why = ca_xstrdup(why);
    if (ca_catalogue_count(pool->options->catalogue) > before)
        pool->generation++;
    item->wanted = true;
    ca_pool_set(pool, item, CA_POOL_WAITING);
    ca_arena_reset(pool->arena);
}

static void keep(struct ca_pool *pool, struct ca_pool_item *item, const char *said,
                 const struct ca_pool_head *head)
{
    item->refused = head->refused != 0;
    item->immediate = head->immediate;
    ca_buffer_clear(&item->said);
    ca_buffer_clear(&item->made);
    ca_buffer_add(&item->said, said, head->said_length);
    ca_buffer_add(&item->made, said + head->said_length, head->made_length);
    ca_pool_set(pool, item, CA_POOL_FINISHED);
}

static void take_brief(struct ca_pool *pool, const struct ca_pool_worker *worker,
                       struct ca_pool_item *item, const char *said,
                       const struct ca_pool_head *head)
{
    ca_buffer_clear(&item->matter);
    ca_buffer_add(&item->matter, said + head->said_length, head->made_length);
    item->reader = worker;
    item->generation = worker->generation;
    ca_pool_set(pool, item, CA_POOL_BRIEFED);
}

static void take_opinion(struct ca_pool *pool, struct ca_pool_item *item, const char *said,
                         const struct ca_pool_head *head)
{
    if (item->state != CA_POOL_ASKED)
        return; /* the reader that asked is gone, and the return is read again */
    ca_buffer_clear(&item->matter);
    ca_buffer_add(&item->matter, said + head->said_length, head->made_length);
    ca_pool_set(pool, item, CA_POOL_HEARD);
}

/* said is borrowed, from the worker's tray or from what arrived. */
static void receive_reply(struct ca_pool *pool, struct ca_pool_worker *worker, const char *said,
                          const struct ca_pool_head *head)
{
    struct ca_pool_item *item = ca_pool_item(pool, head->index);

    if (head->kind == CA_POOL_WANTS)
        look_for_template(pool, item, said, head);
    else if (head->kind == CA_POOL_ASIDE)
        take_brief(pool, worker, item, said, head);
    else if (head->kind == CA_POOL_ADVISED)
        take_opinion(pool, item, said, head);
    else if (head->index != pool->taken)
        keep(pool, item, said, head);
    else
        deliver(pool, item,
                &(struct ca_pool_reply){.refused = head->refused != 0,
                                        .immediate = head->immediate,
                                        .said = said,
                                        .said_length = head->said_length,
                                        .made = said + head->said_length,
                                        .made_length = head->made_length});
}

/* ---- which replies are believed ---- */

static bool may_be_made(const struct ca_pool *pool, const struct ca_pool_head *head)
{
    const size_t most = pool->options->most > 0 ? pool->options->most : CA_POOL_MOST_MADE;

    return head->said_length <= CA_POOL_MOST_SAID && head->made_length <= most;
}

/* An adviser gives opinions and nothing else; a reader wants a template once a document, and
 * puts aside what it was not given an opinion about. */
static bool plausible_kind(const struct ca_pool *pool, const struct ca_pool_worker *worker,
                           const struct ca_pool_head *head)
{
    const struct ca_pool_item *item = ca_pool_item(pool, head->index);

    if (worker->framework != NULL)
        return head->kind == CA_POOL_ADVISED && head->offset == CA_POOL_INLINE &&
               head->said_length == 0 && head->made_length <= CA_OPINION_BYTES;
    switch (head->kind) {
    case CA_POOL_DONE: return may_be_made(pool, head);
    case CA_POOL_WANTS:
        return !item->wanted && item->reader == NULL && head->said_length < CA_POOL_MOST_NAME &&
               head->made_length < CA_POOL_MOST_NAME;
    case CA_POOL_ASIDE:
        return item->reader == NULL && head->said_length < CA_POOL_MOST_NAME &&
               head->made_length < CA_POOL_IN_BYTES;
    default: return false;
    }
}

static bool plausible(const struct ca_pool *pool, const struct ca_pool_worker *worker,
                      const struct ca_pool_head *head)
{
    return worker->count > 0 && head->index == worker->held[worker->first] &&
           plausible_kind(pool, worker, head) &&
           (head->offset == CA_POOL_INLINE ||
            head->offset + head->said_length + head->made_length <= CA_POOL_OUT_BYTES);
}

/* Which framework is to be asked must be one that is kept apart. */
static bool find_framework(struct ca_pool *pool, const char *said,
                           const struct ca_pool_head *head)
{
    struct ca_pool_item *item = ca_pool_item(pool, head->index);
    char name[CA_POOL_MOST_NAME];

    if (head->kind != CA_POOL_ASIDE)
        return true;
    memcpy(name, said, head->said_length);
    name[head->said_length] = '\0';
    item->framework = ca_registry_loaded(pool->options->registry, name);
    return item->framework != NULL && item->framework->apart;
}

/* ---- taking them ---- */

/* Bytes that follow the head. */
static size_t length_behind(const struct ca_pool_head *head)
{
    return head->offset == CA_POOL_INLINE ? head->said_length + head->made_length : 0;
}

/* The worker does not hold its first document any more; in which tray it lay. */
static uint32_t put_down(struct ca_pool_worker *worker)
{
    uint32_t tray = worker->trays[worker->first];

    worker->first = (worker->first + 1) % CA_POOL_DEPTH;
    worker->count--;
    worker->served++;
    worker->filled[tray]--;
    ca_watch_again(&worker->watch);
    return tray;
}

/* Takes all whole replies out of what has arrived; false if it makes no sense. */
static bool take_replies(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    const char *p = worker->arrived.data, *end = p + worker->arrived.length, *said;
    struct ca_pool_head head;
    uint32_t tray;

    while (!pool->stopped && (size_t)(end - p) >= sizeof head) {
        memcpy(&head, p, sizeof head);
        if (!plausible(pool, worker, &head))
            return false;
        if ((size_t)(end - p) - sizeof head < length_behind(&head))
            break;
        p += sizeof head;
        tray = worker->trays[worker->first];
        said = head.offset == CA_POOL_INLINE ? p : worker->shared->results[tray] + head.offset;
        if (!find_framework(pool, said, &head))
            return false;
        (void)put_down(worker);
        receive_reply(pool, worker, said, &head);
        p += length_behind(&head);
        ca_pool_deliver(pool);
    }
    worker->arrived.length = (size_t)(end - p);
    memmove(worker->arrived.data, p, worker->arrived.length);
    return true;
}

bool ca_pool_read_replies(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    char *room = ca_buffer_reserve(&worker->arrived, READ_BYTES);
    ssize_t got = read(worker->replies, room, READ_BYTES);

    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (got <= 0)
        return ca_pool_lost(pool, worker, CA_POOL_DIED);
    worker->arrived.length += (size_t)got;
    if (!take_replies(pool, worker))
        return ca_pool_lost(pool, worker, CA_POOL_GARBLED);
    return true;
}
