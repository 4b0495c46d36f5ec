/* A spreadsheet of either kind, with its titles, headings and rows. */
#include "core/sheet/sheet.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/blank.h"
#include "core/base/text_file.h"
#include "core/sheet/grid.h"

/* ---- saying where ---- */

const char *ca_sheet_place(struct ca_arena *arena, const struct ca_sheet *sheet, int row,
                           size_t column)
{
    if (row == 0)
        row = sheet->header_row;
    if (column == CA_NO_COLUMN)
        return ca_arena_printf(arena, "row %d", row);
    return ca_arena_printf(arena, "row %d, column %zu '%s'", row, column + 1,
                           sheet->header[column]);
}

static void vfault(const struct ca_sheet *sheet, int row, size_t column, struct ca_diags *diags,
                   enum ca_severity severity, const char *format, va_list args)
{
    if (!ca_diags_room(diags, severity, format))
        return;
    ca_diags_add(diags, severity, CA_FAULT_RULE, row == 0 ? sheet->header_row : row,
                 column == CA_NO_COLUMN ? 1 : (int)column + 1, NULL, "%s: %s",
                 ca_sheet_place(diags->arena, sheet, row, column),
                 ca_arena_vprintf(diags->arena, format, args));
}

void ca_sheet_fault(const struct ca_sheet *sheet, int row, size_t column,
                    struct ca_diags *diags, enum ca_severity severity, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vfault(sheet, row, column, diags, severity, format, args);
    va_end(args);
}

void ca_sheet_tell_hidden(const struct ca_sheet *sheet, const bool *passed_over,
                          struct ca_diags *diags)
{
    for (size_t i = 0; sheet->hidden != NULL && i < sheet->columns; i++)
        if (sheet->hidden[i] && sheet->header[i][0] != '\0' &&
            (passed_over == NULL || !passed_over[i]))
            ca_sheet_fault(sheet, 0, i, diags, CA_WARNING,
                           "the column is hidden in the sheet, and is read like the others; "
                           "delete it if it should not count");
}

/* ---- what kind of file it is ---- */

static bool begins(const char *bytes, size_t length, const char *mark, size_t mark_length)
{
    return length >= mark_length && memcmp(bytes, mark, mark_length) == 0;
}

/* A password makes the same kind of file of a new workbook as old ones are. */
static const char *old_workbook(const char *bytes, size_t length)
{
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

    return memmem(bytes, length, name, sizeof name) != NULL
               ? "this is an Excel workbook with a password; take the password off, and "
               : "this is an old Excel workbook (.xls); ";
}

static const char *page_or_xml(const char *bytes, size_t length)
{
    static const char *const pages[] = {"<!doctype html", "<html", "<table", "<head", "<meta"};
    const char *text = bytes, *end = bytes + length;
    size_t rest;

    if (begins(bytes, length, "\xEF\xBB\xBF", 3))
        text += 3;
    while (text < end && strchr(" \t\r\n", *text) != NULL && *text != '\0')
        text++;
    rest = (size_t)(end - text);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (rest >= strlen(pages[i]) && strncasecmp(text, pages[i], strlen(pages[i])) == 0)
            return "this is a web page, whatever its name; open it in the spreadsheet program "
                   "and ";
    if (!begins(text, rest, "<?xml", 5))
        return NULL;
    if (memmem(bytes, length, "opendocument", 12) != NULL)
        return "this is an OpenDocument spreadsheet as XML (.fods); ";
    return memmem(bytes, length, "office:spreadsheet", 18) != NULL
               ? "this is a spreadsheet as XML of Excel 2003; "
               : "this is an XML file, and no spreadsheet; ";
}

/* What the file is, where it is no spreadsheet that can be read; NULL otherwise. */
static const char *foreign(const char *bytes, size_t length)
{
    if (begins(bytes, length, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
        return old_workbook(bytes, length);
    if (begins(bytes, length, "%PDF-", 5))
        return "this is a PDF, from which no cells can be read; where the spreadsheet is, ";
    return page_or_xml(bytes, length);
}

static bool read_grid(struct ca_grid *grid, const char *bytes, size_t length,
                      const struct ca_sheet_options *options)
{
    const char *what = foreign(bytes, length);

    if (what != NULL) {
        ca_grid_fault(grid, 1, 1, "%s" CA_SHEET_RIGHT, what);
        return false;
    }
    if (begins(bytes, length, "PK\3\4", 4) || begins(bytes, length, "PK\5\6", 4)) {
        if (options->separator != '\0')
            ca_grid_fault(
                grid, 1, 1,
                "this is an Excel workbook, which has no separator; leave --separator out");
        return ca_workbook_read(grid, bytes, length, options->name) &&
               options->separator == '\0';
    }
    if (options->name != NULL)
        ca_grid_fault(grid, 1, 1, "this is a CSV file, which has no sheets; leave --sheet out");
    return ca_csv_read(grid, bytes, length, options->separator) && options->name == NULL;
}

/* ---- headings ---- */

enum { LOOK_AHEAD = 20 };

static size_t filled(const struct ca_grid_row *row)
{
    size_t count = 0;

    for (size_t i = 0; i < row->count; i++)
        count += row->cells[i][0] != '\0';
    return count;
}

/* A title stands in a cell or two, above rows of many: the first of those holds the headings.
 */
static const struct ca_grid_row *row_below_title(const struct ca_grid *grid, size_t header)
{
    size_t title = filled(&grid->rows[header]), most = title;
    const struct ca_grid_row *found = NULL;

    for (size_t i = header + 1; i < grid->row_count && i <= header + LOOK_AHEAD; i++)
        if (filled(&grid->rows[i]) > most) {
            most = filled(&grid->rows[i]);
            found = &grid->rows[i];
        }
    return title <= 2 && most > 2 * title ? found : NULL;
}

/* Index of the row of headings; false, with a fault, if there is none. */
static bool find_header(struct ca_grid *grid, int wanted, size_t *header)
{
    const struct ca_grid_row *below;

    for (*header = 0; *header < grid->row_count; ++*header)
        if (wanted == 0 || grid->rows[*header].number == wanted)
            break;
    if (*header == grid->row_count) {
        if (wanted == 0)
            ca_grid_fault(grid, 1, 1, "there is no row of headings: the sheet is empty");
        else
            ca_grid_fault(grid, wanted, 1, "there are no headings in row %d: it is empty",
                          wanted);
        return false;
    }
    below = wanted == 0 ? row_below_title(grid, *header) : NULL;
    if (below == NULL)
        return true;
    ca_grid_fault(grid, grid->rows[*header].number, 1,
                  "row %d ('%.60s') looks like a title and not like headings; if they stand in "
                  "row %d, as it seems, say --header-row %d",
                  grid->rows[*header].number, grid->rows[*header].cells[0], below->number,
                  below->number);
    return false;
}

/* ---- rows ---- */

static const char **as_wide(struct ca_grid *grid, const struct ca_grid_row *row, size_t columns)
{
    const char **cells = CA_ARRAY(grid->arena, columns, const char *);

    for (size_t i = 0; i < columns; i++)
        cells[i] = i < row->count ? row->cells[i] : "";
    return cells;
}

/* What stands below no heading belongs to nothing: once a column. */
static void check_headed(struct ca_grid *grid, const struct ca_sheet *sheet,
                         const struct ca_grid_row *row, bool *told)
{
    for (size_t i = 0; i < row->count; i++) {
        if (row->cells[i][0] == '\0' || told[i] ||
            (i < sheet->columns && sheet->header[i][0] != '\0'))
            continue;
        told[i] = true;
        ca_grid_fault(grid, row->number, i + 1,
                      "row %d, column %zu: '%.60s' stands below no heading; give the column a "
                      "heading in row %d, or empty it (in a CSV file, a cell that holds the "
                      "separator stands in quotation marks)",
                      row->number, i + 1, row->cells[i], sheet->header_row);
    }
}

static const bool *hidden_columns(const struct ca_grid *grid, size_t columns)
{
    bool *hidden = grid->hidden_count > 0 ? CA_ARRAY(grid->arena, columns, bool) : NULL;

    for (size_t i = 0; hidden != NULL && i < columns; i++)
        hidden[i] = ca_grid_hides(grid, i);
    return hidden;
}

static bool shape(struct ca_grid *grid, int header_row, struct ca_sheet *sheet)
{
    size_t header, errors = grid->diags->errors, cells;
    bool *told;

    if (!find_header(grid, header_row, &header))
        return false;
    sheet->from_1904 = grid->from_1904;
    sheet->header_row = grid->rows[header].number;
    sheet->columns = grid->rows[header].count;
    sheet->header = grid->rows[header].cells;
    sheet->hidden = hidden_columns(grid, sheet->columns);
    cells = sheet->columns * (grid->row_count - header);
    if (cells > 2 * (size_t)CA_SHEET_CELLS) {
        ca_grid_fault(grid, 1, 1, "the sheet has more than %d cells; divide it",
                      CA_SHEET_CELLS);
        return false;
    }
    sheet->rows = CA_ARRAY(grid->arena, grid->row_count - header, struct ca_sheet_row);
    told = CA_ARRAY(grid->arena, CA_SHEET_COLUMNS, bool);
    for (size_t i = header + 1; i < grid->row_count; i++) {
        const struct ca_grid_row *row = &grid->rows[i];
        check_headed(grid, sheet, row, told);
        sheet->rows[sheet->row_count++] = (struct ca_sheet_row){
            row->number,
            row->count >= sheet->columns ? row->cells : as_wide(grid, row, sheet->columns)};
    }
    ca_grid_tell_unseen(grid, header);
    return grid->diags->errors == errors;
}

bool ca_sheet_read(struct ca_arena *arena, const char *bytes, size_t length,
                   const struct ca_sheet_options *options, struct ca_sheet *out,
                   struct ca_diags *diags)
{
    struct ca_grid grid = {.arena = arena, .diags = diags};
    struct ca_sheet sheet = {0};
    bool good =
        read_grid(&grid, bytes, length, options) && shape(&grid, options->header_row, &sheet);

    free(grid.rows);
    free(grid.cells);
    if (good)
        *out = sheet;
    return good;
}

static void write_row(const char **cells, size_t count, struct ca_buffer *out)
{
    for (size_t i = 0; i < count; i++) {
        ca_buffer_puts(out, i > 0 ? ",\"" : "\"");
        for (const char *c = cells[i]; *c != '\0'; c++) {
            if (*c == '"')
                ca_buffer_putc(out, '"');
            ca_buffer_putc(out, *c);
        }
        ca_buffer_putc(out, '"');
    }
    ca_buffer_putc(out, '\n');
}

void ca_sheet_write(const struct ca_sheet *sheet, struct ca_buffer *out)
{
    write_row(sheet->header, sheet->columns, out);
    for (size_t i = 0; i < sheet->row_count; i++)
        write_row(sheet->rows[i].cells, sheet->columns, out);
}

bool ca_sheet_separator(const char *word, char *out)
{
    static const struct {
        const char *word;
        char separator;
    } words[] = {
        {"comma", ','}, {"semicolon", ';'}, {"tab", '\t'}, {"\\t", '\t'}, {"pipe", '|'}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(word, words[i].word) == 0) {
            *out = words[i].separator;
            return true;
        }
    if (word[0] == '\0' || word[1] != '\0' || word[0] == '"' || word[0] == '\n' ||
        (unsigned char)word[0] >= 0x80)
        return false;
    *out = word[0];
    return true;
}
