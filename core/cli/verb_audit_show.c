/* audit show, audit export: one audit as it is stored, and its document. */
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/cli/cli.h"
#include "core/cli/output.h"
#include "core/cli/recorded.h"
#include "core/cli/scored.h"
#include "core/cli/store_access.h"
#include "core/cli/template_named.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

/* A copy of what the store hands out. */
struct document {
    int64_t result;
    int revision;
    struct ca_buffer bytes, name, said;
};

static bool keep_document(void *context, const struct ca_stored_return *stored)
{
    struct document *document = context;

    document->result = stored->result;
    document->revision = stored->revision;
    ca_buffer_add(&document->bytes, stored->bytes != NULL ? stored->bytes : "", stored->length);
    ca_buffer_puts(&document->name, stored->return_id);
    ca_buffer_printf(&document->said, "%s, revision %d%s, recorded %s by %s", stored->return_id,
                     stored->revision, stored->latest ? "" : " (a later one counts)",
                     stored->at, stored->who);
    return true;
}

static void free_document(struct document *document)
{
    ca_buffer_free(&document->bytes);
    ca_buffer_free(&document->name);
    ca_buffer_free(&document->said);
}

/* --revision, 0 for the latest; false with a complaint. */
static bool wanted_revision(const struct ca_args *args, int *revision)
{
    const char *given = ca_args_get(args, "revision", NULL);
    int64_t number = 0;

    if (given != NULL && !ca_integer_parse(given, 1, 1000000, &number)) {
        ca_misused(args->verb, "--revision '%s' is no number of a revision", given);
        return false;
    }
    *revision = (int)number;
    return true;
}

/* ---- show ---- */

struct showing {
    struct ca_cli *cli;
    const struct ca_args *args;
    struct ca_store *store;
    const struct ca_scored_writer *writer;
    const struct document *document;
    int status;
};

/* Scored again, because only so all of it can be explained; it must be what is stored. */
static bool write_scored(void *context, size_t index, struct ca_record *record,
                         const struct ca_buffer *said)
{
    struct showing *showing = context;
    const char *name = showing->document->name.data;
    struct ca_buffer text = {0};
    struct ca_error error;
    bool same = false;

    (void)index;
    if (record == NULL) {
        (void)fwrite(said->data, 1, said->length, stderr);
        ca_complain("'%s' cannot be scored as it was: is its framework here, and the same?",
                    name);
        return true;
    }
    if (ca_store_same_result(showing->store, showing->document->result, record, &same,
                             &error) != CA_OK) {
        showing->status = ca_cli_store_failed(&error);
        return true;
    }
    if (!same)
        ca_complain("note: scoring '%s' again gives another result than is stored", name);
    ca_remark(showing->cli, "%s", showing->document->said.data);
    ca_buffer_puts(&text, ca_scored_head(showing->writer));
    ca_buffer_add(&text, said->data, said->length);
    ca_buffer_puts(&text, ca_scored_tail(showing->writer));
    showing->status = ca_output_write(showing->args, CA_OUTPUT_CASES, text.data, text.length);
    ca_buffer_free(&text);
    return true;
}

static int show_document(struct ca_cli *cli, const struct ca_args *args, struct ca_store *store,
                         const struct ca_scored_writer *writer, const struct document *document)
{
    struct ca_template_source source = ca_cli_source_as_recorded(store);
    struct ca_catalogue *catalogue = ca_catalogue_new(cli->registry, &source);
    struct ca_again *again = ca_again_open(cli, catalogue, writer, 1);
    const struct ca_pool_document one = {document->name.data, document->bytes.data,
                                         document->bytes.length};
    struct showing showing = {cli, args, store, writer, document, CA_EXIT_FAILED};
    struct ca_error error;

    if (ca_again_score(again, &one, 1, write_scored, &showing, &error) != CA_OK)
        ca_complain("%s", error.message);
    ca_again_close(again);
    ca_catalogue_free(catalogue);
    return showing.status;
}

static int show(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_scored_writer writer;
    struct document document = {0};
    struct ca_store *store;
    struct ca_error error;
    int revision, status = CA_EXIT_USAGE;

    if (!wanted_revision(args, &revision))
        return CA_EXIT_USAGE;
    if (ca_scored_writer_init(&writer, args)) {
        store = ca_cli_store(cli, CA_STORE_READ);
        status = CA_EXIT_FAILED;
        if (store != NULL && ca_store_find_return(store, args->operands[0], revision,
                                                  keep_document, &document, &error) == CA_OK)
            status = show_document(cli, args, store, &writer, &document);
        else if (store != NULL)
            status = ca_cli_store_failed(&error);
        ca_store_close(store);
        free_document(&document);
    }
    ca_scored_writer_free(&writer);
    return status;
}

static const struct ca_option_row show_options[] = {
    {"revision", 0, "N", false, "this revision, and not the one that counts"},
    {"explain", 0, NULL, false, "show why: every weight, sum, rounding, limit"},
    {"format", 'f', "text|json|html|xml", false, "how it is written (text)"},
    {"theme", 0, "FILE", false, "name, logo and colours of a page"},
    {"output", 'o', "FILE", false, "write to FILE, whole or not at all"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_audit_show = {
    .name = "audit show",
    .operands = "RETURN",
    .summary = "Show the result of one audit in the store",
    .example = "caseaudit audit show CIN-2023-001 --explain",
    .options = show_options,
    .least = 1,
    .most = 1,
    .run = show,
};

/* ---- export ---- */

static enum ca_code gather(struct ca_store *store, const struct ca_args *args, int revision,
                           struct document *documents, struct ca_output_file *files,
                           struct ca_error *error)
{
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < args->operand_count && code == CA_OK; i++) {
        struct document *document = &documents[i];
        code = ca_store_find_return(store, args->operands[i], revision, keep_document, document,
                                    error);
        if (code != CA_OK)
            continue;
        for (char *c = document->name.data; *c != '\0'; c++)
            if (*c == '/')
                *c = '_';
        ca_buffer_puts(&document->name, ".xml");
        files[i] = (struct ca_output_file){.name = document->name.data,
                                           .bytes = document->bytes.data,
                                           .length = document->bytes.length};
    }
    return code;
}

static int export(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_output_file *files;
    struct document *documents;
    struct ca_store *store;
    struct ca_error error;
    int revision, status = CA_EXIT_DONE;
    enum ca_code code;

    if (!ca_args_has(args, "output"))
        return ca_misused(args->verb, "say into which folder, with -o FOLDER");
    if (!wanted_revision(args, &revision))
        return CA_EXIT_USAGE;
    store = ca_cli_store(cli, CA_STORE_READ);
    if (store == NULL)
        return CA_EXIT_FAILED;
    documents = ca_xcalloc(args->operand_count, sizeof *documents);
    files = ca_xcalloc(args->operand_count, sizeof *files);
    code = gather(store, args, revision, documents, files, &error);
    if (code != CA_OK)
        status = ca_cli_store_failed(&error);
    else if (ca_output_folder(args, files, args->operand_count, &error) != CA_OK)
        status = ca_output_failed(&error);
    for (size_t i = 0; i < args->operand_count; i++)
        free_document(&documents[i]);
    free(documents);
    free(files);
    ca_store_close(store);
    return status;
}

static const struct ca_option_row export_options[] = {
    {"revision", 0, "N", false, "this revision, and not the one that counts"},
    {"output", 'o', "FOLDER", false, "write RETURN.xml into this folder, all or none"},
    {"force", 0, NULL, false, "replace files that are there and hold something else"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_audit_export = {
    .name = "audit export",
    .operands = "RETURN...",
    .summary = "Give back returns as they were recorded, byte for byte",
    .example = "caseaudit audit export CIN-2023-001 CIN-2023-002 -o returns",
    .options = export_options,
    .least = 1,
    .most = (size_t)-1,
    .run = export,
};
