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

/* ---- the derived standards ---- */

static void timescale(const struct caseaudit_deriving *d, caseaudit_date start,
                      const char *option, int unit, caseaudit_date end)
{
    d->host->derive_timescale(d->s, d->standard, start, d->host->option_integer(d->t, option),
                              unit, end);
}

static void frequency(const struct caseaudit_deriving *d, caseaudit_date start,
                      const char *option, int unit, const char *type)
{
    d->host->derive_event_frequency(d->s, d->standard, start, CASEAUDIT_NO_DATE,
                                    d->host->option_integer(d->t, option), unit, type);
}

/* The day of the first review; where there was none, the standard is not yet due. */
static caseaudit_date review_or_not_due(const struct caseaudit_deriving *d)
{
    caseaudit_date review = d->host->event_from(d->r, "review", CASEAUDIT_NO_DATE);

    if (review == CASEAUDIT_NO_DATE)
        d->host->derive_status(d->s, d->standard, CASEAUDIT_NOT_YET_DUE);
    return review;
}

static void first_review(const struct caseaudit_deriving *d)
{
    timescale(d, d->host->opened(d->r), "review-months", CASEAUDIT_MONTHS,
              d->host->event_from(d->r, "review", CASEAUDIT_NO_DATE));
}

static void annual_reviews(const struct caseaudit_deriving *d)
{
    caseaudit_date review = review_or_not_due(d);

    if (review != CASEAUDIT_NO_DATE)
        frequency(d, review, "review-months", CASEAUDIT_MONTHS, "review");
}

static void first_review_to_panel(const struct caseaudit_deriving *d)
{
    caseaudit_date review = review_or_not_due(d);

    if (review != CASEAUDIT_NO_DATE)
        timescale(d, review, "panel-days", CASEAUDIT_DAYS,
                  d->host->event_from(d->r, "panel", review));
}

static void unannounced_visits(const struct caseaudit_deriving *d)
{
    frequency(d, d->host->opened(d->r), "visit-months", CASEAUDIT_MONTHS, "unannounced-visit");
}

static void checks_in_date(const struct caseaudit_deriving *d)
{
    frequency(d, d->host->opened(d->r), "checks-years", CASEAUDIT_YEARS, "checks-renewed");
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
static int is_breach(const caseaudit_host *host, const caseaudit_template *t,
                     const caseaudit_scoring *s, size_t standard, int *counts)
{
    struct caseaudit_outcome outcome;

    *counts = 0;
    if (!has_focus(host, t, host->standard_section(t, standard), "compliance"))
        return 0;
    host->outcome(s, standard, CASEAUDIT_JOINT, &outcome);
    *counts = outcome.counts;
    return outcome.counts && outcome.score < host->full_marks(t);
}

static struct compliance measure_compliance(const caseaudit_host *host,
                                            const caseaudit_template *t,
                                            const caseaudit_scoring *s)
{
    struct compliance c = {0, 0, 0};
    size_t n = host->standard_count(t);

    for (size_t i = 0; i < n; i++) {
        int counts, breach = is_breach(host, t, s, i, &counts);

        c.counting += counts != 0;
        c.met += counts && !breach;
        if (breach)
            c.names += strlen(host->standard_label(t, i)) + 2;
    }
    return c;
}

/* Caps the grade, with a reason that names every breach. */
static int cap_for_breaches(const caseaudit_host *host, const caseaudit_template *t,
                            caseaudit_scoring *s, const struct compliance *c)
{
    static const char one[] = "This duty was not met: ";
    static const char many[] = "These duties were not met: ";
    const char *separator = c->counting - c->met == 1 ? one : many;
    size_t n = host->standard_count(t);
    char *reason = malloc(sizeof many + c->names), *end = reason;

    if (reason == NULL)
        return -1;
    for (size_t i = 0; i < n; i++) {
        int counts;

        if (is_breach(host, t, s, i, &counts)) {
            end += sprintf(end, "%s%s", separator, host->standard_label(t, i));
            separator = ", ";
        }
    }
    host->limit(s, "compliance", host->option_grade(t, "breach-cap"), reason);
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
    (void)host, (void)state, (void)t, (void)r, (void)diagnostics; /* the tables say it all */
}

static int score(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    struct compliance c;

    (void)state, (void)r;
    host->score_as_template(s); /* sections of compliance stand apart, so quality alone */
    host->note(
        s, CASEAUDIT_AT_DOCUMENT, 0,
        "The score comes from the quality sections alone. Compliance standards are met or "
        "breached, and a breach caps the grade.");
    c = measure_compliance(host, t, s);
    host->measure(s, "compliance", "Compliance standards met", (int64_t)c.met,
                  (int64_t)c.counting);
    return c.met < c.counting ? cap_for_breaches(host, t, s, &c) : 0;
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
    {"approved", CASEAUDIT_EXACTLY_ONE, CASEAUDIT_EVENT_OPENS, "the household was approved"},
    {"review", CASEAUDIT_ANY_NUMBER, 0, "a review of the household was held"},
    {"panel", CASEAUDIT_ANY_NUMBER, CASEAUDIT_EVENT_BEFOREHAND,
     "the fostering panel considered the household"},
    {"unannounced-visit", CASEAUDIT_ANY_NUMBER, 0, "an unannounced visit was made"},
    {"checks-renewed", CASEAUDIT_ANY_NUMBER, 0, "disclosure and medical checks were renewed"},
    {"approval-ended", CASEAUDIT_AT_MOST_ONE, CASEAUDIT_EVENT_CLOSES, "the approval ended"},
    {NULL, 0, 0, NULL}};

static const struct caseaudit_derived derived[] = {
    {"first-review", CASEAUDIT_DERIVED_TIMESCALE, "the first review, in time after approval",
     first_review},
    {"annual-reviews", CASEAUDIT_DERIVED_FREQUENCY, "each later review, in time",
     annual_reviews},
    {"first-review-to-panel", CASEAUDIT_DERIVED_TIMESCALE, "the first review at panel, in time",
     first_review_to_panel},
    {"unannounced-visits", CASEAUDIT_DERIVED_FREQUENCY, "unannounced visits, often enough",
     unannounced_visits},
    {"checks-in-date", CASEAUDIT_DERIVED_FREQUENCY,
     "disclosure and medical checks renewed in time", checks_in_date},
    {NULL, 0, NULL, NULL}};

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
