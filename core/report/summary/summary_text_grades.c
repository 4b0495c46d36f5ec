/* How good: grades, their change, sections, agencies and measures as text. */
#include "core/base/decimal.h"
#include "core/report/summary/summary_text_private.h"

/* ---- grades ---- */

static const char *short_label(const struct ca_summary_name *grade)
{
    return grade->abbrev != NULL ? grade->abbrev : grade->label;
}

static void count_row(struct ca_grid *grid, const char *name, struct ca_figure count)
{
    ca_grid_row(grid);
    ca_grid_cell(grid, name);
    ca_grid_count(grid, count);
}

/* How many cases there were, where that is known. */
static void coverage_rows(const struct ca_text *t, struct ca_grid *grid)
{
    struct ca_share share = {
        .count = t->row->audits, .of = t->row->population, .whole = t->row->coverage_whole};

    if (!ca_is_shown(t->row->history) || t->row->history.value > 0)
        count_row(grid, "Counts from before", t->row->history);
    if (!ca_is_shown(t->row->population) && t->row->population.shown != CA_WITHHELD)
        return;
    ca_grid_row(grid);
    ca_grid_cell(grid, "Of all cases");
    ca_grid_share(grid, &share);
}

void ca_text_grades(const struct ca_text *t)
{
    struct ca_grid *grid = ca_grid_new(t->width);

    ca_text_heading(t, "Grades");
    ca_grid_column(grid, t->row->when, CA_LEFT);
    ca_grid_column(grid, "Audits", CA_RIGHT);
    ca_grid_column(grid, "95% interval", CA_RIGHT);
    ca_grid_column(grid, "", CA_LEFT);
    for (size_t g = 0; g <= t->s->grade_count; g++) {
        bool headline = g == t->s->grade_count;
        const struct ca_share *share = headline ? &t->row->positive : &t->row->grades[g];
        if (headline && !t->s->has_positive)
            break;
        ca_grid_row(grid);
        if (headline)
            ca_grid_cellf(grid, "= %s", t->s->positive_label);
        else
            ca_grid_cell(grid, t->s->grades[g].label);
        ca_grid_share(grid, share);
        ca_grid_interval(grid, share);
        ca_grid_bar(grid, share->tenths);
    }
    count_row(grid, "Not graded", t->row->not_graded);
    count_row(grid, "All audits", t->row->audits);
    coverage_rows(t, grid);
    ca_grid_write(grid, t->out);
}

/* "O+G": the grades that count as positive. */
static void add_positive(const struct ca_text *t, struct ca_buffer *out)
{
    for (size_t g = 0; g < t->s->grade_count && t->s->grades[g].positive; g++)
        ca_buffer_printf(out, "%s%s", g > 0 ? "+" : "", short_label(&t->s->grades[g]));
}

/* A column for each grade, after the first. */
static void grade_columns(const struct ca_text *t, struct ca_grid *grid, bool headline)
{
    struct ca_buffer positive = {0};

    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_grid_column(grid, short_label(&t->s->grades[g]), CA_RIGHT);
    if (headline && t->s->has_positive) {
        add_positive(t, &positive);
        ca_grid_column(grid, positive.data, CA_RIGHT);
        ca_buffer_free(&positive);
    }
    ca_grid_column(grid, "Not graded", CA_RIGHT);
}

static void add_row(const struct ca_text *t, struct ca_grid *grid,
                    const struct ca_summary_row *row)
{
    ca_grid_row(grid);
    ca_grid_cellf(grid, "%s%s", row->total ? "" : "  ", row->name);
    ca_grid_count(grid, row->audits);
    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_grid_short_share(grid, &row->grades[g]);
    if (t->s->has_positive)
        ca_grid_short_share(grid, &row->positive);
    ca_grid_count(grid, row->not_graded);
}

/* "By period and team (O+G is good or better)" */
static void rows_heading(const struct ca_text *t)
{
    struct ca_buffer title = {0};

    ca_buffer_puts(&title, "By period");
    for (size_t i = 0; i < t->s->group_by_count; i++)
        ca_buffer_printf(&title, " and %s", t->s->group_by[i].label);
    if (t->s->has_positive) {
        ca_buffer_puts(&title, " (");
        add_positive(t, &title);
        ca_buffer_printf(&title, " is %s)", t->s->positive_label);
    }
    ca_text_heading(t, title.data);
    ca_buffer_free(&title);
}

/* Periods and groups under each other. */
void ca_text_rows(const struct ca_text *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;
    bool outside =
        c != NULL && (c->from < t->s->rows || c->from >= t->s->rows + t->s->row_count);
    struct ca_grid *grid;

    if (t->s->row_count == 1 && !outside)
        return;
    rows_heading(t);
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "", CA_LEFT);
    ca_grid_column(grid, "Audits", CA_RIGHT);
    grade_columns(t, grid, true);
    if (outside)
        add_row(t, grid, c->from);
    for (size_t i = 0; i < t->s->row_count; i++)
        add_row(t, grid, &t->s->rows[i]);
    ca_grid_write(grid, t->out);
}

/* ---- change ---- */

static void signed_points(struct ca_grid *grid, const struct ca_summary_change *c)
{
    char a[CA_FIGURE_SIZE], b[CA_FIGURE_SIZE], d[CA_FIGURE_SIZE];

    if (!ca_is_shown(c->difference))
        ca_grid_cell(grid, ca_figure_symbol(c->difference));
    else
        ca_grid_cellf(grid, "%s%s (%s to %s)", c->difference.value > 0 ? "+" : "",
                      ca_figure_text(c->difference, 1, d), ca_figure_text(c->low, 1, a),
                      ca_figure_text(c->high, 1, b));
}

static void add_change(struct ca_grid *grid, const char *name,
                       const struct ca_summary_change *c)
{
    char p[CA_FIGURE_SIZE];

    ca_grid_row(grid);
    ca_grid_cell(grid, name);
    ca_grid_short_share(grid, &c->from);
    ca_grid_short_share(grid, &c->to);
    signed_points(grid, c);
    ca_grid_cell(grid, ca_figure_text(c->p, 3, p));
    ca_grid_cell(grid, c->judged ? ca_verdict_words(c->verdict) : ca_figure_symbol(c->p));
}

/* Of how many, and what happened in between. */
static void change_sentences(const struct ca_text *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;
    char from[CA_FIGURE_SIZE], to[CA_FIGURE_SIZE];
    struct ca_buffer line = {0};

    ca_buffer_printf(&line, "Of %s graded in %s and %s in %s.",
                     ca_figure_text(c->grades[0].from.of, 0, from), c->from->when,
                     ca_figure_text(c->grades[0].to.of, 0, to), c->to->when);
    ca_text_trend(&line, &c->trend);
    ca_text_paragraph(t, 2, line.data);
    ca_buffer_free(&line);
}

/* Each group against itself; the last p allows for how many there are. */
static void group_changes(const struct ca_text *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;
    struct ca_grid *grid;
    char p[CA_FIGURE_SIZE];

    if (c->group_count == 0)
        return;
    ca_text_heading(t, "Change of each group, allowing for how many there are");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "", CA_LEFT);
    ca_grid_column(grid, c->from->when, CA_RIGHT);
    ca_grid_column(grid, c->to->when, CA_RIGHT);
    ca_grid_column(grid, "Difference", CA_RIGHT);
    ca_grid_column(grid, "p", CA_RIGHT);
    ca_grid_column(grid, "Verdict", CA_LEFT);
    ca_grid_column(grid, "p of all", CA_RIGHT);
    for (size_t g = 0; g < c->group_count; g++) {
        add_change(grid, c->groups[g].to->name, &c->groups[g].positive);
        ca_grid_cell(grid, ca_figure_text(c->groups[g].adjusted, 3, p));
    }
    ca_grid_write(grid, t->out);
}

void ca_text_changes(const struct ca_text *t)
{
    const struct ca_summary_comparison *c = t->s->comparison;
    struct ca_grid *grid;

    if (c == NULL)
        return;
    ca_text_heading(t, "Change, in percentage points with 95% interval");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "", CA_LEFT);
    ca_grid_column(grid, c->from->when, CA_RIGHT);
    ca_grid_column(grid, c->to->when, CA_RIGHT);
    ca_grid_column(grid, "Difference", CA_RIGHT);
    ca_grid_column(grid, "p", CA_RIGHT);
    ca_grid_column(grid, "Verdict", CA_LEFT);
    for (size_t g = 0; g < t->s->grade_count; g++)
        add_change(grid, short_label(&t->s->grades[g]), &c->grades[g]);
    if (t->s->has_positive)
        add_change(grid, t->s->positive_label, &c->positive);
    ca_grid_write(grid, t->out);
    if (t->s->grade_count > 0)
        change_sentences(t);
    group_changes(t);
}

/* ---- sections, agencies, measures ---- */

static void add_block(const struct ca_text *t, struct ca_grid *grid,
                      const struct ca_summary_grades *block)
{
    for (size_t g = 0; g < t->s->grade_count; g++)
        ca_grid_short_share(grid, &block->shares[g]);
    ca_grid_count(grid, block->not_graded);
}

static void add_section_name(const struct ca_text *t, struct ca_grid *grid, size_t i)
{
    ca_grid_row(grid);
    ca_grid_cellf(grid, "%*s%s", (int)(2 * t->s->sections[i].depth), "",
                  t->s->sections[i].title);
}

void ca_text_sections(const struct ca_text *t)
{
    struct ca_grid *grid;

    if (t->s->section_count == 0)
        return;
    ca_text_heading(t, t->s->agency_count > 0 ? "Sections, jointly" : "Sections");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Section", CA_LEFT);
    grade_columns(t, grid, false);
    for (size_t i = 0; i < t->s->section_count; i++) {
        add_section_name(t, grid, i);
        add_block(t, grid, &t->row->sections[i]);
    }
    ca_grid_write(grid, t->out);
}

static void add_spread(struct ca_grid *grid, const struct ca_summary_spread *spread)
{
    char low[CA_FIGURE_SIZE], high[CA_FIGURE_SIZE];

    ca_grid_count(grid, spread->count);
    ca_grid_cell(grid, ca_figure_text(spread->median, 2, low));
    if (ca_is_shown(spread->first))
        ca_grid_cellf(grid, "%s to %s", ca_figure_text(spread->first, 2, low),
                      ca_figure_text(spread->third, 2, high));
    else
        ca_grid_cell(grid, ca_figure_symbol(spread->first));
}

/* The median and the middle half of scores, where they say more than grades do. */
void ca_text_scores(const struct ca_text *t)
{
    struct ca_buffer title = {0};
    struct ca_grid *grid;

    if (t->row->scores == NULL)
        return;
    ca_buffer_printf(&title, "Scores, out of %lld", (long long)t->s->out_of);
    ca_text_heading(t, title.data);
    ca_buffer_free(&title);
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "", CA_LEFT);
    ca_grid_column(grid, "Audits", CA_RIGHT);
    ca_grid_column(grid, "Median", CA_RIGHT);
    ca_grid_column(grid, "Middle half", CA_RIGHT);
    ca_grid_row(grid);
    ca_grid_cell(grid, "All of it");
    add_spread(grid, t->row->scores);
    for (size_t i = 0; i < t->s->section_count; i++) {
        add_section_name(t, grid, i);
        add_spread(grid, &t->row->section_scores[i]);
    }
    for (size_t a = 0; a < t->s->agency_count; a++) {
        ca_grid_row(grid);
        ca_grid_cellf(grid, "- %s", t->s->agencies[a].label);
        add_spread(grid, &t->row->agency_scores[a]);
    }
    ca_grid_write(grid, t->out);
}

/* What agencies declared, and how far that is from what their answers come to. */
static void own_grades(const struct ca_text *t)
{
    struct ca_grid *grid = ca_grid_new(t->width);

    ca_text_heading(t, "Agencies: the grades they gave themselves");
    ca_grid_column(grid, "Agency", CA_LEFT);
    grade_columns(t, grid, false);
    for (size_t a = 0; a < t->s->agency_count; a++) {
        ca_grid_row(grid);
        ca_grid_cell(grid, t->s->agencies[a].label);
        add_block(t, grid, &t->row->agencies[a].declared);
    }
    ca_grid_write(grid, t->out);
    grid = ca_grid_new(t->width);
    ca_text_heading(t, "Agencies: their own grades against their answers");
    ca_grid_column(grid, "Agency", CA_LEFT);
    ca_grid_column(grid, "Better", CA_RIGHT);
    ca_grid_column(grid, "The same", CA_RIGHT);
    ca_grid_column(grid, "Worse", CA_RIGHT);
    for (size_t a = 0; a < t->s->agency_count; a++) {
        ca_grid_row(grid);
        ca_grid_cell(grid, t->s->agencies[a].label);
        ca_grid_count(grid, t->row->agencies[a].better);
        ca_grid_count(grid, t->row->agencies[a].same);
        ca_grid_count(grid, t->row->agencies[a].worse);
    }
    ca_grid_write(grid, t->out);
}

void ca_text_agencies(const struct ca_text *t)
{
    struct ca_grid *grid;

    if (t->s->agency_count == 0)
        return;
    ca_text_heading(t, "Agencies: what their answers come to");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Agency", CA_LEFT);
    ca_grid_column(grid, "Asked", CA_RIGHT);
    ca_grid_column(grid, "Returns", CA_RIGHT);
    grade_columns(t, grid, false);
    for (size_t a = 0; a < t->s->agency_count; a++) {
        ca_grid_row(grid);
        ca_grid_cell(grid, t->s->agencies[a].label);
        ca_grid_count(grid, t->row->agencies[a].asked);
        ca_grid_count(grid, t->row->agencies[a].returns);
        add_block(t, grid, &t->row->agencies[a].overall);
    }
    ca_grid_write(grid, t->out);
    own_grades(t);
}

/* The grades of each agency in each section. */
void ca_text_agency_sections(const struct ca_text *t)
{
    struct ca_grid *grid;

    if (t->s->agency_count == 0)
        return;
    ca_text_heading(t, "Sections by agency");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Section and agency", CA_LEFT);
    grade_columns(t, grid, false);
    for (size_t i = 0; i < t->s->section_count; i++) {
        add_section_name(t, grid, i);
        for (size_t a = 0; a < t->s->agency_count; a++) {
            ca_grid_row(grid);
            ca_grid_cellf(grid, "%*s- %s", (int)(2 * t->s->sections[i].depth), "",
                          t->s->agencies[a].label);
            add_block(t, grid, &t->row->agencies[a].grid[i]);
        }
    }
    ca_grid_write(grid, t->out);
}

static void add_mean(struct ca_grid *grid, const struct ca_summary_measure *m)
{
    char mean[CA_FIGURE_SIZE], sum[CA_FIGURE_SIZE], count[CA_FIGURE_SIZE];

    ca_grid_cellf(grid, "mean %s (%s in %s)", ca_figure_text(m->mean, 2, mean),
                  ca_text_value(m->sum, sum), ca_figure_text(m->count, 0, count));
}

static bool any_target(const struct ca_summary *s)
{
    for (size_t i = 0; i < s->measure_count; i++)
        if (s->measures[i].target != NULL)
            return true;
    return false;
}

/* "90%: missed" */
static void add_target(struct ca_grid *grid, const struct ca_summary_measure_name *name,
                       enum ca_target_state state)
{
    char value[CA_DECIMAL_SIZE];

    if (name->target != NULL)
        ca_grid_cellf(grid, "%s%s%s: %s", name->target->most ? "at most " : "",
                      ca_decimal_short(name->target->thousandths, 3, value),
                      name->mean ? "" : "%",
                      state != CA_NO_TARGET ? ca_target_state_words(state) : "–");
    else
        ca_grid_cell(grid, "");
}

/* Where there are targets, they stand in place of the bars. */
void ca_text_measures(const struct ca_text *t)
{
    bool targets = any_target(t->s);
    struct ca_grid *grid;

    if (t->s->measure_count == 0)
        return;
    ca_text_heading(t, "Measures");
    grid = ca_grid_new(t->width);
    ca_grid_column(grid, "Measure", CA_LEFT);
    ca_grid_column(grid, "Cases", CA_RIGHT);
    ca_grid_column(grid, "95% interval", CA_RIGHT);
    ca_grid_column(grid, targets ? "Target" : "", CA_LEFT);
    for (size_t i = 0; i < t->s->measure_count; i++) {
        const struct ca_summary_measure *m = &t->row->measures[i];
        ca_grid_row(grid);
        ca_grid_cell(grid, t->s->measures[i].label);
        if (t->s->measures[i].mean) {
            add_mean(grid, m);
            if (targets)
                ca_grid_cell(grid, "");
        } else {
            ca_grid_share(grid, &m->share);
            ca_grid_interval(grid, &m->share);
            if (!targets)
                ca_grid_bar(grid, m->share.tenths);
        }
        if (targets)
            add_target(grid, &t->s->measures[i], m->state);
    }
    ca_grid_write(grid, t->out);
}
