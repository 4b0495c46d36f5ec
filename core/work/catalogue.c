/* Templates by id and version, each read once. */
#include "core/work/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "core/frameworks/engine.h"
#include "core/base/array.h"
#include "core/base/suggest.h"
#include "core/model/grammar.h"
#include "core/model/template_read.h"

/* A template that is at hand, or that was refused (template NULL). */
struct entry {
    char *id, *version, *file;
    struct ca_template *template;
    struct ca_buffer bytes; /* of one that was read apart: template is its outline */
    struct ca_buffer document;
    size_t errors;
};

struct ca_catalogue {
    struct ca_registry *registry;
    const struct ca_template_source *source;
    struct ca_xml_parser *parser;
    bool apart; /* nothing is read in this process */
    struct ca_template_ahead *ahead;
    struct ca_template_stay stay; /* without ask: nobody goes on with what it reads */
    struct entry *entries;
    size_t count;
    size_t expected;    /* of entries, when all that a process has that stayed are here */
    bool otherwise;     /* something befell them that it does not know of */
    ca_date retired_on; /* of the template that is being read for a source */
};

struct ca_catalogue *ca_catalogue_new(struct ca_registry *registry,
                                      const struct ca_template_source *source)
{
    struct ca_catalogue *catalogue = ca_xcalloc(1, sizeof *catalogue);

    catalogue->registry = registry;
    catalogue->source = source;
    catalogue->parser = ca_xml_parser_new();
    catalogue->apart = ca_registry_keeps_apart(registry);
    catalogue->retired_on = CA_NO_DATE;
    return catalogue;
}

void ca_catalogue_read_here(struct ca_catalogue *catalogue)
{
    catalogue->apart = false;
}

void ca_catalogue_set_source(struct ca_catalogue *catalogue,
                             const struct ca_template_source *source)
{
    catalogue->source = source;
}

bool ca_catalogue_has_source(const struct ca_catalogue *catalogue)
{
    return catalogue->source != NULL;
}

void ca_catalogue_free(struct ca_catalogue *catalogue)
{
    if (catalogue == NULL)
        return;
    for (size_t i = 0; i < catalogue->count; i++) {
        ca_template_free(catalogue->entries[i].template);
        ca_buffer_free(&catalogue->entries[i].bytes);
        ca_buffer_free(&catalogue->entries[i].document);
        free(catalogue->entries[i].id);
        free(catalogue->entries[i].version);
        free(catalogue->entries[i].file);
    }
    free(catalogue->entries);
    ca_template_ahead_free(catalogue->ahead);
    ca_xml_parser_free(catalogue->parser);
    free(catalogue);
}

static struct entry *entry_of(const struct ca_catalogue *catalogue, const char *id,
                              const char *version)
{
    for (size_t i = 0; i < catalogue->count; i++) {
        struct entry *entry = &catalogue->entries[i];
        if (strcmp(entry->id, id) == 0 && strcmp(entry->version, version) == 0)
            return entry;
    }
    return NULL;
}

static struct entry *remember(struct ca_catalogue *catalogue, const char *id,
                              const char *version, const char *file)
{
    struct entry *entry = CA_APPEND(catalogue->entries, catalogue->count);

    *entry = (struct entry){
        .id = ca_xstrdup(id), .version = ca_xstrdup(version), .file = ca_xstrdup(file)};
    return entry;
}

void ca_catalogue_read_ahead(struct ca_catalogue *catalogue,
                             const struct ca_template_document *documents, size_t count)
{
    const struct ca_template_stay *stay = catalogue->stay.ask != NULL ? &catalogue->stay : NULL;
    bool stayed = false;

    if (!catalogue->apart)
        return;
    ca_template_ahead_free(catalogue->ahead);
    catalogue->ahead = NULL;
    if (count > 1 || (count > 0 && stay != NULL))
        catalogue->ahead =
            ca_template_ahead_new(catalogue->registry, stay, documents, count, &stayed);
    if (stayed) {
        catalogue->expected = catalogue->count + count;
        catalogue->otherwise = false;
    }
}

/* In the process that stays. */
static void keep_whole(void *keeper, const struct ca_template_document *document,
                       struct ca_template *t)
{
    struct ca_catalogue *catalogue = keeper;
    struct entry *entry = remember(catalogue, t->id, t->version, document->file);

    t->retired_on = catalogue->retired_on;
    entry->template = t;
    ca_buffer_add(&entry->document, document->bytes.data, document->bytes.length);
}

void ca_catalogue_stay(struct ca_catalogue *catalogue,
                       bool (*ask)(void *context,
                                   void (*work)(void *work_context, struct ca_buffer *out),
                                   void *work_context, struct ca_buffer *answer),
                       void *context)
{
    catalogue->stay = (struct ca_template_stay){
        .ask = ask, .context = context, .keep = keep_whole, .keeper = catalogue};
}

bool ca_catalogue_stays(const struct ca_catalogue *catalogue)
{
    return catalogue->stay.ask != NULL;
}

bool ca_catalogue_stayed(const struct ca_catalogue *catalogue)
{
    return catalogue->count == catalogue->expected && !catalogue->otherwise;
}

/* Id and version of a template that was refused, as far as they can be read. */
static void remember_refused(struct ca_catalogue *catalogue, const char *file,
                             const char *bytes, size_t length, size_t errors)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_diags diags;
    struct ca_xml_doc doc;

    ca_diags_init(&diags, arena);
    if (ca_xml_parse(catalogue->parser, arena, bytes, length, &ca_xml_template_limits, &diags,
                     &doc) &&
        ca_grammar_is_root(&ca_template_grammar, &doc)) {
        const char *id = ca_xml_get(doc.root, "id");
        const char *version = ca_xml_get(doc.root, "version");
        if (id != NULL && version != NULL && entry_of(catalogue, id, version) == NULL)
            remember(catalogue, id, version, file)->errors = errors;
    }
    ca_arena_free(arena);
}

/* The framework's own rules for a template; context is the registry. */
static void check_by_framework(void *context, const struct ca_template *t,
                               struct ca_diags *diags)
{
    const struct ca_plugin *plugin = ca_registry_find(context, t->framework_name);

    ca_engine_check_template(plugin, t, diags);
}

/* The same id and version twice: the second is freed. */
static bool is_second(struct ca_catalogue *catalogue, struct ca_template *t, int line,
                      int column, struct ca_diags *diags)
{
    const struct entry *other = entry_of(catalogue, t->id, t->version);

    if (other == NULL)
        return false;
    catalogue->otherwise = true;
    ca_diags_add(diags, CA_ERROR, CA_FAULT_RULE, line, column, "template",
                 "template '%s' version '%s' has been given already, by %s; name it once", t->id, t->version,
                 other->file);
    ca_template_free(t);
    return true;
}

static const struct ca_template *add_here(struct ca_catalogue *catalogue, const char *file,
                                          const char *bytes, size_t length,
                                          struct ca_diags *diags)
{
    struct ca_template *t =
        ca_template_read(catalogue->parser, file, bytes, length, ca_registry_lookup,
                         check_by_framework, catalogue->registry, diags);
    int line, column;

    ca_diags_sort(diags);
    if (t != NULL) {
        ca_xml_position(&t->doc, t->offset, &line, &column);
        if (is_second(catalogue, t, line, column, diags))
            return NULL;
    }
    if (t == NULL)
        remember_refused(catalogue, file, bytes, length, diags->errors);
    else
        remember(catalogue, t->id, t->version, file)->template = t;
    return t;
}

static const struct ca_template *add_apart(struct ca_catalogue *catalogue, const char *file,
                                           const char *bytes, size_t length,
                                           struct ca_diags *diags)
{
    struct ca_read_apart read;
    struct entry *entry;

    ca_template_read_apart(catalogue->registry, catalogue->ahead, file, bytes, length, diags,
                           &read);
    if (read.good && is_second(catalogue, read.outline, read.line, read.column, diags))
        return NULL;
    if (read.good) {
        entry = remember(catalogue, read.outline->id, read.outline->version, file);
        entry->template = read.outline;
        ca_buffer_add(&entry->bytes, bytes, length);
    } else if (read.id != NULL && read.version != NULL &&
               entry_of(catalogue, read.id, read.version) == NULL) {
        remember(catalogue, read.id, read.version, file)->errors = diags->errors;
    }
    catalogue->otherwise |= !read.good;
    free(read.id);
    free(read.version);
    return read.outline;
}

const struct ca_template *ca_catalogue_add(struct ca_catalogue *catalogue, const char *file,
                                           const char *bytes, size_t length,
                                           struct ca_diags *diags)
{
    const struct ca_template *t = catalogue->apart
                                      ? add_apart(catalogue, file, bytes, length, diags)
                                      : add_here(catalogue, file, bytes, length, diags);

    if (t != NULL)
        ca_buffer_add(&entry_of(catalogue, t->id, t->version)->document, bytes, length);
    return t;
}

const struct ca_buffer *ca_catalogue_document(const struct ca_catalogue *catalogue,
                                              const struct ca_template *t)
{
    return &entry_of(catalogue, t->id, t->version)->document;
}

void ca_catalogue_refuse(struct ca_catalogue *catalogue, const struct ca_template *t)
{
    struct entry *entry = entry_of(catalogue, t->id, t->version);

    ca_template_free(entry->template);
    entry->template = NULL;
    entry->errors = 1;
    catalogue->otherwise = true;
}

void ca_catalogue_retire(struct ca_catalogue *catalogue, const struct ca_template *t,
                         ca_date on)
{
    catalogue->otherwise |= entry_of(catalogue, t->id, t->version)->template->retired_on != on;
    entry_of(catalogue, t->id, t->version)->template->retired_on = on;
}

static const char *why_refused(struct ca_arena *arena, const struct entry *entry)
{
    return ca_arena_printf(arena, "template '%s' version '%s' was refused: %zu error%s in %s",
                           entry->id, entry->version, entry->errors,
                           entry->errors == 1 ? "" : "s", entry->file);
}

/* Is the effective date of a later than that of b? Templates without one count as oldest. */
static bool newer(const struct ca_template *a, const struct ca_template *b)
{
    return a->effective_from > b->effective_from;
}

static const char *newest_version(struct ca_catalogue *catalogue, struct ca_arena *arena,
                                  const char *id)
{
    const struct ca_template *best = NULL;
    struct ca_buffer version = {0};
    const char *found = NULL;

    for (size_t i = 0; i < catalogue->count; i++) {
        const struct ca_template *t = catalogue->entries[i].template;
        if (t != NULL && strcmp(t->id, id) == 0 && (best == NULL || newer(t, best)))
            best = t;
    }
    if (best != NULL)
        return best->version;
    if (catalogue->source != NULL && catalogue->source->newest != NULL &&
        catalogue->source->newest(catalogue->source->context, id, &version))
        found = ca_arena_strdup(arena, version.data);
    ca_buffer_free(&version);
    return found;
}

static const char *why_unknown(struct ca_catalogue *catalogue, struct ca_arena *arena,
                               const char *id, const char *version)
{
    const char *newest = newest_version(catalogue, arena, id);
    const char **ids;

    if (newest != NULL)
        return ca_arena_printf(arena,
                               "there is no version '%s' of template '%s'; the newest is '%s'",
                               version, id, newest);
    ids = CA_ARRAY(arena, catalogue->count, const char *);
    for (size_t i = 0; i < catalogue->count; i++)
        ids[i] = catalogue->entries[i].id;
    return ca_arena_printf(arena,
                           "there is no template '%s' version '%s' here; give its file with "
                           "--template, or load it into the store%s",
                           id, version, ca_did_you_mean(arena, id, ids, catalogue->count));
}

/* Reads what the source has. */
static const struct ca_template *add_found(struct ca_catalogue *catalogue,
                                           const struct ca_template_document *found,
                                           ca_date retired_on, struct ca_diags *diags)
{
    const struct ca_template *t;

    catalogue->retired_on = retired_on;
    if (catalogue->stay.ask != NULL)
        ca_catalogue_read_ahead(catalogue, found, 1);
    t = ca_catalogue_add(catalogue, found->file, found->bytes.data, found->bytes.length, diags);
    if (catalogue->stay.ask != NULL)
        ca_catalogue_read_ahead(catalogue, NULL, 0);
    catalogue->retired_on = CA_NO_DATE;
    if (t != NULL) /* the entry is the catalogue's own, so it may still be completed */
        entry_of(catalogue, t->id, t->version)->template->retired_on = retired_on;
    return t;
}

static const struct ca_template *from_source(struct ca_catalogue *catalogue, const char *id,
                                             const char *version, struct ca_arena *arena,
                                             const char **why)
{
    struct ca_buffer bytes = {0}, name = {0};
    const struct ca_template *t = NULL;
    struct ca_diags diags;
    ca_date retired_on;

    ca_diags_init(&diags, arena);
    *why = NULL;
    if (catalogue->source->find(catalogue->source->context, id, version, &bytes, &name,
                                &retired_on)) {
        const struct ca_template_document found = {name.data, bytes};
        t = add_found(catalogue, &found, retired_on, &diags);
        if (t == NULL && entry_of(catalogue, id, version) != NULL)
            *why = why_refused(arena, entry_of(catalogue, id, version));
    }
    ca_buffer_free(&bytes);
    ca_buffer_free(&name);
    return t;
}

/* Of a template that was found good elsewhere there is an outline, and here the whole. */
static const struct ca_template *whole(struct ca_catalogue *catalogue, struct entry *entry,
                                       struct ca_arena *arena)
{
    struct ca_template *outline = entry->template;
    struct ca_diags diags;

    if (catalogue->apart || entry->bytes.length == 0)
        return outline;
    ca_diags_init(&diags, arena);
    entry->template =
        ca_template_read(catalogue->parser, entry->file, entry->bytes.data, entry->bytes.length,
                         ca_registry_lookup, NULL, catalogue->registry, &diags);
    if (entry->template != NULL)
        entry->template->retired_on = outline->retired_on;
    ca_template_free(outline);
    ca_buffer_free(&entry->bytes);
    return entry->template;
}

const struct ca_template *ca_catalogue_find(struct ca_catalogue *catalogue, const char *id,
                                            const char *version, struct ca_arena *arena,
                                            const char **why)
{
    struct entry *entry = entry_of(catalogue, id, version);
    const struct ca_template *t =
        entry != NULL && entry->template != NULL ? whole(catalogue, entry, arena) : NULL;

    *why = NULL;
    if (entry == NULL && catalogue->source != NULL)
        t = from_source(catalogue, id, version, arena, why);
    else if (entry != NULL && t == NULL)
        *why = why_refused(arena, entry);
    if (t == NULL && *why == NULL && catalogue->source != NULL &&
        catalogue->source->why != NULL)
        *why = catalogue->source->why(catalogue->source->context);
    if (t == NULL && *why == NULL)
        *why = why_unknown(catalogue, arena, id, version);
    return t;
}

size_t ca_catalogue_count(const struct ca_catalogue *catalogue)
{
    return catalogue->count;
}

const struct ca_template *ca_catalogue_at(const struct ca_catalogue *catalogue, size_t i)
{
    return catalogue->entries[i].template;
}
