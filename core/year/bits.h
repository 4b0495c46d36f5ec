#ifndef CA_YEAR_BITS_H
#define CA_YEAR_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sets of small numbers, 64 to a word: so many auditors are looked at in one step. */

#define CA_NO_BIT ((size_t)-1)

/* Words that hold the numbers below count. */
static inline size_t ca_bits_words(size_t count)
{
    return (count + 63) / 64;
}

static inline bool ca_bits_has(const uint64_t *bits, size_t which)
{
    return (bits[which / 64] >> which % 64 & 1) != 0;
}

static inline void ca_bits_put(uint64_t *bits, size_t which, bool in)
{
    const uint64_t bit = (uint64_t)1 << which % 64;

    bits[which / 64] = in ? bits[which / 64] | bit : bits[which / 64] & ~bit;
}

/* The first number from on that is in the set and not in but (NULL: nothing), or CA_NO_BIT. */
static inline size_t ca_bits_next(const uint64_t *bits, const uint64_t *but, size_t words,
                                  size_t from)
{
    for (size_t i = from / 64; i < words; i++) {
        uint64_t word = but != NULL ? bits[i] & ~but[i] : bits[i];
        if (i == from / 64)
            word &= ~(uint64_t)0 << from % 64;
        if (word != 0)
            return i * 64 + (size_t)__builtin_ctzll(word);
    }
    return CA_NO_BIT;
}

#endif
