/* Worker processes as the parent sees them: starting, sending to, ending. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/work/pool_private.h"

enum { PIPE_BYTES = 256 * 1024 };

static bool no_worker(struct ca_pool *pool, const char *what)
{
    pool->code =
        ca_fail(pool->error, CA_ERROR_IO, "cannot start a process to read returns: %s: %s",
                what, strerrordesc_np(errno));
    return false;
}

static void close_both(const int pair[2])
{
    (void)close(pair[0]);
    (void)close(pair[1]);
}

static void close_if_open(int descriptor)
{
    if (descriptor >= 0)
        (void)close(descriptor);
}

/* ---- memory ---- */

static void *map_shared(size_t size)
{
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    return at != MAP_FAILED ? at : NULL;
}

/* What a worker has from the first to the last process that takes its place. */
static bool furnish(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    if (worker->in != NULL)
        return true;
    worker->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (worker->bell < 0)
        return no_worker(pool, "eventfd");
    worker->in = map_shared(sizeof *worker->in);
    if (worker->in != NULL && worker->framework == NULL)
        worker->shared = map_shared(sizeof *worker->shared);
    if (worker->in == NULL || (worker->framework == NULL && worker->shared == NULL))
        return no_worker(pool, "mmap");
    worker->page = worker->shared != NULL ? &worker->shared->page : NULL;
    return true;
}

static void strip(struct ca_pool_worker *worker)
{
    if (worker->in != NULL)
        (void)munmap(worker->in, sizeof *worker->in);
    if (worker->shared != NULL)
        (void)munmap(worker->shared, sizeof *worker->shared);
    worker->in = NULL;
    worker->shared = NULL;
}

/* ---- in the child ---- */

static void wipe(struct ca_buffer *buffer)
{
    if (buffer->data != NULL)
        memset(buffer->data, 0, buffer->capacity);
}

/* What other returns left in this copy of the parent's memory is nothing for a stranger. */
static void wipe_documents(const struct ca_pool *pool)
{
    for (size_t i = 0; i < pool->window; i++) {
        wipe(&pool->items[i].bytes);
        wipe(&pool->items[i].said);
        wipe(&pool->items[i].made);
        wipe(&pool->items[i].matter);
    }
    for (unsigned i = 0; i < 2 * pool->jobs; i++)
        wipe(&pool->workers[i].arrived);
}

/* What other workers share with the parent is none of this one's. In its own trays it reads,
 * and once it is locked it can make nothing writable again. */
static bool forget(const struct ca_pool *pool, const struct ca_pool_worker *worker)
{
    for (unsigned i = 0; i < 2 * pool->jobs; i++) {
        struct ca_pool_worker other = pool->workers[i];
        if (&pool->workers[i] != worker)
            strip(&other);
    }
    if (worker->framework != NULL)
        wipe_documents(pool);
    return mprotect(worker->in, sizeof *worker->in, PROT_READ) == 0;
}

static void live(struct ca_pool *pool, const struct ca_pool_worker *worker, int requests,
                 int replies, pid_t parent) __attribute__((noreturn));
static void live(struct ca_pool *pool, const struct ca_pool_worker *worker, int requests,
                 int replies, pid_t parent)
{
    const struct ca_child_ends ends = {requests, replies, worker->bell,
                                       worker->framework != NULL ? worker->framework->file
                                                                 : -1};

    if (!forget(pool, worker))
        _exit(1);
    ca_child_arrange(&pool->sandbox, &ends, parent);
    ca_catalogue_read_here(pool->options->catalogue);
    if (worker->framework != NULL)
        ca_pool_adviser_live(pool, worker);
    else
        ca_pool_worker_live(pool, worker);
}

/* ---- starting ---- */

static bool start(struct ca_pool *pool, struct ca_pool_worker *worker, const int requests[2],
                  const int replies[2])
{
    const pid_t self = getpid();
    pid_t pid;

    ca_sandbox_prepare(&pool->sandbox, worker->framework != NULL);
    pid = fork();
    if (pid < 0)
        return no_worker(pool, "fork");
    if (pid == 0)
        live(pool, worker, requests[1], replies[1], self);
    (void)close(requests[1]);
    (void)close(replies[1]);
    worker->pid = pid;
    worker->requests = requests[0];
    worker->replies = replies[0];
    worker->generation = pool->generation;
    worker->served = pool->first != NULL; /* it is not new to what comes */
    worker->first = worker->count = 0;
    memset(worker->filled, 0, sizeof worker->filled);
    ca_watch_begin(&worker->watch, pid);
    ca_buffer_clear(&worker->arrived);
    return true;
}

/* It rings when it is done. */
bool ca_pool_adviser_opens(struct ca_pool *pool, struct ca_pool_worker *worker, bool *late)
{
    int listener = -1;
    uint64_t rung;

    for (*late = false; !*late;) {
        struct pollfd events[] = {{worker->bell, POLLIN, 0},
                                  {listener, POLLIN, 0},
                                  {listener < 0 ? worker->requests : -1, POLLIN, 0},
                                  {worker->replies, 0, 0}};
        if (poll(events, 4, CA_WATCH_EVERY) > 0) {
            if (events[2].revents & POLLIN)
                listener = ca_child_listener(worker->requests);
            if (events[1].revents & POLLIN)
                ca_sandbox_open_for(listener, worker->pid, worker->framework->file);
            if ((events[0].revents | events[3].revents) != 0)
                break;
        }
        *late = ca_watch_overdue(&worker->watch, pool->timeout);
    }
    close_if_open(listener);
    return !*late && read(worker->bell, &rung, sizeof rung) == sizeof rung;
}

bool ca_pool_worker_start(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    int requests[2], replies[2];
    uint64_t rung;

    if (!furnish(pool, worker))
        return false;
    if (worker->page != NULL)
        memset(worker->page, 0, sizeof *worker->page);
    (void)!read(worker->bell, &rung, sizeof rung); /* by the process before it */
    if (worker->framework != NULL) /* whose briefs may have been another framework's */
        (void)madvise(worker->in, sizeof *worker->in, MADV_REMOVE);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, requests) != 0)
        return no_worker(pool, "socketpair");
    if (pipe2(replies, O_CLOEXEC | O_NONBLOCK) != 0) {
        close_both(requests);
        return no_worker(pool, "pipe");
    }
    (void)fcntl(replies[1], F_SETFL, 0);
    (void)fcntl(replies[0], F_SETPIPE_SZ, PIPE_BYTES); /* larger is only quicker */
    if (!start(pool, worker, requests, replies)) {
        close_both(requests);
        close_both(replies);
        return false;
    }
    return true;
}

int ca_pool_worker_end(struct ca_pool_worker *worker, bool kill_it)
{
    int status;

    (void)close(worker->requests);
    (void)close(worker->replies);
    status = ca_child_reap(worker->pid, kill_it);
    worker->pid = 0;
    return status;
}

void ca_pool_worker_free(struct ca_pool_worker *worker)
{
    if (worker->in != NULL) {
        (void)close(worker->bell);
    }
    strip(worker);
    ca_buffer_free(&worker->arrived);
}

bool ca_pool_send(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    ssize_t sent;

    do {
        sent = send(worker->requests, pool->request.data, pool->request.length, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent >= 0;
}
