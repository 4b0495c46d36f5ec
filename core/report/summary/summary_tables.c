/* The summary as tables: grades, change, sections, agencies and measures, and the order of all.
 */
#include "core/report/summary/summary_tables_private.h"

#include <string.h>

#include "core/base/decimal.h"

/* ---- grades ---- */

static void grade_columns(struct ca_table_maker *m, bool intervals)
{
    const struct ca_summary *s = m->s;

    for (size_t g = 0; g < s->grade_count; g++) {
        ca_maker_column(m, CA_COLUMN_PART, s->grades[g].label);
        if (intervals)
            ca_maker_column(
                m, CA_COLUMN_INTERVAL,
                ca_arena_printf(m->tables.arena, "%s: 95%% interval", s->grades[g].label))
                ->below = true;
    }
    if (intervals && s->has_positive) {
        ca_maker_column(m, CA_COLUMN_PART,
                        ca_arena_printf(m->tables.arena, "Together: %s", s->positive_label));
        ca_maker_column(
            m, CA_COLUMN_INTERVAL,
            ca_arena_printf(m->tables.arena, "95%% interval of %s", s->positive_label));
    }
}

static void put_row_grades(struct ca_table_maker *m, const struct ca_summary_row *row)
{
    for (size_t g = 0; g < m->s->grade_count; g++) {
        ca_maker_share(m, &row->grades[g]);
        ca_maker_share(m, &row->grades[g]);
    }
    if (m->s->has_positive) {
        ca_maker_share(m, &row->positive);
        ca_maker_share(m, &row->positive);
    }
}

static void put_grades(struct ca_table_maker *m, const struct ca_summary_grades *grades)
{
    ca_maker_figure(m, grades->graded);
    ca_maker_figure(m, grades->not_graded);
    for (size_t g = 0; g < m->s->grade_count; g++)
        ca_maker_share(m, &grades->shares[g]);
}

/* What put_grades fills. */
static void graded_columns(struct ca_table_maker *m)
{
    ca_maker_number_column(m, "Graded", 0, "");
    ca_maker_number_column(m, "Not graded", 0, "");
    grade_columns(m, false);
}

static void row_of_grades(struct ca_table_maker *m, const struct ca_summary_row *row)
{
    ca_maker_figure(m, row->audits);
    ca_maker_figure(m, row->graded);
    ca_maker_figure(m, row->not_graded);
    put_row_grades(m, row);
}

static void audit_columns(struct ca_table_maker *m)
{
    ca_maker_number_column(m, "Audits", 0, "");
    ca_maker_number_column(m, "Graded", 0, "");
    ca_maker_number_column(m, "Not graded", 0, "");
    grade_columns(m, true);
}

static void grades_table(struct ca_table_maker *m)
{
    ca_maker_start(m, "grades", "Grades by period, with 95% intervals");
    ca_maker_column(m, CA_COLUMN_TEXT, "Period")->together = true;
    audit_columns(m);
    for (size_t i = 0; i < m->s->row_count; i++) {
        if (!m->s->rows[i].total)
            continue;
        ca_maker_text(m, m->s->rows[i].when);
        row_of_grades(m, &m->s->rows[i]);
    }
}

static void groups_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    if (s->group_by_count == 0)
        return;
    ca_maker_start(m, "groups", "Grades by group, with 95% intervals");
    ca_maker_column(m, CA_COLUMN_TEXT, "Period")->together = true;
    for (size_t i = 0; i < s->group_by_count; i++)
        ca_maker_column(m, CA_COLUMN_TEXT, s->group_by[i].label);
    m->table->heads = 1 + s->group_by_count;
    audit_columns(m);
    for (size_t i = 0; i < s->row_count; i++) {
        if (s->rows[i].total)
            continue;
        ca_maker_text(m, s->rows[i].when);
        for (size_t k = 0; k < s->group_by_count; k++)
            ca_maker_text(m, s->rows[i].group_label[k]);
        row_of_grades(m, &s->rows[i]);
    }
}

/* ---- change ---- */

static void put_change(struct ca_table_maker *m, const char *what,
                       const struct ca_summary_change *c)
{
    ca_maker_text(m, what);
    ca_maker_share(m, &c->from);
    ca_maker_share(m, &c->to);
    ca_maker_figure(m, c->difference);
    ca_maker_figure(m, c->low);
    ca_maker_figure(m, c->high);
    ca_maker_figure(m, c->p);
    ca_maker_text(m, c->judged ? ca_verdict_words(c->verdict) : ca_figure_symbol(c->p));
}

static void signed_column(struct ca_table_maker *m, const char *heading)
{
    ca_maker_column(m, CA_COLUMN_SIGNED, heading)->places = 1;
}

static void change_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;
    const struct ca_summary_comparison *c = s->comparison;
    struct ca_arena *arena = m->tables.arena;

    if (c == NULL)
        return;
    ca_maker_start(m, "change",
                   ca_arena_printf(arena, "Change from %s%s%s%s to %s", c->from->when,
                                   c->benchmark ? " (benchmark " : "",
                                   c->benchmark ? c->benchmark : "", c->benchmark ? ")" : "",
                                   c->to->when));
    ca_maker_column(m, CA_COLUMN_TEXT, "Figure");
    ca_maker_column(m, CA_COLUMN_SHARE, ca_arena_printf(arena, "In %s", c->from->when));
    ca_maker_column(m, CA_COLUMN_SHARE, ca_arena_printf(arena, "In %s", c->to->when));
    signed_column(m, "Difference in percentage points");
    signed_column(m, "95% interval, low");
    signed_column(m, "95% interval, high");
    ca_maker_column(m, CA_COLUMN_P, "p")->places = 3;
    ca_maker_column(m, CA_COLUMN_TEXT, "Verdict")->together = true;
    for (size_t g = 0; g < s->grade_count; g++)
        put_change(m, s->grades[g].label, &c->grades[g]);
    if (s->has_positive)
        put_change(m, s->positive_label, &c->positive);
}

static void group_change_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;
    const struct ca_summary_comparison *c = s->comparison;
    struct ca_arena *arena = m->tables.arena;

    if (c == NULL || c->group_count == 0)
        return;
    ca_maker_start(m, "group-change",
                   ca_arena_printf(arena, "Each group, %s, from %s to %s", s->positive_label,
                                   c->from->when, c->to->when));
    ca_maker_column(m, CA_COLUMN_TEXT, "Group");
    ca_maker_column(m, CA_COLUMN_SHARE, ca_arena_printf(arena, "In %s", c->from->when));
    ca_maker_column(m, CA_COLUMN_SHARE, ca_arena_printf(arena, "In %s", c->to->when));
    signed_column(m, "Difference in percentage points");
    signed_column(m, "95% interval, low");
    signed_column(m, "95% interval, high");
    ca_maker_column(m, CA_COLUMN_P, "p")->places = 3;
    ca_maker_column(m, CA_COLUMN_P, "p for all groups together")->places = 3;
    ca_maker_column(m, CA_COLUMN_TEXT, "Verdict")->together = true;
    for (size_t g = 0; g < c->group_count; g++) {
        const struct ca_summary_change *change = &c->groups[g].positive;
        ca_maker_text(m, c->groups[g].to->name);
        ca_maker_share(m, &change->from);
        ca_maker_share(m, &change->to);
        ca_maker_figure(m, change->difference);
        ca_maker_figure(m, change->low);
        ca_maker_figure(m, change->high);
        ca_maker_figure(m, change->p);
        ca_maker_figure(m, c->groups[g].adjusted);
        ca_maker_text(m, change->judged ? ca_verdict_words(change->verdict)
                                        : ca_figure_symbol(change->p));
    }
}

static void funnel_table(struct ca_table_maker *m)
{
    static const char *const where[] = {"within", "outside 95%", "outside 99.8%"};
    const struct ca_summary_funnel *f = &m->s->funnel;

    ca_maker_start(m, "funnel", "Groups beside each other: within what chance gives?");
    ca_maker_column(m, CA_COLUMN_TEXT, "Group");
    ca_maker_number_column(m, "Graded", 0, "");
    ca_maker_number_column(m, "Per cent", 1, "%");
    ca_maker_number_column(m, "All", 1, "%");
    ca_maker_column(m, CA_COLUMN_TEXT, "Limits");
    for (size_t i = 0; i < f->point_count; i++) {
        ca_maker_text(m, f->points[i].name);
        ca_maker_figure(m, f->points[i].graded);
        ca_maker_figure(m, f->points[i].percent);
        ca_maker_figure(m, f->mean);
        ca_maker_text(m, where[f->points[i].outside]);
    }
}

static void put_trend(struct ca_table_maker *m, const char *what,
                      const struct ca_summary_trend *t)
{
    if (!t->judged && t->m2.shown != CA_WITHHELD)
        return;
    ca_maker_text(m, what);
    ca_maker_text(m, t->from ? t->from : "–");
    ca_maker_text(m, t->to ? t->to : "–");
    ca_maker_figure(m, (struct ca_figure){CA_SHOWN, (int64_t)t->periods});
    ca_maker_figure(m, t->m2);
    ca_maker_figure(m, t->p);
    ca_maker_text(m, t->judged ? ca_verdict_words(t->verdict) : ca_figure_symbol(t->m2));
}

static void trend_table(struct ca_table_maker *m)
{
    ca_maker_start(m, "trends", "Trends over three periods or more");
    ca_maker_column(m, CA_COLUMN_TEXT, "Figure");
    ca_maker_column(m, CA_COLUMN_TEXT, "From");
    ca_maker_column(m, CA_COLUMN_TEXT, "To");
    ca_maker_number_column(m, "Periods", 0, "");
    ca_maker_number_column(m, "M²", 3, "");
    ca_maker_column(m, CA_COLUMN_P, "p")->places = 3;
    ca_maker_column(m, CA_COLUMN_TEXT, "Verdict")->together = true;
    if (m->s->comparison != NULL)
        put_trend(m, "Grades", &m->s->comparison->trend);
    for (size_t i = 0; i < m->s->indicator_count; i++)
        put_trend(m, m->s->indicators[i].label, &m->s->indicators[i].trend);
}

/* ---- sections and agencies ---- */

static void sections_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start_by_period(m, "sections", "Grades by section and period", "Section");
    graded_columns(m);
    for (size_t i = 0; i < s->section_count; i++)
        CA_EACH_ROW(m, row)
        {
            ca_maker_text(m, s->sections[i].title);
            ca_maker_period(m, row);
            put_grades(m, &row->sections[i]);
        }
}

static void put_spread(struct ca_table_maker *m, const char *part,
                       const struct ca_summary_row *row, const struct ca_summary_spread *spread)
{
    ca_maker_text(m, part);
    ca_maker_period(m, row);
    ca_maker_figure(m, spread->count);
    ca_maker_figure(m, spread->median);
    ca_maker_figure(m, spread->first);
    ca_maker_figure(m, spread->third);
}

static void scores_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    if (s->out_of == 0)
        return;
    ca_maker_start_by_period(
        m, "scores",
        ca_arena_printf(m->tables.arena, "Scores out of %lld: the median, and the middle half",
                        (long long)s->out_of),
        "Part or agency");
    ca_maker_number_column(m, "Audits with a score", 0, "");
    ca_maker_number_column(m, "Median", 2, "");
    ca_maker_number_column(m, "Middle half, from", 2, "");
    ca_maker_number_column(m, "Middle half, to", 2, "");
    CA_EACH_ROW(m, row) put_spread(m, "All of it", row, row->scores);
    for (size_t i = 0; i < s->section_count; i++)
        CA_EACH_ROW(m, row)
    put_spread(m, s->sections[i].title, row, &row->section_scores[i]);
    for (size_t a = 0; a < s->agency_count; a++)
        CA_EACH_ROW(m, row)
    put_spread(m, s->agencies[a].label, row, &row->agency_scores[a]);
}

static void agencies_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start_by_period(m, "agencies", "What each agency's answers come to, by period",
                             "Agency");
    ca_maker_number_column(m, "Asked", 0, "");
    ca_maker_number_column(m, "Returns", 0, "");
    graded_columns(m);
    for (size_t a = 0; a < s->agency_count; a++) {
        CA_EACH_ROW(m, row)
        {
            ca_maker_text(m, s->agencies[a].label);
            ca_maker_period(m, row);
            ca_maker_figure(m, row->agencies[a].asked);
            ca_maker_figure(m, row->agencies[a].returns);
            put_grades(m, &row->agencies[a].overall);
        }
    }
}

static void declared_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start_by_period(m, "declared",
                             "The grades that agencies gave themselves, by period", "Agency");
    graded_columns(m);
    for (size_t a = 0; a < s->agency_count; a++)
        CA_EACH_ROW(m, row)
        {
            ca_maker_text(m, s->agencies[a].label);
            ca_maker_period(m, row);
            put_grades(m, &row->agencies[a].declared);
        }
}

static void difference_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start_by_period(
        m, "difference", "Agencies' own grades against what their answers come to", "Agency");
    ca_maker_number_column(m, "Own grade better", 0, "");
    ca_maker_number_column(m, "The same", 0, "");
    ca_maker_number_column(m, "Own grade worse", 0, "");
    for (size_t a = 0; a < s->agency_count; a++)
        CA_EACH_ROW(m, row)
        {
            ca_maker_text(m, s->agencies[a].label);
            ca_maker_period(m, row);
            ca_maker_figure(m, row->agencies[a].better);
            ca_maker_figure(m, row->agencies[a].same);
            ca_maker_figure(m, row->agencies[a].worse);
        }
}

static void grid_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start(m, "grid", "Agencies and sections");
    ca_maker_column(m, CA_COLUMN_TEXT, "Agency");
    ca_maker_column(m, CA_COLUMN_TEXT, "Section");
    ca_maker_period_columns(m);
    m->table->heads += 2;
    graded_columns(m);
    for (size_t a = 0; a < s->agency_count; a++)
        for (size_t i = 0; i < s->section_count; i++)
            CA_EACH_ROW(m, row)
            {
                ca_maker_text(m, s->agencies[a].label);
                ca_maker_text(m, s->sections[i].title);
                ca_maker_period(m, row);
                put_grades(m, &row->agencies[a].grid[i]);
            }
}

/* ---- measures ---- */

static bool has_targets(const struct ca_summary *s)
{
    for (size_t i = 0; i < s->measure_count; i++)
        if (s->measures[i].target != NULL)
            return true;
    return false;
}

static void target_columns(struct ca_table_maker *m, const char *unit)
{
    ca_maker_number_column(m, "Target", 3, unit);
    m->table->columns[m->table->column_count - 1].shortest = true;
    ca_maker_column(m, CA_COLUMN_TEXT, "Which is");
    ca_maker_column(m, CA_COLUMN_TEXT, "Target met");
}

static void put_target(struct ca_table_maker *m, const struct ca_summary_measure_name *name,
                       const struct ca_summary_measure *measure)
{
    bool any = name->target != NULL;
    struct ca_figure target = {any ? CA_SHOWN : CA_NOT_APPLICABLE,
                               any ? name->target->thousandths : 0};

    ca_maker_figure(m, target);
    ca_maker_text(m, !any ? "z" : name->target->most ? "the most" : "the least");
    ca_maker_text(m,
                  measure->state == CA_NO_TARGET ? "z" : ca_target_state_words(measure->state));
}

static void proportions_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start_by_period(m, "measures", "Measures: how many of those that count",
                             "Measure");
    ca_maker_column(m, CA_COLUMN_SHARE, "Met");
    ca_maker_column(m, CA_COLUMN_INTERVAL, "95% interval");
    if (has_targets(m->s))
        target_columns(m, "%");
    for (size_t i = 0; i < s->measure_count; i++) {
        if (s->measures[i].mean)
            continue;
        CA_EACH_ROW(m, row)
        {
            ca_maker_text(m, s->measures[i].label);
            ca_maker_period(m, row);
            ca_maker_share(m, &row->measures[i].share);
            ca_maker_share(m, &row->measures[i].share);
            if (has_targets(m->s))
                put_target(m, &s->measures[i], &row->measures[i]);
        }
    }
}

static void means_table(struct ca_table_maker *m)
{
    const struct ca_summary *s = m->s;

    ca_maker_start_by_period(m, "means", "Measures: means", "Measure");
    ca_maker_number_column(m, "Mean", 2, "");
    ca_maker_number_column(m, "Sum", 3, "");
    m->table->columns[m->table->column_count - 1].shortest = true;
    ca_maker_number_column(m, "Values", 0, "");
    if (has_targets(m->s))
        target_columns(m, "");
    for (size_t i = 0; i < s->measure_count; i++) {
        if (!s->measures[i].mean)
            continue;
        CA_EACH_ROW(m, row)
        {
            ca_maker_text(m, s->measures[i].label);
            ca_maker_period(m, row);
            ca_maker_figure(m, row->measures[i].mean);
            ca_maker_figure(m, row->measures[i].sum);
            ca_maker_figure(m, row->measures[i].count);
            if (has_targets(m->s))
                put_target(m, &s->measures[i], &row->measures[i]);
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
    {group_change_table, false},
    {funnel_table, false},
    {sections_table, true},
    {scores_table, true},
    {agencies_table, true},
    {declared_table, true},
    {difference_table, true},
    {grid_table, true},
    {proportions_table, true},
    {means_table, true},
    {ca_make_themes_table, true},
    {ca_make_actions_table, true},
    {ca_make_standing_table, false},
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
