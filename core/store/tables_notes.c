/* What stands in the ledger alone, and heads of it that were printed. */
#include <stdio.h>
#include <string.h>

#include "core/store/tables.h"

enum ca_code ca_tables_note(struct ca_store *store, const char *kind, const char *subject,
                            const char *detail, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);
    int64_t change;

    if (code != CA_OK)
        return code;
    return ca_tables_finish(s, ca_tables_enter(s, kind, subject, detail, 0, &change, error),
                            error);
}

enum ca_code ca_tables_enter_erased(struct ca_store *store, const struct ca_entry *entry,
                                    struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);

    return code == CA_OK ? ca_tables_finish(s, ca_tables_add_entry(s, entry, 0, error), error)
                         : code;
}

/* ---- heads that were printed ---- */

enum ca_code ca_tables_head(struct ca_store *store, struct ca_head *out, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row = ca_sql(s, error, ca_sql_last_head, "");
    struct ca_head head = {0};
    enum ca_code code;

    if (!ca_sql_row(s, row, &code, error))
        return code != CA_OK ? code : ca_tables_damaged(s, error, "the ledger is empty");
    head.entries = ca_sql_integer(row, 0);
    snprintf(head.at, sizeof head.at, "%s", ca_sql_word(row, 1));
    snprintf(head.hash, sizeof head.hash, "%s", ca_sql_word(row, 2));
    ca_sql_reset(row);
    *out = head;
    return CA_OK;
}

enum ca_code ca_tables_keep_head(struct ca_store *store, const struct ca_head *head,
                                 struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    const size_t key = head->is_signed ? CA_KEY_SIZE : 0;
    enum ca_code code = ca_tables_begin(s, error);

    if (code != CA_OK)
        return code;
    code = ca_sql_do(s, error, ca_sql_add_head, "ibttb", head->entries, (const void *)head->key,
                     key, head->at, head->hash, (const void *)head->signature,
                     (size_t)(head->is_signed ? CA_SIGNATURE_SIZE : 0));
    return ca_tables_finish(s, code, error);
}

static bool take_head(struct ca_statement *row, struct ca_head *out)
{
    *out = (struct ca_head){.entries = ca_sql_integer(row, 0),
                            .is_signed = ca_sql_length(row, 1) != 0};
    snprintf(out->at, sizeof out->at, "%s", ca_sql_word(row, 2));
    snprintf(out->hash, sizeof out->hash, "%s", ca_sql_word(row, 3));
    if (!out->is_signed)
        return true;
    if (ca_sql_length(row, 1) != CA_KEY_SIZE || ca_sql_length(row, 4) != CA_SIGNATURE_SIZE)
        return false;
    memcpy(out->key, ca_sql_blob(row, 1), CA_KEY_SIZE);
    memcpy(out->signature, ca_sql_blob(row, 4), CA_SIGNATURE_SIZE);
    return true;
}

enum ca_code ca_tables_each_head(struct ca_store *store, ca_head_visit visit, void *context,
                                 struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row = ca_sql(s, error, ca_sql_heads, "");
    enum ca_code code = CA_OK;
    struct ca_head head;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        if (!take_head(row, &head)) {
            ca_sql_reset(row);
            return ca_tables_damaged(s, error, "a head that was kept cannot be read");
        }
        going = visit(context, &head);
    }
    ca_sql_reset(row);
    return code;
}
