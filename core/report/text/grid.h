#ifndef CA_REPORT_GRID_H
#define CA_REPORT_GRID_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/insight/summary.h"

/* Aligned tables for the terminal: columns are as wide as they need, and the first
 * wraps where the whole would be wider than the page. On a narrow page that has no room for
 * them side by side they stand below each other. */
struct ca_grid;

/* Frees itself when written. */
struct ca_grid *ca_grid_new(size_t width);
enum ca_align { CA_LEFT, CA_RIGHT };
void ca_grid_column(struct ca_grid *grid, const char *name, enum ca_align align);
/* Cells of the row begun last, from the left. */
void ca_grid_row(struct ca_grid *grid);
void ca_grid_cell(struct ca_grid *grid, const char *text);
void ca_grid_cellf(struct ca_grid *grid, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void ca_grid_write(struct ca_grid *grid, struct ca_buffer *out);

/* "17", "c" */
void ca_grid_count(struct ca_grid *grid, struct ca_figure count);
/* "17 of 33 (52%)", "17 (52%)", "50% to 80%" and a bar of the percentage. */
void ca_grid_share(struct ca_grid *grid, const struct ca_share *share);
void ca_grid_short_share(struct ca_grid *grid, const struct ca_share *share);
void ca_grid_interval(struct ca_grid *grid, const struct ca_share *share);
void ca_grid_bar(struct ca_grid *grid, struct ca_figure tenths);

#endif
