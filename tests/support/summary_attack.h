#ifndef CA_TESTS_SUMMARY_ATTACK_H
#define CA_TESTS_SUMMARY_ATTACK_H

#include "core/insight/summary.h"

/* Someone who reads a public summary and tries to work out what it withholds. */
enum { ATTACK_THRESHOLD = 5 };

struct sum {
    size_t *terms; /* total, then its parts */
    size_t count;
};

struct attack {
    struct ca_arena *arena;
    size_t count;      /* of cells */
    const char **name; /* for the report */
    bool *known;       /* printed */
    bool *conceded;
    bool
        *open; /* its denominators are printed: nothing but itself is a reason to withhold it */
    int64_t *truth;
    struct sum *sums;
    size_t sum_count;
};

/*
 * Reads all counts of a public summary; truth is the same summary with nothing withheld.
 * The test fails if a small count is printed, or a figure that gives a withheld one away
 * by itself. Free its arena.
 */
struct attack *attack_read(const struct ca_summary *shown, const struct ca_summary *truth);

/* How many withheld counts follow from the printed ones; *what is one of them. */
size_t attack_solve(struct attack *attack, const char **what);

/*
 * How many withheld counts can be one integer only: what is withheld with its denominators
 * printed is at least 1, and at most the threshold where that is why; nothing is negative; and
 * each sum bounds its terms by the others, again until nothing changes.
 */
size_t attack_bounds(struct attack *attack, const char **what);

#define ATTACK_REST "a rest" /* the name of what is in no figure */

#endif
