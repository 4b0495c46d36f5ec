/* What the places of a row are called, the same in every store and at any time. */
#include "core/insight/summary_private.h"

struct naming {
    const struct ca_plan *plan;
    const struct ca_places *l;
    const char **names;
};

static void name_places(const struct naming *n, size_t at, const char *of,
                        const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        n->names[at + i] = ca_arena_printf(n->plan->arena, "%s:%s", of, names[i]);
}

static void name_block(const struct naming *n, size_t at, const char *of)
{
    static const char *const ends[] = {"graded", "not-graded"};
    const struct ca_summary *s = n->plan->summary;

    for (size_t g = 0; g < n->l->grades; g++)
        n->names[at + g] = ca_arena_printf(n->plan->arena, "%s:grade:%s", of, s->grades[g].id);
    name_places(n, at + n->l->grades, of, ends, 2);
}

static void name_head(const struct naming *n)
{
    static const char *const head[] = {"audits",    "positive", "history", "raised",
                                       "completed", "verified", "overdue"};
    static const char *const moderation[] = {"moderated", "agreed", "raised", "lowered"};
    const struct ca_summary *s = n->plan->summary;
    size_t at = ca_at_moderation(n->l), grades = n->l->grades;

    name_block(n, CA_AT_BLOCK, "all");
    name_places(n, ca_at_audits(n->l), "all", head, sizeof head / sizeof *head);
    name_places(n, at, "moderation", moderation, 4);
    for (size_t i = 0; i < grades * grades; i++)
        n->names[at + 4 + i] =
            ca_arena_printf(n->plan->arena, "moderation:%s:%s", s->grades[i / grades].id,
                            s->grades[i % grades].id);
}

static void name_agency(const struct naming *n, size_t a)
{
    static const char *const kinds[] = {"returns", "asked", "better", "same", "worse"};
    struct ca_arena *arena = n->plan->arena;
    const struct ca_summary *s = n->plan->summary;
    const char *of = ca_arena_printf(arena, "agency:%s", s->agencies[a].id);

    name_places(n, ca_at_agency(n->l, a), of, kinds, CA_AGENCY_BLOCKS);
    name_block(n, ca_at_declared(n->l, a), ca_arena_printf(arena, "%s:declared", of));
    name_block(n, ca_at_computed(n->l, a), ca_arena_printf(arena, "%s:computed", of));
    for (size_t i = 0; i < n->l->sections; i++)
        name_block(n, ca_at_grid(n->l, a, i),
                   ca_arena_printf(arena, "%s:section:%s", of, s->sections[i].id));
}

/* Findings without a theme have one of no name. */
static const char *word(const char *id)
{
    return id != NULL ? id : "";
}

static void name_lists(const struct naming *n)
{
    static const char *const measured[] = {"numerator", "denominator"};
    static const char *const kinds[] = {"strengths", "improvements"};
    struct ca_arena *arena = n->plan->arena;
    const struct ca_summary *s = n->plan->summary;

    for (size_t i = 0; i < n->l->measures; i++)
        name_places(n, ca_at_measure(n->l, i),
                    ca_arena_printf(arena, "measure:%s", s->measures[i].id), measured, 2);
    for (size_t i = 0; i < n->l->limits; i++)
        n->names[ca_at_limit(n->l, i)] =
            ca_arena_printf(arena, "limit:%s", word(s->limits[i].id));
    for (size_t i = 0; i < n->l->themes; i++)
        name_places(n, ca_at_theme(n->l, i),
                    ca_arena_printf(arena, "theme:%s", word(s->themes[i].id)), kinds, 2);
}

const char **ca_plan_place_names(const struct ca_plan *plan, const struct ca_plan_period *p)
{
    static const char *const kinds[] = {"audits", "graded", "not-graded", "positive"};
    struct naming n = {plan, &p->layout,
                       CA_ARRAY(plan->arena, ca_places_size(&p->layout), const char *)};

    name_head(&n);
    for (size_t i = 0; i < n.l->sections; i++)
        name_block(&n, ca_at_section(n.l, i),
                   ca_arena_printf(plan->arena, "section:%s", plan->summary->sections[i].id));
    for (size_t a = 0; a < n.l->agencies; a++)
        name_agency(&n, a);
    name_lists(&n);
    for (size_t m = 0; m < n.l->months; m++)
        name_places(&n, ca_at_month(n.l, m),
                    ca_arena_printf(plan->arena, "month:%s", p->months[m].id), kinds, 4);
    return n.names;
}
