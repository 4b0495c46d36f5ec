/* The one verdict of a summary, and why the other way of asking says otherwise. */
#include "core/insight/told_private.h"

enum { TREND_LEADS = 4 };

/* Better, worse, or not clear: verdicts that a reader would see as the same. */
static int way_of(enum ca_verdict verdict)
{
    return ca_is_better(verdict) - ca_is_worse(verdict);
}

/* The trend leads: what the first and the last period alone say, if that is something else. */
static const char *why_change_differs(const struct ca_telling *t,
                                      const struct ca_summary_comparison *c)
{
    enum ca_verdict change = c->positive.verdict, trend = c->trend.verdict;
    const char *since = ca_told_baseline(t);

    if (!c->positive.judged || way_of(change) == way_of(trend))
        return NULL;
    if (way_of(change) == 0)
        return ca_arena_printf(t->plan->arena,
                               "From %s alone the change is not clear: two periods have fewer "
                               "audits than all %zu, which show the trend.",
                               since, c->trend.periods);
    if (way_of(trend) == 0)
        return ca_arena_printf(t->plan->arena,
                               "%s alone is %s since %s; the periods between do not keep one "
                               "direction.",
                               c->to->when, way_of(change) > 0 ? "better" : "worse", since);
    return ca_arena_printf(t->plan->arena,
                           "Since %s alone it is %s: one period can stand apart from where all "
                           "%zu are going.",
                           since, way_of(change) > 0 ? "better" : "worse", c->trend.periods);
}

/* The change leads: what the three periods in a row say, if that is something else. */
static const char *why_trend_differs(const struct ca_telling *t,
                                     const struct ca_summary_comparison *c)
{
    enum ca_verdict change = c->positive.verdict, trend = c->trend.verdict;

    if (!c->trend.judged || way_of(change) == way_of(trend))
        return NULL;
    if (way_of(trend) == 0)
        return ca_arena_printf(t->plan->arena,
                               "Over the %zu periods from %s to %s the grades keep no one "
                               "direction: the change is between the two alone.",
                               c->trend.periods, c->trend.from, c->trend.to);
    return ca_arena_printf(t->plan->arena,
                           "Over the %zu periods from %s to %s the grades, all of them and not "
                           "the headline alone, are %s; three are too few to lead with.",
                           c->trend.periods, c->trend.from, c->trend.to,
                           ca_verdict_words(trend));
}

void ca_plan_headline(struct ca_plan *plan)
{
    struct ca_telling t = ca_telling_of(plan);
    struct ca_summary_headline *h = &plan->summary->headline;
    const struct ca_summary_comparison *c = plan->summary->comparison;

    if (c == NULL)
        return;
    if (c->trend.judged && (c->trend.periods >= TREND_LEADS || !c->positive.judged)) {
        h->of = CA_HEADLINE_TREND;
        h->verdict = c->trend.verdict;
        h->why = why_change_differs(&t, c);
    } else if (c->positive.judged) {
        h->of = CA_HEADLINE_CHANGE;
        h->verdict = c->positive.verdict;
        h->why = why_trend_differs(&t, c);
    }
}
