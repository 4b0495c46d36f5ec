/* A draw done again, and compared with the one that is kept. */
#include "core/year/verify.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/map.h"

struct verifying {
    struct ca_arena *arena;
    const struct ca_sample *kept, *now;
    struct ca_map *here, *then; /* places of the cases of the frame, by id */
    struct ca_verification out;
};

static bool in_frame(const struct ca_sample_case *one)
{
    return one->role != CA_SAMPLE_LEFT_OUT && one->id != NULL;
}

static struct ca_map *places(struct ca_arena *arena, const struct ca_sample *sample)
{
    struct ca_map *map = ca_map_new(arena, sample->case_count);

    for (size_t i = 0; i < sample->case_count; i++)
        if (in_frame(&sample->cases[i]))
            (void)ca_map_put(map, sample->cases[i].id, i);
    return map;
}

static void note(struct verifying *v, struct ca_ids *ids, const char *id)
{
    *CA_ARENA_APPEND(v->arena, ids->items, ids->count) = id;
}

static bool same_stratum(const struct verifying *v, const struct ca_sample_case *old,
                         const struct ca_sample_case *new)
{
    const char *const *before = v->kept->strata[old->stratum].values;
    const char *const *now = v->now->strata[new->stratum].values;

    for (size_t i = 0; i < v->kept->rule.stratify_count; i++)
        if (strcmp(before[i], now[i]) != 0)
            return false;
    return true;
}

/* A case of the sample that is kept. */
static void look_back(struct verifying *v, const struct ca_sample_case *old)
{
    size_t place = ca_map_get(v->here, old->id);
    const struct ca_sample_case *new = place != CA_NOT_FOUND ? &v->now->cases[place] : NULL;

    if (new == NULL)
        note(v, &v->out.gone, old->id);
    else if (!same_stratum(v, old, new))
        note(v, &v->out.moved, old->id);
    if (old->role == CA_SAMPLE_DRAWN && (new == NULL || new->role != CA_SAMPLE_DRAWN))
        note(v, &v->out.drawn_gone, old->id);
}

/* A case of the list. */
static void look_at(struct verifying *v, const struct ca_sample_case *new)
{
    size_t place = ca_map_get(v->then, new->id);
    const struct ca_sample_case *old = place != CA_NOT_FOUND ? &v->kept->cases[place] : NULL;

    if (old == NULL)
        note(v, &v->out.new, new->id);
    if (new->role == CA_SAMPLE_DRAWN && (old == NULL || old->role != CA_SAMPLE_DRAWN))
        note(v, &v->out.drawn_new, new->id);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort(struct ca_ids *ids)
{
    if (ids->count > 0)
        qsort(ids->items, ids->count, sizeof *ids->items, compare_texts);
}

static void judge(struct verifying *v)
{
    struct ca_verification *out = &v->out;
    const bool differs = out->gone.count + out->new.count + out->moved.count +
                             out->drawn_gone.count + out->drawn_new.count >
                         0;

    out->verdict =
        differs ? CA_VERDICT_DIFFERS
        : v->kept->file_sha256 != NULL && strcmp(v->kept->file_sha256, v->now->file_sha256) == 0
            ? CA_VERDICT_SAME
            : CA_VERDICT_SAME_FRAME;
}

/* Cases that were erased are in the list still, perhaps, and then look new: as many as were
 * erased are passed over. If all of those were left out, these are they. */
static void pass_over_erased(struct ca_verification *out, size_t left_out)
{
    if (out->new.count <= left_out && left_out == out->erased)
        out->left_out = out->new;
    if (out->new.count <= out->erased)
        out->new.count = 0;
    if (out->drawn_new.count <= out->erased)
        out->drawn_new.count = 0;
}

static size_t count_erased(const struct ca_sample *kept, bool left_out)
{
    size_t count = 0;

    for (size_t i = 0; i < kept->case_count; i++)
        count += kept->cases[i].id == NULL &&
                 (!left_out || kept->cases[i].role == CA_SAMPLE_LEFT_OUT);
    return count;
}

struct ca_verification ca_sample_verify(struct ca_arena *arena, const struct ca_sample *kept,
                                        const struct ca_sample *now)
{
    struct verifying v = {.arena = arena,
                          .kept = kept,
                          .now = now,
                          .here = places(arena, now),
                          .then = places(arena, kept)};

    for (size_t i = 0; i < kept->case_count; i++)
        if (in_frame(&kept->cases[i]))
            look_back(&v, &kept->cases[i]);
    for (size_t i = 0; i < now->case_count; i++)
        if (in_frame(&now->cases[i]))
            look_at(&v, &now->cases[i]);
    v.out.erased = count_erased(kept, false);
    pass_over_erased(&v.out, count_erased(kept, true));
    sort(&v.out.gone);
    sort(&v.out.new);
    sort(&v.out.moved);
    sort(&v.out.drawn_gone);
    sort(&v.out.drawn_new);
    judge(&v);
    return v.out;
}
