/* How a framework derives standards, scores, and says what it did. */
#include <string.h>

#include "core/base/array.h"
#include "core/frameworks/handed.h"
#include "core/frameworks/services_private.h"
#include "core/scoring/outcome.h"
#include "core/scoring/rollup.h"

static struct ca_pass *pass_of(const caseaudit_scoring *s)
{
    return (struct ca_pass *)s;
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
                                 caseaudit_date due, caseaudit_date end)
{
    struct ca_pass *pass = pass_of(s);

    if (!ca_handed_standard(pass, standard) || !ca_handed_date(pass, start) ||
        !ca_handed_date(pass, due) || !ca_handed_date(pass, end))
        return;
    derive(pass, standard,
           ca_outcome_timescale(pass->template, &pass->template->standards[standard], start,
                                due, end, ca_return_today(pass->audit)));
}

static void derive_timescale(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                             int32_t n, int unit, caseaudit_date end)
{
    ca_date due;

    if (!handed_time(pass_of(s), standard, start, n, unit))
        return;
    if (!ca_date_add(start, n, (enum ca_unit)unit, &due)) {
        beyond_calendar(pass_of(s), standard);
        return;
    }
    derive_timescale_due(s, standard, start, due, end);
    pass_of(s)->derivations[standard].outcome.span = n;
    pass_of(s)->derivations[standard].outcome.unit = (enum ca_unit)unit;
}

static void derive_frequency(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                             caseaudit_date end, int32_t n, int unit,
                             const caseaudit_date *occurred, size_t count)
{
    struct ca_pass *pass = pass_of(s);
    ca_date until = end == CASEAUDIT_NO_DATE ? ca_return_today(pass->audit) : end, *points;
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

static void derive_event_frequency(caseaudit_scoring *s, size_t standard, caseaudit_date start,
                                   caseaudit_date end, int32_t n, int unit, const char *type)
{
    const struct ca_pass *pass = pass_of(s);
    const struct ca_return *r = pass->audit;
    ca_date *occurred = CA_ARRAY(pass->arena, r->event_count, ca_date);
    size_t count = 0;

    for (size_t i = 0; i < r->event_count; i++)
        if (strcmp(r->events[i].type, type) == 0)
            occurred[count++] = r->events[i].date;
    derive_frequency(s, standard, start, end, n, unit, occurred, count);
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
    struct ca_pass *pass = pass_of(s);
    const struct ca_outcome *o =
        ca_pass_outcome(pass, standard, agency == CASEAUDIT_JOINT ? 0 : agency);

    out->status = o->present ? (int)o->status : CASEAUDIT_NOT_APPLYING;
    out->counts = o->present && o->counts;
    out->score = o->present ? o->score : CASEAUDIT_NO_SCORE;
    out->answer = o->present ? o->answer : NULL;
}

static caseaudit_score roll_up(const caseaudit_scoring *s, size_t section, size_t agency)
{
    return ca_section_roll_up(pass_of(s), section, agency);
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
        ca_section_limit(pass_of(s), section);
}

static caseaudit_score roll_up_overall(const caseaudit_scoring *s, const char *name,
                                       size_t agency)
{
    enum ca_rollup rollup;

    if (!ca_rollup_parse(name, &rollup))
        return CASEAUDIT_NO_SCORE;
    return ca_overall_roll_up(pass_of(s), rollup, agency);
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
    return grade_out(ca_rules_grade(pass_of(s)));
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
    ca_score_as_template(pass_of(s));
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

static void note(caseaudit_scoring *s, int place, size_t index, const char *format, ...)
{
    struct ca_pass *pass = pass_of(s);
    va_list args;

    if (!ca_handed_note(pass, place, index))
        return;
    va_start(args, format);
    *CA_ARENA_APPEND(pass->arena, pass->notes, pass->note_count) = (struct ca_note){
        .place = place,
        .index = index,
        .text = ca_handed_text(pass->arena, ca_arena_vprintf(pass->arena, format, args))};
    va_end(args);
}

void ca_services_of_scoring(caseaudit_host *host)
{
    host->derive_status = derive_status;
    host->derive_timescale = derive_timescale;
    host->derive_timescale_due = derive_timescale_due;
    host->derive_frequency = derive_frequency;
    host->derive_event_frequency = derive_event_frequency;
    host->add_time = add_time;
    host->outcome = outcome;
    host->roll_up = roll_up;
    host->set_section = set_section;
    host->section_score = section_score;
    host->limit_section = limit_section;
    host->roll_up_overall = roll_up_overall;
    host->set_agency = set_agency;
    host->band = band;
    host->rules = rules;
    host->set_overall = set_overall;
    host->score_as_template = score_as_template;
    host->limit = limit;
    host->measure = measure;
    host->note = note;
}
