#ifndef CA_SHEET_ZIP_H
#define CA_SHEET_ZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/*
 * The files within a zip file that is in memory, as office programs write them: stored or
 * deflated. The inflating is zlib's; what is here finds the place of a file and holds to
 * limits, so that a small file that unpacks to a huge one costs no more than its limit.
 */
struct ca_zip {
    const char *bytes;
    size_t length;
    size_t directory; /* where the table of contents begins */
    size_t entries;
};

/* CA_ERROR_DATA if it is damaged or of a kind that office programs do not write. bytes are
 * borrowed. */
enum ca_code ca_zip_open(const char *bytes, size_t length, struct ca_zip *zip,
                         struct ca_error *error);

/* Is there a file of that name, whatever its case? */
bool ca_zip_has(const struct ca_zip *zip, const char *name);

/* The whole of a file. CA_ERROR_NOT_FOUND; CA_ERROR_LIMIT beyond limit bytes; CA_ERROR_DATA if
 * it is damaged or encrypted, or there is more than one. */
enum ca_code ca_zip_read(const struct ca_zip *zip, const char *name, size_t limit,
                         struct ca_buffer *out, struct ca_error *error);

#endif
