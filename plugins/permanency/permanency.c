/*
 * permanency: is this child's permanent home being secured without drift?
 *
 * A child's file, graded standard by standard as the template says. What is
 * particular to it is time: reviews, the permanence plan, planning meetings,
 * proceedings, placement and matching are counted from dated events, so that
 * drift shows whatever the file says about itself.
 */
#include <string.h>

#include <caseaudit/framework.h>

/* ---- the derived standards ---- */

static caseaudit_date first(const struct caseaudit_deriving *d, const char *type)
{
    return d->host->event_from(d->r, type, CASEAUDIT_NO_DATE);
}

static caseaudit_date the_second_review(const struct caseaudit_deriving *d)
{
    caseaudit_date one = first(d, "review");

    return one == CASEAUDIT_NO_DATE ? one : d->host->event_from(d->r, "review", one + 1);
}

static int32_t option(const struct caseaudit_deriving *d, const char *name)
{
    return d->host->option_integer(d->t, name);
}

static void timescale(const struct caseaudit_deriving *d, caseaudit_date start,
                      const char *name, int unit, caseaudit_date end)
{
    d->host->derive_timescale(d->s, d->standard, start, option(d, name), unit, end);
}

/* Has what the standard is counted from happened? If not, the standard has this status. */
static int has_begun(const struct caseaudit_deriving *d, caseaudit_date start, int otherwise)
{
    if (start == CASEAUDIT_NO_DATE)
        d->host->derive_status(d->s, d->standard, otherwise);
    return start != CASEAUDIT_NO_DATE;
}

static int on_route(const struct caseaudit_deriving *d, const char *route)
{
    const char *value = d->host->attribute(d->r, "route");

    return value != NULL && strcmp(value, route) == 0;
}

static void first_review(const struct caseaudit_deriving *d)
{
    timescale(d, d->host->opened(d->r), "first-review-working-days", CASEAUDIT_WORKING_DAYS,
              first(d, "review"));
}

static void second_review(const struct caseaudit_deriving *d)
{
    caseaudit_date start = first(d, "review");

    if (has_begun(d, start, CASEAUDIT_NOT_YET_DUE))
        timescale(d, start, "second-review-months", CASEAUDIT_MONTHS, the_second_review(d));
}

static void later_reviews(const struct caseaudit_deriving *d)
{
    caseaudit_date start = the_second_review(d);

    if (has_begun(d, start, CASEAUDIT_NOT_YET_DUE))
        d->host->derive_event_frequency(d->s, d->standard, start, CASEAUDIT_NO_DATE,
                                        option(d, "later-review-months"), CASEAUDIT_MONTHS,
                                        "review");
}

/* Due when the second review is held or, until it is, when it should have been: reckoned
 * from the first review, or from the day that one was due. Where a day lies beyond the
 * calendar the engine has noted it. */
static void plan_by_second_review(const struct caseaudit_deriving *d)
{
    const caseaudit_host *host = d->host;
    caseaudit_date opened = host->opened(d->r), due = the_second_review(d);

    if (due == CASEAUDIT_NO_DATE) {
        caseaudit_date from = first(d, "review");

        if (from == CASEAUDIT_NO_DATE &&
            host->add_time(d->s, d->standard, opened, option(d, "first-review-working-days"),
                           CASEAUDIT_WORKING_DAYS, &from) != 0)
            return;
        if (host->add_time(d->s, d->standard, from, option(d, "second-review-months"),
                           CASEAUDIT_MONTHS, &due) != 0)
            return;
    }
    host->derive_timescale_due(d->s, d->standard, opened, due, first(d, "permanence-plan"));
}

static void planning_meetings(const struct caseaudit_deriving *d)
{
    d->host->derive_event_frequency(
        d->s, d->standard, d->host->opened(d->r), first(d, "permanence-achieved"),
        option(d, "planning-meeting-weeks"), CASEAUDIT_WEEKS, "planning-meeting");
}

/* From one event to the first of another on or after it; not applying without the former. */
static void from_event(const struct caseaudit_deriving *d, caseaudit_date start,
                       const char *name, int unit, const char *until)
{
    if (has_begun(d, start, CASEAUDIT_NOT_APPLYING))
        timescale(d, start, name, unit, d->host->event_from(d->r, until, start));
}

static void proceedings(const struct caseaudit_deriving *d)
{
    from_event(d, d->host->event_last(d->r, "proceedings-started"), "proceedings-weeks",
               CASEAUDIT_WEEKS, "proceedings-ended");
}

static void placed_for_adoption(const struct caseaudit_deriving *d)
{
    if (on_route(d, "adoption")) /* left alone it does not apply */
        timescale(d, d->host->opened(d->r), "adoption-days", CASEAUDIT_DAYS,
                  first(d, "placed"));
}

static void adoption_match(const struct caseaudit_deriving *d)
{
    if (on_route(d, "adoption"))
        from_event(d, first(d, "placement-order"), "match-days", CASEAUDIT_DAYS, "matched");
}

static void formal_match(const struct caseaudit_deriving *d)
{
    if (on_route(d, "long-term-fostering"))
        from_event(d, first(d, "permanence-plan"), "formal-match-months", CASEAUDIT_MONTHS,
                   "matched");
}

/* ---- callbacks ---- */

#define ROUTES                                                                                 \
    "return-home, adoption, special-guardianship, child-arrangements, long-term-fostering, "   \
    "residential, not-yet-decided"

static const char *const routes[] = {
    "return-home",         "adoption",    "special-guardianship", "child-arrangements",
    "long-term-fostering", "residential", "not-yet-decided",      NULL};

static int is_one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(word, *words) == 0)
            return 1;
    return 0;
}

static void check_route(const caseaudit_host *host, const caseaudit_template *t,
                        caseaudit_diagnostics *diagnostics)
{
    size_t count, route = host->attribute_find(t, "route");

    if (route == CASEAUDIT_NONE) {
        host->template_fault(
            diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, 0,
            "there is no attribute 'route'; permanency needs one, required, of "
            "type token, with values among " ROUTES);
        return;
    }
    count = host->attribute_value_count(t, route);
    if (host->attribute_type(t, route) != CASEAUDIT_TOKEN)
        host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_ATTRIBUTE, route,
                             "attribute 'route' must be of type token");
    else if (count == 0)
        host->template_fault(
            diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_ATTRIBUTE, route,
            "attribute 'route' lists no values; give those in use among " ROUTES);
    if (!host->attribute_is_required(t, route))
        host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_ATTRIBUTE, route,
                             "attribute 'route' must be required (required=\"yes\")");
    for (size_t i = 0; i < count; i++) {
        const char *value = host->attribute_value(t, route, i);

        if (!is_one_of(value, routes))
            host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_ATTRIBUTE, route,
                                 "route '%s' is not known to permanency; use " ROUTES, value);
    }
}

static void check_template(const caseaudit_host *host, void *state, const caseaudit_template *t,
                           caseaudit_diagnostics *diagnostics)
{
    size_t n = host->section_count(t);

    (void)state;
    check_route(host, t, diagnostics);
    for (size_t i = 0; i < n; i++)
        if (host->section_focus(t, i) != NULL)
            return;
    host->template_fault(diagnostics, t, CASEAUDIT_WARNING, CASEAUDIT_AT_DOCUMENT, 0,
                         "no section has a focus; give each top-level section one of planning, "
                         "family, child-voice, stability, oversight where it fits");
}

static void check_return(const caseaudit_host *host, void *state, const caseaudit_template *t,
                         const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    (void)host, (void)state, (void)t, (void)r, (void)diagnostics; /* the tables say it all */
}

static int score(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    (void)state, (void)t, (void)r;
    host->score_as_template(s);
    return 0;
}

/* ---- the descriptor ---- */

static const char *const rollups[] = {"mean",  "flat", "lowest", "median",
                                      "rules", "none", NULL};

static const struct caseaudit_option options[] = {
    {"first-review-working-days", CASEAUDIT_OPTION_INTEGER, "20", 1, 10000,
     "working days from entering care to the first review"},
    {"second-review-months", CASEAUDIT_OPTION_INTEGER, "3", 1, 10000,
     "months from the first review to the second"},
    {"later-review-months", CASEAUDIT_OPTION_INTEGER, "6", 1, 10000,
     "months between later reviews"},
    {"planning-meeting-weeks", CASEAUDIT_OPTION_INTEGER, "6", 1, 10000,
     "weeks between permanency planning meetings"},
    {"proceedings-weeks", CASEAUDIT_OPTION_INTEGER, "26", 1, 10000,
     "weeks care proceedings may take"},
    {"adoption-days", CASEAUDIT_OPTION_INTEGER, "426", 1, 10000,
     "days from entering care to the adoptive placement"},
    {"match-days", CASEAUDIT_OPTION_INTEGER, "121", 1, 10000,
     "days from the placement order to the match"},
    {"formal-match-months", CASEAUDIT_OPTION_INTEGER, "6", 1, 10000,
     "months from the permanence plan to the long-term match"},
    {NULL, 0, NULL, 0, 0, NULL}};

static const struct caseaudit_focus focus_words[] = {
    {"planning", 0, "the permanence plan, and a second one beside it"},
    {"family", 0, "parents, brothers and sisters, and other relatives"},
    {"child-voice", 0, "what the child says and wants"},
    {"stability", 0, "placement, matching and support"},
    {"oversight", 0, "reviews, supervision and challenge"},
    {NULL, 0, NULL}};

/* Planning begins before proceedings, and both may begin before the child enters care. */
static const struct caseaudit_event events[] = {
    {"entered-care", CASEAUDIT_EXACTLY_ONE, CASEAUDIT_EVENT_OPENS, "the child entered care"},
    {"review", CASEAUDIT_ANY_NUMBER, 0, "a review of the child's care was held"},
    {"permanence-plan", CASEAUDIT_ANY_NUMBER, 0, "a plan for permanence was made"},
    {"planning-meeting", CASEAUDIT_ANY_NUMBER, CASEAUDIT_EVENT_BEFOREHAND,
     "a permanency planning meeting was held"},
    {"proceedings-started", CASEAUDIT_ANY_NUMBER, CASEAUDIT_EVENT_BEFOREHAND,
     "care proceedings started"},
    {"proceedings-ended", CASEAUDIT_ANY_NUMBER, 0, "care proceedings ended"},
    {"placement-order", CASEAUDIT_ANY_NUMBER, 0, "a placement order was made"},
    {"decision", CASEAUDIT_ANY_NUMBER, 0, "the agency decision maker decided"},
    {"matched", CASEAUDIT_ANY_NUMBER, 0, "a match was made formal"},
    {"placed", CASEAUDIT_ANY_NUMBER, 0, "the child was placed"},
    {"permanence-achieved", CASEAUDIT_AT_MOST_ONE, 0, "permanence was achieved"},
    {"left-care", CASEAUDIT_AT_MOST_ONE, CASEAUDIT_EVENT_CLOSES, "the child left care"},
    {NULL, 0, 0, NULL}};

static const struct caseaudit_derived derived[] = {
    {"first-review", CASEAUDIT_DERIVED_TIMESCALE, "the first review, in time", first_review},
    {"second-review", CASEAUDIT_DERIVED_TIMESCALE, "the second review, in time", second_review},
    {"later-reviews", CASEAUDIT_DERIVED_FREQUENCY, "each later review, in time", later_reviews},
    {"plan-by-second-review", CASEAUDIT_DERIVED_TIMESCALE,
     "a permanence plan by the second review", plan_by_second_review},
    {"planning-meetings", CASEAUDIT_DERIVED_FREQUENCY,
     "planning meetings until permanence is achieved", planning_meetings},
    {"proceedings", CASEAUDIT_DERIVED_TIMESCALE, "the latest care proceedings, in time",
     proceedings},
    {"placed-for-adoption", CASEAUDIT_DERIVED_TIMESCALE,
     "route adoption: placed in time after entering care", placed_for_adoption},
    {"adoption-match", CASEAUDIT_DERIVED_TIMESCALE,
     "route adoption: matched in time after the placement order", adoption_match},
    {"formal-match", CASEAUDIT_DERIVED_TIMESCALE,
     "route long-term fostering: matched in time after the plan", formal_match},
    {NULL, 0, NULL, NULL}};

static const caseaudit_framework descriptor = {
    .magic = CASEAUDIT_MAGIC,
    .abi_major = CASEAUDIT_ABI_MAJOR,
    .abi_minor = CASEAUDIT_ABI_MINOR,
    .size = sizeof(caseaudit_framework),
    .name = "permanency",
    .title = "Permanency",
    .version = "1.0.0",
    .author = "The caseaudit authors",
    .licence = "MIT",
    .rollups = rollups,
    .unit = "child",
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
