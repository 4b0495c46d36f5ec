#ifndef CA_CLI_GRADINGS_H
#define CA_CLI_GRADINGS_H

#include "core/cli/cli.h"
#include "core/year/gradings.h"

/*
 * What audits came to, as ca_gradings_read has it; but of those that are moderated, what they
 * came to before: they are scored again without their moderation, and `earlier` and the alerts
 * are those of then. So what is to be moderated stays the same while moderating goes on. Where
 * a framework is not at hand they stay as they are.
 */
enum ca_code ca_cli_gradings(const struct ca_cli *cli, struct ca_store *store,
                             const struct ca_query *query, struct ca_arena *arena,
                             struct ca_stored_grading **out, size_t *count,
                             struct ca_error *error);

#endif
