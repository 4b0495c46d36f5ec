#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/grade_table.h"
#include "tests/unit/unit.h"

/* ---- Worked examples ---- */

/* Which parts of one sum with a printed total are suppressed: "c." and so on,
 * the total last. */
static const char *pattern_of(const int64_t *parts, size_t count, int64_t threshold)
{
    static char text[32];
    struct ca_disclosure *d = ca_disclosure_new(threshold);
    size_t cells[16];
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        cells[i] = ca_disclosure_cell(d, parts[i]);
        sum += parts[i];
    }
    size_t total = ca_disclosure_cell(d, sum);
    ca_disclosure_sum(d, total, cells, count);
    ca_disclosure_row(d, total, cells, count);
    ca_disclosure_apply(d);
    for (size_t i = 0; i < count; i++)
        text[i] = ca_disclosure_suppressed(d, cells[i]) ? 'c' : '.';
    text[count] = ca_disclosure_suppressed(d, total) ? 'c' : '.';
    text[count + 1] = '\0';
    ca_disclosure_free(d);
    return text;
}

START_TEST(one_row_of_counts)
{
    static const struct {
        int64_t parts[4], threshold;
        const char *pattern;
    } rows[] = {
        {{8, 14, 9, 6}, 5, "....."},    {{8, 14, 9, 2}, 5, "c..c."},
        {{6, 14, 6, 5}, 5, "c..c."},    {{6, 14, 6, 6}, 5, "....."},
        {{1, 14, 9, 2}, 5, "c..c."},    {{0, 30, 3, 0}, 5, ".cc.."},
        {{0, 30, 0, 0}, 5, "....."},    {{0, 0, 0, 0}, 5, "....."},
        {{0, 4, 0, 0}, 5, "ccccc"},     {{1, 1, 1, 2}, 5, "ccccc"},
        {{1, 1, 1, 3}, 5, "cccc."},     {{8, 14, 9, 2}, 0, "....."},
        {{8, 14, 9, 2}, 1, "....."},    {{8, 14, 9, 2}, 2, "c..c."},
        {{8, 14, 19, 2}, 10, "c..c."},  {{12, 14, 19, 2}, 10, "c..c."},
        {{14, 12, 19, 2}, 10, ".c.c."}, {{1, 2, 3, 4}, 10, "ccccc"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        ck_assert_str_eq(pattern_of(rows[i].parts, 4, rows[i].threshold), rows[i].pattern);
}
END_TEST

/* Two of 1 beside each other can be nothing else than 1 and 1, so a third goes with them. */
START_TEST(withheld_counts_are_at_least_1)
{
    static const int64_t permanency[] = {23, 8, 1, 1}, fives[] = {12, 0, 5, 5};
    ck_assert_str_eq(pattern_of(permanency, 4, 5), ".ccc.");
    /* Both are 5 at most, and 10 together. */
    ck_assert_str_eq(pattern_of(fives, 4, 5), "c.cc.");
}
END_TEST

/* 28 of 30 tells of two. */
START_TEST(complements_are_small_numbers)
{
    static const struct {
        int64_t count, of;
        const char *pattern;
    } rows[] = {{28, 30, "c."}, {10, 11, "c."}, {25, 30, "c."}, {24, 30, ".."},
                {30, 30, ".."}, {0, 30, ".."},  {2, 30, "c."},  {0, 4, "cc"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct ca_disclosure *d = ca_disclosure_new(5);
        size_t of = ca_disclosure_cell(d, rows[i].of);
        size_t count = ca_disclosure_cell(d, rows[i].count);
        ca_disclosure_shares(d, of, &count, 1);
        ca_disclosure_apply(d);
        ck_assert_int_eq(ca_disclosure_suppressed(d, count), rows[i].pattern[0] == 'c');
        ck_assert_int_eq(ca_disclosure_suppressed(d, of), rows[i].pattern[1] == 'c');
        ca_disclosure_free(d);
    }
}
END_TEST

/* The 6 is withheld with the 2. At least 6 of it are printed elsewhere, which would leave 6
 * and 2 alone. */
START_TEST(links_bound_what_is_withheld)
{
    struct ca_disclosure *d = ca_disclosure_new(2);
    size_t total = ca_disclosure_cell(d, 8);
    size_t parts[] = {ca_disclosure_cell(d, 6), ca_disclosure_cell(d, 2)};
    size_t some = ca_disclosure_cell(d, 6);
    ca_disclosure_sum(d, total, parts, 2);
    ca_disclosure_at_most(d, parts[0], &some, 1);
    ca_disclosure_apply(d);
    ck_assert(ca_disclosure_suppressed(d, parts[1]));
    ck_assert(ca_disclosure_suppressed(d, parts[0]));
    /* 7 and 1 are the only other: it is enough. */
    ck_assert(!ca_disclosure_suppressed(d, some));
    ca_disclosure_free(d);
    d = ca_disclosure_new(2);
    total = ca_disclosure_cell(d, 7);
    parts[0] = ca_disclosure_cell(d, 6);
    parts[1] = ca_disclosure_cell(d, 1);
    some = ca_disclosure_cell(d, 6);
    ca_disclosure_sum(d, total, parts, 2);
    ca_disclosure_at_most(d, parts[0], &some, 1);
    ca_disclosure_apply(d);
    ck_assert(ca_disclosure_suppressed(d, some) || ca_disclosure_suppressed(d, total));
    ca_disclosure_free(d);
}
END_TEST

/* 12 of 17 agreed. Of the 5 others none can be fewer than 1, nor all together more than 5:
 * beside printed noughts each would be 1. So the noughts go with them. */
START_TEST(a_row_is_withheld_whole_where_nothing_less_will_do)
{
    struct ca_disclosure *d = ca_disclosure_new(5);
    size_t all = ca_disclosure_cell(d, 17), kinds[3], pairs[6];
    static const int64_t counts[] = {12, 3, 2};
    for (size_t i = 0; i < 3; i++)
        kinds[i] = ca_disclosure_cell(d, counts[i]);
    for (size_t i = 0; i < 5; i++)
        pairs[i] = ca_disclosure_cell(d, 1);
    size_t nought = pairs[5] = ca_disclosure_cell(d, 0), row[9];
    ca_disclosure_sum(d, all, kinds, 3);
    ca_disclosure_sum(d, kinds[1], pairs, 3);
    ca_disclosure_sum(d, kinds[2], pairs + 3, 3);
    for (size_t i = 0; i < 9; i++)
        row[i] = all + 1 + i;
    ca_disclosure_shares(d, all, row, 9);
    ck_assert_uint_eq(row[8], nought);
    ca_disclosure_apply(d);
    ck_assert(ca_disclosure_suppressed(d, nought));
    ck_assert(ca_disclosure_suppressed(d, kinds[0]));
    ca_disclosure_free(d);
}
END_TEST

/* Five groups of 1 of a total that is 5 at most: their noughts go with them, and not the row of
 * the total. */
START_TEST(a_column_is_withheld_whole_before_the_row_of_its_total)
{
    struct ca_disclosure *d = ca_disclosure_new(5);
    size_t audits = ca_disclosure_cell(d, 100), total = ca_disclosure_cell(d, 5);
    size_t groups[7], row[9] = {audits, total};
    for (size_t i = 2; i < 9; i++)
        row[i] = ca_disclosure_cell(d, 40);
    for (size_t i = 0; i < 7; i++)
        groups[i] = ca_disclosure_cell(d, i < 5 ? 1 : 0);
    ca_disclosure_row(d, audits, row, 9);
    ca_disclosure_sum(d, total, groups, 7);
    ca_disclosure_column(d, total, groups, 7);
    ca_disclosure_apply(d);
    for (size_t i = 0; i < 7; i++)
        ck_assert(ca_disclosure_suppressed(d, groups[i]) && !ca_disclosure_told(d, groups[i]));
    ck_assert(ca_disclosure_suppressed(d, total));
    ck_assert(!ca_disclosure_suppressed(d, audits));
    ck_assert(!ca_disclosure_suppressed(d, row[2]));
    ca_disclosure_free(d);
}
END_TEST

/* The table as text, a line for each row: the grades, then graded, headline,
 * not graded and audits. */
static const char *table_pattern(const struct grade_table *table)
{
    static char text[512];
    char *at = text;
    struct grade_disclosure *h = grade_disclosure_new(table, CA_DISCLOSURE_THRESHOLD);
    for (size_t row = 0; row < table->rows; row++) {
        for (size_t g = 0; g < table->grades; g++)
            *at++ = h->counts[row * table->grades + g] ? 'c' : '.';
        *at++ = ' ';
        *at++ = h->graded[row] ? 'c' : '.';
        *at++ = h->positive[row] ? 'c' : '.';
        *at++ = h->not_graded[row] ? 'c' : '.';
        *at++ = h->audits[row] ? 'c' : '.';
        *at++ = row + 1 < table->rows ? '\n' : '\0';
    }
    grade_disclosure_free(h);
    return text;
}

START_TEST(the_headline_is_a_sum)
{
    /* 22 of 33 are good or better: 22 − 17 would give the 5, and 11 − 10 the 1. */
    static const int64_t small[] = {5, 17, 10, 1};
    struct grade_table t = {1, 4, 2, false, small, NULL};
    ck_assert_str_eq(table_pattern(&t), "cccc ....");
    /* The headline of 30 of 33 tells of the 3; without it the 12 is enough. */
    static const int64_t zero[] = {12, 18, 3, 0};
    t.counts = zero;
    ck_assert_str_eq(table_pattern(&t), "c.c. .c..");
    static const int64_t large[] = {6, 17, 10, 0};
    t.counts = large;
    ck_assert_str_eq(table_pattern(&t), ".... ....");
    /* A headline of one grade is that grade. */
    static const int64_t first[] = {5, 17, 10, 6};
    t = (struct grade_table){1, 4, 1, false, first, NULL};
    ck_assert_str_eq(table_pattern(&t), "c..c .c..");
}
END_TEST

START_TEST(audits_not_graded_hide_the_percentages)
{
    /* 35 audits, 33 graded: every percentage would give 33 away, and that the 2. */
    static const int64_t counts[] = {6, 17, 10, 0}, not_graded[] = {2};
    struct grade_table t = {1, 4, 0, false, counts, not_graded};
    ck_assert_str_eq(table_pattern(&t), "c... ccc.");
    static const int64_t none[] = {0}, many[] = {9};
    t.not_graded = none;
    ck_assert_str_eq(table_pattern(&t), ".... ....");
    t.not_graded = many;
    ck_assert_str_eq(table_pattern(&t), ".... ....");
    /* Few graded among many audits. */
    static const int64_t few[] = {0, 3, 0, 0};
    t.counts = few;
    ck_assert_str_eq(table_pattern(&t), "cccc ccc.");
}
END_TEST

START_TEST(groups_do_not_give_each_other_away)
{
    /* The 2 takes the 7 beside it, each the smallest of its column, and so on round. */
    static const int64_t counts[] = {
        21, 30, 25, /* all */
        7,  10, 2,  /* north */
        8,  11, 10, /* south */
        6,  9,  13, /* west */
    };
    struct grade_table t = {4, 3, 0, true, counts, NULL};
    ck_assert_str_eq(table_pattern(&t), "... ....\nccc ....\nc.c ....\ncc. ....");
    t.total_first = false;
    ck_assert_str_eq(table_pattern(&t), "... ....\nc.c ....\n... ....\n... ....");
}
END_TEST

START_TEST(a_small_group_goes_whole)
{
    static const int64_t counts[] = {
        22, 34, 0, /* all */
        10, 14, 0, /* north */
        12, 16, 0, /* south */
        0,  4,  0, /* west */
    };
    struct grade_table t = {4, 3, 0, true, counts, NULL};
    const char *pattern = table_pattern(&t);
    ck_assert_ptr_nonnull(strstr(pattern, "\nccc c"));
    /* 22 − 10 − 12 must not give the 0, nor 56 − 24 − 28 the 4. */
    ck_assert_ptr_null(strstr(pattern, "\n... .c..\n"));
    ck_assert_str_eq(pattern, "... ....\ncc. cc.c\n... ....\nccc cc.c");
}
END_TEST

START_TEST(groups_with_a_remainder)
{
    /* Three audits belong to no group, so that columns do not give the 2 away. */
    static const int64_t counts[] = {20, 30, 10, 12, 7, 16};
    struct grade_table t = {3, 2, 0, true, counts, NULL};
    ck_assert_str_eq(table_pattern(&t), ".. ....\n.. ....\n.. ....");
    static const int64_t small[] = {20, 30, 2, 12, 15, 16};
    t.counts = small;
    ck_assert_str_eq(table_pattern(&t), ".. ....\ncc ....\n.. ....");
    /* The same without a remainder. */
    static const int64_t closed[] = {17, 28, 2, 12, 15, 16};
    t.counts = closed;
    ck_assert_str_eq(table_pattern(&t), ".. ....\ncc ....\ncc ....");
}
END_TEST

START_TEST(several_sums_together)
{
    /*
     * Every row and column has no suppressed cell or two and more, yet the 3 in
     * the second row follows from rows one and two less columns one and two.
     */
    static const int64_t counts[] = {
        29, 30, 31, 29, /* all */
        1,  2,  9,  9,  /* two small ones here … */
        2,  1,  3,  8,  /* … and here, and a third that ties both blocks */
        9,  9,  1,  2,  /* two small ones here … */
        8,  9,  2,  1,  /* … and here */
        9,  9,  16, 9,  /* and a large row */
    };
    struct grade_table t = {6, 4, 0, true, counts, NULL};
    struct grade_disclosure *h = grade_disclosure_new(&t, 5);
    size_t suppressed = 0;
    for (size_t i = 4; i < 24; i++)
        suppressed += h->counts[i];
    /* The nine of the rule, and what breaks the tie. */
    ck_assert_uint_gt(suppressed, 9);
    ck_assert(h->counts[2 * 4 + 2]);
    grade_disclosure_free(h);
}
END_TEST

START_TEST(nothing_in_nothing_out)
{
    struct ca_disclosure *d = ca_disclosure_new(5);
    ca_disclosure_apply(d);
    ca_disclosure_free(d);
    ca_disclosure_free(NULL);
    grade_disclosure_free(NULL);
    struct grade_table t = {0, 4, 2, true, NULL, NULL};
    grade_disclosure_free(grade_disclosure_new(&t, 5));
}
END_TEST

/* ---- An attacker, who reads the printed table and knows how it adds up ---- */

#define MOST_ROWS   7
#define MOST_GRADES 5
#define WIDTH       (MOST_GRADES + 4)
#define MOST_CELLS  (MOST_ROWS * WIDTH)
#define MOST_SUMS   (MOST_ROWS * 3 + WIDTH)

struct attack {
    size_t cells, sums;
    int64_t truth[MOST_CELLS];
    bool known[MOST_CELLS];
    int sign[MOST_SUMS][MOST_CELLS]; /* Σ sign × cell = 0 */
};

static size_t at(size_t row, size_t column)
{
    return row * WIDTH + column;
}

static void read_row(struct attack *a, const struct grade_table *t,
                     const struct grade_disclosure *h, size_t row)
{
    int64_t graded = 0, positive = 0;
    for (size_t g = 0; g < t->grades; g++) {
        a->truth[at(row, g)] = t->counts[row * t->grades + g];
        a->known[at(row, g)] = !h->counts[row * t->grades + g];
        graded += a->truth[at(row, g)];
        positive += g < t->positive ? a->truth[at(row, g)] : 0;
    }
    const int64_t figures[] = {graded, positive, t->not_graded[row],
                               graded + t->not_graded[row]};
    const bool hidden[] = {h->graded[row], h->positive[row], h->not_graded[row],
                           h->audits[row]};
    for (size_t e = 0; e < 4; e++) {
        a->truth[at(row, MOST_GRADES + e)] = figures[e];
        a->known[at(row, MOST_GRADES + e)] = !hidden[e];
    }
}

static void add_row_sums(struct attack *a, const struct grade_table *t, size_t row)
{
    int(*sign)[MOST_CELLS] = a->sign;
    for (size_t g = 0; g < t->grades; g++) {
        sign[a->sums][at(row, g)] = 1;
        sign[a->sums + 1][at(row, g)] = g < t->positive;
    }
    sign[a->sums][at(row, MOST_GRADES)] = -1;
    sign[a->sums + 1][at(row, MOST_GRADES + 1)] = -1;
    sign[a->sums + 2][at(row, MOST_GRADES)] = 1;
    sign[a->sums + 2][at(row, MOST_GRADES + 2)] = 1;
    sign[a->sums + 2][at(row, MOST_GRADES + 3)] = -1;
    a->sums += 3;
}

static void prepare(struct attack *a, const struct grade_table *t,
                    const struct grade_disclosure *h)
{
    memset(a, 0, sizeof *a);
    a->cells = MOST_CELLS;
    for (size_t i = 0; i < MOST_CELLS; i++)
        a->known[i] = true;
    for (size_t row = 0; row < t->rows; row++) {
        read_row(a, t, h, row);
        add_row_sums(a, t, row);
    }
    for (size_t column = 0; t->total_first && column < WIDTH; column++) {
        for (size_t row = 0; row < t->rows; row++)
            a->sign[a->sums][at(row, column)] = row == 0 ? -1 : 1;
        a->sums++;
    }
    /* The attacker's sums are true, or the attack would prove nothing. */
    for (size_t s = 0; s < a->sums; s++) {
        int64_t sum = 0;
        for (size_t i = 0; i < a->cells; i++)
            sum += a->sign[s][i] * a->truth[i];
        ck_assert_int_eq(sum, 0);
    }
}

/* A suppressed 0 whose printed total is 0 cannot be kept. */
static bool is_part_of_nothing(const struct attack *a, size_t cell)
{
    return a->truth[cell] == 0 && a->known[cell % WIDTH] && a->truth[cell % WIDTH] == 0;
}

static void concede_nothings(struct attack *a, const struct grade_table *t)
{
    for (size_t i = WIDTH; t->total_first && i < a->cells; i++)
        if (is_part_of_nothing(a, i))
            a->known[i] = true;
}

/* Repeated subtraction: how many unknown cells are recovered. */
static size_t subtract_repeatedly(struct attack a)
{
    size_t recovered = 0;
    for (size_t s = 0; s < a.sums; s++) {
        size_t unknown = 0, last = 0;
        for (size_t i = 0; i < a.cells; i++) {
            if (a.sign[s][i] && !a.known[i]) {
                unknown++;
                last = i;
            }
        }
        if (unknown == 1) {
            a.known[last] = true;
            recovered++;
            s = (size_t)-1; /* from the beginning */
        }
    }
    return recovered;
}

/* Gauss and Jordan: how many unknown cells have only one possible value. */
static size_t eliminate(const struct attack *a)
{
    static double m[MOST_SUMS][MOST_CELLS];
    size_t done = 0, recovered = 0;
    for (size_t s = 0; s < a->sums; s++)
        for (size_t i = 0; i < a->cells; i++)
            m[s][i] = a->known[i] ? 0 : a->sign[s][i];
    for (size_t i = 0; i < a->cells && done < a->sums; i++) {
        size_t best = done;
        for (size_t s = done; s < a->sums; s++)
            if (fabs(m[s][i]) > fabs(m[best][i]))
                best = s;
        if (fabs(m[best][i]) < 1e-9)
            continue;
        for (size_t k = 0; k < a->cells; k++) {
            double kept = m[best][k];
            m[best][k] = m[done][k];
            m[done][k] = kept;
        }
        for (size_t s = 0; s < a->sums; s++) {
            double factor = s == done ? 0 : m[s][i] / m[done][i];
            for (size_t k = 0; factor != 0 && k < a->cells; k++)
                m[s][k] -= factor * m[done][k];
        }
        done++;
    }
    for (size_t s = 0; s < done; s++) {
        size_t terms = 0;
        for (size_t i = 0; i < a->cells; i++)
            terms += fabs(m[s][i]) > 1e-9;
        recovered += terms == 1;
    }
    return recovered;
}

/*
 * Trial and error: whether there is another table of counts from 0 up that
 * prints the same, in which `cell` differs. Looks near the truth first.
 */
struct search {
    const struct attack *a;
    int64_t value[MOST_CELLS];
    bool set[MOST_CELLS];
    size_t steps;
};

#define MOST_STEPS 200000

/* Fills in what follows; false on a contradiction. */
static bool follow(struct search *s)
{
    const struct attack *a = s->a;
    for (size_t e = 0; e < a->sums; e++) {
        size_t open = 0, last = 0;
        int64_t sum = 0;
        for (size_t i = 0; i < a->cells; i++) {
            if (!a->sign[e][i])
                continue;
            if (s->set[i])
                sum += a->sign[e][i] * s->value[i];
            else {
                open++;
                last = i;
            }
        }
        if (open == 0 && sum != 0)
            return false;
        if (open == 1) {
            s->value[last] = -sum * a->sign[e][last];
            if (s->value[last] < 0)
                return false;
            s->set[last] = true;
            e = (size_t)-1; /* from the beginning */
        }
    }
    return true;
}

static bool complete(struct search *s)
{
    if (s->steps++ > MOST_STEPS || !follow(s))
        return false;
    size_t next = 0;
    while (next < s->a->cells && s->set[next])
        next++;
    if (next == s->a->cells)
        return true;
    int64_t truth = s->a->truth[next];
    for (int64_t k = 0; k <= 2 * (truth + 3); k++) {
        int64_t value = k % 2 ? truth + (k + 1) / 2 : truth - k / 2;
        if (value < 0)
            continue;
        struct search deeper = *s;
        deeper.value[next] = value;
        deeper.set[next] = true;
        bool found = complete(&deeper);
        s->steps = deeper.steps;
        if (found)
            return true;
    }
    return false;
}

static bool has_another_value(const struct attack *a, size_t cell)
{
    struct search s = {.a = a};
    memcpy(s.value, a->truth, sizeof s.value);
    memcpy(s.set, a->known, sizeof s.set);
    s.set[cell] = true;
    for (int64_t step = 1; step <= 3; step++) {
        for (int sign = -1; sign <= 1; sign += 2) {
            struct search trial = s;
            trial.value[cell] = a->truth[cell] + sign * step;
            if (trial.value[cell] >= 0 && complete(&trial))
                return true;
        }
    }
    return false;
}

/* ---- Random tables ---- */

struct random_table {
    struct grade_table t;
    int64_t counts[MOST_ROWS * MOST_GRADES];
    int64_t not_graded[MOST_ROWS];
};

/* Groups of small counts with many zeroes, as quarterly audits are. */
static void make_table(struct random_table *r, uint64_t *state, size_t most_rows)
{
    memset(r, 0, sizeof *r);
    size_t grades = 2 + unit_random(state) % (MOST_GRADES - 1);
    bool grouped = unit_random(state) % 4 != 0 && most_rows > 2;
    size_t rows = grouped ? 3 + unit_random(state) % (most_rows - 2) : 1;
    r->t = (struct grade_table){rows,    grades,    unit_random(state) % (grades + 1),
                                grouped, r->counts, r->not_graded};
    uint64_t most = 2 + unit_random(state) % 24;
    for (size_t row = grouped ? 1 : 0; row < rows; row++) {
        for (size_t g = 0; g < grades; g++)
            if (unit_random(state) % 5 != 0)
                r->counts[row * grades + g] = (int64_t)(unit_random(state) % most);
        if (unit_random(state) % 3 == 0)
            r->not_graded[row] = (int64_t)(unit_random(state) % 8);
    }
    for (size_t row = 1; grouped && row < rows; row++) {
        for (size_t g = 0; g < grades; g++)
            r->counts[g] += r->counts[row * grades + g];
        r->not_graded[0] += r->not_graded[row];
    }
}

/* Rules 1 and 2: small numbers are suppressed, and rows with few audits whole. */
static void assert_small_are_hidden(const struct attack *a, const struct grade_table *t)
{
    for (size_t row = 0; row < t->rows; row++) {
        for (size_t c = 0; c < WIDTH; c++) {
            bool headline =
                c != MOST_GRADES + 1 || (t->positive > 0 && t->positive < t->grades);
            if (headline && a->truth[at(row, c)] >= 1 && a->truth[at(row, c)] <= 5)
                ck_assert(!a->known[at(row, c)]);
        }
        int64_t graded = a->truth[at(row, MOST_GRADES)];
        for (size_t g = 0; graded >= 1 && graded <= 5 && g < t->grades; g++)
            ck_assert(!a->known[at(row, g)]);
    }
}

/* The headline that is not printed is no news: it is 0, or the graded audits. */
static void read_table(struct attack *a, struct random_table *r)
{
    struct grade_disclosure *h = grade_disclosure_new(&r->t, 5);
    if (r->t.positive == 0 || r->t.positive == r->t.grades)
        for (size_t row = 0; row < r->t.rows; row++)
            h->positive[row] = r->t.positive ? h->graded[row] : false;
    prepare(a, &r->t, h);
    assert_small_are_hidden(a, &r->t);
    grade_disclosure_free(h);
}

START_TEST(no_suppressed_count_is_recovered)
{
    uint64_t state = 20240401;
    size_t suppressed = 0, printed = 0;
    for (int round = 0; round < 500; round++) {
        struct random_table r;
        static struct attack a;
        make_table(&r, &state, MOST_ROWS);
        read_table(&a, &r);
        concede_nothings(&a, &r.t);
        ck_assert_uint_eq(subtract_repeatedly(a), 0);
        ck_assert_uint_eq(eliminate(&a), 0);
        for (size_t i = 0; i < a.cells; i++) {
            suppressed += !a.known[i];
            printed += a.known[i] && a.truth[i] != 0;
        }
    }
    /* Not by hiding all: tables this small keep a fair share. */
    ck_assert_uint_gt(suppressed, 3000);
    ck_assert_uint_gt(printed, 3000);
}
END_TEST

START_TEST(every_suppressed_count_could_be_another)
{
    uint64_t state = 20231114;
    size_t tried = 0;
    for (int round = 0; round < 120; round++) {
        struct random_table r;
        static struct attack a;
        make_table(&r, &state, 4);
        read_table(&a, &r);
        concede_nothings(&a, &r.t);
        for (size_t i = 0; i < a.cells; i++) {
            if (a.known[i])
                continue;
            ck_assert(has_another_value(&a, i));
            tried++;
        }
    }
    ck_assert_uint_gt(tried, 600);
}
END_TEST

/* ---- Where there is no time to decide ---- */

/* A count of 3 that is what is left of a printed total beside a printed part: with time one of
 * them goes; without, all does that hangs together with it, however far. */
START_TEST(what_cannot_be_decided_takes_more_with_it)
{
    static const struct ca_disclosure_budget budgets[] = {{16000000, 200}, {0, 0}};
    for (size_t i = 0; i < 2; i++) {
        struct ca_disclosure *d = ca_disclosure_new(5);
        size_t total = ca_disclosure_cell(d, 33), nought = ca_disclosure_cell(d, 0);
        size_t two[] = {ca_disclosure_unprinted(d, 3), ca_disclosure_cell(d, 30)};
        size_t one[] = {ca_disclosure_cell(d, 3), nought};
        size_t apart = ca_disclosure_cell(d, 40);
        ca_disclosure_sum(d, total, two, 2);
        ca_disclosure_sum(d, two[0], one, 2);
        ca_disclosure_hurry(d, budgets[i]);
        ca_disclosure_apply(d);
        ck_assert(ca_disclosure_suppressed(d, one[0]));
        bool parts = ca_disclosure_suppressed(d, two[1]);
        bool all = ca_disclosure_suppressed(d, total);
        ck_assert(i == 0 ? parts != all : parts && all);
        ck_assert(ca_disclosure_suppressed(d, nought) == (i == 1));
        ck_assert(!ca_disclosure_told(d, nought));
        ck_assert(!ca_disclosure_suppressed(d, apart));
        ca_disclosure_free(d);
    }
}
END_TEST

static size_t hidden_of(const struct grade_table *t, const struct grade_disclosure *h)
{
    size_t hidden = 0;
    for (size_t row = 0; row < t->rows; row++) {
        for (size_t g = 0; g < t->grades; g++)
            hidden += h->counts[row * t->grades + g];
        hidden += (size_t)h->graded[row] + (size_t)h->not_graded[row];
        hidden += h->positive[row] && t->positive > 0 && t->positive < t->grades;
    }
    return hidden;
}

static void attack_hurried(struct random_table *r, const struct grade_disclosure *h)
{
    static struct attack a;
    prepare(&a, &r->t, h);
    for (size_t row = 0; row < r->t.rows; row++)
        if (r->t.positive == 0 || r->t.positive == r->t.grades)
            a.known[at(row, MOST_GRADES + 1)] = r->t.positive == 0 || !h->graded[row];
    concede_nothings(&a, &r->t);
    ck_assert_uint_eq(subtract_repeatedly(a), 0);
    ck_assert_uint_eq(eliminate(&a), 0);
    for (size_t i = 0; i < a.cells; i++)
        ck_assert(a.known[i] || has_another_value(&a, i));
}

/* The less may be looked for the more is withheld, down to all that hangs together. */
START_TEST(with_less_time_more_is_withheld)
{
    static const struct ca_disclosure_budget budgets[] = {
        {16000000, 200}, {300, 0}, {0, 3}, {0, 0}};
    uint64_t state = 20250107;
    size_t withheld[4] = {0};
    for (unsigned round = 0; round < unit_cases(60, 60, 12); round++) {
        struct random_table r;
        make_table(&r, &state, 3);
        size_t all[4];
        for (size_t i = 0; i < 4; i++) {
            struct grade_disclosure *h = grade_disclosure_hurried(&r.t, 5, budgets[i]);
            attack_hurried(&r, h);
            withheld[i] += all[i] = hidden_of(&r.t, h);
            grade_disclosure_free(h);
        }
        size_t cells =
            r.t.rows * (r.t.grades + 2 + (r.t.positive > 0 && r.t.positive < r.t.grades));
        ck_assert_uint_eq(all[3], all[0] > 0 ? cells : 0);
    }
    for (size_t i = 1; i < 4; i++)
        ck_assert_uint_gt(withheld[i], withheld[i - 1]);
}
END_TEST

/* ---- Every small table, by trying all others ---- */

#define AUDITS 20

/* The figures of a table of four grades: the grades, all of them and the headline. */
static void figures_of(const int64_t *grades, int64_t *figures)
{
    memcpy(figures, grades, 4 * sizeof *grades);
    figures[4] = grades[0] + grades[1] + grades[2] + grades[3];
    figures[5] = grades[0] + grades[1];
}

static bool is_small(int64_t count)
{
    return count >= 1 && count <= CA_DISCLOSURE_THRESHOLD;
}

/* Whether a reader of `truth` could take the other for it: what is printed is the same, and
 * what is withheld is at least 1, and small or the complement of a small one where that is
 * why. */
static bool reads_alike(const int64_t *truth, const bool *hidden, const int64_t *other)
{
    for (size_t i = 0; i < 6; i++) {
        bool own = is_small(truth[i]) && truth[4] > CA_DISCLOSURE_THRESHOLD;
        if (!hidden[i] && other[i] != truth[i])
            return false;
        if (hidden[i] && own && !is_small(other[i]))
            return false;
        if (hidden[i] && !own && is_small(truth[4] - truth[i]) &&
            !is_small(other[4] - other[i]))
            return false;
        if (hidden[i] && truth[4] > CA_DISCLOSURE_THRESHOLD && other[i] == 0)
            return false;
    }
    return true;
}

/* The least and the most of each figure among all tables that read alike. */
static void try_all(const int64_t *truth, const bool *hidden, int64_t *least, int64_t *most)
{
    int64_t g[4], other[6];
    for (g[0] = 0; g[0] <= AUDITS + 2; g[0]++)
        for (g[1] = 0; g[0] + g[1] <= AUDITS + 2; g[1]++)
            for (g[2] = 0; g[0] + g[1] + g[2] <= AUDITS + 2; g[2]++) {
                int64_t sum = g[0] + g[1] + g[2];
                int64_t last = hidden[4] ? AUDITS + 2 : truth[4];
                for (g[3] = hidden[4] || sum > last ? 0 : last - sum; sum + g[3] <= last;
                     g[3]++) {
                    figures_of(g, other);
                    for (size_t i = 0; reads_alike(truth, hidden, other) && i < 6; i++) {
                        least[i] = other[i] < least[i] ? other[i] : least[i];
                        most[i] = other[i] > most[i] ? other[i] : most[i];
                    }
                }
            }
}

static void check_table(const int64_t *grades)
{
    struct grade_table t = {1, 4, 2, false, grades, NULL};
    struct grade_disclosure *h = grade_disclosure_new(&t, CA_DISCLOSURE_THRESHOLD);
    bool hidden[6] = {h->counts[0], h->counts[1], h->counts[2],
                      h->counts[3], h->graded[0], h->positive[0]};
    int64_t truth[6], least[6], most[6];
    figures_of(grades, truth);
    for (size_t i = 0; i < 6; i++) {
        least[i] = most[i] = truth[i];
        ck_assert(hidden[i] || !is_small(truth[i]));
        ck_assert(hidden[i] || i == 4 || !is_small(truth[4] - truth[i]));
    }
    try_all(truth, hidden, least, most);
    for (size_t i = 0; i < 6; i++)
        if (hidden[i] && least[i] == most[i])
            ck_abort_msg("%d %d %d %d: figure %zu", (int)grades[0], (int)grades[1],
                         (int)grades[2], (int)grades[3], i);
    grade_disclosure_free(h);
}

START_TEST(every_table_of_twenty_audits)
{
    int64_t g[4];
    for (g[0] = 0; g[0] <= AUDITS; g[0] += unit_cases(1, 1, 5))
        for (g[1] = 0; g[0] + g[1] <= AUDITS; g[1]++)
            for (g[2] = 0; g[0] + g[1] + g[2] <= AUDITS; g[2]++) {
                g[3] = AUDITS - g[0] - g[1] - g[2];
                check_table(g);
            }
}
END_TEST

/* Whether a reader can tell none of the figures that a set of them withholds. */
static bool is_safe(const int64_t *truth, unsigned set)
{
    bool hidden[6];
    int64_t least[6], most[6];
    for (unsigned i = 0; i < 6; i++) {
        hidden[i] = (set >> i & 1u) != 0;
        least[i] = most[i] = truth[i];
        if (hidden[i] && truth[i] == 0)
            return false;
    }
    try_all(truth, hidden, least, most);
    for (unsigned i = 0; i < 6; i++)
        if (hidden[i] && least[i] == most[i])
            return false;
    return true;
}

/* The figures that must be withheld for themselves. */
static unsigned small_ones(const int64_t *truth)
{
    unsigned set = 0;
    for (unsigned i = 0; i < 6; i++)
        if (is_small(truth[i]) || (i != 4 && is_small(truth[4] - truth[i])))
            set |= 1u << i;
    return set;
}

static size_t size_of(unsigned set)
{
    size_t size = 0;
    for (; set != 0; set &= set - 1)
        size++;
    return size;
}

/* Of all sets that are safe, how many figures the smallest withholds; 0 where none is. */
static size_t fewest(const int64_t *truth)
{
    size_t best = 0;
    for (unsigned set = 0; set < 64; set++)
        if ((set & small_ones(truth)) == small_ones(truth) &&
            (best == 0 || size_of(set) < best) && is_safe(truth, set))
            best = size_of(set);
    return best;
}

static size_t withheld_of(const int64_t *grades)
{
    struct grade_table t = {1, 4, 2, false, grades, NULL};
    struct grade_disclosure *h = grade_disclosure_new(&t, CA_DISCLOSURE_THRESHOLD);
    size_t count = (size_t)h->graded[0] + (size_t)h->positive[0];
    for (size_t i = 0; i < 4; i++)
        count += h->counts[i];
    grade_disclosure_free(h);
    return count;
}

/* As little as will do: by what an exhaustive search withholds. */
START_TEST(hardly_more_is_withheld_than_must_be)
{
    size_t withheld = 0, least = 0, tables = 0;
    for (int64_t i = 0; i < 1771; i += 17) {
        int64_t g[4] = {i % 21, i / 21 % 9, i / 7 % 6, 0}, truth[6];
        g[3] = AUDITS - g[0] - g[1] - g[2];
        if (g[3] < 0)
            continue;
        figures_of(g, truth);
        size_t few = fewest(truth);
        tables += few > 0;
        least += few;
        withheld += few > 0 ? withheld_of(g) : 0;
    }
    ck_assert_uint_gt(tables, 30);
    ck_assert_uint_le(2 * withheld, 3 * least);
    ck_assert_uint_ge(withheld, least);
}
END_TEST

START_TEST(the_attacker_can_win)
{
    /* Without rule 3 the same attacks recover what small numbers hide. */
    uint64_t state = 7;
    size_t subtracted = 0, eliminated = 0;
    for (int round = 0; round < 200; round++) {
        struct random_table r;
        static struct attack a;
        make_table(&r, &state, MOST_ROWS);
        read_table(&a, &r);
        for (size_t i = 0; i < a.cells; i++)
            a.known[i] = a.truth[i] < 1 || a.truth[i] > 5;
        subtracted += subtract_repeatedly(a);
        eliminated += eliminate(&a);
    }
    ck_assert_uint_gt(subtracted, 100);
    ck_assert_uint_ge(eliminated, subtracted);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("disclosure");
    UNIT_CASE(suite, "examples", one_row_of_counts, withheld_counts_are_at_least_1,
              complements_are_small_numbers, links_bound_what_is_withheld,
              a_row_is_withheld_whole_where_nothing_less_will_do, the_headline_is_a_sum,
              a_column_is_withheld_whole_before_the_row_of_its_total,
              audits_not_graded_hide_the_percentages, groups_do_not_give_each_other_away,
              a_small_group_goes_whole, groups_with_a_remainder, several_sums_together,
              nothing_in_nothing_out);
    UNIT_CASE(suite, "in a hurry", what_cannot_be_decided_takes_more_with_it,
              with_less_time_more_is_withheld);
    UNIT_CASE(suite, "attacks", no_suppressed_count_is_recovered,
              every_suppressed_count_could_be_another, every_table_of_twenty_audits,
              hardly_more_is_withheld_than_must_be, the_attacker_can_win);
    return suite;
}
