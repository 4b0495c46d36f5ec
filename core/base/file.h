#ifndef CA_BASE_FILE_H
#define CA_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

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
 * The same in two steps, into memory that is at hand. Opens a regular file of at most limit
 * bytes for reading; the descriptor is the caller's, size what it holds. Then reads what is
 * open, all of it or as many bytes as there is room for: *size, which before is what it is
 * expected to hold. name is for messages.
 */
enum ca_code ca_file_open(const char *path, size_t limit, int *descriptor, size_t *size,
                          struct ca_error *error);
enum ca_code ca_file_read_into(int descriptor, const char *name, char *room, size_t capacity,
                               size_t *size, struct ca_error *error);

/*
 * The first bytes of a regular file, at most size - 1, and a terminator; zero bytes are left
 * out, so that UTF-16 reads as ASCII does. Empty if it cannot be read.
 */
void ca_file_head(const char *path, char *head, size_t size);

/*
 * A new file, open for writing, or a new folder, that nobody but their owner can look into,
 * whatever the umask. NULL or false, and errno, if one is there already or cannot be made.
 */
FILE *ca_file_new(const char *path);
bool ca_folder_new(const char *path);

#endif
