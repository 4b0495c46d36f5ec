/*
 * The brief: what suffices alone. Each line is produced from the figures by one rule:
 *
 *   verdict    the headline of the latest period, and the one verdict (ca_plan_headline)
 *   alerts     immediate ones, then urgent ones, of the latest period, each with what is to
 * happen worries    parts and measures that for sure, by their whole interval, stay below three
 * in four, or miss their target; the surest first. Where these are fewer than three, those that
 * stay below it in the sample, said to be unsure strengths  the same, above three in four or
 * with their target met overdue    actions of all periods (ca_summary_standing) decisions  what
 * follows from an alert, from overdue actions and from the first worry
 */
#include <string.h>

#include "core/insight/told_private.h"

/* Tenths of a per cent; and of fewer than five nothing is said. */
enum { THREE_IN_FOUR = 750, FEWEST = 5 };

/* How many words its parts may have: the first of these with which all of it is short enough.
 */
static const struct lengths {
    size_t label, alert, alerts, decisions;
} lengths[] = {{9, 24, 3, 3}, {9, 24, 3, 2}, {8, 20, 2, 2}, {8, 16, 2, 1}, {7, 14, 2, 1},
               {6, 12, 2, 1}, {5, 10, 2, 1}, {4, 8, 2, 1},  {4, 8, 1, 1},  {3, 6, 1, 1}};

/* ---- words ---- */

static size_t count_words(const char *text)
{
    size_t count = 0;

    while (text != NULL && *(text += strspn(text, " ")) != '\0') {
        text += strcspn(text, " ");
        count++;
    }
    return count;
}

/* The first words, with a sign that there are more. */
static const char *shortened(const struct ca_telling *t, const char *text, size_t most)
{
    const char *end = text;

    for (size_t i = 0; i < most; i++) {
        end += strspn(end, " ");
        end += strcspn(end, " ");
    }
    return *end == '\0' ? text
                        : ca_arena_printf(t->plan->arena, "%.*s…", (int)(end - text), text);
}

/* ---- worries and strengths ---- */

/* What may be one: a part of the audit, or a measure. */
struct candidate {
    const char *label;
    struct ca_share share;
    enum ca_target_state state;
    bool most; /* has a target that is to be stayed below */
};

static bool has_share(const struct ca_share *share)
{
    return ca_is_shown(share->tenths) && ca_is_shown(share->low) && ca_is_shown(share->high) &&
           ca_is_shown(share->of) && share->of.value >= FEWEST;
}

static size_t find_candidates(const struct ca_telling *t, struct candidate *out)
{
    const struct ca_summary *s = t->s;
    size_t count = 0;

    for (size_t i = 0; i < s->section_count && s->has_positive; i++)
        if (!s->sections[i].apart && has_share(&t->row->sections[i].positive))
            out[count++] =
                (struct candidate){ca_arena_printf(t->plan->arena, "%s: %s",
                                                   s->sections[i].title, s->positive_label),
                                   t->row->sections[i].positive, CA_NO_TARGET, false};
    for (size_t i = 0; i < s->measure_count; i++) {
        const struct ca_target *target = s->measures[i].target;
        if (!s->measures[i].mean && has_share(&t->row->measures[i].share))
            out[count++] =
                (struct candidate){s->measures[i].label, t->row->measures[i].share,
                                   t->row->measures[i].state, target != NULL && target->most};
    }
    return count;
}

/* 2: for sure a strength; 1: one in the sample; −1, −2: a worry; 0: neither can be said. */
static int standing_of(const struct candidate *c)
{
    switch (c->state) {
    case CA_TARGET_MET: return 2;
    case CA_TARGET_MISSED: return -2;
    case CA_TARGET_UNSURE: return 0;
    case CA_NO_TARGET: break;
    }
    if (c->share.high.value < THREE_IN_FOUR)
        return -2;
    if (c->share.low.value > THREE_IN_FOUR)
        return 2;
    return c->share.tenths.value < THREE_IN_FOUR ? -1 : 1;
}

/* The surest first: by the end of the interval that is nearer to the other side. */
static bool comes_before(const struct candidate *a, const struct candidate *b, int sign)
{
    int x = standing_of(a) * sign, y = standing_of(b) * sign;

    if (x != y)
        return x > y;
    if (a->most != b->most)
        return b->most;
    return sign > 0 ? a->share.low.value > b->share.low.value
                    : a->share.high.value < b->share.high.value;
}

static struct ca_summary_item item_of(const struct ca_telling *t, const struct candidate *c,
                                      size_t words)
{
    bool sure = standing_of(c) == 2 || standing_of(c) == -2;
    const char *share = ca_told_share(t, &c->share);

    return (struct ca_summary_item){
        .what = shortened(t, c->label, words),
        .evidence = sure ? share : ca_arena_printf(t->plan->arena, "%s, unsure", share),
        .share = c->share,
        .sure = sure};
}

static size_t choose_items(const struct ca_telling *t, struct candidate *all, size_t count,
                           int sign, size_t words, struct ca_summary_item *out)
{
    bool *used = CA_ARRAY(t->plan->arena, count + 1, bool);
    size_t chosen = 0;

    while (chosen < CA_BRIEF_ITEMS) {
        size_t best = count;
        for (size_t i = 0; i < count; i++)
            if (!used[i] && standing_of(&all[i]) * sign > 0 &&
                (best == count || comes_before(&all[i], &all[best], sign)))
                best = i;
        if (best == count)
            break;
        used[best] = true;
        out[chosen++] = item_of(t, &all[best], words);
    }
    return chosen;
}

/* ---- the other lines ---- */

static const char *verdict_words(const struct ca_telling *t)
{
    const struct ca_summary_headline *h = &t->s->headline;
    const struct ca_summary_comparison *c = t->s->comparison;

    switch (h->of) {
    case CA_HEADLINE_TREND:
        return ca_arena_printf(t->plan->arena, ": %s over %zu periods since %s",
                               h->verdict == CA_NO_CLEAR_CHANGE ? "no clear trend"
                                                                : ca_verdict_words(h->verdict),
                               c->trend.periods, c->trend.from);
    case CA_HEADLINE_CHANGE:
        return ca_arena_printf(t->plan->arena, ": %s since %s", ca_verdict_words(h->verdict),
                               ca_told_baseline(t));
    case CA_HEADLINE_NONE: break;
    }
    return "";
}

static const char *tell_verdict(const struct ca_telling *t)
{
    const char *share = ca_told_share(t, &t->row->positive);

    if (!ca_is_shown(t->row->audits) && t->s->clash != NULL)
        return ca_arena_printf(t->plan->arena, "What there was in %s is withheld, %s.",
                               t->row->when, ca_told_withheld(t));
    if (!ca_is_shown(t->row->audits))
        return ca_arena_printf(t->plan->arena, "Too few audits in %s to be published.",
                               t->row->when);
    if (t->row->audits.value == 0)
        return ca_arena_printf(t->plan->arena, "No audits in %s.", t->row->when);
    if (share == NULL)
        return ca_arena_printf(
            t->plan->arena, "%lld %s audited in %s%s.", (long long)t->row->audits.value,
            ca_told_things(t, t->row->audits.value), t->row->when, verdict_words(t));
    return ca_arena_printf(t->plan->arena, "%s %s in %s%s.", share, t->s->positive_label,
                           t->row->when, verdict_words(t));
}

static int64_t count_of(const struct ca_telling *t, size_t alert,
                        enum ca_alert_severity severity)
{
    return t->s->alerts[alert].severity == severity && ca_is_shown(t->row->alerts[alert])
               ? t->row->alerts[alert].value
               : 0;
}

/* Of a child who is not safe nothing may be left out without a word. */
static void tell_alerts(const struct ca_telling *t, struct ca_summary_brief *b,
                        const struct lengths *most)
{
    static const enum ca_alert_severity severities[] = {CA_IMMEDIATE, CA_URGENT};
    size_t more = 0;

    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < t->s->alert_count; i++) {
            int64_t count = count_of(t, i, severities[k]);
            if (count == 0)
                continue;
            if (b->alert_count == most->alerts) {
                more++;
                continue;
            }
            b->alerts[b->alert_count++] =
                ca_arena_printf(t->plan->arena, "%lld %s: %s", (long long)count,
                                ca_alert_severity_name(severities[k]),
                                shortened(t, t->s->alerts[i].message, most->alert));
        }
    if (more > 0)
        b->alerts[b->alert_count - 1] =
            ca_arena_printf(t->plan->arena, "%s (and %zu more %s)",
                            b->alerts[b->alert_count - 1], more, more == 1 ? "kind" : "kinds");
}

static bool any_immediate(const struct ca_telling *t)
{
    for (size_t i = 0; i < t->s->alert_count; i++)
        if (count_of(t, i, CA_IMMEDIATE) > 0)
            return true;
    return false;
}

static const char *tell_overdue(const struct ca_telling *t)
{
    const struct ca_summary_standing *s = &t->s->standing;

    if (!ca_is_shown(s->overdue) || s->overdue.value == 0)
        return NULL;
    return ca_arena_printf(
        t->plan->arena, "%lld %s overdue on %s%s%s.", (long long)s->overdue.value,
        s->overdue.value == 1 ? "action" : "actions", ca_told_date(t, t->s->as_of),
        s->oldest != CA_NO_DATE ? ", the oldest since " : "",
        s->oldest != CA_NO_DATE ? ca_told_date(t, s->oldest) : "");
}

static void decide(const struct ca_telling *t, struct ca_summary_brief *b, size_t most)
{
    if (any_immediate(t))
        b->decisions[b->decision_count++] = "Who confirms today that these children are safe.";
    if (b->overdue != NULL && b->decision_count < most)
        b->decisions[b->decision_count++] = "Who finishes the overdue actions, and by when.";
    if (b->worry_count > 0 && b->decision_count < most)
        b->decisions[b->decision_count++] =
            ca_arena_printf(t->plan->arena, "What is to change in “%s”.", b->worries[0].what);
}

/* ---- all of it ---- */

static size_t words_of(const struct ca_summary_brief *b)
{
    size_t words = count_words(b->verdict) + count_words(b->overdue);

    for (size_t i = 0; i < b->alert_count; i++)
        words += count_words(b->alerts[i]);
    for (size_t i = 0; i < b->decision_count; i++)
        words += count_words(b->decisions[i]);
    for (size_t i = 0; i < b->worry_count; i++)
        words += count_words(b->worries[i].what) + count_words(b->worries[i].evidence);
    for (size_t i = 0; i < b->strength_count; i++)
        words += count_words(b->strengths[i].what) + count_words(b->strengths[i].evidence);
    return words;
}

static struct ca_summary_brief brief_of(const struct ca_telling *t, struct candidate *all,
                                        size_t count, const struct lengths *most)
{
    struct ca_summary_brief b = {.verdict = tell_verdict(t), .overdue = tell_overdue(t)};

    tell_alerts(t, &b, most);
    b.worry_count = choose_items(t, all, count, -1, most->label, b.worries);
    b.strength_count = choose_items(t, all, count, 1, most->label, b.strengths);
    decide(t, &b, most->decisions);
    return b;
}

void ca_plan_brief(struct ca_plan *plan)
{
    struct ca_telling t = ca_telling_of(plan);
    struct candidate *all =
        CA_ARRAY(plan->arena, t.s->section_count + t.s->measure_count + 1, struct candidate);
    size_t count = find_candidates(&t, all);

    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        plan->summary->brief = brief_of(&t, all, count, &lengths[i]);
        if (words_of(&plan->summary->brief) <= CA_BRIEF_WORDS)
            return;
    }
}
