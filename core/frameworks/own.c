/* Which folder holds the frameworks that came with the engine. */
#include "core/frameworks/own.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_same(const char *folder, const char *other)
{
    char *real = realpath(other, NULL);
    bool same = real != NULL && strcmp(folder, real) == 0;

    free(real);
    return same;
}

/* Installed, frameworks are in a folder below the library; in a build, in one beside it. */
static bool belongs_to_library(const char *folder, const char *library)
{
    static const char *const places[] = {"%.*s/caseaudit", "%.*s/../plugins/.libs"};
    char *real = realpath(library, NULL), path[PATH_MAX];
    const char *slash = real != NULL ? strrchr(real, '/') : NULL;
    const int length = slash != NULL ? (int)(slash - real) : 0;
    const bool built = length >= 6 && strncmp(slash - 6, "/.libs", 6) == 0;
    bool found = false;

    if (slash != NULL && snprintf(path, sizeof path, places[built], length, real) < PATH_MAX)
        found = is_same(folder, path);
    free(real);
    return found;
}

/* It lies in the library. */
static const char landmark = 0;

bool ca_folder_is_own(const char *folder)
{
    Dl_info library;

    return is_same(folder, CA_PLUGIN_DIR) ||
           (dladdr(&landmark, &library) != 0 && library.dli_fname != NULL &&
            belongs_to_library(folder, library.dli_fname));
}
