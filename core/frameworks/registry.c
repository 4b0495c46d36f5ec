/* The search path, and each file on it through the steps of loading. */
#include "config.h"

#include "core/frameworks/registry.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "core/frameworks/apart.h"
#include "core/frameworks/contract.h"
#include "core/frameworks/loader.h"
#include "core/frameworks/own.h"
#include "core/frameworks/trust.h"

struct loaded {
    struct ca_plugin plugin;
    char *path;
    struct ca_module *module;
    struct ca_file_identity identity;
    char sha256[65]; /* empty until asked for */
};

/* Each array holds pointers, so that what was handed out stays where it is. */
struct list {
    void **items;
    size_t count;
};

struct ca_registry {
    struct ca_host *host;
    struct ca_arena *arena; /* texts of the refused, paths, names */
    struct list folders;    /* char */
    struct list loaded;     /* struct loaded */
    struct list refused;    /* struct ca_refused */
    struct list tried;      /* char: the files looked at, so that none is twice */
    struct list absent;     /* char: the names looked for in vain */
    ca_apart apart;         /* NULL: every framework is run in this process */
    void *apart_context;
};

/* A file that is trusted and was not opened yet. */
struct ca_candidate {
    struct ca_registry *registry;
    struct loaded *loaded;
    const char *stem;
};

static void list_add(struct list *list, void *item)
{
    *CA_APPEND(list->items, list->count) = item;
}

static bool list_has(const struct list *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0)
            return true;
    return false;
}

const char *ca_load_step_name(enum ca_load_step step)
{
    static const char *const names[] = {"name", "path",      "trust",     "duplicate",
                                        "open", "entry",     "magic",     "major",
                                        "size", "callbacks", "same-name", "tables"};

    return names[step];
}

struct ca_registry *ca_registry_new(struct ca_host *host)
{
    struct ca_registry *registry = ca_xcalloc(1, sizeof *registry);

    registry->host = host;
    registry->arena = ca_arena_new();
    return registry;
}

struct ca_host *ca_registry_host(const struct ca_registry *registry)
{
    return registry->host;
}

static void loaded_free(struct loaded *l)
{
    if (l->plugin.framework.destroy != NULL)
        l->plugin.framework.destroy(l->plugin.state);
    ca_module_close(l->module);
#ifndef CA_KEEP_MODULES
    if (l->plugin.file >= 0)
        (void)close(l->plugin.file);
#endif
    free(l->path);
    free(l);
}

void ca_registry_keep_apart(struct ca_registry *registry, ca_apart apart, void *context)
{
    registry->apart = apart;
    registry->apart_context = context;
}

void ca_registry_free(struct ca_registry *registry)
{
    if (registry == NULL)
        return;
    while (registry->loaded.count > 0)
        loaded_free(registry->loaded.items[--registry->loaded.count]);
    free(registry->folders.items);
    free(registry->loaded.items);
    free(registry->refused.items);
    free(registry->tried.items);
    free(registry->absent.items);
    ca_arena_free(registry->arena);
    free(registry);
}

/* ---- the search path ---- */

static void refuse(struct ca_registry *registry, enum ca_load_step step, const char *path,
                   const char *text)
{
    struct ca_refused *refused = CA_NEW(registry->arena, struct ca_refused);

    refused->step = step;
    refused->path = ca_arena_strdup(registry->arena, path);
    refused->text = ca_arena_strdup(registry->arena, text);
    list_add(&registry->refused, refused);
}

/* A folder that somebody named and that is not there is worth a word; the one that was
 * compiled in may be missing before the installation. */
static void add_folder(struct ca_registry *registry, const char *folder, bool named)
{
    char *real = realpath(folder, NULL);
    struct stat status;

    if (real != NULL && stat(real, &status) == 0 && !S_ISDIR(status.st_mode)) {
        errno = ENOTDIR;
        free(real);
        real = NULL;
    }
    if (real == NULL) {
        if (named)
            refuse(registry, CA_STEP_PATH, folder,
                   ca_arena_printf(registry->arena, "the folder cannot be used: %s",
                                   strerror(errno)));
        return;
    }
    if (!list_has(&registry->folders, real)) {
        list_add(&registry->folders, ca_arena_strdup(registry->arena, real));
        registry->absent.count = 0; /* what was not found may be here */
    }
    free(real);
}

void ca_registry_add_path(struct ca_registry *registry, const char *folder)
{
    add_folder(registry, folder, true);
}

void ca_registry_add_standard_paths(struct ca_registry *registry)
{
    const char *path = secure_getenv("CASEAUDIT_PLUGIN_PATH");

    while (path != NULL && *path != '\0') {
        size_t length = strcspn(path, ":");

        if (length > 0)
            add_folder(registry, ca_arena_strndup(registry->arena, path, length), true);
        path += length + (path[length] == ':');
    }
    add_folder(registry, CA_PLUGIN_DIR, false);
}

/* ---- loading ---- */

static struct loaded *find_loaded(const struct ca_registry *registry, const char *name)
{
    for (size_t i = 0; i < registry->loaded.count; i++) {
        struct loaded *l = registry->loaded.items[i];

        if (strcmp(l->plugin.framework.name, name) == 0)
            return l;
    }
    return NULL;
}

/* The steps from open on, in the process that will run it. file is its descriptor here. */
static bool load_module(struct loaded *l, const char *stem, int file,
                        struct ca_objection *objection)
{
    const caseaudit_framework *descriptor;
    char path[64];
    caseaudit_entry entry;

    /* The loader knows what it has opened by name, and numbers of descriptors come again: in a
     * process that has a framework of its own, the name is another than it was before. */
    (void)snprintf(path, sizeof path, l->plugin.apart ? CA_APART_PATH : "/proc/self/fd/%d",
                   file);
    l->module = ca_module_open(path, objection);
    if (l->module == NULL)
        return false;
    entry = ca_module_entry(l->module);
    if (entry == NULL)
        return ca_object(objection, CA_STEP_ENTRY, "does not export %s", CASEAUDIT_ENTRY);
    descriptor = entry();
    if (descriptor == NULL)
        return ca_object(objection, CA_STEP_ENTRY, "%s returns no descriptor", CASEAUDIT_ENTRY);
    if (!ca_contract_check(descriptor, stem, &l->plugin.framework, objection))
        return false;
    if (l->plugin.framework.create != NULL)
        l->plugin.state = l->plugin.framework.create(l->plugin.host);
    return true;
}

/* ---- frameworks that are run apart ---- */

void ca_candidate_describe(const struct ca_candidate *candidate, int file,
                           struct ca_buffer *out)
{
    struct loaded *l = candidate->loaded;
    struct ca_objection objection;

    if (load_module(l, candidate->stem, file, &objection)) {
        ca_pack_int(out, -1);
        ca_describe(&l->plugin.framework, out);
        return;
    }
    ca_pack_int(out, objection.step);
    ca_pack_text(out, objection.text);
}

int ca_candidate_file(const struct ca_candidate *candidate)
{
    return candidate->loaded->plugin.file;
}

/* What came back is held to the contract again: it was made where that code ran. */
static bool take_description(const struct ca_candidate *candidate,
                             const struct ca_buffer *bytes, struct ca_objection *objection)
{
    struct ca_registry *registry = candidate->registry;
    caseaudit_framework described;
    struct ca_unpack in = {ca_arena_strndup(registry->arena, bytes->data, bytes->length), NULL,
                           true};
    int64_t step;
    const char *text;

    in.end = in.at + bytes->length;
    step = ca_unpack_range(&in, -1, CA_STEP_TABLES);
    if (step < 0 && in.good &&
        ca_described(in.at, (size_t)(in.end - in.at), registry->arena, &described))
        return ca_contract_check(&described, candidate->stem,
                                 &candidate->loaded->plugin.framework, objection);
    text = step >= 0 ? ca_unpack_text(&in) : NULL;
    return ca_object(objection, text != NULL ? (enum ca_load_step)step : CA_STEP_OPEN, "%s",
                     text != NULL ? text : "does not say what it is");
}

/* Constructors run with the opening, so that is left to a process of its own. */
static bool describe_apart(struct ca_registry *registry, struct loaded *l, const char *stem,
                           struct ca_objection *objection)
{
    const struct ca_candidate candidate = {registry, l, stem};
    struct ca_buffer bytes = {0};
    char why[512];
    bool good;

    l->plugin.apart = true;
    if (registry->apart(registry->apart_context, &candidate, &bytes, why))
        good = take_description(&candidate, &bytes, objection);
    else
        good = ca_object(objection, CA_STEP_OPEN, "%s", why);
    ca_buffer_free(&bytes);
    return good;
}

bool ca_registry_load_here(struct ca_registry *registry, const struct ca_plugin *plugin,
                           int file, char why[512])
{
    struct loaded *l = find_loaded(registry, plugin->framework.name);
    struct ca_objection objection;
    const caseaudit_framework described = l->plugin.framework;

    if (load_module(l, described.name, file, &objection))
        return true;
    l->plugin.framework = described;
    (void)snprintf(why, 512, "%.500s", objection.text);
    return false;
}

/* ---- all steps, for one file ---- */

static bool open_file(struct ca_registry *registry, struct loaded *l, const char *folder,
                      const char *stem, struct ca_objection *objection)
{
    const struct loaded *first = find_loaded(registry, stem);

    l->plugin.path = l->path;
    l->plugin.host = &registry->host->table;
    if (first != NULL)
        return ca_object(objection, CA_STEP_DUPLICATE, "passed over, for %s was found first",
                         first->path);
    if (registry->apart != NULL && !ca_folder_is_own(folder))
        return describe_apart(registry, l, stem, objection);
    return load_module(l, stem, l->plugin.file, objection);
}

static bool load_file(struct ca_registry *registry, const char *folder, const char *file_name,
                      const char *stem, struct ca_objection *objection)
{
    struct loaded *l;

    if (!ca_plugin_name_valid(stem))
        return ca_object(objection, CA_STEP_NAME,
                         "a framework's file is named with a-z, 0-9 and - before .so");
    l = ca_xcalloc(1, sizeof *l);
    l->plugin.file = ca_trust_file(folder, file_name, &l->path, &l->identity, objection);
    if (l->plugin.file >= 0 && open_file(registry, l, folder, stem, objection)) {
        list_add(&registry->loaded, l);
        return true;
    }
    l->plugin.framework.destroy = NULL; /* nothing was made */
    loaded_free(l);
    return false;
}

/* Tries a file once in the life of the registry, and keeps why it was refused. */
static void try_file(struct ca_registry *registry, const char *folder, const char *file_name)
{
    struct ca_objection objection;
    size_t length = strlen(file_name) - strlen(".so");
    char *stem = ca_arena_strndup(registry->arena, file_name, length);
    char *path = ca_arena_printf(registry->arena, "%s/%s",
                                 strcmp(folder, "/") == 0 ? "" : folder, file_name);

    if (list_has(&registry->tried, path))
        return;
    list_add(&registry->tried, path);
    if (!load_file(registry, folder, file_name, stem, &objection))
        refuse(registry, objection.step, path, objection.text);
}

static int is_module(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);

    return length > 3 && entry->d_name[0] != '.' &&
           strcmp(entry->d_name + length - 3, ".so") == 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

void ca_registry_load(struct ca_registry *registry)
{
    for (size_t i = 0; i < registry->folders.count; i++) {
        const char *folder = registry->folders.items[i];
        struct dirent **entries = NULL;
        int k, n = scandir(folder, &entries, is_module, by_bytes);

        if (n < 0)
            refuse(registry, CA_STEP_PATH, folder,
                   ca_arena_printf(registry->arena, "the folder cannot be read: %s",
                                   strerror(errno)));
        for (k = 0; k < n; k++) {
            try_file(registry, folder, entries[k]->d_name);
            free(entries[k]);
        }
        free(entries);
    }
}

static bool exists(struct ca_registry *registry, const char *folder, const char *file_name)
{
    struct stat status;

    return lstat(ca_arena_printf(registry->arena, "%s/%s", folder, file_name), &status) == 0;
}

const struct ca_plugin *ca_registry_find(struct ca_registry *registry, const char *name)
{
    const struct loaded *l = find_loaded(registry, name);
    const char *file_name;

    if (l != NULL)
        return &l->plugin;
    if (!ca_plugin_name_valid(name) || list_has(&registry->absent, name))
        return NULL;
    file_name = ca_arena_printf(registry->arena, "%s.so", name);
    for (size_t i = 0; i < registry->folders.count && l == NULL; i++) {
        if (exists(registry, registry->folders.items[i], file_name))
            try_file(registry, registry->folders.items[i], file_name);
        l = find_loaded(registry, name);
    }
    if (l != NULL)
        return &l->plugin;
    list_add(&registry->absent, ca_arena_strdup(registry->arena, name));
    return NULL;
}

const struct ca_plugin *ca_registry_loaded(const struct ca_registry *registry, const char *name)
{
    const struct loaded *l = find_loaded(registry, name);

    return l != NULL ? &l->plugin : NULL;
}

bool ca_registry_would_look(const struct ca_registry *registry, const char *name)
{
    return find_loaded(registry, name) == NULL && ca_plugin_name_valid(name) &&
           !list_has(&registry->absent, name);
}

bool ca_registry_keeps_apart(const struct ca_registry *registry)
{
    return registry->apart != NULL;
}

const caseaudit_framework *ca_registry_lookup(void *context, const char *name)
{
    const struct ca_plugin *plugin = ca_registry_find(context, name);

    return plugin != NULL ? &plugin->framework : NULL;
}

/* ---- what there is ---- */

size_t ca_registry_count(const struct ca_registry *registry)
{
    return registry->loaded.count;
}

const struct ca_plugin *ca_registry_at(const struct ca_registry *registry, size_t i)
{
    const struct loaded *l = registry->loaded.items[i];

    return &l->plugin;
}

size_t ca_registry_refused_count(const struct ca_registry *registry)
{
    return registry->refused.count;
}

const struct ca_refused *ca_registry_refused_at(const struct ca_registry *registry, size_t i)
{
    return registry->refused.items[i];
}

const char *ca_registry_sha256(struct ca_registry *registry, const struct ca_plugin *plugin,
                               struct ca_error *error)
{
    struct loaded *l = find_loaded(registry, plugin->framework.name);

    if (l == NULL) {
        ca_fail(error, CA_ERROR_USAGE, "framework '%s' is not of this registry",
                plugin->framework.name);
        return NULL;
    }
    if (l->sha256[0] == '\0' &&
        ca_file_sha256(l->plugin.file, l->path, &l->identity, l->sha256, error) != CA_OK)
        return NULL;
    return l->sha256;
}
