/*
 * What a writer knows of stored templates: their keys, and the positions of parts that
 * results name by id; of frameworks' files; and of returns, which he put himself. They are only
 * ever added to, so what was found once stays true; only what is not found has to be looked for
 * again.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/map.h"
#include "core/store/tables.h"

struct known_template {
    int64_t key;
    const char *id, *version;
    struct ca_map *parts[CA_PART_COUNT]; /* of the kinds that results name by id */
};

struct ca_tables_parts {
    struct ca_arena *arena;
    struct known_template *templates;
    size_t count;
    int64_t plugin; /* the one that was asked for last; 0: none */
    const char *framework, *framework_version, *plugin_file;
    struct ca_map *put; /* ids of returns that this writer put */
};

void ca_tables_parts_forget(struct ca_tables *s)
{
    if (s->parts == NULL)
        return;
    ca_arena_free(s->parts->arena);
    free(s->parts->templates);
    free(s->parts);
    s->parts = NULL;
}

static struct ca_tables_parts *parts_of(struct ca_tables *s)
{
    if (s->parts == NULL) {
        s->parts = ca_xcalloc(1, sizeof *s->parts);
        s->parts->arena = ca_arena_new();
    }
    return s->parts;
}

static struct known_template *remember(struct ca_tables *s, int64_t key, const char *id,
                                       const char *version)
{
    struct ca_tables_parts *parts = parts_of(s);
    struct known_template *known;

    known = CA_APPEND(parts->templates, parts->count);
    *known = (struct known_template){.key = key,
                                     .id = ca_arena_strdup(parts->arena, id),
                                     .version = ca_arena_strdup(parts->arena, version)};
    return known;
}

enum ca_code ca_tables_template_key(struct ca_tables *s, const char *id, const char *version,
                                    int64_t *key, struct ca_error *error)
{
    enum ca_code code;

    for (size_t i = 0; s->parts != NULL && i < s->parts->count; i++) {
        const struct known_template *known = &s->parts->templates[i];
        if (strcmp(known->id, id) == 0 && strcmp(known->version, version) == 0) {
            *key = known->key;
            return CA_OK;
        }
    }
    code = ca_sql_number(s, error, 0, key, ca_sql_template_key, "tt", id, version);
    if (code != CA_OK)
        return code;
    if (*key == 0)
        return ca_fail(error, CA_ERROR_NOT_FOUND,
                       "there is no template '%s' version '%s' in the store", id, version);
    remember(s, *key, id, version);
    return CA_OK;
}

/* ---- returns ---- */

void ca_tables_remember_put(struct ca_tables *s, const char *id)
{
    struct ca_tables_parts *parts = parts_of(s);

    if (parts->put == NULL)
        parts->put = ca_map_new(parts->arena, 256);
    if (ca_map_get(parts->put, id) == CA_NOT_FOUND)
        ca_map_put(parts->put, ca_arena_strdup(parts->arena, id), 0);
}

bool ca_tables_was_put(const struct ca_tables *s, const char *id)
{
    return s->parts != NULL && s->parts->put != NULL &&
           ca_map_get(s->parts->put, id) != CA_NOT_FOUND;
}

/* ---- the framework's file ---- */

static bool is_last_plugin(const struct ca_tables_parts *parts, const struct ca_record *record)
{
    return parts->plugin != 0 && strcmp(parts->plugin_file, record->plugin) == 0 &&
           strcmp(parts->framework, record->framework) == 0 &&
           strcmp(parts->framework_version, record->framework_version) == 0;
}

static enum ca_code stored_plugin(struct ca_tables *s, const struct ca_record *record,
                                  int64_t *key, struct ca_error *error)
{
    enum ca_code code =
        ca_sql_number(s, error, 0, key, ca_sql_plugin_key, "ttt", record->framework,
                      record->framework_version, record->plugin);

    if (code != CA_OK || *key != 0)
        return code;
    return ca_sql_number(s, error, 0, key, ca_sql_add_plugin, "ttt", record->framework,
                         record->framework_version, record->plugin);
}

enum ca_code ca_tables_plugin_key(struct ca_tables *s, const struct ca_record *record,
                                  int64_t *key, struct ca_error *error)
{
    struct ca_tables_parts *parts = parts_of(s);
    enum ca_code code;

    if (is_last_plugin(parts, record)) {
        *key = parts->plugin;
        return CA_OK;
    }
    code = stored_plugin(s, record, key, error);
    if (code != CA_OK)
        return code;
    parts->plugin = *key;
    parts->framework = ca_arena_strdup(parts->arena, record->framework);
    parts->framework_version = ca_arena_strdup(parts->arena, record->framework_version);
    parts->plugin_file = ca_arena_strdup(parts->arena, record->plugin);
    return CA_OK;
}

/* ---- parts by id ---- */

static struct known_template *known_by_key(struct ca_tables *s, int64_t key)
{
    for (size_t i = 0; s->parts != NULL && i < s->parts->count; i++)
        if (s->parts->templates[i].key == key)
            return &s->parts->templates[i];
    return remember(s, key, "", "");
}

static enum ca_code stored_position(struct ca_tables *s, int64_t template,
                                    enum ca_part_kind kind, const char *id, int64_t *position,
                                    struct ca_error *error)
{
    return ca_sql_number(s, error, -1, position, ca_sql_part_position, "int", template,
                         (int)kind, id);
}

/* A part that the template's document does not have. */
static enum ca_code add_part(struct ca_tables *s, int64_t template, enum ca_part_kind kind,
                             const char *id, const char *label, int detail, int64_t *position,
                             struct ca_error *error)
{
    enum ca_code code =
        ca_sql_number(s, error, 0, position, ca_sql_part_next, "in", template, (int)kind);
    if (code != CA_OK)
        return code;
    code = ca_sql_do(s, error, ca_sql_add_own_part, "innttni", template, (int)kind,
                     (int)*position, id, label != NULL ? label : id, detail, s->next.change);
    return code == CA_OK ? ca_tables_enter_stored(s, "part", 0, error) : code;
}

enum ca_code ca_tables_part(struct ca_tables *s, int64_t template, enum ca_part_kind kind,
                            const char *id, const char *label, int detail, bool add, int *index,
                            struct ca_error *error)
{
    struct known_template *known = known_by_key(s, template);
    int64_t position;
    enum ca_code code;
    size_t found;

    if (known->parts[kind] == NULL)
        known->parts[kind] = ca_map_new(s->parts->arena, 16);
    found = ca_map_get(known->parts[kind], id);
    if (found != CA_NOT_FOUND) {
        *index = (int)found;
        return CA_OK;
    }
    code = stored_position(s, template, kind, id, &position, error);
    if (code == CA_OK && position < 0 && add)
        code = add_part(s, template, kind, id, label, detail, &position, error);
    if (code != CA_OK)
        return code;
    *index = (int)position;
    if (position >= 0)
        ca_map_put(known->parts[kind], ca_arena_strdup(s->parts->arena, id), (size_t)position);
    return CA_OK;
}
