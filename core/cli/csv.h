#ifndef CA_CLI_CSV_H
#define CA_CLI_CSV_H

#include "core/base/buffer.h"

/* A cell of a list in CSV, quoted, and what stands behind it: a comma or a line feed. NULL is
 * an empty cell. What a spreadsheet would take for a formula begins with an apostrophe, which
 * says that it is text. */
void ca_csv_cell(struct ca_buffer *out, const char *text, char end);

#endif
