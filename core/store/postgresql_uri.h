#ifndef CA_STORE_POSTGRESQL_URI_H
#define CA_STORE_POSTGRESQL_URI_H

#include "core/base/error.h"

/*
 * Takes schema=NAME off a URI ("…://…"): rest is for libpq, schema is "caseaudit" without one.
 * CA_ERROR_USAGE for a password in it, which is never said again, and for what is no name of a
 * schema. Both are to be freed; each may be NULL.
 */
enum ca_code ca_postgresql_read_uri(const char *uri, char **rest, char **schema,
                                    struct ca_error *error);

#endif
