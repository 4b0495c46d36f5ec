/* From a response to a score, in a sentence that can be checked. */
#include <string.h>

#include "core/base/decimal.h"
#include "core/report/explain/explain_private.h"
#include "core/scoring/conditions.h"

struct about {
    struct ca_buffer *out;
    const struct ca_result *result;
    const struct ca_template *t;
    const struct ca_standard *s;
    const struct ca_outcome *o;
    const struct ca_response *response; /* as audited */
    const struct ca_change *change;     /* a moderator's, or NULL */
};

static void full_marks(const struct about *a)
{
    ca_buffer_printf(a->out, "full marks, %d", (int)a->t->out_of);
}

/* "3 × 100 ÷ 6 = 50.00": value of `of`, on marks of F. Thousandths. */
static void share(const struct about *a, int64_t value, int64_t of)
{
    char number[CA_DECIMAL_SIZE], whole[CA_DECIMAL_SIZE];

    ca_buffer_printf(a->out, "%s × %d ÷ %s = ", ca_decimal_short(value, 3, number),
                     (int)a->t->out_of, ca_decimal_short(of, 3, whole));
    ca_explain_quotient(a->out, (__int128)value * a->t->full_marks, of);
}

/* ---- by type ---- */

static void answer(const struct about *a)
{
    const struct ca_answer_list *list = &a->t->lists[a->s->list];
    const struct ca_answer *given = &list->answers[ca_find_answer(list, a->o->answer)];

    ca_buffer_puts(a->out, given->label);
    if (given->score < 0) {
        ca_buffer_puts(a->out, ", an answer without a score");
    } else if (list->out_of != a->t->out_of) {
        ca_buffer_puts(a->out, ": ");
        share(a, (int64_t)given->given * 10, (int64_t)list->out_of * 1000);
    }
}

static void due(const struct about *a)
{
    ca_buffer_puts(a->out, "due by ");
    ca_words_date(a->out, a->o->due);
    if (a->o->span > 0) {
        ca_buffer_puts(a->out, " (");
        ca_words_span(a->out, a->o->span, a->o->unit);
        ca_buffer_puts(a->out, " from ");
        ca_words_date(a->out, a->o->start);
        ca_buffer_putc(a->out, ')');
    }
}

/* The first late row that reaches so far. */
static void late_row(const struct about *a)
{
    const struct ca_standard *s = a->s;
    char score[CA_DECIMAL_SIZE];

    for (size_t i = 0; i < s->late_count; i++)
        if (a->o->late_days <= s->late[i].up_to) {
            ca_buffer_puts(a->out, "up to ");
            ca_words_count(a->out, s->late[i].up_to, "day", "days");
            ca_buffer_printf(a->out, " late scores %s",
                             ca_decimal_fixed(s->late[i].score, 2, score));
            return;
        }
    if (s->late_count == 0) {
        ca_buffer_puts(a->out, "late scores 0.00");
        return;
    }
    ca_buffer_puts(a->out, "more than ");
    ca_words_count(a->out, s->late[s->late_count - 1].up_to, "day", "days");
    ca_buffer_puts(a->out, " late scores 0.00");
}

static void timescale(const struct about *a)
{
    bool late = a->o->late_days > 0;

    if (late) {
        ca_words_count(a->out, a->o->late_days, "day", "days");
        ca_buffer_puts(a->out, " late; ");
    } else {
        ca_buffer_puts(a->out, "in time; ");
    }
    due(a);
    ca_buffer_puts(a->out, ", done on ");
    ca_words_date(a->out, a->o->end);
    ca_buffer_puts(a->out, "; ");
    if (late)
        late_row(a);
    else
        full_marks(a);
}

/* One gap that was too long; next is CA_NO_DATE for the last, open one. */
static void gap(const struct about *a, bool first, ca_date from, ca_date limit, ca_date next)
{
    ca_buffer_puts(a->out, first ? " Not kept: after " : "; after ");
    ca_words_date(a->out, from);
    ca_buffer_puts(a->out, " due by ");
    ca_words_date(a->out, limit);
    if (next == CA_NO_DATE) {
        ca_buffer_puts(a->out, ", and not by ");
        ca_words_date(a->out, a->o->end);
    } else {
        ca_buffer_puts(a->out, ", done on ");
        ca_words_date(a->out, next);
    }
}

static void gaps_not_kept(const struct about *a)
{
    ca_date last = a->o->start, limit;
    bool first = true;

    for (size_t i = 0; i <= a->o->point_count; i++) {
        bool open = i == a->o->point_count;
        ca_date next = open ? a->o->end : a->o->points[i];
        if (!ca_date_add(last, a->o->span, a->o->unit, &limit))
            return; /* beyond the calendar: it was not scored either */
        if (next > limit) {
            gap(a, first, last, limit, open ? CA_NO_DATE : next);
            first = false;
        }
        last = next;
    }
    ca_buffer_puts(a->out, first ? "" : ".");
}

static void every(const struct about *a)
{
    ca_buffer_puts(a->out, "every ");
    if (a->o->span == 1) /* "every week" rather than "every 1 week" */
        ca_buffer_puts(a->out, a->o->unit == CA_WORKING_DAYS ? "working day"
                               : a->o->unit == CA_DAYS       ? "day"
                               : a->o->unit == CA_WEEKS      ? "week"
                               : a->o->unit == CA_MONTHS     ? "month"
                                                             : "year");
    else
        ca_words_span(a->out, a->o->span, a->o->unit);
    ca_buffer_puts(a->out, " from ");
    ca_words_date(a->out, a->o->start);
    ca_buffer_puts(a->out, " to ");
    ca_words_date(a->out, a->o->end);
}

static void frequency(const struct about *a)
{
    ca_buffer_printf(a->out, "kept %d of %d times, ", (int)a->o->kept, (int)a->o->gaps);
    every(a);
    ca_buffer_puts(a->out, ": ");
    share(a, (int64_t)a->o->kept * 1000, (int64_t)a->o->gaps * 1000);
    ca_buffer_putc(a->out, '.');
    gaps_not_kept(a);
}

static void number(const struct about *a)
{
    const struct ca_standard *s = a->s;
    char value[CA_DECIMAL_SIZE], from[CA_DECIMAL_SIZE], to[CA_DECIMAL_SIZE];
    size_t band = 0;

    while (band + 1 < s->band_count && s->bands[band + 1].from <= a->o->value)
        band++;
    ca_buffer_printf(a->out, "%s, which is from %s", ca_decimal_short(a->o->value, 3, value),
                     ca_decimal_short(s->bands[band].from, 3, from));
    if (band + 1 < s->band_count)
        ca_buffer_printf(a->out, " to under %s",
                         ca_decimal_short(s->bands[band + 1].from, 3, to));
    else
        ca_buffer_puts(a->out, " upwards");
    ca_buffer_puts(a->out, " and scores ");
    ca_explain_score(a->out, a->o->score);
}

static void points(const struct about *a)
{
    char value[CA_DECIMAL_SIZE], of[CA_DECIMAL_SIZE];

    ca_buffer_printf(a->out, "%s %s of %s: ", ca_decimal_short(a->o->value, 3, value),
                     a->s->faults ? "faults" : "points", ca_decimal_short(a->s->points, 3, of));
    share(a, a->o->value, a->s->points);
    if (a->s->faults) {
        ca_buffer_printf(a->out, "; %d − ", (int)a->t->out_of);
        ca_explain_score(a->out, a->t->full_marks - a->o->score);
        ca_buffer_puts(a->out, " = ");
        ca_explain_score(a->out, a->o->score);
    }
}

static void answered(const struct about *a)
{
    static void (*const by_type[])(const struct about *) = {[CA_TYPE_ANSWERS] = answer,
                                                            [CA_TYPE_TIMESCALE] = timescale,
                                                            [CA_TYPE_FREQUENCY] = frequency,
                                                            [CA_TYPE_NUMBER] = number,
                                                            [CA_TYPE_POINTS] = points};

    if (a->s->type == CA_TYPE_TEXT)
        ca_buffer_puts(a->out, "answered in words, which are never scored");
    else
        by_type[a->s->type](a);
}

/* ---- by status ---- */

static void not_evidenced(const struct about *a)
{
    ca_buffer_puts(a->out, "not evidenced: the auditor looked and found none");
}

static void overdue(const struct about *a)
{
    ca_buffer_puts(a->out, "overdue; ");
    due(a);
    ca_buffer_puts(a->out, ", and had not happened by the audit");
}

static void not_yet_due(const struct about *a)
{
    ca_buffer_puts(a->out, "not yet due");
    if (a->o->due != CA_NO_DATE) {
        ca_buffer_puts(a->out, "; ");
        due(a);
    } else if (a->o->span > 0) {
        ca_buffer_puts(a->out, "; ");
        every(a);
        ca_buffer_puts(a->out, " has not come round once");
    }
}

static void out_of_scope(const struct about *a)
{
    ca_buffer_puts(a->out, "out of scope: the practice of ");
    ca_words_date(a->out, a->response->date);
    ca_buffer_printf(a->out, " is older than the %d months the audit looks back",
                     (int)a->t->look_back_months);
}

static void not_applicable(const struct about *a)
{
    bool answered = a->change != NULL || a->response->given == CA_GIVEN_NOT_APPLICABLE;

    ca_buffer_puts(a->out, "not applicable");
    if (a->change == NULL && a->response->reason != NULL)
        ca_buffer_printf(a->out, ": \"%s\"", a->response->reason);
    else if (!answered)
        ca_buffer_puts(a->out, ": it is optional, and was left out");
    if (a->o->score >= 0) {
        ca_buffer_puts(a->out, ", which the template scores ");
        ca_explain_score(a->out, a->o->score);
    }
}

static void missing(const struct about *a)
{
    ca_buffer_puts(a->out, "missing: it is required, and has no response");
}

static bool say_applies(const struct about *a, const struct ca_conditions *applies)
{
    struct ca_pass pass = ca_pass_of_result(a->result);

    if (ca_conditions_hold(&pass, applies))
        return false;
    ca_buffer_puts(a->out, ": only if ");
    ca_words_conditions(a->out, &pass, applies);
    return true;
}

/* The first rule, from the outermost section inwards, that excludes it. */
static bool excluded_by_section(const struct about *a, size_t section)
{
    const struct ca_section *s = &a->t->sections[section];

    return (s->parent != CA_NONE && excluded_by_section(a, s->parent)) ||
           (s->has_applies && say_applies(a, &s->applies));
}

static void not_applying(const struct about *a)
{
    ca_buffer_puts(a->out, "does not apply to this case");
    if (!excluded_by_section(a, a->s->section) && a->s->has_applies)
        say_applies(a, &a->s->applies);
}

/* The answer before a moderator's change or, if it had none, the status. */
static const char *audited_words(const struct about *a)
{
    const struct ca_outcome *before =
        &a->result->as_audited->outcomes[a->o - a->result->outcomes];

    return before->answer != NULL ? ca_answer_label(a->t, a->s, before->answer)
                                  : ca_words_status(before->status);
}

static void changed(const struct about *a)
{
    if (a->change == NULL || a->o->audited == NULL)
        return;
    ca_buffer_puts(a->out, ". Changed by the moderator; as audited it was '");
    ca_buffer_puts(a->out, audited_words(a));
    ca_buffer_putc(a->out, '\'');
    if (a->change->rationale != NULL)
        ca_buffer_printf(a->out, ": \"%s\"", a->change->rationale);
}

static const struct ca_change *change_of(const struct ca_result *result, size_t standard,
                                         size_t agency)
{
    const struct ca_return *r = result->audit;

    if (result->as_audited == NULL ||
        result->outcomes[standard * result->columns + agency].audited == NULL)
        return NULL;
    for (size_t i = 0; i < r->change_count; i++)
        if (r->changes[i].standard == standard && r->changes[i].agency == agency)
            return &r->changes[i];
    return NULL;
}

bool ca_explain_left_out(const struct ca_result *result, size_t standard, size_t agency)
{
    const size_t cell = standard * result->columns + agency;
    const struct ca_outcome *o = &result->outcomes[cell];
    const struct ca_response *response = &result->audit->responses[cell];

    for (size_t i = 0; i < result->note_count; i++)
        if (result->notes[i].place == CASEAUDIT_AT_STANDARD &&
            result->notes[i].index == standard)
            return false;
    return o->present && o->status == CASEAUDIT_NOT_APPLICABLE && o->score < 0 &&
           o->audited == NULL && response->given == CA_GIVEN_NOTHING &&
           response->reason == NULL && response->evidence_count == 0;
}

void ca_explain_outcome(struct ca_buffer *out, const struct ca_result *result, size_t standard,
                        size_t agency)
{
    static void (*const by_status[])(const struct about *) = {
        [CASEAUDIT_ANSWERED] = answered,         [CASEAUDIT_NOT_EVIDENCED] = not_evidenced,
        [CASEAUDIT_OVERDUE] = overdue,           [CASEAUDIT_NOT_YET_DUE] = not_yet_due,
        [CASEAUDIT_OUT_OF_SCOPE] = out_of_scope, [CASEAUDIT_NOT_APPLICABLE] = not_applicable,
        [CASEAUDIT_MISSING] = missing,           [CASEAUDIT_NOT_APPLYING] = not_applying,
    };
    const struct ca_template *t = result->template;
    size_t cell = standard * result->columns + agency;
    struct about about = {.out = out,
                          .result = result,
                          .t = t,
                          .s = &t->standards[standard],
                          .o = &result->outcomes[cell],
                          .response = &result->audit->responses[cell],
                          .change = change_of(result, standard, agency)};

    by_status[about.o->status](&about);
    if (about.o->score >= 0 && about.s->weight == 0) {
        ca_buffer_puts(out, ". Its score of ");
        ca_explain_score(out, about.o->score);
        ca_buffer_puts(out, " has weight 0: shown, not counted");
    }
    changed(&about);
    for (size_t i = 0; i < result->note_count; i++)
        if (result->notes[i].place == CASEAUDIT_AT_STANDARD &&
            result->notes[i].index == standard)
            ca_buffer_printf(out, ". %s", result->notes[i].text);
}
