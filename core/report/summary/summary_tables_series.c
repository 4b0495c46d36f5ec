/* Tables of time and of figures from elsewhere: months, breaks, coverage, indicators. */
#include "core/report/summary/summary_tables_private.h"

/* ---- series ---- */

void ca_make_months_table(struct ca_table_maker *m)
{
    ca_maker_start(m, "months", "Audits by month");
    if (!m->s->has_positive)
        m->table->caption = "Audits by month, without a headline grade";
    ca_maker_column(m, CA_COLUMN_TEXT, "Month")->together = true;
    ca_maker_period_columns(m);
    m->table->heads++;
    ca_maker_number_column(m, "Audits", 0, "");
    ca_maker_column(m, CA_COLUMN_SHARE,
                    m->s->positive_label ? m->s->positive_label : "Positive");
    CA_EACH_ROW(m, row)
    {
        for (size_t i = 0; i < row->month_count; i++) {
            ca_maker_text(m, row->months[i].month);
            ca_maker_period(m, row);
            ca_maker_figure(m, row->months[i].audits);
            ca_maker_share(m, &row->months[i].share);
        }
    }
}

void ca_make_xmr_table(struct ca_table_maker *m)
{
    const struct ca_summary_xmr *x = &m->s->xmr;

    if (!x->present)
        return;
    ca_maker_start(m, "xmr",
                   x->quarters ? "Quarter by quarter, with limits of ordinary variation"
                               : "Month by month, with limits of ordinary variation");
    ca_maker_column(m, CA_COLUMN_TEXT, x->quarters ? "Quarter" : "Month")->together = true;
    ca_maker_number_column(m, "Graded", 0, "");
    ca_maker_number_column(m, "Per cent", 1, "%");
    ca_maker_number_column(m, "Mean", 1, "%");
    ca_maker_number_column(m, "Lower limit", 1, "%");
    ca_maker_number_column(m, "Upper limit", 1, "%");
    ca_maker_column(m, CA_COLUMN_TEXT, "Signal");
    for (size_t i = 0; i < x->point_count; i++) {
        ca_maker_text(m, x->points[i].month);
        ca_maker_figure(m, x->points[i].graded);
        ca_maker_figure(m, x->points[i].percent);
        ca_maker_figure(m, x->mean);
        ca_maker_figure(m, x->points[i].lower);
        ca_maker_figure(m, x->points[i].upper);
        ca_maker_text(m, x->points[i].signal ? x->points[i].signal : "none");
    }
}

void ca_make_breaks_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start(m, "breaks", "Where figures break: nothing is compared across it");
    ca_maker_column(m, CA_COLUMN_TEXT, "What");
    ca_maker_column(m, CA_COLUMN_TEXT, "From");
    ca_maker_column(m, CA_COLUMN_TEXT, "To");
    ca_maker_column(m, CA_COLUMN_TEXT, "First audit under the new one");
    ca_maker_column(m, CA_COLUMN_TEXT, "Period")->together = true;
    for (size_t i = 0; i < s->break_count; i++) {
        ca_maker_text(m, s->breaks[i].measure ? s->breaks[i].measure : "All figures");
        ca_maker_text(m, s->breaks[i].from_title ? s->breaks[i].from_title : s->breaks[i].from);
        ca_maker_text(m, s->breaks[i].to_title ? s->breaks[i].to_title : s->breaks[i].to);
        ca_maker_text(m, ca_maker_date(m, s->breaks[i].date));
        ca_maker_text(m, s->breaks[i].period ? s->breaks[i].period : "–");
    }
}

void ca_make_coverage_table(struct ca_table_maker *m)
{
    ca_maker_start(m, "coverage", "How many of the cases were audited");
    ca_maker_period_columns(m);
    ca_maker_number_column(m, "Audits", 0, "");
    ca_maker_number_column(m, "Cases", 0, "");
    ca_maker_number_column(m, "Coverage", 0, "%");
    ca_maker_number_column(m, "Of the audits, imported counts", 0, "");
    ca_maker_column(m, CA_COLUMN_TEXT, "Intervals use the number of cases");
    CA_EACH_ROW(m, row)
    {
        ca_maker_period(m, row);
        ca_maker_figure(m, row->audits);
        ca_maker_figure(m, row->population);
        ca_maker_figure(m, row->coverage_whole);
        ca_maker_figure(m, row->history);
        ca_maker_text(m, row->finite ? "yes" : "no");
    }
}

/* ---- figures from elsewhere ---- */

void ca_make_indicators_table(struct ca_table_maker *m)
{
    static const char *const polarities[] = {[CA_MORE_IS_BETTER] = "up is good",
                                             [CA_FEWER_IS_BETTER] = "down is good",
                                             [CA_NEITHER_IS_BETTER] = "neither"};
    const struct ca_summary *s = m->s;

    ca_maker_start(m, "indicators",
                   "Where the figures from elsewhere go, and whether that is good");
    ca_maker_column(m, CA_COLUMN_TEXT, "Indicator");
    ca_maker_column(m, CA_COLUMN_TEXT, "Direction");
    ca_maker_column(m, CA_COLUMN_TEXT, "Which way is good");
    ca_maker_column(m, CA_COLUMN_TEXT, "Merit");
    ca_maker_column(m, CA_COLUMN_TEXT, "Note");
    for (size_t i = 0; i < s->indicator_count; i++) {
        const struct ca_summary_indicator *x = &s->indicators[i];
        ca_maker_text(m, x->label);
        ca_maker_text(m, x->moved ? ca_direction_name(x->direction) : "–");
        ca_maker_text(m, polarities[x->polarity]);
        ca_maker_text(m, x->moved && x->merit ? x->merit : "–");
        ca_maker_text(m, x->footnote ? x->footnote : "–");
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
            ca_maker_text(m, s->indicators[i].label);
            ca_maker_text(m, p->period);
            if (proportion) {
                ca_maker_share(m, &p->share);
                ca_maker_share(m, &p->share);
            } else {
                ca_maker_figure(m, p->value);
            }
        }
}

void ca_make_indicator_tables(struct ca_table_maker *m)
{
    ca_maker_start(m, "indicator-shares", "Figures from elsewhere: proportions");
    ca_maker_column(m, CA_COLUMN_TEXT, "Indicator");
    ca_maker_column(m, CA_COLUMN_TEXT, "Period")->together = true;
    ca_maker_column(m, CA_COLUMN_SHARE, "Share");
    ca_maker_column(m, CA_COLUMN_INTERVAL, "95% interval");
    m->table->heads = 2;
    indicator_points(m, true);
    ca_maker_start(m, "indicator-values", "Figures from elsewhere: values");
    ca_maker_column(m, CA_COLUMN_TEXT, "Indicator");
    ca_maker_column(m, CA_COLUMN_TEXT, "Period")->together = true;
    ca_maker_number_column(m, "Value", 3, "");
    m->table->columns[m->table->column_count - 1].shortest = true;
    m->table->heads = 2;
    indicator_points(m, false);
}
