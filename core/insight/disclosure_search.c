/* Whether a suppressed count could be another whole number, for all that a reader knows. */
#include <stdlib.h>

#include "core/base/arena.h"
#include "core/insight/disclosure_private.h"

/*
 * Another table is found by moving counts by one. A suppressed count is moved and held there,
 * which breaks the sums and links that it is in. Of one that is broken that count is moved
 * which mends most, and so on until nothing is broken. All that moved then have two possible
 * values. A table that is found is a proof, so the search may stop early: it errs on the side
 * of suppressing more. What looks like chance here is the same each time.
 */
enum { ATTEMPTS = 6 };

/* Of a sum of very many so many counts that could move are looked at. */
enum { WAYS = 12 };

/* Of a nought, which may be printed where it cannot be kept, looks are spent so much sooner. */
enum { SOONER_FOR_NOUGHTS = 16 };

/* Of the first attempt, and of those that follow: it takes many moves to have one audit more in
 * one group and one fewer in another. */
static const struct patience {
    size_t steps; /* of one search */
    size_t held;  /* in which a count that moved does not move again */
} patience[] = {{200, 7}, {1500, 12}, {6000, 5}};

/* The total of all groups is read by most: it is worth so many counts of one group. */
enum { OF_ALL = 8 };

/* That a cell is in a sum or a link: one more of it adds sign to what is left of the total. */
struct place {
    size_t sum;
    int sign;
};

struct ca_disclosure_search {
    struct ca_disclosure *d;
    enum ca_disclosure_freedom freedom;
    size_t *first; /* by cell: its places begin here; those of the next cell follow */
    struct place *places;
    int64_t *least, *most; /* by sum, then by link: of what is left of the total */
    int64_t *rest;
    size_t *broken, *place_of_broken; /* which are, and where each is among them, from 1 */
    size_t broken_count;
    int64_t *weight; /* by sum: more, the longer it stays broken */
    size_t *weighted, weighted_count;
    int64_t *by;  /* by cell: how far it is moved */
    size_t *held; /* by cell: until which step */
    size_t *touched, touched_count;
    size_t step;
    int64_t looks;
    uint32_t chance;
    const struct patience *patience;
    int reluctance; /* what it costs to move a printed count, where a sum that is mended gains 4
                     */
    size_t *found, found_count; /* what differs in the best table found */
    int64_t price;              /* of what it takes that is printed */
    size_t *twin;               /* by cell: the row it is in, from 1; 0: none */
    bool *of_all;               /* by cell: whether it is the total of such rows */
};

typedef struct ca_disclosure_search search;

static const struct ca_disclosure_sum *sum_at(const struct ca_disclosure *d, size_t i)
{
    return i < d->sum_count ? &d->sums[i] : &d->links[i - d->sum_count];
}

static size_t sums_of(const struct ca_disclosure *d)
{
    return d->sum_count + d->link_count;
}

/* ---- setting out ---- */

static void count_places(search *s)
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

static void set_places(search *s)
{
    const struct ca_disclosure *d = s->d;
    size_t *next = ca_xcalloc(d->cell_count + 1, sizeof *next);
    for (size_t i = 0; i < sums_of(d); i++)
        for (size_t k = 0; k < sum_at(d, i)->count; k++) {
            size_t cell = d->terms[sum_at(d, i)->first + k];
            s->places[s->first[cell] + next[cell]++] = (struct place){i, k == 0 ? 1 : -1};
        }
    free(next);
}

static void set_bounds(search *s)
{
    for (size_t i = 0; i < sums_of(s->d); i++) {
        s->least[i] = sum_at(s->d, i)->least;
        s->most[i] = sum_at(s->d, i)->most;
    }
}

static void set_twins(search *s)
{
    for (size_t i = 0; i < s->d->twin_count; i++)
        for (size_t k = 0; k < s->d->twins[i].count; k++)
            s->twin[s->d->twins[i].first + k] = i + 1;
    for (size_t i = 0; i < s->d->sum_count; i++) {
        const size_t *terms = s->d->terms + s->d->sums[i].first;
        if (s->d->sums[i].count > 1 && s->twin[terms[0]] == 0 && s->twin[terms[1]] != 0)
            s->of_all[terms[0]] = true;
    }
}

void ca_disclosure_forget_complements(search *s, size_t cell)
{
    for (size_t p = s->first[cell]; p < s->first[cell + 1]; p++) {
        size_t sum = s->places[p].sum;
        if (s->places[p].sign < 0 && sum >= s->d->sum_count && s->least[sum] > 0) {
            s->least[sum] = 0;
            s->most[sum] = INT64_MAX;
        }
    }
}

const struct ca_disclosure_sum *ca_disclosure_with(const search *s, size_t cell, size_t i)
{
    size_t place = s->first[cell] + i;

    return place < s->first[cell + 1] ? sum_at(s->d, s->places[place].sum) : NULL;
}

const struct ca_disclosure_sum *ca_disclosure_sum_with(const search *s, size_t cell, size_t i)
{
    size_t place = s->first[cell] + i;

    if (place >= s->first[cell + 1] || s->places[place].sum >= s->d->sum_count)
        return NULL;
    return &s->d->sums[s->places[place].sum];
}

search *ca_disclosure_search_new(struct ca_disclosure *d)
{
    search *s = ca_xcalloc(1, sizeof *s);
    size_t sums = sums_of(d) + 1, cells = d->cell_count + 1;
    *s = (search){.d = d,
                  .first = ca_xcalloc(cells, sizeof *s->first),
                  .places = ca_xcalloc(d->term_count + 1, sizeof *s->places),
                  .least = ca_xcalloc(sums, sizeof *s->least),
                  .most = ca_xcalloc(sums, sizeof *s->most),
                  .rest = ca_xcalloc(sums, sizeof *s->rest),
                  .broken = ca_xcalloc(sums, sizeof *s->broken),
                  .place_of_broken = ca_xcalloc(sums, sizeof *s->place_of_broken),
                  .weight = ca_xcalloc(sums, sizeof *s->weight),
                  .weighted = ca_xcalloc(sums, sizeof *s->weighted),
                  .by = ca_xcalloc(cells, sizeof *s->by),
                  .held = ca_xcalloc(cells, sizeof *s->held),
                  .touched = ca_xcalloc(cells, sizeof *s->touched),
                  .found = ca_xcalloc(cells, sizeof *s->found),
                  .twin = ca_xcalloc(cells, sizeof *s->twin),
                  .of_all = ca_xcalloc(cells, sizeof *s->of_all)};
    count_places(s);
    set_places(s);
    set_bounds(s);
    set_twins(s);
    return s;
}

void ca_disclosure_search_free(search *s)
{
    free(s->first);
    free(s->places);
    free(s->least);
    free(s->most);
    free(s->rest);
    free(s->broken);
    free(s->place_of_broken);
    free(s->weight);
    free(s->weighted);
    free(s->by);
    free(s->held);
    free(s->touched);
    free(s->found);
    free(s->twin);
    free(s->of_all);
    free(s);
}

/* ---- moving ---- */

/* Whether a cell could be the value, by itself. */
static bool may_be(const struct ca_disclosure *d, const struct ca_disclosure_cell *cell,
                   int64_t value)
{
    bool any = cell->in_row || (!cell->printed && !cell->own);
    if (value < (any ? 0 : 1))
        return false;
    return any || !cell->own || d->threshold == 1 || value <= d->threshold;
}

static bool can_move(const search *s, size_t cell, int step)
{
    const struct ca_disclosure_cell *c = &s->d->cells[cell];
    return (ca_disclosure_unknown(c) ||
            (s->freedom == CA_OF_PRINTED_TOO && ca_disclosure_spare(c))) &&
           s->held[cell] <= s->step && may_be(s->d, c, c->count + s->by[cell] + step);
}

/* How far what is left of a sum's total would be from where it must be, with so much more of
 * it; the sign is which way. */
static int64_t wrong(const search *s, size_t sum, int64_t more)
{
    int64_t rest = s->rest[sum] + more;
    if (rest < s->least[sum])
        return rest - s->least[sum];
    return rest > s->most[sum] ? rest - s->most[sum] : 0;
}

/* How much more is wrong in the sums of a cell once it is moved. */
static int64_t more_wrong(const search *s, size_t cell, int step)
{
    int64_t more = 0;
    for (size_t p = s->first[cell]; p < s->first[cell + 1]; p++) {
        size_t sum = s->places[p].sum;
        more += (1 + s->weight[sum]) *
                (llabs(wrong(s, sum, s->places[p].sign * step)) - llabs(wrong(s, sum, 0)));
    }
    return more;
}

/* Enters a sum among the broken ones, or takes it out. */
static void set_broken(search *s, size_t sum)
{
    size_t *place = &s->place_of_broken[sum];
    bool is_broken = wrong(s, sum, 0) != 0;
    if (is_broken && *place == 0) {
        s->broken[s->broken_count++] = sum;
        *place = s->broken_count;
    } else if (!is_broken && *place != 0) {
        size_t last = s->broken[--s->broken_count];
        s->broken[*place - 1] = last;
        s->place_of_broken[last] = *place;
        *place = 0;
    }
}

static void move(search *s, size_t cell, int64_t step)
{
    for (size_t p = s->first[cell]; p < s->first[cell + 1]; p++) {
        s->rest[s->places[p].sum] += s->places[p].sign * step;
        set_broken(s, s->places[p].sum);
    }
    s->by[cell] += step;
}

static void move_and_hold(search *s, size_t cell, int64_t step, size_t until)
{
    if (s->held[cell] == 0)
        s->touched[s->touched_count++] = cell;
    s->held[cell] = until;
    move(s, cell, step);
}

/* ---- searching ---- */

static size_t chance(search *s, size_t count)
{
    s->chance = s->chance * 1664525 + 1013904223;
    return (size_t)(s->chance >> 8) % count;
}

struct way {
    size_t cell;
    int step;
    int64_t cost, count; /* count of a printed cell, that is not to be taken if it is large */
};

static bool is_better(const struct way *a, const struct way *b)
{
    return a->cost != b->cost ? a->cost < b->cost : a->count < b->count;
}

static struct way way_of(const search *s, size_t cell, int step)
{
    const struct ca_disclosure_cell *c = &s->d->cells[cell];
    struct way way = {cell, step, 4 * more_wrong(s, cell, step), 0};
    /* Rather back to where it was. */
    way.cost += s->by[cell] * step >= 0 ? 1 : -1;
    if (!ca_disclosure_unknown(c) && s->by[cell] == 0) {
        way.cost += s->of_all[cell] ? OF_ALL * s->reluctance : s->reluctance;
        way.count = c->count;
    }
    return way;
}

/* Nothing mends more than it breaks: what is broken weighs more from now on. */
static void weigh(search *s)
{
    for (size_t i = 0; i < s->broken_count; i++)
        if (s->weight[s->broken[i]]++ == 0)
            s->weighted[s->weighted_count++] = s->broken[i];
}

/* Moves the count that mends most; the parts of a sum before its total. False where none can
 * move. */
static bool mend(search *s, size_t sum)
{
    const struct ca_disclosure_sum *c = sum_at(s->d, sum);
    const size_t *terms = s->d->terms + c->first;
    int up = wrong(s, sum, 0) < 0 ? 1 : -1;
    size_t start = chance(s, c->count);
    struct way best = {CA_NO_CELL, 0, INT64_MAX, 0};
    for (size_t i = 0, ways = 0; i <= c->count && ways < WAYS; i++) {
        /* A total that is withheld is looked at in any case. */
        size_t k = i == 0 ? 0 : (start + i) % c->count;
        if (i == 0 && !ca_disclosure_unknown(&s->d->cells[terms[0]]))
            continue;
        int step = k == 0 ? up : -up;
        if (!can_move(s, terms[k], step))
            continue;
        ways++;
        s->looks++;
        struct way way = way_of(s, terms[k], step);
        if (is_better(&way, &best))
            best = way;
    }
    if (best.cell == CA_NO_CELL)
        return false;
    if (best.cost >= 0)
        weigh(s);
    move_and_hold(s, best.cell, best.step, s->step + s->patience->held);
    return true;
}

/* How much that is printed the table at hand takes: few counts first, then small ones. */
static int64_t price_of(const search *s)
{
    int64_t price = 0;
    for (size_t i = 0; i < s->touched_count; i++) {
        const struct ca_disclosure_cell *c = &s->d->cells[s->touched[i]];
        if (s->by[s->touched[i]] != 0 && !ca_disclosure_unknown(c))
            price += ((int64_t)(s->of_all[s->touched[i]] ? OF_ALL : 1) << 32) +
                     (c->count < INT32_MAX ? c->count : INT32_MAX);
    }
    return price;
}

/* Keeps the table at hand if one was found and it is the best, and sets everything back to
 * where it was. */
static void finish(search *s, bool found)
{
    int64_t price = found ? price_of(s) : INT64_MAX;
    bool best = price < s->price;
    if (best) {
        s->price = price;
        s->found_count = 0;
    }
    for (size_t i = 0; i < s->touched_count; i++) {
        size_t cell = s->touched[i];
        if (best && s->by[cell] != 0)
            s->found[s->found_count++] = cell;
        move(s, cell, -s->by[cell]);
        s->held[cell] = 0;
    }
    s->touched_count = 0;
    for (size_t i = 0; i < s->weighted_count; i++)
        s->weight[s->weighted[i]] = 0;
    s->weighted_count = 0;
}

static void mend_all(search *s)
{
    for (; s->broken_count > 0 && s->step <= s->patience->steps; s->step++)
        if (!mend(s, s->broken[chance(s, s->broken_count)]))
            s->step += s->patience->held;
    finish(s, s->broken_count == 0);
}

static void try_moving(search *s, size_t cell, int step)
{
    s->step = 1;
    if (!can_move(s, cell, step))
        return;
    move_and_hold(s, cell, step, SIZE_MAX);
    mend_all(s);
}

/* ---- changing two rows for each other ---- */

/* So many others are tried: nearly always the first will do. */
enum { TWINS = 120 };

/* Gives cells the counts of others, and those theirs; false where readers would see it. */
static bool change(search *s, size_t a, size_t b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct ca_disclosure_cell *x = &s->d->cells[a + i], *y = &s->d->cells[b + i];
        if (x->count == y->count)
            continue;
        s->looks++;
        if (!ca_disclosure_unknown(x) || !ca_disclosure_unknown(y) ||
            !may_be(s->d, x, y->count) || !may_be(s->d, y, x->count))
            return false;
        move_and_hold(s, a + i, y->count - x->count, SIZE_MAX);
        move_and_hold(s, b + i, x->count - y->count, SIZE_MAX);
    }
    return true;
}

/* Looks for a row of the family with another count in this place, whose figures could as well
 * be those of the cell's row. */
static void try_changing_rows(search *s, size_t cell)
{
    const struct ca_disclosure_twin *own = &s->d->twins[s->twin[cell] - 1];
    size_t at = cell - own->first, mine = s->twin[cell] - 1 - own->family, tried = 0;
    size_t of = s->d->twins[own->family].of;

    for (size_t i = 1; i < of && tried < TWINS && s->price != 0; i++) {
        const struct ca_disclosure_twin *other = &s->d->twins[own->family + (mine + i) % of];
        const struct ca_disclosure_cell *there = &s->d->cells[other->first + at];
        if (!ca_disclosure_unknown(there) || there->count == s->d->cells[cell].count)
            continue;
        tried++;
        s->step = 1;
        finish(s, other->extra_count == own->extra_count &&
                      change(s, own->first, other->first, own->count) &&
                      change(s, own->extra, other->extra, own->extra_count) &&
                      s->broken_count == 0);
    }
}

/* ---- four counts in two rows ---- */

/* So many fours are tried, and so many steps may mend what is broken beside them. */
enum { FOURS = 40, STEPS_BESIDE = 8 };

static const struct patience beside = {STEPS_BESIDE, STEPS_BESIDE + 1};

/* One more of a count and one fewer of another in a row, and the other way round in a second.
 */
static void try_four(search *s, const size_t cells[4], const int steps[4])
{
    bool all = true;

    s->step = 1;
    for (size_t i = 0; i < 4 && all; i++) {
        all = can_move(s, cells[i], steps[i]);
        if (all)
            move_and_hold(s, cells[i], steps[i], SIZE_MAX);
    }
    if (all)
        mend_all(s);
    else
        finish(s, false);
}

/* The sign with which the k-th term of a sum counts. */
static int sign_of(size_t k)
{
    return k == 0 ? 1 : -1;
}

/* Of the cell and another of its row that are in one sum, in every second row. */
static void try_fours_of(search *s, size_t cell, size_t other, const int steps[2],
                         size_t *tried)
{
    const struct ca_disclosure_twin *own = &s->d->twins[s->twin[cell] - 1];
    size_t of = s->d->twins[own->family].of, mine = s->twin[cell] - 1 - own->family;

    for (size_t i = 1; i < of && *tried < FOURS && s->price != 0; i++) {
        const struct ca_disclosure_twin *row = &s->d->twins[own->family + (mine + i) % of];
        size_t there = row->first + (cell - own->first),
               beside_it = row->first + (other - own->first);
        if (!can_move(s, there, -steps[0]) || !can_move(s, beside_it, -steps[1]))
            continue;
        ++*tried;
        try_four(s, (size_t[]){cell, other, there, beside_it},
                 (int[]){steps[0], steps[1], -steps[0], -steps[1]});
    }
}

static void try_fours(search *s, size_t cell)
{
    const struct ca_disclosure *d = s->d;
    size_t row = s->twin[cell], tried = 0;

    s->patience = &beside;
    s->reluctance = 2;
    s->step = 1;
    for (size_t p = s->first[cell]; p < s->first[cell + 1] && s->price != 0; p++) {
        const struct ca_disclosure_sum *sum = sum_at(d, s->places[p].sum);
        for (size_t k = 0; s->places[p].sum < d->sum_count && k < sum->count && s->price != 0;
             k++) {
            size_t other = d->terms[sum->first + k];
            if (other == cell || s->twin[other] != row)
                continue;
            for (int step = 1; step >= -1; step -= 2) {
                int steps[] = {step, -step * s->places[p].sign * sign_of(k)};
                if (can_move(s, cell, steps[0]) && can_move(s, other, steps[1]))
                    try_fours_of(s, cell, other, steps, &tried);
            }
        }
    }
}

/* Whether as much was looked for as may be. */
static bool is_spent(const search *s, size_t cell)
{
    int64_t most = s->d->budget.looks;

    return s->looks >= (s->d->cells[cell].count == 0 ? most / SOONER_FOR_NOUGHTS : most);
}

static void try_all_ways(search *s, size_t cell)
{
    int kinds = sizeof patience / sizeof *patience;
    int attempts = s->freedom == CA_OF_UNKNOWN ? kinds : ATTEMPTS;
    const struct patience at_last = {s->d->budget.at_last, patience->held};

    if (s->freedom == CA_OF_UNKNOWN && s->twin[cell] != 0) {
        try_changing_rows(s, cell);
        try_fours(s, cell);
    }
    for (int i = 0; i < attempts && (i == 0 || !is_spent(s, cell)); i++)
        for (int step = 1; step >= -1 && s->price != 0; step -= 2) {
            s->patience = is_spent(s, cell) ? &at_last : &patience[i < kinds ? i : kinds - 1];
            s->reluctance = 2 + 3 * (i % 3);
            try_moving(s, cell, step);
        }
}

bool ca_disclosure_differs(search *s, size_t cell, enum ca_disclosure_freedom freedom)
{
    s->freedom = freedom;
    s->price = INT64_MAX;
    s->chance = (uint32_t)cell;
    if (s->d->budget.at_last > 0 || !is_spent(s, cell))
        try_all_ways(s, cell);
    for (size_t i = 0; s->price != INT64_MAX && i < s->found_count; i++) {
        struct ca_disclosure_cell *c = &s->d->cells[s->found[i]];
        c->suppressed |= c->printed;
        c->certain = true;
    }
    return s->price != INT64_MAX;
}
