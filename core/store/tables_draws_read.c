/* Samples as they were drawn, read. */
#include <string.h>

#include "core/base/array.h"
#include "core/base/json_flat.h"
#include "core/store/tables_draws.h"

struct reading {
    struct ca_tables *s;
    struct ca_arena *arena;
    int64_t draw;
    struct ca_sample *sample;
    struct ca_error *error;
};

/* The texts of a JSON array, as many as that, then NULL; what is missing is "". */
static const char *const *take_texts(struct ca_arena *arena, const char *json, size_t count)
{
    const char **texts = CA_ARRAY(arena, count + 1, const char *);
    size_t found;
    const char *const *all = ca_json_flat_texts(arena, json, &found);

    for (size_t i = 0; i < count; i++)
        texts[i] = i < found ? all[i] : "";
    return texts;
}

static const char *take_text(struct ca_arena *arena, struct ca_statement *row, int column)
{
    const char *text = ca_sql_text(row, column);

    return text != NULL ? ca_arena_strdup(arena, text) : NULL;
}

/* No list has so many cases that they could not be added up; what says so is damaged. */
static int64_t take_count(struct ca_statement *row, int column)
{
    const int64_t count = ca_sql_integer(row, column);

    return count >= 0 && count <= INT32_MAX ? count : 0;
}

static void take_rule(struct ca_arena *arena, struct ca_statement *row,
                      struct ca_sample_rule *rule)
{
    *rule = (struct ca_sample_rule){.seed = ca_arena_strdup(arena, ca_sql_word(row, 7)),
                                    .id = ca_arena_strdup(arena, ca_sql_word(row, 8)),
                                    .size = take_count(row, 11),
                                    .percent = take_count(row, 12),
                                    .each_stratum = (int)ca_sql_integer(row, 13) != 0,
                                    .recent = take_count(row, 14),
                                    .reserve = take_count(row, 15)};
    rule->stratify = ca_json_flat_texts(arena, ca_sql_word(row, 9), &rule->stratify_count);
    rule->keep = ca_json_flat_texts(arena, ca_sql_word(row, 10), &rule->keep_count);
}

/* Columns of find_draw. */
static void take_draw(struct reading *reading, struct ca_statement *row)
{
    struct ca_arena *arena = reading->arena;
    struct ca_sample *sample = reading->sample;

    reading->draw = ca_sql_integer(row, 0);
    *sample = (struct ca_sample){
        .name = ca_arena_strdup(arena, ca_sql_word(row, 1)),
        .template_id = ca_arena_strdup(arena, ca_sql_word(row, 2)),
        .on = ca_sql_date(row, 3),
        .period = {take_text(arena, row, 4), ca_sql_date(row, 5), ca_sql_date(row, 6)},
        .population = take_count(row, 16),
        .file_sha256 = take_text(arena, row, 18),
        .frame_sha256 = take_text(arena, row, 19)};
    take_rule(arena, row, &sample->rule);
}

static enum ca_code read_strata(struct reading *reading)
{
    struct ca_sample *sample = reading->sample;
    struct ca_statement *row =
        ca_sql(reading->s, reading->error, ca_sql_draw_strata, "i", reading->draw);
    struct ca_sample_stratum *strata = NULL;
    size_t count = 0;
    enum ca_code code;

    while (ca_sql_row(reading->s, row, &code, reading->error))
        *CA_ARENA_APPEND(reading->arena, strata, count) =
            (struct ca_sample_stratum){.values = take_texts(reading->arena, ca_sql_word(row, 1),
                                                            sample->rule.stratify_count),
                                       .cases = take_count(row, 2),
                                       .seats = take_count(row, 3),
                                       .reserve = take_count(row, 4)};
    sample->strata = strata;
    sample->stratum_count = count;
    if (code == CA_OK && count == 0)
        return ca_tables_damaged(reading->s, reading->error, "a sample in it has no strata");
    return code;
}

static struct ca_sample_case take_case(struct reading *reading, struct ca_statement *row)
{
    const size_t stratum = (size_t)ca_sql_integer(row, 2);
    const int role = (int)ca_sql_integer(row, 1);

    return (struct ca_sample_case){
        .id = take_text(reading->arena, row, 4),
        .kept = role <= (int)CA_SAMPLE_RESERVE /* of an erased case "" */
                    ? take_texts(reading->arena, ca_sql_word(row, 5),
                                 reading->sample->rule.keep_count)
                    : NULL,
        .role = role >= 0 && role < (int)CA_SAMPLE_NOT_DRAWN ? (enum ca_sample_role)role
                                                             : CA_SAMPLE_NOT_DRAWN,
        .stratum = stratum < reading->sample->stratum_count ? stratum : 0};
}

static enum ca_code read_cases(struct reading *reading)
{
    struct ca_statement *row =
        ca_sql(reading->s, reading->error, ca_sql_draw_cases, "i", reading->draw);
    struct ca_sample_case *cases = NULL;
    size_t count = 0;
    enum ca_code code;

    while (ca_sql_row(reading->s, row, &code, reading->error))
        *CA_ARENA_APPEND(reading->arena, cases, count) = take_case(reading, row);
    reading->sample->cases = cases;
    reading->sample->case_count = count;
    return code;
}

static enum ca_code read_replacements(struct reading *reading)
{
    const int64_t most = (int64_t)reading->sample->case_count;
    struct ca_statement *row =
        ca_sql(reading->s, reading->error, ca_sql_replacements, "i", reading->draw);
    struct ca_sample_replacement *replacements = NULL;
    size_t count = 0;
    enum ca_code code;

    while (ca_sql_row(reading->s, row, &code, reading->error)) {
        const int64_t place = ca_sql_integer(row, 0), by = ca_sql_integer(row, 1);
        if (place >= 1 && place <= most && by >= 1 && by <= most)
            *CA_ARENA_APPEND(reading->arena, replacements, count) =
                (struct ca_sample_replacement){(size_t)place - 1, (size_t)by - 1,
                                               take_text(reading->arena, row, 2)};
    }
    reading->sample->replacements = replacements;
    reading->sample->replacement_count = count;
    return code;
}

enum { NAMES_SHOWN = 12 };

static enum ca_code no_such_sample(struct reading *reading, const char *name)
{
    struct ca_statement *row = ca_sql(reading->s, reading->error, ca_sql_draw_names, "");
    struct ca_buffer names = {0};
    enum ca_code code;
    size_t count = 0;

    while (ca_sql_row(reading->s, row, &code, reading->error))
        if (count++ < NAMES_SHOWN)
            ca_buffer_printf(&names, "%s'%s'", count > 1 ? ", " : "", ca_sql_word(row, 0));
    if (code == CA_OK && count == 0)
        code = ca_fail(reading->error, CA_ERROR_NOT_FOUND,
                       "there is no sample '%s' in the store: none was drawn yet", name);
    else if (code == CA_OK)
        code = ca_fail(reading->error, CA_ERROR_NOT_FOUND,
                       "there is no sample '%s' in the store; there %s %s%s", name,
                       count == 1 ? "is" : "are", names.data,
                       count > NAMES_SHOWN ? " and more, which 'sample list' shows" : "");
    ca_buffer_free(&names);
    return code;
}

static enum ca_code read_all(struct reading *reading, const char *name)
{
    struct ca_statement *row = ca_sql(reading->s, reading->error, ca_sql_find_draw, "t", name);
    enum ca_code code;

    if (!ca_sql_row(reading->s, row, &code, reading->error))
        return code != CA_OK ? code : no_such_sample(reading, name);
    take_draw(reading, row);
    ca_sql_reset(row);
    code = read_strata(reading);
    if (code == CA_OK)
        code = read_cases(reading);
    return code == CA_OK ? read_replacements(reading) : code;
}

enum ca_code ca_tables_find_sample(struct ca_store *store, const char *name,
                                   struct ca_arena *arena, struct ca_sample *out,
                                   struct ca_error *error)
{
    struct ca_sample sample;
    struct reading reading = {
        .s = ca_tables_of(store), .arena = arena, .sample = &sample, .error = error};
    enum ca_code code = read_all(&reading, name);

    if (code == CA_OK)
        *out = sample;
    return code;
}

enum ca_code ca_tables_samples(struct ca_store *store, struct ca_arena *arena,
                               const char ***names, size_t *count, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row = ca_sql(s, error, ca_sql_draw_names, "");
    const char **found = NULL;
    size_t number = 0;
    enum ca_code code;

    while (ca_sql_row(s, row, &code, error))
        *CA_ARENA_APPEND(arena, found, number) = ca_arena_strdup(arena, ca_sql_word(row, 0));
    if (code == CA_OK) {
        *names = found;
        *count = number;
    }
    return code;
}
