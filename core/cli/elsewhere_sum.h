#ifndef CA_CLI_ELSEWHERE_SUM_H
#define CA_CLI_ELSEWHERE_SUM_H

#include "core/cli/asked.h"

/* A store for one summary, of results that were scored elsewhere (--from) by the template that
 * --template names, whose id is then asked for. */
struct ca_passing;

/* NULL with a complaint, and the exit status. */
struct ca_passing *ca_passing_open(struct ca_cli *cli, const struct ca_args *args,
                                   struct ca_asked *asked, int *status);
struct ca_store *ca_passing_store(struct ca_passing *passing);
/* Takes it away. */
void ca_passing_close(struct ca_passing *passing);

#endif
