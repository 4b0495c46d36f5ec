/* What went wrong, by what the server said. */
#include <string.h>

#include "core/store/postgresql.h"

void ca_postgresql_say(struct ca_postgresql *p, const char *message)
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
    ca_postgresql_say(p, primary != NULL ? primary : PQerrorMessage(p->connection));
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

/* By the codes of PostgreSQL's manual, appendix A. */
static bool has_state(const struct ca_postgresql *p, const char *state)
{
    return strncmp(p->state, state, strlen(state)) == 0;
}

/* Undone for others' sake, and certainly: what else begins with 40 leaves that open. */
static bool was_undone(const struct ca_postgresql *p)
{
    return has_state(p, "40001") || has_state(p, "40P01");
}

static enum ca_code lost(const struct ca_postgresql *p, const char *said,
                         struct ca_error *error)
{
    if (p->committing)
        return ca_fail(error, CA_ERROR_STORE,
                       "the connection to the store '%s' was lost (%s) while it stored a "
                       "change, which is there as a whole or not at all: 'caseaudit ledger' "
                       "tells. Only recording may be repeated without looking; all that was "
                       "reported as stored is safe",
                       p->base.path, said);
    return ca_fail(error, CA_ERROR_STORE,
                   "the connection to the store '%s' was lost (%s); all that was reported "
                   "as stored is safe, and the same command again does the rest",
                   p->base.path, said);
}

enum ca_code ca_postgresql_failed(struct ca_tables *s, struct ca_error *error)
{
    const struct ca_postgresql *p = ca_postgresql_of(s);
    const char *said = p->said.data != NULL ? p->said.data : "";

    if (p->state[0] == '\0' || has_state(p, "57P0"))
        return lost(p, said, error);
    if (has_state(p, "55P03") || was_undone(p))
        return ca_fail(error, was_undone(p) ? CA_ERROR_AGAIN : CA_ERROR_BUSY,
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
