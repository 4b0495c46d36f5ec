#ifndef CA_BASE_SUGGEST_H
#define CA_BASE_SUGGEST_H

#include <stddef.h>

#include "core/base/arena.h"

/*
 * The candidate nearest to word (by edits, transpositions counted once), if
 * near enough that a typing slip explains it; otherwise NULL.
 */
const char *ca_suggest(const char *word, const char *const *candidates, size_t count);

/* "; did you mean 'good'?" or "" in the arena: the usual tail of a message. */
const char *ca_did_you_mean(struct ca_arena *arena, const char *word,
                            const char *const *candidates, size_t count);

#endif
