/* What the ledger says of each change: worked out from the rows the change left. */
#include <string.h>

#include "core/base/json.h"
#include "core/store/tables.h"

/* The first column is the subject; the others are members of the detail by their names, blobs
 * as hexadecimal digits. */
static const struct {
    const char *kind, *sql;
} kinds[] = {{"record", ca_sql_detail_record},
             {"template", ca_sql_detail_template},
             {"part", ca_sql_detail_part},
             {"retire", ca_sql_detail_retire},
             {"complete", ca_sql_detail_complete},
             {"verify", ca_sql_detail_verify},
             {"reopen", ca_sql_detail_reopen},
             {"set", ca_sql_detail_set},
             {"population", ca_sql_detail_population},
             {"benchmark", ca_sql_detail_benchmark},
             {"draw", ca_sql_detail_draw},
             {"allocate", ca_sql_detail_allocate},
             {"replace", ca_sql_detail_replace},
             {"forget", ca_sql_detail_forget},
             {"history", ca_sql_detail_history},
             {"indicators", ca_sql_detail_indicators},
             {"withdraw", ca_sql_detail_withdraw},
             {"restore", ca_sql_detail_restore},
             {"erase", ca_sql_detail_erase}};

static const char *sql_of(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].sql;
    return NULL;
}

bool ca_tables_has_rows(const char *kind)
{
    return sql_of(kind) != NULL;
}

/* How many of the last members came with a later version, and are left out where they are NULL:
 * entries of before have none. */
static int later_members(const char *kind)
{
    return strcmp(kind, "erase") == 0 ? 2 : 0;
}

static void write_hex(struct ca_buffer *out, const unsigned char *bytes, int length)
{
    for (int i = 0; i < length; i++)
        ca_buffer_printf(out, "%02x", bytes[i]);
}

static void write_value(struct ca_buffer *out, struct ca_statement *row, int column)
{
    struct ca_buffer hex = {0};

    ca_json_key(out, ca_sql_name(row, column));
    switch (ca_sql_type(row, column)) {
    case CA_SQL_INTEGER: ca_json_integer(out, ca_sql_integer(row, column)); break;
    case CA_SQL_TEXT: ca_json_string(out, ca_sql_text(row, column)); break;
    case CA_SQL_BLOB:
        write_hex(&hex, ca_sql_blob(row, column), ca_sql_length(row, column));
        ca_json_string(out, hex.data != NULL ? hex.data : "");
        ca_buffer_free(&hex);
        break;
    default: ca_json_null(out);
    }
}

enum ca_code ca_tables_detail(struct ca_tables *s, const char *kind, int64_t change,
                              struct ca_buffer *subject, struct ca_buffer *detail,
                              struct ca_error *error)
{
    const char *sql = sql_of(kind), *text;
    struct ca_statement *row;
    enum ca_code code;
    int always;

    if (sql == NULL)
        return ca_fail(error, CA_ERROR_NOT_FOUND, "no such kind of change");
    /* Results are found by their key, which put has at hand and the check looks up. */
    row = strcmp(kind, "record") == 0 ? ca_sql(s, error, sql, "ii", change, s->recorded)
                                      : ca_sql(s, error, sql, "i", change);
    if (!ca_sql_row(s, row, &code, error))
        return code != CA_OK ? code
                             : ca_fail(error, CA_ERROR_NOT_FOUND, "nothing is stored of it");
    text = ca_sql_text(row, 0);
    ca_buffer_clear(subject);
    ca_buffer_puts(subject, text != NULL ? text : "");
    ca_buffer_clear(detail);
    ca_json_open(detail, '{');
    always = ca_sql_columns(row) - later_members(kind);
    for (int column = 1; column < ca_sql_columns(row); column++)
        if (column < always || ca_sql_type(row, column) != CA_SQL_NULL)
            write_value(detail, row, column);
    ca_json_close(detail, '}');
    ca_sql_reset(row);
    return CA_OK;
}

static void write_digest(struct ca_buffer *out, const char *key,
                         const uint8_t digest[CA_SHA256_SIZE])
{
    char text[CA_SHA256_TEXT];

    ca_json_key_string(out, key, ca_sha256_hex(digest, text));
}

/* As detail_record in sql/details.sql has it. */
void ca_tables_detail_of_record(const struct ca_record *record, int64_t revision,
                                const uint8_t content[CA_SHA256_SIZE], struct ca_buffer *detail)
{
    ca_json_open(detail, '{');
    ca_json_key_integer(detail, "revision", revision);
    ca_json_key_string(detail, "template", record->template_id);
    ca_json_key_string(detail, "version", record->template_version);
    ca_json_key_string(detail, "framework", record->framework);
    ca_json_key_string(detail, "framework_version", record->framework_version);
    ca_json_key_string(detail, "plugin", record->plugin);
    write_digest(detail, "document", record->sha256);
    write_digest(detail, "result", content);
    ca_json_close(detail, '}');
}
