/* Scores of the audits, of their sections and of agencies: counted, and summed up. */
#include "core/insight/summary_private.h"

/* Do scores say no more than grades do, such as 3, 2, 1 and 0 of 3? */
static bool are_grades(const struct ca_stored_template *t)
{
    for (size_t g = 0; g + 1 < t->grade_count; g++)
        if (t->grades[g].score - t->grades[g + 1].score != 100)
            return false;
    return t->grade_count > 0 && t->grades[0].score == t->out_of * 100;
}

void ca_plan_choose_scores(struct ca_plan *plan)
{
    const struct ca_stored_template *t = &plan->material->templates[plan->reference];

    if (plan->material->scores == NULL || are_grades(t))
        return;
    plan->scores_left_out = plan->threshold > 0;
    plan->summary->out_of = plan->scores_left_out ? 0 : t->out_of;
}

/* ---- counting ---- */

/* All of it, then each section, then each agency. */
static size_t slots_of(const struct ca_summary *s)
{
    return 1 + s->section_count + s->agency_count;
}

struct ca_scores *ca_plan_new_scores(const struct ca_plan *plan)
{
    return plan->summary->out_of > 0
               ? CA_ARRAY(plan->arena, slots_of(plan->summary), struct ca_scores)
               : NULL;
}

struct adding {
    struct ca_plan *plan;
    const struct ca_plan_map *map;
    struct ca_scores *const *to;
    size_t count;
};

/* An agency's score of one section is in its agency's grid of grades alone. */
static bool add_score(void *context, int section, int agency, int32_t score)
{
    const struct adding *a = context;
    size_t slot = 0;

    if (section >= 0 && agency >= 0)
        return true;
    if (section >= 0)
        slot = 1 + a->map->sections[section];
    else if (agency >= 0)
        slot = 1 + a->plan->summary->section_count + a->map->agencies[agency];
    for (size_t i = 0; i < a->count; i++)
        ca_scores_add(a->plan->arena, &a->to[i][slot], score);
    return true;
}

enum ca_code ca_plan_add_scores(struct ca_plan *plan, const struct ca_tally *tally,
                                struct ca_scores *const *to, size_t count,
                                struct ca_error *error)
{
    struct adding adding = {plan, &plan->maps[tally->template - plan->material->templates], to,
                            count};

    if (count == 0 || tally->template->out_of != plan->summary->out_of)
        return CA_OK;
    return plan->material->scores(plan->material->context, tally, add_score, &adding, error);
}

/* ---- summing up ---- */

static struct ca_summary_spread spread_of(const struct ca_scores *scores)
{
    struct ca_figure none = ca_no_figure(CA_NO_OBSERVATIONS);

    if (scores->count == 0)
        return (struct ca_summary_spread){ca_figure(0), none, none, none};
    return (struct ca_summary_spread){
        ca_figure(scores->count), ca_figure(ca_scores_quartile(scores, 1)),
        ca_figure(ca_scores_quartile(scores, 2)), ca_figure(ca_scores_quartile(scores, 3))};
}

void ca_plan_spread(const struct ca_plan *plan, const struct ca_counts *counts,
                    struct ca_summary_row *row)
{
    const struct ca_summary *s = plan->summary;
    struct ca_summary_spread *all;

    if (s->out_of == 0)
        return;
    row->scores = all = CA_ARRAY(plan->arena, slots_of(s), struct ca_summary_spread);
    row->section_scores = all + 1;
    row->agency_scores = all + 1 + s->section_count;
    for (size_t i = 0; i < slots_of(s); i++)
        all[i] = spread_of(&counts->scores[i]);
}
