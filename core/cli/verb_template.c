/* template check: every fault of a template at once, before anybody audits by it. */
#include "core/cli/cli.h"
#include "core/cli/safe.h"
#include "core/cli/template_named.h"
#include "core/cli/verbs.h"

/* A catalogue of its own for each file, so that two drafts of one version can be checked. */
static bool check_file(struct ca_cli *cli, const char *file)
{
    struct ca_catalogue *catalogue = ca_catalogue_new(cli->registry, NULL);
    struct ca_buffer bytes = {0};
    size_t errors;
    const struct ca_template *t = ca_cli_read_template(cli, catalogue, file, &bytes, &errors);

    if (!cli->quiet)
        ca_print_safe(stdout, file);
    if (t != NULL && !cli->quiet)
        printf(": good: template '%s' version '%s' for %s, %zu standard%s in %zu section%s\n",
               t->id, t->version, t->framework_name, t->standard_count,
               t->standard_count == 1 ? "" : "s", t->section_count,
               t->section_count == 1 ? "" : "s");
    else if (t == NULL && !cli->quiet)
        printf(": refused: %zu error%s\n", errors, errors == 1 ? "" : "s");
    ca_buffer_free(&bytes);
    ca_catalogue_free(catalogue);
    return t != NULL;
}

static int check(struct ca_cli *cli, const struct ca_args *args)
{
    bool all_good = true;

    for (size_t i = 0; i < args->operand_count; i++)
        all_good = check_file(cli, args->operands[i]) && all_good;
    return all_good ? CA_EXIT_DONE : CA_EXIT_REFUSED;
}

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_template_check = {
    .name = "template check",
    .operands = "FILE...",
    .summary = "Find every fault of a template, with what would be right",
    .example = "caseaudit template check permanency-file.xml",
    .options = no_options,
    .least = 1,
    .most = (size_t)-1,
    .run = check,
};
