#ifndef CA_STORE_POSTGRESQL_URI_H
#define CA_STORE_POSTGRESQL_URI_H

#include "core/base/error.h"

/* A store's place: what libpq reads, and what is ours and taken off before it does. */
struct ca_postgresql_place {
    char *uri;
    char *schema;    /* schema=NAME; "caseaudit" */
    char *authority; /* authority=NAME, for the owner, who has none of his own; "-" */
    bool chosen;     /* it was named */
};

/* Of a URI ("…://…"); out may be NULL. CA_ERROR_USAGE for a password in it, which is never said
 * again, and for names that cannot be. */
enum ca_code ca_postgresql_read_uri(const char *uri, struct ca_postgresql_place *out,
                                    struct ca_error *error);
void ca_postgresql_place_free(struct ca_postgresql_place *place);

#endif
