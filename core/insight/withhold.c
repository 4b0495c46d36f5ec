/*
 * What public output must not publish. All counts of all rows that are printed
 * go into one set, with every sum that a reader knows between them: grades and
 * headlines, sections and agencies, months and periods, groups and totals; and
 * with every link, such as returns being at most the audits that asked. What
 * is made of counts (percentages, changes, trends) goes with them; that is seen
 * to where it is made.
 */
#include <stdlib.h>
#include <string.h>

#include "core/insight/disclosure.h"
#include "core/insight/summary_private.h"

struct set {
    const struct ca_plan *plan;
    struct ca_disclosure *d;
    size_t *parts; /* scratch, as large as the largest sum */
};

/* One row of a period. */
struct row {
    const struct ca_places *l;
    const int64_t *n;
    size_t first;
};

/* Which cell a place is. An agency that every audit asks is asked by the audits, which have a
 * cell of their own. */
static size_t cell_of(const struct row *row, size_t at)
{
    const struct ca_places *l = row->l;

    for (size_t a = 0; a < l->agencies; a++)
        if (at == ca_at_agency(l, a) + CA_AGENCY_ASKED && row->n[at] == row->n[ca_at_audits(l)])
            at = ca_at_audits(l);
    return row->first + at;
}

/* total = parts, and what else is left of it, which no reader knows. */
static void add_sum(struct set *set, const struct row *row, size_t total, const size_t *at,
                    size_t count)
{
    int64_t rest = row->n[total];

    for (size_t i = 0; i < count; i++) {
        rest -= row->n[at[i]];
        set->parts[i] = cell_of(row, at[i]);
    }
    if (rest > 0)
        set->parts[count++] = ca_disclosure_unprinted(set->d, rest);
    ca_disclosure_sum(set->d, cell_of(row, total), set->parts, count);
}

/* The cells from `at` on are of a denominator. */
static void add_row(struct set *set, const struct row *row, size_t denominator, size_t at,
                    size_t count)
{
    for (size_t i = 0; i < count; i++)
        set->parts[i] = cell_of(row, at + i);
    ca_disclosure_row(set->d, cell_of(row, denominator), set->parts, count);
}

/* The same of cells that each count some of the denominator, whose complements tell as much. */
static void add_shares(struct set *set, const struct row *row, size_t denominator, size_t at,
                       size_t count)
{
    for (size_t i = 0; i < count; i++)
        set->parts[i] = cell_of(row, at + i);
    ca_disclosure_shares(set->d, cell_of(row, denominator), set->parts, count);
}

/* Together the places are at most one, as readers know. */
static void add_link(struct set *set, const struct row *row, size_t most, const size_t *at,
                     size_t count)
{
    for (size_t i = 0; i < count; i++)
        set->parts[i] = cell_of(row, at[i]);
    ca_disclosure_at_most(set->d, cell_of(row, most), set->parts, count);
}

/* Consecutive places add up to one. */
static void add_range(struct set *set, const struct row *row, size_t total, size_t at,
                      size_t count)
{
    size_t *places = ca_xcalloc(count, sizeof *places);

    for (size_t i = 0; i < count; i++)
        places[i] = at + i;
    add_sum(set, row, total, places, count);
    free(places);
}

/* Of a block: the graded, those not graded, and what was imported add up to all. */
static void add_all(struct set *set, const struct row *row, size_t at, size_t all,
                    size_t history)
{
    size_t grades = row->l->grades;
    size_t parts[] = {at + grades, at + grades + 1, history};

    add_range(set, row, at + grades, at, grades);
    add_shares(set, row, all, at + grades, 2);
    add_sum(set, row, all, parts, history != SIZE_MAX ? 3 : 2);
}

/* The headline of a part has no place of its own: it is printed where its grades tell it. Small
 * ones, and small complements, are kept all the same. Their cells are put after `parts`; how
 * many there are. */
static size_t add_headline_of(struct set *set, const struct row *row, size_t at, size_t *parts)
{
    size_t positive = set->plan->positive, grades = row->l->grades, added = 0;
    size_t kinds[2][2] = {{0, positive}, {positive, grades}};

    for (size_t k = 0; k < 2; k++) {
        int64_t sum = 0;
        size_t count = 0, cell;
        for (size_t g = kinds[k][0]; g < kinds[k][1]; g++) {
            sum += row->n[at + g];
            set->parts[count++] = cell_of(row, at + g);
        }
        if (count < 2)
            continue;
        cell = ca_disclosure_secret(set->d, sum);
        ca_disclosure_sum(set->d, cell, set->parts, count);
        parts[added++] = cell;
    }
    return added;
}

/* The block of a part: its grades and their headline are shares of the graded. */
static void add_part(struct set *set, const struct row *row, size_t at, size_t all,
                     size_t history)
{
    size_t grades = row->l->grades, count = grades;
    size_t *parts = ca_xcalloc(grades + 2, sizeof *parts);

    for (size_t g = 0; g < grades; g++)
        parts[g] = cell_of(row, at + g);
    count += add_headline_of(set, row, at, parts + grades);
    ca_disclosure_shares(set->d, cell_of(row, at + grades), parts, count);
    add_all(set, row, at, all, history);
    free(parts);
}

static void add_sections(struct set *set, const struct row *row)
{
    const struct ca_places *l = row->l;

    for (size_t s = 0; s < l->sections; s++) {
        size_t graded = ca_at_section(l, s) + l->grades;
        add_part(set, row, ca_at_section(l, s), ca_at_audits(l), ca_at_history(l));
        add_link(set, row, ca_at_graded(l), &graded, 1);
    }
}

static void add_agencies(struct set *set, const struct row *row)
{
    const struct ca_places *l = row->l;

    for (size_t a = 0; a < l->agencies; a++) {
        size_t at = ca_at_agency(l, a), asked = at + CA_AGENCY_ASKED;
        size_t compared[] = {at + CA_AGENCY_BETTER, at + CA_AGENCY_BETTER + 1,
                             at + CA_AGENCY_BETTER + 2};
        add_sum(set, row, asked, &at, 1);
        add_sum(set, row, at, compared, 3);
        /* Declared, computed, and of each section. */
        for (size_t b = 0; b < 2 + l->sections; b++) {
            size_t block = ca_at_declared(l, a) + b * ca_block_size(l);
            add_part(set, row, block, at, SIZE_MAX);
        }
        add_shares(set, row, ca_at_audits(l), asked, 1);
        add_shares(set, row, asked, at, 1);
        add_shares(set, row, at, at + CA_AGENCY_BETTER, 3);
        add_row(set, row, at, at + CA_AGENCY_BETTER,
                ca_at_agency(l, a + 1) - at - CA_AGENCY_BETTER);
    }
}

static void add_headline(struct set *set, const struct row *row)
{
    const struct ca_places *l = row->l;

    add_range(set, row, ca_at_positive(l), 0, set->plan->positive);
    add_shares(set, row, ca_at_graded(l), ca_at_positive(l), 1);
    add_row(set, row, ca_at_audits(l), 0, ca_places_size(l));
}

/* The audits' own block has the imported counts among its grades. */
static void add_audits(struct set *set, const struct row *row)
{
    add_shares(set, row, ca_at_graded(row->l), CA_AT_BLOCK, row->l->grades);
    add_all(set, row, CA_AT_BLOCK, ca_at_audits(row->l), SIZE_MAX);
    add_headline(set, row);
}

/* Who was moderated has the moderator's grade: those of a grade are some of all that have it.
 */
static void add_moderated_grades(struct set *set, const struct row *row)
{
    const struct ca_places *l = row->l;
    size_t pairs = ca_at_moderation(l) + 4;

    for (size_t m = 0; m < l->grades; m++) {
        int64_t rest = row->n[CA_AT_BLOCK + m];
        for (size_t a = 0; a < l->grades; a++) {
            size_t at = pairs + a * l->grades + m;
            rest -= row->n[at];
            set->parts[a] = cell_of(row, at);
        }
        if (rest < 0)
            continue;
        set->parts[l->grades] = ca_disclosure_unprinted(set->d, rest);
        ca_disclosure_sum(set->d, cell_of(row, CA_AT_BLOCK + m), set->parts, l->grades + 1);
    }
}

/* agreed, raised and lowered are the diagonal and the triangles of the pairs. */
static void add_moderation(struct set *set, const struct row *row)
{
    const struct ca_places *l = row->l;
    size_t at = ca_at_moderation(l), grades = l->grades;
    size_t *places = ca_xcalloc(grades * grades + 1, sizeof *places);

    add_range(set, row, at, at + 1, 3);
    for (size_t kind = 1; kind <= 3; kind++) {
        size_t count = 0;
        for (size_t a = 0; a < grades; a++)
            for (size_t m = 0; m < grades; m++)
                if ((kind == 1 && a == m) || (kind == 2 && m < a) || (kind == 3 && m > a))
                    places[count++] = at + 4 + a * grades + m;
        add_sum(set, row, at + kind, places, count);
    }
    add_shares(set, row, at, at + 1, 3 + grades * grades);
    add_link(set, row, ca_at_graded(l), &at, 1);
    add_moderated_grades(set, row);
    free(places);
}

static void add_months(struct set *set, const struct row *row)
{
    const struct ca_places *l = row->l;
    const size_t totals[] = {ca_at_audits(l), ca_at_graded(l), ca_at_not_graded(l),
                             ca_at_positive(l)};
    size_t *places = ca_xcalloc(l->months + 1, sizeof *places);

    for (size_t m = 0; m < l->months; m++) {
        size_t at = ca_at_month(l, m);
        add_range(set, row, at, at + 1, 2);
        add_row(set, row, at, at + 1, 3);
        add_shares(set, row, at, at + 1, 2);
        add_shares(set, row, at + 1, at + 3, 1);
    }
    for (size_t k = 0; k < 4; k++) {
        for (size_t m = 0; m < l->months; m++)
            places[m] = ca_at_month(l, m) + k;
        /* Imported counts have no month; all of them are graded. */
        places[l->months] = ca_at_history(l);
        add_sum(set, row, totals[k], places, l->months + (k < 2));
    }
    free(places);
}

static void add_actions(struct set *set, const struct row *row)
{
    size_t raised = ca_at_actions(row->l), completed = raised + 1, verified = raised + 2;
    size_t apart[] = {completed, raised + 3};

    add_shares(set, row, raised, completed, 3);
    add_link(set, row, completed, &verified, 1);
    add_link(set, row, raised, apart, 2);
}

/* A measure that counts what agencies returned, of what they were asked for, is the sum of them
 * all: it would give away the audits that asked. */
static void add_returns(struct set *set, const struct row *row, size_t measure)
{
    const struct ca_places *l = row->l;

    for (size_t kind = 0; kind < 2; kind++) {
        int64_t rest = row->n[measure + kind];
        for (size_t a = 0; a < l->agencies; a++) {
            size_t at = ca_at_agency(l, a) + (kind == 0 ? CA_AGENCY_RETURNS : CA_AGENCY_ASKED);
            rest -= row->n[at];
            set->parts[a] = cell_of(row, at);
        }
        if (rest == 0 && l->agencies > 0)
            ca_disclosure_sum(set->d, cell_of(row, measure + kind), set->parts, l->agencies);
    }
}

static void add_measures(struct set *set, const struct row *row)
{
    const struct ca_places *l = row->l;

    for (size_t m = 0; m < l->measures; m++) {
        size_t at = ca_at_measure(l, m), denominator = at + 1;
        add_link(set, row, ca_at_audits(l), &denominator, 1);
        if (set->plan->summary->measures[m].mean)
            continue;
        add_shares(set, row, denominator, at, 1);
        add_returns(set, row, at);
    }
    for (size_t i = 0; i < l->limits; i++) {
        size_t at = ca_at_limit(l, i);
        add_link(set, row, ca_at_audits(l), &at, 1);
    }
}

/* ---- rows ---- */

/* The sum of values that a mean is of is no count: it goes when their number goes. */
static bool is_sum_of_values(const struct set *set, const struct ca_places *l, size_t at)
{
    size_t measure;

    if (at < ca_at_measure(l, 0) || at >= ca_at_measure(l, l->measures))
        return false;
    measure = (at - ca_at_measure(l, 0)) / 2;
    return (at - ca_at_measure(l, 0)) % 2 == 0 && set->plan->summary->measures[measure].mean;
}

static void add_cells(struct set *set, const struct ca_plan_period *p, const int64_t *n)
{
    struct row row = {&p->layout, n, 0};

    for (size_t at = 0; at < ca_places_size(&p->layout); at++) {
        if (is_sum_of_values(set, &p->layout, at) || cell_of(&row, at) != at)
            ca_disclosure_unprinted(set->d, 0);
        else
            ca_disclosure_cell(set->d, n[at]);
    }
}

static void add_sums(struct set *set, const struct ca_plan_period *p, const int64_t *n,
                     size_t first)
{
    struct row row = {&p->layout, n, first};

    add_audits(set, &row);
    add_sections(set, &row);
    add_agencies(set, &row);
    add_moderation(set, &row);
    add_months(set, &row);
    add_actions(set, &row);
    add_measures(set, &row);
}

/* Every figure of the groups adds up to that of their total. */
static void add_columns(struct set *set, const struct ca_plan_period *p, size_t first,
                        size_t groups)
{
    size_t size = ca_places_size(&p->layout);

    for (size_t at = 0; at < size && groups > 0; at++) {
        struct row total = {&p->layout, p->total.n, first};
        if (is_sum_of_values(set, &p->layout, at) || cell_of(&total, at) != first + at)
            continue;
        for (size_t g = 0; g < groups; g++) {
            struct row group = {&p->layout, p->groups[g].n, first + (g + 1) * size};
            set->parts[g] = cell_of(&group, at);
        }
        ca_disclosure_sum(set->d, first + at, set->parts, groups);
        ca_disclosure_column(set->d, first + at, set->parts, groups);
    }
}

static size_t groups_of(const struct set *set, const struct ca_plan_period *p)
{
    return p->printed ? set->plan->group_count : 0;
}

/* The cells of the total, then those of each group; returns the first. */
static size_t add_period(struct set *set, const struct ca_plan_period *p)
{
    size_t groups = groups_of(set, p), size = ca_places_size(&p->layout);
    size_t first = ca_disclosure_unprinted(set->d, 0) + 1;

    add_cells(set, p, p->total.n);
    for (size_t g = 0; g < groups; g++)
        add_cells(set, p, p->groups[g].n);
    add_sums(set, p, p->total.n, first);
    for (size_t g = 0, family = CA_DISCLOSURE_FIRST; g < groups; g++) {
        size_t at = first + (g + 1) * size, extra = ca_disclosure_next(set->d);
        add_sums(set, p, p->groups[g].n, at);
        family = ca_disclosure_twin(set->d, family, at, size, extra,
                                    ca_disclosure_next(set->d) - extra);
    }
    add_columns(set, p, first, groups);
    return first;
}

/* ---- the chart of all months ---- */

/* The cells of a point's figures. */
struct point_cells {
    size_t graded, positive;
};

/* A month that stands in a printed row whole, or a quarter that is one, is the same figure. */
static bool find_point(const struct set *set, const struct ca_period *point,
                       const size_t *firsts, struct point_cells *out)
{
    const char *only = ca_plan_template(set->plan);

    for (size_t i = 0; i < set->plan->period_count; i++) {
        const struct ca_plan_period *p = &set->plan->periods[i];
        const struct ca_places *l = &p->layout;
        if (!p->printed || (p->only_template != NULL) != (only != NULL) ||
            (only != NULL && strcmp(only, p->only_template) != 0))
            continue;
        if (p->period.from == point->from && p->period.to == point->to &&
            p->total.n[ca_at_history(l)] == 0) {
            *out = (struct point_cells){firsts[i] + ca_at_graded(l),
                                        firsts[i] + ca_at_positive(l)};
            return true;
        }
        for (size_t m = 0; m < l->months; m++)
            if (p->months[m].from == point->from && p->months[m].to == point->to &&
                point->from >= p->period.from && point->to <= p->period.to) {
                size_t at = firsts[i] + ca_at_month(l, m);
                *out = (struct point_cells){at + 1, at + 3};
                return true;
            }
    }
    return false;
}

/* A quarter whose three months are printed is their sum. */
static void add_quarter(struct set *set, const struct ca_period *quarter, const size_t *firsts,
                        struct point_cells cells)
{
    struct ca_period *months = NULL;
    size_t count = ca_period_months(quarter, &months), graded[3], positive[3];
    struct point_cells found;
    bool all = count == 3;

    for (size_t i = 0; i < count && all; i++) {
        all = find_point(set, &months[i], firsts, &found);
        graded[i] = all ? found.graded : 0;
        positive[i] = all ? found.positive : 0;
    }
    if (all) {
        ca_disclosure_sum(set->d, cells.graded, graded, 3);
        ca_disclosure_sum(set->d, cells.positive, positive, 3);
    }
    free(months);
}

static struct point_cells *add_chart(struct set *set, const size_t *firsts)
{
    const struct ca_plan *plan = set->plan;
    struct point_cells *cells = ca_xcalloc(plan->point_count + 1, sizeof *cells);

    for (size_t i = 0; i < plan->point_count; i++) {
        const struct ca_plan_point *point = &plan->points[i];
        if (find_point(set, &point->period, firsts, &cells[i]))
            continue;
        cells[i].graded = ca_disclosure_cell(set->d, point->graded);
        cells[i].positive = ca_disclosure_cell(set->d, point->positive);
        ca_disclosure_shares(set->d, cells[i].graded, &cells[i].positive, 1);
        if (plan->quarters)
            add_quarter(set, &point->period, firsts, cells[i]);
    }
    return cells;
}

static void mark_chart(const struct set *set, const struct point_cells *cells)
{
    for (size_t i = 0; i < set->plan->point_count; i++)
        set->plan->points[i].hidden = ca_disclosure_suppressed(set->d, cells[i].graded) ||
                                      ca_disclosure_suppressed(set->d, cells[i].positive);
}

/* ---- actions of all periods ---- */

/* What is overdue in all is what is overdue in the periods shown, and the rest. */
static size_t add_standing(struct set *set, const size_t *firsts)
{
    const struct ca_plan *plan = set->plan;
    const struct ca_plan_standing *s = &plan->standing;
    size_t open = ca_disclosure_cell(set->d, s->open), count = 0;
    size_t overdue = ca_disclosure_cell(set->d, s->overdue);
    int64_t rest = s->overdue;

    for (size_t i = 0; i <= plan->latest; i++) {
        const struct ca_plan_period *p = &plan->periods[i];
        size_t at = ca_at_actions(&p->layout) + 3;
        rest -= p->total.n[at];
        set->parts[count++] = firsts[i] + at;
    }
    set->parts[count++] = ca_disclosure_cell(set->d, rest);
    ca_disclosure_sum(set->d, overdue, set->parts, count);
    ca_disclosure_shares(set->d, open, &overdue, 1);
    return open;
}

/* ---- all of it ---- */

static void mark_row(const struct set *set, const struct ca_plan_period *p, size_t first,
                     const struct ca_counts *counts)
{
    struct row row = {&p->layout, counts->n, first};

    for (size_t at = 0; at < ca_places_size(&p->layout); at++)
        counts->hidden[at] = ca_disclosure_suppressed(set->d, cell_of(&row, at)) &&
                             !ca_disclosure_told(set->d, cell_of(&row, at));
    for (size_t m = 0; m < p->layout.measures; m++)
        if (set->plan->summary->measures[m].mean)
            counts->hidden[ca_at_measure(&p->layout, m)] =
                counts->hidden[ca_at_measure(&p->layout, m) + 1];
}

static void mark_period(const struct set *set, const struct ca_plan_period *p, size_t first)
{
    size_t size = ca_places_size(&p->layout);

    mark_row(set, p, first, &p->total);
    for (size_t g = 0; g < groups_of(set, p); g++)
        mark_row(set, p, first + (g + 1) * size, &p->groups[g]);
}

static size_t most_parts(const struct ca_plan *plan)
{
    size_t most = plan->group_count + plan->period_count;

    for (size_t i = 0; i < plan->period_count; i++)
        if (ca_places_size(&plan->periods[i].layout) > most)
            most = ca_places_size(&plan->periods[i].layout);
    return most + 2;
}

void ca_plan_withhold(struct ca_plan *plan)
{
    struct set set = {plan, NULL, NULL};
    size_t *firsts;
    struct point_cells *chart;
    size_t standing;

    if (plan->threshold == 0)
        return;
    set.d = ca_disclosure_new(plan->threshold);
    set.parts = ca_xcalloc(most_parts(plan), sizeof *set.parts);
    firsts = ca_xcalloc(plan->period_count, sizeof *firsts);
    for (size_t i = 0; i < plan->period_count; i++)
        if (plan->periods[i].printed)
            firsts[i] = add_period(&set, &plan->periods[i]);
    chart = add_chart(&set, firsts);
    standing = add_standing(&set, firsts);
    ca_disclosure_apply(set.d);
    for (size_t i = 0; i < plan->period_count; i++)
        if (plan->periods[i].printed)
            mark_period(&set, &plan->periods[i], firsts[i]);
    mark_chart(&set, chart);
    plan->standing.hidden |= ca_disclosure_suppressed(set.d, standing) ||
                             ca_disclosure_suppressed(set.d, standing + 1);
    ca_disclosure_free(set.d);
    free(set.parts);
    free(firsts);
    free(chart);
}
