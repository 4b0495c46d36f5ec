/* Counts of answers that add up over returns: scoring rules, section 8. */
#include "core/scoring/measures.h"

#include <string.h>

static bool counted(const struct ca_measure *measure, const struct ca_outcome *o,
                    int32_t full_marks)
{
    if (measure->counts == NULL)
        return o->score == full_marks;
    for (size_t i = 0; i < measure->counts_count; i++)
        if (o->answer != NULL && strcmp(o->answer, measure->counts[i]) == 0)
            return true;
    return false;
}

static void add_proportion(struct ca_measured *sum, const struct ca_measure *measure,
                           const struct ca_template *t, const struct ca_outcome *o)
{
    if (o->gaps > 0) { /* a frequency adds each of its gaps */
        sum->numerator += o->kept;
        sum->denominator += o->gaps;
    } else if (o->score >= 0) {
        sum->numerator += counted(measure, o, t->full_marks);
        sum->denominator++;
    }
}

static void add_mean(struct ca_measured *sum, const struct ca_outcome *o)
{
    if (!o->has_value && o->days < 0)
        return;
    sum->numerator += o->has_value ? o->value : (int64_t)o->days * 1000;
    sum->denominator++;
}

void ca_gather_measures(struct ca_result *result, const struct ca_pass *pass)
{
    const struct ca_template *t = pass->template;

    result->measure_count = t->measure_count + pass->own_measure_count;
    result->measures = CA_ARRAY(pass->arena, result->measure_count, struct ca_measured);
    for (size_t i = 0; i < t->measure_count; i++) {
        const struct ca_measure *measure = &t->measures[i];
        struct ca_measured *sum = &result->measures[i];
        *sum = (struct ca_measured){
            .id = measure->id, .label = measure->label, .mean = measure->mean};
        for (size_t a = 0; a < pass->columns; a++) {
            const struct ca_outcome *o = ca_pass_outcome(pass, measure->standard, a);
            if (o->present && measure->mean)
                add_mean(sum, o);
            else if (o->present)
                add_proportion(sum, measure, t, o);
        }
    }
    for (size_t i = 0; i < pass->own_measure_count; i++)
        result->measures[t->measure_count + i] = pass->own_measures[i];
}
