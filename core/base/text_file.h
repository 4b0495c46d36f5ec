#ifndef CA_BASE_TEXT_FILE_H
#define CA_BASE_TEXT_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

/*
 * Text files as people save them: UTF-8 with or without a byte order mark, UTF-16 with one;
 * any line ends.
 */

/* Is there a byte order mark of UTF-16? */
bool ca_text_is_utf16(const char *bytes, size_t length);

/* Without the mark: is every other byte zero, as in Western text? */
bool ca_text_lacks_mark(const char *bytes, size_t length);

/*
 * The file as UTF-8, without a mark, every line ending with \n. CA_ERROR_DATA, with the line
 * and what to do in place of it, where it is anything else; right says how it is saved well
 * ("save it as ...").
 */
enum ca_code ca_text_decode(const char *bytes, size_t length, const char *right,
                            struct ca_buffer *out, struct ca_error *error);

/* Are both the same but for how their lines end, as Git and e-mail change it? */
bool ca_same_but_line_ends(const char *a, size_t a_length, const char *b, size_t b_length);

/* What is right for files that are written with an editor. */
#define CA_TEXT_RIGHT "save it as plain text in UTF-8 (in Notepad: Save as, Encoding)"

/* What a byte from 0x80 on is in Windows-1252, which is what is mostly met in place of UTF-8;
 * 0: nothing. */
uint32_t ca_windows_character(unsigned char byte);

#endif
