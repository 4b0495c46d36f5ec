/* What each chart's title says, from the model's own figures. */
#include <stdarg.h>
#include <string.h>

#include "core/base/decimal.h"
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

struct ca_segment *ca_grade_segments(struct ca_summary_page *p, const struct ca_share *shares)
{
    struct ca_segment *segments = CA_ARRAY(p->arena, p->s->grade_count, struct ca_segment);

    for (size_t g = 0; g < p->s->grade_count; g++)
        segments[g] = (struct ca_segment){.count = shares[g].count,
                                          .label = p->s->grades[g].label,
                                          .abbrev = p->s->grades[g].abbrev,
                                          .colour = (unsigned)g};
    return segments;
}

/* ---- findings ---- */

#define NO_SUCH ((size_t)-1)

/* The grade most audits have; the better of equals. NO_SUCH if any is withheld. */
static size_t commonest(const struct ca_summary *s, const struct ca_share *shares)
{
    size_t most = NO_SUCH;

    for (size_t g = 0; g < s->grade_count; g++) {
        if (!ca_is_shown(shares[g].count))
            return NO_SUCH;
        if (most == NO_SUCH || shares[g].count.value > shares[most].count.value)
            most = g;
    }
    return most;
}

const char *ca_finding_grades(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    const struct ca_summary_comparison *c = s->comparison;
    size_t most = commonest(s, p->last->grades);

    if (c != NULL && s->has_positive && c->positive.judged)
        return ca_said(p, "%s: %s in %s, after %s in %s: %s", ca_capital(p, s->positive_label),
                       ca_share_said(p, &c->positive.to), c->to->period.id,
                       ca_share_said(p, &c->positive.from), c->from->period.id,
                       ca_verdict_words(c->positive.verdict));
    if (s->has_positive)
        return ca_said(p, "%s: %s in %s", ca_capital(p, s->positive_label),
                       ca_share_said(p, &p->last->positive), p->last->period.id);
    if (most != NO_SUCH)
        return ca_said(p, "Most often in %s: %s, %s", p->last->period.id, s->grades[most].label,
                       ca_share_said(p, &p->last->grades[most]));
    return ca_said(p, "Grades in %s", p->last->period.id);
}

const char *ca_finding_months(struct ca_summary_page *p)
{
    const struct ca_summary_xmr *x = &p->s->xmr;
    size_t signals = 0;

    for (size_t i = 0; i < x->point_count; i++)
        signals += x->points[i].signal != NULL;
    if (signals == 0)
        return ca_said(p, "No month of %zu stands out from ordinary variation%s",
                       x->point_count,
                       x->run_signal ? ", but the run of months is unusual" : "");
    return ca_said(p, "%zu of %zu months %s more than ordinary variation would give", signals,
                   x->point_count, signals == 1 ? "differs by" : "differ by");
}

/* Positive grades of a section; false where something is withheld or nothing graded. */
static bool positive_of(const struct ca_summary *s, const struct ca_summary_grades *grades,
                        int64_t *count)
{
    *count = 0;
    for (size_t g = 0; g < s->grade_count; g++) {
        if (!s->grades[g].positive)
            continue;
        if (!ca_is_shown(grades->shares[g].count))
            return false;
        *count += grades->shares[g].count.value;
    }
    return ca_is_shown(grades->graded) && grades->graded.value > 0;
}

const char *ca_finding_sections(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    size_t best = NO_SUCH, worst = NO_SUCH;
    int64_t best_count = 0, worst_count = 0, count;

    for (size_t i = 0; i < s->section_count && s->has_positive; i++) {
        const struct ca_summary_grades *grades = &p->last->sections[i];
        if (s->sections[i].apart || s->sections[i].depth > 0 || !positive_of(s, grades, &count))
            continue;
        if (best == NO_SUCH ||
            count * p->last->sections[best].graded.value > best_count * grades->graded.value)
            best = i, best_count = count;
        if (worst == NO_SUCH ||
            count * p->last->sections[worst].graded.value < worst_count * grades->graded.value)
            worst = i, worst_count = count;
    }
    if (best == NO_SUCH || best == worst)
        return ca_said(p, "How each part was graded in %s", p->last->period.id);
    return ca_said(p, "Strongest part in %s: %s. Most to do: %s", p->last->period.id,
                   s->sections[best].title, s->sections[worst].title);
}

const char *ca_finding_agencies(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    size_t fewest = NO_SUCH;

    for (size_t a = 0; a < s->agency_count; a++) {
        if (!ca_is_shown(p->last->agencies[a].returns))
            return ca_said(p, "What each agency returned in %s", p->last->period.id);
        if (fewest == NO_SUCH ||
            p->last->agencies[a].returns.value < p->last->agencies[fewest].returns.value)
            fewest = a;
    }
    if (!ca_is_shown(p->last->audits) ||
        p->last->agencies[fewest].returns.value == p->last->audits.value)
        return ca_said(p, "Every agency returned every audit of %s", p->last->period.id);
    return ca_said(p, "Fewest returns in %s: %s, %s of %s", p->last->period.id,
                   s->agencies[fewest].label, figure(p, p->last->agencies[fewest].returns),
                   figure(p, p->last->audits));
}

/* Does the share, or the mean, reach the target, or stay below one that is the most? */
static bool reached(const struct ca_summary_measure *m, bool mean,
                    const struct ca_target *target)
{
    int64_t is = mean ? m->mean.value * 10 : m->share.count.value * 100000;
    int64_t wanted = target->thousandths * (mean ? 1 : m->share.of.value);

    if (!ca_is_shown(mean ? m->mean : m->share.tenths))
        return false;
    return target->most ? is <= wanted : is >= wanted;
}

const char *ca_finding_measures(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    size_t targets = 0, met = 0, low = NO_SUCH;

    for (size_t i = 0; i < s->measure_count; i++) {
        const struct ca_summary_measure *m = &p->last->measures[i];
        const struct ca_target *target = ca_theme_target(p->theme, s->measures[i].id);
        if (target != NULL) {
            targets++;
            met += reached(m, s->measures[i].mean, target);
        }
        if (!s->measures[i].mean && ca_is_shown(m->share.tenths) &&
            (low == NO_SUCH ||
             m->share.tenths.value < p->last->measures[low].share.tenths.value))
            low = i;
    }
    if (targets > 0)
        return ca_said(p, "%zu of %zu targets reached in %s", met, targets, p->last->period.id);
    if (low != NO_SUCH)
        return ca_said(p, "Least often met in %s: %s, %s", p->last->period.id,
                       s->measures[low].label, ca_share_said(p, &p->last->measures[low].share));
    return ca_said(p, "Measures in %s", p->last->period.id);
}

const char *ca_finding_themes(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    size_t strong = NO_SUCH, weak = NO_SUCH;

    for (size_t i = 0; i < s->theme_count; i++) {
        const struct ca_summary_theme *t = &p->last->themes[i];
        if (!ca_is_shown(t->strengths) || !ca_is_shown(t->improvements))
            return ca_said(p, "Strengths and improvements in %s", p->last->period.id);
        if (strong == NO_SUCH || t->strengths.value > p->last->themes[strong].strengths.value)
            strong = i;
        if (weak == NO_SUCH || t->improvements.value > p->last->themes[weak].improvements.value)
            weak = i;
    }
    if (strong == NO_SUCH || p->last->themes[strong].strengths.value == 0)
        return ca_said(p, "Strengths and improvements in %s", p->last->period.id);
    return ca_said(p, "Most often a strength: %s (%s). Most often to improve: %s (%s)",
                   s->themes[strong].label, figure(p, p->last->themes[strong].strengths),
                   s->themes[weak].label, figure(p, p->last->themes[weak].improvements));
}

const char *ca_finding_actions(struct ca_summary_page *p)
{
    const struct ca_summary_actions *a = &p->last->actions;

    if (ca_is_shown(a->raised) && a->raised.value == 0)
        return ca_said(p, "No actions were raised in %s", p->last->period.id);
    return ca_said(
        p, "Of %s actions raised in %s, %s are completed and %s verified by someone else",
        figure(p, a->raised), p->last->period.id, figure(p, a->completed),
        figure(p, a->verified));
}
