/* How far auditor and moderator agree: exact agreement, shift, kappa, AC2, symmetry. */
#include "core/insight/stats.h"

#include <stdlib.h>

#include "core/base/arena.h"

/* Counts of one grade given by the auditor (row) and the moderator (column). */
struct margins {
    double *row, *column;
};

/* Disagreement of grades i and j, 0 to 1. */
typedef double disagreement(size_t i, size_t j, size_t grades);

static double nominal(size_t i, size_t j, size_t grades)
{
    (void)grades;
    return i != j;
}

static double linear(size_t i, size_t j, size_t grades)
{
    return (double)(i > j ? i - j : j - i) / (double)(grades - 1);
}

static double quadratic(size_t i, size_t j, size_t grades)
{
    double d = linear(i, j, grades);
    return d * d;
}

/* Cohen 1968: 1 − observed / expected disagreement; 0/0 when everything lies
 * in one grade for both. */
static struct ca_value kappa(const int64_t *pairs, size_t grades, const struct margins *m,
                             double n, disagreement *weight)
{
    double observed = 0, expected = 0;
    for (size_t i = 0; i < grades; i++) {
        for (size_t j = 0; j < grades; j++) {
            double w = weight(i, j, grades);
            observed += w * (double)pairs[i * grades + j];
            expected += w * m->row[i] * m->column[j] / n;
        }
    }
    if (!(expected > 0))
        return (struct ca_value){false, 0};
    return (struct ca_value){true, 1 - observed / expected};
}

/* Gwet 2014: chance agreement T / (q(q−1)) · Σ π(1−π), with T the sum of the
 * agreement weights and π the mean share of a grade. */
static struct ca_value ac2(const int64_t *pairs, size_t grades, const struct margins *m,
                           double n)
{
    double agreement = 0, weights = 0, spread = 0;
    for (size_t i = 0; i < grades; i++) {
        double share = (m->row[i] + m->column[i]) / (2 * n);
        spread += share * (1 - share);
        for (size_t j = 0; j < grades; j++) {
            double w = 1 - quadratic(i, j, grades);
            weights += w;
            agreement += w * (double)pairs[i * grades + j] / n;
        }
    }
    double q = (double)grades;
    double chance = weights / (q * (q - 1)) * spread;
    if (!(chance < 1))
        return (struct ca_value){false, 0};
    return (struct ca_value){true, (agreement - chance) / (1 - chance)};
}

/* Bowker 1948: Σ (nij − nji)² / (nij + nji) over the pairs i < j. */
static void bowker(const int64_t *pairs, size_t grades, struct ca_agreement *a)
{
    double statistic = 0;
    for (size_t i = 0; i < grades; i++) {
        for (size_t j = i + 1; j < grades; j++) {
            double there = (double)pairs[i * grades + j];
            double back = (double)pairs[j * grades + i];
            if (there + back > 0) {
                statistic += (there - back) * (there - back) / (there + back);
                a->bowker_freedom++;
            }
        }
    }
    if (a->bowker_freedom == 0)
        return;
    a->bowker = (struct ca_value){true, statistic};
    a->bowker_p = (struct ca_value){true, ca_chi_square_p(statistic, a->bowker_freedom)};
}

static void count_pairs(const int64_t *pairs, size_t grades, struct margins *m,
                        struct ca_agreement *a)
{
    for (size_t i = 0; i < grades; i++) {
        for (size_t j = 0; j < grades; j++) {
            int64_t n = pairs[i * grades + j];
            m->row[i] += (double)n;
            m->column[j] += (double)n;
            a->moderated += n;
            a->agreed += i == j ? n : 0;
            a->raised += j < i ? n : 0;
            a->lowered += j > i ? n : 0;
            a->shift_steps += n * ((int64_t)i - (int64_t)j);
        }
    }
}

struct ca_agreement ca_agreement_of(const int64_t *pairs, size_t grades)
{
    struct ca_agreement a = {0};
    double *sums = ca_xcalloc(2 * grades + 1, sizeof *sums);
    struct margins m = {sums, sums + grades};
    count_pairs(pairs, grades, &m, &a);
    if (a.moderated >= 2 && grades >= 2) {
        double n = (double)a.moderated;
        a.shift = (struct ca_value){true, (double)a.shift_steps / n};
        a.kappa = kappa(pairs, grades, &m, n, nominal);
        a.kappa_linear = kappa(pairs, grades, &m, n, linear);
        a.kappa_quadratic = kappa(pairs, grades, &m, n, quadratic);
        a.ac2 = ac2(pairs, grades, &m, n);
        bowker(pairs, grades, &a);
    }
    free(sums);
    return a;
}
