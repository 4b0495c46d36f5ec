/* Settings, populations and benchmarks: every value ever set is kept, the last one counts. */
#include <string.h>

#include "core/base/buffer.h"
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

/* How many settings begin so, and whether one of them is the name. */
static enum ca_code find_kin(struct ca_tables *s, const char *prefix, const char *name,
                             size_t *count, bool *is_set, struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_settings, "");
    enum ca_code code = CA_OK;
    size_t length = strlen(prefix);

    *count = 0;
    *is_set = false;
    while (ca_sql_row(s, row, &code, error)) {
        const char *found = ca_sql_word(row, 0);
        if (strncmp(found, prefix, length) != 0)
            continue;
        ++*count;
        *is_set |= strcmp(found + length, name) == 0;
    }
    ca_sql_reset(row);
    return code;
}

static enum ca_code add_once(struct ca_tables *s, const char *prefix, size_t known,
                             const char *name, const char *value, struct ca_error *error)
{
    struct ca_buffer whole = {0};
    size_t count;
    bool is_set;
    enum ca_code code = find_kin(s, prefix, name, &count, &is_set, error);

    if (code == CA_OK && is_set)
        code = ca_fail(error, CA_ERROR_DATA, "'%s%s' was set before", prefix, name);
    else if (code == CA_OK && count != known)
        code = ca_fail(error, CA_ERROR_BUSY, "others were set meanwhile");
    if (code == CA_OK) {
        ca_buffer_printf(&whole, "%s%s", prefix, name);
        code =
            ca_sql_do(s, error, ca_sql_add_setting, "itt", s->next.change, whole.data, value);
    }
    ca_buffer_free(&whole);
    return code;
}

enum ca_code ca_tables_set_once(struct ca_store *store, const char *prefix, size_t known,
                                const char *name, const char *value, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);

    if (code != CA_OK)
        return code;
    return change_done(s, add_once(s, prefix, known, name, value, error), "set", error);
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
