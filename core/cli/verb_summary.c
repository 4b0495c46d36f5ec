/* summary: what the stored results say. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/cli/asked.h"
#include "core/cli/elsewhere_sum.h"
#include "core/cli/partials.h"
#include "core/cli/store_access.h"
#include "core/cli/summary_formats.h"
#include "core/cli/verbs.h"

static int write_summary(const struct ca_cli *cli, const struct ca_args *args,
                         const struct ca_summary *summary, const struct ca_theme *theme)
{
    const struct ca_summary_format *format =
        ca_summary_format_find(ca_args_get(args, "format", "text"));
    const char *path = ca_args_get(args, "output", NULL);
    struct ca_format_style style = {ca_page_width(path), cli->color_out && path == NULL, theme,
                                    ca_args_has(args, "brief")};
    struct ca_buffer text = {0};
    struct ca_error error;
    int status;

    if (strcmp(format->name, "csv") == 0 && path != NULL)
        ca_buffer_puts(&text, "\xEF\xBB\xBF"); /* what spreadsheets know UTF-8 by */
    if (format->write(&text, summary, &style, &error) != CA_OK) {
        ca_complain("%s", error.message);
        status = CA_EXIT_FAILED;
    } else {
        status = ca_output_write(
            args, summary->audience == CA_OPERATIONAL ? CA_OUTPUT_CASES : CA_OUTPUT_PLAIN,
            text.data, text.length);
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
    if (!format->briefly && ca_args_has(args, "brief"))
        return ca_misused(
            args->verb, "'%s' has no brief alone; --brief goes with text, html and pdf", name);
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

/* Of 2010-11 it is said that the year is meant. */
static void say_years(const struct ca_cli *cli, const struct ca_asked *asked)
{
    const char *const given[] = {asked->request.period, asked->request.compare};
    struct ca_period period;

    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i] != NULL &&
            ca_period_parse(given[i], CA_YEAR_START_APRIL, &period, NULL) == CA_OK)
            ca_cli_say_year(cli, &period);
}

/* A page of noughts is told to be one, and when there are audits. */
static int write_asked(const struct ca_cli *cli, const struct ca_args *args,
                       const struct ca_asked *asked, struct ca_store *store,
                       const struct ca_summary *summary, const struct ca_theme *theme)
{
    const struct ca_summary_row *latest = NULL;
    bool none = true;

    for (size_t i = 0; i < summary->row_count; i++) {
        latest = summary->rows[i].total ? &summary->rows[i] : latest;
        none &= ca_is_shown(summary->rows[i].audits) && summary->rows[i].audits.value == 0;
    }
    if (none && latest != NULL)
        ca_cli_say_when(cli, store, asked->request.templates, asked->request.template_count,
                        asked->request.framework, latest->period.id);
    return write_summary(cli, args, summary, theme);
}

/* ---- the register of publications ---- */

/* Whether it can be published under that name. */
static int check_publish(const struct ca_args *args, const struct ca_asked *asked)
{
    const char *name = ca_args_get(args, "publish", NULL);

    if (name == NULL)
        return CA_EXIT_DONE;
    if (asked->request.audience != CA_PUBLIC)
        return ca_misused(args->verb, "--publish is for --audience public");
    for (const char *c = name; *c != '\0'; c++)
        if ((unsigned char)*c < ' ')
            return ca_misused(args->verb, "a publication's name is one line");
    return *name != '\0' ? CA_EXIT_DONE
                         : ca_misused(args->verb, "--publish needs a name, as in "
                                                  "--publish 'Annual report 2023-24'");
}

/* What became of the entry: another publisher may have been first. */
static int entered(const struct ca_args *args, enum ca_code code, const char *name,
                   const struct ca_error *error)
{
    if (code == CA_ERROR_DATA)
        return ca_misused(args->verb,
                          "'%s' was published already; what is published cannot be taken "
                          "back, so give this a name of its own",
                          name);
    if (code == CA_ERROR_BUSY) {
        fputs("caseaudit: something else was published meanwhile, and may tell what this "
              "withholds: nothing was entered; publish it again\n",
              stderr);
        return CA_EXIT_FAILED;
    }
    return code == CA_OK ? CA_EXIT_DONE : ca_cli_store_failed(error);
}

/* Enters it first: what is published is always in the register. */
static int enter(struct ca_cli *cli, const struct ca_args *args, struct ca_store *store,
                 const struct ca_summary *summary)
{
    const char *name = ca_args_get(args, "publish", NULL);
    struct ca_error error;

    if (summary->clash != NULL)
        ca_remark(cli, "warning: %s", summary->clash);
    if (name == NULL)
        return CA_EXIT_DONE;
    if (summary->publication == NULL)
        return ca_misused(args->verb,
                          "everything in it is withheld, so there is nothing to publish");
    return entered(args,
                   ca_store_set_once(store, CA_PUBLICATION_SETTING, summary->published, name,
                                     summary->publication, &error),
                   name, &error);
}

static int publish_and_write(struct ca_cli *cli, const struct ca_args *args,
                             const struct ca_asked *asked, struct ca_store *store,
                             const struct ca_summary *summary, const struct ca_theme *theme)
{
    int status = enter(cli, args, store, summary);

    return status == CA_EXIT_DONE ? write_asked(cli, args, asked, store, summary, theme)
                                  : status;
}

/* ---- partials ---- */

static int merge(const struct ca_cli *cli, const struct ca_args *args,
                 const struct ca_asked *asked, const struct ca_theme *theme)
{
    struct ca_summary *summary = NULL;
    struct ca_partial all;
    struct ca_error error;
    int status;

    if (ca_args_has(args, "partial"))
        return ca_partials_write(args);
    if (!ca_partials_read(args, asked->arena, &all, &status))
        return status;
    status = ca_partial_summarise(&all, &asked->request, &summary, &error) == CA_OK
                 ? write_summary(cli, args, summary, theme)
                 : ca_cli_store_failed(&error);
    ca_summary_free(summary);
    return status;
}

static int summarise_asked(struct ca_cli *cli, const struct ca_args *args,
                           struct ca_asked *asked)
{
    struct ca_summary *summary = NULL;
    struct ca_error error;
    struct ca_theme theme;
    struct ca_passing *passing = NULL;
    struct ca_store *store;
    int status = check_format(args);

    if (status != CA_EXIT_DONE || !ca_partials_fit(args) || !ca_ask(asked, args) ||
        read_theme(args, &theme) != CA_EXIT_DONE)
        return CA_EXIT_USAGE;
    if (check_publish(args, asked) != CA_EXIT_DONE)
        return CA_EXIT_USAGE;
    asked->request.publish = ca_args_has(args, "publish");
    asked->request.targets = theme.targets;
    asked->request.target_count = theme.target_count;
    if (ca_args_has(args, "merge")) {
        status = merge(cli, args, asked, &theme);
        ca_theme_free(&theme);
        return status;
    }
    if (ca_args_has(args, "from")) {
        passing = ca_passing_open(cli, args, asked, &status);
        if (passing == NULL) {
            ca_theme_free(&theme);
            return status;
        }
        store = ca_passing_store(passing);
    } else {
        store = ca_cli_store(cli, asked->request.publish ? CA_STORE_WRITE : CA_STORE_SUM_UP);
    }
    if (store != NULL)
        say_years(cli, asked);
    if (store != NULL && ca_args_has(args, "partial"))
        status = ca_partial_write(args, store, &asked->request);
    else if (store != NULL && ca_summarise(store, &asked->request, &summary, &error) == CA_OK)
        status = publish_and_write(cli, args, asked, store, summary, &theme);
    else
        status = store == NULL ? CA_EXIT_FAILED : ca_cli_store_failed(&error);
    ca_summary_free(summary);
    ca_theme_free(&theme);
    if (passing != NULL)
        ca_passing_close(passing);
    else
        ca_store_close(store);
    return status;
}

static int summary(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_asked asked = {.arena = ca_arena_new()};
    int status = summarise_asked(cli, args, &asked);

    ca_arena_free(asked.arena);
    return status;
}

static const struct ca_option_row summary_options[] = {
    {"period", 0, "PERIOD", false,
     "2023-24 Q3, 2023-24, 2023-11 or FROM..TO dates (default: latest quarter with audits)"},
    {"periods", 0, "P..P", false, "several periods in a row, as in 2023-24Q1..2023-24Q3"},
    {"compare", 0, "PERIOD|benchmark:NAME", false, "with an earlier period or a benchmark"},
    {"template", 0, "ID", false, "audits by this template, all its versions"},
    {"framework", 0, "NAME", false, "audits of this framework"},
    {"series", 0, "ID,ID", false, "templates that follow each other, with a marked break"},
    {"by", 0, "ATTRIBUTE", true,
     "groups besides the total; given again, they are crossed; for the public, closed lists "
     "only; authority: whose audits they are"},
    {"authority", 0, "NAME", false, "of several authorities' audits, those of this one"},
    {"audience", 0, "operational|executive|public", false,
     "who reads it: public withholds small numbers, executive names no case"},
    {"threshold", 0, "N", false, "in public output, counts from 1 to N are withheld (5)"},
    {"publish", 0, "NAME", false,
     "enter public output in the register of publications, which later output is held to"},
    {"partial", 0, NULL, false,
     "write what the summary is made from to a file, to be merged with others; it tells of "
     "cases"},
    {"merge", 0, NULL, false,
     "make the summary of partials, which give the bytes of one run over all of them"},
    {"from", 0, "FILE", true,
     "of results that were scored elsewhere, for the record and as ndjson, without a store; "
     "the template is a file"},
    {"as-of", 0, "DATE", false, "the day that decides what is overdue (last of the period)"},
    {"format", 0, CA_SUMMARY_FORMATS, false, "how it is written (text)"},
    {"theme", 0, "FILE", false, "whose summary it is: name, logo, colours, contact, targets"},
    {"brief", 0, NULL, false, "only what suffices: the first screen, or the first sheet"},
    {"output", 'o', "FILE", false, "write to FILE, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_summary = {
    .name = "summary",
    .operands = "[PARTIAL...]",
    .summary = "Say how good practice is, whether it gets better, and how sure that is",
    .example = "caseaudit summary --template permanency-file --period '2023-24 Q3' \\\n"
               "      --compare '2023-24 Q1' --by team",
    .options = summary_options,
    .least = 0,
    .most = (size_t)-1,
    .run = summary,
};
