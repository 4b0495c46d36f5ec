/* Actions of all audits there are that are open on the day, of all and of each group. */
#include "core/insight/summary_private.h"

static bool is_open(const struct ca_tally_action *action, ca_date as_of)
{
    return action->completed == CA_NO_DATE || action->completed > as_of;
}

/* An action is overdue if it was due before the day and not completed by it. */
bool ca_is_overdue(const struct ca_tally_action *action, ca_date as_of)
{
    return action->due != CA_NO_DATE && action->due < as_of && is_open(action, as_of);
}

/* The same rule as that of `action list`. */
static struct ca_plan_standing standing_of(const struct ca_tally *t, ca_date as_of)
{
    struct ca_plan_standing s = {.oldest = CA_NO_DATE};

    for (size_t i = 0; i < t->action_count; i++) {
        const struct ca_tally_action *action = &t->actions[i];
        bool overdue = ca_is_overdue(action, as_of);
        s.open += overdue || (is_open(action, as_of) && t->audit_date <= as_of);
        s.overdue += overdue;
        if (overdue && (s.oldest == CA_NO_DATE || action->due < s.oldest))
            s.oldest = action->due;
    }
    return s;
}

static void add_to(struct ca_plan_standing *sum, const struct ca_plan_standing *more)
{
    sum->open += more->open;
    sum->overdue += more->overdue;
    if (more->oldest != CA_NO_DATE && (sum->oldest == CA_NO_DATE || more->oldest < sum->oldest))
        sum->oldest = more->oldest;
}

void ca_plan_add_standing(struct ca_plan *plan, const struct ca_tally *tally)
{
    struct ca_plan_standing more = standing_of(tally, plan->as_of);

    if (more.open == 0)
        return;
    add_to(&plan->standing, &more);
    if (plan->request->by_count > 0 && plan->threshold == 0) {
        size_t group = ca_plan_group_of(plan, &plan->owing, tally);
        add_to(&plan->owing.items[group].standing, &more);
    }
}

static struct ca_summary_standing figures_of(const struct ca_plan_standing *from)
{
    return (struct ca_summary_standing){ca_figure(from->open), ca_figure(from->overdue),
                                        from->oldest};
}

static void make_groups(struct ca_plan *plan)
{
    struct ca_summary *s = plan->summary;
    struct ca_plan_groups *groups = &plan->owing;

    ca_plan_order_groups(plan, groups);
    s->owing_count = groups->count;
    s->owing = CA_ARRAY(plan->arena, groups->count, struct ca_summary_owing);
    for (size_t i = 0; i < groups->count; i++) {
        const struct ca_plan_group *group = &groups->items[groups->order[i]];
        s->owing[i].group = group->values;
        ca_plan_name_group(plan, group, &s->owing[i].group_label, &s->owing[i].name);
        s->owing[i].standing = figures_of(&group->standing);
    }
}

void ca_plan_make_standing(struct ca_plan *plan)
{
    struct ca_summary_standing *to = &plan->summary->standing;

    *to = figures_of(&plan->standing);
    if (plan->standing.hidden)
        to->open = to->overdue = ca_no_figure(CA_WITHHELD);
    if (plan->threshold > 0)
        to->oldest = CA_NO_DATE;
    make_groups(plan);
}
