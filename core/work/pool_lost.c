/* A worker is no more: who is to blame, and what becomes of the documents it held. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "core/work/ask.h"
#include "core/work/pool_private.h"

/* Ids as they may stand in the shared page, which a framework may have written over. */
static void copy_id(char *to, size_t size, const char *from)
{
    size_t length = 0;

    while (length + 1 < size &&
           (isalnum((unsigned char)from[length]) || strchr("._/-", from[length]) != NULL) &&
           from[length] != '\0') {
        to[length] = from[length];
        length++;
    }
    to[from[length] == '\0' ? length : 0] = '\0';
}

struct loss {
    enum ca_pool_loss how;
    int status;
    uint32_t trouble;
    bool busy; /* and with this document: */
    uint64_t index;
    char return_id[72], framework[72];
};

static void say_why(const struct ca_pool *pool, const struct loss *loss, char *text,
                    size_t size)
{
    char who[128] = "the engine";
    char how[128];

    if (loss->framework[0] != '\0')
        (void)snprintf(who, sizeof who, "framework '%s'", loss->framework);
    if (loss->how == CA_POOL_TOO_LONG) {
        const long long seconds = pool->timeout / 1000, rest = pool->timeout % 1000;
        (void)snprintf(text, size, "%s took more than %lld %s and was stopped (SIGKILL)", who,
                       rest > 0 ? (long long)pool->timeout : seconds,
                       rest > 0       ? "milliseconds"
                       : seconds == 1 ? "second"
                                      : "seconds");
    } else if (loss->trouble == CA_POOL_CLOSED) {
        (void)snprintf(text, size, "%s closed descriptors that are not its own", who);
    } else if (loss->how == CA_POOL_GARBLED || !loss->busy) {
        (void)snprintf(text, size, "%s broke the process that it ran in", who);
    } else {
        ca_ask_say_end(loss->status, how, sizeof how);
        (void)snprintf(text, size, "%s %s", who, how);
    }
}

static void again(struct ca_pool *pool, uint64_t index)
{
    ca_pool_set(pool, ca_pool_item(pool, index), CA_POOL_WAITING);
}

/*
 * The culprit is tried once more, alone and first in a new worker: memory that an earlier
 * return spoilt or used up is not this one's fault. One that took too long is not.
 */
static void judge(struct ca_pool *pool, const struct ca_pool_worker *worker,
                  const struct loss *loss)
{
    struct ca_pool_item *item = ca_pool_item(pool, loss->index);
    char text[512];

    if (loss->how != CA_POOL_TOO_LONG && worker->page->serial > 1 && !item->alone) {
        item->alone = true;
        again(pool, loss->index);
        return;
    }
    say_why(pool, loss, text, sizeof text);
    ca_pool_reject(pool, loss->index, loss->return_id, CA_FAULT_RULE, text);
}

/* The worker did not even begin: no return is to blame, and none can be read. */
static bool could_not_lock(struct ca_pool *pool, const struct ca_pool_worker *worker)
{
    pool->code =
        ca_fail(pool->error, CA_ERROR_IO, "cannot lock the processes that read returns: %.*s",
                (int)sizeof worker->page->words, worker->page->words);
    return false;
}

static bool holds(const struct ca_pool_worker *worker, uint64_t index)
{
    for (size_t i = 0; i < worker->count; i++)
        if (worker->held[(worker->first + i) % CA_POOL_DEPTH] == index)
            return true;
    return false;
}

/* What the worker was busy with, and which framework's code ran then; or last, if what is
 * wrong shows only afterwards. */
static void look(const struct ca_pool_worker *worker, struct loss *loss)
{
    const struct ca_pool_page *page = worker->page;

    loss->trouble = __atomic_load_n(&page->trouble, __ATOMIC_ACQUIRE);
    loss->index = page->index;
    loss->busy = __atomic_load_n(&page->busy, __ATOMIC_ACQUIRE) != 0 &&
                 loss->how != CA_POOL_GARBLED && holds(worker, loss->index);
    copy_id(loss->return_id, sizeof loss->return_id, page->return_id);
    if (!loss->busy || page->inside != 0 || loss->trouble != CA_POOL_NO_TROUBLE)
        copy_id(loss->framework, sizeof loss->framework, page->framework);
}

/* Is it known what the worker was lost by? A document that was tried alone must be it. */
static bool find_culprit(const struct ca_pool *pool, const struct ca_pool_worker *worker,
                         struct loss *loss)
{
    if (loss->busy)
        return true;
    if (worker->count != 1 || !ca_pool_item(pool, worker->held[worker->first])->alone)
        return false;
    loss->index = worker->held[worker->first];
    return true;
}

static bool reader_lost(struct ca_pool *pool, struct ca_pool_worker *worker,
                        const struct loss *known_loss)
{
    struct loss loss = *known_loss;
    bool known;

    look(worker, &loss);
    if (loss.trouble == CA_POOL_NOT_LOCKED)
        return could_not_lock(pool, worker);
    known = find_culprit(pool, worker, &loss);
    for (size_t i = 0; i < worker->count; i++) {
        uint64_t index = worker->held[(worker->first + i) % CA_POOL_DEPTH];
        if (known && index == loss.index) {
            judge(pool, worker, &loss);
        } else {
            ca_pool_item(pool, index)->alone |= !known;
            again(pool, index);
        }
    }
    for (uint64_t i = pool->taken; i < pool->pulled; i++) {
        const struct ca_pool_item *item = ca_pool_item(pool, i);
        if (item->reader == worker && item->state != CA_POOL_FINISHED)
            again(pool, i); /* what it had put aside went with it */
    }
    return true;
}

/* ---- advisers ---- */

/* In place of the opinion: the return is refused for this. */
static void hear_fault(struct ca_pool *pool, struct ca_pool_item *item, const char *text)
{
    ca_buffer_clear(&item->matter);
    ca_opinion_fault(text, &item->matter);
    ca_pool_set(pool, item, CA_POOL_HEARD);
}

/* What it was asked first is what it was at; that is tried once more, alone and first in a new
 * process, if it was not. So is what took too long: the one before it may have left the
 * process waiting. */
static void judge_adviser(struct ca_pool *pool, const struct ca_pool_worker *worker,
                          const struct loss *loss, struct ca_pool_item *item)
{
    char text[512];

    if (worker->served > 0 && !item->asked_alone) {
        item->asked_alone = true;
        ca_pool_set(pool, item, CA_POOL_BRIEFED);
        return;
    }
    say_why(pool, loss, text, sizeof text);
    hear_fault(pool, item, text);
}

static bool adviser_lost(struct ca_pool *pool, struct ca_pool_worker *worker, struct loss *loss)
{
    copy_id(loss->framework, sizeof loss->framework, worker->framework->framework.name);
    loss->busy = true;
    for (size_t i = 0; i < worker->count; i++) {
        struct ca_pool_item *item =
            ca_pool_item(pool, worker->held[(worker->first + i) % CA_POOL_DEPTH]);
        if (item->state != CA_POOL_ASKED)
            continue; /* its reader is gone, and it is read again */
        if (i == 0)
            judge_adviser(pool, worker, loss, item);
        else
            ca_pool_set(pool, item, CA_POOL_BRIEFED);
    }
    return true;
}

void ca_pool_no_adviser(struct ca_pool *pool, struct ca_pool_worker *worker, bool late)
{
    struct loss loss = {.how = late ? CA_POOL_TOO_LONG : CA_POOL_DIED, .busy = true};
    char text[512];

    loss.status = ca_pool_worker_end(worker, late);
    copy_id(loss.framework, sizeof loss.framework, worker->framework->framework.name);
    say_why(pool, &loss, text, sizeof text);
    for (uint64_t i = pool->taken; i < pool->pulled; i++) {
        struct ca_pool_item *item = ca_pool_item(pool, i);
        if (item->state == CA_POOL_BRIEFED && item->framework == worker->framework)
            hear_fault(pool, item, text);
    }
}

bool ca_pool_lost(struct ca_pool *pool, struct ca_pool_worker *worker, enum ca_pool_loss how)
{
    struct loss loss = {.how = how, .status = ca_pool_worker_end(worker, how != CA_POOL_DIED)};
    bool good = worker->framework != NULL ? adviser_lost(pool, worker, &loss)
                                          : reader_lost(pool, worker, &loss);

    worker->first = worker->count = 0;
    return good;
}
