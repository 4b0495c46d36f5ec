/* What a shared object remembers, to have it forget all that it learnt since. */
#include "config.h"

#include "core/work/memory_of.h"

#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/base/arena.h"

enum { MOST_PARTS = 16, PIECE = 64 };

struct part {
    char *at;
    char *before;
    size_t size;
};

struct ca_memory_of {
    uintptr_t address;
    struct part parts[MOST_PARTS];
    size_t count;
};

static bool holds(const struct dl_phdr_info *object, uintptr_t address)
{
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        const uintptr_t at = object->dlpi_addr + part->p_vaddr;
        if (part->p_type == PT_LOAD && address >= at && address < at + part->p_memsz)
            return true;
    }
    return false;
}

/* Byte by byte in a function of its own: sanitizers guard the room between a module's
 * variables, which is looked at like all of its memory. */
__attribute__((no_sanitize("address"))) static void take_bytes(char *to, const char *from,
                                                               size_t size)
{
#ifdef CA_SANITIZERS
    for (size_t i = 0; i < size; i++)
        to[i] = from[i];
#else
    memcpy(to, from, size);
#endif
}

__attribute__((no_sanitize("address"))) static bool same_bytes(const char *a, const char *b,
                                                               size_t size)
{
#ifdef CA_SANITIZERS
    for (size_t i = 0; i < size; i++)
        if (a[i] != b[i])
            return false;
    return true;
#else
    return memcmp(a, b, size) == 0;
#endif
}

static int take_parts(struct dl_phdr_info *object, size_t size, void *context)
{
    struct ca_memory_of *memory = context;

    (void)size;
    if (!holds(object, memory->address))
        return 0;
    for (size_t i = 0; i < object->dlpi_phnum && memory->count < MOST_PARTS; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        struct part *taken = &memory->parts[memory->count];
        if (part->p_type != PT_LOAD || (part->p_flags & PF_W) == 0)
            continue;
        taken->at = (char *)(object->dlpi_addr + part->p_vaddr);
        taken->size = part->p_memsz;
        taken->before = ca_xcalloc(1, part->p_memsz);
        take_bytes(taken->before, taken->at, part->p_memsz);
        memory->count++;
    }
    return 1;
}

struct ca_memory_of *ca_memory_of(const void *address)
{
    struct ca_memory_of *memory = ca_xcalloc(1, sizeof *memory);

    memory->address = (uintptr_t)address;
    (void)dl_iterate_phdr(take_parts, memory);
    return memory;
}

/* Only what is another is written: part of it is read-only since it was linked. */
static void reset_part(const struct part *part)
{
    for (size_t at = 0; at < part->size; at += PIECE) {
        const size_t size = part->size - at < PIECE ? part->size - at : PIECE;
        if (!same_bytes(part->at + at, part->before + at, size))
            take_bytes(part->at + at, part->before + at, size);
    }
}

void ca_memory_reset(const struct ca_memory_of *memory)
{
    for (size_t i = 0; i < memory->count; i++)
        reset_part(&memory->parts[i]);
}
