#ifndef CA_BASE_ARENA_H
#define CA_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

/*
 * A bump allocator: everything that belongs to one document is allocated
 * here and given back at once. Blocks are kept over a reset, so that reading
 * the next return asks the system for nothing. Running out of memory ends
 * the process (see ca_out_of_memory): a grade computed from half a document
 * would be worse than none.
 */
struct ca_arena;

/* Ends the process at once, by SIGABRT: nothing sensible can follow. */
void ca_out_of_memory(void) __attribute__((noreturn));

struct ca_arena *ca_arena_new(void);
void ca_arena_free(struct ca_arena *arena);

/* Forgets all that was allocated; keeps the memory for the next use. */
void ca_arena_reset(struct ca_arena *arena);

/* Zeroed memory, aligned for any type; never NULL. */
void *ca_arena_alloc(struct ca_arena *arena, size_t size);

/* Zeroed array of count elements; never NULL, also for a count of 0. */
void *ca_arena_array(struct ca_arena *arena, size_t count, size_t size);

#define CA_NEW(arena, type)          ((type *)ca_arena_alloc((arena), sizeof(type)))
#define CA_ARRAY(arena, count, type) ((type *)ca_arena_array((arena), (count), sizeof(type)))

char *ca_arena_strdup(struct ca_arena *arena, const char *text);
/* Room for text of so many bytes and its terminator, not zeroed. */
char *ca_arena_text(struct ca_arena *arena, size_t length);
char *ca_arena_strndup(struct ca_arena *arena, const char *text, size_t length);
char *ca_arena_printf(struct ca_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *ca_arena_vprintf(struct ca_arena *arena, const char *format, va_list args);

/* malloc family that never returns NULL; for what outlives an arena. */
void *ca_xcalloc(size_t count, size_t size);
void *ca_xrealloc(void *old, size_t count, size_t size);
char *ca_xstrdup(const char *text);

#endif
