/* Templates as stored, with all their parts. */
#include "core/base/json.h"
#include "core/store/tables_query.h"

const char *ca_tables_names(const struct ca_query *query, struct ca_buffer *names)
{
    ca_buffer_clear(names);
    if (query->template_count == 0)
        return NULL;
    ca_json_open(names, '[');
    for (size_t i = 0; i < query->template_count; i++)
        ca_json_string(names, query->template_ids[i]);
    ca_json_close(names, ']');
    return names->data;
}

/* ---- parts ---- */

/* How many parts of each kind there are, so that arrays have their size at once. */
static enum ca_code count_parts(struct ca_tables *s, int64_t key, size_t counts[CA_PART_COUNT],
                                struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_count_parts, "i", key);
    enum ca_code code;

    for (int kind = 0; kind < CA_PART_COUNT; kind++)
        counts[kind] = 0;
    while (ca_sql_row(s, row, &code, error)) {
        int64_t kind = ca_sql_integer(row, 0), count = ca_sql_integer(row, 1);
        if (kind >= 0 && kind < CA_PART_COUNT && count >= 0 && count < 100000)
            counts[kind] = (size_t)count;
    }
    return code;
}

static const char *keep(struct ca_arena *arena, struct ca_statement *row, int column)
{
    const char *text = ca_sql_text(row, column);

    return text != NULL ? ca_arena_strdup(arena, text) : NULL;
}

/* What is never NULL in a store that caseaudit made, and may be in any other. */
static const char *keep_word(struct ca_arena *arena, struct ca_statement *row, int column)
{
    return ca_arena_strdup(arena, ca_sql_word(row, column));
}

static void take_grade(struct ca_arena *arena, struct ca_statement *row,
                       struct ca_stored_grade *out)
{
    *out = (struct ca_stored_grade){.id = keep_word(arena, row, 2),
                                    .label = keep_word(arena, row, 3),
                                    .abbrev = keep(arena, row, 6),
                                    .score = (int)ca_sql_integer(row, 7),
                                    .from = (int)ca_sql_integer(row, 8),
                                    .positive = (int)ca_sql_integer(row, 9) != 0};
}

static void take_part(struct ca_arena *arena, struct ca_statement *row, bool section,
                      struct ca_stored_part *out)
{
    *out = (struct ca_stored_part){.id = keep_word(arena, row, 2),
                                   .label = keep_word(arena, row, 3),
                                   .parent = ca_sql_small(row, 4),
                                   .detail = ca_sql_small(row, 5),
                                   .apart = section && ca_sql_small(row, 5) == 1,
                                   .tag = keep(arena, row, 6),
                                   .added = ca_sql_integer(row, 10) != 0};
}

static struct ca_stored_part *room(struct ca_arena *arena, struct ca_stored_parts *parts,
                                   size_t count)
{
    struct ca_stored_part *items = CA_ARRAY(arena, count, struct ca_stored_part);

    for (size_t i = 0; i < count; i++)
        items[i] = (struct ca_stored_part){.id = "", .label = "", .parent = -1, .detail = -1};
    *parts = (struct ca_stored_parts){items, count};
    return items;
}

/*
 * Of what kind the part is that a part belongs to, and before which place it stands: a section
 * before the sections within, so that no way up is a circle. What belongs to none has none.
 */
static bool parent_fits(int64_t kind, int64_t position, int parent,
                        const size_t counts[CA_PART_COUNT])
{
    switch (kind) {
    case CA_PART_SECTION: return parent < position;
    case CA_PART_STANDARD:
    case CA_PART_LIMIT: return parent < (int64_t)counts[CA_PART_SECTION];
    case CA_PART_MEASURE: return parent < (int64_t)counts[CA_PART_STANDARD];
    case CA_PART_VALUE: return parent < (int64_t)counts[CA_PART_ATTRIBUTE];
    default: return true;
    }
}

static enum ca_code read_parts(struct ca_tables *s, struct ca_arena *arena,
                               struct ca_stored_template *t, struct ca_error *error)
{
    struct ca_stored_parts *const places[CA_PART_COUNT] = {
        NULL,       &t->sections, &t->standards, &t->agencies, &t->attributes,
        &t->themes, &t->measures, &t->alerts,    &t->limits,   &t->values};
    struct ca_stored_part *items[CA_PART_COUNT] = {NULL};
    struct ca_stored_grade *grades;
    size_t counts[CA_PART_COUNT];
    struct ca_statement *row;
    enum ca_code code;

    if (count_parts(s, t->key, counts, error) != CA_OK)
        return error->code;
    for (int kind = 1; kind < CA_PART_COUNT; kind++)
        items[kind] = room(arena, places[kind], counts[kind]);
    t->grades = grades = CA_ARRAY(arena, counts[CA_PART_GRADE], struct ca_stored_grade);
    for (size_t i = 0; i < counts[CA_PART_GRADE]; i++)
        grades[i] = (struct ca_stored_grade){.id = "", .label = ""};
    t->grade_count = counts[CA_PART_GRADE];
    row = ca_sql(s, error, ca_sql_parts, "i", t->key);
    while (ca_sql_row(s, row, &code, error)) {
        int64_t kind = ca_sql_integer(row, 0), position = ca_sql_integer(row, 1);
        if (kind < 0 || kind >= CA_PART_COUNT || position < 0 ||
            (size_t)position >= counts[kind])
            continue;
        if (kind == CA_PART_GRADE)
            take_grade(arena, row, &grades[position]);
        else
            take_part(arena, row, kind == CA_PART_SECTION, &items[kind][position]);
        if (!parent_fits(kind, position,
                         items[kind] != NULL ? items[kind][position].parent : -1, counts)) {
            ca_sql_reset(row);
            return ca_tables_damaged(s, error, "the parts of a template do not fit together");
        }
    }
    return code;
}

/* ---- templates ---- */

static void take_template(struct ca_arena *arena, struct ca_statement *row,
                          struct ca_stored_template *t)
{
    *t = (struct ca_stored_template){.key = ca_sql_integer(row, 0),
                                     .id = keep_word(arena, row, 1),
                                     .version = keep_word(arena, row, 2),
                                     .framework = keep_word(arena, row, 3),
                                     .title = keep_word(arena, row, 4),
                                     .unit = keep_word(arena, row, 5),
                                     .out_of = (int)ca_sql_integer(row, 6),
                                     .judged = (int)ca_sql_integer(row, 7) != 0,
                                     .effective_from = ca_sql_date(row, 8),
                                     .effective_to = ca_sql_date(row, 9),
                                     .retired_on = ca_sql_date(row, 10),
                                     .loaded = keep_word(arena, row, 11),
                                     .audits = ca_sql_integer(row, 12)};
}

static enum ca_code count_templates(struct ca_tables *s, int64_t *count, struct ca_error *error)
{
    return ca_sql_number(s, error, 0, count, ca_sql_count_templates, "");
}

enum ca_code ca_tables_templates(struct ca_store *store, const struct ca_query *query,
                                 struct ca_arena *arena, struct ca_stored_template **out,
                                 size_t *count, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_stored_template *templates;
    struct ca_buffer names = {0};
    struct ca_statement *row;
    int64_t most;
    size_t n = 0;
    enum ca_code code = CA_OK; /* of none, too */

    if (count_templates(s, &most, error) != CA_OK)
        return error->code;
    templates = CA_ARRAY(arena, (size_t)most, struct ca_stored_template);
    row = ca_sql(s, error, ca_sql_list_templates, "ttt", ca_tables_names(query, &names),
                 query->version, query->framework);
    while (n < (size_t)most && ca_sql_row(s, row, &code, error))
        take_template(arena, row, &templates[n++]);
    ca_sql_reset(row);
    ca_buffer_free(&names);
    if (code != CA_OK)
        return code;
    for (size_t i = 0; i < n; i++)
        if (read_parts(s, arena, &templates[i], error) != CA_OK)
            return error->code;
    *out = templates;
    *count = n;
    return CA_OK;
}
