/* The page of a summary: its parts in order. */
#include "core/report/summary/summary_html.h"

#include <string.h>

#include "core/report/page/html.h"
#include "core/report/summary/summary_html_private.h"
#include "core/report/text/words.h"

/* ---- parts without a chart ---- */

static void part_of_tables(struct ca_summary_page *p, const char *id, const char *title,
                           const char *const *tables)
{
    bool begun = false;

    for (; *tables != NULL; tables++) {
        struct ca_table *table = ca_table_find(&p->tables, *tables);
        if (table == NULL)
            continue;
        if (!begun)
            ca_page_section(&p->page, id, title);
        begun = true;
        ca_page_table(&p->page, table);
    }
}

static void part_alerts(struct ca_summary_page *p)
{
    static const char *const tables[] = {"alerts", "limits", NULL};

    part_of_tables(p, "alerts", "Alerts and limits", tables);
}

/* What no part above has shown as a table, so that every figure is somewhere. */
static void annex_tables(struct ca_summary_page *p, const struct ca_tables *tables)
{
    for (struct ca_table *table = tables->first; table != NULL; table = table->next)
        if (!table->shown)
            ca_page_table(&p->page, table);
}

static void annex(struct ca_summary_page *p)
{
    struct ca_tables groups;

    ca_buffer_puts(&p->page.body, "</section>\n<div class=annex>");
    p->page.section_open = false;
    ca_page_section(&p->page, "tables", "All figures in tables");
    annex_tables(p, &p->tables);
    if (p->s->group_by_count > 0) {
        groups = ca_summary_tables(p->arena, p->s, p->theme, CA_ROWS_GROUPS);
        annex_tables(p, &groups);
    }
    ca_buffer_puts(&p->page.body, "</section></div>\n");
    p->page.section_open = false;
}

static void part_moderation(struct ca_summary_page *p)
{
    static const char *const tables[] = {"moderation", "agreement", "pairs", NULL};

    part_of_tables(p, "moderation", "Moderation", tables);
}

static void part_indicators(struct ca_summary_page *p)
{
    static const char *const tables[] = {"indicators", NULL};

    part_of_tables(p, "indicators", "Figures from elsewhere", tables);
    ca_page_see(&p->page, ca_table_find(&p->tables, "indicator-shares"));
    ca_page_see(&p->page, ca_table_find(&p->tables, "indicator-values"));
}

static void part_cases(struct ca_summary_page *p)
{
    static const char *const tables[] = {"cases", NULL};

    part_of_tables(p, "cases", "For those who act", tables);
}

/* ---- the answer and the headline row ---- */

/* How many sentences stand out; the others follow as a list. */
enum { LOUD = 2 };

static void answer(struct ca_summary_page *p)
{
    struct ca_buffer *out = &p->page.body;

    ca_page_section(&p->page, "answer", "The answer");
    ca_buffer_puts(out, "<div class=answer>");
    for (size_t i = 0; i < p->s->answer_count; i++) {
        if (i == LOUD)
            ca_buffer_puts(out, "<ul>");
        ca_html_element(out, i < LOUD ? "p" : "li", p->s->answer[i]);
    }
    ca_buffer_puts(out, p->s->answer_count > LOUD ? "</ul></div>\n" : "</div>\n");
}

static void tile_of(struct ca_summary_page *p, const char *class, const char *name,
                    const char *big, const char *small)
{
    ca_html_printf(&p->page.body,
                   "<div class=tile><dt>%s</dt><dd><span class=\"%s\">%s</span> "
                   "<span class=small>%s</span></dd></div>\n",
                   name, class, big, small);
}

static void tile(struct ca_summary_page *p, const char *name, const char *figure,
                 const char *small)
{
    tile_of(p, "big", name, figure, small);
}

static void word_tile(struct ca_summary_page *p, const char *name, const char *words,
                      const char *small)
{
    tile_of(p, "big words", name, words, small);
}

static const char *percent_said(struct ca_summary_page *p, struct ca_figure whole)
{
    char text[CA_FIGURE_SIZE];

    return ca_said(p, "%s%s", ca_figure_text(whole, 0, text), ca_is_shown(whole) ? "%" : "");
}

static const char *count_said(struct ca_summary_page *p, struct ca_figure count)
{
    char text[CA_FIGURE_SIZE];

    return ca_said(p, "%s", ca_figure_text(count, 0, text));
}

static const char *of_said(struct ca_summary_page *p, const struct ca_share *share)
{
    struct ca_buffer text = {0};
    const char *said;

    ca_words_of(&text, share);
    if (ca_is_shown(share->low_whole)) {
        ca_buffer_puts(&text, "; 95% interval ");
        ca_words_interval(&text, share);
    }
    said = ca_said(p, "%s", text.data);
    ca_buffer_free(&text);
    return said;
}

static void audit_tile(struct ca_summary_page *p)
{
    const struct ca_summary_row *row = p->last;
    const char *small = ca_said(p, "in %s", row->when);

    if (ca_is_shown(row->coverage_whole))
        small = ca_said(p, "%s of the %s cases in %s", percent_said(p, row->coverage_whole),
                        count_said(p, row->population), row->when);
    tile(p, "Files audited", count_said(p, row->audits), small);
}

/* The one verdict: of the trend, or of the change. */
static void trend_tile(struct ca_summary_page *p)
{
    const struct ca_summary_trend *t = &p->s->comparison->trend;
    bool clear = t->verdict != CA_NO_CLEAR_CHANGE;

    word_tile(p, ca_said(p, "Trend over %zu periods", t->periods),
              clear ? ca_capital(p, ca_verdict_words(t->verdict)) : "No clear trend",
              ca_said(p, "of the grades, %s to %s", t->from, t->to));
}

static void change_tile(struct ca_summary_page *p)
{
    const struct ca_summary_comparison *c = p->s->comparison;
    struct ca_buffer text = {0};

    if (p->s->headline.of == CA_HEADLINE_TREND)
        trend_tile(p);
    if (p->s->headline.of != CA_HEADLINE_CHANGE)
        return;
    ca_words_signed(&text, c->positive.difference, 1);
    if (ca_is_shown(c->positive.difference))
        ca_buffer_puts(&text, " points");
    if (ca_is_shown(c->positive.low)) {
        ca_buffer_puts(&text, "; 95% interval ");
        ca_words_signed(&text, c->positive.low, 1);
        ca_buffer_puts(&text, " to ");
        ca_words_signed(&text, c->positive.high, 1);
    }
    word_tile(p, ca_said(p, "Change since %s", c->benchmark ? c->benchmark : c->from->when),
              ca_capital(p, ca_verdict_words(c->positive.verdict)), text.data);
    ca_buffer_free(&text);
}

static void alert_tile(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;

    for (size_t i = 0; i < s->alert_count; i++)
        if (s->alerts[i].severity == CA_IMMEDIATE && ca_is_shown(p->last->alerts[i]) &&
            p->last->alerts[i].value > 0)
            tile(p, "Immediate alert", count_said(p, p->last->alerts[i]), s->alerts[i].message);
}

static void headline(struct ca_summary_page *p)
{
    const struct ca_summary *s = p->s;
    size_t worst = s->grade_count - 1;

    ca_buffer_puts(&p->page.body, "<dl class=tiles>\n");
    audit_tile(p);
    if (s->has_positive)
        tile(p, ca_capital(p, s->positive_label), percent_said(p, p->last->positive.whole),
             of_said(p, &p->last->positive));
    change_tile(p);
    tile(p, s->grades[worst].label, percent_said(p, p->last->grades[worst].whole),
         of_said(p, &p->last->grades[worst]));
    if (!ca_is_shown(p->last->actions.raised) || p->last->actions.raised.value > 0)
        tile(p, "Actions completed and verified", count_said(p, p->last->actions.verified),
             ca_said(p, "of %s raised in %s; %s of these overdue, %s of all periods",
                     count_said(p, p->last->actions.raised), p->last->when,
                     count_said(p, p->last->actions.overdue),
                     count_said(p, s->standing.overdue)));
    alert_tile(p);
    ca_buffer_puts(&p->page.body, "</dl>\n");
}

/* ---- coverage and method ---- */

static void coverage(struct ca_summary_page *p)
{
    ca_page_section(&p->page, "coverage", "Coverage");
    ca_page_table(&p->page, ca_table_find(&p->tables, "coverage"));
}

static void method(struct ca_summary_page *p)
{
    struct ca_buffer *out = &p->page.body;

    ca_page_section(&p->page, "method", "How these figures are made");
    ca_buffer_puts(out, "<ul>\n");
    for (size_t i = 0; i < p->s->note_count; i++) {
        ca_html_element(out, "li", p->s->notes[i]);
        ca_buffer_putc(out, '\n');
    }
    ca_buffer_puts(out, "<li>In tables, – means no observations, z not applicable");
    ca_buffer_puts(out, p->s->audience == CA_PUBLIC
                            ? ", c confidential: withheld so that nobody "
                              "can be recognised.</li>\n"
                            : ".</li>\n");
    ca_buffer_puts(out, "</ul>\n");
}

/* ---- the page ---- */

static void add_date(struct ca_buffer *out, const char *before, ca_date date)
{
    if (date == CA_NO_DATE)
        return;
    ca_buffer_puts(out, before);
    ca_words_date(out, date);
    ca_buffer_putc(out, '.');
}

/* When it was published, whom to ask, and by which templates audits were made. */
static void imprint(struct ca_summary_page *p, struct ca_buffer *out)
{
    const struct ca_summary *s = p->s;

    ca_buffer_puts(out, "<p class=imprint>");
    add_date(out, " Published ", p->theme->published);
    add_date(out, " Next release ", p->theme->next);
    if (p->theme->contact != NULL)
        ca_html_printf(out, " Contact: %s.", p->theme->contact);
    for (size_t i = 0; i < s->version_count; i++)
        ca_html_printf(out, "%s%s version %s", i > 0 ? ", " : " Template: ", s->versions[i].id,
                       s->versions[i].version);
    ca_buffer_puts(out, s->version_count > 0 ? ".</p>" : "</p>");
}

static void lead(struct ca_summary_page *p, struct ca_buffer *out)
{
    const struct ca_summary *s = p->s;
    static const char *const readers[] = {[CA_OPERATIONAL] = "For those who do the work",
                                          [CA_EXECUTIVE] = "For the executive",
                                          [CA_PUBLIC] = "For the public"};

    ca_buffer_puts(out, "<p>");
    if (p->last != NULL)
        ca_html_printf(out, "%s. ", p->last->when);
    ca_html_printf(out, "%s. As of ", readers[s->audience]);
    ca_words_date(out, s->as_of);
    ca_buffer_puts(out, ".</p>");
    imprint(p, out);
}

static const struct ca_summary_row *last_total(const struct ca_summary *s)
{
    const struct ca_summary_row *last = NULL;

    for (size_t i = 0; i < s->row_count; i++)
        if (s->rows[i].total)
            last = &s->rows[i];
    return last;
}

/* Is there anything to say of the latest period? Withheld is something. */
static bool audited(const struct ca_summary_page *p)
{
    return p->last != NULL && (!ca_is_shown(p->last->audits) || p->last->audits.value > 0);
}

static void parts(struct ca_summary_page *p)
{
    static void (*const latest[])(struct ca_summary_page *) = {
        ca_part_groups, ca_part_months,  ca_part_sections, ca_part_agencies, ca_part_measures,
        ca_part_themes, ca_part_actions, part_alerts,      part_moderation,  part_cases};
    bool any = audited(p) || p->s->row_count > 1;

    if (any && p->s->grade_count > 0) {
        headline(p);
        ca_part_grades(p);
        for (size_t i = 0; audited(p) && i < sizeof latest / sizeof *latest; i++)
            latest[i](p);
        part_indicators(p);
        coverage(p);
    }
    method(p);
    if (any && p->s->grade_count > 0)
        annex(p);
}

static void write_page(struct ca_buffer *out, const struct ca_summary *s,
                       const struct ca_theme *theme, bool brief)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_summary_page p = {.s = s, .theme = theme, .arena = arena, .last = last_total(s)};
    struct ca_buffer above = {0};

    p.tables = ca_summary_tables(arena, s, theme, CA_ROWS_TOTALS);
    ca_page_init(&p.page, theme);
    ca_part_brief(&p);
    if (!brief) {
        answer(&p);
        parts(&p);
    }
    lead(&p, &above);
    ca_page_finish(&p.page, out, s->title ? s->title : s->framework, above.data);
    ca_buffer_free(&above);
    ca_arena_free(arena);
}

void ca_summary_html(struct ca_buffer *out, const struct ca_summary *s,
                     const struct ca_theme *theme)
{
    write_page(out, s, theme, false);
}

void ca_summary_brief_html(struct ca_buffer *out, const struct ca_summary *s,
                           const struct ca_theme *theme)
{
    write_page(out, s, theme, true);
}
