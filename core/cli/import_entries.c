/* What an export's entries tell of, done again: one function for each kind. */
#include <limits.h>
#include <string.h>

#include "core/base/file.h"
#include "core/cli/figures_import.h"
#include "core/cli/import.h"
#include "core/cli/store_access.h"
#include "core/cli/template_named.h"
#include "core/store/query.h"

static ca_date date_of(const struct ca_exported *entry, const char *key)
{
    ca_date date = CA_NO_DATE;

    ca_date_parse(ca_exported_text(entry, key), &date);
    return date;
}

static struct ca_stored_period period_of(const struct ca_exported *entry)
{
    return (struct ca_stored_period){ca_exported_text(entry, "period"), date_of(entry, "from"),
                                     date_of(entry, "to")};
}

enum ca_code ca_import_document(struct ca_import *import, const struct ca_exported *entry)
{
    const char *name = entry->file;
    uint8_t digest[CA_SHA256_SIZE];
    char hex[CA_SHA256_TEXT];
    enum ca_code code;

    if (strncmp(name, "documents/", 10) != 0 || strstr(name, "..") != NULL)
        return ca_fail(&import->error, CA_ERROR_DATA, "'%s' is no document of an export", name);
    ca_buffer_clear(&import->path);
    ca_buffer_printf(&import->path, "%s/%s", import->folder, name);
    code = ca_file_read(import->path.data, (size_t)16 * 1024 * 1024, &import->bytes,
                        &import->error);
    if (code != CA_OK)
        return code;
    ca_sha256(import->bytes.data, import->bytes.length, digest);
    if (strcmp(ca_sha256_hex(digest, hex), ca_exported_text(entry, "document")) != 0)
        return ca_fail(&import->error, CA_ERROR_DATA,
                       "'%s' is not the document that was exported: its SHA-256 differs",
                       import->path.data);
    return CA_OK;
}

static enum ca_code do_template(struct ca_import *import, const struct ca_exported *entry)
{
    struct ca_catalogue *catalogue;
    const struct ca_template *t;
    enum ca_loaded outcome;
    int status;

    if (ca_import_document(import, entry) != CA_OK)
        return import->error.code;
    catalogue = ca_catalogue_new(import->cli->registry, NULL);
    status = ca_cli_load_template(import->cli, catalogue, import->store, import->path.data,
                                  &outcome, &t, &import->error);
    ca_catalogue_free(catalogue);
    if (status > 0)
        return ca_fail(&import->error, CA_ERROR_DATA, "'%s' was refused", import->path.data);
    return status == 0 ? CA_OK : import->error.code;
}

/* A return that is being done again, and what came of it. */
struct doing {
    struct ca_import *import;
    const struct ca_exported *entry;
    enum ca_code code;
};

/* Scored anew; of the framework's file the entry tells which it was then. */
static bool put(void *context, size_t index, struct ca_record *record,
                const struct ca_buffer *said)
{
    struct doing *doing = context;
    struct ca_import *import = doing->import;
    struct ca_put_outcome outcome = {.what = CA_PUT_REFUSED};

    (void)index;
    if (record == NULL) {
        (void)fwrite(said->data, 1, said->length, stderr);
        doing->code =
            ca_fail(&import->error, CA_ERROR_DATA, "'%s' was refused", import->path.data);
        return true;
    }
    record->plugin = ca_exported_text(doing->entry, "plugin");
    record->framework_version = ca_exported_text(doing->entry, "framework_version");
    record->new_revision = true;
    record->allow_erased = import->allow_erased || import->same_history;
    doing->code = ca_store_put(import->store, record, 1, &outcome, &import->error);
    if (doing->code == CA_OK && outcome.what == CA_PUT_REFUSED)
        doing->code = ca_fail(&import->error, CA_ERROR_DATA, "%s", outcome.reason);
    return true;
}

static enum ca_code do_record(struct ca_import *import, const struct ca_exported *entry)
{
    struct doing doing = {import, entry, CA_OK};
    struct ca_pool_document document;
    enum ca_code code;

    if (ca_import_document(import, entry) != CA_OK)
        return import->error.code;
    document =
        (struct ca_pool_document){import->path.data, import->bytes.data, import->bytes.length};
    code = ca_again_score(import->again, &document, 1, put, &doing, &import->error);
    return code == CA_OK ? doing.code : code;
}

static enum ca_code do_figures(struct ca_import *import, const struct ca_exported *entry)
{
    const struct ca_figures_wanted wanted = {.history =
                                                 strcmp(entry->entry.kind, "history") == 0,
                                             .replace = true,
                                             .future = true,
                                             .again = true};
    size_t count;

    if (ca_import_document(import, entry) != CA_OK)
        return import->error.code;
    return ca_cli_import_figures(import->cli, import->store, &wanted, import->path.data,
                                 &import->bytes, &count, &import->error);
}

static enum ca_code do_part(struct ca_import *import, const struct ca_exported *entry)
{
    const struct ca_own_part part = {
        .kind = (int)ca_exported_number(entry, "kind", INT_MAX),
        .position = (int)ca_exported_number(entry, "position", INT_MAX),
        .detail = (int)ca_exported_number(entry, "detail", INT_MAX),
        .id = ca_exported_text(entry, "id"),
        .label = ca_exported_text(entry, "label")};

    if (!import->same_history)
        return CA_OK; /* it comes with the result */
    return ca_store_add_part(import->store, ca_exported_text(entry, "template"),
                             ca_exported_text(entry, "version"), &part, &import->error);
}

static enum ca_code do_retirement(struct ca_import *import, const struct ca_exported *entry)
{
    return ca_store_retire_template(import->store, ca_exported_text(entry, "template"),
                                    ca_exported_text(entry, "version"), date_of(entry, "on"),
                                    &import->error);
}

static enum ca_code do_completion(struct ca_import *import, const struct ca_exported *entry)
{
    return ca_store_complete_action(import->store, ca_exported_text(entry, "return"),
                                    ca_exported_text(entry, "action"), date_of(entry, "on"),
                                    &import->error);
}

static enum ca_code do_verification(struct ca_import *import, const struct ca_exported *entry)
{
    return ca_store_verify_action(import->store, ca_exported_text(entry, "return"),
                                  ca_exported_text(entry, "action"),
                                  ca_exported_text(entry, "by"), &import->error);
}

static enum ca_code do_reopening(struct ca_import *import, const struct ca_exported *entry)
{
    return ca_store_reopen_action(import->store, ca_exported_text(entry, "return"),
                                  ca_exported_text(entry, "action"),
                                  ca_exported_text(entry, "why"), &import->error);
}

static enum ca_code do_withdrawal(struct ca_import *import, const struct ca_exported *entry)
{
    return ca_store_withdraw(
        import->store, ca_exported_text(entry, "return"),
        strcmp(entry->entry.kind, "withdraw") == 0 ? ca_exported_text(entry, "why") : NULL,
        &import->error);
}

static enum ca_code do_setting(struct ca_import *import, const struct ca_exported *entry)
{
    if (strcmp(ca_exported_text(entry, "name"), "authority") == 0 && !import->same_history)
        return CA_OK; /* whose this store is, it says itself */
    return ca_store_set(import->store, ca_exported_text(entry, "name"),
                        ca_exported_text(entry, "value"), &import->error);
}

static enum ca_code do_population(struct ca_import *import, const struct ca_exported *entry)
{
    const struct ca_population population = {
        .of_framework = strcmp(ca_exported_text(entry, "of"), "framework") == 0,
        .name = ca_exported_text(entry, "name"),
        .period = period_of(entry),
        .count = ca_exported_number(entry, "count", INT64_MAX)};

    return ca_store_set_population(import->store, &population, &import->error);
}

static enum ca_code do_benchmark(struct ca_import *import, const struct ca_exported *entry)
{
    const struct ca_benchmark benchmark = {.name = ca_exported_text(entry, "name"),
                                           .template_id = ca_exported_text(entry, "template"),
                                           .period = period_of(entry)};

    return ca_store_set_benchmark(import->store, &benchmark, &import->error);
}

static enum ca_code do_erasure(struct ca_import *import, const struct ca_exported *entry)
{
    const struct ca_adopted_erasure erasure = {
        .why = ca_exported_text(entry, "why"),
        .template_id = ca_exported_text(entry, "template"),
        .version = ca_exported_text(entry, "version"),
        .entries = ca_exported_text(entry, "entries"),
        .documents = ca_exported_text(entry, "documents"),
        .first = ca_exported_text(entry, "first"),
        .counted = ca_exported_text(entry, "counted"),
        .figures = entry->figures,
        .figures_length = entry->figures_length};
    enum ca_code code = CA_OK;

    if (import->same_history)
        code = ca_store_adopt_erasure(import->store, &erasure, &import->error);
    else
        import->passed_over++;
    return code;
}

/* What belongs to the entry stands behind it. */
static enum ca_code do_rows(struct ca_import *import, const struct ca_exported *entry)
{
    if (entry->rows == NULL)
        return ca_fail(&import->error, CA_ERROR_DATA, "what belongs to the entry is missing");
    return ca_store_carry_in(import->store, entry->entry.kind, entry->entry.detail, entry->rows,
                             entry->rows_length, &import->error);
}

/* What is in the ledger alone is of that ledger. */
static enum ca_code do_note(struct ca_import *import, const struct ca_exported *entry)
{
    if (!import->same_history)
        return CA_OK;
    return ca_store_note(import->store, entry->entry.kind, entry->entry.subject,
                         entry->entry.detail, &import->error);
}

enum ca_code ca_import_do(struct ca_import *import, const struct ca_exported *entry)
{
    static const struct {
        const char *kind;
        enum ca_code (*run)(struct ca_import *import, const struct ca_exported *entry);
    } kinds[] = {{"init", do_note},
                 {"upgrade", do_note},
                 {"gap", do_note},
                 {"backup", do_note},
                 {"export", do_note},
                 {"part", do_part},
                 {"template", do_template},
                 {"retire", do_retirement},
                 {"record", do_record},
                 {"history", do_figures},
                 {"indicators", do_figures},
                 {"set", do_setting},
                 {"population", do_population},
                 {"benchmark", do_benchmark},
                 {"draw", do_rows},
                 {"allocate", do_rows},
                 {"replace", do_rows},
                 {"forget", do_rows},
                 {"complete", do_completion},
                 {"verify", do_verification},
                 {"reopen", do_reopening},
                 {"withdraw", do_withdrawal},
                 {"restore", do_withdrawal},
                 {"erase", do_erasure}};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, entry->entry.kind) == 0)
            return kinds[i].run(import, entry);
    return ca_fail(&import->error, CA_ERROR_DATA, "this program knows no change '%s'",
                   entry->entry.kind);
}
