/*
 * graded-standards: the plain method. Standards are scored, sections and the
 * whole are rolled up as the template says, and that is all: no events, no
 * options, no meaning given to a section's focus. Where to start when
 * something new is to be audited.
 */
#include <caseaudit/framework.h>

static void check_template(const caseaudit_host *host, void *state, const caseaudit_template *t,
                           caseaudit_diagnostics *diagnostics)
{
    (void)host, (void)state, (void)t, (void)diagnostics; /* the tables say it all */
}

static void check_return(const caseaudit_host *host, void *state, const caseaudit_template *t,
                         const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    (void)host, (void)state, (void)t, (void)r, (void)diagnostics;
}

static int score(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    (void)state, (void)t, (void)r;
    host->score_as_template(s);
    return 0;
}

static const char *const rollups[] = {"mean",  "flat", "lowest", "median",
                                      "rules", "none", NULL};

static const caseaudit_framework descriptor = {
    .magic = CASEAUDIT_MAGIC,
    .abi_major = CASEAUDIT_ABI_MAJOR,
    .abi_minor = CASEAUDIT_ABI_MINOR,
    .size = sizeof(caseaudit_framework),
    .name = "graded-standards",
    .title = "Graded standards",
    .version = "1.0.0",
    .author = "The caseaudit authors",
    .licence = "MIT",
    .rollups = rollups,
    .check_template = check_template,
    .check_return = check_return,
    .score = score,
};

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
