/* The outline of a template as bytes, and back. */
#include "core/model/template_outline.h"

#include "core/base/array.h"
#include "core/base/pack.h"

/* ---- both ways ---- */

/* Enumerations and 32-bit numbers go as ints. */
#define WALK_ENUM(walk, member)                                                                \
    do {                                                                                       \
        int number_ = (int)(member);                                                           \
        ca_walk_int(walk, &number_);                                                           \
        (member) = (__typeof__(member))number_;                                                \
    } while (0)

#define WALK_ARRAY(walk, items, count, members)                                                \
    do {                                                                                       \
        void *items_ = (items);                                                                \
        ca_walk_array(walk, &items_, &(count), sizeof *(items), members);                      \
        (items) = items_;                                                                      \
    } while (0)

static void walk_named(const struct ca_walk *walk, struct ca_named **items, size_t *count)
{
    WALK_ARRAY(walk, *items, *count, 2);
    for (struct ca_named *named = *items; named < *items + *count; named++) {
        ca_walk_text(walk, &named->id);
        ca_walk_text(walk, &named->label);
    }
}

static void walk_grades(const struct ca_walk *walk, struct ca_template *t)
{
    WALK_ARRAY(walk, t->grades, t->grade_count, 6);
    for (struct ca_grade *grade = t->grades; grade < CA_END(t->grades, t->grade_count);
         grade++) {
        ca_walk_text(walk, &grade->id);
        ca_walk_text(walk, &grade->label);
        ca_walk_text(walk, &grade->abbrev);
        ca_walk_int(walk, &grade->score);
        ca_walk_int(walk, &grade->from);
        ca_walk_flag(walk, &grade->positive);
    }
}

/* What an answer is worth, which the moderator who changes it raises or lowers. */
static void walk_lists(const struct ca_walk *walk, struct ca_template *t)
{
    WALK_ARRAY(walk, t->lists, t->list_count, 1);
    for (struct ca_answer_list *list = t->lists; list < CA_END(t->lists, t->list_count);
         list++) {
        WALK_ARRAY(walk, list->answers, list->count, 2);
        for (struct ca_answer *a = list->answers; a < list->answers + list->count; a++) {
            ca_walk_text(walk, &a->id);
            ca_walk_int(walk, &a->score);
        }
    }
}

static void walk_worth(const struct ca_walk *walk, struct ca_standard *s)
{
    ca_walk_index(walk, &s->list);
    WALK_ARRAY(walk, s->late, s->late_count, 2);
    for (struct ca_late *late = s->late; late < CA_END(s->late, s->late_count); late++) {
        ca_walk_int(walk, &late->up_to);
        ca_walk_int(walk, &late->score);
    }
    WALK_ARRAY(walk, s->bands, s->band_count, 2);
    for (struct ca_band *band = s->bands; band < CA_END(s->bands, s->band_count); band++) {
        ca_walk_integer(walk, &band->from);
        ca_walk_int(walk, &band->score);
    }
    ca_walk_integer(walk, &s->points);
    ca_walk_flag(walk, &s->faults);
}

static void walk_limits(const struct ca_walk *walk, struct ca_limit **limits, size_t *count)
{
    WALK_ARRAY(walk, *limits, *count, 4);
    for (struct ca_limit *limit = *limits; limit < *limits + *count; limit++) {
        ca_walk_text(walk, &limit->id);
        ca_walk_text(walk, &limit->reason);
        ca_walk_index(walk, &limit->to);
        ca_walk_index(walk, &limit->section);
    }
}

static void walk_sections(const struct ca_walk *walk, struct ca_template *t)
{
    WALK_ARRAY(walk, t->sections, t->section_count, 7);
    for (struct ca_section *s = t->sections; s < CA_END(t->sections, t->section_count); s++) {
        ca_walk_text(walk, &s->id);
        ca_walk_text(walk, &s->title);
        ca_walk_text(walk, &s->focus);
        ca_walk_index(walk, &s->parent);
        ca_walk_int(walk, &s->weight);
        ca_walk_flag(walk, &s->apart);
        walk_limits(walk, &s->limits, &s->limit_count);
    }
}

static void walk_standards(const struct ca_walk *walk, struct ca_template *t)
{
    WALK_ARRAY(walk, t->standards, t->standard_count, 10);
    for (struct ca_standard *s = t->standards; s < CA_END(t->standards, t->standard_count);
         s++) {
        ca_walk_text(walk, &s->id);
        ca_walk_text(walk, &s->label);
        ca_walk_index(walk, &s->section);
        WALK_ENUM(walk, s->type);
        ca_walk_int(walk, &s->weight);
        walk_worth(walk, s);
    }
}

static void walk_attributes(const struct ca_walk *walk, struct ca_template *t)
{
    WALK_ARRAY(walk, t->attributes, t->attribute_count, 5);
    for (struct ca_attribute_def *a = t->attributes;
         a < CA_END(t->attributes, t->attribute_count); a++) {
        ca_walk_text(walk, &a->id);
        ca_walk_text(walk, &a->label);
        WALK_ENUM(walk, a->type);
        ca_walk_flag(walk, &a->required);
        walk_named(walk, &a->values, &a->value_count);
    }
}

static void walk_alerts(const struct ca_walk *walk, struct ca_template *t)
{
    WALK_ARRAY(walk, t->alerts, t->alert_count, 3);
    for (struct ca_alert *alert = t->alerts; alert < CA_END(t->alerts, t->alert_count);
         alert++) {
        ca_walk_text(walk, &alert->id);
        ca_walk_text(walk, &alert->message);
        WALK_ENUM(walk, alert->severity);
    }
    WALK_ARRAY(walk, t->measures, t->measure_count, 4);
    for (struct ca_measure *m = t->measures; m < CA_END(t->measures, t->measure_count); m++) {
        ca_walk_text(walk, &m->id);
        ca_walk_text(walk, &m->label);
        ca_walk_index(walk, &m->standard);
        ca_walk_flag(walk, &m->mean);
    }
}

static void walk_template(const struct ca_walk *walk, struct ca_template *t)
{
    ca_walk_text(walk, &t->id);
    ca_walk_text(walk, &t->version);
    ca_walk_text(walk, &t->framework_name);
    ca_walk_text(walk, &t->unit);
    ca_walk_text(walk, &t->title);
    ca_walk_int(walk, &t->effective_from);
    ca_walk_int(walk, &t->effective_to);
    ca_walk_int(walk, &t->out_of);
    ca_walk_int(walk, &t->full_marks);
    ca_walk_flag(walk, &t->judged);
    walk_grades(walk, t);
    walk_named(walk, &t->agencies, &t->agency_count);
    walk_named(walk, &t->themes, &t->theme_count);
    walk_attributes(walk, t);
    walk_sections(walk, t);
    walk_lists(walk, t);
    walk_standards(walk, t);
    walk_limits(walk, &t->limits, &t->limit_count);
    walk_alerts(walk, t);
}

void ca_outline_pack(const struct ca_template *t, struct ca_buffer *out)
{
    struct ca_template copy = *t; /* only its own pointers are written back */
    const struct ca_walk walk = {.out = out};

    walk_template(&walk, &copy);
}

/* ---- does it hang together? ---- */

static bool limits_make_sense(const struct ca_template *t, const struct ca_limit *limits,
                              size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (limits[i].id == NULL || limits[i].reason == NULL ||
            limits[i].to >= t->grade_count ||
            (limits[i].section != CA_NONE && limits[i].section >= t->section_count))
            return false;
    return true;
}

static bool sections_make_sense(const struct ca_template *t)
{
    for (size_t i = 0; i < t->section_count; i++) {
        const struct ca_section *s = &t->sections[i];
        if (s->id == NULL || s->title == NULL || (s->parent != CA_NONE && s->parent >= i) ||
            !limits_make_sense(t, s->limits, s->limit_count))
            return false;
    }
    return true;
}

static bool standards_make_sense(const struct ca_template *t)
{
    for (size_t i = 0; i < t->list_count; i++)
        for (size_t k = 0; k < t->lists[i].count; k++)
            if (t->lists[i].answers[k].id == NULL)
                return false;
    for (size_t i = 0; i < t->standard_count; i++) {
        const struct ca_standard *s = &t->standards[i];
        if (s->id == NULL || s->section >= t->section_count ||
            (s->type == CA_TYPE_ANSWERS && s->list >= t->list_count) ||
            (s->type == CA_TYPE_POINTS && s->points <= 0))
            return false;
    }
    return true;
}

static bool names_make_sense(const struct ca_named *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].id == NULL || items[i].label == NULL)
            return false;
    return true;
}

static bool others_make_sense(const struct ca_template *t)
{
    for (size_t i = 0; i < t->grade_count; i++)
        if (t->grades[i].id == NULL || t->grades[i].label == NULL)
            return false;
    for (size_t i = 0; i < t->attribute_count; i++)
        if (t->attributes[i].id == NULL || t->attributes[i].label == NULL ||
            !names_make_sense(t->attributes[i].values, t->attributes[i].value_count))
            return false;
    for (size_t i = 0; i < t->alert_count; i++)
        if (t->alerts[i].id == NULL || t->alerts[i].message == NULL)
            return false;
    for (size_t i = 0; i < t->measure_count; i++)
        if (t->measures[i].id == NULL || t->measures[i].label == NULL ||
            (t->measures[i].standard != CA_NONE &&
             t->measures[i].standard >= t->standard_count))
            return false;
    return true;
}

static bool makes_sense(const struct ca_template *t)
{
    return t->id != NULL && t->version != NULL && t->framework_name != NULL &&
           t->unit != NULL && t->title != NULL && t->section_count <= CA_MAX_SECTIONS &&
           t->standard_count <= CA_MAX_STANDARDS && sections_make_sense(t) &&
           standards_make_sense(t) && names_make_sense(t->agencies, t->agency_count) &&
           names_make_sense(t->themes, t->theme_count) &&
           limits_make_sense(t, t->limits, t->limit_count) && others_make_sense(t);
}

struct ca_template *ca_outline_unpack(const char *bytes, size_t length, const char *file)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_template *t = CA_NEW(arena, struct ca_template);
    const char *kept = ca_arena_strndup(arena, bytes, length);
    struct ca_unpack in = {kept, kept + length, true};
    const struct ca_walk walk = {.in = &in, .arena = arena};

    t->arena = arena;
    t->file = ca_arena_strdup(arena, file);
    t->retired_on = CA_NO_DATE;
    walk_template(&walk, t);
    if (in.good && in.at == in.end && makes_sense(t))
        return t;
    ca_template_free(t);
    return NULL;
}
