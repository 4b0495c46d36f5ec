/* A record as bytes, from a worker to the one that stores it. */
#include <string.h>

#include "core/base/array.h"
#include "core/base/pack.h"
#include "core/store/record.h"

#define ARRAY(walk, record, name, members)                                                     \
    void *name = (record)->name##s;                                                            \
    ca_walk_array(walk, &name, &(record)->name##_count, sizeof *(record)->name##s, members);   \
    (record)->name##s = name

static void scored_parts(const struct ca_walk *walk, struct ca_record *r)
{
    ARRAY(walk, r, section, 5);
    for (struct ca_record_section *s = r->sections; s < CA_END(r->sections, r->section_count);
         s++) {
        ca_walk_int(walk, &s->section);
        ca_walk_int(walk, &s->agency);
        ca_walk_int(walk, &s->score);
        ca_walk_int(walk, &s->grade);
        ca_walk_int(walk, &s->cap);
    }
    ARRAY(walk, r, standard, 9);
    for (struct ca_record_standard *s = r->standards;
         s < CA_END(r->standards, r->standard_count); s++) {
        ca_walk_int(walk, &s->standard);
        ca_walk_int(walk, &s->agency);
        ca_walk_int(walk, &s->status);
        ca_walk_flag(walk, &s->counts);
        ca_walk_int(walk, &s->score);
        ca_walk_int(walk, &s->days);
        ca_walk_int(walk, &s->due);
        ca_walk_text(walk, &s->answer);
        ca_walk_text(walk, &s->audited);
    }
}

static void agencies(const struct ca_walk *walk, struct ca_record *r)
{
    void *items = r->agencies;

    ca_walk_array(walk, &items, &r->agency_count, sizeof *r->agencies, 4);
    r->agencies = items;
    for (struct ca_record_agency *a = r->agencies; a < CA_END(r->agencies, r->agency_count);
         a++) {
        ca_walk_int(walk, &a->agency);
        ca_walk_int(walk, &a->score);
        ca_walk_int(walk, &a->grade);
        ca_walk_int(walk, &a->judged);
    }
}

static void fired(const struct ca_walk *walk, struct ca_record *r)
{
    ARRAY(walk, r, limit, 4);
    for (struct ca_record_limit *l = r->limits; l < CA_END(r->limits, r->limit_count); l++) {
        ca_walk_text(walk, &l->id);
        ca_walk_text(walk, &l->reason);
        ca_walk_int(walk, &l->section);
        ca_walk_int(walk, &l->to);
    }
    ARRAY(walk, r, alert, 3);
    for (struct ca_record_alert *a = r->alerts; a < CA_END(r->alerts, r->alert_count); a++) {
        ca_walk_text(walk, &a->id);
        ca_walk_text(walk, &a->message);
        ca_walk_int(walk, &a->severity);
    }
    ARRAY(walk, r, measure, 5);
    for (struct ca_record_measure *m = r->measures; m < CA_END(r->measures, r->measure_count);
         m++) {
        ca_walk_text(walk, &m->id);
        ca_walk_text(walk, &m->label);
        ca_walk_flag(walk, &m->mean);
        ca_walk_integer(walk, &m->numerator);
        ca_walk_integer(walk, &m->denominator);
    }
}

static void said(const struct ca_walk *walk, struct ca_record *r)
{
    ARRAY(walk, r, action, 9);
    for (struct ca_record_action *a = r->actions; a < CA_END(r->actions, r->action_count);
         a++) {
        ca_walk_text(walk, &a->id);
        ca_walk_text(walk, &a->owner);
        ca_walk_text(walk, &a->verified_by);
        ca_walk_text(walk, &a->text);
        ca_walk_text(walk, &a->theme);
        ca_walk_int(walk, &a->standard);
        ca_walk_int(walk, &a->agency);
        ca_walk_int(walk, &a->due);
        ca_walk_int(walk, &a->completed);
    }
    ARRAY(walk, r, finding, 4);
    for (struct ca_record_finding *f = r->findings; f < CA_END(r->findings, r->finding_count);
         f++) {
        ca_walk_flag(walk, &f->strength);
        ca_walk_text(walk, &f->theme);
        ca_walk_int(walk, &f->agency);
        ca_walk_text(walk, &f->text);
    }
    ARRAY(walk, r, attribute, 2);
    for (struct ca_record_attribute *a = r->attributes;
         a < CA_END(r->attributes, r->attribute_count); a++) {
        ca_walk_int(walk, &a->attribute);
        ca_walk_text(walk, &a->value);
    }
}

static void scalars(const struct ca_walk *walk, struct ca_record *r)
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
        ca_walk_text(walk, texts[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        ca_walk_int(walk, numbers[i]);
    ca_walk_flag(walk, &r->complete);
}

static void document(const struct ca_walk *walk, struct ca_record *r)
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

static void members(const struct ca_walk *walk, struct ca_record *r)
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
    const struct ca_walk walk = {.out = out};

    members(&walk, &copy);
}

bool ca_record_unpack(struct ca_arena *arena, const char **bytes, const char *end,
                      struct ca_record *out)
{
    struct ca_unpack in = {*bytes, end, true};
    const struct ca_walk walk = {.in = &in, .arena = arena};
    struct ca_record record = {0};

    members(&walk, &record);
    if (!in.good || record.return_id == NULL || record.template_id == NULL ||
        record.template_version == NULL || record.document == NULL)
        return false;
    *bytes = in.at;
    *out = record;
    return true;
}
