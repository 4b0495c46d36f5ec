/* Definitions of tables, indexes and views: is what they define there? */
#include <stdio.h>
#include <string.h>

#include "core/store/tables_check.h"

/* The next "CREATE TABLE NAME …;" of a text: its length, 0 at the end, and its name. */
static size_t next_definition(const char *at, char name[64])
{
    const char *word = strncmp(at, "CREATE ", 7) == 0 ? strchr(at + 7, ' ') : NULL;

    if (word == NULL)
        return 0;
    snprintf(name, 64, "%.*s", (int)strcspn(word + 1, " "), word + 1);
    return strcspn(at, ";") + 1;
}

enum ca_code ca_tables_each_missing(struct ca_tables *s, const char *text,
                                    ca_tables_missing visit, void *context,
                                    struct ca_error *error)
{
    enum ca_code code = CA_OK;
    size_t length;
    char name[64];

    while (code == CA_OK && (length = next_definition(text, name)) > 0) {
        int64_t there;
        code = ca_sql_number(s, error, 0, &there, ca_sql_count_object, "t", name);
        if (code == CA_OK && there == 0)
            code = visit(context, name, text, length);
        text += length;
        text += strspn(text, " ");
    }
    return code;
}

static enum ca_code tell_missing(void *context, const char *name, const char *sql,
                                 size_t length)
{
    (void)sql;
    (void)length;
    ca_check_fault(context, "the definition of '%s' is missing", name);
    return CA_OK;
}

void ca_check_definitions(struct ca_check *check)
{
    const char *const texts[] = {ca_sql_schema, ca_sql_views};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (ca_tables_each_missing(check->s, texts[i], tell_missing, check, &check->error) !=
            CA_OK)
            ca_check_fault(check, "%s", check->error.message);
}
