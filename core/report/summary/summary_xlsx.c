/* The summary as a spreadsheet: the book and its sheets. */
#include <stdio.h>

#include "core/base/file.h"
#include "core/report/text/words.h"
#include "core/report/summary/summary_tidy.h"
#include "core/report/summary/temporary.h"
#include "core/report/summary/xlsx_private.h"

enum { BOOK_BYTES = 256 << 20 };

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
        ca_xlsx_table(x, table);
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
    notes[count++] =
        "In tables, [x] means no observations, [z] not applicable, [c] confidential.";
    put_sentences(x, "notes", "Note", notes, count);
    ca_buffer_free(&about);
}

/* ---- the long table ---- */

struct tidy {
    struct ca_xlsx *x;
    struct ca_tables own;
    struct ca_table *table;
};

static void put_cell(struct tidy *t, const char *text)
{
    ca_table_text(&t->own, t->table, text != NULL ? ca_arena_strdup(t->x->arena, text) : "[z]");
}

/* Numbers of all kinds in thousandths: a column has one format. */
static const int64_t thousandths[] = {1000, 100, 10, 1};

static void put_tidy_row(void *context, const struct ca_tidy *tidy)
{
    struct tidy *t = context;
    const struct ca_summary *s = t->x->s;

    put_cell(t, tidy->period);
    if (ca_summary_is_series(s))
        put_cell(t, tidy->template_id);
    for (size_t i = 0; i < s->group_by_count; i++)
        put_cell(t, tidy->group != NULL ? tidy->group[i] : tidy->row != NULL ? "All" : NULL);
    put_cell(t, tidy->part);
    put_cell(t, tidy->section);
    put_cell(t, tidy->agency);
    put_cell(t, tidy->item);
    put_cell(t, tidy->label);
    put_cell(t, tidy->figure);
    ca_table_figure(&t->own, t->table,
                    tidy->is_number
                        ? (struct ca_figure){tidy->value.shown,
                                             tidy->value.value * thousandths[tidy->places]}
                        : (struct ca_figure){CA_NOT_APPLICABLE, 0});
    put_cell(t, tidy->is_number ? NULL : tidy->text);
}

static void put_tidy(struct ca_xlsx *x)
{
    static const char *const headings[] = {"Part", "Section", "Agency",
                                           "Item", "Label",   "Figure"};
    struct tidy t = {.x = x, .own = {.arena = x->arena}};

    t.table = ca_table_add(&t.own, "tidy", "");
    ca_table_column(&t.own, t.table, CA_COLUMN_TEXT, "Period");
    if (ca_summary_is_series(x->s))
        ca_table_column(&t.own, t.table, CA_COLUMN_TEXT, "Template");
    for (size_t i = 0; i < x->s->group_by_count; i++)
        ca_table_column(&t.own, t.table, CA_COLUMN_TEXT, x->s->group_by[i].label);
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        ca_table_column(&t.own, t.table, CA_COLUMN_TEXT, headings[i]);
    ca_table_column(&t.own, t.table, CA_COLUMN_FIGURE, "Value")->places = 3;
    ca_table_column(&t.own, t.table, CA_COLUMN_TEXT, "Value in words");
    ca_summary_tidy(x->s, put_tidy_row, &t);
    if (t.table->row_count > 0)
        ca_xlsx_table(x, t.table);
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
    ca_table_text(&own, table, "Tidy");
    ca_table_text(&own, table, "Every figure in a row of its own, for other programs");
    ca_table_text(&own, table, "Notes");
    ca_table_text(&own, table, "How these figures are made");
    ca_xlsx_table(x, table);
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
    for (size_t i = 0; i < 2; i++) {
        x->percents[i] = workbook_add_format(x->book);
        format_set_num_format(x->percents[i], i == 0 ? "0%" : "0.0%");
        format_set_align(x->percents[i], LXW_ALIGN_VERTICAL_TOP);
    }
    x->words = workbook_add_format(x->book);
    format_set_text_wrap(x->words);
    format_set_align(x->words, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(x->words, "@");
    x->headings = workbook_add_format(x->book);
    format_set_text_wrap(x->headings);
    format_set_bold(x->headings);
    format_set_align(x->headings, LXW_ALIGN_VERTICAL_TOP);
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
            ca_xlsx_table(x, t);
    ca_xlsx_charts(x);
    put_tidy(x);
    put_notes(x);
    return workbook_close(x->book);
}

enum ca_code ca_xlsx_write(struct ca_buffer *out, const struct ca_summary *s,
                           const struct ca_theme *theme, struct ca_error *error)
{
    struct ca_xlsx x = {.arena = ca_arena_new(), .s = s, .theme = theme};
    struct ca_buffer bytes = {0};
    struct ca_temporary folder;
    char path[CA_TEMPORARY_SIZE + 16];
    enum ca_code code = ca_temporary_new(&folder, error);

    if (code == CA_OK) {
        lxw_error failed;
        snprintf(path, sizeof path, "%s/book.xlsx", folder.path);
        x.tables = ca_summary_tables(x.arena, s, theme, CA_ROWS_ALL);
        ca_xlsx_sort(&x);
        failed = write_book(&x, path, folder.path);
        code = failed == LXW_NO_ERROR
                   ? ca_file_read(path, BOOK_BYTES, &bytes, error)
                   : ca_fail(error, CA_ERROR_IO, "the spreadsheet could not be written: %s",
                             lxw_strerror(failed));
        ca_temporary_remove(&folder);
    }
    if (code == CA_OK)
        ca_buffer_add(out, bytes.data, bytes.length);
    ca_buffer_free(&bytes);
    ca_arena_free(x.arena);
    return code;
}
