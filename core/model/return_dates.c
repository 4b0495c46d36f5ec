/* Dates of a return that may be wrong although nothing forbids them. */
#include "core/model/return_dates.h"

struct doubts {
    const struct ca_return *r;
    ca_date today;
    struct ca_diags *diags;
};

static void doubt(const struct doubts *doubts, enum ca_fault fault, uint32_t offset,
                  const char *element, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
static void doubt(const struct doubts *doubts, enum ca_fault fault, uint32_t offset,
                  const char *element, const char *format, ...)
{
    va_list args;
    int line, column;

    if (!ca_diags_room(doubts->diags, CA_WARNING, format))
        return;
    ca_xml_position(&doubts->r->doc, offset, &line, &column);
    va_start(args, format);
    ca_diags_vadd(doubts->diags, CA_WARNING, fault, line, column, element, format, args);
    va_end(args);
}

static void doubt_future(const struct doubts *doubts, uint32_t offset, const char *element,
                         const char *what, ca_date date)
{
    char one[CA_DATE_SIZE], other[CA_DATE_SIZE];

    if (date != CA_NO_DATE && date > doubts->today)
        doubt(doubts, CA_FAULT_TIME, offset, element,
              "%s %s is after today, %s; is the year right?", what, ca_date_format(date, one),
              ca_date_format(doubts->today, other));
}

/* What the action owes to the audit that raised it. */
static void doubt_before(const struct doubts *doubts, const struct ca_action *action,
                         const char *what, ca_date date)
{
    char one[CA_DATE_SIZE], other[CA_DATE_SIZE];

    if (date != CA_NO_DATE && date < doubts->r->audit_date)
        doubt(doubts, CA_FAULT_RULE, action->offset, "action",
              "action '%s' %s %s, before the audit of %s that raised it; is the year right?",
              action->id, what, ca_date_format(date, one),
              ca_date_format(doubts->r->audit_date, other));
}

/* A late second look happens; after two years the year was mistyped. */
static bool is_years_later(ca_date date, ca_date audit, int years)
{
    ca_date limit;

    return ca_date_add(audit, years, CA_YEARS, &limit) && date > limit;
}

static void doubt_verdict(const struct doubts *doubts, const struct ca_judgement *verdict,
                          const char *element)
{
    const ca_date audit = doubts->r->audit_date;
    char one[CA_DATE_SIZE], other[CA_DATE_SIZE];
    bool years;

    if (!verdict->given)
        return;
    doubt_future(doubts, verdict->offset, element, element, verdict->date);
    if (!is_years_later(verdict->date, audit, 1))
        return;
    years = is_years_later(verdict->date, audit, 2);
    doubt(doubts, years ? CA_FAULT_DATE : CA_FAULT_RULE, verdict->offset, element,
          "%s %s is more than %s after the audit date %s; is the year right?", element,
          ca_date_format(verdict->date, one), years ? "two years" : "a year",
          ca_date_format(audit, other));
}

void ca_return_doubt_dates(const struct ca_return *r, ca_date today, struct ca_diags *diags)
{
    struct doubts doubts = {.r = r, .today = today, .diags = diags};

    doubt_future(&doubts, r->audit_offset, "audit", "the audit date", r->audit_date);
    doubt_verdict(&doubts, &r->judgement, "judgement");
    doubt_verdict(&doubts, &r->moderation, "moderation");
    for (size_t i = 0; i < r->action_count; i++) {
        const struct ca_action *action = &r->actions[i];

        doubt_future(&doubts, action->offset, "action", "the completion", action->completed);
        doubt_before(&doubts, action, "was completed on", action->completed);
        doubt_before(&doubts, action, "is due on", action->due);
    }
}
