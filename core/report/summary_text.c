#include "core/report/summary_text.h"

#include <string.h>

#include "core/report/layout.h"
#include "core/report/moderation_text.h"
#include "core/report/summary_table.h"

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
    struct ca_table *table = ca_table_new(t->width);

    heading(t, "Grades");
    ca_table_column(table, t->row->period.id, CA_LEFT);
    ca_table_column(table, "Audits", CA_RIGHT);
    ca_table_column(table, "95% interval", CA_RIGHT);
    ca_table_column(table, "", CA_LEFT);
    for (size_t g = 0; g <= t->s->grade_count; g++) {
        bool headline = g == t->s->grade_count;
        const struct ca_share *share = headline ? &t->row->positive : &t->row->grades[g];
        if (headline && !t->s->has_positive)
            break;
        ca_table_row(table);
        if (headline)
            ca_table_cellf(table, "= %s", t->s->positive_label);
        else
            ca_table_cell(table, t->s->grades[g].label);
        ca_table_share(table, share);
        ca_table_interval(table, share);
        ca_table_bar(table, share->tenths);
    }
    ca_table_row(table);
    ca_table_cell(table, "Not graded");
    ca_table_count(table, t->row->not_graded);
    ca_table_write(table, t->out);
}

/* A column for each grade, after the first. */
static void grade_columns(const struct text *t, struct ca_table *table, bool headline)
{
    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_table_column(table, short_label(&t->s->grades[g]), CA_RIGHT);
    if (headline && t->s->has_positive)
        ca_table_column(table, t->s->positive_label, CA_RIGHT);
    ca_table_column(table, "Not graded", CA_RIGHT);
}

static void add_row(const struct text *t, struct ca_table *table,
                    const struct ca_summary_row *row)
{
    ca_table_row(table);
    ca_table_cellf(table, "%s%s", row->total ? "" : "  ", row->name);
    ca_table_count(table, row->audits);
    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_table_short_share(table, &row->grades[g]);
    if (t->s->has_positive)
        ca_table_short_share(table, &row->positive);
    ca_table_count(table, row->not_graded);
}

/* Periods and groups under each other. */
static void rows(const struct text *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;
    bool outside =
        c != NULL && (c->from < t->s->rows || c->from >= t->s->rows + t->s->row_count);
    struct ca_table *table;
    struct ca_buffer name = {0};

    if (t->s->row_count == 1 && !outside)
        return;
    ca_buffer_puts(&name, "Period");
    for (size_t i = 0; i < t->s->group_by_count; i++)
        ca_buffer_printf(&name, "%s%s", i > 0 ? ", " : " and ", t->s->group_by[i].label);
    heading(t, t->s->group_by_count > 0 ? "By period and group" : "By period");
    table = ca_table_new(t->width);
    ca_table_column(table, name.data, CA_LEFT);
    ca_table_column(table, "Audits", CA_RIGHT);
    grade_columns(t, table, true);
    if (outside)
        add_row(t, table, c->from);
    for (size_t i = 0; i < t->s->row_count; i++)
        add_row(t, table, &t->s->rows[i]);
    ca_table_write(table, t->out);
    ca_buffer_free(&name);
}

/* ---- change ---- */

static void signed_points(struct ca_table *table, const struct ca_summary_change *c)
{
    char a[CA_FIGURE_SIZE], b[CA_FIGURE_SIZE], d[CA_FIGURE_SIZE];

    if (!ca_is_shown(c->difference))
        ca_table_cell(table, ca_figure_symbol(c->difference));
    else
        ca_table_cellf(table, "%s%s (%s to %s)", c->difference.value > 0 ? "+" : "",
                       ca_figure_text(c->difference, 1, d), ca_figure_text(c->low, 1, a),
                       ca_figure_text(c->high, 1, b));
}

static void add_change(struct ca_table *table, const char *name,
                       const struct ca_summary_change *c)
{
    char p[CA_FIGURE_SIZE];

    ca_table_row(table);
    ca_table_cell(table, name);
    ca_table_short_share(table, &c->from);
    ca_table_short_share(table, &c->to);
    signed_points(table, c);
    ca_table_cell(table, ca_figure_text(c->p, 3, p));
    ca_table_cell(table, c->judged ? ca_verdict_words(c->verdict) : ca_figure_symbol(c->p));
}

static void changes(const struct text *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;
    struct ca_table *table;

    if (c == NULL)
        return;
    heading(t, "Change, in percentage points with 95% interval");
    table = ca_table_new(t->width);
    ca_table_column(table, "", CA_LEFT);
    ca_table_column(table, c->from->period.id, CA_RIGHT);
    ca_table_column(table, c->to->period.id, CA_RIGHT);
    ca_table_column(table, "Difference", CA_RIGHT);
    ca_table_column(table, "p", CA_RIGHT);
    ca_table_column(table, "Verdict", CA_LEFT);
    for (size_t g = 0; g < t->s->grade_count; g++)
        add_change(table, short_label(&t->s->grades[g]), &c->grades[g]);
    if (t->s->has_positive)
        add_change(table, t->s->positive_label, &c->positive);
    ca_table_write(table, t->out);
}

/* ---- sections, agencies, measures ---- */

static void add_block(const struct text *t, struct ca_table *table,
                      const struct ca_summary_grades *block)
{
    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_table_short_share(table, &block->shares[g]);
    ca_table_count(table, block->not_graded);
}

static void sections(const struct text *t)
{
    struct ca_table *table;

    if (t->s->section_count == 0)
        return;
    heading(t, t->s->agency_count > 0 ? "Sections, jointly" : "Sections");
    table = ca_table_new(t->width);
    ca_table_column(table, "Section", CA_LEFT);
    grade_columns(t, table, false);
    for (size_t i = 0; i < t->s->section_count; i++) {
        ca_table_row(table);
        ca_table_cellf(table, "%*s%s", (int)(2 * t->s->sections[i].depth), "",
                       t->s->sections[i].title);
        add_block(t, table, &t->row->sections[i]);
    }
    ca_table_write(table, t->out);
}

static void agencies(const struct text *t)
{
    struct ca_table *table;

    if (t->s->agency_count == 0)
        return;
    heading(t, "Agencies");
    table = ca_table_new(t->width);
    ca_table_column(table, "Agency", CA_LEFT);
    ca_table_column(table, "Returns", CA_RIGHT);
    grade_columns(t, table, false);
    for (size_t a = 0; a < t->s->agency_count; a++) {
        ca_table_row(table);
        ca_table_cell(table, t->s->agencies[a].label);
        ca_table_count(table, t->row->agencies[a].returns);
        add_block(t, table, &t->row->agencies[a].overall);
    }
    ca_table_write(table, t->out);
}

/* "1/4/2/0": the grades of one agency in one section, best first. */
static void grid_cell(const struct text *t, struct ca_table *table,
                      const struct ca_summary_grades *block)
{
    struct ca_buffer cell = {0};
    char count[CA_FIGURE_SIZE];

    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_buffer_printf(&cell, "%s%s", g > 0 ? "/" : "",
                         ca_figure_text(block->shares[g].count, 0, count));
    ca_table_cell(table, cell.data);
    ca_buffer_free(&cell);
}

static void grid(const struct text *t)
{
    struct ca_buffer name = {0};
    struct ca_table *table;

    if (t->s->agency_count == 0)
        return;
    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_buffer_printf(&name, "%s%s",
                         g > 0 ? " / " : "Sections by agency: ", t->s->grades[g].label);
    heading(t, name.data);
    table = ca_table_new(t->width);
    ca_table_column(table, "Section", CA_LEFT);
    for (size_t a = 0; a < t->s->agency_count; a++)
        ca_table_column(table, t->s->agencies[a].label, CA_RIGHT);
    for (size_t i = 0; i < t->s->section_count; i++) {
        ca_table_row(table);
        ca_table_cellf(table, "%*s%s", (int)(2 * t->s->sections[i].depth), "",
                       t->s->sections[i].title);
        for (size_t a = 0; a < t->s->agency_count; a++)
            grid_cell(t, table, &t->row->agencies[a].grid[i]);
    }
    ca_table_write(table, t->out);
    ca_buffer_free(&name);
}

static void add_mean(struct ca_table *table, const struct ca_summary_measure *m)
{
    char mean[CA_FIGURE_SIZE], count[CA_FIGURE_SIZE];

    ca_table_cellf(table, "mean %s of %s", ca_figure_text(m->mean, 2, mean),
                   ca_figure_text(m->count, 0, count));
}

static void measures(const struct text *t)
{
    struct ca_table *table;

    if (t->s->measure_count == 0)
        return;
    heading(t, "Measures");
    table = ca_table_new(t->width);
    ca_table_column(table, "Measure", CA_LEFT);
    ca_table_column(table, "Cases", CA_RIGHT);
    ca_table_column(table, "95% interval", CA_RIGHT);
    ca_table_column(table, "", CA_LEFT);
    for (size_t i = 0; i < t->s->measure_count; i++) {
        const struct ca_summary_measure *m = &t->row->measures[i];
        ca_table_row(table);
        ca_table_cell(table, t->s->measures[i].label);
        if (t->s->measures[i].mean) {
            add_mean(table, m);
            continue;
        }
        ca_table_share(table, &m->share);
        ca_table_interval(table, &m->share);
        ca_table_bar(table, m->share.tenths);
    }
    ca_table_write(table, t->out);
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
    struct ca_table *table;

    if (!any(t->row->alerts, t->s->alert_count))
        return;
    heading(t, "Alerts");
    table = ca_table_new(t->width);
    ca_table_column(table, "Alert", CA_LEFT);
    ca_table_column(table, "Severity", CA_LEFT);
    ca_table_column(table, "Audits", CA_RIGHT);
    for (size_t i = 0; i < t->s->alert_count; i++) {
        ca_table_row(table);
        ca_table_cell(table, t->s->alerts[i].message);
        ca_table_cell(table, ca_alert_severity_name(t->s->alerts[i].severity));
        ca_table_count(table, t->row->alerts[i]);
    }
    ca_table_write(table, t->out);
}

static void limits(const struct text *t)
{
    struct ca_table *table;

    if (!any(t->row->limits, t->s->limit_count))
        return;
    heading(t, "Limits that held");
    table = ca_table_new(t->width);
    ca_table_column(table, "Limit", CA_LEFT);
    ca_table_column(table, "Audits", CA_RIGHT);
    for (size_t i = 0; i < t->s->limit_count; i++) {
        ca_table_row(table);
        ca_table_cell(table,
                      t->s->limits[i].reason ? t->s->limits[i].reason : t->s->limits[i].id);
        ca_table_count(table, t->row->limits[i]);
    }
    ca_table_write(table, t->out);
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
    struct ca_table *table;

    if (ca_is_shown(a->raised) && a->raised.value == 0)
        return;
    heading(t, "Actions");
    table = ca_table_new(t->width);
    ca_table_column(table, "", CA_LEFT);
    ca_table_column(table, "Actions", CA_RIGHT);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ca_table_row(table);
        ca_table_cell(table, lines[i].name);
        ca_table_count(table, lines[i].figure);
    }
    ca_table_write(table, t->out);
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
    struct ca_table *table;

    if (!any_theme(t))
        return;
    heading(t, "Themes");
    table = ca_table_new(t->width);
    ca_table_column(table, "Theme", CA_LEFT);
    ca_table_column(table, "Strengths", CA_RIGHT);
    ca_table_column(table, "To improve", CA_RIGHT);
    for (size_t i = 0; i < t->s->theme_count; i++) {
        ca_table_row(table);
        ca_table_cell(table, t->s->themes[i].label);
        ca_table_count(table, t->row->themes[i].strengths);
        ca_table_count(table, t->row->themes[i].improvements);
    }
    ca_table_write(table, t->out);
}

/* ---- time ---- */

static void months(const struct text *t)
{
    struct ca_table *table;

    if (t->row->month_count < 2)
        return;
    heading(t, "Month by month");
    table = ca_table_new(t->width);
    ca_table_column(table, "Month", CA_LEFT);
    ca_table_column(table, "Audits", CA_RIGHT);
    if (t->s->has_positive) {
        ca_table_column(table, t->s->positive_label, CA_RIGHT);
        ca_table_column(table, "", CA_LEFT);
    }
    for (size_t i = 0; i < t->row->month_count; i++) {
        const struct ca_summary_month *m = &t->row->months[i];
        ca_table_row(table);
        ca_table_cell(table, m->month);
        ca_table_count(table, m->audits);
        if (!t->s->has_positive)
            continue;
        ca_table_share(table, &m->share);
        ca_table_bar(table, m->share.tenths);
    }
    ca_table_write(table, t->out);
}

static void xmr(const struct text *t)
{
    const struct ca_summary_xmr *x = &t->s->xmr;
    char mean[CA_FIGURE_SIZE], low[CA_FIGURE_SIZE], high[CA_FIGURE_SIZE];
    struct ca_table *table;

    if (!x->present)
        return;
    heading(t, "All months in the store (XmR chart)");
    table = ca_table_new(t->width);
    ca_table_column(table, "Month", CA_LEFT);
    ca_table_column(table, "%", CA_RIGHT);
    ca_table_column(table, "", CA_LEFT);
    ca_table_column(table, "Signal", CA_LEFT);
    for (size_t i = 0; i < x->point_count; i++) {
        ca_table_row(table);
        ca_table_cell(table, x->points[i].month);
        ca_table_cell(table, ca_figure_text(x->points[i].percent, 1, mean));
        ca_table_bar(table, x->points[i].percent);
        ca_table_cell(table, x->points[i].signal ? x->points[i].signal : "");
    }
    ca_table_write(table, t->out);
    ca_buffer_printf(t->out, "  Mean %s, limits %s and %s%s.\n",
                     ca_figure_text(x->mean, 1, mean), ca_figure_text(x->lower, 1, low),
                     ca_figure_text(x->upper, 1, high), x->trial ? " (trial limits)" : "");
}

static void indicator_value(struct ca_table *table, const struct ca_summary_indicator_point *p)
{
    char value[CA_FIGURE_SIZE];

    if (p->proportion) {
        ca_table_share(table, &p->share);
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
    ca_table_cell(table, value);
}

static void indicator_rows(struct ca_table *table, const struct ca_summary_indicator *n)
{
    static const char *const directions[] = {
        [CA_LEVEL] = "level", [CA_UP] = "↑ up", [CA_DOWN] = "↓ down"};

    for (size_t i = 0; i < n->point_count; i++) {
        bool last = i + 1 == n->point_count;
        ca_table_row(table);
        ca_table_cell(table, i == 0 ? n->label : "");
        ca_table_cell(table, n->points[i].period);
        indicator_value(table, &n->points[i]);
        ca_table_cell(table, last && n->moved ? directions[n->direction] : "");
        ca_table_cell(table, last && n->moved ? n->merit : "");
        ca_table_cell(table, last && n->trend.judged ? ca_verdict_words(n->trend.verdict) : "");
    }
}

static void indicators(const struct text *t)
{
    struct ca_table *table;

    if (t->s->indicator_count == 0)
        return;
    heading(t, "Figures from elsewhere");
    table = ca_table_new(t->width);
    ca_table_column(table, "Indicator", CA_LEFT);
    ca_table_column(table, "Period", CA_LEFT);
    ca_table_column(table, "Figure", CA_RIGHT);
    ca_table_column(table, "Direction", CA_LEFT);
    ca_table_column(table, "Merit", CA_LEFT);
    ca_table_column(table, "Trend", CA_LEFT);
    for (size_t i = 0; i < t->s->indicator_count; i++)
        indicator_rows(table, &t->s->indicators[i]);
    ca_table_write(table, t->out);
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
    struct ca_table *table;

    if (t->s->case_count == 0)
        return;
    heading(t, "To act on");
    table = ca_table_new(t->width);
    ca_table_column(table, "What", CA_LEFT);
    ca_table_column(table, "Return", CA_LEFT);
    ca_table_column(table, "Case", CA_LEFT);
    ca_table_column(table, "Audited", CA_LEFT);
    for (size_t i = 0; i < t->s->case_count; i++) {
        const struct ca_summary_case *item = &t->s->cases[i];
        bool alert = strcmp(item->kind, "alert") == 0;
        ca_table_row(table);
        ca_table_cellf(table, "%s%s%s", alert ? ca_alert_severity_name(item->severity) : "",
                       alert ? ": " : "overdue: ", item->why);
        ca_table_cell(table, item->return_id);
        ca_table_cell(table, item->case_ref);
        ca_table_cell(table, ca_date_format(item->date, date));
    }
    ca_table_write(table, t->out);
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
