#ifndef CA_STORE_TABLES_DRAWS_H
#define CA_STORE_TABLES_DRAWS_H

#include "core/store/sample.h"
#include "core/store/tables.h"

/* What the files about samples share. */

/* A text that can be erased: what the ledger keeps of it. */
struct ca_seal {
    uint8_t salt[CA_SALT_SIZE], commitment[CA_SHA256_SIZE];
};
struct ca_seal ca_tables_seal(const char *subject, const char *detail);
/* Adds every row of a statement about one change to what is hashed. */
enum ca_code ca_tables_hash_rows(struct ca_tables *s, const char *sql, int64_t change,
                                 struct ca_buffer *hashed, struct ca_error *error);

/* Columns salt, subject, detail and commitment from that one on: are they what was committed
 * to, or erased? */
bool ca_tables_is_sealed(struct ca_statement *row, int column);
/* Is everything of the draw what was committed to, as far as it is not erased? */
enum ca_code ca_tables_check_draw(struct ca_tables *s, int64_t draw, bool *good,
                                  struct ca_error *error);
/* The same of an allocation (tables_allocations.c). */
enum ca_code ca_tables_check_allocation(struct ca_tables *s, int64_t allocation, bool *good,
                                        struct ca_error *error);

/* What goes from samples with what is erased, before it is (tables_forget.c). */
enum ca_code ca_tables_forget_cases(struct ca_tables *s, const struct ca_erasing *what,
                                    struct ca_error *error);

#endif
