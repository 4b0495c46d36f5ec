/* From a store to a partial. */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/insight/partial.h"
#include "core/store/record.h"

struct taking {
    struct ca_store *store;
    const struct ca_summary_request *request;
    struct ca_arena *arena;
    const struct ca_material *material;
    bool outline, listed; /* without results; but with cases */
    struct ca_partial *partial;
    int64_t *whole; /* results that were not erased, ascending */
    size_t whole_count;
    struct ca_error *error;
    enum ca_code code;
};

static const char *copy(struct taking *t, const char *text)
{
    return text != NULL ? ca_arena_strdup(t->arena, text) : NULL;
}

static void *copy_array(struct taking *t, const void *items, size_t count, size_t size)
{
    void *copied = ca_arena_array(t->arena, count, size);

    if (count > 0)
        memcpy(copied, items, count * size);
    return copied;
}

#define COPY(t, of, items, count)                                                              \
    ((of)->items = copy_array((t), (of)->items, (of)->count, sizeof *(of)->items))

/* ---- the question ---- */

static const char **copy_list(struct taking *t, const char *const *words, size_t count)
{
    const char **list = CA_ARRAY(t->arena, count, const char *);

    for (size_t i = 0; i < count; i++)
        list[i] = copy(t, words[i]);
    return list;
}

static void take_question(struct taking *t)
{
    const struct ca_summary_request *r = t->request;

    t->partial->question =
        (struct ca_summary_request){.templates = copy_list(t, r->templates, r->template_count),
                                    .template_count = r->template_count,
                                    .framework = copy(t, r->framework),
                                    .period = copy(t, r->period),
                                    .periods = copy(t, r->periods),
                                    .compare = copy(t, r->compare),
                                    .by = copy_list(t, r->by, r->by_count),
                                    .by_count = r->by_count,
                                    .as_of = r->as_of};
}

/* ---- templates and figures ---- */

/* As stored, where the material has changed measures set apart. */
static enum ca_code take_templates(struct taking *t, const struct ca_query *query)
{
    struct ca_partial *p = t->partial;
    struct ca_stored_template *templates;
    struct ca_buffer bytes = {0};

    t->code = ca_store_templates(t->store, query, t->arena, &templates,
                                 &p->material.template_count, t->error);
    if (t->code != CA_OK)
        return t->code;
    p->material.templates = templates;
    p->documents = CA_ARRAY(t->arena, p->material.template_count, const char *);
    for (size_t i = 0; i < p->material.template_count && t->code == CA_OK; i++) {
        ca_buffer_clear(&bytes);
        t->code = ca_store_find_template(t->store, templates[i].id, templates[i].version,
                                         &bytes, NULL, NULL, t->error);
        p->documents[i] = ca_arena_strndup(t->arena, bytes.data, bytes.length);
    }
    ca_buffer_free(&bytes);
    return t->code;
}

static void copy_period(struct taking *t, struct ca_stored_period *period)
{
    period->id = copy(t, period->id);
}

static const char *whose(const struct taking *t)
{
    return t->partial->authorities[0].name;
}

static void take_populations(struct taking *t, struct ca_material *m)
{
    struct ca_population *rows =
        (struct ca_population *)COPY(t, m, populations, population_count);

    for (size_t i = 0; i < m->population_count; i++) {
        rows[i].name = copy(t, rows[i].name);
        rows[i].authority = whose(t);
        copy_period(t, &rows[i].period);
    }
}

static void take_benchmarks(struct taking *t, struct ca_material *m)
{
    struct ca_benchmark *rows = (struct ca_benchmark *)COPY(t, m, benchmarks, benchmark_count);

    for (size_t i = 0; i < m->benchmark_count; i++) {
        rows[i].name = copy(t, rows[i].name);
        rows[i].template_id = copy(t, rows[i].template_id);
        copy_period(t, &rows[i].period);
    }
}

static void take_history(struct taking *t, struct ca_material *m)
{
    struct ca_history *rows = (struct ca_history *)COPY(t, m, history, history_count);

    for (size_t i = 0; i < m->history_count; i++) {
        rows[i].template_id = copy(t, rows[i].template_id);
        rows[i].grade = copy(t, rows[i].grade);
        rows[i].authority = whose(t);
        copy_period(t, &rows[i].period);
    }
}

static void take_indicators(struct taking *t, struct ca_material *m)
{
    struct ca_indicator *rows = (struct ca_indicator *)COPY(t, m, indicators, indicator_count);

    for (size_t i = 0; i < m->indicator_count; i++) {
        rows[i].id = copy(t, rows[i].id);
        rows[i].authority = whose(t);
        rows[i].label = copy(t, rows[i].label);
        rows[i].footnote = copy(t, rows[i].footnote);
        rows[i].template_id = copy(t, rows[i].template_id);
        copy_period(t, &rows[i].period);
    }
}

static void take_figures(struct taking *t)
{
    struct ca_material *m = &t->partial->material;
    const struct ca_material *from = t->material;

    m->year_start = from->year_start;
    m->whole_framework = from->whole_framework;
    m->last = from->last;
    m->dropped = from->dropped;
    m->populations = from->populations;
    m->population_count = from->population_count;
    m->benchmarks = from->benchmarks;
    m->benchmark_count = from->benchmark_count;
    m->history = from->history;
    m->history_count = from->history_count;
    m->indicators = from->indicators;
    m->indicator_count = from->indicator_count;
    take_populations(t, m);
    take_benchmarks(t, m);
    take_history(t, m);
    take_indicators(t, m);
}

static bool note_publication(void *context, const char *name, const char *value)
{
    struct taking *t = context;

    (void)value;
    if (strncmp(name, CA_PUBLICATION_SETTING, strlen(CA_PUBLICATION_SETTING)) == 0)
        t->partial->published = true;
    return !t->partial->published;
}

/* ---- results ---- */

static bool note_whole(void *context, int64_t result, const char *first, const char *latest,
                       bool erased)
{
    struct taking *t = context;

    (void)first;
    (void)latest;
    if (!erased)
        *CA_ARENA_APPEND(t->arena, t->whole, t->whole_count) = result;
    return true;
}

static int by_result(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static bool keep_score(void *context, int section, int agency, int32_t score)
{
    struct taking *t = context;
    struct ca_partial_result *r = &t->partial->results[t->partial->result_count - 1];

    *CA_ARENA_APPEND(t->arena, r->scores, r->score_count) =
        (struct ca_partial_score){section, agency, score};
    return true;
}

static bool keep_result(void *context, const struct ca_tally *tally)
{
    struct taking *t = context;
    struct ca_partial *p = t->partial;
    struct ca_partial_result *r = CA_ARENA_APPEND(t->arena, p->results, p->result_count);
    struct ca_tally *y = &r->tally;

    r->place = (size_t)(tally->template - t->material->templates);
    r->erased = t->whole_count == 0 || bsearch(&tally->result, t->whole, t->whole_count,
                                               sizeof *t->whole, by_result) == NULL;
    *y = *tally;
    y->template = NULL;
    COPY(t, y, sections, section_count);
    COPY(t, y, agencies, agency_count);
    COPY(t, y, measures, measure_count);
    COPY(t, y, alerts, alert_count);
    COPY(t, y, limits, limit_count);
    COPY(t, y, themes, theme_count);
    COPY(t, y, actions, action_count);
    y->attributes = copy_list(t, tally->attributes, tally->template->attributes.count);
    t->code = t->material->scores(t->material->context, tally, keep_score, t, t->error);
    return t->code == CA_OK;
}

static enum ca_code take_results(struct taking *t)
{
    enum ca_code code = ca_store_each_counted(t->store, note_whole, t, t->error);

    if (code == CA_OK)
        code = t->material->each(t->material->context, keep_result, t, t->error);
    return code == CA_OK ? t->code : code;
}

/* ---- cases, and whose they are ---- */

static bool keep_alert(void *context, const struct ca_stored_alert *alert)
{
    struct taking *t = context;
    struct ca_partial *p = t->partial;

    if (alert->severity != CA_REVIEW)
        *CA_ARENA_APPEND(t->arena, p->cases, p->case_count) =
            (struct ca_partial_case){.return_id = copy(t, alert->return_id),
                                     .case_ref = copy(t, alert->case_ref),
                                     .text = copy(t, alert->message),
                                     .severity = alert->severity,
                                     .audit_date = alert->audit_date,
                                     .due = CA_NO_DATE,
                                     .completed = CA_NO_DATE};
    return true;
}

/* None is ever overdue that has no day. */
static bool keep_action(void *context, const struct ca_stored_action *action)
{
    struct taking *t = context;
    struct ca_partial *p = t->partial;

    if (action->due != CA_NO_DATE)
        *CA_ARENA_APPEND(t->arena, p->cases, p->case_count) =
            (struct ca_partial_case){.return_id = copy(t, action->return_id),
                                     .case_ref = copy(t, action->case_ref),
                                     .id = copy(t, action->id),
                                     .owner = copy(t, action->owner),
                                     .text = copy(t, action->text),
                                     .severity = CA_REVIEW,
                                     .audit_date = action->audit_date,
                                     .due = action->due,
                                     .completed = action->completed};
    return true;
}

static bool keep_return(void *context, const struct ca_stored_grading *grading)
{
    struct taking *t = context;
    uint8_t digest[CA_SHA256_SIZE];
    ca_partial_return bits = 0;

    ca_sha256(grading->return_id, strlen(grading->return_id), digest);
    for (size_t i = 0; i < sizeof bits; i++)
        bits = bits << 8 | digest[i];
    *CA_ARENA_APPEND(t->arena, t->partial->returns, t->partial->return_count) = bits;
    return true;
}

static int by_bits(const void *a, const void *b)
{
    ca_partial_return x = *(const ca_partial_return *)a, y = *(const ca_partial_return *)b;

    return (x > y) - (x < y);
}

static enum ca_code take_cases(struct taking *t, const struct ca_query *query)
{
    const struct ca_action_filter filter = {.query = *query, .overdue = CA_NO_DATE};
    enum ca_code code = ca_store_each_alert(t->store, query, keep_alert, t, t->error);

    if (code == CA_OK)
        code = ca_store_each_action(t->store, &filter, keep_action, t, t->error);
    return code;
}

static enum ca_code take_returns(struct taking *t, const struct ca_query *query)
{
    struct ca_partial *p = t->partial;
    enum ca_code code = ca_store_each_grading(t->store, query, NULL, keep_return, t, t->error);

    if (p->return_count > 1)
        qsort(p->returns, p->return_count, sizeof *p->returns, by_bits);
    return code;
}

static void take_whose(struct taking *t)
{
    struct ca_partial *p = t->partial;

    p->authority_count = 1;
    p->authorities = CA_NEW(t->arena, struct ca_partial_authority);
    *p->authorities =
        (struct ca_partial_authority){copy(t, t->material->authority), t->material->dropped};
}

static enum ca_code take(void *context, const struct ca_material *material,
                         const struct ca_query *query, struct ca_error *error)
{
    struct taking *t = context;
    enum ca_code code;

    t->material = material;
    t->error = error;
    take_question(t);
    take_whose(t);
    take_figures(t);
    code = take_templates(t, query);
    if (code == CA_OK)
        code = ca_store_each_setting(t->store, note_publication, t, error);
    if (code == CA_OK && !t->outline)
        code = take_results(t);
    if (code == CA_OK && (!t->outline || t->listed))
        code = take_cases(t, query);
    return code == CA_OK && !t->outline ? take_returns(t, query) : code;
}

enum ca_code ca_partial_outline(struct ca_store *store,
                                const struct ca_summary_request *request, const char *authority,
                                bool listed, struct ca_arena *arena, struct ca_partial *out,
                                struct ca_error *error)
{
    struct taking t = {.store = store,
                       .request = request,
                       .arena = arena,
                       .outline = true,
                       .listed = listed,
                       .partial = out};

    *out = (struct ca_partial){.name = authority};
    return ca_with_material(store, request, authority, true, take, &t, error);
}

static enum ca_code take_all(struct ca_store *store, const struct ca_summary_request *request,
                             struct ca_arena *arena, struct ca_partial *out,
                             struct ca_error *error)
{
    const char **names;
    struct ca_partial *parts;
    size_t count;
    enum ca_code code = ca_authorities_asked(store, request, arena, &names, &count, error);

    if (code != CA_OK)
        return code;
    parts = CA_ARRAY(arena, count, struct ca_partial);
    for (size_t i = 0; i < count && code == CA_OK; i++) {
        struct taking t = {
            .store = store, .request = request, .arena = arena, .partial = &parts[i]};
        parts[i].name = names[i];
        code = ca_with_material(store, request, names[i], count > 1, take, &t, error);
    }
    if (code == CA_OK && count > 1)
        return ca_partial_join(arena, parts, count, out, error);
    if (code == CA_OK)
        *out = parts[0];
    return code;
}

enum ca_code ca_partial_take(struct ca_store *store, const struct ca_summary_request *request,
                             struct ca_arena *arena, struct ca_partial *out,
                             struct ca_error *error)
{
    enum ca_code code = ca_store_begin_reading(store, error);

    if (code != CA_OK)
        return code;
    code = take_all(store, request, arena, out, error);
    ca_store_end_reading(store);
    return code;
}
