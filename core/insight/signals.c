/* Signals of a series that hold for every chart of it: long runs on one side, or one way. */
#include "core/insight/signals_private.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/arena.h"

#define RUN_LENGTH 7

const char *ca_signal_words(unsigned signals)
{
    static const struct {
        unsigned mask;
        const char *words;
    } table[] = {
        {CA_SIGNAL_OUTSIDE, "outside limits"},
        {CA_SIGNAL_SHIFT, "7 on one side"},
        {CA_SIGNAL_TREND, "7 rising or falling"},
        {CA_SIGNAL_NEAR, "2 of 3 beyond two thirds"},
    };
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (signals & table[i].mask)
            return table[i].words;
    return NULL;
}

int ca_side_of(double value, double line)
{
    double slack = 1e-9 * fmax(1, fabs(line));
    return (value > line + slack) - (value < line - slack);
}

/* Marks each point of every stretch of RUN_LENGTH or more with the same sign.
 * Where signs are those of steps, `extra` is 1: a stretch has one point more. */
static void mark_runs(const int *signs, size_t count, size_t extra, unsigned mask,
                      unsigned *signals)
{
    size_t start = 0;
    for (size_t i = 1; i <= count; i++) {
        if (i < count && signs[i] == signs[start])
            continue;
        if (signs[start] != 0 && i - start + extra >= RUN_LENGTH)
            for (size_t k = start; k < i + extra; k++)
                signals[k] |= mask;
        start = i;
    }
}

void ca_mark_runs(const double *values, size_t count, double mean, unsigned *signals)
{
    int *signs = ca_xcalloc(count, sizeof *signs);

    for (size_t i = 0; i < count; i++)
        signs[i] = ca_side_of(values[i], mean);
    mark_runs(signs, count, 0, CA_SIGNAL_SHIFT, signals);
    for (size_t i = 0; i + 1 < count; i++)
        signs[i] = ca_side_of(values[i + 1], values[i]);
    mark_runs(signs, count - 1, 1, CA_SIGNAL_TREND, signals);
    free(signs);
}
