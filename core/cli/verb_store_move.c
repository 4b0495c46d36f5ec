/*
 * store export, store import: a store as a folder of plain files, to move it to another
 * machine, database or version. changes.ndjson holds the ledger, one entry a line, and
 * documents/ what came with it; importing does again what the entries say, so results are
 * scored anew.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/cli/cli.h"
#include "core/cli/figures_import.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"
#include "core/work/scorer.h"

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

/* ---- export ---- */

struct export
{
    const char *folder;
    FILE *changes;
    struct ca_buffer line, path;
    size_t count;
    struct ca_error error;
    enum ca_code code;
};

static bool is_spreadsheet(const char *kind)
{
    return strcmp(kind, "history") == 0 || strcmp(kind, "indicators") == 0;
}

static enum ca_code write_document(struct export *export, const struct ca_stored_change *change,
                                   char name[64])
{
    FILE *file;
    bool good;

    snprintf(name, 64, "documents/%08lld.%s", (long long)change->entry.sequence,
             is_spreadsheet(change->entry.kind) ? "csv" : "xml");
    ca_buffer_clear(&export->path);
    ca_buffer_printf(&export->path, "%s/%s", export->folder, name);
    file = ca_file_new(export->path.data);
    good = file != NULL && fwrite(change->bytes, 1, change->length, file) == change->length;
    good = (file == NULL || fclose(file) == 0) && good;
    if (!good)
        return ca_fail(&export->error, CA_ERROR_IO, "cannot write '%s': %s", export->path.data,
                       strerror(errno));
    return CA_OK;
}

static bool export_change(void *context, const struct ca_stored_change *change)
{
    struct export *export = context;
    struct ca_buffer *line = &export->line;
    char name[64] = "";

    if (change->bytes != NULL)
        export->code = write_document(export, change, name);
    if (export->code != CA_OK)
        return false;
    ca_buffer_clear(line);
    ca_json_open(line, '{');
    ca_json_key_integer(line, "number", change->entry.sequence);
    ca_json_key_string(line, "at", change->entry.at);
    ca_json_key_string(line, "kind", change->entry.kind);
    ca_json_key_string(line, "subject", change->entry.subject);
    ca_json_key(line, "detail");
    ca_json_number(line, change->entry.detail);
    ca_json_key_string(line, "file", change->bytes != NULL ? name : NULL);
    ca_json_key_string(line, "hash", change->entry.hash);
    ca_json_close(line, '}');
    ca_buffer_putc(line, '\n');
    export->count++;
    if (fwrite(line->data, 1, line->length, export->changes) == line->length)
        return true;
    export->code = ca_fail(&export->error, CA_ERROR_IO, "cannot write into '%s': %s",
                           export->folder, strerror(errno));
    return false;
}

static enum ca_code make_folder(const char *folder, const char *below, struct ca_error *error)
{
    struct ca_buffer path = {0};
    enum ca_code code = CA_OK;

    ca_buffer_printf(&path, "%s%s", folder, below);
    if (!ca_folder_new(path.data))
        code = ca_fail(error, CA_ERROR_IO, "cannot make the folder '%s': %s", path.data,
                       strerror(errno));
    ca_buffer_free(&path);
    return code;
}

/* All that was written below the folder reaches the disk before it gets its name. */
static bool make_durable(const char *folder)
{
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = descriptor >= 0 && syncfs(descriptor) == 0;

    if (descriptor >= 0)
        close(descriptor);
    return good;
}

static enum ca_code fill_folder(struct export *export, struct ca_store *store)
{
    enum ca_code code;

    ca_buffer_clear(&export->path);
    ca_buffer_printf(&export->path, "%s/changes.ndjson", export->folder);
    export->changes = ca_file_new(export->path.data);
    if (export->changes == NULL)
        return ca_fail(&export->error, CA_ERROR_IO, "cannot write '%s': %s", export->path.data,
                       strerror(errno));
    code = ca_store_each_change(store, 1, export_change, export, &export->error);
    if (code == CA_OK)
        code = export->code;
    if (fclose(export->changes) != 0 && code == CA_OK)
        code = ca_fail(&export->error, CA_ERROR_IO, "cannot write into '%s': %s",
                       export->folder, strerror(errno));
    return code;
}

/* What an export that failed leaves is removed; it is all flat but for documents/. */
static void remove_files(const char *folder)
{
    DIR *stream = opendir(folder);
    struct ca_buffer path = {0};
    struct dirent *entry;

    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        ca_buffer_clear(&path);
        ca_buffer_printf(&path, "%s/%s", folder, entry->d_name);
        if (strcmp(entry->d_name, "documents") == 0)
            remove_files(path.data);
        else if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlink(path.data);
    }
    if (stream != NULL)
        closedir(stream);
    rmdir(folder);
    ca_buffer_free(&path);
}

/* The folder appears whole or not at all. */
static enum ca_code export_to(struct ca_store *store, const char *folder, struct export *export)
{
    struct ca_buffer part = {0};
    enum ca_code code;

    ca_buffer_printf(&part, "%s.%ld.part", folder, (long)getpid());
    export->folder = part.data;
    code = make_folder(part.data, "", &export->error);
    if (code == CA_OK)
        code = make_folder(part.data, "/documents", &export->error);
    if (code == CA_OK)
        code = fill_folder(export, store);
    if (code == CA_OK && (!make_durable(part.data) || rename(part.data, folder) != 0))
        code = ca_fail(&export->error, CA_ERROR_IO, "cannot make the folder '%s': %s", folder,
                       errno == ENOTEMPTY || errno == EEXIST ? "it is there and not empty"
                                                             : strerror(errno));
    if (code != CA_OK)
        remove_files(part.data);
    ca_buffer_free(&part);
    ca_buffer_free(&export->line);
    ca_buffer_free(&export->path);
    return code;
}

static int run_export(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_store *store = ca_cli_store(cli, CA_STORE_READ);
    struct export export = {.code = CA_OK};
    int status = CA_EXIT_DONE;
    enum ca_code code;

    if (store == NULL)
        return CA_EXIT_FAILED;
    code = export_to(store, args->operands[0], &export);
    if (code != CA_OK) {
        ca_complain("%s", export.error.message);
        status = CA_EXIT_FAILED;
    } else {
        ca_remark(cli, "%zu changes written to '%s'", export.count, args->operands[0]);
    }
    ca_store_close(store);
    return status;
}

const struct ca_verb ca_verb_store_export = {
    .name = "store export",
    .operands = "FOLDER",
    .summary = "Write everything in the store as plain files into a new folder",
    .example = "caseaudit store export store-2024-01-31",
    .options = no_options,
    .least = 1,
    .most = 1,
    .run = run_export,
};

/* ---- import ---- */

struct import {
    const struct ca_cli *cli;
    struct ca_store *store;
    const char *folder;
    struct ca_catalogue *catalogue;
    struct ca_scorer *scorer;
    struct ca_arena *arena;
    struct ca_buffer bytes, path;
    size_t done, refused;
    struct ca_error error;
};

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text != NULL ? text : "";
}

static ca_date date_of(const json_t *object, const char *key)
{
    ca_date date = CA_NO_DATE;

    ca_date_parse(text_of(object, key), &date);
    return date;
}

static struct ca_stored_period period_of(const json_t *detail)
{
    return (struct ca_stored_period){text_of(detail, "period"), date_of(detail, "from"),
                                     date_of(detail, "to")};
}

/* The document of an entry, which must be the one that was exported. */
static enum ca_code read_document(struct import *import, const json_t *entry)
{
    const char *name = text_of(entry, "file");
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
    if (strcmp(ca_sha256_hex(digest, hex),
               text_of(json_object_get(entry, "detail"), "document")) != 0)
        return ca_fail(&import->error, CA_ERROR_DATA,
                       "'%s' is not the document that was exported: its SHA-256 differs",
                       import->path.data);
    return CA_OK;
}

static enum ca_code import_template(struct import *import, const json_t *entry)
{
    struct ca_catalogue *catalogue;
    const struct ca_template *t;
    enum ca_loaded outcome;
    int status;

    if (read_document(import, entry) != CA_OK)
        return import->error.code;
    catalogue = ca_catalogue_new(import->cli->registry, NULL);
    status = ca_cli_load_template(import->cli, catalogue, import->store, import->path.data,
                                  &outcome, &t);
    ca_catalogue_free(catalogue);
    return status == 0 ? CA_OK
           : status > 0
               ? ca_fail(&import->error, CA_ERROR_DATA, "'%s' was refused", import->path.data)
               : ca_fail(&import->error, CA_ERROR_STORE, "the store failed");
}

static enum ca_code import_return(struct import *import, const json_t *entry)
{
    struct ca_put_outcome outcome = {.what = CA_PUT_REFUSED};
    const struct ca_plugin *plugin;
    struct ca_scored scored;
    struct ca_record record;
    const char *sha256;
    enum ca_code code;

    if (read_document(import, entry) != CA_OK)
        return import->error.code;
    ca_scorer_run(import->scorer, import->path.data, import->bytes.data, import->bytes.length,
                  &scored);
    if (scored.result == NULL) {
        ca_print_diags(import->cli, import->path.data, &scored.diags);
        return ca_fail(&import->error, CA_ERROR_DATA, "'%s' was refused", import->path.data);
    }
    plugin = ca_registry_find(import->cli->registry, scored.result->template->framework_name);
    sha256 = ca_registry_sha256(import->cli->registry, plugin, &import->error);
    if (sha256 == NULL)
        return import->error.code;
    ca_arena_reset(import->arena);
    ca_record_of_result(import->arena, scored.result, scored.bytes, scored.length, sha256,
                        &record);
    record.new_revision = true; /* as it was let in before */
    code = ca_store_put(import->store, &record, 1, &outcome, &import->error);
    if (code == CA_OK && outcome.what == CA_PUT_REFUSED)
        code = ca_fail(&import->error, CA_ERROR_DATA, "%s", outcome.reason);
    return code;
}

static enum ca_code import_figures(struct import *import, const json_t *entry)
{
    const struct ca_figures_wanted wanted = {.history =
                                                 strcmp(text_of(entry, "kind"), "history") == 0,
                                             .replace = true,
                                             .future = true,
                                             .again = true};
    size_t count;

    if (read_document(import, entry) != CA_OK)
        return import->error.code;
    return ca_cli_import_figures(import->cli, import->store, &wanted, import->path.data,
                                 &import->bytes, &count, &import->error);
}

static enum ca_code import_retirement(struct import *import, const json_t *entry)
{
    const json_t *detail = json_object_get(entry, "detail");

    return ca_store_retire_template(import->store, text_of(detail, "template"),
                                    text_of(detail, "version"), date_of(detail, "on"),
                                    &import->error);
}

static enum ca_code import_completion(struct import *import, const json_t *entry)
{
    const json_t *detail = json_object_get(entry, "detail");

    return ca_store_complete_action(import->store, text_of(detail, "return"),
                                    text_of(detail, "action"), date_of(detail, "on"),
                                    &import->error);
}

static enum ca_code import_verification(struct import *import, const json_t *entry)
{
    const json_t *detail = json_object_get(entry, "detail");

    return ca_store_verify_action(import->store, text_of(detail, "return"),
                                  text_of(detail, "action"), text_of(detail, "by"),
                                  &import->error);
}

static enum ca_code import_reopening(struct import *import, const json_t *entry)
{
    const json_t *detail = json_object_get(entry, "detail");

    return ca_store_reopen_action(import->store, text_of(detail, "return"),
                                  text_of(detail, "action"), text_of(detail, "why"),
                                  &import->error);
}

static enum ca_code import_setting(struct import *import, const json_t *entry)
{
    const json_t *detail = json_object_get(entry, "detail");

    return ca_store_set(import->store, text_of(detail, "name"), text_of(detail, "value"),
                        &import->error);
}

static enum ca_code import_population(struct import *import, const json_t *entry)
{
    const json_t *detail = json_object_get(entry, "detail");
    const struct ca_population population = {
        .of_framework = strcmp(text_of(detail, "of"), "framework") == 0,
        .name = text_of(detail, "name"),
        .period = period_of(detail),
        .count = json_integer_value(json_object_get(detail, "count"))};

    return ca_store_set_population(import->store, &population, &import->error);
}

static enum ca_code import_benchmark(struct import *import, const json_t *entry)
{
    const json_t *detail = json_object_get(entry, "detail");
    const struct ca_benchmark benchmark = {.name = text_of(detail, "name"),
                                           .template_id = text_of(detail, "template"),
                                           .period = period_of(detail)};

    return ca_store_set_benchmark(import->store, &benchmark, &import->error);
}

/* What comes by itself: the store's own first entry, and parts that results bring. */
static enum ca_code import_nothing(struct import *import, const json_t *entry)
{
    (void)import;
    (void)entry;
    return CA_OK;
}

static enum ca_code import_entry(struct import *import, const json_t *entry)
{
    static const struct {
        const char *kind;
        enum ca_code (*run)(struct import *import, const json_t *entry);
    } kinds[] = {{"init", import_nothing},          {"upgrade", import_nothing},
                 {"gap", import_nothing},           {"part", import_nothing},
                 {"template", import_template},     {"retire", import_retirement},
                 {"record", import_return},         {"history", import_figures},
                 {"indicators", import_figures},    {"set", import_setting},
                 {"population", import_population}, {"benchmark", import_benchmark},
                 {"complete", import_completion},   {"verify", import_verification},
                 {"reopen", import_reopening}};
    const char *kind = text_of(entry, "kind");

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].run(import, entry);
    return ca_fail(&import->error, CA_ERROR_DATA, "this program knows no change '%s'", kind);
}

/* Refused entries are told and passed over; a store or disk that fails is the end. */
static bool import_line(struct import *import, size_t number, const char *line)
{
    json_error_t error;
    json_t *entry = json_loads(line, 0, &error);
    enum ca_code code;

    if (entry == NULL)
        code = ca_fail(&import->error, CA_ERROR_DATA, "the line is no JSON: %s", error.text);
    else
        code = import_entry(import, entry);
    json_decref(entry);
    if (code == CA_OK) {
        import->done++;
        return true;
    }
    ca_complain("%s/changes.ndjson:%zu: %s", import->folder, number, import->error.message);
    import->refused++;
    return code == CA_ERROR_DATA || code == CA_ERROR_NOT_FOUND || code == CA_ERROR_LIMIT;
}

static bool import_lines(struct import *import, FILE *changes)
{
    char *line = NULL;
    size_t size = 0, number = 0;
    bool good = true;

    while (good && getline(&line, &size, changes) > 0)
        good = import_line(import, ++number, line);
    free(line);
    return good;
}

static int import_from(struct import *import)
{
    struct ca_template_source source = ca_cli_source_as_recorded(import->store);
    const struct ca_engine_options options = {.allow_incomplete = false};
    FILE *changes;
    bool good;

    ca_buffer_clear(&import->path);
    ca_buffer_printf(&import->path, "%s/changes.ndjson", import->folder);
    changes = fopen(import->path.data, "rb");
    if (changes == NULL) {
        ca_complain("cannot read '%s': %s", import->path.data, strerror(errno));
        return CA_EXIT_FAILED;
    }
    import->arena = ca_arena_new();
    import->catalogue = ca_catalogue_new(import->cli->registry, &source);
    import->scorer = ca_scorer_new(import->cli->registry, import->catalogue, &options);
    good = import_lines(import, changes);
    fclose(changes);
    ca_scorer_free(import->scorer);
    ca_catalogue_free(import->catalogue);
    ca_arena_free(import->arena);
    ca_remark(import->cli, "%zu changes done again, %zu refused", import->done,
              import->refused);
    return !good ? CA_EXIT_FAILED : import->refused > 0 ? CA_EXIT_REFUSED : CA_EXIT_DONE;
}

static int run_import(struct ca_cli *cli, const struct ca_args *args)
{
    struct import import = {
        .cli = cli, .folder = args->operands[0], .store = ca_cli_store(cli, CA_STORE_WRITE)};
    int status;

    if (import.store == NULL)
        return CA_EXIT_FAILED;
    status = import_from(&import);
    ca_store_close(import.store);
    ca_buffer_free(&import.bytes);
    ca_buffer_free(&import.path);
    return status;
}

const struct ca_verb ca_verb_store_import = {
    .name = "store import",
    .operands = "FOLDER",
    .summary = "Do again in this store what an export tells of; returns are scored anew",
    .example = "caseaudit --store sqlite:new.db store import store-2024-01-31",
    .options = no_options,
    .least = 1,
    .most = 1,
    .run = run_import,
};
