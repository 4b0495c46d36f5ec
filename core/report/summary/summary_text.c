/* The summary as text: the answer, then its parts in order for each row. */
#include "core/report/summary/summary_text.h"

#include "core/report/text/layout.h"
#include "core/report/summary/summary_text_private.h"

/* One of a list. */
static void item(const struct ca_text *t, const char *sentence)
{
    struct ca_layout layout = {t->out, (int)t->width};
    struct ca_buffer line = {0};

    ca_buffer_printf(&line, "- %s", sentence);
    ca_layout_text(&layout, 2, 4, line.data);
    ca_buffer_free(&line);
}

/* "== 2023-24 Q1, North": what is below, down to the next one, is of that row alone. */
static void row_title(const struct ca_text *t)
{
    struct ca_buffer line = {0};

    ca_buffer_printf(&line, "== %s%s%s", t->row->when, t->row->total ? "" : ", ",
                     t->row->total ? "" : t->row->name);
    ca_buffer_putc(t->out, '\n');
    ca_text_paragraph(t, 0, line.data);
    ca_buffer_free(&line);
}

static void title(const struct ca_text *t)
{
    static const char *const readers[] = {
        [CA_OPERATIONAL] = "for those who act on it: refers to cases and owners",
        [CA_EXECUTIVE] = "for the executive",
        [CA_PUBLIC] = "for publication: small numbers are withheld",
    };
    const struct ca_summary_comparison *c = t->s->comparison;
    const struct ca_summary_row *first = &t->s->rows[0];
    struct ca_buffer line = {0};

    ca_text_paragraph(t, 0, t->s->title);
    ca_buffer_puts(&line, first->when);
    if (first->period.from != t->row->period.from)
        ca_buffer_printf(&line, " to %s", t->row->when);
    if (c != NULL && c->benchmark != NULL)
        ca_buffer_printf(&line, " compared with benchmark '%s' (%s)", c->benchmark,
                         c->from->when);
    else if (c != NULL && (t->s->row_count == 1 || c->from != first))
        ca_buffer_printf(&line, " compared with %s", c->from->when);
    ca_buffer_printf(&line, " · %s", readers[t->s->audience]);
    ca_text_paragraph(t, 0, line.data);
    ca_buffer_putc(t->out, '\n');
    ca_buffer_free(&line);
}

/* ---- the rows ---- */

static const struct ca_summary_row *latest_total(const struct ca_summary *s)
{
    size_t i = s->row_count - 1;

    while (!s->rows[i].total)
        i--;
    return &s->rows[i];
}

/* The other rows as fully as the latest: the earlier periods, and the groups. */
static void other_rows(struct ca_text t)
{
    static void (*const parts[])(const struct ca_text *) = {
        ca_text_sections, ca_text_scores, ca_text_agencies,  ca_text_agency_sections,
        ca_text_measures, ca_text_alerts, ca_text_limits,    ca_text_actions,
        ca_text_themes,   ca_text_months, ca_text_moderation};
    const struct ca_summary_row *latest = t.row;

    for (size_t i = 0; i < t.s->row_count; i++) {
        t.row = &t.s->rows[i];
        if (t.row == latest)
            continue;
        row_title(&t);
        ca_text_grades(&t);
        if (ca_is_shown(t.row->audits) && t.row->audits.value == 0)
            continue; /* nor anything else */
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
            parts[k](&t);
    }
}

/* ---- the brief ---- */

static void brief_items(const struct ca_text *t, const char *heading,
                        const struct ca_summary_item *items, size_t count)
{
    struct ca_buffer line = {0};

    if (count == 0)
        return;
    ca_buffer_putc(t->out, '\n');
    ca_text_paragraph(t, 2, heading);
    for (size_t i = 0; i < count; i++) {
        ca_buffer_clear(&line);
        ca_buffer_printf(&line, "%s: %s", items[i].what, items[i].evidence);
        item(t, line.data);
    }
    ca_buffer_free(&line);
}

static void brief_lines(const struct ca_text *t, const char *heading, const char *const *lines,
                        size_t count)
{
    if (count == 0)
        return;
    ca_buffer_putc(t->out, '\n');
    ca_text_paragraph(t, 2, heading);
    for (size_t i = 0; i < count; i++)
        item(t, lines[i]);
}

static void brief(const struct ca_text *t)
{
    const struct ca_summary_brief *b = &t->s->brief;

    ca_text_paragraph(t, 2, b->verdict);
    brief_lines(t, "Alerts", b->alerts, b->alert_count);
    brief_items(t, "To worry about", b->worries, b->worry_count);
    brief_items(t, "Strengths", b->strengths, b->strength_count);
    brief_lines(t, "Overdue", &b->overdue, b->overdue != NULL);
    brief_lines(t, "To decide", b->decisions, b->decision_count);
}

/* ---- all of it ---- */

void ca_summary_brief_text(struct ca_buffer *out, const struct ca_summary *summary,
                           const struct ca_text_style *style)
{
    struct ca_text t = {out, summary, latest_total(summary), style->width ? style->width : 80};

    title(&t);
    brief(&t);
}

void ca_summary_text(struct ca_buffer *out, const struct ca_summary *summary,
                     const struct ca_text_style *style)
{
    static void (*const parts[])(const struct ca_text *) = {
        ca_text_grades,     ca_text_rows,     ca_text_changes,         ca_text_sections,
        ca_text_scores,     ca_text_agencies, ca_text_agency_sections, ca_text_measures,
        ca_text_alerts,     ca_text_limits,   ca_text_actions,         ca_text_standing,
        ca_text_themes,     ca_text_months,   ca_text_moderation,      ca_text_xmr,
        ca_text_indicators, ca_text_cases};
    struct ca_text t = {out, summary, latest_total(summary), style->width ? style->width : 80};

    title(&t);
    brief(&t);
    ca_text_heading(&t, "The answer");
    for (size_t i = 0; i < summary->answer_count; i++)
        ca_text_paragraph(&t, 2, summary->answer[i]);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        parts[i](&t);
    other_rows(t);
    ca_text_heading(&t, "How these figures are made");
    for (size_t i = 0; i < summary->note_count; i++)
        item(&t, summary->notes[i]);
}
