/*
 * store import: the history that an export tells of. First all of it is proved: every entry
 * against its hash, every document against its digest, the end against the export's head. A
 * new store, or one that has the beginning of that history, then gets it as it was, with its
 * times and hashes, all or nothing; one that has it already stays as it is. A store with a
 * history of its own does again what it does not have yet.
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/file.h"
#include "core/cli/archive.h"
#include "core/cli/cli.h"
#include "core/cli/heads.h"
#include "core/cli/import.h"
#include "core/cli/store_access.h"
#include "core/cli/template_named.h"
#include "core/cli/verbs.h"
#include "core/report/summary/temporary.h"
#include "core/store/query.h"
#include "core/store/signature.h"

/* ---- proving ---- */

enum { MOST_OF_HEADS = 16 * 1024 * 1024 };

struct proof {
    struct ca_head *heads; /* of the export's file; the last is its own */
    size_t head_count;
    struct ca_head end;
    size_t found;        /* of the heads */
    int64_t here;        /* entries of the store */
    bool meets;          /* the export has the store's last entry */
    struct ca_head last; /* of the store */
};

static enum ca_code prove_entry(struct ca_import *import, const struct ca_exported *entry,
                                void *context)
{
    struct proof *proof = context;
    const struct ca_entry *e = &entry->entry;
    uint8_t commitment[CA_SHA256_SIZE];
    char hash[CA_SHA256_TEXT];

    if (e->sequence != proof->end.entries + 1 || strcmp(e->previous, proof->end.hash) != 0)
        return ca_fail(&import->error, CA_ERROR_DATA,
                       "the entry does not follow the one before");
    if (e->salt != NULL)
        ca_chain_commitment(e->salt, e->subject, e->detail, commitment);
    if (e->salt != NULL && memcmp(commitment, e->commitment, sizeof commitment) != 0)
        return ca_fail(&import->error, CA_ERROR_DATA,
                       "the entry's content is not what was committed to");
    ca_chain_hash(e->previous, e->sequence, e->at, e->who, e->kind, e->commitment, hash);
    if (strcmp(hash, e->hash) != 0)
        return ca_fail(&import->error, CA_ERROR_DATA, "the entry is not what its hash says");
    proof->end.entries = e->sequence;
    snprintf(proof->end.hash, sizeof proof->end.hash, "%s", e->hash);
    for (size_t i = 0; i < proof->head_count; i++)
        proof->found += proof->heads[i].entries == e->sequence &&
                        strcmp(proof->heads[i].hash, e->hash) == 0;
    proof->meets |=
        e->sequence == proof->last.entries && strcmp(e->hash, proof->last.hash) == 0;
    return entry->file != NULL ? ca_import_document(import, entry) : CA_OK;
}

static enum ca_code read_heads(struct ca_import *import, struct proof *proof)
{
    struct ca_buffer lines = {0};
    enum ca_code code;

    ca_buffer_clear(&import->path);
    ca_buffer_printf(&import->path, "%s/heads", import->folder);
    code = ca_file_read(import->path.data, MOST_OF_HEADS, &lines, &import->error);
    if (code != CA_OK)
        ca_complain("%s", import->error.message);
    if (code != CA_OK)
        return ca_fail(&import->error, CA_ERROR_IO, "the export cannot be read");
    if (ca_heads_read(lines.data, lines.length, &proof->heads, &proof->head_count,
                      &import->error) != CA_OK)
        code = ca_fail(&import->error, CA_ERROR_DATA, "the export's heads are damaged");
    ca_buffer_free(&lines);
    return code;
}

/* All of the export is as it was written, up to its end. */
static enum ca_code prove(struct ca_import *import, struct proof *proof)
{
    enum ca_code code = read_heads(import, proof);
    const struct ca_head *own;

    if (code == CA_OK)
        code = ca_store_head(import->store, &proof->last, &import->error);
    if (code == CA_OK)
        code = ca_import_each(import, prove_entry, proof);
    if (code != CA_OK)
        return code;
    own = proof->head_count > 0 ? &proof->heads[proof->head_count - 1] : NULL;
    if (own == NULL || own->entries != proof->end.entries ||
        strcmp(own->hash, proof->end.hash) != 0)
        return ca_fail(&import->error, CA_ERROR_DATA,
                       "the export ends at entry %lld, and not where its head says: lines are "
                       "missing, or were added",
                       (long long)proof->end.entries);
    for (size_t i = 0; i < proof->head_count; i++) {
        bool good = true;
        if (proof->heads[i].is_signed)
            code = ca_head_verify(&proof->heads[i], &good, &import->error);
        if (code != CA_OK)
            return code;
        if (!good)
            return ca_fail(&import->error, CA_ERROR_DATA,
                           "the signature of a head in the export is not good");
    }
    return proof->found >= proof->head_count
               ? CA_OK
               : ca_fail(&import->error, CA_ERROR_DATA,
                         "a head in the export is of another history");
}

/* ---- importing ---- */

/* The same entry, with its time and salt; what is in the store already is passed over. */
static enum ca_code adopt_entry(struct ca_import *import, const struct ca_exported *entry,
                                void *context)
{
    const int64_t *here = context;
    enum ca_code code;

    if (entry->entry.sequence <= *here)
        return CA_OK;
    if (entry->entry.salt == NULL)
        return ca_store_enter_erased(import->store, &entry->entry, &import->error);
    ca_store_follow(import->store, &entry->entry);
    code = ca_import_do(import, entry);
    ca_store_follow(import->store, NULL);
    import->done += code == CA_OK;
    return code;
}

static enum ca_code keep_heads(struct ca_import *import, const struct proof *proof)
{
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < proof->head_count && code == CA_OK; i++)
        code = ca_store_keep_head(import->store, &proof->heads[i], &import->error);
    return code;
}

struct adopting {
    struct ca_import *import;
    const struct proof *proof;
};

static enum ca_code adopt_all(void *context, struct ca_error *error)
{
    struct ca_import *import = ((struct adopting *)context)->import;
    const struct proof *proof = ((struct adopting *)context)->proof;
    int64_t here = proof->meets ? proof->last.entries : 0;
    enum ca_code code = CA_OK;

    import->done = 0;
    if (here == 0)
        code = ca_store_begin_anew(import->store, &import->error);
    if (code == CA_OK)
        code = ca_import_each(import, adopt_entry, &here);
    if (code == CA_OK)
        code = keep_heads(import, proof);
    *error = import->error;
    return code;
}

static enum ca_code adopt(struct ca_import *import, const struct proof *proof)
{
    struct adopting adopting = {import, proof};

    import->same_history = true;
    return ca_store_together(import->store, adopt_all, &adopting, &import->error);
}

/* What an entry is about, whenever it was made: a return by its document, for its revision may
 * be another here. */
static void write_gist(const struct ca_entry *entry, struct ca_buffer *out)
{
    static const char key[] = "\"document\":";
    const char *document =
        strcmp(entry->kind, "record") == 0 ? strstr(entry->detail, key) : NULL;

    ca_buffer_clear(out);
    ca_buffer_printf(out, "%s %s ", entry->kind, entry->subject);
    if (document != NULL)
        ca_buffer_add(out, document, sizeof key + CA_SHA256_TEXT);
    else
        ca_buffer_puts(out, entry->detail);
}

static bool note_seen(void *context, const struct ca_stored_change *change)
{
    struct ca_import *import = context;
    struct ca_buffer gist = {0};

    if (change->entry.salt != NULL) {
        write_gist(&change->entry, &gist);
        ca_map_put(import->seen, ca_arena_strdup(import->seen_arena, gist.data), 0);
    }
    ca_buffer_free(&gist);
    return true;
}

static bool is_seen(const struct ca_import *import, const struct ca_entry *entry)
{
    struct ca_buffer gist = {0};
    bool seen;

    write_gist(entry, &gist);
    seen = ca_map_get(import->seen, gist.data) != CA_NOT_FOUND;
    ca_buffer_free(&gist);
    return seen;
}

/* What cannot be done in another history is told and passed over. */
static enum ca_code merge_entry(struct ca_import *import, const struct ca_exported *entry,
                                void *context)
{
    enum ca_code code;

    (void)context;
    if (entry->entry.salt == NULL || is_seen(import, &entry->entry))
        return CA_OK;
    code = ca_import_do(import, entry);
    import->done += code == CA_OK;
    import->refused += code != CA_OK;
    if (code == CA_OK)
        return CA_OK;
    if (code != CA_ERROR_DATA && code != CA_ERROR_NOT_FOUND && code != CA_ERROR_LIMIT)
        return code;
    ca_complain("%s: entry %lld (%s '%s'): %s", import->folder,
                (long long)entry->entry.sequence, entry->entry.kind, entry->entry.subject,
                import->error.message);
    return CA_OK;
}

static enum ca_code merge(struct ca_import *import, ca_import_visit visit)
{
    enum ca_code code;

    import->seen_arena = ca_arena_new();
    import->seen = ca_map_new(import->seen_arena, 1024);
    code = ca_store_each_change(import->store, 1, note_seen, import, &import->error);
    if (code == CA_OK)
        code = ca_import_each(import, visit, NULL);
    ca_arena_free(import->seen_arena);
    return code;
}

/* Only what was erased here comes again, if it is asked for. */
static enum ca_code bring_back(struct ca_import *import, const struct ca_exported *entry,
                               void *context)
{
    return strcmp(entry->entry.kind, "record") == 0 ? merge_entry(import, entry, context)
                                                    : CA_OK;
}

static enum ca_code import_proved(struct ca_import *import, const struct proof *proof)
{
    const struct ca_head *own = &proof->heads[proof->head_count - 1];
    enum ca_code code;
    int64_t entries;
    bool has;

    code = ca_store_contains(import->store, own, &has, &entries, &import->error);
    if (code != CA_OK)
        return code;
    if (has && !import->allow_erased) {
        ca_remark(import->cli, "the store has all of this already");
        return CA_OK;
    }
    if (has)
        return merge(import, bring_back);
    if (proof->meets || entries == 1)
        return adopt(import, proof);
    ca_remark(import->cli, "the store has a history of its own: what it does not have is done "
                           "again in it, as of now");
    return merge(import, merge_entry);
}

static int import_from(struct ca_import *import)
{
    struct ca_template_source source = ca_cli_source_as_recorded(import->store);
    struct ca_catalogue *catalogue = ca_catalogue_new(import->cli->registry, &source);
    struct proof proof = {.heads = NULL};
    enum ca_code code;

    import->again = ca_again_open(import->cli, catalogue, NULL, 1);
    code = prove(import, &proof);
    if (code != CA_OK)
        ca_complain("the export is not what was written: %s; nothing was imported",
                    import->error.message);
    else if ((code = import_proved(import, &proof)) != CA_OK)
        ca_complain("%s%s", import->error.message,
                    import->same_history ? "; nothing was imported" : "");
    else
        ca_remark(import->cli, "%zu changes imported, %zu refused", import->done,
                  import->refused);
    if (import->passed_over > 0)
        ca_remark(import->cli, "%zu erased audits stay where they were erased",
                  import->passed_over);
    ca_again_close(import->again);
    ca_catalogue_free(catalogue);
    free(proof.heads);
    if (code == CA_OK)
        return import->refused > 0 ? CA_EXIT_REFUSED : CA_EXIT_DONE;
    return code == CA_ERROR_DATA || code == CA_ERROR_NOT_FOUND ? CA_EXIT_REFUSED
                                                               : CA_EXIT_FAILED;
}

/* A backup in one file is unpacked where nobody else can look into it, and for that long. */
static int import_archive(struct ca_import *import)
{
    struct ca_temporary unpacked;
    int status = CA_EXIT_FAILED;
    enum ca_code code = ca_temporary_new(&unpacked, &import->error);

    if (code != CA_OK)
        return ca_cli_store_failed(&import->error);
    code = ca_archive_unpack(import->folder, unpacked.path, &import->error);
    import->folder = unpacked.path;
    if (code == CA_OK)
        status = import_from(import);
    else
        status = ca_cli_store_failed(&import->error);
    ca_temporary_remove(&unpacked);
    return status;
}

static bool is_file(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

static int run_import(struct ca_cli *cli, const struct ca_args *args)
{
    struct ca_import import = {.cli = cli,
                               .folder = args->operands[0],
                               .allow_erased = ca_args_has(args, "allow-erased"),
                               .store = ca_cli_store(cli, CA_STORE_WRITE)};
    int status;

    if (import.store == NULL)
        return CA_EXIT_FAILED;
    status = (is_file(import.folder) ? import_archive : import_from)(&import);
    ca_store_close(import.store);
    ca_buffer_free(&import.bytes);
    ca_buffer_free(&import.path);
    return status;
}

static const struct ca_option_row options[] = {
    {"allow-erased", 0, NULL, false, "bring back what was erased from this store"},
    {NULL, 0, NULL, false, NULL}};

const struct ca_verb ca_verb_store_import = {
    .name = "store import",
    .operands = "FOLDER|FILE",
    .summary = "Take over the history that an export tells of, once it is proved",
    .example = "caseaudit --store sqlite:new.db store import store-2024-01-31",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run_import,
};
