#ifndef CA_CLI_GRADINGS_H
#define CA_CLI_GRADINGS_H

#include "core/cli/cli.h"
#include "core/year/gradings.h"

/*
 * What audits came to, as ca_gradings_read has it. Of those that were recorded when a moderator
 * had changed their answers already the store does not know what they came to before: they are
 * scored again, and `earlier` is that grade, unless their framework is not at hand.
 */
enum ca_code ca_cli_gradings(const struct ca_cli *cli, struct ca_store *store,
                             const struct ca_query *query, struct ca_arena *arena,
                             struct ca_stored_grading **out, size_t *count,
                             struct ca_error *error);

#endif
