/* One adviser: opens a stranger's framework, is handed briefs, and replies with what the
 * framework says. Everything here runs in that process, after the fork. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/work/memory_of.h"
#include "core/work/pool_private.h"

struct life {
    const struct ca_pool *pool;
    const struct ca_plugin *plugin;
    const struct ca_pool_in *in;
    struct ca_memory_of *memory; /* of the framework, as it was at first */
    struct ca_arena *arena;
    struct ca_buffer requests, opinion, out;
};

/* A brief is of the parent's making. Where one makes no sense, the framework has spoilt
 * something: the process ends, and the return is tried again in another. */
static void form_opinion(struct life *life, const char *bytes, size_t length)
{
    const struct ca_template *t;
    const struct ca_return *audit;
    struct ca_brief brief;
    const char *why;

    ca_arena_reset(life->arena);
    ca_buffer_clear(&life->opinion);
    if (!ca_brief_open(bytes, length, &brief))
        abort();
    t = ca_catalogue_find(life->pool->options->catalogue, brief.template_id,
                          brief.template_version, life->arena, &why);
    audit = t != NULL ? ca_brief_unpack(&brief, life->arena, t) : NULL;
    if (audit == NULL)
        abort();
    ca_opinion_of_return(life->plugin, audit, brief.good, &life->opinion);
}

/* Each reply is written at once: what is not replied to when the process ends is what it
 * ended by. */
static void advise(struct life *life, const struct ca_pool_request *request)
{
    struct ca_pool_head head = {
        .index = request->index, .kind = CA_POOL_ADVISED, .offset = CA_POOL_INLINE};

    form_opinion(life, life->in->trays[request->tray] + request->offset, request->size);
    head.made_length = life->opinion.length;
    ca_buffer_add(&life->out, (const char *)&head, sizeof head);
    ca_buffer_add(&life->out, life->opinion.data, life->opinion.length);
    if (!ca_pool_write(&life->out))
        _exit(0);
    ca_memory_reset(life->memory);
}

static void work(struct life *life)
{
    const char *p = life->requests.data, *end = p + life->requests.length;

    while (p < end) {
        struct ca_pool_request request;
        p = ca_pool_next_request(p, &request);
        advise(life, &request);
    }
    ca_pool_ring();
}

void ca_pool_adviser_live(struct ca_pool *pool, const struct ca_pool_worker *worker)
{
    struct life life = {.pool = pool, .plugin = worker->framework, .in = worker->in};
    struct ca_error error;
    char why[512];

    ca_catalogue_set_source(pool->options->catalogue, NULL);
    if (ca_child_lock(&pool->sandbox, true, &error) != CA_OK ||
        !ca_registry_load_here(pool->options->registry, worker->framework, CA_WORKER_PLUGIN,
                               why))
        _exit(1);
    life.arena = ca_arena_new();
    life.memory = ca_memory_of((const void *)worker->framework->framework.name);
    ca_pool_ring();
    while (ca_pool_receive(&life.requests))
        work(&life);
    _exit(0);
}
