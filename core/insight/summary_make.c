/* The steps from material to summary. */
#include <stdlib.h>
#include <string.h>

#include "core/insight/disclosure.h"
#include "core/insight/summary_private.h"

static void list_templates(struct ca_plan *plan)
{
    const struct ca_material *m = plan->material;

    plan->templates = CA_ARRAY(plan->arena, m->template_count, struct ca_plan_template);
    for (size_t i = 0; i < m->template_count; i++) {
        size_t k = 0;
        while (k < plan->template_count &&
               strcmp(plan->templates[k].id, m->templates[i].id) != 0)
            k++;
        if (k == plan->template_count)
            plan->templates[plan->template_count++].first = CA_NO_DATE;
        /* The newest version's title stays. */
        plan->templates[k].id = ca_arena_strdup(plan->arena, m->templates[i].id);
        plan->templates[k].title = ca_arena_strdup(
            plan->arena, m->templates[i].title ? m->templates[i].title : m->templates[i].id);
    }
}

static const struct ca_plan_template *find_template(const struct ca_plan *plan, const char *id)
{
    for (size_t i = 0; i < plan->template_count; i++)
        if (strcmp(plan->templates[i].id, id) == 0)
            return &plan->templates[i];
    return NULL;
}

static void name_summary(struct ca_plan *plan)
{
    const struct ca_summary_request *request = plan->request;
    struct ca_summary *s = plan->summary;
    const struct ca_stored_template *t = &plan->material->templates[0];

    s->framework = ca_arena_strdup(plan->arena, t->framework);
    s->unit = ca_arena_strdup(plan->arena, t->unit);
    if (request->template_count == 0 && request->framework != NULL) {
        s->title = ca_arena_printf(plan->arena, "All audits of the framework %s", s->framework);
        return;
    }
    s->template_id = plan->templates[0].id;
    s->title = plan->templates[0].title;
    for (size_t i = 0; i < request->template_count && request->template_count > 1; i++) {
        const struct ca_plan_template *template = find_template(plan, request->templates[i]);
        s->template_id = ca_arena_printf(plan->arena, "%s%s%s", i > 0 ? s->template_id : "",
                                         i > 0 ? "," : "", request->templates[i]);
        s->title =
            ca_arena_printf(plan->arena, "%s%s%s", i > 0 ? s->title : "", i > 0 ? "; " : "",
                            template ? template->title : request->templates[i]);
    }
}

static struct ca_summary *new_summary(const struct ca_summary_request *request)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_summary *summary = CA_NEW(arena, struct ca_summary);

    summary->arena = arena;
    summary->audience = request->audience;
    if (request->audience == CA_PUBLIC)
        summary->threshold =
            request->threshold > 0 ? request->threshold : CA_DISCLOSURE_THRESHOLD;
    return summary;
}

static void free_plan(struct ca_plan *plan)
{
    for (size_t i = 0; i < plan->period_count; i++) {
        free(plan->periods[i].months);
        free(plan->periods[i].groups);
    }
    free(plan->periods);
    free(plan->groups.items);
    free(plan->owing.items);
    ca_buffer_free(&plan->key);
}

/* Whom it concerns is for those who act. */
static enum ca_code add_cases(struct ca_plan *plan, struct ca_error *error)
{
    const struct ca_material *m = plan->material;
    const struct ca_period *latest = &plan->periods[plan->latest].period;

    if (plan->summary->audience != CA_OPERATIONAL || m->cases == NULL)
        return CA_OK;
    return m->cases(m->context, plan->summary, latest->from, latest->to, error);
}

static void forget(const struct ca_plan_period *p, struct ca_counts *counts)
{
    for (size_t at = 0; at < ca_places_size(&p->layout); at++)
        if (counts->hidden[at])
            counts->n[at] = 0;
}

/* What is withheld is not known to whatever makes figures, sentences and pages of the rest: they
 * cannot tell it. */
static void forget_withheld(struct ca_plan *plan)
{
    for (size_t i = 0; i < plan->period_count; i++) {
        struct ca_plan_period *p = &plan->periods[i];
        for (size_t g = 0; p->printed && g <= plan->group_count; g++)
            forget(p, g == 0 ? &p->total : &p->groups[g - 1]);
    }
    for (size_t i = 0; i < plan->point_count; i++)
        if (plan->points[i].hidden)
            plan->points[i].graded = plan->points[i].positive = 0;
    if (plan->standing.hidden)
        plan->standing.open = plan->standing.overdue = 0;
}

static enum ca_code withhold(struct ca_plan *plan, struct ca_error *error)
{
    enum ca_code code = CA_OK;

    /* They are about audits that stand in no row. */
    if (ca_has_register(plan)) {
        plan->point_count = 0;
        plan->standing.hidden = true;
    }
    ca_plan_withhold(plan);
    if (ca_has_register(plan))
        code = ca_plan_published(plan, error);
    if (code == CA_OK && plan->request->publish)
        ca_plan_publish(plan);
    plan->summary->published = plan->material->publication_count;
    forget_withheld(plan);
    return code;
}

enum ca_code ca_summary_make(const struct ca_material *material,
                             const struct ca_summary_request *request, struct ca_summary **out,
                             struct ca_error *error)
{
    struct ca_summary *summary = new_summary(request);
    struct ca_plan plan = {.material = material,
                           .request = request,
                           .summary = summary,
                           .arena = summary->arena,
                           .threshold = summary->threshold};
    enum ca_code code;

    list_templates(&plan);
    name_summary(&plan);
    code = ca_plan_names(&plan, error);
    ca_plan_choose_scores(&plan);
    if (code == CA_OK)
        code = ca_plan_periods(&plan, error);
    if (code == CA_OK)
        code = ca_plan_count(&plan, error);
    if (code == CA_OK)
        code = withhold(&plan, error);
    if (code == CA_OK) {
        ca_plan_rows(&plan);
        ca_plan_change(&plan);
        ca_plan_series(&plan);
        ca_plan_funnel(&plan);
        ca_plan_indicators(&plan);
        ca_plan_headline(&plan);
        ca_plan_brief(&plan);
        ca_plan_answer(&plan);
        ca_plan_notes(&plan);
        code = add_cases(&plan, error);
    }
    free_plan(&plan);
    if (code == CA_OK)
        *out = summary;
    else
        ca_summary_free(summary);
    return code;
}
