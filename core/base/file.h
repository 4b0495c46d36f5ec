#ifndef CA_BASE_FILE_H
#define CA_BASE_FILE_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/*
 * Reads a whole regular file (or standard input for "-") into buffer, which
 * is cleared first. More than limit bytes is CA_ERROR_LIMIT (nothing beyond
 * limit+1 bytes is read), a folder, device or unreadable file CA_ERROR_IO, a
 * missing one CA_ERROR_NOT_FOUND.
 */
enum ca_code ca_file_read(const char *path, size_t limit, struct ca_buffer *buffer,
                          struct ca_error *error);

/*
 * The two steps of it: opens a regular file of at most limit bytes for reading, and
 * reads what is open from its beginning; name is for messages, size what it is expected
 * to hold. The descriptor is the caller's.
 */
enum ca_code ca_file_open(const char *path, size_t limit, int *descriptor, size_t *size,
                          struct ca_error *error);
enum ca_code ca_file_read_open(int descriptor, const char *name, size_t limit, size_t size,
                               struct ca_buffer *buffer, struct ca_error *error);

/* Written whole or not at all: temporary file beside it, fsync, rename. */
enum ca_code ca_file_write(const char *path, const char *bytes, size_t length,
                           struct ca_error *error);

#endif
