#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/base/file.h"
#include "core/base/utf8.h"
#include "core/report/text/date_words.h"
#include "core/report/summary/temporary.h"
#include "core/report/summary/xlsx_private.h"

/* What a cell and a heading can hold is less than what a document can (32,767 and 255
 * characters); longer text is cut where it says so. */
enum { CELL_CHARACTERS = 32000, HEADING_CHARACTERS = 200, WIDEST = 60, BOOK_BYTES = 256 << 20 };

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

/* A number, or the symbol of a figure that has none. A spreadsheet's numbers are
 * floating; ours are exact until here. */
static void put_figure(struct sheet *sheet, struct ca_figure figure, int places)
{
    static const double units[] = {1, 10, 100, 1000};

    if (!ca_is_shown(figure)) {
        worksheet_write_string(sheet->page, sheet->row, sheet->column++,
                               ca_figure_symbol(figure), NULL);
        return;
    }
    worksheet_write_number(sheet->page, sheet->row, sheet->column++,
                           (double)figure.value / units[places], sheet->x->formats[places]);
}

static void put_cell(struct sheet *sheet, const struct ca_column *column,
                     const struct ca_cell *cell)
{
    switch (column->kind) {
    case CA_COLUMN_TEXT: put_text(sheet, cell->text); break;
    case CA_COLUMN_SHARE:
        put_figure(sheet, cell->share->count, 0);
        put_figure(sheet, cell->share->of, 0);
        put_figure(sheet, cell->share->whole, 0);
        break;
    case CA_COLUMN_PART:
        put_figure(sheet, cell->share->count, 0);
        put_figure(sheet, cell->share->whole, 0);
        break;
    case CA_COLUMN_INTERVAL:
        put_figure(sheet, cell->share->low_whole, 0);
        put_figure(sheet, cell->share->high_whole, 0);
        break;
    default: put_figure(sheet, cell->figure, column->places); break;
    }
}

/* ---- sheets ---- */

static void put_table(struct ca_xlsx *x, const struct ca_table *table)
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
            put_cell(&sheet, &table->columns[c], &table->cells[r * table->column_count + c]);
    }
    for (size_t i = 0; i < h.count; i++)
        worksheet_set_column(sheet.page, (lxw_col_t)i, (lxw_col_t)i,
                             sheet.widths[i] < WIDEST ? (double)sheet.widths[i] + 1 : WIDEST,
                             NULL);
    worksheet_freeze_panes(sheet.page, 1, 0);
}

/* A sheet of sentences: the answer, the notes. */
static void put_sentences(struct ca_xlsx *x, const char *id, const char *heading,
                          const char *const *sentences, size_t count)
{
    struct ca_tables own = {.arena = x->arena};
    struct ca_table *table = ca_table_add(&own, id, "");

    ca_table_column(&own, table, CA_COLUMN_FIGURE, "Number");
    ca_table_column(&own, table, CA_COLUMN_TEXT, heading);
    for (size_t i = 0; i < count; i++) {
        ca_table_figure(&own, table, (struct ca_figure){CA_SHOWN, (int64_t)i + 1});
        ca_table_text(&own, table, sentences[i]);
    }
    if (count > 0)
        put_table(x, table);
}

static void put_notes(struct ca_xlsx *x)
{
    const struct ca_summary *s = x->s;
    const char **notes = CA_ARRAY(x->arena, s->note_count + 3, const char *);
    struct ca_buffer about = {0};
    size_t count = 0;

    ca_buffer_printf(&about, "%s. As of ", s->title ? s->title : s->framework);
    ca_words_date(&about, s->as_of);
    ca_buffer_printf(&about, ". Audience: %s.", ca_audience_name(s->audience));
    notes[count++] = ca_arena_strdup(x->arena, about.data);
    for (size_t i = 0; i < s->note_count; i++)
        notes[count++] = s->notes[i];
    notes[count++] = "In tables, – means no observations, z not applicable, c confidential.";
    put_sentences(x, "notes", "Note", notes, count);
    ca_buffer_free(&about);
}

/* What is on which sheet. */
static void put_contents(struct ca_xlsx *x)
{
    struct ca_tables own = {.arena = x->arena};
    struct ca_table *table = ca_table_add(&own, "contents", "");

    ca_table_column(&own, table, CA_COLUMN_TEXT, "Sheet");
    ca_table_column(&own, table, CA_COLUMN_TEXT, "What it shows");
    for (const struct ca_table *t = x->tables.first; t != NULL; t = t->next) {
        if (t->row_count == 0)
            continue;
        ca_table_text(&own, table, ca_xlsx_sheet_name(x, t->id));
        ca_table_text(&own, table, t->caption);
    }
    ca_table_text(&own, table, "Notes");
    ca_table_text(&own, table, "How these figures are made");
    put_table(x, table);
}

/* ---- the book ---- */

static void set_properties(struct ca_xlsx *x)
{
    lxw_doc_properties properties = {
        .title = (char *)ca_xlsx_text(x, x->s->title ? x->s->title : x->s->framework),
        .subject = "Summary of case file audits",
        .author = (char *)ca_xlsx_text(x, x->theme->name ? x->theme->name : "caseaudit"),
        .company = (char *)ca_xlsx_text(x, x->theme->name ? x->theme->name : "caseaudit"),
        .keywords = "audit, children's services, quality assurance",
        .comments = "Made by caseaudit",
        /* Not the clock: the same summary gives the same bytes. */
        .created = (time_t)x->s->as_of * 86400,
    };

    workbook_set_properties(x->book, &properties);
}

static void set_formats(struct ca_xlsx *x)
{
    static const char *const decimals[] = {"#,##0", "0.0", "0.00", "0.000"};

    for (size_t i = 0; i < 4; i++) {
        x->formats[i] = workbook_add_format(x->book);
        format_set_num_format(x->formats[i], decimals[i]);
        format_set_align(x->formats[i], LXW_ALIGN_VERTICAL_TOP);
    }
    x->words = workbook_add_format(x->book);
    format_set_text_wrap(x->words);
    format_set_align(x->words, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(x->words, "@");
}

static lxw_error write_book(struct ca_xlsx *x, const char *path, const char *folder)
{
    lxw_workbook_options options = {.tmpdir = (char *)folder};

    x->book = workbook_new_opt(path, &options);
    if (x->book == NULL)
        return LXW_ERROR_CREATING_TMPFILE;
    set_properties(x);
    set_formats(x);
    put_sentences(x, "answer", "The answer", x->s->answer, x->s->answer_count);
    put_contents(x);
    for (const struct ca_table *t = x->tables.first; t != NULL; t = t->next)
        if (t->row_count > 0)
            put_table(x, t);
    ca_xlsx_charts(x);
    put_notes(x);
    return workbook_close(x->book);
}

enum ca_code ca_xlsx_write(struct ca_buffer *out, const struct ca_summary *s,
                           const struct ca_theme *theme, struct ca_error *error)
{
    struct ca_xlsx x = {.arena = ca_arena_new(), .s = s, .theme = theme};
    struct ca_buffer bytes = {0};
    char folder[CA_TEMPORARY_SIZE], path[CA_TEMPORARY_SIZE + 16];
    enum ca_code code = ca_temporary_new(folder, error);

    if (code == CA_OK) {
        lxw_error failed;
        snprintf(path, sizeof path, "%s/book.xlsx", folder);
        x.tables = ca_summary_tables(x.arena, s, theme, CA_ROWS_ALL);
        failed = write_book(&x, path, folder);
        code = failed == LXW_NO_ERROR
                   ? ca_file_read(path, BOOK_BYTES, &bytes, error)
                   : ca_fail(error, CA_ERROR_IO, "the spreadsheet could not be written: %s",
                             lxw_strerror(failed));
        ca_temporary_remove(folder);
    }
    if (code == CA_OK)
        ca_buffer_add(out, bytes.data, bytes.length);
    ca_buffer_free(&bytes);
    ca_arena_free(x.arena);
    return code;
}
