/* From sections to the computed grade. */
#include "core/report/explain/explain_private.h"
#include "core/scoring/conditions.h"
#include "core/scoring/rollup.h"

static void whole_section_line(struct ca_explainer *e, struct ca_explain_sum *sum,
                               size_t section, size_t agency)
{
    const struct ca_section *s = &e->t->sections[section];
    const struct ca_section_row *row = ca_explain_row(e->result, section, agency);
    int32_t weight = s->apart ? 0 : s->weight;
    struct ca_explain_line *line = ca_explain_line(sum, s->title, row->score, weight);

    ca_buffer_printf(&line->text, "%s: ", s->title);
    if (row->score < 0) {
        ca_buffer_puts(&line->text, "no score");
        return;
    }
    if (s->apart || s->weight == 0) {
        ca_explain_score(&line->text, row->score);
        ca_buffer_puts(&line->text,
                       s->apart ? "; it stands apart" : "; of weight 0, shown and not counted");
        return;
    }
    ca_buffer_puts(&line->text, ca_explain_grade_name(e, row->grade));
}

static void sections_lines(struct ca_explainer *e, struct ca_explain_sum *sum, size_t agency)
{
    for (size_t i = 0; i < e->t->top_count; i++)
        whole_section_line(e, sum, e->t->tops[i].index, agency);
}

static void flat_lines(struct ca_explainer *e, struct ca_explain_sum *sum)
{
    for (size_t i = 0; i < e->t->standard_count; i++) {
        const struct ca_standard *s = &e->t->standards[i];
        const struct ca_outcome *o = &e->result->outcomes[i * e->result->columns];
        if (o->present && o->counts && !e->t->sections[e->t->sections[s->section].top].apart)
            ca_buffer_puts(
                &ca_explain_line(sum, ca_standard_label(s), o->score, s->weight)->text,
                ca_standard_label(s));
    }
}

static void explain_agency(struct ca_explainer *e, size_t agency)
{
    const struct ca_returned *returned = &e->result->audit->returned[agency];
    int32_t score = e->result->agencies[agency].score;
    struct ca_explain_sum sum = {.rollup = CA_ROLLUP_MEAN};

    if (!returned->returned) {
        ca_say(e, "%s: has not returned.", e->t->agencies[agency].label);
        ca_say_end(e, 2);
        return;
    }
    ca_layout_text(&e->layout, 2, 4, e->t->agencies[agency].label);
    if (score == ca_overall_roll_up(&e->pass, CA_ROLLUP_MEAN, agency)) {
        sections_lines(e, &sum, agency);
        ca_explain_sum(&e->layout, &sum, 4);
    }
    if (score >= 0) {
        ca_explain_band(e, score);
        ca_say_end(e, 4);
    }
    if (returned->grade != CA_NONE) {
        ca_say(e, "The agency's own grade is '%s'.", ca_explain_grade_name(e, returned->grade));
        ca_say_end(e, 4);
    }
    ca_explain_sum_free(&sum);
}

static void overall_score(struct ca_explainer *e)
{
    struct ca_explain_sum sum = {.rollup = e->t->rollup};

    if (e->t->rollup == CA_ROLLUP_NONE) {
        ca_say(e, "This template works out no score and no grade for the whole.");
        ca_say_end(e, 2);
        return;
    }
    if (e->t->rollup == CA_ROLLUP_FLAT) {
        ca_say(e, "All standards that count enter one mean; sections play no part.");
        ca_say_end(e, 2);
        flat_lines(e, &sum);
    } else {
        sections_lines(e, &sum, CA_NONE);
    }
    if (e->result->score >= 0 || e->result->computed == CA_NONE)
        ca_explain_sum(&e->layout, &sum, 2);
    if (e->result->score >= 0 && e->t->rollup != CA_ROLLUP_RULES) {
        ca_explain_band(e, e->result->score);
        ca_say_end(e, 2);
    }
    ca_explain_sum_free(&sum);
}

static void explain_rules(struct ca_explainer *e)
{
    const struct ca_template *t = e->t;

    if (e->result->computed == CA_NONE)
        return;
    ca_say(e, "The grade comes from rules%s; the first that holds decides.",
           e->result->score >= 0 ? ", and the score is for information" : "");
    ca_say_end(e, 2);
    for (size_t i = 0; i < t->rule_count; i++) {
        bool holds = ca_conditions_hold(&e->pass, &t->rules[i].conditions);
        ca_say(e, "%zu. '%s' if ", i + 1, t->grades[t->rules[i].grade].label);
        ca_explain_conditions(e, &t->rules[i].conditions);
        ca_say(e, holds ? ". It holds." : ". It does not hold.");
        ca_say_end(e, 2);
        if (holds)
            return;
    }
    ca_say(e, "%s '%s'.", t->rule_count > 0 ? "None of them holds: otherwise" : "Always",
           t->grades[t->otherwise].label);
    ca_say_end(e, 2);
}

void ca_explain_whole(struct ca_explainer *e)
{
    for (size_t a = 0; a < e->t->agency_count; a++)
        explain_agency(e, a);
    overall_score(e);
    if (e->t->rollup == CA_ROLLUP_RULES)
        explain_rules(e);
}
