#ifndef CA_STORE_FIGURES_FIT_H
#define CA_STORE_FIGURES_FIT_H

#include "core/store/store.h"

/*
 * Can these figures be? Asked where they go into a store, and again where they are read from
 * one: what does not fit would be added up all the same.
 */
bool ca_measure_fits(bool mean, int64_t numerator, int64_t denominator);
bool ca_history_fits(const struct ca_history *history);
bool ca_indicator_fits(const struct ca_indicator *indicator);
bool ca_population_fits(const struct ca_population *population);
bool ca_benchmark_fits(const struct ca_benchmark *benchmark);

#endif
