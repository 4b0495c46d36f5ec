/* The frameworks that are linked in: what a page has in place of folders to look in. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/embed/locked.h"
#include "core/frameworks/contract.h"
#include "core/frameworks/registry.h"
#include "core/work/template_apart.h"

/* Each is the entry of its plugin, renamed when it is compiled for a page. */
const caseaudit_framework *ca_linked_foster_home_review(void);
const caseaudit_framework *ca_linked_graded_standards(void);
const caseaudit_framework *ca_linked_maap(void);
const caseaudit_framework *ca_linked_permanency(void);

static const struct {
    const char *name;
    caseaudit_entry entry;
} linked[] = {
    {"foster-home-review", ca_linked_foster_home_review},
    {"graded-standards", ca_linked_graded_standards},
    {"maap", ca_linked_maap},
    {"permanency", ca_linked_permanency},
};

enum { COUNT = sizeof linked / sizeof *linked };

struct ca_registry {
    struct ca_host *host;
    struct ca_plugin plugins[COUNT]; /* host is NULL of those that were not asked for */
};

struct ca_registry *ca_registry_new(struct ca_host *host)
{
    struct ca_registry *registry = ca_xcalloc(1, sizeof *registry);

    registry->host = host;
    return registry;
}

struct ca_host *ca_registry_host(const struct ca_registry *registry)
{
    return registry->host;
}

void ca_registry_free(struct ca_registry *registry)
{
    if (registry == NULL)
        return;
    for (size_t i = 0; i < COUNT; i++)
        if (registry->plugins[i].framework.destroy != NULL)
            registry->plugins[i].framework.destroy(registry->plugins[i].state);
    free(registry);
}

void ca_registry_add_path(struct ca_registry *registry, const char *folder)
{
    (void)registry, (void)folder; /* a page has none */
}

void ca_registry_add_standard_paths(struct ca_registry *registry)
{
    (void)registry;
}

static void begin(const struct ca_registry *registry, struct ca_plugin *plugin, size_t i)
{
    struct ca_objection objection;

    if (!ca_contract_check(linked[i].entry(), linked[i].name, &plugin->framework, &objection))
        abort(); /* it comes from the same build */
    plugin->host = &registry->host->table;
    plugin->path = linked[i].name;
    plugin->file = -1;
    if (plugin->framework.create != NULL)
        plugin->state = plugin->framework.create(plugin->host);
}

const struct ca_plugin *ca_registry_find(struct ca_registry *registry, const char *name)
{
    for (size_t i = 0; i < COUNT; i++) {
        struct ca_plugin *plugin = &registry->plugins[i];
        if (strcmp(linked[i].name, name) != 0)
            continue;
        if (plugin->host == NULL)
            begin(registry, plugin, i);
        return plugin;
    }
    return NULL;
}

const caseaudit_framework *ca_registry_lookup(void *context, const char *name)
{
    const struct ca_plugin *plugin = ca_registry_find(context, name);

    return plugin != NULL ? &plugin->framework : NULL;
}

/* The page itself is what keeps strangers' code out: there is none. */
bool ca_registry_keeps_apart(const struct ca_registry *registry)
{
    (void)registry;
    return false;
}

/* ---- processes: a page has none but its own ---- */

void ca_template_read_apart(struct ca_registry *registry, const struct ca_template_ahead *ahead,
                            const char *file, const char *bytes, size_t length,
                            struct ca_diags *diags, struct ca_read_apart *out)
{
    (void)registry, (void)ahead, (void)file, (void)bytes, (void)length, (void)diags, (void)out;
    abort(); /* nothing is kept apart */
}

struct ca_template_ahead *ca_template_ahead_new(struct ca_registry *registry,
                                                const struct ca_template_stay *stay,
                                                const struct ca_template_document *documents,
                                                size_t count, bool *stayed)
{
    (void)registry, (void)stay, (void)documents, (void)count;
    *stayed = false;
    return NULL;
}

void ca_template_ahead_free(struct ca_template_ahead *ahead)
{
    (void)ahead;
}

void ca_locked_keep_apart(struct ca_registry *registry)
{
    (void)registry;
    abort(); /* caseaudit_engine_new_locked is not exported */
}

struct ca_locked *ca_locked_new(struct ca_registry *registry, struct ca_catalogue *catalogue,
                                bool allow_incomplete, ca_scored_writer_of write)
{
    (void)registry, (void)catalogue, (void)allow_incomplete, (void)write;
    return NULL;
}

void ca_locked_free(struct ca_locked *locked)
{
    (void)locked;
}

void ca_locked_stop(struct ca_locked *locked)
{
    (void)locked;
}

bool ca_locked_score(struct ca_locked *locked, const char *name, const char *bytes,
                     size_t length, struct ca_buffer *out, struct ca_error *error)
{
    (void)locked, (void)name, (void)bytes, (void)length, (void)out, (void)error;
    return false;
}
