#include "core/report/summary/summary_tables.h"

#include <string.h>

#include "core/base/decimal.h"

/* ---- grades ---- */

static void grade_columns(struct ca_table_maker *m, bool intervals)
{
    const struct ca_summary *s = m->s;

    for (size_t g = 0; g < s->grade_count; g++) {
        column(m, CA_COLUMN_PART, s->grades[g].label);
        if (intervals)
            column(m, CA_COLUMN_INTERVAL,
                   ca_arena_printf(m->tables.arena, "%s: 95%% interval", s->grades[g].label))
                ->below = true;
    }
    if (intervals && s->has_positive) {
        column(m, CA_COLUMN_PART,
               ca_arena_printf(m->tables.arena, "Together: %s", s->positive_label));
        column(m, CA_COLUMN_INTERVAL,
               ca_arena_printf(m->tables.arena, "95%% interval of %s", s->positive_label));
    }
}

static void put_row_grades(struct ca_table_maker *m, const struct ca_summary_row *row)
{
    for (size_t g = 0; g < m->s->grade_count; g++) {
        put_share(m, &row->grades[g]);
        put_share(m, &row->grades[g]);
    }
    if (m->s->has_positive) {
        put_share(m, &row->positive);
        put_share(m, &row->positive);
    }
}

static void put_grades(struct ca_table_maker *m, const struct ca_summary_grades *grades)
{
    put(m, grades->graded);
    put(m, grades->not_graded);
    for (size_t g = 0; g < m->s->grade_count; g++)
        put_share(m, &grades->shares[g]);
}

/* What put_grades fills. */
static void graded_columns(struct ca_table_maker *m)
{
    number_column(m, "Graded", 0, "");
    number_column(m, "Not graded", 0, "");
    grade_columns(m, false);
}

static void row_of_grades(struct ca_table_maker *m, const struct ca_summary_row *row)
{
    put(m, row->audits);
    put(m, row->graded);
    put(m, row->not_graded);
    put_row_grades(m, row);
}

static void audit_columns(struct ca_table_maker *m)
{
    number_column(m, "Audits", 0, "");
    number_column(m, "Graded", 0, "");
    number_column(m, "Not graded", 0, "");
    grade_columns(m, true);
}

static void grades_table(struct ca_table_maker *m)
{
    start(m, "grades", "Grades by period, with 95% intervals");
    column(m, CA_COLUMN_TEXT, "Period")->together = true;
    audit_columns(m);
    for (size_t i = 0; i < m->s->row_count; i++) {
        if (!m->s->rows[i].total)
            continue;
        put_text(m, m->s->rows[i].period.id);
        row_of_grades(m, &m->s->rows[i]);
    }
}

static void groups_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    if (s->group_by_count == 0)
        return;
    start(m, "groups", "Grades by group, with 95% intervals");
    column(m, CA_COLUMN_TEXT, "Period")->together = true;
    for (size_t i = 0; i < s->group_by_count; i++)
        column(m, CA_COLUMN_TEXT, s->group_by[i].label);
    m->table->heads = 1 + s->group_by_count;
    audit_columns(m);
    for (size_t i = 0; i < s->row_count; i++) {
        if (s->rows[i].total)
            continue;
        put_text(m, s->rows[i].period.id);
        for (size_t k = 0; k < s->group_by_count; k++)
            put_text(m, s->rows[i].group_label[k]);
        row_of_grades(m, &s->rows[i]);
    }
}

/* ---- change ---- */

static void put_change(struct ca_table_maker *m, const char *what,
                       const struct ca_summary_change *c)
{
    put_text(m, what);
    put_share(m, &c->from);
    put_share(m, &c->to);
    put(m, c->difference);
    put(m, c->low);
    put(m, c->high);
    put(m, c->p);
    put_text(m, c->judged ? ca_verdict_words(c->verdict) : ca_figure_symbol(c->p));
}

static void signed_column(struct ca_table_maker *m, const char *heading)
{
    column(m, CA_COLUMN_SIGNED, heading)->places = 1;
}

static void change_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;
    const struct ca_summary_comparison *c = s->comparison;
    struct ca_arena *arena = m->tables.arena;

    if (c == NULL)
        return;
    start(m, "change",
          ca_arena_printf(arena, "Change from %s%s%s%s to %s", c->from->period.id,
                          c->benchmark ? " (benchmark " : "", c->benchmark ? c->benchmark : "",
                          c->benchmark ? ")" : "", c->to->period.id));
    column(m, CA_COLUMN_TEXT, "Figure");
    column(m, CA_COLUMN_SHARE, ca_arena_printf(arena, "In %s", c->from->period.id));
    column(m, CA_COLUMN_SHARE, ca_arena_printf(arena, "In %s", c->to->period.id));
    signed_column(m, "Difference in percentage points");
    signed_column(m, "95% interval, low");
    signed_column(m, "95% interval, high");
    column(m, CA_COLUMN_P, "p")->places = 3;
    column(m, CA_COLUMN_TEXT, "Verdict")->together = true;
    for (size_t g = 0; g < s->grade_count; g++)
        put_change(m, s->grades[g].label, &c->grades[g]);
    if (s->has_positive)
        put_change(m, s->positive_label, &c->positive);
}

static void put_trend(struct ca_table_maker *m, const char *what,
                      const struct ca_summary_trend *t)
{
    if (!t->judged && t->m2.shown != CA_WITHHELD)
        return;
    put_text(m, what);
    put_text(m, t->from ? t->from : "–");
    put_text(m, t->to ? t->to : "–");
    put(m, (struct ca_figure){CA_SHOWN, (int64_t)t->periods});
    put(m, t->m2);
    put(m, t->p);
    put_text(m, t->judged ? ca_verdict_words(t->verdict) : ca_figure_symbol(t->m2));
}

static void trend_table(struct ca_table_maker *m)
{
    start(m, "trends", "Trends over three periods or more");
    column(m, CA_COLUMN_TEXT, "Figure");
    column(m, CA_COLUMN_TEXT, "From");
    column(m, CA_COLUMN_TEXT, "To");
    number_column(m, "Periods", 0, "");
    number_column(m, "M²", 3, "");
    column(m, CA_COLUMN_P, "p")->places = 3;
    column(m, CA_COLUMN_TEXT, "Verdict")->together = true;
    if (m->s->comparison != NULL)
        put_trend(m, "Grades", &m->s->comparison->trend);
    for (size_t i = 0; i < m->s->indicator_count; i++)
        put_trend(m, m->s->indicators[i].label, &m->s->indicators[i].trend);
}

/* ---- sections and agencies ---- */

static void sections_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    start(m, "sections", "Grades by section and period");
    column(m, CA_COLUMN_TEXT, "Section");
    period_columns(m);
    m->table->heads++;
    graded_columns(m);
    for (size_t i = 0; i < s->section_count; i++)
        EACH_ROW(m, row)
        {
            put_text(m, s->sections[i].title);
            put_period(m, row);
            put_grades(m, &row->sections[i]);
        }
}

static void agencies_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    start(m, "agencies", "Each agency's own grades by period");
    column(m, CA_COLUMN_TEXT, "Agency");
    period_columns(m);
    m->table->heads++;
    number_column(m, "Returns", 0, "");
    graded_columns(m);
    for (size_t a = 0; a < s->agency_count; a++) {
        EACH_ROW(m, row)
        {
            put_text(m, s->agencies[a].label);
            put_period(m, row);
            put(m, row->agencies[a].returns);
            put_grades(m, &row->agencies[a].overall);
        }
    }
}

static void grid_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    start(m, "grid", "Agencies and sections");
    column(m, CA_COLUMN_TEXT, "Agency");
    column(m, CA_COLUMN_TEXT, "Section");
    period_columns(m);
    m->table->heads += 2;
    graded_columns(m);
    for (size_t a = 0; a < s->agency_count; a++)
        for (size_t i = 0; i < s->section_count; i++)
            EACH_ROW(m, row)
            {
                put_text(m, s->agencies[a].label);
                put_text(m, s->sections[i].title);
                put_period(m, row);
                put_grades(m, &row->agencies[a].grid[i]);
            }
}

/* ---- measures ---- */

static const char *target_text(struct ca_table_maker *m,
                               const struct ca_summary_measure_name *name)
{
    const struct ca_target *target = ca_theme_target(m->theme, name->id);
    char text[CA_DECIMAL_SIZE];

    if (target == NULL)
        return "z";
    return ca_arena_printf(m->tables.arena, "%s%s%s", target->most ? "at most " : "",
                           ca_decimal_short(target->thousandths, 3, text),
                           name->mean ? "" : "%");
}

static void proportions_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    start(m, "measures", "Measures: how many of those that count");
    column(m, CA_COLUMN_TEXT, "Measure");
    period_columns(m);
    m->table->heads++;
    column(m, CA_COLUMN_SHARE, "Met");
    column(m, CA_COLUMN_INTERVAL, "95% interval");
    if (m->theme->target_count > 0)
        column(m, CA_COLUMN_TEXT, "Target");
    for (size_t i = 0; i < s->measure_count; i++) {
        if (s->measures[i].mean)
            continue;
        EACH_ROW(m, row)
        {
            put_text(m, s->measures[i].label);
            put_period(m, row);
            put_share(m, &row->measures[i].share);
            put_share(m, &row->measures[i].share);
            if (m->theme->target_count > 0)
                put_text(m, target_text(m, &s->measures[i]));
        }
    }
}

static void means_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    start(m, "means", "Measures: means");
    column(m, CA_COLUMN_TEXT, "Measure");
    period_columns(m);
    m->table->heads++;
    number_column(m, "Mean", 2, "");
    number_column(m, "Sum", 3, "");
    m->table->columns[m->table->column_count - 1].shortest = true;
    number_column(m, "Values", 0, "");
    if (m->theme->target_count > 0)
        column(m, CA_COLUMN_TEXT, "Target");
    for (size_t i = 0; i < s->measure_count; i++) {
        if (!s->measures[i].mean)
            continue;
        EACH_ROW(m, row)
        {
            put_text(m, s->measures[i].label);
            put_period(m, row);
            put(m, row->measures[i].mean);
            put(m, row->measures[i].sum);
            put(m, row->measures[i].count);
            if (m->theme->target_count > 0)
                put_text(m, target_text(m, &s->measures[i]));
        }
    }
}

/* In the order of sheets. */
static const struct {
    void (*make)(struct ca_table_maker *);
    bool of_rows; /* has a row for each period, and so for each group */
} makers[] = {
    {grades_table, false},
    {change_table, false},
    {trend_table, false},
    {groups_table, false},
    {sections_table, true},
    {agencies_table, true},
    {grid_table, true},
    {proportions_table, true},
    {means_table, true},
    {ca_make_themes_table, true},
    {ca_make_actions_table, true},
    {ca_make_alerts_table, true},
    {ca_make_limits_table, true},
    {ca_make_moderation_table, true},
    {ca_make_agreement_table, true},
    {ca_make_pairs_table, true},
    {ca_make_months_table, true},
    {ca_make_xmr_table, false},
    {ca_make_breaks_table, false},
    {ca_make_coverage_table, true},
    {ca_make_indicators_table, false},
    {ca_make_indicator_tables, false},
    {ca_make_cases_table, false},
};

struct ca_tables ca_summary_tables(struct ca_arena *arena, const struct ca_summary *s,
                                   const struct ca_theme *theme, enum ca_table_rows rows)
{
    struct ca_table_maker m = {
        .tables = {.arena = arena}, .s = s, .theme = theme, .rows = rows};

    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (rows != CA_ROWS_GROUPS || makers[i].of_rows)
            makers[i].make(&m);
    return m.tables;
}
