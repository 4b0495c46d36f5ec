/* The list of inputs itself. */
#include "core/cli/inputs.h"

#include <stdlib.h>

#include "core/base/array.h"

void ca_inputs_add(struct ca_inputs *inputs, const char *path)
{
    if (inputs->names == NULL)
        inputs->names = ca_arena_new();
    *CA_APPEND(inputs->paths, inputs->count) = ca_arena_strdup(inputs->names, path);
}

void ca_inputs_free(struct ca_inputs *inputs)
{
    free(inputs->paths);
    ca_arena_free(inputs->names);
    *inputs = (struct ca_inputs){0};
}
