/* What is in a store. */
#include <stdio.h>

#include "core/store/tables.h"

static enum ca_code count_all(struct ca_tables *s, struct ca_store_info *info,
                              struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_describe, "");
    const char *head;
    enum ca_code code;

    if (!ca_sql_row(s, row, &code, error))
        return code;
    info->templates = ca_sql_integer(row, 0);
    info->audits = ca_sql_integer(row, 1);
    info->revisions = ca_sql_integer(row, 2);
    info->documents = ca_sql_integer(row, 3);
    info->ledger = ca_sql_integer(row, 4);
    info->first = ca_sql_date(row, 5);
    info->last = ca_sql_date(row, 6);
    head = ca_sql_text(row, 7);
    snprintf(info->head, sizeof info->head, "%s", head != NULL ? head : "");
    ca_sql_reset(row);
    return CA_OK;
}

enum ca_code ca_tables_describe(struct ca_store *store, struct ca_store_info *info,
                                struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_store_info found = {0};
    enum ca_code code = count_all(s, &found, error);

    if (code == CA_OK)
        code = s->driver->measure(s, &found, error);
    if (code == CA_OK)
        *info = found;
    return code;
}
