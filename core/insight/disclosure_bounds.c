/* Whether each suppressed count could be another whole number, for all that a reader knows. */
#include "core/insight/disclosure_private.h"

#include <stdlib.h>

#include "core/base/arena.h"

/*
 * Another table is found by moving counts by one: a suppressed count is moved, which breaks the
 * sums and links that it is in; each is mended by moving another unknown count in it, and so on
 * until nothing is broken. All that moved then have two possible values. A table that is found
 * is a proof, so the search may stop early: it errs on the side of suppressing more.
 */
enum {
    MOST_MOVED = 200,  /* counts of one table */
    MOST_STEPS = 1000, /* of one search */
    MOST_TRIED = 24,   /* counts of a sum that are looked at */
    BREADTH = 6        /* ways to mend that are tried, the best first */
};

/* That a cell is in a sum or a link: one more of it adds sign to what is left of the total. */
struct place {
    size_t sum;
    int sign;
};

struct search {
    struct ca_disclosure *d;
    size_t *first; /* by cell: its places begin here; those of the next cell follow */
    struct place *places;
    int64_t *rest; /* by sum, then by link */
    int *step;     /* by cell: −1, 0 or 1 */
    size_t moved[MOST_MOVED], moved_count, steps;
};

static const struct ca_disclosure_sum *sum_at(const struct ca_disclosure *d, size_t i)
{
    return i < d->sum_count ? &d->sums[i] : &d->links[i - d->sum_count];
}

static size_t sums_of(const struct ca_disclosure *d)
{
    return d->sum_count + d->link_count;
}

/* ---- setting out ---- */

static void count_places(struct search *s)
{
    const struct ca_disclosure *d = s->d;
    for (size_t i = 0; i < sums_of(d); i++) {
        const struct ca_disclosure_sum *sum = sum_at(d, i);
        for (size_t k = 0; k < sum->count; k++) {
            size_t cell = d->terms[sum->first + k];
            s->first[cell + 1]++;
            s->rest[i] += k == 0 ? d->cells[cell].count : -d->cells[cell].count;
        }
    }
    for (size_t cell = 0; cell < d->cell_count; cell++)
        s->first[cell + 1] += s->first[cell];
}

static struct search *search_new(struct ca_disclosure *d)
{
    struct search *s = ca_xcalloc(1, sizeof *s);
    size_t *next;
    *s = (struct search){.d = d,
                         .first = ca_xcalloc(d->cell_count + 1, sizeof *s->first),
                         .places = ca_xcalloc(d->term_count + 1, sizeof *s->places),
                         .rest = ca_xcalloc(sums_of(d) + 1, sizeof *s->rest),
                         .step = ca_xcalloc(d->cell_count + 1, sizeof *s->step)};
    count_places(s);
    next = ca_xcalloc(d->cell_count + 1, sizeof *next);
    for (size_t i = 0; i < sums_of(d); i++)
        for (size_t k = 0; k < sum_at(d, i)->count; k++) {
            size_t cell = d->terms[sum_at(d, i)->first + k];
            s->places[s->first[cell] + next[cell]++] = (struct place){i, k == 0 ? 1 : -1};
        }
    free(next);
    return s;
}

static void search_free(struct search *s)
{
    free(s->first);
    free(s->places);
    free(s->rest);
    free(s->step);
    free(s);
}

/* ---- moving ---- */

/* Whether a cell could be the value, by itself. */
static bool may_be(const struct ca_disclosure *d, const struct ca_disclosure_cell *cell,
                   int64_t value)
{
    bool any = !cell->printed || cell->in_row;
    if (value < (any ? 0 : 1))
        return false;
    return any || !cell->own || d->threshold == 1 || value <= d->threshold;
}

static bool can_move(const struct search *s, size_t cell, int step)
{
    const struct ca_disclosure_cell *c = &s->d->cells[cell];
    return s->step[cell] == 0 && ca_disclosure_unknown(c) && may_be(s->d, c, c->count + step);
}

/* How far what is left of a sum's total is from where it must be; its sign is which way. */
static int64_t wrong(const struct search *s, size_t sum)
{
    const struct ca_disclosure_sum *c = sum_at(s->d, sum);
    if (s->rest[sum] < c->least)
        return s->rest[sum] - c->least;
    return s->rest[sum] > c->most ? s->rest[sum] - c->most : 0;
}

static void move(struct search *s, size_t cell, int step)
{
    for (size_t p = s->first[cell]; p < s->first[cell + 1]; p++)
        s->rest[s->places[p].sum] += s->places[p].sign * step;
}

/* How much is wrong in the sums of a cell. */
static int64_t wrong_around(const struct search *s, size_t cell)
{
    int64_t all = 0;
    for (size_t p = s->first[cell]; p < s->first[cell + 1]; p++)
        all += llabs(wrong(s, s->places[p].sum));
    return all;
}

/* A sum that the counts moved have broken, the first of them first; SIZE_MAX if none. */
static size_t find_broken(const struct search *s)
{
    for (size_t i = 0; i < s->moved_count; i++)
        for (size_t p = s->first[s->moved[i]]; p < s->first[s->moved[i] + 1]; p++)
            if (wrong(s, s->places[p].sum) != 0)
                return s->places[p].sum;
    return SIZE_MAX;
}

/* ---- searching ---- */

struct way {
    size_t cell;
    int step;
    int64_t cost; /* what is more wrong after it than before */
};

/* The best ways to mend a sum, ascending by cost; how many. */
static size_t find_ways(struct search *s, size_t sum, struct way *ways)
{
    const struct ca_disclosure_sum *c = sum_at(s->d, sum);
    int up = wrong(s, sum) < 0 ? 1 : -1;
    size_t count = 0, tried = 0;
    for (size_t k = 0; k < c->count && tried < MOST_TRIED; k++) {
        struct way way = {s->d->terms[c->first + k], k == 0 ? up : -up, 0};
        if (!can_move(s, way.cell, way.step))
            continue;
        tried++;
        way.cost = -wrong_around(s, way.cell);
        move(s, way.cell, way.step);
        way.cost += wrong_around(s, way.cell);
        move(s, way.cell, -way.step);
        size_t at = count < BREADTH ? count++ : BREADTH;
        for (; at > 0 && ways[at - 1].cost > way.cost; at--)
            if (at < BREADTH)
                ways[at] = ways[at - 1];
        if (at < BREADTH)
            ways[at] = way;
    }
    return count;
}

static bool mend(struct search *s);

static bool try_moving(struct search *s, size_t cell, int step)
{
    if (s->moved_count == MOST_MOVED || s->steps++ >= MOST_STEPS)
        return false;
    s->moved[s->moved_count++] = cell;
    s->step[cell] = step;
    move(s, cell, step);
    bool found = mend(s);
    if (found)
        s->d->cells[cell].certain = true;
    move(s, cell, -step);
    s->step[cell] = 0;
    s->moved_count--;
    return found;
}

static bool mend(struct search *s)
{
    struct way ways[BREADTH];
    size_t sum = find_broken(s), count;
    if (sum == SIZE_MAX)
        return true;
    count = find_ways(s, sum, ways);
    for (size_t i = 0; i < count; i++)
        if (try_moving(s, ways[i].cell, ways[i].step))
            return true;
    return false;
}

static bool has_another_value(struct search *s, size_t cell)
{
    for (int step = 1; step >= -1; step -= 2) {
        s->steps = 0;
        if (can_move(s, cell, step) && try_moving(s, cell, step))
            return true;
    }
    return false;
}

/* ---- suppressing more ---- */

/* The smallest printed count, not 0, beside one; the parts of a sum before its total. */
static size_t smallest_beside(const struct search *s, size_t cell, size_t best)
{
    const struct ca_disclosure *d = s->d;
    for (size_t p = s->first[cell]; p < s->first[cell + 1]; p++) {
        const struct ca_disclosure_sum *sum = sum_at(d, s->places[p].sum);
        for (size_t k = 1; k <= sum->count; k++) {
            size_t term = d->terms[sum->first + k % sum->count];
            if (ca_disclosure_spare(&d->cells[term]))
                best = ca_disclosure_smaller(d, best, term);
        }
    }
    return best;
}

/* Adds the unknown cells beside one to those reached. */
static void reach_beside(const struct search *s, size_t cell, bool *seen, size_t *reached,
                         size_t *count)
{
    for (size_t p = s->first[cell]; p < s->first[cell + 1]; p++) {
        const struct ca_disclosure_sum *sum = sum_at(s->d, s->places[p].sum);
        for (size_t k = 0; k < sum->count; k++) {
            size_t term = s->d->terms[sum->first + k];
            if (seen[term] || !ca_disclosure_unknown(&s->d->cells[term]))
                continue;
            seen[term] = true;
            reached[(*count)++] = term;
        }
    }
}

/* The smallest printed count beside the cell or, if there is none, beside the unknown cells
 * nearest to it. */
static size_t smallest_near(const struct search *s, size_t cell)
{
    size_t *reached = ca_xcalloc(s->d->cell_count + 1, sizeof *reached), count = 0;
    bool *seen = ca_xcalloc(s->d->cell_count + 1, sizeof *seen);
    size_t best = CA_NO_CELL;
    reached[count++] = cell;
    seen[cell] = true;
    for (size_t i = 0; i < count && best == CA_NO_CELL; i++) {
        best = smallest_beside(s, reached[i], best);
        reach_beside(s, reached[i], seen, reached, &count);
    }
    free(reached);
    free(seen);
    return best;
}

/* Nothing is proven any more once a cell is given up. */
static void give_up(struct ca_disclosure *d, size_t cell)
{
    d->cells[cell].exposed = true;
    for (size_t i = 0; i < d->cell_count; i++)
        d->cells[i].certain = false;
}

bool ca_disclosure_withstand_bounds(struct ca_disclosure *d)
{
    struct search *s = search_new(d);
    bool found = false;
    for (size_t cell = 0; cell < d->cell_count; cell++) {
        const struct ca_disclosure_cell *c = &d->cells[cell];
        if (!c->suppressed || c->exposed || c->certain || has_another_value(s, cell))
            continue;
        size_t more = smallest_near(s, cell);
        if (more == CA_NO_CELL)
            give_up(d, cell);
        else
            d->cells[more].suppressed = true;
        found = true;
    }
    search_free(s);
    return found;
}
