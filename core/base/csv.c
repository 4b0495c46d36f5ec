/* CSV files, read whole, with the place of every fault. */
#include "core/base/csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "core/base/utf8.h"

struct reader {
    struct ca_arena *arena;
    struct ca_diags *diags;
    struct ca_csv *csv;
    const char **cells; /* of the row being read */
    size_t count;
    int line;      /* of the row's first character */
    int breaks;    /* line ends within its cells */
    bool has_text; /* the row is not blank */
};

static void fault(struct reader *reader, int line, size_t column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
static void fault(struct reader *reader, int line, size_t column, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    ca_diags_vadd(reader->diags, CA_ERROR, CA_FAULT_SCHEMA, line, (int)column, NULL, format,
                  args);
    va_end(args);
}

/* ---- cells ---- */

static bool is_utf8(const char *text)
{
    size_t length;

    for (; *text != '\0'; text += length)
        if (ca_utf8_next(text, &length) == CA_REPLACEMENT && length == 1)
            return false;
    return true;
}

static const char *trimmed(struct ca_arena *arena, const char *text, size_t length)
{
    static const char blanks[] = " \t\n\r";

    while (length > 0 && strchr(blanks, text[0]) != NULL && text[0] != '\0') {
        text++;
        length--;
    }
    while (length > 0 && strchr(blanks, text[length - 1]) != NULL && text[length - 1] != '\0')
        length--;
    return ca_arena_strndup(arena, text, length);
}

static void take_cell(void *bytes, size_t length, void *context)
{
    struct reader *reader = context;
    const char *text = length > 0 ? bytes : "";

    for (size_t i = 0; i < length; i++)
        reader->breaks += text[i] == '\n';
    if (memchr(text, '\0', length) != NULL)
        fault(reader, reader->line, reader->count + 1, "the cell holds a zero byte");
    text = trimmed(reader->arena, text, length);
    if (!is_utf8(text))
        fault(reader, reader->line, reader->count + 1,
              "the cell is not UTF-8; save the file as \"CSV UTF-8\"");
    reader->has_text = reader->has_text || text[0] != '\0';
    *CA_APPEND(reader->cells, reader->count) = text;
}

/* ---- rows ---- */

static const char **kept_cells(struct reader *reader)
{
    const char **cells = CA_ARRAY(reader->arena, reader->count, const char *);

    memcpy(cells, reader->cells, reader->count * sizeof *cells);
    return cells;
}

static void take_header(struct reader *reader)
{
    struct ca_csv *csv = reader->csv;

    csv->columns = reader->count;
    csv->header = kept_cells(reader);
    for (size_t i = 0; i < csv->columns; i++) {
        if (csv->header[i][0] == '\0')
            fault(reader, reader->line, i + 1, "the column has no name");
        for (size_t k = 0; k < i; k++)
            if (csv->header[i][0] != '\0' && strcmp(csv->header[i], csv->header[k]) == 0)
                fault(reader, reader->line, i + 1,
                      "column '%s' stands twice; the first is column %zu", csv->header[i],
                      k + 1);
    }
}

static void keep_row(struct reader *reader)
{
    struct ca_csv *csv = reader->csv;

    if (reader->count != csv->columns) {
        fault(reader, reader->line, reader->count,
              "the row has %zu cell%s; the header has %zu columns", reader->count,
              reader->count == 1 ? "" : "s", csv->columns);
        return;
    }
    *CA_APPEND(csv->rows, csv->row_count) =
        (struct ca_csv_row){reader->line, kept_cells(reader)};
}

/* Every line end comes here; that of a blank line as -1. */
static void take_row(int end, void *context)
{
    struct reader *reader = context;

    (void)end;
    if (reader->has_text && reader->csv->header == NULL)
        take_header(reader);
    else if (reader->has_text)
        keep_row(reader);
    reader->line += 1 + reader->breaks;
    reader->breaks = 0;
    reader->count = 0;
    reader->has_text = false;
}

/* ---- the whole ---- */

/* Without a byte order mark, and with \n alone at line ends, so that they can be counted. */
static void normalise(struct ca_buffer *out, const char *bytes, size_t length)
{
    size_t i = length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    ca_buffer_clear(out);
    for (; i < length; i++)
        if (bytes[i] != '\r')
            ca_buffer_putc(out, bytes[i]);
        else if (i + 1 == length || bytes[i + 1] != '\n')
            ca_buffer_putc(out, '\n');
}

/* What stands most often between the cells of the header: comma, semicolon or tab. */
static char separator_of(const struct ca_buffer *text)
{
    static const char separators[] = ",;\t";
    size_t counts[sizeof separators - 1] = {0}, best = 0, i = strspn(text->data, "\n");
    bool quoted = false;

    for (; i < text->length && (quoted || text->data[i] != '\n'); i++) {
        const char *found = strchr(separators, text->data[i]);
        quoted = quoted != (text->data[i] == '"');
        if (!quoted && found != NULL && *found != '\0')
            counts[found - separators]++;
    }
    for (size_t k = 1; k < sizeof counts / sizeof *counts; k++)
        if (counts[k] > counts[best])
            best = k;
    return separators[best];
}

static void parse(struct reader *reader, const struct ca_buffer *text)
{
    struct csv_parser parser;

    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0)
        ca_out_of_memory();
    if (text->length > 0)
        csv_set_delim(&parser, (unsigned char)separator_of(text));
    if (csv_parse(&parser, text->data, text->length, take_cell, take_row, reader) !=
            text->length ||
        csv_fini(&parser, take_cell, take_row, reader) != 0)
        fault(reader, reader->line, reader->count + 1,
              "a quotation mark (\") stands where none can; a cell that holds one is put in "
              "quotation marks, and the one within doubled");
    csv_free(&parser);
}

/* As spreadsheets save "Unicode text": every cell would be a fault of its own. */
static bool is_utf16(const char *bytes, size_t length)
{
    return length >= 2 &&
           (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0);
}

bool ca_csv_read(struct ca_arena *arena, const char *bytes, size_t length, struct ca_csv *out,
                 struct ca_diags *diags)
{
    struct ca_csv csv = {0};
    struct reader reader = {.arena = arena, .diags = diags, .csv = &csv, .line = 1};
    struct ca_csv_row *rows;
    struct ca_buffer text = {0};
    size_t errors = diags->errors;

    if (is_utf16(bytes, length)) {
        fault(&reader, 1, 1, "the file is UTF-16; save it as \"CSV UTF-8\"");
        return false;
    }
    normalise(&text, bytes, length);
    parse(&reader, &text);
    if (csv.header == NULL && diags->errors == errors)
        fault(&reader, 1, 1, "there is no header row");
    rows = CA_ARRAY(arena, csv.row_count, struct ca_csv_row);
    if (csv.row_count > 0)
        memcpy(rows, csv.rows, csv.row_count * sizeof *rows);
    free(csv.rows);
    free(reader.cells);
    ca_buffer_free(&text);
    csv.rows = rows;
    if (diags->errors > errors)
        return false;
    *out = csv;
    return true;
}

size_t ca_csv_column(const struct ca_csv *csv, const char *name)
{
    for (size_t i = 0; i < csv->columns; i++)
        if (strcmp(csv->header[i], name) == 0)
            return i;
    return CA_CSV_NONE;
}
