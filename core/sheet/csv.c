/* Rows of a CSV file (RFC 4180), as spreadsheets save them. */
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/text_file.h"
#include "core/sheet/grid.h"

struct reader {
    struct ca_grid *grid;
    struct csv_parser parser;
    size_t cells; /* of the row so far */
    int row;
    bool too_wide;
};

/* ---- the separator ---- */

static const char separators[] = ",;\t|";
enum { SEPARATORS = sizeof separators - 1, ROWS_LOOKED_AT = 20 };

/* How many cells the record at *text has by this separator; *text moves behind it. */
static size_t cells_by(char separator, const char **text, const char *end)
{
    const char *at = *text;
    bool quoted = false;
    size_t cells = 1;

    for (; at < end && (quoted || *at != '\n'); at++) {
        quoted = quoted != (*at == '"');
        cells += !quoted && *at == separator;
    }
    *text = at < end ? at + 1 : at;
    return cells;
}

/* How many of the first rows have the same number of cells, more than one; *width is that
 * number. Titles above the headings have another. */
static size_t agreement(char separator, const char *text, const char *end, size_t *width)
{
    size_t counts[ROWS_LOOKED_AT], rows = 0, best = 0;

    while (text < end && rows < ROWS_LOOKED_AT)
        counts[rows++] = cells_by(separator, &text, end);
    for (size_t i = 0; i < rows; i++) {
        size_t same = 0;
        for (size_t k = 0; k < rows; k++)
            same += counts[k] == counts[i] && counts[i] > 1;
        if (same > best || (same == best && same > 0 && counts[i] > *width)) {
            best = same;
            *width = counts[i];
        }
    }
    return best;
}

static char find_separator(const char *text, const char *end)
{
    size_t best_rows = 0, best_width = 0;
    char best = ',';

    for (size_t i = 0; i < SEPARATORS; i++) {
        size_t width = 0, rows = agreement(separators[i], text, end, &width);
        if (rows > best_rows || (rows == best_rows && width > best_width)) {
            best_rows = rows;
            best_width = width;
            best = separators[i];
        }
    }
    return best;
}

/* "sep=;" tells Excel the separator, and is no row of the sheet. */
static const char *behind_sep_line(const char *text, const char *end, char *separator)
{
    bool quoted = end - text > 7 && text[0] == '"';
    const char *at = text + quoted;

    if (end - at < 5 || strncasecmp(at, "sep=", 4) != 0)
        return text;
    for (const char *rest = at + 5 + quoted; rest < end && *rest != '\n'; rest++)
        if (strchr(",;\t \"", *rest) == NULL) /* padded, when it was saved again */
            return text;
    if (*separator == '\0')
        *separator = at[4];
    at = memchr(at, '\n', (size_t)(end - at));
    return at != NULL ? at + 1 : end;
}

/* ---- rows ---- */

static void take_cell(void *bytes, size_t length, void *context)
{
    struct reader *reader = context;

    if (!ca_grid_put(reader->grid, reader->cells++,
                     ca_grid_text(reader->grid->arena, length > 0 ? bytes : "", length)) &&
        !reader->too_wide) {
        ca_grid_fault(reader->grid, reader->row, CA_SHEET_COLUMNS,
                      "the sheet has more than %d columns, which is as many as Excel has",
                      CA_SHEET_COLUMNS);
        reader->too_wide = true;
    }
}

/* Every line end comes here; that of a blank line as -1. */
static void take_row(int end, void *context)
{
    struct reader *reader = context;

    (void)end;
    ca_grid_end_row(reader->grid, reader->row);
    reader->row++;
    reader->cells = 0;
}

static void parse(struct reader *reader, const char *text, size_t length, char separator)
{
    struct csv_parser *parser = &reader->parser;

    if (csv_init(parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        ca_out_of_memory();
    csv_set_delim(parser, (unsigned char)separator);
    if (csv_parse(parser, text, length, take_cell, take_row, reader) != length ||
        csv_fini(parser, take_cell, take_row, reader) != 0)
        ca_grid_fault(
            reader->grid, reader->row, reader->cells + 1,
            "a quotation mark (\") stands where none can; a cell that holds one is put "
            "in quotation marks, and the one within doubled");
    csv_free(parser);
}

bool ca_csv_read(struct ca_grid *grid, const char *bytes, size_t length, char separator)
{
    struct reader reader = {.grid = grid, .row = 1};
    struct ca_buffer text = {0};
    struct ca_error error;
    size_t errors = grid->diags->errors;

    if (ca_text_decode(bytes, length, CA_SHEET_RIGHT, &text, &error) != CA_OK) {
        ca_grid_fault(grid, 1, 1, "%s", error.message);
    } else {
        const char *end = text.data + text.length;
        const char *start = behind_sep_line(text.data, end, &separator);
        if (separator == '\0')
            separator = find_separator(start, end);
        parse(&reader, start, (size_t)(end - start), separator);
    }
    ca_buffer_free(&text);
    return grid->diags->errors == errors;
}
