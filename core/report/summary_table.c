#include "core/report/summary_table.h"

#include <libsmartcols.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct ca_table {
    struct libscols_table *scols;
    struct libscols_line *line;
    size_t columns, next;
};

/* Everything here fails for want of memory alone. */
static void *sure(void *made)
{
    if (made == NULL)
        ca_out_of_memory();
    return made;
}

struct ca_table *ca_table_new(size_t width)
{
    struct ca_table *table = ca_xcalloc(1, sizeof *table);

    table->scols = sure(scols_new_table());
    scols_table_set_column_separator(table->scols, "  ");
    scols_table_set_termforce(table->scols, SCOLS_TERMFORCE_ALWAYS);
    scols_table_set_termwidth(table->scols, width);
    return table;
}

void ca_table_column(struct ca_table *table, const char *name, enum ca_align align)
{
    int flags = align == CA_RIGHT ? SCOLS_FL_RIGHT : 0;

    if (table->columns++ == 0)
        flags |= SCOLS_FL_WRAP;
    sure(scols_table_new_column(table->scols, name, align == CA_LEFT ? 0.3 : 0, flags));
}

void ca_table_row(struct ca_table *table)
{
    table->line = sure(scols_table_new_line(table->scols, NULL));
    table->next = 0;
}

void ca_table_cell(struct ca_table *table, const char *text)
{
    if (scols_line_set_data(table->line, table->next++, text) != 0)
        ca_out_of_memory();
}

void ca_table_cellf(struct ca_table *table, const char *format, ...)
{
    struct ca_buffer text = {0};
    va_list args;

    va_start(args, format);
    ca_buffer_vprintf(&text, format, args);
    va_end(args);
    ca_table_cell(table, text.data);
    ca_buffer_free(&text);
}

void ca_table_write(struct ca_table *table, struct ca_buffer *out)
{
    char *text = NULL;

    if (scols_print_table_to_string(table->scols, &text) != 0)
        ca_out_of_memory();
    for (const char *line = text; line != NULL && *line != '\0';) {
        size_t length = strcspn(line, "\n"), kept = length;
        while (kept > 0 && line[kept - 1] == ' ')
            kept--;
        ca_buffer_puts(out, kept > 0 ? "  " : "");
        ca_buffer_add(out, line, kept);
        ca_buffer_putc(out, '\n');
        line += length + (line[length] == '\n');
    }
    free(text);
    scols_unref_table(table->scols);
    free(table);
}

/* ---- figures ---- */

void ca_table_count(struct ca_table *table, struct ca_figure count)
{
    char text[CA_FIGURE_SIZE];

    ca_table_cell(table, ca_figure_text(count, 0, text));
}

static const char *percent(struct ca_figure whole, char text[CA_FIGURE_SIZE + 1])
{
    ca_figure_text(whole, 0, text);
    return ca_is_shown(whole) ? strcat(text, "%") : text;
}

void ca_table_share(struct ca_table *table, const struct ca_share *share)
{
    char count[CA_FIGURE_SIZE], of[CA_FIGURE_SIZE], whole[CA_FIGURE_SIZE + 1];

    if (share->count.shown == CA_NOT_APPLICABLE)
        ca_table_cell(table, "z");
    else
        ca_table_cellf(table, "%s of %s (%s)", ca_figure_text(share->count, 0, count),
                       ca_figure_text(share->of, 0, of), percent(share->whole, whole));
}

void ca_table_short_share(struct ca_table *table, const struct ca_share *share)
{
    char count[CA_FIGURE_SIZE], whole[CA_FIGURE_SIZE + 1];

    ca_figure_text(share->count, 0, count);
    if (share->count.shown == CA_WITHHELD || share->count.shown == CA_NOT_APPLICABLE)
        ca_table_cell(table, count);
    else
        ca_table_cellf(table, "%s (%s)", count, percent(share->whole, whole));
}

void ca_table_interval(struct ca_table *table, const struct ca_share *share)
{
    char low[CA_FIGURE_SIZE + 1], high[CA_FIGURE_SIZE + 1];

    if (!ca_is_shown(share->low_whole))
        ca_table_cell(table, ca_figure_symbol(share->low_whole));
    else
        ca_table_cellf(table, "%s to %s", percent(share->low_whole, low),
                       percent(share->high_whole, high));
}

enum { BAR_WIDTH = 20 };

void ca_table_bar(struct ca_table *table, struct ca_figure tenths)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    struct ca_buffer bar = {0};
    int64_t size = ca_is_shown(tenths) ? (tenths.value * BAR_WIDTH * 8 + 500) / 1000 : 0;

    ca_buffer_puts(&bar, "");
    for (int64_t i = 0; i < size / 8; i++)
        ca_buffer_puts(&bar, "█");
    ca_buffer_puts(&bar, eighths[size % 8]);
    ca_table_cell(table, bar.data);
    ca_buffer_free(&bar);
}
