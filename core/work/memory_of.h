#ifndef CA_WORK_MEMORY_OF_H
#define CA_WORK_MEMORY_OF_H

#include <stdbool.h>

/*
 * What a shared object remembers: its own variables, as they are now, to see later whether
 * they still are. A framework that keeps something from one return to the next gets a new
 * process for each, and one that keeps nothing, as is usual, stays in the one it has.
 */
struct ca_memory_of;

/* Of the object in which the address lies; NULL if there is none. */
struct ca_memory_of *ca_memory_of(const void *address);
bool ca_memory_changed(const struct ca_memory_of *memory); /* NULL: no */

#endif
