/* Figures, and records of audits, that can be, and some that cannot. */
#include "tests/unit/unit.h"

#include "core/store/figures_fit.h"
#include "tests/support/store_fixture.h"

#define PERIOD                                                                                 \
    {                                                                                          \
        "2023-24", 19448, 19813                                                                \
    }

START_TEST(measures_are_parts_of_a_whole_or_means)
{
    ck_assert(ca_measure_fits(false, 0, 0));
    ck_assert(ca_measure_fits(false, 3, 3));
    ck_assert(ca_measure_fits(true, -7000, 3));
    ck_assert(!ca_measure_fits(false, -7, 3));
    ck_assert(!ca_measure_fits(false, 4, 3));
    ck_assert(!ca_measure_fits(true, 1, -1));
    ck_assert(!ca_measure_fits(true, INT64_C(1000000000001), 3));
    ck_assert(!ca_measure_fits(false, 1, INT64_C(1000000000001)));
}
END_TEST

START_TEST(counts_are_from_nought_in_periods_that_end_after_they_begin)
{
    struct ca_history history = {.period = PERIOD, .count = 5};
    struct ca_population population = {.period = PERIOD, .count = 5};
    struct ca_benchmark benchmark = {.period = PERIOD};

    ck_assert(ca_history_fits(&history));
    ck_assert(ca_population_fits(&population));
    ck_assert(ca_benchmark_fits(&benchmark));
    history.count = population.count = -1;
    ck_assert(!ca_history_fits(&history));
    ck_assert(!ca_population_fits(&population));
    history.count = population.count = INT64_C(1000000001);
    ck_assert(!ca_history_fits(&history));
    ck_assert(!ca_population_fits(&population));
    benchmark.period.to = benchmark.period.from - 1;
    ck_assert(!ca_benchmark_fits(&benchmark));
    benchmark.period.to = CA_NO_DATE;
    ck_assert(!ca_benchmark_fits(&benchmark));
}
END_TEST

START_TEST(indicators_are_ratios_or_values)
{
    struct ca_indicator ratio = {.period = PERIOD, .is_ratio = true, .denominator = 4},
                        value = {.period = PERIOD, .value = -2500};

    ck_assert(ca_indicator_fits(&ratio));
    ck_assert(ca_indicator_fits(&value));
    ratio.numerator = 5;
    ck_assert(!ca_indicator_fits(&ratio));
    ratio.numerator = -1;
    ck_assert(!ca_indicator_fits(&ratio));
    value.value = INT64_MIN;
    ck_assert(!ca_indicator_fits(&value));
    value.value = 0;
    value.polarity = (enum ca_polarity)3;
    ck_assert(!ca_indicator_fits(&value));
}
END_TEST

/* One after the other, a member of the record says what its template has not. */
START_TEST(records_point_to_what_their_template_has)
{
    struct ca_template t = store_template("1");
    struct ca_record good = store_record("R1", "<return/>", 19600), bad;
    struct ca_record_section section;
    struct ca_record_standard standard;
    struct ca_record_measure measure;
    struct ca_record_action action;

    t.full_marks = 100;
    ck_assert(ca_record_fits(&good, &t));
#define REFUSED(change)                                                                        \
    do {                                                                                       \
        bad = good;                                                                            \
        change;                                                                                \
        ck_assert_msg(!ca_record_fits(&bad, &t), "%s", #change);                               \
    } while (0)
    REFUSED(bad.grade = (int)t.grade_count);
    REFUSED(bad.cap = -2);
    REFUSED(bad.score = t.full_marks + 1);
    REFUSED(bad.status = 7);
    REFUSED(bad.case_ref = NULL);
    section = (struct ca_record_section){.section = (int)t.section_count, .agency = -1};
    REFUSED(bad.sections = &section; bad.section_count = 1);
    standard = (struct ca_record_standard){.agency = -1, .status = -1};
    REFUSED(bad.standards = &standard; bad.standard_count = 1);
    measure = (struct ca_record_measure){"m", "M", false, -7, 3};
    REFUSED(bad.measures = &measure; bad.measure_count = 1);
    measure = (struct ca_record_measure){NULL, "M", false, 1, 3};
    REFUSED(bad.measures = &measure; bad.measure_count = 1);
    action = (struct ca_record_action){.id = NULL, .standard = -1, .agency = -1};
    REFUSED(bad.actions = &action; bad.action_count = 1);
#undef REFUSED
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("figures_fit");

    UNIT_CASE(suite, "figures", measures_are_parts_of_a_whole_or_means,
              counts_are_from_nought_in_periods_that_end_after_they_begin,
              indicators_are_ratios_or_values, records_point_to_what_their_template_has);
    return suite;
}
