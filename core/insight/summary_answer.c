/* The answer in sentences, with which every format begins. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/insight/told_private.h"

enum { MOST_SENTENCES = 64, MOST_MEASURES = 4 };

static void say(const struct ca_telling *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void say(const struct ca_telling *t, const char *format, ...)
{
    va_list args;

    if (t->s->answer_count == MOST_SENTENCES)
        return;
    va_start(args, format);
    t->s->answer[t->s->answer_count++] = ca_arena_vprintf(t->plan->arena, format, args);
    va_end(args);
}

/* ---- what was audited ---- */

static void tell_audits(const struct ca_telling *t)
{
    const struct ca_summary_row *row = t->row;
    const char *not_graded = "", *history = "";

    if (!ca_is_shown(row->audits)) {
        say(t, "How many %s were audited in %s is withheld, %s.", ca_told_things(t, 2),
            row->when, ca_told_withheld(t));
        return;
    }
    if (ca_is_shown(row->not_graded) && row->not_graded.value > 0)
        not_graded = ca_arena_printf(t->plan->arena, ", %lld of them not graded",
                                     (long long)row->not_graded.value);
    if (ca_is_shown(row->history) && row->history.value > 0)
        history = ca_arena_printf(t->plan->arena, ", %lld of them counted before this store",
                                  (long long)row->history.value);
    say(t, "%lld %s audited in %s%s%s.", (long long)row->audits.value,
        ca_told_things(t, row->audits.value), row->when, not_graded, history);
    if (ca_is_shown(row->coverage_whole))
        say(t, "That is %lld of %lld (%lld%%) of all there were.", (long long)row->audits.value,
            (long long)row->population.value, (long long)row->coverage_whole.value);
}

/* ---- how good ---- */

/* ": no clear change since 2023-24 Q1, when it was 26 of 41 (63%)"; "" without a verdict. */
static const char *change_words(const struct ca_telling *t,
                                const struct ca_summary_change *change)
{
    const char *from = ca_told_share(t, &change->from);

    if (from == NULL || !change->judged)
        return "";
    return ca_arena_printf(
        t->plan->arena, ": %s since %s, when it was %s%s", ca_verdict_words(change->verdict),
        ca_told_baseline(t), from,
        change->verdict == CA_BORDERLINE ? "; the test and the interval disagree" : "");
}

/* ": improving over the 11 periods from 2021-22 Q1 to 2023-24 Q3" */
static const char *trend_words(const struct ca_telling *t)
{
    const struct ca_summary_trend *trend = &t->s->comparison->trend;

    return ca_arena_printf(t->plan->arena, ": %s over the %zu periods from %s to %s",
                           trend->verdict == CA_NO_CLEAR_CHANGE
                               ? "no clear trend"
                               : ca_verdict_words(trend->verdict),
                           trend->periods, trend->from, trend->to);
}

static const char *headline_words(const struct ca_telling *t)
{
    switch (t->s->headline.of) {
    case CA_HEADLINE_TREND: return trend_words(t);
    case CA_HEADLINE_CHANGE: return change_words(t, &t->s->comparison->positive);
    case CA_HEADLINE_NONE: break;
    }
    return "";
}

static void tell_share(const struct ca_telling *t)
{
    const struct ca_share *share = &t->row->positive;
    const char *words = ca_told_share(t, share);

    if (words != NULL)
        say(t, "%s %s (95%% interval %lld%% to %lld%%)%s.", words, t->s->positive_label,
            (long long)share->low_whole.value, (long long)share->high_whole.value,
            headline_words(t));
    else if (share->count.shown == CA_WITHHELD || share->of.shown == CA_WITHHELD)
        say(t, "How many were %s is withheld, %s.", t->s->positive_label, ca_told_withheld(t));
}

/* One verdict, and where the other way of asking says otherwise, why. */
static void tell_headline(const struct ca_telling *t)
{
    if (t->s->has_positive)
        tell_share(t);
    else if (t->s->headline.of == CA_HEADLINE_TREND)
        say(t, "The grades show%s.", trend_words(t));
    if (t->s->headline.why != NULL)
        say(t, "%s", t->s->headline.why);
}

/* Under a trend the change of each grade from two periods alone would be a second verdict. */
static void tell_grades(const struct ca_telling *t)
{
    bool changes = t->s->comparison != NULL && t->s->headline.of != CA_HEADLINE_TREND;

    for (size_t g = 0; g < t->s->grade_count; g++) {
        const char *words = ca_told_share(t, &t->row->grades[g]);
        if (words != NULL)
            say(t, "%s %s%s.", words, ca_told_lower(t, t->s->grades[g].label),
                changes ? change_words(t, &t->s->comparison->grades[g]) : "");
    }
}

/* "west improved, north worsened"; NULL where none of them is clear. */
static const char *clear_groups(const struct ca_telling *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;
    const char *clear = NULL;

    for (size_t g = 0; g < c->group_count; g++)
        if (c->groups[g].positive.judged && ca_is_clear(c->groups[g].positive.verdict))
            clear = ca_arena_printf(t->plan->arena, "%s%s%s %s", clear ? clear : "",
                                    clear ? ", " : "", c->groups[g].to->name,
                                    ca_verdict_words(c->groups[g].positive.verdict));
    return clear;
}

/* Of many groups one will seem to change by chance. */
static void tell_groups(const struct ca_telling *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;
    const char *clear;
    size_t compared = 0;

    for (size_t g = 0; c != NULL && g < c->group_count; g++)
        compared += c->groups[g].positive.judged;
    if (compared == 0)
        return;
    clear = clear_groups(t);
    if (clear == NULL)
        say(t,
            "Each of %zu groups was compared with itself in %s. Looked at together, none "
            "changed clearly.",
            compared, ca_told_baseline(t));
    else
        say(t,
            "Each of %zu groups was compared with itself in %s. Allowing for so many "
            "comparisons, which find a change by chance now and then: %s.",
            compared, ca_told_baseline(t), clear);
}

static void tell_months(const struct ca_telling *t)
{
    const struct ca_summary_xmr *xmr = &t->s->xmr;
    const char *months = "", *by = "Month by month";

    if (!xmr->present || !ca_is_shown(xmr->mean))
        return;
    for (size_t i = 0; i < xmr->point_count; i++)
        if (xmr->points[i].signal != NULL)
            months = ca_arena_printf(t->plan->arena, "%s%s%s (%s)", months,
                                     *months != '\0' ? ", " : "", xmr->points[i].month,
                                     xmr->points[i].signal);
    if (xmr->quarters)
        by = "There are too few audits for a chart of months. Quarter by quarter";
    if (*months != '\0')
        say(t, "%s, the share %s signals a change in %s.", by, t->s->positive_label, months);
    else
        say(t, "%s, the share %s varies no more than chance explains.", by,
            t->s->positive_label);
}

static void tell_measures(const struct ca_telling *t)
{
    for (size_t i = 0, told = 0; i < t->s->measure_count && told < MOST_MEASURES; i++) {
        const char *words = ca_told_share(t, &t->row->measures[i].share);
        if (t->s->measures[i].mean || words == NULL)
            continue;
        say(t, "%s: %s.", t->s->measures[i].label, words);
        told++;
    }
}

/* ---- what is done about it ---- */

static void tell_moderation(const struct ca_telling *t)
{
    const struct ca_summary_moderation *m = &t->row->moderation;

    if (!ca_is_shown(m->moderated) || m->moderated.value == 0 || !ca_is_shown(m->agreed) ||
        !ca_is_shown(m->raised) || !ca_is_shown(m->lowered))
        return;
    say(t, "%lld moderated: %lld kept the auditor's grade, %lld raised, %lld lowered.",
        (long long)m->moderated.value, (long long)m->agreed.value, (long long)m->raised.value,
        (long long)m->lowered.value);
}

static void tell_alerts(const struct ca_telling *t)
{
    int64_t count = 0;

    for (size_t i = 0; i < t->s->alert_count; i++)
        if (t->s->alerts[i].severity == CA_IMMEDIATE && ca_is_shown(t->row->alerts[i]))
            count += t->row->alerts[i].value;
    if (count > 0)
        say(t, "%lld immediate %s raised.", (long long)count,
            count == 1 ? "alert was" : "alerts were");
}

static void tell_actions(const struct ca_telling *t)
{
    const struct ca_summary_actions *a = &t->row->actions;

    if (!ca_is_shown(a->raised) || a->raised.value == 0 || !ca_is_shown(a->completed) ||
        !ca_is_shown(a->verified) || !ca_is_shown(a->overdue))
        return;
    say(t,
        "%lld %s raised in %s, %lld completed, %lld verified by someone else; of these %lld "
        "%s overdue on %s.",
        (long long)a->raised.value, a->raised.value == 1 ? "action was" : "actions were",
        t->row->when, (long long)a->completed.value, (long long)a->verified.value,
        (long long)a->overdue.value, a->overdue.value == 1 ? "was" : "were",
        ca_told_date(t, t->s->as_of));
}

/* Of all periods: an action does not go away because the quarter does. */
static void tell_standing(const struct ca_telling *t)
{
    const struct ca_summary_standing *a = &t->s->standing;

    if (!ca_is_shown(a->overdue) || !ca_is_shown(a->open) || a->open.value == 0)
        return;
    say(t, "Over all periods %lld %s open on that day and %lld of them overdue%s%s.",
        (long long)a->open.value, a->open.value == 1 ? "action was" : "actions were",
        (long long)a->overdue.value, a->oldest != CA_NO_DATE ? ", the oldest due on " : "",
        a->oldest != CA_NO_DATE ? ca_told_date(t, a->oldest) : "");
}

/* An agency's own grade may be kinder than its answers. */
static void tell_agencies(const struct ca_telling *t)
{
    int64_t better = 0, same = 0, worse = 0;

    for (size_t i = 0; i < t->s->agency_count; i++) {
        const struct ca_summary_agency *a = &t->row->agencies[i];
        if (!ca_is_shown(a->better) || !ca_is_shown(a->same) || !ca_is_shown(a->worse))
            return;
        better += a->better.value;
        same += a->same.value;
        worse += a->worse.value;
    }
    if (better + same + worse > 0)
        say(t,
            "Agencies graded their own practice in %lld returns: %lld times better than their "
            "answers come to, %lld times the same and %lld times worse.",
            (long long)(better + same + worse), (long long)better, (long long)same,
            (long long)worse);
}

/* ---- what to bear in mind ---- */

static void tell_break(const struct ca_telling *t, const struct ca_summary_break *b)
{
    struct ca_period quarter = ca_period_quarter_of(b->date, t->plan->material->year_start);

    if (b->measure != NULL)
        say(t,
            "%s is asked in another way from '%s' on, in place of '%s': its figures before "
            "and after are two.",
            b->measure, b->to, b->from);
    else
        say(t,
            "The series changes from '%s' to '%s' in %s: figures before and after are not of "
            "the same questions.",
            b->from_title, b->to_title, quarter.id);
}

static void tell_breaks(const struct ca_telling *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;

    for (size_t i = 0; i < t->s->break_count; i++)
        tell_break(t, &t->s->breaks[i]);
    if (c != NULL && c->broken)
        say(t, "%s is not compared with %s: the break of the series lies between them.",
            t->row->when, ca_told_baseline(t));
}

static void tell_indicators(const struct ca_telling *t)
{
    size_t better = 0, worse = 0, moved = 0;

    for (size_t i = 0; i < t->s->indicator_count; i++) {
        const struct ca_summary_indicator *n = &t->s->indicators[i];
        if (!n->moved)
            continue;
        better += strcmp(n->merit, "better") == 0;
        worse += strcmp(n->merit, "worse") == 0;
        moved++;
    }
    if (moved > 0)
        say(t,
            "Of %zu %s from elsewhere, %zu clearly %s in the right direction and %zu in the "
            "wrong one.",
            moved, moved == 1 ? "figure" : "figures", better, better == 1 ? "goes" : "go",
            worse);
}

void ca_plan_answer(struct ca_plan *plan)
{
    static void (*const parts[])(const struct ca_telling *) = {
        tell_audits,   tell_headline, tell_grades,     tell_groups, tell_months,
        tell_measures, tell_agencies, tell_moderation, tell_alerts, tell_actions,
        tell_standing, tell_breaks,   tell_indicators};
    struct ca_telling t = ca_telling_of(plan);

    t.s->answer = CA_ARRAY(plan->arena, MOST_SENTENCES, const char *);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        parts[i](&t);
}
