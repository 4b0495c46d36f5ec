/* Results for adding up: one range of one index for each template. */
#include "core/base/pack.h"
#include "core/store/figures_fit.h"
#include "core/store/tables.h"

struct reader {
    struct ca_unpack in;
    struct ca_arena *arena;
    const struct ca_stored_template *template;
};

/* An index of a part of the template: nothing else is handed out, so that whoever adds up
 * need not look again. */
static int part(struct reader *reader, const struct ca_stored_parts *parts)
{
    return (int)ca_unpack_range(&reader->in, 0, (int64_t)parts->count - 1);
}

static int part_or_none(struct reader *reader, const struct ca_stored_parts *parts)
{
    return (int)ca_unpack_range(&reader->in, -1, (int64_t)parts->count - 1);
}

static int grade(struct reader *reader)
{
    return (int)ca_unpack_range(&reader->in, -1, (int64_t)reader->template->grade_count - 1);
}

static void read_sections(struct reader *reader, struct ca_tally *out)
{
    const struct ca_stored_template *t = reader->template;
    struct ca_tally_section *sections;
    struct ca_tally_agency *agencies;

    out->section_count = ca_unpack_count(&reader->in);
    out->sections = sections =
        CA_ARRAY(reader->arena, out->section_count, struct ca_tally_section);
    for (size_t i = 0; i < out->section_count; i++) {
        sections[i].section = part(reader, &t->sections);
        sections[i].agency = part_or_none(reader, &t->agencies);
        sections[i].grade = grade(reader);
    }
    out->agency_count = ca_unpack_count(&reader->in);
    out->agencies = agencies =
        CA_ARRAY(reader->arena, out->agency_count, struct ca_tally_agency);
    for (size_t i = 0; i < out->agency_count; i++) {
        agencies[i].agency = part(reader, &t->agencies);
        agencies[i].grade = grade(reader);
        agencies[i].judged = grade(reader);
    }
}

static const int *read_parts(struct reader *reader, const struct ca_stored_parts *parts,
                             size_t *count)
{
    int *items;

    *count = ca_unpack_count(&reader->in);
    items = CA_ARRAY(reader->arena, *count, int);
    for (size_t i = 0; i < *count; i++)
        items[i] = part(reader, parts);
    return items;
}

static void read_measures(struct reader *reader, struct ca_tally *out)
{
    struct ca_tally_measure *measures;

    out->measure_count = ca_unpack_count(&reader->in);
    out->measures = measures =
        CA_ARRAY(reader->arena, out->measure_count, struct ca_tally_measure);
    for (size_t i = 0; i < out->measure_count; i++) {
        measures[i].measure = part(reader, &reader->template->measures);
        measures[i].numerator = ca_unpack_int(&reader->in);
        measures[i].denominator = ca_unpack_int(&reader->in);
        if (!reader->in.good ||
            !ca_measure_fits(reader->template->measures.items[measures[i].measure].detail == 1,
                             measures[i].numerator, measures[i].denominator))
            reader->in.good = false;
    }
}

static void read_themes(struct reader *reader, struct ca_tally *out)
{
    struct ca_tally_theme *themes;

    out->theme_count = ca_unpack_count(&reader->in);
    out->themes = themes = CA_ARRAY(reader->arena, out->theme_count, struct ca_tally_theme);
    for (size_t i = 0; i < out->theme_count; i++) {
        themes[i].theme = part_or_none(reader, &reader->template->themes);
        themes[i].strength = ca_unpack_range(&reader->in, 0, 1) != 0;
    }
}

static void read_attributes(struct reader *reader, struct ca_tally *out)
{
    size_t known = reader->template->attributes.count;
    const char **attributes = CA_ARRAY(reader->arena, known, const char *);
    size_t count = ca_unpack_count(&reader->in);

    for (size_t i = 0; i < count; i++) {
        int attribute = part(reader, &reader->template->attributes);
        const char *value = ca_unpack_text(&reader->in);
        if (reader->in.good)
            attributes[attribute] = value;
    }
    out->attributes = attributes;
}

static bool read_facts(struct reader *reader, struct ca_tally *out)
{
    out->grade = grade(reader);
    out->computed = grade(reader);
    out->recomputed = grade(reader);
    out->judged = grade(reader);
    out->moderated = grade(reader);
    out->cap = grade(reader);
    out->selection =
        (enum ca_selection)ca_unpack_range(&reader->in, 0, CA_SELECTION_STRATIFIED);
    read_sections(reader, out);
    read_measures(reader, out);
    out->alerts = read_parts(reader, &reader->template->alerts, &out->alert_count);
    out->limits = read_parts(reader, &reader->template->limits, &out->limit_count);
    read_themes(reader, out);
    read_attributes(reader, out);
    return reader->in.good && reader->in.at == reader->in.end;
}

static ca_date read_date(struct ca_unpack *in)
{
    int64_t days = ca_unpack_range(in, INT16_MIN * 4, INT32_MAX / 2);

    return days == 0 ? CA_NO_DATE : (ca_date)(10957 + days - (days > 0));
}

/* Three integers an action take three bytes at least. */
static bool read_actions(struct reader *reader, struct ca_tally *out)
{
    struct ca_tally_action *actions = CA_ARRAY(
        reader->arena, (size_t)(reader->in.end - reader->in.at) / 3, struct ca_tally_action);

    out->actions = actions;
    out->action_count = 0;
    while (reader->in.good && reader->in.at < reader->in.end) {
        struct ca_tally_action action;
        action.due = read_date(&reader->in);
        action.completed = read_date(&reader->in);
        action.verified = ca_unpack_range(&reader->in, 0, 1) != 0;
        if (reader->in.good)
            actions[out->action_count++] = action;
    }
    return reader->in.good;
}

static struct ca_unpack column_of(struct ca_statement *row, int column)
{
    const char *bytes = ca_sql_blob(row, column);

    if (bytes == NULL) /* of no bytes */
        bytes = "";
    return (struct ca_unpack){bytes, bytes + ca_sql_length(row, column), true};
}

static bool read_tally(struct reader *reader, struct ca_statement *row, struct ca_tally *out)
{
    ca_arena_reset(reader->arena);
    *out = (struct ca_tally){.template = reader->template,
                             .audit_date = (int)ca_sql_integer(row, 0),
                             .result = ca_sql_integer(row, 1)};
    reader->in = column_of(row, 2);
    if (!read_facts(reader, out))
        return false;
    reader->in = column_of(row, 3);
    return read_actions(reader, out);
}

static enum ca_code each_of_template(struct ca_tables *s, struct reader *reader, ca_date from,
                                     ca_date to, ca_tally_visit visit, void *context,
                                     bool *going, struct ca_error *error)
{
    struct ca_statement *row =
        ca_sql_many(ca_sql(s, error, ca_sql_tallies, "iii", reader->template->key,
                           (int64_t)(from == CA_NO_DATE ? INT32_MIN : from),
                           (int64_t)(to == CA_NO_DATE ? INT32_MAX : to)));
    struct ca_tally tally;
    enum ca_code code = CA_OK;

    while (*going && ca_sql_row(s, row, &code, error)) {
        if (!read_tally(reader, row, &tally)) {
            ca_sql_reset(row);
            return ca_tables_damaged(s, error, "the figures of a result cannot be read");
        }
        *going = visit(context, &tally);
    }
    ca_sql_reset(row);
    return code;
}

enum ca_code ca_tables_each_tally(struct ca_store *store,
                                  const struct ca_stored_template *templates, size_t count,
                                  ca_date from, ca_date to, ca_tally_visit visit, void *context,
                                  struct ca_error *error)
{
    struct reader reader = {.arena = ca_arena_new()};
    enum ca_code code = CA_OK;
    bool going = true;

    for (size_t i = 0; i < count && going && code == CA_OK; i++) {
        reader.template = &templates[i];
        code = each_of_template(ca_tables_of(store), &reader, from, to, visit, context, &going,
                                error);
    }
    ca_arena_free(reader.arena);
    return code;
}

enum ca_code ca_tables_each_score(struct ca_store *store, const struct ca_tally *tally,
                                  ca_score_visit visit, void *context, struct ca_error *error)
{
    const struct ca_stored_template *t = tally->template;
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row = ca_sql(s, error, ca_sql_scores, "i", tally->result);
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        int64_t section = ca_sql_integer(row, 0), agency = ca_sql_integer(row, 1),
                score = ca_sql_integer(row, 2);
        if (section < -1 || section >= (int64_t)t->sections.count || agency < -1 ||
            agency >= (int64_t)t->agencies.count || score < 0 || score > t->out_of * 100) {
            ca_sql_reset(row);
            return ca_tables_damaged(s, error, "the scores of a result cannot be read");
        }
        going = visit(context, (int)section, (int)agency, (int32_t)score);
    }
    ca_sql_reset(row);
    return code;
}

enum ca_code ca_tables_each_counted(struct ca_store *store, ca_counted_visit visit,
                                    void *context, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    struct ca_statement *row = ca_sql_many(ca_sql(s, error, ca_sql_counted_documents, ""));
    char first[2 * CA_SHA256_SIZE + 1], latest[2 * CA_SHA256_SIZE + 1];
    enum ca_code code = CA_OK;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        if (ca_sql_length(row, 1) != CA_SHA256_SIZE ||
            ca_sql_length(row, 2) != CA_SHA256_SIZE) {
            ca_sql_reset(row);
            return ca_tables_damaged(s, error, "the SHA-256 of a document is none");
        }
        ca_hex_write(ca_sql_blob(row, 1), CA_SHA256_SIZE, first);
        ca_hex_write(ca_sql_blob(row, 2), CA_SHA256_SIZE, latest);
        going =
            visit(context, ca_sql_integer(row, 0), first, latest, ca_sql_integer(row, 3) != 0);
    }
    ca_sql_reset(row);
    return code;
}

enum ca_code ca_tables_span(struct ca_store *store, const struct ca_stored_template *templates,
                            size_t count, ca_date *first, ca_date *last, struct ca_error *error)
{
    struct ca_tables *s = ca_tables_of(store);
    int64_t from = INT64_MAX, to = INT64_MIN, end;
    enum ca_code code = CA_OK;

    for (size_t i = 0; i < count && code == CA_OK; i++) {
        code =
            ca_sql_number(s, error, INT64_MAX, &end, ca_sql_first_date, "i", templates[i].key);
        from = code == CA_OK && end < from ? end : from;
        if (code == CA_OK)
            code = ca_sql_number(s, error, INT64_MIN, &end, ca_sql_last_date, "i",
                                 templates[i].key);
        to = code == CA_OK && end > to ? end : to;
    }
    if (code != CA_OK)
        return code;
    *first = from == INT64_MAX ? CA_NO_DATE : (ca_date)from;
    *last = to == INT64_MIN ? CA_NO_DATE : (ca_date)to;
    return CA_OK;
}
