#include "core/report/summary/summary_tables.h"

#include <string.h>

/* ---- themes, actions, alerts, limits ---- */

void ca_make_themes_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    start(m, "themes", "Strengths and improvements by theme");
    column(m, CA_COLUMN_TEXT, "Theme");
    period_columns(m);
    m->table->heads++;
    number_column(m, "Strengths", 0, "");
    number_column(m, "Improvements", 0, "");
    for (size_t i = 0; i < s->theme_count; i++) {
        EACH_ROW(m, row)
        {
            put_text(m, s->themes[i].label);
            put_period(m, row);
            put(m, row->themes[i].strengths);
            put(m, row->themes[i].improvements);
        }
    }
}

void ca_make_actions_table(struct ca_table_maker *m)
{
    start(m, "actions", "Actions from these audits");
    period_columns(m);
    number_column(m, "Raised", 0, "");
    number_column(m, "Completed", 0, "");
    number_column(m, "Verified by someone else", 0, "");
    number_column(m, "Overdue", 0, "");
    EACH_ROW(m, row)
    {
        put_period(m, row);
        put(m, row->actions.raised);
        put(m, row->actions.completed);
        put(m, row->actions.verified);
        put(m, row->actions.overdue);
    }
}

void ca_make_alerts_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    start(m, "alerts", "Alerts");
    column(m, CA_COLUMN_TEXT, "Alert");
    column(m, CA_COLUMN_TEXT, "Severity");
    period_columns(m);
    m->table->heads += 2;
    number_column(m, "Audits with it", 0, "");
    for (size_t i = 0; i < s->alert_count; i++) {
        EACH_ROW(m, row)
        {
            put_text(m, s->alerts[i].message);
            put_text(m, ca_alert_severity_name(s->alerts[i].severity));
            put_period(m, row);
            put(m, row->alerts[i]);
        }
    }
}

void ca_make_limits_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    start(m, "limits", "Limits that held");
    column(m, CA_COLUMN_TEXT, "Limit");
    period_columns(m);
    m->table->heads++;
    number_column(m, "Audits where it held", 0, "");
    for (size_t i = 0; i < s->limit_count; i++) {
        EACH_ROW(m, row)
        {
            put_text(m, s->limits[i].reason ? s->limits[i].reason : s->limits[i].id);
            put_period(m, row);
            put(m, row->limits[i]);
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
    start(m, "moderation", "Auditors' grades and moderators'");
    period_columns(m);
    number_column(m, "Moderated", 0, "");
    column(m, CA_COLUMN_PART, "Agreed");
    column(m, CA_COLUMN_INTERVAL, "95% interval of agreement");
    number_column(m, "Raised", 0, "");
    number_column(m, "Lowered", 0, "");
    column(m, CA_COLUMN_SIGNED, "Mean shift in grades")->places = 3;
    EACH_ROW(m, row)
    {
        const struct ca_summary_moderation *x = &row->moderation;
        if (!moderated(row))
            continue;
        put_period(m, row);
        put(m, x->moderated);
        put_share(m, &x->agreement);
        put_share(m, &x->agreement);
        put(m, x->raised);
        put(m, x->lowered);
        put(m, x->shift);
    }
}

void ca_make_agreement_table(struct ca_table_maker *m)
{
    start(m, "agreement", "How well auditors and moderators agree: statistics");
    period_columns(m);
    number_column(m, "Kappa", 3, "");
    number_column(m, "Kappa, linear weights", 3, "");
    number_column(m, "Kappa, quadratic weights", 3, "");
    number_column(m, "AC2, quadratic weights", 3, "");
    number_column(m, "Bowker's symmetry", 3, "");
    number_column(m, "Bowker, degrees of freedom", 0, "");
    column(m, CA_COLUMN_P, "Bowker, p")->places = 3;
    EACH_ROW(m, row)
    {
        const struct ca_summary_moderation *x = &row->moderation;
        if (!moderated(row))
            continue;
        put_period(m, row);
        put(m, x->kappa);
        put(m, x->kappa_linear);
        put(m, x->kappa_quadratic);
        put(m, x->ac2);
        put(m, x->bowker);
        put(m, ca_is_shown(x->bowker) ? (struct ca_figure){CA_SHOWN, (int64_t)x->bowker_freedom}
                                      : x->bowker);
        put(m, x->bowker_p);
    }
}

void ca_make_pairs_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    start(m, "pairs", "Auditor's grade by moderated grade");
    period_columns(m);
    column(m, CA_COLUMN_TEXT, "Auditor's grade");
    m->table->heads++;
    for (size_t g = 0; g < s->grade_count; g++)
        number_column(m, ca_arena_printf(m->tables.arena, "Moderated: %s", s->grades[g].label),
                      0, "");
    EACH_ROW(m, row)
    {
        if (!moderated(row))
            continue;
        for (size_t a = 0; a < s->grade_count; a++) {
            put_period(m, row);
            put_text(m, s->grades[a].label);
            for (size_t g = 0; g < s->grade_count; g++)
                put(m, row->moderation.pairs[a * s->grade_count + g]);
        }
    }
}

/* ---- series ---- */

void ca_make_months_table(struct ca_table_maker *m)
{
    start(m, "months", "Audits by month");
    if (!m->s->has_positive)
        m->table->caption = "Audits by month, without a headline grade";
    column(m, CA_COLUMN_TEXT, "Month")->together = true;
    period_columns(m);
    m->table->heads++;
    number_column(m, "Audits", 0, "");
    column(m, CA_COLUMN_SHARE, m->s->positive_label ? m->s->positive_label : "Positive");
    EACH_ROW(m, row)
    {
        for (size_t i = 0; i < row->month_count; i++) {
            put_text(m, row->months[i].month);
            put_period(m, row);
            put(m, row->months[i].audits);
            put_share(m, &row->months[i].share);
        }
    }
}

void ca_make_xmr_table(struct ca_table_maker *m)
{
    const struct ca_summary_xmr *x = &m->s->xmr;

    if (!x->present)
        return;
    start(m, "xmr", "Month by month, with limits of ordinary variation");
    column(m, CA_COLUMN_TEXT, "Month")->together = true;
    number_column(m, "Per cent", 1, "%");
    number_column(m, "Mean", 1, "%");
    number_column(m, "Lower limit", 1, "%");
    number_column(m, "Upper limit", 1, "%");
    column(m, CA_COLUMN_TEXT, "Signal");
    for (size_t i = 0; i < x->point_count; i++) {
        put_text(m, x->points[i].month);
        put(m, x->points[i].percent);
        put(m, x->mean);
        put(m, x->lower);
        put(m, x->upper);
        put_text(m, x->points[i].signal ? x->points[i].signal : "none");
    }
}

void ca_make_breaks_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    start(m, "breaks", "Where one template gave way to the next");
    column(m, CA_COLUMN_TEXT, "From");
    column(m, CA_COLUMN_TEXT, "To");
    column(m, CA_COLUMN_TEXT, "First audit under the new one");
    column(m, CA_COLUMN_TEXT, "Period")->together = true;
    for (size_t i = 0; i < s->break_count; i++) {
        put_text(m, s->breaks[i].from_title ? s->breaks[i].from_title : s->breaks[i].from);
        put_text(m, s->breaks[i].to_title ? s->breaks[i].to_title : s->breaks[i].to);
        put_text(m, date_words(m, s->breaks[i].date));
        put_text(m, s->breaks[i].period ? s->breaks[i].period : "–");
    }
}

void ca_make_coverage_table(struct ca_table_maker *m)
{
    start(m, "coverage", "How many of the cases were audited");
    period_columns(m);
    number_column(m, "Audits", 0, "");
    number_column(m, "Cases", 0, "");
    number_column(m, "Coverage", 0, "%");
    number_column(m, "Of the audits, imported counts", 0, "");
    column(m, CA_COLUMN_TEXT, "Intervals use the number of cases");
    EACH_ROW(m, row)
    {
        put_period(m, row);
        put(m, row->audits);
        put(m, row->population);
        put(m, row->coverage_whole);
        put(m, row->history);
        put_text(m, row->finite ? "yes" : "no");
    }
}

/* ---- figures from elsewhere ---- */

void ca_make_indicators_table(struct ca_table_maker *m)
{
    static const char *const polarities[] = {[CA_MORE_IS_BETTER] = "up is good",
                                             [CA_FEWER_IS_BETTER] = "down is good",
                                             [CA_NEITHER_IS_BETTER] = "neither"};
    const struct ca_summary *s = m->s;

    start(m, "indicators", "Where the figures from elsewhere go, and whether that is good");
    column(m, CA_COLUMN_TEXT, "Indicator");
    column(m, CA_COLUMN_TEXT, "Direction");
    column(m, CA_COLUMN_TEXT, "Which way is good");
    column(m, CA_COLUMN_TEXT, "Merit");
    column(m, CA_COLUMN_TEXT, "Note");
    for (size_t i = 0; i < s->indicator_count; i++) {
        const struct ca_summary_indicator *x = &s->indicators[i];
        put_text(m, x->label);
        put_text(m, x->moved ? ca_direction_name(x->direction) : "–");
        put_text(m, polarities[x->polarity]);
        put_text(m, x->moved && x->merit ? x->merit : "–");
        put_text(m, x->footnote ? x->footnote : "–");
    }
}

static void indicator_points(struct ca_table_maker *m, bool proportion)
{
    const struct ca_summary *s = m->s;

    for (size_t i = 0; i < s->indicator_count; i++)
        for (size_t k = 0; k < s->indicators[i].point_count; k++) {
            const struct ca_summary_indicator_point *p = &s->indicators[i].points[k];
            if (p->proportion != proportion)
                continue;
            put_text(m, s->indicators[i].label);
            put_text(m, p->period);
            if (proportion) {
                put_share(m, &p->share);
                put_share(m, &p->share);
            } else {
                put(m, p->value);
            }
        }
}

void ca_make_indicator_tables(struct ca_table_maker *m)
{
    start(m, "indicator-shares", "Figures from elsewhere: proportions");
    column(m, CA_COLUMN_TEXT, "Indicator");
    column(m, CA_COLUMN_TEXT, "Period")->together = true;
    column(m, CA_COLUMN_SHARE, "Share");
    column(m, CA_COLUMN_INTERVAL, "95% interval");
    m->table->heads = 2;
    indicator_points(m, true);
    start(m, "indicator-values", "Figures from elsewhere: values");
    column(m, CA_COLUMN_TEXT, "Indicator");
    column(m, CA_COLUMN_TEXT, "Period")->together = true;
    number_column(m, "Value", 3, "");
    m->table->columns[m->table->column_count - 1].shortest = true;
    m->table->heads = 2;
    indicator_points(m, false);
}

void ca_make_cases_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    start(m, "cases", "Audits with an alert or an overdue action");
    column(m, CA_COLUMN_TEXT, "Audit");
    column(m, CA_COLUMN_TEXT, "Case");
    column(m, CA_COLUMN_TEXT, "Audited on");
    column(m, CA_COLUMN_TEXT, "Kind");
    column(m, CA_COLUMN_TEXT, "Why");
    for (size_t i = 0; i < s->case_count; i++) {
        bool alert = strcmp(s->cases[i].kind, "alert") == 0;
        put_text(m, s->cases[i].return_id);
        put_text(m, s->cases[i].case_ref);
        put_text(m, date_words(m, s->cases[i].date));
        put_text(m, alert ? ca_arena_printf(m->tables.arena, "alert, %s",
                                            ca_alert_severity_name(s->cases[i].severity))
                          : s->cases[i].kind);
        put_text(m, s->cases[i].why);
    }
}
