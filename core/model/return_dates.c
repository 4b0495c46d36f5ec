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

/* Dates of actions that lie before the audit which raised them: one thing to know, however
 * many they are, for they have one cause as a rule. */
struct early {
    size_t count;
    uint32_t offset;   /* of the first action */
    const char *dates; /* of the first few */
};

enum { EARLY_SHOWN = 3 };

static void note_early(const struct doubts *doubts, const struct ca_action *action,
                       const char *what, ca_date date, struct early *early)
{
    char text[CA_DATE_SIZE];

    if (date == CA_NO_DATE || date >= doubts->r->audit_date)
        return;
    if (early->count++ == 0)
        early->offset = action->offset;
    if (early->count <= EARLY_SHOWN)
        early->dates = ca_arena_printf(doubts->diags->arena, "%s%saction '%s' %s %s",
                                       early->count == 1 ? "" : early->dates,
                                       early->count == 1 ? "" : ", ", action->id, what,
                                       ca_date_format(date, text));
}

static void doubt_early(const struct doubts *doubts, const struct early *early)
{
    char audit[CA_DATE_SIZE];

    if (early->count > 0)
        doubt(doubts, CA_FAULT_RULE, early->offset, "action",
              "%s%s, before the audit of %s that raised %s; is the year right?", early->dates,
              early->count > EARLY_SHOWN ? " and so on" : "",
              ca_date_format(doubts->r->audit_date, audit), early->count > 1 ? "them" : "it");
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
    struct early early = {0};

    doubt_future(&doubts, r->audit_offset, "audit", "the audit date", r->audit_date);
    doubt_verdict(&doubts, &r->judgement, "judgement");
    doubt_verdict(&doubts, &r->moderation, "moderation");
    for (size_t i = 0; i < r->action_count; i++) {
        const struct ca_action *action = &r->actions[i];

        doubt_future(&doubts, action->offset, "action", "the completion", action->completed);
        note_early(&doubts, action, "was completed on", action->completed, &early);
        note_early(&doubts, action, "is due on", action->due, &early);
    }
    doubt_early(&doubts, &early);
}
