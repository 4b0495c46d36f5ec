/* store init, info, set, backup: the keeper's verbs. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/decimal.h"
#include "core/cli/access_table.h"
#include "core/cli/archive.h"
#include "core/cli/cli.h"
#include "core/cli/heads.h"
#include "core/cli/safe.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/insight/summarise.h"
#include "core/store/authority.h"
#include "core/store/query.h"

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

/* ---- init ---- */

static const struct ca_option_row init_options[] = {
    {"sql", 0, NULL, false,
     "print what a database administrator has to run to make it, and connect to nothing"},
    {NULL, 0, NULL, false, NULL}};

static int print_definition(const struct ca_cli *cli)
{
    struct ca_buffer sql = {0};
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (ca_store_define(cli->store != NULL ? cli->store : "", &sql, &error) == CA_OK)
        fputs(sql.data, stdout);
    else
        status = ca_cli_store_failed(&error);
    ca_buffer_free(&sql);
    return status;
}

static int init(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store;
    struct ca_store_info info;
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (ca_args_has(args, "sql"))
        return print_definition(cli);
    store = ca_cli_store(cli, CA_STORE_CREATE);
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
    .options = init_options,
    .least = 0,
    .most = 0,
    .run = init,
};

/* ---- info ---- */

static bool print_setting(void *context, const char *name, const char *value)
{
    (void)context;
    if (strncmp(name, CA_PUBLICATION_SETTING, strlen(CA_PUBLICATION_SETTING)) == 0)
        return true;
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
    struct ca_store *store;
    struct ca_store_info found;
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (ca_args_has(args, "access")) {
        ca_access_print();
        return CA_EXIT_DONE;
    }
    store = ca_cli_store(cli, CA_STORE_READ);
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

static const struct ca_option_row info_options[] = {
    {"access", 0, NULL, false, "show who sees what: a table of all outputs"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_store_info = {
    .name = "store info",
    .operands = "",
    .summary = "Show where the store is, what it holds and how it is set",
    .example = "caseaudit store info",
    .options = info_options,
    .least = 0,
    .most = 0,
    .run = info,
};

/* ---- set ---- */

/* What can be set, and to what. */
static const struct setting {
    const char *name, *what;
    int64_t least, most;
} settings[] = {{"year-start", "a month, 1 to 12", 1, 12},
                {"retention-years", "a number of years, 1 to 150", 1, 150}};

static const struct setting *setting_named(const char *name)
{
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (strcmp(settings[i].name, name) == 0)
            return &settings[i];
    return NULL;
}

/* Whose audits they are is no number, and is said once. */
static int set_authority(struct ca_cli *cli, const struct ca_args *args)
{
    const char *name = args->operands[1];
    struct ca_store *store;
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (!ca_authority_fits(name))
        return ca_misused(args->verb, CA_AUTHORITY_CANNOT, name);
    store = ca_cli_store(cli, CA_STORE_WRITE);
    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_store_set_authority(store, name, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    else
        printf("the store is that of %s\n", name);
    ca_store_close(store);
    return status;
}

static int set(struct ca_cli *cli, const struct ca_args *args)
{
    const char *name = args->operands[0], *value = args->operands[1];
    const struct setting *setting = setting_named(name);
    struct ca_store *store;
    struct ca_error error;
    int status = CA_EXIT_DONE;
    int64_t number;

    if (strcmp(name, "authority") == 0)
        return set_authority(cli, args);
    if (setting == NULL)
        return ca_misused(args->verb,
                          "nothing named '%s' can be set; what can is year-start, "
                          "retention-years and authority",
                          name);
    if (!ca_integer_parse(value, setting->least, setting->most, &number))
        return ca_misused(args->verb, "%s cannot be '%s'; it must be %s", name, value,
                          setting->what);
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
    .summary = "Set what holds for the whole store: year-start, retention-years, authority",
    .example = "caseaudit store set year-start 4",
    .options = no_options,
    .least = 2,
    .most = 2,
    .run = set,
};

/* ---- backup ---- */

static int backup(struct ca_cli *cli, const struct ca_args *args)
{
    const char *path = args->operands[0];
    struct ca_store *store = ca_cli_store_to_note(cli);
    struct ca_error error;
    struct ca_head head;
    int status = CA_EXIT_DONE;

    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_output_allowed(path, NULL, NULL, CA_OUTPUT_STORE, &error) != CA_OK ||
        (ca_store_is_file(store) ? ca_store_backup : ca_export_archive)(store, path, &head,
                                                                        &error) != CA_OK) {
        status = ca_cli_store_failed(&error);
    } else {
        ca_remark(cli, "backup written: %s", path);
        ca_cli_note_copy(cli, store, "backup", path, &head);
    }
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
