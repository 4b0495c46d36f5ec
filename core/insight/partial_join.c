/* Several partials as one. */
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/insight/measure_changes.h"
#include "core/insight/partial.h"

struct joining {
    struct ca_arena *arena;
    struct ca_partial *parts;
    size_t count;
    struct ca_partial *out;
    struct ca_stored_template *templates; /* of out */
    size_t *authorities;                  /* where those of the part at hand stand in out */
    struct ca_partial_map **maps;         /* of each part */
    struct ca_error *error;
};

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* ---- questions ---- */

static bool same_list(const char *const *a, size_t a_count, const char *const *b,
                      size_t b_count)
{
    bool good = a_count == b_count;

    for (size_t i = 0; good && i < a_count; i++)
        good = strcmp(a[i], b[i]) == 0;
    return good;
}

/* The option that asks differently; NULL: none does. */
static const char *differs(const struct ca_partial *a, const struct ca_partial *b)
{
    const struct ca_summary_request *x = &a->question, *y = &b->question;

    return !same_list(x->templates, x->template_count, y->templates, y->template_count)
               ? "--template or --series"
           : !same(x->framework, y->framework)                  ? "--framework"
           : !same(x->period, y->period)                        ? "--period"
           : !same(x->periods, y->periods)                      ? "--periods"
           : !same(x->compare, y->compare)                      ? "--compare"
           : !same_list(x->by, x->by_count, y->by, y->by_count) ? "--by"
           : x->as_of != y->as_of                               ? "--as-of"
           : a->material.year_start != b->material.year_start   ? "the store's year-start"
                                                                : NULL;
}

static enum ca_code check_questions(struct joining *j)
{
    for (size_t i = 1; i < j->count; i++) {
        const char *what = differs(&j->parts[0], &j->parts[i]);
        if (what != NULL)
            return ca_fail(j->error, CA_ERROR_DATA,
                           "'%s' and '%s' are of different questions: %s is not the same",
                           j->parts[0].name, j->parts[i].name, what);
    }
    return CA_OK;
}

/* ---- returns ---- */

struct owned {
    ca_partial_return bits;
    size_t part;
};

static int by_bits(const void *a, const void *b)
{
    const struct owned *x = a, *y = b;

    return x->bits != y->bits ? (x->bits > y->bits) - (x->bits < y->bits)
                              : (x->part > y->part) - (x->part < y->part);
}

static enum ca_code join_returns(struct joining *j)
{
    struct ca_partial *out = j->out;
    struct owned *all;
    size_t count = 0, room = 0;

    for (size_t i = 0; i < j->count; i++)
        room += j->parts[i].return_count;
    all = CA_ARRAY(j->arena, room, struct owned);
    for (size_t i = 0; i < j->count; i++)
        for (size_t k = 0; k < j->parts[i].return_count; k++)
            all[count++] = (struct owned){j->parts[i].returns[k], i};
    qsort(all, count, sizeof *all, by_bits);
    out->returns = CA_ARRAY(j->arena, count, ca_partial_return);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && all[i].bits == all[i - 1].bits)
            return ca_fail(
                j->error, CA_ERROR_DATA,
                "'%s' and '%s' have a return in common, which would be counted twice",
                j->parts[all[i - 1].part].name, j->parts[all[i].part].name);
        out->returns[out->return_count++] = all[i].bits;
    }
    return CA_OK;
}

/* ---- whose ---- */

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct ca_partial_authority *)a)->name,
                  ((const struct ca_partial_authority *)b)->name);
}

static void unite_authorities(struct joining *j)
{
    struct ca_partial *out = j->out;

    for (size_t i = 0; i < j->count; i++)
        for (size_t k = 0; k < j->parts[i].authority_count; k++) {
            const struct ca_partial_authority *a = &j->parts[i].authorities[k];
            size_t known = 0;
            while (known < out->authority_count &&
                   strcmp(out->authorities[known].name, a->name) != 0)
                known++;
            if (known < out->authority_count)
                out->authorities[known].dropped += a->dropped;
            else
                *CA_ARENA_APPEND(j->arena, out->authorities, out->authority_count) = *a;
        }
    qsort(out->authorities, out->authority_count, sizeof *out->authorities, by_name);
}

static void place_authorities(struct joining *j, const struct ca_partial *p)
{
    j->authorities = CA_ARRAY(j->arena, p->authority_count, size_t);
    for (size_t i = 0; i < p->authority_count; i++) {
        const struct ca_partial_authority *found =
            bsearch(&p->authorities[i], j->out->authorities, j->out->authority_count,
                    sizeof *found, by_name);
        j->authorities[i] = (size_t)(found - j->out->authorities);
    }
}

/* ---- templates ---- */

static int by_id_and_date(const void *a, const void *b)
{
    const struct ca_stored_template *x = a, *y = b;
    int order = strcmp(x->id, y->id);

    if (order == 0)
        order =
            (x->effective_from > y->effective_from) - (x->effective_from < y->effective_from);
    if (order == 0)
        order = (x->key > y->key) - (x->key < y->key);
    return order != 0 ? order : strcmp(x->version, y->version);
}

static size_t find(const struct joining *j, const struct ca_stored_template *t)
{
    size_t i = 0;

    while (i < j->out->material.template_count &&
           (strcmp(j->templates[i].id, t->id) != 0 ||
            strcmp(j->templates[i].version, t->version) != 0))
        i++;
    return i;
}

static struct ca_stored_parts *kind_of(struct ca_stored_template *t, int kind)
{
    struct ca_stored_parts *const kinds[CA_PARTIAL_KINDS] = {&t->themes, &t->measures,
                                                             &t->alerts, &t->limits};

    return kinds[kind];
}

static bool same_document(const struct ca_stored_template *a,
                          const struct ca_stored_template *b)
{
    return a->grade_count == b->grade_count && a->sections.count == b->sections.count &&
           a->standards.count == b->standards.count && a->agencies.count == b->agencies.count &&
           a->attributes.count == b->attributes.count && a->values.count == b->values.count;
}

/* Where a part stands in all; added behind if it is new. Of several wordings the first by bytes
 * stays, in whatever order they come. */
static int place_of(struct joining *j, struct ca_stored_parts *all,
                    const struct ca_stored_part *part, size_t hint)
{
    struct ca_stored_part *items = (struct ca_stored_part *)all->items;
    size_t i = hint;

    if (i >= all->count || !same(items[i].id, part->id) || items[i].added != part->added)
        for (i = 0; i < all->count && !same(items[i].id, part->id);)
            i++;
    if (i == all->count)
        *CA_ARENA_APPEND(j->arena, items, all->count) = *part;
    else if (part->added && part->label != NULL &&
             (items[i].label == NULL || strcmp(part->label, items[i].label) < 0))
        items[i].label = part->label;
    all->items = items;
    return (int)i;
}

static void map_parts(struct joining *j, struct ca_stored_template *t, struct ca_partial_map *m)
{
    m->same = true;
    for (int kind = 0; kind < CA_PARTIAL_KINDS; kind++) {
        const struct ca_stored_parts *own = kind_of(t, kind);
        struct ca_stored_parts *all = kind_of(&j->templates[m->place], kind);
        m->parts[kind] = CA_ARRAY(j->arena, own->count, int);
        for (size_t i = 0; i < own->count; i++) {
            m->parts[kind][i] = place_of(j, all, &own->items[i], i);
            m->same &= (size_t)m->parts[kind][i] == i;
        }
    }
}

/* Their arrays are to grow. */
static struct ca_stored_template copy_of(struct joining *j, const struct ca_stored_template *t)
{
    struct ca_stored_template copy = *t;

    for (int kind = 0; kind < CA_PARTIAL_KINDS; kind++)
        *kind_of(&copy, kind) = (struct ca_stored_parts){NULL, 0};
    for (int kind = 0; kind < CA_PARTIAL_KINDS; kind++) {
        const struct ca_stored_parts *own = kind_of((struct ca_stored_template *)t, kind);
        struct ca_stored_part *items = NULL;
        struct ca_stored_parts *all = kind_of(&copy, kind);
        for (size_t i = 0; i < own->count; i++)
            *CA_ARENA_APPEND(j->arena, items, all->count) = own->items[i];
        all->items = items;
    }
    copy.audits = 0;
    return copy;
}

/* Which templates there are, in a store's order. */
static void unite_templates(struct joining *j)
{
    struct ca_material *m = &j->out->material;

    for (size_t i = 0; i < j->count; i++)
        for (size_t k = 0; k < j->parts[i].material.template_count; k++) {
            const struct ca_stored_template *t = &j->parts[i].material.templates[k];
            size_t place = find(j, t);
            if (place == m->template_count)
                *CA_ARENA_APPEND(j->arena, j->templates, m->template_count) = copy_of(j, t);
            else if (t->key < j->templates[place].key)
                j->templates[place].key = t->key;
        }
    qsort(j->templates, m->template_count, sizeof *j->templates, by_id_and_date);
    m->templates = j->templates;
    j->out->documents = CA_ARRAY(j->arena, m->template_count, const char *);
}

static enum ca_code join_template(struct joining *j, size_t part, size_t index,
                                  struct ca_partial_map *mapped)
{
    struct ca_partial *p = &j->parts[part];
    struct ca_stored_template *t = (struct ca_stored_template *)&p->material.templates[index];
    struct ca_stored_template *all = &j->templates[mapped->place = find(j, t)];
    const char **document = &j->out->documents[mapped->place];

    if (*document == NULL)
        *document = p->documents[index];
    if (strcmp(*document, p->documents[index]) != 0 || !same_document(all, t))
        return ca_fail(
            j->error, CA_ERROR_DATA,
            "the template '%s@%s' of '%s' is another document than that of a partial "
            "before it",
            t->id, t->version, p->name);
    all->audits += t->audits;
    map_parts(j, t, mapped);
    return CA_OK;
}

/* ---- figures ---- */

static bool same_period(const struct ca_stored_period *a, const struct ca_stored_period *b)
{
    return a->from == b->from && a->to == b->to;
}

static enum ca_code disagree(struct joining *j, const struct ca_partial *p, const char *what,
                             const char *name, const char *period)
{
    return ca_fail(j->error, CA_ERROR_DATA,
                   "'%s' has another %s of '%s' in %s than a partial before it", p->name, what,
                   name, period);
}

/* Figures that several stores have are one; those that differ are refused. */
#define JOIN(function, type, array, number, is_same, agrees, what, named)                      \
    static enum ca_code function(struct joining *j, const struct ca_partial *p)                \
    {                                                                                          \
        struct ca_material *m = &j->out->material;                                             \
        type *all = (type *)m->array;                                                          \
        for (size_t i = 0; i < p->material.number; i++) {                                      \
            const type *b = &p->material.array[i], *a = all;                                   \
            while (a < CA_END(all, m->number) && !(is_same))                                   \
                a++;                                                                           \
            if (a == CA_END(all, m->number))                                                   \
                *CA_ARENA_APPEND(j->arena, all, m->number) = *b;                               \
            else if (!(agrees))                                                                \
                return disagree(j, p, what, b->named, b->period.id);                           \
        }                                                                                      \
        m->array = all;                                                                        \
        return CA_OK;                                                                          \
    }

JOIN(join_populations, struct ca_population, populations, population_count,
     same(a->authority, b->authority) && a->of_framework == b->of_framework &&
         same(a->name, b->name) && same_period(&a->period, &b->period),
     a->count == b->count, "population", name)
JOIN(join_benchmarks, struct ca_benchmark, benchmarks, benchmark_count, same(a->name, b->name),
     same(a->template_id, b->template_id) && same_period(&a->period, &b->period), "benchmark",
     name)
JOIN(join_history, struct ca_history, history, history_count,
     same(a->authority, b->authority) && same(a->template_id, b->template_id) &&
         same(a->grade, b->grade) && same_period(&a->period, &b->period),
     a->count == b->count, "history", template_id)
JOIN(join_indicators, struct ca_indicator, indicators, indicator_count,
     same(a->authority, b->authority) && same(a->id, b->id) &&
         same_period(&a->period, &b->period),
     a->is_ratio == b->is_ratio && a->numerator == b->numerator &&
         a->denominator == b->denominator && a->value == b->value &&
         a->polarity == b->polarity && same(a->label, b->label) &&
         same(a->footnote, b->footnote) && same(a->template_id, b->template_id),
     "figure", id)

static enum ca_code join_figures(struct joining *j, const struct ca_partial *p)
{
    struct ca_material *m = &j->out->material;
    enum ca_code code;

    m->whole_framework &= p->material.whole_framework;
    m->dropped += p->material.dropped;
    if (p->material.last > m->last)
        m->last = p->material.last;
    j->out->published |= p->published;
    code = join_populations(j, p);
    if (code == CA_OK)
        code = join_benchmarks(j, p);
    if (code == CA_OK)
        code = join_history(j, p);
    return code == CA_OK ? join_indicators(j, p) : code;
}

static int by_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? (a != NULL) - (b != NULL) : strcmp(a, b);
}

static int by_period(const struct ca_stored_period *a, const struct ca_stored_period *b)
{
    return a->from != b->from ? (a->from > b->from) - (a->from < b->from)
                              : (a->to > b->to) - (a->to < b->to);
}

static int by_population(const void *a, const void *b)
{
    const struct ca_population *x = a, *y = b;
    int order = x->of_framework - y->of_framework;

    order = order == 0 ? by_text(x->name, y->name) : order;
    if (order == 0)
        order = x->period.from != y->period.from ? by_period(&x->period, &y->period)
                                                 : by_period(&y->period, &x->period);
    return order != 0 ? order : by_text(x->authority, y->authority);
}

static int by_benchmark(const void *a, const void *b)
{
    return by_text(((const struct ca_benchmark *)a)->name,
                   ((const struct ca_benchmark *)b)->name);
}

/* The order of figures is that of a store, as far as it does not hang on when they came. */
static void order_figures(struct ca_material *m)
{
    if (m->population_count > 0)
        qsort((void *)m->populations, m->population_count, sizeof *m->populations,
              by_population);
    if (m->benchmark_count > 0)
        qsort((void *)m->benchmarks, m->benchmark_count, sizeof *m->benchmarks, by_benchmark);
}

/* ---- results and cases ---- */

static void remap(int *places, size_t count, const int *to)
{
    for (size_t i = 0; i < count; i++)
        places[i] = to[places[i]];
}

static void join_result(struct joining *j, const struct ca_partial_map *mapped,
                        const struct ca_partial_result *result)
{
    struct ca_partial *out = j->out;
    struct ca_partial_result *r = CA_ARENA_APPEND(j->arena, out->results, out->result_count);
    const struct ca_partial_map *m = &mapped[result->place];
    struct ca_tally_measure *measures = (struct ca_tally_measure *)result->tally.measures;
    struct ca_tally_theme *themes = (struct ca_tally_theme *)result->tally.themes;

    *r = *result;
    r->place = m->place;
    r->authority = j->authorities[result->authority];
    for (size_t i = 0; i < r->tally.theme_count; i++)
        if (themes[i].theme >= 0)
            themes[i].theme = m->parts[0][themes[i].theme];
    for (size_t i = 0; i < r->tally.measure_count; i++)
        measures[i].measure = m->parts[1][measures[i].measure];
    remap((int *)r->tally.alerts, r->tally.alert_count, m->parts[2]);
    remap((int *)r->tally.limits, r->tally.limit_count, m->parts[3]);
}

static enum ca_code join_part(struct joining *j, size_t part)
{
    struct ca_partial *p = &j->parts[part], *out = j->out;
    struct ca_partial_map *mapped =
        CA_ARRAY(j->arena, p->material.template_count, struct ca_partial_map);
    enum ca_code code = join_figures(j, p);

    j->maps[part] = mapped;
    place_authorities(j, p);
    for (size_t i = 0; i < p->material.template_count && code == CA_OK; i++)
        code = join_template(j, part, i, &mapped[i]);
    for (size_t i = 0; i < p->result_count && code == CA_OK; i++)
        join_result(j, mapped, &p->results[i]);
    for (size_t i = 0; i < p->case_count && code == CA_OK; i++) {
        struct ca_partial_case *line = CA_ARENA_APPEND(j->arena, out->cases, out->case_count);
        *line = p->cases[i];
        line->authority = j->authorities[line->authority];
    }
    return code;
}

/* A return is of one part, whose order of its cases stays. */
struct ordered {
    struct ca_partial_case line;
    size_t place;
};

static int by_case(const void *a, const void *b)
{
    const struct ordered *p = a, *q = b;
    const struct ca_partial_case *x = &p->line, *y = &q->line;
    int order = (x->id != NULL) - (y->id != NULL);

    if (order == 0)
        order = (int)x->severity - (int)y->severity;
    if (order == 0)
        order = (x->due > y->due) - (x->due < y->due);
    if (order == 0 && x->id == NULL)
        order = (x->audit_date > y->audit_date) - (x->audit_date < y->audit_date);
    if (order == 0)
        order = strcmp(x->return_id, y->return_id);
    return order != 0 ? order : (p->place > q->place) - (p->place < q->place);
}

static void order_cases(struct joining *j)
{
    struct ca_partial *out = j->out;
    struct ordered *all = CA_ARRAY(j->arena, out->case_count, struct ordered);

    for (size_t i = 0; i < out->case_count; i++)
        all[i] = (struct ordered){out->cases[i], i};
    qsort(all, out->case_count, sizeof *all, by_case);
    for (size_t i = 0; i < out->case_count; i++)
        out->cases[i] = all[i].line;
}

/* Of whatever templates stores chose by themselves, one is left. */
static enum ca_code check_choice(struct joining *j)
{
    const struct ca_partial *out = j->out;

    for (size_t i = 1; i < out->material.template_count; i++)
        if (out->question.template_count == 0 && out->question.framework == NULL &&
            strcmp(j->templates[0].id, j->templates[i].id) != 0)
            return ca_fail(j->error, CA_ERROR_DATA,
                           "audits of different templates, '%s' and '%s', are not added up: "
                           "choose with --template, --framework or --series",
                           j->templates[0].id, j->templates[i].id);
    return CA_OK;
}

static enum ca_code join(struct joining *j)
{
    enum ca_code code = check_questions(j);

    if (code == CA_OK)
        code = join_returns(j);
    if (code != CA_OK)
        return code;
    unite_authorities(j);
    unite_templates(j);
    code = check_choice(j);
    for (size_t i = 0; i < j->count && code == CA_OK; i++)
        code = join_part(j, i);
    if (code != CA_OK)
        return code;
    order_figures(&j->out->material);
    order_cases(j);
    return CA_OK;
}

enum ca_code ca_partial_join_outlines(struct ca_arena *arena, struct ca_partial *parts,
                                      size_t count, struct ca_partial_map ***maps,
                                      struct ca_partial *out, struct ca_error *error)
{
    struct ca_partial all = {.name = parts[0].name,
                             .question = parts[0].question,
                             .material = {.year_start = parts[0].material.year_start,
                                          .whole_framework = true,
                                          .last = CA_NO_DATE}};
    struct joining j = {.arena = arena,
                        .parts = parts,
                        .count = count,
                        .out = &all,
                        .maps = CA_ARRAY(arena, count, struct ca_partial_map *),
                        .error = error};
    enum ca_code code = join(&j);

    if (code != CA_OK)
        return code;
    *out = all;
    if (maps != NULL)
        *maps = j.maps;
    return CA_OK;
}

enum ca_code ca_partial_join(struct ca_arena *arena, struct ca_partial *parts, size_t count,
                             struct ca_partial *out, struct ca_error *error)
{
    return ca_partial_join_outlines(arena, parts, count, NULL, out, error);
}

/* ---- measures that changed ---- */

static enum ca_code document_of(void *context, const struct ca_stored_template *t,
                                struct ca_buffer *bytes, struct ca_error *error)
{
    const struct ca_partial *p = context;

    (void)error;
    ca_buffer_puts(bytes, p->documents[t - p->material.templates]);
    return CA_OK;
}

enum ca_code ca_partial_set_apart(struct ca_arena *arena, struct ca_partial *partial,
                                  struct ca_error *error)
{
    struct ca_measure_change *changes = NULL;
    const struct ca_documents documents = {document_of, partial, NULL};
    enum ca_code code = ca_measure_changes(
        &documents, arena, (struct ca_stored_template *)partial->material.templates,
        partial->material.template_count, &changes, &partial->material.change_count, error);

    partial->material.changes = changes;
    ca_partial_unite_figures(arena, partial);
    return code;
}
