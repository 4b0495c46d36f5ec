/* Partials of several authorities: one of them alone, and figures of all of them. */
#include <string.h>

#include "core/base/array.h"
#include "core/insight/partial.h"

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool same_period(const struct ca_stored_period *a, const struct ca_stored_period *b)
{
    return a->from == b->from && a->to == b->to;
}

/* ---- one of them ---- */

static void keep_results(struct ca_partial *p, size_t authority)
{
    struct ca_stored_template *templates = (struct ca_stored_template *)p->material.templates;
    size_t results = 0, cases = 0;

    p->material.last = CA_NO_DATE;
    for (size_t i = 0; i < p->material.template_count; i++)
        templates[i].audits = 0;
    for (size_t i = 0; i < p->result_count; i++) {
        const struct ca_partial_result *r = &p->results[i];
        if (r->authority != authority)
            continue;
        templates[r->place].audits++;
        if (r->tally.audit_date > p->material.last || p->material.last == CA_NO_DATE)
            p->material.last = r->tally.audit_date;
        p->results[results++] = *r;
    }
    for (size_t i = 0; i < p->case_count; i++)
        if (p->cases[i].authority == authority)
            p->cases[cases++] = p->cases[i];
    p->result_count = results;
    p->case_count = cases;
    for (size_t i = 0; i < results; i++)
        p->results[i].authority = 0;
    for (size_t i = 0; i < cases; i++)
        p->cases[i].authority = 0;
}

#define KEEP(type, array, number, of)                                                          \
    do {                                                                                       \
        type *all = (type *)p->material.array;                                                 \
        size_t kept = 0;                                                                       \
        for (size_t i = 0; i < p->material.number; i++)                                        \
            if (same(all[i].authority, (of)))                                                  \
                all[kept++] = all[i];                                                          \
        p->material.number = kept;                                                             \
    } while (0)

enum ca_code ca_partial_keep(struct ca_arena *arena, struct ca_partial *p,
                             const char *authority, struct ca_error *error)
{
    const char *list = "";
    size_t which = p->authority_count;

    for (size_t i = 0; i < p->authority_count; i++) {
        if (strcmp(p->authorities[i].name, authority) == 0)
            which = i;
        list =
            ca_arena_printf(arena, "%s%s'%s'", list, i > 0 ? ", " : "", p->authorities[i].name);
    }
    if (which == p->authority_count)
        return ca_fail(error, CA_ERROR_USAGE,
                       "here are no audits of '%s'; there are those of %s", authority, list);
    keep_results(p, which);
    KEEP(struct ca_population, populations, population_count, authority);
    KEEP(struct ca_history, history, history_count, authority);
    KEEP(struct ca_indicator, indicators, indicator_count, authority);
    p->authorities = &p->authorities[which];
    p->authority_count = 1;
    p->material.dropped = p->authorities[0].dropped;
    return CA_OK;
}

/* ---- all of them ---- */

/* Cases of several authorities are added up where each of them told how many it has. */
static void unite_populations(struct ca_partial *p)
{
    struct ca_population *all = (struct ca_population *)p->material.populations;
    size_t count = p->material.population_count, kept = 0;

    for (size_t i = 0; i < count; i++) {
        struct ca_population sum = all[i];
        size_t told = 1;
        if (sum.count < 0) /* added to another */
            continue;
        for (size_t k = i + 1; k < count; k++)
            if (all[k].of_framework == sum.of_framework && same(all[k].name, sum.name) &&
                same_period(&all[k].period, &sum.period) && all[k].count >= 0) {
                sum.count += all[k].count;
                all[k].count = -1;
                told++;
            }
        sum.authority = NULL;
        if (told == p->authority_count)
            all[kept++] = sum;
        else
            p->material.figures_differ = true;
    }
    p->material.population_count = kept;
}

static bool same_figure(const struct ca_indicator *a, const struct ca_indicator *b)
{
    return a->is_ratio == b->is_ratio && a->numerator == b->numerator &&
           a->denominator == b->denominator && a->value == b->value &&
           a->polarity == b->polarity && same(a->label, b->label) &&
           same(a->footnote, b->footnote) && same(a->template_id, b->template_id);
}

/* A figure from elsewhere is that of all where all have the same, as one of the country. */
static void unite_indicators(struct ca_arena *arena, struct ca_partial *p)
{
    const struct ca_indicator *all = p->material.indicators;
    struct ca_indicator *kept = NULL;
    size_t count = 0;

    for (size_t i = 0; i < p->material.indicator_count; i++) {
        size_t told = 0;
        bool first = true, alike = true;
        for (size_t k = 0; k < p->material.indicator_count; k++)
            if (same(all[k].id, all[i].id) && same_period(&all[k].period, &all[i].period)) {
                told++;
                first &= k >= i;
                alike &= same_figure(&all[k], &all[i]);
            }
        if (alike && first && told == p->authority_count) {
            struct ca_indicator *one = CA_ARENA_APPEND(arena, kept, count);
            *one = all[i];
            one->authority = NULL;
        }
        p->material.figures_differ |= !alike || told != p->authority_count;
    }
    p->material.indicators = kept;
    p->material.indicator_count = count;
}

void ca_partial_unite_figures(struct ca_arena *arena, struct ca_partial *p)
{
    if (p->authority_count == 1)
        return;
    unite_populations(p);
    unite_indicators(arena, p);
}
