/* The template as the form's script reads it. Scores and edges are hundredths,
 * values thousandths, dates days since 1970: the script reckons as the engine does. */
#include <string.h>

#include "core/base/blank.h"
#include "core/base/calendar.h"
#include "core/base/json.h"
#include "core/report/form/form.h"

static void add_flag(struct ca_buffer *out, const char *key, bool value)
{
    ca_json_key(out, key);
    ca_json_bool(out, value);
}

/* Left out where there is none. */
static void add_score(struct ca_buffer *out, const char *key, int32_t score)
{
    if (score >= 0)
        ca_json_key_integer(out, key, score);
}

static void add_text(struct ca_buffer *out, const char *key, const char *text)
{
    if (text != NULL)
        ca_json_key_string(out, key, text);
}

/* Labels of one place that people choose from, to tell which of them are there twice. */
struct labels {
    struct ca_arena *arena;
    struct ca_map *once, *again; /* as they are compared */
};

static void note_label(struct labels *labels, const char *label)
{
    const char *folded = ca_folded(labels->arena, label);

    if (ca_map_put(labels->once, folded, 0) != CA_NOT_FOUND)
        ca_map_put(labels->again, folded, 0);
}

/* One of several that look the same shows its id, too, or nobody could choose. */
static void add_choice(struct ca_buffer *out, const struct labels *labels, const char *id,
                       const char *label)
{
    bool alone = ca_map_get(labels->again, ca_folded(labels->arena, label)) == CA_NOT_FOUND;

    ca_json_key_string(out, "id", id);
    ca_json_key_string(out, "label",
                       alone ? label : ca_arena_printf(labels->arena, "%s (%s)", label, id));
}

static struct labels labels_of(size_t count)
{
    struct ca_arena *arena = ca_arena_new();

    return (struct labels){arena, ca_map_new(arena, count), ca_map_new(arena, 0)};
}

static void add_named(struct ca_buffer *out, const char *key, const struct ca_named *items,
                      size_t count)
{
    struct labels labels = labels_of(count);

    for (size_t i = 0; i < count; i++)
        note_label(&labels, items[i].label);
    ca_json_key(out, key);
    ca_json_open(out, '[');
    for (size_t i = 0; i < count; i++) {
        ca_json_open(out, '{');
        add_choice(out, &labels, items[i].id, items[i].label);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
    ca_arena_free(labels.arena);
}

/* ---- conditions: only the rows an applies element may have ---- */

static void add_words(struct ca_buffer *out, const char *const *words, size_t count)
{
    ca_json_key(out, "words");
    ca_json_open(out, '[');
    for (size_t i = 0; i < count; i++)
        ca_json_string(out, words[i]);
    ca_json_close(out, ']');
}

static void add_rows(struct ca_buffer *out, const struct ca_template *t, const char *key,
                     const struct ca_row *rows, size_t count);

static void add_row(struct ca_buffer *out, const struct ca_template *t,
                    const struct ca_row *row)
{
    bool is = row->kind == CA_ROW_ATTRIBUTE_IS;

    ca_json_open(out, '{');
    if (row->kind == CA_ROW_ANY) {
        add_rows(out, t, "any", row->rows, row->row_count);
    } else if (row->kind == CA_ROW_STANDARD_ANSWER) {
        ca_json_key_string(out, "standard", t->standards[row->subject].id);
        add_words(out, row->words, row->word_count);
    } else {
        ca_json_key_string(out, "attribute", t->attributes[row->subject].id);
        if (is || row->kind == CA_ROW_ATTRIBUTE_IS_NOT) {
            add_flag(out, "is", is);
            add_words(out, row->words, row->word_count);
        } else {
            if (row->low != INT64_MIN)
                ca_json_key_integer(out, "from", row->low);
            if (row->high != INT64_MAX)
                ca_json_key_integer(out, "to", row->high);
        }
    }
    ca_json_close(out, '}');
}

static void add_rows(struct ca_buffer *out, const struct ca_template *t, const char *key,
                     const struct ca_row *rows, size_t count)
{
    ca_json_key(out, key);
    ca_json_open(out, '[');
    for (size_t i = 0; i < count; i++)
        add_row(out, t, &rows[i]);
    ca_json_close(out, ']');
}

/* ---- a standard ---- */

static void add_pairs_start(struct ca_buffer *out, const char *key)
{
    ca_json_key(out, key);
    ca_json_open(out, '[');
}

static void add_pair(struct ca_buffer *out, int64_t a, int64_t b)
{
    ca_json_open(out, '[');
    ca_json_integer(out, a);
    ca_json_integer(out, b);
    ca_json_close(out, ']');
}

static void add_type(struct ca_buffer *out, const struct ca_template *t,
                     const struct ca_standard *s)
{
    static const char *const names[] = {
        [CA_TYPE_ANSWERS] = "answers",     [CA_TYPE_TIMESCALE] = "timescale",
        [CA_TYPE_FREQUENCY] = "frequency", [CA_TYPE_NUMBER] = "number",
        [CA_TYPE_POINTS] = "points",       [CA_TYPE_TEXT] = "text"};

    ca_json_key_string(out, "type", names[s->type]);
    add_flag(out, "derived", s->derived != NULL);
    if (s->type == CA_TYPE_ANSWERS)
        ca_json_key_string(out, "list", t->lists[s->list].id);
    if (s->span > 0) {
        ca_json_key_integer(out, "span", s->span);
        ca_json_key_string(out, "unit", ca_unit_name(s->unit));
    }
    if (s->type == CA_TYPE_TIMESCALE) {
        add_pairs_start(out, "late");
        for (size_t i = 0; i < s->late_count; i++)
            add_pair(out, s->late[i].up_to, s->late[i].score);
        ca_json_close(out, ']');
    }
    if (s->type == CA_TYPE_NUMBER) {
        ca_json_key_integer(out, "min", s->min);
        ca_json_key_integer(out, "max", s->max);
        add_pairs_start(out, "bands");
        for (size_t i = 0; i < s->band_count; i++)
            add_pair(out, s->bands[i].from, s->bands[i].score);
        ca_json_close(out, ']');
    }
    if (s->type == CA_TYPE_POINTS) {
        ca_json_key_integer(out, "points", s->points);
        ca_json_key_integer(out, "step", s->step);
        add_flag(out, "faults", s->faults);
    }
}

static void add_help(struct ca_buffer *out, const struct ca_standard *s)
{
    add_text(out, "guidance", s->guidance);
    ca_json_key(out, "looksLike");
    ca_json_open(out, '{');
    for (size_t i = 0; i < s->looks_like_count; i++)
        ca_json_key_string(out, s->looks_like[i].answer, s->looks_like[i].text);
    ca_json_close(out, '}');
    ca_json_key(out, "references");
    ca_json_open(out, '[');
    for (size_t i = 0; i < s->reference_count; i++) {
        ca_json_open(out, '{');
        add_text(out, "href", s->references[i].href);
        add_text(out, "text", s->references[i].text);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void add_agencies(struct ca_buffer *out, const struct ca_template *t,
                         const struct ca_standard *s)
{
    ca_json_key(out, "agencies");
    ca_json_open(out, '[');
    for (size_t a = 0; a < t->agency_count; a++)
        if ((s->agencies >> a) & 1u)
            ca_json_string(out, t->agencies[a].id);
    ca_json_close(out, ']');
}

static void add_standard(struct ca_buffer *out, const struct ca_template *t,
                         const struct ca_standard *s)
{
    static const char *const policies[] = {[CA_NA_REASON] = "reason",
                                           [CA_NA_ALLOWED] = "allowed",
                                           [CA_NA_FORBIDDEN] = "forbidden"};

    ca_json_open(out, '{');
    ca_json_key_string(out, "standard", s->id);
    add_text(out, "label", s->label);
    ca_json_key_string(out, "question", s->question);
    add_help(out, s);
    add_type(out, t, s);
    add_flag(out, "required", s->required);
    add_flag(out, "critical", s->critical);
    ca_json_key_string(out, "notApplicable", policies[s->not_applicable]);
    add_score(out, "notApplicableScore", s->not_applicable_score);
    add_flag(out, "evidence", s->evidence_required);
    add_score(out, "evidenceBelow", s->evidence_below);
    add_score(out, "actionBelow", s->action_below);
    add_agencies(out, t, s);
    add_rows(out, t, "applies", s->applies.rows, s->applies.count);
    ca_json_close(out, '}');
}

/* ---- sections ---- */

static void add_children(struct ca_buffer *out, const struct ca_template *t, const char *key,
                         const struct ca_child *children, size_t count);

static void add_section(struct ca_buffer *out, const struct ca_template *t,
                        const struct ca_section *s)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "section", s->id);
    ca_json_key_string(out, "title", s->title);
    add_rows(out, t, "applies", s->applies.rows, s->applies.count);
    add_children(out, t, "children", s->children, s->child_count);
    ca_json_close(out, '}');
}

static void add_children(struct ca_buffer *out, const struct ca_template *t, const char *key,
                         const struct ca_child *children, size_t count)
{
    ca_json_key(out, key);
    ca_json_open(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (children[i].is_section)
            add_section(out, t, &t->sections[children[i].index]);
        else
            add_standard(out, t, &t->standards[children[i].index]);
    }
    ca_json_close(out, ']');
}

/* ---- what belongs to the whole ---- */

static void add_list(struct ca_buffer *out, const struct ca_answer_list *list)
{
    struct labels labels = labels_of(list->count);

    for (size_t i = 0; i < list->count; i++)
        note_label(&labels, list->answers[i].label);
    ca_json_key(out, list->id);
    ca_json_open(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        ca_json_open(out, '{');
        add_choice(out, &labels, list->answers[i].id, list->answers[i].label);
        add_score(out, "score", list->answers[i].score);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
    ca_arena_free(labels.arena);
}

static void add_lists(struct ca_buffer *out, const struct ca_template *t)
{
    ca_json_key(out, "lists");
    ca_json_open(out, '{');
    for (size_t l = 0; l < t->list_count; l++)
        add_list(out, &t->lists[l]);
    ca_json_close(out, '}');
}

static void add_attributes(struct ca_buffer *out, const struct ca_template *t)
{
    static const char *const types[] = {[CASEAUDIT_TEXT] = "text",
                                        [CASEAUDIT_TOKEN] = "token",
                                        [CASEAUDIT_DATE] = "date",
                                        [CASEAUDIT_INTEGER] = "integer"};

    ca_json_key(out, "attributes");
    ca_json_open(out, '[');
    for (size_t i = 0; i < t->attribute_count; i++) {
        const struct ca_attribute_def *a = &t->attributes[i];
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", a->id);
        ca_json_key_string(out, "label", a->label);
        ca_json_key_string(out, "type", types[a->type]);
        add_flag(out, "required", a->required);
        add_named(out, "values", a->values, a->value_count);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

static void add_events(struct ca_buffer *out, const struct ca_template *t)
{
    const struct caseaudit_event *event = t->framework != NULL ? t->framework->events : NULL;

    ca_json_key(out, "events");
    ca_json_open(out, '[');
    for (; event != NULL && event->name != NULL; event++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", event->name);
        add_text(out, "help", event->help);
        add_flag(out, "once", event->occurs != CASEAUDIT_ANY_NUMBER);
        add_flag(out, "required", event->occurs == CASEAUDIT_EXACTLY_ONE);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

/* Bank holidays, where a timescale or frequency counts working days. */
static void add_holidays(struct ca_buffer *out, const struct ca_template *t)
{
    ca_date last = ca_date_from_ymd(CA_CALENDAR_LAST_YEAR, 12, 31);
    bool used = false;

    for (size_t i = 0; i < t->standard_count; i++)
        used = used || (t->standards[i].span > 0 && t->standards[i].unit == CA_WORKING_DAYS);
    ca_json_key(out, "holidays");
    ca_json_open(out, '[');
    for (ca_date d = ca_date_from_ymd(CA_CALENDAR_FIRST_YEAR, 1, 1); used && d <= last; d++)
        if (ca_is_bank_holiday(d))
            ca_json_integer(out, d);
    ca_json_close(out, ']');
}

static void add_day(struct ca_buffer *out, const char *key, ca_date date)
{
    if (date != CA_NO_DATE)
        ca_json_key_integer(out, key, date);
}

/* ---- cases to choose from ---- */

/* Pairs of a name and a text: the attributes of the template, or the other columns. */
static void add_pairs(struct ca_buffer *out, const struct ca_template *t,
                      const struct ca_prefill *given, bool attributes)
{
    ca_json_key(out, attributes ? "attributes" : "notes");
    ca_json_open(out, '[');
    for (size_t i = 0; i < given->value_count; i++) {
        const struct ca_prefill_value *value = &given->values[i];
        const struct ca_attribute_def *def = ca_prefill_defined(t, value);
        if (value->value[0] == '\0' || (def != NULL) != attributes)
            continue;
        ca_json_open(out, '[');
        ca_json_string(out, def != NULL ? def->id : value->name);
        ca_json_string(out, value->value);
        ca_json_close(out, ']');
    }
    ca_json_close(out, ']');
}

static void add_cases(struct ca_buffer *out, const struct ca_template *t,
                      const struct ca_prefill *cases, size_t count)
{
    ca_json_key(out, "cases");
    ca_json_open(out, '[');
    for (size_t i = 0; i < count; i++) {
        ca_json_open(out, '{');
        ca_json_key_string(out, "id", cases[i].id);
        ca_json_key_string(out, "case", cases[i].case_ref);
        ca_json_key_string(out, "auditor", cases[i].auditor);
        ca_json_key_string(out, "selection", cases[i].selection);
        add_pairs(out, t, &cases[i], true);
        add_pairs(out, t, &cases[i], false);
        ca_json_close(out, '}');
    }
    ca_json_close(out, ']');
}

void ca_form_model(struct ca_buffer *out, const struct ca_template *t,
                   const struct ca_prefill *cases, size_t count)
{
    ca_json_open(out, '{');
    ca_json_key_string(out, "id", t->id);
    ca_json_key_string(out, "version", t->version);
    ca_json_key_string(out, "title", t->title);
    ca_json_key_string(out, "unit", t->unit);
    add_text(out, "description", t->description);
    add_text(out, "terms", t->terms_of_reference);
    add_day(out, "effectiveFrom", t->effective_from);
    add_day(out, "effectiveTo", t->effective_to);
    add_day(out, "retiredOn", t->retired_on);
    ca_json_key_integer(out, "fullMarks", t->full_marks);
    add_flag(out, "judged", t->judged);
    ca_json_key_integer(out, "lookBackMonths", t->look_back_months);
    add_lists(out, t);
    add_named(out, "agencies", t->agencies, t->agency_count);
    add_attributes(out, t);
    add_named(out, "themes", t->themes, t->theme_count);
    add_events(out, t);
    add_children(out, t, "sections", t->tops, t->top_count);
    add_holidays(out, t);
    add_cases(out, t, cases, count);
    ca_json_close(out, '}');
}
