/* ledger: every change to the store: when, who, what. */
#include <string.h>

#include "core/base/decimal.h"
#include "core/cli/cli.h"
#include "core/cli/ledger_words.h"
#include "core/cli/safe.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

struct print {
    bool json;
    size_t count;
    struct ca_buffer line, words;
};

static bool print_change(void *context, const struct ca_stored_change *change)
{
    struct print *print = context;
    const struct ca_entry *entry = &change->entry;

    ca_buffer_clear(&print->line);
    if (print->json) {
        ca_buffer_puts(&print->line, print->count > 0 ? ",\n" : "[\n");
        ca_ledger_json(entry, NULL, false, &print->line);
    } else {
        ca_buffer_clear(&print->words);
        ca_buffer_printf(&print->words, "%6lld  %s  %-16s  %s%s", (long long)entry->sequence,
                         entry->at, entry->who, entry->salt != NULL ? entry->subject : "",
                         entry->salt != NULL ? ": " : "");
        ca_ledger_words(entry, &print->words);
        ca_safe_line(&print->line, print->words.data);
        ca_buffer_putc(&print->line, '\n');
    }
    print->count++;
    fwrite(print->line.data, 1, print->line.length, stdout);
    return true;
}

static int ledger(struct ca_cli *cli, const struct ca_args *args)
{
    const char *given = ca_args_get(args, "since", "1");
    struct print print = {.json = strcmp(ca_args_get(args, "format", "text"), "json") == 0};
    struct ca_store *store;
    struct ca_error error;
    int status = CA_EXIT_DONE;
    int64_t since;

    if (!ca_integer_parse(given, 0, INT64_MAX / 2, &since))
        return ca_misused(args->verb, "--since '%s' is no number of an entry", given);
    store = ca_cli_store(cli, CA_STORE_READ);
    if (store == NULL)
        return CA_EXIT_FAILED;
    if (ca_store_each_change(store, since, print_change, &print, &error) != CA_OK)
        status = ca_cli_store_failed(&error);
    else if (print.count == 0 && !print.json)
        ca_remark(cli, "the ledger has no entry from %s on", given);
    if (print.json)
        fputs(print.count > 0 ? "\n]\n" : "[]\n", stdout);
    ca_buffer_free(&print.line);
    ca_buffer_free(&print.words);
    ca_store_close(store);
    return status;
}

static const struct ca_option_row options[] = {
    {"since", 0, "N", false, "from this entry on"},
    {"format", 'f', "text|json", false, "how it is written (text)"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_ledger = {
    .name = "ledger",
    .operands = "",
    .summary = "Show every change to the store: when, who, what",
    .example = "caseaudit ledger --since 4000",
    .options = options,
    .least = 0,
    .most = 0,
    .run = ledger,
};
