/* Does a record that came from another process hang together with its template? */
#include "core/store/record.h"

#include "core/base/array.h"
#include "core/store/figures_fit.h"

static bool within(int index, size_t count)
{
    return index >= 0 && (size_t)index < count;
}

static bool within_or_none(int index, size_t count)
{
    return index == -1 || within(index, count);
}

static bool score_fits(int32_t score, const struct ca_template *t)
{
    return score >= -1 && score <= t->full_marks;
}

static bool grades_fit(const struct ca_record *r, const struct ca_template *t)
{
    const int grades[] = {r->computed, r->recomputed, r->judged,
                          r->cap,      r->moderated,  r->grade};

    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++)
        if (!within_or_none(grades[i], t->grade_count))
            return false;
    return score_fits(r->score, t) &&
           (r->status == (int)CA_SCORED || r->status == (int)CA_NOT_GRADED);
}

static bool sections_fit(const struct ca_record *r, const struct ca_template *t)
{
    for (const struct ca_record_section *s = r->sections;
         s < CA_END(r->sections, r->section_count); s++)
        if (!within(s->section, t->section_count) ||
            !within_or_none(s->agency, t->agency_count) || !score_fits(s->score, t) ||
            !within_or_none(s->grade, t->grade_count) ||
            !within_or_none(s->cap, t->grade_count))
            return false;
    for (const struct ca_record_agency *a = r->agencies;
         a < CA_END(r->agencies, r->agency_count); a++)
        if (!within(a->agency, t->agency_count) || !score_fits(a->score, t) ||
            !within_or_none(a->grade, t->grade_count) ||
            !within_or_none(a->judged, t->grade_count))
            return false;
    return true;
}

static bool standards_fit(const struct ca_record *r, const struct ca_template *t)
{
    for (const struct ca_record_standard *s = r->standards;
         s < CA_END(r->standards, r->standard_count); s++)
        if (!within(s->standard, t->standard_count) ||
            !within_or_none(s->agency, t->agency_count) || s->status < CASEAUDIT_ANSWERED ||
            s->status > CASEAUDIT_NOT_APPLYING || !score_fits(s->score, t))
            return false;
    return true;
}

static bool fired_fit(const struct ca_record *r, const struct ca_template *t)
{
    for (const struct ca_record_limit *l = r->limits; l < CA_END(r->limits, r->limit_count);
         l++)
        if (l->id == NULL || l->reason == NULL ||
            !within_or_none(l->section, t->section_count) || !within(l->to, t->grade_count))
            return false;
    for (const struct ca_record_alert *a = r->alerts; a < CA_END(r->alerts, r->alert_count);
         a++)
        if (a->id == NULL || a->message == NULL || a->severity < CA_IMMEDIATE ||
            a->severity > CA_REVIEW)
            return false;
    for (const struct ca_record_measure *m = r->measures;
         m < CA_END(r->measures, r->measure_count); m++)
        if (m->id == NULL || m->label == NULL ||
            !ca_measure_fits(m->mean, m->numerator, m->denominator))
            return false;
    return true;
}

static bool said_fits(const struct ca_record *r, const struct ca_template *t)
{
    for (const struct ca_record_action *a = r->actions; a < CA_END(r->actions, r->action_count);
         a++)
        if (a->id == NULL || !within_or_none(a->standard, t->standard_count) ||
            !within_or_none(a->agency, t->agency_count))
            return false;
    for (const struct ca_record_finding *f = r->findings;
         f < CA_END(r->findings, r->finding_count); f++)
        if (!within_or_none(f->agency, t->agency_count))
            return false;
    for (const struct ca_record_attribute *a = r->attributes;
         a < CA_END(r->attributes, r->attribute_count); a++)
        if (!within(a->attribute, t->attribute_count) || a->value == NULL)
            return false;
    return true;
}

bool ca_record_fits(const struct ca_record *r, const struct ca_template *t)
{
    return r->case_ref != NULL && r->auditor != NULL && grades_fit(r, t) &&
           sections_fit(r, t) && standards_fit(r, t) && fired_fit(r, t) && said_fits(r, t);
}
