#ifndef CA_BASE_JSON_FLAT_H
#define CA_BASE_JSON_FLAT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"
#include "core/base/buffer.h"

/*
 * JSON of one level, read: an object or a list whose values are texts, whole numbers, true,
 * false or null, as the store keeps it in its rows, with what steers a terminal as escapes.
 * What is not of that form is none at all, however it begins. No tree is made, nothing calls
 * itself, and time goes with the length.
 */

/* Is it an object ('{') or a list ('[') of that form, and nothing beside it? */
bool ca_json_flat(const char *json, char bracket);

/* Adds what the first member of that name says: a text without its escapes, a whole number as
 * it stands. False, and nothing is added, if there is none of that name, or it is neither. */
bool ca_json_flat_member(const char *json, const char *name, struct ca_buffer *out);

/* The texts of a list, NULL behind the last; in place of what is no text stands "". None, and
 * 0, if it is no list. */
const char *const *ca_json_flat_texts(struct ca_arena *arena, const char *json, size_t *count);

#endif
