/* A session with the server: transactions, and what went wrong. */
#include <string.h>

#include "core/store/postgresql.h"

/* ---- failures ---- */

/* What the server said, in one line. */
static void keep_message(struct ca_postgresql *p, const char *message)
{
    ca_buffer_clear(&p->said);
    for (; *message != '\0'; message++)
        if (*message != '\n')
            ca_buffer_putc(&p->said, *message);
        else if (message[1] != '\0')
            ca_buffer_puts(&p->said, "; ");
}

void ca_postgresql_note(struct ca_postgresql *p, PGresult *result)
{
    const char *state = result != NULL ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *primary =
        result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;

    memset(p->state, 0, sizeof p->state);
    if (state != NULL && PQstatus(p->connection) == CONNECTION_OK)
        strncpy(p->state, state, sizeof p->state - 1);
    keep_message(p, primary != NULL ? primary : PQerrorMessage(p->connection));
    PQclear(result);
}

bool ca_postgresql_good(struct ca_postgresql *p, PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return true;
    ca_postgresql_note(p, result);
    return false;
}

/* Of what fails in a row, the first says why. */
bool ca_postgresql_settle(struct ca_postgresql *p)
{
    bool good = true, over = false;
    PGresult *result;

    if (p->sent == 0)
        return true;
    p->sent = 0;
    over = PQpipelineSync(p->connection) != 1;
    if (over) {
        ca_postgresql_note(p, NULL);
        return false;
    }
    /* Each outcome ends with NULL; two of them are a connection that is gone. */
    for (int ends = 0; !over && ends < 2;) {
        result = PQgetResult(p->connection);
        ends = result == NULL ? ends + 1 : 0;
        over = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        if (result == NULL || over || !good || ca_postgresql_good(p, result))
            PQclear(result);
        else
            good = false;
    }
    if (good && !over)
        ca_postgresql_note(p, NULL);
    return PQexitPipelineMode(p->connection) == 1 && good && over;
}

/* By the codes of PostgreSQL's manual, appendix A. */
static bool has_state(const struct ca_postgresql *p, const char *state)
{
    return strncmp(p->state, state, strlen(state)) == 0;
}

enum ca_code ca_postgresql_failed(struct ca_tables *s, struct ca_error *error)
{
    const struct ca_postgresql *p = ca_postgresql_of(s);
    const char *said = p->said.data != NULL ? p->said.data : "";

    if (p->state[0] == '\0' || has_state(p, "57P0"))
        return ca_fail(error, CA_ERROR_STORE,
                       "the connection to the store '%s' was lost (%s); all that was reported "
                       "as stored is safe, and the same command again does the rest",
                       s->path, said);
    if (has_state(p, "55P03"))
        return ca_fail(error, CA_ERROR_BUSY,
                       "the store '%s' is in use by others and did not become free; try again "
                       "later",
                       s->path);
    if (has_state(p, "42501"))
        return ca_fail(error, CA_ERROR_STORE,
                       "the store '%s' does not let this role do that (%s): it needs %s",
                       s->path, said,
                       strcmp(p->kind, "lead") == 0 || strcmp(p->kind, "owner") == 0
                           ? "the store's owner"
                           : "a lead of the authority, or the store's owner");
    if (has_state(p, "53"))
        return ca_fail(error, CA_ERROR_STORE,
                       "the server of the store '%s' is short of room or memory (%s); all that "
                       "was reported as stored is safe",
                       s->path, said);
    return ca_fail(error, CA_ERROR_STORE, "the store '%s' failed: %s", s->path, said);
}

/* ---- transactions ---- */

bool ca_postgresql_within(struct ca_tables *s)
{
    switch (PQtransactionStatus(ca_postgresql_of(s)->connection)) {
    case PQTRANS_ACTIVE:
    case PQTRANS_INTRANS:
    case PQTRANS_INERROR: return true;
    default: return false;
    }
}

enum ca_code ca_postgresql_script(struct ca_tables *s, const char *sql, struct ca_error *error)
{
    struct ca_postgresql *p = ca_postgresql_of(s);
    PGresult *result;

    if (!ca_postgresql_settle(p))
        return ca_postgresql_failed(s, error);
    result = PQexec(p->connection, sql);
    if (!ca_postgresql_good(p, result))
        return ca_postgresql_failed(s, error);
    PQclear(result);
    return CA_OK;
}

enum ca_code ca_postgresql_begin(struct ca_tables *s, bool writing, struct ca_error *error)
{
    struct ca_postgresql *p = ca_postgresql_of(s);
    enum ca_code code = ca_postgresql_script(s, writing ? p->writing : p->reading, error);

    p->transaction++;
    if (code != CA_OK)
        ca_postgresql_roll_back(s);
    return code;
}

void ca_postgresql_roll_back(struct ca_tables *s)
{
    (void)ca_postgresql_settle(ca_postgresql_of(s));
    if (ca_postgresql_within(s))
        PQclear(PQexec(ca_postgresql_of(s)->connection, "ROLLBACK; DEALLOCATE ALL"));
}

/* A transaction in which something failed is rolled back by COMMIT, too, and that says so. */
enum ca_code ca_postgresql_commit(struct ca_tables *s, struct ca_error *error)
{
    struct ca_postgresql *p = ca_postgresql_of(s);
    bool good = ca_postgresql_settle(p), committed = false;
    PGresult *result;

    if (!good)
        return ca_postgresql_failed(s, error);
    good = PQsendQuery(p->connection, "COMMIT; DEALLOCATE ALL") == 1;
    while (good && (result = PQgetResult(p->connection)) != NULL) {
        good = ca_postgresql_good(p, result);
        if (!good)
            break;
        committed = committed || strcmp(PQcmdStatus(result), "COMMIT") == 0;
        PQclear(result);
    }
    while ((result = PQgetResult(p->connection)) != NULL)
        PQclear(result);
    if (good && committed)
        return CA_OK;
    if (good)
        keep_message(p, "a part of the change failed");
    else if (p->said.length == 0)
        ca_postgresql_note(p, NULL);
    return ca_postgresql_failed(s, error);
}
