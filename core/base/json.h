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

/*
 * For rows that are written many times over: text that is JSON already, with the commas it
 * needs, and tokens, which are ids, dates and the like: nothing in them is escaped. NULL
 * writes null.
 */
#define CA_JSON_RAW(out, literal) ca_buffer_add((out), "" literal, sizeof(literal) - 1)

static inline void ca_json_token(struct ca_buffer *out, const char *token)
{
    if (token == NULL) {
        CA_JSON_RAW(out, "null");
        return;
    }
    ca_buffer_putc(out, '"');
    ca_buffer_puts(out, token);
    ca_buffer_putc(out, '"');
}

/* The same with the key before it. */
void ca_json_key_string(struct ca_buffer *out, const char *key, const char *text);
void ca_json_key_integer(struct ca_buffer *out, const char *key, int64_t value);

#endif
