/* Change between two periods, and the trend over three or more. */
#include <stdlib.h>
#include <string.h>

#include "core/insight/summary_private.h"

/* The total's row of a period; its groups' rows follow. */
static const struct ca_summary_row *row_of(const struct ca_plan *plan, size_t period)
{
    return period <= plan->latest ? &plan->summary->rows[period * (1 + plan->group_count)]
                                  : plan->baseline_rows;
}

/* A difference and one figure give the other: both must be there. */
static struct ca_difference compare(struct ca_summary_change *change, struct ca_share from,
                                    struct ca_share to, enum ca_better better)
{
    struct ca_difference c = {{false, 0}, {false, 0, 0}, {false, 0}, CA_NO_CLEAR_CHANGE};
    int64_t tenths;

    change->from = from;
    change->to = to;
    change->difference = change->low = change->high = change->p =
        ca_no_figure(from.tenths.shown == CA_NOT_APPLICABLE ? CA_NOT_APPLICABLE
                     : from.tenths.shown == CA_WITHHELD || to.tenths.shown == CA_WITHHELD
                         ? CA_WITHHELD
                         : CA_NO_OBSERVATIONS);
    if (!ca_is_shown(from.tenths) || !ca_is_shown(to.tenths))
        return c;
    c = ca_compare(from.count.value, from.of.value, to.count.value, to.of.value, better);
    if (ca_percent_change_tenths(from.count.value, from.of.value, to.count.value, to.of.value,
                                 &tenths))
        change->difference = ca_figure(tenths);
    if (c.interval.defined) {
        change->low = ca_figure(ca_scaled(c.interval.low, 1000));
        change->high = ca_figure(ca_scaled(c.interval.high, 1000));
    }
    change->p = ca_value_figure(c.p, 1000);
    change->judged = true;
    change->verdict = c.verdict;
    return c;
}

static int sign_of(struct ca_figure difference)
{
    return (difference.value > 0) - (difference.value < 0);
}

/* ---- trend ---- */

/* Whether every grade of the period can be told; between those printed, whether all could
 * be printed. */
static bool is_open(const struct ca_plan *plan, const struct ca_plan_period *p)
{
    for (size_t g = 0; g < p->layout.grades; g++) {
        int64_t n = p->total.n[g];
        if (p->printed ? p->total.hidden[g]
                       : ca_has_register(plan) || (n > 0 && n <= plan->threshold))
            return false;
    }
    return true;
}

static void trend_of(const struct ca_plan *plan, struct ca_summary_trend *out)
{
    size_t grades = plan->summary->grade_count;
    int64_t *counts = ca_xcalloc(plan->trend_count * grades, sizeof *counts);
    struct ca_trend trend;
    bool open = true;

    for (size_t i = 0; i < plan->trend_count; i++) {
        const struct ca_plan_period *p = &plan->periods[plan->trend[i]];
        open &= is_open(plan, p);
        for (size_t g = 0; g < grades; g++)
            counts[i * grades + g] = p->total.n[g];
    }
    trend = ca_trend_of_grades(counts, plan->trend_count, grades);
    free(counts);
    out->m2 = out->p = ca_no_figure(open ? CA_NO_OBSERVATIONS : CA_WITHHELD);
    if (!open || !trend.defined)
        return;
    out->m2 = ca_figure(ca_scaled(trend.m2, 1000));
    out->p = ca_figure(ca_scaled(trend.p, 1000));
    out->judged = true;
    out->verdict = ca_verdict_of_trend(trend, CA_MORE_IS_BETTER);
}

static void make_trend(struct ca_plan *plan, struct ca_summary_trend *out)
{
    out->m2 = out->p = ca_no_figure(CA_NOT_APPLICABLE);
    if (plan->trend_count < 3)
        return;
    out->periods = plan->trend_count;
    out->from = ca_arena_strdup(plan->arena, plan->periods[plan->trend[0]].period.id);
    out->to = ca_arena_strdup(plan->arena,
                              plan->periods[plan->trend[plan->trend_count - 1]].period.id);
    trend_of(plan, out);
}

/* ---- groups ---- */

/* Each group against itself, and p of all of them as one family. */
static void compare_groups(struct ca_plan *plan, struct ca_summary_comparison *c)
{
    size_t count = plan->group_count, tests = 0;
    struct ca_difference *differences = ca_xcalloc(count, sizeof *differences);
    double *p = ca_xcalloc(count, sizeof *p);

    c->group_count = count;
    c->groups = CA_ARRAY(plan->arena, count, struct ca_summary_group_change);
    for (size_t g = 0; g < count; g++) {
        struct ca_summary_group_change *group = &c->groups[g];
        group->to = &c->to[1 + g];
        differences[g] = compare(&group->positive, c->from[1 + g].positive, group->to->positive,
                                 CA_MORE_IS_BETTER);
        group->adjusted = group->positive.p;
        if (group->positive.judged)
            p[tests++] = differences[g].p.value;
    }
    ca_holm(p, tests);
    for (size_t g = 0, test = 0; g < count; g++) {
        struct ca_summary_change *change = &c->groups[g].positive;
        if (!change->judged)
            continue;
        change->verdict =
            ca_verdict_of_change((struct ca_value){true, p[test]}, differences[g].interval,
                                 sign_of(change->difference), CA_MORE_IS_BETTER);
        c->groups[g].adjusted = ca_figure(ca_scaled(p[test++], 1000));
    }
    free(differences);
    free(p);
}

/* ---- all of it ---- */

static bool is_broken(const struct ca_plan *plan)
{
    const char *from = plan->periods[plan->baseline].only_template;
    const char *to = plan->periods[plan->latest].only_template;

    return from != NULL && to != NULL && strcmp(from, to) != 0;
}

/* Across a break both figures are shown, and nothing is made of them. */
static void keep_apart(struct ca_summary_change *change, struct ca_share from,
                       struct ca_share to)
{
    change->from = from;
    change->to = to;
    change->difference = change->low = change->high = change->p =
        ca_no_figure(CA_NOT_APPLICABLE);
}

void ca_plan_change(struct ca_plan *plan)
{
    struct ca_summary *s = plan->summary;
    struct ca_summary_comparison *c;

    if (plan->baseline == SIZE_MAX)
        return;
    c = s->comparison = CA_NEW(plan->arena, struct ca_summary_comparison);
    c->from = row_of(plan, plan->baseline);
    c->to = row_of(plan, plan->latest);
    c->benchmark = plan->benchmark;
    c->broken = is_broken(plan);
    c->grades = CA_ARRAY(plan->arena, s->grade_count, struct ca_summary_change);
    make_trend(plan, &c->trend);
    if (c->broken) {
        for (size_t g = 0; g < s->grade_count; g++)
            keep_apart(&c->grades[g], c->from->grades[g], c->to->grades[g]);
        keep_apart(&c->positive, c->from->positive, c->to->positive);
        return;
    }
    for (size_t g = 0; g < s->grade_count; g++)
        compare(&c->grades[g], c->from->grades[g], c->to->grades[g],
                ca_grade_polarity(g, s->grade_count));
    compare(&c->positive, c->from->positive, c->to->positive, CA_MORE_IS_BETTER);
    if (s->has_positive)
        compare_groups(plan, c);
}
