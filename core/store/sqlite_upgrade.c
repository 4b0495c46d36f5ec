/* The way from earlier versions of the tables (sql/upgrades.sql) to this one. */
#include <stdio.h>
#include <string.h>

#include "core/base/json.h"
#include "core/store/sqlite.h"

/* Versions before 3 were never handed out. From 6 on, entries of the ledger are commitments,
 * and audits can be erased; tables that came later are made if they are missing. */
enum { OLDEST = 3, COMMITMENTS = 6 };

static enum ca_code upgrade_tables(struct ca_tables *s, int from, struct ca_error *error)
{
    enum ca_code code;

    if (from < OLDEST)
        return ca_fail(error, CA_ERROR_STORE,
                       "the store '%s' is of a version (%d) that was never handed out", s->path,
                       from);
    code = ca_sql_script(s, ca_sql_drop_views, error);
    if (code == CA_OK && from == 3)
        code = ca_sql_script(s, ca_sql_upgrade_3, error);
    if (code == CA_OK && from <= 4)
        code = ca_sql_script(s, ca_sql_upgrade_4, error);
    if (code == CA_OK && from < COMMITMENTS)
        code = ca_sql_script(s, ca_sql_upgrade_5_before, error);
    if (code == CA_OK && from >= COMMITMENTS)
        code = ca_sql_script(s, ca_sql_upgrade_7, error);
    if (code == CA_OK)
        code = ca_sqlite_make_missing(s, error);
    return code == CA_OK && from < COMMITMENTS ? ca_sql_script(s, ca_sql_upgrade_5_after, error)
                                               : code;
}

/* ---- the ledger of before ---- */

struct old_entry {
    int64_t sequence, document;
    const char *at, *kind, *subject, *detail, *previous, *hash;
};

static struct old_entry take_entry(struct ca_statement *row)
{
    return (struct old_entry){.sequence = ca_sql_integer(row, 0),
                              .at = ca_sql_word(row, 1),
                              .kind = ca_sql_word(row, 2),
                              .subject = ca_sql_word(row, 3),
                              .detail = ca_sql_word(row, 4),
                              .document = ca_sql_integer(row, 5),
                              .previous = ca_sql_word(row, 6),
                              .hash = ca_sql_word(row, 7)};
}

/* An entry used to be hashed as lines. */
static bool is_whole(const struct old_entry *entry, int64_t number, const char *previous)
{
    const char *const texts[] = {entry->at, entry->kind, entry->subject, entry->detail,
                                 entry->previous};
    uint8_t digest[CA_SHA256_SIZE];
    char hash[CA_SHA256_TEXT];
    struct ca_buffer text = {0};

    ca_buffer_int(&text, entry->sequence);
    ca_buffer_putc(&text, '\n');
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ca_buffer_puts(&text, texts[i]);
        ca_buffer_putc(&text, '\n');
    }
    ca_sha256(text.data, text.length, digest);
    ca_buffer_free(&text);
    return entry->sequence == number && strcmp(entry->previous, previous) == 0 &&
           strcmp(entry->hash, ca_sha256_hex(digest, hash)) == 0;
}

static enum ca_code copy_entries(struct ca_tables *s, char head[CA_SHA256_TEXT],
                                 struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_old_entries, "");
    enum ca_code code = CA_OK;
    int64_t change;

    while (code == CA_OK && ca_sql_row(s, row, &code, error)) {
        const struct old_entry entry = take_entry(row);
        if (!is_whole(&entry, s->next.change, head)) {
            code = ca_tables_damaged(s, error,
                                     "its ledger is not what its hashes say, and so "
                                     "it is not brought to the newest version");
            break;
        }
        snprintf(s->next.now, sizeof s->next.now, "%s", entry.at);
        snprintf(head, CA_SHA256_TEXT, "%s", entry.hash);
        code = ca_tables_enter(s, entry.kind, entry.subject, entry.detail, entry.document,
                               &change, error);
    }
    ca_sql_reset(row);
    return code;
}

/*
 * The entries as they were, in a chain of the new kind: who made them is not known. The last
 * entry of the old chain, which may have been noted somewhere, stays in the new one.
 */
static enum ca_code renew_ledger(struct ca_tables *s, struct ca_buffer *detail,
                                 struct ca_error *error)
{
    char head[CA_SHA256_TEXT] = "", now[sizeof s->next.now], *who = s->who;
    char unknown[] = "-";
    enum ca_code code;

    ca_tables_look_at_clock(now);
    s->next.change = 1;
    s->next.head[0] = '\0';
    s->who = unknown;
    code = copy_entries(s, head, error);
    s->who = who;
    memcpy(s->next.now, now, sizeof now);
    ca_json_key_integer(detail, "entries", s->next.change - 1);
    ca_json_key_string(detail, "hash", head);
    return code == CA_OK ? ca_sql_script(s, ca_sql_upgrade_5_done, error) : code;
}

static enum ca_code upgrade_ledger(struct ca_tables *s, int from, struct ca_error *error)
{
    struct ca_buffer detail = {0};
    enum ca_code code;
    int64_t change;

    ca_json_open(&detail, '{');
    ca_json_key_integer(&detail, "from", from);
    ca_json_key_integer(&detail, "to", ca_sqlite_schema);
    code =
        from < COMMITMENTS ? renew_ledger(s, &detail, error) : ca_tables_look_ahead(s, error);
    ca_json_close(&detail, '}');
    if (code == CA_OK)
        code = ca_tables_enter(s, "upgrade", "store", detail.data, 0, &change, error);
    ca_buffer_free(&detail);
    return code;
}

enum ca_code ca_sqlite_migrate(struct ca_tables *s, int from, struct ca_error *error)
{
    enum ca_code code =
        from == 0 ? ca_sql_script(s, ca_sql_schema, error) : upgrade_tables(s, from, error);
    char version[64];

    if (code == CA_OK)
        code = ca_sql_script(s, ca_sql_views, error);
    if (code == CA_OK && from > 0)
        code = upgrade_ledger(s, from, error);
    if (code != CA_OK)
        return code;
    snprintf(version, sizeof version, "PRAGMA user_version = %d", ca_sqlite_schema);
    return ca_sql_script(s, version, error);
}
