/* What a shared object remembers, to see later whether it still does. */
#include "core/work/memory_of.h"

#include <link.h>
#include <stdint.h>
#include <string.h>

#include "core/base/arena.h"

enum { MOST_PARTS = 16 };

struct part {
    const char *at;
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
        taken->at = (const char *)(object->dlpi_addr + part->p_vaddr);
        taken->size = part->p_memsz;
        taken->before = ca_xcalloc(1, part->p_memsz);
        memcpy(taken->before, taken->at, part->p_memsz);
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

bool ca_memory_changed(const struct ca_memory_of *memory)
{
    for (size_t i = 0; memory != NULL && i < memory->count; i++)
        if (memcmp(memory->parts[i].at, memory->parts[i].before, memory->parts[i].size) != 0)
            return true;
    return false;
}
