/* What each chart's title says, from the model's own figures. */
#include <stdarg.h>

#include "core/report/page/html.h"
#include "core/report/summary/summary_html_private.h"

/* ---- figures in words ---- */

const char *ca_said(struct ca_summary_page *p, const char *format, ...)
{
    va_list args;
    char *text;

    va_start(args, format);
    text = ca_arena_vprintf(p->arena, format, args);
    va_end(args);
    return text;
}

const char *ca_share_said(struct ca_summary_page *p, const struct ca_share *share)
{
    struct ca_buffer text = {0};
    const char *said;

    ca_words_of(&text, share);
    if (ca_is_shown(share->whole)) {
        ca_buffer_puts(&text, " (");
        ca_words_percent(&text, share->whole);
        ca_buffer_puts(&text, ")");
    }
    said = ca_arena_strdup(p->arena, text.data);
    ca_buffer_free(&text);
    return said;
}

static const char *figure(struct ca_summary_page *p, struct ca_figure f)
{
    char text[CA_FIGURE_SIZE];

    return ca_arena_strdup(p->arena, ca_figure_text(f, 0, text));
}

const char *ca_capital(struct ca_summary_page *p, const char *text)
{
    char *copy = ca_arena_strdup(p->arena, text);

    if (*copy >= 'a' && *copy <= 'z')
        *copy = (char)(*copy - 'a' + 'A');
    return copy;
}

const char *ca_grades_said(struct ca_summary_page *p, const struct ca_share *shares)
{
    const char *said = "";

    if (ca_is_shown(shares[0].of) && shares[0].of.value == 0)
        return "nothing graded";
    for (size_t g = 0; g < p->s->grade_count; g++)
        said = ca_said(p, "%s%s%s %s", said, g ? "; " : "", p->s->grades[g].label,
                       ca_share_said(p, &shares[g]));
    return said;
}

unsigned ca_summary_colour(const struct ca_summary *s, size_t grade)
{
    size_t positive = 0;

    while (positive < s->grade_count && s->grades[positive].positive)
        positive++;
    return ca_chart_grade_colour(grade, positive, s->grade_count);
}

struct ca_segment *ca_grade_segments(struct ca_summary_page *p, const struct ca_share *shares)
{
    struct ca_segment *segments = CA_ARRAY(p->arena, p->s->grade_count, struct ca_segment);

    for (size_t g = 0; g < p->s->grade_count; g++)
        segments[g] = (struct ca_segment){.count = shares[g].count,
                                          .label = p->s->grades[g].label,
                                          .abbrev = p->s->grades[g].abbrev,
                                          .colour = ca_summary_colour(p->s, g)};
    return segments;
}

/* ---- findings: only what is one; otherwise what is shown ---- */

#define NO_SUCH ((size_t)-1)

const char *ca_finding_grades(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    const struct ca_summary_comparison *c = s->comparison;

    if (!s->has_positive)
        return ca_said(p, "Grades in %s", p->last->when);
    if (s->headline.of == CA_HEADLINE_TREND)
        return ca_said(p, "%s: %s in %s; %s over %zu periods", ca_capital(p, s->positive_label),
                       ca_share_said(p, &p->last->positive), p->last->when,
                       s->headline.verdict == CA_NO_CLEAR_CHANGE
                           ? "no clear trend"
                           : ca_verdict_words(s->headline.verdict),
                       c->trend.periods);
    if (s->headline.of == CA_HEADLINE_CHANGE)
        return ca_said(p, "%s: %s in %s, after %s in %s: %s", ca_capital(p, s->positive_label),
                       ca_share_said(p, &c->positive.to), c->to->when,
                       ca_share_said(p, &c->positive.from), c->from->when,
                       ca_verdict_words(c->positive.verdict));
    return ca_said(p, "%s: %s in %s", ca_capital(p, s->positive_label),
                   ca_share_said(p, &p->last->positive), p->last->when);
}

const char *ca_finding_months(struct ca_summary_page *p)
{
    const struct ca_summary_xmr *x = &p->s->xmr;
    const char *unit = x->quarters ? "quarter" : "month";
    size_t signals = 0;

    for (size_t i = 0; i < x->point_count; i++)
        signals += x->points[i].signal != NULL;
    if (!ca_is_shown(x->mean))
        return ca_said(p, "%s by %s", ca_capital(p, p->s->positive_label), unit);
    if (signals == 0)
        return ca_said(p, "No %s of %zu stands out from ordinary variation%s", unit,
                       x->point_count, x->run_signal ? ", but their run is unusual" : "");
    return ca_said(p, "%zu of %zu %ss %s by more than ordinary variation would give", signals,
                   x->point_count, unit, signals == 1 ? "differs" : "differ");
}

/* One of several shares that are compared. */
struct contender {
    const char *name;
    struct ca_share share;
};

/* Whether its interval is clear of that of every other one: above them, or below. */
static bool stands_out(const struct contender *all, size_t count, size_t i, bool above)
{
    for (size_t k = 0; k < count; k++)
        if (k != i && (above ? all[i].share.low.value <= all[k].share.high.value
                             : all[i].share.high.value >= all[k].share.low.value))
            return false;
    return count > 1;
}

static size_t outstanding(const struct contender *all, size_t count, bool above)
{
    for (size_t i = 0; i < count; i++)
        if (stands_out(all, count, i, above))
            return i;
    return NO_SUCH;
}

/* "Fewest good or better in 2023-24 Q3: Matching, 7 of 15 (47%)" */
static const char *contest(struct ca_summary_page *p, const struct contender *all, size_t count,
                           const char *what)
{
    size_t most = outstanding(all, count, true), least = outstanding(all, count, false);

    if (least != NO_SUCH && most != NO_SUCH)
        return ca_said(p, "Most often %s in %s: %s, %s. Least often: %s, %s", what,
                       p->last->when, all[most].name, ca_share_said(p, &all[most].share),
                       all[least].name, ca_share_said(p, &all[least].share));
    if (least != NO_SUCH)
        return ca_said(p, "Least often %s in %s: %s, %s", what, p->last->when, all[least].name,
                       ca_share_said(p, &all[least].share));
    if (most != NO_SUCH)
        return ca_said(p, "Most often %s in %s: %s, %s", what, p->last->when, all[most].name,
                       ca_share_said(p, &all[most].share));
    return NULL;
}

static void add_contender(struct contender *all, size_t *count, const char *name,
                          struct ca_share share)
{
    if (ca_is_shown(share.low) && ca_is_shown(share.high))
        all[(*count)++] = (struct contender){name, share};
}

const char *ca_finding_sections(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    struct contender *all = CA_ARRAY(p->arena, s->section_count + 1, struct contender);
    const char *found = NULL;
    size_t count = 0;

    for (size_t i = 0; i < s->section_count; i++)
        if (!s->sections[i].apart)
            add_contender(all, &count, s->sections[i].title, p->last->sections[i].positive);
    found = contest(p, all, count, s->positive_label);
    return found != NULL ? found : ca_said(p, "How each part was graded in %s", p->last->when);
}

const char *ca_finding_agencies(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    int64_t returns = 0, asked = 0;

    for (size_t a = 0; a < s->agency_count; a++) {
        const struct ca_summary_agency *agency = &p->last->agencies[a];
        if (!ca_is_shown(agency->returns) || !ca_is_shown(agency->asked))
            return ca_said(p, "What each agency returned in %s", p->last->when);
        returns += agency->returns.value;
        asked += agency->asked.value;
    }
    if (returns == asked)
        return ca_said(p, "Every agency returned every audit of %s that asked it",
                       p->last->when);
    return ca_said(p, "In %s agencies returned %lld of the %lld that they were asked for",
                   p->last->when, (long long)returns, (long long)asked);
}

/* "2 of 3 targets met in 2023-24 Q3, 1 cannot be told from so few"; NULL without targets. */
static const char *targets_said(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    size_t states[4] = {0}, targets;

    for (size_t i = 0; i < s->measure_count; i++)
        states[p->last->measures[i].state]++;
    targets = states[CA_TARGET_MET] + states[CA_TARGET_MISSED] + states[CA_TARGET_UNSURE];
    if (targets == 0)
        return NULL;
    return ca_said(p, "Of %zu targets in %s, %zu met, %zu missed%s", targets, p->last->when,
                   states[CA_TARGET_MET], states[CA_TARGET_MISSED],
                   states[CA_TARGET_UNSURE] > 0 ? ca_said(p, ", %zu cannot be told from so few",
                                                          states[CA_TARGET_UNSURE])
                                                : "");
}

const char *ca_finding_measures(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    struct contender *all = CA_ARRAY(p->arena, s->measure_count + 1, struct contender);
    const char *found = targets_said(p);
    size_t count = 0;

    if (found != NULL)
        return found;
    for (size_t i = 0; i < s->measure_count; i++)
        if (!s->measures[i].mean)
            add_contender(all, &count, s->measures[i].label, p->last->measures[i].share);
    found = contest(p, all, count, "met");
    return found != NULL ? found : ca_said(p, "Measures in %s", p->last->when);
}

/* The theme named clearly most often: by the interval of its share of all that were named. */
static size_t commonest(const int64_t *counts, size_t count)
{
    int64_t all = 0;
    size_t most = 0;
    struct ca_interval first;

    for (size_t i = 0; i < count; i++) {
        all += counts[i];
        most = counts[i] > counts[most] ? i : most;
    }
    if (count < 2 || counts[most] == 0)
        return NO_SUCH;
    first = ca_wilson(counts[most], all);
    for (size_t i = 0; i < count; i++)
        if (i != most && ca_wilson(counts[i], all).high >= first.low)
            return NO_SUCH;
    return most;
}

const char *ca_finding_themes(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    int64_t *strengths = CA_ARRAY(p->arena, s->theme_count + 1, int64_t);
    int64_t *improvements = CA_ARRAY(p->arena, s->theme_count + 1, int64_t);
    size_t strong, weak;

    for (size_t i = 0; i < s->theme_count; i++) {
        const struct ca_summary_theme *t = &p->last->themes[i];
        if (!ca_is_shown(t->strengths) || !ca_is_shown(t->improvements))
            return ca_said(p, "Strengths and improvements in %s", p->last->when);
        strengths[i] = t->strengths.value;
        improvements[i] = t->improvements.value;
    }
    strong = commonest(strengths, s->theme_count);
    weak = commonest(improvements, s->theme_count);
    if (strong == NO_SUCH && weak == NO_SUCH)
        return ca_said(p, "Strengths and improvements in %s, by theme", p->last->when);
    return ca_said(p, "%s%s%s%s%s",
                   strong != NO_SUCH
                       ? ca_said(p, "Most often a strength: %s (%lld)", s->themes[strong].label,
                                 (long long)strengths[strong])
                       : "",
                   strong != NO_SUCH && weak != NO_SUCH ? ". " : "",
                   weak != NO_SUCH ? "Most often to improve: " : "",
                   weak != NO_SUCH ? s->themes[weak].label : "",
                   weak != NO_SUCH ? ca_said(p, " (%lld)", (long long)improvements[weak]) : "");
}

const char *ca_finding_actions(struct ca_summary_page *p)
{
    const struct ca_summary_actions *a = &p->last->actions;

    if (ca_is_shown(a->raised) && a->raised.value == 0)
        return ca_said(p, "No actions were raised in %s", p->last->when);
    return ca_said(
        p, "Of %s actions raised in %s, %s are completed and %s verified by someone else",
        figure(p, a->raised), p->last->when, figure(p, a->completed), figure(p, a->verified));
}

const char *ca_finding_funnel(struct ca_summary_page *p)
{
    const struct ca_summary_funnel *f = &p->s->funnel;
    const char *named = "";
    size_t outside = 0;

    for (size_t i = 0; i < f->point_count; i++)
        if (f->points[i].outside > 0)
            named = ca_said(p, "%s%s%s", named, outside++ > 0 ? ", " : "", f->points[i].name);
    if (outside == 0)
        return ca_said(p, "No group of %zu differs from all of them by more than chance gives",
                       f->point_count);
    return ca_said(p, "%s %s from all %zu groups by more than chance gives", named,
                   outside == 1 ? "differs" : "differ", f->point_count);
}
