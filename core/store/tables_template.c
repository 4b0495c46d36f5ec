/* Templates: every version's document, and its parts as rows. */
#include <string.h>

#include "core/base/text_file.h"
#include "core/store/tables.h"

/* ---- parts ---- */

struct part_row {
    enum ca_part_kind kind;
    int position;
    const char *id, *label, *tag;
    int parent, detail;
    int score, start, weight, positive; /* -1: none */
};

#define PART(kind_, position_, id_, label_)                                                    \
    {                                                                                          \
        .kind = (kind_), .position = (int)(position_), .id = (id_), .label = (label_),         \
        .parent = -1, .detail = -1, .score = -1, .start = -1, .weight = -1, .positive = -1     \
    }

static enum ca_code add_part(struct ca_tables *s, int64_t template, const struct part_row *row,
                             struct ca_error *error)
{
    return ca_sql_do(s, error, ca_sql_add_part, "innttnntnnnn", template, (int)row->kind,
                     row->position, row->id, row->label, row->parent, row->detail, row->tag,
                     row->score, row->start, row->weight, row->positive);
}

static int index_of(size_t index)
{
    return index == CA_NONE ? -1 : (int)index;
}

static enum ca_code add_grades(struct ca_tables *s, int64_t key, const struct ca_template *t,
                               struct ca_error *error)
{
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < t->grade_count && code == CA_OK; i++) {
        const struct ca_grade *grade = &t->grades[i];
        struct part_row row = PART(CA_PART_GRADE, i, grade->id, grade->label);
        row.tag = grade->abbrev;
        row.score = grade->score;
        row.start = grade->from;
        row.positive = grade->positive;
        code = add_part(s, key, &row, error);
    }
    return code;
}

static enum ca_code add_sections(struct ca_tables *s, int64_t key, const struct ca_template *t,
                                 struct ca_error *error)
{
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < t->section_count && code == CA_OK; i++) {
        const struct ca_section *section = &t->sections[i];
        struct part_row row = PART(CA_PART_SECTION, i, section->id, section->title);
        row.parent = index_of(section->parent);
        row.tag = section->focus;
        row.detail = section->apart;
        row.weight = section->weight;
        code = add_part(s, key, &row, error);
    }
    for (size_t i = 0; i < t->standard_count && code == CA_OK; i++) {
        const struct ca_standard *standard = &t->standards[i];
        struct part_row row =
            PART(CA_PART_STANDARD, i, standard->id, ca_standard_label(standard));
        row.parent = index_of(standard->section);
        row.detail = (int)standard->type;
        row.weight = standard->weight;
        code = add_part(s, key, &row, error);
    }
    return code;
}

static enum ca_code add_named(struct ca_tables *s, int64_t key, enum ca_part_kind kind,
                              const struct ca_named *items, size_t count,
                              struct ca_error *error)
{
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < count && code == CA_OK; i++) {
        struct part_row row = PART(kind, i, items[i].id, items[i].label);
        code = add_part(s, key, &row, error);
    }
    return code;
}

static enum ca_code add_attributes(struct ca_tables *s, int64_t key,
                                   const struct ca_template *t, struct ca_error *error)
{
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < t->attribute_count && code == CA_OK; i++) {
        const struct ca_attribute_def *attribute = &t->attributes[i];
        struct part_row row = PART(CA_PART_ATTRIBUTE, i, attribute->id, attribute->label);
        row.detail = (int)attribute->type;
        row.tag = attribute->required ? "required" : NULL;
        code = add_part(s, key, &row, error);
    }
    return code;
}

/* The closed lists of all attributes, one after the other. */
static enum ca_code add_values(struct ca_tables *s, int64_t key, const struct ca_template *t,
                               struct ca_error *error)
{
    enum ca_code code = CA_OK;
    size_t position = 0;

    for (size_t i = 0; i < t->attribute_count; i++)
        for (size_t v = 0; v < t->attributes[i].value_count && code == CA_OK; v++) {
            const struct ca_named *value = &t->attributes[i].values[v];
            struct part_row row = PART(CA_PART_VALUE, position, value->id, value->label);
            row.parent = index_of(i);
            position++;
            code = add_part(s, key, &row, error);
        }
    return code;
}

static enum ca_code add_alerts(struct ca_tables *s, int64_t key, const struct ca_template *t,
                               struct ca_error *error)
{
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < t->measure_count && code == CA_OK; i++) {
        struct part_row row = PART(CA_PART_MEASURE, i, t->measures[i].id, t->measures[i].label);
        row.parent = index_of(t->measures[i].standard);
        row.detail = t->measures[i].mean;
        code = add_part(s, key, &row, error);
    }
    for (size_t i = 0; i < t->alert_count && code == CA_OK; i++) {
        struct part_row row = PART(CA_PART_ALERT, i, t->alerts[i].id, t->alerts[i].message);
        row.detail = (int)t->alerts[i].severity;
        code = add_part(s, key, &row, error);
    }
    return code;
}

static enum ca_code add_limit(struct ca_tables *s, int64_t key, size_t position,
                              const struct ca_limit *limit, struct ca_error *error)
{
    struct part_row row = PART(CA_PART_LIMIT, position, limit->id, limit->reason);

    row.parent = index_of(limit->section);
    row.detail = index_of(limit->to);
    return add_part(s, key, &row, error);
}

/* Sections' limits and the template's are one kind. */
static enum ca_code add_limits(struct ca_tables *s, int64_t key, const struct ca_template *t,
                               struct ca_error *error)
{
    enum ca_code code = CA_OK;
    size_t position = 0;

    for (size_t i = 0; i < t->section_count; i++)
        for (size_t k = 0; k < t->sections[i].limit_count && code == CA_OK; k++)
            code = add_limit(s, key, position++, &t->sections[i].limits[k], error);
    for (size_t k = 0; k < t->limit_count && code == CA_OK; k++)
        code = add_limit(s, key, position++, &t->limits[k], error);
    return code;
}

static enum ca_code add_parts(struct ca_tables *s, int64_t key, const struct ca_template *t,
                              struct ca_error *error)
{
    enum ca_code code = add_grades(s, key, t, error);

    if (code == CA_OK)
        code = add_sections(s, key, t, error);
    if (code == CA_OK)
        code = add_named(s, key, CA_PART_AGENCY, t->agencies, t->agency_count, error);
    if (code == CA_OK)
        code = add_named(s, key, CA_PART_THEME, t->themes, t->theme_count, error);
    if (code == CA_OK)
        code = add_attributes(s, key, t, error);
    if (code == CA_OK)
        code = add_values(s, key, t, error);
    if (code == CA_OK)
        code = add_alerts(s, key, t, error);
    return code == CA_OK ? add_limits(s, key, t, error) : code;
}

enum ca_code ca_tables_hash_template(struct ca_tables *s, int64_t key,
                                     uint8_t content[CA_SHA256_SIZE], struct ca_error *error)
{
    static const char *const texts[] = {ca_sql_hash_template, ca_sql_hash_parts};
    struct ca_buffer hashed = {0};
    enum ca_code code = CA_OK;

    ca_buffer_clear(&hashed);
    for (size_t i = 0; i < sizeof texts / sizeof *texts && code == CA_OK; i++) {
        struct ca_statement *row = ca_sql(s, error, texts[i], "i", key);
        while (ca_sql_row(s, row, &code, error))
            ca_tables_hash_row(&hashed, row);
    }
    ca_sha256(hashed.data, hashed.length, content);
    ca_buffer_free(&hashed);
    return code;
}

/* ---- loading ---- */

static enum ca_code add_template(struct ca_tables *s, const struct ca_template *t,
                                 const uint8_t digest[CA_SHA256_SIZE], const char *bytes,
                                 size_t length, int64_t *document, struct ca_error *error)
{
    uint8_t content[CA_SHA256_SIZE] = {0};
    int64_t key = 0;
    enum ca_code code = ca_tables_add_document(s, digest, bytes, length, document, error);

    if (code == CA_OK)
        code = ca_sql_number(s, error, 0, &key, ca_sql_add_template, "tttttnnddiib", t->id,
                             t->version, t->framework_name, t->title, t->unit, (int)t->out_of,
                             (int)t->judged, t->effective_from, t->effective_to, *document,
                             s->next.change, content, sizeof content);
    if (code != CA_OK)
        return code;
    code = add_parts(s, key, t, error);
    if (code == CA_OK)
        code = ca_tables_hash_template(s, key, content, error);
    if (code == CA_OK)
        code = ca_sql_do(s, error, ca_sql_set_content, "bi", content, sizeof content, key);
    return code;
}

/* Is the stored text of this version the same but for line ends? */
static enum ca_code same_but_line_ends(struct ca_tables *s, const struct ca_template *t,
                                       const char *bytes, size_t length, bool *same,
                                       struct ca_error *error)
{
    struct ca_buffer stored = {0};
    enum ca_code code =
        ca_tables_find_template(&s->base, t->id, t->version, &stored, NULL, NULL, error);

    *same = code == CA_OK && stored.data != NULL &&
            ca_same_but_line_ends(stored.data, stored.length, bytes, length);
    ca_buffer_free(&stored);
    return code;
}

static enum ca_code load(struct ca_tables *s, const struct ca_template *t, const char *bytes,
                         size_t length, enum ca_loaded *outcome, struct ca_error *error)
{
    uint8_t digest[CA_SHA256_SIZE];
    int64_t same, document = 0;
    bool alike = false;
    enum ca_code code;

    ca_sha256(bytes, length, digest);
    code = ca_sql_number(s, error, -1, &same, ca_sql_find_same_template, "ttb", t->id,
                         t->version, digest, sizeof digest);
    if (code != CA_OK)
        return code;
    if (same == 0)
        code = same_but_line_ends(s, t, bytes, length, &alike, error);
    if (code != CA_OK)
        return code;
    *outcome = same == 1 || alike ? CA_LOADED_ALREADY : CA_LOADED;
    if (*outcome == CA_LOADED_ALREADY)
        return CA_OK;
    if (same == 0)
        return ca_fail(error, CA_ERROR_DATA,
                       "template '%s' version '%s' is in the store with other bytes; a version "
                       "never changes: give the new text a version of its own",
                       t->id, t->version);
    code = add_template(s, t, digest, bytes, length, &document, error);
    return code == CA_OK ? ca_tables_enter_stored(s, "template", document, error) : code;
}

enum ca_code ca_tables_load_template(struct ca_store *store, const struct ca_template *t,
                                     const char *bytes, size_t length, enum ca_loaded *outcome,
                                     struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);
    enum ca_loaded loaded = CA_LOADED;

    if (code != CA_OK)
        return code;
    code = ca_tables_finish(s, load(s, t, bytes, length, &loaded, error), error);
    if (code == CA_OK)
        *outcome = loaded;
    return code;
}

/* ---- finding ---- */

/* The words of a list of templates, or of one's versions; "" if there are none. */
static void add_those_there_are(struct ca_tables *s, const char *id, const char *before,
                                struct ca_buffer *out)
{
    struct ca_error error;
    enum ca_code code;
    struct ca_statement *row = ca_sql(s, &error, ca_sql_templates_there_are, "t", id);
    const char *list;

    if (!ca_sql_row(s, row, &code, &error))
        return;
    list = ca_sql_text(row, 0);
    if (list != NULL)
        ca_buffer_printf(out, "%s%s", before, list);
    ca_sql_reset(row);
}

/* A slip of the pen is put right by what there is: versions, or else templates. */
static enum ca_code no_template(struct ca_tables *s, const char *id, const char *version,
                                struct ca_error *error)
{
    struct ca_buffer those = {0};
    enum ca_code code;

    ca_buffer_clear(&those);
    if (version != NULL)
        add_those_there_are(s, id, "; it has ", &those);
    if (version != NULL && those.length > 0) {
        code = ca_fail(error, CA_ERROR_NOT_FOUND,
                       "there is no version '%s' of template '%s' in the store%s", version, id,
                       those.data);
    } else {
        add_those_there_are(s, NULL, "; there is ", &those);
        code = ca_fail(error, CA_ERROR_NOT_FOUND, "there is no template '%s' in the store%s",
                       id, those.data);
    }
    ca_buffer_free(&those);
    return code;
}

enum ca_code ca_tables_find_template(struct ca_store *store, const char *id,
                                     const char *version, struct ca_buffer *bytes,
                                     struct ca_buffer *found_version, ca_date *retired_on,
                                     struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row = ca_sql(s, error, ca_sql_find_template, "tt", id, version);
    enum ca_code code;

    if (!ca_sql_row(s, row, &code, error))
        return code != CA_OK ? code : no_template(s, id, version, error);
    if (found_version != NULL)
        ca_buffer_puts(found_version, ca_sql_word(row, 0));
    if (retired_on != NULL)
        *retired_on = ca_sql_date(row, 1);
    if (bytes != NULL)
        ca_buffer_add(bytes, ca_sql_blob(row, 2), ca_sql_length(row, 2));
    ca_sql_reset(row);
    return CA_OK;
}

/* ---- retiring ---- */

static enum ca_code retire(struct ca_tables *s, const char *id, const char *version, ca_date on,
                           struct ca_error *error)
{
    int64_t key;
    enum ca_code code = ca_tables_template_key(s, id, version, &key, error);

    if (code == CA_OK)
        code = ca_sql_do(s, error, ca_sql_add_retirement, "iid", s->next.change, key, on);
    return code == CA_OK ? ca_tables_enter_stored(s, "retire", 0, error) : code;
}

enum ca_code ca_tables_retire_template(struct ca_store *store, const char *id,
                                       const char *version, ca_date on, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    enum ca_code code = ca_tables_begin(s, error);

    return code == CA_OK ? ca_tables_finish(s, retire(s, id, version, on, error), error) : code;
}
