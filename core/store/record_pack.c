#include <limits.h>
#include <string.h>

#include "core/store/pack.h"
#include "core/store/record.h"

/*
 * Packing and unpacking are one walk over the members, in one of two
 * directions, so that they cannot come apart.
 */
struct walk {
    struct ca_buffer *out; /* packing */
    struct ca_unpack *in;  /* unpacking */
    struct ca_arena *arena;
};

static void integer(const struct walk *walk, int64_t *value)
{
    if (walk->out != NULL)
        ca_pack_int(walk->out, *value);
    else
        *value = ca_unpack_int(walk->in);
}

static void small(const struct walk *walk, int *value)
{
    if (walk->out != NULL)
        ca_pack_int(walk->out, *value);
    else
        *value = (int)ca_unpack_range(walk->in, INT_MIN, INT_MAX);
}

static void flag(const struct walk *walk, bool *value)
{
    if (walk->out != NULL)
        ca_pack_int(walk->out, *value);
    else
        *value = ca_unpack_range(walk->in, 0, 1) != 0;
}

static void text(const struct walk *walk, const char **value)
{
    if (walk->out != NULL)
        ca_pack_text(walk->out, *value);
    else
        *value = ca_unpack_text(walk->in);
}

/* The array's length, and when unpacking its room. */
static void array(const struct walk *walk, void **items, size_t *count, size_t size)
{
    if (walk->out != NULL) {
        ca_pack_int(walk->out, (int64_t)*count);
        return;
    }
    *count = ca_unpack_count(walk->in);
    *items = ca_arena_array(walk->arena, *count, size);
}

#define ARRAY(walk, record, name)                                                              \
    void *name = (record)->name##s;                                                            \
    array(walk, &name, &(record)->name##_count, sizeof *(record)->name##s);                    \
    (record)->name##s = name

static void scored_parts(const struct walk *walk, struct ca_record *r)
{
    ARRAY(walk, r, section);
    for (struct ca_record_section *s = r->sections; s < r->sections + r->section_count; s++) {
        small(walk, &s->section);
        small(walk, &s->agency);
        small(walk, &s->score);
        small(walk, &s->grade);
        small(walk, &s->cap);
    }
    ARRAY(walk, r, standard);
    for (struct ca_record_standard *s = r->standards; s < r->standards + r->standard_count;
         s++) {
        small(walk, &s->standard);
        small(walk, &s->agency);
        small(walk, &s->status);
        flag(walk, &s->counts);
        small(walk, &s->score);
        small(walk, &s->days);
        small(walk, &s->due);
        text(walk, &s->answer);
        text(walk, &s->audited);
    }
}

static void agencies(const struct walk *walk, struct ca_record *r)
{
    void *items = r->agencies;

    array(walk, &items, &r->agency_count, sizeof *r->agencies);
    r->agencies = items;
    for (struct ca_record_agency *a = r->agencies; a < r->agencies + r->agency_count; a++) {
        small(walk, &a->agency);
        small(walk, &a->score);
        small(walk, &a->grade);
        small(walk, &a->judged);
    }
}

static void fired(const struct walk *walk, struct ca_record *r)
{
    ARRAY(walk, r, limit);
    for (struct ca_record_limit *l = r->limits; l < r->limits + r->limit_count; l++) {
        text(walk, &l->id);
        text(walk, &l->reason);
        small(walk, &l->section);
        small(walk, &l->to);
    }
    ARRAY(walk, r, alert);
    for (struct ca_record_alert *a = r->alerts; a < r->alerts + r->alert_count; a++) {
        text(walk, &a->id);
        text(walk, &a->message);
        small(walk, &a->severity);
    }
    ARRAY(walk, r, measure);
    for (struct ca_record_measure *m = r->measures; m < r->measures + r->measure_count; m++) {
        text(walk, &m->id);
        text(walk, &m->label);
        flag(walk, &m->mean);
        integer(walk, &m->numerator);
        integer(walk, &m->denominator);
    }
}

static void said(const struct walk *walk, struct ca_record *r)
{
    ARRAY(walk, r, action);
    for (struct ca_record_action *a = r->actions; a < r->actions + r->action_count; a++) {
        text(walk, &a->id);
        text(walk, &a->owner);
        text(walk, &a->verified_by);
        text(walk, &a->text);
        small(walk, &a->standard);
        small(walk, &a->agency);
        small(walk, &a->due);
        small(walk, &a->completed);
    }
    ARRAY(walk, r, finding);
    for (struct ca_record_finding *f = r->findings; f < r->findings + r->finding_count; f++) {
        flag(walk, &f->strength);
        text(walk, &f->theme);
        small(walk, &f->agency);
        text(walk, &f->text);
    }
    ARRAY(walk, r, attribute);
    for (struct ca_record_attribute *a = r->attributes; a < r->attributes + r->attribute_count;
         a++) {
        small(walk, &a->attribute);
        text(walk, &a->value);
    }
}

static void scalars(const struct walk *walk, struct ca_record *r)
{
    const char **texts[] = {&r->return_id,    &r->template_id,       &r->template_version,
                            &r->framework,    &r->framework_version, &r->plugin,
                            &r->case_ref,     &r->auditor,           &r->selection,
                            &r->judgement.by, &r->moderation.by};
    int *numbers[] = {
        &r->audit_date,     &r->status, &r->score,     &r->computed, &r->recomputed,
        &r->judged,         &r->cap,    &r->moderated, &r->grade,    &r->judgement.date,
        &r->moderation.date};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        text(walk, texts[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        small(walk, numbers[i]);
    flag(walk, &r->complete);
}

static void document(const struct walk *walk, struct ca_record *r)
{
    size_t length;
    const char *digest;

    if (walk->out != NULL) {
        ca_pack_bytes(walk->out, r->document, r->document_length);
        ca_pack_bytes(walk->out, r->sha256, sizeof r->sha256);
        return;
    }
    r->document = ca_unpack_bytes(walk->in, &r->document_length);
    digest = ca_unpack_bytes(walk->in, &length);
    if (digest != NULL && length == sizeof r->sha256)
        memcpy(r->sha256, digest, length);
    else
        walk->in->good = false;
}

static void members(const struct walk *walk, struct ca_record *r)
{
    scalars(walk, r);
    scored_parts(walk, r);
    agencies(walk, r);
    fired(walk, r);
    said(walk, r);
    document(walk, r);
}

void ca_record_pack(const struct ca_record *record, struct ca_buffer *out)
{
    struct ca_record copy = *record; /* only its own pointers are written back */
    const struct walk walk = {.out = out};

    members(&walk, &copy);
}

bool ca_record_unpack(struct ca_arena *arena, const char **bytes, const char *end,
                      struct ca_record *out)
{
    struct ca_unpack in = {*bytes, end, true};
    const struct walk walk = {.in = &in, .arena = arena};
    struct ca_record record = {0};

    members(&walk, &record);
    if (!in.good || record.return_id == NULL || record.template_id == NULL ||
        record.template_version == NULL || record.document == NULL)
        return false;
    *bytes = in.at;
    *out = record;
    return true;
}
