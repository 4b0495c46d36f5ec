/* audit erase, audit expire: what tells of a person goes; figures may stay. */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/decimal.h"
#include "core/cli/cli.h"
#include "core/cli/safe.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/model/privacy.h"
#include "core/store/query.h"

/* Reasons that need no more words. */
#define REASONS "request, retention, mistake, court-order or another reason in words"

/* What is to be erased, as it stands in the store. */
struct chosen {
    struct ca_arena *arena;
    const char **ids;
    size_t count;
    const struct ca_stored_audit **audits; /* of the same number */
    size_t audit_count;
};

static bool choose(void *context, const struct ca_stored_audit *audit)
{
    struct chosen *chosen = context;
    struct ca_stored_audit *copy;

    if (audit->erased)
        return true;
    copy = CA_NEW(chosen->arena, struct ca_stored_audit);
    *copy = (struct ca_stored_audit){
        .return_id = ca_arena_strdup(chosen->arena, audit->return_id),
        .template_id = ca_arena_strdup(chosen->arena, audit->template_id),
        .audit_date = audit->audit_date,
        .case_ref = ca_arena_strdup(chosen->arena, audit->case_ref ? audit->case_ref : ""),
        .withdrawn = audit->withdrawn != NULL ? "" : NULL};
    *CA_APPEND(chosen->ids, chosen->count) = copy->return_id;
    *CA_APPEND(chosen->audits, chosen->audit_count) = copy;
    return true;
}

/* Those that count and those that are withdrawn. */
static enum ca_code choose_all(struct ca_store *store, struct ca_audit_filter filter,
                               struct chosen *chosen, struct ca_error *error)
{
    enum ca_code code = ca_store_each_audit(store, &filter, choose, chosen, error);

    filter.withdrawn = true;
    return code == CA_OK ? ca_store_each_audit(store, &filter, choose, chosen, error) : code;
}

static bool look_no_further(void *context, const struct ca_stored_return *stored)
{
    (void)context, (void)stored;
    return false;
}

/* Of a return that is not there the store says which are, or that it was erased. */
static enum ca_code choose_named(struct ca_store *store, const struct ca_args *args,
                                 struct chosen *chosen, struct ca_error *error)
{
    struct ca_audit_filter filter = {.query = {.from = CA_NO_DATE, .to = CA_NO_DATE},
                                     .case_ref = ca_args_get(args, "case", NULL)};
    enum ca_code code = CA_OK;

    if (filter.case_ref != NULL)
        return choose_all(store, filter, chosen, error);
    for (size_t i = 0; i < args->operand_count && code == CA_OK; i++) {
        size_t before = chosen->count;
        filter.return_id = args->operands[i];
        code = choose_all(store, filter, chosen, error);
        if (code == CA_OK && chosen->count == before)
            code =
                ca_store_find_return(store, args->operands[i], 0, look_no_further, NULL, error);
    }
    return code;
}

/* ---- the reason ---- */

static enum ca_code names_erased(const char *what, struct ca_error *error)
{
    return ca_fail(error, CA_ERROR_USAGE,
                   "the reason names '%s', which is to be erased; it stays in the ledger, so "
                   "say it without",
                   what);
}

/* It stays for good, and so it must not tell of whom it is about. */
static enum ca_code check_reason(const struct chosen *chosen, const char *case_ref,
                                 const char *why, struct ca_error *error)
{
    if (ca_personal_find(why) != 0)
        return ca_fail(error, CA_ERROR_USAGE,
                       "the reason holds what looks like personal data; it stays in the "
                       "ledger, so say it without");
    if (case_ref != NULL && case_ref[0] != '\0' && strcasestr(why, case_ref) != NULL)
        return names_erased(case_ref, error);
    for (size_t i = 0; i < chosen->count; i++) {
        const struct ca_stored_audit *audit = chosen->audits[i];
        const char *found =
            strcasestr(why, audit->return_id) != NULL ? audit->return_id
            : audit->case_ref[0] != '\0' && strcasestr(why, audit->case_ref) != NULL
                ? audit->case_ref
                : NULL;
        if (found != NULL)
            return names_erased(found, error);
    }
    return CA_OK;
}

/* ---- what is said ---- */

static void print_audits(const struct chosen *chosen, const char *verb)
{
    char date[CA_DATE_SIZE];

    for (size_t i = 0; i < chosen->count; i++) {
        printf("%-12s%s  %s  ", verb, chosen->audits[i]->return_id,
               ca_date_format(chosen->audits[i]->audit_date, date));
        ca_print_safe(stdout, chosen->audits[i]->template_id);
        putchar('\n');
    }
}

static bool print_copy(void *context, const char *at, const char *kind, const char *path)
{
    bool *any = context;

    if (!*any)
        puts("copies that were made before still hold it; see to them:");
    *any = true;
    printf("  %s of %s: ", kind, at);
    ca_print_safe(stdout, path);
    putchar('\n');
    return true;
}

/* Which summaries have fewer audits now; those of what was withdrawn never had them. */
static void print_fewer(const struct chosen *chosen)
{
    size_t fewer = 0;

    for (size_t i = 0; i < chosen->count; i++)
        fewer += chosen->audits[i]->withdrawn == NULL;
    if (fewer > 0)
        printf("summaries change: they have %zu audit%s fewer\n", fewer, fewer == 1 ? "" : "s");
}

/* ---- erasing ---- */

struct wish {
    const char *why;
    bool keep, dry;
    const char *case_ref; /* goes from samples, too */
    ca_date drawn_until;  /* samples of that age go */
};

/* In samples there is nothing to choose from: what the audits' cases are there goes with them.
 */
static void print_sampled(size_t sampled, bool dry)
{
    if (sampled > 0)
        printf("%s%zu place%s in samples\n", dry ? "would erase " : "erased      ", sampled,
               sampled == 1 ? "" : "s");
}

static enum ca_code erase_chosen(struct ca_store *store, const struct chosen *chosen,
                                 const struct wish *wish, struct ca_error *error)
{
    const struct ca_erasing erasing = {.return_ids = chosen->ids,
                                       .count = chosen->count,
                                       .why = wish->why,
                                       .keep = wish->keep,
                                       .case_ref = wish->case_ref,
                                       .drawn_until = wish->drawn_until};
    size_t sampled = 0;
    bool any = false;
    enum ca_code code = check_reason(chosen, wish->case_ref, wish->why, error);

    if (code == CA_OK)
        code = ca_store_count_sampled(store, &erasing, &sampled, error);
    if (code == CA_OK && wish->case_ref != NULL && chosen->count + sampled == 0)
        code = ca_fail(error, CA_ERROR_NOT_FOUND, "there is no audit of that case");
    if (code == CA_OK && !wish->dry && chosen->count + sampled > 0)
        code = ca_store_erase(store, &erasing, error);
    if (code != CA_OK)
        return code;
    print_audits(chosen, wish->dry ? "would erase" : "erased");
    print_sampled(sampled, wish->dry);
    if (!wish->keep && !wish->dry)
        print_fewer(chosen);
    return chosen->count + sampled > 0 ? ca_store_each_copy(store, print_copy, &any, error)
                                       : CA_OK;
}

/* An erasure that was interrupted when it was durable is finished by the same command. */
static int finish_before(struct ca_store *store, bool *finished)
{
    struct ca_error error;

    if (ca_store_finish_erasing(store, finished, &error) != CA_OK)
        return ca_cli_store_failed(&error);
    if (*finished)
        puts("an erasure that was interrupted is finished");
    return CA_EXIT_DONE;
}

static bool read_wish(const struct ca_args *args, const char *why, struct wish *wish)
{
    *wish = (struct wish){.why = ca_args_get(args, "why", why),
                          .keep = strcmp(ca_args_get(args, "figures", "keep"), "keep") == 0,
                          .dry = ca_args_has(args, "dry-run"),
                          .case_ref = ca_args_get(args, "case", NULL),
                          .drawn_until = CA_NO_DATE};
    if (!ca_is_blank_text(wish->why))
        return true;
    ca_misused(args->verb, "say why, with --why: " REASONS);
    return false;
}

static int erase(struct ca_cli *cli, const struct ca_args *args)
{
    struct chosen chosen = {.arena = NULL};
    struct ca_store *store;
    struct ca_error error;
    struct wish wish;
    bool finished = false;
    enum ca_code code;
    int status;

    if ((args->operand_count == 0) == !ca_args_has(args, "case"))
        return ca_misused(args->verb, "say what to erase: returns, or --case REF");
    if (!read_wish(args, NULL, &wish))
        return CA_EXIT_USAGE;
    store = ca_cli_store(cli, wish.dry ? CA_STORE_READ : CA_STORE_WRITE);
    if (store == NULL)
        return CA_EXIT_FAILED;
    status = wish.dry ? CA_EXIT_DONE : finish_before(store, &finished);
    if (status == CA_EXIT_DONE) {
        chosen.arena = ca_arena_new();
        code = choose_named(store, args, &chosen, &error);
        if (code == CA_OK)
            code = erase_chosen(store, &chosen, &wish, &error);
        if (code != CA_OK && !(code == CA_ERROR_NOT_FOUND && finished))
            status = ca_cli_store_failed(&error);
        ca_arena_free(chosen.arena);
        free(chosen.ids);
        free(chosen.audits);
    }
    ca_store_close(store);
    return status;
}

static const struct ca_option_row erase_options[] = {
    {"case", 0, "REF", false, "all audits of this case"},
    {"why", 0, "TEXT", false, REASONS ", without references"},
    {"figures", 0, "keep|drop", false,
     "keep grades and counts, so that published figures still add up (default), or nothing"},
    {"dry-run", 0, NULL, false, "only say what would be erased"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_audit_erase = {
    .name = "audit erase",
    .operands = "RETURN...",
    .summary = "Take audits out of every byte of the store; their figures may stay",
    .example = "caseaudit audit erase --case FICTION-A001 --why request",
    .options = erase_options,
    .least = 0,
    .most = (size_t)-1,
    .run = erase,
};

/* ---- expire ---- */

/* The last day that is older than the retention; CA_ERROR_NOT_FOUND if none is set. */
static enum ca_code find_limit(struct ca_store *store, ca_date as_of, ca_date *limit,
                               struct ca_error *error)
{
    struct ca_buffer years = {0};
    enum ca_code code = ca_store_setting(store, "retention-years", &years, error);
    int64_t number = 0;
    int y, m, d;

    if (code == CA_ERROR_NOT_FOUND)
        code = ca_fail(error, CA_ERROR_USAGE,
                       "no retention is set; say how long audits are kept with 'caseaudit "
                       "store set retention-years N'");
    else if (code == CA_OK && !ca_integer_parse(years.data, 1, 150, &number))
        code = ca_fail(error, CA_ERROR_STORE,
                       "the store's retention-years is '%s', which is no number of years",
                       years.data);
    ca_buffer_free(&years);
    if (code != CA_OK)
        return code;
    ca_date_to_ymd(as_of, &y, &m, &d);
    /* What was audited on 29 February expires a year's end later, on 1 March. */
    *limit = ca_date_from_ymd(y - (int)number, m, m == 2 && d == 29 ? 28 : d) - 1;
    return CA_OK;
}

/* Samples expire as audits do: a case that is drawn anew is in another one. */
static enum ca_code expire_until(struct ca_store *store, ca_date as_of, struct wish *wish,
                                 struct chosen *chosen, struct ca_error *error)
{
    struct ca_audit_filter filter = {.query = {.from = CA_NO_DATE}};
    enum ca_code code = find_limit(store, as_of, &filter.query.to, error);

    wish->drawn_until = filter.query.to;

    if (code == CA_OK)
        code = choose_all(store, filter, chosen, error);
    return code == CA_OK ? erase_chosen(store, chosen, wish, error) : code;
}

static int expire(struct ca_cli *cli, const struct ca_args *args)
{
    const char *given = ca_args_get(args, "as-of", NULL);
    struct chosen chosen = {.arena = NULL};
    ca_date as_of = cli->today;
    struct ca_store *store;
    struct ca_error error;
    struct wish wish;
    bool finished;
    int status;

    if (given != NULL && !ca_date_parse(given, &as_of))
        return ca_misused(args->verb, "'%s' is no date; write it as 2024-03-31", given);
    if (!read_wish(args, "retention", &wish))
        return CA_EXIT_USAGE;
    store = ca_cli_store(cli, wish.dry ? CA_STORE_READ : CA_STORE_WRITE);
    if (store == NULL)
        return CA_EXIT_FAILED;
    status = wish.dry ? CA_EXIT_DONE : finish_before(store, &finished);
    chosen.arena = ca_arena_new();
    if (status == CA_EXIT_DONE && expire_until(store, as_of, &wish, &chosen, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    if (status == CA_EXIT_DONE)
        ca_remark(cli, "%zu audit%s older than the retention", chosen.count,
                  chosen.count == 1 ? " is" : "s are");
    ca_arena_free(chosen.arena);
    free(chosen.ids);
    free(chosen.audits);
    ca_store_close(store);
    return status;
}

static const struct ca_option_row expire_options[] = {
    {"as-of", 0, "DATE", false, "the day that decides what is too old (default today)"},
    {"dry-run", 0, NULL, false, "only say what would be erased"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_audit_expire = {
    .name = "audit expire",
    .operands = "",
    .summary = "Erase audits older than the store's retention, and keep their figures",
    .example = "caseaudit audit expire --as-of 2034-03-31 --dry-run",
    .options = expire_options,
    .least = 0,
    .most = 0,
    .run = expire,
};
