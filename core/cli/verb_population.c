/* population: how many cases there were to audit. */
#include "core/base/decimal.h"
#include "core/cli/cli.h"
#include "core/cli/store_access.h"
#include "core/cli/table.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

/* ---- population set ---- */

static int set_population(struct ca_cli *cli, const struct ca_args *args)
{
    const char *framework = ca_args_get(args, "framework", NULL);
    const char *template = ca_args_get(args, "template", NULL);
    const char *when = ca_args_get(args, "period", NULL);
    struct ca_population population = {.of_framework = framework != NULL,
                                       .name = framework != NULL ? framework : template};
    struct ca_store *store;
    struct ca_period period;
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if ((framework == NULL) == (template == NULL))
        return ca_misused(args->verb, "say either --framework or --template");
    if (when == NULL)
        return ca_misused(args->verb, "say which --period");
    if (!ca_integer_parse(args->operands[0], 0, 1000000000, &population.count))
        return ca_misused(args->verb, "'%s' is no count of cases; it is a whole number",
                          args->operands[0]);
    store = ca_cli_store(cli, CA_STORE_WRITE);
    if (store == NULL)
        return CA_EXIT_FAILED;
    if (!ca_cli_period(store, when, &period, &error) ||
        !ca_cli_knows_template(store, template, framework, &error)) {
        status = ca_cli_store_failed(&error);
    } else {
        population.period = (struct ca_stored_period){period.id, period.from, period.to};
        if (ca_store_set_population(store, &population, &error) != CA_OK)
            status = ca_cli_store_failed(&error);
        else
            printf("%s, %s: %lld\n", population.name, period.id, (long long)population.count);
    }
    ca_store_close(store);
    return status;
}

static const struct ca_option_row population_options[] = {
    {"framework", 0, "NAME", false, "cases of a kind of audit"},
    {"template", 't', "ID", false, "cases that one template is for"},
    {"period", 'p', "PERIOD", false, "2023-24, '2023-24 Q3', 2023-11 or FROM..TO"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_population_set = {
    .name = "population set",
    .operands = "COUNT",
    .summary = "Say how many cases there were to audit, for coverage and intervals",
    .example = "caseaudit population set --framework foster-home-review --period 2023-24 150",
    .options = population_options,
    .least = 1,
    .most = 1,
    .run = set_population,
};
