/*
 * Cases erased from samples: ids, what is kept of them, why they were replaced, and whose they
 * are to audit. The list's fingerprints go with them, for with all other cases at hand the last
 * could be found by trying.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/json.h"
#include "core/store/tables_draws.h"

/* Places of one draw that go. */
struct places {
    int64_t draw, count;
    char *json;
};

struct forgetting {
    struct ca_tables *s;
    const struct ca_erasing *what;
    struct places *draws;
    size_t count;
    struct ca_error *error;
};

static enum ca_code find_places(struct forgetting *f)
{
    const struct ca_erasing *what = f->what;
    struct ca_buffer ids = {0};
    enum ca_code code;
    struct ca_statement *row;

    ca_json_open(&ids, '[');
    for (size_t i = 0; i < what->count; i++)
        ca_json_string(&ids, what->return_ids[i]);
    ca_json_close(&ids, ']');
    row = ca_sql(f->s, f->error, ca_sql_sampled, "ttd", ids.data, what->case_ref,
                 what->drawn_until);
    while (ca_sql_row(f->s, row, &code, f->error))
        *CA_APPEND(f->draws, f->count) = (struct places){
            ca_sql_integer(row, 0), ca_sql_integer(row, 2), ca_xstrdup(ca_sql_word(row, 1))};
    ca_buffer_free(&ids);
    return code;
}

static enum ca_code forget(struct forgetting *f, const struct places *places)
{
    static const char *const statements[] = {ca_sql_forget_cases, ca_sql_forget_reasons,
                                             ca_sql_forget_auditors};
    struct ca_tables *s = f->s;
    enum ca_code code = ca_sql_do(s, f->error, ca_sql_forget_list, "i", places->draw);

    for (size_t i = 0; i < sizeof statements / sizeof *statements && code == CA_OK; i++)
        code = ca_sql_do(s, f->error, statements[i], "it", places->draw, places->json);
    if (code == CA_OK)
        code = ca_sql_do(s, f->error, ca_sql_tell_forgotten, "iit", s->next.change,
                         places->draw, places->json);
    return code == CA_OK ? ca_tables_enter_stored(s, "forget", 0, f->error) : code;
}

static void end(struct forgetting *f)
{
    for (size_t i = 0; i < f->count; i++)
        free(f->draws[i].json);
    free(f->draws);
}

enum ca_code ca_tables_forget_cases(struct ca_tables *s, const struct ca_erasing *what,
                                    struct ca_error *error)
{
    struct forgetting f = {.s = s, .what = what, .error = error};
    enum ca_code code = find_places(&f);

    for (size_t i = 0; i < f.count && code == CA_OK; i++)
        code = forget(&f, &f.draws[i]);
    end(&f);
    return code;
}

enum ca_code ca_tables_count_sampled(struct ca_store *store, const struct ca_erasing *what,
                                     size_t *count, struct ca_error *error)
{
    struct forgetting f = {.s = ca_tables_of(store), .what = what, .error = error};
    enum ca_code code = find_places(&f);

    *count = 0;
    for (size_t i = 0; i < f.count; i++)
        *count += (size_t)f.draws[i].count;
    end(&f);
    return code;
}
