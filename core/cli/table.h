#ifndef CA_CLI_TABLE_H
#define CA_CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"

/* A list in aligned columns. */
struct ca_table;

/* Headings of the columns; one that begins with '>' is aligned to the right. */
struct ca_table *ca_table_new(const char *const *headings, size_t columns);
/* Starts a row. */
void ca_table_row(struct ca_table *table);
/* The next cell of the row; NULL is shown as nothing. Copied, made safe for a terminal. */
void ca_table_cell(struct ca_table *table, const char *text);
void ca_table_number(struct ca_table *table, long long number);
bool ca_table_has_rows(const struct ca_table *table);
/* Prints and frees it; nothing at all without a row. */
void ca_table_print(struct ca_table *table);
/* The same, behind what is in out. */
void ca_table_write(struct ca_table *table, struct ca_buffer *out);

#endif
