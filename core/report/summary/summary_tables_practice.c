/* Tables of what is done about it: themes, actions, alerts, limits, moderation, cases. */
#include "core/report/summary/summary_tables_private.h"

#include <string.h>

/* ---- themes, actions, alerts, limits ---- */

void ca_make_themes_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start_by_period(m, "themes", "Strengths and improvements by theme", "Theme");
    ca_maker_number_column(m, "Strengths", 0, "");
    ca_maker_number_column(m, "Improvements", 0, "");
    for (size_t i = 0; i < s->theme_count; i++) {
        CA_EACH_ROW(m, row)
        {
            ca_maker_text(m, s->themes[i].label);
            ca_maker_period(m, row);
            ca_maker_figure(m, row->themes[i].strengths);
            ca_maker_figure(m, row->themes[i].improvements);
        }
    }
}

void ca_make_actions_table(struct ca_table_maker *m)
{
    ca_maker_start(m, "actions", "Actions raised by the audits of each period");
    ca_maker_period_columns(m);
    ca_maker_number_column(m, "Raised", 0, "");
    ca_maker_number_column(m, "Completed", 0, "");
    ca_maker_number_column(m, "Verified by someone else", 0, "");
    ca_maker_number_column(m, "Of these overdue", 0, "");
    CA_EACH_ROW(m, row)
    {
        ca_maker_period(m, row);
        ca_maker_figure(m, row->actions.raised);
        ca_maker_figure(m, row->actions.completed);
        ca_maker_figure(m, row->actions.verified);
        ca_maker_figure(m, row->actions.overdue);
    }
}

static void put_standing(struct ca_table_maker *m, const char *group,
                         const struct ca_summary_standing *s)
{
    ca_maker_text(m, ca_maker_date(m, m->s->as_of));
    if (m->s->owing_count > 0)
        ca_maker_text(m, group);
    ca_maker_figure(m, s->open);
    ca_maker_figure(m, s->overdue);
    ca_maker_text(m, ca_maker_date(m, s->oldest));
}

void ca_make_standing_table(struct ca_table_maker *m)
{
    const struct ca_summary_standing *s = &m->s->standing;

    if (ca_is_shown(s->open) && s->open.value == 0)
        return;
    ca_maker_start(m, "standing", "Actions of all periods that are open");
    ca_maker_column(m, CA_COLUMN_TEXT, "On")->together = true;
    if (m->s->owing_count > 0) {
        ca_maker_column(m, CA_COLUMN_TEXT, "Group");
        m->table->heads++;
    }
    ca_maker_number_column(m, "Open", 0, "");
    ca_maker_number_column(m, "Of these overdue", 0, "");
    ca_maker_column(m, CA_COLUMN_TEXT, "The oldest was due on");
    put_standing(m, "All", s);
    for (size_t i = 0; i < m->s->owing_count; i++)
        put_standing(m, m->s->owing[i].name, &m->s->owing[i].standing);
}

void ca_make_alerts_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start(m, "alerts", "Alerts");
    ca_maker_column(m, CA_COLUMN_TEXT, "Alert");
    ca_maker_column(m, CA_COLUMN_TEXT, "Severity");
    ca_maker_period_columns(m);
    m->table->heads += 2;
    ca_maker_number_column(m, "Audits with it", 0, "");
    for (size_t i = 0; i < s->alert_count; i++) {
        CA_EACH_ROW(m, row)
        {
            ca_maker_text(m, s->alerts[i].message);
            ca_maker_text(m, ca_alert_severity_name(s->alerts[i].severity));
            ca_maker_period(m, row);
            ca_maker_figure(m, row->alerts[i]);
        }
    }
}

void ca_make_limits_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start_by_period(m, "limits", "Limits that held", "Limit");
    ca_maker_number_column(m, "Audits where it held", 0, "");
    for (size_t i = 0; i < s->limit_count; i++) {
        CA_EACH_ROW(m, row)
        {
            ca_maker_text(m, s->limits[i].reason ? s->limits[i].reason : s->limits[i].id);
            ca_maker_period(m, row);
            ca_maker_figure(m, row->limits[i]);
        }
    }
}

/* ---- moderation ---- */

static bool moderated(const struct ca_summary_row *row)
{
    return !ca_is_shown(row->moderation.moderated) || row->moderation.moderated.value > 0;
}

void ca_make_moderation_table(struct ca_table_maker *m)
{
    ca_maker_start(m, "moderation", "Auditors' grades and moderators'");
    ca_maker_period_columns(m);
    ca_maker_number_column(m, "Moderated", 0, "");
    ca_maker_column(m, CA_COLUMN_PART, "Agreed");
    ca_maker_column(m, CA_COLUMN_INTERVAL, "95% interval of agreement");
    ca_maker_number_column(m, "Raised", 0, "");
    ca_maker_number_column(m, "Lowered", 0, "");
    ca_maker_column(m, CA_COLUMN_SIGNED, "Mean shift in grades")->places = 3;
    CA_EACH_ROW(m, row)
    {
        const struct ca_summary_moderation *x = &row->moderation;
        if (!moderated(row))
            continue;
        ca_maker_period(m, row);
        ca_maker_figure(m, x->moderated);
        ca_maker_share(m, &x->agreement);
        ca_maker_share(m, &x->agreement);
        ca_maker_figure(m, x->raised);
        ca_maker_figure(m, x->lowered);
        ca_maker_figure(m, x->shift);
    }
}

void ca_make_agreement_table(struct ca_table_maker *m)
{
    ca_maker_start(m, "agreement", "How well auditors and moderators agree: statistics");
    ca_maker_period_columns(m);
    ca_maker_number_column(m, "Kappa", 3, "");
    ca_maker_number_column(m, "Kappa, linear weights", 3, "");
    ca_maker_number_column(m, "Kappa, quadratic weights", 3, "");
    ca_maker_number_column(m, "AC2, quadratic weights", 3, "");
    ca_maker_number_column(m, "Bowker's symmetry", 3, "");
    ca_maker_number_column(m, "Bowker, degrees of freedom", 0, "");
    ca_maker_column(m, CA_COLUMN_P, "Bowker, p")->places = 3;
    CA_EACH_ROW(m, row)
    {
        const struct ca_summary_moderation *x = &row->moderation;
        if (!moderated(row))
            continue;
        ca_maker_period(m, row);
        ca_maker_figure(m, x->kappa);
        ca_maker_figure(m, x->kappa_linear);
        ca_maker_figure(m, x->kappa_quadratic);
        ca_maker_figure(m, x->ac2);
        ca_maker_figure(m, x->bowker);
        ca_maker_figure(m, ca_is_shown(x->bowker)
                               ? (struct ca_figure){CA_SHOWN, (int64_t)x->bowker_freedom}
                               : x->bowker);
        ca_maker_figure(m, x->bowker_p);
    }
}

void ca_make_pairs_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start(m, "pairs", "Auditor's grade by moderated grade");
    ca_maker_period_columns(m);
    ca_maker_column(m, CA_COLUMN_TEXT, "Auditor's grade");
    m->table->heads++;
    for (size_t g = 0; g < s->grade_count; g++)
        ca_maker_number_column(
            m, ca_arena_printf(m->tables.arena, "Moderated: %s", s->grades[g].label), 0, "");
    CA_EACH_ROW(m, row)
    {
        if (!moderated(row))
            continue;
        for (size_t a = 0; a < s->grade_count; a++) {
            ca_maker_period(m, row);
            ca_maker_text(m, s->grades[a].label);
            for (size_t g = 0; g < s->grade_count; g++)
                ca_maker_figure(m, row->moderation.pairs[a * s->grade_count + g]);
        }
    }
}

/* ---- who is concerned ---- */

void ca_make_cases_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start(m, "cases", "Audits with an alert or an overdue action");
    ca_maker_column(m, CA_COLUMN_TEXT, "Audit");
    ca_maker_column(m, CA_COLUMN_TEXT, "Case");
    ca_maker_column(m, CA_COLUMN_TEXT, "Audited on");
    ca_maker_column(m, CA_COLUMN_TEXT, "Kind");
    ca_maker_column(m, CA_COLUMN_TEXT, "Why");
    for (size_t i = 0; i < s->case_count; i++) {
        bool alert = strcmp(s->cases[i].kind, "alert") == 0;
        ca_maker_text(m, s->cases[i].return_id);
        ca_maker_text(m, s->cases[i].case_ref);
        ca_maker_text(m, ca_maker_date(m, s->cases[i].date));
        ca_maker_text(m, alert ? ca_arena_printf(m->tables.arena, "alert, %s",
                                                 ca_alert_severity_name(s->cases[i].severity))
                               : s->cases[i].kind);
        ca_maker_text(m, s->cases[i].why);
    }
}
