/* The summary as one long tidy table, for other programs. */
#include "core/report/summary/summary_csv.h"

#include <string.h>

#include "core/base/utf8.h"

/* ---- cells ---- */

struct table {
    struct ca_buffer *out;
    const struct ca_summary *s;
    bool series;                         /* rows are of one template each */
    const struct ca_summary_row *row;    /* whose figures come next */
    const char *period;                  /* where it is of no row */
    const char *part, *section, *agency; /* NULL where they do not apply */
    const char *item, *label;
};

/* Would a spreadsheet run it? A plain number is safe. */
static bool is_formula(const char *text)
{
    size_t digits;

    if (*text == '\0' || strchr("=+-@\t\r", *text) == NULL)
        return false;
    digits = strspn(text + 1, "0123456789");
    return *text != '-' || digits == 0 || text[1 + digits] != '\0';
}

static void cell(struct ca_buffer *out, const char *text)
{
    struct ca_buffer plain = {0};
    bool quote;

    if (text == NULL)
        return;
    quote = strpbrk(text, ",\"\r\n") != NULL || is_formula(text);
    if (quote)
        ca_buffer_putc(out, '"');
    if (is_formula(text))
        ca_buffer_putc(out, '\'');
    ca_utf8_add_harmless(&plain, text, true);
    for (const char *p = plain.data; p != NULL && *p != '\0'; p++) {
        if (*p == '"')
            ca_buffer_putc(out, '"');
        ca_buffer_putc(out, *p);
    }
    if (quote)
        ca_buffer_putc(out, '"');
    ca_buffer_free(&plain);
}

static void next(struct ca_buffer *out, const char *text)
{
    ca_buffer_putc(out, ',');
    cell(out, text);
}

/* All columns but the last. */
static void begin(const struct table *t, const char *figure)
{
    char date[CA_DATE_SIZE];
    struct ca_buffer *out = t->out;

    cell(out, t->row ? t->row->period.id : t->period);
    next(out, t->row ? ca_date_format(t->row->period.from, date) : NULL);
    next(out, t->row ? ca_date_format(t->row->period.to, date) : NULL);
    if (t->series)
        next(out, t->row ? t->row->template_id : NULL);
    for (size_t i = 0; i < t->s->group_by_count; i++)
        next(out, !t->row || t->row->total ? NULL : t->row->group_label[i]);
    next(out, t->part);
    next(out, t->section);
    next(out, t->agency);
    next(out, t->item);
    next(out, t->label);
    next(out, figure);
    ca_buffer_putc(out, ',');
}

static void words(const struct table *t, const char *figure, const char *text)
{
    begin(t, figure);
    cell(t->out, text);
    ca_buffer_puts(t->out, "\r\n");
}

static void number(const struct table *t, const char *figure, struct ca_figure f, int places)
{
    char text[CA_FIGURE_SIZE];

    begin(t, figure);
    ca_buffer_puts(t->out, ca_figure_text(f, places, text));
    ca_buffer_puts(t->out, "\r\n");
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

static void standing(struct table *t)
{
    const struct ca_summary_standing *s = &t->s->standing;
    char date[CA_DATE_SIZE];

    set(t, "standing", NULL, NULL);
    words(t, "as_of", ca_date_format(t->s->as_of, date));
    number(t, "open", s->open, 0);
    number(t, "overdue", s->overdue, 0);
    words(t, "oldest_due", s->oldest != CA_NO_DATE ? ca_date_format(s->oldest, date) : NULL);
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

static void header(struct table *t)
{
    ca_buffer_puts(t->out, "period,from,to");
    ca_buffer_puts(t->out, t->series ? ",template" : "");
    for (size_t i = 0; i < t->s->group_by_count; i++)
        next(t->out, t->s->group_by[i].id);
    ca_buffer_puts(t->out, ",part,section,agency,item,label,figure,value\r\n");
}

void ca_summary_csv(struct ca_buffer *out, const struct ca_summary *s)
{
    struct table t = {
        .out = out, .s = s, .series = s->row_count > 0 && s->rows[0].template_id != NULL};

    header(&t);
    for (size_t i = 0; i < s->row_count; i++) {
        t.row = &s->rows[i];
        row(&t);
    }
    t.row = NULL;
    comparison(&t);
    standing(&t);
    xmr(&t);
    breaks(&t);
    indicators(&t);
}
