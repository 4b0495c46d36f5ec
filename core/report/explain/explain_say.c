/* Sentences that several parts of an explanation say. */
#include <stdarg.h>

#include "core/report/explain/explain_private.h"

const struct ca_section_row *ca_explain_row(const struct ca_result *result, size_t section,
                                            size_t agency)
{
    return agency == CA_NONE ? &result->joint[section]
                             : &result->by_agency[section * result->columns + agency];
}

void ca_say(struct ca_explainer *e, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    ca_buffer_vprintf(&e->text, format, args);
    va_end(args);
}

void ca_say_end(struct ca_explainer *e, int indent)
{
    ca_layout_text(&e->layout, indent, indent + 2, e->text.data);
    ca_buffer_clear(&e->text);
}

void ca_say_heading(struct ca_explainer *e, const char *title)
{
    ca_buffer_putc(e->layout.out, '\n');
    ca_layout_text(&e->layout, 0, 2, title);
}

const char *ca_explain_grade_name(const struct ca_explainer *e, size_t grade)
{
    return ca_words_grade(e->t, grade);
}

void ca_explain_band(struct ca_explainer *e, int32_t score)
{
    size_t grade = ca_band_of(e->t, score);

    ca_explain_score(&e->text, score);
    ca_say(e, " is '%s': ", e->t->grades[grade].label);
    ca_explain_score(&e->text, e->t->grades[grade].from);
    if (grade > 0) {
        ca_say(e, " or more, and under the ");
        ca_explain_score(&e->text, e->t->grades[grade - 1].from);
        ca_say(e, " of '%s'.", e->t->grades[grade - 1].label);
    } else {
        ca_say(e, " or more.");
    }
}

bool ca_explain_notes(const struct ca_explainer *e, int place, size_t index, int indent)
{
    bool any = false;

    for (size_t i = 0; i < e->result->note_count; i++) {
        const struct ca_note *note = &e->result->notes[i];
        if (note->place != place || (place != CASEAUDIT_AT_DOCUMENT && note->index != index))
            continue;
        ca_layout_text(&e->layout, indent, indent + 2, note->text);
        any = true;
    }
    return any;
}

void ca_explain_own_score(struct ca_explainer *e, int32_t score, int indent)
{
    ca_say(e, score >= 0 ? "The score of " : "That there is no score");
    if (score >= 0)
        ca_explain_score(&e->text, score);
    ca_say(e, " was worked out by the framework.");
    ca_say_end(e, indent);
}

void ca_explain_conditions(struct ca_explainer *e, const struct ca_conditions *conditions)
{
    ca_words_conditions(&e->text, &e->pass, conditions);
}

void ca_explain_limit(struct ca_explainer *e, const struct ca_fired *limit)
{
    ca_say(e, "Limit '%s', at best '%s'%s: %s", limit->id, ca_explain_grade_name(e, limit->to),
           limit->never ? ", whatever a moderator says" : "", limit->reason);
    ca_say_end(e, 2);
    if (limit->limit == NULL || limit->limit->conditions.count == 0)
        return;
    ca_say(e, "It holds, because ");
    ca_explain_conditions(e, &limit->limit->conditions);
    ca_say(e, ".");
    ca_say_end(e, 4);
}
