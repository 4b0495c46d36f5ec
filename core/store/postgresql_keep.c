/* Keeping a store in PostgreSQL: is it whole, and how large is it? */
#include "core/store/postgresql.h"

#include "core/store/postgresql_statements.h"
#include "core/store/tables_check.h"

const int ca_postgresql_schema = 4;

/* What keeps roles to their rows, and the ledger growing. */
static void check_guards(struct ca_check *check)
{
    struct ca_statement *row = ca_sql(check->s, &check->error, ca_sql_pg_unguarded, "");
    enum ca_code code;

    while (ca_sql_row(check->s, row, &code, &check->error))
        ca_check_fault(check, "%s", ca_sql_word(row, 0));
    if (code != CA_OK)
        ca_check_fault(check, "%s", check->error.message);
}

/* The server looks after its pages itself; tables and views go by the names that SQLite's have.
 */
void ca_postgresql_look_over(struct ca_check *check)
{
    ca_check_definitions(check);
    check_guards(check);
}

enum ca_code ca_postgresql_measure(struct ca_tables *s, struct ca_store_info *info,
                                   struct ca_error *error)
{
    int64_t schema = 0, size = 0;
    enum ca_code code = ca_sql_number(s, error, 0, &schema, ca_sql_pg_version, "");

    if (code == CA_OK)
        code = ca_sql_number(s, error, 0, &size, ca_sql_pg_size, "");
    if (code != CA_OK)
        return code;
    info->schema = (int)schema;
    info->newest_schema = ca_postgresql_schema;
    info->size = size;
    info->place = ca_xstrdup(s->path);
    return CA_OK;
}
