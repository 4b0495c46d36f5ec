/* Reading: findings, alerts, documents and the ledger, one row at a time. */
#include <string.h>

#include "core/store/sqlite_audit.h"
#include "core/store/sqlite_query.h"

enum ca_code ca_sqlite_begin_reading(struct ca_store *store, struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    enum ca_code code = ca_sql_do(s, error, "BEGIN", "");
    int64_t any;

    /* The moment is that of the first look. */
    if (code == CA_OK)
        code = ca_sql_number(s, error, 0, &any, ca_sql_last_change, "");
    if (code != CA_OK)
        ca_sqlite_end_reading(store);
    return code;
}

void ca_sqlite_end_reading(struct ca_store *store)
{
    struct ca_sqlite *s = ca_sqlite_of(store);

    if (!sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

enum ca_code ca_sqlite_each_alert(struct ca_store *store, const struct ca_query *query,
                                  ca_alert_visit visit, void *context, struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    struct ca_buffer names = {0};
    struct ca_stored_alert alert;
    sqlite3_stmt *row =
        ca_sql(s, error, ca_sql_list_alerts, "tttdd", CA_SQLITE_VALUES(query, &names));
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        int severity = sqlite3_column_int(row, 7);
        alert = (struct ca_stored_alert){.return_id = ca_sql_word(row, 0),
                                         .case_ref = ca_sql_text(row, 1),
                                         .template_id = ca_sql_word(row, 2),
                                         .template_version = ca_sql_word(row, 3),
                                         .audit_date = ca_sql_date(row, 4),
                                         .id = ca_sql_word(row, 5),
                                         .message = ca_sql_word(row, 6),
                                         .severity = severity >= 0 && severity <= (int)CA_REVIEW
                                                         ? (enum ca_alert_severity)severity
                                                         : CA_REVIEW};
        going = visit(context, &alert);
    }
    ca_buffer_free(&names);
    sqlite3_reset(row);
    return code;
}

enum ca_code ca_sqlite_erased_counts(struct ca_store *store, const struct ca_query *query,
                                     ca_date as_of, struct ca_erased_counts *out,
                                     struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    struct ca_buffer names = {0};
    sqlite3_stmt *row = ca_sql(s, error, ca_sql_erased_counts, "tttddd",
                               CA_SQLITE_VALUES(query, &names), as_of);
    enum ca_code code = CA_OK;

    while (ca_sql_row(s, row, &code, error))
        *out = (struct ca_erased_counts){sqlite3_column_int64(row, 0),
                                         sqlite3_column_int64(row, 1)};
    ca_buffer_free(&names);
    sqlite3_reset(row);
    return code;
}

struct ca_stored_return ca_sqlite_take_return(sqlite3_stmt *row)
{
    return (struct ca_stored_return){.result = sqlite3_column_int64(row, 0),
                                     .return_id = ca_sql_word(row, 1),
                                     .template_id = ca_sql_word(row, 2),
                                     .template_version = ca_sql_word(row, 3),
                                     .revision = sqlite3_column_int(row, 4),
                                     .latest = sqlite3_column_int(row, 5) != 0,
                                     .audit_date = ca_sql_date(row, 6),
                                     .grade = ca_sql_small(row, 7),
                                     .bytes = sqlite3_column_blob(row, 8),
                                     .length = (size_t)sqlite3_column_bytes(row, 8)};
}

enum ca_code ca_sqlite_each_return(struct ca_store *store, const struct ca_query *query,
                                   bool all, ca_return_visit visit, void *context,
                                   struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    struct ca_buffer names = {0};
    struct ca_stored_return stored;
    sqlite3_stmt *row = ca_sql(s, error, ca_sql_list_returns, "tttddi",
                               CA_SQLITE_VALUES(query, &names), (int64_t)all);
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        stored = ca_sqlite_take_return(row);
        going = visit(context, &stored);
    }
    ca_buffer_free(&names);
    sqlite3_reset(row);
    return code;
}

struct ca_stored_change ca_sqlite_take_change(sqlite3_stmt *row)
{
    struct ca_stored_change change = {.entry = {.sequence = sqlite3_column_int64(row, 0),
                                                .at = ca_sql_word(row, 1),
                                                .who = ca_sql_word(row, 2),
                                                .kind = ca_sql_word(row, 3),
                                                .subject = ca_sql_text(row, 5),
                                                .detail = ca_sql_text(row, 6),
                                                .previous = ca_sql_word(row, 8),
                                                .hash = ca_sql_word(row, 9)},
                                      .bytes = sqlite3_column_blob(row, 10),
                                      .length = (size_t)sqlite3_column_bytes(row, 10)};

    if (sqlite3_column_bytes(row, 4) == CA_SALT_SIZE && change.entry.subject != NULL &&
        change.entry.detail != NULL)
        change.entry.salt = sqlite3_column_blob(row, 4);
    if (sqlite3_column_bytes(row, 7) == CA_SHA256_SIZE)
        memcpy(change.entry.commitment, sqlite3_column_blob(row, 7), CA_SHA256_SIZE);
    return change;
}

enum ca_code ca_sqlite_each_change(struct ca_store *store, int64_t since, ca_change_visit visit,
                                   void *context, struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    struct ca_stored_change change;
    sqlite3_stmt *row = ca_sql(s, error, ca_sql_changes, "i", since);
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        change = ca_sqlite_take_change(row);
        going = visit(context, &change);
    }
    sqlite3_reset(row);
    return code;
}
