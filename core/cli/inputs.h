#ifndef CA_CLI_INPUTS_H
#define CA_CLI_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/cli/cli.h"

/*
 * The files a command is to read: operands that are files, folders (every
 * *.xml below, in byte order of the paths) or "-", and lists of them. One
 * that cannot be read stays in the list, to be refused in its place.
 */
struct ca_inputs {
    char **paths;
    size_t count, capacity;
    size_t failures; /* folders without returns, or that could not be read: complained of */
};

/* False, with a complaint, when the list of files cannot be read. */
bool ca_inputs_gather(struct ca_inputs *inputs, const struct ca_args *args);
void ca_inputs_free(struct ca_inputs *inputs);

#endif
