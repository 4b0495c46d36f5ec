/* What the store knows already of returns that are to be stored. */
#include "core/store/tables_standing.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/code.h"
#include "core/base/json.h"
#include "core/base/text_file.h"

/* Git and e-mail change how lines end, which no reader of XML ever sees. */
static enum ca_code compare_documents(struct ca_tables *s, const struct ca_record *record,
                                      struct ca_standing *standing, struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_standing_document, "i", standing->audit);
    enum ca_code code;

    if (!ca_sql_row(s, row, &code, error))
        return code;
    if (ca_sql_type(row, 0) == CA_SQL_BLOB)
        standing->same = ca_same_but_line_ends(ca_sql_blob(row, 0), ca_sql_length(row, 0),
                                               record->document, record->document_length);
    ca_sql_reset(row);
    return CA_OK;
}

static enum ca_code find_same(struct ca_tables *s, const struct ca_record *record,
                              struct ca_standing *standing, struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_revisions_of, "ib", standing->audit,
                                      record->sha256, sizeof record->sha256);
    int64_t newest = 0;
    enum ca_code code;

    while (ca_sql_row(s, row, &code, error)) {
        newest = ca_sql_integer(row, 0);
        standing->same = (int)ca_sql_integer(row, 1) != 0;
    }
    if (code == CA_OK && (newest < 0 || newest >= INT_MAX))
        return ca_tables_damaged(s, error, "the numbers of a return's revisions cannot go on");
    standing->newest = (int)newest;
    return code != CA_OK || standing->same ? code
                                           : compare_documents(s, record, standing, error);
}

enum ca_code ca_tables_find_standing(struct ca_tables *s, const struct ca_record *record,
                                     struct ca_standing *standing, struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_standing, "t", record->return_id);
    enum ca_code code;

    *standing = (struct ca_standing){0};
    if (!ca_sql_row(s, row, &code, error))
        return code;
    standing->audit = ca_sql_integer(row, 0);
    standing->latest = ca_sql_integer(row, 1);
    snprintf(standing->template_name, sizeof standing->template_name, "%s",
             ca_sql_word(row, 2));
    standing->template = ca_sql_integer(row, 3);
    snprintf(standing->case_ref, sizeof standing->case_ref, "%s",
             ca_sql_text(row, 4) != NULL ? ca_sql_text(row, 4) : "");
    standing->audit_date = ca_sql_date(row, 5);
    standing->withdrawn = (int)ca_sql_integer(row, 6) != 0;
    standing->erased = ca_sql_type(row, 7) != CA_SQL_NULL;
    ca_sql_reset(row);
    return find_same(s, record, standing, error);
}

/* ---- of many at once ---- */

/* Every record of that id, or of one that differs in capitals alone; one that comes twice finds
 * the first there. */
static void mark(const struct ca_record *records, size_t count, const char *id, bool *there)
{
    for (size_t i = 0; i < count; i++)
        there[i] |= ca_same_code(records[i].return_id, id);
}

/* The id, and what it is in small letters and in capitals, as far as that is another. */
static void add_spellings(struct ca_buffer *ids, const char *id)
{
    char small[CA_ID_BYTES], large[CA_ID_BYTES];
    const size_t length = strnlen(id, sizeof small - 1);

    ca_json_string(ids, id);
    for (size_t i = 0; i < length; i++) {
        const char c = id[i];
        small[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
        large[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    small[length] = large[length] = '\0';
    if (memcmp(small, id, length) != 0)
        ca_json_string(ids, small);
    if (memcmp(large, id, length) != 0)
        ca_json_string(ids, large);
}

static enum ca_code find_ids(struct ca_tables *s, const struct ca_record *records, size_t count,
                             bool *there, struct ca_error *error)
{
    struct ca_buffer ids = {0};
    struct ca_statement *row;
    enum ca_code code;

    ca_json_open(&ids, '[');
    for (size_t i = 0; i < count; i++) {
        add_spellings(&ids, records[i].return_id);
        mark(records + i + 1, count - i - 1, records[i].return_id, there + i + 1);
        there[i] |= ca_tables_was_put(s, records[i].return_id);
    }
    ca_json_close(&ids, ']');
    row = ca_sql_apart(ca_sql(s, error, ca_sql_known_ids, "t", ids.data));
    while (ca_sql_row(s, row, &code, error))
        mark(records, count, ca_sql_word(row, 0), there);
    ca_buffer_free(&ids);
    return code;
}

enum ca_code ca_tables_find_twin(struct ca_tables *s, const struct ca_record *record,
                                 char twin[CA_ID_BYTES], struct ca_error *error)
{
    struct ca_buffer ids = {0};
    struct ca_statement *row;
    enum ca_code code;

    *twin = '\0';
    ca_json_open(&ids, '[');
    add_spellings(&ids, record->return_id);
    ca_json_close(&ids, ']');
    row = ca_sql(s, error, ca_sql_known_ids, "t", ids.data);
    while (ca_sql_row(s, row, &code, error))
        if (strcmp(ca_sql_word(row, 0), record->return_id) != 0)
            snprintf(twin, CA_ID_BYTES, "%s", ca_sql_word(row, 0));
    ca_buffer_free(&ids);
    return code;
}

static enum ca_code find_erased(struct ca_tables *s, const struct ca_record *records,
                                size_t count, bool *any, struct ca_error *error)
{
    struct ca_buffer digests = {0};
    struct ca_statement *row;
    enum ca_code code;

    *any = false;
    for (size_t i = 0; i < count; i++)
        ca_buffer_add(&digests, (const char *)records[i].sha256, sizeof records[i].sha256);
    row = ca_sql_apart(ca_sql(s, error, ca_sql_known_erased, "bi", digests.data, digests.length,
                              (int64_t)count));
    while (ca_sql_row(s, row, &code, error))
        *any = ca_sql_integer(row, 0) > 0;
    ca_buffer_free(&digests);
    return code;
}

enum ca_code ca_tables_foresee(struct ca_tables *s, const struct ca_record *records,
                               size_t count, struct ca_foreseen *out, struct ca_error *error)
{
    enum ca_code code;

    *out = (struct ca_foreseen){ca_xcalloc(count, sizeof *out->there), true};
    if (count == 1) {
        out->there[0] = true; /* one asks for it at once */
        return CA_OK;
    }
    code = find_ids(s, records, count, out->there, error);
    return code == CA_OK ? find_erased(s, records, count, &out->erased, error) : code;
}
