/* Tables of text, as wide as they may be. */
#include "core/report/text/grid.h"

#include <libsmartcols.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/utf8.h"
#include "core/report/text/layout.h"

enum { MOST_COLUMNS = 72, INDENT = 2, GAP = 2, LEAST = 18, WIDEST = 2000 };

/*
 * Cells are kept until all are there: only then is it known how much room the
 * first column has, in which text is broken between words.
 */
struct ca_grid {
    struct ca_arena *arena;
    int width;
    size_t columns, rows, next;
    const char *names[MOST_COLUMNS];
    bool right[MOST_COLUMNS];
    const char *(*cells)[MOST_COLUMNS]; /* [rows]; NULL: empty */
};

/* Everything here fails for want of memory alone. */
static void *sure(void *made)
{
    if (made == NULL)
        ca_out_of_memory();
    return made;
}

struct ca_grid *ca_grid_new(size_t width)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_grid *grid = CA_NEW(arena, struct ca_grid);

    grid->arena = arena;
    grid->width = (int)width - INDENT;
    return grid;
}

/* Text of one line that cannot steer a terminal; libsmartcols would show its bytes. */
static const char *plain(struct ca_grid *grid, const char *text)
{
    struct ca_buffer safe = {0};
    const char *copy;

    ca_utf8_add_harmless(&safe, text, false);
    copy = ca_arena_strdup(grid->arena, safe.data != NULL ? safe.data : "");
    ca_buffer_free(&safe);
    return copy;
}

void ca_grid_column(struct ca_grid *grid, const char *name, enum ca_align align)
{
    if (grid->columns == MOST_COLUMNS)
        return;
    grid->names[grid->columns] = plain(grid, name);
    grid->right[grid->columns++] = align == CA_RIGHT;
}

void ca_grid_row(struct ca_grid *grid)
{
    (void)CA_APPEND(grid->cells, grid->rows);
    grid->next = 0;
}

void ca_grid_cell(struct ca_grid *grid, const char *text)
{
    if (grid->next < grid->columns)
        grid->cells[grid->rows - 1][grid->next++] = plain(grid, text);
}

void ca_grid_cellf(struct ca_grid *grid, const char *format, ...)
{
    struct ca_buffer text = {0};
    va_list args;

    va_start(args, format);
    ca_buffer_vprintf(&text, format, args);
    va_end(args);
    ca_grid_cell(grid, text.data);
    ca_buffer_free(&text);
}

/* ---- how wide ---- */

static const char *cell_at(const struct ca_grid *grid, size_t row, size_t column)
{
    const char *text = grid->cells[row][column];

    return text != NULL ? text : "";
}

static int natural_width(const struct ca_grid *grid, size_t column)
{
    int width = ca_text_columns(grid->names[column]);

    for (size_t row = 0; row < grid->rows; row++) {
        int own = ca_text_columns(cell_at(grid, row, column));
        if (own > width)
            width = own;
    }
    return width;
}

/* What the other columns leave for the first. */
static int width_left(const struct ca_grid *grid)
{
    int left = grid->width;

    for (size_t column = 1; column < grid->columns; column++)
        left -= natural_width(grid, column) + GAP;
    return left;
}

/* Never less than reads well. */
static int first_width(const struct ca_grid *grid)
{
    int natural = natural_width(grid, 0), left = width_left(grid);

    if (left < LEAST)
        left = LEAST;
    return natural < left ? natural : left;
}

/* Does it stand on a page narrower than usual? A wide one is scrolled, or printed. */
static bool fits(const struct ca_grid *grid)
{
    int left = width_left(grid);

    return grid->width >= CA_LAYOUT_WIDTH - INDENT ||
           (left >= first_width(grid) && left >= ca_text_columns(grid->names[0]));
}

/* The text with line ends between words, no line wider than width if words allow; what
 * follows the first line is indented as that is, and a little more. */
static const char *broken(struct ca_grid *grid, const char *text, int width)
{
    struct ca_buffer lines = {0};
    int indent = (int)strspn(text, " "), used = indent;
    const char *result;

    ca_buffer_printf(&lines, "%*s", indent, "");
    for (text += indent; *text != '\0';) {
        size_t bytes = strcspn(text, " ");
        char *word = ca_arena_strndup(grid->arena, text, bytes);
        int columns = ca_text_columns(word);
        if (used > indent && used + 1 + columns > width) {
            ca_buffer_printf(&lines, "\n%*s", indent + 1, "");
            used = indent + 1;
        } else if (used > indent) {
            ca_buffer_putc(&lines, ' ');
            used++;
        }
        ca_buffer_puts(&lines, word);
        used += columns;
        text += bytes + strspn(text + bytes, " ");
    }
    result = ca_arena_strdup(grid->arena, lines.data);
    ca_buffer_free(&lines);
    return result;
}

/* ---- writing ---- */

static struct libscols_table *table_of(struct ca_grid *grid)
{
    struct libscols_table *table = sure(scols_new_table());
    int first = first_width(grid);

    scols_table_set_column_separator(table, "  ");
    scols_table_set_termforce(table, SCOLS_TERMFORCE_ALWAYS);
    scols_table_set_termwidth(table, WIDEST);
    for (size_t i = 0; i < grid->columns; i++) {
        struct libscols_column *column = sure(scols_table_new_column(
            table, grid->names[i], 0,
            (grid->right[i] ? SCOLS_FL_RIGHT : 0) | (i == 0 ? SCOLS_FL_WRAP : 0)));
        if (i == 0)
            scols_column_set_wrapfunc(column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk,
                                      NULL);
        scols_column_set_safechars(column, i == 0 ? "\n\\" : "\\"); /* harmless already */
    }
    for (size_t row = 0; row < grid->rows; row++) {
        struct libscols_line *line = sure(scols_table_new_line(table, NULL));
        for (size_t i = 0; i < grid->columns; i++) {
            const char *text = cell_at(grid, row, i);
            if (scols_line_set_data(line, i, i == 0 ? broken(grid, text, first) : text) != 0)
                ca_out_of_memory();
        }
    }
    return table;
}

/* Where the columns do not fit side by side: each row's first cell, and the others below it
 * with their names. What has no name is a bar, which tells nothing new. */
static void write_stacked(const struct ca_grid *grid, struct ca_buffer *out)
{
    const struct ca_layout layout = {.out = out, .width = grid->width + INDENT};

    for (size_t row = 0; row < grid->rows; row++) {
        const char *first = cell_at(grid, row, 0);
        int indent = INDENT + (int)strspn(first, " ");

        ca_layout_text(&layout, indent, indent + 1, first);
        for (size_t column = 1; column < grid->columns; column++)
            if (grid->names[column][0] != '\0' && cell_at(grid, row, column)[0] != '\0')
                ca_layout_text(&layout, indent + INDENT, indent + INDENT + 1,
                               ca_arena_printf(grid->arena, "%s: %s", grid->names[column],
                                               cell_at(grid, row, column)));
    }
}

/* Bytes that are no blanks. */
static size_t ink(const char *text)
{
    size_t count = 0;

    for (; text != NULL && *text != '\0'; text++)
        count += *text != ' ' && *text != '\n';
    return count;
}

/* Where memory runs out the library leaves cells or lines away, and says nothing. */
static bool is_whole(const struct ca_grid *grid, const char *text)
{
    size_t wanted = 0;

    for (size_t i = 0; i < grid->columns; i++) {
        wanted += ink(grid->names[i]);
        for (size_t row = 0; row < grid->rows; row++)
            wanted += ink(cell_at(grid, row, i));
    }
    return ink(text) >= wanted;
}

static void write_table(struct ca_grid *grid, struct ca_buffer *out)
{
    struct libscols_table *table = table_of(grid);
    char *text = NULL;

    if (scols_print_table_to_string(table, &text) != 0 || !is_whole(grid, text))
        ca_out_of_memory();
    for (const char *line = text; line != NULL && *line != '\0';) {
        size_t length = strcspn(line, "\n"), kept = length;
        while (kept > 0 && line[kept - 1] == ' ')
            kept--;
        if (kept > 0)
            ca_buffer_printf(out, "%*s", INDENT, "");
        ca_buffer_add(out, line, kept);
        ca_buffer_putc(out, '\n');
        line += length + (line[length] == '\n');
    }
    free(text);
    scols_unref_table(table);
}

void ca_grid_write(struct ca_grid *grid, struct ca_buffer *out)
{
    if (fits(grid))
        write_table(grid, out);
    else
        write_stacked(grid, out);
    free(grid->cells);
    ca_arena_free(grid->arena);
}

/* ---- figures ---- */

void ca_grid_count(struct ca_grid *grid, struct ca_figure count)
{
    char text[CA_FIGURE_SIZE];

    ca_grid_cell(grid, ca_figure_text(count, 0, text));
}

static const char *percent(struct ca_figure whole, char text[CA_FIGURE_SIZE + 1])
{
    ca_figure_text(whole, 0, text);
    return ca_is_shown(whole) ? strcat(text, "%") : text;
}

void ca_grid_share(struct ca_grid *grid, const struct ca_share *share)
{
    char count[CA_FIGURE_SIZE], of[CA_FIGURE_SIZE], whole[CA_FIGURE_SIZE + 1];

    if (share->count.shown == CA_NOT_APPLICABLE)
        ca_grid_cell(grid, "z");
    else
        ca_grid_cellf(grid, "%s of %s (%s)", ca_figure_text(share->count, 0, count),
                      ca_figure_text(share->of, 0, of), percent(share->whole, whole));
}

void ca_grid_short_share(struct ca_grid *grid, const struct ca_share *share)
{
    char count[CA_FIGURE_SIZE], whole[CA_FIGURE_SIZE + 1];

    ca_figure_text(share->count, 0, count);
    if (share->count.shown == CA_WITHHELD || share->count.shown == CA_NOT_APPLICABLE)
        ca_grid_cell(grid, count);
    else
        ca_grid_cellf(grid, "%s (%s)", count, percent(share->whole, whole));
}

void ca_grid_interval(struct ca_grid *grid, const struct ca_share *share)
{
    char low[CA_FIGURE_SIZE + 1], high[CA_FIGURE_SIZE + 1];

    if (!ca_is_shown(share->low_whole))
        ca_grid_cell(grid, ca_figure_symbol(share->low_whole));
    else
        ca_grid_cellf(grid, "%s to %s", percent(share->low_whole, low),
                      percent(share->high_whole, high));
}

enum { BAR_WIDTH = 20 };

void ca_grid_bar(struct ca_grid *grid, struct ca_figure tenths)
{
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    struct ca_buffer bar = {0};
    int64_t size = ca_is_shown(tenths) ? (tenths.value * BAR_WIDTH * 8 + 500) / 1000 : 0;

    ca_buffer_puts(&bar, "");
    for (int64_t i = 0; i < size / 8; i++)
        ca_buffer_puts(&bar, "█");
    ca_buffer_puts(&bar, eighths[size % 8]);
    ca_grid_cell(grid, bar.data);
    ca_buffer_free(&bar);
}
