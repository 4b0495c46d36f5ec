/* Who may do what in a store in PostgreSQL (sql/postgresql/security.sql). */
#include "core/store/postgresql.h"
#include "core/store/postgresql_statements.h"

enum ca_code ca_postgresql_begin_chain(struct ca_postgresql *p, struct ca_error *error)
{
    struct ca_tables *s = &p->base;
    int64_t change;
    enum ca_code code = ca_tables_look_ahead(s, error);

    if (code != CA_OK || s->next.change > 1)
        return code;
    return ca_tables_enter(s, "init", "store", "{}", 0, &change, error);
}

/* Who grants changes the rights on tables that all authorities share: one does so at a time. */
static enum ca_code begin(struct ca_tables *s, struct ca_error *error)
{
    enum ca_code code = ca_tables_begin(s, error);

    if (code != CA_OK)
        return code;
    code = ca_sql_script(s, "LOCK TABLE schema_version IN SHARE ROW EXCLUSIVE MODE", error);
    return code == CA_OK ? CA_OK : ca_tables_finish(s, code, error);
}

static enum ca_code grant(struct ca_postgresql *p, const struct ca_access *access,
                          struct ca_error *error)
{
    struct ca_tables *s = &p->base;
    enum ca_code code = ca_sql_do(s, error, ca_sql_pg_grant, "ttt", access->role,
                                  access->authority, access->as);

    if (code == CA_OK && access->authority != NULL)
        code = ca_sql_do(s, error, ca_sql_pg_choose, "t", access->authority);
    if (code == CA_OK && access->authority != NULL)
        code = ca_postgresql_begin_chain(p, error);
    return code;
}

enum ca_code ca_postgresql_grant(struct ca_store *store, const struct ca_access *access,
                                 struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = begin(s, error);

    if (code != CA_OK)
        return code;
    return ca_tables_finish(s, grant(ca_postgresql_of(s), access, error), error);
}

enum ca_code ca_postgresql_revoke(struct ca_store *store, const char *role,
                                  struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = begin(s, error);

    if (code != CA_OK)
        return code;
    return ca_tables_finish(s, ca_sql_do(s, error, ca_sql_pg_revoke, "t", role), error);
}

enum ca_code ca_postgresql_each_access(struct ca_store *store, ca_access_visit visit,
                                       void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row = ca_sql(s, error, ca_sql_pg_roles, "");
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        const struct ca_access access = {ca_sql_word(row, 0), ca_sql_text(row, 1),
                                         ca_sql_word(row, 2)};
        going = visit(context, &access);
    }
    ca_sql_reset(row);
    return code;
}

/* ---- whose audits ---- */

enum ca_code ca_postgresql_each_authority(struct ca_store *store, ca_authority_visit visit,
                                          void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    const struct ca_postgresql *p = ca_postgresql_of(s);
    const bool chooses = strcmp(p->kind, "owner") == 0 || strcmp(p->kind, "region") == 0;
    struct ca_statement *row;
    enum ca_code code = CA_OK;
    bool going = true;

    if (!chooses || p->chosen) {
        (void)visit(context, p->authority);
        return CA_OK;
    }
    row = ca_sql(s, error, ca_sql_pg_authorities, "");
    while (going && ca_sql_row(s, row, &code, error))
        going = visit(context, ca_sql_word(row, 0));
    ca_sql_reset(row);
    return code;
}

enum ca_code ca_postgresql_choose_authority(struct ca_store *store, const char *authority,
                                            struct ca_error *error)
{
    return ca_sql_do(ca_tables_of(store), error, ca_sql_pg_choose, "t", authority);
}
