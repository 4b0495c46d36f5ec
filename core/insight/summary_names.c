/* What things are called: the parts of all templates and versions asked for, united by
 * their ids. The newest version's names and order come first. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/suggest.h"
#include "core/insight/summary_private.h"

/* ---- which template gives the scale ---- */

static size_t reference_of(const struct ca_material *material)
{
    size_t best = 0;

    for (size_t i = 1; i < material->template_count; i++) {
        const struct ca_stored_template *t = &material->templates[i];
        const struct ca_stored_template *b = &material->templates[best];
        bool used = t->audits > 0, best_used = b->audits > 0;
        if (used != best_used ? used : t->effective_from >= b->effective_from)
            best = i;
    }
    return best;
}

static bool same_scale(const struct ca_stored_template *a, const struct ca_stored_template *b)
{
    if (a->grade_count != b->grade_count)
        return false;
    for (size_t g = 0; g < a->grade_count; g++)
        if (strcmp(a->grades[g].id, b->grades[g].id) != 0 ||
            a->grades[g].positive != b->grades[g].positive)
            return false;
    return true;
}

/* "good or better", for sentences. */
static const char *positive_label(struct ca_plan *plan)
{
    char *label = ca_arena_printf(
        plan->arena, plan->positive > 1 ? "%s or better" : "%s",
        plan->positive > 0 ? plan->summary->grades[plan->positive - 1].label : "");

    label[0] = (char)tolower((unsigned char)label[0]);
    return label;
}

static void take_scale(struct ca_plan *plan)
{
    const struct ca_stored_template *t = &plan->material->templates[plan->reference];
    struct ca_summary *s = plan->summary;

    s->grade_count = t->grade_count;
    s->grades = CA_ARRAY(plan->arena, t->grade_count, struct ca_summary_name);
    for (size_t g = 0; g < t->grade_count; g++) {
        const struct ca_stored_grade *grade = &t->grades[g];
        s->grades[g] = (struct ca_summary_name){
            ca_arena_strdup(plan->arena, grade->id), ca_arena_strdup(plan->arena, grade->label),
            grade->abbrev ? ca_arena_strdup(plan->arena, grade->abbrev) : NULL,
            grade->positive};
        plan->positive += grade->positive;
    }
    s->has_positive = plan->positive > 0;
    s->positive_label = positive_label(plan);
}

/* ---- uniting parts ---- */

struct united {
    const struct ca_stored_part **parts;
    const struct ca_stored_parts **of; /* the array each part stands in */
    const char **labels;               /* no two alike */
    size_t count;
};

typedef const struct ca_stored_parts *parts_of(const struct ca_stored_template *t);

#define PARTS_OF(name)                                                                         \
    static const struct ca_stored_parts *name##_of(const struct ca_stored_template *t)         \
    {                                                                                          \
        return &t->name;                                                                       \
    }
PARTS_OF(sections)
PARTS_OF(agencies)
PARTS_OF(measures)
PARTS_OF(alerts)
PARTS_OF(limits)
PARTS_OF(themes)

static const char *label_of(struct ca_plan *plan, const struct ca_stored_part *part)
{
    return ca_arena_strdup(plan->arena, part->label ? part->label : part->id);
}

/* Two parts may be called the same, as an agency that has another id in the next template
 * of a series: the ids tell their rows apart. */
static void label_all(struct ca_plan *plan, struct united *u)
{
    struct ca_map *map = ca_map_new(plan->arena, u->count + 1);
    bool *shared = CA_ARRAY(plan->arena, u->count, bool);

    u->labels = CA_ARRAY(plan->arena, u->count, const char *);
    for (size_t i = 0; i < u->count; i++) {
        size_t known;
        u->labels[i] = label_of(plan, u->parts[i]);
        known = ca_map_put(map, u->labels[i], i);
        if (known != CA_NOT_FOUND)
            shared[i] = shared[known] = true;
    }
    for (size_t i = 0; i < u->count; i++)
        if (shared[i])
            u->labels[i] =
                ca_arena_printf(plan->arena, "%s (%s)", u->labels[i], u->parts[i]->id);
}

/* The i-th template, the reference first. */
static size_t in_order(const struct ca_plan *plan, size_t i)
{
    return i == 0 ? plan->reference : i <= plan->reference ? i - 1 : i;
}

struct moved {
    const struct ca_stored_part *part;
    const struct ca_stored_parts *of;
    size_t place;
};

static int by_added(const void *a, const void *b)
{
    const struct moved *x = a, *y = b;
    int order = x->part->added - y->part->added;

    if (order == 0 && x->part->added)
        order = strcmp(x->part->id, y->part->id);
    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

/* What results added comes last, by its id: which result came first plays no part. */
static void order_added(struct ca_plan *plan, struct united *u, parts_of *of, size_t offset)
{
    struct moved *moved = CA_ARRAY(plan->arena, u->count, struct moved);
    size_t *now = CA_ARRAY(plan->arena, u->count, size_t);

    for (size_t i = 0; i < u->count; i++)
        moved[i] = (struct moved){u->parts[i], u->of[i], i};
    qsort(moved, u->count, sizeof *moved, by_added);
    for (size_t i = 0; i < u->count; i++) {
        u->parts[i] = moved[i].part;
        u->of[i] = moved[i].of;
        now[moved[i].place] = i;
    }
    for (size_t i = 0; i < plan->material->template_count; i++) {
        size_t *own;
        memcpy(&own, (const char *)&plan->maps[i] + offset, sizeof own);
        for (size_t k = 0; k < of(&plan->material->templates[i])->count; k++)
            own[k] = now[own[k]];
    }
}

/* Unites the parts; *maps at `offset` of each template's map says where its own went. */
static struct united unite(struct ca_plan *plan, parts_of *of, size_t offset)
{
    size_t room = 0, templates = plan->material->template_count;
    struct united u = {0};
    struct ca_map *map;

    for (size_t i = 0; i < templates; i++)
        room += of(&plan->material->templates[i])->count;
    u.parts = CA_ARRAY(plan->arena, room, const struct ca_stored_part *);
    u.of = CA_ARRAY(plan->arena, room, const struct ca_stored_parts *);
    map = ca_map_new(plan->arena, room + 1);
    for (size_t i = 0; i < templates; i++) {
        size_t index = in_order(plan, i);
        const struct ca_stored_parts *parts = of(&plan->material->templates[index]);
        size_t *own = CA_ARRAY(plan->arena, parts->count, size_t);
        for (size_t k = 0; k < parts->count; k++) {
            size_t known = ca_map_put(map, parts->items[k].id, u.count);
            own[k] = known == CA_NOT_FOUND ? u.count : known;
            if (known == CA_NOT_FOUND) {
                u.of[u.count] = parts;
                u.parts[u.count++] = &parts->items[k];
            }
        }
        memcpy((char *)&plan->maps[index] + offset, &own, sizeof own);
    }
    order_added(plan, &u, of, offset);
    label_all(plan, &u);
    return u;
}

#define UNITE(plan, name) unite((plan), name##_of, offsetof(struct ca_plan_map, name))

static struct ca_summary_name *plain_names(struct ca_plan *plan, const struct united *u)
{
    struct ca_summary_name *names = CA_ARRAY(plan->arena, u->count, struct ca_summary_name);

    for (size_t i = 0; i < u->count; i++) {
        names[i].id = ca_arena_strdup(plan->arena, u->parts[i]->id);
        names[i].label = u->labels[i];
    }
    return names;
}

static void take_sections(struct ca_plan *plan)
{
    struct united u = UNITE(plan, sections);
    struct ca_summary *s = plan->summary;

    s->section_count = u.count;
    s->sections = CA_ARRAY(plan->arena, u.count, struct ca_summary_section_name);
    for (size_t i = 0; i < u.count; i++) {
        s->sections[i].id = ca_arena_strdup(plan->arena, u.parts[i]->id);
        s->sections[i].title = u.labels[i];
        s->sections[i].apart = u.parts[i]->apart;
        for (int up = u.parts[i]->parent; up >= 0; up = u.of[i]->items[up].parent)
            s->sections[i].depth++;
    }
}

static const struct ca_target *target_of(struct ca_plan *plan, const char *measure)
{
    for (size_t i = 0; i < plan->request->target_count; i++)
        if (strcmp(plan->request->targets[i].measure, measure) == 0)
            return &plan->request->targets[i];
    return NULL;
}

static void take_measures(struct ca_plan *plan)
{
    struct united u = UNITE(plan, measures);
    struct ca_summary *s = plan->summary;

    s->measure_count = u.count;
    s->measures = CA_ARRAY(plan->arena, u.count, struct ca_summary_measure_name);
    for (size_t i = 0; i < u.count; i++)
        s->measures[i] = (struct ca_summary_measure_name){
            ca_arena_strdup(plan->arena, u.parts[i]->id), u.labels[i], u.parts[i]->detail == 1,
            target_of(plan, u.parts[i]->id)};
}

/* Built-in alerts and limits are worded anew for each audit; here for all of them. */
static const char *words_of(const struct united *u, size_t part)
{
    static const char *const built_in[][2] = {
        {"judgement-diverges", "The judgement differs from the grade proposed by the answers"},
        {"judgement-capped", "A limit lowered a grade that was judged or moderated"},
        {"compliance", "A duty was not met"},
    };

    for (size_t i = 0; i < sizeof built_in / sizeof *built_in; i++)
        if (strcmp(u->parts[part]->id, built_in[i][0]) == 0)
            return built_in[i][1];
    return u->labels[part];
}

/* Public output has none. */
static void take_alerts(struct ca_plan *plan)
{
    struct united u = UNITE(plan, alerts);
    struct ca_summary *s = plan->summary;

    if (s->audience == CA_PUBLIC)
        return;
    s->alert_count = u.count;
    s->alerts = CA_ARRAY(plan->arena, u.count, struct ca_summary_alert_name);
    for (size_t i = 0; i < u.count; i++)
        s->alerts[i] = (struct ca_summary_alert_name){
            ca_arena_strdup(plan->arena, u.parts[i]->id), words_of(&u, i),
            (enum ca_alert_severity)u.parts[i]->detail};
}

static void take_limits(struct ca_plan *plan)
{
    struct united u = UNITE(plan, limits);
    struct ca_summary *s = plan->summary;

    s->limit_count = u.count;
    s->limits = CA_ARRAY(plan->arena, u.count, struct ca_summary_limit_name);
    for (size_t i = 0; i < u.count; i++) {
        s->limits[i].id = ca_arena_strdup(plan->arena, u.parts[i]->id);
        s->limits[i].reason = words_of(&u, i);
    }
}

static void take_agencies(struct ca_plan *plan)
{
    struct united u = UNITE(plan, agencies);

    plan->summary->agency_count = u.count;
    plan->summary->agencies = plain_names(plan, &u);
}

/* A theme of no list is an auditor's own words: it has no label but itself. */
static bool is_own_words(const struct ca_stored_part *theme)
{
    return theme->label == NULL || strcmp(theme->label, theme->id) == 0;
}

/* The last name is for findings without a theme; in public, for auditors' words too. */
static void take_themes(struct ca_plan *plan)
{
    struct united u = UNITE(plan, themes);
    struct ca_summary *s = plan->summary;
    size_t *place = CA_ARRAY(plan->arena, u.count, size_t), count = 0;

    for (size_t i = 0; i < u.count; i++)
        place[i] = s->audience == CA_PUBLIC && is_own_words(u.parts[i]) ? SIZE_MAX : count++;
    s->theme_count = count + 1;
    s->themes = CA_ARRAY(plan->arena, s->theme_count, struct ca_summary_name);
    s->themes[count].label = s->audience == CA_PUBLIC ? "Other" : "No theme";
    for (size_t i = 0; i < u.count; i++)
        if (place[i] != SIZE_MAX)
            s->themes[place[i]] = (struct ca_summary_name){
                .id = ca_arena_strdup(plan->arena, u.parts[i]->id), .label = u.labels[i]};
    for (size_t i = 0; i < plan->material->template_count; i++)
        for (size_t k = 0; k < plan->material->templates[i].themes.count; k++) {
            size_t *own = &plan->maps[i].themes[k];
            *own = place[*own] != SIZE_MAX ? place[*own] : count;
        }
}

/* ---- attributes to group by ---- */

static size_t find_attribute(const struct ca_stored_template *t, const char *id)
{
    for (size_t i = 0; i < t->attributes.count; i++)
        if (strcmp(t->attributes.items[i].id, id) == 0)
            return i;
    return SIZE_MAX;
}

static enum ca_code unknown_attribute(struct ca_plan *plan, const char *id,
                                      struct ca_error *error)
{
    const struct ca_stored_parts *known =
        &plan->material->templates[plan->reference].attributes;
    const char **ids = CA_ARRAY(plan->arena, known->count, const char *);
    const char *list = "";

    for (size_t i = 0; i < known->count; i++) {
        ids[i] = known->items[i].id;
        list = ca_arena_printf(plan->arena, "%s%s%s", list, i > 0 ? ", " : "", ids[i]);
    }
    return ca_fail(error, CA_ERROR_USAGE,
                   "the template has no attribute '%s' to group by%s; it has %s", id,
                   ca_did_you_mean(plan->arena, id, ids, known->count),
                   known->count > 0 ? list : "none at all");
}

static bool has_list(const struct ca_stored_template *t, size_t attribute)
{
    for (size_t i = 0; i < t->values.count; i++)
        if (t->values.items[i].parent >= 0 && (size_t)t->values.items[i].parent == attribute)
            return true;
    return false;
}

/* Whether every template that has the attribute has a closed list for it. */
static bool is_closed(const struct ca_plan *plan, const char *id)
{
    for (size_t i = 0; i < plan->material->template_count; i++) {
        const struct ca_stored_template *t = &plan->material->templates[i];
        size_t attribute = find_attribute(t, id);
        if (attribute != SIZE_MAX && !has_list(t, attribute))
            return false;
    }
    return true;
}

/* What auditors wrote in their own words is not for the public, not even as a group's name. */
static enum ca_code refuse_open(struct ca_plan *plan, const char *id, struct ca_error *error)
{
    const struct ca_stored_parts *known =
        &plan->material->templates[plan->reference].attributes;
    const char *list = "";

    for (size_t i = 0; i < known->count; i++)
        if (is_closed(plan, known->items[i].id))
            list = ca_arena_printf(plan->arena, "%s%s%s", list, *list ? ", " : "",
                                   known->items[i].id);
    return ca_fail(error, CA_ERROR_USAGE,
                   "public output is not grouped by '%s', whose values are written freely and "
                   "could name someone; group by an attribute with a closed list of values: %s",
                   id, *list ? list : "the template has none");
}

static void take_values(struct ca_plan *plan, const struct ca_stored_template *t,
                        size_t attribute, struct ca_plan_by *by)
{
    for (size_t i = 0; i < t->values.count; i++) {
        const struct ca_stored_part *value = &t->values.items[i];
        if (value->parent < 0 || (size_t)value->parent != attribute ||
            ca_map_put(by->places, value->id, by->count) != CA_NOT_FOUND)
            continue;
        by->labels[by->count++] = label_of(plan, value);
    }
}

/* Whose audits they are is no auditor's word, and so it may be published. */
static void take_authority(struct ca_plan *plan, size_t by)
{
    for (size_t i = 0; i < plan->material->template_count; i++)
        plan->maps[i].by[by] = CA_PLAN_AUTHORITY;
    plan->summary->group_by[by] =
        (struct ca_summary_name){.id = CA_BY_AUTHORITY, .label = "Authority"};
}

static enum ca_code take_attribute(struct ca_plan *plan, size_t by, struct ca_error *error)
{
    const char *id = plan->request->by[by];
    struct ca_summary_name *name = &plan->summary->group_by[by];

    for (size_t i = 0; i < plan->material->template_count; i++) {
        size_t index = in_order(plan, i);
        const struct ca_stored_template *t = &plan->material->templates[index];
        size_t attribute = find_attribute(t, id);
        plan->maps[index].by[by] = attribute;
        if (attribute == SIZE_MAX)
            continue;
        take_values(plan, t, attribute, &plan->by[by]);
        plan->by[by].integers |= t->attributes.items[attribute].detail == CASEAUDIT_INTEGER;
        if (name->id == NULL) {
            name->id = ca_arena_strdup(plan->arena, id);
            name->label = label_of(plan, &t->attributes.items[attribute]);
        }
    }
    if (name->id == NULL && strcmp(id, CA_BY_AUTHORITY) == 0)
        take_authority(plan, by);
    if (name->id == NULL)
        return unknown_attribute(plan, id, error);
    if (plan->summary->audience == CA_PUBLIC && !is_closed(plan, id))
        return refuse_open(plan, id, error);
    return CA_OK;
}

static enum ca_code take_attributes(struct ca_plan *plan, struct ca_error *error)
{
    size_t count = plan->request->by_count, values = 0;
    enum ca_code code = CA_OK;

    if (count > CA_MOST_BY)
        return ca_fail(error, CA_ERROR_USAGE, "at most %d attributes can be crossed",
                       CA_MOST_BY);
    plan->summary->group_by_count = count;
    plan->summary->group_by = CA_ARRAY(plan->arena, count, struct ca_summary_name);
    plan->by = CA_ARRAY(plan->arena, count, struct ca_plan_by);
    for (size_t i = 0; i < plan->material->template_count; i++) {
        plan->maps[i].by = CA_ARRAY(plan->arena, count, size_t);
        values += plan->material->templates[i].values.count;
    }
    for (size_t by = 0; by < count; by++) {
        plan->by[by].places = ca_map_new(plan->arena, values);
        plan->by[by].spellings = ca_map_new(plan->arena, values);
        plan->by[by].labels = CA_ARRAY(plan->arena, values, const char *);
    }
    for (size_t by = 0; by < count && code == CA_OK; by++) {
        for (size_t other = 0; other < by; other++)
            if (strcmp(plan->request->by[by], plan->request->by[other]) == 0)
                return ca_fail(error, CA_ERROR_USAGE, "attribute '%s' is given twice",
                               plan->request->by[by]);
        code = take_attribute(plan, by, error);
    }
    return code;
}

enum ca_code ca_plan_names(struct ca_plan *plan, struct ca_error *error)
{
    const struct ca_material *material = plan->material;

    plan->reference = reference_of(material);
    plan->maps = CA_ARRAY(plan->arena, material->template_count, struct ca_plan_map);
    for (size_t i = 0; i < material->template_count; i++) {
        const struct ca_stored_template *t = &material->templates[i];
        plan->maps[i].same_scale = same_scale(t, &material->templates[plan->reference]);
        for (size_t g = 0; g < t->grade_count; g++)
            plan->maps[i].positive |= t->grades[g].positive ? 1u << g : 0;
    }
    take_scale(plan);
    take_sections(plan);
    take_measures(plan);
    take_alerts(plan);
    take_limits(plan);
    take_agencies(plan);
    take_themes(plan);
    return take_attributes(plan, error);
}
