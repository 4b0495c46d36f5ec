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

enum { ACTIONS_SHOWN = 12 };

struct list {
    struct ca_buffer text; /* "'r-1:1', 'r-2:1'" */
    size_t count;
};

struct wanted {
    const char *return_id; /* NULL: any */
    const char *id;        /* without its return */
    struct ca_buffer first;
    struct list same, own, all; /* of that id; of that return; of the store */
};

static void add(struct list *list, const struct ca_stored_action *action)
{
    if (list->count++ < ACTIONS_SHOWN)
        ca_buffer_printf(&list->text, "%s'%s:%s'", list->count > 1 ? ", " : "",
                         action->return_id, action->id);
}

static bool match_action(void *context, const struct ca_stored_action *action)
{
    struct wanted *wanted = context;
    const bool of_return =
        wanted->return_id == NULL || strcmp(action->return_id, wanted->return_id) == 0;

    add(&wanted->all, action);
    if (wanted->return_id != NULL && ca_same_code(action->return_id, wanted->return_id))
        add(&wanted->own, action);
    if (!of_return || strcmp(action->id, wanted->id) != 0)
        return true;
    if (wanted->same.count == 0)
        ca_buffer_puts(&wanted->first, action->return_id);
    add(&wanted->same, action);
    return true;
}

static enum ca_code no_action(const struct wanted *wanted, const char *operand,
                              struct ca_error *error)
{
    const struct list *there = wanted->own.count > 0 ? &wanted->own : &wanted->all;

    if (there->count == 0)
        return ca_fail(error, CA_ERROR_NOT_FOUND,
                       "there is no action '%s': no return in the store has one", operand);
    if (there->count > ACTIONS_SHOWN)
        return ca_fail(error, CA_ERROR_NOT_FOUND,
                       "there is no action '%s'; there are %s and %zu more ('caseaudit action "
                       "list' has them all)",
                       operand, there->text.data, there->count - ACTIONS_SHOWN);
    return ca_fail(error, CA_ERROR_NOT_FOUND, "there is no action '%s'; %s %s", operand,
                   there == &wanted->own ? "that return has"
                   : there->count == 1   ? "there is"
                                         : "there are",
                   there->text.data);
}

static enum ca_code judge(const struct wanted *wanted, const char *operand,
                          struct ca_error *error)
{
    if (wanted->same.count == 1)
        return CA_OK;
    if (wanted->same.count == 0)
        return no_action(wanted, operand, error);
    return ca_fail(error, CA_ERROR_USAGE, "%zu returns have an action '%s'; say which, as %s%s",
                   wanted->same.count, operand, wanted->same.text.data,
                   wanted->same.count > ACTIONS_SHOWN ? " ..." : "");
}

/* Looks at all actions of the store; on success *return_id has the one return. */
static enum ca_code look_for(struct ca_store *store, const char *operand, const char *id,
                             char **return_id, struct ca_error *error)
{
    const struct ca_action_filter all = {.query = {.from = CA_NO_DATE, .to = CA_NO_DATE},
                                         .overdue = CA_NO_DATE};
    struct wanted wanted = {.return_id = *return_id, .id = id};
    enum ca_code code = ca_store_each_action(store, &all, match_action, &wanted, error);

    if (code == CA_OK)
        code = judge(&wanted, operand, error);
    if (code == CA_OK && *return_id == NULL)
        *return_id = ca_xstrdup(wanted.first.data);
    ca_buffer_free(&wanted.first);
    ca_buffer_free(&wanted.same.text);
    ca_buffer_free(&wanted.own.text);
    ca_buffer_free(&wanted.all.text);
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

/* RETURN:ID, or ID where only one return has an action of that id. */
static enum ca_code enter_of(struct ca_store *store, const char *operand, char **return_id,
                             const char **id, const struct entry *entry, struct ca_error *error)
{
    const char *colon = strchr(operand, ':');
    struct ca_error missing;
    enum ca_code code = CA_OK;

    *id = colon != NULL ? colon + 1 : operand;
    if (colon != NULL) {
        *return_id = ca_xstrdup(operand);
        (*return_id)[colon - operand] = '\0';
    } else {
        code = look_for(store, operand, *id, return_id, error);
    }
    if (code == CA_OK)
        code = enter(store, *return_id, *id, entry, error);
    if (code == CA_ERROR_NOT_FOUND && colon != NULL &&
        look_for(store, operand, *id, return_id, &missing) != CA_OK)
        *error = missing;
    return code;
}

static int change(struct ca_cli *cli, const char *operand, const struct entry *entry)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_WRITE);
    char *return_id = NULL;
    const char *id;
    struct ca_error error;
    enum ca_code code;

    if (store == NULL)
        return CA_EXIT_FAILED;
    code = enter_of(store, operand, &return_id, &id, entry, &error);
    if (code == CA_OK)
        printf("action %s:%s is %s\n", return_id, id, entry->done);
    ca_store_close(store);
    free(return_id);
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
