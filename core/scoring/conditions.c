/* Does a condition hold, row by row, on what has been found so far? Scoring rules, section 5.
 */
#include "core/scoring/conditions.h"

#include <stdlib.h>
#include <string.h>

static int compare_words(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool among(const struct ca_row *row, const char *word)
{
    if (row->sorted != NULL)
        return bsearch(&word, row->sorted, row->word_count, sizeof word, compare_words) != NULL;
    for (size_t i = 0; i < row->word_count; i++)
        if (strcmp(row->words[i], word) == 0)
            return true;
    return false;
}

/* Integers are compared by value, so that 07 is 7. */
static bool attribute_is(const struct ca_pass *pass, const struct ca_row *row)
{
    const struct ca_attribute_value *value = &pass->audit->attributes[row->subject];

    if (value->text == NULL)
        return false;
    if (row->integers == NULL)
        return among(row, value->text);
    for (size_t i = 0; i < row->word_count; i++)
        if (row->integers[i] == value->number)
            return true;
    return false;
}

static bool attribute_in_range(const struct ca_pass *pass, const struct ca_row *row)
{
    const struct ca_attribute_value *value = &pass->audit->attributes[row->subject];

    return value->text != NULL && value->number >= row->low && value->number <= row->high;
}

/* ---- rows about one outcome; a standard's row holds if it does for any agency ---- */

bool ca_row_fits_outcome(const struct ca_row *row, const struct ca_outcome *o)
{
    switch (row->kind) {
    case CA_ROW_CRITICAL_BELOW:
    case CA_ROW_STANDARD_BELOW: return o->score >= 0 && o->score < row->edge;
    case CA_ROW_STANDARD_STATUS: return (row->statuses >> o->status) & 1u;
    case CA_ROW_STANDARD_FROM: return o->score >= 0 && o->score >= row->edge;
    default: return o->answer != NULL && among(row, o->answer);
    }
}

static uint32_t outcomes_that_hold(const struct ca_pass *pass, const struct ca_row *row,
                                   size_t standard)
{
    uint32_t count = 0;

    for (size_t a = 0; a < pass->columns; a++) {
        const struct ca_outcome *o = ca_pass_outcome(pass, standard, a);
        count += o->present && ca_row_fits_outcome(row, o);
    }
    return count;
}

/* ---- rows that count ---- */

static bool count_fits(const struct ca_row *row, uint32_t count)
{
    return row->at_most ? count <= row->k : count >= row->k;
}

bool ca_row_fits_grade(const struct ca_row *row, size_t grade)
{
    return grade != CA_NONE && ((row->grades >> grade) & 1u);
}

bool ca_section_takes_part(const struct ca_pass *pass, size_t section)
{
    const struct ca_section *s = &pass->template->sections[section];

    return s->parent == CA_NONE && s->weight > 0 && !s->apart &&
           pass->joint[section].score >= 0;
}

static uint32_t sections_graded(const struct ca_pass *pass, const struct ca_row *row)
{
    const struct ca_template *t = pass->template;
    uint32_t count = 0;

    for (size_t i = 0; i < t->top_count; i++) {
        size_t section = t->tops[i].index;
        count += ca_section_takes_part(pass, section) &&
                 ca_row_fits_grade(row, pass->joint[section].grade);
    }
    return count;
}

static uint32_t agencies_graded(const struct ca_pass *pass, const struct ca_row *row)
{
    uint32_t count = 0;

    for (size_t a = 0; a < pass->template->agency_count; a++)
        count += ca_row_fits_grade(row, pass->agencies[a].grade);
    return count;
}

/* Of the scores of critical standards, in ascending order, so many are below. */
static uint32_t critical_below(const struct ca_pass *pass, const struct ca_row *row)
{
    size_t from = 0, to = pass->critical_count;

    while (from < to) {
        const size_t middle = from + (to - from) / 2;
        if (pass->critical_scores[middle] < row->edge)
            from = middle + 1;
        else
            to = middle;
    }
    return (uint32_t)from;
}

static uint32_t standards_answered(const struct ca_pass *pass, const struct ca_row *row)
{
    uint32_t count = 0;

    for (size_t i = 0; i < row->subject_count; i++)
        count += outcomes_that_hold(pass, row, row->subjects[i]);
    return count;
}

static bool row_holds(const struct ca_pass *pass, const struct ca_row *row);

static bool any_holds(const struct ca_pass *pass, const struct ca_row *any)
{
    for (size_t i = 0; i < any->row_count; i++)
        if (row_holds(pass, &any->rows[i]))
            return true;
    return false;
}

static bool row_holds(const struct ca_pass *pass, const struct ca_row *row)
{
    const struct ca_section_row *section;

    switch (row->kind) {
    case CA_ROW_ANY: return any_holds(pass, row);
    case CA_ROW_ATTRIBUTE_IS: return attribute_is(pass, row);
    case CA_ROW_ATTRIBUTE_IS_NOT: return !attribute_is(pass, row);
    case CA_ROW_ATTRIBUTE_RANGE: return attribute_in_range(pass, row);
    case CA_ROW_STANDARD_ANSWER:
    case CA_ROW_STANDARD_STATUS:
    case CA_ROW_STANDARD_BELOW:
    case CA_ROW_STANDARD_FROM: return outcomes_that_hold(pass, row, row->subject) > 0;
    case CA_ROW_STANDARDS_ANSWER: return count_fits(row, standards_answered(pass, row));
    case CA_ROW_SECTION_BELOW:
        section = &pass->joint[row->subject];
        return section->score >= 0 && section->score < row->edge;
    case CA_ROW_SECTION_FROM:
        section = &pass->joint[row->subject];
        return section->score >= 0 && section->score >= row->edge;
    case CA_ROW_SECTION_GRADED: return ca_row_fits_grade(row, pass->joint[row->subject].grade);
    case CA_ROW_SECTIONS_GRADED: return count_fits(row, sections_graded(pass, row));
    case CA_ROW_AGENCIES_GRADED: return count_fits(row, agencies_graded(pass, row));
    case CA_ROW_CRITICAL_BELOW: return count_fits(row, critical_below(pass, row));
    }
    return false;
}

bool ca_conditions_hold(const struct ca_pass *pass, const struct ca_conditions *conditions)
{
    for (size_t i = 0; i < conditions->count; i++)
        if (!row_holds(pass, &conditions->rows[i]))
            return false;
    return true;
}
