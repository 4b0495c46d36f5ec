/* Who holds which case while they are shared out, and who could pass one on to whom. */
#include "core/year/holding.h"

#include <string.h>

void ca_holding_init(struct ca_arena *arena, const struct ca_share *share,
                     struct ca_holding *holding)
{
    const size_t cases = share->case_count, places = share->auditor_count + 1;
    const size_t words = share->words;

    *holding = (struct ca_holding){.share = share,
                                   .places = places,
                                   .words = words,
                                   .may = CA_ARRAY(arena, cases * words, uint64_t),
                                   .holders = CA_ARRAY(arena, cases, size_t),
                                   .loads = CA_ARRAY(arena, places, int64_t),
                                   .fixed = CA_ARRAY(arena, cases, bool),
                                   .ways = CA_ARRAY(arena, places * places, uint32_t),
                                   .on = CA_ARRAY(arena, places * words, uint64_t),
                                   .back = CA_ARRAY(arena, places * words, uint64_t),
                                   .first = CA_ARRAY(arena, places, size_t),
                                   .next = CA_ARRAY(arena, cases, size_t),
                                   .before = CA_ARRAY(arena, cases, size_t),
                                   .from = CA_ARRAY(arena, places, size_t),
                                   .queue = CA_ARRAY(arena, places, size_t),
                                   .seen = CA_ARRAY(arena, words, uint64_t)};
    memcpy(holding->may, share->may, cases * words * sizeof *share->may);
    for (size_t i = 0; i < cases; i++)
        holding->holders[i] = CA_NO_BIT;
    for (size_t i = 0; i < places; i++)
        holding->first[i] = CA_NO_BIT;
    for (size_t i = 0; i < share->auditor_count; i++)
        holding->loads[i] = share->auditors[i].returned;
}

void ca_holding_put_way(struct ca_holding *holding, size_t from, size_t to, bool there)
{
    ca_bits_put(&holding->on[from * holding->words], to, there);
    ca_bits_put(&holding->back[to * holding->words], from, there);
}

/* The case's holder can pass it on (or no longer can) to all who may take it. */
static void count_ways(struct ca_holding *holding, size_t case_index, bool there)
{
    const uint64_t *may = ca_holding_may(holding, case_index);
    const size_t from = holding->holders[case_index];
    uint32_t *ways = &holding->ways[from * holding->places];

    for (size_t to = ca_bits_next(may, NULL, holding->words, 0); to != CA_NO_BIT;
         to = ca_bits_next(may, NULL, holding->words, to + 1)) {
        ways[to] += there ? 1U : -1U;
        if (ways[to] == (there ? 1 : 0))
            ca_holding_put_way(holding, from, to, there);
    }
}

static void unlink_case(struct ca_holding *holding, size_t case_index)
{
    const size_t next = holding->next[case_index], before = holding->before[case_index];

    if (before == CA_NO_BIT)
        holding->first[holding->holders[case_index]] = next;
    else
        holding->next[before] = next;
    if (next != CA_NO_BIT)
        holding->before[next] = before;
}

void ca_holding_give(struct ca_holding *holding, size_t case_index, size_t auditor)
{
    const size_t first = holding->first[auditor];

    if (holding->holders[case_index] != CA_NO_BIT) {
        count_ways(holding, case_index, false);
        unlink_case(holding, case_index);
        holding->loads[holding->holders[case_index]]--;
    }
    holding->holders[case_index] = auditor;
    holding->loads[auditor]++;
    holding->before[case_index] = CA_NO_BIT;
    holding->next[case_index] = first;
    if (first != CA_NO_BIT)
        holding->before[first] = case_index;
    holding->first[auditor] = case_index;
    count_ways(holding, case_index, true);
}

void ca_holding_narrow(struct ca_holding *holding, size_t case_index, const uint64_t *set)
{
    uint64_t *may = ca_holding_may(holding, case_index);

    count_ways(holding, case_index, false);
    for (size_t i = 0; i < holding->words; i++)
        may[i] &= set[i];
    count_ways(holding, case_index, true);
}

void ca_holding_fix(struct ca_holding *holding, size_t case_index)
{
    count_ways(holding, case_index, false);
    unlink_case(holding, case_index);
    holding->fixed[case_index] = true;
}

/* Those of the set that were not reached before are reached from there. */
static size_t reach(struct ca_holding *holding, const uint64_t *set, size_t from, size_t count)
{
    size_t to;

    while ((to = ca_bits_next(set, holding->seen, holding->words, 0)) != CA_NO_BIT) {
        ca_bits_put(holding->seen, to, true);
        holding->from[to] = from;
        holding->queue[count++] = to;
    }
    return count;
}

size_t ca_holding_search(struct ca_holding *holding, const uint64_t *start, size_t target)
{
    size_t count;

    memset(holding->seen, 0, holding->words * sizeof *holding->seen);
    count = reach(holding, start, CA_NO_BIT, 0);
    for (size_t i = 0; i < count; i++) {
        const size_t place = holding->queue[i];
        if (target != CA_NO_BIT && ca_bits_has(holding->seen, target))
            break;
        count = reach(holding, &holding->on[place * holding->words], place, count);
    }
    return count;
}

/* A case that from holds and to may take; there is one. */
static size_t case_between(const struct ca_holding *holding, size_t from, size_t to)
{
    size_t found = holding->first[from];

    while (!ca_bits_has(ca_holding_may(holding, found), to))
        found = holding->next[found];
    return found;
}

size_t ca_holding_pass_on(struct ca_holding *holding, size_t last)
{
    const size_t scales = holding->places - 1;

    for (size_t from; (from = holding->from[last]) != CA_NO_BIT; last = from)
        if (from != scales && last != scales)
            ca_holding_give(holding, case_between(holding, from, last), last);
    return last;
}
