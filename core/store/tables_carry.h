#ifndef CA_STORE_TABLES_CARRY_H
#define CA_STORE_TABLES_CARRY_H

#include "core/base/pack.h"
#include "core/store/tables.h"

/* Rows from one store to another: as JSON on their way out, packed on their way in
 * (carried_rows.h). */

/* Appends bytes in hexadecimal, as a text. */
void ca_tables_write_bytes(struct ca_buffer *out, const void *bytes, size_t length);
/* Appends every row of the statement. */
enum ca_code ca_tables_write_rows(struct ca_tables *s, struct ca_statement *row,
                                  struct ca_buffer *out, struct ca_error *error);

/* Binds the next row from that column on, so many values; false if it is none. */
bool ca_tables_bind_row(struct ca_statement *statement, int column, int count,
                        struct ca_unpack *in);

#endif
