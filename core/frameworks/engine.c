/* How one return is scored, from the framework's checks to the result. */
#include "core/frameworks/engine.h"

#include <string.h>

#include "core/frameworks/services.h"
#include "core/scoring/grade.h"
#include "core/scoring/settle.h"

void ca_engine_check_template(const struct ca_plugin *plugin, const struct ca_template *t,
                              struct ca_diags *diags)
{
    plugin->framework.check_template(plugin->host, plugin->state, ca_template_handle(t),
                                     ca_diags_handle(diags));
}

static void check_return(const struct ca_plugin *plugin, const struct ca_return *audit,
                         struct ca_diags *diags)
{
    plugin->framework.check_return(plugin->host, plugin->state,
                                   ca_template_handle(audit->template), ca_return_handle(audit),
                                   ca_diags_handle(diags));
}

/* ---- scoring ---- */

static const struct caseaudit_derived *derived_by(const caseaudit_framework *framework,
                                                  const char *name)
{
    const struct caseaudit_derived *d = framework->derived;

    while (strcmp(d->name, name) != 0) /* the template was held to the table */
        d++;
    return d;
}

void ca_engine_derive(const struct ca_plugin *plugin, struct ca_pass *pass, size_t standard)
{
    const struct ca_template *t = pass->template;
    const struct caseaudit_deriving d = {.host = plugin->host,
                                         .state = plugin->state,
                                         .t = ca_template_handle(t),
                                         .r = ca_return_handle(pass->audit),
                                         .s = ca_pass_handle(pass),
                                         .standard = standard};

    derived_by(&plugin->framework, t->standards[standard].derived)->derive(&d);
}

static struct ca_pass *score_once(const struct ca_plugin *plugin, const struct ca_return *audit,
                                  const struct ca_response *responses, bool changed,
                                  struct ca_diags *diags)
{
    struct ca_pass *pass = ca_pass_new(audit->arena, audit, responses, changed, diags);

    for (size_t i = 0; i < audit->template->standard_count; i++)
        if (audit->template->standards[i].derived != NULL)
            ca_engine_derive(plugin, pass, i);
    ca_settle(pass);
    if (plugin->framework.score(plugin->host, plugin->state,
                                ca_template_handle(audit->template), ca_return_handle(audit),
                                ca_pass_handle(pass)) != 0)
        ca_return_report(audit, audit->doc.root->offset, diags, CA_ERROR, "return",
                         "framework '%s' could not score this return", plugin->framework.name);
    return pass;
}

/* What would be right: a response of the standard's kind, or a status that it may have. */
static const char *to_do(const struct ca_return *r, const struct ca_standard *s, bool of_cells)
{
    static const char *const contents[] = {
        [CA_TYPE_ANSWERS] = "an 'answer'", [CA_TYPE_TIMESCALE] = "a <start>",
        [CA_TYPE_FREQUENCY] = "a <start>", [CA_TYPE_NUMBER] = "a <value>",
        [CA_TYPE_POINTS] = "a <value>",    [CA_TYPE_TEXT] = "a <text>"};
    static const char *const not_applicable[] = {
        [CA_NA_FORBIDDEN] = "",
        [CA_NA_ALLOWED] = " or \"not-applicable\"",
        [CA_NA_REASON] = " or, with a <reason>, \"not-applicable\""};

    if (s->derived != NULL)
        return "";
    if (of_cells && (s->type == CA_TYPE_TIMESCALE || s->type == CA_TYPE_FREQUENCY))
        return ca_arena_printf(r->arena, ": say in column '%s start' when it began%s", s->id,
                               s->not_applicable == CA_NA_FORBIDDEN
                                   ? ""
                                   : ca_arena_printf(r->arena, ", or n/a in '%s'", s->id));
    if (of_cells)
        return s->not_applicable == CA_NA_FORBIDDEN ? ": fill in its cell"
                                                    : ": fill in its cell, or write n/a there";
    return ca_arena_printf(r->arena, ": add one with %s, or say status=\"not-evidenced\"%s",
                           contents[s->type], not_applicable[s->not_applicable]);
}

static void report_missing(const struct ca_return *r, size_t standard, size_t agency,
                           struct ca_diags *diags)
{
    const struct ca_template *t = r->template;

    ca_return_report(r, r->returned[agency].offset, diags, CA_ERROR, "responses",
                     "standard '%s'%s%s%s is required and has no response%s",
                     t->standards[standard].id, t->agency_count ? ", agency '" : "",
                     t->agency_count ? t->agencies[agency].id : "", t->agency_count ? "'," : "",
                     to_do(r, &t->standards[standard], diags->of_cells));
}

static void report_all_missing(const struct ca_pass *pass)
{
    for (size_t i = 0; i < pass->template->standard_count; i++)
        for (size_t a = 0; a < pass->columns; a++) {
            const struct ca_outcome *o = ca_pass_outcome(pass, i, a);
            if (o->present && o->status == CASEAUDIT_MISSING)
                report_missing(pass->audit, i, a, pass->diags);
        }
}

/* ---- beside other errors ---- */

/* Does it apply to every case, so that no error elsewhere could excuse it? */
static bool always_applies(const struct ca_template *t, const struct ca_standard *s)
{
    size_t section = s->section;

    if (s->has_applies || s->derived != NULL)
        return false;
    for (; section != CA_NONE; section = t->sections[section].parent)
        if (t->sections[section].has_applies)
            return false;
    return true;
}

static bool plainly_missing(const struct ca_return *r, size_t standard, size_t agency)
{
    const struct ca_response *response = ca_return_response(r, standard, agency);

    return ca_return_expects(r, standard, agency) && response->offset == 0 &&
           (r->meant == NULL || !r->meant[standard * r->columns + agency]);
}

static void report_plainly_missing(const struct ca_return *r, struct ca_diags *diags)
{
    const struct ca_template *t = r->template;

    for (size_t i = 0; i < t->standard_count; i++) {
        if (!t->standards[i].required || !always_applies(t, &t->standards[i]))
            continue;
        for (size_t a = 0; a < r->columns; a++)
            if (plainly_missing(r, i, a))
                report_missing(r, i, a, diags);
    }
}

void ca_engine_look_on(const struct ca_plugin *plugin, const struct ca_return *audit,
                       const struct ca_engine_options *options, struct ca_diags *diags)
{
    if (audit->astray)
        return;
    check_return(plugin, audit, diags);
    if (!options->allow_incomplete)
        report_plainly_missing(audit, diags);
}

/* ---- a moderator's changes ---- */

static struct ca_response changed_response(const struct ca_response *before,
                                           const struct ca_change *change)
{
    struct ca_response after = *before;

    after.given = change->given;
    after.answer = change->answer;
    after.by_section = false;
    return after;
}

struct ca_response *ca_engine_responses_with_changes(const struct ca_return *audit)
{
    size_t count = audit->template->standard_count * audit->columns;
    struct ca_response *responses = CA_ARRAY(audit->arena, count, struct ca_response);

    memcpy(responses, audit->responses, count * sizeof *responses);
    for (size_t i = 0; i < audit->change_count; i++) {
        const struct ca_change *change = &audit->changes[i];
        struct ca_response *response =
            &responses[change->standard * audit->columns + change->agency];
        *response = changed_response(response, change);
    }
    return responses;
}

static void check_same_standards_apply(const struct ca_pass *audited,
                                       const struct ca_pass *recomputed)
{
    const struct ca_return *r = audited->audit;

    for (size_t i = 0; i < r->template->standard_count; i++) {
        if (audited->applies[i] == recomputed->applies[i])
            continue;
        ca_return_report(r, r->changes[0].offset, recomputed->diags, CA_ERROR, "change",
                         "the changes would alter which standards apply: '%s' would %s; such "
                         "a return is to be corrected and sent in again",
                         r->template->standards[i].id,
                         recomputed->applies[i] ? "begin to apply" : "no longer apply");
    }
}

struct ca_result *ca_engine_score(const struct ca_plugin *plugin, const struct ca_return *audit,
                                  const struct ca_engine_options *options,
                                  struct ca_diags *diags)
{
    struct ca_pass *audited, *recomputed = NULL;

    check_return(plugin, audit, diags);
    if (diags->errors > 0) {
        if (!options->allow_incomplete)
            report_plainly_missing(audit, diags);
        return NULL;
    }
    audited = score_once(plugin, audit, audit->responses, false, diags);
    ca_return_check_na_sections(audit, audited->applies, diags);
    ca_check_duties(audited);
    if (audited->missing && !options->allow_incomplete)
        report_all_missing(audited);
    if (diags->errors > 0)
        return NULL;
    if (audit->change_count > 0) {
        recomputed =
            score_once(plugin, audit, ca_engine_responses_with_changes(audit), true, diags);
        check_same_standards_apply(audited, recomputed);
    }
    return diags->errors > 0 ? NULL : ca_grade(audited, recomputed);
}
