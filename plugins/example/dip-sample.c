/*
 * dip-sample: a framework of your own, to copy and change.
 *
 * A dip sample is a small random check: a handful of standards, looked at in
 * a few cases drawn by lot. What is particular to it, and therefore code:
 *
 *   - a template has few standards (option most-standards, 12), or it is no
 *     dip any more;
 *   - a case that was picked rather than drawn is worth a warning;
 *   - one standard without any marks caps the grade (option cap);
 *   - every result says how many standards had full marks.
 *
 * Everything else is arithmetic, which the engine has. The manual page
 * caseaudit-framework(3) explains each part. Written in C90, to show that no
 * more is needed.
 */
#include <string.h>

#include <caseaudit/framework.h>

/* The tables. The engine refuses a template or return that says anything that is not in
 * them, so the callbacks below need not. Each ends with an entry of NULL. */
static const char *const rollups[] = {"mean", "lowest", NULL};

static const struct caseaudit_option options[] = {
    {"cap", CASEAUDIT_OPTION_GRADE, "requires-improvement", 0, 0,
     "the grade that a standard without any marks caps to"},
    {"most-standards", CASEAUDIT_OPTION_INTEGER, "12", 1, 100,
     "more standards than this are no dip sample"},
    {NULL, 0, NULL, 0, 0, NULL}};

/* Once for each template. All faults are to be found in one run. */
static void check_template(const caseaudit_host *host, void *state, const caseaudit_template *t,
                           caseaudit_diagnostics *diagnostics)
{
    unsigned long count = (unsigned long)host->standard_count(t);
    long most = host->option_integer(t, "most-standards");

    (void)state;
    if (count > (unsigned long)most)
        host->template_fault(
            diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, 0,
            "%lu standards are too many for a dip sample; have %ld at most, or "
            "set option 'most-standards'",
            count, most);
    if (host->option_grade(t, "cap") == CASEAUDIT_NO_GRADE)
        host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_OPTION, 0,
                             "option 'cap' is '%s', which is no grade of the scale",
                             host->option(t, "cap"));
}

/* Once for each return, before it is scored. */
static void check_return(const caseaudit_host *host, void *state, const caseaudit_template *t,
                         const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    const char *selection = host->selection(r);

    (void)state;
    (void)t;
    if (selection == NULL || strcmp(selection, "random") != 0)
        host->return_fault(
            diagnostics, r, CASEAUDIT_WARNING, CASEAUDIT_AT_AUDIT, 0,
            "a dip sample is drawn at random; this case does not say that it was "
            "(selection=\"random\")");
}

static int score(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    size_t i, n = host->standard_count(t);
    long counting = 0, full = 0, without = 0;
    struct caseaudit_outcome outcome;

    (void)state;
    (void)r;
    host->score_as_template(s);
    for (i = 0; i < n; i++) { /* C90, as any compiler has it */
        host->outcome(s, i, CASEAUDIT_JOINT, &outcome);
        if (!outcome.counts)
            continue;
        counting++;
        full += outcome.score == host->full_marks(t);
        without += outcome.score == 0;
    }
    host->measure(s, "full-marks", "Standards with full marks", full, counting);
    if (without > 0)
        host->limit(s, "no-marks", host->option_grade(t, "cap"),
                    "At least one standard has no marks at all.");
    host->note(s, CASEAUDIT_AT_DOCUMENT, 0,
               "In a dip sample one standard without any marks caps the grade.");
    return 0;
}

/* In the order of the members, since C90 cannot name them. */
static const caseaudit_framework descriptor = {CASEAUDIT_MAGIC,
                                               CASEAUDIT_ABI_MAJOR,
                                               CASEAUDIT_ABI_MINOR,
                                               sizeof(caseaudit_framework),
                                               "dip-sample", /* as the file: dip-sample.so */
                                               "Dip sample",
                                               "1.0.0",
                                               "Your name",
                                               "MIT",
                                               0, /* flags */
                                               rollups,
                                               NULL, /* any unit */
                                               0,    /* no look-back of its own */
                                               options,
                                               NULL, /* focus words */
                                               NULL, /* events */
                                               NULL, /* derived standards */
                                               NULL, /* create */
                                               NULL, /* destroy */
                                               check_template,
                                               check_return,
                                               score};

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
