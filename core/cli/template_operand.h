#ifndef CA_CLI_TEMPLATE_OPERAND_H
#define CA_CLI_TEMPLATE_OPERAND_H

#include "core/cli/cli.h"
#include "core/cli/store_access.h"

/* The one template that a verb is about, and what it stands on. */
struct ca_template_operand {
    struct ca_store *store; /* NULL where there is none */
    struct ca_template_source source;
    struct ca_catalogue *catalogue;
    const struct ca_template *template;
};

/*
 * Opens what an operand means: a template's file, or ID or ID@VERSION of the store; without a
 * version the one in force at the latest. Returns CA_EXIT_DONE, or complains and returns the
 * exit status it means. To be closed either way; it stays where it is until then.
 */
int ca_cli_open_template(const struct ca_cli *cli, const char *operand,
                         struct ca_template_operand *out);
void ca_cli_close_template(struct ca_template_operand *operand);

#endif
