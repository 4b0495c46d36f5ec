#include "core/report/summary_text.h"

#include <string.h>

#include "core/report/layout.h"
#include "core/report/moderation_text.h"
#include "core/report/grid.h"

struct text {
    struct ca_buffer *out;
    const struct ca_summary *s;
    const struct ca_summary_row *row; /* the latest total */
    size_t width;
};

/* ---- prose ---- */

static void paragraph(const struct text *t, const char *mark, const char *sentence)
{
    struct ca_layout layout = {t->out, (int)t->width};
    struct ca_buffer line = {0};

    ca_buffer_printf(&line, "%s%s", mark, sentence);
    ca_layout_text(&layout, 2, 2 + ca_text_columns(mark), line.data);
    ca_buffer_free(&line);
}

static void heading(const struct text *t, const char *title)
{
    ca_buffer_printf(t->out, "\n%s\n\n", title);
}

static void title(const struct text *t)
{
    static const char *const readers[] = {
        [CA_OPERATIONAL] = "for those who act on it: refers to cases and owners",
        [CA_EXECUTIVE] = "for the executive",
        [CA_PUBLIC] = "for publication: small numbers are withheld",
    };
    const struct ca_summary_comparison *c = t->s->comparison;
    const struct ca_summary_row *first = &t->s->rows[0];

    ca_buffer_printf(t->out, "%s\n", t->s->title);
    ca_buffer_puts(t->out, first->period.id);
    if (first->period.from != t->row->period.from)
        ca_buffer_printf(t->out, " to %s", t->row->period.id);
    if (c != NULL && c->benchmark != NULL)
        ca_buffer_printf(t->out, " compared with benchmark '%s' (%s)", c->benchmark,
                         c->from->period.id);
    else if (c != NULL && (t->s->row_count == 1 || c->from != first))
        ca_buffer_printf(t->out, " compared with %s", c->from->period.id);
    ca_buffer_printf(t->out, " · %s\n\n", readers[t->s->audience]);
}

/* ---- grades ---- */

static const char *short_label(const struct ca_summary_name *grade)
{
    return grade->abbrev != NULL ? grade->abbrev : grade->label;
}

static void grades(const struct text *t)
{
    struct ca_grid *grid = ca_grid_new(t->width);

    heading(t, "Grades");
    ca_grid_column(grid, t->row->period.id, CA_LEFT);
    ca_grid_column(grid, "Audits", CA_RIGHT);
    ca_grid_column(grid, "95% interval", CA_RIGHT);
    ca_grid_column(grid, "", CA_LEFT);
    for (size_t g = 0; g <= t->s->grade_count; g++) {
        bool headline = g == t->s->grade_count;
        const struct ca_share *share = headline ? &t->row->positive : &t->row->grades[g];
        if (headline && !t->s->has_positive)
            break;
        ca_grid_row(grid);
        if (headline)
            ca_grid_cellf(grid, "= %s", t->s->positive_label);
        else
            ca_grid_cell(grid, t->s->grades[g].label);
        ca_grid_share(grid, share);
        ca_grid_interval(grid, share);
        ca_grid_bar(grid, share->tenths);
    }
    ca_grid_row(grid);
    ca_grid_cell(grid, "Not graded");
    ca_grid_count(grid, t->row->not_graded);
    ca_grid_write(grid, t->out);
}

/* A column for each grade, after the first. */
static void grade_columns(const struct text *t, struct ca_grid *grid, bool headline)
{
    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_grid_column(grid, short_label(&t->s->grades[g]), CA_RIGHT);
    if (headline && t->s->has_positive)
        ca_grid_column(grid, t->s->positive_label, CA_RIGHT);
    ca_grid_column(grid, "Not graded", CA_RIGHT);
}

static void add_row(const struct text *t, struct ca_grid *grid,
                    const struct ca_summary_row *row)
{
    ca_grid_row(grid);
    ca_grid_cellf(grid, "%s%s", row->total ? "" : "  ", row->name);
    ca_grid_count(grid, row->audits);
    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_grid_short_share(grid, &row->grades[g]);
    if (t->s->has_positive)
        ca_grid_short_share(grid, &row->positive);
    ca_grid_count(grid, row->not_graded);
}

/* Periods and groups under each other. */
static void rows(const struct text *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;
    bool outside =
        c != NULL && (c->from < t->s->rows || c->from >= t->s->rows + t->s->row_count);
    struct ca_grid *grid;
    struct ca_buffer name = {0};

    if (t->s->row_count == 1 && !outside)
        return;
    ca_buffer_puts(&name, "Period");
    for (size_t i = 0; i < t->s->group_by_count; i++)
        ca_buffer_printf(&name, "%s%s", i > 0 ? ", " : " and ", t->s->group_by[i].label);
    heading(t, t->s->group_by_count > 0 ? "By period and group" : "By period");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, name.data, CA_LEFT);
    ca_grid_column(grid, "Audits", CA_RIGHT);
    grade_columns(t, grid, true);
    if (outside)
        add_row(t, grid, c->from);
    for (size_t i = 0; i < t->s->row_count; i++)
        add_row(t, grid, &t->s->rows[i]);
    ca_grid_write(grid, t->out);
    ca_buffer_free(&name);
}

/* ---- change ---- */

static void signed_points(struct ca_grid *grid, const struct ca_summary_change *c)
{
    char a[CA_FIGURE_SIZE], b[CA_FIGURE_SIZE], d[CA_FIGURE_SIZE];

    if (!ca_is_shown(c->difference))
        ca_grid_cell(grid, ca_figure_symbol(c->difference));
    else
        ca_grid_cellf(grid, "%s%s (%s to %s)", c->difference.value > 0 ? "+" : "",
                      ca_figure_text(c->difference, 1, d), ca_figure_text(c->low, 1, a),
                      ca_figure_text(c->high, 1, b));
}

static void add_change(struct ca_grid *grid, const char *name,
                       const struct ca_summary_change *c)
{
    char p[CA_FIGURE_SIZE];

    ca_grid_row(grid);
    ca_grid_cell(grid, name);
    ca_grid_short_share(grid, &c->from);
    ca_grid_short_share(grid, &c->to);
    signed_points(grid, c);
    ca_grid_cell(grid, ca_figure_text(c->p, 3, p));
    ca_grid_cell(grid, c->judged ? ca_verdict_words(c->verdict) : ca_figure_symbol(c->p));
}

static void changes(const struct text *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;
    struct ca_grid *grid;

    if (c == NULL)
        return;
    heading(t, "Change, in percentage points with 95% interval");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "", CA_LEFT);
    ca_grid_column(grid, c->from->period.id, CA_RIGHT);
    ca_grid_column(grid, c->to->period.id, CA_RIGHT);
    ca_grid_column(grid, "Difference", CA_RIGHT);
    ca_grid_column(grid, "p", CA_RIGHT);
    ca_grid_column(grid, "Verdict", CA_LEFT);
    for (size_t g = 0; g < t->s->grade_count; g++)
        add_change(grid, short_label(&t->s->grades[g]), &c->grades[g]);
    if (t->s->has_positive)
        add_change(grid, t->s->positive_label, &c->positive);
    ca_grid_write(grid, t->out);
}

/* ---- sections, agencies, measures ---- */

static void add_block(const struct text *t, struct ca_grid *grid,
                      const struct ca_summary_grades *block)
{
    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_grid_short_share(grid, &block->shares[g]);
    ca_grid_count(grid, block->not_graded);
}

static void sections(const struct text *t)
{
    struct ca_grid *grid;

    if (t->s->section_count == 0)
        return;
    heading(t, t->s->agency_count > 0 ? "Sections, jointly" : "Sections");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Section", CA_LEFT);
    grade_columns(t, grid, false);
    for (size_t i = 0; i < t->s->section_count; i++) {
        ca_grid_row(grid);
        ca_grid_cellf(grid, "%*s%s", (int)(2 * t->s->sections[i].depth), "",
                      t->s->sections[i].title);
        add_block(t, grid, &t->row->sections[i]);
    }
    ca_grid_write(grid, t->out);
}

static void agencies(const struct text *t)
{
    struct ca_grid *grid;

    if (t->s->agency_count == 0)
        return;
    heading(t, "Agencies");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Agency", CA_LEFT);
    ca_grid_column(grid, "Returns", CA_RIGHT);
    grade_columns(t, grid, false);
    for (size_t a = 0; a < t->s->agency_count; a++) {
        ca_grid_row(grid);
        ca_grid_cell(grid, t->s->agencies[a].label);
        ca_grid_count(grid, t->row->agencies[a].returns);
        add_block(t, grid, &t->row->agencies[a].overall);
    }
    ca_grid_write(grid, t->out);
}

/* "1/4/2/0": the grades of one agency in one section, best first. */
static void grid_cell(const struct text *t, struct ca_grid *grid,
                      const struct ca_summary_grades *block)
{
    struct ca_buffer cell = {0};
    char count[CA_FIGURE_SIZE];

    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_buffer_printf(&cell, "%s%s", g > 0 ? "/" : "",
                         ca_figure_text(block->shares[g].count, 0, count));
    ca_grid_cell(grid, cell.data);
    ca_buffer_free(&cell);
}

static void grid(const struct text *t)
{
    struct ca_buffer name = {0};
    struct ca_grid *grid;

    if (t->s->agency_count == 0)
        return;
    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_buffer_printf(&name, "%s%s",
                         g > 0 ? " / " : "Sections by agency: ", t->s->grades[g].label);
    heading(t, name.data);
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Section", CA_LEFT);
    for (size_t a = 0; a < t->s->agency_count; a++)
        ca_grid_column(grid, t->s->agencies[a].label, CA_RIGHT);
    for (size_t i = 0; i < t->s->section_count; i++) {
        ca_grid_row(grid);
        ca_grid_cellf(grid, "%*s%s", (int)(2 * t->s->sections[i].depth), "",
                      t->s->sections[i].title);
        for (size_t a = 0; a < t->s->agency_count; a++)
            grid_cell(t, grid, &t->row->agencies[a].grid[i]);
    }
    ca_grid_write(grid, t->out);
    ca_buffer_free(&name);
}

static void add_mean(struct ca_grid *grid, const struct ca_summary_measure *m)
{
    char mean[CA_FIGURE_SIZE], count[CA_FIGURE_SIZE];

    ca_grid_cellf(grid, "mean %s of %s", ca_figure_text(m->mean, 2, mean),
                  ca_figure_text(m->count, 0, count));
}

static void measures(const struct text *t)
{
    struct ca_grid *grid;

    if (t->s->measure_count == 0)
        return;
    heading(t, "Measures");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Measure", CA_LEFT);
    ca_grid_column(grid, "Cases", CA_RIGHT);
    ca_grid_column(grid, "95% interval", CA_RIGHT);
    ca_grid_column(grid, "", CA_LEFT);
    for (size_t i = 0; i < t->s->measure_count; i++) {
        const struct ca_summary_measure *m = &t->row->measures[i];
        ca_grid_row(grid);
        ca_grid_cell(grid, t->s->measures[i].label);
        if (t->s->measures[i].mean) {
            add_mean(grid, m);
            continue;
        }
        ca_grid_share(grid, &m->share);
        ca_grid_interval(grid, &m->share);
        ca_grid_bar(grid, m->share.tenths);
    }
    ca_grid_write(grid, t->out);
}

/* ---- what is done about it ---- */

static bool any(const struct ca_figure *figures, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!ca_is_shown(figures[i]) || figures[i].value > 0)
            return true;
    return false;
}

static void alerts(const struct text *t)
{
    struct ca_grid *grid;

    if (!any(t->row->alerts, t->s->alert_count))
        return;
    heading(t, "Alerts");
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

static void limits(const struct text *t)
{
    struct ca_grid *grid;

    if (!any(t->row->limits, t->s->limit_count))
        return;
    heading(t, "Limits that held");
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

static void actions(const struct text *t)
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
    heading(t, "Actions");
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

static bool any_theme(const struct text *t)
{
    for (size_t i = 0; i < t->s->theme_count; i++)
        if (any(&t->row->themes[i].strengths, 1) || any(&t->row->themes[i].improvements, 1))
            return true;
    return false;
}

static void themes(const struct text *t)
{
    struct ca_grid *grid;

    if (!any_theme(t))
        return;
    heading(t, "Themes");
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

static void months(const struct text *t)
{
    struct ca_grid *grid;

    if (t->row->month_count < 2)
        return;
    heading(t, "Month by month");
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

static void xmr(const struct text *t)
{
    const struct ca_summary_xmr *x = &t->s->xmr;
    char mean[CA_FIGURE_SIZE], low[CA_FIGURE_SIZE], high[CA_FIGURE_SIZE];
    struct ca_grid *grid;

    if (!x->present)
        return;
    heading(t, "All months in the store (XmR chart)");
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

static void indicator_value(struct ca_grid *grid, const struct ca_summary_indicator_point *p)
{
    char value[CA_FIGURE_SIZE];

    if (p->proportion) {
        ca_grid_share(grid, &p->share);
        return;
    }
    ca_figure_text(p->value, 3, value);
    if (ca_is_shown(p->value)) {
        /* Whole numbers without their noughts. */
        value[strcspn(value, ".") + 4] = '\0';
        for (size_t end = strlen(value); value[end - 1] == '0' || value[end - 1] == '.';) {
            bool point = value[end - 1] == '.';
            value[--end] = '\0';
            if (point)
                break;
        }
    }
    ca_grid_cell(grid, value);
}

static void indicator_rows(struct ca_grid *grid, const struct ca_summary_indicator *n)
{
    static const char *const directions[] = {
        [CA_LEVEL] = "level", [CA_UP] = "↑ up", [CA_DOWN] = "↓ down"};

    for (size_t i = 0; i < n->point_count; i++) {
        bool last = i + 1 == n->point_count;
        ca_grid_row(grid);
        ca_grid_cell(grid, i == 0 ? n->label : "");
        ca_grid_cell(grid, n->points[i].period);
        indicator_value(grid, &n->points[i]);
        ca_grid_cell(grid, last && n->moved ? directions[n->direction] : "");
        ca_grid_cell(grid, last && n->moved ? n->merit : "");
        ca_grid_cell(grid, last && n->trend.judged ? ca_verdict_words(n->trend.verdict) : "");
    }
}

static void indicators(const struct text *t)
{
    struct ca_grid *grid;

    if (t->s->indicator_count == 0)
        return;
    heading(t, "Figures from elsewhere");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Indicator", CA_LEFT);
    ca_grid_column(grid, "Period", CA_LEFT);
    ca_grid_column(grid, "Figure", CA_RIGHT);
    ca_grid_column(grid, "Direction", CA_LEFT);
    ca_grid_column(grid, "Merit", CA_LEFT);
    ca_grid_column(grid, "Trend", CA_LEFT);
    for (size_t i = 0; i < t->s->indicator_count; i++)
        indicator_rows(grid, &t->s->indicators[i]);
    ca_grid_write(grid, t->out);
    for (size_t i = 0; i < t->s->indicator_count; i++)
        if (t->s->indicators[i].footnote != NULL) {
            struct ca_buffer note = {0};
            ca_buffer_printf(&note, "%s: %s", t->s->indicators[i].label,
                             t->s->indicators[i].footnote);
            paragraph(t, "", note.data);
            ca_buffer_free(&note);
        }
}

static void moderation(const struct text *t)
{
    if (any(&t->row->moderation.moderated, 1))
        ca_moderation_text(t->out, t->s, t->row, t->width);
}

/* ---- who is concerned ---- */

static void cases(const struct text *t)
{
    char date[CA_DATE_SIZE];
    struct ca_grid *grid;

    if (t->s->case_count == 0)
        return;
    heading(t, "To act on");
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

/* ---- all of it ---- */

static void sentences(const struct text *t, const char *mark, const char *const *lines,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        paragraph(t, mark, lines[i]);
}

static const struct ca_summary_row *latest_total(const struct ca_summary *s)
{
    size_t i = s->row_count - 1;

    while (!s->rows[i].total)
        i--;
    return &s->rows[i];
}

void ca_summary_text(struct ca_buffer *out, const struct ca_summary *summary,
                     const struct ca_text_style *style)
{
    static void (*const parts[])(const struct text *) = {
        grades, rows,    changes, sections, agencies, grid,       measures,   alerts,
        limits, actions, themes,  months,   xmr,      moderation, indicators, cases};
    struct text t = {out, summary, latest_total(summary), style->width ? style->width : 80};

    title(&t);
    sentences(&t, "", summary->answer, summary->answer_count);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        parts[i](&t);
    heading(&t, "How these figures are made");
    sentences(&t, "- ", summary->notes, summary->note_count);
}
