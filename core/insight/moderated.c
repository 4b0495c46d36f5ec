/* How moderators and auditors agree, by group, and which answers were changed. */
#include "core/insight/moderated.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/map.h"
#include "core/insight/stats.h"

struct ca_moderated {
    struct ca_arena *arena;
    struct ca_moderated_row *rows, all;
    size_t row_count;
    struct ca_map *row_map;
    struct ca_moderated_standard *standards;
    size_t standard_count;
    struct ca_map *standard_map;
};

struct ca_moderated *ca_moderated_new(struct ca_arena *arena)
{
    struct ca_moderated *m = CA_NEW(arena, struct ca_moderated);

    m->arena = arena;
    m->row_map = ca_map_new(arena, 64);
    m->standard_map = ca_map_new(arena, 64);
    return m;
}

/* ---- groups ---- */

static struct ca_moderated_row *row_of(struct ca_moderated *m, const char *value)
{
    /* Blank is what no folded value is. */
    const char *key = value != NULL ? ca_folded(m->arena, value) : " ";
    size_t at = ca_map_put(m->row_map, key, m->row_count);
    struct ca_moderated_row *row;

    if (at == CA_NOT_FOUND) {
        row = CA_ARENA_APPEND(m->arena, m->rows, m->row_count);
        row->value = value != NULL ? ca_arena_strdup(m->arena, value) : NULL;
        return row;
    }
    row = &m->rows[at];
    if (value != NULL && strcmp(value, row->value) < 0)
        row->value = ca_arena_strdup(m->arena, value);
    return row;
}

static void count(struct ca_moderated_row *row, int steps)
{
    row->moderated++;
    row->agreed += steps == 0;
    row->raised += steps > 0;
    row->lowered += steps < 0;
    row->steps += steps;
}

void ca_moderated_add(struct ca_moderated *m, const struct ca_stored_grading *grading,
                      const char *value)
{
    const int steps = grading->auditors - grading->moderated; /* 0 is the best grade */

    if (grading->auditors < 0 || grading->moderated < 0)
        return;
    count(row_of(m, value), steps);
    count(&m->all, steps);
}

static int compare_rows(const void *a, const void *b)
{
    const struct ca_moderated_row *one = a, *other = b;

    if (one->value == NULL || other->value == NULL)
        return (one->value == NULL) - (other->value == NULL);
    return strcmp(one->value, other->value);
}

const struct ca_moderated_row *ca_moderated_rows(struct ca_moderated *m, size_t *count,
                                                 struct ca_moderated_row *all)
{
    if (m->row_count > 1)
        qsort(m->rows, m->row_count, sizeof *m->rows, compare_rows);
    *count = m->row_count;
    *all = m->all;
    return m->rows;
}

struct ca_moderated_figures ca_moderated_figures_of(const struct ca_moderated_row *row)
{
    const struct ca_interval interval = ca_wilson(row->agreed, row->moderated);
    struct ca_moderated_figures figures = {.low = ca_scaled(interval.low, 1000),
                                           .high = ca_scaled(interval.high, 1000),
                                           .low_whole = ca_scaled(interval.low, 100),
                                           .high_whole = ca_scaled(interval.high, 100)};

    (void)ca_percent_tenths(row->agreed, row->moderated, &figures.percent);
    (void)ca_percent_whole(row->agreed, row->moderated, &figures.percent_whole);
    (void)ca_ratio_scaled(row->steps, row->moderated, 1000, &figures.shift);
    return figures;
}

/* ---- standards ---- */

void ca_moderated_change(struct ca_moderated *m, const struct ca_stored_answer *answer,
                         int32_t score)
{
    struct ca_moderated_standard *standard;
    size_t at;

    if (strcmp(answer->audited, answer->answer) == 0)
        return;
    at = ca_map_get(m->standard_map, answer->standard);
    if (at == CA_NOT_FOUND) {
        at = m->standard_count;
        standard = CA_ARENA_APPEND(m->arena, m->standards, m->standard_count);
        standard->id = ca_arena_strdup(m->arena, answer->standard);
        standard->label = ca_arena_strdup(m->arena, answer->label);
        ca_map_put(m->standard_map, standard->id, at);
    }
    standard = &m->standards[at];
    standard->changed++;
    if (score >= 0 && answer->score >= 0) {
        standard->raised += answer->score > score;
        standard->lowered += answer->score < score;
    }
}

static int compare_standards(const void *a, const void *b)
{
    const struct ca_moderated_standard *one = a, *other = b;

    if (one->changed != other->changed)
        return one->changed > other->changed ? -1 : 1;
    return strcmp(one->id, other->id);
}

const struct ca_moderated_standard *ca_moderated_standards(struct ca_moderated *m,
                                                           size_t *count)
{
    if (m->standard_count > 1)
        qsort(m->standards, m->standard_count, sizeof *m->standards, compare_standards);
    *count = m->standard_count;
    return m->standards;
}
