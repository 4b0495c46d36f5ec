/* sample list: which samples were drawn, and how far each has come. */
#include <stdio.h>
#include <string.h>

#include "core/base/json.h"
#include "core/cli/cli.h"
#include "core/cli/csv.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/year/audit_days.h"

/* A sample as it is listed. */
struct line {
    const struct ca_sample *sample;
    size_t cases, returned;
};

struct list {
    struct ca_buffer out;
    struct ca_table *table; /* NULL: of JSON or CSV */
    bool csv;
};

static void add_csv(struct ca_buffer *out, const struct line *line)
{
    const struct ca_sample *sample = line->sample;
    char date[CA_DATE_SIZE], size[24], returned[24];
    const char *const cells[] = {sample->name,
                                 sample->template_id,
                                 ca_date_format(sample->on, date),
                                 sample->period.id,
                                 size,
                                 returned};
    const size_t count = sizeof cells / sizeof *cells;

    snprintf(size, sizeof size, "%zu", line->cases);
    snprintf(returned, sizeof returned, "%zu", line->returned);
    for (size_t i = 0; i < count; i++)
        ca_csv_cell(out, cells[i], i + 1 < count ? ',' : '\n');
}

static void add_json(struct ca_buffer *out, const struct line *line)
{
    const struct ca_sample *sample = line->sample;
    char date[CA_DATE_SIZE];

    ca_json_open(out, '{');
    ca_json_key_string(out, "sample", sample->name);
    ca_json_key_string(out, "template", sample->template_id);
    ca_json_key_string(out, "on", ca_date_format(sample->on, date));
    ca_json_key_string(out, "period", sample->period.id);
    ca_json_key_integer(out, "size", (int64_t)line->cases);
    ca_json_key_integer(out, "returned", (int64_t)line->returned);
    ca_json_close(out, '}');
}

static void add_row(struct ca_table *table, const struct line *line)
{
    const struct ca_sample *sample = line->sample;
    char date[CA_DATE_SIZE];

    ca_table_row(table);
    ca_table_cell(table, sample->name);
    ca_table_cell(table, sample->template_id);
    ca_table_cell(table, ca_date_format(sample->on, date));
    ca_table_cell(table, sample->period.id);
    ca_table_number(table, (long long)line->cases);
    ca_table_number(table, (long long)line->returned);
}

static enum ca_code list_one(struct ca_store *store, struct ca_arena *arena, const char *name,
                             const struct ca_audit_days *days, struct list *list,
                             struct ca_error *error)
{
    struct ca_sample sample;
    struct line line = {.sample = &sample};
    enum ca_code code = ca_store_find_sample(store, name, arena, &sample, error);

    if (code != CA_OK)
        return code;
    ca_audit_days_returned(days, &sample, &line.cases, &line.returned);
    if (list->table != NULL)
        add_row(list->table, &line);
    else
        (list->csv ? add_csv : add_json)(&list->out, &line);
    return CA_OK;
}

static enum ca_code list_all(struct ca_store *store, ca_date today, struct list *list,
                             struct ca_error *error)
{
    struct ca_arena *arena = ca_arena_new(), *one = ca_arena_new();
    struct ca_audit_days *days = NULL;
    const char **names;
    size_t count = 0;
    enum ca_code code = ca_store_samples(store, arena, &names, &count, error);

    if (code == CA_OK && count > 0)
        code = ca_audit_days_read(store, arena, today, &days, error);
    for (size_t i = 0; i < count && code == CA_OK; i++) {
        ca_arena_reset(one);
        code = list_one(store, one, names[i], days, list, error);
    }
    ca_arena_free(one);
    ca_arena_free(arena);
    return code;
}

static void begin(struct list *list, const char *format)
{
    static const char *const headings[] = {"SAMPLE", "TEMPLATE", "DRAWN ON",
                                           "PERIOD", ">CASES",   ">RETURNED"};

    *list = (struct list){.csv = strcmp(format, "csv") == 0};
    if (strcmp(format, "text") == 0)
        list->table = ca_table_new(headings, sizeof headings / sizeof *headings);
    else if (list->csv)
        ca_buffer_puts(&list->out, "sample,template,on,period,size,returned\n");
    else
        ca_buffer_puts(&list->out, "{\"schema\":\"caseaudit-samples/1\",\"samples\":[");
}

static void end(struct list *list, bool good)
{
    if (list->table != NULL)
        ca_table_print(list->table);
    else if (!list->csv)
        ca_buffer_puts(&list->out, "]}\n");
    if (good && list->table == NULL)
        fwrite(list->out.data, 1, list->out.length, stdout);
    ca_buffer_free(&list->out);
}

static int list(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct ca_error error;
    struct list all;
    enum ca_code code;

    if (store == NULL)
        return CA_EXIT_FAILED;
    begin(&all, ca_args_get(args, "format", "text"));
    code = list_all(store, cli->today, &all, &error);
    if (code == CA_OK && all.table != NULL && !ca_table_has_rows(all.table))
        ca_remark(cli, "no sample has been drawn yet; 'caseaudit sample draw' draws one");
    end(&all, code == CA_OK);
    ca_store_close(store);
    return code == CA_OK ? CA_EXIT_DONE : ca_cli_store_failed(&error);
}

static const struct ca_option_row options[] = {
    {"format", 'f', "text|json|csv", false, "how it is written (text)"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_sample_list = {
    .name = "sample list",
    .operands = "",
    .summary = "List the samples that were drawn, and how many cases are returned",
    .example = "caseaudit sample list",
    .options = options,
    .least = 0,
    .most = 0,
    .run = list,
};
