/* Groups beside each other as a funnel: small ones scatter more by chance. */
#include "core/insight/summary_private.h"

enum { FEWEST_GROUPS = 3, MOST_LIMITS = 400 };

/* Two and a half per cent at each side, and one in a thousand. */
#define USUAL_TAIL 0.025
#define WIDE_TAIL  0.001

static int64_t tenths_of(int64_t count, int64_t of)
{
    int64_t tenths = 0;

    ca_percent_tenths(count, of, &tenths);
    return tenths;
}

static int outside_of(int64_t count, int64_t of, double mean)
{
    struct ca_binomial_limits usual = ca_binomial_limits_of(of, mean, USUAL_TAIL);
    struct ca_binomial_limits wide = ca_binomial_limits_of(of, mean, WIDE_TAIL);

    if (count < wide.low || count > wide.high)
        return 2;
    return count < usual.low || count > usual.high;
}

static void draw_limits(struct ca_plan *plan, struct ca_summary_funnel *f, int64_t most,
                        double mean)
{
    int64_t step = most / MOST_LIMITS + 1;

    f->limits =
        CA_ARRAY(plan->arena, (size_t)(most / step) + 1, struct ca_summary_funnel_limits);
    for (int64_t n = 1; n <= most; n += step) {
        struct ca_binomial_limits usual = ca_binomial_limits_of(n, mean, USUAL_TAIL);
        struct ca_binomial_limits wide = ca_binomial_limits_of(n, mean, WIDE_TAIL);
        f->limits[f->limit_count++] = (struct ca_summary_funnel_limits){
            n, tenths_of(usual.low, n), tenths_of(usual.high, n), tenths_of(wide.low, n),
            tenths_of(wide.high, n)};
    }
}

void ca_plan_funnel(struct ca_plan *plan)
{
    const struct ca_summary_row *total =
        &plan->summary->rows[plan->latest * (1 + plan->group_count)];
    struct ca_summary_funnel *f = &plan->summary->funnel;
    int64_t most = 0;
    double mean;

    f->mean = total->positive.tenths;
    if (!ca_is_shown(f->mean))
        return;
    mean = (double)total->positive.count.value / (double)total->positive.of.value;
    f->points = CA_ARRAY(plan->arena, plan->group_count, struct ca_summary_funnel_point);
    for (size_t g = 1; g <= plan->group_count; g++) {
        const struct ca_share *share = &total[g].positive;
        if (!ca_is_shown(share->tenths))
            continue;
        f->points[f->point_count++] = (struct ca_summary_funnel_point){
            total[g].name, share->of, share->tenths,
            outside_of(share->count.value, share->of.value, mean)};
        most = share->of.value > most ? share->of.value : most;
    }
    if (f->point_count < FEWEST_GROUPS)
        f->point_count = 0;
    else
        draw_limits(plan, f, most + most / 10 + 1, mean);
}
