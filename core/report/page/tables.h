#ifndef CA_REPORT_TABLES_H
#define CA_REPORT_TABLES_H

#include "core/insight/summary.h"
#include "core/report/page/theme.h"

/*
 * The summary as tables. The page and the spreadsheet are written from the same
 * ones, so both have the same figures by construction. A share is one column here:
 * "17 of 33 (52%)" on a page, and columns of numbers in a spreadsheet.
 */

enum ca_column_kind {
    CA_COLUMN_TEXT,
    CA_COLUMN_FIGURE,   /* a number with `places` decimals and a unit */
    CA_COLUMN_SIGNED,   /* the same with its sign: a difference */
    CA_COLUMN_P,        /* thousandths; 0 is "<0.001" on a page */
    CA_COLUMN_SHARE,    /* n of N (p%) */
    CA_COLUMN_PART,     /* the same where the row has N in a column of its own */
    CA_COLUMN_INTERVAL, /* 50% to 80% */
};

struct ca_column {
    const char *heading;
    enum ca_column_kind kind;
    int places;
    const char *unit; /* "%", or "" */
    bool shortest;    /* without zeros at the end: 74 rather than 74.000 */
    bool together;    /* never broken into lines: a period */
    bool below;       /* on a page, below the figure to its left and in its cell */
};

struct ca_cell {
    const char *text;             /* of a text column */
    struct ca_figure figure;      /* of a figure */
    const struct ca_share *share; /* of a share, part or interval */
};

struct ca_table {
    const char *id;      /* "grades": a name in a spreadsheet, an anchor in a page */
    const char *caption; /* what it shows, in a few words */
    struct ca_column *columns;
    size_t column_count;
    size_t heads;          /* how many columns at the left name the row */
    struct ca_cell *cells; /* [row * column_count + column] */
    size_t row_count;
    size_t cell_count;
    bool shown; /* on the page */
    struct ca_table *next;
};

struct ca_tables {
    struct ca_arena *arena;
    struct ca_table *first, *last;
};

/* Whose figures the tables of periods have. Grades of groups have the table "groups" of
 * their own. */
enum ca_table_rows {
    CA_ROWS_TOTALS,
    CA_ROWS_ALL,
    CA_ROWS_GROUPS, /* and no other tables; ids begin with "by-" */
};

/* All tables that have a row. Lives in arena; the summary and theme are borrowed. */
struct ca_tables ca_summary_tables(struct ca_arena *arena, const struct ca_summary *s,
                                   const struct ca_theme *theme, enum ca_table_rows rows);

/* NULL if there is none of that id. */
struct ca_table *ca_table_find(const struct ca_tables *tables, const char *id);

/* ---- for those who make tables (table.c) ---- */

struct ca_table *ca_table_add(struct ca_tables *tables, const char *id, const char *caption);
struct ca_column *ca_table_column(struct ca_tables *tables, struct ca_table *table,
                                  enum ca_column_kind kind, const char *heading);
/* The column is good until the next one is added. Cells are filled from left to right, rows
 * from top to bottom. */
void ca_table_text(struct ca_tables *tables, struct ca_table *table, const char *text);
void ca_table_figure(struct ca_tables *tables, struct ca_table *table, struct ca_figure figure);
void ca_table_share(struct ca_tables *tables, struct ca_table *table,
                    const struct ca_share *share);

/* The cell as a page shows it; escaped. */
void ca_table_cell_html(struct ca_buffer *out, const struct ca_column *column,
                        const struct ca_cell *cell);

#endif
