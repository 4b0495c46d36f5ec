/* The engine as other programs see it: caseaudit.h over the rooms below. */
#include <caseaudit/caseaudit.h>

#include <stdlib.h>

#include "core/report/result/result_json.h"
#include "core/work/pool.h"
#include "core/work/template_apart.h"

/* Who scores, for one choice of options: this process, or the workers of a pool. */
struct marker {
    struct ca_scorer *scorer; /* NULL: the engine is locked */
    struct ca_pool_options options;
    struct ca_pool *pool; /* from the first return on */
};

enum { STRICT, LENIENT, MARKERS };

struct caseaudit_engine {
    struct ca_host host;
    struct ca_registry *registry;
    struct ca_catalogue *catalogue;
    struct marker markers[MARKERS];
    struct ca_pool_document document; /* for the pool; its name is NULL once it is taken */
    struct ca_buffer message, json;
};

/* ---- in locked processes ---- */

static bool next(void *context, struct ca_pool_document *document)
{
    caseaudit_engine *engine = context;

    *document = engine->document;
    engine->document.name = NULL;
    return document->name != NULL;
}

static void make(void *context, const struct ca_scored *scored, struct ca_pool_made *made)
{
    (void)context;
    ca_result_json(made->made, scored);
}

static bool take(void *context, const struct ca_pool_reply *reply)
{
    caseaudit_engine *engine = context;

    ca_buffer_add(&engine->json, reply->made, reply->made_length);
    return true;
}

static void stop(struct marker *marker)
{
    if (marker->pool != NULL)
        ca_pool_close(marker->pool);
    marker->pool = NULL;
}

static bool score_apart(caseaudit_engine *engine, struct marker *marker, const char *name,
                        const char *bytes, size_t length)
{
    struct ca_error error;

    if (marker->pool == NULL)
        marker->pool = ca_pool_open(&marker->options);
    engine->document = (struct ca_pool_document){name, bytes != NULL ? bytes : "", length};
    if (ca_pool_go(marker->pool, &error) == CA_OK)
        return true;
    stop(marker);
    ca_buffer_clear(&engine->message);
    ca_buffer_puts(&engine->message, error.message);
    return false;
}

/* ---- the engine ---- */

static struct marker new_marker(caseaudit_engine *engine, bool locked, bool lenient)
{
    const struct ca_engine_options options = {.allow_incomplete = lenient};

    return (struct marker){
        .scorer = locked ? NULL : ca_scorer_new(engine->registry, engine->catalogue, &options),
        .options = {.registry = engine->registry,
                    .catalogue = engine->catalogue,
                    .engine = options,
                    .jobs = 1,
                    .context = engine,
                    .next = next,
                    .make = make,
                    .take = take}};
}

static caseaudit_engine *new_engine(const char *plugin_dir, bool locked)
{
    caseaudit_engine *engine = ca_xcalloc(1, sizeof *engine);

    ca_host_init(&engine->host);
    engine->registry = ca_registry_new(&engine->host);
    if (locked)
        ca_registry_keep_apart(engine->registry, ca_describe_apart, NULL);
    if (plugin_dir != NULL)
        ca_registry_add_path(engine->registry, plugin_dir);
    ca_registry_add_standard_paths(engine->registry);
    engine->catalogue = ca_catalogue_new(engine->registry, NULL);
    for (int i = 0; i < MARKERS; i++)
        engine->markers[i] = new_marker(engine, locked, i == LENIENT);
    ca_buffer_puts(&engine->message, "");
    return engine;
}

caseaudit_engine *caseaudit_engine_new(const char *plugin_dir)
{
    return new_engine(plugin_dir, false);
}

caseaudit_engine *caseaudit_engine_new_locked(const char *plugin_dir)
{
    return new_engine(plugin_dir, true);
}

void caseaudit_engine_free(caseaudit_engine *engine)
{
    if (engine == NULL)
        return;
    for (int i = 0; i < MARKERS; i++) {
        stop(&engine->markers[i]);
        ca_scorer_free(engine->markers[i].scorer);
    }
    ca_catalogue_free(engine->catalogue);
    ca_registry_free(engine->registry);
    ca_buffer_free(&engine->message);
    ca_buffer_free(&engine->json);
    free(engine);
}

int caseaudit_engine_add_template(caseaudit_engine *engine, const char *name, const char *bytes,
                                  size_t length)
{
    struct ca_arena *arena = ca_arena_new();
    const struct ca_template *t;
    struct ca_diags diags;

    for (int i = 0; i < MARKERS; i++)
        stop(&engine->markers[i]); /* their workers do not know it */
    ca_diags_init(&diags, arena);
    t = ca_catalogue_add(engine->catalogue, name, bytes, length, &diags);
    ca_buffer_clear(&engine->message);
    ca_buffer_puts(&engine->message, "");
    for (size_t i = 0; i < diags.count; i++) {
        const struct ca_diag *diag = &diags.items[i];
        ca_buffer_printf(&engine->message, "%s%s:%d:%d: %s: %s", i ? "\n" : "", name,
                         diag->line, diag->column,
                         diag->severity == CA_ERROR ? "error" : "warning", diag->message);
    }
    ca_arena_free(arena);
    return t != NULL;
}

const char *caseaudit_engine_message(const caseaudit_engine *engine)
{
    return engine->message.data;
}

const char *caseaudit_engine_score(caseaudit_engine *engine, const char *name,
                                   const char *bytes, size_t length, unsigned flags)
{
    struct marker *marker =
        &engine->markers[flags & CASEAUDIT_ALLOW_INCOMPLETE ? LENIENT : STRICT];
    struct ca_scored scored;

    ca_buffer_clear(&engine->json);
    if (marker->scorer == NULL)
        return score_apart(engine, marker, name, bytes, length) ? engine->json.data : NULL;
    ca_scorer_run(marker->scorer, name, bytes, length, &scored);
    ca_result_json(&engine->json, &scored);
    return engine->json.data;
}
