#ifndef CA_STORE_POSTGRESQL_H
#define CA_STORE_POSTGRESQL_H

#include <libpq-fe.h>

#include "core/store/tables.h"

/*
 * The store in a PostgreSQL database: what its own source files share. All but the driver and
 * the opening is the same as for SQLite, and so is its struct.
 *
 * Nothing is left in a session when a transaction ends, so that a pooler may give each
 * transaction another one: names, roles and limits are set for the transaction, and statements
 * are prepared within it and dropped at its end.
 */
struct ca_postgresql {
    struct ca_tables base;
    struct ca_store_backend backend; /* SQLite's, but for what differs */
    PGconn *connection;
    char *writing, *reading; /* what a transaction begins with */
    bool committing;         /* what failed is COMMIT: what became of it may stay unknown */
    unsigned transaction;    /* how many were begun: prepared statements are of one */
    unsigned named;          /* statements that have a name */
    size_t sent;             /* statements whose outcome is not known yet */
    struct ca_postgresql_waiting *waiting; /* rows that are not sent yet */
    size_t waiting_bytes;
    char state[6];         /* the code of the last failure; "" for a lost connection */
    struct ca_buffer said; /* and what the server said of it */
    char kind[16];      /* what the role is: "owner", "lead", "auditor", "reader", "region" */
    char authority[64]; /* whose rows are meant */
    bool chosen;        /* that was named by who may choose */
};

static inline struct ca_postgresql *ca_postgresql_of(struct ca_tables *s)
{
    return (struct ca_postgresql *)s; /* base is the first member */
}

/* What stands for a statement of core/store/sql/ (scripts/embed-sql); ends with NULL. */
struct ca_postgresql_text {
    const char *sqlite, *text;
};
extern const struct ca_postgresql_text ca_postgresql_texts[];

extern const struct ca_driver ca_postgresql_driver;
extern const int ca_postgresql_schema; /* the newest version of the tables */

/* Types by their numbers in the catalogue, which never change. */
enum {
    CA_PG_BOOL = 16,
    CA_PG_BYTEA = 17,
    CA_PG_INT8 = 20,
    CA_PG_INT2 = 21,
    CA_PG_INT4 = 23,
    CA_PG_TEXT = 25,
    CA_PG_FLOAT4 = 700,
    CA_PG_FLOAT8 = 701,
    CA_PG_DATE = 1082,
    CA_PG_TIME = 1184,
    CA_PG_NUMERIC = 1700
};
enum { CA_PG_MOST_VALUES = 32 }; /* of a statement */

/* ---- rows that are added (postgresql_waiting.c) ---- */

/* Rows that a statement adds, NULL if it is none that only adds one row. */
struct ca_postgresql_waiting *ca_postgresql_waiting_new(const char *text, const Oid *types,
                                                        int columns);
void ca_postgresql_waiting_free(struct ca_postgresql *p, struct ca_postgresql_waiting *waiting);
/* A row more, of values in the server's binary form; false if what waited could not be sent. */
bool ca_postgresql_wait(struct ca_postgresql *p, struct ca_postgresql_waiting *waiting,
                        const char *const *values, const int *lengths);
/* Sends all that waits: results first, and entries of the ledger last. */
bool ca_postgresql_send_waiting(struct ca_postgresql *p);
void ca_postgresql_drop_waiting(struct ca_postgresql *p);

/* ---- failures (postgresql_failed.c) ---- */

/* Remembers why a statement failed; result is taken over and may be NULL. */
void ca_postgresql_note(struct ca_postgresql *p, PGresult *result);
/* Is it what was asked for? If not, that is remembered, and the result gone. */
bool ca_postgresql_good(struct ca_postgresql *p, PGresult *result);
enum ca_code ca_postgresql_failed(struct ca_tables *s, struct ca_error *error);
/* Remembers what went wrong, in one line. */
void ca_postgresql_say(struct ca_postgresql *p, const char *message);

/* ---- sessions (postgresql_session.c) ---- */

/* Before a statement that is sent without waiting for what comes of it. */
static inline bool ca_postgresql_pipeline(struct ca_postgresql *p)
{
    return p->sent++ > 0 || PQenterPipelineMode(p->connection) == 1;
}

/* Waits for what was sent; false if any of it failed, which is remembered. */
bool ca_postgresql_await(struct ca_postgresql *p);
/* The same, and sends the rows that wait first. */
bool ca_postgresql_settle(struct ca_postgresql *p);
enum ca_code ca_postgresql_script(struct ca_tables *s, const char *sql, struct ca_error *error);
enum ca_code ca_postgresql_begin(struct ca_tables *s, bool writing, struct ca_error *error);
enum ca_code ca_postgresql_commit(struct ca_tables *s, struct ca_error *error);
void ca_postgresql_roll_back(struct ca_tables *s);
bool ca_postgresql_within(struct ca_tables *s);

/* ---- what it is made of (postgresql_definition.c) ---- */

/* The schema, with roles of its own or the connecting one's; those who follow are its owner. */
void ca_postgresql_write_schema(struct ca_buffer *out, const char *schema, bool roles);
/* All that is in it; region: with the views of a whole region. */
void ca_postgresql_write_tables(struct ca_buffer *out, bool region);
/* Notes in the tables of which version they are. */
void ca_postgresql_write_version(struct ca_buffer *out);
/* All of it, for a database administrator; a symbol that postgresql_load.c looks for. */
__typeof__(*((struct ca_store_backend *)0)->define) ca_postgresql_define;

/* ---- earlier versions (postgresql_upgrade.c) ---- */

/* Brings older tables to this version, as their owner; another process may be doing so already.
 */
enum ca_code ca_postgresql_upgrade(struct ca_postgresql *p, const char *schema,
                                   const char *owner, struct ca_error *error);

/* ---- the store as a whole (postgresql_keep.c) ---- */

void ca_postgresql_look_over(struct ca_check *check);
enum ca_code ca_postgresql_measure(struct ca_tables *s, struct ca_store_info *info,
                                   struct ca_error *error);

/* ---- roles (postgresql_roles.c) ---- */

/* Within a change: the first entry of an authority's ledger, where there is none. */
enum ca_code ca_postgresql_begin_chain(struct ca_postgresql *p, struct ca_error *error);
__typeof__(*((struct ca_store_backend *)0)->grant) ca_postgresql_grant;
__typeof__(*((struct ca_store_backend *)0)->revoke) ca_postgresql_revoke;
__typeof__(*((struct ca_store_backend *)0)->each_access) ca_postgresql_each_access;
__typeof__(*((struct ca_store_backend *)0)->each_authority) ca_postgresql_each_authority;
__typeof__(*((struct ca_store_backend *)0)->choose_authority) ca_postgresql_choose_authority;

/* Opens one; the symbol that postgresql_load.c looks for. */
__typeof__(*((struct ca_store_backend *)0)->open) ca_postgresql_open;

#endif
