/* From counts to figures: the rows of the summary. */
#include <string.h>

#include "core/insight/summary_private.h"

/* ---- figures ---- */

static struct ca_figure count_figure(const struct ca_counts *counts, size_t at)
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
    return count_figure(m->counts, at);
}

static struct ca_share share_at(const struct making *m, size_t count, size_t of,
                                enum ca_interval_kind interval)
{
    return ca_share_of(figure_at(m, count), figure_at(m, of), interval, -1);
}

/* The sum of some grades of a block: known where each of them is. */
static struct ca_figure sum_of(const struct ca_summary_grades *block, size_t from, size_t to)
{
    struct ca_figure sum = ca_figure(0);

    for (size_t g = from; g < to; g++) {
        struct ca_figure count = block->shares[g].count;
        if (!ca_is_shown(count))
            return count;
        sum.value += count.value;
    }
    return sum;
}

/* The positive grades together, told also by all the others. */
static struct ca_share positive_of(const struct making *m,
                                   const struct ca_summary_grades *block)
{
    struct ca_figure sum = sum_of(block, 0, m->plan->positive);
    struct ca_figure others = sum_of(block, m->plan->positive, m->l->grades);

    if (!ca_is_shown(sum) && ca_is_shown(others) && ca_is_shown(block->graded))
        sum = ca_figure(block->graded.value - others.value);
    if (m->plan->positive == 0)
        sum = ca_no_figure(CA_NOT_APPLICABLE);
    return ca_share_of(sum, block->graded, CA_WITH_INTERVAL, -1);
}

static struct ca_summary_grades block_at(const struct making *m, size_t at)
{
    struct ca_summary_grades block = {
        .graded = figure_at(m, at + m->l->grades),
        .not_graded = figure_at(m, at + m->l->grades + 1),
        .shares = CA_ARRAY(m->plan->arena, m->l->grades, struct ca_share)};

    for (size_t g = 0; g < m->l->grades; g++)
        block.shares[g] = share_at(m, at + g, at + m->l->grades, CA_NO_INTERVAL);
    block.positive = positive_of(m, &block);
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
    grades.positive = ca_share_of(none, none, CA_NO_INTERVAL, -1);
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
        size_t at = ca_at_agency(m->l, a);
        agency->asked = figure_at(m, at + CA_AGENCY_ASKED);
        agency->returns = figure_at(m, at + CA_AGENCY_RETURNS);
        agency->better = figure_at(m, at + CA_AGENCY_BETTER);
        agency->same = figure_at(m, at + CA_AGENCY_BETTER + 1);
        agency->worse = figure_at(m, at + CA_AGENCY_BETTER + 2);
        agency->declared = block_at(m, ca_at_declared(m->l, a));
        agency->overall = block_at(m, ca_at_computed(m->l, a));
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

/* Fewer values than these tell nothing of a mean. */
enum { FEWEST_OF_A_MEAN = 10 };

static enum ca_target_state state_of_mean(const struct ca_summary_measure *m,
                                          const struct ca_target *target)
{
    int64_t thousandths = m->mean.value * 10;

    if (!ca_is_shown(m->mean))
        return CA_NO_TARGET;
    if (m->count.value < FEWEST_OF_A_MEAN)
        return CA_TARGET_UNSURE;
    return (target->most ? thousandths <= target->thousandths
                         : thousandths >= target->thousandths)
               ? CA_TARGET_MET
               : CA_TARGET_MISSED;
}

/* By the interval as it is printed, so that a reader finds the same. */
static enum ca_target_state state_of_share(const struct ca_share *share,
                                           const struct ca_target *target)
{
    int64_t low = share->low.value * 100, high = share->high.value * 100;

    if (!ca_is_shown(share->low))
        return CA_NO_TARGET;
    if (target->most ? high <= target->thousandths : low >= target->thousandths)
        return CA_TARGET_MET;
    if (target->most ? low > target->thousandths : high < target->thousandths)
        return CA_TARGET_MISSED;
    return CA_TARGET_UNSURE;
}

static void judge_targets(const struct making *m)
{
    for (size_t i = 0; i < m->l->measures; i++) {
        const struct ca_summary_measure_name *name = &m->plan->summary->measures[i];
        struct ca_summary_measure *measure = &m->row->measures[i];
        if (name->target != NULL)
            measure->state = name->mean ? state_of_mean(measure, name->target)
                                        : state_of_share(&measure->share, name->target);
    }
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

/* In a series a period has more rows than one where templates overlap: each says whose it is.
 */
static const char *when_of(const struct ca_plan *plan, const struct ca_plan_period *period)
{
    bool several =
        (period > plan->periods && period[-1].asked == period->asked) ||
        (period + 1 < plan->periods + plan->period_count && period[1].asked == period->asked);

    return several ? ca_arena_printf(plan->arena, "%s (%s)", period->period.id,
                                     period->only_template)
                   : ca_arena_strdup(plan->arena, period->period.id);
}

static void make_row(struct ca_plan *plan, const struct ca_plan_period *period,
                     const struct ca_counts *counts, const struct ca_plan_group *group,
                     struct ca_summary_row *row)
{
    struct making m = {plan, period, &period->layout, counts, row};

    row->period = period->period;
    row->total = group == NULL;
    row->when = when_of(plan, period);
    row->template_id = ca_plan_template(plan) != NULL ? period->only_template : NULL;
    if (group == NULL)
        row->name = row->when;
    else
        ca_plan_name_group(plan, group, &row->group_label, &row->name);
    row->group = group != NULL ? group->values : NULL;
    make_audits(&m);
    make_sections(&m);
    make_measures(&m);
    judge_targets(&m);
    make_lists(&m);
    make_months(&m);
    make_moderation(&m);
    ca_plan_spread(plan, counts, row);
}

/* Whether there is anything, or may be for all that readers are told. */
static bool is_any(const struct ca_counts *counts, size_t at)
{
    return counts->n[at] > 0 || counts->hidden[at];
}

/* The entry for findings without a theme goes where there are none. */
static void drop_empty_theme(struct ca_plan *plan)
{
    struct ca_summary *s = plan->summary;
    size_t last = s->theme_count - 1;

    for (size_t i = 0; i < plan->period_count; i++) {
        const struct ca_plan_period *p = &plan->periods[i];
        size_t at = ca_at_theme(&p->layout, last);
        if (p->printed && (is_any(&p->total, at) || is_any(&p->total, at + 1)))
            return;
    }
    s->theme_count--;
}

/* The total and its groups. */
static void make_period(struct ca_plan *plan, const struct ca_plan_period *p,
                        struct ca_summary_row *rows)
{
    make_row(plan, p, &p->total, NULL, rows);
    for (size_t g = 0; g < plan->group_count; g++)
        make_row(plan, p, &p->groups[plan->groups.order[g]],
                 &plan->groups.items[plan->groups.order[g]], &rows[1 + g]);
}

static void make_versions(struct ca_plan *plan)
{
    const struct ca_material *m = plan->material;
    struct ca_summary *s = plan->summary;

    s->versions = CA_ARRAY(plan->arena, m->template_count, struct ca_summary_version);
    for (size_t i = 0; i < m->template_count; i++)
        if (plan->maps[i].shown)
            s->versions[s->version_count++] = (struct ca_summary_version){
                ca_arena_strdup(plan->arena, m->templates[i].id),
                ca_arena_strdup(plan->arena, m->templates[i].version)};
}

/* Measures of earlier versions that nothing was counted of, in the order of names. */
static bool is_idle(const struct ca_plan *plan, size_t measure)
{
    if (strchr(plan->summary->measures[measure].id, CA_MEASURE_BEFORE) == NULL)
        return false;
    for (size_t i = 0; i < plan->period_count; i++) {
        const struct ca_plan_period *p = &plan->periods[i];
        if (p->printed && is_any(&p->total, ca_at_measure(&p->layout, measure) + 1))
            return false;
    }
    return true;
}

static void drop_from_rows(struct ca_summary_row *rows, size_t count, size_t measure,
                           size_t measures)
{
    for (size_t i = 0; i < count; i++)
        memmove(rows[i].measures + measure, rows[i].measures + measure + 1,
                (measures - measure - 1) * sizeof *rows[i].measures);
}

/* What an earlier version asked in another way is not shown where that version was not used. */
static void drop_idle_measures(struct ca_plan *plan)
{
    struct ca_summary *s = plan->summary;

    for (size_t i = s->measure_count; i-- > 0;) {
        if (!is_idle(plan, i))
            continue;
        drop_from_rows(s->rows, s->row_count, i, s->measure_count);
        if (plan->baseline_rows != NULL)
            drop_from_rows(plan->baseline_rows, 1 + plan->group_count, i, s->measure_count);
        memmove(s->measures + i, s->measures + i + 1,
                (s->measure_count - i - 1) * sizeof *s->measures);
        s->measure_count--;
    }
}

void ca_plan_rows(struct ca_plan *plan)
{
    struct ca_summary *s = plan->summary;
    size_t shown = plan->latest + 1, size = 1 + plan->group_count;

    s->row_count = shown * size;
    s->rows = CA_ARRAY(plan->arena, s->row_count, struct ca_summary_row);
    for (size_t i = 0; i < shown; i++)
        make_period(plan, &plan->periods[i], s->rows + i * size);
    if (plan->baseline != SIZE_MAX && plan->baseline >= shown) {
        plan->baseline_rows = CA_ARRAY(plan->arena, size, struct ca_summary_row);
        make_period(plan, &plan->periods[plan->baseline], plan->baseline_rows);
    }
    ca_plan_make_standing(plan);
    make_versions(plan);
    drop_empty_theme(plan);
    drop_idle_measures(plan);
}
