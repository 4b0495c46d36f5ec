/* action complete, verify, reopen: is the loop closed? */
#include <stdlib.h>
#include <string.h>

#include "core/base/blank.h"
#include "core/base/code.h"
#include "core/base/map.h"
#include "core/cli/cli.h"
#include "core/cli/store_access.h"
#include "core/cli/table.h"
#include "core/cli/verbs.h"
#include "core/model/privacy.h"
#include "core/store/query.h"

/* ---- which action ---- */

struct wanted {
    const char *id; /* without its return */
    struct ca_buffer first, returns;
    size_t count;
};

static bool match_action(void *context, const struct ca_stored_action *action)
{
    struct wanted *wanted = context;

    if (strcmp(action->id, wanted->id) != 0)
        return true;
    if (wanted->count++ == 0)
        ca_buffer_puts(&wanted->first, action->return_id);
    if (wanted->count <= 3)
        ca_buffer_printf(&wanted->returns, "%s'%s:%s'", wanted->count > 1 ? ", " : "",
                         action->return_id, action->id);
    return true;
}

/* RETURN:ID, or ID where only one return has an action of that id. */
static enum ca_code find_action(struct ca_store *store, const char *operand, char **return_id,
                                char **action_id, struct ca_error *error)
{
    const struct ca_action_filter all = {.query = {.from = CA_NO_DATE, .to = CA_NO_DATE},
                                         .overdue = CA_NO_DATE};
    const char *colon = strchr(operand, ':');
    struct wanted wanted = {.id = operand};
    enum ca_code code = CA_OK;

    if (colon != NULL) {
        *return_id = ca_xstrdup(operand);
        (*return_id)[colon - operand] = '\0';
        *action_id = ca_xstrdup(colon + 1);
        return CA_OK;
    }
    code = ca_store_each_action(store, &all, match_action, &wanted, error);
    if (code == CA_OK && wanted.count == 0)
        code = ca_fail(error, CA_ERROR_NOT_FOUND, "there is no action '%s'", operand);
    else if (code == CA_OK && wanted.count > 1)
        code = ca_fail(error, CA_ERROR_USAGE,
                       "%zu returns have an action '%s'; say which, as %s%s", wanted.count,
                       operand, wanted.returns.data, wanted.count > 3 ? " …" : "");
    if (code == CA_OK) {
        *return_id = ca_xstrdup(wanted.first.data);
        *action_id = ca_xstrdup(operand);
    }
    ca_buffer_free(&wanted.first);
    ca_buffer_free(&wanted.returns);
    return code;
}

/* What is entered of an action: one of complete (on), verify (by) and reopen (why). */
struct entry {
    const char *done; /* "completed": what it is then */
    ca_date on;
    const char *by, *why;
};

static enum ca_code enter(struct ca_store *store, const char *return_id, const char *action_id,
                          const struct entry *entry, struct ca_error *error)
{
    if (entry->by != NULL)
        return ca_store_verify_action(store, return_id, action_id, entry->by, error);
    if (entry->why != NULL)
        return ca_store_reopen_action(store, return_id, action_id, entry->why, error);
    return ca_store_complete_action(store, return_id, action_id, entry->on, error);
}

static int change(struct ca_cli *cli, const char *operand, const struct entry *entry)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_WRITE);
    char *return_id = NULL, *action_id = NULL;
    struct ca_error error;
    enum ca_code code;

    if (store == NULL)
        return CA_EXIT_FAILED;
    code = find_action(store, operand, &return_id, &action_id, &error);
    if (code == CA_OK)
        code = enter(store, return_id, action_id, entry, &error);
    if (code == CA_OK)
        printf("action %s:%s is %s\n", return_id, action_id, entry->done);
    ca_store_close(store);
    free(return_id);
    free(action_id);
    return code == CA_OK ? CA_EXIT_DONE : ca_cli_store_failed(&error);
}

static int complete(struct ca_cli *cli, const struct ca_args *args)
{
    const char *on = ca_args_get(args, "on", NULL);
    struct entry entry = {.done = "completed"};
    char today[CA_DATE_SIZE];

    if (on == NULL)
        return ca_misused(args->verb, "say when, with --on DATE");
    if (!ca_date_parse(on, &entry.on))
        return ca_misused(args->verb, "'%s' is no date; write it as 2024-03-31", on);
    if (entry.on > cli->today && !ca_args_has(args, "allow-future")) {
        ca_complain("%s is after today, %s: an action is completed once it is done; say "
                    "--allow-future if the date is meant",
                    on, ca_date_format(cli->today, today));
        return CA_EXIT_REFUSED;
    }
    return change(cli, args->operands[0], &entry);
}

static const struct ca_option_row complete_options[] = {
    {"on", 0, "DATE", false, "the day it was completed"},
    {"allow-future", 0, NULL, false, "a day after today is meant"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_action_complete = {
    .name = "action complete",
    .operands = "RETURN:ID",
    .summary = "Note that an action was completed",
    .example = "caseaudit action complete 2023-Q3-0147:1 --on 2023-12-10",
    .options = complete_options,
    .least = 1,
    .most = 1,
    .run = complete,
};

static int verify(struct ca_cli *cli, const struct ca_args *args)
{
    const char *by = ca_args_get(args, "by", NULL);
    const struct entry entry = {.done = "verified", .by = by};

    if (by == NULL)
        return ca_misused(args->verb, "say who verified it, with --by CODE");
    if (!ca_is_code(by))
        return ca_misused(args->verb, "'%s' is no role code, such as QA1", by);
    return change(cli, args->operands[0], &entry);
}

static const struct ca_option_row verify_options[] = {
    {"by", 0, "CODE", false, "the role that verified it; not the action's owner"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_action_verify = {
    .name = "action verify",
    .operands = "RETURN:ID",
    .summary = "Note that someone else saw that an action was completed",
    .example = "caseaudit action verify 2023-Q3-0147:1 --by QA1",
    .options = verify_options,
    .least = 1,
    .most = 1,
    .run = verify,
};

static int reopen(struct ca_cli *cli, const struct ca_args *args)
{
    const char *why = ca_args_get(args, "why", "");
    const struct entry entry = {.done = "open again", .why = why};
    unsigned personal = ca_personal_find(why);

    if (ca_is_blank_text(why))
        return ca_misused(args->verb, "say why, with --why TEXT: the reason is kept");
    for (int kind = 0; personal >> kind != 0; kind++)
        if ((personal >> kind & 1) != 0) {
            ca_complain("the reason holds what looks like %s; say it without",
                        ca_personal_name((enum ca_personal)kind));
            return CA_EXIT_REFUSED;
        }
    return change(cli, args->operands[0], &entry);
}

static const struct ca_option_row reopen_options[] = {
    {"why", 0, "TEXT", false, "the reason, which the ledger keeps"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_action_reopen = {
    .name = "action reopen",
    .operands = "RETURN:ID",
    .summary = "Undo that an action was completed and verified, for a reason that is kept",
    .example = "caseaudit action reopen 2023-Q3-0147:1 --why 'the meeting was called off'",
    .options = reopen_options,
    .least = 1,
    .most = 1,
    .run = reopen,
};
