/* template diff: what makes one version another, in words. */
#include <stdlib.h>

#include "core/cli/cli.h"
#include "core/cli/safe.h"
#include "core/cli/template_operand.h"
#include "core/cli/verbs.h"
#include "core/report/template/template_diff.h"

static void write_diff(struct ca_buffer *out, const struct ca_template *const *templates,
                       const void *context)
{
    const struct ca_template *a = templates[0], *b = templates[1];
    struct ca_buffer said = {0};

    (void)context;
    ca_buffer_clear(&said);
    if (ca_template_diff(&said, a, b) == 0)
        ca_buffer_puts(&said, "both say the same\n");
    ca_buffer_printf(out, "%s@%s and %s@%s:\n", a->id, a->version, b->id, b->version);
    ca_safe_text(out, said.data);
    ca_buffer_free(&said);
}

static int diff(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_template_operand both[2] = {0};
    struct ca_buffer out = {0};
    int status = ca_cli_open_template(cli, args->operands[0], &both[0]);

    if (status == CA_EXIT_DONE)
        status = ca_cli_open_template(cli, args->operands[1], &both[1]);
    if (status == CA_EXIT_DONE && !ca_cli_make_of_templates(both, 2, write_diff, NULL, &out))
        status = CA_EXIT_FAILED;
    if (status == CA_EXIT_DONE)
        fwrite(out.data, 1, out.length, stdout);
    ca_buffer_free(&out);
    ca_cli_close_template(&both[0]);
    ca_cli_close_template(&both[1]);
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
