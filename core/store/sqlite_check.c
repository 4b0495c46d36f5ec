/*
 * Is everything as it was written? Each document against its digest, each result against
 * the hash of its rows, each figure and each change against the ledger, and the ledger
 * against itself. One changed byte anywhere in them shows.
 */
#include <stdio.h>
#include <string.h>

#include "core/store/sqlite.h"

struct check {
    struct ca_sqlite *s;
    ca_store_report report;
    void *context;
    struct ca_error error;
};

static void fault(struct check *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void fault(struct check *check, const char *format, ...)
{
    struct ca_buffer text = {0};
    va_list args;

    va_start(args, format);
    ca_buffer_vprintf(&text, format, args);
    va_end(args);
    check->report(check->context, text.data);
    ca_buffer_free(&text);
}

static sqlite3_stmt *query(struct check *check, const char *sql)
{
    return ca_sql(check->s, &check->error, sql, "");
}

/* The next row; what cannot be read is a fault too, and the end. */
static bool next(struct check *check, sqlite3_stmt *row)
{
    enum ca_code code;
    bool more = ca_sql_row(check->s, row, &code, &check->error);

    if (code != CA_OK)
        fault(check, "%s", check->error.message);
    return more;
}

static bool is_digest(sqlite3_stmt *row, int column, const uint8_t digest[CA_SHA256_SIZE])
{
    return sqlite3_column_type(row, column) == SQLITE_BLOB &&
           sqlite3_column_bytes(row, column) == CA_SHA256_SIZE &&
           memcmp(sqlite3_column_blob(row, column), digest, CA_SHA256_SIZE) == 0;
}

/* ---- the database ---- */

static void check_database(struct check *check)
{
    sqlite3_stmt *row = query(check, "PRAGMA integrity_check(20)");

    while (next(check, row))
        if (strcmp(ca_sql_text(row, 0), "ok") != 0)
            fault(check, "the database is damaged: %s", ca_sql_text(row, 0));
    row = query(check, "PRAGMA foreign_key_check");
    while (next(check, row))
        fault(check, "a row of table %s refers to a row of %s that is not there",
              ca_sql_text(row, 0), ca_sql_text(row, 2));
}

/* Tables and views are those this program makes. */
static void check_schema(struct check *check)
{
    struct ca_sqlite fresh = {.path = check->s->path};
    struct ca_error error;
    sqlite3_stmt *wanted, *found;
    enum ca_code code;

    if (sqlite3_open(":memory:", &fresh.db) != SQLITE_OK)
        ca_out_of_memory();
    if (ca_sqlite_migrate(&fresh, 0, &error) != CA_OK)
        fault(check, "%s", error.message);
    wanted =
        ca_sql(&fresh, &error, "SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL", "");
    while (ca_sql_row(&fresh, wanted, &code, &error)) {
        found = ca_sql(check->s, &check->error,
                       "SELECT 1 FROM sqlite_schema WHERE name = ? AND sql = ?", "tt",
                       ca_sql_text(wanted, 0), ca_sql_text(wanted, 1));
        if (!next(check, found))
            fault(check, "the definition of '%s' is not what it should be",
                  ca_sql_text(wanted, 0));
        if (found != NULL)
            sqlite3_reset(found);
    }
    ca_sql_forget(&fresh);
    sqlite3_close(fresh.db);
}

/* ---- documents and templates ---- */

static void check_documents(struct check *check)
{
    sqlite3_stmt *row = query(check, ca_sql_check_documents);
    uint8_t digest[CA_SHA256_SIZE];

    while (next(check, row)) {
        const void *bytes = sqlite3_column_blob(row, 2);
        ca_sha256(bytes != NULL ? bytes : "", (size_t)sqlite3_column_bytes(row, 2), digest);
        if (!is_digest(row, 1, digest))
            fault(check, "document %lld is not what its SHA-256 says",
                  (long long)sqlite3_column_int64(row, 0));
    }
}

static void check_templates(struct check *check)
{
    sqlite3_stmt *row = query(check, ca_sql_check_templates);
    uint8_t content[CA_SHA256_SIZE];

    while (next(check, row)) {
        if (ca_sqlite_hash_template(check->s, sqlite3_column_int64(row, 0), content,
                                    &check->error) != CA_OK)
            fault(check, "%s", check->error.message);
        else if (!is_digest(row, 1, content))
            fault(check, "the stored parts of template '%s' version '%s' were changed",
                  ca_sql_text(row, 2), ca_sql_text(row, 3));
    }
}

/* ---- results ---- */

static void check_results(struct check *check)
{
    sqlite3_stmt *row = query(check, ca_sql_check_results);
    uint8_t content[CA_SHA256_SIZE];

    while (next(check, row)) {
        if (ca_sqlite_hash_result(check->s, sqlite3_column_int64(row, 0), content,
                                  &check->error) != CA_OK)
            fault(check, "%s", check->error.message);
        else if (!is_digest(row, 1, content))
            fault(check, "the result of return '%s', revision %d, was changed",
                  ca_sql_text(row, 2), sqlite3_column_int(row, 3));
    }
}

static void check_revisions(struct check *check)
{
    sqlite3_stmt *row = query(check, ca_sql_check_revisions);

    while (next(check, row))
        fault(check, "the revisions of return '%s' do not follow each other",
              ca_sql_text(row, 0));
}

/* Summaries read tally: every latest result stands there once, with its own facts. */
static void check_tally(struct check *check)
{
    sqlite3_stmt *row = query(check, ca_sql_check_tally);
    struct ca_buffer actions = {0};
    uint8_t digest[CA_SHA256_SIZE];

    while (next(check, row)) {
        const void *facts = sqlite3_column_blob(row, 3), *kept = sqlite3_column_blob(row, 4);
        bool good = facts != NULL;
        if (good) {
            ca_sha256(facts, (size_t)sqlite3_column_bytes(row, 3), digest);
            good = is_digest(row, 2, digest);
        }
        if (good && ca_sqlite_pack_actions(check->s, sqlite3_column_int64(row, 1), &actions,
                                           &check->error) == CA_OK)
            good = actions.length == (size_t)sqlite3_column_bytes(row, 4) &&
                   (actions.length == 0 || memcmp(actions.data, kept, actions.length) == 0);
        if (!good)
            fault(check, "what summaries read of return '%s' was changed", ca_sql_text(row, 0));
    }
    ca_buffer_free(&actions);
    row = query(check, ca_sql_check_counted);
    if (next(check, row)) {
        fault(check, "summaries would read results that are not the latest");
        sqlite3_reset(row);
    }
}

/* ---- figures ---- */

static void check_imports(struct check *check)
{
    sqlite3_stmt *row = query(check, ca_sql_check_imports);
    uint8_t content[CA_SHA256_SIZE];

    while (next(check, row)) {
        if (ca_sqlite_hash_import(check->s, sqlite3_column_int(row, 2) != 0,
                                  sqlite3_column_int64(row, 0), content,
                                  &check->error) != CA_OK)
            fault(check, "%s", check->error.message);
        else if (!is_digest(row, 1, content) ||
                 sqlite3_column_int64(row, 3) != sqlite3_column_int64(row, 4))
            fault(check, "the figures that were imported by change %lld were changed",
                  (long long)sqlite3_column_int64(row, 0));
    }
}

/* Rows that no entry of the ledger tells of. */
static void check_strays(struct check *check)
{
    sqlite3_stmt *row = query(check, ca_sql_strays);

    while (next(check, row))
        fault(check, "the ledger knows nothing of change %lld in table %s",
              (long long)sqlite3_column_int64(row, 1), ca_sql_text(row, 0));
}

/* ---- the ledger ---- */

struct ledger_check {
    struct check *check;
    sqlite3_stmt *results; /* walks beside the ledger: both are in the order of recording */
    bool more;
    struct ca_buffer text, subject, detail;
    char previous[CA_SHA256_TEXT];
    int64_t number;
};

static void next_result(struct ledger_check *ledger)
{
    ledger->more = next(ledger->check, ledger->results);
}

/* Which result this entry is about; 0 if there is none. */
static int64_t result_of(struct ledger_check *ledger, int64_t change)
{
    int64_t result = 0;

    while (ledger->more && sqlite3_column_int64(ledger->results, 1) < change)
        next_result(ledger); /* a stray, reported as such */
    if (ledger->more && sqlite3_column_int64(ledger->results, 1) == change) {
        result = sqlite3_column_int64(ledger->results, 0);
        next_result(ledger);
    }
    return result;
}

static bool same_text(sqlite3_stmt *row, int column, const char *text)
{
    const char *stored = ca_sql_text(row, column);

    return stored != NULL && strcmp(stored, text) == 0;
}

/* Columns: sequence, at, kind, subject, detail, previous, hash, document's digest. */
static void check_chain(struct ledger_check *ledger, sqlite3_stmt *row)
{
    uint8_t digest[CA_SHA256_SIZE];
    char hash[CA_SHA256_TEXT];
    int64_t number = sqlite3_column_int64(row, 0);

    if (number != ledger->number + 1)
        fault(ledger->check, "the ledger has no entry %lld", (long long)(ledger->number + 1));
    ca_sqlite_entry_text(&ledger->text, number, ca_sql_text(row, 1), ca_sql_text(row, 2),
                         ca_sql_text(row, 3), ca_sql_text(row, 4), ca_sql_text(row, 5));
    ca_sha256(ledger->text.data, ledger->text.length, digest);
    ca_sha256_hex(digest, hash);
    if (!same_text(row, 6, hash))
        fault(ledger->check, "entry %lld of the ledger is not what its hash says",
              (long long)number);
    if (!same_text(row, 5, ledger->previous))
        fault(ledger->check, "entry %lld of the ledger does not follow the one before",
              (long long)number);
    ledger->number = number;
    snprintf(ledger->previous, sizeof ledger->previous, "%s",
             ca_sql_text(row, 6) != NULL ? ca_sql_text(row, 6) : "");
}

static void check_entry(struct ledger_check *ledger, sqlite3_stmt *row)
{
    struct ca_sqlite *s = ledger->check->s;
    int64_t number = sqlite3_column_int64(row, 0);
    const char *kind = ca_sql_text(row, 2), *digest = ca_sql_text(row, 7);
    enum ca_code code;

    s->recorded = kind != NULL && strcmp(kind, "record") == 0 ? result_of(ledger, number) : 0;
    code = ca_sqlite_detail(s, kind != NULL ? kind : "", number, &ledger->subject,
                            &ledger->detail, &ledger->check->error);
    if (code == CA_ERROR_NOT_FOUND)
        fault(ledger->check, "entry %lld of the ledger (%s '%s'): %s", (long long)number,
              kind != NULL ? kind : "", ca_sql_text(row, 3), ledger->check->error.message);
    else if (code != CA_OK)
        fault(ledger->check, "%s", ledger->check->error.message);
    else if (!same_text(row, 3, ledger->subject.data) ||
             !same_text(row, 4, ledger->detail.data) ||
             (strstr(ledger->detail.data, "\"document\":") != NULL) != (digest != NULL) ||
             (digest != NULL && strstr(ledger->detail.data, digest) == NULL))
        fault(ledger->check,
              "entry %lld of the ledger (%s '%s') tells of something else than "
              "what is stored",
              (long long)number, kind, ca_sql_text(row, 3));
}

static void check_ledger(struct check *check)
{
    struct ledger_check ledger = {.check = check};
    sqlite3_stmt *row = query(check, ca_sql_check_ledger);

    ledger.results = query(check, ca_sql_check_recorded);
    next_result(&ledger);
    while (next(check, row)) {
        check_chain(&ledger, row);
        check_entry(&ledger, row);
    }
    if (ledger.results != NULL)
        sqlite3_reset(ledger.results);
    if (ledger.number == 0)
        fault(check, "the ledger is empty");
    ca_buffer_free(&ledger.text);
    ca_buffer_free(&ledger.subject);
    ca_buffer_free(&ledger.detail);
}

enum ca_code ca_sqlite_check(struct ca_store *store, ca_store_report report, void *context,
                             struct ca_error *error)
{
    struct check check = {.s = ca_sqlite_of(store), .report = report, .context = context};
    enum ca_code code = ca_sqlite_begin_reading(store, error);

    if (code != CA_OK)
        return code;
    check_database(&check);
    check_schema(&check);
    check_documents(&check);
    check_templates(&check);
    check_results(&check);
    check_revisions(&check);
    check_tally(&check);
    check_imports(&check);
    check_strays(&check);
    check_ledger(&check);
    ca_sqlite_end_reading(store);
    return CA_OK;
}
