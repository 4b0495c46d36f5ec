#ifndef CA_CLI_FILE_LIST_H
#define CA_CLI_FILE_LIST_H

#include "core/base/error.h"
#include "core/base/pack.h"

/*
 * A list of files ("-": standard input), split into its names by a locked process. It names one
 * file a line; one with a NUL in it (find -print0) has them between NULs, so that a name may
 * hold anything. Names are then the texts in *names, none of them empty, which lie in *answer.
 */
enum ca_code ca_file_list_read(const char *list, struct ca_buffer *answer,
                               struct ca_unpack *names, struct ca_error *error);

#endif
