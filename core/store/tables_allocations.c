/*
 * Who audits which case of a sample. That an auditor has a case is told of in the ledger
 * through a commitment, as the case is, so that it can be erased with it.
 */
#include <string.h>

#include "core/base/array.h"
#include "core/store/tables_draws.h"

/* ---- what is committed to ---- */

/* The hash of all of an allocation that its entry in the ledger vouches for. */
static enum ca_code hash_allocation(struct ca_tables *s, int64_t allocation,
                                    uint8_t content[CA_SHA256_SIZE], struct ca_error *error)
{
    struct ca_buffer hashed = {0};
    enum ca_code code;

    ca_buffer_clear(&hashed);
    code = ca_tables_hash_rows(s, ca_sql_allocation_seals, allocation, &hashed, error);
    ca_sha256(hashed.data, hashed.length, content);
    ca_buffer_free(&hashed);
    return code;
}

enum ca_code ca_tables_check_allocation(struct ca_tables *s, int64_t allocation, bool *good,
                                        struct ca_error *error)
{
    enum { CONTENT = 6 };
    uint8_t content[CA_SHA256_SIZE];
    enum ca_code code = hash_allocation(s, allocation, content, error);
    struct ca_statement *row;

    *good = true;
    if (code != CA_OK)
        return code;
    row = ca_sql(s, error, ca_sql_allocation_row, "i", allocation);
    while (ca_sql_row(s, row, &code, error))
        *good &= ca_sql_length(row, CONTENT) == CA_SHA256_SIZE &&
                 memcmp(ca_sql_blob(row, CONTENT), content, sizeof content) == 0;
    if (code != CA_OK)
        return code;
    row = ca_sql(s, error, ca_sql_allocation_texts, "i", allocation);
    while (ca_sql_row(s, row, &code, error))
        *good &= ca_tables_is_sealed(row, 0);
    return code;
}

/* ---- keeping it ---- */

static enum ca_code add_row(struct ca_tables *s, const void *draw, size_t length,
                            const struct ca_allocated *allocated, struct ca_error *error)
{
    return ca_sql_do(s, error, ca_sql_add_allocation, "ibdtittb", s->next.change, draw, length,
                     allocated->due, allocated->team, allocated->months, allocated->seed,
                     allocated->file_sha256, "", (size_t)0);
}

static enum ca_code add_cases(struct ca_tables *s, const struct ca_allocated *allocated,
                              struct ca_error *error)
{
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < allocated->count && code == CA_OK; i++) {
        const struct ca_allocated_case *one = &allocated->cases[i];
        const struct ca_seal own = ca_tables_seal(one->auditor != NULL ? one->auditor : "", "");
        code = ca_sql_do(s, error, ca_sql_add_allocation_case, "iiibtb", s->next.change,
                         (int64_t)one->place + 1, (int64_t)one->returned,
                         (const void *)own.salt, sizeof own.salt, one->auditor,
                         (const void *)own.commitment, sizeof own.commitment);
    }
    return code;
}

static enum ca_code seal_all(struct ca_tables *s, struct ca_error *error)
{
    uint8_t content[CA_SHA256_SIZE];
    enum ca_code code = hash_allocation(s, s->next.change, content, error);

    return code == CA_OK ? ca_sql_do(s, error, ca_sql_set_allocation_content, "ib",
                                     s->next.change, (const void *)content, sizeof content)
                         : code;
}

/* By what the draw consists of, as an export has it. */
static enum ca_code add_to_draw(struct ca_tables *s, const char *sample,
                                const struct ca_allocated *allocated, struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_draw_content, "t", sample);
    uint8_t draw[CA_SHA256_SIZE] = {0};
    enum ca_code code;

    if (!ca_sql_row(s, row, &code, error))
        return code != CA_OK
                   ? code
                   : ca_fail(error, CA_ERROR_NOT_FOUND, "there is no sample '%s'", sample);
    if (ca_sql_length(row, 0) == sizeof draw)
        memcpy(draw, ca_sql_blob(row, 0), sizeof draw);
    ca_sql_reset(row);
    return add_row(s, draw, sizeof draw, allocated, error);
}

enum ca_code ca_tables_allocate(struct ca_store *store, const char *sample,
                                const struct ca_allocated *allocated, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);

    if (code != CA_OK)
        return code;
    code = add_to_draw(s, sample, allocated, error);
    if (code == CA_OK)
        code = add_cases(s, allocated, error);
    if (code == CA_OK)
        code = seal_all(s, error);
    if (code == CA_OK)
        code = ca_tables_enter_stored(s, "allocate", 0, error);
    return ca_tables_finish(s, code, error);
}

/* ---- reading it ---- */

static const char *copy(struct ca_arena *arena, struct ca_statement *row, int column)
{
    const char *text = ca_sql_text(row, column);

    return text != NULL ? ca_arena_strdup(arena, text) : NULL;
}

static enum ca_code read_cases(struct ca_tables *s, int64_t allocation, struct ca_arena *arena,
                               struct ca_allocated *out, struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_allocation_cases, "i", allocation);
    struct ca_allocated_case *cases = NULL;
    enum ca_code code;

    while (ca_sql_row(s, row, &code, error))
        if (ca_sql_integer(row, 0) >= 1)
            *CA_ARENA_APPEND(arena, cases, out->count) =
                (struct ca_allocated_case){.place = (size_t)ca_sql_integer(row, 0) - 1,
                                           .returned = (int)ca_sql_integer(row, 1) != 0,
                                           .auditor = copy(arena, row, 3)};
    out->cases = cases;
    return code;
}

enum ca_code ca_tables_find_allocated(struct ca_store *store, const char *sample,
                                      struct ca_arena *arena, struct ca_allocated *out,
                                      struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row = ca_sql(s, error, ca_sql_find_allocation, "t", sample);
    struct ca_allocated found;
    enum ca_code code;
    int64_t change;

    if (!ca_sql_row(s, row, &code, error))
        return code != CA_OK ? code
                             : ca_fail(error, CA_ERROR_NOT_FOUND,
                                       "the cases of sample '%s' are not shared out", sample);
    change = ca_sql_integer(row, 0);
    found = (struct ca_allocated){.due = ca_sql_date(row, 1),
                                  .team = copy(arena, row, 2),
                                  .months = ca_sql_integer(row, 3),
                                  .seed = copy(arena, row, 4),
                                  .file_sha256 = copy(arena, row, 5)};
    ca_sql_reset(row);
    code = read_cases(s, change, arena, &found, error);
    if (code == CA_OK)
        *out = found;
    return code;
}
