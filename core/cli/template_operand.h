#ifndef CA_CLI_TEMPLATE_OPERAND_H
#define CA_CLI_TEMPLATE_OPERAND_H

#include "core/cli/cli.h"
#include "core/cli/template_named.h"

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

/*
 * What is made of templates is made in a locked process, which alone reads the whole of
 * them: make is called there, with the context, and puts out the result. False, with a
 * complaint, if it does not come to one.
 */
typedef void (*ca_make_of_templates)(struct ca_buffer *out,
                                     const struct ca_template *const *templates,
                                     const void *context);
bool ca_cli_make_of_templates(const struct ca_template_operand *operands, size_t count,
                              ca_make_of_templates make, const void *context,
                              struct ca_buffer *out);

#endif
