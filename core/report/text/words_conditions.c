/* Conditions in plain English: what a row asks, and what it found. */
#include "core/report/text/words_conditions.h"

#include <stdint.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/report/text/words.h"
#include "core/scoring/conditions.h"

static void join(struct ca_buffer *out, size_t i, size_t count, const char *last)
{
    if (i > 0)
        ca_buffer_puts(out, i + 1 == count ? last : ", ");
}

static void quoted(struct ca_buffer *out, const char *text)
{
    ca_buffer_putc(out, '\'');
    ca_buffer_puts(out, text);
    ca_buffer_putc(out, '\'');
}

static void edge(struct ca_buffer *out, const char *before, int32_t score)
{
    char text[CA_DECIMAL_SIZE];

    ca_buffer_printf(out, "%s%s", before, ca_decimal_fixed(score, 2, text));
}

/* ---- what a row asks ---- */

static void grades(struct ca_buffer *out, const struct ca_template *t, uint32_t set)
{
    size_t count = 0, done = 0;

    for (size_t g = 0; g < t->grade_count; g++)
        count += (set >> g) & 1u;
    for (size_t g = 0; g < t->grade_count; g++)
        if ((set >> g) & 1u) {
            join(out, done++, count, " or ");
            quoted(out, t->grades[g].label);
        }
}

static void statuses(struct ca_buffer *out, uint32_t set)
{
    size_t count = 0, done = 0;

    for (int s = 0; s <= CASEAUDIT_NOT_APPLYING; s++)
        count += (set >> s) & 1u;
    for (int s = 0; s <= CASEAUDIT_NOT_APPLYING; s++)
        if ((set >> s) & 1u) {
            join(out, done++, count, " or ");
            ca_buffer_puts(out, ca_words_status((enum caseaudit_status)s));
        }
}

/* "and 12 more", behind those that are named of so many. */
static void the_rest(struct ca_buffer *out, size_t count, size_t named)
{
    if (count > named)
        ca_buffer_printf(out, " and %zu more", count - named);
}

/* Is it enough that was named of a list since start, of which so many names are wanted? */
static bool enough(const struct ca_buffer *out, size_t start, size_t named, size_t most)
{
    enum { ENOUGH_BYTES = 4096 };

    return named >= most || (most != SIZE_MAX && out->length - start > ENOUGH_BYTES);
}

static void answers(struct ca_buffer *out, const struct ca_template *t,
                    const struct ca_standard *s, const struct ca_row *row, size_t most)
{
    const size_t start = out->length;
    size_t i;

    for (i = 0; i < row->word_count && !enough(out, start, i, most); i++) {
        join(out, i, row->word_count, " or ");
        quoted(out, ca_answer_label(t, s, row->words[i]));
    }
    the_rest(out, row->word_count, i);
}

/* A token's label, where the template lists its values. */
static const char *value_label(const struct ca_attribute_def *attribute, const char *value)
{
    for (size_t i = 0; i < attribute->value_count; i++)
        if (strcmp(attribute->values[i].id, value) == 0)
            return attribute->values[i].label;
    return value;
}

static void bound(struct ca_buffer *out, const struct ca_attribute_def *attribute,
                  int64_t number)
{
    if (attribute->type == CASEAUDIT_DATE)
        ca_words_date(out, (ca_date)number);
    else
        ca_buffer_int(out, number);
}

/* "from 5 to 7", "5 or more", "1 May 2023 or later" */
static void range(struct ca_buffer *out, const struct ca_attribute_def *attribute,
                  const struct ca_row *row)
{
    bool low = row->low != INT64_MIN, high = row->high != INT64_MAX;
    bool date = attribute->type == CASEAUDIT_DATE;

    if (low && high)
        ca_buffer_puts(out, "from ");
    if (low)
        bound(out, attribute, row->low);
    if (low && high)
        ca_buffer_puts(out, " to ");
    if (high)
        bound(out, attribute, row->high);
    if (!low)
        ca_buffer_puts(out, date ? " or earlier" : " or less");
    if (!high)
        ca_buffer_puts(out, date ? " or later" : " or more");
}

static void row_attribute(struct ca_buffer *out, const struct ca_template *t,
                          const struct ca_row *row, size_t most)
{
    const struct ca_attribute_def *attribute = &t->attributes[row->subject];
    size_t start, i;

    ca_buffer_printf(out, "'%s' is ", attribute->label);
    if (row->kind != CA_ROW_ATTRIBUTE_RANGE) {
        ca_buffer_puts(out, row->kind == CA_ROW_ATTRIBUTE_IS_NOT ? "not " : "");
        start = out->length;
        for (i = 0; i < row->word_count && !enough(out, start, i, most); i++) {
            join(out, i, row->word_count, " or ");
            quoted(out, value_label(attribute, row->words[i]));
        }
        the_rest(out, row->word_count, i);
        return;
    }
    range(out, attribute, row);
}

static void row_standard(struct ca_buffer *out, const struct ca_template *t,
                         const struct ca_row *row, size_t most)
{
    const struct ca_standard *s = &t->standards[row->subject];

    quoted(out, ca_standard_label(s));
    switch (row->kind) {
    case CA_ROW_STANDARD_ANSWER:
        ca_buffer_puts(out, " is answered ");
        answers(out, t, s, row, most);
        break;
    case CA_ROW_STANDARD_STATUS:
        ca_buffer_puts(out, " is ");
        statuses(out, row->statuses);
        break;
    case CA_ROW_STANDARD_BELOW: edge(out, " scores below ", row->edge); break;
    default: edge(out, " scores at least ", row->edge); break;
    }
}

static void row_section(struct ca_buffer *out, const struct ca_template *t,
                        const struct ca_row *row)
{
    quoted(out, t->sections[row->subject].title);
    if (row->kind == CA_ROW_SECTION_GRADED) {
        ca_buffer_puts(out, " is graded ");
        grades(out, t, row->grades);
    } else {
        edge(out, row->kind == CA_ROW_SECTION_BELOW ? " scores below " : " scores at least ",
             row->edge);
    }
}

/* "at least 2 sections are", "no agency is" */
static void how_many(struct ca_buffer *out, const struct ca_row *row, const char *one,
                     const char *many)
{
    if (row->at_most && row->k == 0)
        ca_buffer_printf(out, "no %s", one);
    else
        ca_buffer_printf(out, "at %s %u %s", row->at_most ? "most" : "least", row->k,
                         row->k == 1 ? one : many);
}

static void row_counting(struct ca_buffer *out, const struct ca_template *t,
                         const struct ca_row *row, size_t most)
{
    const size_t start = out->length;
    size_t i;

    switch (row->kind) {
    case CA_ROW_STANDARDS_ANSWER:
        ca_buffer_puts(out, "of ");
        for (i = 0; i < row->subject_count && !enough(out, start, i, most); i++) {
            join(out, i, row->subject_count, " and ");
            quoted(out, ca_standard_label(&t->standards[row->subjects[i]]));
        }
        the_rest(out, row->subject_count, i);
        how_many(out, row, " is answered ", " are answered ");
        answers(out, t, &t->standards[row->subjects[0]], row, most);
        break;
    case CA_ROW_SECTIONS_GRADED:
        how_many(out, row, "section is graded ", "sections are graded ");
        grades(out, t, row->grades);
        break;
    case CA_ROW_AGENCIES_GRADED:
        how_many(out, row, "agency is graded ", "agencies are graded ");
        grades(out, t, row->grades);
        break;
    default:
        how_many(out, row, "critical standard scores", "critical standards score");
        edge(out, " below ", row->edge);
        break;
    }
}

/* A row that is not of others, with so many names of a list at most. */
static void say_row(struct ca_buffer *out, const struct ca_template *t,
                    const struct ca_row *row, size_t most)
{
    switch (row->kind) {
    case CA_ROW_ATTRIBUTE_IS:
    case CA_ROW_ATTRIBUTE_IS_NOT:
    case CA_ROW_ATTRIBUTE_RANGE: row_attribute(out, t, row, most); break;
    case CA_ROW_STANDARD_ANSWER:
    case CA_ROW_STANDARD_STATUS:
    case CA_ROW_STANDARD_BELOW:
    case CA_ROW_STANDARD_FROM: row_standard(out, t, row, most); break;
    case CA_ROW_SECTION_BELOW:
    case CA_ROW_SECTION_FROM:
    case CA_ROW_SECTION_GRADED: row_section(out, t, row); break;
    default: row_counting(out, t, row, most); break;
    }
}

void ca_words_row(struct ca_buffer *out, const struct ca_template *t, const struct ca_row *row)
{
    if (row->kind != CA_ROW_ANY) {
        say_row(out, t, row, SIZE_MAX);
        return;
    }
    for (size_t i = 0; i < row->row_count; i++) {
        ca_buffer_puts(out, i == 0 ? (row->row_count > 1 ? "either " : "") : ", or ");
        ca_words_row(out, t, &row->rows[i]);
    }
}

/* ---- what it found ---- */

/* "it scores 1.00", "it is not applicable" */
static void found_outcome(struct ca_buffer *out, const struct ca_template *t,
                          const struct ca_standard *s, const struct ca_row *row,
                          const struct ca_outcome *o)
{
    bool asks_score = row->kind == CA_ROW_STANDARD_BELOW || row->kind == CA_ROW_STANDARD_FROM;

    if (asks_score && o->score >= 0)
        edge(out, "scores ", o->score);
    else if (o->answer != NULL && row->kind != CA_ROW_STANDARD_STATUS)
        ca_buffer_printf(out, "is '%s'", ca_answer_label(t, s, o->answer));
    else
        ca_buffer_printf(out, "is %s", ca_words_status(o->status));
    if (asks_score && o->score < 0)
        ca_buffer_puts(out, ", without a score");
}

static void found_standard(struct ca_buffer *out, const struct ca_pass *pass,
                           const struct ca_row *row)
{
    const struct ca_template *t = pass->template;
    bool any = false;

    for (size_t a = 0; a < pass->columns; a++) {
        const struct ca_outcome *o = ca_pass_outcome(pass, row->subject, a);
        if (!o->present)
            continue;
        ca_buffer_printf(out, "%s%s ", any ? ", " : "",
                         t->agency_count > 0 ? t->agencies[a].label : "it");
        found_outcome(out, t, &t->standards[row->subject], row, o);
        any = true;
    }
    if (!any)
        ca_buffer_puts(out, "no agency that should answer has returned");
}

static void found_attribute(struct ca_buffer *out, const struct ca_pass *pass,
                            const struct ca_row *row)
{
    const struct ca_attribute_def *attribute = &pass->template->attributes[row->subject];
    const struct ca_attribute_value *value = &pass->audit->attributes[row->subject];

    if (value->text == NULL)
        ca_buffer_puts(out, "it is not given");
    else if (attribute->type == CASEAUDIT_DATE)
        ca_buffer_puts(out, "it is "), ca_words_date(out, (ca_date)value->number);
    else
        ca_buffer_printf(out, "it is '%s'", value_label(attribute, value->text));
}

static void found_section(struct ca_buffer *out, const struct ca_pass *pass,
                          const struct ca_row *row)
{
    const struct ca_section_row *section = &pass->joint[row->subject];

    if (section->score < 0)
        ca_buffer_puts(out, "it has no score");
    else if (row->kind != CA_ROW_SECTION_GRADED)
        edge(out, "it scores ", section->score);
    else
        ca_buffer_printf(out, "it is graded '%s'",
                         ca_words_grade(pass->template, section->grade));
}

/* An explanation names so many of a list: any number of conditions may find very many. */
enum { NAMED_MOST = 50 };

/* The names of what counts, gathered while counting. */
struct tally {
    struct ca_buffer names;
    size_t count, named;
};

static void tally(struct tally *tally, const char *name, const char *of)
{
    tally->count++;
    if (!enough(&tally->names, 0, tally->named, NAMED_MOST))
        ca_buffer_printf(&tally->names, "%s'%s'%s%s", tally->named++ > 0 ? ", " : "", name,
                         of != NULL ? " by " : "", of != NULL ? of : "");
}

static void tally_standard(struct tally *found, const struct ca_pass *pass,
                           const struct ca_row *row, size_t standard)
{
    const struct ca_template *t = pass->template;

    for (size_t a = 0; a < pass->columns; a++) {
        const struct ca_outcome *o = ca_pass_outcome(pass, standard, a);
        if (o->present && ca_row_fits_outcome(row, o))
            tally(found, ca_standard_label(&t->standards[standard]),
                  t->agency_count > 0 ? t->agencies[a].label : NULL);
    }
}

static void tally_all(struct tally *found, const struct ca_pass *pass, const struct ca_row *row)
{
    const struct ca_template *t = pass->template;

    if (row->kind == CA_ROW_STANDARDS_ANSWER)
        for (size_t i = 0; i < row->subject_count; i++)
            tally_standard(found, pass, row, row->subjects[i]);
    if (row->kind == CA_ROW_CRITICAL_BELOW)
        for (size_t i = 0; i < t->standard_count; i++)
            if (t->standards[i].critical)
                tally_standard(found, pass, row, i);
    if (row->kind == CA_ROW_SECTIONS_GRADED)
        for (size_t i = 0; i < t->top_count; i++)
            if (ca_section_takes_part(pass, t->tops[i].index) &&
                ca_row_fits_grade(row, pass->joint[t->tops[i].index].grade))
                tally(found, t->sections[t->tops[i].index].title, NULL);
    if (row->kind == CA_ROW_AGENCIES_GRADED)
        for (size_t a = 0; a < t->agency_count; a++)
            if (ca_row_fits_grade(row, pass->agencies[a].grade))
                tally(found, t->agencies[a].label, NULL);
}

static void found_counting(struct ca_buffer *out, const struct ca_pass *pass,
                           const struct ca_row *row)
{
    bool critical = row->kind == CA_ROW_CRITICAL_BELOW;
    struct tally found = {.count = 0};

    tally_all(&found, pass, row);
    if (found.count == 0)
        ca_buffer_puts(out, critical ? "none does" : "none is");
    else
        ca_buffer_printf(out, "%zu %s: %s", found.count,
                         found.count == 1 ? (critical ? "does" : "is")
                                          : (critical ? "do" : "are"),
                         found.names.data);
    the_rest(out, found.count, found.named);
    ca_buffer_free(&found.names);
}

/* What the row found: "it is answered 'Yes'", "2 are: 'Plan', 'Health'". */
static void add_found(struct ca_buffer *out, const struct ca_pass *pass,
                      const struct ca_row *row)
{
    switch (row->kind) {
    case CA_ROW_ANY:
        for (size_t i = 0; i < row->row_count; i++) {
            ca_buffer_puts(out, i > 0 ? "; " : "");
            add_found(out, pass, &row->rows[i]);
        }
        break;
    case CA_ROW_ATTRIBUTE_IS:
    case CA_ROW_ATTRIBUTE_IS_NOT:
    case CA_ROW_ATTRIBUTE_RANGE: found_attribute(out, pass, row); break;
    case CA_ROW_STANDARD_ANSWER:
    case CA_ROW_STANDARD_STATUS:
    case CA_ROW_STANDARD_BELOW:
    case CA_ROW_STANDARD_FROM: found_standard(out, pass, row); break;
    case CA_ROW_SECTION_BELOW:
    case CA_ROW_SECTION_FROM:
    case CA_ROW_SECTION_GRADED: found_section(out, pass, row); break;
    default: found_counting(out, pass, row); break;
    }
}

static void with_found(struct ca_buffer *out, const struct ca_pass *pass,
                       const struct ca_row *row)
{
    if (row->kind == CA_ROW_ANY) {
        for (size_t i = 0; i < row->row_count; i++) {
            ca_buffer_puts(out, i == 0 ? (row->row_count > 1 ? "either " : "") : ", or ");
            with_found(out, pass, &row->rows[i]);
        }
        return;
    }
    say_row(out, pass->template, row, NAMED_MOST);
    ca_buffer_puts(out, " (");
    add_found(out, pass, row);
    ca_buffer_putc(out, ')');
}

void ca_words_conditions(struct ca_buffer *out, const struct ca_pass *pass,
                         const struct ca_conditions *conditions)
{
    for (size_t i = 0; i < conditions->count; i++) {
        ca_buffer_puts(out, i == 0 ? "" : ", and ");
        with_found(out, pass, &conditions->rows[i]);
    }
}
