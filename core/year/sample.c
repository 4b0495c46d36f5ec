/* Samples: what is kept of a draw, and which cases stand in it now. */
#include "core/year/sample.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is kept ---- */

static void take_strata(struct ca_arena *arena, const struct ca_frame *frame,
                        const struct ca_draw *draw, struct ca_sample *out)
{
    struct ca_sample_stratum *strata =
        CA_ARRAY(arena, frame->stratum_count, struct ca_sample_stratum);

    for (size_t i = 0; i < frame->stratum_count; i++)
        strata[i] = (struct ca_sample_stratum){.values = frame->strata[i].values,
                                               .cases = frame->strata[i].cases,
                                               .seats = draw->seats[i],
                                               .reserve = draw->reserves[i]};
    out->strata = strata;
    out->stratum_count = frame->stratum_count;
}

/* Those of the frame that are neither drawn nor in reserve, from that place on. */
static void take_others(struct ca_arena *arena, const struct ca_frame *frame,
                        const struct ca_draw *draw, struct ca_sample_case *cases)
{
    bool *taken = CA_ARRAY(arena, frame->count, bool);

    for (size_t i = 0; i < draw->count; i++)
        taken[draw->cases[i].of - frame->cases] = true;
    for (size_t i = 0; i < frame->count; i++)
        if (!taken[i])
            *cases++ = (struct ca_sample_case){.id = frame->cases[i].id,
                                               .role = CA_SAMPLE_NOT_DRAWN,
                                               .stratum = frame->cases[i].stratum};
}

void ca_sample_of_draw(struct ca_arena *arena, const struct ca_frame *frame,
                       const struct ca_draw *draw, struct ca_sample *out)
{
    const size_t all = frame->count + frame->left_out_count;
    struct ca_sample_case *cases = CA_ARRAY(arena, all, struct ca_sample_case);

    take_strata(arena, frame, draw, out);
    for (size_t i = 0; i < draw->count; i++)
        cases[i] = (struct ca_sample_case){.id = draw->cases[i].of->id,
                                           .kept = draw->cases[i].of->kept,
                                           .role = draw->cases[i].reserve ? CA_SAMPLE_RESERVE
                                                                          : CA_SAMPLE_DRAWN,
                                           .stratum = draw->cases[i].of->stratum};
    for (size_t i = 0; i < frame->left_out_count; i++)
        cases[draw->count + i] =
            (struct ca_sample_case){.id = frame->left_out[i], .role = CA_SAMPLE_LEFT_OUT};
    take_others(arena, frame, draw, cases + draw->count + frame->left_out_count);
    out->cases = cases;
    out->case_count = all;
    out->population = (int64_t)all;
    out->frame_sha256 = frame->sha256;
}

/* ---- what stands ---- */

static int compare_standing(const void *a, const void *b)
{
    const struct ca_standing *one = a, *other = b;
    int order =
        one->reserve != other->reserve ? (one->reserve ? 1 : -1) : strcmp(one->key, other->key);

    if (order == 0 && one->of->id != NULL && other->of->id != NULL)
        order = strcmp(one->of->id, other->of->id);
    return order;
}

/* The index in cases of what stands in each seat. */
static void seat_all(const struct ca_sample *sample, struct ca_standing *at, bool *replaced)
{
    for (size_t i = 0; i < sample->replacement_count; i++) {
        const struct ca_sample_replacement *one = &sample->replacements[i];
        replaced[one->place] = true;
        at[one->by].reserve = false;
        at[one->by].replaces = &sample->cases[one->place];
        at[one->by].why = one->why;
    }
}

struct ca_standing *ca_sample_standing(struct ca_arena *arena, const struct ca_sample *sample,
                                       size_t *count)
{
    struct ca_standing *all = CA_ARRAY(arena, sample->case_count, struct ca_standing);
    bool *replaced = CA_ARRAY(arena, sample->case_count, bool);
    size_t listed = 0;

    for (size_t i = 0; i < sample->case_count && sample->cases[i].role <= CA_SAMPLE_RESERVE;
         i++, listed++) {
        all[i] = (struct ca_standing){.of = &sample->cases[i],
                                      .reserve = sample->cases[i].role == CA_SAMPLE_RESERVE};
        if (sample->cases[i].id != NULL)
            ca_draw_key(sample->rule.seed, sample->cases[i].id, all[i].key);
    }
    seat_all(sample, all, replaced);
    *count = 0;
    for (size_t i = 0; i < listed; i++)
        if (!replaced[i])
            all[(*count)++] = all[i];
    qsort(all, *count, sizeof *all, compare_standing);
    return all;
}
