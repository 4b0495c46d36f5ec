/* The way from earlier versions of the tables (sql/postgresql/upgrades.sql) to this one. */
#include "core/store/postgresql.h"
#include "core/store/postgresql_statements.h"

static enum ca_code note_version(struct ca_postgresql *p, struct ca_error *error)
{
    struct ca_buffer text = {0};
    enum ca_code code;

    ca_postgresql_write_version(&text);
    code = ca_sql_script(&p->base, text.data, error);
    ca_buffer_free(&text);
    return code;
}

/* Whoever makes or upgrades a store at the same time waits. */
static enum ca_code begin_as_owner(struct ca_postgresql *p, const char *schema,
                                   const char *owner, struct ca_error *error)
{
    char *role = PQescapeIdentifier(p->connection, owner, strlen(owner));
    struct ca_buffer text = {0};
    enum ca_code code;

    if (role == NULL)
        ca_out_of_memory();
    ca_buffer_printf(&text,
                     "BEGIN; SET LOCAL ROLE %s; SET LOCAL search_path TO %s, pg_temp; "
                     "SET LOCAL lock_timeout TO '60s'; "
                     "LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE",
                     role, schema);
    code = ca_sql_script(&p->base, text.data, error);
    ca_buffer_free(&text);
    PQfreemem(role);
    return code;
}

/* Of an authority's ledger the tables are no part, and so no entry tells of this. */
static enum ca_code upgrade(struct ca_postgresql *p, struct ca_error *error)
{
    const char *const texts[] = {ca_sql_pg_upgrade, ca_sql_pg_rights, ca_sql_pg_chains,
                                 ca_sql_pg_growing, ca_sql_pg_upgraded};
    int64_t version = 0;
    enum ca_code code = ca_sql_number(&p->base, error, 0, &version, ca_sql_pg_version, "");

    if (code != CA_OK || version >= ca_postgresql_schema)
        return code;
    for (size_t i = 0; i < sizeof texts / sizeof *texts && code == CA_OK; i++)
        code = ca_sql_script(&p->base, texts[i], error);
    return code == CA_OK ? note_version(p, error) : code;
}

enum ca_code ca_postgresql_upgrade(struct ca_postgresql *p, const char *schema,
                                   const char *owner, struct ca_error *error)
{
    struct ca_tables *s = &p->base;
    enum ca_code code = begin_as_owner(p, schema, owner, error);

    if (code != CA_OK)
        return code;
    p->transaction++;
    s->depth = 1;
    code = ca_tables_finish(s, upgrade(p, error), error);
    ca_sql_forget(s);
    return code;
}
