/* Every figure of a summary, one at a time: the long table of the CSV and of a sheet. */
#include "core/report/summary/summary_tidy.h"

struct table {
    const struct ca_summary *s;
    ca_tidy_visit *visit;
    void *context;
    const struct ca_summary_row *row;    /* whose figures come next */
    const char *const *group;            /* labels, where it is of no row */
    const char *period;                  /* where it is of no row */
    const char *part, *section, *agency; /* NULL where they do not apply */
    const char *item, *label;
};

/* All columns but the last. */
static struct ca_tidy begin(const struct table *t, const char *figure)
{
    const struct ca_summary_row *row = t->row;

    return (struct ca_tidy){.row = row,
                            .group = row == NULL  ? t->group
                                     : row->total ? NULL
                                                  : row->group_label,
                            .period = row != NULL ? row->period.id : t->period,
                            .template_id = row != NULL ? row->template_id : NULL,
                            .part = t->part,
                            .section = t->section,
                            .agency = t->agency,
                            .item = t->item,
                            .label = t->label,
                            .figure = figure};
}

static void words(const struct table *t, const char *figure, const char *text)
{
    struct ca_tidy tidy = begin(t, figure);

    tidy.text = text;
    t->visit(t->context, &tidy);
}

static void number(const struct table *t, const char *figure, struct ca_figure f, int places)
{
    struct ca_tidy tidy = begin(t, figure);

    tidy.is_number = true;
    tidy.value = f;
    tidy.places = places;
    t->visit(t->context, &tidy);
}

static void percentages(const struct table *t, const struct ca_share *share)
{
    number(t, "percent", share->tenths, 1);
    number(t, "low", share->low, 1);
    number(t, "high", share->high, 1);
}

/* ---- the parts of a row ---- */

static void set(struct table *t, const char *part, const char *item, const char *label)
{
    t->part = part;
    t->item = item;
    t->label = label;
}

static void audits(struct table *t)
{
    const struct ca_summary_row *row = t->row;

    set(t, "audits", NULL, NULL);
    number(t, "audits", row->audits, 0);
    number(t, "graded", row->graded, 0);
    number(t, "not_graded", row->not_graded, 0);
    number(t, "history", row->history, 0);
    number(t, "population", row->population, 0);
    number(t, "coverage", row->coverage, 1);
}

static void grades(struct table *t)
{
    for (size_t g = 0; g < t->s->grade_count; g++) {
        set(t, "grade", t->s->grades[g].id, t->s->grades[g].label);
        number(t, "count", t->row->grades[g].count, 0);
        percentages(t, &t->row->grades[g]);
    }
    set(t, "positive", "positive", t->s->positive_label);
    if (t->s->has_positive) {
        number(t, "count", t->row->positive.count, 0);
        percentages(t, &t->row->positive);
    }
}

static void block(struct table *t, const char *part, const struct ca_summary_grades *b)
{
    for (size_t g = 0; g < t->s->grade_count; g++) {
        set(t, part, t->s->grades[g].id, t->s->grades[g].label);
        number(t, "count", b->shares[g].count, 0);
        number(t, "percent", b->shares[g].tenths, 1);
    }
    set(t, part, NULL, NULL);
    number(t, "not_graded", b->not_graded, 0);
    if (!t->s->has_positive)
        return;
    number(t, "positive", b->positive.count, 0);
    percentages(t, &b->positive);
}

static void sections(struct table *t, const char *part, const struct ca_summary_grades *blocks)
{
    for (size_t i = 0; i < t->s->section_count; i++) {
        t->section = t->s->sections[i].id;
        block(t, part, &blocks[i]);
    }
    t->section = NULL;
}

static void spread(struct table *t, const char *label, const struct ca_summary_spread *spread)
{
    set(t, "score", NULL, label);
    number(t, "count", spread->count, 0);
    number(t, "first_quartile", spread->first, 2);
    number(t, "median", spread->median, 2);
    number(t, "third_quartile", spread->third, 2);
}

static void scores(struct table *t)
{
    if (t->row->scores == NULL)
        return;
    spread(t, NULL, t->row->scores);
    number(t, "out_of", (struct ca_figure){CA_SHOWN, t->s->out_of}, 0);
    for (size_t i = 0; i < t->s->section_count; i++) {
        t->section = t->s->sections[i].id;
        spread(t, t->s->sections[i].title, &t->row->section_scores[i]);
    }
    t->section = NULL;
    for (size_t a = 0; a < t->s->agency_count; a++) {
        t->agency = t->s->agencies[a].id;
        spread(t, t->s->agencies[a].label, &t->row->agency_scores[a]);
    }
    t->agency = NULL;
}

static void agencies(struct table *t)
{
    for (size_t a = 0; a < t->s->agency_count; a++) {
        const struct ca_summary_agency *agency = &t->row->agencies[a];
        t->agency = t->s->agencies[a].id;
        set(t, "agency", NULL, t->s->agencies[a].label);
        number(t, "asked", agency->asked, 0);
        number(t, "returns", agency->returns, 0);
        number(t, "declared_better", agency->better, 0);
        number(t, "declared_same", agency->same, 0);
        number(t, "declared_worse", agency->worse, 0);
        block(t, "agency", &agency->overall);
        block(t, "agency-declared", &agency->declared);
        sections(t, "agency-section", agency->grid);
    }
    t->agency = NULL;
}

static void target(struct table *t, const struct ca_summary_measure_name *name,
                   enum ca_target_state state)
{
    if (name->target == NULL)
        return;
    number(t, "target", (struct ca_figure){CA_SHOWN, name->target->thousandths}, 3);
    words(t, "target_at_most", name->target->most ? "true" : "false");
    words(t, "target_state", ca_target_state_words(state));
}

static void measures(struct table *t)
{
    for (size_t i = 0; i < t->s->measure_count; i++) {
        const struct ca_summary_measure *m = &t->row->measures[i];
        set(t, "measure", t->s->measures[i].id, t->s->measures[i].label);
        if (t->s->measures[i].mean) {
            number(t, "sum", m->sum, 3);
            number(t, "count", m->count, 0);
            number(t, "mean", m->mean, 2);
        } else {
            number(t, "numerator", m->share.count, 0);
            number(t, "denominator", m->share.of, 0);
            percentages(t, &m->share);
        }
        target(t, &t->s->measures[i], m->state);
    }
}

static void lists(struct table *t)
{
    for (size_t i = 0; i < t->s->alert_count; i++) {
        set(t, "alert", t->s->alerts[i].id, t->s->alerts[i].message);
        number(t, "count", t->row->alerts[i], 0);
    }
    for (size_t i = 0; i < t->s->limit_count; i++) {
        set(t, "limit", t->s->limits[i].id, t->s->limits[i].reason);
        number(t, "count", t->row->limits[i], 0);
    }
    for (size_t i = 0; i < t->s->theme_count; i++) {
        set(t, "theme", t->s->themes[i].id, t->s->themes[i].label);
        number(t, "strengths", t->row->themes[i].strengths, 0);
        number(t, "improvements", t->row->themes[i].improvements, 0);
    }
}

static void actions(struct table *t)
{
    const struct ca_summary_actions *a = &t->row->actions;

    set(t, "actions", NULL, NULL);
    number(t, "raised", a->raised, 0);
    number(t, "completed", a->completed, 0);
    number(t, "verified", a->verified, 0);
    number(t, "overdue", a->overdue, 0);
}

static void months(struct table *t)
{
    for (size_t i = 0; i < t->row->month_count; i++) {
        set(t, "month", t->row->months[i].month, NULL);
        number(t, "audits", t->row->months[i].audits, 0);
        number(t, "positive", t->row->months[i].positive, 0);
    }
}

static void moderation(struct table *t)
{
    const struct ca_summary_moderation *m = &t->row->moderation;

    set(t, "moderation", NULL, NULL);
    number(t, "moderated", m->moderated, 0);
    number(t, "agreed", m->agreed, 0);
    number(t, "raised", m->raised, 0);
    number(t, "lowered", m->lowered, 0);
    number(t, "shift", m->shift, 3);
    number(t, "kappa", m->kappa, 3);
    number(t, "kappa_linear", m->kappa_linear, 3);
    number(t, "kappa_quadratic", m->kappa_quadratic, 3);
    number(t, "ac2", m->ac2, 3);
    number(t, "bowker", m->bowker, 3);
    number(t, "bowker_p", m->bowker_p, 3);
    for (size_t a = 0; a < t->s->grade_count; a++)
        for (size_t b = 0; b < t->s->grade_count; b++) {
            set(t, "moderation-pair", t->s->grades[a].id, t->s->grades[a].label);
            number(t, t->s->grades[b].id, m->pairs[a * t->s->grade_count + b], 0);
        }
}

static void row(struct table *t)
{
    audits(t);
    grades(t);
    sections(t, "section", t->row->sections);
    scores(t);
    agencies(t);
    measures(t);
    lists(t);
    actions(t);
    months(t);
    moderation(t);
}

/* ---- what is not of one row ---- */

static void change(struct table *t, const struct ca_summary_change *c)
{
    number(t, "from_count", c->from.count, 0);
    number(t, "from_of", c->from.of, 0);
    number(t, "to_count", c->to.count, 0);
    number(t, "to_of", c->to.of, 0);
    number(t, "from_percent", c->from.tenths, 1);
    number(t, "to_percent", c->to.tenths, 1);
    number(t, "difference", c->difference, 1);
    number(t, "low", c->low, 1);
    number(t, "high", c->high, 1);
    number(t, "p", c->p, 3);
    words(t, "verdict", c->judged ? ca_verdict_words(c->verdict) : ca_figure_symbol(c->p));
}

static void trend(struct table *t, const struct ca_summary_trend *trend)
{
    number(t, "m2", trend->m2, 3);
    number(t, "p", trend->p, 3);
    number(t, "periods", (struct ca_figure){CA_SHOWN, (int64_t)trend->periods}, 0);
    words(t, "verdict",
          trend->judged ? ca_verdict_words(trend->verdict) : ca_figure_symbol(trend->p));
}

static void comparison(struct table *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;

    if (c == NULL)
        return;
    t->row = c->to;
    set(t, "change", NULL, NULL);
    words(t, "from", c->from->period.id);
    for (size_t g = 0; g < t->s->grade_count; g++) {
        set(t, "change", t->s->grades[g].id, t->s->grades[g].label);
        change(t, &c->grades[g]);
    }
    set(t, "change", "positive", t->s->positive_label);
    if (t->s->has_positive)
        change(t, &c->positive);
    set(t, "trend", NULL, NULL);
    trend(t, &c->trend);
    for (size_t g = 0; g < c->group_count; g++) {
        t->row = c->groups[g].to;
        set(t, "change", "positive", t->s->positive_label);
        change(t, &c->groups[g].positive);
        number(t, "p_adjusted", c->groups[g].adjusted, 3);
    }
    t->row = NULL;
}

static void standing_figures(struct table *t, const struct ca_summary_standing *s)
{
    char date[CA_DATE_SIZE];

    number(t, "open", s->open, 0);
    number(t, "overdue", s->overdue, 0);
    words(t, "oldest_due", s->oldest != CA_NO_DATE ? ca_date_format(s->oldest, date) : NULL);
}

static void standing(struct table *t)
{
    char date[CA_DATE_SIZE];

    set(t, "standing", NULL, NULL);
    words(t, "as_of", ca_date_format(t->s->as_of, date));
    standing_figures(t, &t->s->standing);
    for (size_t i = 0; i < t->s->owing_count; i++) {
        t->group = t->s->owing[i].group_label;
        standing_figures(t, &t->s->owing[i].standing);
    }
    t->group = NULL;
}

static void xmr(struct table *t)
{
    const struct ca_summary_xmr *x = &t->s->xmr;

    if (!x->present)
        return;
    set(t, "xmr", NULL, NULL);
    number(t, "mean", x->mean, 1);
    number(t, "lower", x->lower, 1);
    number(t, "upper", x->upper, 1);
    words(t, "limits", x->trial ? "trial" : "settled");
    words(t, "chart", x->p_chart ? "p" : "xmr");
    words(t, "unit", x->quarters ? "quarter" : "month");
    for (size_t i = 0; i < x->point_count; i++) {
        set(t, "xmr", x->points[i].month, NULL);
        number(t, "percent", x->points[i].percent, 1);
        words(t, "signal", x->points[i].signal);
        number(t, "graded", x->points[i].graded, 0);
        number(t, "lower", x->points[i].lower, 1);
        number(t, "upper", x->points[i].upper, 1);
    }
}

static void funnel(struct table *t)
{
    static const char *const where[] = {"within", "outside 95%", "outside 99.8%"};
    const struct ca_summary_funnel *f = &t->s->funnel;

    set(t, "funnel", NULL, NULL);
    if (f->point_count > 0)
        number(t, "mean", f->mean, 1);
    for (size_t i = 0; i < f->point_count; i++) {
        set(t, "funnel", f->points[i].name, NULL);
        number(t, "graded", f->points[i].graded, 0);
        number(t, "percent", f->points[i].percent, 1);
        words(t, "limits", where[f->points[i].outside]);
    }
}

static void breaks(struct table *t)
{
    char date[CA_DATE_SIZE];

    for (size_t i = 0; i < t->s->break_count; i++) {
        const struct ca_summary_break *b = &t->s->breaks[i];
        set(t, "break", b->to, b->to_title);
        words(t, "from", b->from);
        words(t, "period", b->period);
        words(t, "measure", b->measure);
        words(t, "date", b->date != CA_NO_DATE ? ca_date_format(b->date, date) : NULL);
    }
}

static void indicators(struct table *t)
{
    for (size_t i = 0; i < t->s->indicator_count; i++) {
        const struct ca_summary_indicator *n = &t->s->indicators[i];
        for (size_t k = 0; k < n->point_count; k++) {
            set(t, "indicator", n->id, n->label);
            t->period = n->points[k].period;
            if (n->points[k].proportion) {
                number(t, "numerator", n->points[k].share.count, 0);
                number(t, "denominator", n->points[k].share.of, 0);
                percentages(t, &n->points[k].share);
            } else {
                number(t, "value", n->points[k].value, 3);
            }
        }
        t->period = NULL;
        set(t, "indicator", n->id, n->label);
        words(t, "polarity", ca_better_name(n->polarity));
        words(t, "direction", n->moved ? ca_direction_name(n->direction) : NULL);
        words(t, "merit", n->moved ? n->merit : NULL);
        set(t, "indicator-trend", n->id, n->label);
        trend(t, &n->trend);
    }
}

/* ---- all of it ---- */

bool ca_summary_is_series(const struct ca_summary *s)
{
    return s->row_count > 0 && s->rows[0].template_id != NULL;
}

void ca_summary_tidy(const struct ca_summary *s, ca_tidy_visit *visit, void *context)
{
    struct table t = {.s = s, .visit = visit, .context = context};

    for (size_t i = 0; i < s->row_count; i++) {
        t.row = &s->rows[i];
        row(&t);
    }
    t.row = NULL;
    comparison(&t);
    standing(&t);
    xmr(&t);
    funnel(&t);
    breaks(&t);
    indicators(&t);
}
