/* One section: its table, its sum, its band and its limits. */
#include "core/report/explain/explain_private.h"
#include "core/scoring/rollup.h"

static void standard_line(struct ca_explainer *e, struct ca_explain_sum *sum, size_t standard,
                          size_t agency)
{
    const struct ca_standard *s = &e->t->standards[standard];
    size_t column = agency == CA_NONE ? 0 : agency;
    const struct ca_outcome *o = &e->result->outcomes[standard * e->result->columns + column];
    struct ca_explain_line *line;

    if (!o->present)
        return;
    line = ca_explain_line(sum, ca_standard_label(s), o->score, s->weight);
    ca_buffer_printf(&line->text, "%s%s: ", ca_standard_label(s),
                     s->critical ? " (critical)" : "");
    ca_explain_outcome(&line->text, e->result, standard, column);
}

static void subsection_line(struct ca_explainer *e, struct ca_explain_sum *sum, size_t section,
                            size_t agency)
{
    const struct ca_section *s = &e->t->sections[section];
    const struct ca_section_row *row = ca_explain_row(e->result, section, agency);
    struct ca_explain_line *line = ca_explain_line(sum, s->title, row->score, s->weight);

    ca_buffer_printf(&line->text, "%s: ", s->title);
    if (row->score < 0)
        ca_buffer_puts(&line->text, "no score");
    else
        ca_buffer_printf(&line->text, "%s, as above%s", ca_explain_grade_name(e, row->grade),
                         s->weight == 0 ? "; of weight 0, shown and not counted" : "");
}

/* Many are counted, and not told one by one. */
enum { LEFT_OUT_MOST = 50 };

static void left_out_line(struct ca_explain_sum *sum, size_t count)
{
    struct ca_explain_line *line;

    if (count <= LEFT_OUT_MOST)
        return;
    line = ca_explain_line(sum, "", -1, 0);
    ca_buffer_printf(&line->text,
                     "%zu more: not applicable: each is optional, and was left out",
                     count - LEFT_OUT_MOST);
}

/* Does the roll-up lead to the score that the framework set? */
static bool rolls_up(const struct ca_explainer *e, size_t section, size_t agency)
{
    return ca_explain_row(e->result, section, agency)->uncapped ==
           ca_section_roll_up(&e->pass, section, agency);
}

static void section_table(struct ca_explainer *e, size_t section, size_t agency, int indent)
{
    const struct ca_section *s = &e->t->sections[section];
    struct ca_explain_sum sum = {.rollup = s->rollup, .listed = !rolls_up(e, section, agency)};
    size_t left_out = 0;

    for (size_t i = 0; i < s->child_count; i++) {
        const size_t index = s->children[i].index;
        if (s->children[i].is_section)
            subsection_line(e, &sum, index, agency);
        else if (!ca_explain_left_out(e->result, index, agency == CA_NONE ? 0 : agency) ||
                 ++left_out <= LEFT_OUT_MOST)
            standard_line(e, &sum, index, agency);
    }
    left_out_line(&sum, left_out);
    if (sum.count > 0)
        ca_explain_sum(&e->layout, &sum, indent);
    ca_explain_sum_free(&sum);
}

static int32_t lowest_of_agencies(const struct ca_explainer *e, size_t section)
{
    int32_t lowest = -1;

    for (size_t a = 0; a < e->t->agency_count; a++) {
        int32_t score = ca_explain_row(e->result, section, a)->score;
        if (score >= 0 && (lowest < 0 || score < lowest))
            lowest = score;
    }
    return lowest;
}

/* Do the sums shown of a section lead to its score, and to those of its agencies? */
static bool sums_lead(const struct ca_explainer *e, size_t section)
{
    for (size_t a = 0; a < e->t->agency_count; a++)
        if (e->result->audit->returned[a].returned && !rolls_up(e, section, a))
            return false;
    return e->t->agency_count == 0
               ? rolls_up(e, section, CA_NONE)
               : e->result->joint[section].uncapped == lowest_of_agencies(e, section);
}

/* The agencies' scores side by side, and the joint one that came of them. */
static void say_joint(struct ca_explainer *e, size_t section)
{
    const struct ca_result *result = e->result;
    int32_t joint = result->joint[section].uncapped, lowest = lowest_of_agencies(e, section);
    bool any = false;

    if (joint < 0)
        return;
    ca_say(e, "Jointly ");
    ca_explain_score(&e->text, joint);
    ca_say(e, joint == lowest ? ", the lowest of " : "; the agencies' scores are ");
    for (size_t a = 0; a < e->t->agency_count; a++) {
        const struct ca_section_row *row = ca_explain_row(result, section, a);
        if (row->score < 0)
            continue;
        ca_say(e, "%s%s ", any ? ", " : "", e->t->agencies[a].label);
        ca_explain_score(&e->text, row->score);
        any = true;
    }
    ca_say(e, ".");
    ca_say_end(e, 2);
}

/* Standards of a section that stands apart and are not met in full. */
static void say_short(struct ca_explainer *e, size_t section)
{
    bool any = false;

    for (size_t i = 0; i < e->t->standard_count; i++) {
        const struct ca_standard *s = &e->t->standards[i];
        const struct ca_outcome *o = &e->result->outcomes[i * e->result->columns];
        if (s->section != section || !o->present || !o->counts || o->score >= e->t->full_marks)
            continue;
        ca_say(e, "%s'%s'",
               any ? ", " : " Counted and short of full marks: ", ca_standard_label(s));
        any = true;
    }
    ca_say(e, any ? "." : "");
}

/* A section's own limits looked at its score as it was before them. */
static void section_limits(struct ca_explainer *e, size_t section)
{
    struct ca_section_row *row = &e->pass.joint[section], after = *row;

    if (row->uncapped >= 0) {
        row->score = row->uncapped;
        row->grade = ca_band_of(e->t, row->uncapped);
    }
    for (size_t i = 0; i < e->result->limit_count; i++)
        if (e->result->limits[i].section == section)
            ca_explain_limit(e, &e->result->limits[i]);
    *row = after;
}

/* What the framework says of the section; where no sum led to its score, that it made it. */
static void say_own(struct ca_explainer *e, size_t section)
{
    if (!ca_explain_notes(e, CASEAUDIT_AT_SECTION, section, 2) && !sums_lead(e, section))
        ca_explain_own_score(e, e->result->joint[section].uncapped, 2);
}

static void section_end(struct ca_explainer *e, size_t section)
{
    const struct ca_section *s = &e->t->sections[section];
    const struct ca_section_row *row = &e->result->joint[section];

    if (e->t->agency_count > 0)
        say_joint(e, section);
    say_own(e, section);
    if (row->uncapped < 0)
        return;
    if (e->t->sections[s->top].apart) {
        ca_say(e, "This section stands apart: it has a score and no grade.");
        say_short(e, section);
        ca_say_end(e, 2);
        return;
    }
    ca_explain_band(e, row->uncapped);
    ca_say_end(e, 2);
    section_limits(e, section);
    if (row->cap != CA_NONE) {
        ca_say(e,
               "So the section is '%s', and its score from here on is the one of that grade, ",
               ca_explain_grade_name(e, row->cap));
        ca_explain_score(&e->text, row->score);
        ca_say(e, ".");
        ca_say_end(e, 2);
    }
}

static void section_heading(struct ca_explainer *e, size_t section)
{
    const struct ca_section *s = &e->t->sections[section];
    static const char *const how[] = {[CA_ROLLUP_MEAN] = "weighted mean",
                                      [CA_ROLLUP_LOWEST] = "the lowest score counts",
                                      [CA_ROLLUP_HIGHEST] = "the highest score counts",
                                      [CA_ROLLUP_MEDIAN] = "the median counts"};

    ca_say(e, "%s", s->title);
    for (size_t up = s->parent; up != CA_NONE; up = e->t->sections[up].parent)
        ca_say(e, ", part of %s", e->t->sections[up].title);
    ca_say(e, " (%s)", sums_lead(e, section) ? how[s->rollup] : "worked out by the framework");
    ca_say_heading(e, e->text.data);
    ca_buffer_clear(&e->text);
}

static bool same_outcomes(const struct ca_result *a, const struct ca_result *b, size_t section)
{
    const struct ca_section *s = &a->template->sections[section];

    for (size_t i = 0; i < s->child_count; i++)
        for (size_t c = 0; !s->children[i].is_section && c < a->columns; c++) {
            const struct ca_outcome *x = &a->outcomes[s->children[i].index * a->columns + c];
            const struct ca_outcome *y = &b->outcomes[s->children[i].index * a->columns + c];
            if (x->status != y->status || x->score != y->score || y->audited != NULL)
                return false;
        }
    return true;
}

static bool same_row(const struct ca_section_row *a, const struct ca_section_row *b)
{
    return a->score == b->score && a->uncapped == b->uncapped && a->cap == b->cap;
}

/* Did a moderator's changes leave the section's tables and scores as they were? */
static bool unchanged(const struct ca_explainer *e, size_t section)
{
    const struct ca_result *audited = e->result, *final = e->final;
    const struct ca_section *s = &e->t->sections[section];

    if (!same_outcomes(audited, final, section) ||
        !same_row(&audited->joint[section], &final->joint[section]))
        return false;
    for (size_t a = 0; a < e->t->agency_count; a++)
        if (!same_row(ca_explain_row(audited, section, a), ca_explain_row(final, section, a)))
            return false;
    for (size_t i = 0; i < s->child_count; i++)
        if (s->children[i].is_section && !unchanged(e, s->children[i].index))
            return false;
    return true;
}

/* Sections within first, so that every figure is known when it is needed. */
void ca_explain_section(struct ca_explainer *e, size_t section)
{
    const struct ca_section *s = &e->t->sections[section];

    for (size_t i = 0; i < s->child_count; i++)
        if (s->children[i].is_section)
            ca_explain_section(e, s->children[i].index);
    if (e->final != NULL && unchanged(e, section))
        return;
    section_heading(e, section);
    if (e->t->agency_count == 0)
        section_table(e, section, CA_NONE, 2);
    for (size_t a = 0; a < e->t->agency_count; a++) {
        if (!e->result->audit->returned[a].returned)
            continue;
        ca_layout_text(&e->layout, 2, 4, e->t->agencies[a].label);
        section_table(e, section, a, 4);
    }
    section_end(e, section);
}
