/* The ledger: an entry for each change, hung onto the one before. */
#include <stdio.h>
#include <string.h>

#include "core/store/tables.h"

/* An entry that is given must be the one that comes out, to the bit: then its time, who made
 * it and its salt are kept. */
static enum ca_code follow(const struct ca_entry *given, int64_t sequence, const char *previous,
                           const char *kind, const char *subject, const char *detail,
                           struct ca_error *error)
{
    if (given->sequence == sequence && strcmp(given->previous, previous) == 0 &&
        strcmp(given->kind, kind) == 0 && strcmp(given->subject, subject) == 0 &&
        strcmp(given->detail, detail) == 0)
        return CA_OK;
    return ca_fail(error, CA_ERROR_DATA,
                   "doing it again gives another entry %lld: %s '%s' %s, instead of %s '%s' %s",
                   (long long)sequence, kind, subject, detail, given->kind, given->subject,
                   given->detail);
}

enum ca_code ca_tables_add_entry(struct ca_tables *s, const struct ca_entry *entry,
                                 int64_t document, struct ca_error *error)
{
    struct ca_tables_next *next = &s->next;
    char hash[CA_SHA256_TEXT];
    enum ca_code code;

    ca_chain_hash(next->head, next->change, entry->at, entry->who, entry->kind,
                  entry->commitment, hash);
    code = ca_sql_do(s, error, ca_sql_add_entry, "itttbttbitt", next->change, entry->at,
                     entry->who, entry->kind, entry->salt,
                     (size_t)(entry->salt != NULL ? CA_SALT_SIZE : 0), entry->subject,
                     entry->detail, entry->commitment, (size_t)CA_SHA256_SIZE, document,
                     next->head, hash);
    if (code != CA_OK)
        return code;
    memcpy(next->head, hash, sizeof hash);
    next->change++;
    return CA_OK;
}

enum ca_code ca_tables_enter(struct ca_tables *s, const char *kind, const char *subject,
                             const char *detail, int64_t document, int64_t *change,
                             struct ca_error *error)
{
    const struct ca_entry *given = s->follow;
    struct ca_entry entry = {
        .at = s->next.now, .who = s->who, .kind = kind, .subject = subject, .detail = detail};
    uint8_t salt[CA_SALT_SIZE];
    enum ca_code code = CA_OK;

    *change = s->next.change;
    s->follow = NULL;
    if (given != NULL) {
        code = follow(given, s->next.change, s->next.head, kind, subject, detail, error);
        entry = *given;
    } else {
        ca_chain_salt(salt);
        entry.salt = salt;
        ca_chain_commitment(salt, subject, detail, entry.commitment);
    }
    return code == CA_OK ? ca_tables_add_entry(s, &entry, document, error) : code;
}

enum ca_code ca_tables_add_document(struct ca_tables *s, const uint8_t digest[CA_SHA256_SIZE],
                                    const void *bytes, size_t length, int64_t *id,
                                    struct ca_error *error)
{
    enum ca_code code = ca_sql_do(s, error, ca_sql_add_document, "ibb", s->next.document,
                                  digest, (size_t)CA_SHA256_SIZE, bytes, length);

    if (code == CA_OK)
        *id = s->next.document++;
    return code;
}

enum ca_code ca_tables_enter_stored(struct ca_tables *s, const char *kind, int64_t document,
                                    struct ca_error *error)
{
    struct ca_buffer subject = {0}, detail = {0};
    enum ca_code code = ca_tables_detail(s, kind, s->next.change, &subject, &detail, error);
    int64_t change;

    if (code == CA_OK)
        code = ca_tables_enter(s, kind, subject.data, detail.data, document, &change, error);
    ca_buffer_free(&subject);
    ca_buffer_free(&detail);
    return code;
}

enum ca_code ca_tables_has_head(struct ca_tables *s, const struct ca_head *head, bool *has,
                                int64_t *entries, struct ca_error *error)
{
    int64_t count = 0;
    enum ca_code code = ca_sql_number(s, error, 0, entries, ca_sql_last_change, "");

    if (code == CA_OK)
        code = ca_sql_number(s, error, 0, &count, ca_sql_count_entry, "it", head->entries,
                             head->hash);
    *has = count == 1;
    return code;
}
