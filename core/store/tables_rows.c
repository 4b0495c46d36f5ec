/*
 * A result's rows. As each value is bound it is also appended to a text, whose SHA-256 is
 * the hash of the result: the same text comes out of the database again when the store is
 * checked, and out of scoring again when a result is reproduced.
 */
#include <string.h>

#include "core/store/tables_rows.h"

/* The tables of a result, in the order they are hashed. Both texts of a table name the same
 * values in the same order, after the result's key. */
enum table {
    TABLE_SECTION,
    TABLE_AGENCY,
    TABLE_STANDARD,
    TABLE_LIMIT,
    TABLE_ALERT,
    TABLE_MEASURE,
    TABLE_ACTION,
    TABLE_ACTION_THEME,
    TABLE_FINDING,
    TABLE_ATTRIBUTE,
    TABLE_RESULT
};

const struct ca_result_table ca_result_tables[CA_RESULT_TABLES] = {
    [TABLE_SECTION] = {"result_section", ca_sql_add_section, ca_sql_sections},
    [TABLE_AGENCY] = {"result_agency", ca_sql_add_agency, ca_sql_agencies},
    [TABLE_STANDARD] = {"result_standard", ca_sql_add_standard, ca_sql_standards},
    [TABLE_LIMIT] = {"result_limit", ca_sql_add_limit, ca_sql_limits},
    [TABLE_ALERT] = {"result_alert", ca_sql_add_alert, ca_sql_alerts},
    [TABLE_MEASURE] = {"result_measure", ca_sql_add_measure, ca_sql_measures},
    [TABLE_ACTION] = {"result_action", ca_sql_add_action, ca_sql_actions},
    [TABLE_ACTION_THEME] = {"result_action_theme", ca_sql_add_action_theme,
                            ca_sql_action_themes},
    [TABLE_FINDING] = {"result_finding", ca_sql_add_finding, ca_sql_findings},
    [TABLE_ATTRIBUTE] = {"result_attribute", ca_sql_add_attribute, ca_sql_attributes},
    [TABLE_RESULT] = {"result", ca_sql_add_result, ca_sql_result}};

/* ---- what is hashed ---- */

/* Lowest byte first, on every machine. */
static char *put_number(char *to, uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        *to++ = (char)(value >> 8 * i);
    return to;
}

static void hash_bytes(struct ca_buffer *hashed, char type, const void *bytes, size_t length)
{
    char *to = ca_buffer_reserve(hashed, 1 + 4 + length);

    *to++ = type;
    to = put_number(to, length, 4);
    if (length > 0)
        memcpy(to, bytes, length);
    hashed->length += 1 + 4 + length;
}

static void hash_integer(struct ca_buffer *hashed, int64_t value)
{
    char *to = ca_buffer_reserve(hashed, 1 + 8);

    *to++ = 'i';
    put_number(to, (uint64_t)value, 8);
    hashed->length += 1 + 8;
}

void ca_tables_hash_row(struct ca_buffer *hashed, struct ca_statement *row)
{
    ca_buffer_putc(hashed, '(');
    for (int i = 0; i < ca_sql_columns(row); i++)
        switch (ca_sql_type(row, i)) {
        case CA_SQL_INTEGER: hash_integer(hashed, ca_sql_integer(row, i)); break;
        case CA_SQL_TEXT:
            hash_bytes(hashed, 't', ca_sql_text(row, i), ca_sql_length(row, i));
            break;
        case CA_SQL_BLOB:
            hash_bytes(hashed, 'b', ca_sql_blob(row, i), ca_sql_length(row, i));
            break;
        case CA_SQL_FLOAT: /* never written: whatever it is, it differs */
            ca_buffer_putc(hashed, 'f');
            break;
        default: ca_buffer_putc(hashed, 'n');
        }
}

/* ---- a row on its way into the database ---- */

struct sink {
    struct ca_tables *s;
    struct ca_error *error;
    enum ca_code code;
    bool dry; /* hash, and write nothing */
    int64_t result;
    struct ca_buffer hashed;
    struct ca_statement *statement;
    int column;
};

static void begin_row(struct sink *sink, enum table table)
{
    ca_buffer_putc(&sink->hashed, '(');
    sink->statement = NULL;
    if (!sink->dry && sink->code == CA_OK) {
        sink->statement =
            ca_sql(sink->s, sink->error, ca_result_tables[table].insert, "i", sink->result);
        sink->code = sink->statement != NULL ? CA_OK : sink->error->code;
    }
    sink->column = 1;
}

static void end_row(struct sink *sink)
{
    if (sink->statement != NULL)
        (void)ca_sql_row(sink->s, sink->statement, &sink->code, sink->error);
}

static void integer(struct sink *sink, int64_t value)
{
    hash_integer(&sink->hashed, value);
    if (sink->statement != NULL)
        ca_sql_bind_integer(sink->statement, ++sink->column, value);
}

static void none(struct sink *sink)
{
    ca_buffer_putc(&sink->hashed, 'n');
    if (sink->statement != NULL)
        ca_sql_bind_null(sink->statement, ++sink->column);
}

/* Less than 0 is none. */
static void index_or_none(struct sink *sink, int64_t value)
{
    if (value < 0)
        none(sink);
    else
        integer(sink, value);
}

static void date(struct sink *sink, ca_date value)
{
    if (value == CA_NO_DATE)
        none(sink);
    else
        integer(sink, value);
}

static void text(struct sink *sink, const char *value)
{
    if (value == NULL) {
        none(sink);
        return;
    }
    hash_bytes(&sink->hashed, 't', value, strlen(value));
    if (sink->statement != NULL)
        ca_sql_bind_text(sink->statement, ++sink->column, value);
}

static void blob(struct sink *sink, const void *bytes, size_t length)
{
    hash_bytes(&sink->hashed, 'b', bytes, length);
    if (sink->statement != NULL)
        ca_sql_bind_bytes(sink->statement, ++sink->column, bytes, length);
}

/* ---- the tables ---- */

static void write_sections(struct sink *sink, const struct ca_record *r)
{
    for (size_t i = 0; i < r->section_count; i++) {
        const struct ca_record_section *row = &r->sections[i];
        begin_row(sink, TABLE_SECTION);
        integer(sink, row->section);
        integer(sink, row->agency);
        index_or_none(sink, row->score);
        index_or_none(sink, row->grade);
        index_or_none(sink, row->cap);
        end_row(sink);
    }
    for (size_t i = 0; i < r->agency_count; i++) {
        const struct ca_record_agency *row = &r->agencies[i];
        begin_row(sink, TABLE_AGENCY);
        integer(sink, row->agency);
        index_or_none(sink, row->score);
        index_or_none(sink, row->grade);
        index_or_none(sink, row->judged);
        end_row(sink);
    }
}

static void write_standards(struct sink *sink, const struct ca_record *r)
{
    for (size_t i = 0; i < r->standard_count; i++) {
        const struct ca_record_standard *row = &r->standards[i];
        begin_row(sink, TABLE_STANDARD);
        integer(sink, row->standard);
        integer(sink, row->agency);
        integer(sink, row->status);
        text(sink, row->answer);
        text(sink, row->audited);
        index_or_none(sink, row->score);
        integer(sink, row->counts);
        date(sink, row->due);
        index_or_none(sink, row->days);
        end_row(sink);
    }
}

static void write_fired(struct sink *sink, const struct ca_record *r,
                        const struct ca_resolved *resolved)
{
    for (size_t i = 0; i < r->limit_count; i++) {
        begin_row(sink, TABLE_LIMIT);
        integer(sink, (int64_t)i);
        index_or_none(sink, resolved->limits[i]);
        index_or_none(sink, r->limits[i].section);
        index_or_none(sink, r->limits[i].to);
        text(sink, r->limits[i].reason);
        end_row(sink);
    }
    for (size_t i = 0; i < r->alert_count; i++) {
        begin_row(sink, TABLE_ALERT);
        integer(sink, (int64_t)i);
        index_or_none(sink, resolved->alerts[i]);
        integer(sink, r->alerts[i].severity);
        text(sink, r->alerts[i].message);
        end_row(sink);
    }
    for (size_t i = 0; i < r->measure_count; i++) {
        begin_row(sink, TABLE_MEASURE);
        integer(sink, (int64_t)i);
        index_or_none(sink, resolved->measures[i]);
        integer(sink, r->measures[i].numerator);
        integer(sink, r->measures[i].denominator);
        end_row(sink);
    }
}

static void write_said(struct sink *sink, const struct ca_record *r,
                       const struct ca_resolved *resolved)
{
    for (size_t i = 0; i < r->action_count; i++) {
        const struct ca_record_action *row = &r->actions[i];
        begin_row(sink, TABLE_ACTION);
        integer(sink, (int64_t)i);
        text(sink, row->id);
        index_or_none(sink, row->standard);
        index_or_none(sink, row->agency);
        text(sink, row->owner);
        date(sink, row->due);
        date(sink, row->completed);
        text(sink, row->verified_by);
        text(sink, row->text);
        end_row(sink);
    }
    for (size_t i = 0; i < r->action_count; i++) {
        if (resolved->action_themes[i] < 0)
            continue;
        begin_row(sink, TABLE_ACTION_THEME);
        integer(sink, (int64_t)i);
        integer(sink, resolved->action_themes[i]);
        end_row(sink);
    }
    for (size_t i = 0; i < r->finding_count; i++) {
        begin_row(sink, TABLE_FINDING);
        integer(sink, (int64_t)i);
        integer(sink, r->findings[i].strength);
        index_or_none(sink, resolved->themes[i]);
        index_or_none(sink, r->findings[i].agency);
        text(sink, r->findings[i].text);
        end_row(sink);
    }
    for (size_t i = 0; i < r->attribute_count; i++) {
        begin_row(sink, TABLE_ATTRIBUTE);
        integer(sink, r->attributes[i].attribute);
        text(sink, r->attributes[i].value);
        end_row(sink);
    }
}

static void write_own_row(struct sink *sink, const struct ca_result_keys *keys,
                          const struct ca_record *r, const uint8_t facts[CA_SHA256_SIZE])
{
    const int grades[] = {r->score, r->computed,  r->recomputed, r->judged,
                          r->cap,   r->moderated, r->grade};
    const int64_t own[] = {keys->audit,    keys->revision, keys->template,
                           keys->document, keys->plugin,   keys->change};

    begin_row(sink, TABLE_RESULT);
    text(sink, r->case_ref);
    text(sink, r->auditor);
    text(sink, r->selection);
    date(sink, r->audit_date);
    integer(sink, r->status);
    integer(sink, r->complete);
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++)
        index_or_none(sink, grades[i]);
    text(sink, r->judgement.by);
    date(sink, r->judgement.date);
    text(sink, r->moderation.by);
    date(sink, r->moderation.date);
    blob(sink, facts, CA_SHA256_SIZE);
    for (size_t i = 0; sink->statement != NULL && i < sizeof own / sizeof *own; i++)
        ca_sql_bind_integer(sink->statement, ++sink->column, own[i]);
    end_row(sink);
}

enum ca_code ca_tables_write_result(struct ca_tables *s, const struct ca_result_keys *keys,
                                    const struct ca_record *record, bool dry,
                                    struct ca_buffer *facts, uint8_t content[CA_SHA256_SIZE],
                                    struct ca_error *error)
{
    struct sink sink = {.s = s, .error = error, .dry = dry, .result = keys->result};
    uint8_t digest[CA_SHA256_SIZE];
    struct ca_resolved resolved;

    ca_arena_reset(s->scratch);
    sink.code = ca_tables_resolve(s, keys->template, record, !dry, &resolved, error);
    if (sink.code != CA_OK)
        return sink.code;
    ca_buffer_clear(facts);
    ca_tables_pack_facts(facts, record, &resolved);
    ca_sha256(facts->data, facts->length, digest);
    write_sections(&sink, record);
    write_standards(&sink, record);
    write_fired(&sink, record, &resolved);
    write_said(&sink, record, &resolved);
    write_own_row(&sink, keys, record, digest);
    ca_sha256(sink.hashed.data, sink.hashed.length, content);
    ca_buffer_free(&sink.hashed);
    return sink.code;
}

enum ca_code ca_tables_hash_result(struct ca_tables *s, int64_t result,
                                   uint8_t content[CA_SHA256_SIZE], struct ca_error *error)
{
    struct ca_buffer hashed = {0};
    enum ca_code code = CA_OK;

    ca_buffer_clear(&hashed);
    for (size_t i = 0; i < CA_RESULT_TABLES && code == CA_OK; i++) {
        struct ca_statement *row = ca_sql(s, error, ca_result_tables[i].select, "i", result);
        while (ca_sql_row(s, row, &code, error))
            ca_tables_hash_row(&hashed, row);
    }
    ca_sha256(hashed.data, hashed.length, content);
    ca_buffer_free(&hashed);
    return code;
}
