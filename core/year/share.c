/*
 * Sharing cases out, as fairly as can be: an optimal semi-matching (Harvey, Ladner, Lovász,
 * Tamir 2006, "Semi-matchings for bipartite graphs and load balancing") with a limit to what
 * each auditor has. One case after the other comes in: it goes to the auditor with the least
 * load and room for one more among all whom it can reach, by cases being passed on. No cheaper
 * way to take one case more exists, and so the loads are the fairest at every step.
 */
#include "core/year/share.h"

#include <stdlib.h>
#include <string.h>

#include "core/year/holding.h"
#include "core/year/settle.h"

void ca_share_init(struct ca_arena *arena, struct ca_share *share)
{
    share->words = ca_bits_words(share->auditor_count + 1);
    share->may = CA_ARRAY(arena, share->case_count * share->words, uint64_t);
}

/* ---- in which order ---- */

/* What comes earlier has fewer who may take it; of equals the id decides. */
struct turn {
    const char *id;
    size_t choice, index;
};

static int compare_turns(const void *a, const void *b)
{
    const struct turn *one = a, *other = b;

    if (one->choice != other->choice)
        return one->choice < other->choice ? -1 : 1;
    return strcmp(one->id, other->id);
}

/* Those with the least choice come first, because a shortage then shows in few cases. */
static struct turn *in_order(struct ca_arena *arena, const struct ca_share *share)
{
    struct turn *turns = CA_ARRAY(arena, share->case_count, struct turn);

    for (size_t i = 0; i < share->case_count; i++) {
        turns[i] = (struct turn){.id = share->cases[i], .index = i};
        for (size_t k = 0; k < share->words; k++)
            turns[i].choice += (size_t)__builtin_popcountll(share->may[i * share->words + k]);
    }
    qsort(turns, share->case_count, sizeof *turns, compare_turns);
    return turns;
}

/* ---- a shortage ---- */

/*
 * All whom the case can reach have no room: they and what they hold, with the case itself, are
 * one case too many. Any case less, and a way to a place that is free would be there.
 */
static struct ca_shortage shortage_of(struct ca_arena *arena, const struct ca_holding *holding,
                                      size_t case_index, size_t reached)
{
    const struct ca_share *share = holding->share;
    struct turn *cases = CA_ARRAY(arena, share->case_count, struct turn);
    struct turn *auditors = CA_ARRAY(arena, reached, struct turn);
    struct ca_shortage found = {.auditor_count = reached};

    cases[found.case_count++] = (struct turn){share->cases[case_index], 0, case_index};
    for (size_t i = 0; i < share->case_count; i++)
        if (holding->holders[i] != CA_NO_BIT && ca_bits_has(holding->seen, holding->holders[i]))
            cases[found.case_count++] = (struct turn){share->cases[i], 0, i};
    for (size_t i = 0; i < reached; i++)
        auditors[i] =
            (struct turn){share->auditors[holding->queue[i]].code, 0, holding->queue[i]};
    qsort(cases, found.case_count, sizeof *cases, compare_turns);
    qsort(auditors, reached, sizeof *auditors, compare_turns);
    found.cases = CA_ARRAY(arena, found.case_count, size_t);
    found.auditors = CA_ARRAY(arena, reached, size_t);
    for (size_t i = 0; i < found.case_count; i++)
        found.cases[i] = cases[i].index;
    for (size_t i = 0; i < reached; i++)
        found.auditors[i] = auditors[i].index;
    return found;
}

/* ---- the fairest loads ---- */

static bool has_room(const struct ca_holding *holding, size_t auditor)
{
    const int64_t most = holding->share->auditors[auditor].most;

    return most == CA_NO_MOST || holding->loads[auditor] < most;
}

/* The least loaded with room among so many who were reached, or CA_NO_BIT. */
static size_t least_loaded(const struct ca_holding *holding, size_t reached)
{
    size_t best = CA_NO_BIT;

    for (size_t i = 0; i < reached; i++) {
        const size_t next = holding->queue[i];
        if (has_room(holding, next) &&
            (best == CA_NO_BIT || holding->loads[next] < holding->loads[best]))
            best = next;
    }
    return best;
}

bool ca_share_out(struct ca_arena *arena, const struct ca_share *share, size_t *holders,
                  struct ca_shortage *shortage)
{
    const struct turn *turns = in_order(arena, share);
    struct ca_holding holding;

    ca_holding_init(arena, share, &holding);
    for (size_t i = 0; i < share->case_count; i++) {
        const size_t next = turns[i].index;
        const size_t reached =
            ca_holding_search(&holding, ca_holding_may(&holding, next), CA_NO_BIT);
        const size_t last = least_loaded(&holding, reached);
        if (last == CA_NO_BIT) {
            *shortage = shortage_of(arena, &holding, next, reached);
            return false;
        }
        ca_holding_give(&holding, next, ca_holding_pass_on(&holding, last));
    }
    ca_share_settle(arena, &holding);
    memcpy(holders, holding.holders, share->case_count * sizeof *holders);
    return true;
}
