/* Tables of a summary, filled cell by cell, and a cell as HTML. */
#include <string.h>

#include "core/base/array.h"
#include "core/base/decimal.h"
#include "core/report/page/html.h"
#include "core/report/page/tables.h"

struct ca_table *ca_table_add(struct ca_tables *tables, const char *id, const char *caption)
{
    struct ca_table *table = CA_NEW(tables->arena, struct ca_table);

    *table = (struct ca_table){.id = id, .caption = caption, .heads = 1};
    if (tables->last != NULL)
        tables->last->next = table;
    else
        tables->first = table;
    tables->last = table;
    return table;
}

struct ca_column *ca_table_column(struct ca_tables *tables, struct ca_table *table,
                                  enum ca_column_kind kind, const char *heading)
{
    struct ca_column *column =
        CA_ARENA_APPEND(tables->arena, table->columns, table->column_count);

    *column = (struct ca_column){.heading = heading, .kind = kind, .unit = ""};
    return column;
}

static struct ca_cell *next_cell(struct ca_tables *tables, struct ca_table *table)
{
    table->row_count = table->cell_count / table->column_count + 1;
    return CA_ARENA_APPEND(tables->arena, table->cells, table->cell_count);
}

void ca_table_text(struct ca_tables *tables, struct ca_table *table, const char *text)
{
    next_cell(tables, table)->text = text;
}

void ca_table_figure(struct ca_tables *tables, struct ca_table *table, struct ca_figure figure)
{
    next_cell(tables, table)->figure = figure;
}

void ca_table_share(struct ca_tables *tables, struct ca_table *table,
                    const struct ca_share *share)
{
    next_cell(tables, table)->share = share;
}

struct ca_table *ca_table_find(const struct ca_tables *tables, const char *id)
{
    for (struct ca_table *t = tables->first; t != NULL; t = t->next)
        if (strcmp(t->id, id) == 0)
            return t->row_count > 0 ? t : NULL;
    return NULL;
}

/* "17 of 33", kept on one line, and its percentage. */
static void share_html(struct ca_buffer *out, const struct ca_share *share)
{
    char count[CA_FIGURE_SIZE], of[CA_FIGURE_SIZE];

    if (ca_is_shown(share->of) && share->of.value == 0) {
        ca_buffer_puts(out, "–");
        return;
    }
    ca_buffer_puts(out, ca_figure_text(share->count, 0, count));
    if (share->count.shown == CA_NO_OBSERVATIONS || share->count.shown == CA_NOT_APPLICABLE)
        return;
    ca_buffer_printf(out, "\xC2\xA0of\xC2\xA0%s", ca_figure_text(share->of, 0, of));
    if (!ca_is_shown(share->whole))
        return;
    ca_buffer_puts(out, " <b>");
    ca_words_percent(out, share->whole);
    ca_buffer_puts(out, "</b>");
}

void ca_table_cell_html(struct ca_buffer *out, const struct ca_column *column,
                        const struct ca_cell *cell)
{
    char text[CA_FIGURE_SIZE];

    switch (column->kind) {
    case CA_COLUMN_TEXT: ca_html_text(out, cell->text); break;
    case CA_COLUMN_FIGURE:
        if (column->shortest && ca_is_shown(cell->figure))
            ca_decimal_short(cell->figure.value, column->places, text);
        else
            ca_figure_text(cell->figure, column->places, text);
        ca_buffer_printf(out, "%s%s", text, ca_is_shown(cell->figure) ? column->unit : "");
        break;
    case CA_COLUMN_P:
        if (ca_is_shown(cell->figure) && cell->figure.value == 0)
            ca_buffer_puts(out, "&lt;0.001");
        else
            ca_buffer_puts(out, ca_figure_text(cell->figure, 3, text));
        break;
    case CA_COLUMN_SIGNED: ca_words_signed(out, cell->figure, column->places); break;
    case CA_COLUMN_SHARE:
    case CA_COLUMN_PART: share_html(out, cell->share); break;
    case CA_COLUMN_INTERVAL: ca_words_interval(out, cell->share); break;
    }
}
