#ifndef CA_STORE_TABLES_QUERY_H
#define CA_STORE_TABLES_QUERY_H

#include "core/store/tables.h"

/* The values of RESULT_FITS in sql/words.sql; names is to be freed by the caller after the last
 * step. */
#define CA_QUERY_VALUES(query, names)                                                          \
    ca_tables_names((query), (names)), (query)->version, (query)->framework, (query)->from,    \
        (query)->to
/* The query's template ids as a JSON array, or NULL for any. */
const char *ca_tables_names(const struct ca_query *query, struct ca_buffer *names);

#endif
