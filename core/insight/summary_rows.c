/* From counts to figures: the rows of the summary. */
#include <string.h>

#include "core/insight/summary_private.h"

/* ---- figures ---- */

struct ca_figure ca_count_figure(const struct ca_counts *counts, size_t at)
{
    return counts->hidden[at] ? ca_no_figure(CA_WITHHELD) : ca_figure(counts->n[at]);
}

struct ca_figure ca_value_figure(struct ca_value value, int64_t scale)
{
    return value.defined ? ca_figure(ca_scaled(value.value, scale))
                         : ca_no_figure(CA_NO_OBSERVATIONS);
}

static void set_percentages(struct ca_share *share, struct ca_figure figure)
{
    share->tenths = share->whole = share->low = share->high = share->low_whole =
        share->high_whole = figure;
}

static void set_interval(struct ca_share *share, struct ca_interval interval)
{
    if (!interval.defined)
        return;
    share->low = ca_figure(ca_scaled(interval.low, 1000));
    share->high = ca_figure(ca_scaled(interval.high, 1000));
    share->low_whole = ca_figure(ca_scaled(interval.low, 100));
    share->high_whole = ca_figure(ca_scaled(interval.high, 100));
}

struct ca_share ca_share_of(struct ca_figure count, struct ca_figure of,
                            enum ca_interval_kind interval, int64_t population)
{
    struct ca_share share = {.count = count, .of = of};
    int64_t percent;

    if (count.shown == CA_NOT_APPLICABLE)
        set_percentages(&share, count);
    else if (!ca_is_shown(count) || !ca_is_shown(of))
        set_percentages(&share, ca_no_figure(CA_WITHHELD));
    if (!ca_is_shown(count) || !ca_is_shown(of))
        return share;
    set_percentages(&share, ca_no_figure(CA_NO_OBSERVATIONS));
    if (ca_percent_tenths(count.value, of.value, &percent))
        share.tenths = ca_figure(percent);
    if (ca_percent_whole(count.value, of.value, &percent))
        share.whole = ca_figure(percent);
    if (interval == CA_WITH_INTERVAL)
        set_interval(&share, population >= 0
                                 ? ca_wilson_finite(count.value, of.value, population)
                                 : ca_wilson(count.value, of.value));
    return share;
}

/* ---- the parts of a row ---- */

struct making {
    struct ca_plan *plan;
    const struct ca_plan_period *period;
    const struct ca_places *l;
    const struct ca_counts *counts;
    struct ca_summary_row *row;
};

static struct ca_figure figure_at(const struct making *m, size_t at)
{
    return ca_count_figure(m->counts, at);
}

static struct ca_share share_at(const struct making *m, size_t count, size_t of,
                                enum ca_interval_kind interval)
{
    return ca_share_of(figure_at(m, count), figure_at(m, of), interval, -1);
}

static struct ca_summary_grades block_at(const struct making *m, size_t at)
{
    struct ca_summary_grades block = {figure_at(m, at + m->l->grades),
                                      figure_at(m, at + m->l->grades + 1),
                                      CA_ARRAY(m->plan->arena, m->l->grades, struct ca_share)};

    for (size_t g = 0; g < m->l->grades; g++)
        block.shares[g] = share_at(m, at + g, at + m->l->grades, CA_NO_INTERVAL);
    return block;
}

static void make_grades(const struct making *m)
{
    struct ca_summary_row *row = m->row;
    struct ca_figure graded = figure_at(m, ca_at_graded(m->l));
    int64_t population = row->finite ? m->period->population : -1;

    row->grades = CA_ARRAY(m->plan->arena, m->l->grades, struct ca_share);
    for (size_t g = 0; g < m->l->grades; g++)
        row->grades[g] = ca_share_of(figure_at(m, g), graded, CA_WITH_INTERVAL, population);
    row->positive = ca_share_of(m->plan->positive > 0 ? figure_at(m, ca_at_positive(m->l))
                                                      : ca_no_figure(CA_NOT_APPLICABLE),
                                graded, CA_WITH_INTERVAL, population);
}

static void make_coverage(const struct making *m)
{
    struct ca_summary_row *row = m->row;
    struct ca_share share;

    row->population = row->coverage = row->coverage_whole =
        ca_no_figure(row->total ? CA_NO_OBSERVATIONS : CA_NOT_APPLICABLE);
    if (!row->total || m->period->population < 0)
        return;
    row->population = ca_figure(m->period->population);
    if (m->plan->threshold > 0 && m->period->population > 0 &&
        m->period->population <= m->plan->threshold)
        row->population = ca_no_figure(CA_WITHHELD);
    share = ca_share_of(row->audits, row->population, CA_NO_INTERVAL, -1);
    row->coverage = share.tenths;
    row->coverage_whole = share.whole;
}

static void make_audits(const struct making *m)
{
    struct ca_summary_row *row = m->row;

    row->audits = figure_at(m, ca_at_audits(m->l));
    row->graded = figure_at(m, ca_at_graded(m->l));
    row->not_graded = figure_at(m, ca_at_not_graded(m->l));
    row->history = figure_at(m, ca_at_history(m->l));
    row->finite = row->total && m->period->population >= 0 && m->period->drawn &&
                  m->counts->n[ca_at_audits(m->l)] > 0;
    make_coverage(m);
    make_grades(m);
}

/* A section that stands apart has no grades: not none of each. */
static struct ca_summary_grades section_at(const struct making *m, size_t section, size_t at)
{
    struct ca_summary_grades grades = block_at(m, at);
    struct ca_figure none = ca_no_figure(CA_NOT_APPLICABLE);

    if (!m->plan->summary->sections[section].apart)
        return grades;
    grades.graded = none;
    for (size_t g = 0; g < m->l->grades; g++)
        grades.shares[g] = ca_share_of(none, none, CA_NO_INTERVAL, -1);
    return grades;
}

static void make_sections(const struct making *m)
{
    struct ca_summary_row *row = m->row;

    row->sections = CA_ARRAY(m->plan->arena, m->l->sections, struct ca_summary_grades);
    for (size_t s = 0; s < m->l->sections; s++)
        row->sections[s] = section_at(m, s, ca_at_section(m->l, s));
    row->agencies = CA_ARRAY(m->plan->arena, m->l->agencies, struct ca_summary_agency);
    for (size_t a = 0; a < m->l->agencies; a++) {
        struct ca_summary_agency *agency = &row->agencies[a];
        agency->returns = figure_at(m, ca_at_agency(m->l, a));
        agency->overall = block_at(m, ca_at_agency(m->l, a) + 1);
        agency->grid = CA_ARRAY(m->plan->arena, m->l->sections, struct ca_summary_grades);
        for (size_t s = 0; s < m->l->sections; s++)
            agency->grid[s] = section_at(m, s, ca_at_grid(m->l, a, s));
    }
}

static void make_mean(const struct making *m, size_t at, struct ca_summary_measure *measure)
{
    int64_t hundredths;

    measure->share = ca_share_of(ca_no_figure(CA_NOT_APPLICABLE),
                                 ca_no_figure(CA_NOT_APPLICABLE), CA_NO_INTERVAL, -1);
    measure->sum = figure_at(m, at);
    measure->count = figure_at(m, at + 1);
    measure->mean = ca_no_figure(ca_is_shown(measure->sum) && ca_is_shown(measure->count)
                                     ? CA_NO_OBSERVATIONS
                                     : CA_WITHHELD);
    /* Thousandths over a count, in hundredths: a tenth of it. */
    if (ca_is_shown(measure->sum) && ca_is_shown(measure->count) &&
        ca_ratio_scaled(measure->sum.value, measure->count.value * 10, 1, &hundredths))
        measure->mean = ca_figure(hundredths);
}

static void make_measures(const struct making *m)
{
    struct ca_summary_row *row = m->row;

    row->measures = CA_ARRAY(m->plan->arena, m->l->measures, struct ca_summary_measure);
    for (size_t i = 0; i < m->l->measures; i++) {
        size_t at = ca_at_measure(m->l, i);
        struct ca_summary_measure *measure = &row->measures[i];
        if (m->plan->summary->measures[i].mean) {
            make_mean(m, at, measure);
            continue;
        }
        measure->share = share_at(m, at, at + 1, CA_WITH_INTERVAL);
        measure->sum = measure->count = measure->mean = ca_no_figure(CA_NOT_APPLICABLE);
    }
}

static void make_lists(const struct making *m)
{
    struct ca_summary_row *row = m->row;
    size_t actions = ca_at_actions(m->l);

    row->alerts = CA_ARRAY(m->plan->arena, m->l->alerts, struct ca_figure);
    for (size_t i = 0; i < m->l->alerts; i++)
        row->alerts[i] = figure_at(m, ca_at_alert(m->l, i));
    row->limits = CA_ARRAY(m->plan->arena, m->l->limits, struct ca_figure);
    for (size_t i = 0; i < m->l->limits; i++)
        row->limits[i] = figure_at(m, ca_at_limit(m->l, i));
    row->themes = CA_ARRAY(m->plan->arena, m->l->themes, struct ca_summary_theme);
    for (size_t i = 0; i < m->l->themes; i++)
        row->themes[i] = (struct ca_summary_theme){figure_at(m, ca_at_theme(m->l, i)),
                                                   figure_at(m, ca_at_theme(m->l, i) + 1)};
    row->actions =
        (struct ca_summary_actions){figure_at(m, actions), figure_at(m, actions + 1),
                                    figure_at(m, actions + 2), figure_at(m, actions + 3)};
}

static void make_months(const struct making *m)
{
    struct ca_summary_row *row = m->row;

    row->month_count = m->l->months;
    row->months = CA_ARRAY(m->plan->arena, m->l->months, struct ca_summary_month);
    for (size_t i = 0; i < m->l->months; i++) {
        size_t at = ca_at_month(m->l, i);
        struct ca_summary_month *month = &row->months[i];
        memcpy(month->month, m->period->months[i].id, sizeof month->month);
        month->audits = figure_at(m, at);
        month->positive =
            m->plan->positive > 0 ? figure_at(m, at + 3) : ca_no_figure(CA_NOT_APPLICABLE);
        month->share = ca_share_of(month->positive, figure_at(m, at + 1), CA_NO_INTERVAL, -1);
    }
}

/* ---- moderation ---- */

/* Statistics are of all pairs: with one withheld they would help to find it. */
static bool any_hidden(const struct making *m)
{
    size_t at = ca_at_moderation(m->l);

    for (size_t i = 0; i < 4 + m->l->grades * m->l->grades; i++)
        if (m->counts->hidden[at + i])
            return true;
    return false;
}

static void make_agreement(const struct making *m, struct ca_summary_moderation *out)
{
    struct ca_agreement a =
        ca_agreement_of(m->counts->n + ca_at_moderation(m->l) + 4, m->l->grades);

    out->shift = ca_value_figure(a.shift, 1000);
    out->kappa = ca_value_figure(a.kappa, 1000);
    out->kappa_linear = ca_value_figure(a.kappa_linear, 1000);
    out->kappa_quadratic = ca_value_figure(a.kappa_quadratic, 1000);
    out->ac2 = ca_value_figure(a.ac2, 1000);
    out->bowker = ca_value_figure(a.bowker, 1000);
    out->bowker_p = ca_value_figure(a.bowker_p, 1000);
    out->bowker_freedom = a.bowker_freedom;
}

static void make_moderation(const struct making *m)
{
    struct ca_summary_moderation *out = &m->row->moderation;
    size_t at = ca_at_moderation(m->l), pairs = m->l->grades * m->l->grades;
    struct ca_figure withheld = ca_no_figure(CA_WITHHELD);

    out->moderated = figure_at(m, at);
    out->agreed = figure_at(m, at + 1);
    out->raised = figure_at(m, at + 2);
    out->lowered = figure_at(m, at + 3);
    out->agreement = share_at(m, at + 1, at, CA_WITH_INTERVAL);
    out->pairs = CA_ARRAY(m->plan->arena, pairs, struct ca_figure);
    for (size_t i = 0; i < pairs; i++)
        out->pairs[i] = figure_at(m, at + 4 + i);
    if (any_hidden(m))
        out->shift = out->kappa = out->kappa_linear = out->kappa_quadratic = out->ac2 =
            out->bowker = out->bowker_p = withheld;
    else
        make_agreement(m, out);
}

/* ---- rows ---- */

static void name_group(struct ca_plan *plan, const struct ca_plan_group *group,
                       struct ca_summary_row *row)
{
    size_t count = plan->request->by_count;

    row->group = group->values;
    row->group_label = CA_ARRAY(plan->arena, count, const char *);
    row->name = "";
    for (size_t i = 0; i < count; i++) {
        size_t place = group->values[i] != NULL
                           ? ca_map_get(plan->by[i].places, group->values[i])
                           : CA_NOT_FOUND;
        row->group_label[i] = place != CA_NOT_FOUND      ? plan->by[i].labels[place]
                              : group->values[i] != NULL ? group->values[i]
                                                         : "not recorded";
        row->name = ca_arena_printf(plan->arena, "%s%s%s", row->name, i > 0 ? ", " : "",
                                    row->group_label[i]);
    }
}

static void make_row(struct ca_plan *plan, const struct ca_plan_period *period,
                     const struct ca_counts *counts, const struct ca_plan_group *group,
                     struct ca_summary_row *row)
{
    struct making m = {plan, period, &period->layout, counts, row};

    row->period = period->period;
    row->total = group == NULL;
    if (group == NULL)
        row->name = ca_arena_strdup(plan->arena, period->period.id);
    else
        name_group(plan, group, row);
    make_audits(&m);
    make_sections(&m);
    make_measures(&m);
    make_lists(&m);
    make_months(&m);
    make_moderation(&m);
}

/* The entry for findings without a theme goes where there are none. */
static void drop_empty_theme(struct ca_plan *plan)
{
    struct ca_summary *s = plan->summary;
    size_t last = s->theme_count - 1;

    for (size_t i = 0; i < plan->period_count; i++) {
        const struct ca_plan_period *p = &plan->periods[i];
        size_t at = ca_at_theme(&p->layout, last);
        if (p->printed && (p->total.n[at] > 0 || p->total.n[at + 1] > 0))
            return;
    }
    s->theme_count--;
}

void ca_plan_rows(struct ca_plan *plan)
{
    struct ca_summary *s = plan->summary;
    size_t shown = plan->latest + 1;

    s->row_count = shown * (1 + plan->group_count);
    s->rows = CA_ARRAY(plan->arena, s->row_count, struct ca_summary_row);
    for (size_t i = 0, row = 0; i < shown; i++) {
        const struct ca_plan_period *p = &plan->periods[i];
        make_row(plan, p, &p->total, NULL, &s->rows[row++]);
        for (size_t g = 0; g < plan->group_count; g++)
            make_row(plan, p, &p->groups[plan->group_order[g]],
                     &plan->groups[plan->group_order[g]], &s->rows[row++]);
    }
    if (plan->baseline != SIZE_MAX && plan->baseline >= shown) {
        plan->baseline_row = CA_NEW(plan->arena, struct ca_summary_row);
        make_row(plan, &plan->periods[plan->baseline], &plan->periods[plan->baseline].total,
                 NULL, plan->baseline_row);
    }
    drop_empty_theme(plan);
}
