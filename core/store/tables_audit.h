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

/* Rows of list_returns and changes as their visitors see them (tables_read.c). */
struct ca_stored_return ca_tables_take_return(struct ca_statement *row);
struct ca_stored_change ca_tables_take_change(struct ca_statement *row);

#endif
