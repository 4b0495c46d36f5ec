#ifndef CA_STORE_SQLITE_QUERY_H
#define CA_STORE_SQLITE_QUERY_H

#include "core/store/sqlite.h"

/* A query as conditions on template t and result r, with values ?1 to ?5. */
#define CA_SQLITE_TEMPLATES                                                                    \
    "(?1 IS NULL OR t.name IN (SELECT value FROM json_each(?1)))"                              \
    " AND (?2 IS NULL OR t.version = ?2) AND (?3 IS NULL OR t.framework = ?3)"
#define CA_SQLITE_QUERY                                                                        \
    CA_SQLITE_TEMPLATES " AND (?4 IS NULL OR r.audit_date >= ?4)"                              \
                        " AND (?5 IS NULL OR r.audit_date <= ?5)"

/* The values for these; names is to be freed by the caller after the last step. */
#define CA_SQLITE_VALUES(query, names)                                                         \
    ca_sqlite_names((query), (names)), (query)->version, (query)->framework, (query)->from,    \
        (query)->to
/* The query's template ids as a JSON array, or NULL for any. */
const char *ca_sqlite_names(const struct ca_query *query, struct ca_buffer *names);

#endif
