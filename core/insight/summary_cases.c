/* The list of cases: whom it concerns, for those who act. */
#include "core/base/array.h"
#include "core/insight/summarise.h"

static void add(struct ca_summary *s, const struct ca_summary_case *item)
{
    *CA_ARENA_APPEND(s->arena, s->cases, s->case_count) = *item;
}

void ca_summary_add_alert(struct ca_summary *s, const char *return_id, const char *case_ref,
                          ca_date audit_date, const char *message,
                          enum ca_alert_severity severity)
{
    add(s, &(struct ca_summary_case){ca_arena_strdup(s->arena, return_id),
                                     ca_arena_strdup(s->arena, case_ref), audit_date,
                                     ca_arena_strdup(s->arena, message), "alert", severity});
}

void ca_summary_add_action(struct ca_summary *s, const struct ca_stored_action *action)
{
    char due[CA_DATE_SIZE];
    const char *why = ca_arena_printf(
        s->arena, "action %s, owner %s, due %s%s%s", action->id,
        action->owner ? action->owner : "not named", ca_date_format(action->due, due),
        action->text ? ": " : "", action->text ? action->text : "");

    add(s, &(struct ca_summary_case){ca_arena_strdup(s->arena, action->return_id),
                                     ca_arena_strdup(s->arena, action->case_ref),
                                     action->audit_date, why, "action", CA_REVIEW});
}

void ca_summary_add_erased(struct ca_summary *s, int64_t unlisted)
{
    const char *what = ca_arena_printf(
        s->arena, "%lld alert%s or overdue action%s of erased audits, counted and not listed",
        (long long)unlisted, unlisted == 1 ? "" : "s", unlisted == 1 ? "" : "s");

    if (unlisted > 0)
        add(s, &(struct ca_summary_case){"", "", CA_NO_DATE, what, "erased", CA_REVIEW});
}
