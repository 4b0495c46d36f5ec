/*
 * maap: Multi-Agency Audit of Practice, the successor of the Multi-Agency Case
 * File Audit. Each agency audits its own practice in one child's case, then a
 * panel agrees one grade.
 *
 * Agencies are never averaged: a child is as safe as the weakest of them makes
 * her, so the joint score of a section is the lowest of the agencies' scores.
 */
#include <string.h>

#include <caseaudit/framework.h>

/* ---- rules for a template ---- */

/* What the sections must cover between them; other words are the template's own. */
static const struct caseaudit_focus focus_words[] = {
    {"child", 0, "the welfare of the child"},
    {"household", 0, "other children in the household"},
    {"timeliness", 0, "practice in time"},
    {"engagement", 0, "communication and engagement with family and other adults"},
    {NULL, 0, NULL}};

static void check_focus(const caseaudit_host *host, const caseaudit_template *t,
                        caseaudit_diagnostics *diagnostics)
{
    size_t n = host->section_count(t);
    const struct caseaudit_focus *word;

    for (size_t i = 0; i < n; i++)
        if (host->section_parent(t, i) == CASEAUDIT_NONE && host->section_focus(t, i) == NULL)
            host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_SECTION, i,
                                 "a top-level section needs a focus: child, household, "
                                 "timeliness, engagement or a word of the template's own");
    for (word = focus_words; word->name != NULL; word++) {
        int covered = 0;

        for (size_t i = 0; i < n && !covered; i++) {
            const char *focus =
                host->section_parent(t, i) == CASEAUDIT_NONE ? host->section_focus(t, i) : NULL;

            covered = focus != NULL && strcmp(focus, word->name) == 0;
        }
        if (!covered)
            host->template_fault(
                diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, 0,
                "no top-level section has focus=\"%s\" (%s); the sections must "
                "cover it between them",
                word->name, word->help);
    }
}

static void check_theme(const caseaudit_host *host, const caseaudit_template *t,
                        caseaudit_diagnostics *diagnostics)
{
    size_t theme = host->attribute_find(t, "theme");
    int type;

    if (theme == CASEAUDIT_NONE) {
        host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, 0,
                             "there is no attribute 'theme'; a multi-agency audit needs one, "
                             "required, of type text or token");
        return;
    }
    type = host->attribute_type(t, theme);
    if (type != CASEAUDIT_TEXT && type != CASEAUDIT_TOKEN)
        host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_ATTRIBUTE, theme,
                             "attribute 'theme' must be of type text or token");
    if (!host->attribute_is_required(t, theme))
        host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_ATTRIBUTE, theme,
                             "attribute 'theme' must be required (required=\"yes\")");
}

static void check_template(const caseaudit_host *host, void *state, const caseaudit_template *t,
                           caseaudit_diagnostics *diagnostics)
{
    size_t agencies = host->agency_count(t);

    (void)state;
    if (agencies < 2)
        host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, 0,
                             "the template lists %lu agencies; a multi-agency audit needs two "
                             "or more",
                             (unsigned long)agencies);
    if (!host->template_has_terms_of_reference(t))
        host->template_fault(diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, 0,
                             "there are no <terms-of-reference>; a multi-agency audit needs "
                             "them");
    if (!host->template_is_judged(t))
        host->template_fault(
            diagnostics, t, CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, 0,
            "overall must be \"judged\": the grade is the one the panel agrees");
    check_theme(host, t, diagnostics);
    check_focus(host, t, diagnostics);
}

/* ---- rules for a return ---- */

static size_t count_returned(const caseaudit_host *host, const caseaudit_template *t,
                             const caseaudit_return *r)
{
    size_t returned = 0, n = host->agency_count(t);

    for (size_t a = 0; a < n; a++)
        returned += host->agency_returned(r, a) != 0;
    return returned;
}

static void check_return(const caseaudit_host *host, void *state, const caseaudit_template *t,
                         const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    size_t a, n = host->agency_count(t), returned = count_returned(host, t, r);
    int all = strcmp(host->option(t, "all-agencies"), "yes") == 0;
    const char *selection = host->selection(r);

    (void)state;
    for (a = 0; a < n; a++)
        if (!host->agency_returned(r, a))
            host->return_fault(diagnostics, r, all ? CASEAUDIT_ERROR : CASEAUDIT_WARNING,
                               CASEAUDIT_AT_DOCUMENT, 0, "nothing was returned by %s%s",
                               host->agency_label(t, a),
                               all ? "; option 'all-agencies' asks every agency to" : "");
    if (returned < 2)
        host->return_fault(diagnostics, r, CASEAUDIT_ERROR, CASEAUDIT_AT_DOCUMENT, 0,
                           "%lu of %lu agencies returned; at least two must",
                           (unsigned long)returned, (unsigned long)n);
    if (selection != NULL && strcmp(selection, "random") != 0)
        host->return_fault(diagnostics, r, CASEAUDIT_WARNING, CASEAUDIT_AT_AUDIT, 0,
                           "the selection is '%s'; cases of a multi-agency audit are a random "
                           "selection",
                           selection);
}

/* ---- scoring ---- */

/* The agencies' rows of a section, then the joint one, which the section's limits cap. */
static void score_section(const caseaudit_host *host, const caseaudit_template *t,
                          const caseaudit_return *r, caseaudit_scoring *s, size_t section)
{
    size_t n = host->agency_count(t);
    caseaudit_score lowest = CASEAUDIT_NO_SCORE;

    for (size_t a = 0; a < n; a++) {
        caseaudit_score score;

        if (!host->agency_returned(r, a))
            continue;
        score = host->roll_up(s, section, a);
        host->set_section(s, section, a, score);
        if (score != CASEAUDIT_NO_SCORE && (lowest == CASEAUDIT_NO_SCORE || score < lowest))
            lowest = score;
    }
    host->set_section(s, section, CASEAUDIT_JOINT, lowest);
    host->limit_section(s, section);
}

/* Every section after those it holds, otherwise in the order of the document: once a
 * section is the last of its parent's, the parent follows. */
static void score_sections(const caseaudit_host *host, const caseaudit_template *t,
                           const caseaudit_return *r, caseaudit_scoring *s)
{
    size_t n = host->section_count(t);

    for (size_t i = 0; i < n; i++) {
        size_t next_parent = i + 1 < n ? host->section_parent(t, i + 1) : CASEAUDIT_NONE;
        size_t section = i;

        while (section != next_parent && section != CASEAUDIT_NONE) {
            score_section(host, t, r, s, section);
            section = host->section_parent(t, section);
        }
    }
}

/* With `lowest`, the lowest joint score of a top-level section; with `rules`, a grade and
 * no score, because a mean over agencies would be one. */
static void score_overall(const caseaudit_host *host, const caseaudit_template *t,
                          caseaudit_scoring *s)
{
    caseaudit_score lowest = host->roll_up_overall(s, "lowest", CASEAUDIT_JOINT);

    if (lowest == CASEAUDIT_NO_SCORE)
        host->set_overall(s, CASEAUDIT_NO_SCORE, CASEAUDIT_NO_GRADE);
    else if (strcmp(host->template_rollup(t), "rules") == 0)
        host->set_overall(s, CASEAUDIT_NO_SCORE, host->rules(s));
    else
        host->set_overall(s, lowest, host->band(s, lowest));
}

static int score(const caseaudit_host *host, void *state, const caseaudit_template *t,
                 const caseaudit_return *r, caseaudit_scoring *s)
{
    size_t a, n = host->agency_count(t);

    (void)state;
    host->note(s, CASEAUDIT_AT_DOCUMENT, 0,
               "Agencies are never averaged: the joint score of a section is the lowest of "
               "the agencies' scores for it.");
    score_sections(host, t, r, s);
    for (a = 0; a < n; a++)
        if (host->agency_returned(r, a))
            host->set_agency(s, a, host->roll_up_overall(s, "mean", a));
    score_overall(host, t, s);
    host->measure(s, "agencies-returned", "Agencies that returned",
                  (int64_t)count_returned(host, t, r), (int64_t)n);
    return 0;
}

/* ---- the descriptor ---- */

static const char *const rollups[] = {"rules", "lowest", NULL};

static const struct caseaudit_option options[] = {
    {"all-agencies", CASEAUDIT_OPTION_BOOLEAN, "no", 0, 0,
     "yes: a return that lacks an agency is refused"},
    {NULL, 0, NULL, 0, 0, NULL}};

static const caseaudit_framework descriptor = {
    .magic = CASEAUDIT_MAGIC,
    .abi_major = CASEAUDIT_ABI_MAJOR,
    .abi_minor = CASEAUDIT_ABI_MINOR,
    .size = sizeof(caseaudit_framework),
    .name = "maap",
    .title = "Multi-Agency Audit of Practice",
    .version = "1.0.0",
    .author = "The caseaudit authors",
    .licence = "MIT",
    .flags = CASEAUDIT_HAS_AGENCIES | CASEAUDIT_OPEN_FOCUS,
    .rollups = rollups,
    .look_back_months = 12,
    .options = options,
    .focus_words = focus_words,
    .check_template = check_template,
    .check_return = check_return,
    .score = score,
};

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
