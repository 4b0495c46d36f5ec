/* One worker: takes batches of documents, scores them, sends back what the caller's
 * function made of them. Everything here runs in the worker, after the fork. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "core/work/pool_private.h"

/* Replies are sent when so much has gathered, or when so much time has passed. */
enum { FLUSH_BYTES = 64 * 1024, FLUSH_NANOSECONDS = 50 * 1000 * 1000 };

struct life {
    struct ca_pool *pool;
    struct ca_pool_page *page;
    struct ca_pool_tray *trays;
    size_t used; /* of the tray's room for results */
    struct ca_pool_made made;
    struct ca_buffer said, result, out, in;
    struct timespec flushed;
    /* The template asked of the parent, if one was. */
    struct ca_buffer wanted_id, wanted_version;
    bool wants;
    const char *why; /* the parent's answer: there is none */
};

/* ---- ending ---- */

/* _exit: what the parent has still to write must not be written twice. */
static void leave(struct life *life, enum ca_pool_trouble trouble, const char *words)
    __attribute__((noreturn));
static void leave(struct life *life, enum ca_pool_trouble trouble, const char *words)
{
    (void)snprintf(life->page->words, sizeof life->page->words, "%s", words);
    __atomic_store_n(&life->page->trouble, trouble, __ATOMIC_RELEASE);
    _exit(trouble == CA_POOL_NO_TROUBLE ? 0 : 1);
}

/* ---- what the parent sees ---- */

static void set_word(char *word, size_t size, const char *text)
{
    size_t length = text != NULL ? strnlen(text, size - 1) : 0;

    if (length > 0)
        memcpy(word, text, length);
    word[length] = '\0';
}

static void begin(struct ca_pool_page *page, uint64_t index)
{
    page->return_id[0] = page->framework[0] = '\0';
    page->inside = 0;
    page->index = index;
    page->serial++;
    __atomic_store_n(&page->busy, 1, __ATOMIC_RELEASE);
}

static void finish(struct ca_pool_page *page)
{
    __atomic_store_n(&page->busy, 0, __ATOMIC_RELEASE);
}

static void watch(void *context, const char *return_id, const char *framework)
{
    struct life *life = context;

    set_word(life->page->return_id, sizeof life->page->return_id, return_id);
    if (framework != NULL)
        set_word(life->page->framework, sizeof life->page->framework, framework);
    life->page->inside = framework != NULL;
}

/* ---- templates the worker does not have ---- */

static bool ask_parent(void *context, const char *id, const char *version,
                       struct ca_buffer *bytes, struct ca_buffer *name, ca_date *retired_on)
{
    struct life *life = context;

    (void)bytes, (void)name, (void)retired_on;
    if (life->why != NULL)
        return false;
    life->wants = true;
    ca_buffer_clear(&life->wanted_id);
    ca_buffer_puts(&life->wanted_id, id);
    ca_buffer_clear(&life->wanted_version);
    ca_buffer_puts(&life->wanted_version, version);
    return false;
}

static const char *answer_of_parent(void *context)
{
    const struct life *life = context;

    return life->why;
}

/* ---- replies ---- */

/* In pieces that any pipe holds, so that the bell never waits for whom it is to wake. */
static void flush(struct life *life)
{
    const char *bytes = life->out.data;
    size_t left = life->out.length;
    const uint64_t one = 1;

    while (left > 0) {
        ssize_t written = write(CA_WORKER_REPLIES, bytes, left < PIPE_BUF ? left : PIPE_BUF);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0 || (write(CA_WORKER_BELL, &one, sizeof one) < 0 && errno == EBADF))
            leave(life, CA_POOL_NO_TROUBLE, "");
        bytes += written;
        left -= (size_t)written;
    }
    ca_buffer_clear(&life->out);
    (void)clock_gettime(CLOCK_MONOTONIC, &life->flushed);
}

static bool flush_is_due(const struct life *life)
{
    struct timespec now;

    if (life->out.length >= FLUSH_BYTES)
        return true;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - life->flushed.tv_sec) * 1000000000LL + now.tv_nsec -
               life->flushed.tv_nsec >=
           FLUSH_NANOSECONDS;
}

static void reply(struct life *life, uint32_t tray, bool refused)
{
    const struct ca_buffer *said = life->wants ? &life->wanted_id : &life->said;
    const struct ca_buffer *made = life->wants ? &life->wanted_version : &life->result;
    const size_t length = said->length + made->length;
    const bool fits = length <= CA_POOL_OUT_BYTES - life->used;
    const struct ca_pool_head head = {.index = life->page->index,
                                      .kind = life->wants ? CA_POOL_WANTS : CA_POOL_DONE,
                                      .refused = refused,
                                      .immediate = life->made.immediate,
                                      .offset = fits ? (uint32_t)life->used : CA_POOL_INLINE,
                                      .said_length = said->length,
                                      .made_length = made->length};

    ca_buffer_add(&life->out, (const char *)&head, sizeof head);
    if (fits) {
        char *place = life->trays[tray].results + life->used;
        memcpy(place, said->data, said->length);
        memcpy(place + said->length, made->data, made->length);
        life->used += length;
    } else {
        ca_buffer_add(&life->out, said->data, said->length);
        ca_buffer_add(&life->out, made->data, made->length);
    }
}

/* ---- one document ---- */

/* A framework that closed what is not its own answers for it now, not the next return.
 * Where the kernel watches over that, it has ended the process already. */
static void look_after_descriptors(struct life *life)
{
    if (!life->pool->sandbox.seccomp &&
        (fcntl(CA_WORKER_REQUESTS, F_GETFD) < 0 || fcntl(CA_WORKER_REPLIES, F_GETFD) < 0 ||
         fcntl(CA_WORKER_BELL, F_GETFD) < 0))
        leave(life, CA_POOL_CLOSED, "");
}

static void run(struct life *life, const char *name, const struct ca_pool_request *request)
{
    struct ca_scored scored;

    life->wants = false;
    life->made.immediate = 0;
    ca_buffer_clear(&life->said);
    ca_buffer_clear(&life->result);
    ca_scorer_run(life->pool->scorer, name,
                  life->trays[request->tray].documents + request->offset, request->size,
                  &scored);
    if (!life->wants)
        life->pool->options->make(life->pool->options->context, &scored, &life->made);
    look_after_descriptors(life);
    finish(life->page);
    reply(life, request->tray, scored.result == NULL);
}

/* ---- batches ---- */

/* False at the end: the parent has closed its side. */
static bool receive(struct life *life)
{
    const size_t most = CA_POOL_REQUEST_BYTES + 8192;
    ssize_t length;

    life->in.length = 0;
    do {
        length = recv(CA_WORKER_REQUESTS, ca_buffer_reserve(&life->in, most), most, 0);
    } while (length < 0 && errno == EINTR);
    if (length <= 0)
        return false;
    life->in.length = (size_t)length;
    return true;
}

static void work(struct life *life)
{
    const char *p = life->in.data, *end = p + life->in.length;

    life->used = 0;
    while (p < end) {
        struct ca_pool_request request;
        memcpy(&request, p, sizeof request);
        p += sizeof request;
        begin(life->page, request.index);
        life->why = request.why_length > 0 ? p + request.name_length + 1 : NULL;
        run(life, p, &request);
        p += request.name_length + 1 + (request.why_length > 0 ? request.why_length + 1 : 0);
        if (flush_is_due(life))
            flush(life);
    }
    flush(life);
}

/* ---- birth ---- */

static void place(int *descriptor, int wanted)
{
    if (*descriptor != wanted)
        (void)dup2(*descriptor, wanted);
    *descriptor = wanted;
}

/*
 * Leaves open the two ends and nothing else: no document and no framework shall write on
 * the terminal, into the results, or into the store. Standard error stays where a tool for
 * finding faults reports there.
 */
static void arrange_descriptors(bool keep_stderr, struct ca_pool_ends ends)
{
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    int high_requests = fcntl(ends.requests, F_DUPFD, 64),
        high_replies = fcntl(ends.replies, F_DUPFD, 64),
        high_bell = fcntl(ends.bell, F_DUPFD, 64);

    (void)dup2(nowhere, STDIN_FILENO);
    (void)dup2(nowhere, STDOUT_FILENO);
    if (!keep_stderr)
        (void)dup2(nowhere, STDERR_FILENO);
    place(&high_requests, CA_WORKER_REQUESTS);
    place(&high_replies, CA_WORKER_REPLIES);
    place(&high_bell, CA_WORKER_BELL);
    if (close_range(CA_WORKER_FIRST_FREE, ~0U, 0) != 0)
        for (int i = CA_WORKER_FIRST_FREE; i < 4096; i++)
            (void)close(i);
}

static void arrange_signals(pid_t parent)
{
    /* Ctrl-C reaches all processes of the terminal; the parent decides what it means. */
    (void)signal(SIGINT, SIG_IGN);
    (void)signal(SIGQUIT, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGTERM, SIG_DFL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
}

void ca_pool_worker_live(struct ca_pool *pool, struct ca_pool_shared *shared,
                         struct ca_pool_ends ends, pid_t parent)
{
    struct life life = {.pool = pool, .page = &shared->page, .trays = shared->trays};
    const struct ca_template_source source = {
        .context = &life, .find = ask_parent, .why = answer_of_parent};
    struct ca_error error;

    life.made = (struct ca_pool_made){.said = &life.said, .made = &life.result};
    ca_catalogue_set_source(pool->options->catalogue,
                            ca_catalogue_has_source(pool->options->catalogue) ? &source : NULL);
    ca_scorer_watch(pool->scorer, watch, &life);
    arrange_signals(parent);
    arrange_descriptors(pool->sandbox.relaxed, ends);
    if (ca_sandbox_lock(&pool->sandbox, NULL, &error) != CA_OK)
        leave(&life, CA_POOL_NOT_LOCKED, error.message);
    (void)clock_gettime(CLOCK_MONOTONIC, &life.flushed);
    while (receive(&life))
        work(&life);
    leave(&life, CA_POOL_NO_TROUBLE, "");
}
