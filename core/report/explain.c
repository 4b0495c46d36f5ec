#include "core/report/explain.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/report/words.h"

/* ---- small pieces ---- */

static void fixed(struct ca_buffer *out, int32_t score)
{
    char text[CA_DECIMAL_SIZE];

    ca_buffer_puts(out, ca_decimal_fixed(score, 2, text));
}

static void shortest(struct ca_buffer *out, int64_t value, int places)
{
    char text[CA_DECIMAL_SIZE];

    ca_buffer_puts(out, ca_decimal_short(value, places, text));
}

static void heading(struct ca_buffer *out, const char *title)
{
    ca_buffer_printf(out, "\n%s\n", title);
}

/* "2.10 is Good, which begins at 1.50." */
static void band_sentence(struct ca_buffer *out, const struct ca_template *t, int32_t score)
{
    size_t grade = ca_band_of(t, score);

    fixed(out, score);
    ca_buffer_printf(out, " is '%s', which begins at ", t->grades[grade].label);
    fixed(out, t->grades[grade].from);
    if (grade > 0) {
        ca_buffer_printf(out, " ('%s' begins at ", t->grades[grade - 1].label);
        fixed(out, t->grades[grade - 1].from);
        ca_buffer_putc(out, ')');
    }
    ca_buffer_puts(out, ".\n");
}

/* ---- one roll-up, as a sum that can be done again ---- */

struct term {
    const char *name;
    int32_t score;  /* hundredths */
    int32_t weight; /* thousandths */
};

struct sum {
    struct term *terms;
    size_t count;
};

static void add_term(struct sum *sum, const char *name, int32_t score, int32_t weight)
{
    if (score >= 0 && weight > 0)
        sum->terms[sum->count++] = (struct term){name, score, weight};
}

/* The quotient before rounding: exact, or to four decimals and on. */
static void quotient(struct ca_buffer *out, int64_t sum, int64_t weight)
{
    int64_t more = sum * 100 / weight;

    if (sum % weight == 0) {
        fixed(out, (int32_t)(sum / weight));
        return;
    }
    char text[CA_DECIMAL_SIZE];
    ca_buffer_puts(out, ca_decimal_fixed(more, 4, text));
    ca_buffer_printf(out, "%s, rounded to ", sum * 100 % weight ? "…" : "");
    fixed(out, (int32_t)ca_mean(sum, weight));
}

static void explain_mean(struct ca_buffer *out, const struct sum *sum, const char *indent)
{
    int64_t total = 0, weight = 0;

    for (size_t i = 0; i < sum->count; i++) {
        const struct term *term = &sum->terms[i];
        ca_buffer_printf(out, "%s  weight ", indent);
        shortest(out, term->weight, 3);
        ca_buffer_puts(out, " × ");
        fixed(out, term->score);
        ca_buffer_puts(out, " = ");
        shortest(out, (int64_t)term->weight * term->score, 5);
        ca_buffer_printf(out, "   %s\n", term->name);
        total += (int64_t)term->weight * term->score;
        weight += term->weight;
    }
    ca_buffer_printf(out, "%s  Together ", indent);
    shortest(out, total, 5);
    ca_buffer_puts(out, "; divided by the weights, ");
    shortest(out, weight, 3);
    ca_buffer_puts(out, ": ");
    quotient(out, total, weight);
    ca_buffer_puts(out, ".\n");
}

static int by_score(const void *a, const void *b)
{
    int32_t x = ((const struct term *)a)->score, y = ((const struct term *)b)->score;

    return (x > y) - (x < y);
}

/* Lowest, highest, median: the scores in order, and which of them it is. */
static void explain_pick(struct ca_buffer *out, struct sum *sum, enum ca_rollup rollup,
                         const char *indent)
{
    size_t pick = rollup == CA_ROLLUP_LOWEST    ? 0
                  : rollup == CA_ROLLUP_HIGHEST ? sum->count - 1
                                                : (sum->count - 1) / 2;

    qsort(sum->terms, sum->count, sizeof *sum->terms, by_score);
    ca_buffer_printf(out, "%s  In order: ", indent);
    for (size_t i = 0; i < sum->count; i++) {
        ca_buffer_puts(out, i ? ", " : "");
        fixed(out, sum->terms[i].score);
    }
    ca_buffer_printf(out, ". The %s is ",
                     rollup == CA_ROLLUP_MEDIAN ? "middle one (the lower of two)"
                                                : ca_rollup_name(rollup));
    fixed(out, sum->terms[pick].score);
    ca_buffer_printf(out, " (%s).\n", sum->terms[pick].name);
}

static void explain_sum(struct ca_buffer *out, struct sum *sum, enum ca_rollup rollup,
                        const char *indent)
{
    if (sum->count == 0)
        ca_buffer_printf(out, "%s  Nothing here has a score, so there is none.\n", indent);
    else if (rollup == CA_ROLLUP_MEAN || rollup == CA_ROLLUP_FLAT || rollup == CA_ROLLUP_RULES)
        explain_mean(out, sum, indent);
    else
        explain_pick(out, sum, rollup, indent);
}

/* ---- sections ---- */

static const struct ca_section_row *row_of(const struct ca_result *result, size_t section,
                                           size_t agency)
{
    return agency == CA_NONE ? &result->joint[section]
                             : &result->by_agency[section * result->columns + agency];
}

static void explain_standard(struct ca_buffer *out, const struct ca_result *result,
                             const struct ca_standard *s, const struct ca_outcome *o,
                             const char *indent)
{
    ca_buffer_printf(out, "%s  %s: ", indent, ca_standard_label(s));
    ca_words_outcome(out, result->template, s, o);
    if (o->score >= 0) {
        ca_buffer_puts(out, ": ");
        fixed(out, o->score);
        if (s->weight == 0)
            ca_buffer_puts(out, ", of weight 0: shown, not counted");
    } else {
        ca_buffer_puts(out, "; no score, so it is left out of the sum");
    }
    ca_buffer_putc(out, '\n');
}

/* The standards of one section and its subsections' scores; then the sum. */
static void explain_children(struct ca_buffer *out, const struct ca_result *result,
                             size_t section, size_t agency, const char *indent)
{
    const struct ca_template *t = result->template;
    const struct ca_section *s = &t->sections[section];
    struct sum sum = {.terms = ca_xcalloc(s->child_count + 1, sizeof(struct term))};

    for (size_t i = 0; i < s->child_count; i++) {
        size_t child = s->children[i].index;
        if (s->children[i].is_section) {
            const struct ca_section_row *row = row_of(result, child, agency);
            add_term(&sum, t->sections[child].title, row->score, t->sections[child].weight);
            continue;
        }
        const struct ca_standard *standard = &t->standards[child];
        const struct ca_outcome *o =
            &result->outcomes[child * result->columns + (agency == CA_NONE ? 0 : agency)];
        if (!o->present)
            continue;
        explain_standard(out, result, standard, o, indent);
        add_term(&sum, ca_standard_label(standard), o->score, standard->weight);
    }
    explain_sum(out, &sum, s->rollup, indent);
    free(sum.terms);
}

static void explain_limit(struct ca_buffer *out, const struct ca_result *result,
                          const struct ca_fired *limit)
{
    ca_buffer_printf(out, "  Limit '%s': no better than '%s'. %s\n", limit->id,
                     result->template->grades[limit->to].label, limit->reason);
    if (limit->limit == NULL)
        return;
    ca_buffer_puts(out, "    It holds because ");
    for (size_t i = 0; i < limit->limit->conditions.count; i++) {
        ca_buffer_puts(out, i ? ", and " : "");
        ca_words_row(out, result->template, &limit->limit->conditions.rows[i]);
    }
    ca_buffer_puts(out, ".\n");
}

static void explain_section_end(struct ca_buffer *out, const struct ca_result *result,
                                size_t section)
{
    const struct ca_template *t = result->template;
    const struct ca_section_row *row = &result->joint[section];

    if (t->sections[t->sections[section].top].apart && row->score >= 0) {
        ca_buffer_puts(out, "  Score ");
        fixed(out, row->score);
        ca_buffer_puts(out, "; this section stands apart and has no grade.\n");
        return;
    }
    if (row->uncapped >= 0) {
        ca_buffer_puts(out, t->agency_count > 0 ? "  Jointly: " : "  ");
        band_sentence(out, t, row->uncapped);
    }
    for (size_t i = 0; i < result->limit_count; i++)
        if (result->limits[i].section == section)
            explain_limit(out, result, &result->limits[i]);
    if (row->cap != CA_NONE) {
        ca_buffer_printf(out, "  So the section is '%s' and takes that grade's score, ",
                         t->grades[row->cap].label);
        fixed(out, row->score);
        ca_buffer_puts(out, ".\n");
    }
}

static void explain_section(struct ca_buffer *out, const struct ca_result *result,
                            size_t section)
{
    const struct ca_template *t = result->template;
    const struct ca_section *s = &t->sections[section];

    ca_buffer_putc(out, '\n');
    for (size_t up = s->parent; up != CA_NONE; up = t->sections[up].parent)
        ca_buffer_puts(out, "> ");
    ca_buffer_printf(out, "%s (weight ", s->title);
    shortest(out, s->weight, 3);
    ca_buffer_printf(out, ", %s)\n", ca_rollup_name(s->rollup));
    if (t->agency_count == 0)
        explain_children(out, result, section, CA_NONE, "");
    for (size_t a = 0; a < t->agency_count; a++) {
        if (!result->audit->returned[a].returned)
            continue;
        ca_buffer_printf(out, "  %s:\n", t->agencies[a].label);
        explain_children(out, result, section, a, "  ");
    }
    explain_section_end(out, result, section);
}

/* ---- the whole ---- */

static bool takes_part(const struct ca_result *result, size_t section)
{
    const struct ca_section *s = &result->template->sections[section];

    return s->weight > 0 && !s->apart && result->joint[section].score >= 0;
}

/* What the overall roll-up is made of: all standards that count, or top-level sections. */
static void overall_terms(const struct ca_result *result, struct sum *sum)
{
    const struct ca_template *t = result->template;

    if (t->rollup != CA_ROLLUP_FLAT) {
        for (size_t i = 0; i < t->top_count; i++)
            if (takes_part(result, t->tops[i].index))
                add_term(sum, t->sections[t->tops[i].index].title,
                         result->joint[t->tops[i].index].score,
                         t->sections[t->tops[i].index].weight);
        return;
    }
    for (size_t i = 0; i < t->standard_count; i++) {
        const struct ca_standard *s = &t->standards[i];
        const struct ca_outcome *o = &result->outcomes[i * result->columns];
        if (o->present && o->counts && !t->sections[t->sections[s->section].top].apart)
            add_term(sum, ca_standard_label(s), o->score, s->weight);
    }
}

static void explain_rules(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;

    ca_buffer_puts(out, "  The grade follows from rules; the first that holds decides:\n");
    for (size_t i = 0; i < t->rule_count; i++) {
        ca_buffer_printf(out, "    '%s' if ", t->grades[t->rules[i].grade].label);
        for (size_t k = 0; k < t->rules[i].conditions.count; k++) {
            ca_buffer_puts(out, k ? ", and " : "");
            ca_words_row(out, t, &t->rules[i].conditions.rows[k]);
        }
        ca_buffer_puts(out, ";\n");
    }
    ca_buffer_printf(out, "    otherwise '%s'.\n", t->grades[t->otherwise].label);
}

static void explain_agencies(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;

    for (size_t a = 0; a < t->agency_count; a++) {
        const struct ca_returned *returned = &result->audit->returned[a];
        if (!returned->returned) {
            ca_buffer_printf(out, "  %s has not returned.\n", t->agencies[a].label);
            continue;
        }
        ca_buffer_printf(out, "  %s: ", t->agencies[a].label);
        if (result->agencies[a].score < 0)
            ca_buffer_puts(out, "no score.\n");
        else
            band_sentence(out, t, result->agencies[a].score);
        if (returned->grade != CA_NONE)
            ca_buffer_printf(out, "    Its own grade: '%s'.\n",
                             t->grades[returned->grade].label);
    }
}

static void explain_overall(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;
    struct sum sum = {
        .terms = ca_xcalloc(t->standard_count + t->top_count + 1, sizeof(struct term))};

    heading(out, "The whole");
    for (size_t i = 0; i < result->note_count; i++)
        ca_buffer_printf(out, "  %s\n", result->notes[i]);
    explain_agencies(out, result);
    overall_terms(result, &sum);
    if (t->rollup == CA_ROLLUP_NONE)
        ca_buffer_puts(out, "  This template computes no overall score.\n");
    else if (result->score >= 0)
        explain_sum(out, &sum, t->rollup, "");
    else if (sum.count == 0)
        ca_buffer_puts(out, "  Nothing was applicable, so there is no score.\n");
    if (t->rollup == CA_ROLLUP_RULES)
        explain_rules(out, result);
    else if (result->score >= 0)
        ca_buffer_puts(out, "  "), band_sentence(out, t, result->score);
    free(sum.terms);
}

/* ---- from the computed grade to the grade ---- */

static void explain_moderation(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;
    const struct ca_judgement *m = &result->audit->moderation;

    if (!m->given)
        return;
    ca_buffer_printf(out, "  Moderated by %s on ", m->by);
    ca_words_date(out, m->date);
    ca_buffer_printf(out, ": '%s'.", ca_words_grade(t, result->moderated));
    if (m->rationale != NULL)
        ca_buffer_printf(out, " \"%s\"", m->rationale);
    ca_buffer_putc(out, '\n');
    if (result->grade != result->moderated && result->moderation_cap != CA_NONE)
        ca_buffer_printf(out, "  A limit still holds for the moderation: '%s'.\n",
                         ca_words_grade(t, result->moderation_cap));
    else if (m->override && result->cap != CA_NONE)
        ca_buffer_puts(out, "  The moderation overrides the limit, with its reason.\n");
}

static void explain_grade(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;
    const struct ca_judgement *j = &result->audit->judgement;

    heading(out, "The grade");
    ca_buffer_printf(out, "  Computed from the answers as audited: %s.\n",
                     ca_words_grade(t, result->computed));
    if (result->audit->change_count > 0)
        ca_buffer_printf(out, "  Computed again with the moderator's changes: %s.\n",
                         ca_words_grade(t, result->recomputed));
    if (j->given) {
        ca_buffer_printf(out, "  Judged by %s on ", j->by);
        ca_words_date(out, j->date);
        ca_buffer_printf(out, ": '%s'%s.", ca_words_grade(t, j->grade),
                         t->judged ? ", which is what counts"
                                   : ", shown beside the computed one");
        if (j->rationale != NULL)
            ca_buffer_printf(out, " \"%s\"", j->rationale);
        ca_buffer_putc(out, '\n');
    }
    for (size_t i = 0; i < result->limit_count; i++)
        if (result->limits[i].section == CA_NONE)
            explain_limit(out, result, &result->limits[i]);
    if (result->cap != CA_NONE && result->base != CA_NONE)
        ca_buffer_printf(out, "  '%s' %s.\n", ca_words_grade(t, result->base),
                         result->cap > result->base ? "is lowered to the limit"
                                                    : "is within the limit, so it stays");
    explain_moderation(out, result);
    ca_buffer_printf(out, "  Grade: %s.\n", ca_words_grade(t, result->grade));
}

void ca_explain(struct ca_buffer *out, const struct ca_result *result)
{
    const struct ca_template *t = result->template;

    heading(out, "How this grade came about");
    ca_buffer_printf(out,
                     "  Full marks are %d. Means are rounded half up, once, to two decimals;\n"
                     "  each rounded score is what enters the next sum.\n",
                     (int)t->out_of);
    for (size_t i = 0; i < t->section_count; i++)
        explain_section(out, result, i);
    explain_overall(out, result);
    explain_grade(out, result);
    ca_buffer_putc(out, '\n');
}
