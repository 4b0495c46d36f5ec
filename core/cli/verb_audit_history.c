/* audit history: all that became of one audit, with what changed in words. */
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/json_flat.h"
#include "core/cli/cli.h"
#include "core/cli/ledger_words.h"
#include "core/cli/safe.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

struct history {
    struct ca_store *store;
    const char *return_id;
    struct ca_buffer text;
    struct ca_error error;
    enum ca_code code;
};

static bool tell_difference(void *context, const char *what, const char *before,
                            const char *after)
{
    struct history *history = context;

    ca_buffer_printf(&history->text, "        %s: %s%s%s became %s%s%s\n", what,
                     before != NULL ? "'" : "", before != NULL ? before : "nothing",
                     before != NULL ? "'" : "", after != NULL ? "'" : "",
                     after != NULL ? after : "nothing", after != NULL ? "'" : "");
    return true;
}

/* Which revision an entry of kind "record" is about; 0 for others. */
static int revision_of(const struct ca_entry *entry)
{
    struct ca_buffer text = {0};
    int64_t revision;

    if (strcmp(entry->kind, "record") != 0 || entry->detail == NULL ||
        !ca_json_flat_member(entry->detail, "revision", &text) || text.length == 0 ||
        !ca_integer_parse(text.data, 0, INT32_MAX, &revision))
        revision = 0;
    ca_buffer_free(&text);
    return (int)revision;
}

static bool tell_change(void *context, const struct ca_stored_change *change)
{
    struct history *history = context;
    int revision = revision_of(&change->entry);

    ca_buffer_printf(&history->text, "%s  %s  ", change->entry.at, change->entry.who);
    ca_ledger_words(&change->entry, &history->text);
    ca_buffer_putc(&history->text, '\n');
    if (revision > 1)
        history->code = ca_store_each_difference(history->store, history->return_id, revision,
                                                 tell_difference, history, &history->error);
    return history->code == CA_OK;
}

static int history(struct ca_cli *cli, const struct ca_args *args)
{
    struct history history = {.store = ca_cli_store(cli, CA_STORE_READ),
                              .return_id = args->operands[0],
                              .code = CA_OK};
    struct ca_buffer safe = {0};
    enum ca_code code;
    int status = CA_EXIT_DONE;

    if (history.store == NULL)
        return CA_EXIT_FAILED;
    code = ca_store_each_change_of(history.store, history.return_id, tell_change, &history,
                                   &history.error);
    if (code != CA_OK || history.code != CA_OK) {
        status = ca_cli_store_failed(&history.error);
    } else {
        ca_buffer_clear(&safe); /* of a damaged store there may be nothing to say */
        ca_safe_text(&safe, history.text.data != NULL ? history.text.data : "");
        fputs(safe.data, stdout);
    }
    ca_buffer_free(&safe);
    ca_buffer_free(&history.text);
    ca_store_close(history.store);
    return status;
}

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_audit_history = {
    .name = "audit history",
    .operands = "RETURN",
    .summary = "Show what became of an audit: revisions, actions, withdrawals, in words",
    .example = "caseaudit audit history CIN-2023-001",
    .options = no_options,
    .least = 1,
    .most = 1,
    .run = history,
};
