/* What a framework reads of a template and a return, and how it reports faults in them. */
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/frameworks/handed.h"
#include "core/frameworks/services_private.h"
#include "core/model/return.h"

static const struct ca_template *template_of(const caseaudit_template *t)
{
    return (const struct ca_template *)t;
}

static const struct ca_return *return_of(const caseaudit_return *r)
{
    return (const struct ca_return *)r;
}

/* ---- faults ---- */

static uint32_t option_offset(const struct ca_template *t, size_t index)
{
    const char *name = t->framework->options[index].name;

    for (size_t i = 0; i < t->option_count; i++)
        if (strcmp(t->options[i].name, name) == 0)
            return t->options[i].offset;
    return t->offset;
}

/* How many of that kind the template has. */
static size_t places(const struct ca_template *t, int place)
{
    size_t options = 0;

    switch (place) {
    case CASEAUDIT_AT_ATTRIBUTE: return t->attribute_count;
    case CASEAUDIT_AT_AGENCY: return t->agency_count;
    case CASEAUDIT_AT_SECTION: return t->section_count;
    case CASEAUDIT_AT_STANDARD: return t->standard_count;
    case CASEAUDIT_AT_OPTION:
        while (t->framework->options != NULL && t->framework->options[options].name != NULL)
            options++;
        return options;
    default: return 0;
    }
}

static void template_place(const struct ca_template *t, int place, size_t index,
                           uint32_t *offset, const char **element)
{
    *offset = t->offset;
    *element = "template";
    if (index >= places(t, place))
        return; /* of nothing that the template has: told at its beginning */
    switch (place) {
    case CASEAUDIT_AT_ATTRIBUTE:
        *offset = t->attributes[index].offset;
        *element = "attribute";
        break;
    case CASEAUDIT_AT_AGENCY:
        *offset = t->agencies[index].offset;
        *element = "agency";
        break;
    case CASEAUDIT_AT_SECTION:
        *offset = t->sections[index].offset;
        *element = "section";
        break;
    case CASEAUDIT_AT_STANDARD:
        *offset = t->standards[index].offset;
        *element = "standard";
        break;
    case CASEAUDIT_AT_OPTION:
        *offset = option_offset(t, index);
        *element = "option";
        break;
    default: break;
    }
}

static void template_fault(caseaudit_diagnostics *diagnostics, const caseaudit_template *handle,
                           int severity, int place, size_t index, const char *format, ...)
{
    struct ca_diags *diags = (struct ca_diags *)diagnostics;
    const struct ca_template *t = template_of(handle);
    uint32_t offset;
    const char *element;
    va_list args;

    template_place(t, place, index, &offset, &element);
    va_start(args, format);
    const char *message =
        ca_handed_text(diags->arena, ca_arena_vprintf(diags->arena, format, args));
    va_end(args);
    ca_template_report(t, offset, diags, severity == CASEAUDIT_ERROR ? CA_ERROR : CA_WARNING,
                       element, "%s", message);
}

static void return_fault(caseaudit_diagnostics *diagnostics, const caseaudit_return *handle,
                         int severity, int place, size_t index, const char *format, ...)
{
    struct ca_diags *diags = (struct ca_diags *)diagnostics;
    const struct ca_return *r = return_of(handle);
    uint32_t offset = r->doc.root->offset;
    const char *element = "return";
    va_list args;

    if (place == CASEAUDIT_AT_EVENT && index < r->event_count) {
        offset = r->events[index].offset;
        element = "event";
    } else if (place == CASEAUDIT_AT_AUDIT) {
        offset = r->audit_offset;
        element = "audit";
    } else if (place == CASEAUDIT_AT_AGENCY && index < r->template->agency_count &&
               r->returned[index].returned) {
        offset = r->returned[index].offset;
        element = "responses";
    }
    va_start(args, format);
    const char *message =
        ca_handed_text(diags->arena, ca_arena_vprintf(diags->arena, format, args));
    va_end(args);
    ca_return_report(r, offset, diags, severity == CASEAUDIT_ERROR ? CA_ERROR : CA_WARNING,
                     element, "%s", message);
}

/* ---- the template ---- */

static const char *template_rollup(const caseaudit_template *t)
{
    return ca_rollup_name(template_of(t)->rollup);
}

static const char *template_unit(const caseaudit_template *t)
{
    return template_of(t)->unit;
}

static int template_is_judged(const caseaudit_template *t)
{
    return template_of(t)->judged;
}

static int template_has_terms_of_reference(const caseaudit_template *t)
{
    return template_of(t)->terms_of_reference != NULL;
}

static const char *option(const caseaudit_template *t, const char *name)
{
    return ca_template_option(template_of(t), name);
}

static int32_t option_integer(const caseaudit_template *t, const char *name)
{
    const char *text = option(t, name);
    int64_t value = 0;

    if (text != NULL)
        ca_integer_parse(text, INT32_MIN, INT32_MAX, &value);
    return (int32_t)value;
}

static int option_grade(const caseaudit_template *t, const char *name)
{
    const char *text = option(t, name);
    size_t grade = text == NULL ? CA_NOT_FOUND : ca_map_get(template_of(t)->grade_map, text);

    return grade == CA_NOT_FOUND ? CASEAUDIT_NO_GRADE : (int)grade;
}

static const char *grade_label(const caseaudit_template *t, int grade)
{
    return template_of(t)->grades[grade].label;
}

static size_t agency_count(const caseaudit_template *t)
{
    return template_of(t)->agency_count;
}

static const char *agency_label(const caseaudit_template *t, size_t agency)
{
    return template_of(t)->agencies[agency].label;
}

static size_t attribute_find(const caseaudit_template *t, const char *id)
{
    return ca_map_get(template_of(t)->attribute_map, id);
}

static int attribute_type(const caseaudit_template *t, size_t attribute)
{
    return (int)template_of(t)->attributes[attribute].type;
}

static int attribute_is_required(const caseaudit_template *t, size_t attribute)
{
    return template_of(t)->attributes[attribute].required;
}

static size_t attribute_value_count(const caseaudit_template *t, size_t attribute)
{
    return template_of(t)->attributes[attribute].value_count;
}

static const char *attribute_value(const caseaudit_template *t, size_t attribute, size_t i)
{
    return template_of(t)->attributes[attribute].values[i].id;
}

static size_t section_count(const caseaudit_template *t)
{
    return template_of(t)->section_count;
}

static size_t section_parent(const caseaudit_template *t, size_t section)
{
    return template_of(t)->sections[section].parent;
}

static const char *section_title(const caseaudit_template *t, size_t section)
{
    return template_of(t)->sections[section].title;
}

static const char *section_focus(const caseaudit_template *t, size_t section)
{
    return template_of(t)->sections[section].focus;
}

static int section_has_limits(const caseaudit_template *t, size_t section)
{
    return template_of(t)->sections[section].limit_count > 0;
}

static size_t section_top(const caseaudit_template *t, size_t section)
{
    return template_of(t)->sections[section].top;
}

static size_t standard_count(const caseaudit_template *t)
{
    return template_of(t)->standard_count;
}

static const char *standard_id(const caseaudit_template *t, size_t standard)
{
    return template_of(t)->standards[standard].id;
}

static const char *standard_label(const caseaudit_template *t, size_t standard)
{
    return ca_standard_label(&template_of(t)->standards[standard]);
}

static size_t standard_section(const caseaudit_template *t, size_t standard)
{
    return template_of(t)->standards[standard].section;
}

static const char *standard_derived(const caseaudit_template *t, size_t standard)
{
    return template_of(t)->standards[standard].derived;
}

static const char *answer_label(const caseaudit_template *t, size_t standard,
                                const char *answer)
{
    return ca_answer_label(template_of(t), &template_of(t)->standards[standard], answer);
}

static caseaudit_score full_marks(const caseaudit_template *t)
{
    return template_of(t)->full_marks;
}

/* ---- the return ---- */

static caseaudit_date audit_date(const caseaudit_return *r)
{
    return return_of(r)->audit_date;
}

static const char *selection(const caseaudit_return *r)
{
    return return_of(r)->selection;
}

static const char *attribute(const caseaudit_return *handle, const char *id)
{
    const struct ca_return *r = return_of(handle);
    size_t index = ca_map_get(r->template->attribute_map, id);

    return index == CA_NOT_FOUND ? NULL : r->attributes[index].text;
}

static int agency_returned(const caseaudit_return *r, size_t agency)
{
    return return_of(r)->returned[agency].returned;
}

static size_t event_count(const caseaudit_return *r)
{
    return return_of(r)->event_count;
}

static const char *event_type(const caseaudit_return *r, size_t event)
{
    return return_of(r)->events[event].type;
}

static caseaudit_date event_date(const caseaudit_return *r, size_t event)
{
    return return_of(r)->events[event].date;
}

static caseaudit_date event_from(const caseaudit_return *r, const char *type,
                                 caseaudit_date day)
{
    return ca_return_event_from(return_of(r), type, day);
}

static caseaudit_date event_last(const caseaudit_return *r, const char *type)
{
    return ca_return_event_last(return_of(r), type);
}

static caseaudit_date opened(const caseaudit_return *r)
{
    return ca_return_opened(return_of(r));
}

static caseaudit_date today(const caseaudit_return *r)
{
    return ca_return_today(return_of(r));
}

static void format_date(caseaudit_date date, char text[16])
{
    ca_date_format(date, text);
}

void ca_services_of_documents(caseaudit_host *host)
{
    host->template_fault = template_fault;
    host->return_fault = return_fault;
    host->template_rollup = template_rollup;
    host->template_unit = template_unit;
    host->template_is_judged = template_is_judged;
    host->template_has_terms_of_reference = template_has_terms_of_reference;
    host->option = option;
    host->option_integer = option_integer;
    host->option_grade = option_grade;
    host->grade_label = grade_label;
    host->agency_count = agency_count;
    host->agency_label = agency_label;
    host->attribute_find = attribute_find;
    host->attribute_type = attribute_type;
    host->attribute_is_required = attribute_is_required;
    host->attribute_value_count = attribute_value_count;
    host->attribute_value = attribute_value;
    host->section_count = section_count;
    host->section_parent = section_parent;
    host->section_title = section_title;
    host->section_focus = section_focus;
    host->section_has_limits = section_has_limits;
    host->section_top = section_top;
    host->standard_count = standard_count;
    host->standard_id = standard_id;
    host->standard_label = standard_label;
    host->standard_section = standard_section;
    host->standard_derived = standard_derived;
    host->answer_label = answer_label;
    host->full_marks = full_marks;
    host->audit_date = audit_date;
    host->selection = selection;
    host->attribute = attribute;
    host->agency_returned = agency_returned;
    host->event_count = event_count;
    host->event_type = event_type;
    host->event_date = event_date;
    host->event_from = event_from;
    host->event_last = event_last;
    host->opened = opened;
    host->today = today;
    host->format_date = format_date;
}
