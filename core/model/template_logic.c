/*
 * Conditions that say nothing: those that always or never hold, rules behind one that holds
 * whenever they do, limits that lower nothing. Warnings, once there is no error.
 *
 * Rows are compared only as far as both look at the same thing; what cannot be told is left
 * alone. In a template with agencies a row about a standard holds when it holds for one of
 * them, so that two such rows never contradict each other.
 */
#include "core/model/template_private.h"

#include <string.h>

enum verdict { VARIES, ALWAYS, NEVER };

/* Longer ones are left alone: no document takes long to check. */
enum { MOST_ROWS = 20, MOST_WORDS = 100 };

static bool is_all_of(uint32_t grades, size_t count)
{
    return grades == (uint32_t)((UINT64_C(1) << count) - 1);
}

/* ---- one row ---- */

/* How many a row with at-least or at-most can count. */
static size_t countable(const struct ca_tpl_reader *r, const struct ca_row *row)
{
    size_t outcomes = 0;

    switch (row->kind) {
    case CA_ROW_STANDARDS_ANSWER:
        for (size_t i = 0; i < row->subject_count; i++)
            outcomes += ca_tpl_outcomes(r->t, &r->t->standards[row->subjects[i]]);
        return outcomes;
    case CA_ROW_SECTIONS_GRADED: return r->graded_sections;
    case CA_ROW_AGENCIES_GRADED: return r->t->agency_count;
    default: return r->critical_outcomes;
    }
}

static enum verdict verdict_of(const struct ca_tpl_reader *r, const struct ca_row *row);

static enum verdict verdict_of_any(const struct ca_tpl_reader *r, const struct ca_row *row)
{
    bool never = true;

    for (size_t i = 0; i < row->row_count; i++) {
        enum verdict one = verdict_of(r, &row->rows[i]);
        if (one == ALWAYS)
            return ALWAYS;
        never &= one == NEVER;
    }
    return never ? NEVER : VARIES;
}

static enum verdict verdict_of(const struct ca_tpl_reader *r, const struct ca_row *row)
{
    switch (row->kind) {
    case CA_ROW_ANY: return verdict_of_any(r, row);
    case CA_ROW_STANDARDS_ANSWER:
    case CA_ROW_SECTIONS_GRADED:
    case CA_ROW_AGENCIES_GRADED:
    case CA_ROW_CRITICAL_BELOW:
        return row->at_most ? (row->k >= countable(r, row) ? ALWAYS : VARIES)
                            : (row->k == 0 ? ALWAYS : VARIES);
    /* Where there is a score, which is as good as always to who wrote it. */
    case CA_ROW_STANDARD_FROM:
    case CA_ROW_SECTION_FROM: return row->edge == 0 ? ALWAYS : VARIES;
    case CA_ROW_SECTION_GRADED:
        return is_all_of(row->grades, r->t->grade_count) ? ALWAYS : VARIES;
    default: return VARIES;
    }
}

/* ---- words ---- */

static bool has_word(const struct ca_row *row, const char *word)
{
    for (size_t i = 0; i < row->word_count; i++)
        if (strcmp(row->words[i], word) == 0)
            return true;
    return false;
}

static bool has_integer(const struct ca_row *row, int64_t integer)
{
    for (size_t i = 0; i < row->word_count; i++)
        if (row->integers[i] == integer)
            return true;
    return false;
}

/* How many words of one row are in the other; integers by their value. */
static size_t shared_words(const struct ca_row *a, const struct ca_row *b)
{
    size_t shared = 0;

    for (size_t i = 0; i < a->word_count; i++)
        shared += a->integers != NULL && b->integers != NULL ? has_integer(b, a->integers[i])
                                                             : has_word(b, a->words[i]);
    return shared;
}

/* ---- two rows that must both hold ---- */

static bool is_attribute(const struct ca_row *row)
{
    return row->kind == CA_ROW_ATTRIBUTE_IS || row->kind == CA_ROW_ATTRIBUTE_IS_NOT ||
           row->kind == CA_ROW_ATTRIBUTE_RANGE;
}

static bool is_standard(const struct ca_row *row)
{
    return row->kind == CA_ROW_STANDARD_ANSWER || row->kind == CA_ROW_STANDARD_STATUS ||
           row->kind == CA_ROW_STANDARD_BELOW || row->kind == CA_ROW_STANDARD_FROM;
}

static bool is_section(const struct ca_row *row)
{
    return row->kind == CA_ROW_SECTION_BELOW || row->kind == CA_ROW_SECTION_FROM ||
           row->kind == CA_ROW_SECTION_GRADED;
}

static bool attributes_exclude(const struct ca_row *a, const struct ca_row *b)
{
    if (a->kind == CA_ROW_ATTRIBUTE_IS && b->kind == CA_ROW_ATTRIBUTE_IS)
        return shared_words(a, b) == 0;
    if (a->kind == CA_ROW_ATTRIBUTE_IS && b->kind == CA_ROW_ATTRIBUTE_IS_NOT)
        return shared_words(a, b) == a->word_count;
    if (a->kind == CA_ROW_ATTRIBUTE_RANGE && b->kind == CA_ROW_ATTRIBUTE_RANGE)
        return a->low > b->high || b->low > a->high;
    return false;
}

static bool standards_exclude(const struct ca_row *a, const struct ca_row *b)
{
    const uint32_t answered = 1u << CASEAUDIT_ANSWERED;

    if (a->kind == CA_ROW_STANDARD_ANSWER && b->kind == CA_ROW_STANDARD_ANSWER)
        return shared_words(a, b) == 0;
    if (a->kind == CA_ROW_STANDARD_ANSWER && b->kind == CA_ROW_STANDARD_STATUS)
        return (b->statuses & answered) == 0;
    if (a->kind == CA_ROW_STANDARD_STATUS && b->kind == CA_ROW_STANDARD_STATUS)
        return (a->statuses & b->statuses) == 0;
    return a->kind == CA_ROW_STANDARD_BELOW && b->kind == CA_ROW_STANDARD_FROM &&
           a->edge <= b->edge;
}

/* Scores of a section that a row lets through: from low, and below high. */
static void scores_of(const struct ca_template *t, const struct ca_row *row, size_t grade,
                      int32_t *low, int32_t *high)
{
    if (row->kind == CA_ROW_SECTION_BELOW && row->edge < *high)
        *high = row->edge;
    if (row->kind == CA_ROW_SECTION_FROM && row->edge > *low)
        *low = row->edge;
    if (row->kind == CA_ROW_SECTION_GRADED && (row->grades >> grade & 1) == 0)
        *high = t->grades[grade].from;
}

/* No band has a score that both let through. */
static bool sections_exclude(const struct ca_template *t, const struct ca_row *a,
                             const struct ca_row *b)
{
    for (size_t g = 0; g < t->grade_count; g++) {
        int32_t low = t->grades[g].from;
        int32_t high = g > 0 ? t->grades[g - 1].from : t->full_marks + 1;

        scores_of(t, a, g, &low, &high);
        scores_of(t, b, g, &low, &high);
        if (low < high)
            return false;
    }
    return true;
}

/* At least 3, and at most 2, of the same. */
static bool counts_exclude(const struct ca_row *a, const struct ca_row *b)
{
    if (a->kind != b->kind || a->at_most || !b->at_most || a->k <= b->k)
        return false;
    if (a->kind == CA_ROW_CRITICAL_BELOW)
        return a->edge <= b->edge;
    return (a->kind == CA_ROW_SECTIONS_GRADED || a->kind == CA_ROW_AGENCIES_GRADED) &&
           (a->grades & ~b->grades) == 0;
}

static bool is_long(const struct ca_row *row)
{
    return row->word_count > MOST_WORDS;
}

static bool exclude(const struct ca_template *t, const struct ca_row *a, const struct ca_row *b)
{
    if (is_long(a) || is_long(b))
        return false;
    if (counts_exclude(a, b))
        return true;
    if (a->subject != b->subject)
        return false;
    if (is_attribute(a) && is_attribute(b))
        return attributes_exclude(a, b);
    if (is_standard(a) && is_standard(b) && t->agency_count == 0)
        return standards_exclude(a, b);
    return is_section(a) && is_section(b) && sections_exclude(t, a, b);
}

/* ---- all rows of an element ---- */

static enum verdict verdict_of_all(const struct ca_tpl_reader *r,
                                   const struct ca_conditions *conditions)
{
    bool always = true;

    for (size_t i = 0; i < conditions->count; i++) {
        enum verdict one = verdict_of(r, &conditions->rows[i]);
        if (one == NEVER)
            return NEVER;
        always &= one == ALWAYS;
        for (size_t k = 0; k < conditions->count && conditions->count <= MOST_ROWS; k++)
            if (k != i && exclude(r->t, &conditions->rows[i], &conditions->rows[k]))
                return NEVER;
    }
    return always ? ALWAYS : VARIES;
}

/* ---- rules behind others ---- */

/* Whenever row a holds, b does. */
static bool implies(const struct ca_row *a, const struct ca_row *b)
{
    if (a->kind != b->kind || a->at_most != b->at_most || a->subject != b->subject ||
        is_long(a) || is_long(b))
        return false;
    switch (a->kind) {
    case CA_ROW_STANDARD_ANSWER:
    case CA_ROW_ATTRIBUTE_IS: return shared_words(a, b) == a->word_count;
    case CA_ROW_ATTRIBUTE_IS_NOT: return shared_words(b, a) == b->word_count;
    case CA_ROW_ATTRIBUTE_RANGE: return a->low >= b->low && a->high <= b->high;
    case CA_ROW_STANDARD_STATUS: return (a->statuses & ~b->statuses) == 0;
    case CA_ROW_STANDARD_BELOW:
    case CA_ROW_SECTION_BELOW: return a->edge <= b->edge;
    case CA_ROW_STANDARD_FROM:
    case CA_ROW_SECTION_FROM: return a->edge >= b->edge;
    case CA_ROW_SECTION_GRADED: return (a->grades & ~b->grades) == 0;
    case CA_ROW_SECTIONS_GRADED:
    case CA_ROW_AGENCIES_GRADED:
        return a->at_most ? (b->grades & ~a->grades) == 0 && a->k <= b->k
                          : (a->grades & ~b->grades) == 0 && a->k >= b->k;
    case CA_ROW_CRITICAL_BELOW:
        return a->at_most ? a->edge >= b->edge && a->k <= b->k
                          : a->edge <= b->edge && a->k >= b->k;
    default: return false;
    }
}

static bool all_implied(const struct ca_conditions *by, const struct ca_conditions *conditions)
{
    if (by->count > MOST_ROWS || conditions->count > MOST_ROWS)
        return false;
    for (size_t i = 0; i < conditions->count; i++) {
        bool implied = false;
        for (size_t k = 0; k < by->count && !implied; k++)
            implied = implies(&by->rows[k], &conditions->rows[i]);
        if (!implied)
            return false;
    }
    return true;
}

static void doubt_rules(const struct ca_tpl_reader *r)
{
    const struct ca_template *t = r->t;

    for (size_t i = 0; i < t->rule_count; i++) {
        enum verdict verdict = verdict_of_all(r, &t->rules[i].conditions);
        if (verdict == ALWAYS)
            ca_template_report(t, t->rules[i].offset, r->diags, CA_WARNING, "rule",
                               "this rule always holds, so what stands behind it never decides "
                               "a grade");
        else if (verdict == NEVER)
            ca_template_report(t, t->rules[i].offset, r->diags, CA_WARNING, "rule",
                               "this rule never holds: its conditions exclude each other");
        for (size_t k = 0; k < i && verdict == VARIES; k++)
            if (all_implied(&t->rules[i].conditions, &t->rules[k].conditions)) {
                ca_template_report(t, t->rules[i].offset, r->diags, CA_WARNING, "rule",
                                   "this rule never decides a grade: whenever it holds, rule "
                                   "%zu does, which stands before it",
                                   k + 1);
                break;
            }
    }
}

/* ---- limits, alerts, applies ---- */

static void doubt_element(const struct ca_tpl_reader *r, uint32_t offset, const char *element,
                          const char *name, const struct ca_conditions *conditions)
{
    enum verdict verdict = verdict_of_all(r, conditions);

    if (verdict != VARIES)
        ca_template_report(r->t, offset, r->diags, CA_WARNING, element, "%s %s holds%s", name,
                           verdict == ALWAYS ? "always" : "never",
                           verdict == ALWAYS ? "" : ": its conditions exclude each other");
}

static void doubt_limits(const struct ca_tpl_reader *r, const struct ca_limit *limits,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct ca_limit *limit = &limits[i];
        if (limit->to == 0)
            ca_template_report(r->t, limit->offset, r->diags, CA_WARNING, "limit",
                               "limit '%s' is to '%s', the best grade, so it lowers nothing",
                               limit->id, r->t->grades[0].id);
        doubt_element(r, limit->offset, "limit",
                      ca_arena_printf(r->arena, "limit '%s'", limit->id), &limit->conditions);
    }
}

/* What is never asked is never answered: above all where an answer is required. */
static void doubt_applies(const struct ca_tpl_reader *r)
{
    const struct ca_template *t = r->t;

    for (size_t i = 0; i < t->section_count; i++) {
        const struct ca_section *s = &t->sections[i];
        if (s->has_applies && verdict_of_all(r, &s->applies) == NEVER)
            ca_template_report(t, s->offset, r->diags, CA_WARNING, "section",
                               "section '%s' never applies, since its conditions exclude each "
                               "other: nothing in it is ever shown",
                               s->id);
    }
    for (size_t i = 0; i < t->standard_count; i++) {
        const struct ca_standard *s = &t->standards[i];
        if (s->has_applies && verdict_of_all(r, &s->applies) == NEVER)
            ca_template_report(t, s->offset, r->diags, CA_WARNING, "standard",
                               "standard '%s' %snever applies, since its conditions exclude "
                               "each other: it is never shown",
                               s->id, s->required ? "is required and " : "");
    }
}

void ca_tpl_doubt_conditions(struct ca_tpl_reader *r)
{
    const struct ca_template *t = r->t;

    doubt_rules(r);
    for (size_t i = 0; i < t->section_count; i++)
        doubt_limits(r, t->sections[i].limits, t->sections[i].limit_count);
    doubt_limits(r, t->limits, t->limit_count);
    for (size_t i = 0; i < t->alert_count; i++)
        doubt_element(r, t->alerts[i].offset, "alert",
                      ca_arena_printf(r->arena, "alert '%s'", t->alerts[i].id),
                      &t->alerts[i].conditions);
    doubt_applies(r);
}
