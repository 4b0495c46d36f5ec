/* The record of a return that was scored in another process. */
#include "core/cli/recorded.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/peek.h"

void ca_recorded_pack(const struct ca_scored *scored, struct ca_buffer *out)
{
    struct ca_record record;

    ca_record_of_result(scored->result->audit->arena, scored->result, "", 0, "", &record);
    ca_record_pack(&record, out);
}

/* Does the document say of itself what was read of it? Not of every document can this be seen
 * without reading it (peek.h). */
static bool is_of(const struct ca_record *record, const struct ca_pool_reply *reply)
{
    static const char *const names[] = {"id", "template", "template-version"};
    char values[3][CA_PEEK_SIZE];

    return !ca_peek(reply->document, reply->document_length, names, 3, values) ||
           (strcmp(values[0], record->return_id) == 0 &&
            strcmp(values[1], record->template_id) == 0 &&
            strcmp(values[2], record->template_version) == 0);
}

static bool complete(const struct ca_pool_options *pool, const struct ca_pool_reply *reply,
                     const struct ca_template *t, struct ca_arena *arena,
                     struct ca_record *record)
{
    const struct ca_plugin *plugin = ca_registry_find(pool->registry, t->framework_name);
    struct ca_error error;

    record->framework = t->framework_name;
    record->framework_version = plugin->framework.version;
    record->plugin = ca_registry_sha256(pool->registry, plugin, &error);
    record->document = ca_arena_strndup(arena, reply->document, reply->document_length);
    record->document_length = reply->document_length;
    ca_sha256(reply->document, reply->document_length, record->sha256);
    return record->plugin != NULL;
}

bool ca_recorded_take(const struct ca_pool_options *pool, const struct ca_pool_reply *reply,
                      struct ca_unpack *in, struct ca_arena *arena, struct ca_record *record)
{
    const struct ca_template *t;
    const char *why;

    if (!in->good || reply->document == NULL ||
        !ca_record_unpack(arena, &in->at, in->end, record) || in->at != in->end)
        return false;
    t = ca_catalogue_find(pool->catalogue, record->template_id, record->template_version, arena,
                          &why);
    return t != NULL && is_of(record, reply) && ca_record_fits(record, t) &&
           complete(pool, reply, t, arena, record);
}

/* ---- scoring again ---- */

struct ca_again {
    const struct ca_cli *cli;
    const struct ca_scored_writer *writer;
    struct ca_pool_options options;
    struct ca_pool *pool;
    struct ca_arena *arena;
    struct ca_buffer said;
    const struct ca_pool_document *documents;
    size_t count, next, taken;
    ca_again_take take;
    void *context;
};

static bool next(void *context, struct ca_pool_document *document)
{
    struct ca_again *again = context;

    if (again->next == again->count)
        return false;
    *document = again->documents[again->next++];
    return true;
}

static void make(void *context, const struct ca_scored *scored, struct ca_pool_made *made)
{
    const struct ca_again *again = context;
    struct ca_buffer text = {0};

    if (scored->result == NULL) {
        ca_say_diags(again->cli, scored->file, &scored->diags, made->said);
        return;
    }
    if (again->writer != NULL)
        ca_scored_write(again->writer, scored, &text);
    ca_pack_bytes(made->made, text.data, text.length);
    ca_recorded_pack(scored, made->made);
    ca_buffer_free(&text);
}

static bool take(void *context, const struct ca_pool_reply *reply)
{
    struct ca_again *again = context;
    struct ca_record record;
    struct ca_unpack in;
    const char *text = reply->said;
    size_t length = reply->said_length;
    bool good;

    ca_arena_reset(again->arena);
    in.at = ca_arena_strndup(again->arena, reply->made, reply->made_length);
    in.end = in.at + reply->made_length;
    in.good = !reply->refused;
    if (!reply->refused)
        text = ca_unpack_bytes(&in, &length);
    ca_buffer_clear(&again->said);
    ca_buffer_add(&again->said, text, length);
    good = ca_recorded_take(&again->options, reply, &in, again->arena, &record);
    return again->take(again->context, again->taken++, good ? &record : NULL, &again->said);
}

static struct ca_again *again_open(const struct ca_cli *cli, struct ca_catalogue *catalogue,
                                   const struct ca_scored_writer *writer, unsigned jobs,
                                   bool unmoderated)
{
    struct ca_again *again = ca_xcalloc(1, sizeof *again);

    again->cli = cli;
    again->writer = writer;
    again->options = (struct ca_pool_options){.registry = cli->registry,
                                              .catalogue = catalogue,
                                              .engine = {.unmoderated = unmoderated},
                                              .jobs = jobs,
                                              .documents = true,
                                              .most = writer != NULL ? 0 : CA_RECORDED_MOST,
                                              .context = again,
                                              .next = next,
                                              .make = make,
                                              .take = take};
    again->arena = ca_arena_new();
    again->pool = ca_pool_open(&again->options);
    return again;
}

struct ca_again *ca_again_open(const struct ca_cli *cli, struct ca_catalogue *catalogue,
                               const struct ca_scored_writer *writer, unsigned jobs)
{
    return again_open(cli, catalogue, writer, jobs, false);
}

struct ca_again *ca_again_open_unmoderated(const struct ca_cli *cli,
                                           struct ca_catalogue *catalogue)
{
    return again_open(cli, catalogue, NULL, 0, true);
}

enum ca_code ca_again_score(struct ca_again *again, const struct ca_pool_document *documents,
                            size_t count, ca_again_take take_one, void *context,
                            struct ca_error *error)
{
    again->documents = documents;
    again->count = count;
    again->next = again->taken = 0;
    again->take = take_one;
    again->context = context;
    (void)fflush(NULL); /* nothing that waits to be written is in two processes */
    return ca_pool_go(again->pool, error);
}

void ca_again_close(struct ca_again *again)
{
    if (again == NULL)
        return;
    ca_pool_close(again->pool);
    ca_buffer_free(&again->said);
    ca_arena_free(again->arena);
    free(again);
}
