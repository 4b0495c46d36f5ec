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
    struct ca_explain_sum sum = {
        .rollup = CA_ROLLUP_MEAN,
        .listed = score != ca_overall_roll_up(&e->pass, CA_ROLLUP_MEAN, agency)};

    if (!returned->returned) {
        ca_say(e, "%s: has not returned.", e->t->agencies[agency].label);
        ca_say_end(e, 2);
        return;
    }
    ca_layout_text(&e->layout, 2, 4, e->t->agencies[agency].label);
    sections_lines(e, &sum, agency);
    ca_explain_sum(&e->layout, &sum, 4);
    if (!ca_explain_notes(e, CASEAUDIT_AT_AGENCY, agency, 4) && sum.listed)
        ca_explain_own_score(e, score, 4);
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

/* Of the figures that are being explained. */
static size_t computed_of(const struct ca_explainer *e)
{
    return e->result->as_audited != NULL ? e->result->recomputed : e->result->computed;
}

static bool has_notes(const struct ca_explainer *e)
{
    for (size_t i = 0; i < e->result->note_count; i++)
        if (e->result->notes[i].place == CASEAUDIT_AT_DOCUMENT)
            return true;
    return false;
}

/* The general notes stand at the beginning of the explanation. */
static void say_own_whole(struct ca_explainer *e)
{
    ca_say(e, "The score of ");
    ca_explain_score(&e->text, e->result->score);
    ca_say(e, " was worked out by the framework%s.",
           has_notes(e) ? ", as is said at the beginning" : "");
    ca_say_end(e, 2);
}

static void say_own_grade(struct ca_explainer *e)
{
    ca_say(e, "That the computed grade is '%s' was worked out by the framework%s.",
           ca_explain_grade_name(e, computed_of(e)),
           has_notes(e) ? ", as is said at the beginning" : "");
    ca_say_end(e, 2);
}

static void overall_band(struct ca_explainer *e)
{
    const size_t computed = computed_of(e);

    if (e->result->score >= 0 && computed == ca_band_of(e->t, e->result->score)) {
        ca_explain_band(e, e->result->score);
        ca_say_end(e, 2);
    } else if (e->result->score >= 0 || computed != CA_NONE) {
        say_own_grade(e);
    }
}

static void overall_sum(struct ca_explainer *e)
{
    const bool rules = e->t->rollup == CA_ROLLUP_RULES;
    const int32_t rolled_up =
        ca_overall_roll_up(&e->pass, rules ? CA_ROLLUP_MEAN : e->t->rollup, CASEAUDIT_JOINT);
    struct ca_explain_sum sum = {.rollup = e->t->rollup,
                                 .listed = e->result->score != rolled_up};

    if (e->t->rollup == CA_ROLLUP_FLAT) {
        ca_say(e, "All standards that count enter one mean; sections play no part.");
        ca_say_end(e, 2);
        flat_lines(e, &sum);
    } else {
        sections_lines(e, &sum, CA_NONE);
    }
    if (e->result->score >= 0 || computed_of(e) == CA_NONE)
        ca_explain_sum(&e->layout, &sum, 2);
    if (e->result->score >= 0 && sum.listed)
        say_own_whole(e);
    ca_explain_sum_free(&sum);
}

static void overall_score(struct ca_explainer *e)
{
    if (e->t->rollup == CA_ROLLUP_NONE && e->result->score < 0 && computed_of(e) == CA_NONE) {
        ca_say(e, "This template works out no score and no grade for the whole.");
        ca_say_end(e, 2);
        return;
    }
    overall_sum(e);
    if (e->t->rollup != CA_ROLLUP_RULES)
        overall_band(e);
}

/* The rules in their order, up to the first that holds. */
static void say_rules(struct ca_explainer *e)
{
    const struct ca_template *t = e->t;

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

static void explain_rules(struct ca_explainer *e)
{
    if (computed_of(e) == CA_NONE)
        return;
    if (computed_of(e) != ca_rules_grade(&e->pass)) {
        say_own_grade(e);
        return;
    }
    ca_say(e, "The grade comes from rules%s; the first that holds decides.",
           e->result->score >= 0 ? ", and the score is for information" : "");
    ca_say_end(e, 2);
    say_rules(e);
}

void ca_explain_whole(struct ca_explainer *e)
{
    for (size_t a = 0; a < e->t->agency_count; a++)
        explain_agency(e, a);
    overall_score(e);
    if (e->t->rollup == CA_ROLLUP_RULES)
        explain_rules(e);
}
