/* Is the file of the database whole, and does it have all tables, indexes and views? */
#include <string.h>

#include "core/store/sqlite.h"
#include "core/store/tables_check.h"

static void check_database(struct ca_check *check)
{
    struct ca_statement *row = ca_check_query(check, "PRAGMA integrity_check(20)");

    while (ca_check_next(check, row))
        if (strcmp(ca_sql_word(row, 0), "ok") != 0)
            ca_check_fault(check, "the database is damaged: %s", ca_sql_word(row, 0));
    row = ca_check_query(check, "PRAGMA foreign_key_check");
    while (ca_check_next(check, row))
        ca_check_fault(check, "a row of table %s refers to a row of %s that is not there",
                       ca_sql_word(row, 0), ca_sql_word(row, 2));
}

/* What there is was looked at when the store was opened. */
void ca_sqlite_look_over(struct ca_check *check)
{
    check_database(check);
    ca_check_definitions(check);
}
