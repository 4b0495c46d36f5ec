/* Lists as text, JSON and CSV from one table of columns. */
#include "core/cli/rows.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/json.h"
#include "core/cli/csv.h"
#include "core/cli/table.h"

struct ca_rows {
    const struct ca_rows_column *columns;
    size_t column_count, count;
    void (*add)(struct ca_rows *rows, const char *const *cells);
    struct ca_buffer lines; /* JSON and CSV */
    struct ca_table *table; /* text */
};

/* ---- JSON ---- */

static void add_words(struct ca_buffer *out, const char *words)
{
    char *copy = ca_xstrdup(words), *rest = NULL;

    ca_json_open(out, '[');
    for (char *word = strtok_r(copy, " ", &rest); word != NULL;
         word = strtok_r(NULL, " ", &rest))
        ca_json_string(out, word);
    ca_json_close(out, ']');
    free(copy);
}

static void add_value(struct ca_buffer *out, const struct ca_rows_column *column,
                      const char *cell)
{
    if (cell == NULL) {
        ca_json_null(out);
        return;
    }
    switch (column->kind) {
    case CA_ROWS_NUMBER: ca_json_number(out, cell); break;
    case CA_ROWS_FLAG: ca_json_bool(out, strcmp(cell, "yes") == 0); break;
    case CA_ROWS_WORDS: add_words(out, cell); break;
    default: ca_json_string(out, cell);
    }
}

static void add_json(struct ca_rows *rows, const char *const *cells)
{
    struct ca_buffer *out = &rows->lines;

    ca_json_open(out, '{');
    for (size_t i = 0; i < rows->column_count; i++) {
        const struct ca_rows_column *column = &rows->columns[i];
        const bool group = column->kind == CA_ROWS_GROUP;
        if (column->name == NULL)
            continue;
        if (group) {
            ca_json_key(out, "group");
            ca_json_open(out, '{');
        }
        if (!group || column->name[0] != '\0') {
            ca_json_key(out, column->name);
            add_value(out, column, cells[i]);
        }
        if (group)
            ca_json_close(out, '}');
    }
    ca_json_close(out, '}');
}

/* ---- CSV and text ---- */

/* A number is no text, and no formula either. */
static void add_cell(struct ca_buffer *out, const struct ca_rows_column *column,
                     const char *cell)
{
    if (column->kind != CA_ROWS_NUMBER)
        ca_csv_cell(out, cell, ',');
    else
        ca_buffer_printf(out, "%s,", cell != NULL ? cell : "");
}

static void end_line(struct ca_buffer *out)
{
    out->data[out->length - 1] = '\n'; /* in place of the last comma */
}

static void add_headings(struct ca_rows *rows)
{
    for (size_t i = 0; i < rows->column_count; i++) {
        const char *name = rows->columns[i].name;
        if (name != NULL)
            ca_csv_cell(&rows->lines, name[0] != '\0' ? name : "group", ',');
    }
    end_line(&rows->lines);
}

static void add_line(struct ca_rows *rows, const char *const *cells)
{
    for (size_t i = 0; i < rows->column_count; i++)
        if (rows->columns[i].name != NULL)
            add_cell(&rows->lines, &rows->columns[i], cells[i]);
    end_line(&rows->lines);
}

static void add_text(struct ca_rows *rows, const char *const *cells)
{
    ca_table_row(rows->table);
    for (size_t i = 0; i < rows->column_count; i++)
        if (rows->columns[i].heading != NULL)
            ca_table_cell(rows->table, cells[i]);
}

/* ---- the list ---- */

/* What rows are grouped by is written as other headings are. */
static const char *heading_of(struct ca_arena *arena, const struct ca_rows_column *column)
{
    char *heading = ca_arena_strdup(arena, column->heading);

    for (char *at = heading; column->kind == CA_ROWS_GROUP && *at != '\0'; at++)
        *at = (char)toupper((unsigned char)*at);
    return heading;
}

static struct ca_table *new_table(const struct ca_rows_column *columns, size_t count)
{
    struct ca_arena *arena = ca_arena_new();
    const char **headings = CA_ARRAY(arena, count, const char *);
    struct ca_table *table;
    size_t shown = 0;

    for (size_t i = 0; i < count; i++)
        if (columns[i].heading != NULL)
            headings[shown++] = heading_of(arena, &columns[i]);
    table = ca_table_new(headings, shown);
    ca_arena_free(arena);
    return table;
}

struct ca_rows *ca_rows_new(const char *format, const struct ca_rows_column *columns,
                            size_t count)
{
    struct ca_rows *rows = ca_xcalloc(1, sizeof *rows);

    rows->columns = columns;
    rows->column_count = count;
    ca_buffer_clear(&rows->lines);
    if (strcmp(format, "json") == 0) {
        rows->add = add_json;
        ca_json_open(&rows->lines, '[');
    } else if (strcmp(format, "csv") == 0) {
        rows->add = add_line;
        add_headings(rows);
    } else {
        rows->add = add_text;
        rows->table = new_table(columns, count);
    }
    return rows;
}

void ca_rows_add(struct ca_rows *rows, const char *const *cells)
{
    rows->add(rows, cells);
    rows->count++;
}

const char *ca_rows_words(struct ca_arena *arena, unsigned bits, const char *const *words,
                          size_t count, const char *between)
{
    const char *list = "";

    for (size_t i = 0; i < count; i++)
        if ((bits >> i & 1) != 0)
            list =
                ca_arena_printf(arena, "%s%s%s", list, *list != '\0' ? between : "", words[i]);
    return list;
}

size_t ca_rows_count(const struct ca_rows *rows)
{
    return rows->count;
}

void ca_rows_write(struct ca_rows *rows, const char *key, struct ca_buffer *out)
{
    if (rows->table != NULL)
        ca_table_write(rows->table, out);
    if (rows->add == add_json) {
        ca_json_close(&rows->lines, ']');
        ca_json_key(out, key);
    }
    ca_buffer_add(out, rows->lines.data, rows->lines.length);
    ca_buffer_free(&rows->lines);
    free(rows);
}
