#ifndef CA_BASE_BLANK_H
#define CA_BASE_BLANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"

/*
 * What counts as blank, and which texts are the same to a person: one definition for all
 * that is read. Texts are UTF-8.
 */

/* Has the text nothing that one can see? NULL has not. */
bool ca_is_blank_text(const char *text);

/* The first visible character of so many bytes of whole characters; *length is what remains up
 * to the last. */
const char *ca_trimmed(const char *text, size_t *length);

/* The text as it is kept where blanks mean nothing (ids, names): white space at both ends gone
 * and otherwise one space, what has no width gone. */
const char *ca_without_blanks(struct ca_arena *arena, const char *text);

/*
 * The text as it is compared: white space at both ends gone and otherwise one space, what has
 * no width gone, letters small, bent quotation marks straight, dashes a hyphen, an accent
 * that follows its letter joined to it, letters and digits of full width as usual.
 */
const char *ca_folded(struct ca_arena *arena, const char *text);

/* Are both the same once folded? */
bool ca_same_text(const char *a, const char *b);

#endif
