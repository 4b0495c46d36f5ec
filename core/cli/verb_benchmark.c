/* benchmark: named periods that later ones are compared with. */
#include <string.h>

#include "core/base/blank.h"
#include "core/cli/cli.h"
#include "core/cli/figures_subject.h"
#include "core/cli/safe.h"
#include "core/cli/store_access.h"
#include "core/cli/table.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

/* ---- benchmark set ---- */

struct same_name {
    const struct ca_benchmark *wanted;
    struct ca_error *error; /* what there is instead */
    bool other;
};

static bool look_at_benchmark(void *context, const struct ca_benchmark *benchmark)
{
    struct same_name *same = context;
    const struct ca_benchmark *wanted = same->wanted;

    if (!ca_same_text(benchmark->name, wanted->name) ||
        (strcmp(benchmark->template_id, wanted->template_id) == 0 &&
         ca_same_days(&benchmark->period, &wanted->period) &&
         strcmp(benchmark->name, wanted->name) == 0))
        return true;
    ca_fail(same->error, CA_ERROR_DATA,
            "benchmark '%s' is %s of '%s' already; choose another name, or say --replace",
            benchmark->name, benchmark->period.id, benchmark->template_id);
    same->other = true;
    return false;
}

static enum ca_code refuse_other_benchmark(struct ca_store *store,
                                           const struct ca_benchmark *benchmark,
                                           struct ca_error *error)
{
    struct same_name same = {.wanted = benchmark, .error = error};
    enum ca_code code = ca_store_each_benchmark(store, look_at_benchmark, &same, error);

    return code == CA_OK && same.other ? CA_ERROR_DATA : code;
}

static int set_benchmark(struct ca_cli *cli, const struct ca_args *args)
{
    const char *when = ca_args_get(args, "period", NULL);
    struct ca_figures_subject subject = {.template = ca_args_get(args, "template", NULL)};
    struct ca_benchmark benchmark = {.name = args->operands[0],
                                     .template_id = subject.template};
    struct ca_store *store;
    struct ca_error error;
    enum ca_code code;

    if (benchmark.template_id == NULL || when == NULL)
        return ca_misused(args->verb, "say which --template and --period");
    store = ca_cli_store(cli, CA_STORE_WRITE);
    if (store == NULL)
        return CA_EXIT_FAILED;
    subject.arena = ca_arena_new();
    code = ca_figures_subject_find(cli, store, when, &subject, &error);
    benchmark.period = ca_figures_subject_period(&subject);
    if (code == CA_OK && !ca_args_has(args, "replace"))
        code = refuse_other_benchmark(store, &benchmark, &error);
    if (code == CA_OK)
        code = ca_store_set_benchmark(store, &benchmark, &error);
    if (code == CA_OK) {
        printf("benchmark '");
        ca_print_safe(stdout, benchmark.name);
        printf("' is %s, %s\n", benchmark.template_id, subject.period.id);
    }
    ca_store_close(store);
    ca_arena_free(subject.arena);
    return code == CA_OK ? CA_EXIT_DONE : ca_cli_store_failed(&error);
}

static const struct ca_option_row benchmark_options[] = {
    {"template", 't', "ID", false, "the template whose audits they are"},
    {"period", 'p', "PERIOD", false, "2023-24, '2023-24 Q3', 2023-11 or FROM..TO"},
    {"replace", 0, NULL, false, "in place of what the name was given to before"},
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

static enum ca_code fill_benchmark(struct ca_store *store, struct ca_table *table,
                                   struct ca_error *error)
{
    return ca_store_each_benchmark(store, list_benchmark, table, error);
}

static int list_benchmarks(struct ca_cli *cli, const struct ca_args *args)
{
    static const char *const headings[] = {"BENCHMARK", "TEMPLATE", "PERIOD", "FROM", "TO"};

    (void)args;
    return ca_cli_list(cli, headings, sizeof headings / sizeof *headings,
                       "no benchmark is set yet; 'caseaudit benchmark set' sets one",
                       fill_benchmark);
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
