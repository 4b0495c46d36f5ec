#ifndef CA_REPORT_TEMPORARY_H
#define CA_REPORT_TEMPORARY_H

#include "core/base/error.h"

/* A folder of our own below $TMPDIR, for formats that can only be written to files. */
#define CA_TEMPORARY_SIZE 512

/* path becomes the folder's. CA_ERROR_IO if there is no room for it. */
enum ca_code ca_temporary_new(char path[CA_TEMPORARY_SIZE], struct ca_error *error);

/* Removes the folder and the files in it. */
void ca_temporary_remove(const char *path);

#endif
