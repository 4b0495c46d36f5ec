/* template diff: what makes one version another, in words. */
#include <stdlib.h>

#include "core/cli/cli.h"
#include "core/cli/safe.h"
#include "core/cli/template_operand.h"
#include "core/cli/verbs.h"
#include "core/report/template/template_diff.h"

static void print_diff(const struct ca_template *a, const struct ca_template *b)
{
    struct ca_buffer said = {0}, safe = {0};

    ca_buffer_clear(&said);
    ca_buffer_clear(&safe);
    if (ca_template_diff(&said, a, b) == 0)
        ca_buffer_puts(&said, "both say the same\n");
    ca_safe_text(&safe, said.data);
    printf("%s@%s and %s@%s:\n", a->id, a->version, b->id, b->version);
    fputs(safe.data, stdout);
    ca_buffer_free(&said);
    ca_buffer_free(&safe);
}

static int diff(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_template_operand a, b = {0};
    int status = ca_cli_open_template(cli, args->operands[0], &a);

    if (status == CA_EXIT_DONE)
        status = ca_cli_open_template(cli, args->operands[1], &b);
    if (status == CA_EXIT_DONE)
        print_diff(a.template, b.template);
    ca_cli_close_template(&a);
    ca_cli_close_template(&b);
    return status;
}

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_template_diff = {
    .name = "template diff",
    .operands = "A B",
    .summary = "Say in words what changed from one template to another (files, or ID@VERSION)",
    .example = "caseaudit template diff permanency-file@2023.1 permanency-file@2024.1",
    .options = no_options,
    .least = 2,
    .most = 2,
    .run = diff,
};
