#ifndef CA_STORE_TABLES_AUDIT_H
#define CA_STORE_TABLES_AUDIT_H

#include "core/store/tables.h"

/* One audit, for who changes it. */
struct ca_found_audit {
    int64_t audit, latest, template;
    ca_date audit_date;
    bool withdrawn, erased;
    struct ca_buffer facts; /* what tally has of it, or aside */
};

/* CA_ERROR_NOT_FOUND; CA_ERROR_DATA if it is erased. facts is the caller's on success. */
enum ca_code ca_tables_find_audit(struct ca_tables *s, const char *return_id,
                                  struct ca_found_audit *out, struct ca_error *error);

/* What is remembered of an audit that the coming entry erases. Of each hash CA_SHA256_SIZE
 * bytes, or NULL: of the figures that stay, of its first document, and of the one that counted.
 */
struct ca_erasure_row {
    int64_t template;
    const char *why, *entries; /* a JSON array */
    const uint8_t *result, *first, *counted;
    bool finished;
};
enum ca_code ca_tables_add_erasure(struct ca_tables *s, const struct ca_erasure_row *row,
                                   struct ca_error *error); /* tables_erase.c */

/* Rows of list_returns and changes as their visitors see them (tables_read.c). */
struct ca_stored_return ca_tables_take_return(struct ca_statement *row);
struct ca_stored_change ca_tables_take_change(struct ca_statement *row);

#endif
