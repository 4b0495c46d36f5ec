/* Strings to indexes. */
#include "core/base/map.h"

#include <stdint.h>
#include <string.h>

struct slot {
    const char *key; /* NULL where free */
    uint64_t hash;
    size_t value;
};

/* Open addressing over a power of two, at most half full. */
struct ca_map {
    struct ca_arena *arena;
    struct slot *slots;
    size_t size;
    size_t used;
};

/* FNV-1a, with its bits mixed once more, since the low ones choose the slot. */
static uint64_t hash_of(const char *key)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (; *key != '\0'; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(0x100000001b3);
    return hash ^ hash >> 32;
}

struct ca_map *ca_map_new(struct ca_arena *arena, size_t expected)
{
    struct ca_map *map = CA_NEW(arena, struct ca_map);

    map->arena = arena;
    map->size = 16;
    while (map->size / 2 < expected)
        map->size *= 2;
    map->slots = CA_ARRAY(arena, map->size, struct slot);
    return map;
}

/* The slot that holds key, or the free one where it would go. */
static struct slot *find(const struct ca_map *map, const char *key, uint64_t hash)
{
    size_t at = hash & (map->size - 1);

    while (map->slots[at].key != NULL &&
           (map->slots[at].hash != hash || strcmp(map->slots[at].key, key) != 0))
        at = (at + 1) & (map->size - 1);
    return &map->slots[at];
}

static void grow(struct ca_map *map)
{
    const struct slot *old = map->slots;
    const size_t old_size = map->size;

    map->size *= 2;
    map->slots = CA_ARRAY(map->arena, map->size, struct slot);
    for (size_t i = 0; i < old_size; i++) {
        if (old[i].key != NULL)
            *find(map, old[i].key, old[i].hash) = old[i];
    }
}

size_t ca_map_put(struct ca_map *map, const char *key, size_t value)
{
    const uint64_t hash = hash_of(key);
    struct slot *slot = find(map, key, hash);

    if (slot->key != NULL)
        return slot->value;
    if (map->used == map->size / 2) {
        grow(map);
        slot = find(map, key, hash);
    }
    *slot = (struct slot){.key = key, .hash = hash, .value = value};
    map->used++;
    return CA_NOT_FOUND;
}

size_t ca_map_get(const struct ca_map *map, const char *key)
{
    const struct slot *slot = find(map, key, hash_of(key));

    return slot->key != NULL ? slot->value : CA_NOT_FOUND;
}
