#ifndef CA_CLI_ARCHIVE_H
#define CA_CLI_ARCHIVE_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/error.h"
#include "core/store/store.h"

/*
 * An export in one file, which is the backup of a store whose database has no file of its own:
 * a tar as POSIX has it (ustar), so that any program unpacks it, with the names that an
 * export's folder has.
 */

/* Each adds one file; false if it could not be written. */
bool ca_archive_add(FILE *archive, const char *name, const void *bytes, size_t length);
/* From is read from its beginning. */
bool ca_archive_add_file(FILE *archive, const char *name, FILE *from);
/* Writes what an archive ends with. */
bool ca_archive_end(FILE *archive);

/* The files of an archive, into an empty folder. CA_ERROR_DATA if it is not one as these
 * functions write it: nothing is written but what an export consists of. */
enum ca_code ca_archive_unpack(const char *path, const char *folder, struct ca_error *error);

/* The whole store, into a new file that only its owner reads: it appears whole or not at all,
 * and takes the place of none (verb_store_export.c). */
enum ca_code ca_export_archive(struct ca_store *store, const char *path, struct ca_head *head,
                               struct ca_error *error);

#endif
