/* followup list: which cases are to be audited again, and when. */
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/json.h"
#include "core/cli/cli.h"
#include "core/cli/rows.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/year/followup.h"
#include "core/year/gradings.h"

enum { USUAL_WEEKS = 12, MOST_WEEKS = 1000 };

static const char *const in_words[CA_FOLLOWUP_REASONS] = {
    [CA_FOLLOWUP_WORST_GRADE] = "the worst grade",
    [CA_FOLLOWUP_IMMEDIATE] = "an immediate alert",
    [CA_FOLLOWUP_URGENT] = "an urgent alert"};

static struct ca_rows *rows_of(struct ca_arena *arena, const struct ca_followup *list,
                               ca_date as_of, const char *format)
{
    static const struct ca_rows_column columns[] = {{"case", "CASE", CA_ROWS_TEXT},
                                                    {"return", "RETURN", CA_ROWS_TEXT},
                                                    {"template", "TEMPLATE", CA_ROWS_TEXT},
                                                    {"date", "AUDITED", CA_ROWS_TEXT},
                                                    {"grade", "GRADE", CA_ROWS_TEXT},
                                                    {"reasons", NULL, CA_ROWS_WORDS},
                                                    {NULL, "WHY", CA_ROWS_TEXT},
                                                    {"due", "DUE", CA_ROWS_TEXT},
                                                    {"overdue", NULL, CA_ROWS_FLAG},
                                                    {NULL, "STATE", CA_ROWS_TEXT}};
    struct ca_rows *rows = ca_rows_new(format, columns, sizeof columns / sizeof *columns);
    char date[CA_DATE_SIZE], due[CA_DATE_SIZE];

    for (size_t i = 0; i < list->count; i++) {
        const struct ca_followup_item *item = &list->items[i];
        const char *const cells[] = {
            item->of->case_ref,
            item->of->return_id,
            item->of->template_id,
            ca_date_format(item->of->audit_date, date),
            item->of->grade_id,
            ca_rows_words(arena, item->reasons, ca_followup_reasons, CA_FOLLOWUP_REASONS, " "),
            ca_rows_words(arena, item->reasons, in_words, CA_FOLLOWUP_REASONS, ", "),
            ca_date_format(item->due, due),
            item->due < as_of ? "yes" : "no",
            item->due < as_of ? "overdue" : ""};
        ca_rows_add(rows, cells);
    }
    return rows;
}

static void write_head(struct ca_buffer *out, const struct ca_followup *list, ca_date as_of)
{
    char date[CA_DATE_SIZE];
    size_t overdue = 0;

    for (size_t i = 0; i < list->count; i++)
        overdue += list->items[i].due < as_of;
    ca_buffer_printf(out, "To be audited again: %zu %s; %zu overdue on %s.\n\n", list->count,
                     list->count == 1 ? "case" : "cases", overdue, ca_date_format(as_of, date));
}

static int write_list(const struct ca_cli *cli, const struct ca_args *args,
                      struct ca_arena *arena, const struct ca_followup *list, ca_date as_of)
{
    const char *format = ca_args_get(args, "format", "text");
    const bool json = strcmp(format, "json") == 0;
    struct ca_buffer out = {0};
    char date[CA_DATE_SIZE];
    int status;

    ca_buffer_clear(&out);
    if (json) {
        ca_json_open(&out, '{');
        ca_json_key_string(&out, "schema", "caseaudit-followup/1");
        ca_json_key_string(&out, "as_of", ca_date_format(as_of, date));
    } else if (strcmp(format, "text") == 0 && list->count > 0) {
        write_head(&out, list, as_of);
    }
    ca_rows_write(rows_of(arena, list, as_of, format), "rows", &out);
    if (json)
        ca_buffer_puts(&out, "}\n");
    if (out.length == 0)
        ca_remark(cli, "no case is to be audited again");
    status = ca_output_write(args, CA_OUTPUT_CASES, out.data, out.length);
    ca_buffer_free(&out);
    return status;
}

static int list_from(const struct ca_cli *cli, const struct ca_args *args,
                     struct ca_store *store, int32_t weeks, ca_date as_of)
{
    const struct ca_query all = {.from = CA_NO_DATE, .to = CA_NO_DATE};
    struct ca_arena *arena = ca_arena_new();
    struct ca_stored_grading *gradings;
    struct ca_followup found;
    struct ca_error error;
    size_t count;
    int status;

    if (ca_gradings_read(store, &all, arena, &gradings, &count, &error) == CA_OK) {
        ca_followup_make(arena, gradings, count, weeks, &found);
        status = write_list(cli, args, arena, &found, as_of);
    } else {
        status = ca_cli_store_failed(&error);
    }
    ca_arena_free(arena);
    return status;
}

static int list(struct ca_cli *cli, const struct ca_args *args)
{
    const char *as_of = ca_args_get(args, "as-of", NULL);
    const char *weeks = ca_args_get(args, "weeks", NULL);
    int64_t number = USUAL_WEEKS;
    ca_date day = cli->today;
    struct ca_store *store;
    int status;

    if (as_of != NULL && !ca_date_parse(as_of, &day))
        return ca_misused(args->verb, "'%s' is no date; write it as 2024-03-31", as_of);
    if (weeks != NULL && !ca_integer_parse(weeks, 0, MOST_WEEKS, &number))
        return ca_misused(args->verb,
                          "--weeks cannot be '%s'; it is a whole number from 0 to %d", weeks,
                          MOST_WEEKS);
    store = ca_cli_store(cli, CA_STORE_READ);
    if (store == NULL)
        return CA_EXIT_FAILED;
    status = list_from(cli, args, store, (int32_t)number, day);
    ca_store_close(store);
    return status;
}

static const struct ca_option_row options[] = {
    {"weeks", 0, "N", false, "so long after the audit it is due (12)"},
    {"as-of", 0, "DATE", false, "the day that decides what is overdue (default today)"},
    {"format", 'f', "text|json|csv", false, "how it is written (text)"},
    {"output", 'o', "FILE", false, "write to FILE, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_followup_list = {
    .name = "followup list",
    .operands = "",
    .summary = "List the cases to be audited again, by the day that is due",
    .example = "caseaudit followup list --weeks 12 --as-of 2024-03-31",
    .options = options,
    .least = 0,
    .most = 0,
    .run = list,
};
