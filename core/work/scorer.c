/* A document in, a result out. */
#include "core/work/scorer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/frameworks/apart.h"
#include "core/model/grammar.h"
#include "core/model/return_read.h"

/* A return that was read, and waits for what its framework says. */
struct ca_aside {
    struct ca_arena *arena; /* everything of it */
    struct ca_scored scored;
    const struct ca_plugin *plugin;
    struct ca_return *audit;
    bool good;
};

struct ca_scorer {
    struct ca_registry *registry;
    struct ca_catalogue *catalogue;
    struct ca_engine_options options;
    struct ca_xml_parser *parser;
    struct ca_arena *arena;
    struct ca_arena **spare; /* others, for returns that are put aside */
    size_t spare_count;
    void (*watch)(void *context, const char *return_id, const char *framework);
    void *watcher;
};

struct ca_scorer *ca_scorer_new(struct ca_registry *registry, struct ca_catalogue *catalogue,
                                const struct ca_engine_options *options)
{
    struct ca_scorer *scorer = ca_xcalloc(1, sizeof *scorer);

    scorer->registry = registry;
    scorer->catalogue = catalogue;
    scorer->options = *options;
    scorer->parser = ca_xml_parser_new();
    scorer->arena = ca_arena_new();
    return scorer;
}

void ca_scorer_free(struct ca_scorer *scorer)
{
    if (scorer == NULL)
        return;
    ca_xml_parser_free(scorer->parser);
    ca_arena_free(scorer->arena);
    while (scorer->spare_count > 0)
        ca_arena_free(scorer->spare[--scorer->spare_count]);
    free(scorer->spare);
    free(scorer);
}

void ca_scorer_watch(struct ca_scorer *scorer,
                     void (*watch)(void *context, const char *return_id, const char *framework),
                     void *context)
{
    scorer->watch = watch;
    scorer->watcher = context;
}

static void tell(const struct ca_scorer *scorer, const char *return_id, const char *framework)
{
    if (scorer->watch != NULL)
        scorer->watch(scorer->watcher, return_id, framework);
}

/* The template the return names; an error at the return element where there is none. */
static const struct ca_template *template_for(struct ca_scorer *scorer,
                                              const struct ca_xml_doc *doc,
                                              const struct ca_return_header *header,
                                              struct ca_diags *diags)
{
    const struct ca_template *t;
    const char *why;

    if (header->template_id == NULL || header->template_version == NULL)
        return NULL; /* the schema has complained already */
    t = ca_catalogue_find(scorer->catalogue, header->template_id, header->template_version,
                          scorer->arena, &why);
    if (t == NULL)
        ca_xml_report(doc, doc->root, diags, CA_ERROR, CA_FAULT_RULE, "%s", why);
    return t;
}

/* The return against its template; false if there is none to read it by. */
static bool read_against(struct ca_scorer *scorer, const struct ca_xml_doc *doc,
                         const struct ca_return_header *header, struct ca_aside *read)
{
    const struct ca_template *t = template_for(scorer, doc, header, &read->scored.diags);

    if (t == NULL)
        return false;
    read->audit = ca_return_read(scorer->arena, read->scored.file, doc, t, &read->scored.diags,
                                 &read->good);
    if (scorer->options.unmoderated) {
        read->audit->moderation.given = false;
        read->audit->change_count = 0;
    }
    read->plugin = ca_registry_find(scorer->registry, t->framework_name);
    return true;
}

/* What frameworks log about this document goes to it, and later lines to where they went. */
static void log_line(void *context, const char *text)
{
    struct ca_scored *out = context;

    *CA_ARENA_APPEND(out->diags.arena, out->log, out->log_count) =
        ca_arena_strdup(out->diags.arena, text);
}

/* state is the framework's own, or its opinion where it is not here. */
static void score(struct ca_scorer *scorer, struct ca_aside *read, void *state)
{
    struct ca_plugin plugin = *read->plugin;
    struct ca_diags *diags = &read->scored.diags;
    struct ca_host *host = ca_registry_host(scorer->registry);
    const struct ca_host before = *host;

    plugin.state = state;
    host->log = log_line;
    host->log_context = &read->scored;
    tell(scorer, read->scored.return_id, plugin.framework.name);
    if (read->good)
        read->scored.result = ca_engine_score(&plugin, read->audit, &scorer->options, diags);
    else
        ca_engine_look_on(&plugin, read->audit, &scorer->options, diags);
    tell(scorer, read->scored.return_id, NULL);
    *host = before;
}

static void finish(struct ca_aside *read, struct ca_scored *out)
{
    ca_diags_tell_rest(&read->scored.diags);
    ca_diags_sort(&read->scored.diags);
    *out = read->scored;
}

static struct ca_arena *other_arena(struct ca_scorer *scorer)
{
    return scorer->spare_count > 0 ? scorer->spare[--scorer->spare_count] : ca_arena_new();
}

static struct ca_aside *put_aside(struct ca_scorer *scorer, const struct ca_aside *read,
                                  struct ca_buffer *brief)
{
    struct ca_aside *aside = CA_NEW(scorer->arena, struct ca_aside);

    ca_buffer_clear(brief);
    ca_brief_pack(read->audit, read->good, brief);
    *aside = *read;
    aside->arena = scorer->arena;
    aside->scored.file = ca_arena_strdup(aside->arena, read->scored.file);
    aside->scored.bytes = NULL;
    aside->audit->file = aside->scored.file;
    scorer->arena = other_arena(scorer);
    return aside;
}

struct ca_aside *ca_scorer_begin(struct ca_scorer *scorer, const char *file, const char *bytes,
                                 size_t length, struct ca_buffer *brief, struct ca_scored *out)
{
    struct ca_return_header header;
    struct ca_aside read = {0};
    struct ca_xml_doc doc;

    ca_arena_reset(scorer->arena);
    read.scored = (struct ca_scored){.file = file, .bytes = bytes, .length = length};
    ca_diags_init(&read.scored.diags, scorer->arena);
    read.scored.diags.of_cells = scorer->options.of_cells;
    if (ca_return_parse(scorer->parser, scorer->arena, bytes, length, &read.scored.diags, &doc,
                        &header)) {
        read.scored.return_id = header.id;
        tell(scorer, header.id, NULL);
        if (read_against(scorer, &doc, &header, &read)) {
            if (read.plugin->apart)
                return put_aside(scorer, &read, brief);
            score(scorer, &read, read.plugin->state);
        }
    }
    finish(&read, out);
    return NULL;
}

const char *ca_aside_framework(const struct ca_aside *aside)
{
    return aside->plugin->framework.name;
}

void ca_scorer_take_up(struct ca_scorer *scorer, struct ca_aside *aside, const char *bytes,
                       size_t length, struct ca_scored *out)
{
    struct ca_opinion opinion = ca_opinion_open(aside->plugin->framework.name, bytes, length);

    *CA_APPEND(scorer->spare, scorer->spare_count) = scorer->arena;
    scorer->arena = aside->arena;
    score(scorer, aside, &opinion);
    finish(aside, out);
}

void ca_scorer_run(struct ca_scorer *scorer, const char *file, const char *bytes, size_t length,
                   struct ca_scored *out)
{
    struct ca_aside *aside = ca_scorer_begin(scorer, file, bytes, length, NULL, out);

    assert(aside == NULL);
    (void)aside;
}
