/* store init, info, check, set, backup: the keeper's verbs. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/decimal.h"
#include "core/cli/cli.h"
#include "core/cli/safe.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"
#include "core/work/scorer.h"

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

/* ---- init ---- */

static int init(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_CREATE);
    struct ca_store_info info;
    struct ca_error error;
    int status = CA_EXIT_DONE;

    (void)args;
    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_store_describe(store, &info, &error) == CA_OK) {
        fputs("the store is ready: ", stdout);
        ca_print_safe(stdout, info.place);
        putchar('\n');
        free(info.place);
    } else {
        status = ca_cli_store_failed(&error);
    }
    ca_store_close(store);
    return status;
}

const struct ca_verb ca_verb_store_init = {
    .name = "store init",
    .operands = "",
    .summary = "Make the store, or bring an older one up to date",
    .example = "caseaudit --store sqlite:audits.db store init",
    .options = no_options,
    .least = 0,
    .most = 0,
    .run = init,
};

/* ---- info ---- */

static bool print_setting(void *context, const char *name, const char *value)
{
    (void)context;
    printf("%-18s ", name);
    ca_print_safe(stdout, value);
    putchar('\n');
    return true;
}

/* The files of a store that others than their owner may read or write. */
static void warn_of_readers(const struct ca_cli *cli, const char *place)
{
    static const char *const ends[] = {"", "-wal", "-shm"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct ca_buffer path = {0};
        struct stat status;
        ca_buffer_printf(&path, "%s%s", place, ends[i]);
        if (stat(path.data, &status) == 0 && (status.st_mode & 077) != 0)
            ca_remark(cli,
                      "warning: others can read '%s' (mode %03o); 'chmod go= %s' keeps it to "
                      "its owner",
                      path.data, (unsigned)status.st_mode & 0777, path.data);
        ca_buffer_free(&path);
    }
}

static void print_info(const struct ca_store_info *info)
{
    char first[CA_DATE_SIZE], last[CA_DATE_SIZE];

    printf("%-18s ", "place");
    ca_print_safe(stdout, info->place);
    printf("\n%-18s %d (this program knows up to %d)\n", "schema", info->schema,
           info->newest_schema);
    printf("%-18s %lld bytes\n", "size", (long long)info->size);
    printf("%-18s %lld\n", "template versions", (long long)info->templates);
    printf("%-18s %lld\n", "audits", (long long)info->audits);
    printf("%-18s %lld\n", "revisions", (long long)info->revisions);
    printf("%-18s %lld\n", "documents", (long long)info->documents);
    if (info->first != CA_NO_DATE)
        printf("%-18s %s to %s\n", "audit dates", ca_date_format(info->first, first),
               ca_date_format(info->last, last));
    printf("%-18s %lld entries\n", "ledger", (long long)info->ledger);
    printf("%-18s %s\n", "last entry's hash", info->head);
}

static int info(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct ca_store_info found;
    struct ca_error error;
    int status = CA_EXIT_DONE;

    (void)args;
    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_store_describe(store, &found, &error) == CA_OK) {
        print_info(&found);
        warn_of_readers(cli, found.place);
        free(found.place);
    } else {
        status = ca_cli_store_failed(&error);
    }
    if (status == CA_EXIT_DONE &&
        ca_store_each_setting(store, print_setting, NULL, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    ca_store_close(store);
    return status;
}

const struct ca_verb ca_verb_store_info = {
    .name = "store info",
    .operands = "",
    .summary = "Show where the store is, what it holds and how it is set",
    .example = "caseaudit store info",
    .options = no_options,
    .least = 0,
    .most = 0,
    .run = info,
};

/* ---- check ---- */

struct check {
    struct ca_cli *cli;
    struct ca_store *store;
    struct ca_catalogue *catalogue;
    struct ca_scorer *scorer;
    struct ca_arena *arena;
    struct ca_error error;
    enum ca_code code;
    size_t faults, rescored;
};

static void say_fault(void *context, bool fault, const char *sentence)
{
    struct check *check = context;

    check->faults += fault;
    ca_complain("store check: %s%s", fault ? "" : "note: ", sentence);
}

static void say_different(struct check *check, const struct ca_stored_return *stored,
                          const char *why)
{
    check->faults++;
    ca_complain("store check: scoring return '%s', revision %d, again %s", stored->return_id,
                stored->revision, why);
}

static bool rescore(void *context, const struct ca_stored_return *stored)
{
    struct check *check = context;
    struct ca_scored scored;
    struct ca_record record;
    bool same;

    check->rescored++;
    ca_scorer_run(check->scorer, stored->return_id, stored->bytes, stored->length, &scored);
    check->code = ca_store_failure(check->store, &check->error);
    if (check->code != CA_OK)
        return false;
    if (scored.result == NULL) {
        ca_print_diags(check->cli, stored->return_id, &scored.diags);
        say_different(check, stored, "refuses it");
        return true;
    }
    ca_arena_reset(check->arena);
    ca_record_of_result(check->arena, scored.result, scored.bytes, scored.length, "", &record);
    check->code =
        ca_store_same_result(check->store, stored->result, &record, &same, &check->error);
    if (check->code == CA_OK && !same)
        say_different(check, stored, "gives another result than is stored");
    return check->code == CA_OK;
}

static enum ca_code rescore_all(struct check *check)
{
    const struct ca_engine_options options = {.allow_incomplete = false};
    struct ca_template_source source = ca_cli_source_as_recorded(check->store);
    const struct ca_query all = {.from = CA_NO_DATE, .to = CA_NO_DATE};
    enum ca_code code;

    check->arena = ca_arena_new();
    check->catalogue = ca_catalogue_new(check->cli->registry, &source);
    check->scorer = ca_scorer_new(check->cli->registry, check->catalogue, &options);
    code = ca_store_each_return(check->store, &all, true, rescore, check, &check->error);
    ca_scorer_free(check->scorer);
    ca_catalogue_free(check->catalogue);
    ca_arena_free(check->arena);
    return code == CA_OK ? check->code : code;
}

static int check(struct ca_cli *cli, const struct ca_args *args)
{
    struct check check = {.cli = cli, .store = ca_cli_store(cli, CA_STORE_READ)};
    enum ca_code code;

    if (check.store == NULL)
        return CA_EXIT_FAILED;
    code = ca_store_check(check.store, NULL, 0, say_fault, &check, &check.error);
    if (code == CA_OK && ca_args_has(args, "rescore"))
        code = rescore_all(&check);
    ca_store_close(check.store);
    if (code != CA_OK) {
        ca_complain("%s", check.error.message);
        return CA_EXIT_FAILED;
    }
    if (check.faults > 0) {
        printf("the store is damaged: %zu fault%s; nothing was changed\n", check.faults,
               check.faults == 1 ? "" : "s");
        return CA_EXIT_FAILED;
    }
    puts("the store is whole: database, documents, results, figures and ledger agree");
    if (ca_args_has(args, "rescore"))
        printf("scored again: %zu, each with the stored result\n", check.rescored);
    return CA_EXIT_DONE;
}

static const struct ca_option_row check_options[] = {
    {"rescore", 0, NULL, false, "score every stored return again, too"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_store_check = {
    .name = "store check",
    .operands = "",
    .summary = "Find out whether everything is as it was written",
    .example = "caseaudit store check --rescore",
    .options = check_options,
    .least = 0,
    .most = 0,
    .run = check,
};

/* ---- set ---- */

/* NULL if value will do, else what would be right. */
static const char *wrong_setting(const char *name, const char *value)
{
    int64_t month;

    if (strcmp(name, "year-start") != 0)
        return "can be set; what can is year-start";
    if (!ca_integer_parse(value, 1, 12, &month))
        return "must be a month, 1 to 12";
    return NULL;
}

static int set(struct ca_cli *cli, const struct ca_args *args)
{
    const char *name = args->operands[0], *value = args->operands[1];
    const char *wrong = wrong_setting(name, value);
    struct ca_store *store;
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (wrong != NULL && strncmp(wrong, "can", 3) == 0)
        return ca_misused(args->verb, "nothing named '%s' %s", name, wrong);
    if (wrong != NULL)
        return ca_misused(args->verb, "%s cannot be '%s'; it %s", name, value, wrong);
    store = ca_cli_store(cli, CA_STORE_WRITE);
    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_store_set(store, name, value, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    else
        printf("%s is now %s\n", name, value);
    ca_store_close(store);
    return status;
}

const struct ca_verb ca_verb_store_set = {
    .name = "store set",
    .operands = "NAME VALUE",
    .summary = "Set what holds for the whole store: the month the year starts in",
    .example = "caseaudit store set year-start 4",
    .options = no_options,
    .least = 2,
    .most = 2,
    .run = set,
};

/* ---- backup ---- */

static int backup(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct ca_error error;
    struct ca_head head;
    int status = CA_EXIT_DONE;

    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_output_allowed(args->operands[0], NULL, NULL, CA_OUTPUT_STORE, &error) != CA_OK ||
        ca_store_backup(store, args->operands[0], &head, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    else
        ca_remark(cli, "backup written: %s", args->operands[0]);
    ca_store_close(store);
    return status;
}

const struct ca_verb ca_verb_store_backup = {
    .name = "store backup",
    .operands = "FILE",
    .summary = "Copy the store into one file while others go on working",
    .example = "caseaudit store backup audits-2024-01-31.db",
    .options = no_options,
    .least = 1,
    .most = 1,
    .run = backup,
};
