#ifndef CA_CLI_SAFE_H
#define CA_CLI_SAFE_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/buffer.h"

/*
 * Text for a terminal. File names and documents come from strangers: characters that
 * steer a terminal or turn the direction of writing, and bytes that are not UTF-8,
 * become U+FFFD, so that what is shown is what is there.
 */

/* What is one line: line ends and tabs become blanks, so that it stays one. */
void ca_safe_line(struct ca_buffer *out, const char *text);

/* What has been laid out in lines already. */
void ca_safe_text(struct ca_buffer *out, const char *text);

/* A line's text, straight to a stream. */
void ca_print_safe(FILE *out, const char *text);

#endif
