/* The explanation from its beginning to its end. */
#include "core/report/explain/explain.h"

#include "core/report/explain/explain_private.h"

/* "Of 12 standards, 9 have a score. Without one: 2 not applicable, 1 not yet due." */
static void say_counts(struct ca_explainer *e)
{
    size_t by_status[CASEAUDIT_NOT_APPLYING + 1] = {0}, scored = 0, all = 0;
    const char *before = " Without one: ";

    for (size_t i = 0; i < e->t->standard_count * e->result->columns; i++) {
        const struct ca_outcome *o = &e->result->outcomes[i];
        if (!o->present)
            continue;
        all++;
        scored += o->score >= 0;
        by_status[o->status] += o->score < 0;
    }
    ca_say(e, " Of %zu standard%s%s, %zu %s a score.", all, all == 1 ? "" : "s",
           e->t->agency_count > 0 ? " (each agency's counted by itself)" : "", scored,
           scored == 1 ? "has" : "have");
    for (int s = 0; s <= CASEAUDIT_NOT_APPLYING; s++)
        if (by_status[s] > 0) {
            ca_say(e, "%s%zu %s", before, by_status[s],
                   ca_words_status((enum caseaudit_status)s));
            before = ", ";
        }
    ca_say(e, scored < all ? "." : "");
}

static void introduction(struct ca_explainer *e)
{
    ca_say_heading(e, "How this grade came about");
    ca_say(e,
           "Full marks are %d. Each mean is rounded once, half up, to two decimals, and the "
           "rounded score enters the next sum. What has no score is left out of the sum, with "
           "its weight.",
           (int)e->t->out_of);
    say_counts(e);
    ca_say_end(e, 2);
    ca_explain_notes(e, CASEAUDIT_AT_DOCUMENT, 0, 2);
}

static void look_at(struct ca_explainer *e, const struct ca_result *result)
{
    e->result = result;
    e->t = result->template;
    e->pass = ca_pass_of_result(result);
}

static void explain_sections(struct ca_explainer *e)
{
    for (size_t i = 0; i < e->t->top_count; i++)
        ca_explain_section(e, e->t->tops[i].index);
}

/* The audited figures where a moderator changed answers: what differs, and the whole. */
static void explain_as_audited(struct ca_explainer *e, const struct ca_result *result)
{
    look_at(e, result->as_audited);
    e->final = result;
    ca_say_heading(e, "AS AUDITED, before the moderator's changes");
    ca_say(e, "Sections that the changes leave as they are stand further down.");
    ca_say_end(e, 2);
    explain_sections(e);
    ca_say_heading(e, "The whole, as audited");
    ca_explain_whole(e);
    ca_say_heading(e, "WITH THE MODERATOR'S CHANGES");
    e->final = NULL;
}

void ca_explain(const struct ca_layout *layout, const struct ca_result *result)
{
    struct ca_explainer e = {.layout = *layout};

    look_at(&e, result);
    introduction(&e);
    if (result->as_audited != NULL)
        explain_as_audited(&e, result);
    look_at(&e, result);
    explain_sections(&e);
    ca_say_heading(&e, "The whole");
    ca_explain_whole(&e);
    ca_explain_grade(&e);
    ca_explain_alerts(&e);
    ca_explain_measures(&e);
    ca_buffer_putc(layout->out, '\n');
    ca_buffer_free(&e.text);
}

void ca_explain_why(const struct ca_layout *layout, const struct ca_result *result)
{
    struct ca_explainer e = {.layout = *layout};

    look_at(&e, result);
    ca_explain_grade(&e);
    ca_buffer_free(&e.text);
}
