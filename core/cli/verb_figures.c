/* population set, benchmark set, benchmark list: what summaries are held against. */
#include <string.h>

#include "core/base/decimal.h"
#include "core/cli/cli.h"
#include "core/cli/store_access.h"
#include "core/cli/table.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

/* A template or framework that nobody knows is a slip of the pen. */
static bool known(struct ca_store *store, const char *template, const char *framework,
                  struct ca_error *error)
{
    const struct ca_query query = {.template_ids = &template,
                                   .template_count = template != NULL,
                                   .framework = framework,
                                   .from = CA_NO_DATE,
                                   .to = CA_NO_DATE};
    struct ca_arena *arena = ca_arena_new();
    struct ca_stored_template *templates;
    size_t count = 0;
    enum ca_code code = ca_store_templates(store, &query, arena, &templates, &count, error);

    if (code == CA_OK && count == 0)
        ca_fail(error, CA_ERROR_NOT_FOUND, "no template %s'%s' is in the store",
                template != NULL ? "" : "of framework ",
                template != NULL ? template : framework);
    ca_arena_free(arena);
    return code == CA_OK && count > 0;
}

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
        !known(store, template, framework, &error)) {
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

/* ---- benchmark set ---- */

static int set_benchmark(struct ca_cli *cli, const struct ca_args *args)
{
    const char *when = ca_args_get(args, "period", NULL);
    struct ca_benchmark benchmark = {.name = args->operands[0],
                                     .template_id = ca_args_get(args, "template", NULL)};
    struct ca_store *store;
    struct ca_period period;
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (benchmark.template_id == NULL || when == NULL)
        return ca_misused(args->verb, "say which --template and --period");
    store = ca_cli_store(cli, CA_STORE_WRITE);
    if (store == NULL)
        return CA_EXIT_FAILED;
    if (!ca_cli_period(store, when, &period, &error) ||
        !known(store, benchmark.template_id, NULL, &error)) {
        status = ca_cli_store_failed(&error);
    } else {
        benchmark.period = (struct ca_stored_period){period.id, period.from, period.to};
        if (ca_store_set_benchmark(store, &benchmark, &error) != CA_OK)
            status = ca_cli_store_failed(&error);
        else
            printf("benchmark '%s' is %s, %s\n", benchmark.name, benchmark.template_id,
                   period.id);
    }
    ca_store_close(store);
    return status;
}

static const struct ca_option_row benchmark_options[] = {
    {"template", 't', "ID", false, "the template whose audits they are"},
    {"period", 'p', "PERIOD", false, "2023-24, '2023-24 Q3', 2023-11 or FROM..TO"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_benchmark_set = {
    .name = "benchmark set",
    .operands = "NAME",
    .summary = "Name a period that later ones are compared with",
    .example = "caseaudit benchmark set first-year --template foster-home-review "
               "--period 2023-24",
    .options = benchmark_options,
    .least = 1,
    .most = 1,
    .run = set_benchmark,
};

/* ---- benchmark list ---- */

static bool list_benchmark(void *context, const struct ca_benchmark *benchmark)
{
    struct ca_table *table = context;
    char date[CA_DATE_SIZE];

    ca_table_row(table);
    ca_table_cell(table, benchmark->name);
    ca_table_cell(table, benchmark->template_id);
    ca_table_cell(table, benchmark->period.id);
    ca_table_cell(table, ca_date_format(benchmark->period.from, date));
    ca_table_cell(table, ca_date_format(benchmark->period.to, date));
    return true;
}

static int list_benchmarks(struct ca_cli *cli, const struct ca_args *args)
{
    static const char *const headings[] = {"BENCHMARK", "TEMPLATE", "PERIOD", "FROM", "TO"};
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct ca_table *table;
    struct ca_error error;
    int status = CA_EXIT_DONE;

    (void)args;
    if (store == NULL)
        return CA_EXIT_FAILED;
    table = ca_table_new(headings, sizeof headings / sizeof *headings);
    if (ca_store_each_benchmark(store, list_benchmark, table, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    ca_table_print(table);
    ca_store_close(store);
    return status;
}

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_benchmark_list = {
    .name = "benchmark list",
    .operands = "",
    .summary = "List the benchmarks",
    .example = "caseaudit benchmark list",
    .options = no_options,
    .least = 0,
    .most = 0,
    .run = list_benchmarks,
};
