/*
 * An attacker reads a public summary, knows how its figures add up, and tries to work out
 * what is withheld. The sums below are written anew from what the figures mean, not taken
 * from the code that withholds.
 */
#include "tests/support/summary_attack.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/unit.h"

/* ---- what the attacker knows ---- */

enum { MOST_CELLS = 4000, MOST_SUMS = 3000 };

static struct attack *attack_new(void)
{
    struct ca_arena *arena = ca_arena_new();
    struct attack *a = CA_NEW(arena, struct attack);

    a->arena = arena;
    a->name = CA_ARRAY(arena, MOST_CELLS, const char *);
    a->known = CA_ARRAY(arena, MOST_CELLS, bool);
    a->conceded = CA_ARRAY(arena, MOST_CELLS, bool);
    a->open = CA_ARRAY(arena, MOST_CELLS, bool);
    a->truth = CA_ARRAY(arena, MOST_CELLS, int64_t);
    a->sums = CA_ARRAY(arena, MOST_SUMS, struct sum);
    return a;
}

static size_t cell(struct attack *a, const char *name, struct ca_figure shown,
                   struct ca_figure truth)
{
    if (a->count == MOST_CELLS)
        ck_abort_msg("too many cells");
    if (ca_is_shown(shown) && shown.value != truth.value)
        ck_abort_msg("%s is printed wrongly", name);
    /* Rule 1. */
    if (ca_is_shown(shown) && shown.value >= 1 && shown.value <= ATTACK_THRESHOLD)
        ck_abort_msg("%s is %d and printed", name, (int)shown.value);
    a->name[a->count] = ca_arena_strdup(a->arena, name);
    a->known[a->count] = ca_is_shown(shown);
    a->truth[a->count] = truth.value;
    return a->count++;
}

static size_t unknown(struct attack *a, int64_t truth)
{
    a->truth[a->count] = truth;
    a->name[a->count] = ATTACK_REST;
    return a->count++;
}

static void add_sum(struct attack *a, size_t total, const size_t *parts, size_t count)
{
    struct sum *sum = &a->sums[a->sum_count++];
    int64_t rest = a->truth[total];

    if (a->sum_count == MOST_SUMS)
        ck_abort_msg("too many sums");
    sum->terms = CA_ARRAY(a->arena, count + 2, size_t);
    sum->terms[sum->count++] = total;
    for (size_t i = 0; i < count; i++) {
        sum->terms[sum->count++] = parts[i];
        rest -= a->truth[parts[i]];
    }
    if (rest < 0)
        ck_abort_msg("parts of %s are more than it", a->name[total]);
    if (rest > 0)
        sum->terms[sum->count++] = unknown(a, rest);
}

/* The part is at most the total, and nobody can tell that nothing is left where nothing is. */
static void add_link(struct attack *a, size_t total, size_t part)
{
    size_t parts[] = {part, unknown(a, a->truth[total] - a->truth[part])};

    add_sum(a, total, parts, 2);
}

/* A percentage gives its count and denominator away to who knows one of them. */
static void check_share(const char *name, const struct ca_share *share)
{
    if ((ca_is_shown(share->tenths) || ca_is_shown(share->low) || ca_is_shown(share->whole)) &&
        (!ca_is_shown(share->count) || !ca_is_shown(share->of)))
        ck_abort_msg("%s has a percentage and no count", name);
    /* Rule 1 for complements. */
    if (ca_is_shown(share->count) && ca_is_shown(share->of) &&
        share->of.value > share->count.value &&
        share->of.value - share->count.value <= ATTACK_THRESHOLD)
        ck_abort_msg("%s is %d of %d, and both are printed", name, (int)share->count.value,
                     (int)share->of.value);
}

/* ---- reading a summary ---- */

/* All counts of one row, in one order. */
struct reading {
    struct attack *a;
    const struct ca_summary *s;
    const struct ca_summary_row *row, *truth;
    size_t cells[MOST_CELLS], count;
    size_t overdue; /* the cell of it */
    bool open;      /* the denominators of what is read are printed */
    char name[128];
};

static size_t read_cell(struct reading *r, const char *what, size_t i, size_t k,
                        struct ca_figure shown, struct ca_figure truth)
{
    size_t number;

    snprintf(r->name, sizeof r->name, "%s %s: %s %zu %zu", r->row->period.id, r->row->name,
             what, i, k);
    number = cell(r->a, r->name, shown, truth);
    r->a->open[number] = r->open && ca_is_shown(r->row->audits);
    r->cells[r->count++] = number;
    return number;
}

/* Grades that add up to the graded, and those with the ungraded to all. */
static void read_grades(struct reading *r, const char *what, size_t i, size_t k,
                        const struct ca_summary_grades *shown,
                        const struct ca_summary_grades *truth, size_t all, size_t extra)
{
    size_t parts[16], both[3];
    bool open = r->open;

    r->open = open && ca_is_shown(shown->graded);
    for (size_t g = 0; g < r->s->grade_count; g++) {
        parts[g] =
            read_cell(r, what, i * 100 + k, g, shown->shares[g].count, truth->shares[g].count);
        check_share(r->name, &shown->shares[g]);
    }
    check_share(r->name, &shown->positive);
    r->open = open;
    both[0] = read_cell(r, what, i * 100 + k, 98, shown->graded, truth->graded);
    both[1] = read_cell(r, what, i * 100 + k, 99, shown->not_graded, truth->not_graded);
    both[2] = extra;
    add_sum(r->a, both[0], parts, r->s->grade_count);
    add_sum(r->a, all, both, extra != SIZE_MAX ? 3 : 2);
}

struct heads {
    size_t audits, graded, positive, history;
    size_t returns[8], asked[8]; /* by agency */
};

static struct heads read_head(struct reading *r)
{
    const struct ca_summary_row *row = r->row, *truth = r->truth;
    struct ca_summary_grades shown = {row->graded, row->not_graded, row->grades, row->positive};
    struct ca_summary_grades real = {truth->graded, truth->not_graded, truth->grades,
                                     truth->positive};
    struct heads h;
    size_t parts[16], positive = 0;

    h.audits = read_cell(r, "audits", 0, 0, row->audits, truth->audits);
    h.history = read_cell(r, "history", 0, 0, row->history, truth->history);
    r->open = ca_is_shown(row->graded);
    h.positive = read_cell(r, "positive", 0, 0, row->positive.count, truth->positive.count);
    r->open = true;
    check_share("positive", &row->positive);
    h.graded = r->a->count + r->s->grade_count;
    for (size_t g = 0; g < r->s->grade_count; g++)
        if (r->s->grades[g].positive)
            parts[positive++] = r->a->count + g;
    read_grades(r, "grade", 0, 0, &shown, &real, h.audits, SIZE_MAX);
    add_sum(r->a, h.positive, parts, positive);
    if (ca_is_shown(row->coverage) && !ca_is_shown(row->audits))
        ck_abort_msg("coverage without audits");
    return h;
}

static void read_agencies(struct reading *r, struct heads *h)
{
    for (size_t a = 0; a < r->s->agency_count; a++) {
        const struct ca_summary_agency *shown = &r->row->agencies[a];
        const struct ca_summary_agency *real = &r->truth->agencies[a];
        r->open = ca_is_shown(shown->returns) && ca_is_shown(shown->asked);
        size_t returns = read_cell(r, "returns", a, 0, shown->returns, real->returns);
        size_t asked = read_cell(r, "asked", a, 0, shown->asked, real->asked);
        size_t against[] = {read_cell(r, "better", a, 0, shown->better, real->better),
                            read_cell(r, "same", a, 0, shown->same, real->same),
                            read_cell(r, "worse", a, 0, shown->worse, real->worse)};
        h->returns[a] = returns;
        h->asked[a] = asked;
        add_sum(r->a, h->audits, &asked, 1);
        add_sum(r->a, asked, &returns, 1);
        add_sum(r->a, returns, against, 3);
        read_grades(r, "declared", a, 0, &shown->declared, &real->declared, returns, SIZE_MAX);
        read_grades(r, "agency", a, 0, &shown->overall, &real->overall, returns, SIZE_MAX);
        for (size_t i = 0; i < r->s->section_count; i++)
            read_grades(r, "grid", a, i, &shown->grid[i], &real->grid[i], returns, SIZE_MAX);
    }
}

/* Of templates with agencies, the first measure counts returns of all agencies. */
static void read_measures(struct reading *r, const struct heads *h)
{
    for (size_t i = 0; i < r->s->measure_count; i++) {
        const struct ca_summary_measure *shown = &r->row->measures[i];
        const struct ca_summary_measure *real = &r->truth->measures[i];
        size_t numerator, denominator;
        r->open = true;
        if (r->s->measures[i].mean) {
            read_cell(r, "values", i, 0, shown->count, real->count);
            if (!ca_is_shown(shown->count) &&
                (ca_is_shown(shown->mean) || ca_is_shown(shown->sum)))
                ck_abort_msg("a mean without its count");
            continue;
        }
        denominator = read_cell(r, "denominator", i, 0, shown->share.of, real->share.of);
        r->open = ca_is_shown(shown->share.of);
        numerator = read_cell(r, "numerator", i, 0, shown->share.count, real->share.count);
        add_link(r->a, denominator, numerator);
        check_share("measure", &shown->share);
        if (i == 0 && r->s->agency_count > 0) {
            add_sum(r->a, numerator, h->returns, r->s->agency_count);
            add_sum(r->a, denominator, h->asked, r->s->agency_count);
        } else
            add_link(r->a, h->audits, denominator);
    }
}

static void read_lists(struct reading *r)
{
    const struct ca_summary_actions *a = &r->row->actions, *b = &r->truth->actions;

    r->open = true;
    for (size_t i = 0; i < r->s->limit_count; i++)
        read_cell(r, "limit", i, 0, r->row->limits[i], r->truth->limits[i]);
    for (size_t i = 0; i < r->s->theme_count; i++) {
        read_cell(r, "strengths", i, 0, r->row->themes[i].strengths,
                  r->truth->themes[i].strengths);
        read_cell(r, "improvements", i, 0, r->row->themes[i].improvements,
                  r->truth->themes[i].improvements);
    }
    read_cell(r, "raised", 0, 0, a->raised, b->raised);
    r->open = ca_is_shown(a->raised);
    read_cell(r, "completed", 0, 0, a->completed, b->completed);
    read_cell(r, "verified", 0, 0, a->verified, b->verified);
    r->overdue = read_cell(r, "overdue", 0, 0, a->overdue, b->overdue);
}

static void read_moderation(struct reading *r)
{
    const struct ca_summary_moderation *m = &r->row->moderation, *t = &r->truth->moderation;
    size_t grades = r->s->grade_count, whole, kinds[3], places[3][64], counts[3] = {0};

    r->open = true;
    whole = read_cell(r, "moderated", 0, 0, m->moderated, t->moderated);
    r->open = ca_is_shown(m->moderated);
    check_share("agreement", &m->agreement);
    kinds[0] = read_cell(r, "agreed", 0, 0, m->agreed, t->agreed);
    kinds[1] = read_cell(r, "moved up", 0, 0, m->raised, t->raised);
    kinds[2] = read_cell(r, "moved down", 0, 0, m->lowered, t->lowered);
    for (size_t i = 0; i < grades * grades; i++) {
        size_t kind = i / grades == i % grades ? 0 : i % grades < i / grades ? 1 : 2;
        places[kind][counts[kind]++] = read_cell(r, "pair", i, 0, m->pairs[i], t->pairs[i]);
        if (!ca_is_shown(m->pairs[i]) &&
            (ca_is_shown(m->shift) || ca_is_shown(m->kappa) || ca_is_shown(m->ac2) ||
             ca_is_shown(m->kappa_quadratic) || ca_is_shown(m->bowker)))
            ck_abort_msg("agreement in figures of which one is withheld");
    }
    add_sum(r->a, whole, kinds, 3);
    for (size_t kind = 0; kind < 3; kind++)
        add_sum(r->a, kinds[kind], places[kind], counts[kind]);
}

static void read_months(struct reading *r, const struct heads *h)
{
    size_t audits[40], graded[40], positive[40], count = r->row->month_count;

    for (size_t i = 0; i < count; i++) {
        const struct ca_summary_month *m = &r->row->months[i], *t = &r->truth->months[i];
        r->open = true;
        audits[i] = read_cell(r, "month audits", i, 0, m->audits, t->audits);
        r->open = ca_is_shown(m->audits);
        graded[i] = read_cell(r, "month graded", i, 0, m->share.of, t->share.of);
        r->open &= ca_is_shown(m->share.of);
        positive[i] = read_cell(r, "month positive", i, 0, m->positive, t->positive);
        add_link(r->a, audits[i], graded[i]);
        check_share("month", &m->share);
    }
    audits[count] = graded[count] = h->history;
    add_sum(r->a, h->audits, audits, count + 1);
    add_sum(r->a, h->graded, graded, count + 1);
    add_sum(r->a, h->positive, positive, count);
}

static void read_row(struct reading *r)
{
    struct heads h = read_head(r);

    for (size_t i = 0; i < r->s->section_count; i++)
        read_grades(r, "section", i, 0, &r->row->sections[i], &r->truth->sections[i], h.audits,
                    h.history);
    read_agencies(r, &h);
    read_measures(r, &h);
    read_lists(r);
    read_moderation(r);
    read_months(r, &h);
}

/* Reads a period's total and groups, and adds the groups up. Returns how many rows. */
static size_t read_period(struct attack *a, const struct ca_summary *s,
                          const struct ca_summary *truth, size_t first, size_t *overdue)
{
    struct reading *rows = ca_xcalloc(s->row_count, sizeof *rows);
    size_t count = 0, *parts = CA_ARRAY(a->arena, s->row_count, size_t);

    do {
        struct reading *r = &rows[count];
        r->a = a;
        r->s = s;
        r->row = &s->rows[first + count];
        r->truth = &truth->rows[first + count];
        read_row(r);
        count++;
    } while (first + count < s->row_count && !s->rows[first + count].total);
    for (size_t i = 0; i < rows->count && count > 1; i++) {
        for (size_t k = 1; k < count; k++) {
            size_t at = rows[k].cells[i];
            parts[k - 1] = at;
            /* Nobody can hide that a group has none where there are none at all. */
            a->conceded[at] = a->known[rows->cells[i]] && a->truth[rows->cells[i]] == 0;
        }
        add_sum(a, rows->cells[i], parts, count - 1);
    }
    *overdue = rows->overdue;
    free(rows);
    return count;
}

static void check_groups(const struct ca_summary_comparison *c)
{
    for (size_t g = 0; c != NULL && g < c->group_count; g++) {
        const struct ca_summary_change *change = &c->groups[g].positive;
        check_share("group from", &change->from);
        check_share("group to", &change->to);
        if ((!ca_is_shown(change->from.tenths) || !ca_is_shown(change->to.tenths)) &&
            (ca_is_shown(change->difference) || ca_is_shown(change->p) ||
             ca_is_shown(c->groups[g].adjusted) || change->judged))
            ck_abort_msg("a group's change of figures of which one is withheld");
    }
}

static void check_comparison(const struct ca_summary *s)
{
    const struct ca_summary_comparison *c = s->comparison;

    check_groups(c);

    for (size_t g = 0; c != NULL && g <= s->grade_count; g++) {
        const struct ca_summary_change *change =
            g < s->grade_count ? &c->grades[g] : &c->positive;
        bool whole = ca_is_shown(change->from.count) && ca_is_shown(change->from.of) &&
                     ca_is_shown(change->to.count) && ca_is_shown(change->to.of);
        check_share("from", &change->from);
        check_share("to", &change->to);
        if (!whole && (ca_is_shown(change->difference) || ca_is_shown(change->p) ||
                       ca_is_shown(change->low) || change->judged))
            ck_abort_msg("a change of figures of which one is withheld");
        if (g < s->grade_count && !ca_is_shown(change->to.count) &&
            (ca_is_shown(c->trend.m2) || c->trend.judged))
            ck_abort_msg("a trend of figures of which one is withheld");
    }
}

/* Does the row have all of its month, and not from the 10th only? */
static bool has_whole(const struct ca_summary_row *row, const char *month)
{
    struct ca_period whole;

    ck_assert_int_eq(ca_period_parse(month, CA_YEAR_START_APRIL, &whole, NULL), CA_OK);
    return row->period.from <= whole.from && whole.to <= row->period.to;
}

/* A point of the monthly chart gives a month of the table away. */
static void check_chart(const struct ca_summary *s)
{
    bool hidden = false;

    for (size_t i = 0; i < s->xmr.point_count; i++) {
        const struct ca_summary_point *point = &s->xmr.points[i];
        hidden |= !ca_is_shown(point->percent);
        for (size_t r = 0; r < s->row_count && ca_is_shown(point->percent); r++)
            for (size_t m = 0; s->rows[r].total && m < s->rows[r].month_count; m++)
                if (strcmp(s->rows[r].months[m].month, point->month) == 0 &&
                    has_whole(&s->rows[r], point->month) &&
                    !ca_is_shown(s->rows[r].months[m].share.tenths))
                    ck_abort_msg("the chart shows a month that is withheld");
    }
    if (hidden &&
        (ca_is_shown(s->xmr.mean) || ca_is_shown(s->xmr.upper) || ca_is_shown(s->xmr.longest)))
        ck_abort_msg("the chart's limits are of a point that is withheld");
}

struct attack *attack_read(const struct ca_summary *s, const struct ca_summary *truth)
{
    struct attack *a = attack_new();

    struct ca_figure open = s->standing.open, overdue = s->standing.overdue;
    size_t *parts = CA_ARRAY(a->arena, s->row_count, size_t), count = 0, all;

    for (size_t i = 0; i < s->row_count;)
        i += read_period(a, s, truth, i, &parts[count++]);
    cell(a, "open actions", open, truth->standing.open);
    all = cell(a, "overdue actions", overdue, truth->standing.overdue);
    add_sum(a, all, parts, count);
    check_comparison(s);
    check_chart(s);
    if (s->alert_count > 0 || s->case_count > 0)
        ck_abort_msg("alerts or cases in public output");
    return a;
}

/* ---- working it out ---- */

struct matrix {
    size_t rows, columns, unknown; /* the first columns are the unknown cells */
    size_t *cells;
    double *at;
};

/* Unknown cells, then those known that are not 0: what a result is worked out from. */
static struct matrix matrix_of(const struct attack *a)
{
    struct matrix m = {a->sum_count, 0, 0, ca_xcalloc(a->count, sizeof(size_t)), NULL};
    size_t *column = ca_xcalloc(a->count, sizeof *column);

    for (int known = 0; known <= 1; known++) {
        for (size_t i = 0; i < a->count; i++)
            if (a->known[i] == (known == 1) && (!a->known[i] || a->truth[i] != 0)) {
                m.cells[m.columns] = i;
                column[i] = m.columns++;
            }
        if (known == 0)
            m.unknown = m.columns;
    }
    m.at = ca_xcalloc(m.rows * m.columns + 1, sizeof *m.at);
    for (size_t s = 0; s < m.rows; s++)
        for (size_t k = 0; k < a->sums[s].count; k++) {
            size_t cell = a->sums[s].terms[k];
            if (!a->known[cell] || a->truth[cell] != 0)
                m.at[s * m.columns + column[cell]] += k == 0 ? -1 : 1;
        }
    free(column);
    return m;
}

static void swap(const struct matrix *m, size_t x, size_t y)
{
    for (size_t k = 0; x != y && k < m->columns; k++) {
        double kept = m->at[x * m->columns + k];
        m->at[x * m->columns + k] = m->at[y * m->columns + k];
        m->at[y * m->columns + k] = kept;
    }
}

/* Gauss and Jordan over the unknown columns; how many rows are solved for one. */
static size_t solve(const struct matrix *m)
{
    size_t done = 0, columns = m->columns;

    for (size_t c = 0; c < m->unknown && done < m->rows; c++) {
        size_t best = done;
        for (size_t s = done; s < m->rows; s++)
            if (fabs(m->at[s * columns + c]) > fabs(m->at[best * columns + c]))
                best = s;
        if (fabs(m->at[best * columns + c]) < 1e-9)
            continue;
        swap(m, best, done);
        for (size_t s = 0; s < m->rows; s++) {
            double factor = m->at[s * columns + c] / m->at[done * columns + c];
            if (s == done || fabs(factor) < 1e-12)
                continue;
            for (size_t k = c; k < columns; k++)
                m->at[s * columns + k] -= factor * m->at[done * columns + k];
        }
        done++;
    }
    return done;
}

/* How many unknown cells come out; *what is one of them. A 0 that follows from printed
 * noughts alone cannot be kept. */
size_t attack_solve(struct attack *a, const char **what)
{
    struct matrix m = matrix_of(a);
    size_t done = solve(&m), found = 0;

    for (size_t s = 0; s < done; s++) {
        size_t terms = 0, known = 0, last = 0;
        for (size_t k = 0; k < m.columns; k++) {
            if (fabs(m.at[s * m.columns + k]) < 1e-9)
                continue;
            terms += k < m.unknown;
            known += k >= m.unknown;
            last = k < m.unknown ? m.cells[k] : last;
        }
        if (terms != 1 || strcmp(a->name[last], ATTACK_REST) == 0 ||
            (a->truth[last] == 0 && (known == 0 || a->conceded[last])))
            continue;
        found++;
        *what = ca_arena_printf(a->arena, "%s (%d)", a->name[last], (int)a->truth[last]);
    }
    free(m.cells);
    free(m.at);
    return found;
}

/* ---- bounding it ---- */

struct range {
    int64_t low, high;
};

enum { ANY_NUMBER = 1000000 };

static struct range range_at_first(const struct attack *a, size_t cell)
{
    int64_t truth = a->truth[cell];

    if (a->known[cell])
        return (struct range){truth, truth};
    if (!a->open[cell] || truth == 0)
        return (struct range){0, ANY_NUMBER};
    return (struct range){1, truth <= ATTACK_THRESHOLD ? ATTACK_THRESHOLD : ANY_NUMBER};
}

static bool narrow(struct range *range, int64_t low, int64_t high)
{
    bool news = low > range->low || high < range->high;

    range->low = low > range->low ? low : range->low;
    range->high = high < range->high ? high : range->high;
    return news;
}

static bool narrow_sum(const struct sum *sum, struct range *ranges)
{
    struct range *total = &ranges[sum->terms[0]], parts = {0, 0};
    bool news = false;

    for (size_t k = 1; k < sum->count; k++) {
        parts.low += ranges[sum->terms[k]].low;
        parts.high += ranges[sum->terms[k]].high;
    }
    news |= narrow(total, parts.low, parts.high);
    for (size_t k = 1; k < sum->count; k++) {
        struct range *part = &ranges[sum->terms[k]], before = *part;
        if (!narrow(part, total->low - (parts.high - before.high),
                    total->high - (parts.low - before.low)))
            continue;
        parts.low += part->low - before.low;
        parts.high += part->high - before.high;
        news = true;
    }
    return news;
}

size_t attack_bounds(struct attack *a, const char **what)
{
    struct range *ranges = CA_ARRAY(a->arena, a->count, struct range);
    size_t found = 0;
    bool news = true;

    for (size_t i = 0; i < a->count; i++)
        ranges[i] = range_at_first(a, i);
    while (news) {
        news = false;
        for (size_t s = 0; s < a->sum_count; s++)
            news |= narrow_sum(&a->sums[s], ranges);
    }
    for (size_t i = 0; i < a->count; i++) {
        if (a->known[i] || ranges[i].low < ranges[i].high || a->truth[i] == 0 ||
            strcmp(a->name[i], ATTACK_REST) == 0)
            continue;
        found++;
        *what = ca_arena_printf(a->arena, "%s (%d)", a->name[i], (int)a->truth[i]);
    }
    return found;
}
