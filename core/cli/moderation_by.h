#ifndef CA_CLI_MODERATION_BY_H
#define CA_CLI_MODERATION_BY_H

#include "core/cli/asked.h"

/* How moderators and auditors agree, by auditor or an attribute (--by, or all together), and
 * which answers were changed, in the format that was asked for. The exit status. */
int ca_moderation_by(const struct ca_cli *cli, const struct ca_args *args,
                     struct ca_store *store, const struct ca_asked *asked);

#endif
