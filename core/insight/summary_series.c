/* The chart of all months in the store, and where series and measures break. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/insight/summary_private.h"

/* ---- which points there are ---- */

/* With fewer on average a month's share says nothing; with so many in each, the moving range
 * of the months is steadier than the exact limits of each. */
enum { FULL_YEAR = 12, FEWEST_A_MONTH = 5, ENOUGH_FOR_XMR = 10 };

static void add_point(struct ca_plan *plan, const struct ca_period *period,
                      const struct ca_plan_month *month)
{
    struct ca_plan_point *point = &plan->points[plan->point_count];

    if (plan->point_count > 0 && point[-1].period.from == period->from)
        point--;
    else
        plan->point_count++;
    point->period = *period;
    point->graded += month->graded;
    point->positive += month->positive;
}

static struct ca_period period_of_month(const struct ca_plan *plan, size_t month, bool quarter)
{
    int year = CA_FIRST_YEAR + (int)(month / 12), number = (int)(month % 12) + 1;
    ca_date first = ca_date_from_ymd(year, number, 1);

    return quarter ? ca_period_quarter_of(first, plan->material->year_start)
                   : ca_period_month_of(first);
}

void ca_plan_points(struct ca_plan *plan, const struct ca_plan_month *months)
{
    size_t used = 0, points = 0;
    int64_t graded = 0;
    bool enough = true;

    for (size_t i = 0; i < CA_CHART_MONTHS; i++) {
        used += months[i].audits > 0;
        points += months[i].graded > 0;
        graded += months[i].graded;
        enough &= months[i].graded == 0 || months[i].graded >= ENOUGH_FOR_XMR;
    }
    if (used < FULL_YEAR || plan->positive == 0)
        return;
    plan->quarters = graded < FEWEST_A_MONTH * (int64_t)points;
    plan->p_chart = plan->quarters || !enough;
    plan->points = CA_ARRAY(plan->arena, points, struct ca_plan_point);
    for (size_t i = 0; i < CA_CHART_MONTHS; i++) {
        struct ca_period period = period_of_month(plan, i, plan->quarters);
        if (months[i].graded > 0)
            add_point(plan, &period, &months[i]);
    }
}

/* ---- the chart ---- */

struct chart {
    struct ca_summary_xmr *xmr;
    size_t count;
    double *values; /* per cents */
    int64_t *positive, *graded;
    struct ca_binomial_limits *limits;
    unsigned *signals;
    bool hidden; /* a point or more */
};

static void make_point(struct chart *chart, size_t i, const struct ca_plan_point *from)
{
    struct ca_summary_point *point = &chart->xmr->points[i];
    int64_t tenths = 0;

    snprintf(point->month, sizeof point->month, "%s", from->period.id);
    ca_percent_tenths(from->positive, from->graded, &tenths);
    point->percent = ca_figure(tenths);
    point->graded = ca_figure(from->graded);
    chart->positive[i] = from->positive;
    chart->graded[i] = from->graded;
    chart->values[i] = 100.0 * (double)from->positive / (double)from->graded;
}

/* Per cents as tenths; no share is below 0 or above 100%. */
static struct ca_figure limit_figure(double per_cent)
{
    int64_t tenths = ca_scaled(per_cent, 10);

    return ca_figure(tenths < 0 ? 0 : tenths > 1000 ? 1000 : tenths);
}

static void draw_xmr(struct chart *chart)
{
    struct ca_xmr limits = ca_xmr_of(chart->values, chart->count, chart->signals);

    chart->xmr->trial = limits.trial;
    if (!limits.defined)
        return;
    chart->xmr->mean = limit_figure(limits.mean);
    chart->xmr->lower = limit_figure(limits.lower);
    chart->xmr->upper = limit_figure(limits.upper);
    for (size_t i = 0; i < chart->count; i++) {
        chart->xmr->points[i].lower = chart->xmr->lower;
        chart->xmr->points[i].upper = chart->xmr->upper;
    }
}

static void draw_p_chart(struct chart *chart)
{
    struct ca_p_chart p = ca_p_chart_of(chart->positive, chart->graded, chart->count,
                                        chart->limits, chart->signals);
    int64_t tenths = 0;

    chart->xmr->trial = p.trial;
    chart->xmr->lower = chart->xmr->upper = ca_no_figure(CA_NOT_APPLICABLE);
    if (!p.defined)
        return;
    chart->xmr->mean = limit_figure(100 * p.mean);
    for (size_t i = 0; i < chart->count; i++) {
        struct ca_summary_point *point = &chart->xmr->points[i];
        ca_percent_tenths(chart->limits[i].low, chart->graded[i], &tenths);
        point->lower = ca_figure(tenths);
        ca_percent_tenths(chart->limits[i].high, chart->graded[i], &tenths);
        point->upper = ca_figure(tenths);
    }
}

static void set_runs(struct ca_summary_xmr *xmr, const struct ca_run_chart *runs)
{
    if (!runs->defined)
        return;
    xmr->longest = ca_figure((int64_t)runs->longest);
    xmr->longest_allowed = ca_figure((int64_t)runs->longest_allowed);
    xmr->crossings = ca_figure((int64_t)runs->crossings);
    xmr->fewest_crossings = ca_figure((int64_t)runs->fewest_crossings);
    xmr->run_signal = runs->signal;
}

/* The mean and the limits of a chart with a withheld point would help to find it. */
static void finish_chart(struct chart *chart)
{
    struct ca_summary_xmr *xmr = chart->xmr;
    struct ca_run_chart runs = ca_run_chart_of(chart->values, chart->count);
    struct ca_figure none = ca_no_figure(chart->hidden ? CA_WITHHELD : CA_NO_OBSERVATIONS);

    xmr->trial = chart->count < FULL_YEAR;
    xmr->mean = xmr->lower = xmr->upper = none;
    xmr->longest = xmr->longest_allowed = xmr->crossings = xmr->fewest_crossings = none;
    for (size_t i = 0; i < chart->count; i++)
        xmr->points[i].lower = xmr->points[i].upper = none;
    if (chart->hidden)
        return;
    (xmr->p_chart ? draw_p_chart : draw_xmr)(chart);
    set_runs(xmr, &runs);
    for (size_t i = 0; i < chart->count; i++)
        xmr->points[i].signal = ca_signal_words(chart->signals[i]);
}

/* What is withheld is left out, as what has no audits is: nobody can tell which is which. */
static size_t shown_points(const struct ca_plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->point_count; i++)
        count += !plan->points[i].hidden;
    return count;
}

static void make_chart(struct ca_plan *plan)
{
    struct ca_summary_xmr *xmr = &plan->summary->xmr;
    size_t count = shown_points(plan);
    struct chart chart = {.xmr = xmr, .count = count, .hidden = count < plan->point_count};

    if (count == 0)
        return;
    *xmr =
        (struct ca_summary_xmr){.present = true,
                                .p_chart = plan->p_chart,
                                .quarters = plan->quarters,
                                .points = CA_ARRAY(plan->arena, count, struct ca_summary_point),
                                .point_count = count};
    chart.values = CA_ARRAY(plan->arena, count, double);
    chart.positive = CA_ARRAY(plan->arena, count, int64_t);
    chart.graded = CA_ARRAY(plan->arena, count, int64_t);
    chart.limits = CA_ARRAY(plan->arena, count, struct ca_binomial_limits);
    chart.signals = CA_ARRAY(plan->arena, count, unsigned);
    count = 0;
    for (size_t i = 0; i < plan->point_count; i++)
        if (!plan->points[i].hidden)
            make_point(&chart, count++, &plan->points[i]);
    xmr->left_out = chart.hidden;
    finish_chart(&chart);
}

/* ---- breaks ---- */

static const char *period_with(const struct ca_plan *plan, ca_date date)
{
    for (size_t i = 0; i <= plan->latest; i++)
        if (ca_period_contains(&plan->periods[i].period, date))
            return ca_arena_strdup(plan->arena, plan->periods[i].period.id);
    return NULL;
}

/* Templates of a series with audits, by the date of their first. */
static size_t order_templates(const struct ca_plan *plan, const struct ca_plan_template **order)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->template_count; i++) {
        size_t at = count;
        if (plan->templates[i].first == CA_NO_DATE)
            continue;
        for (; at > 0 && order[at - 1]->first > plan->templates[i].first; at--)
            order[at] = order[at - 1];
        order[at] = &plan->templates[i];
        count++;
    }
    return count;
}

static void make_series_breaks(struct ca_plan *plan)
{
    struct ca_summary *s = plan->summary;
    const struct ca_plan_template **order;
    size_t count;

    if (plan->request->template_count < 2)
        return;
    order = CA_ARRAY(plan->arena, plan->template_count, const struct ca_plan_template *);
    count = order_templates(plan, order);
    for (size_t i = 1; i < count; i++)
        s->breaks[s->break_count++] =
            (struct ca_summary_break){.from = order[i - 1]->id,
                                      .to = order[i]->id,
                                      .from_title = order[i - 1]->title,
                                      .to_title = order[i]->title,
                                      .date = order[i]->first,
                                      .period = period_with(plan, order[i]->first)};
}

static const char *measure_label(const struct ca_plan *plan, const char *id)
{
    for (size_t i = 0; i < plan->summary->measure_count; i++)
        if (strcmp(plan->summary->measures[i].id, id) == 0)
            return plan->summary->measures[i].label;
    return NULL;
}

/* Both sides of the change must be among what is shown. */
static void make_measure_break(struct ca_plan *plan, const struct ca_measure_change *change)
{
    const struct ca_material *m = plan->material;
    struct ca_summary *s = plan->summary;
    struct ca_summary_break new = {.measure = measure_label(plan, change->measure),
                                   .date = CA_NO_DATE};
    const char *before = ca_arena_printf(plan->arena, "%s%c%s", change->measure,
                                         CA_MEASURE_BEFORE, change->from);

    if (new.measure == NULL || measure_label(plan, before) == NULL)
        return;
    for (size_t i = 0; i < m->template_count; i++)
        if (strcmp(m->templates[i].id, change->template_id) == 0 &&
            strcmp(m->templates[i].version, change->to) == 0)
            new.date = plan->maps[i].first;
    new.from = new.from_title =
        ca_arena_printf(plan->arena, "%s@%s", change->template_id, change->from);
    new.to = new.to_title =
        ca_arena_printf(plan->arena, "%s@%s", change->template_id, change->to);
    new.period = new.date != CA_NO_DATE ? period_with(plan, new.date) : NULL;
    s->breaks[s->break_count++] = new;
}

static void make_breaks(struct ca_plan *plan)
{
    const struct ca_material *m = plan->material;

    plan->summary->breaks =
        CA_ARRAY(plan->arena, plan->template_count + m->change_count, struct ca_summary_break);
    make_series_breaks(plan);
    for (size_t i = 0; i < m->change_count; i++)
        make_measure_break(plan, &m->changes[i]);
}

void ca_plan_series(struct ca_plan *plan)
{
    make_chart(plan);
    make_breaks(plan);
}
