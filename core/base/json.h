#ifndef CA_BASE_JSON_H
#define CA_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"

/*
 * JSON written straight into a buffer, as libraries that build a tree first
 * take several times as long. Commas come by themselves: every value and key
 * puts one before itself where one belongs.
 */

void ca_json_open(struct ca_buffer *out, char bracket);  /* '{' or '[' */
void ca_json_close(struct ca_buffer *out, char bracket); /* '}' or ']' */
void ca_json_key(struct ca_buffer *out, const char *key);

/* NULL writes null. Bytes that are not UTF-8 become U+FFFD. */
void ca_json_string(struct ca_buffer *out, const char *text);
void ca_json_integer(struct ca_buffer *out, int64_t value);
void ca_json_bool(struct ca_buffer *out, bool value);
void ca_json_null(struct ca_buffer *out);
/* Any number that is already text. */
void ca_json_number(struct ca_buffer *out, const char *text);

/* The same with the key before it. */
void ca_json_key_string(struct ca_buffer *out, const char *key, const char *text);
void ca_json_key_integer(struct ca_buffer *out, const char *key, int64_t value);

#endif
