/* What is handed out: documents to readers, briefs to advisers, opinions to the reader that
 * waits for them. */
#include <string.h>

#include "core/work/pool_private.h"

/* Small enough that all workers come to an end at about the same time. */
static size_t batch_size(const struct ca_pool *pool)
{
    size_t left = pool->options->count > pool->pulled ? pool->options->count - pool->pulled : 0;
    size_t share = left / (4 * pool->jobs);

    if (pool->options->count == 0 || share > CA_POOL_BATCH)
        return CA_POOL_BATCH;
    return share > 0 ? share : 1;
}

/* A batch in the making: the worker's tray, and how far it is filled. */
struct batch {
    struct ca_pool_worker *worker;
    uint32_t tray;
    size_t used, count, most;
};

static char *room_of(const struct batch *batch)
{
    return batch->worker->in->trays[batch->tray] + batch->used;
}

/* Notes down that the worker is to do what lies in the room, of size bytes. */
static void note(struct ca_pool *pool, struct batch *batch, uint64_t index,
                 enum ca_pool_matter matter, size_t size)
{
    struct ca_pool_worker *worker = batch->worker;
    const struct ca_pool_item *item = ca_pool_item(pool, index);
    const size_t place = (worker->first + worker->count) % CA_POOL_DEPTH;
    const char *name = matter == CA_POOL_DOCUMENT ? item->name : "";
    const struct ca_pool_request request = {
        .index = index,
        .matter = matter,
        .tray = batch->tray,
        .offset = (uint32_t)batch->used,
        .size = (uint32_t)size,
        .name_length = (uint32_t)strlen(name),
        .why_length = item->why != NULL ? (uint32_t)strlen(item->why) : 0};

    ca_buffer_add(&pool->request, (const char *)&request, sizeof request);
    ca_buffer_add(&pool->request, name, request.name_length + 1);
    if (request.why_length > 0)
        ca_buffer_add(&pool->request, item->why, request.why_length + 1);
    worker->held[place] = index;
    worker->trays[place] = batch->tray;
    worker->filled[batch->tray]++;
    if (worker->count++ == 0)
        ca_watch_again(&worker->watch);
    batch->used += size;
    batch->count++;
}

/* Puts the document at index into the batch; one that cannot be read is finished instead.
 * False if there is no room for it. */
static bool add_document(struct ca_pool *pool, struct batch *batch, uint64_t index)
{
    size_t size = 0;
    enum ca_pool_load load =
        ca_pool_load(pool, index, room_of(batch), CA_POOL_IN_BYTES - batch->used, &size);

    if (load != CA_POOL_LOADED)
        return load != CA_POOL_NO_ROOM;
    note(pool, batch, index, CA_POOL_DOCUMENT, size);
    ca_pool_set(pool, ca_pool_item(pool, index), CA_POOL_HELD);
    return true;
}

/* The same of a brief or an opinion. */
static bool add_matter(struct ca_pool *pool, struct batch *batch, uint64_t index,
                       enum ca_pool_matter matter, enum ca_pool_state state)
{
    struct ca_pool_item *item = ca_pool_item(pool, index);
    const size_t size = item->matter.length;

    if (size > CA_POOL_IN_BYTES - batch->used || pool->request.length >= CA_POOL_REQUEST_BYTES)
        return false;
    memcpy(room_of(batch), item->matter.data, size);
    note(pool, batch, index, matter, size);
    ca_pool_set(pool, item, state);
    return true;
}

/* Those to be done again come first: everything behind them waits for them. */
static bool waiting_for(const struct ca_pool *pool, const struct ca_pool_worker *worker,
                        const struct ca_pool_item *item)
{
    return item->state == CA_POOL_WAITING && (!item->alone || worker->served == 0) &&
           worker->generation == pool->generation;
}

static void batch_again(struct ca_pool *pool, struct batch *batch)
{
    const struct ca_pool_worker *worker = batch->worker;

    for (uint64_t i = pool->taken;
         pool->again > 0 && i < pool->pulled && batch->count < batch->most; i++) {
        const struct ca_pool_item *item = ca_pool_item(pool, i);
        bool alone = item->alone;
        if (!waiting_for(pool, worker, item) || (alone && worker->count > 0))
            continue;
        if (!add_document(pool, batch, i) || alone)
            return;
    }
}

static void batch_new(struct ca_pool *pool, struct batch *batch)
{
    while (batch->count < batch->most && pool->pulled - pool->taken < pool->window &&
           pool->request.length < CA_POOL_REQUEST_BYTES && ca_pool_pull(pool))
        if (!add_document(pool, batch, pool->pulled - 1))
            return; /* it will be the first of the next one */
}

/* Opinions that the reader waits for. */
static void batch_heard(struct ca_pool *pool, struct batch *batch)
{
    for (uint64_t i = pool->taken;
         pool->heard > 0 && i < pool->pulled && batch->count < CA_POOL_BATCH; i++) {
        const struct ca_pool_item *item = ca_pool_item(pool, i);
        if (item->state == CA_POOL_HEARD && item->reader == batch->worker &&
            !add_matter(pool, batch, i, CA_POOL_OPINION, CA_POOL_HELD))
            return;
    }
}

/* Briefs for the adviser's framework; one that is to be alone goes to a fresh process. */
static void batch_briefed(struct ca_pool *pool, struct batch *batch)
{
    const struct ca_pool_worker *worker = batch->worker;

    for (uint64_t i = pool->taken;
         pool->briefed > 0 && i < pool->pulled && batch->count < CA_POOL_BATCH; i++) {
        const struct ca_pool_item *item = ca_pool_item(pool, i);
        const bool alone = item->asked_alone;
        if (item->state != CA_POOL_BRIEFED || item->framework != worker->framework ||
            (alone && (worker->served > 0 || worker->count > 0)))
            continue;
        if (!add_matter(pool, batch, i, CA_POOL_BRIEF, CA_POOL_ASKED) || alone)
            return;
    }
}

/* If it is lost then, there is no doubt by what. */
static bool holds_one_alone(const struct ca_pool *pool, const struct ca_pool_worker *worker)
{
    const struct ca_pool_item *item = ca_pool_item(pool, worker->held[worker->first]);

    return worker->count == 1 && (worker->framework != NULL ? item->asked_alone : item->alone);
}

/* A tray that holds nothing; false if there is none. */
static bool find_tray(const struct ca_pool_worker *worker, uint32_t *tray)
{
    for (*tray = 0; *tray < CA_POOL_TRAYS; (*tray)++)
        if (worker->filled[*tray] == 0)
            return true;
    return false;
}

static void fill(struct ca_pool *pool, struct batch *batch)
{
    if (batch->worker->framework != NULL) {
        batch_briefed(pool, batch);
        return;
    }
    batch_heard(pool, batch);
    if (pool->again > 0)
        batch_again(pool, batch);
    if (batch->count == 0 && pool->again == 0)
        batch_new(pool, batch);
}

static void hand_out(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    struct batch batch = {.worker = worker, .most = batch_size(pool)};

    if (!find_tray(worker, &batch.tray) || holds_one_alone(pool, worker))
        return;
    ca_buffer_clear(&pool->request);
    fill(pool, &batch);
    /* A worker that died meanwhile will be noticed when its replies end. */
    if (batch.count > 0)
        (void)ca_pool_send(pool, worker);
}

static bool work_left(const struct ca_pool *pool)
{
    return pool->again > 0 || (!pool->exhausted && pool->pulled - pool->taken < pool->window);
}

/* One without the newest templates, or that none of those waiting fits, makes room for another
 * as soon as it holds nothing, and nothing that it put aside is under way. */
static bool outdated(const struct ca_pool *pool, const struct ca_pool_worker *worker)
{
    bool fits = false;

    if (worker->pid == 0 || worker->count > 0 || pool->again == 0)
        return false;
    for (uint64_t i = pool->taken; i < pool->pulled; i++) {
        const struct ca_pool_item *item = ca_pool_item(pool, i);
        if (item->reader == worker && item->state != CA_POOL_FINISHED)
            return false;
        fits |= waiting_for(pool, worker, item);
    }
    return worker->generation != pool->generation || !fits;
}

/* Every reader gets a batch before any gets a second one. */
static bool supply_readers(struct ca_pool *pool)
{
    for (unsigned i = 0; i < CA_POOL_TRAYS * pool->jobs && !pool->stopped &&
                         (work_left(pool) || pool->heard > 0);
         i++) {
        struct ca_pool_worker *worker = &pool->workers[i % pool->jobs];
        if (outdated(pool, worker))
            (void)ca_pool_worker_end(worker, false);
        if (worker->pid == 0 && work_left(pool) && !ca_pool_worker_start(pool, worker))
            return false;
        if (worker->pid != 0)
            hand_out(pool, worker);
    }
    return true;
}

/* ---- advisers ---- */

static bool adviser_suits(const struct ca_pool_worker *worker, const struct ca_pool_item *item)
{
    return worker->pid != 0 && worker->framework == item->framework &&
           worker->generation >= item->generation &&
           (!item->asked_alone || (worker->served == 0 && worker->count == 0));
}

/* Is there a process that will take this brief sooner or later as it is? */
static bool has_adviser(const struct ca_pool *pool, const struct ca_pool_item *item)
{
    for (unsigned i = pool->jobs; i < 2 * pool->jobs; i++)
        if (adviser_suits(&pool->workers[i], item))
            return true;
    return false;
}

/* One that is not there, or, for a framework that has none, one that has nothing to do and
 * makes room; NULL if there is none. */
static struct ca_pool_worker *free_adviser(struct ca_pool *pool, bool has_one)
{
    for (unsigned i = pool->jobs; i < 2 * pool->jobs; i++)
        if (pool->workers[i].pid == 0)
            return &pool->workers[i];
    for (unsigned i = pool->jobs; i < 2 * pool->jobs && !has_one; i++)
        if (pool->workers[i].count == 0) {
            (void)ca_pool_worker_end(&pool->workers[i], true);
            return &pool->workers[i];
        }
    return NULL;
}

/* An adviser for each framework that is asked; more than one if there are many briefs. */
static bool start_advisers(struct ca_pool *pool)
{
    size_t waiting = 0;

    pool->count = 2 * pool->jobs;
    for (uint64_t i = pool->taken; i < pool->pulled; i++) {
        struct ca_pool_item *item = ca_pool_item(pool, i);
        const bool has_one = item->state == CA_POOL_BRIEFED && has_adviser(pool, item);
        struct ca_pool_worker *worker;
        bool late;
        if (item->state != CA_POOL_BRIEFED || (has_one && ++waiting % CA_POOL_BATCH != 0))
            continue;
        worker = free_adviser(pool, has_one);
        if (worker == NULL)
            return true;
        worker->framework = item->framework;
        if (!ca_pool_worker_start(pool, worker))
            return false;
        if (ca_pool_adviser_opens(pool, worker, &late))
            hand_out(pool, worker);
        else
            ca_pool_no_adviser(pool, worker, late);
    }
    return true;
}

static bool supply_advisers(struct ca_pool *pool)
{
    if (pool->briefed == 0)
        return true;
    if (!start_advisers(pool))
        return false;
    for (unsigned i = pool->jobs; i < 2 * pool->jobs && pool->briefed > 0; i++)
        if (pool->workers[i].pid != 0)
            hand_out(pool, &pool->workers[i]);
    return true;
}

bool ca_pool_supply(struct ca_pool *pool)
{
    ca_pool_first_document(pool);
    if (!supply_readers(pool) || !supply_advisers(pool))
        return false;
    ca_pool_deliver(pool);
    return true;
}
