/* Scoring in a locked process: a pool of one worker, which is handed one return at a time. */
#include "core/embed/locked.h"

#include <stdlib.h>

#include "core/work/pool.h"
#include "core/work/template_apart.h"

struct ca_locked {
    struct ca_pool_options options;
    struct ca_pool *pool;             /* from the first return on */
    struct ca_pool_document document; /* its name is NULL once it is taken */
    struct ca_buffer *out;
    ca_scored_writer_of write;
};

static bool next(void *context, struct ca_pool_document *document)
{
    struct ca_locked *locked = context;

    *document = locked->document;
    locked->document.name = NULL;
    return document->name != NULL;
}

static void make(void *context, const struct ca_scored *scored, struct ca_pool_made *made)
{
    const struct ca_locked *locked = context;

    locked->write(made->made, scored);
}

static bool take(void *context, const struct ca_pool_reply *reply)
{
    struct ca_locked *locked = context;

    ca_buffer_add(locked->out, reply->made, reply->made_length);
    return true;
}

void ca_locked_keep_apart(struct ca_registry *registry)
{
    ca_registry_keep_apart(registry, ca_describe_apart, NULL);
}

struct ca_locked *ca_locked_new(struct ca_registry *registry, struct ca_catalogue *catalogue,
                                bool allow_incomplete, ca_scored_writer_of write)
{
    struct ca_locked *locked = ca_xcalloc(1, sizeof *locked);

    locked->write = write;
    locked->options = (struct ca_pool_options){.registry = registry,
                                               .catalogue = catalogue,
                                               .engine = {.allow_incomplete = allow_incomplete},
                                               .jobs = 1,
                                               .context = locked,
                                               .next = next,
                                               .make = make,
                                               .take = take};
    return locked;
}

void ca_locked_stop(struct ca_locked *locked)
{
    if (locked->pool != NULL)
        ca_pool_close(locked->pool);
    locked->pool = NULL;
}

void ca_locked_free(struct ca_locked *locked)
{
    if (locked == NULL)
        return;
    ca_locked_stop(locked);
    free(locked);
}

bool ca_locked_score(struct ca_locked *locked, const char *name, const char *bytes,
                     size_t length, struct ca_buffer *out, struct ca_error *error)
{
    if (locked->pool == NULL)
        locked->pool = ca_pool_open(&locked->options);
    locked->document = (struct ca_pool_document){name, bytes != NULL ? bytes : "", length};
    locked->out = out;
    if (ca_pool_go(locked->pool, error) == CA_OK)
        return true;
    ca_locked_stop(locked);
    return false;
}
