/* benchmark: named periods that later ones are compared with. */
#include "core/cli/cli.h"
#include "core/cli/store_access.h"
#include "core/cli/table.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

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
        !ca_cli_knows_template(store, benchmark.template_id, NULL, &error)) {
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
