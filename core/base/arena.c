/* Blocks of memory that are filled one behind the other and given back together. */
#include "core/base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)32 * 1024)

struct block {
    struct block *next;
    size_t capacity;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

/* Blocks before current are full, those behind it are left from before a reset. */
struct ca_arena {
    struct block *first;
    struct block *current;
};

void ca_out_of_memory(void)
{
    abort();
}

void *ca_xcalloc(size_t count, size_t size)
{
    void *memory = calloc(count > 0 ? count : 1, size > 0 ? size : 1);

    if (memory == NULL)
        ca_out_of_memory();
    return memory;
}

void *ca_xrealloc(void *old, size_t count, size_t size)
{
    size_t bytes;
    void *memory;

    if (__builtin_mul_overflow(count, size, &bytes))
        ca_out_of_memory();
    memory = realloc(old, bytes > 0 ? bytes : 1);
    if (memory == NULL)
        ca_out_of_memory();
    return memory;
}

char *ca_xstrdup(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(ca_xrealloc(NULL, size, 1), text, size);
}

static struct block *block_new(size_t capacity)
{
    struct block *block;
    size_t size;

    if (__builtin_add_overflow(capacity, sizeof *block, &size))
        ca_out_of_memory();
    block = ca_xrealloc(NULL, size, 1);
    block->next = NULL;
    block->capacity = capacity;
    block->used = 0;
    return block;
}

struct ca_arena *ca_arena_new(void)
{
    struct ca_arena *arena = ca_xcalloc(1, sizeof *arena);

    arena->first = block_new(BLOCK_SIZE);
    arena->current = arena->first;
    return arena;
}

void ca_arena_free(struct ca_arena *arena)
{
    struct block *next;

    if (arena == NULL)
        return;
    for (struct block *block = arena->first; block != NULL; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

void ca_arena_reset(struct ca_arena *arena)
{
    arena->current = arena->first;
    arena->current->used = 0;
}

/* Makes a block current that has room for size bytes. */
static void next_block(struct ca_arena *arena, size_t size)
{
    struct block *block = arena->current->next;

    if (block == NULL || block->capacity < size) {
        block = block_new(size > BLOCK_SIZE ? size : BLOCK_SIZE);
        block->next = arena->current->next;
        arena->current->next = block;
    }
    block->used = 0;
    arena->current = block;
}

static void *take(struct ca_arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);
    void *memory;

    if (size > SIZE_MAX - unit)
        ca_out_of_memory();
    size = (size + unit - 1) / unit * unit;
    if (arena->current->capacity - arena->current->used < size)
        next_block(arena, size);
    memory = arena->current->bytes + arena->current->used;
    arena->current->used += size;
    return memory;
}

void *ca_arena_alloc(struct ca_arena *arena, size_t size)
{
    return memset(take(arena, size), 0, size);
}

char *ca_arena_text(struct ca_arena *arena, size_t length)
{
    if (length == SIZE_MAX)
        ca_out_of_memory();
    return take(arena, length + 1);
}

void *ca_arena_array(struct ca_arena *arena, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes))
        ca_out_of_memory();
    return ca_arena_alloc(arena, bytes);
}

char *ca_arena_strndup(struct ca_arena *arena, const char *text, size_t length)
{
    char *copy = ca_arena_text(arena, length);

    if (length > 0) /* otherwise text may be NULL, which memcpy does not take */
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *ca_arena_strdup(struct ca_arena *arena, const char *text)
{
    return ca_arena_strndup(arena, text, strlen(text));
}

char *ca_arena_vprintf(struct ca_arena *arena, const char *format, va_list args)
{
    va_list again;
    char *text;
    int length;

    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, args);
    if (length < 0)
        length = 0;
    text = ca_arena_text(arena, (size_t)length);
    (void)vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

char *ca_arena_printf(struct ca_arena *arena, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = ca_arena_vprintf(arena, format, args);
    va_end(args);
    return text;
}
