/* Sharing cases out, held to all ways there are (tests/year/ holds it to a second program). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/store/record.h"
#include "core/year/share.h"
#include "tests/unit/unit.h"

static struct ca_arena *arena;

static void setup(void)
{
    arena = ca_arena_new();
}

static void teardown(void)
{
    ca_arena_free(arena);
}

/* ---- what is shared out ---- */

/* C0, C1 and so on among A0, A1 and so on. */
struct sample {
    struct ca_share share;
    struct ca_share_auditor *auditors;
};

static struct sample sample_of(size_t cases, size_t auditors)
{
    struct sample s = {.auditors = CA_ARRAY(arena, auditors, struct ca_share_auditor)};
    const char **ids = CA_ARRAY(arena, cases, const char *);

    for (size_t i = 0; i < cases; i++)
        ids[i] = ca_arena_printf(arena, "C%zu", i);
    for (size_t i = 0; i < auditors; i++)
        s.auditors[i] =
            (struct ca_share_auditor){ca_arena_printf(arena, "A%zu", i), 0, CA_NO_MOST};
    s.share = (struct ca_share){.seed = "seed",
                                .auditors = s.auditors,
                                .auditor_count = auditors,
                                .cases = ids,
                                .case_count = cases};
    ca_share_init(arena, &s.share);
    return s;
}

static struct sample random_sample(uint64_t *state)
{
    struct sample s = sample_of(1 + unit_random(state) % 6, 1 + unit_random(state) % 4);
    const uint64_t dense = 1 + unit_random(state) % 10, tight = unit_random(state) % 3;

    s.share.seed = ca_arena_printf(arena, "%llu", (unsigned long long)unit_random(state));
    for (size_t i = 0; i < s.share.auditor_count; i++) {
        if (unit_random(state) % 3 == 0)
            s.auditors[i].returned = (int64_t)(unit_random(state) % 4);
        if (unit_random(state) % 2 < tight)
            s.auditors[i].most = (int64_t)(unit_random(state) % 5);
        for (size_t k = 0; k < s.share.case_count; k++)
            ca_share_allow(&s.share, k, i, unit_random(state) % 10 < dense);
    }
    return s;
}

/* ---- all ways there are ---- */

enum { MOST_CASES = 6, MOST_WAYS = 4096 };

/* Holders by case; false beyond the last way. */
static bool next_way(const struct ca_share *share, size_t *holders)
{
    size_t i = 0;

    for (; i < share->case_count && ++holders[i] == share->auditor_count; i++)
        holders[i] = 0;
    return i < share->case_count;
}

/* The sum of the squares of loads, or -1 where a rule is broken. Cases left out are not
 * looked at. */
static int64_t cost_of(const struct ca_share *share, const size_t *holders, size_t left_out)
{
    int64_t cost = 0;

    for (size_t i = 0; i < share->auditor_count; i++) {
        const struct ca_share_auditor *auditor = &share->auditors[i];
        int64_t load = auditor->returned;
        for (size_t k = 0; k < share->case_count; k++) {
            if (k == left_out || holders[k] != i)
                continue;
            if (!ca_share_allows(share, k, i))
                return -1;
            load++;
        }
        if (auditor->most != CA_NO_MOST && load > auditor->most && load > auditor->returned)
            return -1;
        cost += load * load;
    }
    return cost;
}

struct ways {
    int64_t cost;
    size_t count, holders[MOST_WAYS][MOST_CASES];
};

/* The cheapest ways, all of them. */
static void find_ways(const struct ca_share *share, size_t left_out, struct ways *out)
{
    size_t holders[MOST_CASES] = {0};

    out->count = 0;
    do {
        const int64_t cost = cost_of(share, holders, left_out);
        if (cost < 0 || (out->count > 0 && cost > out->cost))
            continue;
        if (out->count > 0 && cost < out->cost)
            out->count = 0;
        out->cost = cost;
        memcpy(out->holders[out->count++], holders, sizeof holders);
    } while (next_way(share, holders));
}

struct pair {
    char key[CA_SHA256_TEXT];
    size_t auditor, case_index;
};

static int compare_pairs(const void *a, const void *b)
{
    return strcmp(((const struct pair *)a)->key, ((const struct pair *)b)->key);
}

/* Pair by pair, only ways that have it are kept, if there are any. */
static void choose(const struct ca_share *share, struct ways *ways)
{
    struct pair pairs[MOST_CASES * 4];
    uint8_t digest[CA_SHA256_SIZE];
    size_t count = 0;

    for (size_t i = 0; i < share->auditor_count; i++)
        for (size_t k = 0; k < share->case_count; k++) {
            const char *text = ca_arena_printf(arena, "%s\n%s\n%s", share->seed,
                                               share->auditors[i].code, share->cases[k]);
            ca_sha256(text, strlen(text), digest);
            pairs[count] = (struct pair){.auditor = i, .case_index = k};
            ca_sha256_hex(digest, pairs[count++].key);
        }
    qsort(pairs, count, sizeof *pairs, compare_pairs);
    for (size_t i = 0; i < count; i++) {
        size_t kept = 0;
        for (int keep = 0; keep < 2; keep++) {
            for (size_t k = 0; k < ways->count; k++) {
                if (ways->holders[k][pairs[i].case_index] != pairs[i].auditor)
                    continue;
                if (keep)
                    memmove(ways->holders[kept], ways->holders[k], sizeof *ways->holders);
                kept++;
            }
            if (kept == 0)
                break;
            if (keep)
                ways->count = kept;
            else
                kept = 0;
        }
    }
}

/* ---- shortages ---- */

/* The cases cannot be shared out, and any but one of them can; nobody else may take them. */
static void check_shortage(const struct ca_share *share, const struct ca_shortage *shortage)
{
    struct ca_share part = *share;
    static struct ways ways;
    const char *ids[MOST_CASES];
    bool named[4] = {false};

    part.cases = ids;
    part.case_count = shortage->case_count;
    ca_share_init(arena, &part);
    for (size_t i = 0; i < shortage->auditor_count; i++)
        named[shortage->auditors[i]] = true;
    for (size_t i = 0; i < part.case_count; i++) {
        ids[i] = share->cases[shortage->cases[i]];
        for (size_t k = 0; k < share->auditor_count; k++) {
            const bool may = ca_share_allows(share, shortage->cases[i], k);
            ca_share_allow(&part, i, k, may);
            ck_assert(!may || named[k]);
        }
    }
    find_ways(&part, CA_NO_BIT, &ways);
    ck_assert_uint_eq(ways.count, 0);
    for (size_t i = 0; i < part.case_count; i++) {
        find_ways(&part, i, &ways);
        ck_assert_uint_ne(ways.count, 0);
    }
}

START_TEST(test_all_ways)
{
    static struct ways ways;
    const size_t rounds = unit_cases(30000, 3000, 300);
    uint64_t state = 17;
    size_t short_ones = 0, tied = 0;

    for (size_t round = 0; round < rounds; round++, ca_arena_reset(arena)) {
        struct sample s = random_sample(&state);
        size_t holders[MOST_CASES];
        struct ca_shortage shortage;
        const bool done = ca_share_out(arena, &s.share, holders, &shortage);
        find_ways(&s.share, CA_NO_BIT, &ways);
        if (done != (ways.count > 0))
            ck_abort_msg("round %zu: shared out, or not, wrongly", round);
        if (!done) {
            check_shortage(&s.share, &shortage);
            short_ones++;
            continue;
        }
        if (cost_of(&s.share, holders, CA_NO_BIT) != ways.cost)
            ck_abort_msg("round %zu: %lld instead of %lld", round,
                         (long long)cost_of(&s.share, holders, CA_NO_BIT),
                         (long long)ways.cost);
        tied += ways.count > 1;
        choose(&s.share, &ways);
        ck_assert_uint_eq(ways.count, 1);
        if (memcmp(holders, ways.holders[0], s.share.case_count * sizeof *holders) != 0)
            ck_abort_msg("round %zu: another of the fairest ways", round);
    }
    /* The rounds tell something only if they are of all kinds. */
    ck_assert_uint_gt(short_ones, rounds / 10);
    ck_assert_uint_gt(tied, rounds / 4);
}
END_TEST

/* ---- many cases ---- */

/* Numbers from 0, shuffled. */
static size_t *shuffled(size_t count, uint64_t *state)
{
    size_t *order = CA_ARRAY(arena, count, size_t);

    for (size_t i = 0; i < count; i++) {
        const size_t k = unit_random(state) % (i + 1);
        order[i] = order[k];
        order[k] = i;
    }
    return order;
}

/* The same sample with cases and auditors named in another order. */
static struct sample reordered(const struct sample *s, const size_t *cases,
                               const size_t *auditors)
{
    struct sample other = sample_of(s->share.case_count, s->share.auditor_count);
    const char **ids = CA_ARRAY(arena, s->share.case_count, const char *);

    for (size_t i = 0; i < s->share.auditor_count; i++)
        other.auditors[i] = s->auditors[auditors[i]];
    for (size_t i = 0; i < s->share.case_count; i++) {
        ids[i] = s->share.cases[cases[i]];
        for (size_t k = 0; k < s->share.auditor_count; k++)
            ca_share_allow(&other.share, i, k,
                           ca_share_allows(&s->share, cases[i], auditors[k]));
    }
    other.share.cases = ids;
    return other;
}

/* Teams of twenty, who do not audit their own cases, and a few who have been through some. */
static struct sample large_sample(uint64_t *state)
{
    struct sample s = sample_of(5000, 500);

    for (size_t i = 0; i < s.share.auditor_count; i++) {
        s.auditors[i].returned = (int64_t)(unit_random(state) % 20);
        if (i % 7 == 0)
            s.auditors[i].most = 8;
    }
    for (size_t i = 0; i < s.share.case_count; i++)
        for (size_t k = 0; k < s.share.auditor_count; k++)
            ca_share_allow(&s.share, i, k, k / 20 != i / 200 && unit_random(state) % 50 != 0);
    return s;
}

START_TEST(test_order_plays_no_part_and_many_are_quick)
{
    uint64_t state = 23;
    struct sample s = large_sample(&state);
    size_t *cases = shuffled(s.share.case_count, &state);
    size_t *auditors = shuffled(s.share.auditor_count, &state);
    struct sample other = reordered(&s, cases, auditors);
    size_t *holders = CA_ARRAY(arena, s.share.case_count, size_t);
    size_t *others = CA_ARRAY(arena, s.share.case_count, size_t);
    struct ca_shortage shortage;
    clock_t since = clock();

    ck_assert(ca_share_out(arena, &s.share, holders, &shortage));
    unit_assert_quick(since, 20);
    ck_assert(ca_share_out(arena, &other.share, others, &shortage));
    for (size_t i = 0; i < s.share.case_count; i++)
        if (auditors[others[i]] != holders[cases[i]])
            ck_abort_msg("case %zu goes to another", i);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("share");
    TCase *tcase = tcase_create("share");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test_all_ways);
    tcase_add_test(tcase, test_order_plays_no_part_and_many_are_quick);
    suite_add_tcase(suite, tcase);
    return suite;
}
