/* Audits found and shown, withdrawn and restored. */
#include <string.h>

#include "core/base/array.h"
#include "core/base/code.h"
#include "core/base/suggest.h"
#include "core/store/tables_audit.h"
#include "core/store/tables_query.h"

/* ---- listing ---- */

/* Grades that were met, so that each is looked up once. */
struct grades {
    struct ca_tables *s;
    struct ca_arena *arena;
    struct met_grade {
        int64_t template;
        int grade;
        const char *id;
    } * items;
    size_t count;
};

static const char *grade_id(struct grades *grades, int64_t template, int grade)
{
    struct met_grade *met;
    struct ca_error error;
    enum ca_code code;
    struct ca_statement *row;

    for (size_t i = 0; i < grades->count; i++)
        if (grades->items[i].template == template && grades->items[i].grade == grade)
            return grades->items[i].id;
    met = CA_ARENA_APPEND(grades->arena, grades->items, grades->count);
    *met = (struct met_grade){template, grade, NULL};
    row = ca_sql(grades->s, &error, ca_sql_grade_id, "in", template, grade);
    if (grade >= 0 && ca_sql_row(grades->s, row, &code, &error))
        met->id = ca_arena_strdup(grades->arena, ca_sql_word(row, 0));
    ca_sql_reset(row);
    return met->id;
}

static struct ca_stored_audit take_audit(struct grades *grades, struct ca_statement *row)
{
    return (struct ca_stored_audit){
        .return_id = ca_sql_word(row, 0),
        .template_id = ca_sql_word(row, 1),
        .template_version = ca_sql_word(row, 2),
        .audit_date = ca_sql_date(row, 3),
        .revision = (int)ca_sql_integer(row, 4),
        .grade = grade_id(grades, ca_sql_integer(row, 5), ca_sql_small(row, 9)),
        .case_ref = ca_sql_text(row, 6),
        .auditor = ca_sql_text(row, 7),
        .erased = ca_sql_type(row, 8) != CA_SQL_NULL,
        .moderated = (int)ca_sql_integer(row, 10) != 0,
        .withdrawn = ca_sql_text(row, 11)};
}

enum ca_code ca_tables_each_audit(struct ca_store *store, const struct ca_audit_filter *filter,
                                  ca_audit_visit visit, void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_buffer names = {0};
    struct ca_stored_audit audit;
    const bool one = filter->return_id != NULL;
    const char *const statements[2][2] = {{ca_sql_list_audits, ca_sql_list_counted_one},
                                          {ca_sql_list_withdrawn, ca_sql_list_withdrawn_one}};
    struct ca_statement *row = ca_sql(s, error, statements[filter->withdrawn][one], "tttddtttt",
                                      CA_QUERY_VALUES(&filter->query, &names), filter->case_ref,
                                      filter->auditor, filter->grade, filter->return_id);
    struct grades grades = {.s = s, .arena = ca_arena_new()};
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        audit = take_audit(&grades, row);
        going = visit(context, &audit);
    }
    ca_arena_free(grades.arena);
    ca_buffer_free(&names);
    ca_sql_reset(row);
    return code;
}

/* ---- one of them ---- */

enum { IDS_COMPARED = 10000, IDS_SHOWN = 12 };

/* The id that may be meant, or those there are, where they are few. */
static enum ca_code no_such_return(struct ca_tables *s, const char *return_id,
                                   struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_return_ids, "");
    struct ca_arena *arena = ca_arena_new();
    const char **ids = NULL, *there;
    enum ca_code code;
    size_t count = 0;

    while (ca_sql_row(s, row, &code, error))
        if (count < IDS_COMPARED)
            *CA_ARENA_APPEND(arena, ids, count) = ca_arena_strdup(arena, ca_sql_word(row, 0));
    there = code == CA_OK ? ca_did_you_mean(arena, return_id, ids, count) : "";
    for (size_t i = 0; i < count && *there == '\0'; i++)
        if (ca_same_code(ids[i], return_id))
            there = ca_arena_printf(arena, "; did you mean '%s'?", ids[i]);
    if (*there == '\0' && count > 0 && count <= IDS_SHOWN)
        for (size_t i = 0; i < count; i++)
            there =
                ca_arena_printf(arena, "%s%s'%s'", there, i > 0 ? ", " : "; it has ", ids[i]);
    if (code == CA_OK)
        code = ca_fail(error, CA_ERROR_NOT_FOUND, "there is no return '%s' in the store%s",
                       return_id, there);
    ca_arena_free(arena);
    return code;
}

enum ca_code ca_tables_find_audit(struct ca_tables *s, const char *return_id,
                                  struct ca_found_audit *out, struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_find_audit, "t", return_id);
    enum ca_code code;

    if (!ca_sql_row(s, row, &code, error))
        return code != CA_OK ? code : no_such_return(s, return_id, error);
    *out = (struct ca_found_audit){.audit = ca_sql_integer(row, 0),
                                   .latest = ca_sql_integer(row, 1),
                                   .erased = ca_sql_type(row, 2) != CA_SQL_NULL,
                                   .template = ca_sql_integer(row, 3),
                                   .audit_date = ca_sql_date(row, 4),
                                   .withdrawn = (int)ca_sql_integer(row, 5) != 0};
    const int facts = out->withdrawn ? 6 : 7;
    const char *bytes = ca_sql_blob(row, facts);
    ca_buffer_add(&out->facts, bytes != NULL ? bytes : "", ca_sql_length(row, facts));
    ca_sql_reset(row);
    if (!out->erased)
        return CA_OK;
    ca_buffer_free(&out->facts);
    return ca_fail(error, CA_ERROR_DATA,
                   "'%s' was erased: what is left of it is counted, and cannot be shown or "
                   "changed",
                   return_id);
}

enum ca_code ca_tables_find_return(struct ca_store *store, const char *return_id, int revision,
                                   ca_return_visit visit, void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_found_audit found;
    struct ca_stored_return stored;
    struct ca_statement *row;
    enum ca_code code = ca_tables_find_audit(s, return_id, &found, error);

    if (code != CA_OK)
        return code;
    ca_buffer_free(&found.facts);
    row = ca_sql(s, error, ca_sql_find_return, "ti", return_id, (int64_t)revision);
    if (!ca_sql_row(s, row, &code, error))
        return code != CA_OK ? code
                             : ca_fail(error, CA_ERROR_NOT_FOUND,
                                       "return '%s' has no revision %d", return_id, revision);
    stored = ca_tables_take_return(row);
    stored.at = ca_sql_word(row, 9);
    stored.who = ca_sql_word(row, 10);
    (void)visit(context, &stored);
    ca_sql_reset(row);
    return CA_OK;
}

enum ca_code ca_tables_each_change_of(struct ca_store *store, const char *return_id,
                                      ca_change_visit visit, void *context,
                                      struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_found_audit found;
    struct ca_stored_change change;
    struct ca_statement *row;
    bool going = true;
    enum ca_code code = ca_tables_find_audit(s, return_id, &found, error);

    if (code != CA_OK)
        return code;
    ca_buffer_free(&found.facts);
    row = ca_sql(s, error, ca_sql_changes_of, "i", found.audit);
    while (going && ca_sql_row(s, row, &code, error)) {
        change = ca_tables_take_change(row);
        going = visit(context, &change);
    }
    ca_sql_reset(row);
    return code;
}

enum ca_code ca_tables_each_difference(struct ca_store *store, const char *return_id,
                                       int revision, ca_difference_visit visit, void *context,
                                       struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row =
        ca_sql(s, error, ca_sql_differences, "ti", return_id, (int64_t)revision);
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error))
        going = visit(context, ca_sql_word(row, 0), ca_sql_text(row, 1), ca_sql_text(row, 2));
    ca_sql_reset(row);
    return code;
}

/* ---- withdrawing ---- */

static enum ca_code move_aside(struct ca_tables *s, const struct ca_found_audit *found,
                               const char *why, struct ca_error *error)
{
    enum ca_code code = ca_tables_uncount(s, found->latest, found->template, error);

    if (code != CA_OK)
        return code;
    if (why != NULL)
        return ca_sql_do(s, error, ca_sql_set_aside, "ib", found->latest, found->facts.data,
                         found->facts.length);
    return ca_tables_count(s, found->latest, found->template, found->audit_date,
                           found->facts.data, found->facts.length, error);
}

static enum ca_code withdraw(struct ca_tables *s, const char *return_id, const char *why,
                             struct ca_error *error)
{
    struct ca_found_audit found;
    enum ca_code code = ca_tables_find_audit(s, return_id, &found, error);

    if (code != CA_OK)
        return code;
    if (found.withdrawn == (why != NULL))
        code = ca_fail(error, CA_ERROR_DATA, "return '%s' is %s", return_id,
                       why != NULL ? "withdrawn already" : "not withdrawn");
    if (code == CA_OK)
        code = move_aside(s, &found, why, error);
    if (code == CA_OK)
        code =
            ca_sql_do(s, error, ca_sql_add_withdrawal, "iit", s->next.change, found.audit, why);
    if (code == CA_OK)
        code = ca_tables_enter_stored(s, why != NULL ? "withdraw" : "restore", 0, error);
    ca_buffer_free(&found.facts);
    return code;
}

enum ca_code ca_tables_withdraw(struct ca_store *store, const char *return_id, const char *why,
                                struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);

    return code == CA_OK ? ca_tables_finish(s, withdraw(s, return_id, why, error), error)
                         : code;
}
