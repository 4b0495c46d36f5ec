#ifndef CA_SHEET_SHEET_H
#define CA_SHEET_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/diag.h"

/*
 * A spreadsheet's rows, from a CSV file or an Excel workbook (.xlsx): one reader for every
 * command that takes a spreadsheet. It is read whole, so that all of it can be checked before
 * any of it is used. Everything is worked out from bytes in memory: no file is opened here.
 *
 * Rows are counted as the spreadsheet counts them: empty rows and titles count, a cell of
 * several lines does not. Faults are diagnostics whose line is the row and whose column counts
 * cells from 1.
 */
struct ca_sheet_row {
    int number;
    const char **cells; /* as many as there are columns; without blanks at both ends */
};

struct ca_sheet {
    int header_row;
    const char **header; /* "" above a column whose cells are all empty: it is no column */
    size_t columns;
    struct ca_sheet_row *rows; /* those with something in them */
    size_t row_count;
    const bool *hidden; /* columns that nobody sees in the spreadsheet program; NULL: none */
    bool from_1904;     /* a number that stands for a date counts days from 1904, not 1900 */
};

#define CA_NO_COLUMN ((size_t)-1)

/* What the person says about the file; zeroed: nothing. */
struct ca_sheet_options {
    char separator;   /* of a CSV file; 0: found from its first rows */
    const char *name; /* of a workbook's sheet; NULL: the first that is not hidden */
    int header_row;   /* 0: the first row with something in it */
};

/* Limits, told by their names when they are passed. */
enum {
    CA_SHEET_COLUMNS = 16384, /* as many as Excel has */
    CA_SHEET_CELLS = 5000000,
    CA_SHEET_BYTES = 64 * 1024 * 1024 /* of all texts together */
};

/*
 * All of it lives in arena. False, with all faults in diags, if it cannot be read: what is no
 * spreadsheet of these kinds (told by what it is, and how to save it), no headings, something
 * below no heading, a stray quotation mark.
 */
bool ca_sheet_read(struct ca_arena *arena, const char *bytes, size_t length,
                   const struct ca_sheet_options *options, struct ca_sheet *out,
                   struct ca_diags *diags);

/* Warns of the columns that are hidden, and were read like the others; but not of those that
 * are passed over (NULL: none). */
void ca_sheet_tell_hidden(const struct ca_sheet *sheet, const bool *passed_over,
                          struct ca_diags *diags);

/* The headings and rows as a CSV file that needs no options to be read again. */
void ca_sheet_write(const struct ca_sheet *sheet, struct ca_buffer *out);

/* "comma", "semicolon", "tab", "pipe" or the character itself; false leaves *out alone. */
bool ca_sheet_separator(const char *word, char *out);

/* "row 5, column 3 'Team'"; row 0 and column CA_NO_COLUMN: without them. */
const char *ca_sheet_place(struct ca_arena *arena, const struct ca_sheet *sheet, int row,
                           size_t column);

/* A fault at row (0: that of the headings) and column (CA_NO_COLUMN: the row): "PLACE: ...", of
 * its kind, which is format, at most CA_DIAG_MOST. */
void ca_sheet_fault(const struct ca_sheet *sheet, int row, size_t column,
                    struct ca_diags *diags, enum ca_severity severity, const char *format, ...)
    __attribute__((format(printf, 6, 7)));

#endif
