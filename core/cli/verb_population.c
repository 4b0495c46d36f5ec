/* population: how many cases there were to audit. */
#include <string.h>

#include "core/base/decimal.h"
#include "core/cli/cli.h"
#include "core/cli/figures_known.h"
#include "core/cli/figures_subject.h"
#include "core/cli/store_access.h"
#include "core/cli/table.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

/* ---- population set ---- */

struct same_population {
    const struct ca_cli *cli;
    const struct ca_population *wanted;
    int64_t count; /* as it is; -1: none */
};

static bool is_within(const struct ca_stored_period *part, const struct ca_stored_period *whole)
{
    return part->from >= whole->from && part->to <= whole->to;
}

/* A month has no more cases than the quarter that it is in. */
static void warn_of_part(const struct ca_cli *cli, const struct ca_population *part,
                         const struct ca_population *whole)
{
    if (is_within(&part->period, &whole->period) && part->count > whole->count)
        ca_remark(cli,
                  "warning: the population of '%s' in %s is %lld, and in %s, which is part of "
                  "it, %lld; one of them must be wrong (--replace corrects it)",
                  whole->name, whole->period.id, (long long)whole->count, part->period.id,
                  (long long)part->count);
}

static bool look_at_population(void *context, const struct ca_population *population)
{
    struct same_population *same = context;

    if (population->of_framework != same->wanted->of_framework ||
        strcmp(population->name, same->wanted->name) != 0)
        return true;
    if (ca_same_days(&population->period, &same->wanted->period)) {
        same->count = population->count;
        return true;
    }
    warn_of_part(same->cli, same->wanted, population);
    warn_of_part(same->cli, population, same->wanted);
    return true;
}

/* What was said before stays unless it is to be replaced. */
static enum ca_code refuse_other_count(const struct ca_cli *cli, struct ca_store *store,
                                       const struct ca_population *population, bool replace,
                                       struct ca_error *error)
{
    struct same_population same = {cli, population, -1};
    enum ca_code code = ca_store_each_population(store, look_at_population, &same, error);

    if (code == CA_OK && !replace && same.count >= 0 && same.count != population->count)
        code = ca_fail(error, CA_ERROR_DATA,
                       "the population of '%s' in %s is %lld already, and %lld here; correct "
                       "it, or say --replace",
                       population->name, population->period.id, (long long)same.count,
                       (long long)population->count);
    return code;
}

static enum ca_code set_count(const struct ca_cli *cli, struct ca_store *store,
                              const struct ca_figures_subject *subject,
                              const struct ca_population *population, bool replace,
                              struct ca_error *error)
{
    int64_t audits;
    enum ca_code code =
        ca_audits_between(store, subject->templates, subject->template_count,
                          population->period.from, population->period.to, &audits, error);

    if (code == CA_OK && audits > population->count)
        code = ca_fail(error, CA_ERROR_DATA,
                       "the population of %s cannot be %lld: %lld audit%s by '%s' %s dated in "
                       "it",
                       population->period.id, (long long)population->count, (long long)audits,
                       audits == 1 ? "" : "s", population->name, audits == 1 ? "is" : "are");
    if (code == CA_OK)
        code = refuse_other_count(cli, store, population, replace, error);
    return code == CA_OK ? ca_store_set_population(store, population, error) : code;
}

static int set_population(struct ca_cli *cli, const struct ca_args *args)
{
    const char *when = ca_args_get(args, "period", NULL);
    struct ca_figures_subject subject = {.framework = ca_args_get(args, "framework", NULL),
                                         .template = ca_args_get(args, "template", NULL)};
    struct ca_population population = {.of_framework = subject.framework != NULL,
                                       .name = ca_figures_subject_name(&subject)};
    struct ca_store *store;
    struct ca_error error;
    enum ca_code code;

    if ((subject.framework == NULL) == (subject.template == NULL))
        return ca_misused(args->verb, "say either --framework or --template");
    if (when == NULL)
        return ca_misused(args->verb, "say which --period");
    if (!ca_integer_parse(args->operands[0], 0, 1000000000, &population.count))
        return ca_misused(args->verb, "'%s' is no count of cases; it is a whole number",
                          args->operands[0]);
    store = ca_cli_store(cli, CA_STORE_WRITE);
    if (store == NULL)
        return CA_EXIT_FAILED;
    subject.arena = ca_arena_new();
    code = ca_figures_subject_find(cli, store, when, &subject, &error);
    population.period = ca_figures_subject_period(&subject);
    if (code == CA_OK)
        code =
            set_count(cli, store, &subject, &population, ca_args_has(args, "replace"), &error);
    if (code == CA_OK)
        printf("%s, %s: %lld\n", population.name, subject.period.id,
               (long long)population.count);
    ca_store_close(store);
    ca_arena_free(subject.arena);
    return code == CA_OK ? CA_EXIT_DONE : ca_cli_store_failed(&error);
}

static const struct ca_option_row population_options[] = {
    {"framework", 0, "NAME", false, "cases of a kind of audit"},
    {"template", 't', "ID", false, "cases that one template is for"},
    {"period", 'p', "PERIOD", false, "2023-24, '2023-24 Q3', 2023-11 or FROM..TO"},
    {"replace", 0, NULL, false, "in place of another count that was set for the same"},
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

/* ---- list ---- */

static bool list_population(void *context, const struct ca_population *population)
{
    struct ca_table *table = context;
    char date[CA_DATE_SIZE];

    ca_table_row(table);
    ca_table_cell(table, population->of_framework ? "framework" : "template");
    ca_table_cell(table, population->name);
    ca_table_cell(table, population->period.id);
    ca_table_cell(table, ca_date_format(population->period.from, date));
    ca_table_cell(table, ca_date_format(population->period.to, date));
    ca_table_number(table, population->count);
    return true;
}

static enum ca_code fill_population(struct ca_store *store, struct ca_table *table,
                                    struct ca_error *error)
{
    return ca_store_each_population(store, list_population, table, error);
}

static int list_populations(struct ca_cli *cli, const struct ca_args *args)
{
    static const char *const headings[] = {"OF", "NAME", "PERIOD", "FROM", "TO", ">CASES"};

    (void)args;
    return ca_cli_list(
        cli, headings, sizeof headings / sizeof *headings,
        "no population is known yet; 'caseaudit population set' says how many cases there were",
        fill_population);
}

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_population_list = {
    .name = "population list",
    .operands = "",
    .summary = "List how many cases there were to audit",
    .example = "caseaudit population list",
    .options = no_options,
    .least = 0,
    .most = 0,
    .run = list_populations,
};
