#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/insight/scores.h"
#include "core/insight/stats.h"
#include "tests/unit/unit.h"

/* Published figures are printed to four decimals unless said otherwise. */
#define FOUR 0.00005

static void assert_interval(struct ca_interval i, double low, double high)
{
    ck_assert(i.defined);
    ck_assert_double_eq_tol(i.low, low, FOUR);
    ck_assert_double_eq_tol(i.high, high, FOUR);
}

START_TEST(percentages_round_half_up_from_the_ratio)
{
    static const struct {
        int64_t count, of, tenths, whole;
    } rows[] = {
        {17, 33, 515, 52},  {22, 33, 667, 67},  {4, 41, 98, 10},   {1, 33, 30, 3},
        {81, 119, 681, 68}, {33, 625, 53, 5},   {1, 8, 125, 13},   {1, 16, 63, 6},
        {1, 2000, 1, 0},    {1, 2001, 0, 0},    {1, 200, 5, 1},    {0, 7, 0, 0},
        {7, 7, 1000, 100},  {-1, 8, -125, -13}, {-1, 16, -63, -6}, {29, 200, 145, 15},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int64_t tenths = -1, whole = -1;
        ck_assert(ca_percent_tenths(rows[i].count, rows[i].of, &tenths));
        ck_assert(ca_percent_whole(rows[i].count, rows[i].of, &whole));
        ck_assert_int_eq(tenths, rows[i].tenths);
        ck_assert_int_eq(whole, rows[i].whole);
    }
}
END_TEST

START_TEST(no_observations_have_no_percentage)
{
    int64_t out = 42;
    ck_assert(!ca_percent_tenths(0, 0, &out));
    ck_assert(!ca_percent_whole(3, 0, &out));
    ck_assert(!ca_percent_change_tenths(1, 2, 0, 0, &out));
    ck_assert(!ca_percent_change_tenths(0, 0, 1, 2, &out));
    ck_assert(!ca_ratio_scaled(INT64_MAX, 1, 1000, &out));
    ck_assert_int_eq(out, 42);
}
END_TEST

START_TEST(a_difference_is_rounded_once)
{
    int64_t tenths = 0;
    /* 9.8% and 3.0% as printed, and −6.7 rather than −6.8 between them. */
    ck_assert(ca_percent_change_tenths(4, 41, 1, 33, &tenths));
    ck_assert_int_eq(tenths, -67);
    ck_assert(ca_percent_change_tenths(22, 41, 17, 33, &tenths));
    ck_assert_int_eq(tenths, -21);
    ck_assert(ca_percent_change_tenths(1, 2, 9, 16, &tenths));
    ck_assert_int_eq(tenths, 63);
    ck_assert(ca_percent_change_tenths(9, 16, 1, 2, &tenths));
    ck_assert_int_eq(tenths, -63);
    ck_assert(
        ca_percent_change_tenths(1000000000, 4000000000, 3000000000, 4000000000, &tenths));
    ck_assert_int_eq(tenths, 500);
    ck_assert_int_eq(ca_scaled(-0.0001, 100), 0);
    ck_assert_int_eq(ca_scaled(-0.25, 10), -3);
    ck_assert_int_eq(ca_scaled(0.3735, 1000), 374);
}
END_TEST

START_TEST(wilson_as_published)
{
    assert_interval(ca_wilson(81, 263), .2553, .3662);
    assert_interval(ca_wilson(15, 148), .0624, .1605);
    assert_interval(ca_wilson(0, 20), 0, .1611);
    assert_interval(ca_wilson(1, 29), .0061, .1718);
    ck_assert_int_eq(ca_scaled(ca_wilson(17, 33).low, 1000), 352);
    ck_assert_int_eq(ca_scaled(ca_wilson(17, 33).high, 1000), 675);
    ck_assert(ca_wilson(0, 20).low == 0);
    ck_assert(ca_wilson(20, 20).high == 1);
    ck_assert(ca_wilson(0, 1).defined);
    ck_assert(!ca_wilson(0, 0).defined);
    ck_assert(!ca_wilson(5, 4).defined);
    ck_assert(!ca_wilson(-1, 4).defined);
}
END_TEST

START_TEST(wilson_mirrors)
{
    for (int64_t n = 1; n <= 60; n++) {
        for (int64_t x = 0; x <= n; x++) {
            struct ca_interval a = ca_wilson(x, n), b = ca_wilson(n - x, n);
            double p = (double)x / (double)n;
            ck_assert(a.low >= 0 && a.low <= p && p <= a.high && a.high <= 1);
            ck_assert_double_eq_tol(a.low, 1 - b.high, 1e-12);
        }
    }
}
END_TEST

START_TEST(a_known_population_narrows_the_interval)
{
    assert_interval(ca_wilson_finite(24, 32, 200), .5936, .8603);
    assert_interval(ca_wilson_finite(24, 32, 32), .75, .75);
    ck_assert(ca_wilson_finite(24, 32, 32).low == .75);
    assert_interval(ca_wilson_finite(0, 1, 1), 0, 0);
    ck_assert(!ca_wilson_finite(24, 32, 31).defined);
    ck_assert(!ca_wilson_finite(0, 0, 10).defined);
    /* A population without end is no correction. */
    struct ca_interval plain = ca_wilson(24, 32);
    assert_interval(ca_wilson_finite(24, 32, INT64_C(1000000000)), plain.low, plain.high);
    double width = 1;
    for (int64_t all = 400; all >= 32; all--) {
        struct ca_interval i = ca_wilson_finite(24, 32, all);
        ck_assert(i.high - i.low < width);
        width = i.high - i.low;
    }
}
END_TEST

START_TEST(newcombe_as_published)
{
    /* Arguments are earlier, then later; published as later − earlier. */
    assert_interval(ca_newcombe(48, 80, 56, 70), .0524, .3339);
    assert_interval(ca_newcombe(3, 10, 9, 10), .1705, .8090);
    assert_interval(ca_newcombe(2, 7, 6, 7), .0582, .8062);
    assert_interval(ca_newcombe(0, 29, 5, 56), -.0381, .1926);
    assert_interval(ca_newcombe(0, 20, 0, 10), -.1611, .2775);
    assert_interval(ca_newcombe(0, 10, 0, 10), -.2775, .2775);
    assert_interval(ca_newcombe(0, 20, 10, 10), .6791, 1);
    assert_interval(ca_newcombe(0, 10, 10, 10), .6075, 1);
    struct ca_interval i = ca_newcombe(4, 41, 1, 33);
    ck_assert_int_eq(ca_scaled(i.low, 1000), -198);
    ck_assert_int_eq(ca_scaled(i.high, 1000), 69);
    ck_assert(!ca_newcombe(0, 0, 1, 2).defined);
    ck_assert(!ca_newcombe(1, 2, 0, 0).defined);
}
END_TEST

START_TEST(fisher_as_published)
{
    ck_assert_double_eq_tol(ca_fisher(3, 1, 1, 3).exact, .485714, 5e-7);
    ck_assert_double_eq_tol(ca_fisher(1, 9, 11, 3).exact, .002759, 5e-7);
    /* Fisher's twins, two-sided. */
    ck_assert_double_eq_tol(ca_fisher(2, 10, 15, 3).exact, .0005367, 5e-8);
    ck_assert_double_eq_tol(ca_fisher(4, 37, 1, 32).exact, .373, .0005);
    ck_assert(ca_fisher(0, 10, 0, 10).exact == 1);
    ck_assert(ca_fisher(10, 0, 10, 0).exact == 1);
    /* Mid-p: half of the tables that are as probable. */
    ck_assert_double_eq_tol(ca_fisher(1, 5, 5, 1).exact, .080087, 5e-7);
    ck_assert_double_eq_tol(ca_fisher(1, 5, 5, 1).mid, .041126, 5e-7);
    ck_assert_double_eq_tol(ca_fisher(3, 1, 1, 3).mid, .485714 - 16.0 / 70, 5e-7);
    ck_assert(ca_fisher(0, 10, 0, 10).mid == .5);
    ck_assert(!ca_fisher(0, 0, 1, 2).defined);
    ck_assert(!ca_fisher(1, 2, 0, 0).defined);
    ck_assert(!ca_fisher(-1, 2, 1, 1).defined);
}
END_TEST

static double choose(int64_t n, int64_t k)
{
    double c = 1;
    for (int64_t i = 1; i <= k; i++)
        c = c * (double)(n - k + i) / (double)i;
    return c;
}

START_TEST(fisher_equals_the_sum_over_all_tables)
{
    for (int64_t n1 = 1; n1 <= 9; n1++) {
        for (int64_t n2 = 1; n2 <= 8; n2++) {
            for (int64_t cell = 0; cell <= n1 * n2 + n1 + n2; cell++) {
                int64_t a = cell % (n1 + 1), c = cell / (n1 + 1);
                double all = choose(n1 + n2, a + c), sum = 0, equal = 0;
                double seen = choose(n1, a) * choose(n2, c);
                for (int64_t k = 0; k <= n1 && k <= a + c; k++) {
                    double ways = a + c - k > n2 ? 0 : choose(n1, k) * choose(n2, a + c - k);
                    sum += ways <= seen * (1 + 1e-7) ? ways : 0;
                    equal += fabs(ways - seen) <= seen * 1e-7 ? ways : 0;
                }
                struct ca_fisher p = ca_fisher(a, n1 - a, c, n2 - c);
                ck_assert(p.defined);
                ck_assert_double_eq_tol(p.exact, sum / all, 1e-12);
                ck_assert_double_eq_tol(p.mid, (sum - equal / 2) / all, 1e-12);
            }
        }
    }
}
END_TEST

START_TEST(fisher_takes_large_counts)
{
    /* Equal proportions are the most probable table. */
    ck_assert_double_eq_tol(ca_fisher(5000, 5000, 5000, 5000).exact, 1, 1e-9);
    ck_assert(ca_fisher(4000, 0, 0, 4000).mid < 1e-300);
    struct ca_fisher p = ca_fisher(5200, 4800, 5000, 5000);
    /* Close to the continuity-corrected chi-square at this size. */
    double d = fabs(5200.0 * 5000 - 4800.0 * 5000) - 10000;
    double chi = 20000 * d * d / (1e4 * 1e4 * 10200.0 * 9800.0);
    ck_assert_double_eq_tol(p.exact, ca_chi_square_p(chi, 1), 2e-5);
    ck_assert_double_eq_tol(p.exact, ca_fisher(5000, 5000, 5200, 4800).exact, 1e-12);
}
END_TEST

START_TEST(verdicts_follow_polarity)
{
    struct ca_value clear = {true, 0.0499}, unclear = {true, 0.05}, none = {false, 0};
    struct ca_interval apart = {true, .01, .2}, across = {true, -.01, .2};
    ck_assert_int_eq(ca_verdict_of_change(clear, apart, 1, CA_MORE_IS_BETTER), CA_IMPROVED);
    ck_assert_int_eq(ca_verdict_of_change(clear, apart, -1, CA_MORE_IS_BETTER), CA_WORSENED);
    ck_assert_int_eq(ca_verdict_of_change(clear, apart, 1, CA_FEWER_IS_BETTER), CA_WORSENED);
    ck_assert_int_eq(ca_verdict_of_change(clear, apart, -1, CA_FEWER_IS_BETTER), CA_IMPROVED);
    ck_assert_int_eq(ca_verdict_of_change(clear, apart, 1, CA_NEITHER_IS_BETTER), CA_HIGHER);
    ck_assert_int_eq(ca_verdict_of_change(clear, apart, -1, CA_NEITHER_IS_BETTER), CA_LOWER);
    ck_assert_int_eq(ca_verdict_of_change(unclear, across, 1, CA_MORE_IS_BETTER),
                     CA_NO_CLEAR_CHANGE);
    ck_assert_int_eq(ca_verdict_of_change(none, across, 1, CA_MORE_IS_BETTER),
                     CA_NO_CLEAR_CHANGE);
    /* Where the two disagree, neither is believed alone. */
    ck_assert_int_eq(ca_verdict_of_change(clear, across, 1, CA_MORE_IS_BETTER), CA_BORDERLINE);
    ck_assert_int_eq(ca_verdict_of_change(unclear, apart, 1, CA_FEWER_IS_BETTER),
                     CA_BORDERLINE);
    ck_assert_int_eq(ca_grade_polarity(0, 4), CA_MORE_IS_BETTER);
    ck_assert_int_eq(ca_grade_polarity(1, 4), CA_NEITHER_IS_BETTER);
    ck_assert_int_eq(ca_grade_polarity(3, 4), CA_FEWER_IS_BETTER);
    ck_assert_int_eq(ca_grade_polarity(1, 2), CA_FEWER_IS_BETTER);
}
END_TEST

START_TEST(a_comparison_tells_all)
{
    struct ca_difference c = ca_compare(4, 41, 1, 33, CA_FEWER_IS_BETTER);
    ck_assert(c.difference.defined && c.interval.defined && c.p.defined);
    ck_assert_double_eq_tol(c.difference.value, -.0673, FOUR);
    ck_assert_int_eq(ca_scaled(c.p.value, 1000), 269);
    ck_assert_str_eq(ca_verdict_words(c.verdict), "no clear change");
    /* 1 of 6, then 5 of 6: the exact test alone would say that nothing changed. */
    c = ca_compare(1, 6, 5, 6, CA_MORE_IS_BETTER);
    ck_assert(c.interval.low > 0 && c.p.value < .05);
    ck_assert_str_eq(ca_verdict_words(c.verdict), "improved");
    ck_assert_str_eq(ca_verdict_words(CA_BORDERLINE), "borderline");
    c = ca_compare(20, 40, 36, 40, CA_MORE_IS_BETTER);
    ck_assert_str_eq(ca_verdict_words(c.verdict), "improved");
    c = ca_compare(36, 40, 20, 40, CA_MORE_IS_BETTER);
    ck_assert_str_eq(ca_verdict_words(c.verdict), "worsened");
    c = ca_compare(36, 40, 20, 40, CA_NEITHER_IS_BETTER);
    ck_assert_str_eq(ca_verdict_words(c.verdict), "lower");
    c = ca_compare(0, 0, 20, 40, CA_MORE_IS_BETTER);
    ck_assert(!c.difference.defined && !c.interval.defined && !c.p.defined);
    ck_assert_str_eq(ca_verdict_words(c.verdict), "no clear change");
    ck_assert_str_eq(ca_verdict_words(CA_HIGHER), "higher");
    ck_assert_str_eq(ca_verdict_words(CA_IMPROVING), "improving");
    ck_assert_str_eq(ca_verdict_words(CA_WORSENING), "worsening");
}
END_TEST

START_TEST(tests_of_one_family)
{
    double p[] = {.04, .01, .03, .005};
    ca_holm(p, 4);
    static const double adjusted[] = {.06, .03, .06, .02};
    for (size_t i = 0; i < 4; i++)
        ck_assert_double_eq_tol(p[i], adjusted[i], 1e-12);
    double large[] = {.9, .8};
    ca_holm(large, 2);
    ck_assert(large[0] == 1 && large[1] == 1);
    ca_holm(NULL, 0);
}
END_TEST

START_TEST(exact_limits_of_a_month)
{
    /* P(X ≤ 0) of 10 at a half is .00098, P(X ≤ 1) .0107: 0 is outside. */
    struct ca_binomial_limits ten = ca_binomial_limits_of(10, .5, .00135);
    ck_assert_int_eq(ten.low, 1);
    ck_assert_int_eq(ten.high, 9);
    /* Three cannot be too few or too many, whatever they are. */
    struct ca_binomial_limits three = ca_binomial_limits_of(3, .5, .00135);
    ck_assert(three.low == 0 && three.high == 3);
    for (int64_t n = 1; n <= 40; n++)
        for (int tenth = 0; tenth < 10; tenth++) {
            struct ca_binomial_limits l = ca_binomial_limits_of(n, tenth / 10.0, .00135);
            double below = 0, at = pow(1 - tenth / 10.0, (double)n);
            ck_assert(l.low >= 0 && l.low <= l.high && l.high <= n);
            for (int64_t k = 0; k < l.low; k++) {
                below += at;
                at *= (double)(n - k) / (double)(k + 1) * tenth / (10.0 - tenth);
            }
            ck_assert(below < .00135 + 1e-9);
        }
    ck_assert_int_eq(ca_binomial_limits_of(100000, .5, .00135).low, 49526);
    ck_assert_int_eq(ca_binomial_limits_of(5, 1, .00135).low, 5);
    ck_assert_int_eq(ca_binomial_limits_of(5, 0, .00135).high, 0);
}
END_TEST

START_TEST(a_p_chart_has_limits_of_its_own_each_month)
{
    static const int64_t counts[] = {6, 7, 6, 0, 1, 6}, of[] = {10, 10, 10, 10, 1, 10};
    struct ca_binomial_limits limits[6];
    unsigned signals[6];
    struct ca_p_chart chart = ca_p_chart_of(counts, of, 6, limits, signals);
    ck_assert(chart.defined && chart.trial);
    ck_assert_double_eq_tol(chart.mean, 26.0 / 51, 1e-12);
    ck_assert_uint_eq(signals[3], CA_SIGNAL_OUTSIDE);
    for (size_t i = 0; i < 6; i++)
        ck_assert(i == 3 || signals[i] == 0);
    ck_assert(limits[4].low == 0 && limits[4].high == 1);
    ck_assert(!ca_p_chart_of(counts, of, 1, limits, signals).defined);
}
END_TEST

START_TEST(chi_square_tails)
{
    /* The 5% points of every table of the distribution. */
    static const double five[] = {3.841459, 5.991465, 7.814728, 9.487729, 11.070498, 12.591587};
    for (size_t k = 0; k < 6; k++)
        ck_assert_double_eq_tol(ca_chi_square_p(five[k], k + 1), .05, 1e-7);
    ck_assert_double_eq_tol(ca_chi_square_p(61.65623, 45), .05, 1e-7);
    ck_assert(ca_chi_square_p(0, 3) == 1);
    ck_assert(ca_chi_square_p(1e6, 3) < 1e-300);
}
END_TEST

START_TEST(linear_by_linear_as_published)
{
    static const int64_t counts[] = {17066, 48, 14464, 38, 788, 5, 126, 1, 37, 1};
    static const double drinks[] = {0, .5, 1.5, 4, 7}, present[] = {0, 1};
    struct ca_trend t = ca_trend_scored(counts, 5, 2, drinks, present);
    ck_assert(t.defined);
    ck_assert_double_eq_tol(t.m2, 6.570, .0005);
    ck_assert_double_eq_tol(t.p, .0104, FOUR);
    ck_assert(t.r > 0);
}
END_TEST

START_TEST(a_proportion_over_periods)
{
    /* Neglect as an assessment factor, four quarters. */
    static const int64_t count[] = {178, 152, 126, 98}, of[] = {1123, 1053, 836, 742};
    struct ca_trend t = ca_trend_of_proportion(count, of, 4);
    ck_assert_double_eq_tol(t.m2, 1.864, .0005);
    ck_assert_double_eq_tol(t.p, .172, .0005);
    ck_assert_int_eq(ca_verdict_of_trend(t, CA_FEWER_IS_BETTER), CA_NO_CLEAR_CHANGE);
    static const int64_t up[] = {10, 20, 30}, fifty[] = {50, 50, 50};
    t = ca_trend_of_proportion(up, fifty, 3);
    ck_assert(t.r > 0 && t.p < .05);
    ck_assert_int_eq(ca_verdict_of_trend(t, CA_MORE_IS_BETTER), CA_IMPROVING);
    ck_assert_int_eq(ca_verdict_of_trend(t, CA_FEWER_IS_BETTER), CA_WORSENING);
    ck_assert_int_eq(ca_verdict_of_trend(t, CA_NEITHER_IS_BETTER), CA_HIGHER);
    ck_assert(!ca_trend_of_proportion(up, fifty, 2).defined);
}
END_TEST

START_TEST(grades_over_periods)
{
    /* Outstanding first: more of the better grades in later periods. */
    static const int64_t better[] = {0, 5, 10, 5, 2, 10, 6, 2, 8, 9, 3, 0};
    static const int64_t worse[] = {8, 9, 3, 0, 2, 10, 6, 2, 0, 5, 10, 5};
    static const int64_t still[] = {0, 9, 0, 0, 0, 9, 0, 0, 0, 3, 0, 0};
    static const int64_t once[] = {3, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    static const int64_t lone[] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    struct ca_trend t = ca_trend_of_grades(better, 3, 4);
    ck_assert_int_eq(ca_verdict_of_trend(t, CA_MORE_IS_BETTER), CA_IMPROVING);
    struct ca_trend u = ca_trend_of_grades(worse, 3, 4);
    ck_assert_int_eq(ca_verdict_of_trend(u, CA_MORE_IS_BETTER), CA_WORSENING);
    ck_assert_double_eq_tol(t.r, -u.r, 1e-12);
    ck_assert(!ca_trend_of_grades(still, 3, 4).defined);
    ck_assert(!ca_trend_of_grades(once, 3, 4).defined);
    ck_assert(!ca_trend_of_grades(lone, 3, 4).defined);
    ck_assert(!ca_trend_of_grades(better, 2, 4).defined);
    ck_assert_int_eq(ca_verdict_of_trend(ca_trend_of_grades(still, 3, 4), CA_MORE_IS_BETTER),
                     CA_NO_CLEAR_CHANGE);
    /* Two extremes in perfect order: r is 1, M² is n − 1. */
    static const int64_t perfect[] = {0, 4, 0, 0, 0, 0, 4, 0, 0};
    static const double ends[] = {1, 2, 3};
    t = ca_trend_scored(perfect, 3, 3, ends, ends);
    ck_assert_double_eq_tol(t.r, -1, 1e-12);
    ck_assert_double_eq_tol(t.m2, 7, 1e-9);
}
END_TEST

START_TEST(kappa_as_published)
{
    static const int64_t pairs[] = {10, 4, 1, 0, 5, 10, 12, 2, 2, 4, 12, 5, 0, 2, 6, 13};
    struct ca_agreement a = ca_agreement_of(pairs, 4);
    ck_assert_double_eq_tol(a.kappa.value, .3449, FOUR);
    ck_assert_double_eq_tol(a.kappa_linear.value, .5082, FOUR);
    ck_assert_double_eq_tol(a.kappa_quadratic.value, .6607, FOUR);
    ck_assert_double_eq_tol(a.ac2.value, .7179, FOUR);
    ck_assert_int_eq(a.moderated, 88);
    ck_assert_int_eq(a.agreed, 45);
    ck_assert_int_eq(a.raised, 19);
    ck_assert_int_eq(a.lowered, 24);
    ck_assert_int_eq(a.shift_steps, -4);
    ck_assert_double_eq_tol(a.shift.value, -4.0 / 88, 1e-12);
    /* Two pathologists' readings of carcinoma (Agresti). */
    static const int64_t slides[] = {22, 2, 2, 0, 5, 7, 14, 0, 0, 2, 36, 0, 0, 1, 17, 10};
    ck_assert_double_eq_tol(ca_agreement_of(slides, 4).kappa.value, .493, .0005);
}
END_TEST

START_TEST(bowker_as_published)
{
    /* Unaided vision of the right and the left eye, 7,477 women. */
    static const int64_t eyes[] = {1520, 266, 124,  66,  234, 1512, 432, 78,
                                   117,  362, 1772, 205, 36,  82,   179, 492};
    struct ca_agreement a = ca_agreement_of(eyes, 4);
    ck_assert_double_eq_tol(a.bowker.value, 19.11, .005);
    ck_assert_uint_eq(a.bowker_freedom, 6);
    ck_assert_double_eq_tol(a.bowker_p.value, .004, .0005);
    /* With two grades it is McNemar's test: approval of the Prime Minister (Agresti). */
    static const int64_t approval[] = {794, 150, 86, 570};
    a = ca_agreement_of(approval, 2);
    ck_assert_double_eq_tol(a.bowker.value, 17.36, .005);
    ck_assert_uint_eq(a.bowker_freedom, 1);
}
END_TEST

START_TEST(agreement_without_meaning_is_undefined)
{
    static const int64_t nothing[9] = {0}, one[9] = {0, 0, 1}, same[9] = {0, 0, 0, 0, 6};
    struct ca_agreement a = ca_agreement_of(nothing, 3);
    ck_assert(!a.shift.defined && !a.kappa.defined && !a.ac2.defined && !a.bowker.defined);
    ck_assert_int_eq(a.moderated, 0);
    a = ca_agreement_of(one, 3);
    ck_assert_int_eq(a.lowered, 1);
    ck_assert(!a.shift.defined && !a.kappa_quadratic.defined && !a.ac2.defined);
    ck_assert(!a.bowker.defined && !a.bowker_p.defined);
    /* All in one grade: kappa is 0/0, but AC2 says full agreement. */
    a = ca_agreement_of(same, 3);
    ck_assert(!a.kappa.defined && !a.kappa_linear.defined && !a.kappa_quadratic.defined);
    ck_assert(a.ac2.defined && a.shift.defined && !a.bowker.defined);
    ck_assert_double_eq_tol(a.ac2.value, 1, 1e-12);
    ck_assert(a.shift.value == 0);
}
END_TEST

static const double dozen[] = {52, 55, 48, 60, 58, 54, 50, 57, 53, 61, 49, 56};

START_TEST(xmr_as_worked_by_hand)
{
    unsigned signals[12];
    struct ca_xmr x = ca_xmr_of(dozen, 12, signals);
    ck_assert(x.defined && !x.trial);
    ck_assert_double_eq_tol(x.mean, 54.4167, FOUR);
    ck_assert_double_eq_tol(x.lower, 37.4894, FOUR);
    ck_assert_double_eq_tol(x.upper, 71.3439, FOUR);
    for (size_t i = 0; i < 12; i++)
        ck_assert_uint_eq(signals[i], 0);
    ck_assert(ca_xmr_of(dozen, 11, NULL).trial);
    ck_assert(!ca_xmr_of(dozen, 1, signals).defined);
    ck_assert(!ca_xmr_of(dozen, 0, NULL).defined);
    ck_assert(ca_xmr_of(dozen, 2, NULL).defined);
}
END_TEST

START_TEST(xmr_drops_wild_ranges_once)
{
    /* Ranges: eight of 2 and one jump there and back of 40; 3.267 × their mean is below 40. */
    static const double jump[] = {10, 12, 10, 12, 52, 12, 10, 12, 10, 12, 10};
    unsigned signals[11];
    struct ca_xmr x = ca_xmr_of(jump, 11, signals);
    double mean = (10 * 5 + 12 * 5 + 52) / 11.0;
    ck_assert_double_eq_tol(x.mean, mean, 1e-9);
    ck_assert_double_eq_tol(x.upper, mean + 2.66 * 2, 1e-9);
    ck_assert(signals[4] & CA_SIGNAL_OUTSIDE);
    static const double flat[] = {100, 100, 100, 100, 100, 100, 100, 100};
    x = ca_xmr_of(flat, 8, signals);
    ck_assert(x.defined && x.lower == 100 && x.upper == 100);
    for (size_t i = 0; i < 8; i++)
        ck_assert_uint_eq(signals[i], 0);
}
END_TEST

START_TEST(a_flat_series_of_decimals_has_no_signal)
{
    double flat[13];
    unsigned signals[13];
    for (size_t i = 0; i < 13; i++)
        flat[i] = 100.0 * 2 / 3;
    ca_xmr_of(flat, 13, signals);
    for (size_t i = 0; i < 13; i++)
        ck_assert_uint_eq(signals[i], 0);
}
END_TEST

static unsigned marked(const unsigned *signals, size_t count, unsigned mask)
{
    unsigned bits = 0;
    for (size_t i = 0; i < count; i++)
        bits |= signals[i] & mask ? 1u << i : 0;
    return bits;
}

START_TEST(signals_of_runs)
{
    /* Seven above the mean, then six below: the run of seven counts alone. */
    static const double shift[] = {6, 7, 6, 7, 6, 7, 6, 1, 2, 1, 2, 1, 2};
    unsigned s[13];
    ca_xmr_of(shift, 13, s);
    ck_assert_uint_eq(marked(s, 13, CA_SIGNAL_SHIFT), 0x7f);
    /* Six rising steps are seven points; five are six points and no signal. */
    static const double rising[] = {5, 9, 1, 2, 3, 4, 5, 6, 7, 3};
    ca_xmr_of(rising, 10, s);
    ck_assert_uint_eq(marked(s, 10, CA_SIGNAL_TREND), 0x1fc);
    static const double shorter[] = {5, 9, 1, 2, 3, 4, 5, 6, 3};
    ca_xmr_of(shorter, 9, s);
    ck_assert_uint_eq(marked(s, 9, CA_SIGNAL_TREND), 0);
    static const double falling[] = {7, 6, 5, 4, 3, 2, 1};
    ca_xmr_of(falling, 7, s);
    ck_assert_uint_eq(marked(s, 7, CA_SIGNAL_TREND), 0x7f);
    /* An equal neighbour ends the stretch. */
    static const double level[] = {1, 2, 3, 4, 4, 5, 6, 7};
    ca_xmr_of(level, 8, s);
    ck_assert_uint_eq(marked(s, 8, CA_SIGNAL_TREND), 0);
}
END_TEST

START_TEST(signals_near_a_limit)
{
    /* Mean 50.07, mean range 2.69: limits at ±7.16, two thirds of the way at ±4.77. */
    static const double near[] = {50, 48, 50, 48, 50, 55, 52, 55, 50, 48, 50, 48, 50, 47};
    unsigned s[14];
    struct ca_xmr x = ca_xmr_of(near, 14, s);
    double line = x.mean + (x.upper - x.mean) * 2 / 3;
    ck_assert(near[5] > line && near[6] < line && near[5] < x.upper);
    ck_assert_uint_eq(marked(s, 14, CA_SIGNAL_NEAR), 1u << 5 | 1u << 7);
    ck_assert_uint_eq(marked(s, 14, CA_SIGNAL_OUTSIDE), 0);
}
END_TEST

START_TEST(signals_in_words)
{
    ck_assert_ptr_null(ca_signal_words(0));
    ck_assert_str_eq(ca_signal_words(CA_SIGNAL_NEAR | CA_SIGNAL_OUTSIDE), "outside limits");
    ck_assert_str_eq(ca_signal_words(CA_SIGNAL_NEAR | CA_SIGNAL_SHIFT), "7 on one side");
    ck_assert_str_eq(ca_signal_words(CA_SIGNAL_NEAR | CA_SIGNAL_TREND), "7 rising or falling");
    ck_assert_str_eq(ca_signal_words(CA_SIGNAL_NEAR), "2 of 3 beyond two thirds");
}
END_TEST

START_TEST(run_chart_limits)
{
    static const size_t rows[][3] = {{10, 6, 2}, {16, 7, 4}, {24, 8, 8}};
    for (size_t i = 0; i < 3; i++) {
        ck_assert_uint_eq(ca_longest_run_allowed(rows[i][0]), rows[i][1]);
        ck_assert_uint_eq(ca_fewest_crossings(rows[i][0]), rows[i][2]);
    }
    /* Near the normal approximation, where the powers of two have long underflowed. */
    ck_assert_double_eq_tol((double)ca_fewest_crossings(4001), 2000 - 1.6449 * sqrt(1000), 1.5);
    ck_assert_uint_eq(ca_fewest_crossings(1), 0);
}
END_TEST

START_TEST(run_chart_counts)
{
    struct ca_run_chart r = ca_run_chart_of(dozen, 12);
    ck_assert(r.defined && !r.signal);
    ck_assert_double_eq_tol(r.median, 54.5, 1e-12);
    ck_assert_uint_eq(r.useful, 12);
    /* − + − + + − − + − + − + */
    ck_assert_uint_eq(r.longest, 2);
    ck_assert_uint_eq(r.crossings, 9);
    static const double step[] = {1, 2, 1, 2, 1, 2, 3, 8, 9, 8, 9, 8, 9};
    r = ca_run_chart_of(step, 13);
    ck_assert_uint_eq(r.useful, 12);
    ck_assert_uint_eq(r.longest, 6);
    ck_assert_uint_eq(r.crossings, 1);
    ck_assert(r.signal);
    static const double flat[] = {4, 4, 4};
    ck_assert(!ca_run_chart_of(flat, 3).defined);
    ck_assert(!ca_run_chart_of(flat, 0).defined);
}
END_TEST

/* Against sorting and picking: quartile q of n is at place qn/4 of 1 to n. */
static int32_t picked(const int32_t *sorted, size_t n, size_t quarters)
{
    size_t place = n * quarters / 4;

    if (n * quarters % 4 != 0)
        return sorted[place];
    return (sorted[place - 1] + sorted[place] + 1) / 2;
}

static int compare_scores(const void *a, const void *b)
{
    return *(const int32_t *)a - *(const int32_t *)b;
}

START_TEST(quartiles_are_places_of_sorted_scores)
{
    struct ca_arena *arena = ca_arena_new();
    uint32_t seed = 1;

    for (size_t n = 1; n <= 60; n++) {
        struct ca_scores scores = {0};
        int32_t all[60];
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1103515245u + 12345u;
            all[i] = (int32_t)(seed >> 16) % (n % 2 != 0 ? 7 : 10001);
            ca_scores_add(arena, &scores, all[i]);
        }
        qsort(all, n, sizeof *all, compare_scores);
        ck_assert_int_eq(scores.count, (int64_t)n);
        for (size_t q = 1; q <= 3; q++)
            ck_assert_int_eq(ca_scores_quartile(&scores, (int)q), picked(all, n, q));
    }
    ca_arena_free(arena);
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("stats");
    UNIT_CASE(suite, "stats", percentages_round_half_up_from_the_ratio,
              no_observations_have_no_percentage, a_difference_is_rounded_once,
              wilson_as_published, wilson_mirrors, a_known_population_narrows_the_interval,
              newcombe_as_published, fisher_as_published, fisher_equals_the_sum_over_all_tables,
              fisher_takes_large_counts, verdicts_follow_polarity, a_comparison_tells_all,
              tests_of_one_family, exact_limits_of_a_month,
              a_p_chart_has_limits_of_its_own_each_month, chi_square_tails,
              linear_by_linear_as_published, a_proportion_over_periods, grades_over_periods,
              kappa_as_published, bowker_as_published, agreement_without_meaning_is_undefined,
              xmr_as_worked_by_hand, xmr_drops_wild_ranges_once,
              a_flat_series_of_decimals_has_no_signal, signals_of_runs, signals_near_a_limit,
              signals_in_words, run_chart_limits, run_chart_counts,
              quartiles_are_places_of_sorted_scores);
    return suite;
}
