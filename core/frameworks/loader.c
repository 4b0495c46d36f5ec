/* The one file that knows libltdl. */
#include "config.h"

#include "core/frameworks/loader.h"

#include <assert.h>
#include <dlfcn.h>
#include <ltdl.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"

struct ca_module {
    lt_dlhandle handle;
};

/*
 * Opened once by the system's own loader, for two reasons. libltdl tries several
 * loaders in turn and the last one overwrites the message, so that whatever is wrong
 * reads "file not found". And it binds lazily, so that a symbol nobody has would end
 * the process at the first call instead of being refused here.
 */
static void *probe(const char *path, struct ca_objection *objection)
{
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const char *why, *text;

    if (handle != NULL)
        return handle;
    why = dlerror();
    text = why != NULL ? why : "the system does not say why";
    /* The path stands beside the message already. */
    if (strncmp(text, path, strlen(path)) == 0 && strncmp(text + strlen(path), ": ", 2) == 0)
        text += strlen(path) + 2;
    ca_object(objection, CA_STEP_OPEN, "cannot be opened as a shared object: %s", text);
    return NULL;
}

/* Only by its absolute path: a bare name would be looked for along LD_LIBRARY_PATH. Its
 * symbols stay its own, so that two frameworks never see each other's. */
static lt_dlhandle open_local(const char *path)
{
    lt_dladvise advise;
    lt_dlhandle handle = NULL;

    if (lt_dladvise_init(&advise) != 0)
        return NULL;
    if (lt_dladvise_local(&advise) == 0)
        handle = lt_dlopenadvise(path, advise);
    lt_dladvise_destroy(&advise);
    return handle;
}

struct ca_module *ca_module_open(const char *path, struct ca_objection *objection)
{
    struct ca_module *module;
    lt_dlhandle handle;
    void *probed;

    assert(path[0] == '/');
    probed = probe(path, objection);
    if (probed == NULL)
        return NULL;
    if (lt_dlinit() != 0) {
        ca_object(objection, CA_STEP_OPEN, "libltdl cannot be started: %s", lt_dlerror());
        dlclose(probed);
        return NULL;
    }
    handle = open_local(path);
    dlclose(probed);
    if (handle == NULL) {
        ca_object(objection, CA_STEP_OPEN, "cannot be opened as a module: %s", lt_dlerror());
        lt_dlexit();
        return NULL;
    }
    module = ca_xcalloc(1, sizeof *module);
    module->handle = handle;
    return module;
}

caseaudit_entry ca_module_entry(struct ca_module *module)
{
    void *symbol = lt_dlsym(module->handle, CASEAUDIT_ENTRY);
    caseaudit_entry entry = NULL;

    /* ISO C has no cast from a pointer to an object to one to a function; POSIX promises
     * that they look the same. */
    if (symbol != NULL)
        memcpy(&entry, &symbol, sizeof entry);
    return entry;
}

void ca_module_close(struct ca_module *module)
{
    if (module == NULL)
        return;
#ifndef CA_KEEP_MODULES /* reports of leaks name lines only while the module is there */
    lt_dlclose(module->handle);
    lt_dlexit();
#endif
    free(module);
}
