/* The one pass over all results: each is added to the periods and the group it is in. */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/blank.h"
#include "core/base/buffer.h"
#include "core/base/decimal.h"
#include "core/base/map.h"
#include "core/insight/summary_private.h"

/* ---- adding one result to one row ---- */

struct addition {
    const struct ca_plan *plan;
    const struct ca_plan_period *period;
    const struct ca_plan_map *map;
    const struct ca_tally *tally;
    int64_t *n;
};

/* One more graded thing in the block that begins at `at`. */
static void add_grade(const struct addition *a, size_t at, int grade)
{
    const struct ca_places *l = &a->period->layout;

    if (grade >= 0 && (size_t)grade < l->grades) {
        a->n[at + (size_t)grade]++;
        a->n[at + ca_at_graded(l)]++;
    } else {
        a->n[at + ca_at_not_graded(l)]++;
    }
}

static bool is_positive(const struct ca_plan *plan, int grade)
{
    return grade >= 0 && (size_t)grade < plan->positive;
}

static void add_sections(const struct addition *a)
{
    const struct ca_places *l = &a->period->layout;
    const struct ca_tally *t = a->tally;

    for (size_t i = 0; i < t->section_count; i++) {
        const struct ca_tally_section *row = &t->sections[i];
        size_t section = a->map->sections[row->section];
        if (row->agency < 0)
            add_grade(a, ca_at_section(l, section), row->grade);
        else
            add_grade(a, ca_at_grid(l, a->map->agencies[row->agency], section), row->grade);
    }
}

/* An agency is asked by every audit whose template lists it, whether or not it returned. */
static void add_agencies(const struct addition *a)
{
    const struct ca_places *l = &a->period->layout;
    const struct ca_tally *t = a->tally;

    for (size_t i = 0; i < t->template->agencies.count; i++)
        a->n[ca_at_agency(l, a->map->agencies[i]) + CA_AGENCY_ASKED]++;
    for (size_t i = 0; i < t->agency_count; i++) {
        const struct ca_tally_agency *agency = &t->agencies[i];
        size_t index = a->map->agencies[agency->agency], at = ca_at_agency(l, index);
        a->n[at + CA_AGENCY_RETURNS]++;
        add_grade(a, ca_at_declared(l, index), agency->judged);
        add_grade(a, ca_at_computed(l, index), agency->grade);
        if (agency->judged >= 0 && agency->grade >= 0)
            a->n[at + CA_AGENCY_BETTER + 1 + (size_t)(agency->judged > agency->grade) -
                 (size_t)(agency->judged < agency->grade)]++;
    }
}

static void add_measures(const struct addition *a)
{
    const struct ca_places *l = &a->period->layout;
    const struct ca_tally *t = a->tally;

    for (size_t i = 0; i < t->measure_count; i++) {
        size_t at = ca_at_measure(l, a->map->measures[t->measures[i].measure]);
        a->n[at] += t->measures[i].numerator;
        a->n[at + 1] += t->measures[i].denominator;
    }
}

/* An audit counts once for a limit or an alert, however often it is there. */
static void add_once(int64_t *n, const size_t *map, const int *items, size_t count, size_t most)
{
    for (size_t i = 0; i < count; i++) {
        bool again = map[items[i]] >= most;
        for (size_t k = 0; k < i && !again; k++)
            again = map[items[k]] == map[items[i]];
        if (!again)
            n[map[items[i]]]++;
    }
}

static void add_findings(const struct addition *a)
{
    const struct ca_places *l = &a->period->layout;
    const struct ca_tally *t = a->tally;

    add_once(a->n + ca_at_alert(l, 0), a->map->alerts, t->alerts, t->alert_count, l->alerts);
    add_once(a->n + ca_at_limit(l, 0), a->map->limits, t->limits, t->limit_count, l->limits);
    /* The last theme is for findings without one. */
    for (size_t i = 0; i < t->theme_count; i++) {
        int theme = t->themes[i].theme;
        size_t index = theme >= 0 ? a->map->themes[theme] : l->themes - 1;
        a->n[ca_at_theme(l, index) + (t->themes[i].strength ? 0 : 1)]++;
    }
}

static void add_actions(const struct addition *a)
{
    int64_t *n = a->n + ca_at_actions(&a->period->layout);

    for (size_t i = 0; i < a->tally->action_count; i++) {
        const struct ca_tally_action *action = &a->tally->actions[i];
        n[0]++;
        n[1] += action->completed != CA_NO_DATE;
        n[2] += action->verified;
        n[3] += ca_is_overdue(action, a->plan->as_of);
    }
}

/* The auditor's grade is the judgement, or the computed one where the template computes. */
static void add_moderation(const struct addition *a)
{
    const struct ca_places *l = &a->period->layout;
    const struct ca_tally *t = a->tally;
    int auditor = t->template->judged ? t->judged : t->computed;
    int64_t *n = a->n + ca_at_moderation(l);

    if (auditor < 0 || t->moderated < 0)
        return;
    n[0]++;
    n[1] += t->moderated == auditor;
    n[2] += t->moderated < auditor;
    n[3] += t->moderated > auditor;
    n[4 + (size_t)auditor * l->grades + (size_t)t->moderated]++;
}

static void add_month(const struct addition *a)
{
    const struct ca_plan_period *p = a->period;
    int grade = a->tally->grade;

    for (size_t m = 0; m < p->layout.months; m++) {
        if (!ca_period_contains(&p->months[m], a->tally->audit_date))
            continue;
        int64_t *n = a->n + ca_at_month(&p->layout, m);
        n[0]++;
        n[grade >= 0 ? 1 : 2]++;
        n[3] += is_positive(a->plan, grade);
        return;
    }
}

static void start_counts(const struct ca_plan *plan, const struct ca_plan_period *period,
                         struct ca_counts *counts)
{
    size_t size = ca_places_size(&period->layout);

    if (counts->n != NULL)
        return;
    counts->n = CA_ARRAY(plan->arena, size, int64_t);
    counts->hidden = CA_ARRAY(plan->arena, size, bool);
    counts->scores = ca_plan_new_scores(plan);
}

static void add_result(const struct ca_plan *plan, const struct ca_plan_period *period,
                       const struct ca_tally *tally, struct ca_counts *counts)
{
    const struct ca_places *l = &period->layout;
    const struct ca_plan_map *map = &plan->maps[tally->template - plan->material->templates];
    struct addition a;

    start_counts(plan, period, counts);
    a = (struct addition){plan, period, map, tally, counts->n};
    a.n[ca_at_audits(l)]++;
    add_grade(&a, CA_AT_BLOCK, tally->grade);
    a.n[ca_at_positive(l)] += is_positive(plan, tally->grade);
    add_sections(&a);
    add_agencies(&a);
    add_measures(&a);
    add_findings(&a);
    add_actions(&a);
    add_moderation(&a);
    add_month(&a);
}

static void add_member(const struct ca_plan *plan, const struct ca_plan_period *p,
                       struct ca_counts *counts, const char *element)
{
    if (ca_has_register(plan) && p->printed)
        *CA_ARENA_APPEND(plan->arena, counts->members, counts->member_count) = element;
}

static const char *element_of(const struct ca_plan *plan, const struct ca_tally *tally)
{
    const struct ca_material *m = plan->material;

    return m->element != NULL ? m->element(m->context, tally->result) : NULL;
}

/* ---- the pass ---- */

static struct ca_counts *counts_of_group(struct ca_plan_period *period, size_t group)
{
    while (period->group_count <= group)
        (void)CA_APPEND(period->groups, period->group_count);
    return &period->groups[group];
}

struct pass {
    struct ca_plan *plan;
    struct ca_error *error;
    enum ca_code code;
    struct ca_plan_month
        *months;           /* [CA_CHART_MONTHS] for each template of a series, or for all */
    struct ca_scores **to; /* room for those of a total and a group of each period */
};

/* Which template of a series it is; 0 where there is no series. */
static size_t place_in_series(const struct ca_plan *plan, const char *id)
{
    const struct ca_summary_request *request = plan->request;
    size_t place = 0;

    while (place + 1 < request->template_count && strcmp(request->templates[place], id) != 0)
        place++;
    return place;
}

static void count_month(struct pass *pass, const struct ca_tally *tally)
{
    const struct ca_plan_map *map =
        &pass->plan->maps[tally->template - pass->plan->material->templates];
    struct ca_plan_month *month;
    int y, m, d;

    ca_date_to_ymd(tally->audit_date, &y, &m, &d);
    if (y < CA_FIRST_YEAR || y > CA_LAST_YEAR)
        return;
    month = pass->months + place_in_series(pass->plan, tally->template->id) * CA_CHART_MONTHS +
            (y - CA_FIRST_YEAR) * 12 + m - 1;
    month->audits++;
    month->graded += tally->grade >= 0;
    month->positive += tally->grade >= 0 && (map->positive >> tally->grade & 1u);
}

static void note_first(ca_date *first, ca_date date)
{
    if (*first == CA_NO_DATE || date < *first)
        *first = date;
}

static bool is_same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void note_template(struct ca_plan *plan, const struct ca_tally *tally)
{
    note_first(&plan->maps[tally->template - plan->material->templates].first,
               tally->audit_date);
    for (size_t i = 0; i < plan->template_count; i++) {
        struct ca_plan_template *t = &plan->templates[i];
        if (strcmp(t->id, tally->template->id) == 0)
            note_first(&t->first, tally->audit_date);
    }
    for (size_t i = 0; i < plan->material->history_count; i++) {
        const struct ca_history *h = plan->history[i].row;
        if (tally->audit_date >= h->period.from && tally->audit_date <= h->period.to &&
            strcmp(h->template_id, tally->template->id) == 0 &&
            is_same(h->authority, tally->authority))
            plan->history[i].overtaken = true;
    }
}

static bool is_in(const struct ca_plan_period *p, const char *template_id, ca_date from,
                  ca_date to)
{
    return from >= p->period.from && to <= p->period.to &&
           (p->only_template == NULL || strcmp(p->only_template, template_id) == 0);
}

/* One result in one of the periods; where its scores are to be counted is added to `to`. */
static void add_to_period(struct pass *pass, struct ca_plan_period *p,
                          const struct ca_tally *tally, struct ca_scores **to, size_t *count)
{
    struct ca_plan *plan = pass->plan;
    struct ca_counts *group;

    plan->maps[tally->template - plan->material->templates].shown |= p->shown;
    p->drawn &=
        tally->selection == CA_SELECTION_RANDOM || tally->selection == CA_SELECTION_STRATIFIED;
    add_result(plan, p, tally, &p->total);
    add_member(plan, p, &p->total, element_of(plan, tally));
    if (!p->printed)
        return;
    if (p->total.scores != NULL)
        to[(*count)++] = p->total.scores;
    if (plan->request->by_count == 0)
        return;
    group = counts_of_group(p, ca_plan_group_of(plan, &plan->groups, tally));
    add_result(plan, p, tally, group);
    add_member(plan, p, group, element_of(plan, tally));
    if (group->scores != NULL)
        to[(*count)++] = group->scores;
}

static bool visit(void *context, const struct ca_tally *tally)
{
    struct pass *pass = context;
    struct ca_plan *plan = pass->plan;
    size_t count = 0;

    count_month(pass, tally);
    note_template(plan, tally);
    ca_plan_add_standing(plan, tally);
    for (size_t i = 0; i < plan->period_count; i++) {
        struct ca_plan_period *p = &plan->periods[i];
        if (!is_in(p, tally->template->id, tally->audit_date, tally->audit_date))
            continue;
        if (!plan->maps[tally->template - plan->material->templates].same_scale) {
            plan->foreign_scale = tally->template;
            return false;
        }
        add_to_period(pass, p, tally, pass->to, &count);
    }
    pass->code = ca_plan_add_scores(plan, tally, pass->to, count, pass->error);
    return pass->code == CA_OK;
}

/* ---- counts from before the store ---- */

static enum ca_code prepare_history(struct ca_plan *plan, struct ca_error *error)
{
    const struct ca_material *m = plan->material;

    plan->history = CA_ARRAY(plan->arena, m->history_count, struct ca_plan_history);
    for (size_t i = 0; i < m->history_count; i++) {
        size_t g = 0;
        while (g < plan->summary->grade_count &&
               strcmp(plan->summary->grades[g].id, m->history[i].grade) != 0)
            g++;
        if (g == plan->summary->grade_count)
            return ca_fail(error, CA_ERROR_DATA,
                           "the history of '%s' has grade '%s', which is not in its scale",
                           m->history[i].template_id, m->history[i].grade);
        plan->history[i] = (struct ca_plan_history){&m->history[i], g, false};
    }
    return CA_OK;
}

static void add_counts(const struct ca_plan *plan, const struct ca_plan_period *p,
                       const struct ca_plan_history *h, struct ca_counts *counts)
{
    int64_t count = h->row->count;

    start_counts(plan, p, counts);
    counts->n[h->grade] += count;
    counts->n[ca_at_graded(&p->layout)] += count;
    counts->n[ca_at_audits(&p->layout)] += count;
    counts->n[ca_at_history(&p->layout)] += count;
    counts->n[ca_at_positive(&p->layout)] += h->grade < plan->positive ? count : 0;
    add_member(plan, p, counts,
               ca_arena_printf(plan->arena, "history:%s:%s:%d:%d/%lld", h->row->template_id,
                               h->row->grade, (int)h->row->period.from, (int)h->row->period.to,
                               (long long)count));
}

/* Imported counts have no attributes: in groups by one they are among those not recorded. */
static void add_history(struct ca_plan *plan)
{
    for (size_t i = 0; i < plan->material->history_count; i++) {
        const struct ca_plan_history *h = &plan->history[i];
        for (size_t k = 0; k < plan->period_count && !h->overtaken && h->row->count > 0; k++) {
            struct ca_plan_period *p = &plan->periods[k];
            if (!is_in(p, h->row->template_id, h->row->period.from, h->row->period.to))
                continue;
            p->drawn = false;
            add_counts(plan, p, h, &p->total);
            if (p->printed && plan->request->by_count > 0)
                add_counts(
                    plan, p, h,
                    counts_of_group(p, ca_plan_group_of_history(plan, &plan->groups, h->row)));
        }
    }
}

/* ---- afterwards ---- */

/* Every row has counts, if only zeroes: a group that is in one period is in all. */
static void fill_rows(struct ca_plan *plan)
{
    for (size_t i = 0; i < plan->period_count; i++) {
        struct ca_plan_period *p = &plan->periods[i];
        start_counts(plan, p, &p->total);
        for (size_t g = 0; p->printed && g < plan->group_count; g++)
            start_counts(plan, p, counts_of_group(p, g));
    }
}

/* Never left out in silence: whoever said them wants them to count. */
static enum ca_code check_overlaps(const struct ca_plan *plan, const struct ca_plan_period *p,
                                   struct ca_error *error)
{
    struct ca_buffer names = {0};
    enum ca_code code = CA_OK;

    ca_plan_name_overlaps(plan, p, &names);
    if (names.length > 0)
        code = ca_fail(error, CA_ERROR_DATA,
                       "the population of %s cannot be told: %s overlap; say that of %s itself "
                       "with 'caseaudit population set'",
                       p->period.id, names.data, p->period.id);
    ca_buffer_free(&names);
    return code;
}

static enum ca_code check_population(struct ca_plan *plan, struct ca_error *error)
{
    for (size_t i = 0; i < plan->period_count; i++) {
        struct ca_plan_period *p = &plan->periods[i];
        int64_t audits = p->total.n[ca_at_audits(&p->layout)];
        p->population = p->printed ? ca_plan_population(plan, p) : -1;
        if (p->population >= 0 && p->population < audits)
            return ca_fail(error, CA_ERROR_DATA,
                           "the population of %s is %lld, but %lld cases were audited; correct "
                           "it with 'caseaudit population set'",
                           p->period.id, (long long)p->population, (long long)audits);
        if (p->printed && check_overlaps(plan, p, error) != CA_OK)
            return error->code;
    }
    return CA_OK;
}

enum ca_code ca_plan_count(struct ca_plan *plan, struct ca_error *error)
{
    size_t series = plan->request->template_count > 0 ? plan->request->template_count : 1;
    struct pass pass = {.plan = plan,
                        .error = error,
                        .months = ca_xcalloc(series * CA_CHART_MONTHS, sizeof *pass.months),
                        .to =
                            CA_ARRAY(plan->arena, 2 * plan->period_count, struct ca_scores *)};
    enum ca_code code = prepare_history(plan, error);

    plan->standing.oldest = CA_NO_DATE;
    for (size_t i = 0; i < plan->material->template_count; i++)
        plan->maps[i].first = CA_NO_DATE;
    if (code == CA_OK)
        code = plan->material->each(plan->material->context, visit, &pass, error);
    if (code == CA_OK)
        code = pass.code;
    if (code == CA_OK && plan->foreign_scale != NULL)
        code = ca_fail(error, CA_ERROR_DATA,
                       "'%s@%s' has another scale of grades than '%s@%s': they cannot be added "
                       "up; choose with --template, or a period in which only one was used",
                       plan->foreign_scale->id, plan->foreign_scale->version,
                       plan->material->templates[plan->reference].id,
                       plan->material->templates[plan->reference].version);
    if (code == CA_OK) {
        add_history(plan);
        plan->group_count = plan->groups.count;
        fill_rows(plan);
        ca_plan_place_groups(plan);
        ca_plan_settle(plan);
        if (ca_plan_template(plan) != NULL)
            ca_plan_points(plan, pass.months + place_in_series(plan, ca_plan_template(plan)) *
                                                   CA_CHART_MONTHS);
        else
            ca_plan_points(plan, pass.months);
        code = check_population(plan, error);
    }
    free(pass.months);
    return code;
}
