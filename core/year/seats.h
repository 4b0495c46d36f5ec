#ifndef CA_YEAR_SEATS_H
#define CA_YEAR_SEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"

/*
 * How many cases each stratum gives to a sample of size cases, which is at most what all strata
 * have together (statistics, "Choosing cases at random"). cases and seats are by stratum, in
 * the order of the strata's names, which decides between equals. Shares of size × stratum ÷
 * frame go first in whole parts and then by largest remainder, past strata that are full. With
 * each, every stratum has one seat before that while seats last, the largest first, and the
 * rest is shared.
 */
void ca_seats_share(struct ca_arena *arena, const int64_t *cases, size_t strata, int64_t size,
                    bool each, int64_t *seats);

#endif
