/* The parent's loop: hands out, waits, takes back, until everything is delivered. */
#include "core/work/pool.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/work/pool_private.h"

enum { TICK = CA_WATCH_EVERY };

/* Those this process may use. */
static unsigned processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;

    return count < 1 ? 1 : count > CA_POOL_MAX_JOBS ? CA_POOL_MAX_JOBS : (unsigned)count;
}

/* ---- waiting ---- */

/* One that took too long may have replied to much since it last rang. */
static bool end_if_overdue(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    const uint64_t served = worker->served;

    if (worker->count == 0 || !ca_watch_overdue(&worker->watch, pool->timeout))
        return true;
    if (!ca_pool_read_replies(pool, worker))
        return false;
    if (worker->pid == 0 || worker->served != served)
        return true;
    return ca_pool_lost(pool, worker, CA_POOL_TOO_LONG);
}

/* The clock is looked at even if there is something: a bell may be rung for nothing. */
static bool see_to(struct ca_pool *pool, struct ca_pool_worker *worker, short events)
{
    return (events == 0 || ca_pool_read_replies(pool, worker)) &&
           (worker->pid == 0 || end_if_overdue(pool, worker));
}

/*
 * A worker rings its bell when it has written replies, and the end of its pipe tells that it
 * is gone. Its replies themselves wake nobody: the kernel takes whoever writes into a pipe to
 * be about to sleep, and would run parent and worker by turns on one processor.
 */
static bool wait_for_replies(struct ca_pool *pool)
{
    struct pollfd bells[CA_POOL_MAX_JOBS * 4], *ends = bells + pool->count;
    uint64_t rung;

    for (unsigned i = 0; i < pool->count; i++) {
        const struct ca_pool_worker *worker = &pool->workers[i];
        bells[i] =
            (struct pollfd){.fd = worker->pid != 0 ? worker->bell : -1, .events = POLLIN};
        ends[i] = (struct pollfd){.fd = worker->pid != 0 ? worker->replies : -1, .events = 0};
    }
    if (poll(bells, 2 * pool->count, TICK) < 0)
        return true; /* interrupted: the tick will know why */
    for (unsigned i = 0; i < pool->count && !pool->stopped; i++) {
        if (bells[i].fd >= 0 && bells[i].revents != 0)
            (void)!read(bells[i].fd, &rung, sizeof rung);
        if (bells[i].fd >= 0 && pool->workers[i].pid != 0 &&
            !see_to(pool, &pool->workers[i], bells[i].revents | ends[i].revents))
            return false;
    }
    return true;
}

static void run(struct ca_pool *pool)
{
    const struct ca_pool_options *options = pool->options;

    while (!pool->stopped && ca_pool_supply(pool)) {
        if (pool->stopped || (pool->exhausted && pool->taken == pool->pulled))
            return;
        if (pool->taken < pool->pulled && !wait_for_replies(pool))
            return;
        if (options->tick != NULL && !options->tick(options->context))
            pool->stopped = true;
    }
}

/* ---- beginning and end ---- */

struct ca_pool *ca_pool_open(const struct ca_pool_options *options)
{
    struct ca_pool *pool = ca_xcalloc(1, sizeof *pool);

    pool->options = options;
    pool->jobs = options->jobs > 0 ? options->jobs : processors();
    if (pool->jobs > CA_POOL_MAX_JOBS)
        pool->jobs = CA_POOL_MAX_JOBS;
    pool->timeout = options->timeout > 0 ? options->timeout : 1000 * CA_POOL_TIMEOUT;
    pool->window = (size_t)2 * CA_POOL_DEPTH * pool->jobs;
    pool->items = ca_xcalloc(pool->window, sizeof *pool->items);
    pool->workers = ca_xcalloc(2 * (size_t)pool->jobs, sizeof *pool->workers);
    pool->arena = ca_arena_new();
    pool->scorer = ca_scorer_new(options->registry, options->catalogue, &options->engine);
    ca_sandbox_probe(&pool->sandbox);
    return pool;
}

void ca_pool_close(struct ca_pool *pool)
{
    /* Nothing is lost by it, and it is quickest; tools that look for faults want to see the
     * end of each process. */
    bool kill_it = !pool->sandbox.relaxed || pool->taken < pool->pulled;

    for (unsigned i = 0; i < 2 * pool->jobs; i++) {
        struct ca_pool_worker *worker = &pool->workers[i];
        if (worker->pid != 0)
            (void)ca_pool_worker_end(worker, kill_it || worker->framework != NULL);
        ca_pool_worker_free(worker);
    }
    for (size_t i = 0; i < pool->window; i++) {
        ca_pool_forget(&pool->items[i]);
        ca_buffer_free(&pool->items[i].bytes);
        ca_buffer_free(&pool->items[i].said);
        ca_buffer_free(&pool->items[i].made);
        ca_buffer_free(&pool->items[i].matter);
    }
    free(pool->items);
    free(pool->workers);
    ca_buffer_free(&pool->request);
    ca_scorer_free(pool->scorer);
    ca_arena_free(pool->arena);
    free(pool);
}

/* How many documents there will be may be known by now. Of the workers there is the first at
 * most, so those that are not needed were never there. */
static void begin(struct ca_pool *pool)
{
    if (pool->begun)
        return;
    pool->begun = true;
    if (pool->options->count > 0 && pool->options->count < pool->jobs)
        pool->jobs = (unsigned)pool->options->count;
    pool->count = pool->jobs;
    ca_pool_first_judge(pool);
}

enum ca_code ca_pool_go(struct ca_pool *pool, struct ca_error *error)
{
    pool->error = error;
    pool->exhausted = false;
    begin(pool);
    run(pool);
    return pool->code;
}

enum ca_code ca_pool_run(const struct ca_pool_options *options, struct ca_error *error)
{
    struct ca_pool *pool = ca_pool_open(options);
    enum ca_code code = ca_pool_go(pool, error);

    ca_pool_close(pool);
    return code;
}
