/* Reading: findings, alerts, documents and the ledger, one row at a time. */
#include "core/store/sqlite_query.h"

enum ca_code ca_sqlite_begin_reading(struct ca_store *store, struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    enum ca_code code = ca_sql_do(s, error, "BEGIN", "");
    int64_t any;

    /* The moment is that of the first look. */
    if (code == CA_OK)
        code = ca_sql_number(s, error, 0, &any, "SELECT max(sequence) FROM ledger", "");
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

/* What follows the last step of a walk that may have ended early. */
static enum ca_code walked(sqlite3_stmt *row, int more, const struct ca_error *error)
{
    if (row == NULL || more < 0)
        return error->code;
    sqlite3_reset(row);
    return CA_OK;
}

#define FROM_LATEST                                                                            \
    " FROM audit a JOIN result r ON r.id = a.latest JOIN template t ON t.id = r.template"

enum ca_code ca_sqlite_each_finding(struct ca_store *store, const struct ca_query *query,
                                    ca_finding_visit visit, void *context,
                                    struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    struct ca_buffer names = {0};
    struct ca_stored_finding finding;
    sqlite3_stmt *row =
        ca_sql(s, error,
               "SELECT a.return_id, t.name, t.version, r.audit_date, c.strength, p.id, p.label,"
               " q.label, c.text" FROM_LATEST " JOIN result_finding c ON c.result = r.id"
               " LEFT JOIN part p ON p.template = t.id AND p.kind = 5 AND p.position = c.theme"
               " LEFT JOIN part q ON q.template = t.id AND q.kind = 3 AND q.position = c.agency"
               " WHERE " CA_SQLITE_QUERY
               " ORDER BY c.strength DESC, r.audit_date, a.return_id, c.position",
               "tttdd", CA_SQLITE_VALUES(query, &names));
    bool going = true;
    int more = 0;

    while (going && row != NULL && (more = ca_sql_step(s, row, error)) > 0) {
        finding = (struct ca_stored_finding){.return_id = ca_sql_text(row, 0),
                                             .template_id = ca_sql_text(row, 1),
                                             .template_version = ca_sql_text(row, 2),
                                             .audit_date = ca_sql_date(row, 3),
                                             .strength = sqlite3_column_int(row, 4) != 0,
                                             .theme = ca_sql_text(row, 5),
                                             .theme_label = ca_sql_text(row, 6),
                                             .agency = ca_sql_text(row, 7),
                                             .text = ca_sql_text(row, 8)};
        going = visit(context, &finding);
    }
    ca_buffer_free(&names);
    return walked(row, more, error);
}

enum ca_code ca_sqlite_each_alert(struct ca_store *store, const struct ca_query *query,
                                  ca_alert_visit visit, void *context, struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    struct ca_buffer names = {0};
    struct ca_stored_alert alert;
    sqlite3_stmt *row = ca_sql(
        s, error,
        "SELECT a.return_id, r.case_ref, t.name, t.version, r.audit_date, p.id,"
        " coalesce(c.message, p.label), c.severity" FROM_LATEST
        " JOIN result_alert c ON c.result = r.id"
        " LEFT JOIN part p ON p.template = t.id AND p.kind = 7 AND p.position = c.part"
        " WHERE " CA_SQLITE_QUERY " ORDER BY c.severity, r.audit_date, a.return_id, c.position",
        "tttdd", CA_SQLITE_VALUES(query, &names));
    bool going = true;
    int more = 0;

    while (going && row != NULL && (more = ca_sql_step(s, row, error)) > 0) {
        int severity = sqlite3_column_int(row, 7);
        alert = (struct ca_stored_alert){.return_id = ca_sql_text(row, 0),
                                         .case_ref = ca_sql_text(row, 1),
                                         .template_id = ca_sql_text(row, 2),
                                         .template_version = ca_sql_text(row, 3),
                                         .audit_date = ca_sql_date(row, 4),
                                         .id = ca_sql_text(row, 5),
                                         .message = ca_sql_text(row, 6),
                                         .severity = severity >= 0 && severity <= (int)CA_REVIEW
                                                         ? (enum ca_alert_severity)severity
                                                         : CA_REVIEW};
        going = visit(context, &alert);
    }
    ca_buffer_free(&names);
    return walked(row, more, error);
}

enum ca_code ca_sqlite_each_return(struct ca_store *store, const struct ca_query *query,
                                   bool all, ca_return_visit visit, void *context,
                                   struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    struct ca_buffer names = {0};
    struct ca_stored_return stored;
    sqlite3_stmt *row =
        ca_sql(s, error,
               "SELECT r.id, a.return_id, t.name, t.version, r.revision, a.latest = r.id,"
               " r.audit_date, r.grade, d.bytes FROM result r JOIN audit a ON a.id = r.audit"
               " JOIN template t ON t.id = r.template JOIN document d ON d.id = r.document"
               " WHERE " CA_SQLITE_QUERY " AND (?6 OR a.latest = r.id) ORDER BY r.id",
               "tttddi", CA_SQLITE_VALUES(query, &names), (int64_t)all);
    bool going = true;
    int more = 0;

    while (going && row != NULL && (more = ca_sql_step(s, row, error)) > 0) {
        stored = (struct ca_stored_return){.result = sqlite3_column_int64(row, 0),
                                           .return_id = ca_sql_text(row, 1),
                                           .template_id = ca_sql_text(row, 2),
                                           .template_version = ca_sql_text(row, 3),
                                           .revision = sqlite3_column_int(row, 4),
                                           .latest = sqlite3_column_int(row, 5) != 0,
                                           .audit_date = ca_sql_date(row, 6),
                                           .grade = ca_sql_small(row, 7),
                                           .bytes = sqlite3_column_blob(row, 8),
                                           .length = (size_t)sqlite3_column_bytes(row, 8)};
        going = visit(context, &stored);
    }
    ca_buffer_free(&names);
    return walked(row, more, error);
}

enum ca_code ca_sqlite_each_change(struct ca_store *store, ca_change_visit visit, void *context,
                                   struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    struct ca_stored_change change;
    sqlite3_stmt *row =
        ca_sql(s, error,
               "SELECT l.sequence, l.at, l.kind, l.subject, l.detail, l.hash, d.bytes"
               " FROM ledger l LEFT JOIN document d ON d.id = l.document ORDER BY l.sequence",
               "");
    bool going = true;
    int more = 0;

    while (going && row != NULL && (more = ca_sql_step(s, row, error)) > 0) {
        change = (struct ca_stored_change){.number = sqlite3_column_int64(row, 0),
                                           .at = ca_sql_text(row, 1),
                                           .kind = ca_sql_text(row, 2),
                                           .subject = ca_sql_text(row, 3),
                                           .detail = ca_sql_text(row, 4),
                                           .hash = ca_sql_text(row, 5),
                                           .bytes = sqlite3_column_blob(row, 6),
                                           .length = (size_t)sqlite3_column_bytes(row, 6)};
        going = visit(context, &change);
    }
    return walked(row, more, error);
}
