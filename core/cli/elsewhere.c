/* Returns that were scored on another machine: what is claimed of them is checked, and stored.
 */
#include "core/cli/elsewhere.h"

#include <string.h>

#include "core/base/array.h"
#include "core/base/decimal.h"
#include "core/base/file.h"
#include "core/cli/recorded.h"
#include "core/cli/recording.h"
#include "core/report/text/words.h"
#include "core/store/query.h"

/* As long as a return may be. */
enum { DOCUMENT_LIMIT = 16 << 20, TOGETHER = 32, USUAL_PERCENT = 1 };

struct elsewhere {
    struct ca_recording *recording; /* NULL: there is none */
    const struct ca_pool_options *pool;
    struct ca_arena *arena, *scratch;
    struct ca_claimed *claims;
    size_t count;
    struct ca_map *by_document; /* hexadecimal SHA-256 */
    bool *seen;                 /* its document is there */
    char head[CA_SHA256_TEXT];  /* of the ledger: who scored could not know it */
    unsigned percent;
    struct ca_again *again;
    struct ca_pool_document documents[TOGETHER]; /* that are to be scored again */
    const struct ca_claimed *of[TOGETHER];
    struct ca_arena *held; /* their bytes */
    size_t waiting, rechecked, wrong;
};

static void refuse(struct elsewhere *e, const struct ca_claimed *claimed, const char *file,
                   const char *why)
{
    ca_complain_of(file, "%s (%s:%zu)", why, claimed->file, claimed->line);
    e->wrong++;
}

/* ---- what a claim is of ---- */

static bool same_grade(const struct ca_template *t, int grade, const char *claimed)
{
    return grade < 0 ? claimed == NULL
                     : claimed != NULL && strcmp(t->grades[grade].id, claimed) == 0;
}

static bool same_grades(const struct ca_template *t, const struct ca_record *r,
                        const char *const claimed[6])
{
    const int grades[] = {r->computed, r->recomputed, r->judged,
                          r->cap,      r->moderated,  r->grade};

    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++)
        if (!same_grade(t, grades[i], claimed[i]))
            return false;
    return true;
}

static bool is_digest_of(const uint8_t *digest, const struct ca_buffer *bytes)
{
    uint8_t own[CA_SHA256_SIZE];

    ca_sha256(bytes->data, bytes->length, own);
    return memcmp(own, digest, sizeof own) == 0;
}

/* Reads the record of the document as that of a worker's reply is read. */
static bool take(struct elsewhere *e, const struct ca_claimed *claimed,
                 const struct ca_pool_document *document, struct ca_record *record)
{
    const struct ca_pool_reply reply = {.name = document->name,
                                        .document = document->bytes,
                                        .document_length = document->length};
    const char *bytes = ca_arena_strndup(e->scratch, claimed->record, claimed->length);
    struct ca_unpack in = {bytes, bytes + claimed->length, true};

    return ca_recorded_take(e->pool, &reply, &in, e->scratch, record);
}

/* Why the document, the template, the framework and the result do not belong together. */
static const char *apart(struct elsewhere *e, const struct ca_claimed *claimed,
                         const struct ca_pool_document *document, struct ca_record *record)
{
    struct ca_catalogue *catalogue = e->pool->catalogue;
    const struct ca_template *t;
    const char *why;

    if (!take(e, claimed, document, record))
        return "its result is not one of this document and a template that is here";
    t = ca_catalogue_find(catalogue, record->template_id, record->template_version, e->scratch,
                          &why);
    if (t == NULL || !is_digest_of(claimed->template, ca_catalogue_document(catalogue, t)))
        return "it was scored by another document of its template than the one that is here";
    if (strcmp(claimed->plugin, record->plugin) != 0)
        return "it was scored by another file of its framework than the one that is here";
    if (!same_grades(t, record, claimed->grades))
        return "its result names other grades than its record";
    return NULL;
}

/* ---- what is scored again ---- */

static bool compare(void *context, size_t index, struct ca_record *record,
                    const struct ca_buffer *said)
{
    struct elsewhere *e = context;
    struct ca_buffer ours = {0}, theirs = {0};
    struct ca_record claimed;

    (void)said;
    if (record == NULL) {
        refuse(e, e->of[index], e->documents[index].name,
               "it is refused when it is scored again");
        return true;
    }
    ca_record_pack(record, &ours);
    if (take(e, e->of[index], &e->documents[index], &claimed))
        ca_record_pack(&claimed, &theirs);
    if (ours.length != theirs.length || memcmp(ours.data, theirs.data, ours.length) != 0)
        refuse(e, e->of[index], e->documents[index].name,
               "scored again it gives another result than the one that was handed in");
    ca_buffer_free(&ours);
    ca_buffer_free(&theirs);
    return true;
}

static enum ca_code score_waiting(struct elsewhere *e, struct ca_error *error)
{
    enum ca_code code = CA_OK;

    if (e->waiting > 0)
        code = ca_again_score(e->again, e->documents, e->waiting, compare, e, error);
    e->rechecked += e->waiting;
    e->waiting = 0;
    ca_arena_reset(e->held);
    return code;
}

/* Drawn by a hash of the document and of what the ledger ends with, so that whoever scored
 * could not know which would be. */
static bool is_drawn(const struct elsewhere *e, const struct ca_claimed *claimed)
{
    char bytes[CA_SHA256_TEXT + CA_SHA256_SIZE] = {0};
    uint8_t digest[CA_SHA256_SIZE];

    memcpy(bytes, e->head, CA_SHA256_TEXT);
    memcpy(bytes + CA_SHA256_TEXT, claimed->document, CA_SHA256_SIZE);
    ca_sha256(bytes, sizeof bytes, digest);
    return ((unsigned)digest[0] << 16 | (unsigned)digest[1] << 8 | digest[2]) <
           e->percent * (1u << 24) / 100;
}

/* ---- the documents ---- */

typedef enum ca_code (*each_document)(struct elsewhere *e, const struct ca_claimed *claimed,
                                      const struct ca_pool_document *document,
                                      struct ca_error *error);

static enum ca_code each(struct elsewhere *e, each_document visit, struct ca_error *error)
{
    const struct ca_inputs *inputs = e->recording->many.inputs;
    struct ca_buffer bytes = {0};
    uint8_t digest[CA_SHA256_SIZE];
    char hex[CA_SHA256_TEXT];
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < inputs->count && code == CA_OK; i++) {
        size_t known;
        ca_arena_reset(e->scratch);
        if (ca_file_read(inputs->paths[i], DOCUMENT_LIMIT, &bytes, error) != CA_OK) {
            ca_complain_of(inputs->paths[i], "%s", error->message);
            e->wrong++;
            continue;
        }
        ca_sha256(bytes.data, bytes.length, digest);
        known = ca_map_get(e->by_document, ca_sha256_hex(digest, hex));
        if (known == CA_NOT_FOUND) {
            ca_complain_of(inputs->paths[i], "no result is of this document");
            e->wrong++;
            continue;
        }
        e->seen[known] = true;
        code = visit(e, &e->claims[known],
                     &(struct ca_pool_document){inputs->paths[i], bytes.data, bytes.length},
                     error);
    }
    ca_buffer_free(&bytes);
    return code;
}

static enum ca_code check(struct elsewhere *e, const struct ca_claimed *claimed,
                          const struct ca_pool_document *document, struct ca_error *error)
{
    struct ca_record record;
    const char *why = apart(e, claimed, document, &record);

    if (why != NULL) {
        refuse(e, claimed, document->name, why);
        return CA_OK;
    }
    if (!is_drawn(e, claimed))
        return CA_OK;
    e->of[e->waiting] = claimed;
    e->documents[e->waiting++] = (struct ca_pool_document){
        document->name, ca_arena_strndup(e->held, document->bytes, document->length),
        document->length};
    return e->waiting < TOGETHER ? CA_OK : score_waiting(e, error);
}

static bool doubted(const struct ca_claimed *claimed, enum ca_fault fault)
{
    return (claimed->doubts >> fault & 1u) != 0;
}

/* As a worker of record judges (recording_make.c). */
static const char *unfit(const struct ca_recording *r, const struct ca_claimed *claimed,
                         const struct ca_record *record)
{
    return ca_known_history_of(r->known, record->template_id, record->audit_date) != NULL
               ? "audits of its template and period are counted already, by an import of "
                 "history"
           : !record->complete ? "the return is incomplete, and only complete ones are stored"
           : !r->personal_data && doubted(claimed, CA_FAULT_PRIVACY)
               ? "the return holds what looks like personal data; take it out, or say "
                 "--allow-personal-data if it is none"
           : !r->future && doubted(claimed, CA_FAULT_TIME)
               ? "the return tells of a day that is still to come; correct the date, or say "
                 "--allow-future if it is meant"
           : doubted(claimed, CA_FAULT_DATE)
               ? "the return holds a date that cannot be; correct it, and score it again"
               : NULL;
}

/* Handed on as a worker's reply. */
static enum ca_code store(struct elsewhere *e, const struct ca_claimed *claimed,
                          const struct ca_pool_document *document, struct ca_error *error)
{
    struct ca_recording *r = e->recording;
    struct ca_buffer made = {0};
    struct ca_record record;
    const char *why = apart(e, claimed, document, &record);
    const struct ca_template *t;

    (void)error;
    if (why == NULL)
        why = unfit(r, claimed, &record);
    if (why != NULL) {
        refuse(e, claimed, document->name, why);
        return CA_OK;
    }
    t = ca_catalogue_find(r->many.pool.catalogue, record.template_id, record.template_version,
                          e->scratch, &why);
    ca_pack_text(&made, record.return_id);
    ca_pack_text(&made, "");
    ca_pack_text(&made, ca_words_grade(t, record.grade < 0 ? CA_NONE : (size_t)record.grade));
    ca_buffer_add(&made, claimed->record, claimed->length);
    (void)ca_recording_take(r, &(struct ca_pool_reply){.name = document->name,
                                                       .made = made.data,
                                                       .made_length = made.length,
                                                       .document = document->bytes,
                                                       .document_length = document->length});
    ca_buffer_free(&made);
    return r->code;
}

/* ---- all of it ---- */

static void list_claims(struct elsewhere *e)
{
    char hex[CA_SHA256_TEXT];

    e->by_document = ca_map_new(e->arena, e->count + 1);
    e->seen = CA_ARRAY(e->arena, e->count, bool);
    for (size_t i = 0; i < e->count; i++) {
        const char *key = ca_arena_strdup(e->arena, ca_sha256_hex(e->claims[i].document, hex));
        const size_t known = ca_map_put(e->by_document, key, i);
        if (known == CA_NOT_FOUND)
            continue;
        e->seen[i] = true; /* with the other */
        if (e->claims[known].length != e->claims[i].length ||
            memcmp(e->claims[known].record, e->claims[i].record, e->claims[i].length) != 0)
            refuse(e, &e->claims[i], e->claims[known].file,
                   "it has another result of the same document");
    }
}

static enum ca_code check_all(struct elsewhere *e, struct ca_error *error)
{
    enum ca_code code = each(e, check, error);

    if (code == CA_OK)
        code = score_waiting(e, error);
    for (size_t i = 0; i < e->count && code == CA_OK; i++)
        if (!e->seen[i]) {
            ca_complain("%s:%zu: the document that it is of is not among those named",
                        e->claims[i].file, e->claims[i].line);
            e->wrong++;
        }
    return code;
}

static enum ca_code run(struct elsewhere *e, struct ca_error *error)
{
    struct ca_recording *r = e->recording;
    struct ca_head head;
    enum ca_code code = ca_store_head(r->store, &head, error);

    if (code != CA_OK)
        return code;
    memcpy(e->head, head.hash, sizeof e->head);
    list_claims(e);
    code = check_all(e, error);
    if (code == CA_OK && e->wrong > 0)
        ca_complain("nothing of these results is stored, as what they claim is not all so");
    else if (code == CA_OK)
        code = each(e, store, error);
    if (code == CA_OK)
        ca_remark(r->cli, "%zu scored again", e->rechecked);
    r->refused += e->wrong;
    return code;
}

static bool read_percent(const struct ca_args *args, unsigned *percent)
{
    const char *text = ca_args_get(args, "recheck", NULL);
    int64_t number = USUAL_PERCENT;

    if (text != NULL && !ca_integer_parse(text, 0, 100, &number)) {
        ca_misused(args->verb, "--recheck '%s' is no whole number of per cent, 0 to 100", text);
        return false;
    }
    *percent = (unsigned)number;
    return true;
}

enum ca_code ca_elsewhere_run(struct ca_recording *recording, const struct ca_args *args,
                              struct ca_error *error)
{
    struct elsewhere e = {.recording = recording,
                          .pool = &recording->many.pool,
                          .arena = ca_arena_new(),
                          .scratch = ca_arena_new(),
                          .held = ca_arena_new()};
    const char **files = CA_ARRAY(e.arena, args->option_count, const char *), *file;
    size_t count = 0;
    enum ca_code code = CA_OK;

    while ((file = ca_args_nth(args, "results", count)) != NULL)
        files[count++] = file;
    if (!read_percent(args, &e.percent) ||
        !ca_elsewhere_read(files, count, e.arena, &e.claims, &e.count)) {
        recording->refused++;
    } else {
        e.again = ca_again_open(recording->cli, recording->many.pool.catalogue, NULL,
                                recording->many.pool.jobs);
        code = run(&e, error);
        ca_again_close(e.again);
    }
    ca_arena_free(e.held);
    ca_arena_free(e.scratch);
    ca_arena_free(e.arena);
    return code;
}

/* ---- for a summary, without their documents ---- */

enum ca_code ca_elsewhere_put(const struct ca_pool_options *pool, struct ca_store *store,
                              const struct ca_claimed *claims, size_t count,
                              struct ca_error *error)
{
    struct elsewhere e = {.pool = pool, .scratch = ca_arena_new()};
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < count && code == CA_OK; i++) {
        const struct ca_pool_document none = {.name = claims[i].file, .bytes = ""};
        struct ca_put_outcome outcome = {.what = CA_PUT_REFUSED, .reason = ""};
        struct ca_record record;
        const char *why;

        ca_arena_reset(e.scratch);
        why = apart(&e, &claims[i], &none, &record);
        if (why == NULL && !record.complete)
            why = "the return is incomplete, and only complete ones count";
        if (why == NULL) {
            memcpy(record.sha256, claims[i].document, CA_SHA256_SIZE);
            code = ca_store_put_piece(store, &record, 1, &outcome, error);
            why = outcome.what == CA_PUT_RECORDED  ? NULL
                  : outcome.what == CA_PUT_REFUSED ? outcome.reason
                                                   : "its return is there already, and would "
                                                     "count twice";
        }
        if (code == CA_OK && why != NULL)
            code = ca_fail(error, CA_ERROR_DATA, "%s:%zu: %s", claims[i].file, claims[i].line,
                           why);
    }
    ca_arena_free(e.scratch);
    return code == CA_OK ? ca_store_put_end(store, error) : code;
}
