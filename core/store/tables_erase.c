/*
 * Erasing. What tells of a person goes from the rows, the documents and the ledger's entries;
 * with figures kept, what summaries add up stays. SQLite overwrites what is deleted with zeros
 * (secure_delete), unused room in pages is written as zeros (sqlite_vfs.c), and in the end the
 * write-ahead log is emptied, which until then holds pages as they were.
 */
#include <string.h>

#include "core/store/tables_audit.h"
#include "core/store/tables_draws.h"

struct erasing {
    struct ca_tables *s;
    const struct ca_erasing *asked;
    struct ca_found_audit found;
    bool keep;
    struct ca_buffer entries; /* a JSON array */
    uint8_t result[CA_SHA256_SIZE];
    uint8_t first[CA_SHA256_SIZE], counted[CA_SHA256_SIZE]; /* documents of it */
    struct ca_error *error;
};

/* Statements about the audit, and about all of its results but the one that stays. */
static enum ca_code run_all(struct erasing *erasing, const char *const *statements,
                            int64_t which)
{
    enum ca_code code = CA_OK;

    for (; *statements != NULL && code == CA_OK; statements++)
        code = ca_sql_do(erasing->s, erasing->error, *statements, "i", which);
    return code;
}

static enum ca_code erase_revisions(struct erasing *erasing)
{
    const char *const statements[] = {
        ca_sql_erase_tally,        ca_sql_erase_sections,       ca_sql_erase_agencies,
        ca_sql_erase_standards,    ca_sql_erase_limits,         ca_sql_erase_alerts,
        ca_sql_erase_measures,     ca_sql_erase_all_actions,    ca_sql_erase_all_action_themes,
        ca_sql_erase_all_findings, ca_sql_erase_all_attributes, ca_sql_erase_hashes,
        ca_sql_erase_results};
    const int64_t stays = erasing->keep ? erasing->found.latest : 0;
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < sizeof statements / sizeof *statements && code == CA_OK; i++)
        code = ca_sql_do(erasing->s, erasing->error, statements[i], "ii", erasing->found.audit,
                         stays);
    return code;
}

/* ---- the entries and documents ---- */

static enum ca_code find_entries(struct erasing *erasing)
{
    struct ca_statement *row =
        ca_sql(erasing->s, erasing->error, ca_sql_erased_entries, "i", erasing->found.audit);
    enum ca_code code;

    ca_buffer_clear(&erasing->entries);
    if (!ca_sql_row(erasing->s, row, &code, erasing->error))
        return code;
    ca_buffer_puts(&erasing->entries, ca_sql_word(row, 0));
    ca_sql_reset(row);
    return CA_OK;
}

/* By these publications know the audit. */
static enum ca_code find_documents(struct erasing *erasing)
{
    struct ca_statement *row =
        ca_sql(erasing->s, erasing->error, ca_sql_first_and_counted, "i", erasing->found.audit);
    enum ca_code code;

    if (!ca_sql_row(erasing->s, row, &code, erasing->error))
        return code != CA_OK ? code
                             : ca_tables_damaged(erasing->s, erasing->error,
                                                 "a document of an audit is missing");
    if (ca_sql_length(row, 0) == CA_SHA256_SIZE)
        memcpy(erasing->first, ca_sql_blob(row, 0), CA_SHA256_SIZE);
    if (ca_sql_length(row, 1) == CA_SHA256_SIZE)
        memcpy(erasing->counted, ca_sql_blob(row, 1), CA_SHA256_SIZE);
    ca_sql_reset(row);
    return CA_OK;
}

static enum ca_code erase_content(struct erasing *erasing)
{
    struct ca_tables *s = erasing->s;
    enum ca_code code = find_entries(erasing);

    if (code == CA_OK)
        code = find_documents(erasing);
    if (code == CA_OK)
        code = ca_sql_do(s, erasing->error, ca_sql_remember_documents, "ii",
                         erasing->found.audit, s->next.change);
    if (code == CA_OK)
        code = ca_sql_do(s, erasing->error, ca_sql_blank_entries, "t", erasing->entries.data);
    if (code == CA_OK)
        code = ca_sql_do(s, erasing->error, ca_sql_erase_documents, "i", erasing->found.audit);
    return code;
}

/* ---- what stays ---- */

/* Which attributes stay in what summaries read: those of a closed list, and integers. */
static enum ca_code strip(struct erasing *erasing, struct ca_buffer *facts)
{
    struct ca_tables *s = erasing->s;
    struct ca_statement *row =
        ca_sql(s, erasing->error, ca_sql_stripped_attributes, "i", erasing->found.template);
    enum ca_code code;
    size_t known = 0;
    bool *kept;

    ca_arena_reset(s->scratch);
    kept = CA_ARRAY(s->scratch, 256, bool);
    while (ca_sql_row(s, row, &code, erasing->error))
        if (known < 256)
            kept[known++] = (int)ca_sql_integer(row, 1) != 0;
    if (code == CA_OK &&
        !ca_tables_strip_facts(erasing->found.facts.data, erasing->found.facts.length, kept,
                               known, facts))
        code = ca_tables_damaged(s, erasing->error, "the figures of a result cannot be read");
    return code;
}

static enum ca_code rewrite_facts(struct erasing *erasing)
{
    struct ca_tables *s = erasing->s;
    const int64_t result = erasing->found.latest;
    uint8_t digest[CA_SHA256_SIZE];
    struct ca_buffer facts = {0};
    enum ca_code code = strip(erasing, &facts);

    ca_sha256(facts.data != NULL ? facts.data : "", facts.length, digest);
    if (code == CA_OK)
        code = ca_sql_do(s, erasing->error, ca_sql_erase_result, "iib", result, s->next.change,
                         digest, sizeof digest);
    if (code == CA_OK)
        code = ca_sql_do(s, erasing->error, ca_sql_set_facts, "ib", result, facts.data,
                         facts.length);
    ca_buffer_free(&facts);
    return code;
}

static enum ca_code keep_figures(struct erasing *erasing)
{
    static const char *const statements[] = {
        ca_sql_erase_actions,    ca_sql_erase_action_themes,
        ca_sql_erase_reasons,    ca_sql_erase_messages,
        ca_sql_erase_findings,   ca_sql_erase_answers,
        ca_sql_erase_attributes, NULL};
    struct ca_tables *s = erasing->s;
    const int64_t result = erasing->found.latest;
    enum ca_code code = run_all(erasing, statements, result);

    if (code == CA_OK)
        code = rewrite_facts(erasing);
    if (code == CA_OK)
        code = ca_tables_hash_result(s, result, erasing->result, erasing->error);
    if (code == CA_OK)
        code = ca_sql_do(s, erasing->error, ca_sql_set_result_hash, "ib", result,
                         erasing->result, sizeof erasing->result);
    return code == CA_OK ? ca_sql_do(s, erasing->error, ca_sql_name_erased, "ii",
                                     erasing->found.audit, s->next.change)
                         : code;
}

/* ---- one audit ---- */

enum ca_code ca_tables_add_erasure(struct ca_tables *s, const struct ca_erasure_row *row,
                                   struct ca_error *error)
{
    const size_t size = CA_SHA256_SIZE;

    return ca_sql_do(s, error, ca_sql_add_erasure, "iittbibb", s->next.change, row->template,
                     row->why, row->entries, (const void *)row->result, size,
                     (int64_t)row->finished, (const void *)row->first, size,
                     (const void *)row->counted, size);
}

static enum ca_code erase_rows(struct erasing *erasing)
{
    static const char *const later[] = {ca_sql_erase_updates, ca_sql_erase_withdrawals, NULL};
    static const char *const all[] = {ca_sql_erase_updates, ca_sql_erase_withdrawals,
                                      ca_sql_erase_aside, NULL};
    enum ca_code code = CA_OK;

    if (!erasing->keep)
        code = run_all(erasing, all, erasing->found.audit);
    if (code == CA_OK)
        code = erase_revisions(erasing);
    if (code == CA_OK && !erasing->keep)
        return ca_sql_do(erasing->s, erasing->error, ca_sql_erase_audit, "i",
                         erasing->found.audit);
    if (code == CA_OK)
        code = keep_figures(erasing);
    return code == CA_OK ? run_all(erasing, later, erasing->found.audit) : code;
}

static enum ca_code erase_audit(struct erasing *erasing)
{
    struct ca_tables *s = erasing->s;
    struct ca_erasure_row row = {.template = erasing->found.template,
                                 .why = erasing->asked->why,
                                 .first = erasing->first,
                                 .counted = erasing->found.withdrawn ? NULL : erasing->counted};
    enum ca_code code = erase_content(erasing);

    row.entries = erasing->entries.data;
    if (code == CA_OK)
        code = erase_rows(erasing);
    if (code == CA_OK && erasing->keep)
        row.result = erasing->result;
    if (code == CA_OK)
        code = ca_tables_add_erasure(s, &row, erasing->error);
    return code == CA_OK ? ca_tables_enter_stored(s, "erase", 0, erasing->error) : code;
}

/* What is withdrawn counts nowhere, and so there are no figures to keep. */
static enum ca_code erase_one(struct ca_tables *s, const struct ca_erasing *asked,
                              const char *return_id, struct ca_error *error)
{
    struct erasing erasing = {.s = s, .asked = asked, .error = error};
    enum ca_code code = ca_tables_find_audit(s, return_id, &erasing.found, error);

    if (code != CA_OK)
        return code;
    erasing.keep = asked->keep && !erasing.found.withdrawn;
    code = erase_audit(&erasing);
    ca_buffer_free(&erasing.found.facts);
    ca_buffer_free(&erasing.entries);
    return code;
}

/* ---- the whole ---- */

enum ca_code ca_tables_finish_erasing(struct ca_store *store, bool *any, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    int64_t unfinished = 0;
    enum ca_code code = ca_sql_number(s, error, 0, &unfinished, ca_sql_unfinished_erasures, "");

    *any = unfinished > 0;
    if (code != CA_OK || unfinished == 0)
        return code;
    code = s->driver->wipe(s, error);
    if (code == CA_OK)
        code = ca_tables_begin(s, error);
    if (code != CA_OK)
        return code;
    code = ca_sql_do(s, error, ca_sql_finish_erasures, "");
    if (code == CA_OK)
        code = ca_sql_do(s, error, ca_sql_finish_forgetting, "");
    return ca_tables_finish(s, code, error);
}

enum ca_code ca_tables_erase(struct ca_store *store, const struct ca_erasing *asked,
                             struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);

    if (code != CA_OK)
        return code;
    code = ca_tables_forget_cases(s, asked, error);
    for (size_t i = 0; i < asked->count && code == CA_OK; i++)
        code = erase_one(s, asked, asked->return_ids[i], error);
    return ca_tables_finish(s, code, error);
}

enum ca_code ca_tables_each_copy(struct ca_store *store, ca_copy_visit visit, void *context,
                                 struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row = ca_sql(s, error, ca_sql_each_copy, "i", (int64_t)0);
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error))
        going = visit(context, ca_sql_word(row, 1), ca_sql_word(row, 2), ca_sql_word(row, 3));
    ca_sql_reset(row);
    return code;
}
