/* Rows of cells in the making. */
#include "core/sheet/grid.h"

#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"

void ca_grid_fault(struct ca_grid *grid, int row, size_t column, const char *format, ...)
{
    va_list args;

    if (!ca_diags_room(grid->diags, CA_ERROR, format))
        return;
    va_start(args, format);
    ca_diags_vadd(grid->diags, CA_ERROR, CA_FAULT_SCHEMA, row, (int)column, NULL, format, args);
    va_end(args);
}

const char *ca_grid_text(struct ca_arena *arena, const char *text, size_t length)
{
    text = ca_trimmed(text, &length);
    return length > 0 ? ca_arena_strndup(arena, text, length) : "";
}

bool ca_grid_put(struct ca_grid *grid, size_t index, const char *text)
{
    if (index >= CA_SHEET_COLUMNS)
        return false;
    while (grid->count <= index)
        *CA_APPEND(grid->cells, grid->count) = "";
    grid->cells[index] = text;
    return true;
}

/* One text may stand in very many cells of a workbook, where it is kept once. */
static bool has_room(struct ca_grid *grid, int number)
{
    for (size_t i = 0; i < grid->count; i++)
        grid->bytes_kept += strlen(grid->cells[i]);
    grid->cells_kept += grid->count;
    if (grid->cells_kept > CA_SHEET_CELLS)
        ca_grid_fault(grid, number, 1, "the sheet has more than %d cells; divide it",
                      CA_SHEET_CELLS);
    else if (grid->bytes_kept > CA_SHEET_BYTES)
        ca_grid_fault(grid, number, 1, "the sheet's texts have more than %d MiB; divide it",
                      CA_SHEET_BYTES / (1024 * 1024));
    else
        return true;
    grid->full = true;
    return false;
}

static void keep_row(struct ca_grid *grid, int number)
{
    const char **cells = CA_ARRAY(grid->arena, grid->count, const char *);

    memcpy(cells, grid->cells, grid->count * sizeof *cells);
    *CA_APPEND(grid->rows, grid->row_count) =
        (struct ca_grid_row){number, grid->count, cells, grid->hidden};
}

bool ca_grid_end_row(struct ca_grid *grid, int number)
{
    while (grid->count > 0 && grid->cells[grid->count - 1][0] == '\0')
        grid->count--;
    if (grid->count > 0 && !grid->full && has_room(grid, number))
        keep_row(grid, number);
    grid->count = 0;
    return !grid->full;
}
