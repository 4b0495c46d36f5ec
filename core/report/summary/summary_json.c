/* The summary as JSON, by schemas/summary-1.schema.json. */
#include "core/report/summary/summary_json.h"

#include "core/base/decimal.h"
#include "core/base/json.h"

/* ---- figures ---- */

static void figure(struct ca_buffer *out, const char *key, struct ca_figure f, int places)
{
    char text[CA_FIGURE_SIZE];

    ca_json_key(out, key);
    if (f.shown == CA_WITHHELD)
        ca_json_string(out, "c");
    else if (!ca_is_shown(f))
        ca_json_null(out);
    else
        ca_json_number(out, ca_figure_text(f, places, text));
}

static void count(struct ca_buffer *out, const char *key, struct ca_figure f)
{
    figure(out, key, f, 0);
}

static void interval(struct ca_buffer *out, const struct ca_share *share)
{
    figure(out, "percent", share->tenths, 1);
    figure(out, "low", share->low, 1);
    figure(out, "high", share->high, 1);
}

/* One grade of a list, without its interval. */
static void grade(struct ca_buffer *out, const struct ca_summary *s, size_t g,
                  const struct ca_share *share)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "id", s->grades[g].id);
    count(out, "count", share->count);
    figure(out, "percent", share->tenths, 1);
    ca_json_close(out, '}');
}

static void grades(struct ca_buffer *out, const struct ca_summary *s,
                   const struct ca_summary_grades *block)
{
    ca_json_key(out, "grades");
    ca_json_open(out, '[');
    for (size_t g = 0; g < s->grade_count; g++)
        grade(out, s, g, &block->shares[g]);
    ca_json_close(out, ']');
    count(out, "not_graded", block->not_graded);
    ca_json_key(out, "positive");
    if (!s->has_positive) {
        ca_json_null(out);
        return;
    }
    ca_json_open(out, '{');
    count(out, "count", block->positive.count);
    interval(out, &block->positive);
    ca_json_close(out, '}');
}

static void sentences(struct ca_buffer *out, const char *key, const char *const *lines,
                      size_t lines_count)
{
    ca_json_key(out, key);
    ca_json_open(out, '[');
    for (size_t i = 0; i < lines_count; i++)
        ca_json_string(out, lines[i]);
    ca_json_close(out, ']');
}

/* ---- the parts of a period ---- */

static void headline(struct ca_buffer *out, const struct ca_summary *s,
                     const struct ca_summary_row *row)
{
    ca_json_key(out, "grades");
    ca_json_open(out, '[');
    for (size_t g = 0; g < s->grade_count; g++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", s->grades[g].id);
        count(out, "count", row->grades[g].count);
        interval(out, &row->grades[g]);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
    ca_json_key(out, "positive");
    if (!s->has_positive) {
        ca_json_null(out);
        return;
    }
    ca_json_open(out, '{');
    count(out, "count", row->positive.count);
    interval(out, &row->positive);
    ca_json_close(out, '}');
}

static void section(struct ca_buffer *out, const struct ca_summary *s, size_t i,
                    const struct ca_summary_grades *block)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "id", s->sections[i].id);
    ca_json_key_string(out, "title", s->sections[i].title);
    grades(out, s, block);
    ca_json_close(out, '}');
}

static void sections(struct ca_buffer *out, const struct ca_summary *s,
                     const struct ca_summary_grades *blocks)
{
    ca_json_key(out, "sections");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->section_count; i++)
        section(out, s, i, &blocks[i]);
    ca_json_close(out, ']');
}

static void agencies(struct ca_buffer *out, const struct ca_summary *s,
                     const struct ca_summary_row *row)
{
    ca_json_key(out, "agencies");
    ca_json_open(out, '[');
    for (size_t a = 0; a < s->agency_count; a++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", s->agencies[a].id);
        ca_json_key_string(out, "label", s->agencies[a].label);
        count(out, "asked", row->agencies[a].asked);
        count(out, "returns", row->agencies[a].returns);
        grades(out, s, &row->agencies[a].overall);
        ca_json_key(out, "declared");
        ca_json_open(out, '{');
        grades(out, s, &row->agencies[a].declared);
        ca_json_close(out, '}');
        count(out, "declared_better", row->agencies[a].better);
        count(out, "declared_same", row->agencies[a].same);
        count(out, "declared_worse", row->agencies[a].worse);
        sections(out, s, row->agencies[a].grid);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void target(struct ca_buffer *out, const struct ca_target *target,
                   enum ca_target_state state)
{
    char text[CA_DECIMAL_SIZE];

    if (target == NULL)
        return;
    ca_json_key(out, "target");
    ca_json_number(out, ca_decimal_short(target->thousandths, 3, text));
    ca_json_key(out, "target_at_most");
    ca_json_bool(out, target->most);
    ca_json_key_string(out, "target_state", ca_target_state_words(state));
}

static void measure(struct ca_buffer *out, const struct ca_summary_measure_name *name,
                    const struct ca_summary_measure *m)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "id", name->id);
    ca_json_key_string(out, "label", name->label);
    ca_json_key_string(out, "kind", name->mean ? "mean" : "proportion");
    if (name->mean) {
        figure(out, "sum", m->sum, 3);
        count(out, "count", m->count);
        figure(out, "mean", m->mean, 2);
    } else {
        count(out, "numerator", m->share.count);
        count(out, "denominator", m->share.of);
        interval(out, &m->share);
    }
    target(out, name->target, m->state);
    ca_json_close(out, '}');
}

static void measures(struct ca_buffer *out, const struct ca_summary *s,
                     const struct ca_summary_row *row)
{
    ca_json_key(out, "measures");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->measure_count; i++)
        measure(out, &s->measures[i], &row->measures[i]);
    ca_json_close(out, ']');
}

static void alerts_and_limits(struct ca_buffer *out, const struct ca_summary *s,
                              const struct ca_summary_row *row)
{
    ca_json_key(out, "alerts");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->alert_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", s->alerts[i].id);
        ca_json_key_string(out, "severity", ca_alert_severity_name(s->alerts[i].severity));
        count(out, "count", row->alerts[i]);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
    ca_json_key(out, "limits");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->limit_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", s->limits[i].id);
        count(out, "count", row->limits[i]);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void actions(struct ca_buffer *out, const struct ca_summary_actions *actions)
{
    ca_json_key(out, "actions");
    ca_json_open(out, '{');
    count(out, "raised", actions->raised);
    count(out, "completed", actions->completed);
    count(out, "verified", actions->verified);
    count(out, "overdue", actions->overdue);
    ca_json_close(out, '}');
}

static void themes(struct ca_buffer *out, const struct ca_summary *s,
                   const struct ca_summary_row *row)
{
    ca_json_key(out, "themes");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->theme_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "theme", s->themes[i].id);
        count(out, "strengths", row->themes[i].strengths);
        count(out, "improvements", row->themes[i].improvements);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void months(struct ca_buffer *out, const struct ca_summary_row *row)
{
    ca_json_key(out, "monthly");
    ca_json_open(out, '[');
    for (size_t i = 0; i < row->month_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "month", row->months[i].month);
        count(out, "audits", row->months[i].audits);
        count(out, "positive", row->months[i].positive);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void pairs(struct ca_buffer *out, const struct ca_summary *s,
                  const struct ca_summary_moderation *m)
{
    char text[CA_FIGURE_SIZE];

    ca_json_key(out, "pairs");
    ca_json_open(out, '[');
    for (size_t a = 0; a < s->grade_count; a++) {
        ca_json_open(out, '[');
        for (size_t b = 0; b < s->grade_count; b++) {
            struct ca_figure f = m->pairs[a * s->grade_count + b];
            if (ca_is_shown(f))
                ca_json_number(out, ca_figure_text(f, 0, text));
            else
                ca_json_string(out, "c");
        }
        ca_json_close(out, ']');
    }
    ca_json_close(out, ']');
}

static void moderation(struct ca_buffer *out, const struct ca_summary *s,
                       const struct ca_summary_moderation *m)
{
    ca_json_key(out, "moderation");
    ca_json_open(out, '{');
    count(out, "moderated", m->moderated);
    count(out, "agreed", m->agreed);
    count(out, "raised", m->raised);
    count(out, "lowered", m->lowered);
    figure(out, "shift", m->shift, 3);
    figure(out, "kappa_quadratic", m->kappa_quadratic, 3);
    figure(out, "ac2", m->ac2, 3);
    figure(out, "kappa", m->kappa, 3);
    figure(out, "kappa_linear", m->kappa_linear, 3);
    figure(out, "bowker", m->bowker, 3);
    figure(out, "bowker_p", m->bowker_p, 3);
    pairs(out, s, m);
    ca_json_close(out, '}');
}

static void group(struct ca_buffer *out, const struct ca_summary *s,
                  const struct ca_summary_row *row)
{
    ca_json_key(out, "group");
    if (row->total) {
        ca_json_null(out);
        return;
    }
    ca_json_open(out, '{');
    for (size_t i = 0; i < s->group_by_count; i++)
        ca_json_key_string(out, s->group_by[i].id, row->group[i]);
    ca_json_close(out, '}');
}

static void period(struct ca_buffer *out, const struct ca_summary *s,
                   const struct ca_summary_row *row)
{
    char date[CA_DATE_SIZE];

    ca_json_open(out, '{');
    ca_json_key_string(out, "id", row->period.id);
    ca_json_key_string(out, "from", ca_date_format(row->period.from, date));
    ca_json_key_string(out, "to", ca_date_format(row->period.to, date));
    group(out, s, row);
    count(out, "audits", row->audits);
    count(out, "not_graded", row->not_graded);
    count(out, "population", row->population);
    figure(out, "coverage", row->coverage, 1);
    headline(out, s, row);
    sections(out, s, row->sections);
    agencies(out, s, row);
    measures(out, s, row);
    alerts_and_limits(out, s, row);
    actions(out, &row->actions);
    themes(out, s, row);
    months(out, row);
    moderation(out, s, &row->moderation);
    count(out, "history", row->history);
    if (row->template_id != NULL)
        ca_json_key_string(out, "template", row->template_id);
    ca_json_close(out, '}');
}

/* ---- change and series ---- */

static void verdict(struct ca_buffer *out, bool judged, struct ca_figure p, enum ca_verdict v)
{
    ca_json_key_string(out, "verdict",
                       judged                   ? ca_verdict_words(v)
                       : p.shown == CA_WITHHELD ? "c"
                                                : NULL);
}

static void change_members(struct ca_buffer *out, const struct ca_summary_change *c)
{
    figure(out, "from_percent", c->from.tenths, 1);
    figure(out, "to_percent", c->to.tenths, 1);
    figure(out, "difference", c->difference, 1);
    figure(out, "low", c->low, 1);
    figure(out, "high", c->high, 1);
    figure(out, "p", c->p, 3);
    verdict(out, c->judged, c->p, c->verdict);
    count(out, "from_count", c->from.count);
    count(out, "from_of", c->from.of);
    count(out, "to_count", c->to.count);
    count(out, "to_of", c->to.of);
}

static void change(struct ca_buffer *out, const char *id, const struct ca_summary_change *c)
{
    ca_json_open(out, '{');
    if (id != NULL)
        ca_json_key_string(out, "id", id);
    change_members(out, c);
    ca_json_close(out, '}');
}

/* Each group against itself; the verdict is by the adjusted p. */
static void group_changes(struct ca_buffer *out, const struct ca_summary *s,
                          const struct ca_summary_comparison *c)
{
    ca_json_key(out, "groups");
    ca_json_open(out, '[');
    for (size_t g = 0; g < c->group_count; g++) {
        ca_json_open(out, '{');
        group(out, s, c->groups[g].to);
        change_members(out, &c->groups[g].positive);
        figure(out, "p_adjusted", c->groups[g].adjusted, 3);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

/* null where there are fewer than three periods. */
static void trend(struct ca_buffer *out, const struct ca_summary_trend *t)
{
    ca_json_key(out, "trend");
    if (t->m2.shown == CA_NOT_APPLICABLE) {
        ca_json_null(out);
        return;
    }
    ca_json_open(out, '{');
    ca_json_key_string(out, "statistic", "M2");
    figure(out, "value", t->m2, 3);
    figure(out, "p", t->p, 3);
    verdict(out, t->judged, t->p, t->verdict);
    ca_json_key_integer(out, "periods", (int64_t)t->periods);
    ca_json_close(out, '}');
}

static void comparison(struct ca_buffer *out, const struct ca_summary *s)
{
    const struct ca_summary_comparison *c = s->comparison;
    struct ca_buffer from = {0};

    ca_json_key(out, "comparison");
    if (c == NULL) {
        ca_json_null(out);
        return;
    }
    ca_json_open(out, '{');
    if (c->benchmark != NULL)
        ca_buffer_printf(&from, "benchmark:%s", c->benchmark);
    else
        ca_buffer_puts(&from, c->from->period.id);
    ca_json_key_string(out, "from", from.data);
    ca_buffer_free(&from);
    ca_json_key_string(out, "to", c->to->period.id);
    ca_json_key(out, "grades");
    ca_json_open(out, '[');
    for (size_t g = 0; g < s->grade_count; g++)
        change(out, s->grades[g].id, &c->grades[g]);
    ca_json_close(out, ']');
    ca_json_key(out, "positive");
    if (s->has_positive)
        change(out, NULL, &c->positive);
    else
        ca_json_null(out);
    trend(out, &c->trend);
    ca_json_key_string(out, "from_period", c->from->period.id);
    ca_json_key(out, "broken");
    ca_json_bool(out, c->broken);
    group_changes(out, s, c);
    ca_json_close(out, '}');
}

static void headline_verdict(struct ca_buffer *out, const struct ca_summary_headline *h)
{
    static const char *const of[] = {[CA_HEADLINE_NONE] = NULL,
                                     [CA_HEADLINE_CHANGE] = "change",
                                     [CA_HEADLINE_TREND] = "trend"};

    ca_json_key(out, "headline");
    ca_json_open(out, '{');
    ca_json_key_string(out, "of", of[h->of]);
    ca_json_key_string(out, "verdict",
                       h->of != CA_HEADLINE_NONE ? ca_verdict_words(h->verdict) : NULL);
    ca_json_key_string(out, "why", h->why);
    ca_json_close(out, '}');
}

static void standing(struct ca_buffer *out, const struct ca_summary *s)
{
    char date[CA_DATE_SIZE];

    ca_json_key(out, "standing");
    ca_json_open(out, '{');
    ca_json_key_string(out, "as_of", ca_date_format(s->as_of, date));
    count(out, "open", s->standing.open);
    count(out, "overdue", s->standing.overdue);
    ca_json_key_string(
        out, "oldest_due",
        s->standing.oldest != CA_NO_DATE ? ca_date_format(s->standing.oldest, date) : NULL);
    ca_json_close(out, '}');
}

static void xmr(struct ca_buffer *out, const struct ca_summary_xmr *x)
{
    if (!x->present)
        return;
    ca_json_key(out, "xmr");
    ca_json_open(out, '{');
    figure(out, "mean", x->mean, 1);
    figure(out, "lower", x->lower, 1);
    figure(out, "upper", x->upper, 1);
    ca_json_key(out, "trial");
    ca_json_bool(out, x->trial);
    ca_json_key_string(out, "chart", x->p_chart ? "p" : "xmr");
    ca_json_key_string(out, "unit", x->quarters ? "quarter" : "month");
    ca_json_key(out, "points");
    ca_json_open(out, '[');
    for (size_t i = 0; i < x->point_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "month", x->points[i].month);
        figure(out, "percent", x->points[i].percent, 1);
        ca_json_key_string(out, "signal", x->points[i].signal);
        count(out, "graded", x->points[i].graded);
        figure(out, "lower", x->points[i].lower, 1);
        figure(out, "upper", x->points[i].upper, 1);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
    ca_json_close(out, '}');
}

/* Where three groups or more can be shown. */
static void funnel(struct ca_buffer *out, const struct ca_summary_funnel *f)
{
    static const char *const where[] = {"within", "outside 95%", "outside 99.8%"};

    if (f->point_count == 0)
        return;
    ca_json_key(out, "funnel");
    ca_json_open(out, '{');
    figure(out, "mean", f->mean, 1);
    ca_json_key(out, "points");
    ca_json_open(out, '[');
    for (size_t i = 0; i < f->point_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "name", f->points[i].name);
        count(out, "graded", f->points[i].graded);
        figure(out, "percent", f->points[i].percent, 1);
        ca_json_key_string(out, "limits", where[f->points[i].outside]);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
    ca_json_close(out, '}');
}

static void breaks(struct ca_buffer *out, const struct ca_summary *s)
{
    char date[CA_DATE_SIZE];

    if (s->break_count == 0)
        return;
    ca_json_key(out, "breaks");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->break_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "from", s->breaks[i].from);
        ca_json_key_string(out, "to", s->breaks[i].to);
        ca_json_key_string(out, "period", s->breaks[i].period);
        ca_json_key_string(out, "measure", s->breaks[i].measure);
        ca_json_key_string(
            out, "date",
            s->breaks[i].date != CA_NO_DATE ? ca_date_format(s->breaks[i].date, date) : NULL);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

/* ---- figures from elsewhere ---- */

static void indicator_point(struct ca_buffer *out, const struct ca_summary_indicator_point *p)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "period", p->period);
    count(out, "numerator", p->share.count);
    count(out, "denominator", p->share.of);
    interval(out, &p->share);
    figure(out, "value", p->value, 3);
    ca_json_close(out, '}');
}

static void indicator(struct ca_buffer *out, const struct ca_summary_indicator *n)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "id", n->id);
    ca_json_key_string(out, "label", n->label);
    ca_json_key_string(out, "polarity", ca_better_name(n->polarity));
    ca_json_key_string(out, "direction", n->moved ? ca_direction_name(n->direction) : NULL);
    ca_json_key_string(out, "merit", n->moved ? n->merit : NULL);
    trend(out, &n->trend);
    ca_json_key(out, "points");
    ca_json_open(out, '[');
    for (size_t i = 0; i < n->point_count; i++)
        indicator_point(out, &n->points[i]);
    ca_json_close(out, ']');
    ca_json_key_string(out, "footnote", n->footnote);
    ca_json_close(out, '}');
}

static void indicators(struct ca_buffer *out, const struct ca_summary *s)
{
    if (s->indicator_count == 0)
        return;
    ca_json_key(out, "indicators");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->indicator_count; i++)
        indicator(out, &s->indicators[i]);
    ca_json_close(out, ']');
}

/* ---- all of it ---- */

/* "brief": what suffices alone, in the order of its page. */
static void items(struct ca_buffer *out, const char *key, const struct ca_summary_item *list,
                  size_t length)
{
    ca_json_key(out, key);
    ca_json_open(out, '[');
    for (size_t i = 0; i < length; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "what", list[i].what);
        ca_json_key_string(out, "evidence", list[i].evidence);
        count(out, "count", list[i].share.count);
        count(out, "of", list[i].share.of);
        interval(out, &list[i].share);
        ca_json_key(out, "sure");
        ca_json_bool(out, list[i].sure);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void brief(struct ca_buffer *out, const struct ca_summary_brief *b)
{
    ca_json_key(out, "brief");
    ca_json_open(out, '{');
    ca_json_key_string(out, "verdict", b->verdict);
    sentences(out, "alerts", b->alerts, b->alert_count);
    items(out, "worries", b->worries, b->worry_count);
    items(out, "strengths", b->strengths, b->strength_count);
    ca_json_key_string(out, "overdue", b->overdue);
    sentences(out, "decisions", b->decisions, b->decision_count);
    ca_json_close(out, '}');
}

static void versions(struct ca_buffer *out, const struct ca_summary *s)
{
    ca_json_key(out, "versions");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->version_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "template", s->versions[i].id);
        ca_json_key_string(out, "version", s->versions[i].version);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void head(struct ca_buffer *out, const struct ca_summary *s)
{
    ca_json_key_string(out, "schema", "caseaudit-summary/1");
    ca_json_key_string(out, "audience", ca_audience_name(s->audience));
    ca_json_key_string(out, "template", s->template_id);
    ca_json_key_string(out, "framework", s->framework);
    ca_json_key(out, "group_by");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->group_by_count; i++)
        ca_json_string(out, s->group_by[i].id);
    ca_json_close(out, ']');
    ca_json_key(out, "scale");
    ca_json_open(out, '[');
    for (size_t g = 0; g < s->grade_count; g++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", s->grades[g].id);
        ca_json_key_string(out, "label", s->grades[g].label);
        ca_json_key(out, "positive");
        ca_json_bool(out, s->grades[g].positive);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

void ca_summary_json(struct ca_buffer *out, const struct ca_summary *s)
{
    ca_json_open(out, '{');
    head(out, s);
    ca_json_key(out, "periods");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->row_count; i++)
        period(out, s, &s->rows[i]);
    ca_json_close(out, ']');
    comparison(out, s);
    brief(out, &s->brief);
    headline_verdict(out, &s->headline);
    standing(out, s);
    versions(out, s);
    xmr(out, &s->xmr);
    funnel(out, &s->funnel);
    breaks(out, s);
    indicators(out, s);
    sentences(out, "answer", s->answer, s->answer_count);
    sentences(out, "notes", s->notes, s->note_count);
    ca_json_close(out, '}');
    ca_buffer_putc(out, '\n');
}
