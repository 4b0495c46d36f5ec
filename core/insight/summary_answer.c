/* The answer in sentences, with which every format begins. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/insight/summary_private.h"

enum { MOST_SENTENCES = 64, MOST_MEASURES = 4 };

struct telling {
    struct ca_plan *plan;
    struct ca_summary *s;
    const struct ca_summary_row *row; /* the latest total */
};

static void say(const struct telling *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void say(const struct telling *t, const char *format, ...)
{
    va_list args;

    if (t->s->answer_count == MOST_SENTENCES)
        return;
    va_start(args, format);
    t->s->answer[t->s->answer_count++] = ca_arena_vprintf(t->plan->arena, format, args);
    va_end(args);
}

/* ---- words ---- */

/* "good" of "Good", for the middle of a sentence. */
static const char *lower(const struct telling *t, const char *label)
{
    char *copy = ca_arena_strdup(t->plan->arena, label);

    if (islower((unsigned char)copy[0]) || !isupper((unsigned char)copy[1]))
        copy[0] = (char)tolower((unsigned char)copy[0]);
    return copy;
}

/* What was audited: files of children and families, otherwise the unit itself. */
static const char *things(const struct telling *t, int64_t count)
{
    static const char *const with_files[] = {"child", "family", "young-person"};
    const char *unit = t->s->unit;
    size_t length = strlen(unit);

    for (size_t i = 0; i < sizeof with_files / sizeof *with_files; i++)
        if (strcmp(unit, with_files[i]) == 0)
            return count == 1 ? "file" : "files";
    if (count == 1)
        return unit;
    if (length > 1 && unit[length - 1] == 'y' && strchr("aeiou", unit[length - 2]) == NULL)
        return ca_arena_printf(t->plan->arena, "%.*sies", (int)length - 1, unit);
    return ca_arena_printf(t->plan->arena, "%ss", unit);
}

/* "22 of 33 (67%)"; NULL where it is withheld or there is nothing. */
static const char *share_words(const struct telling *t, const struct ca_share *share)
{
    if (!ca_is_shown(share->count) || !ca_is_shown(share->of) || !ca_is_shown(share->whole))
        return NULL;
    return ca_arena_printf(t->plan->arena, "%lld of %lld (%lld%%)",
                           (long long)share->count.value, (long long)share->of.value,
                           (long long)share->whole.value);
}

/* "p = .373" */
static const char *p_words(const struct telling *t, struct ca_figure p)
{
    if (p.value <= 0)
        return "p < .001";
    if (p.value >= 1000)
        return "p = 1";
    return ca_arena_printf(t->plan->arena, "p = .%03lld", (long long)p.value);
}

static const char *date_words(const struct telling *t, ca_date date)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int y, m, d;

    ca_date_to_ymd(date, &y, &m, &d);
    return ca_arena_printf(t->plan->arena, "%d %s %d", d, months[m - 1], y);
}

static const char *baseline_words(const struct telling *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;

    if (c->benchmark == NULL)
        return c->from->period.id;
    return ca_arena_printf(t->plan->arena, "benchmark '%s' (%s)", c->benchmark,
                           c->from->period.id);
}

/* ---- what was audited ---- */

static void tell_audits(const struct telling *t)
{
    const struct ca_summary_row *row = t->row;
    const char *not_graded = "", *history = "";

    if (!ca_is_shown(row->audits)) {
        say(t, "How many %s were audited in %s is withheld, because some numbers are small.",
            things(t, 2), row->period.id);
        return;
    }
    if (ca_is_shown(row->not_graded) && row->not_graded.value > 0)
        not_graded = ca_arena_printf(t->plan->arena, ", %lld of them not graded",
                                     (long long)row->not_graded.value);
    if (ca_is_shown(row->history) && row->history.value > 0)
        history = ca_arena_printf(t->plan->arena, ", %lld of them counted before this store",
                                  (long long)row->history.value);
    say(t, "%lld %s audited in %s%s%s.", (long long)row->audits.value,
        things(t, row->audits.value), row->period.id, not_graded, history);
    if (ca_is_shown(row->coverage_whole))
        say(t, "That is %lld of %lld (%lld%%) of all there were.", (long long)row->audits.value,
            (long long)row->population.value, (long long)row->coverage_whole.value);
}

/* ---- how good ---- */

/* ", no clear change since 2023-24 Q1 (26 of 41 (63%), p = .812)"; "" without one. */
static const char *change_words(const struct telling *t, const struct ca_summary_change *change)
{
    const char *from = share_words(t, &change->from);

    if (from == NULL || !change->judged)
        return "";
    return ca_arena_printf(t->plan->arena, ": %s since %s, when it was %s (%s)",
                           ca_verdict_words(change->verdict), baseline_words(t), from,
                           p_words(t, change->p));
}

static void tell_headline(const struct telling *t)
{
    const struct ca_share *share = &t->row->positive;
    const char *words = share_words(t, share);

    if (!t->s->has_positive)
        return;
    if (words == NULL) {
        if (share->count.shown == CA_WITHHELD || share->of.shown == CA_WITHHELD)
            say(t, "How many were %s is withheld, because some numbers are small.",
                t->s->positive_label);
        return;
    }
    say(t, "%s %s (95%% interval %lld%% to %lld%%)%s.", words, t->s->positive_label,
        (long long)share->low_whole.value, (long long)share->high_whole.value,
        t->s->comparison ? change_words(t, &t->s->comparison->positive) : "");
}

static void tell_grades(const struct telling *t)
{
    for (size_t g = 0; g < t->s->grade_count; g++) {
        const char *words = share_words(t, &t->row->grades[g]);
        if (words == NULL)
            continue;
        say(t, "%s %s%s.", words, lower(t, t->s->grades[g].label),
            t->s->comparison ? change_words(t, &t->s->comparison->grades[g]) : "");
    }
}

static void tell_trend(const struct telling *t)
{
    const struct ca_summary_trend *trend;

    if (t->s->comparison == NULL || !t->s->comparison->trend.judged)
        return;
    trend = &t->s->comparison->trend;
    say(t, "Over the %zu periods from %s to %s the grades show %s%s (M² = %lld.%03lld, %s).",
        trend->periods, trend->from, trend->to,
        trend->verdict == CA_NO_CLEAR_CHANGE ? "" : "that practice is ",
        ca_verdict_words(trend->verdict), (long long)(trend->m2.value / 1000),
        (long long)(trend->m2.value % 1000), p_words(t, trend->p));
}

static void tell_months(const struct telling *t)
{
    const struct ca_summary_xmr *xmr = &t->s->xmr;
    const char *months = "";

    if (!xmr->present || !ca_is_shown(xmr->mean))
        return;
    for (size_t i = 0; i < xmr->point_count; i++)
        if (xmr->points[i].signal != NULL)
            months = ca_arena_printf(t->plan->arena, "%s%s%s (%s)", months,
                                     *months != '\0' ? ", " : "", xmr->points[i].month,
                                     xmr->points[i].signal);
    if (*months != '\0')
        say(t, "Month by month, the share %s signals a change in %s.", t->s->positive_label,
            months);
    else
        say(t, "Month by month, the share %s varies no more than chance explains.",
            t->s->positive_label);
}

static void tell_measures(const struct telling *t)
{
    for (size_t i = 0, told = 0; i < t->s->measure_count && told < MOST_MEASURES; i++) {
        const char *words = share_words(t, &t->row->measures[i].share);
        if (t->s->measures[i].mean || words == NULL)
            continue;
        say(t, "%s: %s.", t->s->measures[i].label, words);
        told++;
    }
}

/* ---- what is done about it ---- */

static void tell_moderation(const struct telling *t)
{
    const struct ca_summary_moderation *m = &t->row->moderation;

    if (!ca_is_shown(m->moderated) || m->moderated.value == 0 || !ca_is_shown(m->agreed) ||
        !ca_is_shown(m->raised) || !ca_is_shown(m->lowered))
        return;
    say(t, "%lld moderated: %lld kept the auditor's grade, %lld raised, %lld lowered.",
        (long long)m->moderated.value, (long long)m->agreed.value, (long long)m->raised.value,
        (long long)m->lowered.value);
}

static void tell_alerts(const struct telling *t)
{
    int64_t count = 0;

    for (size_t i = 0; i < t->s->alert_count; i++)
        if (t->s->alerts[i].severity == CA_IMMEDIATE && ca_is_shown(t->row->alerts[i]))
            count += t->row->alerts[i].value;
    if (count > 0)
        say(t, "%lld immediate %s raised.", (long long)count,
            count == 1 ? "alert was" : "alerts were");
}

static void tell_actions(const struct telling *t)
{
    const struct ca_summary_actions *a = &t->row->actions;

    if (!ca_is_shown(a->raised) || a->raised.value == 0 || !ca_is_shown(a->completed) ||
        !ca_is_shown(a->verified) || !ca_is_shown(a->overdue))
        return;
    say(t,
        "%lld %s raised, %lld completed, %lld verified by someone else; %lld %s overdue on %s.",
        (long long)a->raised.value, a->raised.value == 1 ? "action" : "actions",
        (long long)a->completed.value, (long long)a->verified.value,
        (long long)a->overdue.value, a->overdue.value == 1 ? "was" : "were",
        date_words(t, t->s->as_of));
}

/* ---- what to bear in mind ---- */

static void tell_breaks(const struct telling *t)
{
    for (size_t i = 0; i < t->s->break_count; i++) {
        const struct ca_summary_break *b = &t->s->breaks[i];
        struct ca_period quarter = ca_period_quarter_of(b->date, t->plan->material->year_start);
        say(t,
            "The series changes from '%s' to '%s' in %s: figures before and after are not of "
            "the same questions.",
            b->from_title, b->to_title, quarter.id);
    }
}

static void tell_indicators(const struct telling *t)
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
    struct ca_summary *s = plan->summary;
    struct telling t = {plan, s, &s->rows[plan->latest * (1 + plan->group_count)]};

    s->answer = CA_ARRAY(plan->arena, MOST_SENTENCES, const char *);
    tell_audits(&t);
    tell_headline(&t);
    tell_grades(&t);
    tell_trend(&t);
    tell_months(&t);
    tell_measures(&t);
    tell_moderation(&t);
    tell_alerts(&t);
    tell_actions(&t);
    tell_breaks(&t);
    tell_indicators(&t);
}
