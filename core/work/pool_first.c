/*
 * The first reader of a pool may read templates before it reads a document, and goes on with
 * them: that saves the process that would be asked, and another for what it found. Only one
 * that has seen no document is asked, so that no return has a hand in what its template is.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "core/model/peek.h"
#include "core/work/ask.h"
#include "core/work/pool_private.h"

enum { READ_BYTES = 64 * 1024 };

/* ---- in the reader ---- */

bool ca_pool_first_answer(const struct ca_pool_first *first, struct ca_buffer *out)
{
    struct ca_buffer answer = {0};
    uint64_t length;
    bool written;

    first->work(first->context, &answer);
    length = answer.length;
    ca_buffer_add(out, (const char *)&length, sizeof length);
    ca_buffer_add(out, answer.data, answer.length);
    ca_buffer_free(&answer);
    written = ca_pool_write(out);
    ca_buffer_free(out);
    return written;
}

/* ---- asking it ---- */

/* Reads what there is; false at the end. */
static bool read_some(struct ca_pool_worker *worker)
{
    char *room = ca_buffer_reserve(&worker->arrived, READ_BYTES);
    ssize_t got = read(worker->replies, room, READ_BYTES);

    if (got > 0)
        worker->arrived.length += (size_t)got;
    return got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN));
}

enum heard { NOT_YET, ALL, NONSENSE };

static enum heard look(const struct ca_buffer *arrived)
{
    uint64_t length;

    if (arrived->length < sizeof length)
        return NOT_YET;
    memcpy(&length, arrived->data, sizeof length);
    if (length > CA_ASK_MOST || arrived->length - sizeof length > length)
        return NONSENSE;
    return arrived->length - sizeof length == length ? ALL : NOT_YET;
}

static bool hear(struct ca_pool_worker *worker, struct ca_buffer *answer)
{
    enum heard heard;

    while ((heard = look(&worker->arrived)) == NOT_YET) {
        struct pollfd replies = {worker->replies, POLLIN, 0};
        if (poll(&replies, 1, CA_WATCH_EVERY) > 0 && !read_some(worker))
            return false;
        if (ca_watch_overdue(&worker->watch, CA_ASK_TIMEOUT))
            return false;
    }
    if (heard == NONSENSE)
        return false;
    ca_buffer_clear(answer);
    ca_buffer_add(answer, worker->arrived.data + sizeof(uint64_t),
                  worker->arrived.length - sizeof(uint64_t));
    ca_buffer_clear(&worker->arrived);
    return true;
}

/* False where it is not the first any more, and where it does not live to answer: whoever asks
 * asks another then, which says why. */
static bool ask(void *context, void (*work)(void *work_context, struct ca_buffer *out),
                void *work_context, struct ca_buffer *answer)
{
    struct ca_pool *pool = context;
    struct ca_pool_worker *worker = &pool->workers[0];
    const struct ca_pool_first first = {work, work_context};
    bool started;

    if (worker->pid != 0 || pool->taken > 0)
        return false;
    pool->first = &first;
    started = ca_pool_worker_start(pool, worker);
    pool->first = NULL;
    pool->code = CA_OK;
    if (started && hear(worker, answer))
        return true;
    if (started)
        (void)ca_pool_worker_end(worker, true);
    return false;
}

/* ---- when ---- */

void ca_pool_read_templates(struct ca_pool *pool, bool begin)
{
    ca_catalogue_stay(pool->options->catalogue, begin ? ask : NULL, pool);
}

void ca_pool_first_judge(struct ca_pool *pool)
{
    struct ca_pool_worker *first = &pool->workers[0];

    if (first->pid != 0 && !ca_catalogue_stayed(pool->options->catalogue))
        (void)ca_pool_worker_end(first, true);
}

/* Which template the document goes by is plain to see in most. */
static void find_template(struct ca_pool *pool, const struct ca_buffer *bytes)
{
    static const char *const names[] = {"template", "template-version"};
    char values[2][CA_PEEK_SIZE];
    const char *why;

    if (!ca_peek(bytes->data, bytes->length, names, 2, values))
        return;
    ca_pool_read_templates(pool, true);
    (void)ca_catalogue_find(pool->options->catalogue, values[0], values[1], pool->arena, &why);
    ca_pool_read_templates(pool, false);
    ca_arena_reset(pool->arena);
    ca_pool_first_judge(pool);
}

void ca_pool_first_document(struct ca_pool *pool)
{
    if (pool->pulled > 0 || pool->workers[0].pid != 0 ||
        !ca_catalogue_has_source(pool->options->catalogue) || !ca_pool_pull(pool) ||
        !ca_pool_bring(pool, 0))
        return;
    find_template(pool, &ca_pool_item(pool, 0)->bytes);
}
