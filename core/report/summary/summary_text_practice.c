/* What is done about it as text: alerts, limits, actions, themes, moderation, cases. */
#include <string.h>

#include "core/report/summary/moderation_text.h"
#include "core/report/summary/summary_text_private.h"
#include "core/report/text/words.h"

/* ---- what is done about it ---- */

static bool any(const struct ca_figure *figures, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!ca_is_shown(figures[i]) || figures[i].value > 0)
            return true;
    return false;
}

void ca_text_alerts(const struct ca_text *t)
{
    struct ca_grid *grid;

    if (!any(t->row->alerts, t->s->alert_count))
        return;
    ca_text_heading(t, "Alerts");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Alert", CA_LEFT);
    ca_grid_column(grid, "Severity", CA_LEFT);
    ca_grid_column(grid, "Audits", CA_RIGHT);
    for (size_t i = 0; i < t->s->alert_count; i++) {
        if (!any(&t->row->alerts[i], 1))
            continue;
        ca_grid_row(grid);
        ca_grid_cell(grid, t->s->alerts[i].message);
        ca_grid_cell(grid, ca_alert_severity_name(t->s->alerts[i].severity));
        ca_grid_count(grid, t->row->alerts[i]);
    }
    ca_grid_write(grid, t->out);
}

void ca_text_limits(const struct ca_text *t)
{
    struct ca_grid *grid;

    if (!any(t->row->limits, t->s->limit_count))
        return;
    ca_text_heading(t, "Limits that held");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Limit", CA_LEFT);
    ca_grid_column(grid, "Audits", CA_RIGHT);
    for (size_t i = 0; i < t->s->limit_count; i++) {
        if (!any(&t->row->limits[i], 1))
            continue;
        ca_grid_row(grid);
        ca_grid_cell(grid,
                     t->s->limits[i].reason ? t->s->limits[i].reason : t->s->limits[i].id);
        ca_grid_count(grid, t->row->limits[i]);
    }
    ca_grid_write(grid, t->out);
}

void ca_text_actions(const struct ca_text *t)
{
    const struct ca_summary_actions *a = &t->row->actions;
    const struct {
        const char *name;
        struct ca_figure figure;
    } lines[] = {{"Raised", a->raised},
                 {"Completed", a->completed},
                 {"Verified by someone else", a->verified},
                 {"Of these overdue", a->overdue}};
    struct ca_grid *grid;

    if (ca_is_shown(a->raised) && a->raised.value == 0)
        return;
    ca_text_heading(t, "Actions raised in this period");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "", CA_LEFT);
    ca_grid_column(grid, "Actions", CA_RIGHT);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ca_grid_row(grid);
        ca_grid_cell(grid, lines[i].name);
        ca_grid_count(grid, lines[i].figure);
    }
    ca_grid_write(grid, t->out);
}

/* The same of each group that has any. */
static void owing(const struct ca_text *t)
{
    struct ca_buffer text = {0};
    struct ca_grid *grid;

    if (t->s->owing_count == 0)
        return;
    ca_buffer_puts(&text, "Actions of all periods, by");
    for (size_t i = 0; i < t->s->group_by_count; i++)
        ca_buffer_printf(&text, "%s %s", i > 0 ? " and" : "", t->s->group_by[i].label);
    ca_text_heading(t, text.data);
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "", CA_LEFT);
    ca_grid_column(grid, "Open", CA_RIGHT);
    ca_grid_column(grid, "Overdue", CA_RIGHT);
    ca_grid_column(grid, "The oldest was due on", CA_LEFT);
    for (size_t i = 0; i < t->s->owing_count; i++) {
        const struct ca_summary_owing *o = &t->s->owing[i];
        ca_buffer_clear(&text);
        ca_words_date(&text, o->standing.oldest);
        ca_grid_row(grid);
        ca_grid_cell(grid, o->name);
        ca_grid_count(grid, o->standing.open);
        ca_grid_count(grid, o->standing.overdue);
        ca_grid_cell(grid, o->standing.oldest != CA_NO_DATE ? text.data : "–");
    }
    ca_grid_write(grid, t->out);
    ca_buffer_free(&text);
}

void ca_text_standing(const struct ca_text *t)
{
    const struct ca_summary_standing *s = &t->s->standing;
    struct ca_buffer date = {0};
    struct ca_grid *grid;

    if (ca_is_shown(s->open) && s->open.value == 0)
        return;
    ca_text_heading(t, "Actions of all periods");
    grid = ca_grid_new(t->width);
    ca_words_date(&date, t->s->as_of);
    ca_grid_column(grid, "", CA_LEFT);
    ca_grid_column(grid, date.data, CA_RIGHT);
    ca_grid_row(grid);
    ca_grid_cell(grid, "Open");
    ca_grid_count(grid, s->open);
    ca_grid_row(grid);
    ca_grid_cell(grid, "Of these overdue");
    ca_grid_count(grid, s->overdue);
    if (s->oldest != CA_NO_DATE) {
        ca_buffer_clear(&date);
        ca_words_date(&date, s->oldest);
        ca_grid_row(grid);
        ca_grid_cell(grid, "The oldest was due on");
        ca_grid_cell(grid, date.data);
    }
    ca_grid_write(grid, t->out);
    ca_buffer_free(&date);
    owing(t);
}

static bool any_theme(const struct ca_text *t)
{
    for (size_t i = 0; i < t->s->theme_count; i++)
        if (any(&t->row->themes[i].strengths, 1) || any(&t->row->themes[i].improvements, 1))
            return true;
    return false;
}

void ca_text_themes(const struct ca_text *t)
{
    struct ca_grid *grid;

    if (!any_theme(t))
        return;
    ca_text_heading(t, "Themes");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Theme", CA_LEFT);
    ca_grid_column(grid, "Strengths", CA_RIGHT);
    ca_grid_column(grid, "To improve", CA_RIGHT);
    for (size_t i = 0; i < t->s->theme_count; i++) {
        ca_grid_row(grid);
        ca_grid_cell(grid, t->s->themes[i].label);
        ca_grid_count(grid, t->row->themes[i].strengths);
        ca_grid_count(grid, t->row->themes[i].improvements);
    }
    ca_grid_write(grid, t->out);
}

void ca_text_moderation(const struct ca_text *t)
{
    if (any(&t->row->moderation.moderated, 1))
        ca_moderation_text(t->out, t->s, t->row, t->width);
}

/* ---- who is concerned ---- */

void ca_text_cases(const struct ca_text *t)
{
    char date[CA_DATE_SIZE];
    struct ca_grid *grid;

    if (t->s->case_count == 0)
        return;
    ca_text_heading(t, "To act on");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "What", CA_LEFT);
    ca_grid_column(grid, "Return", CA_LEFT);
    ca_grid_column(grid, "Case", CA_LEFT);
    ca_grid_column(grid, "Audited", CA_LEFT);
    for (size_t i = 0; i < t->s->case_count; i++) {
        const struct ca_summary_case *item = &t->s->cases[i];
        const char *kind = strcmp(item->kind, "alert") == 0
                               ? ca_alert_severity_name(item->severity)
                           : strcmp(item->kind, "action") == 0 ? "overdue"
                                                               : item->kind;
        ca_grid_row(grid);
        ca_grid_cellf(grid, "%s: %s", kind, item->why);
        ca_grid_cell(grid, item->return_id);
        ca_grid_cell(grid, item->case_ref);
        ca_grid_cell(grid, item->date != CA_NO_DATE ? ca_date_format(item->date, date) : "");
    }
    ca_grid_write(grid, t->out);
}
