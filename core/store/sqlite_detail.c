/* What the ledger says of each change: worked out from the rows the change left. */
#include <string.h>

#include "core/base/json.h"
#include "core/store/sqlite.h"

#define DAY(days) "date((" days ") * 86400, 'unixepoch')"

/* The first column is the subject; the others are members of the detail by their names,
 * blobs as hexadecimal digits. */
static const struct {
    const char *kind, *sql;
} kinds[] = {
    {"record",
     "SELECT a.return_id, r.revision AS revision, t.name AS template,"
     " t.version AS version, g.framework AS framework,"
     " g.version AS framework_version, g.sha256 AS plugin, d.sha256 AS document,"
     " h.sha256 AS result"
     " FROM result r JOIN audit a ON a.id = r.audit JOIN template t ON t.id = r.template"
     " JOIN plugin g ON g.id = r.plugin JOIN document d ON d.id = r.document"
     " JOIN result_hash h ON h.result = r.id WHERE r.id = ?2 AND r.change = ?1"},
    {"init", "SELECT 'store' WHERE ?1 = 1"},
    {"template", "SELECT t.name || '@' || t.version, t.name AS template, t.version AS version,"
                 " t.framework AS framework, d.sha256 AS document, t.content AS content"
                 " FROM template t JOIN document d ON d.id = t.document WHERE t.change = ?1"},
    {"part", "SELECT t.name || '@' || t.version, t.name AS template, t.version AS version,"
             " p.kind AS kind, p.position AS position, p.id AS id, p.label AS label,"
             " p.detail AS detail"
             " FROM part p JOIN template t ON t.id = p.template WHERE p.change = ?1"},
    {"retire",
     "SELECT t.name || '@' || t.version, t.name AS template, t.version AS version, " DAY(
         "x.retired_on") " AS \"on\""
                         " FROM retirement x JOIN template t ON t.id = x.template"
                         " WHERE x.change = ?1"},
    {"complete",
     "SELECT a.return_id || ':' || u.action, a.return_id AS \"return\", u.action AS "
     "action, " DAY(
         "u.completed") " AS \"on\" FROM action_update u JOIN audit a ON a.id = u.audit"
                        " WHERE u.change = ?1 AND u.completed IS NOT NULL"},
    {"verify",
     "SELECT a.return_id || ':' || u.action, a.return_id AS \"return\", u.action AS action,"
     " u.verified_by AS by FROM action_update u JOIN audit a ON a.id = u.audit"
     " WHERE u.change = ?1 AND u.verified_by IS NOT NULL"},
    {"reopen",
     "SELECT a.return_id || ':' || u.action, a.return_id AS \"return\", u.action AS action,"
     " u.reopened AS why FROM action_update u JOIN audit a ON a.id = u.audit"
     " WHERE u.change = ?1 AND u.reopened IS NOT NULL"},
    {"set", "SELECT name, name AS name, value AS value FROM setting WHERE change = ?1"},
    {"population",
     "SELECT name || ' ' || period, iif(of_framework, 'framework', 'template') AS \"of\","
     " name AS name, period AS period, " DAY("first") " AS \"from\", " DAY(
         "last") " AS \"to\", count AS count FROM population WHERE change = ?1"},
    {"benchmark",
     "SELECT name, name AS name, template AS template, period AS period, " DAY(
         "first") " AS \"from\", " DAY("last") " AS \"to\""
                                               " FROM benchmark WHERE change = ?1"},
    {"history", "SELECT 'history', i.rows AS rows, d.sha256 AS document, i.content AS content"
                " FROM import i JOIN document d ON d.id = i.document WHERE i.change = ?1"},
    {"indicators",
     "SELECT 'indicators', i.rows AS rows, d.sha256 AS document, i.content AS content"
     " FROM import i JOIN document d ON d.id = i.document WHERE i.change = ?1"},
};

static const char *sql_of(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].sql;
    return NULL;
}

static void write_hex(struct ca_buffer *out, const unsigned char *bytes, int length)
{
    for (int i = 0; i < length; i++)
        ca_buffer_printf(out, "%02x", bytes[i]);
}

static void write_value(struct ca_buffer *out, sqlite3_stmt *row, int column)
{
    struct ca_buffer hex = {0};

    ca_json_key(out, sqlite3_column_name(row, column));
    switch (sqlite3_column_type(row, column)) {
    case SQLITE_INTEGER: ca_json_integer(out, sqlite3_column_int64(row, column)); break;
    case SQLITE_TEXT: ca_json_string(out, ca_sql_text(row, column)); break;
    case SQLITE_BLOB:
        write_hex(&hex, sqlite3_column_blob(row, column), sqlite3_column_bytes(row, column));
        ca_json_string(out, hex.data != NULL ? hex.data : "");
        ca_buffer_free(&hex);
        break;
    default: ca_json_null(out);
    }
}

enum ca_code ca_sqlite_detail(struct ca_sqlite *s, const char *kind, int64_t change,
                              struct ca_buffer *subject, struct ca_buffer *detail,
                              struct ca_error *error)
{
    const char *sql = sql_of(kind), *text;
    sqlite3_stmt *row;
    int more;

    if (sql == NULL)
        return ca_fail(error, CA_ERROR_NOT_FOUND, "no such kind of change");
    /* Results are found by their key, which put has at hand and the check looks up. */
    row = strcmp(kind, "record") == 0 ? ca_sql(s, error, sql, "ii", change, s->recorded)
                                      : ca_sql(s, error, sql, "i", change);
    if (row == NULL || (more = ca_sql_step(s, row, error)) < 0)
        return error->code;
    if (more == 0)
        return ca_fail(error, CA_ERROR_NOT_FOUND, "nothing is stored of it");
    text = ca_sql_text(row, 0);
    ca_buffer_clear(subject);
    ca_buffer_puts(subject, text != NULL ? text : "");
    ca_buffer_clear(detail);
    ca_json_open(detail, '{');
    for (int column = 1; column < sqlite3_column_count(row); column++)
        write_value(detail, row, column);
    ca_json_close(detail, '}');
    sqlite3_reset(row);
    return CA_OK;
}
