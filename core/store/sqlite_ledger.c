/* Changes: one writer at a time, and an entry of the ledger for each. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/store/sqlite.h"

static void tell_time(char text[32])
{
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

/* Where new rows go, and the end of the ledger; nobody else can move them now. */
static enum ca_code look_ahead(struct ca_sqlite *s, struct ca_error *error)
{
    struct ca_sqlite_next *next = &s->next;
    sqlite3_stmt *last;
    enum ca_code code;

    last = ca_sql(s, error, ca_sql_last_rows, "");
    if (!ca_sql_row(s, last, &code, error))
        return code;
    next->document = sqlite3_column_int64(last, 0) + 1;
    next->audit = sqlite3_column_int64(last, 1) + 1;
    next->result = sqlite3_column_int64(last, 2) + 1;
    next->change = sqlite3_column_int64(last, 3) + 1;
    const char *head = ca_sql_text(last, 4);
    snprintf(next->head, sizeof next->head, "%s", head != NULL ? head : "");
    sqlite3_reset(last);
    tell_time(next->now);
    return CA_OK;
}

enum ca_code ca_sqlite_begin(struct ca_sqlite *s, struct ca_error *error)
{
    enum ca_code code = ca_sql_do(s, error, "BEGIN IMMEDIATE", "");

    if (code != CA_OK)
        return code;
    code = look_ahead(s, error);
    return code == CA_OK ? CA_OK : ca_sqlite_finish(s, code, error);
}

enum ca_code ca_sqlite_finish(struct ca_sqlite *s, enum ca_code code, struct ca_error *error)
{
    if (code == CA_OK)
        code = ca_sql_do(s, error, "COMMIT", "");
    if (code == CA_OK)
        return CA_OK;
    /* Some failures end the transaction by themselves. */
    if (!sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    ca_sqlite_parts_forget(s);
    return code;
}

void ca_sqlite_entry_text(struct ca_buffer *out, int64_t sequence, const char *at,
                          const char *kind, const char *subject, const char *detail,
                          const char *previous)
{
    const char *const texts[] = {at, kind, subject, detail, previous};

    ca_buffer_clear(out);
    ca_buffer_int(out, sequence);
    ca_buffer_putc(out, '\n');
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ca_buffer_puts(out, texts[i] != NULL ? texts[i] : "");
        ca_buffer_putc(out, '\n');
    }
}

enum ca_code ca_sqlite_enter(struct ca_sqlite *s, const char *kind, const char *subject,
                             const char *detail, int64_t document, int64_t *change,
                             struct ca_error *error)
{
    struct ca_sqlite_next *next = &s->next;
    uint8_t digest[CA_SHA256_SIZE];
    char hash[CA_SHA256_TEXT];
    struct ca_buffer text = {0};
    enum ca_code code;

    ca_sqlite_entry_text(&text, next->change, next->now, kind, subject, detail, next->head);
    ca_sha256(text.data, text.length, digest);
    ca_sha256_hex(digest, hash);
    ca_buffer_free(&text);
    code = ca_sql_do(s, error, ca_sql_add_entry, "ittttitt", next->change, next->now, kind,
                     subject, detail, document, next->head, hash);
    if (code != CA_OK)
        return code;
    memcpy(next->head, hash, sizeof hash);
    *change = next->change++;
    return CA_OK;
}

enum ca_code ca_sqlite_add_document(struct ca_sqlite *s, const uint8_t digest[CA_SHA256_SIZE],
                                    const void *bytes, size_t length, int64_t *id,
                                    struct ca_error *error)
{
    enum ca_code code = ca_sql_do(s, error, ca_sql_add_document, "ibb", s->next.document,
                                  digest, (size_t)CA_SHA256_SIZE, bytes, length);

    if (code == CA_OK)
        *id = s->next.document++;
    return code;
}

enum ca_code ca_sqlite_enter_stored(struct ca_sqlite *s, const char *kind, int64_t document,
                                    struct ca_error *error)
{
    struct ca_buffer subject = {0}, detail = {0};
    enum ca_code code = ca_sqlite_detail(s, kind, s->next.change, &subject, &detail, error);
    int64_t change;

    if (code == CA_OK)
        code = ca_sqlite_enter(s, kind, subject.data, detail.data, document, &change, error);
    ca_buffer_free(&subject);
    ca_buffer_free(&detail);
    return code;
}
