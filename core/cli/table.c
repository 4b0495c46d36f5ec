/* Tables on a terminal. */
#include "core/cli/table.h"

#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/arena.h"
#include "core/cli/safe.h"

struct ca_table {
    struct libscols_table *columns;
    struct libscols_line *row;
    size_t cell;
};

struct ca_table *ca_table_new(const char *const *headings, size_t columns)
{
    struct ca_table *table = ca_xcalloc(1, sizeof *table);

    table->columns = scols_new_table();
    if (table->columns == NULL)
        ca_out_of_memory();
    scols_table_enable_nowrap(table->columns, 1);
    scols_table_set_termforce(table->columns, SCOLS_TERMFORCE_NEVER);
    for (size_t i = 0; i < columns; i++) {
        int right = headings[i][0] == '>';
        struct libscols_column *column = scols_table_new_column(
            table->columns, headings[i] + right, 0, right ? SCOLS_FL_RIGHT : 0);
        if (column == NULL)
            ca_out_of_memory();
        scols_column_set_safechars(column, "\\"); /* ca_table_cell makes text harmless */
    }
    return table;
}

bool ca_table_has_rows(const struct ca_table *table)
{
    return table->row != NULL;
}

void ca_table_row(struct ca_table *table)
{
    table->row = scols_table_new_line(table->columns, NULL);
    if (table->row == NULL)
        ca_out_of_memory();
    table->cell = 0;
}

void ca_table_cell(struct ca_table *table, const char *text)
{
    struct ca_buffer safe = {0};

    ca_buffer_clear(&safe);
    ca_safe_line(&safe, text != NULL ? text : "");
    if (scols_line_set_data(table->row, table->cell++, safe.data) != 0)
        ca_out_of_memory();
    ca_buffer_free(&safe);
}

void ca_table_number(struct ca_table *table, long long number)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", number);
    ca_table_cell(table, text);
}

void ca_table_write(struct ca_table *table, struct ca_buffer *out)
{
    char *text = NULL;

    if (scols_table_get_nlines(table->columns) > 0 &&
        scols_print_table_to_string(table->columns, &text) != 0)
        ca_out_of_memory();
    if (text != NULL)
        ca_buffer_printf(out, "%s\n", text);
    free(text);
    scols_unref_table(table->columns);
    free(table);
}

void ca_table_print(struct ca_table *table)
{
    if (scols_table_get_nlines(table->columns) > 0)
        scols_print_table(table->columns);
    scols_unref_table(table->columns);
    free(table);
}
