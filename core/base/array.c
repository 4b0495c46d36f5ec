/* Arrays that grow by doubling; when they are full is seen from the count alone. */
#include "core/base/array.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { LEAST = 8 };

static bool is_full(size_t count)
{
    return count == 0 || (count >= LEAST && (count & (count - 1)) == 0);
}

static void *moved(struct ca_arena *arena, const void *items, size_t count, size_t room,
                   size_t size)
{
    void *more;

    if (arena == NULL)
        return ca_xrealloc((void *)items, room, size);
    more = ca_arena_array(arena, room, size);
    if (count > 0)
        memcpy(more, items, count * size);
    return more;
}

void *ca_array_more(struct ca_arena *arena, const void *items, size_t count, size_t size)
{
    char *more = (char *)items;

    if (count > SIZE_MAX / 2)
        ca_out_of_memory();
    if (is_full(count))
        more = moved(arena, items, count, count < LEAST ? LEAST : 2 * count, size);
    memset(more + count * size, 0, size);
    return more;
}
