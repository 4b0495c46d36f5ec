#ifndef CA_BASE_CSV_H
#define CA_BASE_CSV_H

#include "core/base/diag.h"

/*
 * A spreadsheet's rows (RFC 4180, UTF-8, a header row; between cells a comma, semicolon or
 * tab, whichever the header has most of): read whole, so that all of it can
 * be checked before any of it is used. Faults are diagnostics whose line is the row in the
 * file (the header is row 1) and whose column counts cells from 1.
 */
struct ca_csv_row {
    int line;
    const char **cells; /* as many as the header has; white space at both ends trimmed */
};

struct ca_csv {
    const char **header;
    size_t columns;
    struct ca_csv_row *rows; /* blank lines left out */
    size_t row_count;
};

#define CA_CSV_NONE ((size_t)-1)

/* All of it lives in arena. False, with all faults in diags, if it cannot be read: no
 * header, a header twice, a row of another length, a stray quotation mark, not UTF-8. */
bool ca_csv_read(struct ca_arena *arena, const char *bytes, size_t length, struct ca_csv *out,
                 struct ca_diags *diags);

/* Index of a column by its header, or CA_CSV_NONE. */
size_t ca_csv_column(const struct ca_csv *csv, const char *name);

#endif
