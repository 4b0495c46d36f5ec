/* Recording: a batch of records in one transaction. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/revision.h"
#include "core/store/tables_standing.h"

/* The audit points at its newest revision, and only that one is counted; or stands aside, while
 * the audit is withdrawn. */
static enum ca_code count_revision(struct ca_tables *s, const struct ca_result_keys *keys,
                                   const struct ca_record *record,
                                   const struct ca_standing *standing,
                                   const struct ca_buffer *facts, struct ca_error *error)
{
    enum ca_code code = ca_sql_do(s, error, ca_sql_set_latest, "ii", keys->result, keys->audit);

    if (code == CA_OK)
        code = ca_tables_uncount(s, standing->latest, standing->template, error);
    if (code == CA_OK && standing->withdrawn)
        return ca_sql_do(s, error, ca_sql_set_aside, "ib", keys->result, facts->data,
                         facts->length);
    return code == CA_OK ? ca_tables_count(s, keys->result, keys->template, record->audit_date,
                                           facts->data, facts->length, error)
                         : code;
}

static enum ca_code count_it(struct ca_tables *s, const struct ca_result_keys *keys,
                             const struct ca_record *record, const struct ca_standing *standing,
                             const struct ca_buffer *facts, struct ca_error *error)
{
    enum ca_code code;

    if (standing->audit != 0)
        return count_revision(s, keys, record, standing, facts, error);
    ca_tables_remember_put(s, record->return_id);
    code = ca_sql_do(s, error, ca_sql_add_audit, "iti", keys->audit, record->return_id,
                     keys->result);
    return code == CA_OK ? ca_tables_count_new(s, keys, record, facts, error) : code;
}

static enum ca_code enter(struct ca_tables *s, const struct ca_result_keys *keys,
                          const struct ca_record *record, const uint8_t content[CA_SHA256_SIZE],
                          struct ca_error *error)
{
    struct ca_buffer detail = {0};
    enum ca_code code;
    int64_t change;

    ca_tables_detail_of_record(record, keys->revision, content, &detail);
    code = ca_tables_enter(s, "record", record->return_id, detail.data, keys->document, &change,
                           error);
    ca_buffer_free(&detail);
    return code;
}

static enum ca_code store_result(struct ca_tables *s, const struct ca_record *record,
                                 const struct ca_standing *standing, int64_t template,
                                 struct ca_error *error)
{
    struct ca_result_keys keys = {.template = template, .revision = standing->newest + 1};
    uint8_t content[CA_SHA256_SIZE];
    struct ca_buffer facts = {0};
    struct ca_resolved known;
    enum ca_code code;

    keys.audit = standing->audit != 0 ? standing->audit : s->next.audit++;
    keys.result = s->next.result++;
    code = ca_tables_plugin_key(s, record, &keys.plugin, error);
    if (code == CA_OK)
        code = ca_tables_add_document(s, record->sha256, record->document,
                                      record->document_length, &keys.document, error);
    if (code == CA_OK)
        code = ca_tables_resolve(s, template, record, true, &known, error);
    keys.change = s->next.change; /* behind the entries of parts */
    if (code == CA_OK)
        code = ca_tables_write_result(s, &keys, record, false, &facts, content, error);
    if (code == CA_OK)
        code = ca_sql_do(s, error, ca_sql_add_result_hash, "ib", keys.result, content,
                         sizeof content);
    if (code == CA_OK)
        code = count_it(s, &keys, record, standing, &facts, error);
    if (code == CA_OK)
        code = enter(s, &keys, record, content, error);
    ca_buffer_free(&facts);
    return code;
}

static void refuse(struct ca_put_outcome *outcome, const char *why)
{
    outcome->what = CA_PUT_REFUSED;
    snprintf(outcome->reason, sizeof outcome->reason, "%s", why);
}

/* Does the record correct the audit that has its id? Otherwise it is refused. */
static bool is_correction(const struct ca_record *record, const struct ca_standing *standing,
                          struct ca_put_outcome *outcome)
{
    const struct ca_audited before = {standing->template_name, standing->case_ref,
                                      standing->audit_date};
    struct ca_buffer why = {0};
    bool same = record->new_revision || ca_is_same_audit(record, &before, &why);

    if (!same)
        refuse(outcome, why.data);
    ca_buffer_free(&why);
    return same;
}

/* What was erased does not come back by itself. */
static enum ca_code refuse_erased(struct ca_tables *s, const struct ca_record *record,
                                  const struct ca_standing *standing, bool any_erased,
                                  struct ca_put_outcome *outcome, struct ca_error *error)
{
    int64_t erased = 0;
    enum ca_code code = CA_OK;

    if (any_erased && !record->allow_erased)
        code = ca_sql_number(s, error, 0, &erased, ca_sql_was_erased, "b", record->sha256,
                             sizeof record->sha256);
    if (erased > 0)
        refuse(outcome, "this document was erased from the store on purpose; if it is to be in "
                        "it again, say --allow-erased");
    else if (standing->erased)
        refuse(outcome, "this id stands in the store for an erased audit");
    return code;
}

/* R-1 and r-1 are one id to a person: the second would count the audit twice. What an import
 * brings along is as it is. */
static enum ca_code refuse_twin(struct ca_tables *s, const struct ca_record *record,
                                struct ca_put_outcome *outcome, struct ca_error *error)
{
    char twin[CA_ID_BYTES] = "", why[sizeof outcome->reason];
    enum ca_code code = s->follow == NULL ? ca_tables_find_twin(s, record, twin, error) : CA_OK;

    if (*twin == '\0')
        return code;
    snprintf(
        why, sizeof why,
        "there is a return '%s' in the store, and ids that differ in capitals alone are one "
        "to a person. If this corrects it, give it that id; if it is another audit, give "
        "it an id of its own",
        twin);
    refuse(outcome, why);
    return code;
}

static enum ca_code put_one(struct ca_tables *s, const struct ca_record *record,
                            const struct ca_foreseen *foreseen, size_t index,
                            struct ca_put_outcome *outcome, struct ca_error *error)
{
    struct ca_standing standing = {0};
    struct ca_error missing;
    int64_t template;
    enum ca_code code;

    *outcome = (struct ca_put_outcome){0};
    code = ca_tables_template_key(s, record->template_id, record->template_version, &template,
                                  &missing);
    if (code == CA_ERROR_NOT_FOUND) {
        refuse(outcome, missing.message);
        return CA_OK;
    }
    if (code != CA_OK) {
        *error = missing;
        return code;
    }
    if (foreseen->there[index])
        code = ca_tables_find_standing(s, record, &standing, error);
    if (code != CA_OK)
        return code;
    if (standing.same) {
        outcome->what = CA_PUT_UNCHANGED;
        outcome->revision = standing.newest;
        return CA_OK;
    }
    if (standing.audit != 0 && !is_correction(record, &standing, outcome))
        return CA_OK;
    if (foreseen->there[index] && standing.audit == 0)
        code = refuse_twin(s, record, outcome, error);
    if (code != CA_OK || outcome->what == CA_PUT_REFUSED)
        return code;
    code = refuse_erased(s, record, &standing, foreseen->erased, outcome, error);
    if (code != CA_OK || outcome->what == CA_PUT_REFUSED)
        return code;
    outcome->what = standing.audit != 0 ? CA_PUT_REVISION : CA_PUT_RECORDED;
    outcome->revision = standing.newest + 1;
    return store_result(s, record, &standing, template, error);
}

enum ca_code ca_tables_put_piece(struct ca_store *store, const struct ca_record *records,
                                 size_t count, struct ca_put_outcome *outcomes,
                                 struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = s->putting ? CA_OK : ca_tables_begin(s, error);
    struct ca_foreseen foreseen;

    if (code != CA_OK)
        return code;
    code = ca_tables_foresee(s, records, count, &foreseen, error);
    for (size_t i = 0; i < count && code == CA_OK; i++)
        code = put_one(s, &records[i], &foreseen, i, &outcomes[i], error);
    free(foreseen.there);
    s->putting = code == CA_OK;
    return s->putting ? CA_OK : ca_tables_finish(s, code, error);
}

enum ca_code ca_tables_put_end(struct ca_store *store, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);

    if (!s->putting)
        return CA_OK;
    s->putting = false;
    return ca_tables_finish(s, CA_OK, error);
}

enum ca_code ca_tables_same_result(struct ca_store *store, int64_t result,
                                   const struct ca_record *record, bool *same,
                                   struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_result_keys keys = {.result = result};
    uint8_t content[CA_SHA256_SIZE];
    struct ca_buffer facts = {0};
    enum ca_code code;
    int64_t equal;

    code = ca_sql_number(s, error, 0, &keys.template, ca_sql_template_of_result, "i", result);
    if (code == CA_OK)
        code = ca_tables_write_result(s, &keys, record, true, &facts, content, error);
    ca_buffer_free(&facts);
    if (code == CA_OK)
        code = ca_sql_number(s, error, 0, &equal, ca_sql_same_result, "ibttt", result, content,
                             sizeof content, record->template_id, record->template_version,
                             record->return_id);
    if (code == CA_OK)
        *same = equal != 0;
    return code;
}
