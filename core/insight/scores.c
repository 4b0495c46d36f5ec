/* The median and the quartiles of scores. */
#include "core/insight/scores.h"

#include <string.h>

#include "core/base/array.h"

/* The first place whose score is this one or higher. */
static size_t place_of(const struct ca_scores *scores, int32_t score)
{
    size_t low = 0, high = scores->item_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (scores->items[middle].score < score)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void ca_scores_add(struct ca_arena *arena, struct ca_scores *scores, int32_t score)
{
    size_t at = place_of(scores, score);

    if (at == scores->item_count || scores->items[at].score != score) {
        (void)CA_ARENA_APPEND(arena, scores->items, scores->item_count);
        memmove(scores->items + at + 1, scores->items + at,
                (scores->item_count - 1 - at) * sizeof *scores->items);
        scores->items[at] = (struct ca_score_count){score, 0};
    }
    scores->items[at].count++;
    scores->count++;
}

/* The score at a place in ascending order, from 1. */
static int32_t score_at(const struct ca_scores *scores, int64_t place)
{
    size_t i = 0;

    while (i + 1 < scores->item_count && place > scores->items[i].count)
        place -= scores->items[i++].count;
    return scores->items[i].score;
}

int32_t ca_scores_quartile(const struct ca_scores *scores, int quarters)
{
    int64_t fourfold = scores->count * quarters, place = (fourfold + 3) / 4;

    if (fourfold % 4 != 0)
        return score_at(scores, place);
    return (score_at(scores, place) + score_at(scores, place + 1) + 1) / 2;
}
