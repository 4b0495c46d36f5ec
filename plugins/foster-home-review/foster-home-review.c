/*
 * foster-home-review: was the yearly review of this fostering household sound?
 *
 * Two questions of different nature. Was the duty met: standards in sections
 * of focus `compliance`, each a yes or a breach, one of which is enough to cap
 * the grade. How good was the review: sections of focus `quality`, which alone
 * make the score and the grade. Compliance stands apart from the roll-up, so
 * that well-kept paperwork never outweighs a poor review.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <caseaudit/framework.h>

/* One scoring, as the derived standards see it. */
struct view {
    const caseaudit_host *host;
    const caseaudit_template *t;
    const caseaudit_return *r;
    caseaudit_scoring *s;
    caseaudit_date approved;
    caseaudit_date today; /* the audit date or, if earlier, the day approval ended */
};

/* ---- events ---- */

/* The first event of this type on or after a day (CASEAUDIT_NO_DATE: ever). */
static caseaudit_date first_from(const struct view *v, const char *type, caseaudit_date from)
{
    size_t n = v->host->event_count(v->r);

    for (size_t i = 0; i < n; i++) {
        caseaudit_date date = v->host->event_date(v->r, i);

        if (date >= from && strcmp(v->host->event_type(v->r, i), type) == 0)
            return date;
    }
    return CASEAUDIT_NO_DATE;
}

static caseaudit_date first(const struct view *v, const char *type)
{
    return first_from(v, type, CASEAUDIT_NO_DATE);
}

/* ---- the shapes of a derived standard; 0, or -1 without memory ---- */

static int status(const struct view *v, size_t standard, int value)
{
    v->host->derive_status(v->s, standard, value);
    return 0;
}

static int timescale(const struct view *v, size_t standard, caseaudit_date start,
                     const char *option, int unit, caseaudit_date end)
{
    v->host->derive_timescale(v->s, standard, start, v->host->option_integer(v->t, option),
                              unit, end, v->today);
    return 0;
}

/* All events of the type are offered; the engine leaves out those before start or after
 * today, and takes two on one day as one. */
static int frequency(const struct view *v, size_t standard, caseaudit_date start,
                     const char *option, int unit, const char *type)
{
    size_t count = 0, n = v->host->event_count(v->r);
    caseaudit_date *occurred = malloc((n + 1) * sizeof *occurred);

    if (occurred == NULL)
        return -1;
    for (size_t i = 0; i < n; i++)
        if (strcmp(v->host->event_type(v->r, i), type) == 0)
            occurred[count++] = v->host->event_date(v->r, i);
    v->host->derive_frequency(v->s, standard, start, CASEAUDIT_NO_DATE, v->today,
                              v->host->option_integer(v->t, option), unit, occurred, count);
    free(occurred);
    return 0;
}

/* ---- the derived standards ---- */

static int first_review(const struct view *v, size_t standard)
{
    return timescale(v, standard, v->approved, "review-months", CASEAUDIT_MONTHS,
                     first(v, "review"));
}

static int annual_reviews(const struct view *v, size_t standard)
{
    caseaudit_date review = first(v, "review");

    if (review == CASEAUDIT_NO_DATE)
        return status(v, standard, CASEAUDIT_NOT_YET_DUE);
    return frequency(v, standard, review, "review-months", CASEAUDIT_MONTHS, "review");
}

static int first_review_to_panel(const struct view *v, size_t standard)
{
    caseaudit_date review = first(v, "review");

    if (review == CASEAUDIT_NO_DATE)
        return status(v, standard, CASEAUDIT_NOT_YET_DUE);
    return timescale(v, standard, review, "panel-days", CASEAUDIT_DAYS,
                     first_from(v, "panel", review));
}

static int unannounced_visits(const struct view *v, size_t standard)
{
    return frequency(v, standard, v->approved, "visit-months", CASEAUDIT_MONTHS,
                     "unannounced-visit");
}

static int checks_in_date(const struct view *v, size_t standard)
{
    return frequency(v, standard, v->approved, "checks-years", CASEAUDIT_YEARS,
                     "checks-renewed");
}

static const struct {
    const char *name;
    int (*derive)(const struct view *v, size_t standard);
} derivations[] = {
    {"first-review", first_review},
    {"annual-reviews", annual_reviews},
    {"first-review-to-panel", first_review_to_panel},
    {"unannounced-visits", unannounced_visits},
    {"checks-in-date", checks_in_date},
};

static int derive(const struct view *v, size_t standard, const char *name)
{
    for (size_t i = 0; i < sizeof derivations / sizeof derivations[0]; i++)
        if (strcmp(derivations[i].name, name) == 0)
            return derivations[i].derive(v, standard);
    return 0; /* the engine accepts no other name */
}

/* ---- compliance ---- */

/* Is this section, or the top-level section it stands in, one of these? */
static int has_focus(const caseaudit_host *host, const caseaudit_template *t, size_t section,
                     const char *word)
{
    const char *focus = host->section_focus(t, host->section_top(t, section));

    return focus != NULL && strcmp(focus, word) == 0;
}

struct compliance {
    size_t counting, met;
    size_t names; /* room the names of the breaches take, with separators */
};

/* A breach: a compliance standard that counts and scores under full marks. Sets *counts
 * if the standard is one of compliance that counts at all. */
static int is_breach(const struct view *v, size_t standard, int *counts)
{
    const caseaudit_host *host = v->host;
    struct caseaudit_outcome outcome;

    *counts = 0;
    if (!has_focus(host, v->t, host->standard_section(v->t, standard), "compliance"))
        return 0;
    host->outcome(v->s, standard, CASEAUDIT_JOINT, &outcome);
    *counts = outcome.counts;
    return outcome.counts && outcome.score < host->full_marks(v->t);
}

static struct compliance measure_compliance(const struct view *v)
{
    struct compliance c = {0, 0, 0};
    size_t n = v->host->standard_count(v->t);

    for (size_t i = 0; i < n; i++) {
        int counts, breach = is_breach(v, i, &counts);

        c.counting += counts != 0;
        c.met += counts && !breach;
        if (breach)
            c.names += strlen(v->host->standard_id(v->t, i)) + 2;
    }
    return c;
}

/* Caps the grade, with a reason that names every breach. */
static int cap_for_breaches(const struct view *v, const struct compliance *c)
{
    static const char one[] = "This duty was not met: ";
    static const char many[] = "These duties were not met: ";
    const char *separator = c->counting - c->met == 1 ? one : many;
    size_t n = v->host->standard_count(v->t);
    char *reason = malloc(sizeof many + c->names), *end = reason;

    if (reason == NULL)
        return -1;
    for (size_t i = 0; i < n; i++) {
        int counts;

        if (is_breach(v, i, &counts)) {
            end += sprintf(end, "%s%s", separator, v->host->standard_id(v->t, i));
            separator = ", ";
        }
    }
    v->host->limit(v->s, "compliance", v->host->option_grade(v->t, "breach-cap"), reason);
    free(reason);
    return 0;
}

/* ---- callbacks ---- */

static void check_section(const caseaudit_host *host, const caseaudit_template *t,
                          size_t section, caseaudit_diagnostics *diagnostics)
{
    if (host->section_parent(t, section) == CASEAUDIT_NONE &&
        !has_focus(host, t, section, "compliance") && !has_focus(host, t, section, "quality"))
        host->template_fault(
            diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_SECTION, section,
            "a top-level section needs focus=\"compliance\" (was the duty met) "
            "or focus=\"quality\" (how good was the review)");
    if (has_focus(host, t, section, "compliance") && host->section_has_limits(t, section))
        host->template_fault(
            diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_SECTION, section,
            "a compliance section has no grade, so it cannot have limits of its "
            "own; a limit of the template can look at it");
}

static void check_template(const caseaudit_host *host, void *state, const caseaudit_template *t,
                           caseaudit_diagnostics *diagnostics)
{
    static const char *const needed[] = {"compliance", "quality"};
    size_t n = host->section_count(t);
    int found[2] = {0, 0};

    (void)state;
    for (size_t i = 0; i < n; i++) {
        check_section(host, t, i, diagnostics);
        for (size_t k = 0; k < 2; k++)
            found[k] |= has_focus(host, t, i, needed[k]);
    }
    for (size_t k = 0; k < 2; k++)
        if (!found[k])
            host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, 0,
                                 "no top-level section has focus=\"%s\"; at least one must",
                                 needed[k]);
    if (host->option_grade(t, "breach-cap") == CASEAUDIT_NO_GRADE)
        host->template_fault(
            diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_OPTION, 0,
            "option 'breach-cap' is '%s', which is no grade of the scale; name "
            "the grade that one breach caps to",
            host->option(t, "breach-cap"));
}

static void check_return(const caseaudit_host *host, void *state, const caseaudit_template *t,
                         const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    struct view v = {host, t, r, NULL, 0, 0};
    caseaudit_date approved = first(&v, "approved"), ended = first(&v, "approval-ended");
    size_t n = host->event_count(r);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        const char *type = host->event_type(r, i);
        caseaudit_date date = host->event_date(r, i);
        char day[16], edge[16];

        host->format_date(date, day);
        if (date < approved && strcmp(type, "panel") != 0) {
            host->format_date(approved, edge);
            host->return_fault(diagnostics, r, CASEAUDIT_ERROR, CASEAUDIT_AT_EVENT, i,
                               "'%s' on %s is before 'approved' on %s; only panel may be", type,
                               day, edge);
        } else if (ended != CASEAUDIT_NO_DATE && date > ended && ended >= approved) {
            host->format_date(ended, edge);
            host->return_fault(diagnostics, r, CASEAUDIT_ERROR, CASEAUDIT_AT_EVENT, i,
                               "'%s' on %s is after 'approval-ended' on %s; nothing may be",
                               type, day, edge);
        }
    }
}

static int score(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    struct view v = {host, t, r, s, 0, 0};
    caseaudit_date ended = first(&v, "approval-ended");
    struct compliance c;
    size_t n = host->standard_count(t);

    (void)state;
    v.approved = first(&v, "approved");
    v.today = host->audit_date(r);
    if (ended != CASEAUDIT_NO_DATE && ended < v.today)
        v.today = ended;
    for (size_t i = 0; i < n; i++) {
        const char *name = host->standard_derived(t, i);

        if (name != NULL && derive(&v, i, name) != 0)
            return -1;
    }
    host->score_as_template(s); /* sections of compliance stand apart, so quality alone */
    host->note(s, "The score comes from the quality sections alone. Compliance standards are "
                  "met or breached, and a breach caps the grade.");
    c = measure_compliance(&v);
    host->measure(s, "compliance", "Compliance standards met", (int64_t)c.met,
                  (int64_t)c.counting);
    return c.met < c.counting ? cap_for_breaches(&v, &c) : 0;
}

/* ---- the descriptor ---- */

static const char *const rollups[] = {"mean", "flat", "lowest", "median", NULL};

/* breach-cap stays first: check_template names it by its index. */
static const struct caseaudit_option options[] = {
    {"breach-cap", CASEAUDIT_OPTION_GRADE, "requires-improvement", 0, 0,
     "the grade that one breach of compliance caps to"},
    {"review-months", CASEAUDIT_OPTION_INTEGER, "12", 1, 10000,
     "months from approval to the first review, and between reviews"},
    {"panel-days", CASEAUDIT_OPTION_INTEGER, "90", 1, 10000,
     "days from the first review to the panel"},
    {"visit-months", CASEAUDIT_OPTION_INTEGER, "12", 1, 10000,
     "months between unannounced visits"},
    {"checks-years", CASEAUDIT_OPTION_INTEGER, "3", 1, 10000,
     "years between renewals of disclosure and medical checks"},
    {NULL, 0, NULL, 0, 0, NULL}};

static const struct caseaudit_focus focus_words[] = {
    {"compliance", CASEAUDIT_FOCUS_APART, "was the duty met: a score, and no grade"},
    {"quality", 0, "how good was the review: makes the score and the grade"},
    {NULL, 0, NULL}};

static const struct caseaudit_event events[] = {
    {"approved", CASEAUDIT_EXACTLY_ONE, "the household was approved"},
    {"review", CASEAUDIT_ANY_NUMBER, "a review of the household was held"},
    {"panel", CASEAUDIT_ANY_NUMBER, "the fostering panel considered the household"},
    {"unannounced-visit", CASEAUDIT_ANY_NUMBER, "an unannounced visit was made"},
    {"checks-renewed", CASEAUDIT_ANY_NUMBER, "disclosure and medical checks were renewed"},
    {"approval-ended", CASEAUDIT_AT_MOST_ONE, "the approval ended"},
    {NULL, 0, NULL}};

static const struct caseaudit_derived derived[] = {
    {"first-review", CASEAUDIT_DERIVED_TIMESCALE, "the first review, in time after approval"},
    {"annual-reviews", CASEAUDIT_DERIVED_FREQUENCY, "each later review, in time"},
    {"first-review-to-panel", CASEAUDIT_DERIVED_TIMESCALE,
     "the first review at panel, in time"},
    {"unannounced-visits", CASEAUDIT_DERIVED_FREQUENCY, "unannounced visits, often enough"},
    {"checks-in-date", CASEAUDIT_DERIVED_FREQUENCY,
     "disclosure and medical checks renewed in time"},
    {NULL, 0, NULL}};

static const caseaudit_framework descriptor = {
    .magic = CASEAUDIT_MAGIC,
    .abi_major = CASEAUDIT_ABI_MAJOR,
    .abi_minor = CASEAUDIT_ABI_MINOR,
    .size = sizeof(caseaudit_framework),
    .name = "foster-home-review",
    .title = "Foster home review",
    .version = "1.0.0",
    .author = "The caseaudit authors",
    .licence = "MIT",
    .rollups = rollups,
    .unit = "household",
    .options = options,
    .focus_words = focus_words,
    .events = events,
    .derived = derived,
    .check_template = check_template,
    .check_return = check_return,
    .score = score,
};

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
