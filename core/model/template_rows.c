/* What a single row tests, and whether it can ever hold. */
#include "core/model/template_private.h"

#include <string.h>

#include "core/base/decimal.h"

#define INTEGER_SIZE 1000000000 /* integers of attributes are from -10^9 to 10^9 */

/* ---- parts that kinds have in common ---- */

static size_t find_attribute(struct ca_tpl_reader *r, const struct ca_xml_node *node)
{
    const char *id = ca_xml_get(node, "attribute");
    size_t found = ca_map_get(r->t->attribute_map, id);

    if (found != CA_NOT_FOUND)
        return found;
    ca_tpl_unknown(r, node, "attribute", id, "there is no attribute '%s'%s", id,
                   ca_tpl_known(r, id, &r->attributes));
    return CA_NONE;
}

/* A standard by its id: known, earlier than an applies, below the section of a limit. */
static size_t find_standard(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                            const struct ca_tpl_scope *scope, const char *id)
{
    size_t found = ca_map_get(r->t->standard_map, id);

    if (found == CA_NOT_FOUND) {
        const char *tail = ca_map_get(r->t->section_map, id) != CA_NOT_FOUND
                               ? "; it is the id of a section"
                               : ca_tpl_known(r, id, &r->standards);
        ca_tpl_unknown(r, node, ca_xml_get(node, "standard") ? "standard" : "standards", id,
                       "there is no standard '%s'%s", id, tail);
        return CA_NONE;
    }
    if (scope->kind == CA_SCOPE_APPLIES && found >= scope->before) {
        ca_tpl_error(
            r, node,
            "'applies' points forward to standard '%s'; it may only look at a standard "
            "that stands earlier in the document",
            id);
        return CA_NONE;
    }
    if (scope->kind == CA_SCOPE_SECTION) {
        const struct ca_tpl_section *info = &r->section_infos[scope->section];
        if (found < info->first_standard || found >= info->end_standard) {
            ca_tpl_error(
                r, node,
                "a limit of section '%s' looks only at this section, what is below it, "
                "and attributes; standard '%s' is outside it",
                r->t->sections[scope->section].id, id);
            return CA_NONE;
        }
    }
    return found;
}

static size_t find_section(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                           const struct ca_tpl_scope *scope)
{
    const char *id = ca_xml_get(node, "section");
    size_t found = ca_map_get(r->t->section_map, id);

    if (found == CA_NOT_FOUND) {
        const char *tail = ca_map_get(r->t->standard_map, id) != CA_NOT_FOUND
                               ? "; it is the id of a standard"
                               : ca_tpl_known(r, id, &r->sections);
        ca_tpl_unknown(r, node, "section", id, "there is no section '%s'%s", id, tail);
        return CA_NONE;
    }
    if (scope->kind == CA_SCOPE_SECTION &&
        (found < scope->section || found >= r->section_infos[scope->section].end)) {
        ca_tpl_error(
            r, node,
            "a limit of section '%s' looks only at this section, what is below it, and "
            "attributes; section '%s' is outside it",
            r->t->sections[scope->section].id, id);
        return CA_NONE;
    }
    return found;
}

/* below: N from 0 to full marks, and not 0, for no score is below that. */
static void read_below(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                       const char *name, struct ca_row *row)
{
    row->edge = ca_tpl_score(r, node, name, r->t->full_marks);
    if (row->edge == 0)
        ca_tpl_error(r, node,
                     "%s=\"%s\" can never hold: no score is below 0; write a number "
                     "above 0",
                     name, ca_xml_get(node, name));
}

/* The grammar takes any end of a range as `from`; of a score it must be a score. */
static void read_from(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                      struct ca_row *row)
{
    const char *text = ca_xml_get(node, "from");
    char marks[CA_DECIMAL_SIZE];
    ca_date date;

    row->edge = ca_tpl_score(r, node, "from", r->t->full_marks);
    if (ca_date_parse(text, &date) || *text == '-')
        ca_tpl_error(r, node, "from=\"%s\" is not a score; it must be from 0 to %s", text,
                     ca_decimal_short(r->t->full_marks, 2, marks));
}

static uint32_t read_grades(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                            const char *name)
{
    size_t count;
    const char **words = ca_tpl_meant(r, node, name, &r->grades, &count);
    uint32_t grades = 0;

    for (size_t i = 0; i < count; i++) {
        size_t g = ca_map_get(r->t->grade_map, words[i]);
        if (g == CA_NOT_FOUND)
            ca_tpl_unknown(r, node, name, words[i], "'%s' is not a grade of the scale%s",
                           words[i], ca_tpl_known(r, words[i], &r->grades));
        else if (g < 32)
            grades |= 1u << g;
    }
    return grades;
}

static void read_k(const struct ca_xml_node *node, struct ca_row *row)
{
    row->at_most = ca_xml_get(node, "at-most") != NULL;
    row->k = (uint32_t)ca_tpl_integer(node, row->at_most ? "at-most" : "at-least", 0,
                                      UINT32_MAX, UINT32_MAX);
}

/* At least K of fewer than K can never hold; at most K of them always does. What is no number
 * has been told. */
static void check_k(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                    const struct ca_row *row, size_t countable, const char *what)
{
    if (!row->at_most && row->k > countable && row->k != UINT32_MAX)
        ca_tpl_error(r, node, "at-least=\"%s\" can never hold: only %zu can be counted (%s)",
                     ca_xml_get(node, "at-least"), countable, what);
}

/* ---- attributes ---- */

static void read_integer_words(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                               struct ca_row *row)
{
    row->integers = CA_ARRAY(r->arena, row->word_count, int64_t);
    for (size_t i = 0; i < row->word_count; i++)
        if (!ca_integer_parse(row->words[i], -INTEGER_SIZE, INTEGER_SIZE, &row->integers[i]))
            ca_tpl_error(r, node,
                         "attribute '%s' is an integer, and '%s' is none; write a whole number "
                         "from -%d to %d",
                         r->t->attributes[row->subject].id, row->words[i], INTEGER_SIZE,
                         INTEGER_SIZE);
}

static void read_token_words(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                             const char *name, struct ca_row *row)
{
    const struct ca_map *map = r->value_maps[row->subject];

    row->words =
        ca_tpl_meant(r, node, name, &r->attribute_values[row->subject], &row->word_count);
    for (size_t i = 0; map && i < row->word_count; i++)
        if (ca_map_get(map, row->words[i]) == CA_NOT_FOUND)
            ca_tpl_error(r, node, "'%s' is not a value of attribute '%s'%s", row->words[i],
                         r->t->attributes[row->subject].id,
                         ca_tpl_known(r, row->words[i], &r->attribute_values[row->subject]));
}

static void read_attribute_is(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                              const struct ca_tpl_scope *scope, struct ca_row *row)
{
    const char *name = row->kind == CA_ROW_ATTRIBUTE_IS ? "is" : "is-not";

    (void)scope;
    row->subject = find_attribute(r, node);
    row->words = ca_tpl_words(r, node, name, &row->word_count);
    if (row->subject == CA_NONE)
        return;
    switch (r->t->attributes[row->subject].type) {
    case CASEAUDIT_INTEGER: read_integer_words(r, node, row); break;
    case CASEAUDIT_TOKEN: read_token_words(r, node, name, row); break;
    case CASEAUDIT_TEXT:
    case CASEAUDIT_DATE:
        ca_tpl_error(r, node, "'%s' compares tokens and integers, and attribute '%s' is a %s%s",
                     name, r->t->attributes[row->subject].id,
                     r->t->attributes[row->subject].type == CASEAUDIT_TEXT ? "text" : "date",
                     r->t->attributes[row->subject].type == CASEAUDIT_TEXT
                         ? "; give it the type token"
                         : "; use 'from' and 'to'");
        break;
    }
    ca_tpl_sort_words(r, row);
}

/* Would it do as an end of some range? If not, the grammar has said so. */
static bool is_edge(const char *text)
{
    int64_t number;
    ca_date date;

    return ca_date_parse(text, &date) || ca_decimal_parse(text, 2, true, &number);
}

static void read_end(struct ca_tpl_reader *r, const struct ca_xml_node *node, const char *name,
                     const struct ca_attribute_def *attribute, int64_t *out)
{
    const char *text = ca_xml_get(node, name);
    ca_date date;

    if (!text || !is_edge(text))
        return;
    if (attribute->type == CASEAUDIT_DATE) {
        if (ca_date_parse(text, &date))
            *out = date;
        else
            ca_tpl_error(r, node,
                         "attribute '%s' is a date, and %s=\"%s\" is none; write it as "
                         "YYYY-MM-DD, from 1900 to 2199",
                         attribute->id, name, text);
    } else if (!ca_integer_parse(text, -INTEGER_SIZE, INTEGER_SIZE, out)) {
        ca_tpl_error(
            r, node,
            "attribute '%s' is an integer, and %s=\"%s\" is none; write a whole number "
            "from -%d to %d",
            attribute->id, name, text, INTEGER_SIZE, INTEGER_SIZE);
    }
}

static void read_attribute_range(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                                 const struct ca_tpl_scope *scope, struct ca_row *row)
{
    const struct ca_attribute_def *attribute;

    (void)scope;
    row->subject = find_attribute(r, node);
    row->low = INT64_MIN;
    row->high = INT64_MAX;
    if (row->subject == CA_NONE)
        return;
    attribute = &r->t->attributes[row->subject];
    if (attribute->type != CASEAUDIT_INTEGER && attribute->type != CASEAUDIT_DATE) {
        ca_tpl_error(r, node,
                     "'from' and 'to' compare integers and dates, and attribute '%s' is a %s",
                     attribute->id, attribute->type == CASEAUDIT_TEXT ? "text" : "token");
        return;
    }
    read_end(r, node, "from", attribute, &row->low);
    read_end(r, node, "to", attribute, &row->high);
    if (row->low > row->high)
        ca_tpl_error(r, node, "from=\"%s\" is above to=\"%s\", so this can never hold",
                     ca_xml_get(node, "from"), ca_xml_get(node, "to"));
}

/* ---- one standard ---- */

static bool check_answers_type(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                               size_t standard)
{
    static const char *const names[] = {
        [CA_TYPE_ANSWERS] = "answers",     [CA_TYPE_TIMESCALE] = "timescale",
        [CA_TYPE_FREQUENCY] = "frequency", [CA_TYPE_NUMBER] = "number",
        [CA_TYPE_POINTS] = "points",       [CA_TYPE_TEXT] = "text"};
    const struct ca_standard *s = &r->t->standards[standard];

    if (!r->standard_infos[standard].known)
        return false;
    if (ca_tpl_has_answers(s))
        return true;
    ca_tpl_error(r, node,
                 "standard '%s' is of type %s, which has no answers to name; only a list of "
                 "answers and a timescale have",
                 s->id, names[s->type]);
    return false;
}

/* Who names every answer has named none: the row holds whenever there is one. */
static void doubt_every_answer(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                               const struct ca_row *row)
{
    const struct ca_standard *s = &r->t->standards[row->subject];
    const struct ca_answer_list *list;

    if (s->type != CA_TYPE_ANSWERS)
        return;
    list = &r->t->lists[s->list];
    if (list->count < 2)
        return;
    for (size_t i = 0; i < list->count; i++) {
        bool named = false;
        for (size_t k = 0; k < row->word_count && !named; k++)
            named = strcmp(row->words[k], list->answers[i].id) == 0;
        if (!named)
            return;
    }
    ca_tpl_warning(r, node,
                   "every answer of standard '%s' is named, so this holds whichever it is; say "
                   "status=\"answered\" if that is meant",
                   s->id);
}

static void read_standard_answer(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                                 const struct ca_tpl_scope *scope, struct ca_row *row)
{
    row->subject = find_standard(r, node, scope, ca_xml_get(node, "standard"));
    row->words = ca_tpl_words(r, node, "answer", &row->word_count);
    if (row->subject == CA_NONE || !check_answers_type(r, node, row->subject))
        return;
    row->words =
        ca_tpl_meant(r, node, "answer", ca_tpl_answers(r, row->subject), &row->word_count);
    for (size_t i = 0; i < row->word_count; i++)
        if (!ca_tpl_has_answer(r->t, &r->t->standards[row->subject], row->words[i]))
            ca_tpl_unknown_answer(r, node, "answer", row->subject, row->words[i]);
    if (scope->kind != CA_SCOPE_APPLIES) /* which cannot ask for the status */
        doubt_every_answer(r, node, row);
    ca_tpl_sort_words(r, row);
}

/* Statuses that no return can give this standard. Frameworks may exclude any. */
static uint32_t impossible_statuses(const struct ca_template *t, const struct ca_standard *s)
{
    uint32_t never = 0;

    if (s->derived)
        return 1u << CASEAUDIT_NOT_EVIDENCED | 1u << CASEAUDIT_OUT_OF_SCOPE |
               1u << CASEAUDIT_MISSING;
    if (s->type != CA_TYPE_TIMESCALE)
        never |= 1u << CASEAUDIT_OVERDUE;
    if (s->type != CA_TYPE_TIMESCALE && s->type != CA_TYPE_FREQUENCY)
        never |= 1u << CASEAUDIT_NOT_YET_DUE;
    if (t->look_back_months == 0)
        never |= 1u << CASEAUDIT_OUT_OF_SCOPE;
    if (!s->required)
        never |= 1u << CASEAUDIT_MISSING;
    return never;
}

static void read_standard_status(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                                 const struct ca_tpl_scope *scope, struct ca_row *row)
{
    size_t count;
    const char **words = ca_tpl_words(r, node, "status", &count);
    enum caseaudit_status status;
    const struct ca_standard *s;

    row->subject = find_standard(r, node, scope, ca_xml_get(node, "standard"));
    for (size_t i = 0; i < count; i++)
        if (ca_status_parse(words[i], &status))
            row->statuses |= 1u << status;
    if (row->subject == CA_NONE || !r->standard_infos[row->subject].known || !r->t->framework)
        return;
    s = &r->t->standards[row->subject];
    if (row->statuses && !(row->statuses & ~impossible_statuses(r->t, s)))
        ca_tpl_warning(r, node, "standard '%s' never has the status '%s', so this cannot hold",
                       s->id, ca_xml_get(node, "status"));
}

static void read_standard_edge(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                               const struct ca_tpl_scope *scope, struct ca_row *row)
{
    row->subject = find_standard(r, node, scope, ca_xml_get(node, "standard"));
    if (row->kind == CA_ROW_STANDARD_BELOW)
        read_below(r, node, "below", row);
    else
        read_from(r, node, row);
    if (row->subject == CA_NONE || !r->standard_infos[row->subject].known)
        return;
    if (r->t->standards[row->subject].type == CA_TYPE_TEXT)
        ca_tpl_error(r, node,
                     "standard '%s' is a text, which never has a score, so this can never hold",
                     r->t->standards[row->subject].id);
}

/* ---- several standards ---- */

/* Is the word an answer of at least one of them? */
static bool anyone_answers(const struct ca_tpl_reader *r, const struct ca_row *row,
                           const char *word)
{
    for (size_t i = 0; i < row->subject_count; i++)
        if (ca_tpl_has_answer(r->t, &r->t->standards[row->subjects[i]], word))
            return true;
    return false;
}

/* Can this standard have one of the row's answers? */
static bool can_answer(const struct ca_tpl_reader *r, const struct ca_row *row, size_t standard)
{
    for (size_t i = 0; i < row->word_count; i++)
        if (ca_tpl_has_answer(r->t, &r->t->standards[standard], row->words[i]))
            return true;
    return false;
}

/* Each standard once, however often it is named. False if one of them is not known. */
static bool read_subjects(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                          const struct ca_tpl_scope *scope, struct ca_row *row)
{
    size_t count;
    const char **words = ca_tpl_meant(r, node, "standards", &r->standards, &count);
    struct ca_map *seen = ca_map_new(r->arena, count);
    bool known = true;

    row->subjects = CA_ARRAY(r->arena, count, size_t);
    for (size_t i = 0; i < count; i++) {
        if (ca_map_put(seen, words[i], i) != CA_NOT_FOUND)
            continue;
        size_t standard = find_standard(r, node, scope, words[i]);
        if (standard == CA_NONE || !check_answers_type(r, node, standard))
            known = false;
        else
            row->subjects[row->subject_count++] = standard;
    }
    return known;
}

/* Lists may differ: an answer counts for those that have it. One that has none is a slip. */
static void warn_uncounted(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                           const struct ca_row *row)
{
    for (size_t i = 0; i < row->subject_count; i++)
        if (!can_answer(r, row, row->subjects[i]))
            ca_tpl_warning(r, node,
                           "standard '%s' has none of these answers, so it never counts here",
                           r->t->standards[row->subjects[i]].id);
}

static void read_standards_answer(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                                  const struct ca_tpl_scope *scope, struct ca_row *row)
{
    bool known = read_subjects(r, node, scope, row);
    size_t countable = 0, errors = r->diags->errors;

    read_k(node, row);
    if (!known || row->subject_count == 0)
        return;
    row->words =
        ca_tpl_meant(r, node, "answer", ca_tpl_answers(r, row->subjects[0]), &row->word_count);
    ca_tpl_sort_words(r, row);
    for (size_t i = 0; i < row->word_count; i++)
        if (!anyone_answers(r, row, row->words[i])) {
            known = false;
            if (row->subject_count == 1)
                ca_tpl_unknown_answer(r, node, "answer", row->subjects[0], row->words[i]);
            else
                ca_tpl_unknown(
                    r, node, "answer", row->words[i],
                    "'%s' is not an answer of any of these standards%s", row->words[i],
                    ca_tpl_known(r, row->words[i], ca_tpl_answers(r, row->subjects[0])));
        }
    for (size_t i = 0; i < row->subject_count; i++)
        if (can_answer(r, row, row->subjects[i]))
            countable += ca_tpl_outcomes(r->t, &r->t->standards[row->subjects[i]]);
    if (!known)
        return; /* what can be counted is not, either */
    check_k(r, node, row, countable,
            r->t->agency_count ? "pairs of standard and agency with these answers"
                               : "standards with these answers");
    if (r->diags->errors == errors)
        warn_uncounted(r, node, row);
}

/* ---- sections, agencies, critical standards ---- */

/* A section of texts alone is fine, but a condition on its score is a slip. */
static void warn_unscored(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                          size_t section)
{
    if (section != CA_NONE && !r->section_infos[section].scorable)
        ca_tpl_warning(r, node,
                       "section '%s' holds nothing to score, so this cannot hold; look at its "
                       "standards' status instead",
                       r->t->sections[section].id);
}

static void read_section_edge(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                              const struct ca_tpl_scope *scope, struct ca_row *row)
{
    row->subject = find_section(r, node, scope);
    if (row->kind == CA_ROW_SECTION_BELOW)
        read_below(r, node, "below", row);
    else
        read_from(r, node, row);
    warn_unscored(r, node, row->subject);
}

static void read_section_graded(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                                const struct ca_tpl_scope *scope, struct ca_row *row)
{
    row->subject = find_section(r, node, scope);
    row->grades = read_grades(r, node, "graded");
    if (row->subject != CA_NONE && r->t->sections[row->subject].apart)
        ca_tpl_warning(r, node,
                       "section '%s' shows a score and no grade, so this cannot hold; compare "
                       "its score with 'below' or 'from'",
                       r->t->sections[row->subject].id);
    else
        warn_unscored(r, node, row->subject);
}

static void read_sections_graded(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                                 const struct ca_tpl_scope *scope, struct ca_row *row)
{
    (void)scope;
    row->grades = read_grades(r, node, "sections-graded");
    read_k(node, row);
    check_k(r, node, row, r->graded_sections,
            "top-level sections with a grade and a weight above 0");
    if (!row->at_most && row->k > r->scored_sections && row->k <= r->graded_sections)
        ca_tpl_warning(
            r, node,
            "at-least=\"%s\" cannot hold: sections of texts alone have no grade, and "
            "without them only %zu can be counted",
            ca_xml_get(node, "at-least"), r->scored_sections);
}

static void read_agencies_graded(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                                 const struct ca_tpl_scope *scope, struct ca_row *row)
{
    (void)scope;
    row->grades = read_grades(r, node, "agencies-graded");
    read_k(node, row);
    if (r->t->agency_count == 0)
        ca_tpl_error(r, node,
                     "agencies-graded can never hold: this template has no agencies; list them "
                     "in <agencies>, or leave this condition out");
    else
        check_k(r, node, row, r->t->agency_count, "agencies");
}

static void read_critical_below(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                                const struct ca_tpl_scope *scope, struct ca_row *row)
{
    (void)scope;
    read_below(r, node, "critical-below", row);
    read_k(node, row);
    check_k(r, node, row, r->critical_outcomes,
            r->t->agency_count ? "outcomes of critical standards (of standard and agency)"
                               : "critical standards");
}

void ca_tpl_read_row(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                     const struct ca_tpl_scope *scope, struct ca_row *row)
{
    static void (*const readers[])(struct ca_tpl_reader *, const struct ca_xml_node *,
                                   const struct ca_tpl_scope *, struct ca_row *) = {
        [CA_ROW_ATTRIBUTE_IS] = read_attribute_is,
        [CA_ROW_ATTRIBUTE_IS_NOT] = read_attribute_is,
        [CA_ROW_ATTRIBUTE_RANGE] = read_attribute_range,
        [CA_ROW_STANDARD_ANSWER] = read_standard_answer,
        [CA_ROW_STANDARD_STATUS] = read_standard_status,
        [CA_ROW_STANDARD_BELOW] = read_standard_edge,
        [CA_ROW_STANDARD_FROM] = read_standard_edge,
        [CA_ROW_STANDARDS_ANSWER] = read_standards_answer,
        [CA_ROW_SECTION_BELOW] = read_section_edge,
        [CA_ROW_SECTION_FROM] = read_section_edge,
        [CA_ROW_SECTION_GRADED] = read_section_graded,
        [CA_ROW_SECTIONS_GRADED] = read_sections_graded,
        [CA_ROW_AGENCIES_GRADED] = read_agencies_graded,
        [CA_ROW_CRITICAL_BELOW] = read_critical_below,
    };

    readers[row->kind](r, node, scope, row);
}
