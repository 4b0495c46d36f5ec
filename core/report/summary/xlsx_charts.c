/* Native charts, with titles that say the finding and text alternatives. */
#include <stdlib.h>
#include <string.h>

#include "core/report/summary/summary_html_private.h"
#include "core/report/summary/xlsx_private.h"

enum { ROWS_A_CHART = 25, MOST_BARS = 60 };

struct drawing {
    struct ca_xlsx *x;
    struct ca_summary_page p; /* for the findings, which are the page's */
    lxw_worksheet *page;
    lxw_row_t row;
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

static void insert(struct drawing *d, lxw_chart *chart, const char *alternative)
{
    lxw_chart_options options = {.x_scale = 1.9,
                                 .y_scale = 1.55,
                                 .description = (char *)ca_xlsx_text(d->x, alternative)};

    if (d->page == NULL)
        d->page = workbook_add_worksheet(d->x->book, "Charts");
    worksheet_insert_chart_opt(d->page, d->row, 0, chart, &options);
    d->row += ROWS_A_CHART;
}

/* One column of a table as a series; its name stands in the header row. */
static lxw_chart_series *series(struct drawing *d, lxw_chart *chart,
                                const struct ca_table *table, lxw_col_t column, unsigned colour)
{
    const char *sheet = ca_xlsx_sheet_name(d->x, table->id);
    lxw_chart_series *s = chart_add_series(chart, NULL, NULL);
    lxw_chart_fill fill = {.color = colour_of(colour)};
    lxw_chart_line gap = {.color = LXW_COLOR_WHITE, .width = 1.5};

    chart_series_set_categories(s, sheet, 1, 0, (lxw_row_t)table->row_count,
                                (lxw_col_t)(table->heads - 1));
    chart_series_set_values(s, sheet, 1, column, (lxw_row_t)table->row_count, column);
    chart_series_set_name_range(s, sheet, 0, column);
    chart_series_set_fill(s, &fill);
    chart_series_set_line(s, &gap);
    return s;
}

static size_t first_part(const struct ca_table *table)
{
    size_t c = 0;

    while (c < table->column_count && table->columns[c].kind != CA_COLUMN_PART)
        c++;
    return c;
}

/* The grades of each row as 100% of a bar. */
static void stacked(struct drawing *d, const char *id,
                    const char *(*find)(struct ca_summary_page *))
{
    const struct ca_table *table = ca_table_find(&d->x->tables, id);
    const char *finding;
    lxw_chart *chart;
    size_t grade = 0;

    if (table == NULL || table->row_count > MOST_BARS)
        return;
    finding = find != NULL ? find(&d->p) : table->caption;
    chart = workbook_add_chart(d->x->book, LXW_CHART_BAR_STACKED_PERCENT);
    for (size_t c = first_part(table); c < table->column_count && grade < d->x->s->grade_count;
         c++) {
        if (table->columns[c].kind != CA_COLUMN_PART)
            continue;
        unsigned colour = ca_summary_colour(d->x->s, grade++);
        lxw_chart_series *s = series(d, chart, table, ca_xlsx_column(table, c), colour);
        lxw_chart_font white = {.color = LXW_COLOR_WHITE};
        chart_series_set_labels(s);
        if (ca_chart_is_dark(colour))
            chart_series_set_labels_font(s, &white);
    }
    chart_axis_set_reverse(chart->y_axis); /* the first row at the top */
    chart_axis_set_num_format(chart->x_axis, "0%");
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_set_style(chart, 2);
    set_title(d, chart, finding);
    insert(d, chart,
           ca_said(&d->p,
                   "%s. Bars of 100%%, a row of the table %s each; the numbers are there.",
                   finding, ca_xlsx_sheet_name(d->x, id)));
}

static void measures(struct drawing *d)
{
    const struct ca_table *table = ca_table_find(&d->x->tables, "measures");
    const char *finding;
    lxw_chart *chart;

    if (table == NULL || table->row_count > MOST_BARS)
        return;
    finding = ca_finding_measures(&d->p);
    chart = workbook_add_chart(d->x->book, LXW_CHART_BAR);
    /* the per cent is the third column of a share */
    chart_series_set_labels(
        series(d, chart, table, (lxw_col_t)(ca_xlsx_column(table, table->heads) + 2), 0));
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_set_min(chart->x_axis, 0);
    chart_axis_set_max(chart->x_axis, 1);
    chart_axis_set_num_format(chart->x_axis, "0%");
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    set_title(d, chart, finding);
    insert(d, chart,
           ca_said(&d->p,
                   "%s. Per cent of each measure in each period; the numbers and their "
                   "intervals are in the table Measures.",
                   finding));
}

static void months(struct drawing *d)
{
    const struct ca_table *table = ca_table_find(&d->x->tables, "xmr");
    const char *finding;
    lxw_chart *chart;

    if (table == NULL)
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
        chart_series_set_line(series(d, chart, table, c, 0), &line);
    }
    chart_axis_set_min(chart->y_axis, 0);
    chart_axis_set_max(chart->y_axis, 1);
    chart_axis_set_num_format(chart->y_axis, "0%");
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    set_title(d, chart, finding);
    insert(
        d, chart,
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
    stacked(&d, "grades", ca_finding_grades);
    stacked(&d, "groups", NULL);
    stacked(&d, "sections", ca_finding_sections);
    stacked(&d, "agencies", ca_finding_agencies);
    measures(&d);
    months(&d);
}
