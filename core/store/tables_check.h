#ifndef CA_STORE_TABLES_CHECK_H
#define CA_STORE_TABLES_CHECK_H

#include "core/store/tables.h"

/* What the parts of the check share. */
struct ca_check {
    struct ca_tables *s;
    ca_store_report report;
    void *context;
    struct ca_error error;
};

void ca_check_fault(struct ca_check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* What is worth knowing, and no fault. */
void ca_check_remark(struct ca_check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

struct ca_statement *ca_check_query(struct ca_check *check, const char *sql);
/* The next row; what cannot be read is a fault too, and the end. */
bool ca_check_next(struct ca_check *check, struct ca_statement *row);
/* Does the column hold this digest? */
bool ca_check_digest(struct ca_statement *row, int column,
                     const uint8_t digest[CA_SHA256_SIZE]);

/* Is everything there that the store consists of (tables_definitions.c)? */
void ca_check_definitions(struct ca_check *check);
/* tables_check_draws.c */
void ca_check_draws(struct ca_check *check);

/* ---- tables_check_ledger.c ---- */

void ca_check_ledger(struct ca_check *check);
/* Heads that were kept, those that are given, and the one beside the store. */
void ca_check_heads(struct ca_check *check, const struct ca_head *heads, size_t count);

#endif
