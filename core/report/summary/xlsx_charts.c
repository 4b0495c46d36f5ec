/* Native charts, with titles that say the finding and text alternatives. */
#include <stdlib.h>
#include <string.h>

#include "core/report/summary/summary_html_private.h"
#include "core/report/summary/xlsx_private.h"

enum { MOST_BARS = 60, MOST_CHARTS = 8 };

struct drawing {
    struct ca_xlsx *x;
    struct ca_summary_page p; /* for the findings, which are the page's */
    lxw_worksheet *page;
    lxw_row_t row;
    lxw_row_t breaks[MOST_CHARTS + 1]; /* of paper, ending with 0 */
    size_t break_count;
};

static lxw_color_t colour_of(unsigned colour)
{
    return (lxw_color_t)strtoul(ca_chart_colour(colour) + 1, NULL, 16);
}

/* A title that began with "=" would be read as a reference. */
static void set_title(struct drawing *d, lxw_chart *chart, const char *finding)
{
    const char *text = ca_xlsx_text(d->x, finding);
    lxw_chart_font font = {.size = 13, .bold = LXW_TRUE};

    if (*text == '=')
        text = ca_arena_printf(d->x->arena, " %s", text);
    chart_title_set_name(chart, text);
    chart_title_set_name_font(chart, &font);
}

/* How high a chart of so many bars is: each as high as a line of text needs at least. */
static int height_of(size_t bars)
{
    enum { BESIDES = 130, MOST = 44, LEAST = 20, USUAL = 450 };
    int room = (USUAL - BESIDES) / (int)(bars > 0 ? bars : 1);
    int bar = room > MOST ? MOST : room < LEAST ? LEAST : room;

    return BESIDES + (int)bars * bar;
}

/* Each begins a sheet of paper. */
static void insert(struct drawing *d, lxw_chart *chart, int height, const char *alternative)
{
    enum { WIDTH = 480, HEIGHT = 288, ROW = 20 }; /* pixels, as the library makes them */
    lxw_chart_options options = {.y_offset = 4,
                                 .x_scale = 760.0 / WIDTH,
                                 .y_scale = (double)height / HEIGHT,
                                 .description = (char *)ca_xlsx_text(d->x, alternative)};

    if (d->page == NULL) {
        d->page = workbook_add_worksheet(d->x->book, "Charts");
        worksheet_set_paper(d->page, CA_XLSX_A4);
        worksheet_set_landscape(d->page);
    } else {
        d->breaks[d->break_count++] = d->row;
    }
    worksheet_insert_chart_opt(d->page, d->row, 0, chart, &options);
    d->row += (lxw_row_t)(height / ROW + 2);
}

/* Lines that do not stand before the bars. */
static void set_axes(lxw_chart *chart, lxw_chart_axis *of_percent)
{
    lxw_chart_line pale = {.color = 0xD8D8D8, .width = 0.75f};

    chart_axis_major_gridlines_set_line(of_percent, &pale);
    chart_axis_set_num_format(of_percent, "0%");
    chart_axis_set_reverse(chart->y_axis); /* the first row at the top */
}

/* What of a table is drawn: rows that follow each other, each named by one of its columns or
 * more. */
struct drawn {
    const struct ca_table *table;
    size_t first, count;          /* rows */
    size_t name_first, name_last; /* columns */
};

/* One column as a series; its name stands in the header row. */
static lxw_chart_series *series(struct drawing *d, lxw_chart *chart, const struct drawn *what,
                                lxw_col_t column, unsigned colour)
{
    const char *sheet = ca_xlsx_sheet_name(d->x, what->table->id);
    lxw_chart_series *s = chart_add_series(chart, NULL, NULL);
    lxw_chart_fill fill = {.color = colour_of(colour)};
    lxw_chart_line gap = {.color = LXW_COLOR_WHITE, .width = 1.5};
    lxw_row_t from = (lxw_row_t)what->first + 1, to = from + (lxw_row_t)what->count - 1;

    chart_series_set_categories(s, sheet, from, (lxw_col_t)what->name_first, to,
                                (lxw_col_t)what->name_last);
    chart_series_set_values(s, sheet, from, column, to, column);
    chart_series_set_name_range(s, sheet, 0, column);
    chart_series_set_fill(s, &fill);
    chart_series_set_line(s, &gap);
    return s;
}

/* All rows, named by their period. */
static struct drawn every_row(const struct drawing *d, const char *id)
{
    const struct ca_table *table = ca_table_find(&d->x->tables, id);

    return (struct drawn){table, 0, table != NULL ? table->row_count : 0, 0, 0};
}

/* The rows of the latest period's total, named by their first column: tables of parts have as
 * many for each row of the summary (ca_xlsx_sort). */
static struct drawn latest(const struct drawing *d, const char *id)
{
    const struct ca_table *table = ca_table_find(&d->x->tables, id);
    size_t parts = table != NULL ? table->row_count / d->x->s->row_count : 0;

    return (struct drawn){table, parts * (size_t)(d->p.last - d->x->s->rows), parts, 0, 0};
}

/* The groups of the latest period, named by their values. */
static struct drawn latest_groups(const struct drawing *d)
{
    const struct ca_summary *s = d->x->s;
    const struct ca_table *table = ca_table_find(&d->x->tables, "groups");
    size_t groups = (size_t)(s->rows + s->row_count - d->p.last) - 1;

    return (struct drawn){table, table != NULL ? table->row_count - groups : 0,
                          table != NULL ? groups : 0, 1, s->group_by_count};
}

static size_t first_part(const struct ca_table *table)
{
    size_t c = 0;

    while (c < table->column_count && table->columns[c].kind != CA_COLUMN_PART)
        c++;
    return c;
}

/* The grades of each row as 100% of a bar. */
static void stacked(struct drawing *d, struct drawn what, const char *finding)
{
    lxw_chart *chart;
    size_t grade = 0;

    if (what.count == 0 || what.count > MOST_BARS)
        return;
    chart = workbook_add_chart(d->x->book, LXW_CHART_BAR_STACKED_PERCENT);
    for (size_t c = first_part(what.table);
         c < what.table->column_count && grade < d->x->s->grade_count; c++) {
        if (what.table->columns[c].kind != CA_COLUMN_PART)
            continue;
        unsigned colour = ca_summary_colour(d->x->s, grade++);
        lxw_chart_series *s = series(d, chart, &what, ca_xlsx_column(what.table, c), colour);
        lxw_chart_font white = {.color = LXW_COLOR_WHITE};
        chart_series_set_labels(s);
        chart_series_set_labels_num_format(s, "0;;"); /* none of nothing */
        if (ca_chart_is_dark(colour))
            chart_series_set_labels_font(s, &white);
    }
    chart_set_series_gap(chart, 30);
    set_axes(chart, chart->x_axis);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_set_style(chart, 2);
    set_title(d, chart, finding);
    insert(d, chart, height_of(what.count),
           ca_said(&d->p,
                   "%s. Bars of 100%%, a row of the table %s each; the numbers are there.",
                   finding, ca_xlsx_sheet_name(d->x, what.table->id)));
}

static void measures(struct drawing *d)
{
    struct drawn what = latest(d, "measures");
    const char *finding;
    lxw_chart *chart;

    if (what.count == 0 || what.count > MOST_BARS)
        return;
    finding = ca_finding_measures(&d->p);
    chart = workbook_add_chart(d->x->book, LXW_CHART_BAR);
    /* the per cent is the third column of a share */
    chart_series_set_labels(series(
        d, chart, &what, (lxw_col_t)(ca_xlsx_column(what.table, what.table->heads) + 2), 0));
    chart_set_series_gap(chart, 30);
    set_axes(chart, chart->x_axis);
    chart_axis_set_min(chart->x_axis, 0);
    chart_axis_set_max(chart->x_axis, 1);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    set_title(d, chart, finding);
    insert(d, chart, height_of(what.count),
           ca_said(&d->p,
                   "%s. Per cent of each measure; the numbers and their intervals are in the "
                   "table Measures.",
                   finding));
}

static void months(struct drawing *d)
{
    struct drawn what = every_row(d, "xmr");
    const char *finding;
    lxw_chart *chart;

    if (what.count == 0)
        return;
    finding = ca_finding_months(&d->p);
    chart = workbook_add_chart(d->x->book, LXW_CHART_LINE);
    for (lxw_col_t c = 2; c <= 5; c++) {
        lxw_chart_line line = {.color = c == 2   ? 0x12436D
                                        : c == 3 ? 0x3D3D3D
                                                 : 0xF46A25,
                               .width = c == 2 ? 2.25f : 1.25f,
                               .dash_type = c == 2 ? LXW_CHART_LINE_DASH_SOLID
                                                   : LXW_CHART_LINE_DASH_DASH};
        chart_series_set_line(series(d, chart, &what, c, 0), &line);
    }
    chart_axis_set_min(chart->y_axis, 0);
    chart_axis_set_max(chart->y_axis, 1);
    chart_axis_set_num_format(chart->y_axis, "0%");
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    set_title(d, chart, finding);
    insert(
        d, chart, height_of(0) * 3,
        ca_said(&d->p, "%s. The numbers, limits and signals are in the table Xmr.", finding));
}

void ca_xlsx_charts(struct ca_xlsx *x)
{
    struct drawing d = {
        .x = x, .p = {.s = x->s, .theme = x->theme, .arena = x->arena, .tables = x->tables}};

    for (size_t i = 0; i < x->s->row_count; i++)
        if (x->s->rows[i].total)
            d.p.last = &x->s->rows[i];
    if (d.p.last == NULL || x->s->grade_count == 0)
        return;
    stacked(&d, every_row(&d, "grades"), ca_finding_grades(&d.p));
    stacked(&d, latest_groups(&d),
            ca_said(&d.p, "How each group was graded in %s", d.p.last->when));
    stacked(&d, latest(&d, "sections"), ca_finding_sections(&d.p));
    stacked(&d, latest(&d, "agencies"), ca_finding_agencies(&d.p));
    measures(&d);
    months(&d);
    if (d.break_count > 0)
        worksheet_set_h_pagebreaks(d.page, d.breaks);
}
