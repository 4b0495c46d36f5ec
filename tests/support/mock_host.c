#include "tests/support/mock_host.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/span.h"

static struct mock *of(const void *handle)
{
    return (struct mock *)handle;
}

caseaudit_date mock_date(const char *text)
{
    ca_date date = CASEAUDIT_NO_DATE;

    if (text != NULL)
        ck_assert_msg(ca_date_parse(text, &date), "'%s' is no date", text);
    return date;
}

/* ---- faults ---- */

static struct mock_fault *add_fault(struct mock *m, bool of_return, int severity, int place,
                                    size_t index)
{
    struct mock_fault *fault = &m->faults[m->fault_count++];

    ck_assert_uint_le(m->fault_count, MOCK_ROOM);
    fault->of_return = of_return;
    fault->severity = severity;
    fault->place = place;
    fault->index = index;
    return fault;
}

static void template_fault(caseaudit_diagnostics *d, const caseaudit_template *t, int severity,
                           int place, size_t index, const char *format, ...)
{
    struct mock_fault *fault = add_fault(of(d), false, severity, place, index);
    va_list args;

    (void)t;
    va_start(args, format);
    vsnprintf(fault->text, sizeof fault->text, format, args);
    va_end(args);
}

static void return_fault(caseaudit_diagnostics *d, const caseaudit_return *r, int severity,
                         int place, size_t index, const char *format, ...)
{
    struct mock_fault *fault = add_fault(of(d), true, severity, place, index);
    va_list args;

    (void)r;
    va_start(args, format);
    vsnprintf(fault->text, sizeof fault->text, format, args);
    va_end(args);
}

/* ---- the template ---- */

static const char *template_rollup(const caseaudit_template *t)
{
    return of(t)->rollup;
}

static const char *template_unit(const caseaudit_template *t)
{
    return of(t)->unit;
}

static int template_is_judged(const caseaudit_template *t)
{
    return of(t)->judged;
}

static int template_has_terms_of_reference(const caseaudit_template *t)
{
    return of(t)->terms;
}

static const char *option(const caseaudit_template *t, const char *name)
{
    const struct mock *m = of(t);
    const struct caseaudit_option *o;

    for (size_t i = 0; i < 4 && m->options[i].name != NULL; i++)
        if (strcmp(m->options[i].name, name) == 0)
            return m->options[i].value;
    for (o = m->framework->options; o != NULL && o->name != NULL; o++)
        if (strcmp(o->name, name) == 0)
            return o->fallback;
    ck_abort_msg("option '%s' is not in the framework's table", name);
    return NULL;
}

static int32_t option_integer(const caseaudit_template *t, const char *name)
{
    return (int32_t)strtol(option(t, name), NULL, 10);
}

static int option_grade(const caseaudit_template *t, const char *name)
{
    const char *value = option(t, name);

    for (int i = 0; of(t)->grades[i] != NULL; i++)
        if (strcmp(of(t)->grades[i], value) == 0)
            return i;
    return CASEAUDIT_NO_GRADE;
}

static const char *grade_label(const caseaudit_template *t, int grade)
{
    return of(t)->grades[grade];
}

static size_t agency_count(const caseaudit_template *t)
{
    size_t n = 0;

    while (of(t)->agencies[n] != NULL)
        n++;
    return n;
}

static const char *agency_label(const caseaudit_template *t, size_t agency)
{
    return of(t)->agencies[agency];
}

static size_t attribute_find(const caseaudit_template *t, const char *id)
{
    for (size_t i = 0; i < 4 && of(t)->attributes[i].id != NULL; i++)
        if (strcmp(of(t)->attributes[i].id, id) == 0)
            return i;
    return CASEAUDIT_NONE;
}

static int attribute_type(const caseaudit_template *t, size_t attribute)
{
    return of(t)->attributes[attribute].type;
}

static int attribute_is_required(const caseaudit_template *t, size_t attribute)
{
    return of(t)->attributes[attribute].required;
}

static size_t attribute_value_count(const caseaudit_template *t, size_t attribute)
{
    size_t n = 0;

    while (of(t)->attributes[attribute].values[n] != NULL)
        n++;
    return n;
}

static const char *attribute_value(const caseaudit_template *t, size_t attribute, size_t i)
{
    return of(t)->attributes[attribute].values[i];
}

static size_t section_count(const caseaudit_template *t)
{
    size_t n = 0;

    while (of(t)->sections[n].id != NULL)
        n++;
    return n;
}

static size_t section_parent(const caseaudit_template *t, size_t section)
{
    return of(t)->sections[section].parent;
}

static const char *section_title(const caseaudit_template *t, size_t section)
{
    return of(t)->sections[section].id;
}

static const char *section_focus(const caseaudit_template *t, size_t section)
{
    return of(t)->sections[section].focus;
}

static int section_has_limits(const caseaudit_template *t, size_t section)
{
    return of(t)->sections[section].limits;
}

static size_t section_top(const caseaudit_template *t, size_t section)
{
    while (of(t)->sections[section].parent != CASEAUDIT_NONE)
        section = of(t)->sections[section].parent;
    return section;
}

static size_t standard_count(const caseaudit_template *t)
{
    size_t n = 0;

    while (of(t)->standards[n].id != NULL)
        n++;
    return n;
}

static const char *standard_id(const caseaudit_template *t, size_t standard)
{
    return of(t)->standards[standard].id;
}

static const char *standard_label(const caseaudit_template *t, size_t standard)
{
    return of(t)->standards[standard].id;
}

static const char *answer_label(const caseaudit_template *t, size_t standard,
                                const char *answer)
{
    (void)t, (void)standard;
    return answer;
}

static size_t standard_section(const caseaudit_template *t, size_t standard)
{
    return of(t)->standards[standard].section;
}

static const char *standard_derived(const caseaudit_template *t, size_t standard)
{
    return of(t)->standards[standard].derived;
}

static caseaudit_score full_marks(const caseaudit_template *t)
{
    (void)t;
    return 10000;
}

/* ---- the return ---- */

static caseaudit_date audit_date(const caseaudit_return *r)
{
    return mock_date(of(r)->audit_date);
}

static const char *selection(const caseaudit_return *r)
{
    return of(r)->selection;
}

static const char *attribute(const caseaudit_return *r, const char *id)
{
    for (size_t i = 0; i < 4 && of(r)->attributes[i].id != NULL; i++)
        if (strcmp(of(r)->attributes[i].id, id) == 0)
            return of(r)->attributes[i].given;
    return NULL;
}

static int agency_returned(const caseaudit_return *r, size_t agency)
{
    return of(r)->returned[agency];
}

static size_t event_count(const caseaudit_return *r)
{
    size_t n = 0;

    while (of(r)->events[n].type != NULL)
        n++;
    return n;
}

static const char *event_type(const caseaudit_return *r, size_t event)
{
    return of(r)->events[event].type;
}

static caseaudit_date event_date(const caseaudit_return *r, size_t event)
{
    return mock_date(of(r)->events[event].date);
}

static caseaudit_date event_from(const caseaudit_return *r, const char *type,
                                 caseaudit_date day)
{
    for (size_t i = 0; of(r)->events[i].type != NULL; i++)
        if (event_date(r, i) >= day && strcmp(of(r)->events[i].type, type) == 0)
            return event_date(r, i);
    return CASEAUDIT_NO_DATE;
}

static caseaudit_date event_last(const caseaudit_return *r, const char *type)
{
    for (size_t i = event_count(r); i-- > 0;)
        if (strcmp(of(r)->events[i].type, type) == 0)
            return event_date(r, i);
    return CASEAUDIT_NO_DATE;
}

/* The day of the event that has the flag in the framework's table. */
static caseaudit_date flagged(const caseaudit_return *r, unsigned flag)
{
    const struct caseaudit_event *e = of(r)->framework->events;

    for (; e->name != NULL; e++)
        if ((e->flags & flag) != 0)
            return event_from(r, e->name, CASEAUDIT_NO_DATE);
    return CASEAUDIT_NO_DATE;
}

static caseaudit_date opened(const caseaudit_return *r)
{
    return flagged(r, CASEAUDIT_EVENT_OPENS);
}

static caseaudit_date today(const caseaudit_return *r)
{
    caseaudit_date closed = flagged(r, CASEAUDIT_EVENT_CLOSES), audited = audit_date(r);

    return closed != CASEAUDIT_NO_DATE && closed < audited ? closed : audited;
}

static void format_date(caseaudit_date date, char text[16])
{
    ca_date_format(date, text);
}

/* ---- derived standards ---- */

static struct mock_derivation *derivation(caseaudit_scoring *s, size_t standard,
                                          enum mock_derivation_kind kind)
{
    struct mock_derivation *d = &of(s)->derivations[standard];

    ck_assert_msg(of(s)->as_template == 0 && of(s)->row_count == 0,
                  "a standard was derived after sections were scored");
    ck_assert_msg(d->kind == MOCK_NOT_DERIVED, "standard %zu was derived twice", standard);
    d->kind = kind;
    d->today = today(MOCK_RETURN(of(s)));
    return d;
}

static void derive_status(caseaudit_scoring *s, size_t standard, int status)
{
    derivation(s, standard, MOCK_STATUS)->status = status;
}

static void derive_timescale(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                             int32_t n, int unit, caseaudit_date end)
{
    struct mock_derivation *d = derivation(s, standard, MOCK_TIMESCALE);

    d->start = start;
    d->n = n;
    d->unit = unit;
    d->end = end;
}

static void derive_timescale_due(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                                 caseaudit_date due, caseaudit_date end)
{
    struct mock_derivation *d = derivation(s, standard, MOCK_TIMESCALE_DUE);

    d->start = start;
    d->due = due;
    d->end = end;
}

static void derive_frequency(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                             caseaudit_date end, int32_t n, int unit,
                             const caseaudit_date *occurred, size_t count)
{
    struct mock_derivation *d = derivation(s, standard, MOCK_FREQUENCY);

    ck_assert_uint_le(count, MOCK_ROOM);
    d->start = start;
    d->end = end;
    d->n = n;
    d->unit = unit;
    memcpy(d->occurred, occurred, count * sizeof *occurred);
    d->occurred_count = count;
}

static void derive_event_frequency(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                                   caseaudit_date end, int32_t n, int unit, const char *type)
{
    const caseaudit_return *r = MOCK_RETURN(of(s));
    caseaudit_date occurred[MOCK_ROOM];
    size_t count = 0;

    for (size_t i = 0; of(s)->events[i].type != NULL; i++)
        if (strcmp(of(s)->events[i].type, type) == 0)
            occurred[count++] = event_date(r, i);
    derive_frequency(s, standard, start, end, n, unit, occurred, count);
}

static int add_time(caseaudit_scoring *s, size_t standard, caseaudit_date date, int32_t n,
                    int unit, caseaudit_date *out)
{
    (void)s, (void)standard;
    return ca_date_add(date, n, (enum ca_unit)unit, out) ? 0 : -1;
}

/* ---- scoring ---- */

static void outcome(const caseaudit_scoring *s, size_t standard, size_t agency,
                    struct caseaudit_outcome *out)
{
    ck_assert_uint_eq(agency, CASEAUDIT_JOINT);
    *out = of(s)->standards[standard].outcome;
}

static caseaudit_score roll_up(const caseaudit_scoring *s, size_t section, size_t agency)
{
    const struct mock *m = of(s);

    ck_assert_uint_lt(agency, MOCK_AGENCIES);
    /* The engine rolls up from the rows below, so they must be there. */
    for (size_t i = 0; m->sections[i].id != NULL; i++) {
        bool there = m->sections[i].parent != section;
        for (size_t k = 0; k < m->row_count; k++)
            there = there || (m->rows[k].section == i && m->rows[k].agency == agency);
        ck_assert_msg(there, "section %s was rolled up before %s", m->sections[section].id,
                      m->sections[i].id);
    }
    return m->sections[section].scores[agency];
}

static void set_section(caseaudit_scoring *s, size_t section, size_t agency,
                        caseaudit_score score)
{
    struct mock *m = of(s);

    ck_assert_uint_lt(m->row_count, MOCK_ROOM);
    m->rows[m->row_count++] = (struct mock_row){false, section, agency, score};
}

static caseaudit_score section_score(const caseaudit_scoring *s, size_t section, size_t agency)
{
    return of(s)->sections[section].scores[agency];
}

static void limit_section(caseaudit_scoring *s, size_t section)
{
    struct mock *m = of(s);

    ck_assert_uint_lt(m->row_count, MOCK_ROOM);
    m->rows[m->row_count++] =
        (struct mock_row){true, section, CASEAUDIT_JOINT, CASEAUDIT_NO_SCORE};
}

static caseaudit_score roll_up_overall(const caseaudit_scoring *s, const char *rollup,
                                       size_t agency)
{
    if (agency == CASEAUDIT_JOINT) {
        ck_assert_str_eq(rollup, "lowest");
        return of(s)->lowest;
    }
    ck_assert_str_eq(rollup, "mean");
    return of(s)->means[agency];
}

static void set_agency(caseaudit_scoring *s, size_t agency, caseaudit_score score)
{
    of(s)->agency_scores[agency].set = true;
    of(s)->agency_scores[agency].score = score;
}

/* Good from half marks. */
static int band(const caseaudit_scoring *s, caseaudit_score score)
{
    (void)s;
    return score >= 5000 ? 1 : 3;
}

static int rules(const caseaudit_scoring *s)
{
    return of(s)->ruled;
}

static void set_overall(caseaudit_scoring *s, caseaudit_score score, int computed)
{
    of(s)->overall_set++;
    of(s)->overall = score;
    of(s)->computed = computed;
}

static void score_as_template(caseaudit_scoring *s)
{
    of(s)->as_template++;
}

static void limit(caseaudit_scoring *s, const char *id, int to, const char *reason)
{
    struct mock *m = of(s);
    size_t i = m->limit_count++;

    ck_assert_uint_lt(i, 4);
    snprintf(m->limits[i].id, sizeof m->limits[i].id, "%s", id);
    snprintf(m->limits[i].reason, sizeof m->limits[i].reason, "%s", reason);
    m->limits[i].to = to;
}

static void measure(caseaudit_scoring *s, const char *id, const char *label, int64_t numerator,
                    int64_t denominator)
{
    struct mock *m = of(s);
    size_t i = m->measure_count++;

    ck_assert_uint_lt(i, 4);
    ck_assert_ptr_nonnull(label);
    snprintf(m->measures[i].id, sizeof m->measures[i].id, "%s", id);
    m->measures[i].numerator = numerator;
    m->measures[i].denominator = denominator;
}

static void note(caseaudit_scoring *s, int place, size_t index, const char *format, ...)
{
    ck_assert_uint_gt(strlen(format), 0);
    ck_assert(place == CASEAUDIT_AT_DOCUMENT || index != CASEAUDIT_NONE);
    of(s)->note_count++;
}

static void log_nowhere(const caseaudit_host *host, const char *format, ...)
{
    (void)host, (void)format;
}

const caseaudit_host mock_host = {
    CASEAUDIT_MAGIC,
    CASEAUDIT_ABI_MAJOR,
    CASEAUDIT_ABI_MINOR,
    sizeof(caseaudit_host),
    .template_fault = template_fault,
    .return_fault = return_fault,
    .template_rollup = template_rollup,
    .template_unit = template_unit,
    .template_is_judged = template_is_judged,
    .template_has_terms_of_reference = template_has_terms_of_reference,
    .option = option,
    .option_integer = option_integer,
    .option_grade = option_grade,
    .grade_label = grade_label,
    .agency_count = agency_count,
    .agency_label = agency_label,
    .attribute_find = attribute_find,
    .attribute_type = attribute_type,
    .attribute_is_required = attribute_is_required,
    .attribute_value_count = attribute_value_count,
    .attribute_value = attribute_value,
    .section_count = section_count,
    .section_parent = section_parent,
    .section_title = section_title,
    .section_focus = section_focus,
    .section_has_limits = section_has_limits,
    .section_top = section_top,
    .standard_count = standard_count,
    .standard_id = standard_id,
    .standard_label = standard_label,
    .standard_section = standard_section,
    .standard_derived = standard_derived,
    .answer_label = answer_label,
    .full_marks = full_marks,
    .audit_date = audit_date,
    .selection = selection,
    .attribute = attribute,
    .agency_returned = agency_returned,
    .event_count = event_count,
    .event_type = event_type,
    .event_date = event_date,
    .event_from = event_from,
    .event_last = event_last,
    .opened = opened,
    .today = today,
    .format_date = format_date,
    .derive_status = derive_status,
    .derive_timescale = derive_timescale,
    .derive_timescale_due = derive_timescale_due,
    .derive_frequency = derive_frequency,
    .derive_event_frequency = derive_event_frequency,
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
