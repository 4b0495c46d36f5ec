/* From standards to sections (scoring rules, section 3), and from sections to the computed
 * grade (section 4). */
#include "core/scoring/rollup.h"

#include <stdlib.h>

#include "core/base/array.h"
#include "core/base/decimal.h"
#include "core/scoring/conditions.h"

/* Scores gathered for one roll-up. */
struct gathered {
    int64_t weight;
    __int128 sum;
    int32_t lowest, highest;
    int32_t *scores; /* only for a median */
    size_t count;
};

static void gather(struct gathered *g, int32_t score, int32_t weight)
{
    g->sum += (__int128)weight * score;
    g->weight += weight;
    if (g->count == 0 || score < g->lowest)
        g->lowest = score;
    if (g->count == 0 || score > g->highest)
        g->highest = score;
    if (g->scores != NULL)
        g->scores[g->count] = score;
    g->count++;
}

static int by_score(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

static int32_t rolled_up(struct gathered *g, enum ca_rollup rollup)
{
    if (g->count == 0)
        return -1;
    switch (rollup) {
    case CA_ROLLUP_LOWEST: return g->lowest;
    case CA_ROLLUP_HIGHEST: return g->highest;
    case CA_ROLLUP_MEDIAN: /* the lower one */
        qsort(g->scores, g->count, sizeof *g->scores, by_score);
        return g->scores[(g->count - 1) / 2];
    default: return (int32_t)ca_mean(g->sum, g->weight);
    }
}

static int32_t *room_for_median(const struct ca_pass *pass, enum ca_rollup rollup, size_t count)
{
    return rollup == CA_ROLLUP_MEDIAN ? CA_ARRAY(pass->arena, count, int32_t) : NULL;
}

int32_t ca_section_roll_up(const struct ca_pass *pass, size_t section, size_t agency)
{
    const struct ca_template *t = pass->template;
    const struct ca_section *s = &t->sections[section];
    size_t column = agency == CASEAUDIT_JOINT ? 0 : agency;
    struct gathered g = {.scores = room_for_median(pass, s->rollup, s->child_count)};

    for (size_t i = 0; i < s->child_count; i++) {
        size_t child = s->children[i].index;
        int32_t score, weight;
        if (s->children[i].is_section) {
            score = ca_pass_row(pass, child, agency)->score;
            weight = t->sections[child].weight;
        } else {
            const struct ca_outcome *o = ca_pass_outcome(pass, child, column);
            score = o->present ? o->score : -1;
            weight = t->standards[child].weight;
        }
        if (score >= 0 && weight > 0)
            gather(&g, score, weight);
    }
    return rolled_up(&g, s->rollup);
}

/* The weighted mean of all standards that count, wherever they stand. */
static int32_t flat(const struct ca_pass *pass, size_t agency)
{
    const struct ca_template *t = pass->template;
    size_t column = agency == CASEAUDIT_JOINT ? 0 : agency;
    struct gathered g = {0};

    for (size_t i = 0; i < t->standard_count; i++) {
        const struct ca_standard *s = &t->standards[i];
        const struct ca_outcome *o = ca_pass_outcome(pass, i, column);
        size_t top = t->sections[s->section].top;
        if (o->present && o->counts && !t->sections[top].apart)
            gather(&g, o->score, s->weight);
    }
    return rolled_up(&g, CA_ROLLUP_MEAN);
}

int32_t ca_overall_roll_up(const struct ca_pass *pass, enum ca_rollup rollup, size_t agency)
{
    const struct ca_template *t = pass->template;
    struct gathered g = {.scores = room_for_median(pass, rollup, t->top_count)};

    if (rollup == CA_ROLLUP_NONE)
        return -1;
    if (rollup == CA_ROLLUP_FLAT)
        return flat(pass, agency);
    for (size_t i = 0; i < t->top_count; i++) {
        const struct ca_section *s = &t->sections[t->tops[i].index];
        int32_t score = ca_pass_row(pass, t->tops[i].index, agency)->score;
        if (score >= 0 && s->weight > 0 && !s->apart)
            gather(&g, score, s->weight);
    }
    return rolled_up(&g, rollup);
}

static bool something_takes_part(const struct ca_pass *pass)
{
    for (size_t i = 0; i < pass->template->top_count; i++)
        if (ca_section_takes_part(pass, pass->template->tops[i].index))
            return true;
    return false;
}

size_t ca_rules_grade(const struct ca_pass *pass)
{
    const struct ca_template *t = pass->template;

    if (!something_takes_part(pass))
        return CA_NONE;
    for (size_t i = 0; i < t->rule_count; i++)
        if (ca_conditions_hold(pass, &t->rules[i].conditions))
            return t->rules[i].grade;
    return t->otherwise;
}

void ca_section_set(struct ca_pass *pass, size_t section, size_t agency, int32_t score)
{
    struct ca_section_row *row = ca_pass_row(pass, section, agency);
    const struct ca_section *sections = pass->template->sections;
    bool gradeable = score >= 0 && !sections[sections[section].top].apart;

    row->score = row->uncapped = score;
    row->grade = gradeable ? ca_band_of(pass->template, score) : CA_NONE;
    row->cap = CA_NONE;
}

static void record_limit(struct ca_pass *pass, const struct ca_limit *limit)
{
    *CA_ARENA_APPEND(pass->arena, pass->limits, pass->limit_count) =
        (struct ca_fired){.id = limit->id,
                          .reason = limit->reason,
                          .section = limit->section,
                          .to = limit->to,
                          .never = limit->never,
                          .limit = limit};
}

/* Grades count from the best, so the worst cap is the greatest. */
static size_t worse(size_t a, size_t b)
{
    if (a == CA_NONE)
        return b;
    return b == CA_NONE || a > b ? a : b;
}

void ca_section_limit(struct ca_pass *pass, size_t section)
{
    const struct ca_section *s = &pass->template->sections[section];
    struct ca_section_row *row = &pass->joint[section];
    size_t cap = CA_NONE;

    for (size_t i = 0; i < s->limit_count; i++) {
        if (!ca_conditions_hold(pass, &s->limits[i].conditions))
            continue; /* each limit sees the section's own score uncapped */
        record_limit(pass, &s->limits[i]);
        cap = worse(cap, s->limits[i].to);
    }
    if (cap == CA_NONE || row->grade == CA_NONE || cap <= row->grade)
        return;
    row->cap = cap;
    row->grade = cap;
    row->score = pass->template->grades[cap].score;
}

void ca_score_as_template(struct ca_pass *pass)
{
    const struct ca_template *t = pass->template;

    for (size_t i = t->section_count; i-- > 0;) {
        ca_section_set(pass, i, CASEAUDIT_JOINT, ca_section_roll_up(pass, i, CASEAUDIT_JOINT));
        ca_section_limit(pass, i);
    }
    pass->score = ca_overall_roll_up(
        pass, t->rollup == CA_ROLLUP_RULES ? CA_ROLLUP_MEAN : t->rollup, CASEAUDIT_JOINT);
    if (t->rollup == CA_ROLLUP_RULES)
        pass->computed = ca_rules_grade(pass);
    else if (pass->score >= 0)
        pass->computed = ca_band_of(t, pass->score);
}
