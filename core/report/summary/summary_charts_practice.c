/* The parts of the page with a chart of practice: measures, themes, actions. */
#include <string.h>

#include "core/base/decimal.h"
#include "core/report/page/html.h"
#include "core/report/summary/summary_html_private.h"
#include "core/report/text/words.h"

/* ---- measures ---- */

static void measure_bar(struct ca_summary_page *p, size_t i)
{
    const struct ca_summary_measure_name *name = &p->s->measures[i];
    const struct ca_share *share = &p->last->measures[i].share;
    const struct ca_target *target = name->target;
    struct ca_buffer interval = {0};
    char text[CA_DECIMAL_SIZE];
    const char *said = ca_share_said(p, share);

    ca_words_interval(&interval, share);
    if (ca_is_shown(share->low_whole))
        said = ca_said(p, "%s; %s", said, interval.data);
    if (target != NULL)
        said = ca_said(p, "%s; target %s%s%%: %s", said, target->most ? "at most " : "",
                       ca_decimal_short(target->thousandths, 3, text),
                       ca_target_state_words(p->last->measures[i].state)
                           ? ca_target_state_words(p->last->measures[i].state)
                           : "–");
    ca_bar_begin(p, 0, name->label, said);
    ca_chart_interval(&p->page.body, share, target ? target->thousandths : -1,
                      ca_said(p, "%s: %s", name->label, said));
    ca_bar_end(p);
    ca_buffer_free(&interval);
}

void ca_part_measures(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    const struct ca_table *shares = ca_table_find(&p->tables, "measures");

    if (s->measure_count == 0)
        return;
    ca_page_section(&p->page, "measures", "Measures");
    if (shares != NULL) {
        ca_figure_begin(p, ca_finding_measures(p));
        ca_html_printf(
            &p->page.body,
            "<p class=note>%s. The dot is the share, the line its 95%% interval%s.</p>\n",
            p->last->when, p->theme->target_count > 0 ? ", the dashed mark the target" : "");
        for (size_t i = 0; i < s->measure_count; i++)
            if (!s->measures[i].mean)
                measure_bar(p, i);
        ca_bar_axis(p);
        ca_figure_end(p);
    }
    ca_page_see(&p->page, shares);
    ca_page_table(&p->page, ca_table_find(&p->tables, "means"));
}

/* ---- strengths and improvements ---- */

static int64_t most_findings(const struct ca_summary_page *p)
{
    int64_t most = 0;

    for (size_t i = 0; i < p->s->theme_count; i++) {
        const struct ca_summary_theme *t = &p->last->themes[i];
        if (ca_is_shown(t->strengths) && t->strengths.value > most)
            most = t->strengths.value;
        if (ca_is_shown(t->improvements) && t->improvements.value > most)
            most = t->improvements.value;
    }
    return most;
}

void ca_part_themes(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    char strengths[CA_FIGURE_SIZE], improvements[CA_FIGURE_SIZE];
    int64_t most = most_findings(p);

    if (s->theme_count == 0)
        return;
    ca_page_section(&p->page, "themes", "Strengths and what to improve");
    ca_figure_begin(p, ca_finding_themes(p));
    ca_html_printf(&p->page.body,
                   "<p class=note>%s. Of each pair of bars:</p>\n<p class=keys><span>",
                   p->last->when);
    ca_chart_key(&p->page.body, CA_STRENGTHS);
    ca_buffer_puts(&p->page.body, "above, strengths found</span> <span>");
    ca_chart_key(&p->page.body, CA_IMPROVEMENTS);
    ca_buffer_puts(&p->page.body, "below, improvements asked for</span></p>\n");
    for (size_t i = 0; i < s->theme_count; i++) {
        const struct ca_summary_theme *t = &p->last->themes[i];
        const char *said = ca_said(p, "%s strengths, %s improvements",
                                   ca_figure_text(t->strengths, 0, strengths),
                                   ca_figure_text(t->improvements, 0, improvements));
        ca_bar_begin(p, 0, s->themes[i].label, said);
        ca_chart_pair(&p->page.body, t->strengths, t->improvements, most,
                      ca_said(p, "%s: %s", s->themes[i].label, said));
        ca_bar_end(p);
    }
    ca_figure_end(p);
    ca_page_see(&p->page, ca_table_find(&p->tables, "themes"));
}

/* ---- actions ---- */

/* Verified are among the completed, overdue among the others. */
static bool actions_add_up(const struct ca_summary_actions *a)
{
    return ca_is_shown(a->raised) && ca_is_shown(a->completed) && ca_is_shown(a->verified) &&
           ca_is_shown(a->overdue) && a->raised.value > 0 &&
           a->verified.value <= a->completed.value &&
           a->completed.value + a->overdue.value <= a->raised.value;
}

static void actions_key(struct ca_summary_page *p, const struct ca_segment *segments,
                        size_t count)
{
    char text[CA_FIGURE_SIZE];

    ca_buffer_puts(&p->page.body, "<p class=keys>");
    for (size_t i = 0; i < count; i++) {
        ca_buffer_puts(&p->page.body, "<span>");
        ca_chart_key(&p->page.body, segments[i].colour);
        ca_html_printf(&p->page.body, "%s %s</span> ",
                       ca_figure_text(segments[i].count, 0, text), segments[i].label);
    }
    ca_buffer_puts(&p->page.body, "</p>\n");
}

static void actions_chart(struct ca_summary_page *p)
{
    const struct ca_summary_actions *a = &p->last->actions;
    struct ca_figure waiting = {CA_SHOWN, a->completed.value - a->verified.value},
                     open = {CA_SHOWN, a->raised.value - a->completed.value - a->overdue.value};
    struct ca_segment segments[] = {{a->verified, "verified by someone else", "verified", 0},
                                    {waiting, "done and not verified", "done", 1},
                                    {open, "open and not due", "open", 4},
                                    {a->overdue, "overdue", NULL, 3}};
    enum { COUNT = sizeof segments / sizeof *segments };

    actions_key(p, segments, COUNT);
    ca_buffer_puts(&p->page.body, "<div class=bar><div>");
    ca_chart_stacked(&p->page.body, segments, COUNT, a->raised, NULL,
                     ca_said(p,
                             "Of %lld actions raised: %lld verified by someone else, %lld done "
                             "and not verified, %lld open and not due, %lld overdue",
                             (long long)a->raised.value, (long long)a->verified.value,
                             (long long)waiting.value, (long long)open.value,
                             (long long)a->overdue.value));
    ca_bar_end(p);
}

static void loop_sentence(struct ca_summary_page *p)
{
    const struct ca_summary_actions *a = &p->last->actions;
    char overdue[CA_FIGURE_SIZE], all[CA_FIGURE_SIZE];

    if (!actions_add_up(a))
        return;
    ca_buffer_puts(&p->page.body, "<p>");
    ca_buffer_puts(&p->page.body,
                   a->verified.value == a->raised.value
                       ? "The loop is closed: every action is completed, and "
                         "someone other than its owner has verified it."
                       : "The loop is not closed yet: it is when someone other than "
                         "its owner has verified each action.");
    ca_html_printf(&p->page.body, " Of these, overdue on ");
    ca_words_date(&p->page.body, p->s->as_of);
    ca_html_printf(&p->page.body, ": %s. Of all periods together: %s.</p>\n",
                   ca_figure_text(a->overdue, 0, overdue),
                   ca_figure_text(p->s->standing.overdue, 0, all));
}

void ca_part_actions(struct ca_summary_page *p)
{
    struct ca_table *table = ca_table_find(&p->tables, "actions");

    if (table == NULL)
        return;
    ca_page_section(&p->page, "actions", "Actions");
    ca_figure_begin(p, ca_finding_actions(p));
    if (actions_add_up(&p->last->actions))
        actions_chart(p);
    ca_figure_end(p);
    loop_sentence(p);
    ca_page_table(&p->page, table);
    ca_page_table(&p->page, ca_table_find(&p->tables, "standing"));
}
