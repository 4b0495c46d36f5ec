/* Events in their order: nothing happens before a case is opened, nor after it is closed. */
#include "core/model/return_private.h"

/* "panel", "planning-meeting and proceedings-started": what may come beforehand. */
static const char *what_may_precede(struct ca_return_reader *reader)
{
    const struct caseaudit_event *events = reader->t->framework->events, *last = NULL;
    const char *text = NULL;

    for (const struct caseaudit_event *e = events; e->name != NULL; e++) {
        if ((e->flags & CASEAUDIT_EVENT_BEFOREHAND) == 0)
            continue;
        if (last != NULL)
            text = text == NULL ? last->name
                                : ca_arena_printf(reader->arena, "%s, %s", text, last->name);
        last = e;
    }
    if (last == NULL)
        return "nothing";
    return text == NULL ? last->name
                        : ca_arena_printf(reader->arena, "%s and %s", text, last->name);
}

static const char *name_of(const struct caseaudit_event *events, unsigned flag)
{
    while ((events->flags & flag) == 0)
        events++;
    return events->name;
}

void ca_return_check_order(struct ca_return_reader *reader)
{
    const struct ca_return *r = reader->r;
    const struct caseaudit_event *events = reader->t->framework->events;
    const ca_date opened = ca_return_opened(r), closed = ca_return_closed(r);
    char day[CA_DATE_SIZE], edge[CA_DATE_SIZE];

    for (size_t i = 0; i < r->event_count; i++) {
        const struct ca_event *event = &r->events[i];
        const unsigned flags = events[event->kind].flags;

        if (event->date < opened && (flags & CASEAUDIT_EVENT_BEFOREHAND) == 0)
            ca_return_report(r, event->offset, reader->diags, CA_ERROR, "event",
                             "'%s' on %s is before '%s' on %s; only %s may be", event->type,
                             ca_date_format(event->date, day),
                             name_of(events, CASEAUDIT_EVENT_OPENS),
                             ca_date_format(opened, edge), what_may_precede(reader));
        else if (closed != CA_NO_DATE && event->date > closed && closed >= opened &&
                 (flags & CASEAUDIT_EVENT_CLOSES) == 0) /* a second one is told already */
            ca_return_report(r, event->offset, reader->diags, CA_ERROR, "event",
                             "'%s' on %s is after '%s' on %s; nothing may be", event->type,
                             ca_date_format(event->date, day),
                             name_of(events, CASEAUDIT_EVENT_CLOSES),
                             ca_date_format(closed, edge));
    }
}
