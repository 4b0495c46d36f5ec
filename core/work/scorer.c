#include "core/work/scorer.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/model/grammar.h"
#include "core/model/return_read.h"

struct ca_scorer {
    struct ca_registry *registry;
    struct ca_catalogue *catalogue;
    struct ca_engine_options options;
    struct ca_xml_parser *parser;
    struct ca_arena *arena;
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
    free(scorer);
}

void ca_scorer_watch(struct ca_scorer *scorer,
                     void (*watch)(void *context, const char *return_id, const char *framework),
                     void *context)
{
    scorer->watch = watch;
    scorer->watcher = context;
}

void ca_scorer_open_encodings(struct ca_scorer *scorer)
{
    ca_xml_parser_open_encodings(scorer->parser);
}

static void tell(const struct ca_scorer *scorer, const char *return_id, const char *framework)
{
    if (scorer->watch != NULL)
        scorer->watch(scorer->watcher, return_id, framework);
}

static void begin(struct ca_scorer *scorer, const char *file, struct ca_scored *out)
{
    ca_arena_reset(scorer->arena);
    *out = (struct ca_scored){.file = file};
    ca_diags_init(&out->diags, scorer->arena);
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

static const struct ca_result *score(struct ca_scorer *scorer, const struct ca_xml_doc *doc,
                                     const struct ca_return_header *header,
                                     struct ca_scored *out)
{
    const struct ca_template *t = template_for(scorer, doc, header, &out->diags);
    const struct ca_plugin *plugin;
    const struct ca_result *result = NULL;
    struct ca_return *audit;
    bool good;

    if (t == NULL)
        return NULL;
    audit = ca_return_read(scorer->arena, out->file, doc, t, &out->diags, &good);
    plugin = ca_registry_find(scorer->registry, t->framework_name);
    tell(scorer, header->id, t->framework_name);
    if (good)
        result = ca_engine_score(plugin, audit, &scorer->options, &out->diags);
    else
        ca_engine_look_on(plugin, audit, &scorer->options, &out->diags);
    tell(scorer, header->id, NULL);
    return result;
}

/* What frameworks log about this document goes to it, and later lines to where they went. */
static void log_line(void *context, const char *text)
{
    struct ca_scored *out = context;

    *CA_ARENA_APPEND(out->diags.arena, out->log, out->log_count) =
        ca_arena_strdup(out->diags.arena, text);
}

void ca_scorer_run(struct ca_scorer *scorer, const char *file, const char *bytes, size_t length,
                   struct ca_scored *out)
{
    struct ca_return_header header;
    struct ca_xml_doc doc;
    struct ca_host *host = ca_registry_host(scorer->registry);
    const struct ca_host before = *host;

    begin(scorer, file, out);
    out->bytes = bytes;
    out->length = length;
    host->log = log_line;
    host->log_context = out;
    if (ca_return_parse(scorer->parser, scorer->arena, bytes, length, &out->diags, &doc,
                        &header)) {
        out->return_id = header.id;
        tell(scorer, header.id, NULL);
        out->result = score(scorer, &doc, &header, out);
    }
    ca_diags_sort(&out->diags);
    *host = before;
}
