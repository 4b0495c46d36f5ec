/* Actions: raised by returns, completed and verified there or later. */
#include <string.h>

#include "core/store/sqlite_query.h"

#define UPDATED(column)                                                                        \
    "coalesce((SELECT u." column " FROM action_update u WHERE u.audit = r.audit"               \
    " AND u.action = c.id AND u." column                                                       \
    " IS NOT NULL ORDER BY u.change DESC LIMIT 1), c." column ")"

/* ---- changing ---- */

struct found_action {
    int64_t audit, result;
    char owner[72];
    bool completed;
};

static enum ca_code find_action(struct ca_sqlite *s, const char *return_id,
                                const char *action_id, struct found_action *out,
                                struct ca_error *error)
{
    sqlite3_stmt *row = ca_sql(s, error,
                               "SELECT a.id, r.id, c.owner, " UPDATED(
                                   "completed") " FROM audit a JOIN result r ON r.id = a.latest"
                                                " JOIN result_action c ON c.result = r.id "
                                                "WHERE a.return_id = ? AND c.id = ?",
                               "tt", return_id, action_id);
    const char *owner;
    int more;

    if (row == NULL || (more = ca_sql_step(s, row, error)) < 0)
        return error->code;
    if (more == 0)
        return ca_fail(error, CA_ERROR_NOT_FOUND, "return '%s' has no action '%s'", return_id,
                       action_id);
    *out = (struct found_action){.audit = sqlite3_column_int64(row, 0),
                                 .result = sqlite3_column_int64(row, 1),
                                 .completed = sqlite3_column_type(row, 3) != SQLITE_NULL};
    owner = ca_sql_text(row, 2);
    strncat(out->owner, owner != NULL ? owner : "", sizeof out->owner - 1);
    sqlite3_reset(row);
    return CA_OK;
}

/* What summaries read of the result's actions follows. */
static enum ca_code refresh_tally(struct ca_sqlite *s, int64_t result, struct ca_error *error)
{
    struct ca_buffer actions = {0};
    enum ca_code code = ca_sqlite_pack_actions(s, result, &actions, error);

    if (code == CA_OK)
        code = ca_sql_do(s, error,
                         "UPDATE tally SET actions = ?2 WHERE (template, audit_date, result) ="
                         " (SELECT template, audit_date, id FROM result WHERE id = ?1)",
                         "ib", result, actions.data, actions.length);
    ca_buffer_free(&actions);
    return code;
}

static enum ca_code update_action(struct ca_sqlite *s, const struct found_action *found,
                                  const char *action_id, ca_date completed, const char *by,
                                  struct ca_error *error)
{
    enum ca_code code =
        ca_sql_do(s, error,
                  "INSERT INTO action_update(change, audit, action, completed, verified_by)"
                  " VALUES(?, ?, ?, ?, ?)",
                  "iitdt", s->next.change, found->audit, action_id, completed, by);

    if (code == CA_OK)
        code = refresh_tally(s, found->result, error);
    return code == CA_OK
               ? ca_sqlite_enter_stored(s, by != NULL ? "verify" : "complete", 0, error)
               : code;
}

enum ca_code ca_sqlite_complete_action(struct ca_store *store, const char *return_id,
                                       const char *action_id, ca_date on,
                                       struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    enum ca_code code = ca_sqlite_begin(s, error);
    struct found_action found;

    if (code != CA_OK)
        return code;
    code = find_action(s, return_id, action_id, &found, error);
    if (code == CA_OK)
        code = update_action(s, &found, action_id, on, NULL, error);
    return ca_sqlite_finish(s, code, error);
}

enum ca_code ca_sqlite_verify_action(struct ca_store *store, const char *return_id,
                                     const char *action_id, const char *by,
                                     struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    enum ca_code code = ca_sqlite_begin(s, error);
    struct found_action found;

    if (code != CA_OK)
        return code;
    code = find_action(s, return_id, action_id, &found, error);
    if (code == CA_OK && !found.completed)
        code = ca_fail(error, CA_ERROR_DATA,
                       "action '%s' of return '%s' is not completed yet; it is verified after "
                       "that",
                       action_id, return_id);
    if (code == CA_OK && strcmp(found.owner, by) == 0)
        code = ca_fail(error, CA_ERROR_DATA,
                       "action '%s' of return '%s' belongs to '%s', and is to be verified by "
                       "someone else",
                       action_id, return_id, by);
    if (code == CA_OK)
        code = update_action(s, &found, action_id, CA_NO_DATE, by, error);
    return ca_sqlite_finish(s, code, error);
}

/* ---- listing ---- */

static struct ca_stored_action take_action(sqlite3_stmt *row)
{
    return (struct ca_stored_action){.return_id = ca_sql_text(row, 0),
                                     .case_ref = ca_sql_text(row, 1),
                                     .id = ca_sql_text(row, 2),
                                     .template_id = ca_sql_text(row, 3),
                                     .template_version = ca_sql_text(row, 4),
                                     .audit_date = ca_sql_date(row, 5),
                                     .standard = ca_sql_text(row, 6),
                                     .agency = ca_sql_text(row, 7),
                                     .owner = ca_sql_text(row, 8),
                                     .text = ca_sql_text(row, 9),
                                     .due = ca_sql_date(row, 10),
                                     .completed = ca_sql_date(row, 11),
                                     .verified_by = ca_sql_text(row, 12)};
}

enum ca_code ca_sqlite_each_action(struct ca_store *store,
                                   const struct ca_action_filter *filter, ca_action_visit visit,
                                   void *context, struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    struct ca_buffer names = {0};
    struct ca_stored_action action;
    sqlite3_stmt *row = ca_sql(
        s, error,
        "SELECT * FROM (SELECT a.return_id, r.case_ref, c.id, t.name, t.version, r.audit_date,"
        " p.label, q.label, c.owner AS owner, c.text, c.due AS due,"
        " " UPDATED("completed") " AS completed, " UPDATED(
            "verified_by") ", c.position"
                           " FROM audit a JOIN result r ON r.id = a.latest JOIN template t ON "
                           "t.id = r.template"
                           " JOIN result_action c ON c.result = r.id"
                           " LEFT JOIN part p ON p.template = t.id AND p.kind = 2 AND "
                           "p.position = c.standard"
                           " LEFT JOIN part q ON q.template = t.id AND q.kind = 3 AND "
                           "q.position = c.agency"
                           " WHERE " CA_SQLITE_QUERY ")"
                           " WHERE (NOT ?6 OR completed IS NULL) AND (?7 IS NULL OR owner = ?7)"
                           " AND (?8 IS NULL OR (due < ?8 AND (completed IS NULL OR completed "
                           "> ?8)))"
                           " ORDER BY due IS NULL, due, 1, 14",
        "tttddi"
        "td",
        CA_SQLITE_VALUES(&filter->query, &names), (int64_t)filter->open, filter->owner,
        filter->overdue);
    bool going = true;
    int more = 0;

    while (going && row != NULL && (more = ca_sql_step(s, row, error)) > 0) {
        action = take_action(row);
        going = visit(context, &action);
    }
    ca_buffer_free(&names);
    if (row == NULL || more < 0)
        return error->code;
    sqlite3_reset(row);
    return CA_OK;
}
