/* From the computed grade to the grade: limits cap it, a judgement or a moderation stands in
 * its place (scoring rules, section 6); and the result that all of it makes. */
#include "core/scoring/grade.h"

#include "core/scoring/alerts.h"
#include "core/scoring/conditions.h"
#include "core/scoring/measures.h"

static size_t worst(size_t a, size_t b)
{
    if (a == CA_NONE)
        return b;
    return b == CA_NONE || a > b ? a : b;
}

/* ---- limits ---- */

static size_t depth(const struct ca_template *t, size_t section)
{
    size_t levels = 0;

    for (; t->sections[section].parent != CA_NONE; section = t->sections[section].parent)
        levels++;
    return levels;
}

/* Innermost first, then as the document has them. They were recorded section by section
 * from the end of the document, so an insertion sort has little to do. */
static void sort_section_limits(const struct ca_pass *pass)
{
    const struct ca_template *t = pass->template;

    for (size_t i = 1; i < pass->limit_count; i++) {
        struct ca_fired limit = pass->limits[i];
        size_t deep = depth(t, limit.section), k = i;
        for (; k > 0; k--) {
            size_t before = pass->limits[k - 1].section, level = depth(t, before);
            if (level > deep || (level == deep && before <= limit.section))
                break;
            pass->limits[k] = pass->limits[k - 1];
        }
        pass->limits[k] = limit;
    }
}

/* The sections' own are recorded already; then the template's, then the framework's. */
static void gather_limits(struct ca_result *result, const struct ca_pass *pass)
{
    const struct ca_template *t = pass->template;
    size_t most = pass->limit_count + t->limit_count + pass->own_limit_count;

    sort_section_limits(pass);
    result->limits = CA_ARRAY(pass->arena, most, struct ca_fired);
    for (size_t i = 0; i < pass->limit_count; i++)
        result->limits[result->limit_count++] = pass->limits[i];
    for (size_t i = 0; i < t->limit_count; i++) {
        const struct ca_limit *limit = &t->limits[i];
        if (ca_conditions_hold(pass, &limit->conditions))
            result->limits[result->limit_count++] = (struct ca_fired){.id = limit->id,
                                                                      .reason = limit->reason,
                                                                      .section = CA_NONE,
                                                                      .to = limit->to,
                                                                      .never = limit->never,
                                                                      .limit = limit};
    }
    for (size_t i = 0; i < pass->own_limit_count; i++)
        result->limits[result->limit_count++] = pass->own_limits[i];
}

/* The worst of the template-wide limits that hold; or of those no moderation lifts. */
static size_t cap_of(const struct ca_result *result, bool never_only)
{
    size_t cap = CA_NONE;

    for (size_t i = 0; i < result->limit_count; i++) {
        const struct ca_fired *limit = &result->limits[i];
        if (limit->section == CA_NONE && (limit->never || !never_only))
            cap = worst(cap, limit->to);
    }
    return cap;
}

/* ---- judgement and moderation ---- */

static size_t lowered(size_t grade, size_t cap)
{
    return grade == CA_NONE || cap == CA_NONE || cap <= grade ? grade : cap;
}

/* True if a judgement or a moderation was lowered by a cap. */
static bool decide_grade(struct ca_result *result)
{
    const struct ca_return *r = result->audit;
    const struct ca_template *t = result->template;
    size_t current = r->change_count > 0 ? result->recomputed : result->computed;
    bool capped;

    result->cap = cap_of(result, false);
    result->judged = r->judgement.given ? r->judgement.grade : CA_NONE;
    result->base = t->judged ? result->judged : current;
    result->grade = lowered(result->base, result->cap);
    capped = t->judged && result->grade != result->base;
    result->moderated = result->moderation_cap = CA_NONE;
    if (!r->moderation.given)
        return capped;

    result->moderated = r->moderation.grade != CA_NONE ? r->moderation.grade : current;
    result->moderation_cap = cap_of(result, r->moderation.override);
    result->grade = lowered(result->moderated, result->moderation_cap);
    return capped || result->grade != result->moderated;
}

/* ---- audited answers beside changed ones ---- */

static void show_audited(const struct ca_pass *audited, const struct ca_pass *recomputed)
{
    const struct ca_return *r = audited->audit;

    for (size_t i = 0; i < r->change_count; i++) {
        const struct ca_change *change = &r->changes[i];
        const struct ca_outcome *before =
            ca_pass_outcome(audited, change->standard, change->agency);
        struct ca_outcome *after =
            ca_pass_outcome(recomputed, change->standard, change->agency);
        after->audited =
            before->answer != NULL ? before->answer : ca_status_name(before->status);
    }
}

/* What a pass found, as it stands. */
static void take_figures(struct ca_result *result, const struct ca_pass *pass)
{
    result->template = pass->template;
    result->audit = pass->audit;
    result->complete = !pass->missing;
    result->score = pass->score;
    result->computed = pass->computed;
    result->outcomes = pass->outcomes;
    result->critical_scores = pass->critical_scores;
    result->critical_count = pass->critical_count;
    result->columns = pass->columns;
    result->joint = pass->joint;
    result->by_agency = pass->by_agency;
    result->agencies = pass->agencies;
    result->notes = pass->notes;
    result->note_count = pass->note_count;
    gather_limits(result, pass);
}

static const struct ca_result *figures_as_audited(const struct ca_pass *audited)
{
    struct ca_result *result = CA_NEW(audited->arena, struct ca_result);

    result->recomputed = result->judged = result->cap = CA_NONE;
    result->moderated = result->grade = CA_NONE;
    result->base = result->moderation_cap = CA_NONE;
    take_figures(result, audited);
    return result;
}

struct ca_result *ca_grade(const struct ca_pass *audited, struct ca_pass *recomputed)
{
    const struct ca_pass *pass = recomputed != NULL ? recomputed : audited;
    struct ca_result *result = CA_NEW(pass->arena, struct ca_result);

    if (recomputed != NULL)
        show_audited(audited, recomputed);
    result->recomputed = recomputed != NULL ? recomputed->computed : CA_NONE;
    take_figures(result, pass);
    result->computed = audited->computed;
    if (recomputed != NULL)
        result->as_audited = figures_as_audited(audited);
    ca_gather_alerts(result, pass, decide_grade(result));
    ca_gather_measures(result, pass);
    result->status = result->grade == CA_NONE ? CA_NOT_GRADED : CA_SCORED;
    return result;
}
