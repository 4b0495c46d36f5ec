/*
 * The tables (sql/schema.sql) and views (sql/views.sql), and the way from an earlier version of
 * them to this one.
 */
#include <stdio.h>

#include "core/store/sqlite.h"

/* What leads from a version to the next. Views are made anew whenever the version changes, and
 * the first versions were never handed out. */
static const char *const upgrades[] = {[3] = ca_sql_upgrade_3, [4] = ca_sql_upgrade_4};

const int ca_sqlite_schema = sizeof upgrades / sizeof *upgrades;

static enum ca_code upgrade(struct ca_sqlite *s, int from, struct ca_error *error)
{
    enum ca_code code = ca_sql_script(s, ca_sql_drop_views, error);

    for (int version = from; version < ca_sqlite_schema && code == CA_OK; version++)
        code = ca_sql_script(s, upgrades[version] != NULL ? upgrades[version] : "", error);
    return code;
}

enum ca_code ca_sqlite_migrate(struct ca_sqlite *s, int from, struct ca_error *error)
{
    enum ca_code code =
        from == 0 ? ca_sql_script(s, ca_sql_schema, error) : upgrade(s, from, error);
    char version[64];

    if (code == CA_OK)
        code = ca_sql_script(s, ca_sql_views, error);
    if (code != CA_OK)
        return code;
    snprintf(version, sizeof version, "PRAGMA user_version = %d", ca_sqlite_schema);
    return ca_sql_script(s, version, error);
}
