#ifndef CA_WORK_MEMORY_OF_H
#define CA_WORK_MEMORY_OF_H

/*
 * What a shared object remembers: its own variables, as they are now. A framework that keeps
 * something in them from one return to the next has them reset in between, which costs next
 * to nothing beside a new process for each return.
 */
struct ca_memory_of;

/* Of the object in which the address lies. */
struct ca_memory_of *ca_memory_of(const void *address);
void ca_memory_reset(const struct ca_memory_of *memory);

#endif
