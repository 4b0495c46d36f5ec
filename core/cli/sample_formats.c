/* A sample in the formats of the command line. */
#include "core/cli/sample_formats.h"

#include <stdio.h>
#include <string.h>

#include "core/base/json.h"
#include "core/cli/csv.h"
#include "core/cli/safe.h"
#include "core/cli/table.h"
#include "core/year/sample.h"

/* A sample, and which of its cases stand now. */
struct shown {
    struct ca_arena *arena;
    const struct ca_sample *sample;
    const struct ca_standing *cases;
    size_t count;
    int64_t size, frame, left_out;
};

static struct shown look(const struct ca_sample *sample)
{
    struct shown shown = {.arena = ca_arena_new(), .sample = sample};

    shown.cases = ca_sample_standing(shown.arena, sample, &shown.count);
    for (size_t i = 0; i < sample->stratum_count; i++) {
        shown.size += sample->strata[i].seats;
        shown.frame += sample->strata[i].cases;
    }
    shown.left_out = sample->population - shown.frame;
    return shown;
}

/* ---- JSON ---- */

static void add_key_bool(struct ca_buffer *out, const char *key, bool value)
{
    ca_json_key(out, key);
    ca_json_bool(out, value);
}

static void add_key_null(struct ca_buffer *out, const char *key)
{
    ca_json_key(out, key);
    ca_json_null(out);
}

/* What was not said is null. */
static void add_key_count(struct ca_buffer *out, const char *key, int64_t count)
{
    if (count > 0)
        ca_json_key_integer(out, key, count);
    else
        add_key_null(out, key);
}

static void add_texts(struct ca_buffer *out, const char *key, const char *const *texts,
                      size_t count)
{
    ca_json_key(out, key);
    ca_json_open(out, '[');
    for (size_t i = 0; i < count; i++)
        ca_json_string(out, texts[i]);
    ca_json_close(out, ']');
}

static void add_rule(struct ca_buffer *out, const struct ca_sample_rule *rule)
{
    ca_json_key(out, "rule");
    ca_json_open(out, '{');
    ca_json_key_string(out, "id", rule->id);
    add_texts(out, "stratify", rule->stratify, rule->stratify_count);
    add_key_count(out, "size", rule->size);
    add_key_count(out, "percent", rule->percent);
    add_key_bool(out, "each_stratum", rule->each_stratum);
    add_key_count(out, "exclude_recent", rule->recent);
    ca_json_key_integer(out, "reserve", rule->reserve);
    add_texts(out, "keep", rule->keep, rule->keep_count);
    ca_json_close(out, '}');
}

static void add_stratum(struct ca_buffer *out, const struct ca_sample *sample, size_t stratum)
{
    ca_json_key(out, "stratum");
    ca_json_open(out, '{');
    for (size_t i = 0; i < sample->rule.stratify_count; i++)
        ca_json_key_string(out, sample->rule.stratify[i], sample->strata[stratum].values[i]);
    ca_json_close(out, '}');
}

static void add_strata(struct ca_buffer *out, const struct ca_sample *sample)
{
    ca_json_key(out, "strata");
    ca_json_open(out, '[');
    for (size_t i = 0; i < sample->stratum_count; i++) {
        ca_json_open(out, '{');
        add_stratum(out, sample, i);
        ca_json_key_integer(out, "frame", sample->strata[i].cases);
        ca_json_key_integer(out, "seats", sample->strata[i].seats);
        ca_json_key_integer(out, "reserve", sample->strata[i].reserve);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

/* NULL for a case that was erased. */
static const char *key_of(const struct ca_standing *one)
{
    return one->key[0] != '\0' ? one->key : NULL;
}

static const char *replaced_by(const struct ca_standing *one)
{
    return one->replaces != NULL ? one->replaces->id : NULL;
}

static void add_cases(struct ca_buffer *out, const struct shown *shown)
{
    ca_json_key(out, "cases");
    ca_json_open(out, '[');
    for (size_t i = 0; i < shown->count; i++) {
        const struct ca_standing *one = &shown->cases[i];
        ca_json_open(out, '{');
        ca_json_key_string(out, "case", one->of->id);
        ca_json_key_string(out, "key", key_of(one));
        add_stratum(out, shown->sample, one->of->stratum);
        add_key_bool(out, "reserve", one->reserve);
        ca_json_key_string(out, "replaces", replaced_by(one));
        ca_json_key_string(out, "why", one->why);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void add_json(struct ca_buffer *out, const struct shown *shown)
{
    const struct ca_sample *sample = shown->sample;
    char date[CA_DATE_SIZE];

    ca_json_open(out, '{');
    ca_json_key_string(out, "schema", "caseaudit-sample/1");
    ca_json_key_string(out, "sample", sample->name);
    ca_json_key_string(out, "template", sample->template_id);
    ca_json_key_string(out, "on", ca_date_format(sample->on, date));
    ca_json_key_string(out, "period", sample->period.id);
    ca_json_key_string(out, "seed", sample->rule.seed);
    ca_json_key_integer(out, "size", shown->size);
    ca_json_key_string(out, "file_sha256", sample->file_sha256);
    ca_json_key_string(out, "frame_sha256", sample->frame_sha256);
    add_rule(out, &sample->rule);
    ca_json_key_integer(out, "population", sample->population);
    ca_json_key_integer(out, "excluded_recent", shown->left_out);
    ca_json_key_integer(out, "frame", shown->frame);
    add_strata(out, sample);
    add_cases(out, shown);
    ca_json_close(out, '}');
    ca_buffer_putc(out, '\n');
}

/* ---- CSV ---- */

static void add_csv(struct ca_buffer *out, const struct shown *shown)
{
    const struct ca_sample_rule *rule = &shown->sample->rule;

    ca_csv_cell(out, "case", ',');
    ca_csv_cell(out, "key", ',');
    for (size_t i = 0; i < rule->stratify_count; i++)
        ca_csv_cell(out, rule->stratify[i], ',');
    ca_csv_cell(out, "reserve", ',');
    ca_csv_cell(out, "replaces", ',');
    ca_csv_cell(out, "why", '\n');
    for (size_t i = 0; i < shown->count; i++) {
        const struct ca_standing *one = &shown->cases[i];
        ca_csv_cell(out, one->of->id, ',');
        ca_csv_cell(out, key_of(one), ',');
        for (size_t k = 0; k < rule->stratify_count; k++)
            ca_csv_cell(out, shown->sample->strata[one->of->stratum].values[k], ',');
        ca_csv_cell(out, one->reserve ? "yes" : "no", ',');
        ca_csv_cell(out, replaced_by(one), ',');
        ca_csv_cell(out, one->why, '\n');
    }
}

/* ---- text ---- */

static void add_columns(struct ca_buffer *text, const char *before, const char *const *columns,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ca_buffer_puts(text, i == 0 ? before : ", ");
        ca_safe_line(text, columns[i]);
    }
}

static void add_fingerprints(struct ca_buffer *text, const struct ca_sample *sample)
{
    if (sample->file_sha256 == NULL || sample->frame_sha256 == NULL)
        ca_buffer_puts(text, "The list's fingerprints were erased with a case\n\n");
    else
        ca_buffer_printf(text, "SHA-256 of the file:  %s\nSHA-256 of the frame: %s\n\n",
                         sample->file_sha256, sample->frame_sha256);
}

static void print_head(const struct shown *shown)
{
    const struct ca_sample *sample = shown->sample;
    const struct ca_sample_rule *rule = &sample->rule;
    struct ca_buffer text = {0};
    char date[CA_DATE_SIZE];

    ca_buffer_printf(&text, "Sample %s: %lld of %lld cases for %s, drawn on %s\n", sample->name,
                     (long long)shown->size, (long long)shown->frame, sample->template_id,
                     ca_date_format(sample->on, date));
    if (sample->period.id != NULL)
        ca_buffer_printf(&text, "The %lld cases of the list are the population of %s\n",
                         (long long)sample->population, sample->period.id);
    if (rule->recent > 0)
        ca_buffer_printf(&text, "Left out: %lld, audited in the %lld month%s before\n",
                         (long long)shown->left_out, (long long)rule->recent,
                         rule->recent == 1 ? "" : "s");
    ca_buffer_puts(&text, "Seed: ");
    ca_safe_line(&text, rule->seed);
    ca_buffer_puts(&text, "\nCases by: ");
    ca_safe_line(&text, rule->id);
    add_columns(&text, "; strata by: ", rule->stratify, rule->stratify_count);
    add_columns(&text, "; kept: ", rule->keep, rule->keep_count);
    ca_buffer_putc(&text, '\n');
    add_fingerprints(&text, sample);
    fwrite(text.data, 1, text.length, stdout);
    ca_buffer_free(&text);
}

/* Headings of a table with the strata's columns after before, and the others behind. */
static struct ca_table *new_table(const struct ca_sample_rule *rule, const char *before,
                                  const char *const *behind, size_t behind_count)
{
    struct ca_arena *arena = ca_arena_new();
    const char **headings =
        CA_ARRAY(arena, 1 + rule->stratify_count + behind_count, const char *);
    struct ca_table *table;
    size_t count = 0;

    if (before != NULL)
        headings[count++] = before;
    for (size_t i = 0; i < rule->stratify_count; i++)
        headings[count++] = rule->stratify[i];
    for (size_t i = 0; i < behind_count; i++)
        headings[count++] = behind[i];
    table = ca_table_new(headings, count);
    ca_arena_free(arena);
    return table;
}

static void add_values(struct ca_table *table, const struct ca_sample *sample, size_t stratum)
{
    for (size_t i = 0; i < sample->rule.stratify_count; i++)
        ca_table_cell(table, sample->strata[stratum].values[i]);
}

static void print_strata(const struct ca_sample *sample)
{
    static const char *const behind[] = {">CASES", ">DRAWN", ">RESERVE"};
    struct ca_table *table = new_table(&sample->rule, NULL, behind, 3);

    for (size_t i = 0; i < sample->stratum_count; i++) {
        ca_table_row(table);
        add_values(table, sample, i);
        ca_table_number(table, sample->strata[i].cases);
        ca_table_number(table, sample->strata[i].seats);
        ca_table_number(table, sample->strata[i].reserve);
    }
    ca_table_print(table);
}

/* What there is nothing of has no column. */
static void print_cases(const struct shown *shown)
{
    static const char *const behind[] = {"KEY", "RESERVE", "IN PLACE OF"};
    const struct ca_sample *sample = shown->sample;
    const size_t columns = sample->replacement_count > 0 ? 3 : sample->rule.reserve > 0 ? 2 : 1;
    struct ca_table *table = new_table(&sample->rule, "CASE", behind, columns);

    for (size_t i = 0; i < shown->count; i++) {
        const struct ca_standing *one = &shown->cases[i];
        ca_table_row(table);
        ca_table_cell(table, one->of->id != NULL ? one->of->id : "(erased)");
        add_values(table, sample, one->of->stratum);
        ca_table_cell(table, one->key);
        if (columns > 1)
            ca_table_cell(table, one->reserve ? "yes" : "");
        if (columns > 2)
            ca_table_cell(table, one->replaces == NULL       ? ""
                                 : one->replaces->id == NULL ? "(erased)"
                                                             : one->replaces->id);
    }
    ca_table_print(table);
}

static void print_reasons(const struct shown *shown)
{
    struct ca_buffer text = {0};

    for (size_t i = 0; i < shown->count; i++) {
        const struct ca_standing *one = &shown->cases[i];
        if (one->replaces == NULL)
            continue;
        ca_buffer_printf(&text, "%s%s in place of %s: ", text.length == 0 ? "\n" : "",
                         one->of->id != NULL ? one->of->id : "(erased)",
                         one->replaces->id != NULL ? one->replaces->id : "(erased)");
        ca_safe_line(&text, one->why != NULL ? one->why : "(erased)");
        ca_buffer_putc(&text, '\n');
    }
    if (text.length > 0)
        fwrite(text.data, 1, text.length, stdout);
    ca_buffer_free(&text);
}

void ca_sample_print(const struct ca_sample *sample, const char *format)
{
    struct shown shown = look(sample);
    struct ca_buffer out = {0};

    if (strcmp(format, "json") == 0) {
        add_json(&out, &shown);
    } else if (strcmp(format, "csv") == 0) {
        add_csv(&out, &shown);
    } else {
        print_head(&shown);
        print_strata(sample);
        putchar('\n');
        print_cases(&shown);
        print_reasons(&shown);
    }
    if (out.length > 0)
        fwrite(out.data, 1, out.length, stdout);
    ca_buffer_free(&out);
    ca_arena_free(shown.arena);
}
