/* The rest of the summary's text: alerts, limits, actions, themes, time, who is concerned. */
#include <string.h>

#include "core/base/decimal.h"
#include "core/report/page/html.h"
#include "core/report/summary/moderation_text.h"
#include "core/report/summary/summary_text_private.h"

/* ---- what is done about it ---- */

static bool any(const struct ca_figure *figures, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!ca_is_shown(figures[i]) || figures[i].value > 0)
            return true;
    return false;
}

static void alerts(const struct ca_text *t)
{
    struct ca_grid *grid;

    if (!any(t->row->alerts, t->s->alert_count))
        return;
    ca_text_heading(t, "Alerts");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Alert", CA_LEFT);
    ca_grid_column(grid, "Severity", CA_LEFT);
    ca_grid_column(grid, "Audits", CA_RIGHT);
    for (size_t i = 0; i < t->s->alert_count; i++) {
        if (!any(&t->row->alerts[i], 1))
            continue;
        ca_grid_row(grid);
        ca_grid_cell(grid, t->s->alerts[i].message);
        ca_grid_cell(grid, ca_alert_severity_name(t->s->alerts[i].severity));
        ca_grid_count(grid, t->row->alerts[i]);
    }
    ca_grid_write(grid, t->out);
}

static void limits(const struct ca_text *t)
{
    struct ca_grid *grid;

    if (!any(t->row->limits, t->s->limit_count))
        return;
    ca_text_heading(t, "Limits that held");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Limit", CA_LEFT);
    ca_grid_column(grid, "Audits", CA_RIGHT);
    for (size_t i = 0; i < t->s->limit_count; i++) {
        if (!any(&t->row->limits[i], 1))
            continue;
        ca_grid_row(grid);
        ca_grid_cell(grid,
                     t->s->limits[i].reason ? t->s->limits[i].reason : t->s->limits[i].id);
        ca_grid_count(grid, t->row->limits[i]);
    }
    ca_grid_write(grid, t->out);
}

static void actions(const struct ca_text *t)
{
    const struct ca_summary_actions *a = &t->row->actions;
    const struct {
        const char *name;
        struct ca_figure figure;
    } lines[] = {{"Raised", a->raised},
                 {"Completed", a->completed},
                 {"Verified by someone else", a->verified},
                 {"Overdue", a->overdue}};
    struct ca_grid *grid;

    if (ca_is_shown(a->raised) && a->raised.value == 0)
        return;
    ca_text_heading(t, "Actions");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "", CA_LEFT);
    ca_grid_column(grid, "Actions", CA_RIGHT);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ca_grid_row(grid);
        ca_grid_cell(grid, lines[i].name);
        ca_grid_count(grid, lines[i].figure);
    }
    ca_grid_write(grid, t->out);
}

static bool any_theme(const struct ca_text *t)
{
    for (size_t i = 0; i < t->s->theme_count; i++)
        if (any(&t->row->themes[i].strengths, 1) || any(&t->row->themes[i].improvements, 1))
            return true;
    return false;
}

static void themes(const struct ca_text *t)
{
    struct ca_grid *grid;

    if (!any_theme(t))
        return;
    ca_text_heading(t, "Themes");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Theme", CA_LEFT);
    ca_grid_column(grid, "Strengths", CA_RIGHT);
    ca_grid_column(grid, "To improve", CA_RIGHT);
    for (size_t i = 0; i < t->s->theme_count; i++) {
        ca_grid_row(grid);
        ca_grid_cell(grid, t->s->themes[i].label);
        ca_grid_count(grid, t->row->themes[i].strengths);
        ca_grid_count(grid, t->row->themes[i].improvements);
    }
    ca_grid_write(grid, t->out);
}

/* ---- time ---- */

static void months(const struct ca_text *t)
{
    struct ca_grid *grid;

    if (t->row->month_count == 0)
        return;
    ca_text_heading(t, "Month by month");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Month", CA_LEFT);
    ca_grid_column(grid, "Audits", CA_RIGHT);
    if (t->s->has_positive) {
        ca_grid_column(grid, t->s->positive_label, CA_RIGHT);
        ca_grid_column(grid, "", CA_LEFT);
    }
    for (size_t i = 0; i < t->row->month_count; i++) {
        const struct ca_summary_month *m = &t->row->months[i];
        ca_grid_row(grid);
        ca_grid_cell(grid, m->month);
        ca_grid_count(grid, m->audits);
        if (!t->s->has_positive)
            continue;
        ca_grid_share(grid, &m->share);
        ca_grid_bar(grid, m->share.tenths);
    }
    ca_grid_write(grid, t->out);
}

static void xmr(const struct ca_text *t)
{
    const struct ca_summary_xmr *x = &t->s->xmr;
    char mean[CA_FIGURE_SIZE], low[CA_FIGURE_SIZE], high[CA_FIGURE_SIZE];
    struct ca_grid *grid;

    if (!x->present)
        return;
    ca_text_heading(t, "All months in the store (XmR chart)");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Month", CA_LEFT);
    ca_grid_column(grid, "%", CA_RIGHT);
    ca_grid_column(grid, "", CA_LEFT);
    ca_grid_column(grid, "Signal", CA_LEFT);
    for (size_t i = 0; i < x->point_count; i++) {
        ca_grid_row(grid);
        ca_grid_cell(grid, x->points[i].month);
        ca_grid_cell(grid, ca_figure_text(x->points[i].percent, 1, mean));
        ca_grid_bar(grid, x->points[i].percent);
        ca_grid_cell(grid, x->points[i].signal ? x->points[i].signal : "");
    }
    ca_grid_write(grid, t->out);
    ca_buffer_printf(t->out, "  Mean %s, limits %s and %s%s.\n",
                     ca_figure_text(x->mean, 1, mean), ca_figure_text(x->lower, 1, low),
                     ca_figure_text(x->upper, 1, high), x->trial ? " (trial limits)" : "");
}

const char *ca_text_value(struct ca_figure figure, char text[CA_FIGURE_SIZE])
{
    if (ca_is_shown(figure))
        return ca_decimal_short(figure.value, 3, text);
    return ca_figure_text(figure, 3, text);
}

static void add_point(struct ca_buffer *line, const struct ca_summary_indicator_point *p)
{
    char text[CA_FIGURE_SIZE];

    ca_buffer_printf(line, "%s: ", p->period);
    if (!p->proportion) {
        ca_buffer_puts(line, ca_text_value(p->value, text));
        return;
    }
    ca_words_of(line, &p->share);
    if (!ca_is_shown(p->share.whole))
        return;
    ca_buffer_puts(line, " (");
    ca_words_percent(line, p->share.whole);
    if (ca_is_shown(p->share.low_whole)) {
        ca_buffer_puts(line, "; ");
        ca_words_interval(line, &p->share);
    }
    ca_buffer_putc(line, ')');
}

void ca_text_trend(struct ca_buffer *line, const struct ca_summary_trend *trend)
{
    char m2[CA_FIGURE_SIZE], p[CA_FIGURE_SIZE];

    if (!trend->judged && trend->m2.shown != CA_WITHHELD)
        return;
    ca_buffer_printf(line, " Trend over %zu periods: %s (M² = %s, p = %s).", trend->periods,
                     trend->judged ? ca_verdict_words(trend->verdict) : "c",
                     ca_figure_text(trend->m2, 3, m2), ca_figure_text(trend->p, 3, p));
}

/* Where it goes, and apart from that whether it is good, and whether it is clear. */
static void add_direction(struct ca_buffer *line, const struct ca_summary_indicator *n)
{
    static const char *const directions[] = {
        [CA_LEVEL] = "level", [CA_UP] = "↑ up", [CA_DOWN] = "↓ down"};

    ca_buffer_printf(line, "Direction: %s. Merit: %s.",
                     n->moved ? directions[n->direction] : "–",
                     !n->moved                             ? "–"
                     : n->polarity == CA_NEITHER_IS_BETTER ? "neither direction is better"
                                                           : n->merit);
    ca_text_trend(line, &n->trend);
}

static void indicator(const struct ca_text *t, const struct ca_summary_indicator *n)
{
    struct ca_buffer line = {0};

    ca_text_paragraph(t, 2, n->label);
    for (size_t i = 0; i < n->point_count; i++) {
        ca_buffer_puts(&line, i > 0 ? " · " : "");
        add_point(&line, &n->points[i]);
    }
    ca_text_paragraph(t, 4, line.data);
    ca_buffer_clear(&line);
    add_direction(&line, n);
    ca_text_paragraph(t, 4, line.data);
    if (n->footnote != NULL)
        ca_text_paragraph(t, 4, n->footnote);
    ca_buffer_free(&line);
}

static void indicators(const struct ca_text *t)
{
    if (t->s->indicator_count == 0)
        return;
    ca_text_heading(t, "Figures from elsewhere");
    for (size_t i = 0; i < t->s->indicator_count; i++)
        indicator(t, &t->s->indicators[i]);
}

static void moderation(const struct ca_text *t)
{
    if (any(&t->row->moderation.moderated, 1))
        ca_moderation_text(t->out, t->s, t->row, t->width);
}

/* ---- who is concerned ---- */

static void cases(const struct ca_text *t)
{
    char date[CA_DATE_SIZE];
    struct ca_grid *grid;

    if (t->s->case_count == 0)
        return;
    ca_text_heading(t, "To act on");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "What", CA_LEFT);
    ca_grid_column(grid, "Return", CA_LEFT);
    ca_grid_column(grid, "Case", CA_LEFT);
    ca_grid_column(grid, "Audited", CA_LEFT);
    for (size_t i = 0; i < t->s->case_count; i++) {
        const struct ca_summary_case *item = &t->s->cases[i];
        bool alert = strcmp(item->kind, "alert") == 0;
        ca_grid_row(grid);
        ca_grid_cellf(grid, "%s%s%s", alert ? ca_alert_severity_name(item->severity) : "",
                      alert ? ": " : "overdue: ", item->why);
        ca_grid_cell(grid, item->return_id);
        ca_grid_cell(grid, item->case_ref);
        ca_grid_cell(grid, ca_date_format(item->date, date));
    }
    ca_grid_write(grid, t->out);
}

static void all_of(const struct ca_text *t, void (*const parts[])(const struct ca_text *),
                   size_t count)
{
    for (size_t i = 0; i < count; i++)
        parts[i](t);
}

void ca_text_practice(const struct ca_text *t)
{
    static void (*const parts[])(const struct ca_text *) = {alerts, limits, actions,
                                                            themes, months, moderation};

    all_of(t, parts, sizeof parts / sizeof *parts);
}

void ca_text_beyond(const struct ca_text *t)
{
    static void (*const parts[])(const struct ca_text *) = {xmr, indicators, cases};

    all_of(t, parts, sizeof parts / sizeof *parts);
}
