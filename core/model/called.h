#ifndef CA_MODEL_CALLED_H
#define CA_MODEL_CALLED_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"

/* Is it an id as templates give them? */
bool ca_is_id(const char *text);

/* What a template has of one kind: rows that begin with so many strings each: an id, a label
 * (may be NULL), an abbreviation (may be NULL). */
struct ca_called {
    const void *rows;
    size_t count, stride, each;
};

/* The k-th name of a row. */
const char *ca_called_name(const struct ca_called *called, size_t row, size_t k);

/* The one row whose id, label or abbreviation a person would take for the word; CA_NONE if
 * there is none, or more than one. */
size_t ca_called_find(const struct ca_called *called, const char *word);

/* The status that people mean by "N/A", "not applicable", "no evidence" and the like; NULL if
 * none. */
const char *ca_status_called(struct ca_arena *arena, const char *text);

#endif
