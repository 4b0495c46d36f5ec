/*
 * History and indicators: the rows of a file, kept with the file. Nothing is overwritten: of
 * rows about the same thing the one imported last counts.
 */
#include "core/store/figures_fit.h"
#include "core/store/tables.h"

static enum ca_code hash_rows(struct ca_tables *s, const char *sql, int64_t change,
                              struct ca_buffer *hashed, struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, sql, "i", change);
    enum ca_code code;

    while (ca_sql_row(s, row, &code, error))
        ca_tables_hash_row(hashed, row);
    return code;
}

/* The templates of indicators come behind, where there are any: files without have the content
 * they had before there was that column. */
enum ca_code ca_tables_hash_import(struct ca_tables *s, bool history, int64_t change,
                                   uint8_t content[CA_SHA256_SIZE], struct ca_error *error)
{
    struct ca_buffer hashed = {0};
    enum ca_code code;

    ca_buffer_clear(&hashed);
    code = hash_rows(s, history ? ca_sql_rows_of_history : ca_sql_rows_of_indicators, change,
                     &hashed, error);
    if (code == CA_OK && !history)
        code = hash_rows(s, ca_sql_templates_of_indicators, change, &hashed, error);
    ca_sha256(hashed.data, hashed.length, content);
    ca_buffer_free(&hashed);
    return code;
}

/* The file and its entry, once its rows are written. */
static enum ca_code import_done(struct ca_tables *s, bool history, size_t count,
                                const char *bytes, size_t length, struct ca_error *error)
{
    uint8_t digest[CA_SHA256_SIZE], content[CA_SHA256_SIZE];
    int64_t document;
    enum ca_code code;

    ca_sha256(bytes, length, digest);
    code = ca_tables_add_document(s, digest, bytes, length, &document, error);
    if (code == CA_OK)
        code = ca_tables_hash_import(s, history, s->next.change, content, error);
    if (code == CA_OK)
        code = ca_sql_do(s, error, ca_sql_add_import, "iiib", s->next.change, document,
                         (int64_t)count, content, sizeof content);
    if (code == CA_OK)
        code = ca_tables_enter_stored(s, history ? "history" : "indicators", document, error);
    return code;
}

/* Adds the row that stands at a position of those imported. */
typedef enum ca_code add_row(struct ca_tables *s, const void *rows, size_t position,
                             struct ca_error *error);

static enum ca_code import(struct ca_store *store, bool history, const void *rows, add_row *add,
                           size_t count, const char *document, size_t length,
                           struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);

    if (code != CA_OK)
        return code;
    for (size_t i = 0; i < count && code == CA_OK; i++)
        code = add(s, rows, i, error);
    if (code == CA_OK)
        code = import_done(s, history, count, document, length, error);
    return ca_tables_finish(s, code, error);
}

/* ---- history ---- */

static enum ca_code add_history(struct ca_tables *s, const void *rows, size_t position,
                                struct ca_error *error)
{
    const struct ca_history *row = (const struct ca_history *)rows + position;

    return ca_sql_do(s, error, ca_sql_add_history, "iitttddi", s->next.change,
                     (int64_t)position, row->template_id, row->grade, row->period.id,
                     row->period.from, row->period.to, row->count);
}

enum ca_code ca_tables_import_history(struct ca_store *store, const struct ca_history *rows,
                                      size_t count, const char *document, size_t length,
                                      struct ca_error *error)
{
    return import(store, true, rows, add_history, count, document, length, error);
}

enum ca_code ca_tables_each_history(struct ca_store *store, ca_history_visit visit,
                                    void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_history history;
    struct ca_statement *row = ca_sql(s, error, ca_sql_histories, "");
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        history = (struct ca_history){
            .template_id = ca_sql_word(row, 0),
            .grade = ca_sql_word(row, 1),
            .period = {ca_sql_word(row, 2), ca_sql_date(row, 3), ca_sql_date(row, 4)},
            .count = ca_sql_integer(row, 5)};
        if (!ca_history_fits(&history))
            code = ca_tables_damaged(s, error, "a count of history in it cannot be");
        going = code == CA_OK && visit(context, &history);
    }
    ca_sql_reset(row);
    return code;
}

/* ---- indicators ---- */

static enum ca_code add_indicator(struct ca_tables *s, const void *rows, size_t position,
                                  struct ca_error *error)
{
    const struct ca_indicator *row = (const struct ca_indicator *)rows + position;
    enum ca_code code =
        ca_sql_do(s, error, ca_sql_add_indicator, "iitttddntt", s->next.change,
                  (int64_t)position, row->id, row->label, row->period.id, row->period.from,
                  row->period.to, (int)row->polarity, row->footnote, row->template_id);

    if (code != CA_OK)
        return code;
    if (!row->is_ratio)
        return ca_sql_do(s, error, ca_sql_set_value, "iii", row->value, s->next.change,
                         (int64_t)position);
    return ca_sql_do(s, error, ca_sql_set_ratio, "iiii", row->numerator, row->denominator,
                     s->next.change, (int64_t)position);
}

enum ca_code ca_tables_import_indicators(struct ca_store *store,
                                         const struct ca_indicator *rows, size_t count,
                                         const char *document, size_t length,
                                         struct ca_error *error)
{
    return import(store, false, rows, add_indicator, count, document, length, error);
}

static struct ca_indicator take_indicator(struct ca_statement *row)
{
    int polarity = (int)ca_sql_integer(row, 8);

    return (struct ca_indicator){
        .id = ca_sql_word(row, 0),
        .label = ca_sql_word(row, 1),
        .period = {ca_sql_word(row, 2), ca_sql_date(row, 3), ca_sql_date(row, 4)},
        .is_ratio = ca_sql_type(row, 6) != CA_SQL_NULL,
        .numerator = ca_sql_integer(row, 5),
        .denominator = ca_sql_integer(row, 6),
        .value = ca_sql_integer(row, 7),
        .polarity = polarity >= 0 && polarity <= (int)CA_POLARITY_DOWN
                        ? (enum ca_polarity)polarity
                        : CA_POLARITY_NONE,
        .footnote = ca_sql_text(row, 9),
        .template_id = ca_sql_text(row, 10)};
}

enum ca_code ca_tables_each_indicator(struct ca_store *store, ca_indicator_visit visit,
                                      void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_indicator indicator;
    struct ca_statement *row = ca_sql(s, error, ca_sql_indicators, "");
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        indicator = take_indicator(row);
        if (!ca_indicator_fits(&indicator))
            code = ca_tables_damaged(s, error, "an indicator in it cannot be");
        going = code == CA_OK && visit(context, &indicator);
    }
    ca_sql_reset(row);
    return code;
}
