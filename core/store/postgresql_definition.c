/* What a store in PostgreSQL is made of, as SQL: run by who may, or printed for who has to. */
#include <stdio.h>
#include <string.h>

#include "core/store/postgresql.h"
#include "core/store/postgresql_statements.h"
#include "core/store/postgresql_uri.h"

static void write_role(struct ca_buffer *out, const char *role, const char *kind)
{
    ca_buffer_printf(out,
                     "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '%s') "
                     "THEN CREATE ROLE %s NOLOGIN %s; END IF; END $$; ",
                     role, role, kind);
}

void ca_postgresql_write_schema(struct ca_buffer *out, const char *schema, bool roles)
{
    char owner[80], region[80];

    if (!roles) {
        ca_buffer_printf(out, "CREATE SCHEMA %s; ", schema);
        return;
    }
    snprintf(owner, sizeof owner, "%s_owner", schema);
    snprintf(region, sizeof region, "%s_region", schema);
    write_role(out, owner, "NOINHERIT");
    write_role(out, region, "");
    ca_buffer_printf(out,
                     "GRANT %s TO CURRENT_USER; GRANT %s TO %s; "
                     "SET LOCAL caseaudit.region TO '%s'; "
                     "CREATE SCHEMA %s AUTHORIZATION %s; SET LOCAL ROLE %s; ",
                     owner, region, owner, region, schema, owner, owner);
}

void ca_postgresql_write_version(struct ca_buffer *out)
{
    ca_buffer_printf(out, "DELETE FROM schema_version; INSERT INTO schema_version VALUES (%d)",
                     ca_postgresql_schema);
}

void ca_postgresql_write_tables(struct ca_buffer *out, bool region)
{
    const char *const texts[] = {ca_sql_pg_schema,
                                 ca_sql_pg_views,
                                 ca_sql_pg_rights,
                                 ca_sql_pg_security,
                                 ca_sql_pg_chains,
                                 ca_sql_pg_growing,
                                 region ? ca_sql_pg_region : ""};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ca_buffer_printf(out, "%s; ", texts[i]);
    ca_postgresql_write_version(out);
}

/* Each definition on a line of its own. */
static void write_lines(struct ca_buffer *out, const char *text)
{
    static const char next[] = "; CREATE ";

    for (const char *at = strstr(text, next); at != NULL; at = strstr(text, next)) {
        ca_buffer_add(out, text, (size_t)(at - text));
        ca_buffer_puts(out, ";\n");
        text = at + strlen("; ");
    }
    ca_buffer_puts(out, text);
}

enum ca_code ca_postgresql_define(const char *uri, struct ca_buffer *out,
                                  struct ca_error *error)
{
    struct ca_postgresql_place place;
    struct ca_buffer text = {0};
    enum ca_code code = ca_postgresql_read_uri(uri, &place, error);

    if (code != CA_OK)
        return code;
    ca_buffer_printf(out,
                     "-- For a database administrator, who may make roles and schemas, in the "
                     "store's database.\n"
                     "-- Then who is to keep the store is given the role %s_owner, and runs\n"
                     "-- 'caseaudit store init', which begins its ledger.\n"
                     "BEGIN;\nSET LOCAL client_min_messages TO warning;\n",
                     place.schema);
    ca_postgresql_write_schema(&text, place.schema, true);
    ca_buffer_printf(&text,
                     "SET LOCAL search_path TO %s, pg_temp; "
                     "SET LOCAL caseaudit.authority TO '%s'; ",
                     place.schema, place.authority);
    ca_postgresql_write_tables(&text, true);
    write_lines(out, text.data);
    ca_buffer_puts(out, ";\nCOMMIT;\n");
    ca_buffer_free(&text);
    ca_postgresql_place_free(&place);
    return CA_OK;
}
