/* Results in memory, for summaries: what a store keeps of them, without a store. */
#include "core/embed/wasm/kept.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/insight/measure_changes.h"

/* Parts of one kind; those that a framework adds of its own come behind the template's. */
struct parts {
    struct ca_stored_part *items;
    size_t count;
};

enum {
    SECTIONS,
    STANDARDS,
    AGENCIES,
    ATTRIBUTES,
    THEMES,
    MEASURES,
    ALERTS,
    LIMITS,
    VALUES,
    KINDS
};

struct version {
    struct ca_stored_template stored;
    const char *document;
    size_t length;
    struct parts parts[KINDS];
};

struct score {
    int section, agency;
    int32_t score;
};

/* A line of the list of cases: an alert, or an action. */
struct case_line {
    const char *id, *owner, *text; /* of an action; an alert has its text */
    enum ca_alert_severity severity;
    ca_date due, completed;
};

struct audit {
    struct ca_tally tally;
    size_t version, place; /* place: in the order they came */
    const char *return_id, *case_ref;
    struct score *scores;
    size_t score_count;
    struct case_line *alerts, *actions;
    size_t alert_count, action_count;
};

struct ca_kept {
    struct ca_arena *arena;
    struct version *versions;
    size_t version_count;
    struct audit *audits;
    size_t audit_count;
};

struct ca_kept *ca_kept_new(void)
{
    struct ca_kept *kept = ca_xcalloc(1, sizeof *kept);

    kept->arena = ca_arena_new();
    return kept;
}

static const char *copy(struct ca_kept *kept, const char *text)
{
    return text != NULL ? ca_arena_strdup(kept->arena, text) : NULL;
}

static int number(size_t index)
{
    return index == CA_NONE ? -1 : (int)index;
}

/* ---- templates ---- */

static struct ca_stored_part *add_part(struct ca_kept *kept, struct version *v, int kind,
                                       const char *id, const char *label)
{
    struct parts *parts = &v->parts[kind];
    struct ca_stored_part *part = CA_ARENA_APPEND(kept->arena, parts->items, parts->count);

    *part = (struct ca_stored_part){
        .id = copy(kept, id), .label = copy(kept, label), .parent = -1, .detail = -1};
    return part;
}

static void add_grades(struct ca_kept *kept, struct version *v, const struct ca_template *t)
{
    struct ca_stored_grade *grades =
        CA_ARRAY(kept->arena, t->grade_count, struct ca_stored_grade);

    for (size_t i = 0; i < t->grade_count; i++)
        grades[i] = (struct ca_stored_grade){.id = copy(kept, t->grades[i].id),
                                             .label = copy(kept, t->grades[i].label),
                                             .abbrev = copy(kept, t->grades[i].abbrev),
                                             .score = t->grades[i].score,
                                             .from = t->grades[i].from,
                                             .positive = t->grades[i].positive};
    v->stored.grades = grades;
    v->stored.grade_count = t->grade_count;
}

static void add_sections(struct ca_kept *kept, struct version *v, const struct ca_template *t)
{
    for (size_t i = 0; i < t->section_count; i++) {
        struct ca_stored_part *part =
            add_part(kept, v, SECTIONS, t->sections[i].id, t->sections[i].title);
        part->parent = number(t->sections[i].parent);
        part->tag = copy(kept, t->sections[i].focus);
        part->apart = t->sections[i].apart;
        part->detail = t->sections[i].apart;
    }
    for (size_t i = 0; i < t->standard_count; i++) {
        struct ca_stored_part *part = add_part(kept, v, STANDARDS, t->standards[i].id,
                                               ca_standard_label(&t->standards[i]));
        part->parent = number(t->standards[i].section);
        part->detail = (int)t->standards[i].type;
    }
}

static void add_attributes(struct ca_kept *kept, struct version *v, const struct ca_template *t)
{
    for (size_t i = 0; i < t->attribute_count; i++) {
        const struct ca_attribute_def *def = &t->attributes[i];
        struct ca_stored_part *part = add_part(kept, v, ATTRIBUTES, def->id, def->label);
        part->detail = (int)def->type;
        part->tag = def->required ? "required" : NULL;
        for (size_t k = 0; k < def->value_count; k++)
            add_part(kept, v, VALUES, def->values[k].id, def->values[k].label)->parent = (int)i;
    }
}

static void add_limit(struct ca_kept *kept, struct version *v, const struct ca_limit *limit)
{
    struct ca_stored_part *part = add_part(kept, v, LIMITS, limit->id, limit->reason);

    part->parent = number(limit->section);
    part->detail = number(limit->to);
}

static void add_rules(struct ca_kept *kept, struct version *v, const struct ca_template *t)
{
    for (size_t i = 0; i < t->measure_count; i++) {
        struct ca_stored_part *part =
            add_part(kept, v, MEASURES, t->measures[i].id, t->measures[i].label);
        part->parent = number(t->measures[i].standard);
        part->detail = t->measures[i].mean;
    }
    for (size_t i = 0; i < t->alert_count; i++)
        add_part(kept, v, ALERTS, t->alerts[i].id, t->alerts[i].message)->detail =
            (int)t->alerts[i].severity;
    for (size_t i = 0; i < t->section_count; i++)
        for (size_t k = 0; k < t->sections[i].limit_count; k++)
            add_limit(kept, v, &t->sections[i].limits[k]);
    for (size_t i = 0; i < t->limit_count; i++)
        add_limit(kept, v, &t->limits[i]);
}

static size_t version_of(struct ca_kept *kept, const struct ca_template *t)
{
    struct version *v;

    for (size_t i = 0; i < kept->version_count; i++)
        if (strcmp(kept->versions[i].stored.id, t->id) == 0 &&
            strcmp(kept->versions[i].stored.version, t->version) == 0)
            return i;
    v = CA_ARENA_APPEND(kept->arena, kept->versions, kept->version_count);
    *v = (struct version){.stored = {.key = v - kept->versions, /* its place */
                                     .id = copy(kept, t->id),
                                     .version = copy(kept, t->version),
                                     .framework = copy(kept, t->framework_name),
                                     .title = copy(kept, t->title),
                                     .unit = copy(kept, t->unit),
                                     .out_of = t->out_of,
                                     .judged = t->judged,
                                     .effective_from = t->effective_from,
                                     .effective_to = t->effective_to,
                                     .retired_on = t->retired_on,
                                     .loaded = ""},
                          .document = ca_arena_strndup(kept->arena, t->doc.bytes, t->doc.length),
                          .length = t->doc.length};
    add_grades(kept, v, t);
    add_sections(kept, v, t);
    for (size_t i = 0; i < t->agency_count; i++)
        add_part(kept, v, AGENCIES, t->agencies[i].id, t->agencies[i].label);
    for (size_t i = 0; i < t->theme_count; i++)
        add_part(kept, v, THEMES, t->themes[i].id, t->themes[i].label);
    add_attributes(kept, v, t);
    add_rules(kept, v, t);
    return kept->version_count - 1;
}

void ca_kept_template(struct ca_kept *kept, const struct ca_template *t)
{
    version_of(kept, t);
}

/* The part of that id; added behind the others if there is none, with what tells of it. */
static int part_of(struct ca_kept *kept, struct version *v, int kind, const char *id,
                   const char *label, int detail)
{
    struct ca_stored_part *part;

    for (size_t i = 0; i < v->parts[kind].count; i++)
        if (strcmp(v->parts[kind].items[i].id, id) == 0)
            return (int)i;
    part = add_part(kept, v, kind, id, label);
    part->detail = detail;
    part->added = true;
    return (int)v->parts[kind].count - 1;
}

/* ---- one result ---- */

static void keep_score(struct ca_kept *kept, struct audit *audit, int section, int agency,
                       int32_t score)
{
    if (score >= 0)
        *CA_ARENA_APPEND(kept->arena, audit->scores, audit->score_count) =
            (struct score){section, agency, score};
}

static void keep_sections(struct ca_kept *kept, struct audit *audit, const struct ca_result *r)
{
    const struct ca_template *t = r->template;
    struct ca_tally_section *sections = NULL;
    size_t count = 0;

    for (size_t i = 0; i < t->section_count; i++) {
        *CA_ARENA_APPEND(kept->arena, sections, count) =
            (struct ca_tally_section){(int)i, -1, number(r->joint[i].grade)};
        keep_score(kept, audit, (int)i, -1, r->joint[i].score);
        for (size_t a = 0; a < t->agency_count; a++) {
            const struct ca_section_row *row = &r->by_agency[i * r->columns + a];
            if (!r->audit->returned[a].returned)
                continue;
            *CA_ARENA_APPEND(kept->arena, sections, count) =
                (struct ca_tally_section){(int)i, (int)a, number(row->grade)};
            keep_score(kept, audit, (int)i, (int)a, row->score);
        }
    }
    audit->tally.sections = sections;
    audit->tally.section_count = count;
}

static void keep_agencies(struct ca_kept *kept, struct audit *audit, const struct ca_result *r)
{
    struct ca_tally_agency *agencies = NULL;

    for (size_t a = 0; a < r->template->agency_count; a++) {
        if (!r->audit->returned[a].returned)
            continue;
        *CA_ARENA_APPEND(kept->arena, agencies, audit->tally.agency_count) =
            (struct ca_tally_agency){(int)a, number(r->agencies[a].grade),
                                     number(r->audit->returned[a].grade)};
        keep_score(kept, audit, -1, (int)a, r->agencies[a].score);
    }
    audit->tally.agencies = agencies;
}

static void keep_fired(struct ca_kept *kept, struct audit *audit, struct version *v,
                       const struct ca_result *r)
{
    struct ca_tally_measure *measures =
        CA_ARRAY(kept->arena, r->measure_count, struct ca_tally_measure);
    int *alerts = CA_ARRAY(kept->arena, r->alert_count, int);
    int *limits = CA_ARRAY(kept->arena, r->limit_count, int);

    for (size_t i = 0; i < r->limit_count; i++)
        limits[i] = part_of(kept, v, LIMITS, r->limits[i].id, r->limits[i].reason,
                            number(r->limits[i].to));
    for (size_t i = 0; i < r->alert_count; i++) {
        alerts[i] = part_of(kept, v, ALERTS, r->alerts[i].id, r->alerts[i].message,
                            (int)r->alerts[i].severity);
        *CA_ARENA_APPEND(kept->arena, audit->alerts, audit->alert_count) = (struct case_line){
            .text = copy(kept, r->alerts[i].message), .severity = r->alerts[i].severity};
    }
    for (size_t i = 0; i < r->measure_count; i++) {
        const struct ca_measured *m = &r->measures[i];
        measures[i] = (struct ca_tally_measure){
            part_of(kept, v, MEASURES, m->id, m->label != NULL ? m->label : m->id, m->mean),
            m->numerator, m->denominator};
    }
    audit->tally.limits = limits;
    audit->tally.limit_count = r->limit_count;
    audit->tally.alerts = alerts;
    audit->tally.alert_count = r->alert_count;
    audit->tally.measures = measures;
    audit->tally.measure_count = r->measure_count;
}

static void keep_said(struct ca_kept *kept, struct audit *audit, struct version *v,
                      const struct ca_return *r)
{
    struct ca_tally_theme *themes =
        CA_ARRAY(kept->arena, r->finding_count, struct ca_tally_theme);
    struct ca_tally_action *actions =
        CA_ARRAY(kept->arena, r->action_count, struct ca_tally_action);
    const char **attributes = CA_ARRAY(kept->arena, r->template->attribute_count, const char *);

    for (size_t i = 0; i < r->finding_count; i++) {
        const char *theme = r->findings[i].theme_id;
        themes[i] = (struct ca_tally_theme){
            theme == NULL ? -1 : part_of(kept, v, THEMES, theme, theme, -1),
            r->findings[i].strength};
    }
    for (size_t i = 0; i < r->action_count; i++) {
        const struct ca_action *a = &r->actions[i];
        actions[i] = (struct ca_tally_action){a->due, a->completed, a->verified_by != NULL};
        if (a->theme_id != NULL)
            part_of(kept, v, THEMES, a->theme_id, a->theme_id, -1);
        *CA_ARENA_APPEND(kept->arena, audit->actions, audit->action_count) =
            (struct case_line){.id = copy(kept, a->id),
                               .owner = copy(kept, a->owner),
                               .text = copy(kept, a->text),
                               .due = a->due,
                               .completed = a->completed};
    }
    for (size_t i = 0; i < r->template->attribute_count; i++)
        attributes[i] = copy(kept, r->attributes[i].text);
    audit->tally.themes = themes;
    audit->tally.theme_count = r->finding_count;
    audit->tally.actions = actions;
    audit->tally.action_count = r->action_count;
    audit->tally.attributes = attributes;
}

static enum ca_selection selection_of(const char *word)
{
    static const char *const words[] = {"", "random", "targeted", "stratified"};

    for (size_t i = 1; word != NULL && i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0)
            return (enum ca_selection)i;
    return CA_SELECTION_UNKNOWN;
}

void ca_kept_add(struct ca_kept *kept, const struct ca_result *r)
{
    size_t version = version_of(kept, r->template);
    struct version *v = &kept->versions[version];
    struct audit audit = {.version = version,
                          .place = kept->audit_count,
                          .return_id = copy(kept, r->audit->id),
                          .case_ref = copy(kept, r->audit->case_ref),
                          .tally = {.result = (int64_t)kept->audit_count,
                                    .audit_date = r->audit->audit_date,
                                    .grade = number(r->grade),
                                    .computed = number(r->computed),
                                    .recomputed = number(r->recomputed),
                                    .judged = number(r->judged),
                                    .moderated = number(r->moderated),
                                    .cap = number(r->cap),
                                    .selection = selection_of(r->audit->selection)}};

    keep_score(kept, &audit, -1, -1, r->score);
    keep_sections(kept, &audit, r);
    keep_agencies(kept, &audit, r);
    keep_fired(kept, &audit, v, r);
    keep_said(kept, &audit, v, r->audit);
    v->stored.audits++;
    *CA_ARENA_APPEND(kept->arena, kept->audits, kept->audit_count) = audit;
}

/* ---- summaries ---- */

struct asked {
    struct ca_kept *kept;
    struct ca_stored_template *templates;
    const struct audit **audits; /* of these templates, in order */
    size_t audit_count;
};

static int by_place(const void *a, const void *b)
{
    const struct audit *x = *(const struct audit *const *)a,
                       *y = *(const struct audit *const *)b;

    if (x->version != y->version)
        return x->tally.template <y->tally.template ? -1 : 1;
    if (x->tally.audit_date != y->tally.audit_date)
        return x->tally.audit_date < y->tally.audit_date ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

static enum ca_code each(void *context, ca_tally_visit visit, void *visit_context,
                         struct ca_error *error)
{
    const struct asked *asked = context;

    (void)error;
    for (size_t i = 0; i < asked->audit_count; i++)
        if (!visit(visit_context, &asked->audits[i]->tally))
            break;
    return CA_OK;
}

static enum ca_code scores(void *context, const struct ca_tally *tally, ca_score_visit visit,
                           void *visit_context, struct ca_error *error)
{
    const struct asked *asked = context;
    const struct audit *audit = &asked->kept->audits[tally->result];

    (void)error;
    for (size_t i = 0; i < audit->score_count; i++)
        if (!visit(visit_context, audit->scores[i].section, audit->scores[i].agency,
                   audit->scores[i].score))
            break;
    return CA_OK;
}

static void choose_audits(struct asked *asked, const size_t *places)
{
    struct ca_kept *kept = asked->kept;

    for (size_t i = 0; i < kept->audit_count; i++) {
        struct audit *audit = &kept->audits[i];
        if (places[audit->version] == CA_NONE)
            continue;
        audit->tally.template = &asked->templates[places[audit->version]];
        *CA_ARENA_APPEND(kept->arena, asked->audits, asked->audit_count) = audit;
    }
    if (asked->audit_count > 0)
        qsort(asked->audits, asked->audit_count, sizeof(struct audit *), by_place);
}

static struct ca_stored_template whole(const struct version *v)
{
    struct ca_stored_template t = v->stored;
    struct ca_stored_parts *const places[KINDS] = {&t.sections,   &t.standards, &t.agencies,
                                                   &t.attributes, &t.themes,    &t.measures,
                                                   &t.alerts,     &t.limits,    &t.values};

    for (int kind = 0; kind < KINDS; kind++)
        *places[kind] = (struct ca_stored_parts){v->parts[kind].items, v->parts[kind].count};
    return t;
}

static enum ca_code document_of(void *context, const struct ca_stored_template *t,
                                struct ca_buffer *bytes, struct ca_error *error)
{
    const struct asked *asked = context;
    const struct version *v = &asked->kept->versions[t->key];

    (void)error;
    ca_buffer_add(bytes, v->document, v->length);
    return CA_OK;
}

/* As a store lists them: by the day they take over, then as they came. */
static int by_beginning(const void *a, const void *b)
{
    const struct ca_stored_template *x = a, *y = b;

    if (x->effective_from != y->effective_from)
        return x->effective_from < y->effective_from ? -1 : 1;
    return x->key < y->key ? -1 : 1;
}

/* The versions of the template, in order; places says where each of all versions stands in it. */
static size_t choose_templates(struct asked *asked, const char *id, size_t *places)
{
    struct ca_kept *kept = asked->kept;
    size_t count = 0;

    for (size_t i = 0; i < kept->version_count; i++) {
        places[i] = CA_NONE;
        if (strcmp(kept->versions[i].stored.id, id) == 0)
            *CA_ARENA_APPEND(kept->arena, asked->templates, count) = whole(&kept->versions[i]);
    }
    if (count > 0)
        qsort(asked->templates, count, sizeof *asked->templates, by_beginning);
    for (size_t i = 0; i < count; i++)
        places[asked->templates[i].key] = i;
    return count;
}

/* Whether all audits of the framework are by the templates chosen. */
static bool is_whole_framework(const struct asked *asked, const size_t *places)
{
    const struct ca_kept *kept = asked->kept;

    for (size_t i = 0; i < kept->version_count; i++)
        if (places[i] == CA_NONE && kept->versions[i].stored.audits > 0 &&
            strcmp(kept->versions[i].stored.framework, asked->templates[0].framework) == 0)
            return false;
    return true;
}

enum ca_code ca_kept_summarise(struct ca_kept *kept, const struct ca_summary_request *request,
                               struct ca_summary **out, struct ca_error *error)
{
    struct asked asked = {.kept = kept};
    size_t *places = CA_ARRAY(kept->arena, kept->version_count, size_t);
    struct ca_material material = {
        .year_start = CA_YEAR_START_APRIL,
        .template_count = choose_templates(&asked, request->templates[0], places),
        .last = CA_NO_DATE,
        .each = each,
        .scores = scores,
        .context = &asked};
    const struct ca_documents documents = {document_of, &asked, NULL};
    struct ca_measure_change *changes = NULL;
    enum ca_code code;

    choose_audits(&asked, places);
    if (asked.audit_count == 0)
        return ca_fail(error, CA_ERROR_USAGE, "no return is by the template '%s'",
                       request->templates[0]);
    material.templates = asked.templates;
    material.whole_framework = is_whole_framework(&asked, places);
    for (size_t i = 0; i < asked.audit_count; i++)
        if (material.last == CA_NO_DATE || asked.audits[i]->tally.audit_date > material.last)
            material.last = asked.audits[i]->tally.audit_date;
    code = ca_measure_changes(&documents, kept->arena, asked.templates, material.template_count,
                              &changes, &material.change_count, error);
    material.changes = changes;
    return code == CA_OK ? ca_summary_make(&material, request, out, error) : code;
}
