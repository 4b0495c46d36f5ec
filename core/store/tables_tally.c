/* One result in few bytes, in the order summaries read it: how it is packed. */
#include <string.h>

#include "core/base/pack.h"
#include "core/store/tables.h"

static enum ca_selection selection_of(const char *word)
{
    static const char *const words[] = {"", "random", "targeted", "stratified"};

    for (size_t i = 1; word != NULL && i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0)
            return (enum ca_selection)i;
    return CA_SELECTION_UNKNOWN;
}

/* ---- parts by id ---- */

static enum ca_code resolve_theme(struct ca_tables *s, int64_t template, const char *theme,
                                  bool add, int *out, struct ca_error *error)
{
    *out = -1;
    return theme == NULL
               ? CA_OK
               : ca_tables_part(s, template, CA_PART_THEME, theme, theme, -1, add, out, error);
}

enum ca_code ca_tables_resolve(struct ca_tables *s, int64_t template, const struct ca_record *r,
                               bool add, struct ca_resolved *out, struct ca_error *error)
{
    enum ca_code code = CA_OK;

    out->limits = CA_ARRAY(s->scratch, r->limit_count, int);
    for (size_t i = 0; i < r->limit_count && code == CA_OK; i++)
        code = ca_tables_part(s, template, CA_PART_LIMIT, r->limits[i].id, r->limits[i].reason,
                              r->limits[i].to, add, &out->limits[i], error);
    out->alerts = CA_ARRAY(s->scratch, r->alert_count, int);
    for (size_t i = 0; i < r->alert_count && code == CA_OK; i++)
        code = ca_tables_part(s, template, CA_PART_ALERT, r->alerts[i].id, r->alerts[i].message,
                              r->alerts[i].severity, add, &out->alerts[i], error);
    out->measures = CA_ARRAY(s->scratch, r->measure_count, int);
    for (size_t i = 0; i < r->measure_count && code == CA_OK; i++)
        code = ca_tables_part(s, template, CA_PART_MEASURE, r->measures[i].id,
                              r->measures[i].label != NULL ? r->measures[i].label
                                                           : r->measures[i].id,
                              r->measures[i].mean, add, &out->measures[i], error);
    out->themes = CA_ARRAY(s->scratch, r->finding_count, int);
    for (size_t i = 0; i < r->finding_count && code == CA_OK; i++)
        code = resolve_theme(s, template, r->findings[i].theme, add, &out->themes[i], error);
    out->action_themes = CA_ARRAY(s->scratch, r->action_count, int);
    for (size_t i = 0; i < r->action_count && code == CA_OK; i++)
        code =
            resolve_theme(s, template, r->actions[i].theme, add, &out->action_themes[i], error);
    return code;
}

/* ---- packing ---- */

static void pack_ints(struct ca_buffer *out, const int *values, size_t count)
{
    ca_pack_int(out, (int64_t)count);
    for (size_t i = 0; i < count; i++)
        ca_pack_int(out, values[i]);
}

void ca_tables_pack_facts(struct ca_buffer *out, const struct ca_record *r,
                          const struct ca_resolved *resolved)
{
    const int head[] = {r->grade,
                        r->computed,
                        r->recomputed,
                        r->judged,
                        r->moderated,
                        r->cap,
                        (int)selection_of(r->selection)};

    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        ca_pack_int(out, head[i]);
    ca_pack_int(out, (int64_t)r->section_count);
    for (size_t i = 0; i < r->section_count; i++) {
        ca_pack_int(out, r->sections[i].section);
        ca_pack_int(out, r->sections[i].agency);
        ca_pack_int(out, r->sections[i].grade);
    }
    ca_pack_int(out, (int64_t)r->agency_count);
    for (size_t i = 0; i < r->agency_count; i++) {
        ca_pack_int(out, r->agencies[i].agency);
        ca_pack_int(out, r->agencies[i].grade);
        ca_pack_int(out, r->agencies[i].judged);
    }
    ca_pack_int(out, (int64_t)r->measure_count);
    for (size_t i = 0; i < r->measure_count; i++) {
        ca_pack_int(out, resolved->measures[i]);
        ca_pack_int(out, r->measures[i].numerator);
        ca_pack_int(out, r->measures[i].denominator);
    }
    pack_ints(out, resolved->alerts, r->alert_count);
    pack_ints(out, resolved->limits, r->limit_count);
    ca_pack_int(out, (int64_t)r->finding_count);
    for (size_t i = 0; i < r->finding_count; i++) {
        ca_pack_int(out, resolved->themes[i]);
        ca_pack_int(out, r->findings[i].strength);
    }
    ca_pack_int(out, (int64_t)r->attribute_count);
    for (size_t i = 0; i < r->attribute_count; i++) {
        ca_pack_int(out, r->attributes[i].attribute);
        ca_pack_text(out, r->attributes[i].value);
    }
}

/* ---- actions: the only part of a result that goes on changing ---- */

static void pack_date(struct ca_buffer *out, ca_date date)
{
    /* Days from 2000-01-01 are shorter; 0 is none. */
    const int64_t epoch = 10957;

    ca_pack_int(out, date == CA_NO_DATE ? 0 : date >= epoch ? date - epoch + 1 : date - epoch);
}

static void pack_action(struct ca_buffer *out, ca_date due, ca_date completed, bool verified)
{
    pack_date(out, due);
    pack_date(out, completed);
    ca_pack_int(out, verified);
}

enum ca_code ca_tables_pack_actions(struct ca_tables *s, int64_t result, struct ca_buffer *out,
                                    struct ca_error *error)
{
    struct ca_statement *row = ca_sql(s, error, ca_sql_action_dates, "i", result);
    enum ca_code code;

    ca_buffer_clear(out);
    while (ca_sql_row(s, row, &code, error))
        pack_action(out, ca_sql_date(row, 0), ca_sql_date(row, 1), ca_sql_integer(row, 2) != 0);
    return code;
}

/* ---- which results count ---- */

enum ca_code ca_tables_uncount(struct ca_tables *s, int64_t result, int64_t template,
                               struct ca_error *error)
{
    enum ca_code code = ca_sql_do(s, error, ca_sql_uncount, "ii", result, template);

    return code == CA_OK ? ca_sql_do(s, error, ca_sql_take_back, "i", result) : code;
}

static enum ca_code count(struct ca_tables *s, int64_t result, int64_t template,
                          ca_date audit_date, const void *facts, size_t length,
                          const struct ca_buffer *actions, struct ca_error *error)
{
    return ca_sql_do(s, error, ca_sql_count, "idibb", template, audit_date, result, facts,
                     length, actions->data != NULL ? actions->data : "", actions->length);
}

enum ca_code ca_tables_count(struct ca_tables *s, int64_t result, int64_t template,
                             ca_date audit_date, const void *facts, size_t length,
                             struct ca_error *error)
{
    struct ca_buffer actions = {0};
    enum ca_code code = ca_tables_pack_actions(s, result, &actions, error);

    if (code == CA_OK)
        code = count(s, result, template, audit_date, facts, length, &actions, error);
    ca_buffer_free(&actions);
    return code;
}

enum ca_code ca_tables_count_new(struct ca_tables *s, const struct ca_result_keys *keys,
                                 const struct ca_record *record, const struct ca_buffer *facts,
                                 struct ca_error *error)
{
    struct ca_buffer actions = {0};
    enum ca_code code;

    for (size_t i = 0; i < record->action_count; i++)
        pack_action(&actions, record->actions[i].due, record->actions[i].completed,
                    record->actions[i].verified_by != NULL);
    code = count(s, keys->result, keys->template, record->audit_date, facts->data,
                 facts->length, &actions, error);
    ca_buffer_free(&actions);
    return code;
}

/* ---- facts without what is erased ---- */

static void skip(struct ca_unpack *in, size_t count)
{
    for (size_t i = 0; i < count; i++)
        (void)ca_unpack_int(in);
}

bool ca_tables_strip_facts(const void *facts, size_t length, const bool *kept, size_t known,
                           struct ca_buffer *out)
{
    /* Integers each row of sections, agencies, measures, alerts, limits and themes has. */
    static const size_t widths[] = {3, 3, 3, 1, 1, 2};
    struct ca_unpack in = {facts, (const char *)facts + length, true};
    struct ca_buffer attributes = {0};
    size_t count, left = 0;

    skip(&in, 7);
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        skip(&in, ca_unpack_count(&in) * widths[i]);
    ca_buffer_clear(out);
    ca_buffer_add(out, facts, (size_t)(in.at - (const char *)facts));
    count = ca_unpack_count(&in);
    for (size_t i = 0; i < count && in.good; i++) {
        int64_t attribute = ca_unpack_range(&in, 0, (int64_t)known - 1);
        const char *value = ca_unpack_text(&in);
        if (!in.good || !kept[attribute])
            continue;
        left++;
        ca_pack_int(&attributes, attribute);
        ca_pack_text(&attributes, value);
    }
    ca_pack_int(out, (int64_t)left);
    ca_buffer_add(out, attributes.data, attributes.length);
    ca_buffer_free(&attributes);
    return in.good;
}
