#ifndef CA_BASE_MAP_H
#define CA_BASE_MAP_H

#include <stddef.h>

#include "core/base/arena.h"

/* From ids to indexes, by hashing, so that no look-up is ever linear. Lives
 * in an arena; keys are borrowed. */
struct ca_map;

#define CA_NOT_FOUND ((size_t)-1)

struct ca_map *ca_map_new(struct ca_arena *arena, size_t expected);
/* Returns CA_NOT_FOUND when stored, or the index already there (kept). */
size_t ca_map_put(struct ca_map *map, const char *key, size_t value);
size_t ca_map_get(const struct ca_map *map, const char *key);

#endif
