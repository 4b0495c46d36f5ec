/* The engine as other programs see it: caseaudit.h over the rooms below. */
#include <caseaudit/caseaudit.h>

#include <stdlib.h>

#include "core/base/utf8.h"
#include "core/embed/engine.h"
#include "core/report/explain/explain.h"
#include "core/report/page/page.h"
#include "core/report/result/result_html.h"
#include "core/report/result/result_json.h"
#include "core/report/result/result_text.h"

/* ---- what is made of a return ---- */

static void write_explanation(struct ca_buffer *out, const struct ca_scored *scored)
{
    struct ca_buffer raw = {0};
    const struct ca_layout layout = {.out = &raw, .width = CA_LAYOUT_WIDTH};

    ca_result_text(&layout, scored);
    if (scored->result != NULL)
        ca_explain(&layout, scored->result);
    ca_utf8_add_harmless(out, raw.data, true);
    ca_buffer_free(&raw);
}

static void write_page(struct ca_buffer *out, const struct ca_scored *scored)
{
    ca_result_html_head(out, &ca_theme_plain);
    ca_result_html(out, scored);
    ca_buffer_puts(out, ca_page_tail);
}

static const ca_scored_writer_of writers[CA_PIECES] = {
    [CA_RESULT] = ca_result_json, [CA_EXPLANATION] = write_explanation, [CA_PAGE] = write_page};

/* ---- the engine ---- */

static void make_scorers(caseaudit_engine *engine, bool locked, int way)
{
    const struct ca_engine_options options = {.allow_incomplete = way == CA_LENIENT};

    if (!locked)
        engine->scorers[way] = ca_scorer_new(engine->registry, engine->catalogue, &options);
    for (int i = 0; locked && i < CA_PIECES; i++)
        engine->locked[way][i] =
            ca_locked_new(engine->registry, engine->catalogue, way == CA_LENIENT, writers[i]);
}

static caseaudit_engine *new_engine(const char *plugin_dir, bool locked)
{
    caseaudit_engine *engine = ca_xcalloc(1, sizeof *engine);

    ca_host_init(&engine->host);
    engine->registry = ca_registry_new(&engine->host);
    if (locked)
        ca_locked_keep_apart(engine->registry);
    if (plugin_dir != NULL)
        ca_registry_add_path(engine->registry, plugin_dir);
    ca_registry_add_standard_paths(engine->registry);
    engine->catalogue = ca_catalogue_new(engine->registry, NULL);
    for (int i = 0; i < CA_WAYS; i++)
        make_scorers(engine, locked, i);
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
    for (int i = 0; i < CA_WAYS; i++) {
        ca_scorer_free(engine->scorers[i]);
        for (int k = 0; k < CA_PIECES; k++)
            ca_locked_free(engine->locked[i][k]);
    }
    ca_catalogue_free(engine->catalogue);
    ca_registry_free(engine->registry);
    ca_buffer_free(&engine->message);
    ca_buffer_free(&engine->text);
    free(engine);
}

/* Workers that are at work do not know a new template. */
static void stop_workers(caseaudit_engine *engine)
{
    for (int i = 0; i < CA_WAYS; i++)
        for (int k = 0; k < CA_PIECES; k++)
            if (engine->locked[i][k] != NULL)
                ca_locked_stop(engine->locked[i][k]);
}

int caseaudit_engine_add_template(caseaudit_engine *engine, const char *name, const char *bytes,
                                  size_t length)
{
    struct ca_arena *arena = ca_arena_new();
    const struct ca_template *t;
    struct ca_diags diags;

    stop_workers(engine);
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

/* ---- returns ---- */

static const char *piece_of(caseaudit_engine *engine, int piece, const char *name,
                            const char *bytes, size_t length, unsigned flags)
{
    const int way = flags & CASEAUDIT_ALLOW_INCOMPLETE ? CA_LENIENT : CA_STRICT;
    struct ca_error error;

    ca_buffer_clear(&engine->text);
    if (engine->scorers[way] != NULL) {
        ca_scorer_run(engine->scorers[way], name, bytes, length, &engine->scored);
        writers[piece](&engine->text, &engine->scored);
    } else if (!ca_locked_score(engine->locked[way][piece], name, bytes, length, &engine->text,
                                &error)) {
        ca_buffer_clear(&engine->message);
        ca_buffer_puts(&engine->message, error.message);
        return NULL;
    }
    return engine->text.data;
}

const char *caseaudit_engine_score(caseaudit_engine *engine, const char *name,
                                   const char *bytes, size_t length, unsigned flags)
{
    return piece_of(engine, CA_RESULT, name, bytes, length, flags);
}

const char *caseaudit_engine_explanation(caseaudit_engine *engine, const char *name,
                                         const char *bytes, size_t length, unsigned flags)
{
    return piece_of(engine, CA_EXPLANATION, name, bytes, length, flags);
}

const char *caseaudit_engine_page(caseaudit_engine *engine, const char *name, const char *bytes,
                                  size_t length, unsigned flags)
{
    return piece_of(engine, CA_PAGE, name, bytes, length, flags);
}
