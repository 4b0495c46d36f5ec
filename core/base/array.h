#ifndef CA_BASE_ARRAY_H
#define CA_BASE_ARRAY_H

#include "core/base/arena.h"

/*
 * Arrays that grow at their end. An array is a pointer and a count, NULL and 0 while it is
 * empty. It has room for the next power of two of its count (8 at least) and so is full
 * whenever the count is one: nothing else has to be kept. Taking elements off the end is
 * only a smaller count.
 */

/* The place of one more element, zeroed, which counts from now on. Elements may move.
 * free() gives the array back. */
#define CA_APPEND(items, count) CA_ARENA_APPEND(NULL, items, count)

/* The same in an arena, where what was outgrown stays until the arena goes. */
#define CA_ARENA_APPEND(arena, items, count)                                                   \
    ((items) = ca_array_more((arena), (items), (count), sizeof *(items)), &(items)[(count)++])

/* Behind its last element. Nothing is added to NULL. */
#define CA_END(items, count) ((count) > 0 ? (items) + (count) : (items))

/* The array with room for one more behind count, zeroed. */
void *ca_array_more(struct ca_arena *arena, const void *items, size_t count, size_t size);

#endif
