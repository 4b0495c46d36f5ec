#ifndef CA_REPORT_XLSX_PRIVATE_H
#define CA_REPORT_XLSX_PRIVATE_H

#include <xlsxwriter.h>

#include "core/report/summary/summary_xlsx.h"
#include "core/report/page/tables.h"

/* A spreadsheet while it is being written (summary_xlsx.c, xlsx_table.c, xlsx_charts.c). */
struct ca_xlsx {
    struct ca_arena *arena;
    const struct ca_summary *s;
    const struct ca_theme *theme;
    struct ca_tables tables;
    lxw_workbook *book;
    lxw_format *formats[4];  /* numbers by how many decimals */
    lxw_format *percents[2]; /* whole, and with one decimal */
    lxw_format *words;       /* text, wrapped */
    lxw_format *headings;    /* the same, bold */
};

/* The name of a table's sheet: "grades" is on "Grades". */
const char *ca_xlsx_sheet_name(struct ca_xlsx *x, const char *id);

/* Where column `column` of a table begins on its sheet. */
lxw_col_t ca_xlsx_column(const struct ca_table *table, size_t column);

/* Text that cannot steer what shows it. */
const char *ca_xlsx_text(struct ca_xlsx *x, const char *text);

/* The table on a sheet of its own. */
void ca_xlsx_table(struct ca_xlsx *x, const struct ca_table *table);

/* The number of A4 among papers. */
enum { CA_XLSX_A4 = 9 };

/* Rows of tables of parts in the order of periods, so that those of one period follow each
 * other and can be drawn. */
void ca_xlsx_sort(struct ca_xlsx *x);

/* The sheet of charts, where there is something to draw. */
void ca_xlsx_charts(struct ca_xlsx *x);

/* What the library of this part offers: ca_summary_xlsx, once it is loaded. */
enum ca_code ca_xlsx_write(struct ca_buffer *out, const struct ca_summary *s,
                           const struct ca_theme *theme, struct ca_error *error);

#endif
