/* The summary as JSON, by schemas/summary-1.schema.json. */
#include "core/report/summary/summary_json.h"

#include "core/base/decimal.h"
#include "core/base/json.h"
#include "core/report/summary/summary_json_private.h"

static void sentences(struct ca_buffer *out, const char *key, const char *const *lines,
                      size_t lines_count)
{
    ca_json_key(out, key);
    ca_json_open(out, '[');
    for (size_t i = 0; i < lines_count; i++)
        ca_json_string(out, lines[i]);
    ca_json_close(out, ']');
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
    ca_summary_json_figure(out, "from_percent", c->from.tenths, 1);
    ca_summary_json_figure(out, "to_percent", c->to.tenths, 1);
    ca_summary_json_figure(out, "difference", c->difference, 1);
    ca_summary_json_figure(out, "low", c->low, 1);
    ca_summary_json_figure(out, "high", c->high, 1);
    ca_summary_json_figure(out, "p", c->p, 3);
    verdict(out, c->judged, c->p, c->verdict);
    ca_summary_json_count(out, "from_count", c->from.count);
    ca_summary_json_count(out, "from_of", c->from.of);
    ca_summary_json_count(out, "to_count", c->to.count);
    ca_summary_json_count(out, "to_of", c->to.of);
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
        ca_summary_json_group(out, s, c->groups[g].to->group);
        change_members(out, &c->groups[g].positive);
        ca_summary_json_figure(out, "p_adjusted", c->groups[g].adjusted, 3);
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
    ca_summary_json_figure(out, "value", t->m2, 3);
    ca_summary_json_figure(out, "p", t->p, 3);
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

static void standing_figures(struct ca_buffer *out, const struct ca_summary_standing *standing)
{
    char date[CA_DATE_SIZE];

    ca_summary_json_count(out, "open", standing->open);
    ca_summary_json_count(out, "overdue", standing->overdue);
    ca_json_key_string(out, "oldest_due",
                       standing->oldest != CA_NO_DATE ? ca_date_format(standing->oldest, date)
                                                      : NULL);
}

static void standing(struct ca_buffer *out, const struct ca_summary *s)
{
    char date[CA_DATE_SIZE];

    ca_json_key(out, "standing");
    ca_json_open(out, '{');
    ca_json_key_string(out, "as_of", ca_date_format(s->as_of, date));
    standing_figures(out, &s->standing);
    ca_json_key(out, "groups");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->owing_count; i++) {
        ca_json_open(out, '{');
        ca_summary_json_group(out, s, s->owing[i].group);
        standing_figures(out, &s->owing[i].standing);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
    ca_json_close(out, '}');
}

static void xmr(struct ca_buffer *out, const struct ca_summary_xmr *x)
{
    if (!x->present)
        return;
    ca_json_key(out, "xmr");
    ca_json_open(out, '{');
    ca_summary_json_figure(out, "mean", x->mean, 1);
    ca_summary_json_figure(out, "lower", x->lower, 1);
    ca_summary_json_figure(out, "upper", x->upper, 1);
    ca_json_key(out, "trial");
    ca_json_bool(out, x->trial);
    ca_json_key_string(out, "chart", x->p_chart ? "p" : "xmr");
    ca_json_key_string(out, "unit", x->quarters ? "quarter" : "month");
    ca_json_key(out, "points");
    ca_json_open(out, '[');
    for (size_t i = 0; i < x->point_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "month", x->points[i].month);
        ca_summary_json_figure(out, "percent", x->points[i].percent, 1);
        ca_json_key_string(out, "signal", x->points[i].signal);
        ca_summary_json_count(out, "graded", x->points[i].graded);
        ca_summary_json_figure(out, "lower", x->points[i].lower, 1);
        ca_summary_json_figure(out, "upper", x->points[i].upper, 1);
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
    ca_summary_json_figure(out, "mean", f->mean, 1);
    ca_json_key(out, "points");
    ca_json_open(out, '[');
    for (size_t i = 0; i < f->point_count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "name", f->points[i].name);
        ca_summary_json_count(out, "graded", f->points[i].graded);
        ca_summary_json_figure(out, "percent", f->points[i].percent, 1);
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
    ca_summary_json_count(out, "numerator", p->share.count);
    ca_summary_json_count(out, "denominator", p->share.of);
    ca_summary_json_interval(out, &p->share);
    ca_summary_json_figure(out, "value", p->value, 3);
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
        ca_summary_json_count(out, "count", list[i].share.count);
        ca_summary_json_count(out, "of", list[i].share.of);
        ca_summary_json_interval(out, &list[i].share);
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
        ca_summary_json_period(out, s, &s->rows[i]);
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
