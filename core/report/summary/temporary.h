#ifndef CA_REPORT_TEMPORARY_H
#define CA_REPORT_TEMPORARY_H

#include "core/base/error.h"
#include "core/base/signals.h"

/*
 * A folder of our own below $TMPDIR, for formats that can only be written to files. What is in
 * it may tell of cases: it is for its owner alone, and while it is there, whoever interrupts
 * the program waits for the moment it takes to remove it.
 */
enum { CA_TEMPORARY_SIZE = 512 };

struct ca_temporary {
    char path[CA_TEMPORARY_SIZE];
    sigset_t before; /* signals that were held back before */
};

/* CA_ERROR_IO if there is no room for it. */
enum ca_code ca_temporary_new(struct ca_temporary *folder, struct ca_error *error);

/* Removes the folder and the files in it. */
void ca_temporary_remove(const struct ca_temporary *folder);

#endif
