/* The engine as other programs see it: caseaudit.h over the rooms below. */
#include <caseaudit/caseaudit.h>

#include <stdlib.h>

#include "core/report/result/result_json.h"
#include "core/work/scorer.h"

struct caseaudit_engine {
    struct ca_host host;
    struct ca_registry *registry;
    struct ca_catalogue *catalogue;
    struct ca_scorer *strict, *lenient;
    struct ca_buffer message, json;
};

caseaudit_engine *caseaudit_engine_new(const char *plugin_dir)
{
    caseaudit_engine *engine = ca_xcalloc(1, sizeof *engine);

    ca_host_init(&engine->host);
    engine->registry = ca_registry_new(&engine->host);
    if (plugin_dir != NULL)
        ca_registry_add_path(engine->registry, plugin_dir);
    ca_registry_add_standard_paths(engine->registry);
    engine->catalogue = ca_catalogue_new(engine->registry, NULL);
    engine->strict = ca_scorer_new(engine->registry, engine->catalogue,
                                   &(struct ca_engine_options){.allow_incomplete = false});
    engine->lenient = ca_scorer_new(engine->registry, engine->catalogue,
                                    &(struct ca_engine_options){.allow_incomplete = true});
    ca_buffer_puts(&engine->message, "");
    return engine;
}

void caseaudit_engine_free(caseaudit_engine *engine)
{
    if (engine == NULL)
        return;
    ca_scorer_free(engine->strict);
    ca_scorer_free(engine->lenient);
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
    struct ca_scored scored;

    ca_scorer_run(flags & CASEAUDIT_ALLOW_INCOMPLETE ? engine->lenient : engine->strict, name,
                  bytes, length, &scored);
    ca_buffer_clear(&engine->json);
    ca_result_json(&engine->json, &scored);
    return engine->json.data;
}
