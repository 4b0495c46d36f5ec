/*
 * A framework with a method of its own: in the first section the worst standard decides, the
 * whole is the score of that section, and its grade one below the band. Option say: whether
 * it says so.
 */
#include <string.h>

#include <caseaudit/framework.h>

static void check_template(const caseaudit_host *host, void *state, const caseaudit_template *t,
                           caseaudit_diagnostics *diagnostics)
{
    (void)state, (void)diagnostics;
    host->log(host, "a template with %lu sections", (unsigned long)host->section_count(t));
}

static void check_return(const caseaudit_host *host, void *state, const caseaudit_template *t,
                         const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    (void)host, (void)state, (void)t, (void)r, (void)diagnostics;
}

/* The standard of the section with the lowest score. */
static size_t worst(const caseaudit_host *host, const caseaudit_template *t,
                    const caseaudit_scoring *s, struct caseaudit_outcome *out)
{
    size_t found = 0;

    for (size_t i = 0; i < host->standard_count(t); i++) {
        struct caseaudit_outcome o;

        host->outcome(s, i, CASEAUDIT_JOINT, &o);
        if (host->standard_section(t, i) != 0 || (i > 0 && o.score >= out->score))
            continue;
        found = i;
        *out = o;
    }
    return found;
}

static int score(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    struct caseaudit_outcome o = {CASEAUDIT_MISSING, 0, CASEAUDIT_NO_SCORE, NULL};
    size_t standard = worst(host, t, s, &o);

    (void)state, (void)r;
    host->log(host, "the worst is %s", host->standard_id(t, standard));
    host->set_section(s, 0, CASEAUDIT_JOINT, o.score);
    host->set_section(s, 1, CASEAUDIT_JOINT, host->roll_up(s, 1, CASEAUDIT_JOINT));
    host->set_overall(s, o.score, host->band(s, o.score) + 1);
    if (strcmp(host->option(t, "say"), "yes") != 0)
        return 0;
    host->note(s, CASEAUDIT_AT_DOCUMENT, 0, "The first section is the whole; %s is the best.",
               host->grade_label(t, 0));
    host->note(s, CASEAUDIT_AT_SECTION, 0, "In '%s' the worst decides: '%s' with '%s'.",
               host->section_title(t, 0), host->standard_label(t, standard),
               host->answer_label(t, standard, o.answer));
    host->note(s, CASEAUDIT_AT_STANDARD, standard, "This one decides");
    return 0;
}

static const char *const rollups[] = {"mean", NULL};
static const struct caseaudit_option options[] = {
    {"say", CASEAUDIT_OPTION_BOOLEAN, "yes", 0, 0, "yes: it says how it scored"},
    {NULL, 0, NULL, 0, 0, NULL}};

static const caseaudit_framework descriptor = {.magic = CASEAUDIT_MAGIC,
                                               .abi_major = CASEAUDIT_ABI_MAJOR,
                                               .abi_minor = CASEAUDIT_ABI_MINOR,
                                               .size = sizeof(caseaudit_framework),
                                               .name = "own-method",
                                               .title = "A method of its own",
                                               .version = "1",
                                               .author = "The tests",
                                               .licence = "MIT",
                                               .rollups = rollups,
                                               .options = options,
                                               .check_template = check_template,
                                               .check_return = check_return,
                                               .score = score};

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
