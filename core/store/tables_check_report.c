/* What a check finds, and how it reads. */
#include <string.h>

#include "core/store/tables_check.h"

static void say(struct ca_check *check, bool fault, const char *format, va_list args)
{
    struct ca_buffer text = {0};

    ca_buffer_vprintf(&text, format, args);
    check->report(check->context, fault, text.data);
    ca_buffer_free(&text);
}

void ca_check_fault(struct ca_check *check, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(check, true, format, args);
    va_end(args);
}

void ca_check_remark(struct ca_check *check, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(check, false, format, args);
    va_end(args);
}

struct ca_statement *ca_check_query(struct ca_check *check, const char *sql)
{
    return ca_sql_many(ca_sql(check->s, &check->error, sql, ""));
}

bool ca_check_next(struct ca_check *check, struct ca_statement *row)
{
    enum ca_code code;
    bool more = ca_sql_row(check->s, row, &code, &check->error);

    if (code != CA_OK)
        ca_check_fault(check, "%s", check->error.message);
    return more;
}

bool ca_check_digest(struct ca_statement *row, int column, const uint8_t digest[CA_SHA256_SIZE])
{
    return ca_sql_type(row, column) == CA_SQL_BLOB &&
           ca_sql_length(row, column) == CA_SHA256_SIZE &&
           memcmp(ca_sql_blob(row, column), digest, CA_SHA256_SIZE) == 0;
}
