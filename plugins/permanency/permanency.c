/*
 * permanency: is this child's permanent home being secured without drift?
 *
 * A child's file, graded standard by standard as the template says. What is
 * particular to it is time: reviews, the permanence plan, planning meetings,
 * proceedings, placement and matching are counted from dated events, so that
 * drift shows whatever the file says about itself.
 */
#include <stdlib.h>
#include <string.h>

#include <caseaudit/framework.h>

/* One scoring, as the derived standards see it. */
struct view {
    const caseaudit_host *host;
    const caseaudit_template *t;
    const caseaudit_return *r;
    caseaudit_scoring *s;
    caseaudit_date entered;
    caseaudit_date today; /* the audit date or, if earlier, the day of leaving care */
};

/* ---- events ---- */

/* The first event of this type on or after a day (CASEAUDIT_NO_DATE: ever). Because it
 * asks for days, two events on one day are one. */
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

static caseaudit_date last(const struct view *v, const char *type)
{
    size_t i = v->host->event_count(v->r);

    while (i-- > 0)
        if (strcmp(v->host->event_type(v->r, i), type) == 0)
            return v->host->event_date(v->r, i);
    return CASEAUDIT_NO_DATE;
}

static caseaudit_date second_review(const struct view *v)
{
    caseaudit_date one = first(v, "review");

    return one == CASEAUDIT_NO_DATE ? one : first_from(v, "review", one + 1);
}

static int on_route(const struct view *v, const char *route)
{
    const char *value = v->host->attribute(v->r, "route");

    return value != NULL && strcmp(value, route) == 0;
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
 * end, and takes two on one day as one. */
static int frequency(const struct view *v, size_t standard, caseaudit_date start,
                     caseaudit_date end, const char *option, int unit, const char *type)
{
    size_t count = 0, n = v->host->event_count(v->r);
    caseaudit_date *occurred = malloc((n + 1) * sizeof *occurred);

    if (occurred == NULL)
        return -1;
    for (size_t i = 0; i < n; i++)
        if (strcmp(v->host->event_type(v->r, i), type) == 0)
            occurred[count++] = v->host->event_date(v->r, i);
    v->host->derive_frequency(v->s, standard, start, end, v->today,
                              v->host->option_integer(v->t, option), unit, occurred, count);
    free(occurred);
    return 0;
}

/* ---- the derived standards ---- */

static int first_review(const struct view *v, size_t standard)
{
    return timescale(v, standard, v->entered, "first-review-working-days",
                     CASEAUDIT_WORKING_DAYS, first(v, "review"));
}

static int next_review(const struct view *v, size_t standard)
{
    caseaudit_date start = first(v, "review");

    if (start == CASEAUDIT_NO_DATE)
        return status(v, standard, CASEAUDIT_NOT_YET_DUE);
    return timescale(v, standard, start, "second-review-months", CASEAUDIT_MONTHS,
                     second_review(v));
}

static int later_reviews(const struct view *v, size_t standard)
{
    caseaudit_date start = second_review(v);

    if (start == CASEAUDIT_NO_DATE)
        return status(v, standard, CASEAUDIT_NOT_YET_DUE);
    return frequency(v, standard, start, CASEAUDIT_NO_DATE, "later-review-months",
                     CASEAUDIT_MONTHS, "review");
}

/* Due when the second review is held or, until it is, when it should have been: reckoned
 * from the first review, or from the day that one was due. */
static int plan_by_second_review(const struct view *v, size_t standard)
{
    const caseaudit_host *host = v->host;
    caseaudit_date due = second_review(v);

    if (due == CASEAUDIT_NO_DATE) {
        caseaudit_date from = first(v, "review");

        if (from == CASEAUDIT_NO_DATE &&
            host->add_time(v->s, standard, v->entered,
                           host->option_integer(v->t, "first-review-working-days"),
                           CASEAUDIT_WORKING_DAYS, &from) != 0)
            return 0; /* noted by the engine */
        if (host->add_time(v->s, standard, from,
                           host->option_integer(v->t, "second-review-months"), CASEAUDIT_MONTHS,
                           &due) != 0)
            return 0;
    }
    host->derive_timescale_due(v->s, standard, v->entered, due, first(v, "permanence-plan"),
                               v->today);
    return 0;
}

static int planning_meetings(const struct view *v, size_t standard)
{
    return frequency(v, standard, v->entered, first(v, "permanence-achieved"),
                     "planning-meeting-weeks", CASEAUDIT_WEEKS, "planning-meeting");
}

/* From one event to the first of another on or after it; not applying without the former. */
static int from_event(const struct view *v, size_t standard, caseaudit_date start,
                      const char *option, int unit, const char *until)
{
    if (start == CASEAUDIT_NO_DATE)
        return status(v, standard, CASEAUDIT_NOT_APPLYING);
    return timescale(v, standard, start, option, unit, first_from(v, until, start));
}

static int proceedings(const struct view *v, size_t standard)
{
    return from_event(v, standard, last(v, "proceedings-started"), "proceedings-weeks",
                      CASEAUDIT_WEEKS, "proceedings-ended");
}

static int placed_for_adoption(const struct view *v, size_t standard)
{
    if (!on_route(v, "adoption"))
        return status(v, standard, CASEAUDIT_NOT_APPLYING);
    return timescale(v, standard, v->entered, "adoption-days", CASEAUDIT_DAYS,
                     first(v, "placed"));
}

static int adoption_match(const struct view *v, size_t standard)
{
    caseaudit_date order =
        on_route(v, "adoption") ? first(v, "placement-order") : CASEAUDIT_NO_DATE;

    return from_event(v, standard, order, "match-days", CASEAUDIT_DAYS, "matched");
}

static int formal_match(const struct view *v, size_t standard)
{
    caseaudit_date plan =
        on_route(v, "long-term-fostering") ? first(v, "permanence-plan") : CASEAUDIT_NO_DATE;

    return from_event(v, standard, plan, "formal-match-months", CASEAUDIT_MONTHS, "matched");
}

static const struct {
    const char *name;
    int (*derive)(const struct view *v, size_t standard);
} derivations[] = {
    {"first-review", first_review},
    {"second-review", next_review},
    {"later-reviews", later_reviews},
    {"plan-by-second-review", plan_by_second_review},
    {"planning-meetings", planning_meetings},
    {"proceedings", proceedings},
    {"placed-for-adoption", placed_for_adoption},
    {"adoption-match", adoption_match},
    {"formal-match", formal_match},
};

static int derive(const struct view *v, size_t standard, const char *name)
{
    for (size_t i = 0; i < sizeof derivations / sizeof derivations[0]; i++)
        if (strcmp(derivations[i].name, name) == 0)
            return derivations[i].derive(v, standard);
    return 0; /* the engine accepts no other name */
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

/* Planning begins before proceedings, and both may begin before the child enters care. */
static const char *const may_precede[] = {"planning-meeting", "proceedings-started", NULL};

static void check_return(const caseaudit_host *host, void *state, const caseaudit_template *t,
                         const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    struct view v = {host, t, r, NULL, 0, 0};
    caseaudit_date entered = first(&v, "entered-care"), left = first(&v, "left-care");
    size_t n = host->event_count(r);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        const char *type = host->event_type(r, i);
        caseaudit_date date = host->event_date(r, i);
        char day[16], edge[16];

        host->format_date(date, day);
        if (date < entered && !is_one_of(type, may_precede)) {
            host->format_date(entered, edge);
            host->return_fault(diagnostics, r, CASEAUDIT_ERROR, CASEAUDIT_AT_EVENT, i,
                               "'%s' on %s is before 'entered-care' on %s; only "
                               "planning-meeting and proceedings-started may be",
                               type, day, edge);
        } else if (left != CASEAUDIT_NO_DATE && date > left && left >= entered) {
            host->format_date(left, edge);
            host->return_fault(diagnostics, r, CASEAUDIT_ERROR, CASEAUDIT_AT_EVENT, i,
                               "'%s' on %s is after 'left-care' on %s; nothing may be", type,
                               day, edge);
        }
    }
}

static int score(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    struct view v = {host, t, r, s, 0, 0};
    caseaudit_date left = first(&v, "left-care");
    size_t n = host->standard_count(t);

    (void)state;
    v.entered = first(&v, "entered-care");
    v.today = host->audit_date(r);
    if (left != CASEAUDIT_NO_DATE && left < v.today)
        v.today = left;
    for (size_t i = 0; i < n; i++) {
        const char *name = host->standard_derived(t, i);

        if (name != NULL && derive(&v, i, name) != 0)
            return -1;
    }
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

static const struct caseaudit_event events[] = {
    {"entered-care", CASEAUDIT_EXACTLY_ONE, "the child entered care"},
    {"review", CASEAUDIT_ANY_NUMBER, "a review of the child's care was held"},
    {"permanence-plan", CASEAUDIT_ANY_NUMBER, "a plan for permanence was made"},
    {"planning-meeting", CASEAUDIT_ANY_NUMBER, "a permanency planning meeting was held"},
    {"proceedings-started", CASEAUDIT_ANY_NUMBER, "care proceedings started"},
    {"proceedings-ended", CASEAUDIT_ANY_NUMBER, "care proceedings ended"},
    {"placement-order", CASEAUDIT_ANY_NUMBER, "a placement order was made"},
    {"decision", CASEAUDIT_ANY_NUMBER, "the agency decision maker decided"},
    {"matched", CASEAUDIT_ANY_NUMBER, "a match was made formal"},
    {"placed", CASEAUDIT_ANY_NUMBER, "the child was placed"},
    {"permanence-achieved", CASEAUDIT_AT_MOST_ONE, "permanence was achieved"},
    {"left-care", CASEAUDIT_AT_MOST_ONE, "the child left care"},
    {NULL, 0, NULL}};

static const struct caseaudit_derived derived[] = {
    {"first-review", CASEAUDIT_DERIVED_TIMESCALE, "the first review, in time"},
    {"second-review", CASEAUDIT_DERIVED_TIMESCALE, "the second review, in time"},
    {"later-reviews", CASEAUDIT_DERIVED_FREQUENCY, "each later review, in time"},
    {"plan-by-second-review", CASEAUDIT_DERIVED_TIMESCALE,
     "a permanence plan by the second review"},
    {"planning-meetings", CASEAUDIT_DERIVED_FREQUENCY,
     "planning meetings until permanence is achieved"},
    {"proceedings", CASEAUDIT_DERIVED_TIMESCALE, "the latest care proceedings, in time"},
    {"placed-for-adoption", CASEAUDIT_DERIVED_TIMESCALE,
     "route adoption: placed in time after entering care"},
    {"adoption-match", CASEAUDIT_DERIVED_TIMESCALE,
     "route adoption: matched in time after the placement order"},
    {"formal-match", CASEAUDIT_DERIVED_TIMESCALE,
     "route long-term fostering: matched in time after the plan"},
    {NULL, 0, NULL}};

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
