/* Seats of strata in a sample, by largest remainder. */
#include "core/year/seats.h"

#include <stdlib.h>

/* A stratum, and what decides when its turn comes. */
struct turn {
    int64_t weight;
    size_t stratum;
};

/* The heaviest first, of equals the one whose name comes first. */
static int compare_turns(const void *a, const void *b)
{
    const struct turn *one = a, *other = b;

    if (one->weight != other->weight)
        return one->weight > other->weight ? -1 : 1;
    return one->stratum < other->stratum ? -1 : 1;
}

/* Every stratum has one seat while there are any; how many are left. */
static int64_t seat_each(struct turn *turns, const int64_t *cases, size_t strata, int64_t size,
                         int64_t *seats)
{
    for (size_t i = 0; i < strata; i++)
        turns[i] = (struct turn){cases[i], i};
    qsort(turns, strata, sizeof *turns, compare_turns);
    for (size_t i = 0; i < strata && size > 0; i++, size--)
        seats[turns[i].stratum] = 1;
    return size;
}

/* Whole parts of the shares; how many seats are left. */
static int64_t seat_whole_parts(struct turn *turns, const int64_t *cases, size_t strata,
                                int64_t size, int64_t *seats)
{
    int64_t frame = 0, left = size;

    for (size_t i = 0; i < strata; i++)
        frame += cases[i];
    for (size_t i = 0; i < strata; i++) {
        int64_t share = size * cases[i];
        turns[i] = (struct turn){share % frame, i};
        seats[i] += share / frame;
        left -= share / frame;
    }
    return left;
}

void ca_seats_share(struct ca_arena *arena, const int64_t *cases, size_t strata, int64_t size,
                    bool each, int64_t *seats)
{
    struct turn *turns = CA_ARRAY(arena, strata, struct turn);
    int64_t left;

    for (size_t i = 0; i < strata; i++)
        seats[i] = 0;
    if (each)
        size = seat_each(turns, cases, strata, size, seats);
    left = seat_whole_parts(turns, cases, strata, size, seats);
    qsort(turns, strata, sizeof *turns, compare_turns);
    for (size_t i = 0; left > 0; i = (i + 1) % strata) {
        const size_t stratum = turns[i].stratum;
        if (seats[stratum] == cases[stratum])
            continue;
        seats[stratum]++;
        left--;
    }
}
