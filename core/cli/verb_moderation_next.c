/* moderation next: which audits are to be moderated, and why. */
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/cli/cli.h"
#include "core/cli/gradings.h"
#include "core/cli/rows.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/year/queue.h"

enum { USUAL_PERCENT = 20 };

struct asked {
    const struct ca_args *args;
    struct ca_arena *arena;
    const char *template_id, *seed;
    int64_t percent;
    struct ca_query query;
    struct ca_period period;
};

/* ---- which audits ---- */

/* The latest quarter with audits, without --period. False, with an error or without one where
 * there are no audits. */
static bool latest_quarter(struct ca_store *store, struct asked *asked, struct ca_error *error)
{
    int year_start = CA_YEAR_START_APRIL;
    struct ca_stored_template *templates;
    ca_date first, last;
    size_t count;

    error->code =
        ca_store_templates(store, &asked->query, asked->arena, &templates, &count, error);
    if (error->code == CA_OK)
        error->code = ca_store_span(store, templates, count, &first, &last, error);
    if (error->code == CA_OK)
        error->code = ca_cli_year_start(store, &year_start, error);
    if (error->code != CA_OK || last == CA_NO_DATE)
        return false;
    asked->period = ca_period_quarter_of(last, year_start);
    return true;
}

static bool find_period(struct ca_store *store, struct asked *asked, struct ca_error *error)
{
    const char *text = ca_args_get(asked->args, "period", NULL);

    error->code = CA_OK;
    if (asked->template_id != NULL && ca_store_find_template(store, asked->template_id, NULL,
                                                             NULL, NULL, NULL, error) != CA_OK)
        return false;
    if (text != NULL ? !ca_cli_period(store, text, &asked->period, error)
                     : !latest_quarter(store, asked, error))
        return false;
    asked->query.from = asked->period.from;
    asked->query.to = asked->period.to;
    if (asked->seed == NULL)
        asked->seed = asked->period.id;
    return true;
}

/* ---- the list ---- */

static struct ca_rows *rows_of(const struct asked *asked, const struct ca_queue *queue,
                               const char *format)
{
    static const struct ca_rows_column columns[] = {
        {"return", "RETURN", CA_ROWS_TEXT}, {"case", "CASE", CA_ROWS_TEXT},
        {"date", "AUDITED", CA_ROWS_TEXT},  {"auditor", "AUDITOR", CA_ROWS_TEXT},
        {"grade", "GRADE", CA_ROWS_TEXT},   {"reasons", NULL, CA_ROWS_WORDS},
        {NULL, "WHY", CA_ROWS_TEXT}};
    struct ca_rows *rows = ca_rows_new(format, columns, sizeof columns / sizeof *columns);
    char date[CA_DATE_SIZE];

    for (size_t i = 0; i < queue->count; i++) {
        const struct ca_stored_grading *of = queue->items[i].of;
        const unsigned reasons = queue->items[i].reasons;
        const char *const cells[] = {
            of->return_id,
            of->case_ref,
            ca_date_format(of->audit_date, date),
            of->auditor,
            of->grade_id,
            ca_rows_words(asked->arena, reasons, ca_queue_reasons, CA_QUEUE_REASONS, " "),
            ca_rows_words(asked->arena, reasons, ca_queue_words, CA_QUEUE_REASONS, ", ")};
        ca_rows_add(rows, cells);
    }
    return rows;
}

static void write_text(struct ca_buffer *out, const struct asked *asked,
                       const struct ca_queue *queue, size_t audits)
{
    ca_buffer_printf(out, "To moderate next, %s: %zu of %zu audits", asked->period.id,
                     queue->count, audits);
    if (queue->moderated > 0)
        ca_buffer_printf(out, "; %zu %s moderated already", queue->moderated,
                         queue->moderated == 1 ? "is" : "are");
    ca_buffer_printf(out,
                     ".\nDrawn by chance: %zu of %zu without another reason (%lld%%), seed ",
                     queue->drawn, queue->others, (long long)asked->percent);
    ca_safe_line(out, asked->seed);
    ca_buffer_puts(out, queue->count > 0 ? "\n\n" : "\n");
    ca_rows_write(rows_of(asked, queue, "text"), "rows", out);
}

static void write_list(struct ca_buffer *out, const struct asked *asked,
                       const struct ca_queue *queue, size_t audits)
{
    const char *format = ca_args_get(asked->args, "format", "text");

    if (strcmp(format, "text") == 0) {
        write_text(out, asked, queue, audits);
        return;
    }
    if (strcmp(format, "csv") == 0) {
        ca_rows_write(rows_of(asked, queue, format), "rows", out);
        return;
    }
    ca_json_open(out, '{');
    ca_json_key_string(out, "schema", "caseaudit-moderation-queue/1");
    ca_rows_write(rows_of(asked, queue, format), "rows", out);
    ca_json_close(out, '}');
    ca_buffer_putc(out, '\n');
}

static int list(struct ca_cli *cli, struct asked *asked, struct ca_store *store)
{
    struct ca_stored_grading *gradings = NULL;
    struct ca_buffer out = {0};
    struct ca_queue queue;
    struct ca_error error;
    size_t count = 0;
    int status;

    if (find_period(store, asked, &error)) {
        if (ca_cli_gradings(cli, store, &asked->query, asked->arena, &gradings, &count,
                            &error) != CA_OK)
            return ca_cli_store_failed(&error);
    } else if (error.code != CA_OK) {
        return ca_cli_store_failed(&error);
    }
    if (count == 0)
        ca_cli_say_when(cli, store, &asked->template_id, asked->template_id != NULL, NULL,
                        asked->period.id);
    ca_queue_make(asked->arena, gradings, count, asked->seed != NULL ? asked->seed : "",
                  asked->percent, &queue);
    ca_buffer_clear(&out);
    if (count > 0 || strcmp(ca_args_get(asked->args, "format", "text"), "text") != 0)
        write_list(&out, asked, &queue, count);
    status = ca_output_write(asked->args, CA_OUTPUT_CASES, out.data, out.length);
    ca_buffer_free(&out);
    return status;
}

static bool ask(struct asked *asked)
{
    const struct ca_args *args = asked->args;
    const char *percent = ca_args_get(args, "percent", NULL);

    asked->percent = USUAL_PERCENT;
    asked->template_id = ca_args_get(args, "template", NULL);
    asked->seed = ca_args_get(args, "seed", NULL);
    asked->query = (struct ca_query){.template_ids = &asked->template_id,
                                     .template_count = asked->template_id != NULL,
                                     .from = CA_NO_DATE,
                                     .to = CA_NO_DATE};
    if (percent != NULL && !ca_integer_parse(percent, 0, 100, &asked->percent))
        (void)ca_misused(args->verb,
                         "--percent cannot be '%s'; it is a whole number from 0 to 100",
                         percent);
    else if (asked->seed != NULL &&
             ca_utf8_good(asked->seed, strlen(asked->seed)) != strlen(asked->seed))
        (void)ca_misused(args->verb, "--seed is no UTF-8, and others could not repeat it");
    else
        return true;
    return false;
}

static int next(struct ca_cli *cli, const struct ca_args *args)
{
    struct asked asked = {.args = args, .arena = ca_arena_new()};
    struct ca_store *store;
    int status = CA_EXIT_USAGE;

    if (ask(&asked)) {
        store = ca_cli_store(cli, CA_STORE_READ);
        status = store != NULL ? list(cli, &asked, store) : CA_EXIT_FAILED;
        if (store != NULL)
            ca_store_close(store);
    }
    ca_arena_free(asked.arena);
    return status;
}

static const struct ca_option_row options[] = {
    {"template", 't', "ID", false, "audits by this template (default: by any)"},
    {"period", 'p', "PERIOD", false, "audits of this period (default: the latest quarter)"},
    {"percent", 0, "P", false, "how many of a hundred others are drawn by chance (20)"},
    {"seed", 0, "TEXT", false, "words that decide who is drawn (default: the period)"},
    {"format", 'f', "text|json|csv", false, "how it is written (text)"},
    {"output", 'o', "FILE", false, "write to FILE, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_moderation_next = {
    .name = "moderation next",
    .operands = "",
    .summary = "List the audits to moderate next, and why",
    .example = "caseaudit moderation next --template permanency-file --period '2023-24 Q3'",
    .options = options,
    .least = 0,
    .most = 0,
    .run = next,
};
