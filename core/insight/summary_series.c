/* The monthly chart over all audits of the store, and the breaks of a series. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/insight/summary_private.h"

enum { FULL_YEAR = 12 };

/* ---- XmR chart ---- */

struct chart {
    double *values; /* per cents */
    unsigned *signals;
    size_t count;
    bool hidden; /* of one point or more */
};

static void add_point(struct ca_plan *plan, const struct ca_plan_month *month,
                      struct chart *chart)
{
    struct ca_summary_point *point = &plan->summary->xmr.points[chart->count];
    int64_t tenths = 0;

    snprintf(point->month, sizeof point->month, "%04d-%02d", month->month / 12,
             month->month % 12 + 1);
    ca_percent_tenths(month->positive, month->graded, &tenths);
    point->percent = month->hidden ? ca_no_figure(CA_WITHHELD) : ca_figure(tenths);
    chart->hidden |= month->hidden;
    chart->values[chart->count++] = 100.0 * (double)month->positive / (double)month->graded;
}

static void set_limits(struct ca_summary_xmr *xmr, const struct ca_xmr *limits)
{
    if (!limits->defined)
        return;
    xmr->mean = ca_figure(ca_scaled(limits->mean, 10));
    xmr->lower = ca_figure(ca_scaled(limits->lower, 10));
    xmr->upper = ca_figure(ca_scaled(limits->upper, 10));
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
static void finish_chart(struct ca_summary_xmr *xmr, const struct chart *chart)
{
    struct ca_xmr limits = ca_xmr_of(chart->values, chart->count, chart->signals);
    struct ca_run_chart runs = ca_run_chart_of(chart->values, chart->count);
    struct ca_figure none = ca_no_figure(chart->hidden ? CA_WITHHELD : CA_NO_OBSERVATIONS);

    xmr->point_count = chart->count;
    xmr->trial = limits.trial;
    xmr->mean = xmr->lower = xmr->upper = none;
    xmr->longest = xmr->longest_allowed = xmr->crossings = xmr->fewest_crossings = none;
    if (chart->hidden)
        return;
    set_limits(xmr, &limits);
    set_runs(xmr, &runs);
    for (size_t i = 0; i < chart->count && limits.defined; i++)
        xmr->points[i].signal = ca_signal_words(chart->signals[i]);
}

static void make_chart(struct ca_plan *plan)
{
    struct ca_summary_xmr *xmr = &plan->summary->xmr;
    struct chart chart = {0};

    if (plan->month_count < FULL_YEAR || plan->positive == 0)
        return;
    xmr->present = true;
    xmr->points = CA_ARRAY(plan->arena, plan->month_count, struct ca_summary_point);
    chart.values = ca_xcalloc(plan->month_count, sizeof *chart.values);
    chart.signals = ca_xcalloc(plan->month_count, sizeof *chart.signals);
    for (size_t i = 0; i < plan->month_count; i++)
        if (plan->months[i].graded > 0)
            add_point(plan, &plan->months[i], &chart);
    finish_chart(xmr, &chart);
    free(chart.values);
    free(chart.signals);
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

static void make_breaks(struct ca_plan *plan)
{
    struct ca_summary *s = plan->summary;
    const struct ca_plan_template **order;
    size_t count;

    if (plan->request->template_count < 2)
        return;
    order = CA_ARRAY(plan->arena, plan->template_count, const struct ca_plan_template *);
    count = order_templates(plan, order);
    s->breaks = CA_ARRAY(plan->arena, count, struct ca_summary_break);
    for (size_t i = 1; i < count; i++)
        s->breaks[s->break_count++] = (struct ca_summary_break){
            order[i - 1]->id, order[i]->id,    order[i - 1]->title,
            order[i]->title,  order[i]->first, period_with(plan, order[i]->first)};
}

void ca_plan_series(struct ca_plan *plan)
{
    make_chart(plan);
    make_breaks(plan);
}
