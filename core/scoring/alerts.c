/* Which alerts a return raises: the template's, and the two that are built in (scoring rules,
 * section 7). */
#include "core/scoring/alerts.h"

#include "core/scoring/conditions.h"

static void add_alert(struct ca_result *result, const char *id, const char *message,
                      enum ca_alert_severity severity, const struct ca_alert *alert)
{
    result->alerts[result->alert_count++] =
        (struct ca_fired_alert){id, message, severity, alert};
}

static size_t steps_apart(size_t a, size_t b)
{
    if (a == CA_NONE || b == CA_NONE)
        return 0;
    return a > b ? a - b : b - a;
}

/* Whose grade a limit lowered, and to what: the moderator's if both were. */
static const char *words_of_cap(const struct ca_result *result, const struct ca_pass *pass)
{
    const bool moderated = result->moderated != CA_NONE && result->grade != result->moderated;

    return ca_arena_printf(
        pass->arena, "A limit lowered the grade that was %s to '%s'.",
        moderated ? "moderated" : "judged",
        pass->template->grades[moderated ? result->grade : result->cap].label);
}

/* By severity, then as the template has them; the built-in ones last. */
void ca_gather_alerts(struct ca_result *result, const struct ca_pass *pass, bool capped)
{
    const struct ca_template *t = pass->template;

    result->alerts = CA_ARRAY(pass->arena, t->alert_count + 2, struct ca_fired_alert);
    for (int severity = CA_IMMEDIATE; severity <= CA_REVIEW; severity++)
        for (size_t i = 0; i < t->alert_count; i++) {
            const struct ca_alert *alert = &t->alerts[i];
            if ((int)alert->severity == severity &&
                ca_conditions_hold(pass, &alert->conditions))
                add_alert(result, alert->id, alert->message, alert->severity, alert);
        }
    if (steps_apart(result->judged, result->computed) >= 2)
        add_alert(result, "judgement-diverges",
                  ca_arena_printf(
                      pass->arena, "The auditor judged '%s'; the answers as audited give '%s'.",
                      t->grades[result->judged].label, t->grades[result->computed].label),
                  CA_REVIEW, NULL);
    if (capped)
        add_alert(result, "judgement-capped", words_of_cap(result, pass), CA_REVIEW, NULL);
}
