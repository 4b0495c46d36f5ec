/* What is said of a change or a trend, from its p and its direction. */
#include "core/insight/stats.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/arena.h"

const char *ca_verdict_words(enum ca_verdict verdict)
{
    static const char *const words[] = {
        [CA_NO_CLEAR_CHANGE] = "no clear change",
        [CA_BORDERLINE] = "borderline",
        [CA_IMPROVED] = "improved",
        [CA_WORSENED] = "worsened",
        [CA_HIGHER] = "higher",
        [CA_LOWER] = "lower",
        [CA_IMPROVING] = "improving",
        [CA_WORSENING] = "worsening",
    };
    return words[verdict];
}

enum ca_better ca_grade_polarity(size_t grade, size_t grades)
{
    if (grade == 0)
        return CA_MORE_IS_BETTER;
    return grade + 1 == grades ? CA_FEWER_IS_BETTER : CA_NEITHER_IS_BETTER;
}

static bool is_significant(struct ca_value p, int direction)
{
    return p.defined && p.value < CA_STATS_ALPHA && direction != 0;
}

bool ca_leaves_out_zero(struct ca_interval interval)
{
    return interval.defined && (interval.low > 0 || interval.high < 0);
}

bool ca_is_clear(enum ca_verdict verdict)
{
    return verdict != CA_NO_CLEAR_CHANGE && verdict != CA_BORDERLINE;
}

bool ca_is_better(enum ca_verdict verdict)
{
    return verdict == CA_IMPROVED || verdict == CA_IMPROVING;
}

bool ca_is_worse(enum ca_verdict verdict)
{
    return verdict == CA_WORSENED || verdict == CA_WORSENING;
}

enum ca_verdict ca_verdict_of_change(struct ca_value p, struct ca_interval interval,
                                     int direction, enum ca_better polarity)
{
    static const enum ca_verdict verdicts[][2] = {
        [CA_MORE_IS_BETTER] = {CA_WORSENED, CA_IMPROVED},
        [CA_FEWER_IS_BETTER] = {CA_IMPROVED, CA_WORSENED},
        [CA_NEITHER_IS_BETTER] = {CA_LOWER, CA_HIGHER},
    };
    bool clear = is_significant(p, direction);

    if (clear != ca_leaves_out_zero(interval))
        return CA_BORDERLINE;
    return clear ? verdicts[polarity][direction > 0] : CA_NO_CLEAR_CHANGE;
}

enum ca_verdict ca_verdict_of_trend(struct ca_trend trend, enum ca_better polarity)
{
    static const enum ca_verdict verdicts[][2] = {
        [CA_MORE_IS_BETTER] = {CA_WORSENING, CA_IMPROVING},
        [CA_FEWER_IS_BETTER] = {CA_IMPROVING, CA_WORSENING},
        [CA_NEITHER_IS_BETTER] = {CA_LOWER, CA_HIGHER},
    };
    struct ca_value p = {trend.defined, trend.p};
    int direction = (trend.r > 0) - (trend.r < 0);
    return is_significant(p, direction) ? verdicts[polarity][direction > 0]
                                        : CA_NO_CLEAR_CHANGE;
}

struct ca_difference ca_compare(int64_t earlier, int64_t earlier_of, int64_t later,
                                int64_t later_of, enum ca_better polarity)
{
    struct ca_difference change = {
        .interval = ca_newcombe(earlier, earlier_of, later, later_of),
        .verdict = CA_NO_CLEAR_CHANGE,
    };
    if (!change.interval.defined)
        return change;
    change.difference = (struct ca_value){true, (double)later / (double)later_of -
                                                    (double)earlier / (double)earlier_of};
    struct ca_fisher test = ca_fisher(earlier, earlier_of - earlier, later, later_of - later);
    change.p = (struct ca_value){test.defined, test.mid};
    __int128 sign = (__int128)later * earlier_of - (__int128)earlier * later_of;
    change.verdict =
        ca_verdict_of_change(change.p, change.interval, (sign > 0) - (sign < 0), polarity);
    return change;
}

void ca_holm(double *p, size_t count)
{
    bool *done = ca_xcalloc(count + 1, sizeof *done);
    double least = 0;

    for (size_t left = count; left > 0; left--) {
        size_t next = count;
        for (size_t i = 0; i < count; i++)
            if (!done[i] && (next == count || p[i] < p[next]))
                next = i;
        done[next] = true;
        least = fmax(least, fmin(1, p[next] * (double)left));
        p[next] = least;
    }
    free(done);
}
