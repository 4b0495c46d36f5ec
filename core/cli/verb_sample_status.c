/* sample status: who has returned what, and what is late. */
#include <string.h>

#include "core/base/json.h"
#include "core/cli/cli.h"
#include "core/cli/csv.h"
#include "core/cli/gradings.h"
#include "core/cli/output.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/report/progress/progress_html.h"

/* ---- JSON ---- */

/* No date is null. */
static void add_key_date(struct ca_buffer *out, const char *key, ca_date date)
{
    char text[CA_DATE_SIZE];

    ca_json_key_string(out, key, date != CA_NO_DATE ? ca_date_format(date, text) : NULL);
}

static void add_key_bool(struct ca_buffer *out, const char *key, bool value)
{
    ca_json_key(out, key);
    ca_json_bool(out, value);
}

static void add_row(struct ca_buffer *out, const struct ca_progress_row *row)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "case", row->of->of->id);
    ca_json_key_string(out, "auditor", row->auditor);
    add_key_date(out, "due", row->due);
    ca_json_key_string(out, "return", row->return_id);
    add_key_date(out, "date", row->date);
    ca_json_key_string(out, "grade", row->grade);
    add_key_bool(out, "moderated", row->moderated);
    add_key_bool(out, "late", row->late);
    ca_json_close(out, '}');
}

static void add_json(struct ca_buffer *out, const struct ca_progress *progress)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "schema", "caseaudit-sample-status/1");
    ca_json_key_string(out, "sample", progress->sample->name);
    add_key_date(out, "as_of", progress->as_of);
    ca_json_key_integer(out, "cases", (int64_t)progress->cases);
    ca_json_key_integer(out, "allocated", (int64_t)progress->allocated);
    ca_json_key_integer(out, "returned", (int64_t)progress->returned);
    ca_json_key_integer(out, "moderated", (int64_t)progress->moderated);
    ca_json_key_integer(out, "outstanding", (int64_t)(progress->cases - progress->returned));
    ca_json_key_integer(out, "late", (int64_t)progress->late);
    ca_json_key(out, "rows");
    ca_json_open(out, '[');
    for (size_t i = 0; i < progress->cases; i++)
        add_row(out, &progress->rows[i]);
    ca_json_close(out, ']');
    ca_json_close(out, '}');
    ca_buffer_putc(out, '\n');
}

/* ---- CSV ---- */

static void add_csv(struct ca_buffer *out, const struct ca_progress *progress)
{
    char due[CA_DATE_SIZE], date[CA_DATE_SIZE];

    ca_buffer_puts(out, "case,auditor,due,return,date,grade,moderated,late\n");
    for (size_t i = 0; i < progress->cases; i++) {
        const struct ca_progress_row *row = &progress->rows[i];
        const char *const cells[] = {row->of->of->id,
                                     row->auditor,
                                     ca_date_format(row->due, due),
                                     row->return_id,
                                     ca_date_format(row->date, date),
                                     row->grade,
                                     row->moderated ? "yes" : "no",
                                     row->late ? "yes" : "no"};
        const size_t count = sizeof cells / sizeof *cells;
        for (size_t k = 0; k < count; k++)
            ca_csv_cell(out, cells[k], k + 1 < count ? ',' : '\n');
    }
}

/* ---- text ---- */

static const char *were(size_t count)
{
    return count == 1 ? "is" : "are";
}

static void add_head(struct ca_buffer *out, const struct ca_progress *progress)
{
    const struct ca_sample *sample = progress->sample;
    const size_t outstanding = progress->cases - progress->returned;
    char on[CA_DATE_SIZE], as_of[CA_DATE_SIZE];

    ca_buffer_printf(out, "Sample %s: %zu of %zu cases %s returned as of %s\n", sample->name,
                     progress->returned, progress->cases, were(progress->returned),
                     ca_date_format(progress->as_of, as_of));
    if (outstanding > 0)
        ca_buffer_printf(out, "%zu %s outstanding, %zu of them late\n", outstanding,
                         were(outstanding), progress->late);
    if (progress->returned > 0)
        ca_buffer_printf(out, "%zu of the %zu returned %s moderated\n", progress->moderated,
                         progress->returned, were(progress->moderated));
    ca_buffer_printf(out, "Template %s, drawn on %s\n\n", sample->template_id,
                     ca_date_format(sample->on, on));
}

/* What somebody has to do something about comes first. */
enum rank { LATE, OUTSTANDING, RETURNED, RANKS };

static enum rank rank_of(const struct ca_progress_row *row)
{
    return row->late ? LATE : row->return_id == NULL ? OUTSTANDING : RETURNED;
}

static void add_line(struct ca_table *table, const struct ca_progress_row *row)
{
    static const char *const words[] = {"late", "outstanding", "returned"};
    char due[CA_DATE_SIZE], date[CA_DATE_SIZE];

    ca_table_row(table);
    ca_table_cell(table, row->of->of->id != NULL ? row->of->of->id : "(erased)");
    ca_table_cell(table, row->moderated ? "moderated" : words[rank_of(row)]);
    ca_table_cell(table, row->auditor);
    ca_table_cell(table, ca_date_format(row->due, due));
    ca_table_cell(table, ca_date_format(row->date, date));
    ca_table_cell(table, row->return_id == NULL ? NULL
                         : row->grade == NULL   ? "not graded"
                                                : row->grade);
    ca_table_cell(table, row->return_id);
}

static void add_text(struct ca_buffer *out, const struct ca_progress *progress)
{
    static const char *const headings[] = {"CASE",    "IS",    "AUDITOR", "DUE",
                                           "AUDITED", "GRADE", "RETURN"};
    struct ca_table *table = ca_table_new(headings, sizeof headings / sizeof *headings);

    add_head(out, progress);
    for (enum rank rank = LATE; rank < RANKS; rank++)
        for (size_t i = 0; i < progress->cases; i++)
            if (rank_of(&progress->rows[i]) == rank)
                add_line(table, &progress->rows[i]);
    ca_table_write(table, out);
}

/* ---- the verb ---- */

struct looking {
    const struct ca_cli *cli;
    const struct ca_args *args;
    const struct ca_theme *theme;
    struct ca_store *store;
    struct ca_arena *arena;
};

/* What to moderate next, as 'moderation next' has it. */
static enum ca_code find_next(const struct looking *looking, const struct ca_progress *progress,
                              struct ca_progress_next **next, size_t *count,
                              struct ca_error *error)
{
    const struct ca_query query = ca_progress_audits(progress);
    struct ca_stored_grading *gradings;
    size_t audits;
    enum ca_code code = ca_cli_gradings(looking->cli, looking->store, &query, looking->arena,
                                        &gradings, &audits, error);

    if (code == CA_OK)
        ca_progress_queue(looking->arena, progress, gradings, audits, next, count);
    return code;
}

/* The page has the words of the newest version of the template. */
static enum ca_code add_html(const struct looking *looking, const struct ca_progress *progress,
                             struct ca_buffer *out, struct ca_error *error)
{
    const struct ca_query query = {.template_ids = &progress->sample->template_id,
                                   .template_count = 1,
                                   .from = CA_NO_DATE,
                                   .to = CA_NO_DATE};
    struct ca_stored_template *versions;
    struct ca_progress_next *next;
    size_t count, to_do;
    enum ca_code code =
        ca_store_templates(looking->store, &query, looking->arena, &versions, &count, error);

    if (code == CA_OK && count == 0)
        code = ca_fail(error, CA_ERROR_NOT_FOUND, "there is no template '%s' in the store",
                       progress->sample->template_id);
    if (code == CA_OK)
        code = find_next(looking, progress, &next, &to_do, error);
    if (code == CA_OK)
        ca_progress_html(out, progress, &versions[count - 1], next, to_do, looking->theme);
    return code;
}

static int print_progress(const struct looking *looking, const struct ca_progress *progress)
{
    const char *format = ca_args_get(looking->args, "format", "text");
    struct ca_buffer out = {0};
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (strcmp(format, "json") == 0)
        add_json(&out, progress);
    else if (strcmp(format, "csv") == 0)
        add_csv(&out, progress);
    else if (strcmp(format, "html") != 0)
        add_text(&out, progress);
    else if (add_html(looking, progress, &out, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    if (status == CA_EXIT_DONE)
        status = ca_output_write(looking->args, CA_OUTPUT_CASES, out.data, out.length);
    ca_buffer_free(&out);
    return status;
}

static int look(struct ca_cli *cli, const struct ca_args *args, ca_date as_of,
                const struct ca_theme *theme)
{
    struct looking looking = {cli, args, theme, ca_cli_store(cli, CA_STORE_READ), NULL};
    struct ca_progress progress;
    struct ca_sample sample;
    struct ca_error error;
    enum ca_code code;
    int status;

    if (looking.store == NULL)
        return CA_EXIT_FAILED;
    looking.arena = ca_arena_new();
    code =
        ca_store_find_sample(looking.store, args->operands[0], looking.arena, &sample, &error);
    if (code == CA_OK)
        code =
            ca_progress_look(looking.store, looking.arena, &sample, as_of, &progress, &error);
    status = code == CA_OK ? print_progress(&looking, &progress) : ca_cli_store_failed(&error);
    ca_store_close(looking.store);
    ca_arena_free(looking.arena);
    return status;
}

static int status(struct ca_cli *cli, const struct ca_args *args)
{
    const char *when = ca_args_get(args, "as-of", NULL);
    const char *themed = ca_args_get(args, "theme", NULL);
    struct ca_theme theme = ca_theme_plain;
    ca_date as_of = cli->today;
    struct ca_error error;
    int code;

    if (when != NULL && !ca_date_parse(when, &as_of))
        return ca_misused(args->verb, "--as-of '%s' is no date; write it as 2024-03-31", when);
    if (themed != NULL && ca_theme_read(themed, &theme, &error) != CA_OK)
        return ca_misused(args->verb, "%s", error.message);
    code = look(cli, args, as_of, &theme);
    ca_theme_free(&theme);
    return code;
}

static const struct ca_option_row options[] = {
    {"as-of", 0, "DATE", false, "the day that decides what is late (default today)"},
    {"format", 'f', "text|json|csv|html", false, "how it is written (text)"},
    {"theme", 0, "FILE", false, "whose page it is: name, logo, colours"},
    {"output", 'o', "FILE", false, "write to FILE, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_sample_status = {
    .name = "sample status",
    .operands = "NAME",
    .summary = "Say which cases of a sample are returned, and what is late",
    .example = "caseaudit sample status homes-2024 --format html -o homes-2024.html",
    .options = options,
    .least = 1,
    .most = 1,
    .run = status,
};
