/* From the computed grade to the grade, and what stands beside it. */
#include "core/base/decimal.h"
#include "core/report/explain/explain_private.h"

/* ---- from the computed grade to the grade ---- */

static void say_who(struct ca_explainer *e, const char *what, const struct ca_judgement *j)
{
    ca_say(e, "%s by %s on ", what, j->by);
    ca_words_date(&e->text, j->date);
}

static void say_rationale(struct ca_explainer *e, const struct ca_judgement *j)
{
    if (j->rationale != NULL)
        ca_say(e, " \"%s\"", j->rationale);
}

static void explain_judgement(struct ca_explainer *e)
{
    const struct ca_judgement *j = &e->result->audit->judgement;

    if (!j->given)
        return;
    say_who(e, "Judged", j);
    ca_say(e, ": '%s'. %s", ca_explain_grade_name(e, j->grade),
           e->t->judged ? "By this template the judgement counts, not the computed grade."
                        : "By this template the computed grade counts, not the judgement.");
    say_rationale(e, j);
    ca_say_end(e, 2);
}

static void explain_limits(struct ca_explainer *e)
{
    const struct ca_result *result = e->result;
    bool any = false;

    for (size_t i = 0; i < result->limit_count; i++)
        if (result->limits[i].section == CA_NONE) {
            ca_explain_limit(e, &result->limits[i]);
            any = true;
        }
    if (!any && e->t->limit_count > 0) {
        ca_say(e, "No limit holds.");
        ca_say_end(e, 2);
    }
    if (result->cap == CA_NONE || result->base == CA_NONE)
        return;
    if (result->cap > result->base)
        ca_say(e, "So '%s' is lowered to '%s'.", ca_explain_grade_name(e, result->base),
               ca_explain_grade_name(e, result->cap));
    else
        ca_say(e, "'%s' is within the limit of '%s', so it stays.",
               ca_explain_grade_name(e, result->base), ca_explain_grade_name(e, result->cap));
    ca_say_end(e, 2);
}

static void explain_moderation(struct ca_explainer *e)
{
    const struct ca_result *result = e->result;
    const struct ca_judgement *m = &result->audit->moderation;

    if (!m->given)
        return;
    say_who(e, "Moderated", m);
    ca_say(e, ": '%s'%s, in place of the grade so far.",
           ca_explain_grade_name(e, result->moderated),
           m->grade == CA_NONE ? ", which is the grade computed with the changes" : "");
    say_rationale(e, m);
    ca_say_end(e, 2);
    if (m->override && result->cap != CA_NONE) {
        ca_say(e, result->moderation_cap == CA_NONE
                      ? "The moderation overrides the limits."
                      : "The moderation overrides the limits, but not those that no moderation "
                        "lifts.");
        ca_say_end(e, 2);
    }
    if (result->grade != result->moderated) {
        ca_say(e, "A limit lowers it to '%s'.",
               ca_explain_grade_name(e, result->moderation_cap));
        ca_say_end(e, 2);
    }
}

void ca_explain_grade(struct ca_explainer *e)
{
    const struct ca_result *result = e->result;

    ca_say_heading(e, "The grade");
    ca_say(e, "Computed from the answers as audited: %s.",
           ca_explain_grade_name(e, result->computed));
    ca_say_end(e, 2);
    if (result->as_audited != NULL) {
        ca_say(e, "Computed again with the moderator's changes: %s.",
               ca_explain_grade_name(e, result->recomputed));
        ca_say_end(e, 2);
    }
    explain_judgement(e);
    explain_limits(e);
    explain_moderation(e);
    ca_say(e, "Grade: %s.", ca_explain_grade_name(e, result->grade));
    ca_say_end(e, 2);
}

/* ---- beside the grade ---- */

void ca_explain_alerts(struct ca_explainer *e)
{
    if (e->result->alert_count > 0)
        ca_say_heading(e, "Alerts");
    for (size_t i = 0; i < e->result->alert_count; i++) {
        const struct ca_fired_alert *alert = &e->result->alerts[i];
        ca_say(e, "%s: %s", ca_words_severity(alert->severity), alert->message);
        ca_say_end(e, 2);
        if (alert->alert == NULL || alert->alert->conditions.count == 0)
            continue;
        ca_say(e, "It is raised because ");
        ca_explain_conditions(e, &alert->alert->conditions);
        ca_say(e, ".");
        ca_say_end(e, 4);
    }
}

static void say_measure(struct ca_explainer *e, const struct ca_measured *m)
{
    char sum[CA_DECIMAL_SIZE];

    ca_say(e, "%s: ", m->label != NULL ? m->label : m->id);
    if (m->denominator == 0)
        ca_say(e, "nothing to count here.");
    else if (m->mean)
        ca_say(e, "%s to the sum, %lld to the count.", ca_decimal_short(m->numerator, 3, sum),
               (long long)m->denominator);
    else
        ca_say(e, "%lld of %lld.", (long long)m->numerator, (long long)m->denominator);
}

void ca_explain_measures(struct ca_explainer *e)
{
    if (e->result->measure_count > 0)
        ca_say_heading(e, "What this audit adds to the measures");
    for (size_t i = 0; i < e->result->measure_count; i++) {
        say_measure(e, &e->result->measures[i]);
        ca_say_end(e, 2);
    }
}
