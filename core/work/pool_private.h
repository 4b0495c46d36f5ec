#ifndef CA_WORK_POOL_PRIVATE_H
#define CA_WORK_POOL_PRIVATE_H

#include <sys/types.h>

#include "core/work/pool.h"
#include "core/work/sandbox.h"

/* Parts of the pool that know each other. */

enum {
    CA_POOL_BATCH = 32,                /* documents handed out at once, at most */
    CA_POOL_DEPTH = 2 * CA_POOL_BATCH, /* held by one worker, at most */
    CA_POOL_REQUEST_BYTES = 96 * 1024, /* of names in a batch */
    CA_POOL_TRAYS = 2,
    CA_POOL_IN_BYTES = 1028 * 1024, /* more than the largest document */
    CA_POOL_OUT_BYTES = 512 * 1024,
    CA_POOL_REPLY_LIMIT = 256 << 20 /* bytes of one reply */
};

/* ---- what goes over the wire: this process and its own children, so plain structures ---- */

/* Followed by the name and, where the parent has looked for the document's template in
 * vain, by the reason why there is none. The document lies in a tray. */
struct ca_pool_request {
    uint64_t index;
    uint32_t tray, offset, size;
    uint32_t name_length, why_length;
};

enum ca_pool_kind {
    CA_POOL_DONE,
    CA_POOL_WANTS /* a template: said is its id, made its version */
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

/* The documents of one batch, and what is made of them. It is filled again when all of that
 * has been taken, so while one tray is worked on the parent fills the other. */
struct ca_pool_tray {
    char documents[CA_POOL_IN_BYTES];
    char results[CA_POOL_OUT_BYTES];
};

struct ca_pool_shared {
    struct ca_pool_page page;
    struct ca_pool_tray trays[CA_POOL_TRAYS];
};

/* ---- the parent's view of a worker ---- */

struct ca_pool_worker {
    pid_t pid; /* 0: none */
    int requests, replies;
    int bell; /* rung when there are replies */
    struct ca_pool_shared *shared;
    struct ca_pool_page *page; /* in it */
    unsigned generation;       /* of the catalogue that it was started with */
    uint64_t served;           /* documents it replied to */

    uint64_t held[CA_POOL_DEPTH];  /* indexes handed to it, in order, from first on */
    uint32_t trays[CA_POOL_DEPTH]; /* where each lies */
    size_t first, count;
    size_t filled[CA_POOL_TRAYS]; /* documents in each tray that it still holds */
    struct ca_buffer in;          /* of replies, as far as they have arrived */

    uint64_t seen_serial; /* what it was busy with, and since when (milliseconds) */
    int64_t seen_since;
};

/* ---- documents between source and taker ---- */

enum ca_pool_state { CA_POOL_WAITING, CA_POOL_HELD, CA_POOL_FINISHED };

struct ca_pool_item {
    enum ca_pool_state state;
    char *name;
    bool at_hand; /* in bytes; otherwise it is a file to be read */
    struct ca_buffer bytes;
    bool alone; /* to be the first of a new worker, which gets no other beside it */
    char *why;  /* there is no template; NULL */
    bool refused;
    uint32_t immediate;
    struct ca_buffer said, made;
};

struct ca_pool {
    const struct ca_pool_options *options;
    struct ca_sandbox sandbox;
    struct ca_scorer *scorer; /* the workers' own: made here once, used there */
    struct ca_arena *arena;
    struct ca_pool_worker *workers;
    unsigned jobs;
    int64_t timeout; /* milliseconds */
    unsigned generation;

    struct ca_pool_item *items; /* [index % window] */
    size_t window;
    uint64_t taken, pulled; /* items from taken on, before pulled, are under way */
    size_t again;           /* how many of them wait to be done again */
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

/* pool_worker.c: the worker's whole life, from after the fork. */
struct ca_pool_ends {
    int requests, replies, bell;
};
void ca_pool_worker_live(struct ca_pool *pool, struct ca_pool_shared *shared,
                         struct ca_pool_ends ends, pid_t parent) __attribute__((noreturn));

/* pool_process.c: starting and ending workers; false with pool->code set. */
bool ca_pool_worker_start(struct ca_pool *pool, struct ca_pool_worker *worker);
/* Ends it if it still lives, and forgets it. The status is that of waitpid. */
int ca_pool_worker_end(struct ca_pool_worker *worker, bool kill_it);
/* Sends pool->request. */
bool ca_pool_send(struct ca_pool *pool, struct ca_pool_worker *worker);
void ca_pool_worker_free(struct ca_pool_worker *worker);

/* pool_source.c: documents from the source, read. */
/* Fetches the next document into its item; false at the end. */
bool ca_pool_pull(struct ca_pool *pool);
/* Reads it into room, which has capacity bytes, as far as there is room for all of it;
 * CA_POOL_IN_BYTES are enough for any. A document that cannot be read is finished, as
 * rejected. */
enum ca_pool_load { CA_POOL_LOADED, CA_POOL_NO_ROOM, CA_POOL_UNREADABLE };
enum ca_pool_load ca_pool_load(struct ca_pool *pool, uint64_t index, char *room,
                               size_t capacity, size_t *size);
/* Rejects it for a fault of the whole file. */
void ca_pool_reject(struct ca_pool *pool, uint64_t index, const char *return_id,
                    enum ca_fault fault, const char *text);
void ca_pool_forget(struct ca_pool_item *item);

/* pool_lost.c: what became of a worker that is no more. */
enum ca_pool_loss { CA_POOL_DIED, CA_POOL_TOO_LONG, CA_POOL_GARBLED };
/* Sees to everything the worker held. false with pool->code set if no worker could work. */
bool ca_pool_lost(struct ca_pool *pool, struct ca_pool_worker *worker, enum ca_pool_loss loss);

#endif
