/* Partials as bytes: what a store may hold comes back, and what it may not is no partial. */
#include "tests/unit/unit.h"

#include "core/base/arena.h"
#include "core/base/buffer.h"
#include "core/insight/partial.h"

#define PERIOD                                                                                 \
    {                                                                                          \
        "2023-24", 19448, 19813                                                                \
    }

/* One audit by a template with one measure, and a figure of each kind. */
struct whole {
    struct ca_stored_part measure;
    struct ca_stored_template template;
    struct ca_tally_measure counted;
    struct ca_partial_result result;
    struct ca_population population;
    struct ca_history history;
    struct ca_indicator indicator;
    ca_partial_return id;
    struct ca_partial_authority authorities[2];
    const char *document;
    struct ca_partial partial;
};

static void make(struct whole *w)
{
    *w = (struct whole){
        .measure = {.id = "on-time"},
        .counted = {0, 2, 3},
        .population = {.name = "t", .period = PERIOD, .count = 40, .authority = "dudley"},
        .history = {.template_id = "t",
                    .grade = "good",
                    .period = PERIOD,
                    .count = 4,
                    .authority = "dudley"},
        .indicator = {.id = "visits",
                      .label = "Visits",
                      .period = PERIOD,
                      .is_ratio = true,
                      .numerator = 1,
                      .denominator = 2,
                      .authority = "dudley"},
        .authorities = {{"dudley", 0}, {"sandwell", 1}},
        .id = 7,
        .document = "<template/>"};
    w->template = (struct ca_stored_template){.id = "t",
                                              .version = "1",
                                              .framework = "maap",
                                              .unit = "file",
                                              .measures = {&w->measure, 1},
                                              .effective_from = CA_NO_DATE,
                                              .effective_to = CA_NO_DATE};
    w->result = (struct ca_partial_result){.tally = {.audit_date = 19500,
                                                     .grade = -1,
                                                     .computed = -1,
                                                     .recomputed = -1,
                                                     .judged = -1,
                                                     .moderated = -1,
                                                     .cap = -1,
                                                     .measures = &w->counted,
                                                     .measure_count = 1}};
    w->partial = (struct ca_partial){.question = {.as_of = CA_NO_DATE},
                                     .material = {.year_start = 4,
                                                  .templates = &w->template,
                                                  .template_count = 1,
                                                  .last = CA_NO_DATE,
                                                  .populations = &w->population,
                                                  .population_count = 1,
                                                  .history = &w->history,
                                                  .history_count = 1,
                                                  .indicators = &w->indicator,
                                                  .indicator_count = 1},
                                     .documents = &w->document,
                                     .authorities = w->authorities,
                                     .authority_count = 2,
                                     .results = &w->result,
                                     .result_count = 1,
                                     .returns = &w->id,
                                     .return_count = 1};
}

static bool comes_back(const struct whole *w)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_buffer bytes = {0};
    struct ca_partial back;
    bool good;

    ca_partial_pack(&w->partial, &bytes);
    good = ca_partial_unpack(arena, bytes.data, bytes.length, &back);
    if (good)
        ck_assert_int_eq(back.results[0].tally.measures[0].denominator, w->counted.denominator);
    ca_buffer_free(&bytes);
    ca_arena_free(arena);
    return good;
}

START_TEST(what_can_be_comes_back)
{
    struct whole w;

    make(&w);
    ck_assert(comes_back(&w));
    w.measure.detail = 1; /* a mean may be more than its count, and less than nothing */
    w.counted = (struct ca_tally_measure){0, -7000, 3};
    ck_assert(comes_back(&w));
}
END_TEST

START_TEST(figures_that_cannot_be_are_no_partial)
{
    struct whole w;

    make(&w);
    w.counted.numerator = 51; /* of 3 */
    ck_assert(!comes_back(&w));
    make(&w);
    w.counted.numerator = -1;
    ck_assert(!comes_back(&w));
    make(&w);
    w.counted.measure = 1; /* of one */
    ck_assert(!comes_back(&w));
    make(&w);
    w.population.count = -1;
    ck_assert(!comes_back(&w));
    make(&w);
    w.history.period.to = w.history.period.from - 1;
    ck_assert(!comes_back(&w));
    make(&w);
    w.indicator.numerator = 3; /* of 2 */
    ck_assert(!comes_back(&w));
    make(&w);
    w.result.authority = 2; /* of two */
    ck_assert(!comes_back(&w));
    make(&w);
    w.history.authority = "walsall"; /* of whom it says nothing */
    ck_assert(!comes_back(&w));
    make(&w);
    w.authorities[1].name = "dudley"; /* twice */
    ck_assert(!comes_back(&w));
    make(&w);
    w.authorities[1].name = "Sand well";
    ck_assert(!comes_back(&w));
}
END_TEST

Suite *unit_suite(void)
{
    Suite *suite = suite_create("partial");

    UNIT_CASE(suite, "bytes", what_can_be_comes_back, figures_that_cannot_be_are_no_partial);
    return suite;
}
