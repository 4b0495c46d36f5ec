/* Settings, populations and benchmarks: every value ever set is kept, the last one counts. */
#include "core/store/figures_fit.h"
#include "core/store/tables.h"

/* A change of one row: begin has been called, code is what became of the row. */
static enum ca_code change_done(struct ca_tables *s, enum ca_code code, const char *kind,
                                struct ca_error *error)
{
    if (code == CA_OK)
        code = ca_tables_enter_stored(s, kind, 0, error);
    return ca_tables_finish(s, code, error);
}

/* ---- settings ---- */

enum ca_code ca_tables_setting(struct ca_store *store, const char *name, struct ca_buffer *out,
                               struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row = ca_sql(s, error, ca_sql_find_setting, "t", name);
    enum ca_code code;

    if (!ca_sql_row(s, row, &code, error))
        return code != CA_OK ? code
                             : ca_fail(error, CA_ERROR_NOT_FOUND, "'%s' was never set", name);
    ca_buffer_puts(out, ca_sql_word(row, 0));
    ca_sql_reset(row);
    return CA_OK;
}

enum ca_code ca_tables_set(struct ca_store *store, const char *name, const char *value,
                           struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);

    if (code != CA_OK)
        return code;
    code = ca_sql_do(s, error, ca_sql_add_setting, "itt", s->next.change, name, value);
    return change_done(s, code, "set", error);
}

enum ca_code ca_tables_each_setting(struct ca_store *store, ca_setting_visit visit,
                                    void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row = ca_sql(s, error, ca_sql_settings, "");
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error))
        going = visit(context, ca_sql_word(row, 0), ca_sql_word(row, 1));
    ca_sql_reset(row);
    return code;
}

/* ---- populations ---- */

enum ca_code ca_tables_set_population(struct ca_store *store,
                                      const struct ca_population *population,
                                      struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);

    if (code != CA_OK)
        return code;
    code =
        !ca_population_fits(population)
            ? ca_fail(error, CA_ERROR_DATA, "such a population cannot be")
            : ca_sql_do(s, error, ca_sql_add_population, "inttddi", s->next.change,
                        (int)population->of_framework, population->name, population->period.id,
                        population->period.from, population->period.to, population->count);
    return change_done(s, code, "population", error);
}

enum ca_code ca_tables_each_population(struct ca_store *store, ca_population_visit visit,
                                       void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_population population;
    struct ca_statement *row = ca_sql(s, error, ca_sql_populations, "");
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        population = (struct ca_population){
            .of_framework = (int)ca_sql_integer(row, 0) != 0,
            .name = ca_sql_word(row, 1),
            .period = {ca_sql_word(row, 2), ca_sql_date(row, 3), ca_sql_date(row, 4)},
            .count = ca_sql_integer(row, 5)};
        if (!ca_population_fits(&population))
            code = ca_tables_damaged(s, error, "a population in it cannot be");
        going = code == CA_OK && visit(context, &population);
    }
    ca_sql_reset(row);
    return code;
}

/* ---- benchmarks ---- */

enum ca_code ca_tables_set_benchmark(struct ca_store *store,
                                     const struct ca_benchmark *benchmark,
                                     struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);

    if (code != CA_OK)
        return code;
    code = !ca_benchmark_fits(benchmark)
               ? ca_fail(error, CA_ERROR_DATA, "such a benchmark cannot be")
               : ca_sql_do(s, error, ca_sql_add_benchmark, "itttdd", s->next.change,
                           benchmark->name, benchmark->template_id, benchmark->period.id,
                           benchmark->period.from, benchmark->period.to);
    return change_done(s, code, "benchmark", error);
}

enum ca_code ca_tables_each_benchmark(struct ca_store *store, ca_benchmark_visit visit,
                                      void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_benchmark benchmark;
    struct ca_statement *row = ca_sql(s, error, ca_sql_benchmarks, "");
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        benchmark = (struct ca_benchmark){
            .name = ca_sql_word(row, 0),
            .template_id = ca_sql_word(row, 1),
            .period = {ca_sql_word(row, 2), ca_sql_date(row, 3), ca_sql_date(row, 4)}};
        if (!ca_benchmark_fits(&benchmark))
            code = ca_tables_damaged(s, error, "a benchmark in it cannot be");
        going = code == CA_OK && visit(context, &benchmark);
    }
    ca_sql_reset(row);
    return code;
}
