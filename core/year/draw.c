/* Drawing cases: who comes first, and how many of each stratum are taken. */
#include "core/year/draw.h"

#include <stdlib.h>
#include <string.h>

#include "core/year/seats.h"

static int64_t size_of(const struct ca_frame *frame, const struct ca_sample_rule *rule)
{
    const int64_t count = (int64_t)frame->count;
    int64_t asked = rule->size > 0 ? rule->size : (rule->percent * count + 99) / 100;

    return asked < count ? asked : count;
}

static int compare_keys(const void *a, const void *b)
{
    const struct ca_drawn_case *one = a, *other = b;
    int order = strcmp(one->key, other->key);

    return order != 0 ? order : strcmp(one->of->id, other->of->id);
}

static int compare_drawn(const void *a, const void *b)
{
    const struct ca_drawn_case *one = a, *other = b;

    return one->reserve != other->reserve ? (one->reserve ? 1 : -1) : compare_keys(a, b);
}

void ca_draw_key(const char *seed, const char *id, char key[CA_SHA256_TEXT])
{
    uint8_t digest[CA_SHA256_SIZE];
    struct ca_buffer text = {0};

    ca_buffer_printf(&text, "%s\n%s", seed, id);
    ca_sha256(text.data, text.length, digest);
    ca_sha256_hex(digest, key);
    ca_buffer_free(&text);
}

/* Every case of the frame with its key, by key. */
static struct ca_drawn_case *ranked(struct ca_arena *arena, const struct ca_frame *frame,
                                    const char *seed)
{
    struct ca_drawn_case *cases = CA_ARRAY(arena, frame->count, struct ca_drawn_case);

    for (size_t i = 0; i < frame->count; i++) {
        cases[i].of = &frame->cases[i];
        ca_draw_key(seed, cases[i].of->id, cases[i].key);
    }
    qsort(cases, frame->count, sizeof *cases, compare_keys);
    return cases;
}

static void share_seats(struct ca_arena *arena, const struct ca_frame *frame,
                        const struct ca_sample_rule *rule, struct ca_draw *draw)
{
    int64_t *cases = CA_ARRAY(arena, frame->stratum_count, int64_t);

    for (size_t i = 0; i < frame->stratum_count; i++)
        cases[i] = frame->strata[i].cases;
    ca_seats_share(arena, cases, frame->stratum_count, draw->size, rule->each_stratum,
                   draw->seats);
}

void ca_draw_make(struct ca_arena *arena, const struct ca_frame *frame,
                  const struct ca_sample_rule *rule, struct ca_draw *out)
{
    struct ca_draw draw = {.cases = ranked(arena, frame, rule->seed),
                           .size = size_of(frame, rule),
                           .seats = CA_ARRAY(arena, frame->stratum_count, int64_t),
                           .reserves = CA_ARRAY(arena, frame->stratum_count, int64_t)};
    int64_t *taken = CA_ARRAY(arena, frame->stratum_count, int64_t);

    share_seats(arena, frame, rule, &draw);
    for (size_t i = 0; i < frame->count; i++) {
        struct ca_drawn_case next = draw.cases[i];
        const size_t stratum = next.of->stratum;
        next.reserve = taken[stratum] == draw.seats[stratum];
        if (next.reserve && draw.reserves[stratum] == rule->reserve)
            continue;
        ++*(next.reserve ? &draw.reserves[stratum] : &taken[stratum]);
        draw.cases[draw.count++] = next;
    }
    qsort(draw.cases, draw.count, sizeof *draw.cases, compare_drawn);
    *out = draw;
}
