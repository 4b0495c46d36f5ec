/* summary and moderation: what the stored results say. */
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/base/decimal.h"
#include "core/cli/cli.h"
#include "core/cli/safe.h"
#include "core/cli/store_access.h"
#include "core/cli/summary_formats.h"
#include "core/cli/verbs.h"
#include "core/insight/disclosure.h"
#include "core/insight/summarise.h"
#include "core/report/text/layout.h"
#include "core/report/summary/moderation_text.h"

/* ---- what is asked for ---- */

struct asked {
    struct ca_arena *arena;
    struct ca_summary_request request;
};

static void ask_templates(struct asked *asked, const char *list)
{
    const char **ids = CA_ARRAY(asked->arena, strlen(list) + 1, const char *);
    size_t count = 0;

    for (const char *at = list; *at != '\0'; at += *at == ',') {
        size_t length = strcspn(at, ",");
        if (length > 0)
            ids[count++] = ca_arena_strndup(asked->arena, at, length);
        at += length;
    }
    asked->request.templates = ids;
    asked->request.template_count = count;
}

/* Which audits: one way of choosing at most. */
static bool ask_which(struct asked *asked, const struct ca_args *args)
{
    static const char *const ways[] = {"template", "framework", "series"};
    size_t given = 0;

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        given += ca_args_has(args, ways[i]);
    if (given > 1) {
        ca_misused(args->verb, "give one of --template, --framework and --series");
        return false;
    }
    asked->request.framework = ca_args_get(args, "framework", NULL);
    if (ca_args_has(args, "template")) {
        const char **id = CA_ARRAY(asked->arena, 1, const char *);
        *id = ca_args_get(args, "template", "");
        asked->request.templates = id;
        asked->request.template_count = 1;
    }
    if (!ca_args_has(args, "series"))
        return true;
    ask_templates(asked, ca_args_get(args, "series", ""));
    if (asked->request.template_count < 2)
        ca_misused(args->verb, "--series joins two templates or more, as in --series old,new");
    return asked->request.template_count >= 2;
}

static bool ask_numbers(struct asked *asked, const struct ca_args *args)
{
    const char *as_of = ca_args_get(args, "as-of", NULL);
    const char *threshold = ca_args_get(args, "threshold", NULL);
    int64_t most;

    asked->request.as_of = CA_NO_DATE;
    if (as_of != NULL && !ca_date_parse(as_of, &asked->request.as_of)) {
        ca_misused(args->verb, "--as-of '%s' is no date; write it as 2024-03-31", as_of);
        return false;
    }
    if (threshold == NULL)
        return true;
    if (!ca_integer_parse(threshold, 1, 1000, &most)) {
        ca_misused(args->verb, "--threshold '%s' is no number from 1 to 1000", threshold);
        return false;
    }
    asked->request.threshold = most;
    return true;
}

static bool ask(struct asked *asked, const struct ca_args *args)
{
    struct ca_summary_request *request = &asked->request;
    const char **by = CA_ARRAY(asked->arena, args->option_count, const char *);
    const char *value;

    request->period = ca_args_get(args, "period", NULL);
    request->periods = ca_args_get(args, "periods", NULL);
    request->compare = ca_args_get(args, "compare", NULL);
    for (size_t i = 0; (value = ca_args_nth(args, "by", i)) != NULL; i++)
        by[request->by_count++] = value;
    request->by = by;
    ca_audience_parse(ca_args_get(args, "audience", "operational"), &request->audience);
    return ask_which(asked, args) && ask_numbers(asked, args);
}

/* ---- writing ---- */

static size_t page_width(const char *path)
{
    struct winsize size;

    if (path != NULL && strcmp(path, "-") != 0)
        return CA_LAYOUT_WIDTH;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
        size.ws_col < 40)
        return CA_LAYOUT_WIDTH;
    return size.ws_col < CA_LAYOUT_WIDEST ? size.ws_col : CA_LAYOUT_WIDEST;
}

static int put(const struct ca_buffer *text, const char *path)
{
    struct ca_output output;
    struct ca_error error;
    enum ca_code code = ca_output_open(&output, path, &error);

    if (code == CA_OK) {
        fwrite(text->data, 1, text->length, output.stream);
        code = ca_output_close(&output, true, &error);
    }
    if (code != CA_OK)
        ca_complain("%s", error.message);
    return code == CA_OK ? CA_EXIT_DONE : CA_EXIT_FAILED;
}

static int write_summary(const struct ca_cli *cli, const struct ca_args *args,
                         const struct ca_summary *summary, const struct ca_theme *theme)
{
    const struct ca_summary_format *format =
        ca_summary_format_find(ca_args_get(args, "format", "text"));
    const char *path = ca_args_get(args, "output", NULL);
    struct ca_format_style style = {page_width(path), cli->color_out && path == NULL, theme};
    struct ca_buffer text = {0};
    struct ca_error error;
    int status;

    if (format->write(&text, summary, &style, &error) != CA_OK) {
        ca_complain("%s", error.message);
        status = CA_EXIT_FAILED;
    } else {
        status = put(&text, path);
    }
    ca_buffer_free(&text);
    return status;
}

static int check_format(const struct ca_args *args)
{
    const char *name = ca_args_get(args, "format", "text"), *path;
    const struct ca_summary_format *format = ca_summary_format_find(name);

    path = ca_args_get(args, "output", NULL);
    if (format == NULL)
        return ca_misused(args->verb, "there is no format '%s'", name);
    if (format->binary && path == NULL && isatty(STDOUT_FILENO))
        return ca_misused(args->verb, "'%s' is not for a terminal; name a file with -o", name);
    if (!format->themed && ca_args_has(args, "theme"))
        return ca_misused(args->verb, "'%s' has no theme; --theme goes with html, xlsx and pdf",
                          name);
    return CA_EXIT_DONE;
}

static int read_theme(const struct ca_args *args, struct ca_theme *theme)
{
    const char *path = ca_args_get(args, "theme", NULL);
    struct ca_error error;

    *theme = ca_theme_plain;
    if (path == NULL || ca_theme_read(path, theme, &error) == CA_OK)
        return CA_EXIT_DONE;
    return ca_misused(args->verb, "%s", error.message);
}

/* ---- the verbs ---- */

static int summarise_asked(struct ca_cli *cli, const struct ca_args *args, struct asked *asked)
{
    struct ca_summary *summary = NULL;
    struct ca_error error;
    struct ca_theme theme;
    struct ca_store *store;
    int status = check_format(args);

    if (status != CA_EXIT_DONE || !ask(asked, args) || read_theme(args, &theme) != CA_EXIT_DONE)
        return CA_EXIT_USAGE;
    store = ca_cli_store(cli, CA_STORE_READ);
    if (store != NULL && ca_summarise(store, &asked->request, &summary, &error) == CA_OK)
        status = write_summary(cli, args, summary, &theme);
    else
        status = store == NULL ? CA_EXIT_FAILED : ca_cli_store_failed(&error);
    ca_summary_free(summary);
    ca_theme_free(&theme);
    ca_store_close(store);
    return status;
}

static int summary(struct ca_cli *cli, const struct ca_args *args)
{
    struct asked asked = {.arena = ca_arena_new()};
    int status = summarise_asked(cli, args, &asked);

    ca_arena_free(asked.arena);
    return status;
}

/* ---- moderation ---- */

/* Agreement in the audits of one template; with no period, in all of them. */
static enum ca_code moderate(struct ca_store *store, const struct asked *asked,
                             const struct ca_stored_template *versions, size_t count,
                             struct ca_buffer *out, struct ca_error *error)
{
    struct ca_summary_request request = asked->request;
    struct ca_summary *summary = NULL;
    char from[CA_DATE_SIZE], to[CA_DATE_SIZE], all[2 * CA_DATE_SIZE + 2];
    ca_date first, last;
    enum ca_code code = ca_store_span(store, versions, count, &first, &last, error);

    if (code != CA_OK || first == CA_NO_DATE)
        return code;
    snprintf(all, sizeof all, "%s..%s", ca_date_format(first, from), ca_date_format(last, to));
    request.templates = &versions->id;
    request.template_count = 1;
    request.framework = NULL;
    if (request.period == NULL)
        request.period = all;
    code = ca_summarise(store, &request, &summary, error);
    if (code != CA_OK)
        return code;
    ca_buffer_puts(out, out->length > 0 ? "\n" : "");
    ca_safe_line(out, summary->title);
    ca_buffer_putc(out, '\n');
    if (ca_is_shown(summary->rows->moderation.moderated) &&
        summary->rows->moderation.moderated.value == 0)
        ca_buffer_printf(out, "\n  None of %lld audits was moderated.\n",
                         (long long)summary->rows->audits.value);
    else
        ca_moderation_text(out, summary, summary->rows, page_width(NULL));
    ca_summary_free(summary);
    return CA_OK;
}

static enum ca_code moderate_each(struct ca_store *store, const struct asked *asked,
                                  struct ca_buffer *out, struct ca_error *error)
{
    struct ca_query query = {.template_ids = asked->request.templates,
                             .template_count = asked->request.template_count,
                             .framework = asked->request.framework,
                             .from = CA_NO_DATE,
                             .to = CA_NO_DATE};
    struct ca_stored_template *templates;
    size_t count, versions;
    enum ca_code code =
        ca_store_templates(store, &query, asked->arena, &templates, &count, error);

    if (code == CA_OK && count == 0)
        return ca_fail(error, CA_ERROR_USAGE, "the store has no such template");
    for (size_t i = 0; code == CA_OK && i < count; i += versions) {
        for (versions = 1; i + versions < count; versions++)
            if (strcmp(templates[i].id, templates[i + versions].id) != 0)
                break;
        code = moderate(store, asked, &templates[i], versions, out, error);
    }
    return code;
}

static int moderation(struct ca_cli *cli, const struct ca_args *args)
{
    struct asked asked = {.arena = ca_arena_new()};
    struct ca_store *store = NULL;
    struct ca_buffer out = {0};
    struct ca_error error;
    int status = CA_EXIT_USAGE;

    if (ask(&asked, args)) {
        store = ca_cli_store(cli, CA_STORE_READ);
        status = store != NULL ? CA_EXIT_DONE : CA_EXIT_FAILED;
    }
    if (store != NULL && moderate_each(store, &asked, &out, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    if (status == CA_EXIT_DONE && out.length == 0)
        ca_remark(cli, "The store has no audits yet.");
    else if (status == CA_EXIT_DONE)
        status = put(&out, NULL);
    ca_buffer_free(&out);
    if (store != NULL)
        ca_store_close(store);
    ca_arena_free(asked.arena);
    return status;
}

/* ---- options ---- */

static const struct ca_option_row summary_options[] = {
    {"period", 0, "PERIOD", false,
     "2023-24 Q3, 2023-24, 2023-11 or FROM..TO dates (default: latest quarter with audits)"},
    {"periods", 0, "P..P", false, "several periods in a row, as in 2023-24Q1..2023-24Q3"},
    {"compare", 0, "PERIOD|benchmark:NAME", false, "with an earlier period or a benchmark"},
    {"template", 0, "ID", false, "audits by this template, all its versions"},
    {"framework", 0, "NAME", false, "audits of this framework"},
    {"series", 0, "ID,ID", false, "templates that follow each other, with a marked break"},
    {"by", 0, "ATTRIBUTE", true, "groups besides the total; given again, they are crossed"},
    {"audience", 0, "operational|executive|public", false,
     "who reads it: public withholds small numbers, executive names no case"},
    {"threshold", 0, "N", false, "in public output, counts from 1 to N are withheld (5)"},
    {"as-of", 0, "DATE", false, "the day that decides what is overdue (last of the period)"},
    {"format", 0, CA_SUMMARY_FORMATS, false, "how it is written (text)"},
    {"theme", 0, "FILE", false, "name, logo, colours and targets of a page or spreadsheet"},
    {"output", 'o', "FILE", false, "write to FILE, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_summary = {
    .name = "summary",
    .operands = "",
    .summary = "Say how good practice is, whether it gets better, and how sure that is",
    .example = "caseaudit summary --template permanency-file --period '2023-24 Q3' \\\n"
               "      --compare '2023-24 Q1' --by team",
    .options = summary_options,
    .least = 0,
    .most = 0,
    .run = summary,
};

static const struct ca_option_row moderation_options[] = {
    {"period", 0, "PERIOD", false, "audits of this period (default: all)"},
    {"template", 0, "ID", false, "audits by this template (default: each in turn)"},
    {"framework", 0, "NAME", false, "audits of this framework"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_moderation = {
    .name = "moderation",
    .operands = "",
    .summary = "Show how auditors and moderators agree, in tables and statistics",
    .example = "caseaudit moderation --template permanency-file --period 2023-24",
    .options = moderation_options,
    .least = 0,
    .most = 0,
    .run = moderation,
};
