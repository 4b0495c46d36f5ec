/* Worker processes as the parent sees them: starting, sending to, ending. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
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

/* In the child: what another worker shares with the parent is none of this one's. */
static void forget_others(const struct ca_pool *pool, const struct ca_pool_worker *worker)
{
    for (unsigned i = 0; i < pool->jobs; i++)
        if (&pool->workers[i] != worker && pool->workers[i].shared != NULL)
            (void)munmap(pool->workers[i].shared, sizeof *worker->shared);
}

/* The parent's ends of all other workers are closed in the child with everything else. */
static bool start(struct ca_pool *pool, struct ca_pool_worker *worker, const int requests[2],
                  const int replies[2])
{
    const struct ca_pool_ends ends = {requests[1], replies[1], worker->bell};
    pid_t self = getpid();
    pid_t pid = fork();

    if (pid < 0)
        return no_worker(pool, "fork");
    if (pid == 0) {
        forget_others(pool, worker);
        ca_pool_worker_live(pool, worker->shared, ends, self);
    }
    (void)close(requests[1]);
    (void)close(replies[1]);
    worker->pid = pid;
    worker->requests = requests[0];
    worker->replies = replies[0];
    worker->generation = pool->generation;
    worker->served = 0;
    worker->first = worker->count = 0;
    memset(worker->filled, 0, sizeof worker->filled);
    worker->seen_serial = 0;
    ca_buffer_clear(&worker->in);
    return true;
}

/* What a worker has from the first to the last process that takes its place. */
static bool furnish(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    void *shared;

    if (worker->shared != NULL)
        return true;
    worker->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (worker->bell < 0)
        return no_worker(pool, "eventfd");
    shared = mmap(NULL, sizeof *worker->shared, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        (void)close(worker->bell);
        return no_worker(pool, "mmap");
    }
    worker->shared = shared;
    worker->page = &worker->shared->page;
    return true;
}

bool ca_pool_worker_start(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    int requests[2], replies[2];

    if (!furnish(pool, worker))
        return false;
    memset(worker->page, 0, sizeof *worker->page);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, requests) != 0)
        return no_worker(pool, "socketpair");
    if (pipe2(replies, O_CLOEXEC | O_NONBLOCK) != 0) {
        close_both(requests);
        return no_worker(pool, "pipe");
    }
    (void)fcntl(replies[1], F_SETFL, 0);
    (void)fcntl(replies[0], F_SETPIPE_SZ, PIPE_BYTES); /* larger is only quicker */
    if (start(pool, worker, requests, replies))
        return true;
    close_both(requests);
    close_both(replies);
    return false;
}

/* Waits a little for a process that is ending by itself; then it is ended. */
static int reap(pid_t pid, bool kill_it)
{
    const struct timespec moment = {.tv_nsec = 1000 * 1000};
    int status = 0;

    if (kill_it)
        (void)kill(pid, SIGKILL);
    for (int i = 0; !kill_it && i < 500; i++) {
        if (waitpid(pid, &status, WNOHANG) == pid)
            return status;
        (void)nanosleep(&moment, NULL);
    }
    (void)kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

int ca_pool_worker_end(struct ca_pool_worker *worker, bool kill_it)
{
    int status;

    (void)close(worker->requests);
    (void)close(worker->replies);
    status = reap(worker->pid, kill_it);
    worker->pid = 0;
    return status;
}

void ca_pool_worker_free(struct ca_pool_worker *worker)
{
    if (worker->shared != NULL) {
        (void)munmap(worker->shared, sizeof *worker->shared);
        (void)close(worker->bell);
    }
    ca_buffer_free(&worker->in);
}

bool ca_pool_send(struct ca_pool *pool, struct ca_pool_worker *worker)
{
    ssize_t sent;

    do {
        sent = send(worker->requests, pool->request.data, pool->request.length, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent >= 0;
}
