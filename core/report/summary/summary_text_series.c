/* Time and figures from elsewhere as text: months, the monthly chart, indicators. */
#include "core/report/page/html.h"
#include "core/report/summary/summary_text_private.h"

/* ---- months ---- */

void ca_text_months(const struct ca_text *t)
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

void ca_text_xmr(const struct ca_text *t)
{
    const struct ca_summary_xmr *x = &t->s->xmr;
    char mean[CA_FIGURE_SIZE], low[CA_FIGURE_SIZE], high[CA_FIGURE_SIZE];
    struct ca_grid *grid;

    if (!x->present)
        return;
    ca_text_heading(t, x->quarters  ? "All quarters in the store (p-chart)"
                       : x->p_chart ? "All months in the store (p-chart)"
                                    : "All months in the store (XmR chart)");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, x->quarters ? "Quarter" : "Month", CA_LEFT);
    ca_grid_column(grid, "Graded", CA_RIGHT);
    ca_grid_column(grid, "%", CA_RIGHT);
    ca_grid_column(grid, "Limits", CA_RIGHT);
    ca_grid_column(grid, "", CA_LEFT);
    ca_grid_column(grid, "Signal", CA_LEFT);
    for (size_t i = 0; i < x->point_count; i++) {
        ca_grid_row(grid);
        ca_grid_cell(grid, x->points[i].month);
        ca_grid_count(grid, x->points[i].graded);
        ca_grid_cell(grid, ca_figure_text(x->points[i].percent, 1, mean));
        ca_grid_cellf(grid, "%s to %s", ca_figure_text(x->points[i].lower, 1, low),
                      ca_figure_text(x->points[i].upper, 1, high));
        ca_grid_bar(grid, x->points[i].percent);
        ca_grid_cell(grid, x->points[i].signal ? x->points[i].signal : "");
    }
    ca_grid_write(grid, t->out);
    ca_buffer_printf(t->out, "  Mean %s%s.\n", ca_figure_text(x->mean, 1, mean),
                     x->trial ? ", trial limits" : "");
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

void ca_text_indicators(const struct ca_text *t)
{
    if (t->s->indicator_count == 0)
        return;
    ca_text_heading(t, "Figures from elsewhere");
    for (size_t i = 0; i < t->s->indicator_count; i++)
        indicator(t, &t->s->indicators[i]);
}
