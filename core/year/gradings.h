#ifndef CA_YEAR_GRADINGS_H
#define CA_YEAR_GRADINGS_H

#include "core/base/arena.h"
#include "core/store/query.h"

/* What audits came to, all at once. Lives in arena. */
enum ca_code ca_gradings_read(struct ca_store *store, const struct ca_query *query,
                              struct ca_arena *arena, struct ca_stored_grading **out,
                              size_t *count, struct ca_error *error);

#endif
