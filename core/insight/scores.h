#ifndef CA_INSIGHT_SCORES_H
#define CA_INSIGHT_SCORES_H

#include <stdint.h>

#include "core/base/arena.h"

/* Scores as they are counted: how often each value was given. Many audits have few different
 * scores, so this stays small however many there are. Zeroed is empty. */
struct ca_scores {
    struct ca_score_count {
        int32_t score; /* hundredths */
        int64_t count;
    } * items; /* ascending, each score once */
    size_t item_count;
    int64_t count; /* of all */
};

void ca_scores_add(struct ca_arena *arena, struct ca_scores *scores, int32_t score);

/*
 * The score below which so many quarters of all lie, in hundredths: with n scores in ascending
 * order and k = n × quarters ÷ 4, the score at k rounded up; where k is whole, the mean of that
 * and the next one, half up. Of 2 quarters it is the usual median. There must be a score.
 */
int32_t ca_scores_quartile(const struct ca_scores *scores, int quarters);

#endif
