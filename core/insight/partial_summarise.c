/* From a partial to its summary. */
#include <stdlib.h>

#include "core/base/array.h"
#include "core/insight/partial.h"

static int by_template_and_date(const void *a, const void *b)
{
    const struct ca_partial_result *x = a, *y = b;

    return x->place != y->place ? (x->place > y->place) - (x->place < y->place)
                                : (x->tally.audit_date > y->tally.audit_date) -
                                      (x->tally.audit_date < y->tally.audit_date);
}

static enum ca_code each(void *context, ca_tally_visit visit, void *visit_context,
                         struct ca_error *error)
{
    const struct ca_partial *p = context;

    (void)error;
    for (size_t i = 0; i < p->result_count; i++)
        if (!visit(visit_context, &p->results[i].tally))
            break;
    return CA_OK;
}

static enum ca_code scores(void *context, const struct ca_tally *tally, ca_score_visit visit,
                           void *visit_context, struct ca_error *error)
{
    const struct ca_partial *p = context;
    const struct ca_partial_result *r = &p->results[tally->result];

    (void)error;
    for (size_t i = 0; i < r->score_count; i++)
        if (!visit(visit_context, r->scores[i].section, r->scores[i].agency,
                   r->scores[i].score))
            break;
    return CA_OK;
}

/* ---- cases ---- */

static bool is_overdue(ca_date due, ca_date completed, ca_date as_of)
{
    return due != CA_NO_DATE && due < as_of && (completed == CA_NO_DATE || completed > as_of);
}

static void add_case(struct ca_summary *s, const struct ca_partial_case *c)
{
    if (c->id == NULL)
        ca_summary_add_alert(s, c->return_id, c->case_ref, c->audit_date, c->text, c->severity);
    else if (is_overdue(c->due, c->completed, s->as_of))
        ca_summary_add_action(s, &(struct ca_stored_action){.return_id = c->return_id,
                                                            .case_ref = c->case_ref,
                                                            .id = c->id,
                                                            .audit_date = c->audit_date,
                                                            .owner = c->owner,
                                                            .text = c->text,
                                                            .due = c->due});
}

static int64_t unlisted(const struct ca_partial_result *r, ca_date as_of)
{
    const struct ca_tally *y = &r->tally;
    int64_t count = 0;

    for (size_t i = 0; i < y->alert_count; i++)
        count += y->template->alerts.items[y->alerts[i]].detail < CA_REVIEW;
    for (size_t i = 0; i < y->action_count; i++)
        count += is_overdue(y->actions[i].due, y->actions[i].completed, as_of);
    return count;
}

void ca_partial_add_cases(const struct ca_partial *p, struct ca_summary *summary, ca_date from,
                          ca_date to)
{
    for (size_t i = 0; i < p->case_count; i++)
        if (p->cases[i].audit_date >= from && p->cases[i].audit_date <= to)
            add_case(summary, &p->cases[i]);
}

static enum ca_code cases(void *context, struct ca_summary *summary, ca_date from, ca_date to,
                          struct ca_error *error)
{
    const struct ca_partial *p = context;
    int64_t erased = 0;

    (void)error;
    ca_partial_add_cases(p, summary, from, to);
    for (size_t i = 0; i < p->result_count; i++)
        if (p->results[i].erased && p->results[i].tally.audit_date >= from &&
            p->results[i].tally.audit_date <= to)
            erased += unlisted(&p->results[i], summary->as_of);
    ca_summary_add_erased(summary, erased);
    return CA_OK;
}

/* ---- all of it ---- */

enum ca_code ca_partial_summarise(struct ca_partial *partial,
                                  const struct ca_summary_request *request,
                                  struct ca_summary **out, struct ca_error *error)
{
    struct ca_summary_request asked = partial->question;
    struct ca_material *m = &partial->material;

    if (request->audience == CA_PUBLIC && partial->published)
        return ca_fail(
            error, CA_ERROR_USAGE,
            "a store that partials were made of has a register of publications, which "
            "public output is held to: make public output from a store with all of it");
    asked.audience = request->audience;
    asked.threshold = request->threshold;
    asked.targets = request->targets;
    asked.target_count = request->target_count;
    if (partial->result_count > 1)
        qsort(partial->results, partial->result_count, sizeof *partial->results,
              by_template_and_date);
    for (size_t i = 0; i < partial->result_count; i++) {
        const struct ca_partial_result *r = &partial->results[i];
        partial->results[i].tally.template = &m->templates[r->place];
        partial->results[i].tally.authority = partial->authorities[r->authority].name;
        partial->results[i].tally.result = (int64_t)i;
    }
    m->authority = partial->authorities[0].name;
    m->each = each;
    m->scores = scores;
    m->cases = cases;
    m->context = partial;
    return ca_summary_make(m, &asked, out, error);
}
