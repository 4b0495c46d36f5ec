/* audit withdraw, audit restore: kept and counted nowhere, and back again. */
#include "core/base/blank.h"
#include "core/cli/cli.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/model/privacy.h"

static int change(struct ca_cli *cli, const struct ca_args *args, const char *why)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_WRITE);
    struct ca_error error;
    int status = CA_EXIT_DONE;

    if (store == NULL)
        return CA_EXIT_FAILED;
    for (size_t i = 0; i < args->operand_count && status != CA_EXIT_FAILED; i++) {
        const char *id = args->operands[i];
        if (ca_store_withdraw(store, id, why, &error) != CA_OK)
            status = ca_cli_store_failed(&error);
        else if (why != NULL)
            printf("return %s is withdrawn: it is kept, and counts nowhere\n", id);
        else
            printf("return %s is restored: it counts again\n", id);
    }
    ca_store_close(store);
    return status;
}

static int withdraw(struct ca_cli *cli, const struct ca_args *args)
{
    const char *why = ca_args_get(args, "why", NULL);

    if (ca_is_blank_text(why))
        return ca_misused(args->verb, "say why, with --why TEXT");
    if (ca_personal_find(why) != 0)
        return ca_misused(args->verb,
                          "the reason holds what looks like personal data; it stays "
                          "in the ledger, so say it without");
    return change(cli, args, why);
}

static const struct ca_option_row withdraw_options[] = {
    {"why", 0, "TEXT", false, "the reason, without personal data; it stays in the ledger"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_audit_withdraw = {
    .name = "audit withdraw",
    .operands = "RETURN...",
    .summary = "Keep audits, and count them nowhere",
    .example = "caseaudit audit withdraw CIN-2023-001 --why 'the wrong file was audited'",
    .options = withdraw_options,
    .least = 1,
    .most = (size_t)-1,
    .run = withdraw,
};

static int restore(struct ca_cli *cli, const struct ca_args *args)
{
    return change(cli, args, NULL);
}

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_audit_restore = {
    .name = "audit restore",
    .operands = "RETURN...",
    .summary = "Count audits again that were withdrawn",
    .example = "caseaudit audit restore CIN-2023-001",
    .options = no_options,
    .least = 1,
    .most = (size_t)-1,
    .run = restore,
};
