#ifndef CA_INSIGHT_STATS_H
#define CA_INSIGHT_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The statistics of the summary: pure functions over counts. Samples are
 * small (20 to 50 files a quarter), so every proportion comes with an
 * interval and every change with a verdict in words. This is the only place
 * where floating point is used; printed percentages are still rounded from
 * the exact ratio of integers (see ca_percent_tenths).
 *
 * A result that does not exist (0 observations, 0/0, or fewer than two
 * observations) says so in `defined`; its figures are then 0 and mean nothing.
 *
 * Level 95% throughout.
 */
#define CA_STATS_Z     1.959963984540054
#define CA_STATS_ALPHA 0.05

struct ca_value {
    bool defined;
    double value;
};

struct ca_interval {
    bool defined;
    double low, high; /* proportions, not percentages */
};

/* ---- Percentages: from the exact ratio, half away from zero (percent.c) ---- */

/* numerator / denominator × scale as an integer; denominator may be negative.
 * False if the denominator is 0 or the result does not fit; *out is left alone. */
bool ca_ratio_scaled(int64_t numerator, int64_t denominator, int64_t scale, int64_t *out);

/* Tenths of a per cent (515 is 51.5%) and whole per cents. False without observations. */
bool ca_percent_tenths(int64_t count, int64_t of, int64_t *tenths);
bool ca_percent_whole(int64_t count, int64_t of, int64_t *percent);

/* Later minus earlier in tenths of a percentage point, rounded once from the
 * exact difference, so it may differ by a tenth from the two rounded figures. */
bool ca_percent_change_tenths(int64_t earlier, int64_t earlier_of, int64_t later,
                              int64_t later_of, int64_t *tenths);

/* value × scale to the nearest integer, half away from zero: a proportion with
 * scale 1000 gives tenths of a per cent. An integer has no "-0.0". */
int64_t ca_scaled(double value, int64_t scale);

/* ---- Proportions (proportion.c) ---- */

/* Wilson score interval (Wilson 1927; Newcombe 1998a, method 3). Undefined
 * unless 0 ≤ count ≤ of and of > 0. */
struct ca_interval ca_wilson(int64_t count, int64_t of);

/*
 * The same when the `of` audits were drawn at random from `population` cases:
 * Wilson with n' = n(N−1)/(N−n) and the same proportion. All cases audited
 * gives a point. Undefined as ca_wilson, and when population < of, which
 * callers must refuse beforehand. Only to be used when every audit of the
 * period was selected `random` or `stratified`.
 */
struct ca_interval ca_wilson_finite(int64_t count, int64_t of, int64_t population);

/* Newcombe's hybrid score interval of a difference (1998b, method 10): later
 * minus earlier. Undefined if either side has no observations. */
struct ca_interval ca_newcombe(int64_t earlier, int64_t earlier_of, int64_t later,
                               int64_t later_of);

/*
 * Fisher's test of [[a, b], [c, d]], two-sided. exact: the sum of all tables with these
 * margins that are no more probable than this one (relative tolerance 1e-7). mid: the same
 * with half of those that are as probable, which does not err on the side of "no change" as
 * the exact one does (Lydersen, Fagerland, Laake 2009). Takes time in proportion to the
 * smallest margin. Undefined if a row is empty or a count is negative.
 */
struct ca_fisher {
    bool defined;
    double exact, mid;
};

struct ca_fisher ca_fisher(int64_t a, int64_t b, int64_t c, int64_t d);

/* Makes p of several tests of one family safe to be looked at together (Holm 1979): the
 * smallest is multiplied by how many there are, the next by one fewer and so on, none below
 * the one before it, none above 1. In place; order is kept. */
void ca_holm(double *p, size_t count);

/* ---- Verdicts (verdict.c) ---- */

enum ca_better { CA_MORE_IS_BETTER, CA_FEWER_IS_BETTER, CA_NEITHER_IS_BETTER };

enum ca_verdict {
    CA_NO_CLEAR_CHANGE,
    CA_BORDERLINE, /* p and the interval disagree about 0 */
    CA_IMPROVED,
    CA_WORSENED,
    CA_HIGHER,
    CA_LOWER,
    CA_IMPROVING,
    CA_WORSENING
};

/* "no clear change", "improved" … as printed. */
const char *ca_verdict_words(enum ca_verdict verdict);

/* Of the grades of a scale (0 is the best), the best is better when more, the
 * worst when fewer, the others neither. */
enum ca_better ca_grade_polarity(size_t grade, size_t grades);

/* Whether the interval of a difference is on one side of 0. */
bool ca_leaves_out_zero(struct ca_interval interval);

/* Verdict of a change: direction is the sign of later minus earlier. A change is one if p is
 * below 0.05; without that there is no clear change. Where p says the one and the interval
 * the other, it is borderline. */
enum ca_verdict ca_verdict_of_change(struct ca_value p, struct ca_interval interval,
                                     int direction, enum ca_better polarity);

/* Whether the verdict is that something changed: neither unclear nor borderline. */
bool ca_is_clear(enum ca_verdict verdict);
/* Whether it says that things got, or get, better; or worse. */
bool ca_is_better(enum ca_verdict verdict);
bool ca_is_worse(enum ca_verdict verdict);

/* Everything that is printed about one proportion of two periods. */
struct ca_difference {
    struct ca_value difference; /* later minus earlier, a proportion */
    struct ca_interval interval;
    struct ca_value p; /* mid-p of Fisher's test */
    enum ca_verdict verdict;
};

struct ca_difference ca_compare(int64_t earlier, int64_t earlier_of, int64_t later,
                                int64_t later_of, enum ca_better polarity);

/* ---- Trends (trend.c) ---- */

/* Linear-by-linear association (Agresti 2002, section 3.4): M² = (n−1)·r²,
 * chi-square with one degree of freedom. */
struct ca_trend {
    bool defined;
    double r, m2, p;
};

/* counts: rows × columns, row by row; scores ascending or not, as wanted.
 * Undefined with fewer than two observations or no variation in either. */
struct ca_trend ca_trend_scored(const int64_t *counts, size_t rows, size_t columns,
                                const double *row_scores, const double *column_scores);

/* counts: periods in order × grades best first. A positive r means better over
 * time. Undefined with fewer than three periods. */
struct ca_trend ca_trend_of_grades(const int64_t *counts, size_t periods, size_t grades);

/* One proportion over periods; a positive r means that it rises. */
struct ca_trend ca_trend_of_proportion(const int64_t *count, const int64_t *of, size_t periods);

/* By the sign of r when p < 0.05: improving or worsening; for a figure of which
 * neither direction is better, higher or lower; otherwise no clear change. */
enum ca_verdict ca_verdict_of_trend(struct ca_trend trend, enum ca_better polarity);

/* Upper tail of the chi-square distribution; 1 if statistic ≤ 0. freedom ≥ 1. */
double ca_chi_square_p(double statistic, size_t freedom);

/* ---- Agreement of auditor and moderator (agreement.c) ---- */

struct ca_agreement {
    int64_t moderated; /* all pairs */
    int64_t agreed;    /* exact agreement is agreed of moderated */
    int64_t raised, lowered;
    int64_t shift_steps; /* sum of grade steps; the shift is this over moderated */
    struct ca_value
        shift; /* mean signed shift, moderated minus auditor's; better is positive */
    struct ca_value kappa; /* unweighted (Cohen) */
    struct ca_value kappa_linear;
    struct ca_value kappa_quadratic;
    struct ca_value ac2; /* Gwet's AC2, quadratic weights */
    /* Bowker's test of symmetry. Pairs of grades between which nobody moved
     * carry no degree of freedom; undefined if nobody moved at all. */
    struct ca_value bowker;
    size_t bowker_freedom;
    struct ca_value bowker_p;
};

/* pairs: grades × grades, rows the auditor's grade, columns the moderated one,
 * best first. All statistics are undefined with fewer than two pairs. */
struct ca_agreement ca_agreement_of(const int64_t *pairs, size_t grades);

/* ---- Series (signals.c, xmr.c, p_chart.c, runs.c) ---- */

/* Signals of a point; several may hold. */
#define CA_SIGNAL_OUTSIDE 1u /* outside the limits */
#define CA_SIGNAL_SHIFT   2u /* one of 7 or more in a row on one side of the mean */
#define CA_SIGNAL_TREND   4u /* one of 7 or more in a row rising or falling */
#define CA_SIGNAL_NEAR    8u /* one of 2 in 3 beyond two thirds of the way to one limit */

/* The strongest in words, in the order above; NULL without a signal. */
const char *ca_signal_words(unsigned signals);

/* XmR chart: mean ± 2.66 × mean moving range, where moving ranges ≥ 3.267 ×
 * their mean are dropped once. With fewer than 12 points limits are trial. */
struct ca_xmr {
    bool defined; /* two points or more */
    bool trial;
    double mean, lower, upper;
};

/* signals: NULL, or room for one mask for each point. */
struct ca_xmr ca_xmr_of(const double *values, size_t count, unsigned *signals);

/* The counts within which n trials with this probability stay but for `tail` at each side,
 * exactly: the smallest k for which P(X ≤ k) is at least tail, and at least 1 − tail. */
struct ca_binomial_limits {
    int64_t low, high;
};

struct ca_binomial_limits ca_binomial_limits_of(int64_t trials, double probability,
                                                double tail);

/*
 * p-chart (Montgomery): the proportion of all months together, and for each month the exact
 * limits at its own number (limits: room for count). Signals are those outside the limits, 7
 * on one side and 7 rising or falling. Months without observations are not to be among them.
 */
struct ca_p_chart {
    bool defined; /* two points or more */
    bool trial;   /* fewer than 12 */
    double mean;
};

struct ca_p_chart ca_p_chart_of(const int64_t *counts, const int64_t *of, size_t count,
                                struct ca_binomial_limits *limits, unsigned *signals);

/* Run chart around the median (Anhøj 2015); points on the median are left out. */
struct ca_run_chart {
    bool defined; /* two useful points or more */
    double median;
    size_t useful;
    size_t longest, longest_allowed;
    size_t crossings, fewest_crossings;
    bool signal; /* longest > longest_allowed or crossings < fewest_crossings */
};

struct ca_run_chart ca_run_chart_of(const double *values, size_t count);

/* round(log2 n + 3) and qbinom(0.05, n − 1, 0.5) for n ≥ 1 useful points. */
size_t ca_longest_run_allowed(size_t useful);
size_t ca_fewest_crossings(size_t useful);

#endif
