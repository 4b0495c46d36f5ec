#ifndef CA_WORK_POOL_PRIVATE_H
#define CA_WORK_POOL_PRIVATE_H

#include <sys/types.h>

#include "core/frameworks/apart.h"
#include "core/work/child.h"
#include "core/work/pool.h"
#include "core/work/sandbox.h"
#include "core/work/watch.h"

/*
 * Parts of the pool that know each other.
 *
 * Workers are of two kinds. **Readers** read and score documents; of frameworks there are only
 * those in them that came with the engine. **Advisers** have one stranger's framework each
 * and no document: a reader that meets a return of such a framework puts it aside and
 * writes a brief; an adviser of that framework is handed the brief and replies with an
 * opinion; and the reader takes the return up again with it (core/frameworks/apart.h). All
 * of it passes through the parent, which knows whom it asked what, and ends who replies to
 * anything else.
 */

enum {
    CA_POOL_BATCH = 32,                /* documents handed out at once, at most */
    CA_POOL_DEPTH = 2 * CA_POOL_BATCH, /* held by one worker, at most */
    CA_POOL_REQUEST_BYTES = 96 * 1024, /* of names in a batch */
    CA_POOL_TRAYS = 2,
    CA_POOL_IN_BYTES = 1028 * 1024, /* more than the largest document */
    CA_POOL_OUT_BYTES = 512 * 1024,
    CA_POOL_MOST_SAID = 8 << 20,  /* bytes for standard error from one document */
    CA_POOL_MOST_MADE = 64 << 20, /* of a result, unless the caller says otherwise */
    CA_POOL_MOST_NAME = 128       /* of ids that come back */
};

/* ---- what goes over the wire: this process and its own children, so plain structures ---- */

/* What lies in the tray. */
enum ca_pool_matter {
    CA_POOL_DOCUMENT,
    CA_POOL_OPINION, /* about a document that the reader has put aside */
    CA_POOL_BRIEF    /* for an adviser */
};

/* Followed by the name and, where the parent has looked for the document's template in
 * vain, by the reason why there is none. The matter lies in a tray. */
struct ca_pool_request {
    uint64_t index;
    uint32_t matter; /* enum ca_pool_matter */
    uint32_t tray, offset, size;
    uint32_t name_length, why_length;
};

enum ca_pool_kind {
    CA_POOL_DONE,
    CA_POOL_WANTS,  /* a template: said is its id, made its version */
    CA_POOL_ASIDE,  /* said is the framework that is to be asked, made the brief */
    CA_POOL_ADVISED /* of an adviser: made is the opinion */
};

enum { CA_POOL_INLINE = UINT32_MAX };

/* Said and made lie in the document's tray, one behind the other; or they follow, where the
 * tray has no room for them. */
struct ca_pool_head {
    uint64_t index;
    uint32_t kind, refused, immediate;
    uint32_t offset; /* in the tray, or CA_POOL_INLINE */
    uint64_t said_length, made_length;
};

/* ---- memory that a worker shares with the parent, and with nobody else ---- */

/* What the worker itself found before it ended its process. */
enum ca_pool_trouble { CA_POOL_NO_TROUBLE, CA_POOL_NOT_LOCKED, CA_POOL_CLOSED };

struct ca_pool_page {
    uint32_t busy;                     /* with a document */
    uint32_t trouble;                  /* enum ca_pool_trouble */
    uint64_t index;                    /* of the document */
    uint64_t serial;                   /* counts the documents begun */
    char return_id[72], framework[72]; /* as far as known */
    uint32_t inside;                   /* the framework's code is running */
    char words[160];                   /* of a trouble */
};

/* What is handed over in one batch, which the worker can only read; and what is made of it. A
 * tray is filled again when all of that has been taken, so while one is worked on the parent
 * fills the other. */
struct ca_pool_in {
    char trays[CA_POOL_TRAYS][CA_POOL_IN_BYTES];
};

struct ca_pool_shared {
    struct ca_pool_page page;
    char results[CA_POOL_TRAYS][CA_POOL_OUT_BYTES];
};

/* ---- the parent's view of a worker ---- */

struct ca_pool_worker {
    const struct ca_plugin *framework; /* of an adviser; NULL: a reader */
    pid_t pid;                         /* 0: none */
    int requests, replies;
    int bell;                      /* rung when there are replies */
    struct ca_pool_in *in;         /* the trays, which it only reads */
    struct ca_pool_shared *shared; /* of a reader */
    struct ca_pool_page *page;     /* in it */
    unsigned generation;           /* of the catalogue that it was started with */
    uint64_t served;               /* documents it replied to */

    uint64_t held[CA_POOL_DEPTH];  /* indexes handed to it, in order, from first on */
    uint32_t trays[CA_POOL_DEPTH]; /* where each lies */
    size_t first, count;
    size_t filled[CA_POOL_TRAYS]; /* documents in each tray that it still holds */
    struct ca_buffer arrived;     /* of replies */
    struct ca_watch watch;        /* since it last replied, or was handed something */
};

/* ---- documents between source and taker ---- */

enum ca_pool_state {
    CA_POOL_WAITING,
    CA_POOL_HELD,    /* by a reader */
    CA_POOL_BRIEFED, /* put aside by a reader; to be handed to an adviser */
    CA_POOL_ASKED,   /* held by an adviser */
    CA_POOL_HEARD,   /* the opinion is here; to be handed to the reader */
    CA_POOL_FINISHED
};

struct ca_pool_item {
    enum ca_pool_state state;
    char *name;
    bool at_hand; /* in bytes; otherwise it is a file to be read */
    struct ca_buffer bytes;
    bool alone;  /* to be the first of a new worker, which gets no other beside it */
    char *why;   /* there is no template; NULL */
    bool wanted; /* its template was looked for here */
    const struct ca_pool_worker *reader; /* that has put it aside; NULL */
    const struct ca_plugin *framework;   /* that is to be asked, or was */
    unsigned generation;                 /* of the catalogue that its reader had */
    bool asked_alone;                    /* as alone, among advisers */
    struct ca_buffer matter;             /* the brief, and then the opinion */
    bool refused;
    uint32_t immediate;
    struct ca_buffer said, made;
};

struct ca_pool {
    const struct ca_pool_options *options;
    struct ca_sandbox sandbox;
    const struct ca_pool_first *first; /* while the first reader is started for it; NULL */
    bool begun;                        /* its jobs are settled */
    struct ca_scorer *scorer;          /* the workers' own: made here once, used there */
    struct ca_arena *arena;
    struct ca_pool_worker *workers; /* readers, and behind them as many advisers */
    unsigned jobs;                  /* readers at most, and advisers at most */
    unsigned count;                 /* of workers: jobs, and twice that once one is asked */
    int64_t timeout;                /* milliseconds */
    unsigned generation;

    struct ca_pool_item *items; /* [index % window] */
    size_t window;
    uint64_t taken, pulled; /* items from taken on, before pulled, are under way */
    size_t again;           /* how many of them wait to be done again */
    size_t briefed, heard;  /* how many are in these states */
    bool exhausted, stopped;
    struct ca_buffer request;
    struct ca_pool_made rejection;
    struct ca_error *error;
    enum ca_code code;
};

static inline struct ca_pool_item *ca_pool_item(const struct ca_pool *pool, uint64_t index)
{
    return &pool->items[index % pool->window];
}

/* pool_worker.c, pool_adviser.c: a worker's whole life, from after the fork. */
void ca_pool_worker_live(struct ca_pool *pool, const struct ca_pool_worker *worker)
    __attribute__((noreturn));
void ca_pool_adviser_live(struct ca_pool *pool, const struct ca_pool_worker *worker)
    __attribute__((noreturn));
/* The next batch of requests; false at the end: the parent has closed its side. */
bool ca_pool_receive(struct ca_buffer *requests);
/* One of them; where it ends. Its name and reason follow it. */
const char *ca_pool_next_request(const char *at, struct ca_pool_request *request);
/* Writes all of it to the parent; false if it is not there any more. */
bool ca_pool_write(struct ca_buffer *out);
void ca_pool_ring(void);

/* pool_first.c: templates, read by the first reader before any document. */
struct ca_pool_first {
    void (*work)(void *context, struct ca_buffer *out);
    void *context;
};
/* In the reader: does the work and puts out its answer. False if the parent is gone. */
bool ca_pool_first_answer(const struct ca_pool_first *first, struct ca_buffer *out);
/* Brings the first document here, and has its template read if a source has it. */
void ca_pool_first_document(struct ca_pool *pool);
/* Ends a first reader that has not the templates that are wanted. */
void ca_pool_first_judge(struct ca_pool *pool);

/* pool_item.c: a document on its way. */
/* Puts it where its next step is looked for. */
void ca_pool_set(struct ca_pool *pool, struct ca_pool_item *item, enum ca_pool_state state);
/* Rejects it for a fault of the whole file. */
void ca_pool_reject(struct ca_pool *pool, uint64_t index, const char *return_id,
                    enum ca_fault fault, const char *text);
void ca_pool_forget(struct ca_pool_item *item);

/* pool_process.c: starting and ending workers; false with pool->code set. */
bool ca_pool_worker_start(struct ca_pool *pool, struct ca_pool_worker *worker);
/* An adviser opens its framework first, with this process's help: false if it does not come to
 * that, or not in time. */
bool ca_pool_adviser_opens(struct ca_pool *pool, struct ca_pool_worker *worker, bool *late);
/* Ends it if it still lives, and forgets it. The status is that of waitpid. */
int ca_pool_worker_end(struct ca_pool_worker *worker, bool kill_it);
/* Sends pool->request. */
bool ca_pool_send(struct ca_pool *pool, struct ca_pool_worker *worker);
void ca_pool_worker_free(struct ca_pool_worker *worker);

/* pool_hand.c: what is handed out to workers. */
/* Hands out as much as there is work for, starting workers for it; false with pool->code
 * set. */
bool ca_pool_supply(struct ca_pool *pool);

/* pool_reply.c: what comes back. */
/* Takes what the worker has written; false with pool->code set. */
bool ca_pool_read_replies(struct ca_pool *pool, struct ca_pool_worker *worker);
/* Delivers what is finished and next. */
void ca_pool_deliver(struct ca_pool *pool);

/* pool_source.c: documents from the source, read. */
/* Fetches the next document into its item; false at the end. */
bool ca_pool_pull(struct ca_pool *pool);
/* Reads it into its item, to be at hand; false if it cannot be read: it is finished then, as
 * rejected. */
bool ca_pool_bring(struct ca_pool *pool, uint64_t index);
/* Reads it into room, which has capacity bytes, as far as there is room for all of it;
 * CA_POOL_IN_BYTES are enough for any. A document that cannot be read is finished, as
 * rejected. */
enum ca_pool_load { CA_POOL_LOADED, CA_POOL_NO_ROOM, CA_POOL_UNREADABLE };
enum ca_pool_load ca_pool_load(struct ca_pool *pool, uint64_t index, char *room,
                               size_t capacity, size_t *size);

/* pool_lost.c: what became of a worker that is no more. */
enum ca_pool_loss { CA_POOL_DIED, CA_POOL_TOO_LONG, CA_POOL_GARBLED };
/* Sees to everything the worker held. false with pool->code set if no worker could work. */
bool ca_pool_lost(struct ca_pool *pool, struct ca_pool_worker *worker, enum ca_pool_loss loss);

/* The adviser did not come as far as to open its framework: those who wait for it are told. */
void ca_pool_no_adviser(struct ca_pool *pool, struct ca_pool_worker *worker, bool late);

#endif
