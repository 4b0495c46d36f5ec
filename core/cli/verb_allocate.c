/* allocate: who audits which case of a sample, as fairly as the rules allow. */
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/span.h"
#include "core/base/suggest.h"
#include "core/base/utf8.h"
#include "core/cli/allocation_folder.h"
#include "core/cli/allocation_formats.h"
#include "core/cli/cli.h"
#include "core/cli/lacking.h"
#include "core/cli/number_asked.h"
#include "core/cli/sheet_operand.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/store/allocated.h"
#include "core/store/query.h"
#include "core/work/sheet_apart.h"
#include "core/year/progress.h"

enum { MOST_MONTHS = 1200 };

/* What is asked for, and what is found out about it. */
struct asked {
    const struct ca_args *args;
    struct ca_arena *arena;
    const char *file, *team, *seed;
    int64_t months;
    ca_date due;
    struct ca_sheet_options sheet;

    struct ca_sample sample;
    struct ca_progress progress;
    char file_sha256[CA_SHA256_TEXT];
    struct ca_auditors auditors;
    struct ca_allocation allocation;
    const struct ca_sample_case **drawn; /* of the sample, by the allocation's cases */
    const char **before;                 /* whose they were until now, or NULL */
};

/* ---- the options ---- */

/* False, with a complaint, for what makes no sense. */
static bool ask(struct asked *asked)
{
    const struct ca_args *args = asked->args;
    const char *due = ca_args_get(args, "due", NULL);

    asked->file = ca_args_get(args, "auditors", NULL);
    asked->team = ca_args_get(args, "team", NULL);
    asked->seed = ca_args_get(args, "seed", NULL);
    asked->due = CA_NO_DATE;
    asked->months = 12;
    if (asked->file == NULL)
        (void)ca_misused(args->verb, "say which file has the auditors, by --auditors");
    else if (due != NULL && !ca_date_parse(due, &asked->due))
        (void)ca_misused(args->verb, "--due '%s' is no date; write it as 2024-03-31", due);
    else if (ca_args_has(args, "forms") && !ca_args_has(args, "output"))
        (void)ca_misused(args->verb, "--forms are written into a folder; say which by -o");
    else if (asked->seed != NULL &&
             ca_utf8_good(asked->seed, strlen(asked->seed)) != strlen(asked->seed))
        (void)ca_misused(args->verb, "--seed is no UTF-8, and others could not repeat it");
    else
        return ca_number_asked(args, "months-apart", 0, MOST_MONTHS, &asked->months) &&
               ca_sheet_asked(args, &asked->sheet);
    return false;
}

/* ---- the cases ---- */

static size_t find_heading(const char *const *headings, size_t count, const char *wanted)
{
    for (size_t i = 0; i < count; i++)
        if (ca_same_text(headings[i], wanted))
            return i;
    return CA_NOT_FOUND;
}

/* Where the teams of cases are found. */
struct teams {
    size_t stratify, keep; /* columns; both CA_NOT_FOUND: there are no teams */
};

static bool find_teams(const struct asked *asked, struct teams *out)
{
    const struct ca_sample_rule *rule = &asked->sample.rule;
    const char **all =
        CA_ARRAY(asked->arena, rule->stratify_count + rule->keep_count, const char *);

    *out = (struct teams){CA_NOT_FOUND, CA_NOT_FOUND};
    if (asked->team == NULL)
        return true;
    out->stratify = find_heading(rule->stratify, rule->stratify_count, asked->team);
    if (out->stratify == CA_NOT_FOUND)
        out->keep = find_heading(rule->keep, rule->keep_count, asked->team);
    if (out->stratify != CA_NOT_FOUND || out->keep != CA_NOT_FOUND)
        return true;
    for (size_t i = 0; i < rule->stratify_count; i++)
        all[i] = rule->stratify[i];
    for (size_t i = 0; i < rule->keep_count; i++)
        all[rule->stratify_count + i] = rule->keep[i];
    ca_complain("sample '%s' has no column '%s'%s; what a draw is to know of its cases is "
                "named by its --stratify or --keep",
                asked->sample.name, asked->team,
                ca_did_you_mean(asked->arena, asked->team, all,
                                rule->stratify_count + rule->keep_count));
    return false;
}

static const char *team_of(const struct asked *asked, const struct teams *teams,
                           const struct ca_sample_case *drawn)
{
    if (teams->stratify != CA_NOT_FOUND)
        return asked->sample.strata[drawn->stratum].values[teams->stratify];
    return teams->keep != CA_NOT_FOUND ? drawn->kept[teams->keep] : "";
}

/* The cases that stand; what was erased is nobody's to audit. */
static bool take_cases(struct asked *asked)
{
    const struct ca_progress *progress = &asked->progress;
    struct ca_allocation *allocation = &asked->allocation;
    struct teams teams;

    if (!find_teams(asked, &teams))
        return false;
    allocation->cases = CA_ARRAY(asked->arena, progress->cases, struct ca_allocation_case);
    asked->drawn = CA_ARRAY(asked->arena, progress->cases, const struct ca_sample_case *);
    asked->before = CA_ARRAY(asked->arena, progress->cases, const char *);
    for (size_t i = 0; i < progress->cases; i++) {
        const struct ca_progress_row *row = &progress->rows[i];
        const struct ca_sample_case *drawn = row->of->of;
        if (drawn->id == NULL)
            continue;
        asked->drawn[allocation->case_count] = drawn;
        asked->before[allocation->case_count] = row->auditor;
        allocation->cases[allocation->case_count++] =
            (struct ca_allocation_case){.id = drawn->id,
                                        .team = team_of(asked, &teams, drawn),
                                        .returned = row->return_id != NULL,
                                        .auditor = row->by};
    }
    return true;
}

/* ---- who audited what ---- */

struct before {
    struct asked *asked;
    struct ca_map *ids; /* of the cases, folded */
    struct ca_audited *pairs;
    size_t count;
};

static bool see_audit(void *context, const struct ca_stored_audit *audit)
{
    struct before *before = context;
    struct ca_arena *arena = before->asked->arena;

    if (audit->case_ref != NULL && audit->auditor != NULL &&
        ca_map_get(before->ids, ca_folded(arena, audit->case_ref)) != CA_NOT_FOUND)
        *CA_ARENA_APPEND(arena, before->pairs, before->count) = (struct ca_audited){
            ca_arena_strdup(arena, audit->case_ref), ca_arena_strdup(arena, audit->auditor)};
    return true;
}

/* Audits by any template in the months before the draw. */
static enum ca_code find_audited(struct ca_store *store, struct asked *asked,
                                 struct ca_error *error)
{
    struct ca_allocation *allocation = &asked->allocation;
    struct before before = {.asked = asked,
                            .ids = ca_map_new(asked->arena, allocation->case_count)};
    struct ca_audit_filter filter = {.query = {.from = CA_NO_DATE, .to = asked->sample.on}};
    enum ca_code code;
    ca_date day;

    if (asked->months == 0)
        return CA_OK;
    if (ca_date_add(asked->sample.on, (int32_t)-asked->months, CA_MONTHS, &day))
        filter.query.from = day + 1;
    for (size_t i = 0; i < allocation->case_count; i++)
        (void)ca_map_put(before.ids, ca_folded(asked->arena, allocation->cases[i].id), i);
    code = ca_store_each_audit(store, &filter, see_audit, &before, error);
    allocation->audited = before.pairs;
    allocation->audited_count = before.count;
    return code;
}

/* ---- the auditors ---- */

static bool read_auditors(const struct ca_cli *cli, struct asked *asked)
{
    struct ca_buffer bytes = {0};
    uint8_t digest[CA_SHA256_SIZE];
    struct ca_diags diags;
    struct ca_sheet sheet;
    bool good;

    ca_diags_init(&diags, asked->arena);
    good = ca_read_whole(asked->file, CA_SHEET_BYTES, &diags, &bytes) &&
           ca_sheet_read_apart(asked->arena, bytes.data, bytes.length, &asked->sheet, &sheet,
                               &diags) &&
           ca_auditors_read(asked->arena, &sheet, &asked->auditors, &diags);
    if (good && asked->team == NULL && asked->auditors.teams)
        ca_diags_add(&diags, CA_WARNING, CA_FAULT_RULE, 1, 1, NULL,
                     "teams are named, and play no part: say by --team which column of the "
                     "draw has the cases' teams");
    ca_sha256(bytes.data, bytes.length, digest);
    ca_sha256_hex(digest, asked->file_sha256);
    ca_diags_tell_rest(&diags);
    ca_diags_sort(&diags);
    ca_print_diags(cli, asked->file, &diags);
    ca_buffer_free(&bytes);
    return good;
}

/* ---- the verb ---- */

static enum ca_code look_at_store(const struct ca_cli *cli, struct ca_store *store,
                                  struct asked *asked, struct ca_error *error)
{
    enum ca_code code = ca_store_find_sample(store, asked->args->operands[0], asked->arena,
                                             &asked->sample, error);

    return code == CA_OK ? ca_progress_look(store, asked->arena, &asked->sample, cli->today,
                                            &asked->progress, error)
                         : code;
}

/* Returns are due after their cases were drawn. */
static enum ca_code check_due(const struct asked *asked, struct ca_error *error)
{
    char due[CA_DATE_SIZE], drawn[CA_DATE_SIZE];

    if (asked->due == CA_NO_DATE || asked->due >= asked->sample.on)
        return CA_OK;
    return ca_fail(error, CA_ERROR_USAGE,
                   "the returns cannot be due on %s: sample '%s' was drawn on %s, after it; is "
                   "the year right?",
                   ca_date_format(asked->due, due), asked->sample.name,
                   ca_date_format(asked->sample.on, drawn));
}

/* The sentence may be as long as the list of the cases that are too many. */
static int refuse(const struct asked *asked, const char *why)
{
    struct ca_buffer text = {0};

    ca_buffer_printf(&text, "caseaudit: sample '%s' cannot be shared out: %s.",
                     asked->sample.name, why);
    ca_print_safe(stderr, text.data);
    fputc('\n', stderr);
    ca_buffer_free(&text);
    return CA_EXIT_REFUSED;
}

static enum ca_code keep(struct ca_store *store, const struct asked *asked,
                         struct ca_error *error)
{
    const struct ca_allocation *allocation = &asked->allocation;
    struct ca_allocated_case *cases =
        CA_ARRAY(asked->arena, allocation->case_count, struct ca_allocated_case);

    for (size_t i = 0; i < allocation->case_count; i++)
        cases[i] =
            (struct ca_allocated_case){.place = (size_t)(asked->drawn[i] - asked->sample.cases),
                                       .returned = allocation->cases[i].returned,
                                       .auditor = allocation->cases[i].auditor};
    return ca_store_allocate(store, asked->sample.name,
                             &(struct ca_allocated){.due = asked->due,
                                                    .team = asked->team,
                                                    .months = asked->months,
                                                    .seed = allocation->seed,
                                                    .file_sha256 = asked->file_sha256,
                                                    .cases = cases,
                                                    .count = allocation->case_count},
                             error);
}

/* Files come first: what is kept in the store is what auditors were handed. */
static int put_out(const struct ca_cli *cli, struct ca_store *store, const struct asked *asked)
{
    const struct ca_args *args = asked->args;
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (!ca_args_has(args, "dry-run") && ca_args_has(args, "output"))
        status = ca_hand_out(cli, store, args,
                             &(struct ca_handing_out){&asked->sample, &asked->allocation,
                                                      asked->drawn, asked->before,
                                                      ca_args_has(args, "forms"),
                                                      ca_args_has(args, "no-grade")});
    if (status == CA_EXIT_DONE && !ca_args_has(args, "dry-run") &&
        keep(store, asked, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    if (status == CA_EXIT_DONE)
        ca_allocation_print(&asked->allocation, asked->sample.name, asked->due,
                            ca_args_get(args, "format", "text"));
    return status;
}

static int share_out(const struct ca_cli *cli, struct ca_store *store, struct asked *asked)
{
    struct ca_error error;
    const char *why;

    if (look_at_store(cli, store, asked, &error) != CA_OK || check_due(asked, &error) != CA_OK)
        return ca_cli_store_failed(&error);
    if (!read_auditors(cli, asked) || !take_cases(asked))
        return CA_EXIT_REFUSED;
    if (find_audited(store, asked, &error) != CA_OK)
        return ca_cli_store_failed(&error);
    asked->allocation.auditors = &asked->auditors;
    asked->allocation.seed = asked->seed != NULL ? asked->seed : asked->sample.rule.seed;
    if (!ca_allocation_make(asked->arena, &asked->allocation, &why))
        return refuse(asked, why);
    return put_out(cli, store, asked);
}

static int allocate(struct ca_cli *cli, const struct ca_args *args)
{
    struct asked asked = {.args = args, .arena = ca_arena_new()};
    const bool good = ask(&asked);
    struct ca_store *store =
        good ? ca_cli_store(cli, ca_args_has(args, "dry-run") ? CA_STORE_READ : CA_STORE_WRITE)
             : NULL;
    int status = !good ? CA_EXIT_USAGE : CA_EXIT_FAILED;

    if (store != NULL) {
        status = share_out(cli, store, &asked);
        ca_store_close(store);
    }
    ca_arena_free(asked.arena);
    return status;
}

static const struct ca_option_row options[] = {
    {"auditors", 0, "FILE", false,
     "who audits: a CSV file or .xlsx with auditor, team, most, not"},
    {"team", 0, "COLUMN", false, "the column of the draw that has the cases' teams"},
    {"months-apart", 0, "N", false,
     "nobody audits a case again within N months (12; 0: they do)"},
    {"due", 0, "DATE", false, "when the returns are due"},
    {"seed", 0, "TEXT", false, "words that decide between ways as fair (those of the draw)"},
    {"output", 'o', "FOLDER", false, "write a blank return for each case, by auditor"},
    {"forms", 0, NULL, false, "and a form for each auditor, with their cases to choose from"},
    {"no-grade", 0, NULL, false, "the forms show no grade while they are filled in"},
    {"dry-run", 0, NULL, false, "only print who would audit what, and keep nothing of it"},
    CA_SHEET_OPTIONS,
    {"format", 'f', "text|json|csv", false, "how it is written (text)"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_allocate = {
    .name = "allocate",
    .operands = "SAMPLE",
    .summary = "Share the cases of a sample out among the auditors, as fairly as can be",
    .example = "caseaudit allocate homes-2024 --auditors samples/auditors.csv --team team "
               "--due 2025-05-30 -o returns --forms",
    .options = options,
    .least = 1,
    .most = 1,
    .run = allocate,
    .lacking = ca_lacking_grades,
};
