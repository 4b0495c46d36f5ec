/*
 * Is everything as it was written? Each document against its digest, each result against
 * the hash of its rows, each figure and each change against the ledger, and the ledger
 * against itself. One changed byte anywhere in them shows.
 */
#include <stdio.h>
#include <string.h>

#include "core/store/tables_check.h"

/* ---- documents and templates ---- */

static void check_documents(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_documents);
    uint8_t digest[CA_SHA256_SIZE];

    while (ca_check_next(check, row)) {
        const void *bytes = ca_sql_blob(row, 2);
        ca_sha256(bytes != NULL ? bytes : "", ca_sql_length(row, 2), digest);
        if (!ca_check_digest(row, 1, digest))
            ca_check_fault(check, "document %lld is not what its SHA-256 says",
                           (long long)ca_sql_integer(row, 0));
    }
}

static void check_orphans(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_orphans);

    while (ca_check_next(check, row))
        ca_check_fault(check, "document %lld belongs to nothing",
                       (long long)ca_sql_integer(row, 0));
}

static void check_templates(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_templates);
    uint8_t content[CA_SHA256_SIZE];

    while (ca_check_next(check, row)) {
        if (ca_tables_hash_template(check->s, ca_sql_integer(row, 0), content, &check->error) !=
            CA_OK)
            ca_check_fault(check, "%s", check->error.message);
        else if (!ca_check_digest(row, 1, content))
            ca_check_fault(check, "the stored parts of template '%s' version '%s' were changed",
                           ca_sql_word(row, 2), ca_sql_word(row, 3));
    }
}

/* ---- results ---- */

static void check_results(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_results);
    uint8_t content[CA_SHA256_SIZE];

    while (ca_check_next(check, row)) {
        if (ca_tables_hash_result(check->s, ca_sql_integer(row, 0), content, &check->error) !=
            CA_OK)
            ca_check_fault(check, "%s", check->error.message);
        else if (!ca_check_digest(row, 1, content))
            ca_check_fault(check, "the result of return '%s', revision %d, was changed",
                           ca_sql_word(row, 2), (int)ca_sql_integer(row, 3));
    }
}

static void check_revisions(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_revisions);

    while (ca_check_next(check, row))
        ca_check_fault(check, "the revisions of return '%s' do not follow each other",
                       ca_sql_word(row, 0));
}

/* Summaries read tally: every latest result stands there once, with its own facts. */
static void check_tally(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_tally);
    struct ca_buffer actions = {0};
    uint8_t digest[CA_SHA256_SIZE];

    while (ca_check_next(check, row)) {
        const void *facts = ca_sql_blob(row, 3), *kept = ca_sql_blob(row, 4);
        bool good = facts != NULL;
        if (good) {
            ca_sha256(facts, ca_sql_length(row, 3), digest);
            good = ca_check_digest(row, 2, digest);
        }
        if (good && ca_tables_pack_actions(check->s, ca_sql_integer(row, 1), &actions,
                                           &check->error) == CA_OK)
            good = actions.length == ca_sql_length(row, 4) &&
                   (actions.length == 0 || memcmp(actions.data, kept, actions.length) == 0);
        if (!good)
            ca_check_fault(check, "what summaries read of return '%s' was changed",
                           ca_sql_word(row, 0));
    }
    ca_buffer_free(&actions);
    row = ca_check_query(check, ca_sql_check_counted);
    if (ca_check_next(check, row)) {
        ca_check_fault(check, "summaries would read results that are not the latest");
        ca_sql_reset(row);
    }
}

/* What is withdrawn stands aside as it would stand there. */
static void check_aside(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_aside);
    uint8_t digest[CA_SHA256_SIZE];

    while (ca_check_next(check, row)) {
        const void *facts = ca_sql_blob(row, 2);
        ca_sha256(facts != NULL ? facts : "", ca_sql_length(row, 2), digest);
        if (facts == NULL || !ca_check_digest(row, 1, digest))
            ca_check_fault(check, "what is kept of the withdrawn return '%s' was changed",
                           ca_sql_word(row, 0));
    }
    row = ca_check_query(check, ca_sql_check_set_aside);
    if (ca_check_next(check, row)) {
        ca_check_fault(check, "results stand aside that are not withdrawn");
        ca_sql_reset(row);
    }
}

/* ---- figures ---- */

static void check_imports(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_imports);
    uint8_t content[CA_SHA256_SIZE];

    while (ca_check_next(check, row)) {
        if (ca_tables_hash_import(check->s, (int)ca_sql_integer(row, 2) != 0,
                                  ca_sql_integer(row, 0), content, &check->error) != CA_OK)
            ca_check_fault(check, "%s", check->error.message);
        else if (!ca_check_digest(row, 1, content) ||
                 ca_sql_integer(row, 3) != ca_sql_integer(row, 4))
            ca_check_fault(check, "the figures that were imported by change %lld were changed",
                           (long long)ca_sql_integer(row, 0));
    }
}

/* Rows that no entry of the ledger tells of. */
static void check_strays(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_strays);

    while (ca_check_next(check, row))
        ca_check_fault(check, "the ledger knows nothing of change %lld in table %s",
                       (long long)ca_sql_integer(row, 1), ca_sql_word(row, 0));
}

/* ---- what was erased ---- */

static void check_erasures(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, ca_sql_check_erased);

    while (ca_check_next(check, row))
        ca_check_fault(check, "the figures of '%s' are not those that its erasure left",
                       ca_sql_word(row, 0));
    row = ca_check_query(check, ca_sql_check_blanked);
    while (ca_check_next(check, row))
        ca_check_fault(check, "entry %lld of the ledger has no content, and was not erased",
                       (long long)ca_sql_integer(row, 0));
    row = ca_check_query(check, ca_sql_check_unfinished);
    if (ca_check_next(check, row)) {
        ca_check_fault(check,
                       "an erasure was interrupted, and what it erased may still be in the "
                       "write-ahead log: the same command again finishes it");
        ca_sql_reset(row);
    }
}

enum ca_code ca_tables_check(struct ca_store *store, const struct ca_head *heads, size_t count,
                             ca_store_report report, void *context, struct ca_error *error)
{
    struct ca_check check = {.s = ca_tables_of(store), .report = report, .context = context};
    enum ca_code code = ca_tables_begin_reading(store, error);

    if (code != CA_OK)
        return code;
    check.s->driver->look_over(&check);
    check_documents(&check);
    check_orphans(&check);
    check_templates(&check);
    check_results(&check);
    check_revisions(&check);
    check_tally(&check);
    check_aside(&check);
    check_imports(&check);
    ca_check_draws(&check);
    check_strays(&check);
    check_erasures(&check);
    ca_check_ledger(&check);
    ca_check_heads(&check, heads, count);
    ca_tables_end_reading(store);
    return CA_OK;
}
