/* One worker: takes batches of documents, scores them, sends back what the caller's
 * function made of them. Everything here runs in the worker, after the fork. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/array.h"
#include "core/work/pool_private.h"

/* Replies are sent when so much has gathered, or when so much time has passed. */
enum { FLUSH_BYTES = 64 * 1024, FLUSH_NANOSECONDS = 50 * 1000 * 1000 };

struct aside {
    uint64_t index;
    struct ca_aside *aside;
};

struct life {
    struct ca_pool *pool;
    struct ca_pool_page *page;
    const struct ca_pool_in *in;
    struct ca_pool_shared *shared;
    size_t used;          /* of the tray's room for results */
    struct aside *asides; /* returns that wait for an opinion */
    size_t aside_count;
    struct ca_pool_made made;
    struct ca_buffer said, result, out, requests;
    struct timespec flushed;
    /* The template asked of the parent, if one was. */
    struct ca_buffer wanted_id, wanted_version;
    bool wants;
    const char *why;                   /* the parent's answer: there is none */
    struct ca_buffer framework, brief; /* of a return that was put aside just now */
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

static void flush(struct life *life)
{
    if (!ca_pool_write(&life->out))
        leave(life, CA_POOL_NO_TROUBLE, "");
    ca_pool_ring();
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

static void reply(struct life *life, uint32_t tray, enum ca_pool_kind kind, bool refused,
                  const struct ca_buffer *said, const struct ca_buffer *made)
{
    const size_t length = said->length + made->length;
    const bool fits = length <= CA_POOL_OUT_BYTES - life->used;
    const struct ca_pool_head head = {.index = life->page->index,
                                      .kind = kind,
                                      .refused = refused,
                                      .immediate = life->made.immediate,
                                      .offset = fits ? (uint32_t)life->used : CA_POOL_INLINE,
                                      .said_length = said->length,
                                      .made_length = made->length};

    ca_buffer_add(&life->out, (const char *)&head, sizeof head);
    if (fits) {
        char *place = life->shared->results[tray] + life->used;
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

static void put_aside(struct life *life, uint32_t tray, struct ca_aside *aside)
{
    ca_buffer_clear(&life->framework);
    ca_buffer_puts(&life->framework, ca_aside_framework(aside));
    *CA_APPEND(life->asides, life->aside_count) = (struct aside){life->page->index, aside};
    finish(life->page);
    reply(life, tray, CA_POOL_ASIDE, false, &life->framework, &life->brief);
}

/* The parent hands over opinions about returns that were put aside, and no others. */
static struct ca_aside *take_up(struct life *life)
{
    for (size_t i = 0; i < life->aside_count; i++)
        if (life->asides[i].index == life->page->index) {
            struct ca_aside *aside = life->asides[i].aside;
            life->asides[i] = life->asides[--life->aside_count];
            return aside;
        }
    abort();
}

static void run(struct life *life, const char *name, const struct ca_pool_request *request)
{
    const char *matter = life->in->trays[request->tray] + request->offset;
    struct ca_pool *pool = life->pool;
    struct ca_aside *aside = NULL;
    struct ca_scored scored;

    life->wants = false;
    life->made.immediate = 0;
    ca_buffer_clear(&life->said);
    ca_buffer_clear(&life->result);
    if (request->matter == CA_POOL_OPINION)
        ca_scorer_take_up(pool->scorer, take_up(life), matter, request->size, &scored);
    else
        aside =
            ca_scorer_begin(pool->scorer, name, matter, request->size, &life->brief, &scored);
    if (aside != NULL) {
        put_aside(life, request->tray, aside);
        return;
    }
    if (!life->wants)
        pool->options->make(pool->options->context, &scored, &life->made);
    look_after_descriptors(life);
    finish(life->page);
    if (life->wants)
        reply(life, request->tray, CA_POOL_WANTS, true, &life->wanted_id,
              &life->wanted_version);
    else
        reply(life, request->tray, CA_POOL_DONE, scored.result == NULL, &life->said,
              &life->result);
}

/* ---- batches ---- */

static void work(struct life *life)
{
    const char *p = life->requests.data, *end = p + life->requests.length;

    life->used = 0;
    while (p < end) {
        struct ca_pool_request request;
        const char *next = ca_pool_next_request(p, &request);
        p += sizeof request;
        begin(life->page, request.index);
        life->why = request.why_length > 0 ? p + request.name_length + 1 : NULL;
        run(life, p, &request);
        p = next;
        if (flush_is_due(life))
            flush(life);
    }
    flush(life);
}

/* ---- birth ---- */

void ca_pool_worker_live(struct ca_pool *pool, const struct ca_pool_worker *worker)
{
    struct life life = {
        .pool = pool, .page = worker->page, .in = worker->in, .shared = worker->shared};
    const struct ca_template_source source = {
        .context = &life, .find = ask_parent, .why = answer_of_parent};
    struct ca_error error;

    life.made = (struct ca_pool_made){.said = &life.said, .made = &life.result};
    ca_catalogue_set_source(pool->options->catalogue,
                            ca_catalogue_has_source(pool->options->catalogue) ? &source : NULL);
    ca_scorer_watch(pool->scorer, watch, &life);
    if (ca_child_lock(&pool->sandbox, false, &error) != CA_OK)
        leave(&life, CA_POOL_NOT_LOCKED, error.message);
    if (pool->first != NULL) {
        life.page->serial++; /* what a template spoilt is not the first document's fault */
        if (!ca_pool_first_answer(pool->first, &life.out))
            leave(&life, CA_POOL_NO_TROUBLE, "");
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &life.flushed);
    while (ca_pool_receive(&life.requests))
        work(&life);
    leave(&life, CA_POOL_NO_TROUBLE, "");
}
