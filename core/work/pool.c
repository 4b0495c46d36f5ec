/* The parent's loop: hands out, waits, takes back, delivers in order. */
#include "core/work/pool.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/work/pool_private.h"

enum { TICK = 200, /* milliseconds between looks at the clock */ READ_BYTES = 256 * 1024 };

unsigned ca_pool_processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;

    return count < 1 ? 1 : count > CA_POOL_MAX_JOBS ? CA_POOL_MAX_JOBS : (unsigned)count;
}

static int64_t milliseconds(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- delivering ---- */

static void deliver(struct ca_pool *pool, const struct ca_pool_reply *reply)
{
    if (!pool->options->take(pool->options->context, reply))
        pool->stopped = true;
    ca_pool_forget(ca_pool_item(pool, pool->taken));
    pool->taken++;
}

static void deliver_finished(struct ca_pool *pool)
{
    while (!pool->stopped && pool->taken < pool->pulled) {
        const struct ca_pool_item *item = ca_pool_item(pool, pool->taken);
        if (item->state != CA_POOL_FINISHED)
            return;
        deliver(pool, &(struct ca_pool_reply){.index = pool->taken,
                                              .name = item->name,
                                              .refused = item->refused,
                                              .immediate = item->immediate,
                                              .said = item->said.data,
                                              .said_length = item->said.length,
                                              .made = item->made.data,
                                              .made_length = item->made.length});
    }
}

/* ---- replies ---- */

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

    if (t != NULL && pool->options->digests)
        (void)ca_registry_sha256(pool->options->registry,
                                 ca_registry_find(pool->options->registry, t->framework_name),
                                 NULL);
    if (t == NULL)
        item->why = ca_xstrdup(why);
    if (ca_catalogue_count(pool->options->catalogue) > before)
        pool->generation++;
    item->state = CA_POOL_WAITING;
    pool->again++;
    ca_arena_reset(pool->arena);
}

static void keep(struct ca_pool_item *item, const char *said, const struct ca_pool_head *head)
{
    item->refused = head->refused != 0;
    item->immediate = head->immediate;
    ca_buffer_clear(&item->said);
    ca_buffer_clear(&item->made);
    ca_buffer_add(&item->said, said, head->said_length);
    ca_buffer_add(&item->made, said + head->said_length, head->made_length);
    item->state = CA_POOL_FINISHED;
}

/* said is borrowed, from the worker's tray or from what arrived. */
static void receive_reply(struct ca_pool *pool, const char *said,
                          const struct ca_pool_head *head)
{
    struct ca_pool_item *item = ca_pool_item(pool, head->index);

    if (head->kind == CA_POOL_WANTS) {
        look_for_template(pool, item, said, head);
    } else if (head->index != pool->taken) {
        keep(item, said, head);
    } else {
        deliver(pool, &(struct ca_pool_reply){.index = head->index,
                                              .name = item->name,
                                              .refused = head->refused != 0,
                                              .immediate = head->immediate,
                                              .said = said,
                                              .said_length = head->said_length,
                                              .made = said + head->said_length,
                                              .made_length = head->made_length});
    }
}

static bool plausible(const struct ca_pool_worker *worker, const struct ca_pool_head *head)
{
    return worker->count > 0 && head->index == worker->held[worker->first] &&
           head->kind <= CA_POOL_WANTS && head->said_length <= CA_POOL_REPLY_LIMIT &&
           head->made_length <= CA_POOL_REPLY_LIMIT &&
           (head->offset == CA_POOL_INLINE ||
            head->offset + head->said_length + head->made_length <= CA_POOL_OUT_BYTES);
}

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
    return tray;
}

/* Takes all whole replies out of what has arrived; false if it makes no sense. */
static bool take_replies(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    const char *p = worker->in.data, *end = p + worker->in.length;
    struct ca_pool_head head;
    uint32_t tray;

    while (!pool->stopped && (size_t)(end - p) >= sizeof head) {
        memcpy(&head, p, sizeof head);
        if (!plausible(worker, &head))
            return false;
        if ((size_t)(end - p) - sizeof head < length_behind(&head))
            break;
        p += sizeof head;
        tray = put_down(worker);
        receive_reply(pool,
                      head.offset == CA_POOL_INLINE
                          ? p
                          : worker->shared->trays[tray].results + head.offset,
                      &head);
        p += length_behind(&head);
        deliver_finished(pool);
    }
    worker->in.length = (size_t)(end - p);
    memmove(worker->in.data, p, worker->in.length);
    return true;
}

static bool read_replies(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    char *room = ca_buffer_reserve(&worker->in, READ_BYTES);
    ssize_t got = read(worker->replies, room, READ_BYTES);

    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (got <= 0)
        return ca_pool_lost(pool, worker, CA_POOL_DIED);
    worker->in.length += (size_t)got;
    return take_replies(pool, worker) || ca_pool_lost(pool, worker, CA_POOL_GARBLED);
}

/* ---- handing out ---- */

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

/* Puts the document at index into the batch; one that cannot be read is finished instead.
 * False if there is no room for it. */
static bool add_to_batch(struct ca_pool *pool, struct batch *batch, uint64_t index)
{
    struct ca_pool_worker *worker = batch->worker;
    struct ca_pool_item *item = ca_pool_item(pool, index);
    struct ca_pool_request request = {.index = index,
                                      .tray = batch->tray,
                                      .offset = (uint32_t)batch->used,
                                      .name_length = (uint32_t)strlen(item->name)};
    size_t size = 0, place = (worker->first + worker->count) % CA_POOL_DEPTH;
    enum ca_pool_load load =
        ca_pool_load(pool, index, worker->shared->trays[batch->tray].documents + batch->used,
                     CA_POOL_IN_BYTES - batch->used, &size);

    if (load != CA_POOL_LOADED)
        return load != CA_POOL_NO_ROOM;
    request.size = (uint32_t)size;
    request.why_length = item->why != NULL ? (uint32_t)strlen(item->why) : 0;
    ca_buffer_add(&pool->request, (const char *)&request, sizeof request);
    ca_buffer_add(&pool->request, item->name, request.name_length + 1);
    if (request.why_length > 0)
        ca_buffer_add(&pool->request, item->why, request.why_length + 1);
    item->state = CA_POOL_HELD;
    worker->held[place] = index;
    worker->trays[place] = batch->tray;
    worker->count++;
    worker->filled[batch->tray]++;
    batch->used += size;
    batch->count++;
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
        if (!add_to_batch(pool, batch, i))
            return;
        pool->again--;
        if (alone)
            return;
    }
}

static void batch_new(struct ca_pool *pool, struct batch *batch)
{
    while (batch->count < batch->most && pool->pulled - pool->taken < pool->window &&
           pool->request.length < CA_POOL_REQUEST_BYTES && ca_pool_pull(pool))
        if (!add_to_batch(pool, batch, pool->pulled - 1)) {
            pool->again++; /* it will be the first of the next one */
            return;
        }
}

/* If it is lost then, there is no doubt by what. */
static bool holds_one_alone(const struct ca_pool *pool, const struct ca_pool_worker *worker)
{
    return worker->count == 1 && ca_pool_item(pool, worker->held[worker->first])->alone;
}

/* A tray that holds nothing; false if there is none. */
static bool find_tray(const struct ca_pool_worker *worker, uint32_t *tray)
{
    for (*tray = 0; *tray < CA_POOL_TRAYS; (*tray)++)
        if (worker->filled[*tray] == 0)
            return true;
    return false;
}

static void hand_out(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    struct batch batch = {.worker = worker, .most = batch_size(pool)};

    if (!find_tray(worker, &batch.tray) || holds_one_alone(pool, worker))
        return;
    ca_buffer_clear(&pool->request);
    if (pool->again > 0)
        batch_again(pool, &batch);
    if (batch.count == 0 && pool->again == 0)
        batch_new(pool, &batch);
    /* A worker that died meanwhile will be noticed when its replies end. */
    if (batch.count > 0)
        (void)ca_pool_send(pool, worker);
}

static bool work_left(const struct ca_pool *pool)
{
    return pool->again > 0 || (!pool->exhausted && pool->pulled - pool->taken < pool->window);
}

/* One without the newest templates, or that has spent itself, makes room for another as
 * soon as it holds nothing. */
static bool outdated(const struct ca_pool *pool, const struct ca_pool_worker *worker)
{
    if (worker->pid == 0 || worker->count > 0 || pool->again == 0)
        return false;
    if (worker->generation != pool->generation)
        return true;
    for (uint64_t i = pool->taken; i < pool->pulled; i++)
        if (waiting_for(pool, worker, ca_pool_item(pool, i)))
            return false;
    return true;
}

/* Every worker gets a batch before any gets a second one. */
static bool supply(struct ca_pool *pool)
{
    for (unsigned i = 0; i < CA_POOL_TRAYS * pool->jobs && !pool->stopped && work_left(pool);
         i++) {
        struct ca_pool_worker *worker = &pool->workers[i % pool->jobs];
        if (outdated(pool, worker))
            (void)ca_pool_worker_end(worker, false);
        if (worker->pid == 0 && !ca_pool_worker_start(pool, worker))
            return false;
        hand_out(pool, worker);
    }
    deliver_finished(pool);
    return true;
}

/* ---- waiting ---- */

/* Is it still with the document it was with so long ago? */
static bool took_too_long(struct ca_pool *pool, struct ca_pool_worker *worker, int64_t now)
{
    uint64_t serial = worker->page->serial;

    if (__atomic_load_n(&worker->page->busy, __ATOMIC_ACQUIRE) == 0 ||
        serial != worker->seen_serial) {
        worker->seen_serial = serial;
        worker->seen_since = now;
        return false;
    }
    return now - worker->seen_since > pool->timeout;
}

static bool see_to(struct ca_pool *pool, struct ca_pool_worker *worker, short events,
                   int64_t now)
{
    if (events != 0)
        return read_replies(pool, worker);
    return !took_too_long(pool, worker, now) || ca_pool_lost(pool, worker, CA_POOL_TOO_LONG);
}

/*
 * A worker rings its bell when it has written replies, and the end of its pipe tells that it
 * is gone. Its replies themselves wake nobody: the kernel takes whoever writes into a pipe to
 * be about to sleep, and would run parent and worker by turns on one processor.
 */
static bool wait_for_replies(struct ca_pool *pool)
{
    struct pollfd bells[CA_POOL_MAX_JOBS * 2], *ends = bells + pool->jobs;
    uint64_t rung;
    int64_t now;

    for (unsigned i = 0; i < pool->jobs; i++) {
        const struct ca_pool_worker *worker = &pool->workers[i];
        bells[i] =
            (struct pollfd){.fd = worker->pid != 0 ? worker->bell : -1, .events = POLLIN};
        ends[i] = (struct pollfd){.fd = worker->pid != 0 ? worker->replies : -1, .events = 0};
    }
    if (poll(bells, 2 * pool->jobs, TICK) < 0)
        return true; /* interrupted: the tick will know why */
    now = milliseconds();
    for (unsigned i = 0; i < pool->jobs && !pool->stopped; i++) {
        if (bells[i].fd >= 0 && bells[i].revents != 0)
            (void)!read(bells[i].fd, &rung, sizeof rung);
        if (bells[i].fd >= 0 &&
            !see_to(pool, &pool->workers[i], bells[i].revents | ends[i].revents, now))
            return false;
    }
    return true;
}

static void run(struct ca_pool *pool)
{
    const struct ca_pool_options *options = pool->options;

    while (!pool->stopped && supply(pool)) {
        if (pool->stopped || (pool->exhausted && pool->taken == pool->pulled))
            return;
        if (pool->taken < pool->pulled && !wait_for_replies(pool))
            return;
        if (options->tick != NULL && !options->tick(options->context))
            pool->stopped = true;
    }
}

/* ---- beginning and end ---- */

static void note_digests(const struct ca_pool_options *options)
{
    for (size_t i = 0; i < ca_catalogue_count(options->catalogue); i++) {
        const struct ca_template *t = ca_catalogue_at(options->catalogue, i);
        if (t != NULL)
            (void)ca_registry_sha256(options->registry,
                                     ca_registry_find(options->registry, t->framework_name),
                                     NULL);
    }
}

static void open_pool(struct ca_pool *pool)
{
    const struct ca_pool_options *options = pool->options;

    pool->jobs = options->jobs > 0 ? options->jobs : ca_pool_processors();
    if (pool->jobs > CA_POOL_MAX_JOBS)
        pool->jobs = CA_POOL_MAX_JOBS;
    if (options->count > 0 && options->count < pool->jobs)
        pool->jobs = (unsigned)options->count;
    pool->timeout = 1000 * (int64_t)(options->timeout > 0 ? options->timeout : CA_POOL_TIMEOUT);
    pool->window = (size_t)2 * CA_POOL_DEPTH * pool->jobs;
    pool->items = ca_xcalloc(pool->window, sizeof *pool->items);
    pool->workers = ca_xcalloc(pool->jobs, sizeof *pool->workers);
    pool->arena = ca_arena_new();
    pool->scorer = ca_scorer_new(options->registry, options->catalogue, &options->engine);
    ca_sandbox_probe(&pool->sandbox);
    if (!pool->sandbox.relaxed)
        ca_scorer_open_encodings(pool->scorer);
    if (options->digests)
        note_digests(options);
}

static void close_pool(struct ca_pool *pool)
{
    /* Nothing is lost by it, and it is quickest; tools that look for faults want to see the
     * end of each process. */
    bool kill_it = !pool->sandbox.relaxed || pool->taken < pool->pulled;

    for (unsigned i = 0; i < pool->jobs; i++) {
        struct ca_pool_worker *worker = &pool->workers[i];
        if (worker->pid != 0)
            (void)ca_pool_worker_end(worker, kill_it);
        ca_pool_worker_free(worker);
    }
    for (size_t i = 0; i < pool->window; i++) {
        ca_pool_forget(&pool->items[i]);
        ca_buffer_free(&pool->items[i].bytes);
        ca_buffer_free(&pool->items[i].said);
        ca_buffer_free(&pool->items[i].made);
    }
    free(pool->items);
    free(pool->workers);
    ca_buffer_free(&pool->request);
    ca_scorer_free(pool->scorer);
    ca_arena_free(pool->arena);
}

enum ca_code ca_pool_run(const struct ca_pool_options *options, struct ca_error *error)
{
    struct ca_pool pool = {.options = options, .error = error};

    open_pool(&pool);
    run(&pool);
    close_pool(&pool);
    return pool.code;
}
