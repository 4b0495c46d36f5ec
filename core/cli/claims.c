/* Which return ids the inputs of one run have had so far. */
#include "core/cli/claims.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"

enum { FEWEST = 1024 };

struct ca_claim {
    uint64_t id; /* 0: an empty slot */
    size_t input;
};

/* In place of the input, once there are two. */
#define TWO SIZE_MAX

/* FNV-1a, over small letters: R-1 and r-1 are one id to a person. */
uint64_t ca_claim_hash(const char *id)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    if (id == NULL)
        return 0;
    for (; *id != '\0'; id++)
        hash = (hash ^
                (*id >= 'A' && *id <= 'Z' ? (unsigned char)(*id + 32) : (unsigned char)*id)) *
               UINT64_C(0x100000001b3);
    return hash != 0 ? hash : 1;
}

/* The slot of that id, or the empty one where it belongs. */
static struct ca_claim *find(const struct ca_claims *claims, uint64_t id)
{
    size_t at = (id ^ id >> 32) & (claims->capacity - 1);

    while (claims->slots[at].id != 0 && claims->slots[at].id != id)
        at = (at + 1) & (claims->capacity - 1);
    return &claims->slots[at];
}

static void grow(struct ca_claims *claims)
{
    struct ca_claim *old = claims->slots;
    const size_t before = claims->capacity;

    claims->capacity = before > 0 ? 2 * before : FEWEST;
    claims->slots = ca_xcalloc(claims->capacity, sizeof *claims->slots);
    for (size_t i = 0; i < before; i++)
        if (old[i].id != 0)
            *find(claims, old[i].id) = old[i];
    free(old);
}

bool ca_claims_note(struct ca_claims *claims, const struct ca_inputs *inputs, size_t input,
                    uint64_t id)
{
    struct ca_claim *slot;

    if (id == 0)
        return false;
    if (2 * claims->count >= claims->capacity)
        grow(claims);
    slot = find(claims, id);
    if (slot->id != 0) {
        if (slot->input != TWO && strcmp(inputs->paths[slot->input], inputs->paths[input]) != 0)
            slot->input = TWO;
        return slot->input == TWO;
    }
    *slot = (struct ca_claim){id, input};
    claims->count++;
    return false;
}

bool ca_claims_twice(const struct ca_claims *claims, uint64_t id)
{
    const struct ca_claim *slot = id != 0 && claims->capacity > 0 ? find(claims, id) : NULL;

    return slot != NULL && slot->id != 0 && slot->input == TWO;
}

void ca_claims_free(struct ca_claims *claims)
{
    free(claims->slots);
    *claims = (struct ca_claims){0};
}
