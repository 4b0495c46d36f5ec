/*
 * Samples: drawn, and cases replaced. What tells of a person (the ids, what is kept of a case,
 * why it was replaced, the list's fingerprints) enters the ledger only through commitments, so
 * that one case can be erased and all others still hold.
 */
#include "core/store/tables_draws.h"

#include <string.h>

#include "core/base/json.h"

struct ca_seal ca_tables_seal(const char *subject, const char *detail)
{
    struct ca_seal out;

    ca_chain_salt(out.salt);
    ca_chain_commitment(out.salt, subject, detail, out.commitment);
    return out;
}

/* ---- what is committed to ---- */

enum ca_code ca_tables_hash_rows(struct ca_tables *s, const char *sql, int64_t change,
                                 struct ca_buffer *hashed, struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, sql, "i", change);
    enum ca_code code;

    while (ca_sql_row(s, row, &code, error))
        ca_tables_hash_row(hashed, row);
    return code;
}

/* The hash of all of a draw that its entry in the ledger vouches for. */
static enum ca_code hash_draw(struct ca_tables *s, int64_t draw,
                              uint8_t content[CA_SHA256_SIZE], struct ca_error *error)
{
    struct ca_buffer hashed = {0};
    enum ca_code code;

    ca_buffer_clear(&hashed);
    code = ca_tables_hash_rows(s, ca_sql_draw_strata, draw, &hashed, error);
    if (code == CA_OK)
        code = ca_tables_hash_rows(s, ca_sql_draw_seals, draw, &hashed, error);
    ca_sha256(hashed.data, hashed.length, content);
    ca_buffer_free(&hashed);
    return code;
}

bool ca_tables_is_sealed(struct ca_statement *row, int column)
{
    const uint8_t *salt = ca_sql_blob(row, column);
    const char *subject = ca_sql_text(row, column + 1), *detail = ca_sql_text(row, column + 2);
    uint8_t commitment[CA_SHA256_SIZE];

    if (salt == NULL)
        return subject == NULL && detail == NULL;
    if (ca_sql_length(row, column) != CA_SALT_SIZE ||
        ca_sql_length(row, column + 3) != CA_SHA256_SIZE)
        return false;
    ca_chain_commitment(salt, subject != NULL ? subject : "", detail != NULL ? detail : "",
                        commitment);
    return memcmp(commitment, ca_sql_blob(row, column + 3), sizeof commitment) == 0;
}

enum ca_code ca_tables_check_draw(struct ca_tables *s, int64_t draw, bool *good,
                                  struct ca_error *error)
{
    enum { SALT = 16, CONTENT = 20, CASE_SALT = 3 };
    uint8_t content[CA_SHA256_SIZE];
    enum ca_code code = hash_draw(s, draw, content, error);
    struct ca_statement *row;

    *good = true;
    if (code != CA_OK)
        return code;
    row = ca_sql(s, error, ca_sql_draw_row, "i", draw);
    while (ca_sql_row(s, row, &code, error))
        *good &= ca_tables_is_sealed(row, SALT) &&
                 ca_sql_length(row, CONTENT) == CA_SHA256_SIZE &&
                 memcmp(ca_sql_blob(row, CONTENT), content, sizeof content) == 0;
    if (code != CA_OK)
        return code;
    row = ca_sql(s, error, ca_sql_draw_cases, "i", draw);
    while (ca_sql_row(s, row, &code, error))
        *good &= ca_tables_is_sealed(row, CASE_SALT);
    return code;
}

/* ---- a draw ---- */

static const char *write_texts(struct ca_buffer *out, const char *const *texts, size_t count)
{
    ca_buffer_clear(out);
    ca_json_open(out, '[');
    for (size_t i = 0; i < count; i++)
        ca_json_string(out, texts[i]);
    ca_json_close(out, ']');
    return out->data;
}

static enum ca_code add_strata(struct ca_tables *s, const struct ca_sample *sample,
                               struct ca_error *error)
{
    struct ca_buffer value = {0};
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < sample->stratum_count && code == CA_OK; i++) {
        const struct ca_sample_stratum *stratum = &sample->strata[i];
        code =
            ca_sql_do(s, error, ca_sql_add_draw_stratum, "iitiii", s->next.change, (int64_t)i,
                      write_texts(&value, stratum->values, sample->rule.stratify_count),
                      stratum->cases, stratum->seats, stratum->reserve);
    }
    ca_buffer_free(&value);
    return code;
}

static enum ca_code add_cases(struct ca_tables *s, const struct ca_sample *sample,
                              struct ca_error *error)
{
    struct ca_buffer kept = {0};
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < sample->case_count && code == CA_OK; i++) {
        const struct ca_sample_case *one = &sample->cases[i];
        const bool out = one->role == CA_SAMPLE_LEFT_OUT;
        struct ca_seal own;
        write_texts(&kept, one->kept, one->kept != NULL ? sample->rule.keep_count : 0);
        own = ca_tables_seal(one->id, kept.data);
        code = ca_sql_do(s, error, ca_sql_add_draw_case, "iinnbttb", s->next.change,
                         (int64_t)i + 1, (int)one->role, out ? -1 : (int)one->stratum,
                         (const void *)own.salt, sizeof own.salt, one->id, kept.data,
                         (const void *)own.commitment, sizeof own.commitment);
    }
    ca_buffer_free(&kept);
    return code;
}

/* What was not asked for is NULL. */
static int asked_for(int64_t number)
{
    return number > 0 ? (int)number : -1;
}

static enum ca_code add_row(struct ca_tables *s, const struct ca_sample *sample,
                            struct ca_error *error)
{
    const struct ca_sample_rule *rule = &sample->rule;
    const struct ca_seal prints = ca_tables_seal(sample->file_sha256, sample->frame_sha256);
    const bool timed = sample->period.id != NULL;
    struct ca_buffer stratify = {0}, keep = {0};
    enum ca_code code = ca_sql_do(
        s, error, ca_sql_add_draw, "ittdtddttttnnnniibttbb", s->next.change, sample->name,
        sample->template_id, sample->on, sample->period.id,
        timed ? sample->period.from : CA_NO_DATE, timed ? sample->period.to : CA_NO_DATE,
        rule->seed, rule->id, write_texts(&stratify, rule->stratify, rule->stratify_count),
        write_texts(&keep, rule->keep, rule->keep_count), asked_for(rule->size),
        asked_for(rule->percent), (int)rule->each_stratum, asked_for(rule->recent),
        rule->reserve, sample->population, (const void *)prints.salt, sizeof prints.salt,
        sample->file_sha256, sample->frame_sha256, (const void *)prints.commitment,
        sizeof prints.commitment, "", (size_t)0);

    ca_buffer_free(&stratify);
    ca_buffer_free(&keep);
    return code;
}

static enum ca_code seal_draw(struct ca_tables *s, struct ca_error *error)
{
    uint8_t content[CA_SHA256_SIZE];
    enum ca_code code = hash_draw(s, s->next.change, content, error);

    return code == CA_OK ? ca_sql_do(s, error, ca_sql_set_draw_content, "ib", s->next.change,
                                     (const void *)content, sizeof content)
                         : code;
}

static enum ca_code find_draw(struct ca_tables *s, const char *name, int64_t *draw,
                              struct ca_error *error)
{
    return ca_sql_number(s, error, 0, draw, ca_sql_find_draw, "t", name);
}

enum ca_code ca_tables_add_sample(struct ca_store *store, const struct ca_sample *sample,
                                  struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);
    int64_t there = 0;

    if (code != CA_OK)
        return code;
    code = find_draw(s, sample->name, &there, error);
    if (code == CA_OK && there > 0)
        code =
            ca_fail(error, CA_ERROR_DATA,
                    "there is a sample '%s' already; a sample is drawn once, and another one "
                    "has another name",
                    sample->name);
    if (code == CA_OK)
        code = add_row(s, sample, error);
    if (code == CA_OK)
        code = add_strata(s, sample, error);
    if (code == CA_OK)
        code = add_cases(s, sample, error);
    if (code == CA_OK)
        code = seal_draw(s, error);
    if (code == CA_OK)
        code = ca_tables_enter_stored(s, "draw", 0, error);
    return ca_tables_finish(s, code, error);
}

/* ---- a case replaced ---- */

/* A case that is returned stays. */
static enum ca_code refuse_returned(struct ca_tables *s, const char *name, int64_t place,
                                    struct ca_error *error)
{
    int64_t returned = 0;
    enum ca_code code =
        ca_sql_number(s, error, 0, &returned, ca_sql_count_returned, "ti", name, place);

    if (code == CA_OK && returned > 0)
        code = ca_fail(error, CA_ERROR_DATA,
                       "the case is returned: an audit of it is in the store, and so it stays "
                       "in the sample");
    return code;
}

enum ca_code ca_tables_replace_case(struct ca_store *store, const char *name,
                                    const struct ca_sample_replacement *replacement,
                                    struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    const int64_t place = (int64_t)replacement->place + 1, by = (int64_t)replacement->by + 1;
    const struct ca_seal own = ca_tables_seal("why", replacement->why);
    enum ca_code code = ca_tables_begin(s, error);
    int64_t draw = 0;

    if (code != CA_OK)
        return code;
    code = find_draw(s, name, &draw, error);
    if (code == CA_OK)
        code = refuse_returned(s, name, place, error);
    if (code == CA_OK)
        code = ca_sql_do(s, error, ca_sql_replace_case, "iiiibtb", s->next.change, draw, place,
                         by, (const void *)own.salt, sizeof own.salt, replacement->why,
                         (const void *)own.commitment, sizeof own.commitment);
    if (code == CA_OK)
        code = ca_tables_enter_stored(s, "replace", 0, error);
    return ca_tables_finish(s, code, error);
}
