/* What a person who looks at the sheet does not see, and what counts all the same: hidden rows
 * and columns, as a filter leaves them, too; and cells that are joined. */
#include <stdlib.h>

#include "core/sheet/grid.h"

enum { MOST_NAMED = 10 };

/* "4 to 9, 12 and 15", in the making. */
struct list {
    struct ca_buffer text;
    size_t named, count;
    int first, last; /* of the numbers that follow one another */
};

static void end_span(struct list *list)
{
    if (list->count == 0 || list->named++ >= MOST_NAMED)
        return;
    ca_buffer_printf(&list->text, "%s%d", list->named > 1 ? ", " : "", list->first);
    if (list->last > list->first)
        ca_buffer_printf(&list->text, " to %d", list->last);
}

static void add_number(struct list *list, int number)
{
    if (list->count == 0 || number != list->last + 1) {
        end_span(list);
        list->first = number;
    }
    list->last = number;
    list->count++;
}

static const char *shown(const struct list *list)
{
    return list->named > MOST_NAMED ? " and others" : "";
}

/* ---- rows ---- */

static void tell_rows(struct ca_grid *grid, size_t header)
{
    struct list list = {.count = 0};
    int first = 0;

    for (size_t i = header + 1; i < grid->row_count; i++)
        if (grid->rows[i].hidden) {
            first = first == 0 ? grid->rows[i].number : first;
            add_number(&list, grid->rows[i].number);
        }
    end_span(&list);
    if (list.count > 0)
        ca_diags_add(grid->diags, CA_WARNING, CA_FAULT_RULE, first, 1, NULL,
                     list.count == 1
                         ? "row %s%s is hidden in the sheet, by hand or by a filter, and is "
                           "read like the others; delete it if it should not count"
                         : "rows %s%s are hidden in the sheet, by hand or by a filter, and are "
                           "read like the others; delete those that should not count",
                     list.text.data, shown(&list));
    ca_buffer_free(&list.text);
}

/* ---- columns ---- */

bool ca_grid_hides(const struct ca_grid *grid, size_t column)
{
    for (size_t i = 0; i < grid->hidden_count; i++)
        if (grid->hidden_columns[i].column <= column &&
            column <= grid->hidden_columns[i].last_column)
            return true;
    return false;
}

/* ---- cells that are joined ---- */

static int by_number(const void *number, const void *row)
{
    const int wanted = *(const int *)number, is = ((const struct ca_grid_row *)row)->number;

    return (wanted > is) - (wanted < is);
}

static const struct ca_grid_row *row_of(const struct ca_grid *grid, int number)
{
    return bsearch(&number, grid->rows, grid->row_count, sizeof *grid->rows, by_number);
}

/* What is joined stands in the first cell alone; where that says nothing, nothing is lost. */
static void tell_merged(struct ca_grid *grid, const struct ca_grid_area *area)
{
    const struct ca_grid_row *row = row_of(grid, area->row);
    const bool several = area->last_row > area->row;

    if (row == NULL || area->column >= row->count || row->cells[area->column][0] == '\0' ||
        !ca_diags_room(grid->diags, CA_WARNING, __func__))
        return;
    if (several)
        ca_diags_add(grid->diags, CA_WARNING, CA_FAULT_RULE, area->row, (int)area->column + 1,
                     NULL, "the cells %s are merged: what they say counts for row %d alone",
                     area->name, area->row);
    else
        ca_diags_add(grid->diags, CA_WARNING, CA_FAULT_RULE, area->row, (int)area->column + 1,
                     NULL, "the cells %s are merged: what they say counts for column %zu alone",
                     area->name, area->column + 1);
}

void ca_grid_tell_unseen(struct ca_grid *grid, size_t header)
{
    const int headings = grid->rows[header].number;

    tell_rows(grid, header);
    for (size_t i = 0; i < grid->merged_count; i++)
        if (grid->merged[i].last_row > headings)
            tell_merged(grid, &grid->merged[i]);
}
