/* Questions to a return that has been read; and what can be told of it only once it is known
 * which standards apply. */
#include "core/model/return.h"

#include <string.h>

/* ---- events ---- */

ca_date ca_return_event_from(const struct ca_return *r, const char *type, ca_date day)
{
    for (size_t i = 0; i < r->event_count; i++)
        if (r->events[i].date >= day && strcmp(r->events[i].type, type) == 0)
            return r->events[i].date;
    return CA_NO_DATE;
}

ca_date ca_return_event_last(const struct ca_return *r, const char *type)
{
    for (size_t i = r->event_count; i-- > 0;)
        if (strcmp(r->events[i].type, type) == 0)
            return r->events[i].date;
    return CA_NO_DATE;
}

static ca_date flagged(const struct ca_return *r, unsigned flag)
{
    for (size_t i = 0; i < r->event_count; i++)
        if ((r->template->framework->events[r->events[i].kind].flags & flag) != 0)
            return r->events[i].date;
    return CA_NO_DATE;
}

ca_date ca_return_opened(const struct ca_return *r)
{
    return flagged(r, CASEAUDIT_EVENT_OPENS);
}

ca_date ca_return_closed(const struct ca_return *r)
{
    return flagged(r, CASEAUDIT_EVENT_CLOSES);
}

ca_date ca_return_today(const struct ca_return *r)
{
    ca_date closed = ca_return_closed(r);

    return closed != CA_NO_DATE && closed < r->audit_date ? closed : r->audit_date;
}

/* ---- who answers what ---- */

bool ca_return_answers(const struct ca_template *t, size_t standard, size_t agency)
{
    return t->agency_count == 0 || (t->standards[standard].agencies >> agency & 1) != 0;
}

const struct ca_response *ca_return_response(const struct ca_return *r, size_t standard,
                                             size_t agency)
{
    return &r->responses[standard * r->columns + agency];
}

bool ca_return_expects(const struct ca_return *r, size_t standard, size_t agency)
{
    return ca_return_answers(r->template, standard, agency) && r->returned[agency].returned;
}

void ca_return_report(const struct ca_return *r, uint32_t offset, struct ca_diags *diags,
                      enum ca_severity severity, const char *element, const char *format, ...)
{
    va_list args;
    int line, column;

    if (!ca_diags_room(diags, severity, format))
        return;
    ca_xml_position(&r->doc, offset, &line, &column);
    va_start(args, format);
    ca_diags_vadd(diags, severity, CA_FAULT_RULE, line, column, element, format, args);
    va_end(args);
}

/* ---- when it is known which standards apply ---- */

/* One standard that this declaration, being the nearest above it, speaks for. */
static void check_standard(const struct ca_return *r, const struct ca_na_section *na,
                           const struct ca_standard *standard, struct ca_diags *diags)
{
    const char *section = r->template->sections[na->section].id;

    if (standard->not_applicable == CA_NA_FORBIDDEN)
        ca_return_report(r, na->offset, diags, CA_ERROR, "not-applicable",
                         "section '%s' cannot be declared not applicable: standard '%s' in it "
                         "can never be so",
                         section, standard->id);
    else if (na->reason == NULL &&
             (standard->not_applicable == CA_NA_REASON || standard->derived != NULL))
        ca_return_report(r, na->offset, diags, CA_ERROR, "not-applicable",
                         "section '%s' is declared not applicable with a blank 'reason'; "
                         "standard '%s' in it asks for one",
                         section, standard->id);
}

static void check_section(const struct ca_return *r, const struct ca_na_section *na,
                          const struct ca_section *section, const bool *applies,
                          struct ca_diags *diags)
{
    const struct ca_template *t = r->template;

    for (size_t i = 0; i < section->child_count; i++) {
        const size_t index = section->children[i].index;

        if (section->children[i].is_section)
            check_section(r, na, &t->sections[index], applies, diags);
        else if (applies[index] &&
                 ca_return_response(r, index, na->agency)->offset == na->offset)
            check_standard(r, na, &t->standards[index], diags);
    }
}

void ca_return_check_na_sections(const struct ca_return *r, const bool *applies,
                                 struct ca_diags *diags)
{
    for (size_t i = 0; i < r->na_section_count; i++)
        check_section(r, &r->na_sections[i], &r->template->sections[r->na_sections[i].section],
                      applies, diags);
}
