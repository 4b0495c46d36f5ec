#include "core/report/words.h"

#include <string.h>

#include "core/base/decimal.h"

void ca_words_date(struct ca_buffer *out, ca_date date)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int year, month, day;

    if (date == CA_NO_DATE)
        return;
    ca_date_to_ymd(date, &year, &month, &day);
    ca_buffer_printf(out, "%d %s %d", day, months[month - 1], year);
}

const char *ca_words_grade(const struct ca_template *t, size_t grade)
{
    return grade == CA_NONE ? "no grade" : t->grades[grade].label;
}

void ca_words_count(struct ca_buffer *out, int64_t n, const char *one, const char *many)
{
    ca_buffer_int(out, n);
    ca_buffer_printf(out, " %s", n == 1 ? one : many);
}

/* ---- outcomes ---- */

static const char *answer_label(const struct ca_template *t, const struct ca_standard *s,
                                const char *id)
{
    const struct ca_answer_list *list = &t->lists[s->list];
    size_t answer = s->type == CA_TYPE_ANSWERS ? ca_find_answer(list, id) : CA_NONE;

    return answer == CA_NONE ? id : list->answers[answer].label;
}

static void words_timescale(struct ca_buffer *out, const struct ca_outcome *o)
{
    ca_buffer_puts(out, o->late_days > 0 ? "late: due by " : "in time: due by ");
    ca_words_date(out, o->due);
    ca_buffer_puts(out, ", done after ");
    ca_words_count(out, o->days, "day", "days");
    if (o->late_days > 0) {
        ca_buffer_puts(out, ", ");
        ca_words_count(out, o->late_days, "day late", "days late");
    }
}

static void words_answered(struct ca_buffer *out, const struct ca_template *t,
                           const struct ca_standard *s, const struct ca_outcome *o)
{
    if (o->gaps > 0)
        ca_buffer_printf(out, "kept %d of %d times", o->kept, o->gaps);
    else if (o->due != CA_NO_DATE)
        words_timescale(out, o);
    else if (s->type == CA_TYPE_POINTS) {
        char points[CA_DECIMAL_SIZE];
        ca_buffer_printf(out, "%s of %s points%s", o->answer,
                         ca_decimal_short(s->points, 3, points), s->faults ? " of fault" : "");
    } else if (o->answer != NULL)
        ca_buffer_puts(out, answer_label(t, s, o->answer));
    else
        ca_buffer_puts(out, "answered in words");
}

void ca_words_outcome(struct ca_buffer *out, const struct ca_template *t,
                      const struct ca_standard *s, const struct ca_outcome *o)
{
    static const char *const words[] = {
        [CASEAUDIT_ANSWERED] = "",
        [CASEAUDIT_NOT_EVIDENCED] = "not evidenced",
        [CASEAUDIT_OVERDUE] = "overdue since ",
        [CASEAUDIT_NOT_YET_DUE] = "not yet due",
        [CASEAUDIT_OUT_OF_SCOPE] = "out of scope: older than the audit looks back",
        [CASEAUDIT_NOT_APPLICABLE] = "not applicable",
        [CASEAUDIT_MISSING] = "missing: no response was given",
        [CASEAUDIT_NOT_APPLYING] = "does not apply to this case",
    };

    ca_buffer_puts(out, words[o->status]);
    if (o->status == CASEAUDIT_ANSWERED)
        words_answered(out, t, s, o);
    else if (o->status == CASEAUDIT_OVERDUE)
        ca_words_date(out, o->due);
    if (o->audited != NULL)
        ca_buffer_printf(out, " (as audited: %s)", answer_label(t, s, o->audited));
}

/* ---- conditions ---- */

static void words_list(struct ca_buffer *out, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ca_buffer_printf(out, "%s'%s'", i == 0 ? "" : i + 1 == count ? " or " : ", ", words[i]);
}

static void words_grades(struct ca_buffer *out, const struct ca_template *t, uint32_t grades)
{
    const char *labels[32];
    size_t count = 0;

    for (size_t g = 0; g < t->grade_count; g++)
        if ((grades >> g) & 1u)
            labels[count++] = t->grades[g].label;
    words_list(out, labels, count);
}

static void words_statuses(struct ca_buffer *out, uint32_t statuses)
{
    const char *names[8];
    size_t count = 0;

    for (int s = 0; s <= CASEAUDIT_NOT_APPLYING; s++)
        if ((statuses >> s) & 1u)
            names[count++] = ca_status_name((enum caseaudit_status)s);
    words_list(out, names, count);
}

static void words_edge(struct ca_buffer *out, const char *before, int32_t edge)
{
    char text[CA_DECIMAL_SIZE];

    ca_buffer_printf(out, "%s%s", before, ca_decimal_fixed(edge, 2, text));
}

static void words_bound(struct ca_buffer *out, const struct ca_attribute_def *attribute,
                        int64_t bound)
{
    if (attribute->type == CASEAUDIT_DATE)
        ca_words_date(out, (ca_date)bound);
    else
        ca_buffer_int(out, bound);
}

static void words_attribute(struct ca_buffer *out, const struct ca_template *t,
                            const struct ca_row *row)
{
    const struct ca_attribute_def *attribute = &t->attributes[row->subject];

    ca_buffer_printf(out, "'%s' is ", attribute->label);
    if (row->kind != CA_ROW_ATTRIBUTE_RANGE) {
        ca_buffer_puts(out, row->kind == CA_ROW_ATTRIBUTE_IS_NOT ? "not " : "");
        words_list(out, row->words, row->word_count);
        return;
    }
    if (row->low != INT64_MIN) {
        ca_buffer_puts(out, "from ");
        words_bound(out, attribute, row->low);
    }
    if (row->high != INT64_MAX) {
        ca_buffer_puts(out, row->low != INT64_MIN ? " to " : "up to ");
        words_bound(out, attribute, row->high);
    }
}

static void words_standard(struct ca_buffer *out, const struct ca_template *t,
                           const struct ca_row *row)
{
    ca_buffer_printf(out, "'%s' ", ca_standard_label(&t->standards[row->subject]));
    if (row->kind == CA_ROW_STANDARD_ANSWER) {
        ca_buffer_puts(out, "is answered ");
        words_list(out, row->words, row->word_count);
    } else if (row->kind == CA_ROW_STANDARD_STATUS) {
        ca_buffer_puts(out, "is ");
        words_statuses(out, row->statuses);
    } else {
        words_edge(out,
                   row->kind == CA_ROW_STANDARD_BELOW ? "scores below " : "scores at least ",
                   row->edge);
    }
}

static void words_section(struct ca_buffer *out, const struct ca_template *t,
                          const struct ca_row *row)
{
    ca_buffer_printf(out, "section '%s' ", t->sections[row->subject].title);
    if (row->kind == CA_ROW_SECTION_GRADED) {
        ca_buffer_puts(out, "is graded ");
        words_grades(out, t, row->grades);
    } else {
        words_edge(out,
                   row->kind == CA_ROW_SECTION_BELOW ? "scores below " : "scores at least ",
                   row->edge);
    }
}

static void words_counting(struct ca_buffer *out, const struct ca_template *t,
                           const struct ca_row *row)
{
    ca_buffer_printf(out, "at %s %u of ", row->at_most ? "most" : "least", row->k);
    switch (row->kind) {
    case CA_ROW_STANDARDS_ANSWER:
        for (size_t i = 0; i < row->subject_count; i++)
            ca_buffer_printf(out, "%s'%s'", i ? ", " : "",
                             ca_standard_label(&t->standards[row->subjects[i]]));
        ca_buffer_puts(out, " are answered ");
        words_list(out, row->words, row->word_count);
        break;
    case CA_ROW_SECTIONS_GRADED:
        ca_buffer_puts(out, "the sections are graded ");
        words_grades(out, t, row->grades);
        break;
    case CA_ROW_AGENCIES_GRADED:
        ca_buffer_puts(out, "the agencies are graded ");
        words_grades(out, t, row->grades);
        break;
    default: words_edge(out, "the critical standards score below ", row->edge); break;
    }
}

void ca_words_row(struct ca_buffer *out, const struct ca_template *t, const struct ca_row *row)
{
    switch (row->kind) {
    case CA_ROW_ANY:
        for (size_t i = 0; i < row->row_count; i++) {
            ca_buffer_puts(out, i ? ", or " : "");
            ca_words_row(out, t, &row->rows[i]);
        }
        break;
    case CA_ROW_ATTRIBUTE_IS:
    case CA_ROW_ATTRIBUTE_IS_NOT:
    case CA_ROW_ATTRIBUTE_RANGE: words_attribute(out, t, row); break;
    case CA_ROW_STANDARD_ANSWER:
    case CA_ROW_STANDARD_STATUS:
    case CA_ROW_STANDARD_BELOW:
    case CA_ROW_STANDARD_FROM: words_standard(out, t, row); break;
    case CA_ROW_SECTION_BELOW:
    case CA_ROW_SECTION_FROM:
    case CA_ROW_SECTION_GRADED: words_section(out, t, row); break;
    default: words_counting(out, t, row); break;
    }
}
