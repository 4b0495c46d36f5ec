#ifndef CA_INSIGHT_SIGNALS_PRIVATE_H
#define CA_INSIGHT_SIGNALS_PRIVATE_H

#include "core/insight/stats.h"

/* What the XmR chart and the p-chart share. */

enum { CA_FULL_SERIES = 12 }; /* with fewer points limits are trial */

/* 1 above line, −1 below, 0 on it: a mean of decimals may miss by a rounding. */
int ca_side_of(double value, double line);

/* Adds the signals of runs, on one side of the mean and rising or falling. count ≥ 1. */
void ca_mark_runs(const double *values, size_t count, double mean, unsigned *signals);

#endif
