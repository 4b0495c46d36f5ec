/* The cells of one sheet of a workbook. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/decimal.h"
#include "core/sheet/workbook.h"

enum { MOST_ROWS = 1048576 }; /* as many as Excel has */

struct cells {
    struct ca_workbook *book;
    int row;       /* that is being read */
    size_t column; /* of the cell, from 0 */
    char type; /* first letter of "n", "s", "str", "inlineStr", "b", "e", "d"; 'S' for str */
    unsigned style;
    bool in_text, formula, valued;
    int phonetic;
    struct ca_buffer text;
};

/* ---- where a cell is ---- */

/* "BC12": 54 and 12. What is missing stays as it is. */
static void read_place(const char *place, size_t *column, int *row)
{
    size_t n = 0;
    int number = 0;

    for (; isalpha((unsigned char)*place) && n < CA_SHEET_COLUMNS; place++)
        n = 26 * n + (size_t)(toupper((unsigned char)*place) - 'A' + 1);
    for (; isdigit((unsigned char)*place) && number <= MOST_ROWS; place++)
        number = 10 * number + *place - '0';
    if (n > 0)
        *column = n - 1;
    if (number > 0)
        *row = number;
}

static const char *value_of(struct cells *c, const struct ca_xml_attributes *attributes,
                            const char *name)
{
    ca_xml_events_value(attributes, name, &c->book->value);
    return c->book->value.data;
}

static void keep_merged(struct cells *c, const char *area)
{
    struct ca_grid *grid = c->book->grid;
    struct ca_grid_area found = {.name = ca_arena_strdup(grid->arena, area)};
    const char *colon = strchr(area, ':');

    read_place(area, &found.column, &found.row);
    if (colon != NULL)
        read_place(colon + 1, &found.last_column, &found.last_row);
    if (colon != NULL)
        *CA_ARENA_APPEND(grid->arena, grid->merged, grid->merged_count) = found;
}

/* ---- what nobody sees ---- */

static bool is_true(const char *text)
{
    return strcmp(text, "1") == 0 || strcmp(text, "true") == 0;
}

/* A height or width of nothing hides, too. */
static bool hides(struct cells *c, const struct ca_xml_attributes *attributes, const char *size)
{
    const char *value;

    if (is_true(value_of(c, attributes, "hidden")))
        return true;
    value = value_of(c, attributes, size);
    return *value != '\0' && strspn(value, "0.") == strlen(value);
}

static void keep_hidden(struct cells *c, const struct ca_xml_attributes *attributes)
{
    struct ca_grid *grid = c->book->grid;
    int64_t first, last;

    if (grid->hidden_count == CA_SHEET_COLUMNS || !hides(c, attributes, "width") ||
        !ca_integer_parse(value_of(c, attributes, "min"), 1, CA_SHEET_COLUMNS, &first) ||
        !ca_integer_parse(value_of(c, attributes, "max"), first, INT32_MAX, &last))
        return;
    *CA_ARENA_APPEND(grid->arena, grid->hidden_columns, grid->hidden_count) =
        (struct ca_grid_area){.column = (size_t)first - 1, .last_column = (size_t)last - 1};
}

/* ---- what a cell says ---- */

static const char *number_text(struct cells *c)
{
    struct ca_number_format plain = {CA_NUMBER_PLAIN, 0};
    const struct ca_workbook *book = c->book;
    const char *shown = ca_number_shown(
        book->arena, c->text.data,
        c->style < book->format_count ? book->formats[c->style] : plain, book->from_1904);

    return shown != NULL ? shown : ca_workbook_text(c->book, &c->text);
}

static const char *shared_text(struct cells *c)
{
    int64_t index;

    if (!ca_integer_parse(c->text.data, 0, INT32_MAX, &index) ||
        (size_t)index >= c->book->string_count) {
        ca_grid_fault(c->book->grid, c->row, c->column + 1,
                      "row %d, column %zu: the workbook has no text for this cell; open and "
                      "save it in the spreadsheet program",
                      c->row, c->column + 1);
        return "";
    }
    return c->book->strings[index];
}

static const char *cell_text(struct cells *c)
{
    if (c->text.length == 0)
        return "";
    switch (c->type) {
    case 's': return shared_text(c);
    case 'b': return strcmp(c->text.data, "1") == 0 ? "TRUE" : "FALSE";
    case 'n': return number_text(c);
    default: return ca_workbook_text(c->book, &c->text); /* texts, errors, dates as text */
    }
}

static void end_cell(struct cells *c)
{
    struct ca_grid *grid = c->book->grid;
    const char *text = cell_text(c);

    if (c->formula && !c->valued)
        ca_grid_fault(grid, c->row, c->column + 1,
                      "row %d, column %zu: the formula has no result yet; open the workbook in "
                      "the spreadsheet program and save it",
                      c->row, c->column + 1);
    if (*text != '\0' && !ca_grid_put(grid, c->column, text))
        ca_grid_fault(grid, c->row, CA_SHEET_COLUMNS, "the sheet has more than %d columns",
                      CA_SHEET_COLUMNS);
}

/* ---- what happens in the part ---- */

static void start_cell(struct cells *c, const struct ca_xml_attributes *attributes)
{
    const char *type;
    int row = c->row;

    read_place(value_of(c, attributes, "r"), &c->column, &row);
    c->style = (unsigned)strtoul(value_of(c, attributes, "s"), NULL, 10);
    type = value_of(c, attributes, "t");
    c->type = strcmp(type, "str") == 0 ? 'S' : *type != '\0' ? *type : 'n';
    c->formula = c->valued = false;
    ca_buffer_clear(&c->text);
}

static bool cell_starts(void *context, const char *name,
                        const struct ca_xml_attributes *attributes)
{
    struct cells *c = context;
    size_t ignored = 0;

    if (strcmp(name, "row") == 0) {
        c->row++;
        c->column = (size_t)-1;
        read_place(value_of(c, attributes, "r"), &ignored, &c->row);
        c->book->grid->hidden = hides(c, attributes, "ht");
    } else if (strcmp(name, "c") == 0) {
        c->column++;
        start_cell(c, attributes);
    } else if (strcmp(name, "mergeCell") == 0) {
        keep_merged(c, value_of(c, attributes, "ref"));
    } else if (strcmp(name, "col") == 0) {
        keep_hidden(c, attributes);
    }
    c->phonetic += strcmp(name, "rPh") == 0;
    c->formula = c->formula || strcmp(name, "f") == 0;
    c->in_text = (strcmp(name, "v") == 0 || strcmp(name, "t") == 0) && c->phonetic == 0;
    c->valued = c->valued || c->in_text;
    return c->row <= MOST_ROWS && !c->book->grid->full;
}

static bool cell_ends(void *context, const char *name)
{
    struct cells *c = context;

    c->in_text = false;
    c->phonetic -= strcmp(name, "rPh") == 0;
    if (strcmp(name, "c") == 0)
        end_cell(c);
    else if (strcmp(name, "row") == 0)
        (void)ca_grid_end_row(c->book->grid, c->row);
    return true;
}

static void cell_characters(void *context, const char *bytes, size_t length)
{
    struct cells *c = context;

    if (c->in_text)
        ca_buffer_add(&c->text, bytes, length);
}

bool ca_workbook_cells(struct ca_workbook *book, const char *part)
{
    struct cells cells = {.book = book};
    const struct ca_xml_events events = {cell_starts, cell_ends, cell_characters, &cells};
    bool good = ca_workbook_part(book, part, &events);

    ca_buffer_free(&cells.text);
    return good;
}
