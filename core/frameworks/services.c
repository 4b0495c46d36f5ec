#include "core/frameworks/services.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/base/decimal.h"
#include "core/frameworks/handed.h"
#include "core/model/grammar.h"
#include "core/scoring/outcome.h"
#include "core/scoring/rollup.h"
#include "core/scoring/settle.h"

static const struct ca_template *template_of(const caseaudit_template *t)
{
    return (const struct ca_template *)t;
}

static const struct ca_return *return_of(const caseaudit_return *r)
{
    return (const struct ca_return *)r;
}

static struct ca_pass *pass_of(const caseaudit_scoring *s)
{
    return (struct ca_pass *)s;
}

/* The pass with its outcomes in place: the first look at one settles all. */
static struct ca_pass *settled(const caseaudit_scoring *s)
{
    struct ca_pass *pass = pass_of(s);

    ca_settle(pass);
    return pass;
}

void ca_settle_outcomes(caseaudit_scoring *s)
{
    (void)settled(s);
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

static size_t standard_section(const caseaudit_template *t, size_t standard)
{
    return template_of(t)->standards[standard].section;
}

static const char *standard_derived(const caseaudit_template *t, size_t standard)
{
    return template_of(t)->standards[standard].derived;
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

static void format_date(caseaudit_date date, char text[16])
{
    ca_date_format(date, text);
}

/* ---- derived standards ---- */

static void derive(struct ca_pass *pass, size_t standard, struct ca_outcome outcome)
{
    pass->derivations[standard] = (struct ca_derivation){.set = true, .outcome = outcome};
}

/* Reported when outcomes are settled, and only if the standard then needs the date. */
static void beyond_calendar(struct ca_pass *pass, size_t standard)
{
    pass->derivations[standard] = (struct ca_derivation){.beyond_calendar = true};
}

/* A day from which a span is to be counted, which there must be. */
static bool handed_time(struct ca_pass *pass, size_t standard, caseaudit_date start, int32_t n,
                        int unit)
{
    return ca_handed_standard(pass, standard) && ca_handed_span(pass, n, unit) &&
           ca_handed_date(pass, start) && start != CASEAUDIT_NO_DATE;
}

static void derive_status(caseaudit_scoring *s, size_t standard, int status)
{
    if (!ca_handed_standard(pass_of(s), standard) || !ca_handed_status(pass_of(s), status))
        return;
    derive(pass_of(s), standard, ca_outcome_status((enum caseaudit_status)status));
}

static void derive_timescale_due(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                                 caseaudit_date due, caseaudit_date end, caseaudit_date today)
{
    struct ca_pass *pass = pass_of(s);

    if (!ca_handed_standard(pass, standard) || !ca_handed_date(pass, start) ||
        !ca_handed_date(pass, due) || !ca_handed_date(pass, end) ||
        !ca_handed_date(pass, today))
        return;
    derive(pass, standard,
           ca_outcome_timescale(pass->template, &pass->template->standards[standard], start,
                                due, end, today));
}

static void derive_timescale(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                             int32_t n, int unit, caseaudit_date end, caseaudit_date today)
{
    ca_date due;

    if (!handed_time(pass_of(s), standard, start, n, unit))
        return;
    if (!ca_date_add(start, n, (enum ca_unit)unit, &due)) {
        beyond_calendar(pass_of(s), standard);
        return;
    }
    derive_timescale_due(s, standard, start, due, end, today);
    pass_of(s)->derivations[standard].outcome.span = n;
    pass_of(s)->derivations[standard].outcome.unit = (enum ca_unit)unit;
}

static void derive_frequency(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                             caseaudit_date end, caseaudit_date today, int32_t n, int unit,
                             const caseaudit_date *occurred, size_t count)
{
    struct ca_pass *pass = pass_of(s);
    ca_date until = end == CASEAUDIT_NO_DATE ? today : end, *points;
    struct ca_outcome outcome;
    size_t kept = 0;

    if (!handed_time(pass, standard, start, n, unit) || !ca_handed_date(pass, until) ||
        !ca_handed_days(pass, count))
        return;
    points = CA_ARRAY(pass->arena, count, ca_date);
    for (size_t i = 0; i < count; i++)
        if (occurred[i] >= start && occurred[i] <= until)
            points[kept++] = occurred[i];
    if (ca_outcome_frequency(pass->template, pass->arena, start, until, n, (enum ca_unit)unit,
                             points, kept, &outcome))
        derive(pass, standard, outcome);
    else
        beyond_calendar(pass, standard);
}

static int add_time(caseaudit_scoring *s, size_t standard, caseaudit_date date, int32_t n,
                    int unit, caseaudit_date *out)
{
    if (!handed_time(pass_of(s), standard, date, n, unit))
        return -1;
    if (ca_date_add(date, n, (enum ca_unit)unit, out))
        return 0;
    beyond_calendar(pass_of(s), standard);
    return -1;
}

/* ---- scoring ---- */

static void outcome(const caseaudit_scoring *s, size_t standard, size_t agency,
                    struct caseaudit_outcome *out)
{
    struct ca_pass *pass = settled(s);
    const struct ca_outcome *o =
        ca_pass_outcome(pass, standard, agency == CASEAUDIT_JOINT ? 0 : agency);

    out->status = o->present ? (int)o->status : CASEAUDIT_NOT_APPLYING;
    out->counts = o->present && o->counts;
    out->score = o->present ? o->score : CASEAUDIT_NO_SCORE;
}

static caseaudit_score roll_up(const caseaudit_scoring *s, size_t section, size_t agency)
{
    return ca_section_roll_up(settled(s), section, agency);
}

static void set_section(caseaudit_scoring *s, size_t section, size_t agency,
                        caseaudit_score score)
{
    if (ca_handed_section(pass_of(s), section) && ca_handed_agency(pass_of(s), agency) &&
        ca_handed_score(pass_of(s), score))
        ca_section_set(pass_of(s), section, agency, score);
}

static caseaudit_score section_score(const caseaudit_scoring *s, size_t section, size_t agency)
{
    return ca_pass_row(pass_of(s), section, agency)->score;
}

static void limit_section(caseaudit_scoring *s, size_t section)
{
    if (ca_handed_section(pass_of(s), section))
        ca_section_limit(settled(s), section);
}

static caseaudit_score roll_up_overall(const caseaudit_scoring *s, const char *name,
                                       size_t agency)
{
    enum ca_rollup rollup;

    if (!ca_rollup_parse(name, &rollup))
        return CASEAUDIT_NO_SCORE;
    return ca_overall_roll_up(settled(s), rollup, agency);
}

static int grade_out(size_t grade)
{
    return grade == CA_NONE ? CASEAUDIT_NO_GRADE : (int)grade;
}

static size_t grade_in(const struct ca_pass *pass, int grade)
{
    return grade < 0 || (size_t)grade >= pass->template->grade_count ? CA_NONE : (size_t)grade;
}

static int band(const caseaudit_scoring *s, caseaudit_score score)
{
    return score < 0 ? CASEAUDIT_NO_GRADE : (int)ca_band_of(pass_of(s)->template, score);
}

static void set_agency(caseaudit_scoring *s, size_t agency, caseaudit_score score)
{
    struct ca_pass *pass = pass_of(s);

    if (agency == CASEAUDIT_JOINT || !ca_handed_agency(pass, agency) ||
        !ca_handed_score(pass, score))
        return;
    pass->agencies[agency].score = score;
    pass->agencies[agency].grade = grade_in(pass, band(s, score));
}

static int rules(const caseaudit_scoring *s)
{
    return grade_out(ca_rules_grade(settled(s)));
}

static void set_overall(caseaudit_scoring *s, caseaudit_score score, int computed)
{
    struct ca_pass *pass = pass_of(s);

    if (!ca_handed_score(pass, score))
        return;
    pass->score = score;
    pass->computed = grade_in(pass, computed);
}

static void score_as_template(caseaudit_scoring *s)
{
    ca_score_as_template(settled(s));
}

static void limit(caseaudit_scoring *s, const char *id, int to, const char *reason)
{
    struct ca_pass *pass = pass_of(s);

    if (!ca_handed_limit(pass, id))
        return;
    *CA_ARENA_APPEND(pass->arena, pass->own_limits, pass->own_limit_count) =
        (struct ca_fired){.id = ca_arena_strdup(pass->arena, id),
                          .reason = ca_handed_text(pass->arena, reason),
                          .section = CA_NONE,
                          .to = grade_in(pass, to)};
}

static void measure(caseaudit_scoring *s, const char *id, const char *label, int64_t numerator,
                    int64_t denominator)
{
    struct ca_pass *pass = pass_of(s);

    if (!ca_handed_measure(pass, id, numerator, denominator))
        return;
    *CA_ARENA_APPEND(pass->arena, pass->own_measures, pass->own_measure_count) =
        (struct ca_measured){.id = ca_arena_strdup(pass->arena, id),
                             .label = ca_handed_text(pass->arena, label),
                             .numerator = numerator,
                             .denominator = denominator};
}

static void note(caseaudit_scoring *s, const char *format, ...)
{
    struct ca_pass *pass = pass_of(s);
    va_list args;

    if (!ca_handed_note(pass))
        return;
    va_start(args, format);
    *CA_ARENA_APPEND(pass->arena, pass->notes, pass->note_count) =
        ca_handed_text(pass->arena, ca_arena_vprintf(pass->arena, format, args));
    va_end(args);
}

/* The library never prints; a program that wants the log passes a table of its own. */
static void log_nowhere(const char *format, ...)
{
    (void)format;
}

const caseaudit_host ca_host = {
    .magic = CASEAUDIT_MAGIC,
    .abi_major = CASEAUDIT_ABI_MAJOR,
    .abi_minor = CASEAUDIT_ABI_MINOR,
    .size = sizeof(caseaudit_host),
    .template_fault = template_fault,
    .return_fault = return_fault,
    .template_rollup = template_rollup,
    .template_unit = template_unit,
    .template_is_judged = template_is_judged,
    .template_has_terms_of_reference = template_has_terms_of_reference,
    .option = option,
    .option_integer = option_integer,
    .option_grade = option_grade,
    .agency_count = agency_count,
    .agency_label = agency_label,
    .attribute_find = attribute_find,
    .attribute_type = attribute_type,
    .attribute_is_required = attribute_is_required,
    .attribute_value_count = attribute_value_count,
    .attribute_value = attribute_value,
    .section_count = section_count,
    .section_parent = section_parent,
    .section_focus = section_focus,
    .section_has_limits = section_has_limits,
    .section_top = section_top,
    .standard_count = standard_count,
    .standard_id = standard_id,
    .standard_section = standard_section,
    .standard_derived = standard_derived,
    .full_marks = full_marks,
    .audit_date = audit_date,
    .selection = selection,
    .attribute = attribute,
    .agency_returned = agency_returned,
    .event_count = event_count,
    .event_type = event_type,
    .event_date = event_date,
    .format_date = format_date,
    .derive_status = derive_status,
    .derive_timescale = derive_timescale,
    .derive_timescale_due = derive_timescale_due,
    .derive_frequency = derive_frequency,
    .add_time = add_time,
    .outcome = outcome,
    .roll_up = roll_up,
    .set_section = set_section,
    .section_score = section_score,
    .limit_section = limit_section,
    .roll_up_overall = roll_up_overall,
    .set_agency = set_agency,
    .band = band,
    .rules = rules,
    .set_overall = set_overall,
    .score_as_template = score_as_template,
    .limit = limit,
    .measure = measure,
    .note = note,
    .log = log_nowhere,
};
