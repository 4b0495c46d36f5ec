/*
 * Taking over the history of another store: entries that come out as they were there, parts in
 * their places, and the figures that erased audits left (erased_figures.h).
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/json.h"
#include "core/store/tables_audit.h"
#include "core/store/tables_carry.h"
#include "core/store/tables_rows.h"

enum ca_code ca_tables_follow(struct ca_store *store, const struct ca_entry *entry)
{
    ca_tables_of(store)->follow = entry;
    return CA_OK;
}

enum ca_code ca_tables_begin_anew(struct ca_store *store, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_sql_do(s, error, ca_sql_forget_init, "");

    if (code != CA_OK)
        return code;
    s->next.change = 1;
    s->next.head[0] = '\0';
    s->next.first = 0;
    s->gap = true; /* the head beside the store is of another history */
    return CA_OK;
}

enum ca_code ca_tables_contains(struct ca_store *store, const struct ca_head *head, bool *has,
                                int64_t *entries, struct ca_error *error)
{
    return ca_tables_has_head(ca_tables_of(store), head, has, entries, error);
}

enum ca_code ca_tables_add_part(struct ca_store *store, const char *template_id,
                                const char *version, const struct ca_own_part *part,
                                struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);
    int64_t template = 0;

    if (code != CA_OK)
        return code;
    code = ca_tables_template_key(s, template_id, version, &template, error);
    if (code == CA_OK)
        code = ca_sql_do(s, error, ca_sql_add_own_part, "innttni", template, part->kind,
                         part->position, part->id, part->label, part->detail, s->next.change);
    if (code == CA_OK)
        code = ca_tables_enter_stored(s, "part", 0, error);
    return ca_tables_finish(s, code, error);
}

/* ---- figures of erased audits, out ---- */

static enum ca_code write_rows(struct ca_tables *s, int64_t result, struct ca_buffer *out,
                               struct ca_error *error)
{
    enum ca_code code = CA_OK;

    ca_json_key(out, "rows");
    ca_json_open(out, '{');
    for (size_t i = 0; i < CA_RESULT_TABLES && code == CA_OK; i++) {
        ca_json_key(out, ca_result_tables[i].name);
        code = ca_tables_write_rows(
            s, ca_sql(s, error, ca_result_tables[i].select, "i", result), out, error);
    }
    ca_json_close(out, '}');
    return code;
}

enum ca_code ca_tables_erased_figures(struct ca_store *store, int64_t change,
                                      struct ca_buffer *out, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row = ca_sql(s, error, ca_sql_erased_figures, "i", change);
    enum ca_code code;

    if (!ca_sql_row(s, row, &code, error))
        return code; /* nothing stayed */
    ca_json_open(out, '{');
    ca_json_key_string(out, "framework", ca_sql_text(row, 1));
    ca_json_key_string(out, "framework_version", ca_sql_text(row, 2));
    ca_json_key_string(out, "plugin", ca_sql_text(row, 3));
    ca_json_key(out, "facts");
    ca_tables_write_bytes(out, ca_sql_blob(row, 4), ca_sql_length(row, 4));
    code = write_rows(s, ca_sql_integer(row, 0), out, error);
    ca_json_close(out, '}');
    ca_sql_reset(row);
    return code;
}

/* ---- and in ---- */

struct adoption {
    struct ca_tables *s;
    const struct ca_adopted_erasure *erasure;
    struct ca_unpack figures;
    int64_t template;
    struct ca_result_keys keys;
    struct ca_error *error;
};

static enum ca_code unfit(struct adoption *adoption)
{
    return ca_fail(adoption->error, CA_ERROR_DATA,
                   "the figures of the erased audit are not as an export writes them");
}

/* The result's own row has keys behind what is hashed. */
static void bind_keys(struct ca_statement *statement, int column,
                      const struct ca_result_keys *keys)
{
    const int64_t own[] = {keys->audit, keys->revision, keys->template,
                           0,           keys->plugin,   keys->change};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (i == 3)
            ca_sql_bind_null(statement, column + (int)i);
        else
            ca_sql_bind_integer(statement, column + (int)i, own[i]);
}

static enum ca_code add_row(struct adoption *adoption, size_t table)
{
    struct ca_tables *s = adoption->s;
    struct ca_unpack *in = &adoption->figures;
    struct ca_statement *statement =
        ca_sql(s, adoption->error, ca_result_tables[table].insert, "i", adoption->keys.result);
    const int columns = (int)ca_unpack_count(in);
    enum ca_code code;

    if (statement == NULL)
        return adoption->error->code;
    if (columns + 1 + (table + 1 == CA_RESULT_TABLES ? 6 : 0) != ca_sql_values(statement))
        return unfit(adoption);
    if (!ca_tables_bind_row(statement, 2, columns, in))
        return unfit(adoption);
    if (table + 1 == CA_RESULT_TABLES)
        bind_keys(statement, columns + 2, &adoption->keys);
    (void)ca_sql_row(s, statement, &code, adoption->error);
    return code;
}

/* Tables come in the order that an export has them in; it may lack some. */
static enum ca_code add_rows(struct adoption *adoption)
{
    struct ca_unpack *in = &adoption->figures;
    size_t tables = ca_unpack_count(in), table = 0;
    enum ca_code code = CA_OK;

    for (; tables > 0 && code == CA_OK; tables--, table++) {
        const char *name = ca_unpack_text(in);
        size_t rows = ca_unpack_count(in);
        while (name != NULL && table < CA_RESULT_TABLES &&
               strcmp(ca_result_tables[table].name, name) != 0)
            table++;
        if (name == NULL || table == CA_RESULT_TABLES)
            return unfit(adoption);
        for (; rows > 0 && code == CA_OK; rows--)
            code = add_row(adoption, table);
    }
    return code == CA_OK && !in->good ? unfit(adoption) : code;
}

static enum ca_code count_figures(struct adoption *adoption, const char *facts, size_t length)
{
    struct ca_tables *s = adoption->s;
    int64_t date = 0;
    enum ca_code code = ca_sql_number(s, adoption->error, 0, &date, ca_sql_date_of_result, "i",
                                      adoption->keys.result);

    return code == CA_OK
               ? ca_tables_count(s, adoption->keys.result, adoption->template, (ca_date)date,
                                 (const uint8_t *)facts, length, adoption->error)
               : code;
}

/* The audit as the erasure left it; the entry vouches for its hash. */
static enum ca_code add_audit(struct adoption *adoption, uint8_t content[CA_SHA256_SIZE])
{
    struct ca_tables *s = adoption->s;
    struct ca_error *error = adoption->error;
    struct ca_unpack *in = &adoption->figures;
    struct ca_record plugin = {.framework = ca_unpack_text(in)};
    const char *facts;
    size_t length;
    struct ca_result_keys *keys = &adoption->keys;
    enum ca_code code;

    *keys = (struct ca_result_keys){.result = s->next.result++,
                                    .audit = s->next.audit++,
                                    .revision = 1,
                                    .template = adoption->template,
                                    .change = s->next.change};
    plugin.framework_version = ca_unpack_text(in);
    plugin.plugin = ca_unpack_text(in);
    facts = ca_unpack_bytes(in, &length);
    if (plugin.framework == NULL || plugin.framework_version == NULL || plugin.plugin == NULL ||
        facts == NULL)
        return unfit(adoption);
    code = ca_tables_plugin_key(s, &plugin, &keys->plugin, error);
    if (code == CA_OK)
        code = add_rows(adoption);
    if (code == CA_OK)
        code = ca_tables_hash_result(s, keys->result, content, error);
    if (code == CA_OK)
        code = ca_sql_do(s, error, ca_sql_add_result_hash, "ib", keys->result,
                         (const void *)content, (size_t)CA_SHA256_SIZE);
    if (code == CA_OK)
        code = ca_sql_do(s, error, ca_sql_add_erased_audit, "iii", keys->audit, keys->change,
                         keys->result);
    return code == CA_OK ? count_figures(adoption, facts, length) : code;
}

static enum ca_code remember(struct adoption *adoption)
{
    uint8_t digest[CA_SHA256_SIZE];
    enum ca_code code = CA_OK;
    char one[CA_SHA256_TEXT];

    for (const char *at = adoption->erasure->documents; *at != '\0' && code == CA_OK;) {
        strncpy(one, at, sizeof one - 1);
        one[sizeof one - 1] = '\0';
        if (strlen(one) != sizeof one - 1 || !ca_hex_read(one, digest, sizeof digest))
            return unfit(adoption);
        code = ca_sql_do(adoption->s, adoption->error, ca_sql_remember_document, "bi",
                         (const void *)digest, sizeof digest, adoption->s->next.change);
        at += sizeof one - 1;
        at += *at == ',';
    }
    return code;
}

/* A document that the entry tells of, if it does: by versions before 8 it does not. */
static bool read_document(const char *text, uint8_t digest[CA_SHA256_SIZE], const uint8_t **out)
{
    if (*text == '\0')
        return true;
    *out = digest;
    return strlen(text) == 2 * (size_t)CA_SHA256_SIZE &&
           ca_hex_read(text, digest, CA_SHA256_SIZE);
}

static enum ca_code adopt(struct adoption *adoption)
{
    const struct ca_adopted_erasure *erasure = adoption->erasure;
    uint8_t content[CA_SHA256_SIZE], first[CA_SHA256_SIZE], counted[CA_SHA256_SIZE];
    struct ca_tables *s = adoption->s;
    struct ca_erasure_row row = {
        .why = erasure->why, .entries = erasure->entries, .finished = true};
    enum ca_code code = ca_tables_template_key(s, erasure->template_id, erasure->version,
                                               &adoption->template, adoption->error);

    row.template = adoption->template;
    if (!read_document(erasure->first, first, &row.first) ||
        !read_document(erasure->counted, counted, &row.counted))
        return unfit(adoption);
    if (code == CA_OK && erasure->figures != NULL) {
        row.result = content;
        code = add_audit(adoption, content);
    }
    if (code == CA_OK)
        code = ca_tables_add_erasure(s, &row, adoption->error);
    if (code == CA_OK)
        code = remember(adoption);
    return code == CA_OK ? ca_tables_enter_stored(s, "erase", 0, adoption->error) : code;
}

enum ca_code ca_tables_adopt_erasure(struct ca_store *store,
                                     const struct ca_adopted_erasure *erasure,
                                     struct ca_error *error)
{
    struct adoption adoption = {.s = ca_tables_of(store),
                                .erasure = erasure,
                                .error = error,
                                .figures = {.good = true}};
    enum ca_code code = ca_tables_begin(adoption.s, error);

    if (code != CA_OK)
        return code;
    if (erasure->figures != NULL)
        adoption.figures = (struct ca_unpack){erasure->figures,
                                              erasure->figures + erasure->figures_length, true};
    return ca_tables_finish(adoption.s, adopt(&adoption), error);
}
