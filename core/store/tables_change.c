/* Changes: one writer at a time, all of a change or nothing. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/store/tables.h"

void ca_tables_look_at_clock(char text[32])
{
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

/* The number behind the last one of a table. No store reaches the end of the numbers: where it
 * is in use, somebody put it there, and nothing can follow it. */
static bool number_next(struct ca_statement *last, int column, int64_t *out)
{
    const int64_t number = ca_sql_integer(last, column);

    if (number < 0 || number == INT64_MAX)
        return false;
    *out = number + 1;
    return true;
}

enum ca_code ca_tables_look_ahead(struct ca_tables *s, struct ca_error *error)
{
    struct ca_tables_next *next = &s->next;
    struct ca_statement *last = ca_sql(s, error, ca_sql_last_rows, "");
    enum ca_code code;
    const char *head;

    if (!ca_sql_row(s, last, &code, error))
        return code;
    if (!number_next(last, 0, &next->document) || !number_next(last, 1, &next->audit) ||
        !number_next(last, 2, &next->result) || !number_next(last, 3, &next->change)) {
        ca_sql_reset(last);
        return ca_tables_damaged(s, error, "the numbers of its rows cannot go on");
    }
    next->first = next->change;
    head = ca_sql_text(last, 4);
    snprintf(next->head, sizeof next->head, "%s", head != NULL ? head : "");
    ca_sql_reset(last);
    ca_tables_look_at_clock(next->now);
    return CA_OK;
}

/*
 * The head beside the store is of something that the ledger does not have: what was
 * acknowledged is lost, or an older copy took its place. That stays in the ledger for good.
 */
static enum ca_code enter_gap(struct ca_tables *s, struct ca_error *error)
{
    struct ca_buffer detail = {0};
    enum ca_code code;
    struct ca_head noted;
    int64_t entries, change;
    bool has;

    if (s->making || s->driver->noted_head == NULL || !s->driver->noted_head(s, &noted))
        return CA_OK;
    code = ca_tables_has_head(s, &noted, &has, &entries, error);
    if (code != CA_OK || has)
        return code;
    ca_buffer_printf(&detail, "{\"entries\":%lld,\"at\":\"%s\",\"hash\":\"%s\",\"here\":%lld}",
                     (long long)noted.entries, noted.at, noted.hash, (long long)entries);
    s->gap = true;
    code = ca_tables_enter(s, "gap", "store", detail.data, 0, &change, error);
    ca_buffer_free(&detail);
    return code;
}

enum ca_code ca_tables_begin(struct ca_tables *s, struct ca_error *error)
{
    enum ca_code code;

    if (s->depth > 0) { /* within a larger change */
        s->before = s->next;
        code = ca_sql_script(s, "SAVEPOINT change", error);
        s->depth += code == CA_OK;
        return code;
    }
    s->depth = 1;
    code = s->driver->begin(s, true, error);
    if (code != CA_OK) {
        s->depth = 0;
        return code;
    }
    code = ca_tables_look_ahead(s, error);
    if (code == CA_OK)
        code = enter_gap(s, error);
    return code == CA_OK ? CA_OK : ca_tables_finish(s, code, error);
}

/* The end of a change within a larger one: nothing is durable yet. */
static enum ca_code finish_inner(struct ca_tables *s, enum ca_code code, struct ca_error *error)
{
    struct ca_error ignored;

    if (code == CA_OK)
        code = ca_sql_script(s, "RELEASE change", error);
    if (code == CA_OK)
        return CA_OK;
    if (!s->driver->within(s))
        return code;
    (void)ca_sql_script(s, "ROLLBACK TO change; RELEASE change", &ignored);
    ca_tables_parts_forget(s);
    s->next = s->before;
    return code;
}

enum ca_code ca_tables_finish(struct ca_tables *s, enum ca_code code, struct ca_error *error)
{
    if (--s->depth > 0)
        return finish_inner(s, code, error);
    if (code == CA_OK)
        code = s->driver->commit(s, error);
    if (code == CA_OK) {
        if (s->next.change > s->next.first && s->driver->note_head != NULL)
            s->driver->note_head(s);
        return CA_OK;
    }
    s->driver->roll_back(s);
    ca_tables_parts_forget(s);
    return code;
}

enum ca_code ca_tables_batch(struct ca_store *store, struct ca_error *error)
{
    return ca_tables_begin(ca_tables_of(store), error);
}

enum ca_code ca_tables_batch_end(struct ca_store *store, enum ca_code code,
                                 struct ca_error *error)
{
    return ca_tables_finish(ca_tables_of(store), code, error);
}
