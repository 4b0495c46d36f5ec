/* What audits came to before they were moderated. */
#include "core/cli/gradings.h"

#include <string.h>

#include "core/cli/recorded.h"
#include "core/cli/store_access.h"
#include "core/cli/template_named.h"

/* Those that have to be scored again, and their documents. */
struct asking {
    struct ca_arena *arena;
    struct ca_stored_grading **gradings;
    struct ca_pool_document *documents;
    size_t count;
};

static bool keep_document(void *context, const struct ca_stored_return *stored)
{
    struct asking *asking = context;
    const char *bytes = stored->bytes != NULL ? stored->bytes : "";

    asking->documents[asking->count] = (struct ca_pool_document){
        ca_arena_strdup(asking->arena, stored->return_id),
        ca_arena_strndup(asking->arena, bytes, stored->length), stored->length};
    return true;
}

static enum ca_code gather(struct ca_store *store, struct asking *asking,
                           struct ca_stored_grading *gradings, size_t count,
                           struct ca_error *error)
{
    enum ca_code code = CA_OK;

    asking->gradings = CA_ARRAY(asking->arena, count, struct ca_stored_grading *);
    asking->documents = CA_ARRAY(asking->arena, count, struct ca_pool_document);
    for (size_t i = 0; i < count && code == CA_OK; i++) {
        if (gradings[i].moderated < 0)
            continue;
        code = ca_store_find_return(store, gradings[i].return_id, gradings[i].earlier_revision,
                                    keep_document, asking, error);
        asking->gradings[asking->count++] = &gradings[i];
    }
    return code;
}

static bool has_alert(const struct ca_record *record, const char *id)
{
    for (size_t i = 0; i < record->alert_count; i++)
        if (strcmp(record->alerts[i].id, id) == 0)
            return true;
    return false;
}

static bool has_severity(const struct ca_record *record, enum ca_alert_severity severity)
{
    for (size_t i = 0; i < record->alert_count; i++)
        if (record->alerts[i].severity == (int)severity)
            return true;
    return false;
}

static bool take(void *context, size_t index, struct ca_record *record,
                 const struct ca_buffer *said)
{
    const struct asking *asking = context;
    struct ca_stored_grading *grading = asking->gradings[index];

    (void)said;
    if (record == NULL)
        return true;
    grading->again = true;
    grading->earlier = record->grade;
    grading->diverges = has_alert(record, "judgement-diverges");
    grading->capped = has_alert(record, "judgement-capped");
    grading->immediate = has_severity(record, CA_IMMEDIATE);
    grading->urgent = has_severity(record, CA_URGENT);
    return true;
}

static enum ca_code score_again(const struct ca_cli *cli, struct ca_store *store,
                                struct asking *asking, struct ca_error *error)
{
    struct ca_template_source source = ca_cli_source_as_recorded(store);
    struct ca_catalogue *catalogue = ca_catalogue_new(cli->registry, &source);
    struct ca_again *again = ca_again_open_unmoderated(cli, catalogue);
    enum ca_code code =
        ca_again_score(again, asking->documents, asking->count, take, asking, error);

    ca_again_close(again);
    ca_catalogue_free(catalogue);
    return code;
}

enum ca_code ca_cli_gradings(const struct ca_cli *cli, struct ca_store *store,
                             const struct ca_query *query, struct ca_arena *arena,
                             struct ca_stored_grading **out, size_t *count,
                             struct ca_error *error)
{
    struct asking asking = {.arena = arena};
    enum ca_code code = ca_gradings_read(store, query, arena, out, count, error);

    if (code == CA_OK)
        code = gather(store, &asking, *out, *count, error);
    return code == CA_OK && asking.count > 0 ? score_again(cli, store, &asking, error) : code;
}
