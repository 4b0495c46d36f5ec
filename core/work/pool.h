#ifndef CA_WORK_POOL_H
#define CA_WORK_POOL_H

#include "core/work/scorer.h"

/*
 * Worker processes that score documents side by side, each locked down before it sees
 * the first byte of one (sandbox.h). The calling process hands out open files and takes
 * back results in the order of the documents, however they were finished. A document
 * that crashes its worker, ends it, or keeps it too long is rejected, with the culprit's
 * name, and costs no other: the worker is replaced, and what else it held is done again.
 *
 * The calling process reads no document. It alone opens files and asks the source of
 * templates, also on behalf of a worker that meets a template it does not have.
 */

/* One document: a file, standard input for "-", or bytes that are at hand. */
struct ca_pool_document {
    const char *name;  /* what results and messages call it; the file to open */
    const char *bytes; /* NULL: open the file */
    size_t length;
};

/* What the worker makes of a scored document; the buffers are empty when handed over. */
struct ca_pool_made {
    struct ca_buffer *said; /* for standard error */
    struct ca_buffer *made; /* the result, in whatever form the caller wants it */
    uint32_t immediate;     /* immediate alerts */
};

/* The same as it arrives. Borrowed for the time of the call. */
struct ca_pool_reply {
    size_t index;     /* of the document, from 0 */
    const char *name; /* of the document */
    bool refused;
    uint32_t immediate;
    const char *said, *made;
    size_t said_length, made_length;
    const char *document; /* with `documents` asked for; NULL if it could not be read */
    size_t document_length;
};

struct ca_pool_options {
    struct ca_registry *registry;
    struct ca_catalogue *catalogue;
    struct ca_engine_options engine;
    unsigned jobs;    /* workers at most; 0: one for each processor at hand */
    unsigned timeout; /* milliseconds for one document; 0: CA_POOL_TIMEOUT seconds */
    size_t count;     /* documents there will be, if it is known; otherwise 0 */
    bool documents;   /* replies come with the document that they are about */
    size_t most;      /* bytes that may be made of one; 0: 64 MiB */

    void *context; /* handed to each of these: */
    /* The next document; false at the end. What it points to is borrowed until the next
     * call. */
    bool (*next)(void *context, struct ca_pool_document *document);
    /* In a worker, which can open nothing, for each document that could be opened; and in
     * the calling process for those that could not, or that cost a worker (rejected).
     * Changes to the context stay in the worker. */
    void (*make)(void *context, const struct ca_scored *scored, struct ca_pool_made *made);
    /* In order, one document after the other; false stops all. */
    bool (*take)(void *context, const struct ca_pool_reply *reply);
    /* Several times a second, and after each batch; false stops all. May be NULL. */
    bool (*tick)(void *context);
};

enum { CA_POOL_TIMEOUT = 10, CA_POOL_MAX_JOBS = 256 };

/*
 * Runs to the end, or until take or tick return false, which is no error: what was taken
 * is done, the rest is left. An error is one of the surroundings: no process could be
 * started or locked.
 */
enum ca_code ca_pool_run(const struct ca_pool_options *options, struct ca_error *error);

/*
 * The same in steps, for documents that become known one after the other: each step takes all
 * there are of them just then, and workers live on to the next. The options are borrowed.
 * After an error, or when take or tick have stopped it, there is nothing but to close it.
 */
struct ca_pool;
struct ca_pool *ca_pool_open(const struct ca_pool_options *options);
enum ca_code ca_pool_go(struct ca_pool *pool, struct ca_error *error);
/*
 * Before the first step: templates that are added to its catalogue meanwhile are read by the
 * pool's first reader, which goes on with them. What make will need is to be there already.
 * The number of documents need not be, until the first step.
 */
void ca_pool_read_templates(struct ca_pool *pool, bool begin);
void ca_pool_close(struct ca_pool *pool);

#endif
