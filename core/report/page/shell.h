#ifndef CA_REPORT_SHELL_H
#define CA_REPORT_SHELL_H

#include <stdbool.h>

#include "core/base/buffer.h"

/*
 * Pages with a script of their own: a file with {{names}} where parts go in, and a content
 * policy that lets the page fetch nothing and run no script but its own.
 */

/* Writes the part of that name. */
typedef void (*ca_shell_part)(struct ca_buffer *out, const char *name, const void *context);
void ca_shell_fill(struct ca_buffer *out, const char *page, ca_shell_part part,
                   const void *context);

/* The policy's text: one script and one style, known by their digests, and, if the page carries
 * the engine, a module of WebAssembly in a worker that the script itself makes. */
void ca_shell_policy(struct ca_buffer *out, const char *script, const char *style, bool engine);

/*
 * JSON inside a script element: whatever could end the element, open a comment or break a line
 * for a script reader is written as an escape. These characters stand in JSON only inside
 * strings, where an escape means the same.
 */
void ca_shell_json(struct ca_buffer *out, const char *json);

/* A document as a page's script reads it, as base64: it stands in memory as UTF-8, whatever its
 * declaration says, and a byte order mark says so. */
void ca_shell_document(struct ca_buffer *out, const char *bytes, size_t length);

#endif
