/* From the store to the material of a summary. */
#include "core/insight/summarise.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/suggest.h"
#include "core/base/decimal.h"
#include "core/insight/measure_changes.h"

/* What is counted, in the register of publications. */
struct element {
    int64_t result;
    const char *text;
};

struct reading {
    struct ca_store *store;
    const struct ca_summary_request *request;
    struct ca_arena *arena;
    struct ca_query query; /* which templates */
    struct ca_material material;
    bool among; /* it is one of several authorities, which need not have all templates */
    struct ca_summary *summary; /* that cases are being added to */
    struct element *elements;   /* by result */
    size_t element_count;
};

/* The arrays are const to all but their reader. */
#define APPEND(r, array, count, item)                                                          \
    memcpy((void *)CA_ARENA_APPEND((r)->arena, (array), (count)), &(item), sizeof(item))

static const char *copy(struct reading *r, const char *text)
{
    return text != NULL ? ca_arena_strdup(r->arena, text) : NULL;
}

static bool is_wanted(const struct reading *r, const char *template_id)
{
    for (size_t i = 0; i < r->material.template_count; i++)
        if (strcmp(r->material.templates[i].id, template_id) == 0)
            return true;
    return false;
}

/* ---- figures ---- */

static bool keep_population(void *context, const struct ca_population *population)
{
    struct reading *r = context;
    struct ca_population kept = *population;

    kept.name = copy(r, kept.name);
    kept.period.id = copy(r, kept.period.id);
    APPEND(r, r->material.populations, r->material.population_count, kept);
    return true;
}

static bool keep_benchmark(void *context, const struct ca_benchmark *benchmark)
{
    struct reading *r = context;
    struct ca_benchmark kept = *benchmark;

    kept.name = copy(r, kept.name);
    kept.template_id = copy(r, kept.template_id);
    kept.period.id = copy(r, kept.period.id);
    APPEND(r, r->material.benchmarks, r->material.benchmark_count, kept);
    return true;
}

static bool keep_history(void *context, const struct ca_history *history)
{
    struct reading *r = context;
    struct ca_history kept = *history;

    if (!is_wanted(r, history->template_id))
        return true;
    kept.template_id = copy(r, kept.template_id);
    kept.grade = copy(r, kept.grade);
    kept.period.id = copy(r, kept.period.id);
    APPEND(r, r->material.history, r->material.history_count, kept);
    return true;
}

static bool keep_indicator(void *context, const struct ca_indicator *indicator)
{
    struct reading *r = context;
    struct ca_indicator kept = *indicator;

    if (indicator->template_id != NULL && !is_wanted(r, indicator->template_id))
        return true;
    kept.id = copy(r, kept.id);
    kept.label = copy(r, kept.label);
    kept.footnote = copy(r, kept.footnote);
    kept.template_id = copy(r, kept.template_id);
    kept.period.id = copy(r, kept.period.id);
    APPEND(r, r->material.indicators, r->material.indicator_count, kept);
    return true;
}

static enum ca_code read_figures(struct reading *r, struct ca_error *error)
{
    enum ca_code code = ca_store_each_population(r->store, keep_population, r, error);

    if (code == CA_OK)
        code = ca_store_each_benchmark(r->store, keep_benchmark, r, error);
    if (code == CA_OK)
        code = ca_store_each_history(r->store, keep_history, r, error);
    if (code == CA_OK)
        code = ca_store_each_indicator(r->store, keep_indicator, r, error);
    return code;
}

static enum ca_code read_year_start(struct reading *r, struct ca_error *error)
{
    struct ca_buffer value = {0};
    enum ca_code code = ca_store_setting(r->store, "year-start", &value, error);
    int64_t month;

    r->material.year_start = CA_YEAR_START_APRIL;
    if (code == CA_OK && ca_integer_parse(value.data, 1, 12, &month))
        r->material.year_start = (int)month;
    ca_buffer_free(&value);
    return code == CA_ERROR_NOT_FOUND ? CA_OK : code;
}

/* ---- which templates ---- */

/* The different ids of templates, those with audits if there are any. */
static size_t distinct(const struct ca_stored_template *templates, size_t count, bool used,
                       const char **ids)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        if ((templates[i].audits > 0 || !used) &&
            (found == 0 || strcmp(ids[found - 1], templates[i].id) != 0))
            ids[found++] = templates[i].id;
    return found;
}

/* "a, b, c" */
static const char *list_of(struct ca_arena *arena, const char *const *names, size_t count)
{
    const char *list = "";

    for (size_t i = 0; i < count; i++)
        list = ca_arena_printf(arena, "%s%s%s", list, i > 0 ? ", " : "", names[i]);
    return list;
}

static enum ca_code unknown_template(struct reading *r, const char *id,
                                     const struct ca_stored_template *all, size_t count,
                                     struct ca_error *error)
{
    const char **ids = CA_ARRAY(r->arena, count, const char *);
    size_t known = distinct(all, count, false, ids);
    const char *hint = ca_did_you_mean(r->arena, id, ids, known);

    if (strchr(id, '@') != NULL)
        return ca_fail(
            error, CA_ERROR_USAGE,
            "'%s' names one version, and a summary is of all of them; leave '%s' out", id,
            strchr(id, '@'));
    return ca_fail(error, CA_ERROR_USAGE, "the store has no template '%s'%s%s has %s", id, hint,
                   *hint != '\0' ? " It" : "; it",
                   known > 0 ? list_of(r->arena, ids, known) : "none yet");
}

static enum ca_code unknown_framework(struct reading *r, const struct ca_stored_template *all,
                                      size_t count, struct ca_error *error)
{
    const char **names = CA_ARRAY(r->arena, count, const char *);
    size_t known = 0, k;

    for (size_t i = 0; i < count; i++) {
        for (k = 0; k < known && strcmp(names[k], all[i].framework) != 0;)
            k++;
        if (k == known)
            names[known++] = all[i].framework;
    }
    return ca_fail(error, CA_ERROR_USAGE, "the store has no template of the framework '%s'%s%s",
                   r->request->framework, known > 0 ? "; it has templates of " : "",
                   known > 0 ? list_of(r->arena, names, known) : "");
}

static bool has_template(const struct ca_stored_template *all, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].id, id) == 0)
            return true;
    return false;
}

/* Without a choice: the only template with audits. */
static enum ca_code choose_only(struct reading *r, const struct ca_stored_template *all,
                                size_t count, struct ca_error *error)
{
    const char **ids = CA_ARRAY(r->arena, count, const char *);
    size_t used = distinct(all, count, true, ids);

    if (used == 0)
        used = distinct(all, count, false, ids);
    if (used == 1) {
        r->query.template_ids = ids;
        r->query.template_count = 1;
        return CA_OK;
    }
    if (used == 0)
        return ca_fail(error, CA_ERROR_USAGE,
                       "the store has no templates yet; 'caseaudit template load' adds them");
    return ca_fail(error, CA_ERROR_USAGE,
                   "choose with --template, --framework or --series: the store has %s",
                   list_of(r->arena, ids, used));
}

static enum ca_code choose(struct reading *r, const struct ca_stored_template *all,
                           size_t count, struct ca_error *error)
{
    const struct ca_summary_request *request = r->request;
    const char **ids = CA_ARRAY(r->arena, request->template_count, const char *);

    if (request->template_count == 0 && request->framework == NULL)
        return choose_only(r, all, count, error);
    r->query.template_ids = ids;
    for (size_t i = 0; i < request->template_count; i++)
        if (has_template(all, count, request->templates[i]))
            ids[r->query.template_count++] = request->templates[i];
        else if (!r->among)
            return unknown_template(r, request->templates[i], all, count, error);
    r->query.framework = request->framework;
    return CA_OK;
}

/* Whether all audits of the framework are by the templates chosen. */
static bool is_whole_framework(const struct reading *r, const struct ca_stored_template *all,
                               size_t count)
{
    const char *framework = r->material.templates[0].framework;

    for (size_t i = 0; i < count; i++)
        if (all[i].audits > 0 && strcmp(all[i].framework, framework) == 0 &&
            !is_wanted(r, all[i].id))
            return false;
    return true;
}

static enum ca_code document_of(void *context, const struct ca_stored_template *t,
                                struct ca_buffer *bytes, struct ca_error *error)
{
    return ca_store_find_template(context, t->id, t->version, bytes, NULL, NULL, error);
}

static enum ca_code read_templates(struct reading *r, struct ca_error *error)
{
    const struct ca_query any = {.from = CA_NO_DATE, .to = CA_NO_DATE};
    struct ca_stored_template *all, *chosen;
    const struct ca_documents documents = {document_of, r->store, r->request->apart};
    struct ca_measure_change *changes = NULL;
    struct ca_erased_counts erased;
    size_t count, chosen_count;
    enum ca_code code = ca_store_templates(r->store, &any, r->arena, &all, &count, error);
    ca_date first;

    if (code == CA_OK)
        code = choose(r, all, count, error);
    if (code == CA_OK)
        code = ca_store_templates(r->store, &r->query, r->arena, &chosen, &chosen_count, error);
    if (code != CA_OK)
        return code;
    if (chosen_count == 0)
        return unknown_framework(r, all, count, error);
    r->material.templates = chosen;
    r->material.template_count = chosen_count;
    r->material.whole_framework = is_whole_framework(r, all, count);
    code = ca_measure_changes(&documents, r->arena, chosen, chosen_count, &changes,
                              &r->material.change_count, error);
    r->material.changes = changes;
    if (code == CA_OK)
        code = ca_store_erased_counts(r->store, &r->query, CA_NO_DATE, &erased, error);
    if (code != CA_OK)
        return code;
    r->material.dropped = erased.dropped;
    return ca_store_span(r->store, chosen, chosen_count, &first, &r->material.last, error);
}

/* ---- results and cases ---- */

static enum ca_code each(void *context, ca_tally_visit visit, void *visit_context,
                         struct ca_error *error)
{
    struct reading *r = context;

    return ca_store_each_tally(r->store, r->material.templates, r->material.template_count,
                               CA_NO_DATE, CA_NO_DATE, visit, visit_context, error);
}

static enum ca_code scores(void *context, const struct ca_tally *tally, ca_score_visit visit,
                           void *visit_context, struct ca_error *error)
{
    struct reading *r = context;

    return ca_store_each_score(r->store, tally, visit, visit_context, error);
}

static bool keep_alert(void *context, const struct ca_stored_alert *alert)
{
    struct reading *r = context;

    if (alert->severity != CA_REVIEW)
        ca_summary_add_alert(r->summary, alert->return_id, alert->case_ref, alert->audit_date,
                             alert->message, alert->severity);
    return true;
}

static bool keep_action(void *context, const struct ca_stored_action *action)
{
    struct reading *r = context;

    ca_summary_add_action(r->summary, action);
    return true;
}

static enum ca_code cases(void *context, struct ca_summary *summary, ca_date from, ca_date to,
                          struct ca_error *error)
{
    struct reading *r = context;
    struct ca_action_filter filter = {.query = r->query, .overdue = summary->as_of};
    struct ca_erased_counts erased;
    enum ca_code code;

    filter.query.from = from;
    filter.query.to = to;
    r->summary = summary;
    code = ca_store_erased_counts(r->store, &filter.query, summary->as_of, &erased, error);
    if (code == CA_OK)
        code = ca_store_each_alert(r->store, &filter.query, keep_alert, r, error);
    if (code == CA_OK)
        code = ca_store_each_action(r->store, &filter, keep_action, r, error);
    if (code == CA_OK)
        ca_summary_add_erased(summary, erased.unlisted);
    return code;
}

/* ---- the register of publications ---- */

static bool keep_publication(void *context, const char *name, const char *value)
{
    struct reading *r = context;
    size_t prefix = strlen(CA_PUBLICATION_SETTING);
    struct ca_publication kept;

    if (strncmp(name, CA_PUBLICATION_SETTING, prefix) != 0)
        return true;
    kept = (struct ca_publication){copy(r, name + prefix), copy(r, value)};
    APPEND(r, r->material.publications, r->material.publication_count, kept);
    return true;
}

enum { DIGITS = 16 }; /* of a SHA-256 are enough to tell audits apart */

static bool keep_element(void *context, int64_t result, const char *first, const char *latest,
                         bool erased)
{
    struct reading *r = context;
    const char *text = ca_arena_printf(r->arena, "%.*s/%.*s", DIGITS, first, DIGITS, latest);

    (void)erased;
    *CA_ARENA_APPEND(r->arena, r->elements, r->element_count) = (struct element){result, text};
    return true;
}

static int by_result(const void *key, const void *item)
{
    int64_t result = *(const int64_t *)key, other = ((const struct element *)item)->result;

    return (result > other) - (result < other);
}

/* An erased audit whose documents are not known is one that was never published. */
static const char *element(void *context, int64_t result)
{
    struct reading *r = context;
    const struct element *found = NULL;

    if (r->element_count > 0)
        found = bsearch(&result, r->elements, r->element_count, sizeof *r->elements, by_result);
    return found != NULL ? found->text
                         : ca_arena_printf(r->arena, "erased:%lld/", (long long)result);
}

static enum ca_code read_register(struct reading *r, struct ca_error *error)
{
    enum ca_code code = CA_OK;

    if (r->request->audience != CA_PUBLIC || r->among) /* the register is of one authority */
        return CA_OK;
    code = ca_store_each_setting(r->store, keep_publication, r, error);
    if (code != CA_OK || (r->material.publication_count == 0 && !r->request->publish))
        return code;
    r->material.element = element;
    return ca_store_each_counted(r->store, keep_element, r, error);
}

/* ---- whose ---- */

struct choosing {
    const struct ca_summary_request *request;
    struct ca_arena *arena;
    const char **names;
    size_t count;
};

static bool keep_authority(void *context, const char *authority)
{
    struct choosing *c = context;

    if (c->request->authority == NULL || strcmp(c->request->authority, authority) == 0)
        *CA_ARENA_APPEND(c->arena, c->names, c->count) = ca_arena_strdup(c->arena, authority);
    return true;
}

static bool list_authority(void *context, const char *authority)
{
    struct ca_buffer *list = context;

    ca_buffer_printf(list, "%s'%s'", list->length > 0 ? ", " : "", authority);
    return true;
}

static enum ca_code unknown_authority(struct ca_store *store, const char *name,
                                      struct ca_error *error)
{
    struct ca_buffer list = {0};
    enum ca_code code = ca_store_each_authority(store, list_authority, &list, error);

    if (code == CA_OK)
        code =
            ca_fail(error, CA_ERROR_USAGE, "here are no audits of '%s'; there are those of %s",
                    name, list.length > 0 ? list.data : "nobody");
    ca_buffer_free(&list);
    return code;
}

/* Has the chosen authority anything that is asked for? */
struct having {
    const struct ca_stored_template *templates;
    size_t count;
    bool any;
};

static bool look_at_history(void *context, const struct ca_history *history)
{
    struct having *having = context;

    for (size_t i = 0; i < having->count; i++)
        having->any |= strcmp(having->templates[i].id, history->template_id) == 0;
    return !having->any;
}

static enum ca_code has_any(struct ca_store *store, const struct ca_summary_request *request,
                            struct ca_arena *arena, bool *out, struct ca_error *error)
{
    const struct ca_query query = {.template_ids = request->templates,
                                   .template_count = request->template_count,
                                   .framework = request->framework,
                                   .from = CA_NO_DATE,
                                   .to = CA_NO_DATE};
    struct ca_stored_template *templates;
    struct having having = {0};
    enum ca_code code =
        ca_store_templates(store, &query, arena, &templates, &having.count, error);

    if (code != CA_OK)
        return code;
    having.templates = templates;
    for (size_t i = 0; i < having.count; i++)
        having.any |= templates[i].audits > 0;
    if (!having.any)
        code = ca_store_each_history(store, look_at_history, &having, error);
    *out = having.any;
    return code;
}

enum ca_code ca_authorities_asked(struct ca_store *store,
                                  const struct ca_summary_request *request,
                                  struct ca_arena *arena, const char ***names, size_t *count,
                                  struct ca_error *error)
{
    struct choosing c = {.request = request, .arena = arena};
    enum ca_code code = ca_store_each_authority(store, keep_authority, &c, error);
    size_t kept = 0;
    bool any;

    if (code == CA_OK && c.count == 0)
        return unknown_authority(store, request->authority, error);
    for (size_t i = 0; i < c.count && c.count > 1 && code == CA_OK; i++) {
        code = ca_store_choose_authority(store, c.names[i], error);
        if (code == CA_OK)
            code = has_any(store, request, arena, &any, error);
        if (code == CA_OK && any)
            c.names[kept++] = c.names[i];
    }
    *names = c.names;
    *count = kept > 0 ? kept : 1; /* which then says what is missing */
    return code;
}

/* ---- all of it ---- */

static enum ca_code read_and_use(struct reading *r, ca_material_use use, void *context,
                                 struct ca_error *error)
{
    enum ca_code code = read_year_start(r, error);

    if (code == CA_OK)
        code = read_templates(r, error);
    if (code == CA_OK)
        code = read_figures(r, error);
    if (code == CA_OK)
        code = read_register(r, error);
    if (code == CA_OK)
        code = use(context, &r->material, &r->query, error);
    return code;
}

enum ca_code ca_with_material(struct ca_store *store, const struct ca_summary_request *request,
                              const char *authority, bool among, ca_material_use use,
                              void *context, struct ca_error *error)
{
    struct reading r = {
        .store = store, .request = request, .arena = ca_arena_new(), .among = among};
    enum ca_code code = ca_store_choose_authority(store, authority, error);

    r.query.from = r.query.to = CA_NO_DATE;
    r.material.authority = authority;
    r.material.context = &r;
    r.material.each = each;
    r.material.scores = scores;
    r.material.cases = cases;
    if (code == CA_OK)
        code = read_and_use(&r, use, context, error);
    ca_arena_free(r.arena);
    return code;
}
