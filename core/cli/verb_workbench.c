/* workbench: the engine in one page, for where nothing can be installed. */
#include "core/base/array.h"
#include "core/cli/cli.h"
#include "core/cli/lacking.h"
#include "core/cli/template_operand.h"
#include "core/cli/verbs.h"
#include "core/report/workbench/workbench.h"

static void write_workbench(struct ca_buffer *out, const struct ca_template *const *templates,
                            const void *context)
{
    ca_workbench_html(out, templates, *(const size_t *)context);
}

static int open_templates(const struct ca_cli *cli, const struct ca_args *args,
                          struct ca_template_operand *operands, size_t *count)
{
    int status = CA_EXIT_DONE;
    const char *operand;

    for (size_t i = 0; (operand = ca_args_nth(args, "template", i)) != NULL; i++) {
        int found = ca_cli_open_template(cli, operand, &operands[i]);
        *count = i + 1;
        if (found != CA_EXIT_DONE)
            status = found;
    }
    return status;
}

static int make(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_template_operand *operands;
    struct ca_buffer page = {0};
    size_t count = 0;
    int status;

    if (ca_lacking_workbench() != NULL) {
        ca_complain("%s", ca_lacking_workbench());
        ca_arena_free(arena);
        return CA_EXIT_FAILED;
    }
    while (ca_args_nth(args, "template", count) != NULL)
        count++;
    operands = CA_ARRAY(arena, count, struct ca_template_operand);
    status = open_templates(cli, args, operands, &count);
    if (status == CA_EXIT_DONE)
        status = ca_cli_make_of_templates(operands, count, write_workbench, &count, &page)
                     ? ca_output_write(args, CA_OUTPUT_PLAIN, page.data, page.length)
                     : CA_EXIT_FAILED;
    ca_buffer_free(&page);
    for (size_t i = 0; i < count; i++)
        ca_cli_close_template(&operands[i]);
    ca_arena_free(arena);
    return status;
}

static const struct ca_option_row options[] = {
    {"template", 't', "FILE|ID[@VERSION]", true, "build this template in"},
    {"output", 'o', "FILE.html", false, "write the page here, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_workbench = {
    .name = "workbench",
    .operands = "",
    .summary = "Make a page that scores returns in any browser, without a network",
    .example = "caseaudit workbench --template permanency-file.xml -o audits.html",
    .options = options,
    .least = 0,
    .most = 0,
    .run = make,
    .lacking = ca_lacking_workbench,
};
