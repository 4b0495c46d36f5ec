/* Which periods are counted: those shown, the one compared with, and those between. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/insight/summary_private.h"

static bool same_days(const struct ca_period *a, const struct ca_period *b)
{
    return a->from == b->from && a->to == b->to;
}

static struct ca_plan_period *add_period(struct ca_plan *plan, const struct ca_period *period)
{
    struct ca_plan_period *added = CA_APPEND(plan->periods, plan->period_count);

    *added = (struct ca_plan_period){
        .period = *period, .asked = plan->period_count - 1, .drawn = true, .population = -1};
    return added;
}

/* ---- those asked for ---- */

static enum ca_code latest_quarter(struct ca_plan *plan, struct ca_period *out,
                                   struct ca_error *error)
{
    ca_date last = plan->material->last;

    for (size_t i = 0; last == CA_NO_DATE && i < plan->material->history_count; i++)
        last = plan->material->history[i].period.to;
    if (last == CA_NO_DATE)
        return ca_fail(error, CA_ERROR_USAGE,
                       "there are no audits by '%s' yet; record some, or ask for a --period",
                       plan->material->templates[plan->reference].id);
    *out = ca_period_quarter_of(last, plan->material->year_start);
    return CA_OK;
}

static enum ca_code shown_periods(struct ca_plan *plan, struct ca_error *error)
{
    const struct ca_summary_request *request = plan->request;
    int year_start = plan->material->year_start;
    struct ca_period one, *list = NULL;
    size_t count = 1;
    enum ca_code code;

    if (request->period != NULL && request->periods != NULL)
        return ca_fail(
            error, CA_ERROR_USAGE,
            "--period is for one period and --periods for several: give one of them");
    if (request->periods != NULL)
        code = ca_periods_parse(request->periods, year_start, &list, &count, error);
    else if (request->period != NULL)
        code = ca_period_parse(request->period, year_start, &one, error);
    else
        code = latest_quarter(plan, &one, error);
    for (size_t i = 0; code == CA_OK && i < count; i++) {
        struct ca_plan_period *added = add_period(plan, list != NULL ? &list[i] : &one);
        added->shown = added->printed = true;
        plan->latest = plan->period_count - 1;
    }
    free(list);
    return code;
}

/* ---- the one compared with ---- */

static enum ca_code no_benchmark(const struct ca_plan *plan, const char *name,
                                 struct ca_error *error)
{
    const struct ca_material *m = plan->material;
    const char *list = "";

    if (m->benchmark_count == 0)
        return ca_fail(error, CA_ERROR_USAGE,
                       "there is no benchmark '%s', nor any other; 'caseaudit benchmark set' "
                       "names one",
                       name);
    for (size_t i = 0; i < m->benchmark_count; i++)
        list = ca_arena_printf(plan->arena, "%s%s%s", list, i > 0 ? ", " : "",
                               m->benchmarks[i].name);
    return ca_fail(error, CA_ERROR_USAGE, "there is no benchmark '%s'; there is %s", name,
                   list);
}

static enum ca_code find_benchmark(struct ca_plan *plan, const char *name,
                                   struct ca_period *period, const char **template_id,
                                   struct ca_error *error)
{
    const struct ca_material *m = plan->material;

    for (size_t i = 0; i < m->benchmark_count; i++) {
        if (strcmp(m->benchmarks[i].name, name) != 0)
            continue;
        for (size_t t = 0; t < m->template_count; t++) {
            if (strcmp(m->templates[t].id, m->benchmarks[i].template_id) != 0)
                continue;
            *period =
                ca_period_of_dates(m->benchmarks[i].period.from, m->benchmarks[i].period.to);
            snprintf(period->id, sizeof period->id, "%s", m->benchmarks[i].period.id);
            *template_id = m->templates[t].id;
            return CA_OK;
        }
        return ca_fail(error, CA_ERROR_USAGE,
                       "benchmark '%s' is of template '%s', which is not in this summary", name,
                       m->benchmarks[i].template_id);
    }
    return no_benchmark(plan, name, error);
}

static bool overlap(const struct ca_period *a, const struct ca_period *b)
{
    return a->from <= b->to && b->from <= a->to;
}

static bool lies_in(const struct ca_period *part, const struct ca_period *whole)
{
    return whole->from <= part->from && part->to <= whole->to;
}

/* Audits that are in both would be compared with themselves. */
static enum ca_code refuse_overlap(const struct ca_plan *plan, const struct ca_period *period,
                                   struct ca_error *error)
{
    const struct ca_period *latest = &plan->periods[plan->latest].period;
    const char *baseline = period->id;

    if (!overlap(period, latest))
        return CA_OK;
    if (plan->benchmark != NULL)
        baseline =
            ca_arena_printf(plan->arena, "%s (benchmark '%s')", period->id, plan->benchmark);
    if (same_days(period, latest))
        return ca_fail(error, CA_ERROR_USAGE, "%s cannot be compared with itself%s%s",
                       latest->id, plan->benchmark != NULL ? ", which is " : "",
                       plan->benchmark != NULL ? baseline : "");
    if (lies_in(latest, period) || lies_in(period, latest))
        return ca_fail(error, CA_ERROR_USAGE,
                       "%s lies in %s: a part cannot be compared with the whole; choose a "
                       "period before it",
                       lies_in(latest, period) ? latest->id : baseline,
                       lies_in(latest, period) ? baseline : latest->id);
    return ca_fail(error, CA_ERROR_USAGE,
                   "%s and %s overlap: what lies in both would be compared with itself; choose "
                   "a period before it",
                   latest->id, baseline);
}

/* Public figures of a period and of a part of it would give the rest away by subtraction. */
static enum ca_code refuse_subtraction(const struct ca_plan *plan,
                                       const struct ca_period *period, struct ca_error *error)
{
    for (size_t i = 0; plan->threshold > 0 && i < plan->period_count; i++)
        if (overlap(period, &plan->periods[i].period))
            return ca_fail(error, CA_ERROR_USAGE,
                           "%s and %s overlap: in public output one could be subtracted from "
                           "the other; compare with an earlier period",
                           plan->periods[i].period.id, period->id);
    return CA_OK;
}

static enum ca_code add_baseline(struct ca_plan *plan, const struct ca_period *period,
                                 const char *only_template, struct ca_error *error)
{
    const struct ca_period *latest = &plan->periods[plan->latest].period;
    bool several =
        plan->summary->template_id == NULL || strchr(plan->summary->template_id, ',') != NULL;
    struct ca_plan_period *added;
    enum ca_code code;

    code = refuse_overlap(plan, period, error);
    if (code != CA_OK)
        return code;
    if (plan->benchmark == NULL && period->from > latest->to)
        return ca_fail(error, CA_ERROR_USAGE,
                       "%s is after %s: the later period goes with --period, the earlier with "
                       "--compare",
                       period->id, latest->id);
    for (size_t i = 0; i < plan->period_count; i++)
        if (same_days(period, &plan->periods[i].period) && !(several && only_template)) {
            plan->baseline = i;
            return CA_OK;
        }
    code = refuse_subtraction(plan, period, error);
    if (code != CA_OK)
        return code;
    added = add_period(plan, period);
    added->printed = true;
    added->only_template = only_template;
    plan->baseline = plan->period_count - 1;
    return CA_OK;
}

static enum ca_code baseline_period(struct ca_plan *plan, struct ca_error *error)
{
    static const char prefix[] = "benchmark:";
    const char *compare = plan->request->compare, *only = NULL;
    struct ca_period period;
    enum ca_code code;

    if (compare == NULL) {
        plan->baseline = plan->period_count > 1 ? 0 : SIZE_MAX;
        return CA_OK;
    }
    if (strncmp(compare, prefix, sizeof prefix - 1) == 0) {
        plan->benchmark = ca_arena_strdup(plan->arena, compare + sizeof prefix - 1);
        code = find_benchmark(plan, plan->benchmark, &period, &only, error);
    } else {
        code = ca_period_parse(compare, plan->material->year_start, &period, error);
    }
    return code == CA_OK ? add_baseline(plan, &period, only, error) : code;
}

/* ---- those between, for the trend ---- */

enum { MOST_BETWEEN = 400 };

/* How many periods of its kind the latest is after the baseline; 0 if it is no such. */
static int distance(const struct ca_period *from, const struct ca_period *to)
{
    struct ca_period next = *from;

    if (from->kind != to->kind || from->kind == CA_PERIOD_DATES)
        return 0;
    for (int n = 0; n < MOST_BETWEEN && next.from <= to->from; n++) {
        if (same_days(&next, to))
            return n;
        next = ca_period_shift(&next, 1);
    }
    return 0;
}

static void trend_periods(struct ca_plan *plan)
{
    size_t shown = plan->latest + 1;
    int n;

    if (shown >= 3) {
        plan->trend = CA_ARRAY(plan->arena, shown, size_t);
        for (size_t i = 0; i < shown; i++)
            plan->trend[plan->trend_count++] = i;
        return;
    }
    if (plan->baseline == SIZE_MAX || plan->periods[plan->baseline].only_template != NULL)
        return;
    n = distance(&plan->periods[plan->baseline].period, &plan->periods[plan->latest].period);
    if (n < 2)
        return;
    plan->trend = CA_ARRAY(plan->arena, (size_t)n + 1, size_t);
    plan->trend[plan->trend_count++] = plan->baseline;
    for (int i = 1; i < n; i++) {
        struct ca_period between = ca_period_shift(&plan->periods[plan->baseline].period, i);
        size_t known = 0;
        while (known < plan->period_count && !same_days(&plan->periods[known].period, &between))
            known++;
        if (known == plan->period_count)
            add_period(plan, &between);
        plan->trend[plan->trend_count++] = known;
    }
    plan->trend[plan->trend_count++] = plan->latest;
}

/* ---- the templates of a series ---- */

/* Every period once for each template, so that nothing is counted across a break. */
static void split_by_template(struct ca_plan *plan)
{
    struct ca_plan_period *whole = plan->periods;
    size_t count = plan->period_count, parts = plan->request->template_count;

    if (parts < 2)
        return;
    plan->periods = ca_xcalloc(count * parts, sizeof *plan->periods);
    plan->period_count = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < parts; k++) {
            const char *id = plan->request->templates[k];
            if (whole[i].only_template != NULL && strcmp(whole[i].only_template, id) != 0)
                continue;
            plan->periods[plan->period_count] = whole[i];
            plan->periods[plan->period_count++].only_template =
                ca_arena_strdup(plan->arena, id);
        }
    free(whole);
}

static int64_t audits_in(const struct ca_plan_period *p)
{
    return p->total.n[ca_at_audits(&p->layout)];
}

/* Whether the row stays: it has audits, or it is the last of its period, which has none. */
static bool stays(const struct ca_plan *plan, size_t i)
{
    size_t asked = plan->periods[i].asked;
    bool last = i + 1 == plan->period_count || plan->periods[i + 1].asked != asked;

    if (audits_in(&plan->periods[i]) > 0 || !last)
        return audits_in(&plan->periods[i]) > 0;
    for (; i > 0 && plan->periods[i - 1].asked == asked; i--)
        if (audits_in(&plan->periods[i - 1]) > 0)
            return false;
    return true;
}

static void drop_empty_rows(struct ca_plan *plan)
{
    bool *kept = ca_xcalloc(plan->period_count, sizeof *kept);
    size_t count = 0;

    for (size_t i = 0; i < plan->period_count; i++)
        kept[i] = stays(plan, i);
    for (size_t i = 0; i < plan->period_count; i++) {
        if (kept[i]) {
            plan->periods[count++] = plan->periods[i];
            continue;
        }
        free(plan->periods[i].months);
        free(plan->periods[i].groups);
    }
    plan->period_count = count;
    free(kept);
}

static bool same_template(const struct ca_plan_period *a, const struct ca_plan_period *b)
{
    return a->only_template == NULL || b->only_template == NULL ||
           strcmp(a->only_template, b->only_template) == 0;
}

/* The row of a period asked for: the one by the template of `like` (may be NULL), else the last
 * one; SIZE_MAX with `only` and none by that template. */
static size_t row_of(const struct ca_plan *plan, size_t asked,
                     const struct ca_plan_period *like, bool only)
{
    size_t last = SIZE_MAX;

    for (size_t i = 0; i < plan->period_count; i++) {
        if (plan->periods[i].asked != asked)
            continue;
        if (like != NULL && same_template(&plan->periods[i], like))
            return i;
        last = only ? last : i;
    }
    return last;
}

/* Without a choice the latest is compared with the first one shown that has something graded,
 * by the same template if there is one; SIZE_MAX where there is no such. */
static size_t first_with_grades(const struct ca_plan *plan)
{
    const struct ca_plan_period *latest = &plan->periods[plan->latest];
    size_t first = SIZE_MAX;

    for (size_t i = plan->latest; i-- > 0;) {
        const struct ca_plan_period *p = &plan->periods[i];
        if (p->total.n[ca_at_graded(&p->layout)] == 0)
            continue;
        if (first == SIZE_MAX || same_template(p, latest) ||
            !same_template(&plan->periods[first], latest))
            first = i;
    }
    return first;
}

void ca_plan_settle(struct ca_plan *plan)
{
    const struct ca_plan_period *latest;
    size_t count = 0;

    if (plan->request->template_count > 1)
        drop_empty_rows(plan);
    plan->latest = row_of(plan, plan->latest, NULL, false);
    latest = &plan->periods[plan->latest];
    if (plan->baseline != SIZE_MAX)
        plan->baseline = row_of(plan, plan->baseline, latest, false);
    if (plan->request->compare == NULL && plan->baseline != SIZE_MAX)
        plan->baseline = first_with_grades(plan);
    for (size_t i = 0; i < plan->trend_count; i++) {
        size_t row = row_of(plan, plan->trend[i], latest, true);
        const struct ca_plan_period *p = row != SIZE_MAX ? &plan->periods[row] : NULL;
        if (p != NULL && p->total.n[ca_at_graded(&p->layout)] > 0)
            plan->trend[count++] = row;
    }
    plan->trend_count = count;
}

const char *ca_plan_template(const struct ca_plan *plan)
{
    return plan->request->template_count > 1 ? plan->periods[plan->latest].only_template : NULL;
}

ca_date ca_plan_start(const struct ca_plan *plan)
{
    ca_date start = plan->periods[plan->latest].period.from;

    for (size_t i = 0; i < plan->period_count; i++)
        if (plan->periods[i].printed && plan->periods[i].period.from < start)
            start = plan->periods[i].period.from;
    return start;
}

/* ---- what is counted in each ---- */

static void lay_out(struct ca_plan *plan)
{
    const struct ca_summary *s = plan->summary;

    for (size_t i = 0; i < plan->period_count; i++) {
        struct ca_plan_period *p = &plan->periods[i];
        p->layout = (struct ca_places){
            .grades = s->grade_count,
            .sections = s->section_count,
            .agencies = s->agency_count,
            .measures = s->measure_count,
            .alerts = s->alert_count,
            .limits = s->limit_count,
            .themes = s->theme_count,
        };
        p->layout.months = ca_period_months(&p->period, &p->months);
    }
}

enum ca_code ca_plan_periods(struct ca_plan *plan, struct ca_error *error)
{
    enum ca_code code = shown_periods(plan, error);

    plan->baseline = SIZE_MAX;
    if (code == CA_OK)
        code = baseline_period(plan, error);
    if (code != CA_OK)
        return code;
    trend_periods(plan);
    plan->as_of = plan->request->as_of != CA_NO_DATE ? plan->request->as_of
                                                     : plan->periods[plan->latest].period.to;
    split_by_template(plan);
    lay_out(plan);
    plan->summary->as_of = plan->as_of;
    return CA_OK;
}
