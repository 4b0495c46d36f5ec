/* Reading: findings, alerts, documents and the ledger, one row at a time. */
#include <string.h>

#include "core/store/tables_audit.h"
#include "core/store/tables_query.h"

enum ca_code ca_tables_begin_reading(struct ca_store *store, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = s->driver->begin(s, false, error);
    int64_t any;

    /* The moment is that of the first look. */
    if (code == CA_OK)
        code = ca_sql_number(s, error, 0, &any, ca_sql_last_change, "");
    if (code != CA_OK)
        ca_tables_end_reading(store);
    return code;
}

void ca_tables_end_reading(struct ca_store *store)
{
    struct ca_tables *s = ca_tables_of(store);

    s->driver->roll_back(s);
}

enum ca_code ca_tables_each_alert(struct ca_store *store, const struct ca_query *query,
                                  ca_alert_visit visit, void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_buffer names = {0};
    struct ca_stored_alert alert;
    struct ca_statement *row =
        ca_sql(s, error, ca_sql_list_alerts, "tttdd", CA_QUERY_VALUES(query, &names));
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        int severity = (int)ca_sql_integer(row, 7);
        alert = (struct ca_stored_alert){.return_id = ca_sql_word(row, 0),
                                         .case_ref = ca_sql_word(row, 1),
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
    ca_sql_reset(row);
    return code;
}

enum ca_code ca_tables_erased_counts(struct ca_store *store, const struct ca_query *query,
                                     ca_date as_of, struct ca_erased_counts *out,
                                     struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_buffer names = {0};
    struct ca_statement *row =
        ca_sql(s, error, ca_sql_erased_counts, "tttddd", CA_QUERY_VALUES(query, &names), as_of);
    enum ca_code code = CA_OK;

    while (ca_sql_row(s, row, &code, error))
        *out = (struct ca_erased_counts){ca_sql_integer(row, 0), ca_sql_integer(row, 1)};
    ca_buffer_free(&names);
    ca_sql_reset(row);
    return code;
}

struct ca_stored_return ca_tables_take_return(struct ca_statement *row)
{
    return (struct ca_stored_return){.result = ca_sql_integer(row, 0),
                                     .return_id = ca_sql_word(row, 1),
                                     .template_id = ca_sql_word(row, 2),
                                     .template_version = ca_sql_word(row, 3),
                                     .revision = (int)ca_sql_integer(row, 4),
                                     .latest = (int)ca_sql_integer(row, 5) != 0,
                                     .audit_date = ca_sql_date(row, 6),
                                     .grade = ca_sql_small(row, 7),
                                     .bytes = ca_sql_blob(row, 8),
                                     .length = ca_sql_length(row, 8)};
}

enum ca_code ca_tables_each_return(struct ca_store *store, const struct ca_query *query,
                                   ca_return_visit visit, void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_buffer names = {0};
    struct ca_stored_return stored;
    struct ca_statement *row = ca_sql_many(
        ca_sql(s, error, ca_sql_list_returns, "tttdd", CA_QUERY_VALUES(query, &names)));
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        stored = ca_tables_take_return(row);
        going = visit(context, &stored);
    }
    ca_buffer_free(&names);
    ca_sql_reset(row);
    return code;
}

struct ca_stored_change ca_tables_take_change(struct ca_statement *row)
{
    struct ca_stored_change change = {.entry = {.sequence = ca_sql_integer(row, 0),
                                                .at = ca_sql_word(row, 1),
                                                .who = ca_sql_word(row, 2),
                                                .kind = ca_sql_word(row, 3),
                                                .subject = ca_sql_text(row, 5),
                                                .detail = ca_sql_text(row, 6),
                                                .previous = ca_sql_word(row, 8),
                                                .hash = ca_sql_word(row, 9)},
                                      .bytes = ca_sql_blob(row, 10),
                                      .length = ca_sql_length(row, 10)};

    if (ca_sql_length(row, 4) == CA_SALT_SIZE && change.entry.subject != NULL &&
        change.entry.detail != NULL)
        change.entry.salt = ca_sql_blob(row, 4);
    if (ca_sql_length(row, 7) == CA_SHA256_SIZE)
        memcpy(change.entry.commitment, ca_sql_blob(row, 7), CA_SHA256_SIZE);
    return change;
}

enum ca_code ca_tables_each_change(struct ca_store *store, int64_t since, ca_change_visit visit,
                                   void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_stored_change change;
    struct ca_statement *row = ca_sql_many(ca_sql(s, error, ca_sql_changes, "i", since));
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        change = ca_tables_take_change(row);
        going = visit(context, &change);
    }
    ca_sql_reset(row);
    return code;
}
