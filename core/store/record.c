/* A result as the store keeps it, made from the scored return. */
#include "core/store/record.h"

/* Indexes of the model become plain numbers; none is -1. */
static int number(size_t index)
{
    return index == CA_NONE ? -1 : (int)index;
}

/* ---- what was scored ---- */

static void add_section(struct ca_record *record, size_t section, int agency,
                        const struct ca_section_row *row)
{
    record->sections[record->section_count++] =
        (struct ca_record_section){.section = (int)section,
                                   .agency = agency,
                                   .score = row->score,
                                   .grade = number(row->grade),
                                   .cap = number(row->cap)};
}

static void take_sections(struct ca_arena *arena, const struct ca_result *result,
                          struct ca_record *record)
{
    const struct ca_template *t = result->template;

    record->sections =
        CA_ARRAY(arena, t->section_count * (1 + t->agency_count), struct ca_record_section);
    for (size_t i = 0; i < t->section_count; i++) {
        add_section(record, i, -1, &result->joint[i]);
        for (size_t a = 0; a < t->agency_count; a++)
            if (result->audit->returned[a].returned)
                add_section(record, i, (int)a, &result->by_agency[i * result->columns + a]);
    }
}

static void take_agencies(struct ca_arena *arena, const struct ca_result *result,
                          struct ca_record *record)
{
    const struct ca_template *t = result->template;

    record->agencies = CA_ARRAY(arena, t->agency_count, struct ca_record_agency);
    for (size_t a = 0; a < t->agency_count; a++)
        if (result->audit->returned[a].returned)
            record->agencies[record->agency_count++] =
                (struct ca_record_agency){.agency = (int)a,
                                          .score = result->agencies[a].score,
                                          .grade = number(result->agencies[a].grade),
                                          .judged = number(result->audit->returned[a].grade)};
}

static void take_standards(struct ca_arena *arena, const struct ca_result *result,
                           struct ca_record *record)
{
    const struct ca_template *t = result->template;

    record->standards =
        CA_ARRAY(arena, t->standard_count * result->columns, struct ca_record_standard);
    for (size_t i = 0; i < t->standard_count * result->columns; i++) {
        const struct ca_outcome *o = &result->outcomes[i];
        if (!o->present)
            continue;
        record->standards[record->standard_count++] = (struct ca_record_standard){
            .standard = (int)(i / result->columns),
            .agency = t->agency_count > 0 ? (int)(i % result->columns) : -1,
            .status = (int)o->status,
            .counts = o->counts,
            .score = o->score,
            .days = o->days,
            .due = o->due,
            .answer = o->answer,
            .audited = o->audited};
    }
}

static void take_fired(struct ca_arena *arena, const struct ca_result *result,
                       struct ca_record *record)
{
    record->limits = CA_ARRAY(arena, result->limit_count, struct ca_record_limit);
    record->limit_count = result->limit_count;
    for (size_t i = 0; i < result->limit_count; i++)
        record->limits[i] =
            (struct ca_record_limit){.id = result->limits[i].id,
                                     .reason = result->limits[i].reason,
                                     .section = number(result->limits[i].section),
                                     .to = number(result->limits[i].to)};
    record->alerts = CA_ARRAY(arena, result->alert_count, struct ca_record_alert);
    record->alert_count = result->alert_count;
    for (size_t i = 0; i < result->alert_count; i++)
        record->alerts[i] =
            (struct ca_record_alert){.id = result->alerts[i].id,
                                     .message = result->alerts[i].message,
                                     .severity = (int)result->alerts[i].severity};
    record->measures = CA_ARRAY(arena, result->measure_count, struct ca_record_measure);
    record->measure_count = result->measure_count;
    for (size_t i = 0; i < result->measure_count; i++)
        record->measures[i] =
            (struct ca_record_measure){.id = result->measures[i].id,
                                       .label = result->measures[i].label,
                                       .mean = result->measures[i].mean,
                                       .numerator = result->measures[i].numerator,
                                       .denominator = result->measures[i].denominator};
}

/* ---- what was said ---- */

static void take_actions(struct ca_arena *arena, const struct ca_return *audit,
                         struct ca_record *record)
{
    record->actions = CA_ARRAY(arena, audit->action_count, struct ca_record_action);
    record->action_count = audit->action_count;
    for (size_t i = 0; i < audit->action_count; i++) {
        const struct ca_action *action = &audit->actions[i];
        record->actions[i] = (struct ca_record_action){.id = action->id,
                                                       .owner = action->owner,
                                                       .verified_by = action->verified_by,
                                                       .text = action->text,
                                                       .theme = action->theme_id,
                                                       .standard = number(action->standard),
                                                       .agency = number(action->agency),
                                                       .due = action->due,
                                                       .completed = action->completed};
    }
}

static void take_findings(struct ca_arena *arena, const struct ca_return *audit,
                          struct ca_record *record)
{
    record->findings = CA_ARRAY(arena, audit->finding_count, struct ca_record_finding);
    record->finding_count = audit->finding_count;
    for (size_t i = 0; i < audit->finding_count; i++) {
        const struct ca_finding *finding = &audit->findings[i];
        record->findings[i] = (struct ca_record_finding){.strength = finding->strength,
                                                         .theme = finding->theme_id,
                                                         .agency = number(finding->agency),
                                                         .text = finding->text};
    }
}

static void take_attributes(struct ca_arena *arena, const struct ca_return *audit,
                            struct ca_record *record)
{
    size_t count = audit->template->attribute_count;

    record->attributes = CA_ARRAY(arena, count, struct ca_record_attribute);
    for (size_t i = 0; i < count; i++)
        if (audit->attributes[i].text != NULL)
            record->attributes[record->attribute_count++] =
                (struct ca_record_attribute){(int)i, audit->attributes[i].text};
}

static struct ca_record_judgement judgement_of(const struct ca_judgement *judgement)
{
    if (!judgement->given)
        return (struct ca_record_judgement){NULL, CA_NO_DATE};
    return (struct ca_record_judgement){judgement->by, judgement->date};
}

/* ---- the whole ---- */

void ca_record_of_result(struct ca_arena *arena, const struct ca_result *result,
                         const char *bytes, size_t length, const char *plugin,
                         struct ca_record *out)
{
    const struct ca_template *t = result->template;
    const struct ca_return *audit = result->audit;

    *out = (struct ca_record){.return_id = audit->id,
                              .template_id = t->id,
                              .template_version = t->version,
                              .framework = t->framework_name,
                              .framework_version = t->framework->version,
                              .plugin = plugin,
                              .case_ref = audit->case_ref,
                              .auditor = audit->auditor,
                              .selection = audit->selection,
                              .audit_date = audit->audit_date,
                              .status = (int)result->status,
                              .complete = result->complete,
                              .score = result->score,
                              .computed = number(result->computed),
                              .recomputed = number(result->recomputed),
                              .judged = number(result->judged),
                              .cap = number(result->cap),
                              .moderated = number(result->moderated),
                              .grade = number(result->grade),
                              .judgement = judgement_of(&audit->judgement),
                              .moderation = judgement_of(&audit->moderation),
                              .document = bytes,
                              .document_length = length};
    take_sections(arena, result, out);
    take_agencies(arena, result, out);
    take_standards(arena, result, out);
    take_fired(arena, result, out);
    take_actions(arena, audit, out);
    take_findings(arena, audit, out);
    take_attributes(arena, audit, out);
    ca_sha256(bytes, length, out->sha256);
}
