/*
 * store export: a store as a folder of plain files, to move it to another machine, database or
 * version. changes.ndjson holds the ledger, one entry a line, documents/ what came with them,
 * heads the heads that were printed or signed, and last the export's own. A backup may have all
 * of it in one file.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/base/nameless.h"
#include "core/cli/archive.h"
#include "core/cli/cli.h"
#include "core/cli/heads.h"
#include "core/cli/ledger_words.h"
#include "core/cli/store_access.h"
#include "core/cli/verbs.h"
#include "core/store/query.h"

struct export
{
    struct ca_store *store;
    const char *folder; /* or the path of the archive */
    FILE *archive;      /* NULL: into a folder */
    FILE *changes, *heads;
    struct ca_buffer line, path, figures;
    size_t count;
    struct ca_head head;
    struct ca_error error;
    enum ca_code code;
};

static bool is_spreadsheet(const char *kind)
{
    return strcmp(kind, "history") == 0 || strcmp(kind, "indicators") == 0;
}

static enum ca_code failed(struct export *export)
{
    return ca_fail(&export->error, CA_ERROR_IO, "cannot write %s'%s': %s",
                   export->archive != NULL ? "" : "into ", export->folder, ca_reason(errno));
}

static enum ca_code write_document(struct export *export, const struct ca_stored_change *change,
                                   char name[64])
{
    FILE *file;
    bool good;

    snprintf(name, 64, "documents/%08lld.%s", (long long)change->entry.sequence,
             is_spreadsheet(change->entry.kind) ? "csv" : "xml");
    if (export->archive != NULL)
        return ca_archive_add(export->archive, name, change->bytes, change->length)
                   ? CA_OK
                   : failed(export);
    ca_buffer_clear(&export->path);
    ca_buffer_printf(&export->path, "%s/%s", export->folder, name);
    file = ca_file_new(export->path.data);
    good = file != NULL &&
           (change->length == 0 || /* a damaged store has such, and no bytes of them */
            fwrite(change->bytes, 1, change->length, file) == change->length);
    good = (file == NULL || fclose(file) == 0) && good;
    return good ? CA_OK : failed(export);
}

/* What an erasure left goes behind its entry. */
static void add_figures(struct export *export, const struct ca_stored_change *change)
{
    struct ca_buffer *line = &export->line;

    if (strcmp(change->entry.kind, "erase") != 0)
        return;
    ca_buffer_clear(&export->figures);
    export->code = ca_store_erased_figures(export->store, change->entry.sequence,
                                           &export->figures, &export->error);
    line->data[--line->length] = '\0'; /* the closing bracket */
    ca_buffer_printf(line, ",\"figures\":%s}",
                     export->figures.length > 0 ? export->figures.data : "null");
}

/* And so does what a sample consists of. */
static void add_rows(struct export *export, const struct ca_stored_change *change)
{
    struct ca_buffer *line = &export->line;

    ca_buffer_clear(&export->figures);
    export->code = ca_store_carry_out(export->store, change->entry.kind, change->entry.sequence,
                                      &export->figures, &export->error);
    if (export->figures.length == 0)
        return;
    line->data[--line->length] = '\0'; /* the closing bracket */
    ca_buffer_printf(line, ",\"rows\":%s}", export->figures.data);
}

static bool export_change(void *context, const struct ca_stored_change *change)
{
    struct export *export = context;
    struct ca_buffer *line = &export->line;
    char name[64] = "";

    if (change->bytes != NULL)
        export->code = write_document(export, change, name);
    ca_buffer_clear(line);
    ca_ledger_json(&change->entry, change->bytes != NULL ? name : NULL, true, line);
    add_figures(export, change);
    if (export->code == CA_OK)
        add_rows(export, change);
    ca_buffer_putc(line, '\n');
    export->count++;
    if (export->code == CA_OK &&
        fwrite(line->data, 1, line->length, export->changes) != line->length)
        export->code = failed(export);
    return export->code == CA_OK;
}

static bool export_head(void *context, const struct ca_head *head)
{
    struct export *export = context;

    ca_buffer_clear(&export->line);
    ca_head_write(&export->line, head);
    fprintf(export->heads, "%s\n", export->line.data);
    return true;
}

/* ---- the folder, or the archive ---- */

/* Goes into the archive once it is whole; until then it has no name. */
static FILE *passing_file(const char *path)
{
    struct ca_nameless file = ca_nameless_open(path);
    int copy = file.fd >= 0 ? fcntl(file.fd, F_DUPFD_CLOEXEC, 0) : -1;
    FILE *stream = copy >= 0 ? fdopen(copy, "w+b") : NULL;

    if (copy >= 0 && stream == NULL)
        (void)close(copy);
    ca_nameless_close(&file);
    return stream;
}

static FILE *new_file(struct export *export, const char *name)
{
    ca_buffer_clear(&export->path);
    ca_buffer_printf(&export->path, export->archive != NULL ? "%s.%s" : "%s/%s", export->folder,
                     name);
    return export->archive != NULL ? passing_file(export->path.data)
                                   : ca_file_new(export->path.data);
}

static bool end_file(struct export *export, FILE *file, const char *name)
{
    bool good = file == NULL || export->archive == NULL ||
                ca_archive_add_file(export->archive, name, file);

    return (file == NULL || fclose(file) == 0) && good;
}

static enum ca_code end_files(struct export *export)
{
    const bool good = end_file(export, export->changes, "changes.ndjson");

    return end_file(export, export->heads, "heads") && good ? CA_OK : failed(export);
}

static enum ca_code fill(struct export *export)
{
    enum ca_code code = ca_store_begin_reading(export->store, &export->error);
    struct ca_error error;

    if (code != CA_OK)
        return code;
    export->changes = new_file(export, "changes.ndjson");
    export->heads = new_file(export, "heads");
    if (export->changes == NULL || export->heads == NULL)
        code = failed(export);
    if (code == CA_OK)
        code = ca_store_head(export->store, &export->head, &export->error);
    if (code == CA_OK)
        code = ca_store_each_change(export->store, 1, export_change, export, &export->error);
    if (code == CA_OK && export->code == CA_OK)
        code = ca_store_each_head(export->store, export_head, export, &export->error);
    ca_store_end_reading(export->store);
    if (code == CA_OK)
        code = export->code;
    if (code == CA_OK)
        (void)export_head(export, &export->head);
    if (code == CA_OK)
        return end_files(export);
    error = export->error;
    (void)end_files(export);
    export->error = error; /* what went wrong first */
    return code;
}

/* What an export that failed or was killed leaves is removed; it is all flat but for
 * documents/. */
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

/* The folder under the name it has until it is whole, locked; what a killed export left there
 * goes. -1 with an error. */
static int make_part(struct export *export)
{
    struct ca_buffer documents = {0};
    int lock = open(export->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good;

    if (lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ca_fail(&export->error, CA_ERROR_IO, "'%s' is being written by another export",
                export->folder);
        (void)close(lock);
        return -1;
    }
    if (lock >= 0) {
        remove_files(export->folder);
        (void)close(lock);
    }
    ca_buffer_printf(&documents, "%s/documents", export->folder);
    good = ca_folder_new(export->folder);
    lock = good ? open(export->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    good = lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0 && ca_folder_new(documents.data);
    ca_buffer_free(&documents);
    if (good)
        return lock;
    ca_fail(&export->error, CA_ERROR_IO, "cannot make the folder '%s': %s", export->folder,
            ca_reason(errno));
    if (lock >= 0)
        (void)close(lock);
    return -1;
}

static const char *why_not_new(int reason)
{
    return reason == ENOTEMPTY || reason == EEXIST ? "it is there and not empty; name a new one"
           : reason == EBUSY || reason == EINVAL   ? "it is there and in use; name a new one"
           : reason == ENOTDIR                     ? "it is a file; name a new one"
                                                   : ca_reason(reason);
}

static void free_buffers(struct export *export)
{
    ca_buffer_free(&export->line);
    ca_buffer_free(&export->path);
    ca_buffer_free(&export->figures);
}

/* The folder appears whole or not at all. */
static enum ca_code export_to(struct export *export, const char *folder)
{
    struct ca_buffer part = {0};
    enum ca_code code;
    int lock;

    ca_buffer_printf(&part, "%s.part", folder);
    export->folder = part.data;
    lock = make_part(export);
    code = lock >= 0 ? fill(export) : CA_ERROR_IO;
    /* All that was written reaches the disk before it gets its name. */
    if (code == CA_OK && (syncfs(lock) != 0 || rename(part.data, folder) != 0))
        code = ca_fail(&export->error, CA_ERROR_IO, "cannot make the folder '%s': %s", folder,
                       why_not_new(errno));
    if (code != CA_OK && lock >= 0)
        remove_files(part.data);
    if (lock >= 0)
        (void)close(lock);
    ca_buffer_free(&part);
    free_buffers(export);
    return code;
}

/* ---- the archive ---- */

static enum ca_code fill_archive(struct export *export, const struct ca_nameless *file)
{
    enum ca_code code;
    bool good;

    export->archive = fopen(file->way, "r+b");
    if (export->archive == NULL)
        return failed(export);
    code = fill(export);
    good = code == CA_OK && ca_archive_end(export->archive);
    good = fclose(export->archive) == 0 && good;
    return code != CA_OK || good ? code : failed(export);
}

static enum ca_code not_named(struct export *export, int why)
{
    return ca_fail(&export->error, why == EEXIST ? CA_ERROR_USAGE : CA_ERROR_IO,
                   "'%s' is not written: %s", export->folder,
                   why == EEXIST ? "it is there already; choose another name" : ca_reason(why));
}

/* It takes the place of nothing; that it would is said before all is read. */
enum ca_code ca_export_archive(struct ca_store *store, const char *path, struct ca_head *head,
                               struct ca_error *error)
{
    struct export export = {.store = store, .folder = path, .code = CA_OK};
    struct ca_nameless file = {.fd = -1};
    struct stat status;
    enum ca_code code = lstat(path, &status) == 0 ? not_named(&export, EEXIST) : CA_OK;

    if (code == CA_OK) {
        file = ca_nameless_open(path);
        code = file.fd >= 0 ? fill_archive(&export, &file) : failed(&export);
    }
    if (code == CA_OK && !ca_nameless_name(&file, path, false))
        code = not_named(&export, errno);
    ca_nameless_close(&file);
    free_buffers(&export);
    *head = export.head;
    *error = export.error;
    return code;
}

static int run_export(struct ca_cli *cli, const struct ca_args *args)
{
    const char *folder = args->operands[0];
    struct export export = {.store = ca_cli_store_to_note(cli), .code = CA_OK};
    int status = CA_EXIT_DONE;

    if (export.store == NULL)
        return CA_EXIT_FAILED;
    if (export_to(&export, folder) != CA_OK) {
        ca_complain("%s", export.error.message);
        status = CA_EXIT_FAILED;
    } else {
        ca_remark(cli, "%zu changes written to '%s'", export.count, folder);
        ca_cli_note_copy(cli, export.store, "export", folder, &export.head);
    }
    ca_store_close(export.store);
    return status;
}

static const struct ca_option_row no_options[] = {{NULL, 0, NULL, false, NULL}};

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
