#ifndef CA_BASE_PACK_H
#define CA_BASE_PACK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/buffer.h"

/*
 * Numbers and texts in few bytes: an integer takes one byte up to ±63, seven
 * bits a byte beyond; a text its length, its bytes and a zero, so that it can
 * be used where it lies.
 */
void ca_pack_int(struct ca_buffer *out, int64_t value);
void ca_pack_text(struct ca_buffer *out, const char *text); /* NULL stays NULL */
void ca_pack_bytes(struct ca_buffer *out, const void *bytes, size_t length);

/* Reading stops at the first thing that is not as it was packed: good turns false, and
 * everything read from then on is 0 or NULL. */
struct ca_unpack {
    const char *at, *end;
    bool good;
};

int64_t ca_unpack_int(struct ca_unpack *in);
/* An integer that must lie within the range. */
int64_t ca_unpack_range(struct ca_unpack *in, int64_t least, int64_t most);
const char *ca_unpack_text(struct ca_unpack *in); /* borrowed from the bytes */
const char *ca_unpack_bytes(struct ca_unpack *in, size_t *length);
/* A count of things that take at least a byte each, so that no short run of bytes can
 * ask for much memory. */
size_t ca_unpack_count(struct ca_unpack *in);

/*
 * Packing and unpacking as one walk over the members, in one of two directions, so that
 * they cannot come apart: out is set for the one, in and arena for the other.
 */
struct ca_walk {
    struct ca_buffer *out;
    struct ca_unpack *in;
    struct ca_arena *arena;
};

void ca_walk_integer(const struct ca_walk *walk, int64_t *value);
void ca_walk_int(const struct ca_walk *walk, int *value);
void ca_walk_unsigned(const struct ca_walk *walk, unsigned *value);
/* An index, of which SIZE_MAX is none. */
void ca_walk_index(const struct ca_walk *walk, size_t *value);
void ca_walk_flag(const struct ca_walk *walk, bool *value);
void ca_walk_text(const struct ca_walk *walk, const char **value); /* borrowed */
/* The length of an array, and when unpacking its room, zeroed, of size bytes each. An element
 * has so many members, of which each takes a byte at least: a length that what is left cannot
 * hold is refused, so that few bytes never ask for much memory. */
void ca_walk_array(const struct ca_walk *walk, void **items, size_t *count, size_t size,
                   unsigned members);

#endif
