#ifndef CA_REPORT_SUMMARY_TABLE_H
#define CA_REPORT_SUMMARY_TABLE_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/insight/summary.h"

/* Aligned tables for the terminal: columns are as wide as they need, and the first
 * wraps where the whole would be wider than the page. */
struct ca_table;

/* Frees itself when written. */
struct ca_table *ca_table_new(size_t width);
enum ca_align { CA_LEFT, CA_RIGHT };
void ca_table_column(struct ca_table *table, const char *name, enum ca_align align);
/* Cells of the row begun last, from the left. */
void ca_table_row(struct ca_table *table);
void ca_table_cell(struct ca_table *table, const char *text);
void ca_table_cellf(struct ca_table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void ca_table_write(struct ca_table *table, struct ca_buffer *out);

/* "17", "c" */
void ca_table_count(struct ca_table *table, struct ca_figure count);
/* "17 of 33 (52%)", "17 (52%)", "50% to 80%" and a bar of the percentage. */
void ca_table_share(struct ca_table *table, const struct ca_share *share);
void ca_table_short_share(struct ca_table *table, const struct ca_share *share);
void ca_table_interval(struct ca_table *table, const struct ca_share *share);
void ca_table_bar(struct ca_table *table, struct ca_figure tenths);

#endif
