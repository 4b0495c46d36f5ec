/* Opening a store in a PostgreSQL database, and making one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/postgresql.h"
#include "core/store/postgresql_statements.h"
#include "core/store/postgresql_uri.h"

/* ---- connecting ---- */

static void ignore_notice(void *context, const char *message)
{
    (void)context;
    (void)message;
}

static void close_store(struct ca_store *store)
{
    struct ca_postgresql *p = ca_postgresql_of(ca_tables_of(store));

    ca_tables_parts_forget(&p->base);
    ca_sql_forget(&p->base);
    PQfinish(p->connection);
    ca_arena_free(p->base.scratch);
    ca_buffer_free(&p->said);
    free(p->base.path);
    free(p->base.who);
    free(p->writing);
    free(p->reading);
    free(p);
}

/* A server that does not answer is not waited for for ever, unless that is asked for. */
static PGconn *connect_to(const char *uri)
{
    const char *keys[] = {"connect_timeout", "dbname", "client_encoding", "application_name",
                          NULL};
    const char *values[] = {"30", uri, "UTF8", "caseaudit", NULL};
    const size_t first = getenv("PGCONNECT_TIMEOUT") != NULL;

    return PQconnectdbParams(keys + first, values + first, 1);
}

/* What libpq says of a URI that it cannot read may quote it, and so it is not passed on. */
static enum ca_code try_uri(const char *uri, struct ca_error *error)
{
    char *message = NULL;
    PQconninfoOption *options = PQconninfoParse(uri, &message);
    bool good = options != NULL;

    PQconninfoFree(options);
    PQfreemem(message);
    return good ? CA_OK
                : ca_fail(error, CA_ERROR_USAGE,
                          "the store's URI cannot be read; it is "
                          "postgresql://USER@HOST:PORT/DATABASE?schema=NAME");
}

static enum ca_code connect_store(struct ca_postgresql *p, const char *uri,
                                  struct ca_error *error)
{
    p->connection = connect_to(uri);
    if (p->connection == NULL)
        ca_out_of_memory();
    PQsetNoticeProcessor(p->connection, ignore_notice, NULL);
    if (PQstatus(p->connection) == CONNECTION_OK)
        return CA_OK;
    ca_postgresql_note(p, NULL);
    return ca_fail(error, CA_ERROR_STORE, "the store '%s' cannot be reached: %s", p->base.path,
                   p->said.data);
}

/* ---- who connects, and what is there ---- */

struct there {
    bool above; /* the role would see all rows whatever the policies say */
    bool makes_roles;
    char owner[64];     /* of the schema; "" if there is none */
    int version;        /* of the tables; 0 if there are none */
    char authority[64]; /* whose rows are meant */
};

/* The role, with the code that was given with --as. */
static void name_who(struct ca_postgresql *p, const char *role, const char *given)
{
    const char *as = strstr(given, " as ");
    struct ca_buffer who = {0};

    ca_buffer_puts(&who, role);
    ca_buffer_puts(&who, as != NULL ? as : "");
    free(p->base.who);
    p->base.who = who.data;
}

static enum ca_code ask(struct ca_postgresql *p, const char *text, const char *value,
                        PGresult **out, struct ca_error *error)
{
    *out = PQexecParams(p->connection, text, value != NULL, NULL, &value, NULL, NULL, 0);
    return ca_postgresql_good(p, *out) ? CA_OK : ca_postgresql_failed(&p->base, error);
}

static enum ca_code look_at_version(struct ca_postgresql *p, const char *schema,
                                    struct there *there, struct ca_error *error)
{
    struct ca_buffer text = {0};
    PGresult *result = NULL;
    enum ca_code code;

    ca_buffer_printf(&text, "SELECT version FROM %s.schema_version", schema);
    code = ask(p, text.data, NULL, &result, error);
    ca_buffer_free(&text);
    if (code != CA_OK)
        return code;
    if (PQntuples(result) == 1)
        there->version = atoi(PQgetvalue(result, 0, 0));
    PQclear(result);
    return CA_OK;
}

static enum ca_code look_around(struct ca_postgresql *p, const char *schema, const char *who,
                                struct there *there, struct ca_error *error)
{
    PGresult *result;
    bool tables;
    enum ca_code code = ask(p, ca_sql_pg_look_around, schema, &result, error);

    if (code != CA_OK)
        return code;
    there->version = 0;
    name_who(p, PQgetvalue(result, 0, 0), who);
    there->above = PQgetvalue(result, 0, 1)[0] == 't';
    there->makes_roles = PQgetvalue(result, 0, 2)[0] == 't';
    snprintf(there->owner, sizeof there->owner, "%s", PQgetvalue(result, 0, 3));
    tables = PQgetvalue(result, 0, 4)[0] == 't';
    PQclear(result);
    return tables ? look_at_version(p, schema, there, error) : CA_OK;
}

/* ---- transactions' beginnings ---- */

/* What holds for each transaction. A role that stands above the policies takes the place of the
 * owner, for whom they hold. */
static void write_settings(struct ca_postgresql *p, const char *schema,
                           const struct there *there, struct ca_buffer *out)
{
    char *role = PQescapeIdentifier(p->connection, there->owner, strlen(there->owner));

    if (role == NULL)
        ca_out_of_memory();
    if (there->above)
        ca_buffer_printf(out, "SET LOCAL ROLE %s; ", role);
    ca_buffer_printf(out,
                     "SET LOCAL search_path TO %s, pg_temp; SET LOCAL lock_timeout TO '60s'; "
                     "SET LOCAL cursor_tuple_fraction TO 1; "
                     "SET LOCAL caseaudit.authority TO '%s'",
                     schema, there->authority);
    PQfreemem(role);
}

/* One at a time writes for an authority: so nobody waits for anybody who waits for him. What
 * keeps the others waiting is a row's lock, which only who may write can take. */
static void prepare_beginnings(struct ca_postgresql *p, const char *schema,
                               const struct there *there)
{
    struct ca_buffer settings = {0}, writing = {0}, reading = {0};

    write_settings(p, schema, there, &settings);
    ca_buffer_printf(&reading, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; %s",
                     settings.data);
    ca_buffer_printf(&writing,
                     "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; %s; "
                     "SELECT begin_writing()",
                     settings.data);
    ca_buffer_free(&settings);
    free(p->reading);
    free(p->writing);
    p->reading = reading.data;
    p->writing = writing.data;
}

/* ---- making one ---- */

/* The schema belongs to a role that nobody logs in as, and the views of the whole region to
 * another, where they can be made. */
static enum ca_code make_schema(struct ca_postgresql *p, const char *schema,
                                struct there *there, struct ca_error *error)
{
    struct ca_buffer text = {0};
    enum ca_code code;

    if (there->makes_roles)
        snprintf(there->owner, sizeof there->owner, "%s_owner", schema);
    ca_postgresql_write_schema(&text, schema, there->makes_roles);
    write_settings(p, schema, there, &text);
    code = ca_sql_script(&p->base, text.data, error);
    ca_buffer_free(&text);
    if (code != CA_OK && strcmp(p->state, "42501") == 0)
        return ca_fail(error, CA_ERROR_STORE,
                       "the role may not make a store in this database (%s): its "
                       "administrator runs what 'caseaudit store init --sql' prints",
                       p->said.data);
    return code;
}

static enum ca_code make_tables(struct ca_postgresql *p, bool region, struct ca_error *error)
{
    struct ca_buffer text = {0};
    enum ca_code code;

    ca_postgresql_write_tables(&text, region);
    code = ca_sql_script(&p->base, text.data, error);
    ca_buffer_free(&text);
    return code;
}

static enum ca_code fill_new(struct ca_postgresql *p, const char *schema, struct there *there,
                             struct ca_error *error)
{
    enum ca_code code = make_schema(p, schema, there, error);

    if (code == CA_OK)
        code = make_tables(p, there->makes_roles, error);
    return code == CA_OK ? ca_postgresql_begin_chain(p, error) : code;
}

/* Whole or not at all, in one transaction; whoever makes one at the same time waits, and finds
 * it there. */
static enum ca_code make_store(struct ca_postgresql *p, const char *schema, const char *who,
                               struct there *there, struct ca_error *error)
{
    struct ca_tables *s = &p->base;
    enum ca_code code =
        ca_sql_script(s,
                      "BEGIN; SET LOCAL lock_timeout TO '60s'; "
                      "SELECT pg_advisory_xact_lock(hashtextextended('caseaudit', 0))",
                      error);

    if (code != CA_OK)
        return code;
    p->transaction++;
    s->depth = 1;
    code = look_around(p, schema, who, there, error);
    if (code == CA_OK && there->version == 0)
        code = fill_new(p, schema, there, error);
    code = ca_tables_finish(s, code, error);
    ca_sql_forget(s);
    return code == CA_OK ? look_around(p, schema, who, there, error) : code;
}

/* ---- opening ---- */

/* Whose rows are those of the session's role? The owner chooses. */
static enum ca_code find_authority(struct ca_postgresql *p, enum ca_store_mode mode,
                                   struct there *there, struct ca_error *error)
{
    struct ca_tables *s = &p->base;
    struct ca_statement *row = ca_sql(s, error, ca_sql_pg_kind, "");
    enum ca_code code;

    if (!ca_sql_row(s, row, &code, error))
        return code;
    snprintf(p->kind, sizeof p->kind, "%s", ca_sql_word(row, 0));
    snprintf(there->authority, sizeof there->authority, "%s", ca_sql_word(row, 1));
    snprintf(p->authority, sizeof p->authority, "%s", there->authority);
    ca_sql_reset(row);
    if (strcmp(p->kind, "none") == 0)
        return ca_fail(
            error, CA_ERROR_STORE,
            "the store '%s' has nothing for this role yet: its owner gives it a part "
            "with 'caseaudit store grant'",
            s->path);
    if (strcmp(p->kind, "region") == 0 && mode != CA_STORE_SUM_UP)
        return ca_fail(error, CA_ERROR_STORE,
                       "a reader of the whole region asks for summaries, and reads the views "
                       "region_result, region_section and so on in '%s' by SQL; for this verb "
                       "the role needs to be a reader, an auditor or a lead of an authority",
                       s->path);
    return CA_OK;
}

/* An authority of which nothing is in the store begins with its chain. */
static enum ca_code look_at_chain(struct ca_postgresql *p, enum ca_store_mode mode,
                                  const struct there *there, struct ca_error *error)
{
    struct ca_tables *s = &p->base;
    int64_t last = 0;
    enum ca_code code;

    if (!p->chosen)
        return CA_OK; /* what is summed up is what there is */
    code = ca_sql_number(s, error, 0, &last, ca_sql_last_change, "");
    if (code != CA_OK || last > 0)
        return code;
    if (mode != CA_STORE_CREATE)
        return ca_fail(error, CA_ERROR_NOT_FOUND,
                       "there is no authority '%s' in the store '%s'; 'caseaudit store init' "
                       "begins with it",
                       there->authority, s->path);
    code = ca_postgresql_script(s, p->writing, error);
    if (code != CA_OK)
        return code;
    p->transaction++;
    s->depth = 1;
    return ca_tables_finish(s, ca_postgresql_begin_chain(p, error), error);
}

/* Who reads touches nothing, and nobody but the owner may. */
static enum ca_code bring_up_to_date(struct ca_postgresql *p, enum ca_store_mode mode,
                                     const char *schema, const struct there *there,
                                     struct ca_error *error)
{
    if (there->version == ca_postgresql_schema)
        return CA_OK;
    if (mode == CA_STORE_READ || strcmp(p->kind, "owner") != 0)
        return ca_fail(
            error, CA_ERROR_STORE,
            "the store '%s' is of an older caseaudit; its owner brings it up to date "
            "with 'caseaudit store init'",
            p->base.path);
    return ca_postgresql_upgrade(p, schema, there->owner, error);
}

static enum ca_code recognise(struct ca_postgresql *p, enum ca_store_mode mode,
                              const struct ca_postgresql_place *place, const char *who,
                              struct ca_error *error)
{
    struct there there = {0};
    enum ca_code code;

    code = look_around(p, place->schema, who, &there, error);
    snprintf(there.authority, sizeof there.authority, "%s", place->authority);
    if (code == CA_OK && there.version == 0 && mode == CA_STORE_CREATE)
        code = make_store(p, place->schema, who, &there, error);
    if (code != CA_OK)
        return code;
    if (there.version == 0)
        return ca_fail(
            error, CA_ERROR_NOT_FOUND,
            "there is no store at '%s'; 'caseaudit store init' makes one, --store or "
            "CASEAUDIT_STORE name another",
            p->base.path);
    if (there.version > ca_postgresql_schema)
        return ca_fail(
            error, CA_ERROR_STORE,
            "the store '%s' was written by a newer caseaudit (its schema is %d, this "
            "program knows up to %d); use the newer program; nothing was touched",
            p->base.path, there.version, ca_postgresql_schema);
    prepare_beginnings(p, place->schema, &there);
    p->chosen = place->chosen || mode != CA_STORE_SUM_UP;
    code = find_authority(p, mode, &there, error);
    if (code == CA_OK)
        prepare_beginnings(p, place->schema, &there);
    if (code == CA_OK)
        code = bring_up_to_date(p, mode, place->schema, &there, error);
    return code == CA_OK ? look_at_chain(p, mode, &there, error) : code;
}

static struct ca_postgresql *new_store(const char *uri, const char *who)
{
    struct ca_postgresql *p = ca_xcalloc(1, sizeof *p);

    p->base.driver = &ca_postgresql_driver;
    p->base.path = ca_xstrdup(uri);
    p->base.who = ca_xstrdup(who);
    p->base.scratch = ca_arena_new();
    p->backend = ca_sqlite_backend;
    p->backend.scheme = "postgresql";
    p->backend.open = ca_postgresql_open;
    p->backend.close = close_store;
    p->backend.backup = NULL;
    p->backend.grant = ca_postgresql_grant;
    p->backend.revoke = ca_postgresql_revoke;
    p->backend.each_access = ca_postgresql_each_access;
    p->backend.each_authority = ca_postgresql_each_authority;
    p->backend.choose_authority = ca_postgresql_choose_authority;
    p->base.base.backend = &p->backend;
    return p;
}

enum ca_code ca_postgresql_open(const char *uri, enum ca_store_mode mode, const char *who,
                                struct ca_store **out, struct ca_error *error)
{
    struct ca_postgresql_place place;
    enum ca_code code = ca_postgresql_read_uri(uri, &place, error);
    struct ca_postgresql *p;

    if (code != CA_OK)
        return code;
    p = new_store(uri, who);
    code = try_uri(place.uri, error);
    if (code == CA_OK)
        code = connect_store(p, place.uri, error);
    if (code == CA_OK)
        code = recognise(p, mode, &place, who, error);
    ca_postgresql_place_free(&place);
    if (code == CA_OK)
        *out = &p->base.base;
    else
        close_store(&p->base.base);
    return code;
}
