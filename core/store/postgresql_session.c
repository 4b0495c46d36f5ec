/* A session with the server: what is sent to it, and transactions. */
#include <string.h>

#include "core/store/postgresql.h"

/* Of what fails in a row, the first says why. */
bool ca_postgresql_await(struct ca_postgresql *p)
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

bool ca_postgresql_settle(struct ca_postgresql *p)
{
    const bool sent = ca_postgresql_send_waiting(p);

    return ca_postgresql_await(p) && sent;
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
    ca_postgresql_drop_waiting(ca_postgresql_of(s));
    (void)ca_postgresql_settle(ca_postgresql_of(s));
    if (ca_postgresql_within(s))
        PQclear(PQexec(ca_postgresql_of(s)->connection, "ROLLBACK; DEALLOCATE ALL"));
}

/* A transaction in which something failed is rolled back by COMMIT, too, and that says so.
 * Names go before it: they would outlast one that fails. */
enum ca_code ca_postgresql_commit(struct ca_tables *s, struct ca_error *error)
{
    struct ca_postgresql *p = ca_postgresql_of(s);
    bool good = ca_postgresql_settle(p), committed = false;
    PGresult *result;
    enum ca_code code;

    if (!good)
        return ca_postgresql_failed(s, error);
    good = PQsendQuery(p->connection, "DEALLOCATE ALL; COMMIT") == 1;
    while (good && (result = PQgetResult(p->connection)) != NULL) {
        good = ca_postgresql_good(p, result);
        if (!good)
            break;
        committed = committed || strcmp(PQcmdStatus(result), "COMMIT") == 0;
        PQclear(result);
    }
    while ((result = PQgetResult(p->connection)) != NULL)
        PQclear(result);
    if (committed)
        return CA_OK;
    if (good)
        ca_postgresql_say(p, "a part of the change failed");
    else if (p->said.length == 0)
        ca_postgresql_note(p, NULL);
    p->committing = !good;
    code = ca_postgresql_failed(s, error);
    p->committing = false;
    return code;
}
