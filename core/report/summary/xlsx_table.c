/* One table on one sheet: headings, cells, widths. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/base/utf8.h"
#include "core/report/summary/xlsx_private.h"

/* What a cell and a heading can hold is less than what a document can (32,767 and 255
 * characters); longer text is cut where it says so. */
enum { CELL_CHARACTERS = 32000, HEADING_CHARACTERS = 200, WIDEST = 60 };

/* ---- text ---- */

static const char *clean(struct ca_xlsx *x, const char *text, size_t most, bool one_line)
{
    struct ca_buffer out = {0};
    const char *copy;
    size_t length, count = 0;

    for (; *text != '\0' && count < most; text += length, count++) {
        uint32_t c = ca_utf8_next(text, &length);
        if (c == '\n' || c == '\t')
            ca_buffer_putc(&out, one_line ? ' ' : (char)c);
        else if (c == CA_REPLACEMENT || c == 0xFFFE || c == 0xFFFF || ca_character_steers(c))
            ca_buffer_puts(&out, CA_REPLACEMENT_UTF8);
        else
            ca_buffer_add(&out, text, length);
    }
    ca_buffer_puts(&out, *text != '\0' ? "… (cut)" : "");
    copy = ca_arena_strdup(x->arena, out.length > 0 ? out.data : "–");
    ca_buffer_free(&out);
    return copy;
}

const char *ca_xlsx_text(struct ca_xlsx *x, const char *text)
{
    return clean(x, text, CELL_CHARACTERS, false);
}

const char *ca_xlsx_sheet_name(struct ca_xlsx *x, const char *id)
{
    char *name = ca_arena_strdup(x->arena, id);

    *name = (char)toupper((unsigned char)*name);
    for (char *p = name; *p != '\0'; p++)
        *p = *p == '-' ? ' ' : *p;
    return name;
}

/* ---- columns: a share is three of them, a part or an interval two ---- */

static size_t width_of(enum ca_column_kind kind)
{
    return kind == CA_COLUMN_SHARE                                ? 3
           : kind == CA_COLUMN_PART || kind == CA_COLUMN_INTERVAL ? 2
                                                                  : 1;
}

lxw_col_t ca_xlsx_column(const struct ca_table *table, size_t column)
{
    size_t place = 0;

    for (size_t c = 0; c < column; c++)
        place += width_of(table->columns[c].kind);
    return (lxw_col_t)place;
}

struct headings {
    lxw_table_column **list; /* NULL-ended */
    size_t count;
};

static bool taken(const struct headings *h, const char *heading)
{
    for (size_t i = 0; i < h->count; i++)
        if (strcasecmp(h->list[i]->header, heading) == 0)
            return true;
    return false;
}

/* A spreadsheet wants headings that differ by more than capitals. */
static void add_heading(struct ca_xlsx *x, struct headings *h, const char *name,
                        const char *what)
{
    const char *plain =
        ca_arena_printf(x->arena, "%s%s", clean(x, name, HEADING_CHARACTERS, true), what);
    const char *heading = plain;

    for (int n = 2; taken(h, heading); n++)
        heading = ca_arena_printf(x->arena, "%s (%d)", plain, n);
    h->list[h->count] = CA_NEW(x->arena, lxw_table_column);
    h->list[h->count]->header_format = x->headings;
    h->list[h->count++]->header = (char *)heading;
}

static struct headings headings_of(struct ca_xlsx *x, const struct ca_table *table)
{
    struct headings h = {
        CA_ARRAY(x->arena, ca_xlsx_column(table, table->column_count) + 1, lxw_table_column *),
        0};

    for (size_t c = 0; c < table->column_count; c++) {
        const struct ca_column *column = &table->columns[c];
        switch (column->kind) {
        case CA_COLUMN_SHARE:
            add_heading(x, &h, column->heading, "");
            add_heading(x, &h, column->heading, ": of");
            add_heading(x, &h, column->heading, ", %");
            break;
        case CA_COLUMN_PART:
            add_heading(x, &h, column->heading, "");
            add_heading(x, &h, column->heading, ", %");
            break;
        case CA_COLUMN_INTERVAL:
            add_heading(x, &h, column->heading, ", low %");
            add_heading(x, &h, column->heading, ", high %");
            break;
        default:
            add_heading(x, &h, column->heading, column->unit[0] == '%' ? ", %" : "");
            break;
        }
    }
    return h;
}

/* ---- cells ---- */

struct sheet {
    struct ca_xlsx *x;
    lxw_worksheet *page;
    size_t *widths; /* of columns, in characters */
    lxw_row_t row;
    lxw_col_t column;
};

static void widen(struct sheet *sheet, size_t characters)
{
    if (characters > sheet->widths[sheet->column])
        sheet->widths[sheet->column] = characters;
}

static size_t characters(const char *text)
{
    size_t count = 0, length;

    for (; *text != '\0'; text += length, count++)
        ca_utf8_next(text, &length);
    return count;
}

static void put_text(struct sheet *sheet, const char *text)
{
    const char *safe = ca_xlsx_text(sheet->x, text);

    widen(sheet, characters(safe));
    worksheet_write_string(sheet->page, sheet->row, sheet->column++, safe, sheet->x->words);
}

/* In a cell, as the Analysis Function asks: [c] confidential, [z] not applicable, [x] not
 * available. */
static const char *sheet_symbol(const char *symbol)
{
    return strcmp(symbol, "c") == 0   ? "[c]"
           : strcmp(symbol, "z") == 0 ? "[z]"
           : strcmp(symbol, "–") == 0 ? "[x]"
                                      : symbol;
}

/* A number in that format, or the symbol of a figure that has none. A spreadsheet's numbers are
 * floating; ours are exact until here. */
static void put_number(struct sheet *sheet, struct ca_figure figure, double unit,
                       lxw_format *format)
{
    if (!ca_is_shown(figure)) {
        worksheet_write_string(sheet->page, sheet->row, sheet->column++,
                               sheet_symbol(ca_figure_symbol(figure)), NULL);
        return;
    }
    worksheet_write_number(sheet->page, sheet->row, sheet->column++,
                           (double)figure.value / unit, format);
}

static const double units[] = {1, 10, 100, 1000};

static void put_figure(struct sheet *sheet, struct ca_figure figure, int places)
{
    put_number(sheet, figure, units[places], sheet->x->formats[places]);
}

/* 52% is the number 0.52, shown as a percentage. */
static void put_percent(struct sheet *sheet, struct ca_figure figure, int places)
{
    put_number(sheet, figure, units[places] * 100, sheet->x->percents[places > 0]);
}

static void put_cell(struct sheet *sheet, const struct ca_column *column,
                     const struct ca_cell *cell, bool names)
{
    switch (column->kind) {
    case CA_COLUMN_TEXT: put_text(sheet, names ? cell->text : sheet_symbol(cell->text)); break;
    case CA_COLUMN_SHARE:
        put_figure(sheet, cell->share->count, 0);
        put_figure(sheet, cell->share->of, 0);
        put_percent(sheet, cell->share->whole, 0);
        break;
    case CA_COLUMN_PART:
        put_figure(sheet, cell->share->count, 0);
        put_percent(sheet, cell->share->whole, 0);
        break;
    case CA_COLUMN_INTERVAL:
        put_percent(sheet, cell->share->low_whole, 0);
        put_percent(sheet, cell->share->high_whole, 0);
        break;
    default:
        if (column->unit[0] == '%')
            put_percent(sheet, cell->figure, column->places);
        else
            put_figure(sheet, cell->figure, column->places);
        break;
    }
}

/* ---- the order of rows ---- */

/* Part by part, each with the rows of the summary, becomes row by row, each with all parts. */
static void sort_table(struct ca_xlsx *x, struct ca_table *table)
{
    size_t rows = x->s->row_count, parts = table->row_count / rows, size = table->column_count;
    struct ca_cell *sorted = CA_ARRAY(x->arena, table->cell_count, struct ca_cell);

    for (size_t part = 0; part < parts; part++)
        for (size_t row = 0; row < rows; row++)
            memcpy(sorted + (row * parts + part) * size,
                   table->cells + (part * rows + row) * size, size * sizeof *sorted);
    table->cells = sorted;
}

void ca_xlsx_sort(struct ca_xlsx *x)
{
    static const char *const ids[] = {"sections", "agencies", "measures"};

    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct ca_table *table = ca_table_find(&x->tables, ids[i]);
        if (table != NULL)
            sort_table(x, table);
    }
}

/* ---- sheets ---- */

/* Printed across, as many columns as there are on one sheet's width, with the headings on each.
 */
static void set_paper(lxw_worksheet *page)
{
    worksheet_set_paper(page, CA_XLSX_A4);
    worksheet_set_landscape(page);
    worksheet_fit_to_pages(page, 1, 0);
}

/* Headings on as many lines as the narrowest column needs. */
static void set_headings_height(const struct sheet *sheet, const struct headings *h)
{
    enum { LINE = 15, BUTTON = 3 };
    size_t most = 1;

    for (size_t i = 0; i < h->count; i++) {
        size_t room = sheet->widths[i] > 2 * BUTTON ? sheet->widths[i] - BUTTON : BUTTON;
        size_t lines = (characters(h->list[i]->header) + room - 1) / room;
        most = lines > most ? lines : most;
    }
    worksheet_set_row(sheet->page, 0, (double)(most * LINE), NULL);
}

void ca_xlsx_table(struct ca_xlsx *x, const struct ca_table *table)
{
    struct headings h = headings_of(x, table);
    struct sheet sheet = {x, workbook_add_worksheet(x->book, ca_xlsx_sheet_name(x, table->id)),
                          CA_ARRAY(x->arena, h.count, size_t), 0, 0};
    lxw_table_options options = {
        .columns = h.list, .style_type = LXW_TABLE_STYLE_TYPE_LIGHT, .style_type_number = 1};
    char *name = ca_arena_printf(x->arena, "table_%s", table->id);

    for (char *p = name; *p != '\0'; p++)
        *p = *p == '-' ? '_' : *p;
    options.name = name;
    worksheet_add_table(sheet.page, 0, 0, (lxw_row_t)table->row_count, (lxw_col_t)(h.count - 1),
                        &options);
    for (size_t i = 0; i < h.count; i++) {
        size_t wide = characters(h.list[i]->header) + 3;
        sheet.widths[i] = wide < 24 ? wide : 24;
    }
    for (size_t r = 0; r < table->row_count; r++) {
        sheet.row = (lxw_row_t)(r + 1);
        sheet.column = 0;
        for (size_t c = 0; c < table->column_count; c++)
            put_cell(&sheet, &table->columns[c], &table->cells[r * table->column_count + c],
                     c < table->heads);
    }
    for (size_t i = 0; i < h.count; i++)
        worksheet_set_column(sheet.page, (lxw_col_t)i, (lxw_col_t)i,
                             sheet.widths[i] < WIDEST ? (double)sheet.widths[i] + 1 : WIDEST,
                             NULL);
    set_headings_height(&sheet, &h);
    worksheet_freeze_panes(sheet.page, 1, 0);
    worksheet_repeat_rows(sheet.page, 0, 0);
    set_paper(sheet.page);
}
