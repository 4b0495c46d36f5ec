/* A sample in the formats of the command line. */
#include "core/cli/sample_formats.h"

#include <stdio.h>
#include <string.h>

#include "core/base/json.h"
#include "core/cli/csv.h"
#include "core/cli/safe.h"
#include "core/cli/table.h"

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

static void add_rule(struct ca_buffer *out, const struct ca_sample *sample)
{
    ca_json_key(out, "rule");
    ca_json_open(out, '{');
    ca_json_key_string(out, "id", sample->columns->id);
    ca_json_key(out, "stratify");
    ca_json_open(out, '[');
    for (size_t i = 0; i < sample->columns->stratify_count; i++)
        ca_json_string(out, sample->columns->stratify[i]);
    ca_json_close(out, ']');
    add_key_count(out, "size", sample->rule->size);
    add_key_count(out, "percent", sample->rule->percent);
    add_key_bool(out, "each_stratum", sample->rule->each_stratum);
    add_key_count(out, "exclude_recent", sample->recent);
    ca_json_key_integer(out, "reserve", sample->rule->reserve);
    ca_json_key(out, "keep");
    ca_json_open(out, '[');
    ca_json_close(out, ']');
    ca_json_close(out, '}');
}

static void add_stratum(struct ca_buffer *out, const struct ca_sample *sample,
                        const char *const *values)
{
    ca_json_key(out, "stratum");
    ca_json_open(out, '{');
    for (size_t i = 0; values[i] != NULL; i++)
        ca_json_key_string(out, sample->columns->stratify[i], values[i]);
    ca_json_close(out, '}');
}

static void add_strata(struct ca_buffer *out, const struct ca_sample *sample)
{
    ca_json_key(out, "strata");
    ca_json_open(out, '[');
    for (size_t i = 0; i < sample->frame->stratum_count; i++) {
        const struct ca_stratum *stratum = &sample->frame->strata[i];
        ca_json_open(out, '{');
        add_stratum(out, sample, stratum->values);
        ca_json_key_integer(out, "frame", stratum->cases);
        ca_json_key_integer(out, "seats", sample->draw->seats[i]);
        ca_json_key_integer(out, "reserve", sample->draw->reserves[i]);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void add_cases(struct ca_buffer *out, const struct ca_sample *sample)
{
    ca_json_key(out, "cases");
    ca_json_open(out, '[');
    for (size_t i = 0; i < sample->draw->count; i++) {
        const struct ca_drawn_case *drawn = &sample->draw->cases[i];
        ca_json_open(out, '{');
        ca_json_key_string(out, "case", drawn->of->id);
        ca_json_key_string(out, "key", drawn->key);
        add_stratum(out, sample, drawn->of->values);
        add_key_bool(out, "reserve", drawn->reserve);
        add_key_null(out, "replaces");
        add_key_null(out, "why");
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void add_json(struct ca_buffer *out, const struct ca_sample *sample)
{
    char date[CA_DATE_SIZE];

    ca_json_open(out, '{');
    ca_json_key_string(out, "schema", "caseaudit-sample/1");
    ca_json_key_string(out, "sample", sample->name);
    ca_json_key_string(out, "template", sample->template_id);
    ca_json_key_string(out, "on", ca_date_format(sample->on, date));
    add_key_null(out, "period");
    ca_json_key_string(out, "seed", sample->rule->seed);
    ca_json_key_integer(out, "size", sample->draw->size);
    ca_json_key_string(out, "file_sha256", sample->file_sha256);
    ca_json_key_string(out, "frame_sha256", sample->frame->sha256);
    add_rule(out, sample);
    ca_json_key_integer(out, "population",
                        (int64_t)(sample->frame->count + sample->frame->left_out));
    ca_json_key_integer(out, "excluded_recent", (int64_t)sample->frame->left_out);
    ca_json_key_integer(out, "frame", (int64_t)sample->frame->count);
    add_strata(out, sample);
    add_cases(out, sample);
    ca_json_close(out, '}');
    ca_buffer_putc(out, '\n');
}

/* ---- CSV ---- */

static void add_csv(struct ca_buffer *out, const struct ca_sample *sample)
{
    ca_csv_cell(out, "case", ',');
    ca_csv_cell(out, "key", ',');
    for (size_t i = 0; i < sample->columns->stratify_count; i++)
        ca_csv_cell(out, sample->columns->stratify[i], ',');
    ca_csv_cell(out, "reserve", ',');
    ca_csv_cell(out, "replaces", ',');
    ca_csv_cell(out, "why", '\n');
    for (size_t i = 0; i < sample->draw->count; i++) {
        const struct ca_drawn_case *drawn = &sample->draw->cases[i];
        ca_csv_cell(out, drawn->of->id, ',');
        ca_csv_cell(out, drawn->key, ',');
        for (const char *const *value = drawn->of->values; *value != NULL; value++)
            ca_csv_cell(out, *value, ',');
        ca_csv_cell(out, drawn->reserve ? "yes" : "no", ',');
        ca_csv_cell(out, NULL, ',');
        ca_csv_cell(out, NULL, '\n');
    }
}

/* ---- text ---- */

static void print_head(const struct ca_sample *sample)
{
    const struct ca_frame_rule *columns = sample->columns;
    struct ca_buffer text = {0};
    char date[CA_DATE_SIZE];

    ca_buffer_printf(&text, "Sample %s: %lld of %zu cases for %s, drawn on %s\n", sample->name,
                     (long long)sample->draw->size, sample->frame->count, sample->template_id,
                     ca_date_format(sample->on, date));
    if (sample->recent > 0)
        ca_buffer_printf(&text, "Left out: %zu, audited in the %lld month%s before\n",
                         sample->frame->left_out, (long long)sample->recent,
                         sample->recent == 1 ? "" : "s");
    ca_buffer_puts(&text, "Seed: ");
    ca_safe_line(&text, sample->rule->seed);
    ca_buffer_puts(&text, "\nCases by: ");
    ca_safe_line(&text, columns->id);
    for (size_t i = 0; i < columns->stratify_count; i++) {
        ca_buffer_puts(&text, i == 0 ? "; strata by: " : ", ");
        ca_safe_line(&text, columns->stratify[i]);
    }
    ca_buffer_printf(&text, "\nSHA-256 of the file:  %s\nSHA-256 of the frame: %s\n\n",
                     sample->file_sha256, sample->frame->sha256);
    fwrite(text.data, 1, text.length, stdout);
    ca_buffer_free(&text);
}

/* Headings of a table with the strata's columns after before, and the others behind. */
static struct ca_table *new_table(const struct ca_frame_rule *columns, const char *before,
                                  const char *const *behind, size_t behind_count)
{
    struct ca_arena *arena = ca_arena_new();
    const char **headings =
        CA_ARRAY(arena, 1 + columns->stratify_count + behind_count, const char *);
    struct ca_table *table;
    size_t count = 0;

    if (before != NULL)
        headings[count++] = before;
    for (size_t i = 0; i < columns->stratify_count; i++)
        headings[count++] = columns->stratify[i];
    for (size_t i = 0; i < behind_count; i++)
        headings[count++] = behind[i];
    table = ca_table_new(headings, count);
    ca_arena_free(arena);
    return table;
}

static void print_strata(const struct ca_sample *sample)
{
    static const char *const behind[] = {">CASES", ">DRAWN", ">RESERVE"};
    struct ca_table *table = new_table(sample->columns, NULL, behind, 3);

    for (size_t i = 0; i < sample->frame->stratum_count; i++) {
        const struct ca_stratum *stratum = &sample->frame->strata[i];
        ca_table_row(table);
        for (const char *const *value = stratum->values; *value != NULL; value++)
            ca_table_cell(table, *value);
        ca_table_number(table, stratum->cases);
        ca_table_number(table, sample->draw->seats[i]);
        ca_table_number(table, sample->draw->reserves[i]);
    }
    ca_table_print(table);
}

static void print_cases(const struct ca_sample *sample)
{
    static const char *const behind[] = {"KEY", "RESERVE"};
    struct ca_table *table =
        new_table(sample->columns, "CASE", behind, sample->rule->reserve > 0 ? 2 : 1);

    for (size_t i = 0; i < sample->draw->count; i++) {
        const struct ca_drawn_case *drawn = &sample->draw->cases[i];
        ca_table_row(table);
        ca_table_cell(table, drawn->of->id);
        for (const char *const *value = drawn->of->values; *value != NULL; value++)
            ca_table_cell(table, *value);
        ca_table_cell(table, drawn->key);
        if (sample->rule->reserve > 0)
            ca_table_cell(table, drawn->reserve ? "yes" : "");
    }
    ca_table_print(table);
}

void ca_sample_print(const struct ca_sample *sample, const char *format)
{
    struct ca_buffer out = {0};

    if (strcmp(format, "json") == 0) {
        add_json(&out, sample);
    } else if (strcmp(format, "csv") == 0) {
        add_csv(&out, sample);
    } else {
        print_head(sample);
        print_strata(sample);
        putchar('\n');
        print_cases(sample);
        return;
    }
    fwrite(out.data, 1, out.length, stdout);
    ca_buffer_free(&out);
}
