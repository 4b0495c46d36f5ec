#ifndef CA_SHEET_GRID_H
#define CA_SHEET_GRID_H

#include "core/sheet/sheet.h"

/* What the readers of each kind of file make: rows of cells, as long as they are. */
struct ca_grid_row {
    int number;
    size_t count; /* up to the last cell that is not empty */
    const char **cells;
    bool hidden;
};

/* From a row and column (from 0) to others, both included. */
struct ca_grid_area {
    int row, last_row;
    size_t column, last_column;
    const char *name; /* as the workbook has it: "A2:B4" */
};

struct ca_grid {
    struct ca_arena *arena;
    struct ca_diags *diags;
    struct ca_grid_row *rows; /* those with something in them */
    size_t row_count;
    const char **cells; /* of the row that is being read */
    size_t count;
    bool hidden; /* nobody sees it in the spreadsheet program */
    size_t cells_kept, bytes_kept;
    bool from_1904, full;
    struct ca_grid_area *hidden_columns, *merged;
    size_t hidden_count, merged_count;
};

/* What to say behind every fault of a file that is no spreadsheet of ours. */
#define CA_SHEET_RIGHT                                                                         \
    "save it as an Excel workbook (.xlsx) or as \"CSV UTF-8\" (File, Save As), and use that"

/* A cell's text without blanks at both ends, in the arena. */
const char *ca_grid_text(struct ca_arena *arena, const char *text, size_t length);
/* A cell at index (from 0) of the row being read; of a cell that comes twice the last counts.
 * text is borrowed. False beyond the last column there can be. */
bool ca_grid_put(struct ca_grid *grid, size_t index, const char *text);
/* Ends the row; false, with a fault, when there are more cells than can be. */
bool ca_grid_end_row(struct ca_grid *grid, int number);

void ca_grid_fault(struct ca_grid *grid, int row, size_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Warns of what a person who looks at the sheet does not see and what counts all the same
 * (unseen.c), from the row of headings down. */
void ca_grid_tell_unseen(struct ca_grid *grid, size_t header);
/* Is the column (from 0) hidden? */
bool ca_grid_hides(const struct ca_grid *grid, size_t column);

/* separator 0: what fits the first rows best. False with a fault in grid->diags. */
bool ca_csv_read(struct ca_grid *grid, const char *bytes, size_t length, char separator);
bool ca_workbook_read(struct ca_grid *grid, const char *bytes, size_t length, const char *name);

#endif
