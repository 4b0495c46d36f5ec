#ifndef CA_FRAMEWORKS_REGISTRY_H
#define CA_FRAMEWORKS_REGISTRY_H

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/frameworks/engine.h"
#include "core/frameworks/services.h"

/*
 * Where frameworks are found, trusted, loaded and held to the contract. A
 * framework NAME is the file NAME.so in the first folder of the search path
 * whose file of that name passes every step below. A refused file never
 * stops the others; each is kept with the step that refused it.
 */

/* The steps of loading, in their order; each refuses with a message of its own. */
enum ca_load_step {
    CA_STEP_NAME,      /* the file's name is [a-z0-9-]+ and .so */
    CA_STEP_PATH,      /* a regular file that really lies in the folder */
    CA_STEP_TRUST,     /* nobody but root and the user can have put it there */
    CA_STEP_DUPLICATE, /* passed over: another of the name was found first; never opened */
    CA_STEP_OPEN,      /* a shared object, all of whose symbols are there */
    CA_STEP_ENTRY,     /* has the one entry function, which returns a descriptor */
    CA_STEP_MAGIC,     /* it is a framework's descriptor */
    CA_STEP_MAJOR,     /* of the interface this engine speaks */
    CA_STEP_SIZE,      /* at least as long as the first version of it */
    CA_STEP_CALLBACKS, /* with the callbacks that are required */
    CA_STEP_SAME_NAME, /* and named as its file is */
    CA_STEP_TABLES     /* its tables make sense */
};
/* One word for a list: "name", "path", "trust", "duplicate" … */
const char *ca_load_step_name(enum ca_load_step step);

/* A file that was not loaded, or a folder that could not be used. */
struct ca_refused {
    enum ca_load_step step;
    const char *path;
    const char *text; /* a sentence without its full stop */
};

struct ca_registry;

/* host is what each framework is handed; it must outlive the registry. Loaded frameworks are
 * valid until the registry is freed, so what refers to their strings (templates do) is to be
 * freed before. */
struct ca_registry *ca_registry_new(struct ca_host *host);
struct ca_host *ca_registry_host(const struct ca_registry *registry);
/* Calls destroy of each framework and closes it. */
void ca_registry_free(struct ca_registry *registry);

/*
 * From now on frameworks that did not come with the engine (own.h) are never opened in this
 * process. apart has a process of its own call ca_candidate_describe, and gives back what
 * that put out; or false and why not. Without it, all are opened here.
 */
struct ca_candidate;
typedef bool (*ca_apart)(void *context, const struct ca_candidate *candidate,
                         struct ca_buffer *out, char why[512]);
void ca_registry_keep_apart(struct ca_registry *registry, ca_apart apart, void *context);
/* The name by which a framework is opened in a process of its own, from its descriptor. */
#define CA_APART_PATH "/proc/thread-self/fd/%d"
/* Opens it and puts out what it is, or why it is refused; file is its descriptor there. */
void ca_candidate_describe(const struct ca_candidate *candidate, int file,
                           struct ca_buffer *out);
int ca_candidate_file(const struct ca_candidate *candidate);
/* In the process that it is to run in: opens a framework that is kept apart, which from then
 * on has its own callbacks. False with why if it cannot be opened there. */
bool ca_registry_load_here(struct ca_registry *registry, const struct ca_plugin *plugin,
                           int file, char why[512]);

/* Adds a folder behind those already there. One that does not exist is kept among the
 * refused; one that is there already is not added again. */
void ca_registry_add_path(struct ca_registry *registry, const char *folder);
/* Adds the folders of CASEAUDIT_PLUGIN_PATH (separated by colons, ignored in a set-uid
 * program), then the one that was compiled in. To be called after --plugin-dir. */
void ca_registry_add_standard_paths(struct ca_registry *registry);

/* Loads every framework of the search path that is not loaded yet. */
void ca_registry_load(struct ca_registry *registry);

/* The framework of that name, loaded now if it was not; only NAME.so is looked at. NULL
 * if there is none that may be used; the reasons are among the refused. */
const struct ca_plugin *ca_registry_find(struct ca_registry *registry, const char *name);
/* The same with the signature that ca_template_read wants; context is the registry. */
const caseaudit_framework *ca_registry_lookup(void *context, const char *name);

/* The same of those that are loaded already, without looking for any. */
const struct ca_plugin *ca_registry_loaded(const struct ca_registry *registry,
                                           const char *name);
/* Would ca_registry_find look for it among the files? */
bool ca_registry_would_look(const struct ca_registry *registry, const char *name);
bool ca_registry_keeps_apart(const struct ca_registry *registry);

/* Those loaded so far, in the order of loading. */
size_t ca_registry_count(const struct ca_registry *registry);
const struct ca_plugin *ca_registry_at(const struct ca_registry *registry, size_t i);

/* Those refused or passed over so far, in the order of trying. */
size_t ca_registry_refused_count(const struct ca_registry *registry);
const struct ca_refused *ca_registry_refused_at(const struct ca_registry *registry, size_t i);

/* SHA-256 of a loaded framework's file, 64 hexadecimal digits; reckoned when first asked
 * for. NULL and an error if the file cannot be read or is no longer the one loaded. */
const char *ca_registry_sha256(struct ca_registry *registry, const struct ca_plugin *plugin,
                               struct ca_error *error);

#endif
