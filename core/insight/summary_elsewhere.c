/* Figures from elsewhere: how many cases there were, and indicators. */
#include <stdlib.h>
#include <string.h>

#include "core/insight/disclosure.h"
#include "core/insight/summary_private.h"

const char *ca_direction_name(enum ca_direction direction)
{
    static const char *const names[] = {
        [CA_LEVEL] = "level", [CA_UP] = "up", [CA_DOWN] = "down"};

    return names[direction];
}

const char *ca_better_name(enum ca_better better)
{
    static const char *const names[] = {[CA_MORE_IS_BETTER] = "up",
                                        [CA_FEWER_IS_BETTER] = "down",
                                        [CA_NEITHER_IS_BETTER] = "none"};

    return names[better];
}

/* ---- periods that follow each other without a gap ---- */

/* The i-th of some periods; false where that one does not count. */
typedef bool period_at(const void *context, size_t i, ca_date *from, ca_date *to);

/*
 * Finds periods that make up from..to exactly, the shortest first, and writes
 * which to parts (room for count). Returns how many, 0 if they do not.
 */
static size_t tile(period_at *at, const void *context, size_t count, ca_date from, ca_date to,
                   size_t *parts)
{
    size_t used = 0;
    ca_date next = from;

    while (next <= to) {
        size_t best = SIZE_MAX;
        ca_date best_to = to, a, b;
        for (size_t i = 0; i < count; i++) {
            if (!at(context, i, &a, &b) || a != next || b > best_to || (a == from && b == to))
                continue;
            best = i;
            best_to = b;
        }
        if (best == SIZE_MAX || used == count)
            return 0;
        parts[used++] = best;
        next = best_to + 1;
    }
    return used;
}

/* ---- population ---- */

struct wanted_population {
    const struct ca_material *material;
    bool of_framework;
    const char *name;
};

static bool population_at(const void *context, size_t i, ca_date *from, ca_date *to)
{
    const struct wanted_population *w = context;
    const struct ca_population *p = &w->material->populations[i];

    *from = p->period.from;
    *to = p->period.to;
    return p->of_framework == w->of_framework && strcmp(p->name, w->name) == 0;
}

/* Of shorter periods that make up this one; −1 if there are none. used, if given, is set for
 * each of them. */
static int64_t sum_of_parts(const struct wanted_population *w, ca_date from, ca_date to,
                            bool *used)
{
    const struct ca_material *m = w->material;
    size_t *parts = ca_xcalloc(m->population_count, sizeof *parts);
    size_t count = tile(population_at, w, m->population_count, from, to, parts);
    int64_t sum = -1;

    for (size_t i = 0; i < count; i++) {
        sum += m->populations[parts[i]].count + (i == 0);
        if (used != NULL)
            used[parts[i]] = true;
    }
    free(parts);
    return sum;
}

static int64_t population_itself(const struct wanted_population *w, ca_date from, ca_date to)
{
    ca_date first, last;

    for (size_t i = 0; i < w->material->population_count; i++)
        if (population_at(w, i, &first, &last) && first == from && last == to)
            return w->material->populations[i].count;
    return -1;
}

/* That of the period itself, or of shorter ones that make it up; −1 if unknown. */
static int64_t population_of(const struct ca_material *m, bool of_framework, const char *name,
                             const struct ca_period *period)
{
    struct wanted_population w = {m, of_framework, name};
    int64_t itself = population_itself(&w, period->from, period->to);

    return itself >= 0 ? itself : sum_of_parts(&w, period->from, period->to, NULL);
}

/* Populations within the period that are no part of its sum and do not agree with it, as a
 * month beside quarters: named in out, with those they overlap. */
static void name_overlaps(const struct ca_material *m, bool of_framework, const char *name,
                          const struct ca_period *period, struct ca_buffer *out)
{
    struct wanted_population w = {m, of_framework, name};
    bool *used = ca_xcalloc(m->population_count + 1, sizeof *used), odd = false,
         overlap = false;
    ca_date from, to, a, b;

    if (population_itself(&w, period->from, period->to) < 0)
        (void)sum_of_parts(&w, period->from, period->to, used);
    for (size_t i = 0; i < m->population_count; i++) {
        if (!population_at(&w, i, &from, &to) || from < period->from || to > period->to ||
            (from == period->from && to == period->to))
            continue;
        odd |= !used[i] && sum_of_parts(&w, from, to, NULL) != m->populations[i].count;
        for (size_t k = 0; k < i && !overlap; k++)
            overlap = population_at(&w, k, &a, &b) && a >= period->from && b <= period->to &&
                      a <= to && from <= b;
        ca_buffer_printf(out, "%s%s (%lld)", out->length > 0 ? ", " : "",
                         m->populations[i].period.id, (long long)m->populations[i].count);
    }
    if (!odd || !overlap || population_itself(&w, period->from, period->to) >= 0)
        ca_buffer_clear(out);
    free(used);
}

void ca_plan_name_overlaps(const struct ca_plan *plan, const struct ca_plan_period *period,
                           struct ca_buffer *out)
{
    ca_buffer_clear(out);
    if (plan->summary->template_id == NULL || plan->material->whole_framework)
        name_overlaps(plan->material, true, plan->summary->framework, &period->period, out);
    for (size_t i = 0; i < plan->template_count && out->length == 0; i++)
        if (period->only_template == NULL ||
            strcmp(period->only_template, plan->templates[i].id) == 0)
            name_overlaps(plan->material, false, plan->templates[i].id, &period->period, out);
}

int64_t ca_plan_population(const struct ca_plan *plan, const struct ca_plan_period *period)
{
    const struct ca_material *m = plan->material;
    const char *framework = plan->summary->framework;
    int64_t sum = 0, found = -1;
    bool all = true;

    if (plan->summary->template_id == NULL)
        found = population_of(m, true, framework, &period->period);
    for (size_t i = 0; found < 0 && i < plan->template_count; i++) {
        const char *id = plan->templates[i].id;
        if (period->only_template != NULL && strcmp(period->only_template, id) != 0)
            continue;
        int64_t own = population_of(m, false, id, &period->period);
        all &= own >= 0;
        sum += own > 0 ? own : 0;
    }
    if (found < 0 && all)
        found = sum;
    if (found < 0 && m->whole_framework)
        found = population_of(m, true, framework, &period->period);
    return found;
}

/* ---- indicators ---- */

static bool point_at(const void *context, size_t i, ca_date *from, ca_date *to)
{
    const struct ca_indicator *points = context;

    *from = points[i].period.from;
    *to = points[i].period.to;
    return true;
}

enum { NUMERATOR, DENOMINATOR, KINDS };

/* The counts of a point: numerator and denominator, or a value that is a whole number. */
static int64_t count_of(const struct ca_indicator *point, int kind)
{
    if (point->is_ratio)
        return kind == NUMERATOR ? point->numerator : point->denominator;
    return kind == NUMERATOR && point->value > 0 && point->value % 1000 == 0
               ? point->value / 1000
               : 0;
}

/* Which counts of an indicator must not be published: small ones, and what would follow from
 * a year and its quarters. hidden: points × KINDS. */
static void withhold_points(const struct ca_plan *plan, const struct ca_indicator *points,
                            size_t count, bool *hidden)
{
    struct ca_disclosure *d = ca_disclosure_new(plan->threshold);
    size_t *parts = ca_xcalloc(count + 1, sizeof *parts);

    for (size_t i = 0; i < count; i++) {
        size_t numerator = ca_disclosure_cell(d, count_of(&points[i], NUMERATOR));
        size_t denominator = ca_disclosure_cell(d, count_of(&points[i], DENOMINATOR));
        if (points[i].is_ratio)
            ca_disclosure_shares(d, denominator, &numerator, 1);
    }
    for (int kind = 0; kind < KINDS; kind++)
        for (size_t i = 0; i < count; i++) {
            size_t tiles = tile(point_at, points, count, points[i].period.from,
                                points[i].period.to, parts);
            int64_t sum = 0;
            for (size_t k = 0; k < tiles; k++) {
                sum += count_of(&points[parts[k]], kind);
                parts[k] = parts[k] * KINDS + (size_t)kind;
            }
            if (tiles > 0 && sum == count_of(&points[i], kind))
                ca_disclosure_sum(d, i * KINDS + (size_t)kind, parts, tiles);
        }
    ca_disclosure_apply(d);
    for (size_t i = 0; i < count * KINDS; i++)
        hidden[i] = ca_disclosure_suppressed(d, i);
    free(parts);
    ca_disclosure_free(d);
}

static struct ca_figure unless(bool hidden, int64_t value)
{
    return hidden ? ca_no_figure(CA_WITHHELD) : ca_figure(value);
}

static void make_point(struct ca_plan *plan, const struct ca_indicator *from,
                       const bool *hidden, struct ca_summary_indicator_point *point)
{
    point->period = ca_arena_strdup(plan->arena, from->period.id);
    point->proportion = from->is_ratio;
    if (from->is_ratio) {
        point->share =
            ca_share_of(unless(hidden[NUMERATOR], from->numerator),
                        unless(hidden[DENOMINATOR], from->denominator), CA_WITH_INTERVAL, -1);
        point->value = ca_no_figure(CA_NOT_APPLICABLE);
    } else {
        point->share = ca_share_of(ca_no_figure(CA_NOT_APPLICABLE),
                                   ca_no_figure(CA_NOT_APPLICABLE), CA_NO_INTERVAL, -1);
        point->value = unless(hidden[NUMERATOR], from->value);
    }
}

/* −1, 0 or 1: whether b is lower, level or higher than a. */
static int compare_points(const struct ca_indicator *a, const struct ca_indicator *b)
{
    __int128 x = a->value, y = b->value;

    if (a->is_ratio) {
        x = (__int128)a->numerator * b->denominator;
        y = (__int128)b->numerator * a->denominator;
    }
    return (y > x) - (y < x);
}

/* Two figures that differ are no better or worse: that takes a trend that is clear, and that
 * goes where the last figure stands. */
static const char *merit_of(const struct ca_summary_indicator *n)
{
    bool up = n->direction == CA_UP, more = n->polarity == CA_MORE_IS_BETTER;

    if (n->direction == CA_LEVEL)
        return "level";
    if (n->polarity == CA_NEITHER_IS_BETTER)
        return "neither";
    if (!n->trend.judged || !ca_is_clear(n->trend.verdict) ||
        ca_is_better(n->trend.verdict) != (up == more))
        return "unclear";
    return up == more ? "better" : "worse";
}

static void find_direction(const struct ca_indicator *points, size_t count, const bool *hidden,
                           struct ca_summary_indicator *out)
{
    const struct ca_indicator *first = &points[0], *last = &points[count - 1];
    const bool *end = hidden + (count - 1) * KINDS;
    int direction;

    if (count < 2 || first->is_ratio != last->is_ratio || hidden[0] || hidden[1] || end[0] ||
        end[1] || (first->is_ratio && (first->denominator == 0 || last->denominator == 0)))
        return;
    direction = compare_points(first, last);
    out->moved = true;
    out->direction = direction > 0 ? CA_UP : direction < 0 ? CA_DOWN : CA_LEVEL;
    out->merit = merit_of(out);
}

static void find_trend(struct ca_plan *plan, const struct ca_indicator *points, size_t count,
                       const bool *hidden, struct ca_summary_indicator *out)
{
    int64_t *counts = ca_xcalloc(count, sizeof *counts), *of = ca_xcalloc(count, sizeof *of);
    struct ca_trend trend;
    bool all = count >= 3, open = true;

    for (size_t i = 0; i < count; i++) {
        all &= points[i].is_ratio;
        open &= !hidden[i * KINDS] && !hidden[i * KINDS + 1];
        counts[i] = points[i].numerator;
        of[i] = points[i].denominator;
    }
    out->trend.m2 = out->trend.p = ca_no_figure(!all    ? CA_NOT_APPLICABLE
                                                : !open ? CA_WITHHELD
                                                        : CA_NO_OBSERVATIONS);
    trend = ca_trend_of_proportion(counts, of, count);
    if (all && open && trend.defined) {
        out->trend =
            (struct ca_summary_trend){true,
                                      ca_figure(ca_scaled(trend.m2, 1000)),
                                      ca_figure(ca_scaled(trend.p, 1000)),
                                      count,
                                      ca_arena_strdup(plan->arena, points[0].period.id),
                                      ca_arena_strdup(plan->arena, points[count - 1].period.id),
                                      ca_verdict_of_trend(trend, out->polarity)};
    }
    free(counts);
    free(of);
}

static void make_indicator(struct ca_plan *plan, const struct ca_indicator *points,
                           size_t count)
{
    static const enum ca_better better[] = {
        [CA_POLARITY_NONE] = CA_NEITHER_IS_BETTER,
        [CA_POLARITY_UP] = CA_MORE_IS_BETTER,
        [CA_POLARITY_DOWN] = CA_FEWER_IS_BETTER,
    };
    const struct ca_indicator *last = &points[count - 1];
    struct ca_summary_indicator *out =
        &plan->summary->indicators[plan->summary->indicator_count++];
    bool *hidden = ca_xcalloc(count * KINDS, sizeof *hidden);

    withhold_points(plan, points, count, hidden);
    out->id = ca_arena_strdup(plan->arena, last->id);
    out->label = ca_arena_strdup(plan->arena, last->label);
    out->footnote =
        last->footnote != NULL ? ca_arena_strdup(plan->arena, last->footnote) : NULL;
    out->polarity = better[last->polarity];
    out->points = CA_ARRAY(plan->arena, count, struct ca_summary_indicator_point);
    out->point_count = count;
    for (size_t i = 0; i < count; i++)
        make_point(plan, &points[i], hidden + i * KINDS, &out->points[i]);
    find_trend(plan, points, count, hidden, out);
    find_direction(points, count, hidden, out);
    free(hidden);
}

static bool same_indicator(const struct ca_indicator *a, const struct ca_indicator *b)
{
    return strcmp(a->id, b->id) == 0;
}

/* What was known by the end of the last period and is no older than the first one shown, each
 * indicator's points together. */
void ca_plan_indicators(struct ca_plan *plan)
{
    const struct ca_material *m = plan->material;
    ca_date start = ca_plan_start(plan), end = plan->periods[plan->latest].period.to;
    struct ca_indicator *points = ca_xcalloc(m->indicator_count + 1, sizeof *points);
    size_t count;

    plan->summary->indicators =
        CA_ARRAY(plan->arena, m->indicator_count, struct ca_summary_indicator);
    for (size_t i = 0; i < m->indicator_count; i++) {
        bool again = false;
        for (size_t k = 0; k < i && !again; k++)
            again = same_indicator(&m->indicators[k], &m->indicators[i]);
        count = 0;
        for (size_t k = i; k < m->indicator_count && !again; k++)
            if (same_indicator(&m->indicators[k], &m->indicators[i]) &&
                m->indicators[k].period.to >= start && m->indicators[k].period.to <= end)
                points[count++] = m->indicators[k];
        if (count > 0)
            make_indicator(plan, points, count);
    }
    free(points);
}
