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
    size_t count;
    struct ca_arena *names; /* what paths point into */
    size_t failures;        /* folders or lists without returns, or that could not be read */
    bool standard_input;    /* taken already: it can be read only once */
    enum ca_exit status;    /* once gathering has failed: the exit status for it */
};

/*
 * False, with a complaint and status set, when a list of files cannot be read or
 * standard input is asked for twice. Lists are read by file_list.h.
 */
bool ca_inputs_gather(struct ca_inputs *inputs, const struct ca_cli *cli,
                      const struct ca_args *args);
void ca_inputs_free(struct ca_inputs *inputs);

/* ---- for gathering ---- */

/* Does a name end in .xml, in whatever capitals? */
bool ca_is_xml(const char *name);
void ca_inputs_add(struct ca_inputs *inputs, const char *path);
/*
 * Every *.xml of a folder and those below. What is passed over is counted by kind for
 * --verbose; a file that holds a return all the same is named in a warning.
 */
void ca_inputs_add_folder(struct ca_inputs *inputs, const struct ca_cli *cli,
                          const char *folder);

#endif
