/* sample: which cases are audited, drawn so that anybody can draw them again. */
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/code.h"
#include "core/base/span.h"
#include "core/base/utf8.h"
#include "core/cli/cli.h"
#include "core/cli/figures_known.h"
#include "core/cli/figures_subject.h"
#include "core/cli/number_asked.h"
#include "core/cli/sample_draw.h"
#include "core/cli/sample_formats.h"
#include "core/cli/sheet_operand.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"
#include "core/year/kept.h"

enum { MOST_MONTHS = 1200 };

/* What is asked for. */
struct asked {
    const struct ca_args *args;
    struct ca_arena *arena;
    struct ca_sample_list list;
    struct ca_figures_subject subject; /* the template, and the period */
    struct ca_sample sample;           /* as far as it is known before the draw */
};

/* ---- the options ---- */

static bool is_name(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789._-";
    size_t length = strlen(text);

    return length >= 1 && length <= 32 && strspn(text, letters) == length &&
           strchr("._-", text[0]) == NULL;
}

static bool read_rule(struct asked *asked)
{
    const struct ca_args *args = asked->args;
    struct ca_sample_rule *rule = &asked->sample.rule;

    rule->seed = ca_args_get(args, "seed", "");
    rule->each_stratum = ca_args_has(args, "each-stratum");
    if (!ca_number_asked(args, "size", 1, CA_SHEET_CELLS, &rule->size) ||
        !ca_number_asked(args, "percent", 1, 100, &rule->percent) ||
        !ca_number_asked(args, "reserve", 0, CA_SHEET_CELLS, &rule->reserve) ||
        !ca_number_asked(args, "exclude-recent", 1, MOST_MONTHS, &rule->recent))
        return false;
    if ((rule->size > 0) == (rule->percent > 0))
        (void)ca_misused(args->verb, "say either --size or --percent");
    else if (rule->seed[0] == '\0')
        (void)ca_misused(args->verb,
                         "say a --seed: any words, by which others draw the same cases");
    else if (ca_utf8_good(rule->seed, strlen(rule->seed)) != strlen(rule->seed))
        (void)ca_misused(args->verb, "--seed is no UTF-8, and others could not repeat it");
    else
        return true;
    return false;
}

/* All that an option says. */
static const char *const *read_columns(const struct asked *asked, const char *option,
                                       size_t *count)
{
    const char **columns = NULL, *heading;

    for (*count = 0; (heading = ca_args_nth(asked->args, option, *count)) != NULL;)
        *CA_ARENA_APPEND(asked->arena, columns, *count) = heading;
    return columns;
}

/* False, with a complaint, for what makes no sense. */
static bool ask(const struct ca_cli *cli, struct asked *asked)
{
    const struct ca_args *args = asked->args;
    const char *on = ca_args_get(args, "on", NULL);
    struct ca_sample *sample = &asked->sample;

    *sample = (struct ca_sample){.name = args->operands[0],
                                 .template_id = ca_args_get(args, "template", NULL),
                                 .on = cli->today,
                                 .rule = {.id = ca_args_get(args, "id", NULL)}};
    asked->list.file = ca_args_get(args, "population", NULL);
    sample->rule.stratify = read_columns(asked, "stratify", &sample->rule.stratify_count);
    sample->rule.keep = read_columns(asked, "keep", &sample->rule.keep_count);
    if (!is_name(sample->name))
        (void)ca_misused(
            args->verb,
            "'%s' is no name of a sample; it is up to 32 letters, digits and . _ -, "
            "beginning with a letter or digit",
            sample->name);
    else if (sample->template_id == NULL)
        (void)ca_misused(args->verb, "say which --template the cases are for");
    else if (asked->list.file == NULL)
        (void)ca_misused(args->verb, "say which file has the list of cases, by --population");
    else if (sample->rule.id == NULL)
        (void)ca_misused(args->verb, "say which column has the cases' ids, by --id");
    else if (on != NULL && !ca_date_parse(on, &sample->on))
        (void)ca_misused(args->verb, "--on '%s' is no date; write it as 2024-03-31", on);
    else if (sample->on > cli->today)
        (void)ca_misused(args->verb,
                         "--on %s is after today: a sample is drawn on the day it is "
                         "drawn, or was",
                         on);
    else
        return read_rule(asked) && ca_sheet_asked(args, &asked->list.sheet);
    return false;
}

/* ---- the store ---- */

struct recent {
    struct ca_arena *arena;
    struct ca_map *cases;
};

static bool see_audit(void *context, const struct ca_stored_audit *audit)
{
    struct recent *recent = context;

    if (audit->case_ref != NULL)
        (void)ca_map_put(recent->cases, ca_folded(recent->arena, audit->case_ref), 0);
    return true;
}

/* The cases that the template's audits were of in the months before the draw. */
static enum ca_code find_recent(struct ca_store *store, struct asked *asked,
                                struct ca_error *error)
{
    const struct ca_sample *sample = &asked->sample;
    struct recent recent = {asked->arena, ca_map_new(asked->arena, 64)};
    struct ca_audit_filter filter = {.query = {.template_ids = &sample->template_id,
                                               .template_count = 1,
                                               .from = CA_NO_DATE,
                                               .to = sample->on}};
    ca_date before;

    if (sample->rule.recent == 0)
        return CA_OK;
    if (ca_date_add(sample->on, (int32_t)-sample->rule.recent, CA_MONTHS, &before))
        filter.query.from = before + 1;
    asked->list.left_out = recent.cases;
    return ca_store_each_audit(store, &filter, see_audit, &recent, error);
}

/* Cases are drawn for a template that there is, perhaps for a period. */
static enum ca_code look_at_store(const struct ca_cli *cli, struct ca_store *store,
                                  struct asked *asked, struct ca_error *error)
{
    const char *when = ca_args_get(asked->args, "period", NULL);
    struct ca_figures_subject *subject = &asked->subject;
    char day[CA_DATE_SIZE];
    ca_date year_later;
    enum ca_code code;

    *subject = (struct ca_figures_subject){.arena = asked->arena,
                                           .template = asked->sample.template_id};
    code = ca_figures_subject_find(cli, store, when, subject, error);
    if (code != CA_OK)
        return code;
    if (when != NULL)
        asked->sample.period = ca_figures_subject_period(subject);
    asked->list.template =
        ca_version_in_force(subject->templates, subject->template_count, asked->sample.on);
    /* Before it begins they are drawn for it, but not by more than a year. */
    if (asked->list.template->effective_from != CA_NO_DATE &&
        ca_date_add(asked->sample.on, 1, CA_YEARS, &year_later) &&
        year_later < asked->list.template->effective_from)
        ca_remark(cli,
                  "warning: no version of '%s' is in force on %s, the day of the draw; is the "
                  "year right?",
                  subject->template, ca_date_format(asked->sample.on, day));
    return find_recent(store, asked, error);
}

/* The list is the population of the period, and so no smaller than its audits. */
static enum ca_code check_population(struct ca_store *store, const struct asked *asked,
                                     struct ca_error *error)
{
    const struct ca_stored_period *period = &asked->sample.period;
    const struct ca_figures_subject *subject = &asked->subject;
    const int64_t count = asked->sample.population;
    int64_t audits = 0;
    enum ca_code code;

    if (period->id == NULL)
        return CA_OK;
    code = ca_audits_between(store, subject->templates, subject->template_count, period->from,
                             period->to, &audits, error);
    if (code == CA_OK && audits > count)
        code = ca_fail(error, CA_ERROR_DATA,
                       "the list has %lld case%s, and cannot be the population of %s: %lld "
                       "audit%s by '%s' %s dated in it",
                       (long long)count, count == 1 ? "" : "s", period->id, (long long)audits,
                       audits == 1 ? "" : "s", subject->template, audits == 1 ? "is" : "are");
    return code;
}

/* Homes and homes are one name to a person. */
static enum ca_code check_name(struct ca_store *store, const struct asked *asked,
                               struct ca_error *error)
{
    const char *name = asked->sample.name, **names = NULL;
    size_t count = 0;
    enum ca_code code = ca_store_samples(store, asked->arena, &names, &count, error);

    for (size_t i = 0; code == CA_OK && i < count; i++)
        if (strcmp(names[i], name) != 0 && ca_same_code(names[i], name))
            code = ca_fail(error, CA_ERROR_DATA,
                           "there is a sample '%s' already, and names that differ in capitals "
                           "alone are one to a person; choose another",
                           names[i]);
    return code;
}

static int draw_with(const struct ca_cli *cli, struct ca_store *store, struct asked *asked)
{
    const bool dry = ca_args_has(asked->args, "dry-run");
    struct ca_error error;

    if (check_name(store, asked, &error) != CA_OK ||
        look_at_store(cli, store, asked, &error) != CA_OK)
        return ca_cli_store_failed(&error);
    if (!ca_sample_draw(cli, &asked->list, true, &asked->sample))
        return CA_EXIT_REFUSED;
    if (check_population(store, asked, &error) != CA_OK ||
        (!dry && ca_store_add_sample(store, &asked->sample, &error) != CA_OK))
        return ca_cli_store_failed(&error);
    ca_sample_print(&asked->sample, ca_args_get(asked->args, "format", "text"));
    return CA_EXIT_DONE;
}

static int draw(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_arena *arena = ca_arena_new();
    struct asked asked = {.args = args, .arena = arena, .list = {.arena = arena}};
    const bool good = ask(cli, &asked);
    struct ca_store *store =
        good ? ca_cli_store(cli, ca_args_has(args, "dry-run") ? CA_STORE_READ : CA_STORE_WRITE)
             : NULL;
    int status = !good ? CA_EXIT_USAGE : CA_EXIT_FAILED;

    if (store != NULL)
        status = draw_with(cli, store, &asked);
    ca_store_close(store);
    ca_arena_free(arena);
    return status;
}

static const struct ca_option_row options[] = {
    {"template", 't', "ID", false, "the template the cases are audited by"},
    {"population", 0, "FILE", false, "the list of cases, CSV or .xlsx"},
    {"id", 0, "COLUMN", false, "the column that has the cases' ids"},
    {"size", 0, "N", false, "how many cases to draw"},
    {"percent", 0, "P", false, "or how many of a hundred, rounded up"},
    {"seed", 0, "TEXT", false, "words that decide who is drawn"},
    {"stratify", 0, "COLUMN", true, "share the cases out by what this column says"},
    {"each-stratum", 0, NULL, false, "one case of every stratum first"},
    {"exclude-recent", 0, "MONTHS", false, "leave out cases audited in so many months before"},
    {"reserve", 0, "N", false, "so many more of each stratum stand by"},
    {"period", 'p', "PERIOD", false, "the list is the population of this period"},
    {"keep", 0, "COLUMN", true, "keep this column, for the cases' blank returns"},
    {"on", 0, "DATE", false, "the day of the draw (today)"},
    {"dry-run", 0, NULL, false, "only print the sample, and keep nothing of it"},
    CA_SHEET_OPTIONS,
    {"format", 'f', "text|json|csv", false, "how it is written (text)"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_sample_draw = {
    .name = "sample draw",
    .operands = "NAME",
    .summary = "Draw cases at random, so that anybody can draw them again",
    .example = "caseaudit sample draw homes-2024 --template foster-home-review "
               "--population samples/population.csv --id case --percent 16 --stratify team "
               "--seed 'foster homes 2024-25' --dry-run",
    .options = options,
    .least = 1,
    .most = 1,
    .run = draw,
};
