#ifndef CA_CLI_PARTIALS_H
#define CA_CLI_PARTIALS_H

#include "core/base/arena.h"
#include "core/cli/cli.h"
#include "core/insight/partial.h"

/* Whether --partial and --merge, and the operands, go with what else was given; false with a
 * complaint. */
bool ca_partials_fit(const struct ca_args *args);

/* Writes what the summary asked for is made from; the exit status. */
int ca_partial_write(const struct ca_args *args, struct ca_store *store,
                     const struct ca_summary_request *request);

/* The partials that are the operands, joined in a locked process; false with a complaint, and
 * the exit status. In arena. */
bool ca_partials_read(const struct ca_args *args, struct ca_arena *arena,
                      struct ca_partial *out, int *status);

/* The same, written as one partial; the exit status. */
int ca_partials_write(const struct ca_args *args);

#endif
