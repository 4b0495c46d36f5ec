/* Loads a part of the engine that is rarely asked for. */
#include "core/base/part.h"

#include <dlfcn.h>
#include <stddef.h>

void *ca_part_find(const char *library, const char *symbol)
{
    void *part = dlopen(library, RTLD_NOW | RTLD_LOCAL);

    return part != NULL ? dlsym(part, symbol) : NULL;
}
