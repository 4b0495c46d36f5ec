/* What figures can be. */
#include "core/store/figures_fit.h"

/* Most that a measure can count, as for frameworks (core/frameworks/handed.c); and most that
 * somebody can count in a spreadsheet or measure (core/cli/figures_csv.c), in thousandths. */
#define MOST_COUNTED INT64_C(1000000000000)
#define MOST_FIGURE  INT64_C(1000000000)
#define MOST_VALUE   (MOST_FIGURE * 1000)

static bool within(int64_t value, int64_t least, int64_t most)
{
    return value >= least && value <= most;
}

static bool period_fits(const struct ca_stored_period *period)
{
    return period->id != NULL && period->from != CA_NO_DATE && period->to != CA_NO_DATE &&
           period->from <= period->to;
}

bool ca_measure_fits(bool mean, int64_t numerator, int64_t denominator)
{
    return within(denominator, 0, MOST_COUNTED) &&
           (mean ? within(numerator, -MOST_COUNTED, MOST_COUNTED)
                 : within(numerator, 0, denominator));
}

bool ca_history_fits(const struct ca_history *history)
{
    return period_fits(&history->period) && within(history->count, 0, MOST_FIGURE);
}

bool ca_indicator_fits(const struct ca_indicator *indicator)
{
    return period_fits(&indicator->period) && indicator->polarity >= CA_POLARITY_NONE &&
           indicator->polarity <= CA_POLARITY_DOWN &&
           (indicator->is_ratio ? within(indicator->denominator, 0, MOST_FIGURE) &&
                                      within(indicator->numerator, 0, indicator->denominator)
                                : within(indicator->value, -MOST_VALUE, MOST_VALUE));
}

bool ca_population_fits(const struct ca_population *population)
{
    return period_fits(&population->period) && within(population->count, 0, MOST_FIGURE);
}

bool ca_benchmark_fits(const struct ca_benchmark *benchmark)
{
    return period_fits(&benchmark->period);
}
