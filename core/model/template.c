/* Questions to a template that has been read, and the words for what it holds. */
#include "core/model/template.h"

#include <stdarg.h>
#include <string.h>

/* ---- names, as they stand in documents and results ---- */

static const char *const rollup_names[] = {
    [CA_ROLLUP_MEAN] = "mean",     [CA_ROLLUP_FLAT] = "flat",
    [CA_ROLLUP_LOWEST] = "lowest", [CA_ROLLUP_HIGHEST] = "highest",
    [CA_ROLLUP_MEDIAN] = "median", [CA_ROLLUP_RULES] = "rules",
    [CA_ROLLUP_NONE] = "none",
};

static const char *const status_names[] = {
    [CASEAUDIT_ANSWERED] = "answered",         [CASEAUDIT_NOT_EVIDENCED] = "not-evidenced",
    [CASEAUDIT_OVERDUE] = "overdue",           [CASEAUDIT_NOT_YET_DUE] = "not-yet-due",
    [CASEAUDIT_OUT_OF_SCOPE] = "out-of-scope", [CASEAUDIT_NOT_APPLICABLE] = "not-applicable",
    [CASEAUDIT_MISSING] = "missing",           [CASEAUDIT_NOT_APPLYING] = "not-applying",
};

static const char *const severity_names[] = {
    [CA_IMMEDIATE] = "immediate",
    [CA_URGENT] = "urgent",
    [CA_REVIEW] = "review",
};

enum {
    ROLLUPS = sizeof rollup_names / sizeof *rollup_names,
    STATUSES = sizeof status_names / sizeof *status_names
};

/* Index of name in a table of names, or CA_NONE. */
static size_t find_name(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return CA_NONE;
}

const char *ca_rollup_name(enum ca_rollup rollup)
{
    return rollup_names[rollup];
}

bool ca_rollup_parse(const char *name, enum ca_rollup *out)
{
    size_t found = find_name(rollup_names, ROLLUPS, name);
    if (found == CA_NONE)
        return false;
    *out = (enum ca_rollup)found;
    return true;
}

const char *ca_status_name(enum caseaudit_status status)
{
    return status_names[status];
}

bool ca_status_parse(const char *name, enum caseaudit_status *out)
{
    size_t found = find_name(status_names, STATUSES, name);
    if (found == CA_NONE)
        return false;
    *out = (enum caseaudit_status)found;
    return true;
}

const char *ca_alert_severity_name(enum ca_alert_severity severity)
{
    return severity_names[severity];
}

/* ---- small questions to a template ---- */

void ca_template_free(struct ca_template *t)
{
    if (t)
        ca_arena_free(t->arena); /* the template itself lives there too */
}

size_t ca_band_of(const struct ca_template *t, int32_t score)
{
    for (size_t g = 0; g + 1 < t->grade_count; g++)
        if (t->grades[g].from <= score)
            return g;
    return t->grade_count - 1; /* its `from` is 0 */
}

size_t ca_find_answer(const struct ca_answer_list *list, const char *id)
{
    if (list->map) {
        size_t found = ca_map_get(list->map, id);
        return found == CA_NOT_FOUND ? CA_NONE : found;
    }
    for (size_t i = 0; i < list->count; i++)
        if (ca_same_name(list->answers[i].id, id))
            return i;
    return CA_NONE;
}

const char *ca_template_option(const struct ca_template *t, const char *name)
{
    for (size_t i = 0; i < t->option_count; i++)
        if (strcmp(t->options[i].name, name) == 0)
            return t->options[i].value;
    if (!t->framework || !t->framework->options)
        return NULL;
    for (const struct caseaudit_option *o = t->framework->options; o->name; o++)
        if (strcmp(o->name, name) == 0)
            return o->fallback;
    return NULL;
}

const char *ca_answer_label(const struct ca_template *t, const struct ca_standard *s,
                            const char *answer)
{
    if (s->type == CA_TYPE_ANSWERS) { /* no other has a list */
        const struct ca_answer_list *list = &t->lists[s->list];
        size_t found = ca_find_answer(list, answer);

        if (found != CA_NONE)
            return list->answers[found].label;
    }
    return strcmp(answer, "met") == 0 ? "in time" : answer;
}

const char *ca_standard_label(const struct ca_standard *standard)
{
    return standard->label ? standard->label : standard->id;
}

void ca_template_report(const struct ca_template *t, uint32_t offset, struct ca_diags *diags,
                        enum ca_severity severity, const char *element, const char *format, ...)
{
    va_list args;
    int line, column;

    if (!ca_diags_room(diags, severity, format))
        return;
    ca_xml_position(&t->doc, offset, &line, &column);
    va_start(args, format);
    ca_diags_vadd(diags, severity, CA_FAULT_RULE, line, column, element, format, args);
    va_end(args);
}
