#include "tests/support/summary_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/unit.h"

static const struct ca_stored_grade grades[] = {
    {"outstanding", "Outstanding", "O", 300, 250, true},
    {"good", "Good", "G", 200, 150, true},
    {"requires-improvement", "Requires improvement to be good", "RI", 100, 50, false},
    {"inadequate", "Inadequate", "In", 0, 0, false},
};

static enum ca_code each(void *context, ca_tally_visit visit, void *visit_context,
                         struct ca_error *error)
{
    struct fixture *f = context;

    (void)error;
    for (size_t i = 0; i < f->count; i++)
        if (!visit(visit_context, &f->tallies[i]))
            break;
    return CA_OK;
}

struct fixture *fixture_new(void)
{
    struct fixture *f = ca_xcalloc(1, sizeof *f);

    f->arena = ca_arena_new();
    f->material = (struct ca_material){.year_start = CA_YEAR_START_APRIL,
                                       .whole_framework = true,
                                       .last = CA_NO_DATE,
                                       .templates = f->templates,
                                       .each = each,
                                       .context = f};
    return f;
}

void fixture_free(struct fixture *f)
{
    ca_arena_free(f->arena);
    free(f->tallies);
    free(f);
}

static struct ca_stored_parts parts(struct fixture *f, const char *prefix, size_t count)
{
    static const char *const attributes[] = {"team", "route"};
    struct ca_stored_part *items = CA_ARRAY(f->arena, count, struct ca_stored_part);

    for (size_t i = 0; i < count; i++) {
        items[i].id = strcmp(prefix, "a") == 0 && i < 2
                          ? attributes[i]
                          : ca_arena_printf(f->arena, "%s%zu", prefix, i);
        items[i].label = ca_arena_printf(f->arena, "Label of %s", items[i].id);
        items[i].parent = -1;
    }
    return (struct ca_stored_parts){items, count};
}

/* The closed lists of attributes: that of team is not in the order of the alphabet. */
static const struct ca_stored_part values[] = {
    {.id = "west", .label = "West", .parent = 0},
    {.id = "north", .label = "North", .parent = 0},
    {.id = "adoption", .label = "adoption", .parent = 1},
    {.id = "kin", .label = "kin", .parent = 1}};
static const struct ca_stored_parts closed_lists = {values, 4};

void fixture_template(struct fixture *f, const struct shape *shape)
{
    struct ca_stored_template *t = &f->templates[f->material.template_count++];

    ck_assert_uint_le(f->material.template_count, 4);
    *t = (struct ca_stored_template){
        .id = shape->id,
        .version = "1",
        .framework = "graded-standards",
        .title = ca_arena_printf(f->arena, "Audit by %s", shape->id),
        .unit = "child",
        .out_of = 3,
        .judged = !shape->computed,
        .effective_from = CA_NO_DATE,
        .effective_to = CA_NO_DATE,
        .retired_on = CA_NO_DATE,
        .grades = grades,
        .grade_count = 4,
        .sections = parts(f, "s", shape->sections),
        .agencies = parts(f, "g", shape->agencies),
        .attributes = parts(f, "a", shape->attributes),
        .measures = parts(f, "m", shape->measures),
        .limits = parts(f, "l", shape->limits),
        .alerts = parts(f, "x", shape->alerts),
        .themes = parts(f, "t", shape->themes),
    };
    if (shape->attributes > 0)
        t->values = closed_lists;
    for (size_t i = 0; i < shape->measures; i++)
        ((struct ca_stored_part *)t->measures.items)[i].detail = i == 1;
}

struct ca_tally *fixture_audit(struct fixture *f, const char *date, int grade)
{
    struct ca_stored_template *t = &f->templates[f->material.template_count - 1];
    struct ca_tally *tally;

    if (f->count == f->room) {
        f->room = f->room * 2 + 64;
        f->tallies = ca_xrealloc(f->tallies, f->room, sizeof *f->tallies);
    }
    tally = &f->tallies[f->count++];
    *tally = (struct ca_tally){.template = t,
                               .result = (int64_t)f->count,
                               .grade = grade,
                               .computed = grade,
                               .recomputed = -1,
                               .judged = grade,
                               .moderated = -1,
                               .cap = -1,
                               .selection = CA_SELECTION_RANDOM};
    tally->attributes = FIXTURE_ARRAY(f, t->attributes.count, const char *);
    ck_assert(ca_date_parse(date, &tally->audit_date));
    t->audits++;
    if (f->material.last == CA_NO_DATE || tally->audit_date > f->material.last)
        f->material.last = tally->audit_date;
    return tally;
}

/* ---- figures ---- */

static struct ca_stored_period period_of(struct fixture *f, const char *text)
{
    struct ca_period period;

    ck_assert_int_eq(ca_period_parse(text, f->material.year_start, &period, NULL), CA_OK);
    return (struct ca_stored_period){ca_arena_strdup(f->arena, period.id), period.from,
                                     period.to};
}

#define ADD(f, array, count, item)                                                             \
    do {                                                                                       \
        void *grown = ca_arena_array((f)->arena, (count) + 1, sizeof(item));                   \
        if ((count) > 0)                                                                       \
            memcpy(grown, (array), (count) * sizeof(item));                                    \
        (array) = grown;                                                                       \
        memcpy((void *)&(array)[(count)++], &(item), sizeof(item));                            \
    } while (0)

void fixture_population(struct fixture *f, const char *period, int64_t count)
{
    struct ca_population item = {false, f->templates[0].id, period_of(f, period), count, NULL};

    ADD(f, f->material.populations, f->material.population_count, item);
}

void fixture_benchmark(struct fixture *f, const char *name, const char *period)
{
    struct ca_benchmark item = {name, f->templates[0].id, period_of(f, period)};

    ADD(f, f->material.benchmarks, f->material.benchmark_count, item);
}

void fixture_history(struct fixture *f, const char *period, int grade, int64_t count)
{
    struct ca_history item = {f->templates[0].id, grades[grade].id, period_of(f, period), count,
                              NULL};

    ADD(f, f->material.history, f->material.history_count, item);
}

void fixture_indicator(struct fixture *f, const char *id, const char *period, int64_t numerator,
                       int64_t denominator, enum ca_polarity polarity)
{
    struct ca_indicator item = {id,
                                id,
                                period_of(f, period),
                                denominator > 0,
                                numerator,
                                denominator,
                                numerator * 1000,
                                polarity,
                                NULL,
                                NULL,
                                NULL};

    ADD(f, f->material.indicators, f->material.indicator_count, item);
}

/* ---- making ---- */

struct ca_summary_request fixture_request(void)
{
    return (struct ca_summary_request){.as_of = CA_NO_DATE};
}

struct ca_summary *fixture_summary(struct fixture *f, const struct ca_summary_request *request)
{
    struct ca_summary *summary = NULL;
    struct ca_error error = {.message = ""};

    if (ca_summary_make(&f->material, request, &summary, &error) != CA_OK)
        ck_abort_msg("no summary: %s", error.message);
    return summary;
}

const char *fixture_refusal(struct fixture *f, const struct ca_summary_request *request)
{
    struct ca_summary *summary = NULL;
    struct ca_error error = {.message = ""};

    if (ca_summary_make(&f->material, request, &summary, &error) == CA_OK)
        ck_abort_msg("there is a summary");
    return ca_arena_strdup(f->arena, error.message);
}
