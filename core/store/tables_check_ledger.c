/* The ledger against itself, against the rows it tells of, and against heads of it. */
#include <stdio.h>
#include <string.h>

#include "core/store/signature.h"
#include "core/store/tables_check.h"

struct ledger {
    struct ca_check *check;
    struct ca_statement
        *results; /* walks beside the ledger: both are in the order of recording */
    bool more;
    struct ca_buffer subject, detail;
    char previous[CA_SHA256_TEXT], at[32];
    int64_t number;
};

/* Columns of check_ledger. */
enum { NUMBER, AT, WHO, KIND, SALT, SUBJECT, DETAIL, COMMITMENT, PREVIOUS, HASH, DOCUMENT };

static void next_result(struct ledger *ledger)
{
    ledger->more = ca_check_next(ledger->check, ledger->results);
}

/* Which result this entry is about; 0 if there is none. */
static int64_t result_of(struct ledger *ledger, int64_t change)
{
    int64_t result = 0;

    while (ledger->more && ca_sql_integer(ledger->results, 1) < change)
        next_result(ledger); /* a stray, reported as such */
    if (ledger->more && ca_sql_integer(ledger->results, 1) == change) {
        result = ca_sql_integer(ledger->results, 0);
        next_result(ledger);
    }
    return result;
}

static bool same_text(struct ca_statement *row, int column, const char *text)
{
    const char *stored = ca_sql_text(row, column);

    return stored != NULL && strcmp(stored, text) == 0;
}

/* Nothing of the content is there, and so its commitment stands for it. */
static bool is_erased(struct ca_statement *row)
{
    return ca_sql_type(row, SALT) == CA_SQL_NULL && ca_sql_type(row, SUBJECT) == CA_SQL_NULL &&
           ca_sql_type(row, DETAIL) == CA_SQL_NULL && ca_sql_type(row, DOCUMENT) == CA_SQL_NULL;
}

static void check_commitment(struct ledger *ledger, struct ca_statement *row)
{
    uint8_t commitment[CA_SHA256_SIZE];

    if (is_erased(row))
        return;
    if (ca_sql_length(row, SALT) == CA_SALT_SIZE)
        ca_chain_commitment(ca_sql_blob(row, SALT), ca_sql_word(row, SUBJECT),
                            ca_sql_word(row, DETAIL), commitment);
    if (ca_sql_length(row, SALT) != CA_SALT_SIZE ||
        !ca_check_digest(row, COMMITMENT, commitment))
        ca_check_fault(ledger->check,
                       "the content of entry %lld of the ledger is not what was committed to",
                       (long long)ca_sql_integer(row, NUMBER));
}

static void check_chain(struct ledger *ledger, struct ca_statement *row)
{
    const uint8_t *commitment = ca_sql_blob(row, COMMITMENT);
    int64_t number = ca_sql_integer(row, NUMBER);
    char hash[CA_SHA256_TEXT] = "";

    if (number != ledger->number + 1)
        ca_check_fault(ledger->check, "the ledger has no entry %lld",
                       (long long)(ledger->number + 1));
    if (ca_sql_length(row, COMMITMENT) == CA_SHA256_SIZE)
        ca_chain_hash(ca_sql_word(row, PREVIOUS), number, ca_sql_word(row, AT),
                      ca_sql_word(row, WHO), ca_sql_word(row, KIND), commitment, hash);
    if (!same_text(row, HASH, hash))
        ca_check_fault(ledger->check, "entry %lld of the ledger is not what its hash says",
                       (long long)number);
    if (!same_text(row, PREVIOUS, ledger->previous))
        ca_check_fault(ledger->check, "entry %lld of the ledger does not follow the one before",
                       (long long)number);
    if (strcmp(ca_sql_word(row, AT), ledger->at) < 0)
        ca_check_remark(ledger->check,
                        "time runs backwards: entry %lld of the ledger is of %s, after one of "
                        "%s; a clock was set back, or an entry was made up",
                        (long long)number, ca_sql_word(row, AT), ledger->at);
    ledger->number = number;
    snprintf(ledger->at, sizeof ledger->at, "%s", ca_sql_word(row, AT));
    snprintf(ledger->previous, sizeof ledger->previous, "%s", ca_sql_word(row, HASH));
}

/* Does the entry tell what the rows it left say? */
static void check_rows(struct ledger *ledger, struct ca_statement *row)
{
    struct ca_tables *s = ledger->check->s;
    const char *kind = ca_sql_word(row, KIND), *digest = ca_sql_text(row, DOCUMENT);
    int64_t number = ca_sql_integer(row, NUMBER);
    enum ca_code code;

    s->recorded = strcmp(kind, "record") == 0 ? result_of(ledger, number) : 0;
    if (is_erased(row) || !ca_tables_has_rows(kind))
        return;
    code = ca_tables_detail(s, kind, number, &ledger->subject, &ledger->detail,
                            &ledger->check->error);
    if (code == CA_ERROR_NOT_FOUND)
        ca_check_fault(ledger->check, "entry %lld of the ledger (%s '%s'): %s",
                       (long long)number, kind, ca_sql_word(row, SUBJECT),
                       ledger->check->error.message);
    else if (code != CA_OK)
        ca_check_fault(ledger->check, "%s", ledger->check->error.message);
    else if (!same_text(row, SUBJECT, ledger->subject.data) ||
             !same_text(row, DETAIL, ledger->detail.data) ||
             (strstr(ledger->detail.data, "\"document\":") != NULL) != (digest != NULL) ||
             (digest != NULL && strstr(ledger->detail.data, digest) == NULL))
        ca_check_fault(ledger->check,
                       "entry %lld of the ledger (%s '%s') tells of something else than is "
                       "stored",
                       (long long)number, kind, ca_sql_word(row, SUBJECT));
}

/* Entries that are about the store itself. */
static void check_told(struct ledger *ledger, struct ca_statement *row)
{
    if (strcmp(ca_sql_word(row, KIND), "gap") == 0)
        ca_check_remark(ledger->check,
                        "entries were lost before entry %lld of the ledger, or an older copy "
                        "took the store's place: %s",
                        (long long)ca_sql_integer(row, NUMBER), ca_sql_word(row, DETAIL));
}

void ca_check_ledger(struct ca_check *check)
{
    struct ledger ledger = {.check = check};
    struct ca_statement *row = ca_check_query(check, ca_sql_check_ledger);

    ledger.results = ca_check_query(check, ca_sql_check_recorded);
    next_result(&ledger);
    while (ca_check_next(check, row)) {
        check_commitment(&ledger, row);
        check_chain(&ledger, row);
        check_rows(&ledger, row);
        check_told(&ledger, row);
    }
    ca_sql_reset(ledger.results);
    if (ledger.number == 0)
        ca_check_fault(check, "the ledger is empty");
    ca_buffer_free(&ledger.subject);
    ca_buffer_free(&ledger.detail);
}

/* ---- heads ---- */

static void check_head(struct ca_check *check, const struct ca_head *head, const char *where)
{
    int64_t entries;
    bool has, good = true;

    if (head->is_signed && ca_head_verify(head, &good, &check->error) != CA_OK)
        ca_check_fault(check, "%s", check->error.message);
    else if (!good)
        ca_check_fault(check, "the signature of the head of entry %lld (%s) is not good",
                       (long long)head->entries, where);
    if (ca_tables_has_head(check->s, head, &has, &entries, &check->error) != CA_OK)
        ca_check_fault(check, "%s", check->error.message);
    else if (!has && head->entries > entries)
        ca_check_fault(check,
                       "the ledger ends at entry %lld, but had %lld on %s (%s): the last "
                       "entries are lost",
                       (long long)entries, (long long)head->entries, head->at, where);
    else if (!has)
        ca_check_fault(check,
                       "entry %lld of the ledger is another than on %s (%s): the history was "
                       "made anew",
                       (long long)head->entries, head->at, where);
}

static bool check_kept(void *context, const struct ca_head *head)
{
    check_head(context, head, "a head that the store kept");
    return true;
}

/* Somebody has taken it away, or the store is a copy: a backup is one file. */
static void miss_head(struct ca_check *check)
{
    int64_t entries = 0;

    if (ca_sql_number(check->s, &check->error, 0, &entries, ca_sql_last_change, "") == CA_OK &&
        entries > 0)
        ca_check_remark(check,
                        "there is no head beside the store, by which it would miss changes "
                        "that are lost from its end; the next change notes one");
}

void ca_check_heads(struct ca_check *check, const struct ca_head *heads, size_t count)
{
    struct ca_head noted;

    if (ca_tables_each_head(&check->s->base, check_kept, check, &check->error) != CA_OK)
        ca_check_fault(check, "%s", check->error.message);
    for (size_t i = 0; i < count; i++)
        check_head(check, &heads[i], "a head that was noted elsewhere");
    if (check->s->driver->noted_head == NULL)
        return;
    if (check->s->driver->noted_head(check->s, &noted))
        check_head(check, &noted, "the head beside the store");
    else
        miss_head(check);
}
