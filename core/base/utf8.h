#ifndef CA_BASE_UTF8_H
#define CA_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"

#define CA_REPLACEMENT      0xFFFDu
#define CA_REPLACEMENT_UTF8 "\xEF\xBF\xBD"

/*
 * The character at text (which is not at its end) and, in *length, how many bytes it
 * takes. A byte that begins no character is CA_REPLACEMENT, of length 1; so is a
 * surrogate or an overlong form.
 */
uint32_t ca_utf8_next(const char *text, size_t *length);

/* Adds the character; what is none (a surrogate, beyond U+10FFFF) as U+FFFD. */
void ca_utf8_put(struct ca_buffer *out, uint32_t c);

/* The first byte that is not of a well-formed character; length if all are. */
size_t ca_utf8_good(const char *bytes, size_t length);

/*
 * Characters that steer a terminal or turn the direction of writing, and so can make
 * text look like what it is not: controls (line ends and tabs too), marks of direction,
 * line and paragraph separators, tags.
 */
bool ca_character_steers(uint32_t c);

/* Adds the text with U+FFFD in place of each character that steers. Tabs are blanks, and so
 * are line ends unless it may have lines. */
void ca_utf8_add_harmless(struct ca_buffer *out, const char *text, bool lines);

#endif
