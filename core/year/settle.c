/*
 * Which of the fairest ways: how it is found without trying each pair of auditor and case.
 *
 * How fair a way is only changes when a case's passing on from one to the next ends at somebody
 * whose load is lower by two. So let the level of an auditor be the highest load of all from
 * whom ways lead to them. A fairest way never has a case go to an auditor of another level;
 * each of a level has the load that the level says, or one less (or less still, if they have
 * no room for more, and then always the same); and whatever keeps to this is as fair. What is
 * left is to go around in circles within a level: cases are passed on, and a load that falls by
 * one is made good by another that rises, through the place of the scales.
 *
 * A pair can be taken if and only if there is such a circle through it, that is, if a way leads
 * from its auditor to the one who holds its case now (the case itself is the way back). Who can
 * reach whom both ways is one circle of auditors; circles only break into smaller ones as cases
 * are fixed, so that they are only found anew when a pair is to be taken.
 */
#include "core/year/settle.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/store/record.h"

struct settling {
    struct ca_holding *holding;
    int64_t *levels;  /* by auditor */
    size_t *circles;  /* by place: the number of its circle */
    size_t *finished; /* places in the order in which the search was through with them */
    size_t finished_count;
    uint64_t *left;  /* places to be looked at */
    uint64_t *start; /* of a search; empty otherwise */
    bool stale;      /* a case was fixed since circles were found */
};

/* ---- levels ---- */

struct loaded {
    int64_t load;
    size_t auditor;
};

static int compare_loads(const void *a, const void *b)
{
    const struct loaded *one = a, *other = b;

    if (one->load != other->load)
        return one->load > other->load ? -1 : 1;
    return one->auditor < other->auditor ? -1 : 1;
}

/* Ways are followed from the highest load down; whoever is reached is of that level. */
static void find_levels(struct ca_arena *arena, struct settling *s)
{
    struct ca_holding *h = s->holding;
    const size_t auditors = h->share->auditor_count;
    struct loaded *order = CA_ARRAY(arena, auditors, struct loaded);
    uint64_t *known = CA_ARRAY(arena, h->words, uint64_t);

    for (size_t i = 0; i < auditors; i++)
        order[i] = (struct loaded){h->loads[i], i};
    qsort(order, auditors, sizeof *order, compare_loads);
    for (size_t i = 0; i < auditors; i++) {
        size_t reached;
        if (ca_bits_has(known, order[i].auditor))
            continue;
        ca_bits_put(s->start, order[i].auditor, true);
        reached = ca_holding_search(h, s->start, CA_NO_BIT);
        ca_bits_put(s->start, order[i].auditor, false);
        for (size_t k = 0; k < reached; k++) {
            if (ca_bits_has(known, h->queue[k]))
                continue;
            s->levels[h->queue[k]] = order[i].load;
            ca_bits_put(known, h->queue[k], true);
        }
    }
}

/* Cases stay on their level from now on. */
static void keep_to_levels(struct ca_arena *arena, const struct settling *s)
{
    struct ca_holding *h = s->holding;
    const size_t auditors = h->share->auditor_count;
    uint64_t *same = CA_ARRAY(arena, h->words, uint64_t);

    for (size_t i = 0; i < h->share->case_count; i++) {
        for (size_t k = 0; k < auditors; k++)
            ca_bits_put(same, k, s->levels[k] == s->levels[h->holders[i]]);
        ca_holding_narrow(h, i, same);
    }
}

/* Loads may be what the level says, or one less. */
static void set_scales(const struct settling *s)
{
    struct ca_holding *h = s->holding;
    const size_t scales = h->places - 1;

    for (size_t i = 0; i < scales; i++) {
        const int64_t most = h->share->auditors[i].most, load = h->loads[i];
        ca_holding_put_way(h, scales, i, load == s->levels[i]);
        ca_holding_put_way(h, i, scales,
                           load == s->levels[i] - 1 && (most == CA_NO_MOST || load < most));
    }
}

/* ---- circles: the strongly connected components of the ways (Kosaraju) ---- */

static void go_on(struct settling *s, size_t place)
{
    const struct ca_holding *h = s->holding;
    const uint64_t *on = &h->on[place * h->words];

    ca_bits_put(s->left, place, false);
    for (size_t i = 0; i < h->words; i++)
        while ((on[i] & s->left[i]) != 0)
            go_on(s, i * 64 + (size_t)__builtin_ctzll(on[i] & s->left[i]));
    s->finished[s->finished_count++] = place;
}

static void go_back(struct settling *s, size_t place, size_t circle)
{
    const struct ca_holding *h = s->holding;
    const uint64_t *back = &h->back[place * h->words];

    ca_bits_put(s->left, place, false);
    s->circles[place] = circle;
    for (size_t i = 0; i < h->words; i++)
        while ((back[i] & s->left[i]) != 0)
            go_back(s, i * 64 + (size_t)__builtin_ctzll(back[i] & s->left[i]), circle);
}

static void find_circles(struct settling *s)
{
    const size_t places = s->holding->places;
    size_t circles = 0;

    s->finished_count = 0;
    for (size_t i = 0; i < places; i++)
        ca_bits_put(s->left, i, true);
    for (size_t i = 0; i < places; i++)
        if (ca_bits_has(s->left, i))
            go_on(s, i);
    for (size_t i = 0; i < places; i++)
        ca_bits_put(s->left, i, true);
    for (size_t i = places; i-- > 0;)
        if (ca_bits_has(s->left, s->finished[i]))
            go_back(s, s->finished[i], circles++);
    s->stale = false;
}

/* ---- pairs ---- */

/* The beginning of a SHA-256 is as good as the whole: nobody knows two that agree in 128 bits.
 */
struct pair {
    uint64_t key, more;
    uint32_t auditor, case_index;
};

static bool can_be(const struct settling *s, size_t case_index, size_t auditor)
{
    return s->circles[auditor] == s->circles[s->holding->holders[case_index]] &&
           ca_bits_has(ca_holding_may(s->holding, case_index), auditor);
}

static uint64_t from_bytes(const uint8_t *bytes)
{
    uint64_t value = 0;

    for (size_t i = 0; i < sizeof value; i++)
        value = value << 8 | bytes[i];
    return value;
}

static size_t count_pairs(const struct settling *s)
{
    const struct ca_share *share = s->holding->share;
    size_t count = 0;

    for (size_t i = 0; i < share->auditor_count; i++)
        for (size_t k = 0; k < share->case_count; k++)
            count += can_be(s, k, i);
    return count;
}

/* Those that a fairest way may have, in the order in which they are taken. */
static struct pair *make_pairs(const struct settling *s, size_t count)
{
    const struct ca_share *share = s->holding->share;
    struct pair *pairs = ca_xcalloc(count, sizeof *pairs), *next = pairs;
    struct ca_buffer text = {0};
    uint8_t digest[CA_SHA256_SIZE];

    for (size_t i = 0; i < share->auditor_count; i++) {
        size_t beginning;
        ca_buffer_clear(&text);
        ca_buffer_printf(&text, "%s\n%s\n", share->seed, share->auditors[i].code);
        beginning = text.length;
        for (size_t k = 0; k < share->case_count; k++) {
            if (!can_be(s, k, i))
                continue;
            text.length = beginning;
            ca_buffer_puts(&text, share->cases[k]);
            ca_sha256(text.data, text.length, digest);
            *next++ = (struct pair){from_bytes(digest), from_bytes(digest + 8), (uint32_t)i,
                                    (uint32_t)k};
        }
    }
    ca_buffer_free(&text);
    return pairs;
}

/* ---- their order ---- */

/* Pairs lie in drawers by the first bits of their keys, and a drawer is put in order when its
 * turn comes: there may be millions of pairs, of which the last are seldom needed. */
enum { DRAWER_BITS = 12, DRAWERS = 1 << DRAWER_BITS };

static size_t drawer_of(const struct pair *pair)
{
    return (size_t)(pair->key >> (64 - DRAWER_BITS));
}

/* Each pair is put into its drawer, in exchange for the one that lies there. ends[d] is where
 * drawer d ends. */
static void fill_drawers(struct pair *pairs, size_t count, size_t ends[DRAWERS])
{
    size_t next[DRAWERS];

    memset(ends, 0, DRAWERS * sizeof *ends);
    for (size_t i = 0; i < count; i++)
        ends[drawer_of(&pairs[i])]++;
    for (size_t d = 0, end = 0; d < DRAWERS; d++) {
        next[d] = end;
        ends[d] = end += ends[d];
    }
    for (size_t d = 0; d < DRAWERS; d++)
        while (next[d] < ends[d]) {
            struct pair *here = &pairs[next[d]], pair = *here;
            const size_t to = drawer_of(here);
            *here = pairs[next[to]];
            pairs[next[to]++] = pair;
        }
}

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *one = a, *other = b;

    if (one->key != other->key)
        return one->key < other->key ? -1 : 1;
    return one->more < other->more ? -1 : one->more > other->more;
}

/* ---- taking them ---- */

/* The holder's load must not change, and so the auditor passes a case on until one comes to the
 * holder. */
static void go_round(struct settling *s, const struct pair *pair)
{
    struct ca_holding *h = s->holding;
    const size_t holder = h->holders[pair->case_index];

    ca_bits_put(s->start, pair->auditor, true);
    (void)ca_holding_search(h, s->start, holder);
    ca_bits_put(s->start, pair->auditor, false);
    (void)ca_holding_pass_on(h, holder);
    ca_holding_give(h, pair->case_index, pair->auditor);
    set_scales(s);
}

/* Is it there to be taken, and taken? */
static bool take(struct settling *s, const struct pair *pair)
{
    struct ca_holding *h = s->holding;

    if (h->fixed[pair->case_index] || !can_be(s, pair->case_index, pair->auditor))
        return false;
    if (h->holders[pair->case_index] != pair->auditor) {
        if (s->stale)
            find_circles(s);
        if (!can_be(s, pair->case_index, pair->auditor))
            return false;
        go_round(s, pair);
    }
    ca_holding_fix(h, pair->case_index);
    s->stale = true;
    return true;
}

static void take_pairs(struct settling *s, struct pair *pairs, size_t count)
{
    size_t ends[DRAWERS], left = s->holding->share->case_count, next = 0;

    fill_drawers(pairs, count, ends);
    for (size_t d = 0; d < DRAWERS && left > 0; d++) {
        qsort(&pairs[next], ends[d] - next, sizeof *pairs, compare_pairs);
        for (; next < ends[d]; next++)
            left -= take(s, &pairs[next]);
    }
}

void ca_share_settle(struct ca_arena *arena, struct ca_holding *holding)
{
    const size_t places = holding->places;
    struct settling s = {.holding = holding,
                         .levels = CA_ARRAY(arena, places, int64_t),
                         .circles = CA_ARRAY(arena, places, size_t),
                         .finished = CA_ARRAY(arena, places, size_t),
                         .left = CA_ARRAY(arena, holding->words, uint64_t),
                         .start = CA_ARRAY(arena, holding->words, uint64_t)};
    struct pair *pairs;
    size_t count;

    find_levels(arena, &s);
    keep_to_levels(arena, &s);
    set_scales(&s);
    find_circles(&s);
    count = count_pairs(&s);
    pairs = make_pairs(&s, count);
    take_pairs(&s, pairs, count);
    free(pairs);
}
