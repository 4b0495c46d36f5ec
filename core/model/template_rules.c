/* Where conditions stand: applies, limits, rules and alerts; and measures. */
#include "core/model/template_private.h"

#include <string.h>

/* ---- applies and the limits of sections ---- */

void ca_tpl_read_applies(struct ca_tpl_reader *r)
{
    struct ca_template *t = r->t;
    struct ca_tpl_scope scope = {CA_SCOPE_APPLIES, CA_NONE, 0};
    const struct ca_xml_node *applies;

    for (size_t i = 0; i < t->section_count; i++) {
        applies = ca_xml_child(r->section_infos[i].node, CA_E_APPLIES);
        if (!applies)
            continue;
        scope.before = r->section_infos[i].first_standard;
        t->sections[i].has_applies = true;
        ca_tpl_read_conditions(r, applies, &scope, &t->sections[i].applies);
    }
    for (size_t i = 0; i < t->standard_count; i++) {
        applies = ca_xml_child(r->standard_infos[i].node, CA_E_APPLIES);
        if (!applies)
            continue;
        scope.before = i;
        t->standards[i].has_applies = true;
        ca_tpl_read_conditions(r, applies, &scope, &t->standards[i].applies);
    }
}

static void read_limit(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                       const struct ca_tpl_scope *scope, struct ca_limit *limit)
{
    static const char *const reserved[] = {"compliance", NULL};

    ca_tpl_limit(r, node, ++r->limit_count, CA_MAX_ENTRIES, "limits");
    limit->id = ca_tpl_id(r, node, r->limit_map, r->limit_count, "limit");
    ca_tpl_reserved(r, node, "limit", limit->id, reserved);
    limit->reason = ca_tpl_child_text(node, CA_E_REASON);
    limit->to = ca_tpl_grade(r, node, "to");
    limit->never = ca_tpl_is(node, "override", "never");
    limit->section = scope->section;
    limit->offset = node->offset;
    ca_tpl_read_conditions(r, node, scope, &limit->conditions);
}

static void read_limits(struct ca_tpl_reader *r, const struct ca_xml_node *parent,
                        const struct ca_tpl_scope *scope, struct ca_limit **limits,
                        size_t *count)
{
    const struct ca_xml_node *box = ca_xml_child(parent, CA_E_LIMITS);
    size_t i = 0;

    *count = box ? ca_tpl_count(box, CA_E_LIMIT) : 0;
    *limits = CA_ARRAY(r->arena, *count, struct ca_limit);
    for (const struct ca_xml_node *n = box ? ca_xml_child(box, CA_E_LIMIT) : NULL; n;
         n = ca_xml_next(n, CA_E_LIMIT))
        read_limit(r, n, scope, &(*limits)[i++]);
}

void ca_tpl_read_section_limits(struct ca_tpl_reader *r)
{
    struct ca_tpl_scope scope = {CA_SCOPE_SECTION, CA_NONE, 0};

    r->limit_map = ca_map_new(r->arena, 0);
    for (size_t i = 0; i < r->t->section_count; i++) {
        struct ca_section *section = &r->t->sections[i];
        scope.section = i;
        read_limits(r, r->section_infos[i].node, &scope, &section->limits,
                    &section->limit_count);
    }
}

/* ---- of the template as a whole ---- */

static const struct ca_tpl_scope whole = {CA_SCOPE_TEMPLATE, CA_NONE, 0};

void ca_tpl_read_limits(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    read_limits(r, root, &whole, &r->t->limits, &r->t->limit_count);
}

void ca_tpl_read_rules(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    struct ca_template *t = r->t;
    const struct ca_xml_node *box = ca_xml_child(root, CA_E_RULES), *n;
    size_t i = 0;

    t->otherwise = CA_NONE;
    if (box && t->rollup != CA_ROLLUP_RULES)
        ca_tpl_error(
            r, box,
            "there are rules, but the template's rollup is '%s'; write rollup=\"rules\", "
            "or leave this element out",
            ca_rollup_name(t->rollup));
    if (!box && t->rollup == CA_ROLLUP_RULES)
        ca_tpl_error(r, root, "rollup=\"rules\" needs a <rules> element, and there is none");
    if (!box)
        return;
    t->rule_count = ca_tpl_count(box, CA_E_RULE);
    t->rules = CA_ARRAY(r->arena, t->rule_count, struct ca_rule);
    for (n = ca_xml_child(box, CA_E_RULE); n; n = ca_xml_next(n, CA_E_RULE), i++) {
        ca_tpl_limit(r, n, i + 1, CA_MAX_ENTRIES, "rules");
        t->rules[i].grade = ca_tpl_grade(r, n, "grade");
        t->rules[i].offset = n->offset;
        ca_tpl_read_conditions(r, n, &whole, &t->rules[i].conditions);
    }
    n = ca_xml_child(box, CA_E_OTHERWISE);
    if (n)
        t->otherwise = ca_tpl_grade(r, n, "grade");
}

static enum ca_alert_severity alert_severity(const struct ca_xml_node *node)
{
    if (ca_tpl_is(node, "severity", "immediate"))
        return CA_IMMEDIATE;
    return ca_tpl_is(node, "severity", "urgent") ? CA_URGENT : CA_REVIEW;
}

void ca_tpl_read_alerts(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    static const char *const reserved[] = {"judgement-diverges", "judgement-capped", NULL};
    struct ca_template *t = r->t;
    const struct ca_xml_node *box = ca_xml_child(root, CA_E_ALERTS);
    size_t i = 0;

    t->alert_count = box ? ca_tpl_count(box, CA_E_ALERT) : 0;
    t->alerts = CA_ARRAY(r->arena, t->alert_count, struct ca_alert);
    r->alert_map = ca_map_new(r->arena, t->alert_count);
    if (!box)
        return;
    for (const struct ca_xml_node *n = ca_xml_child(box, CA_E_ALERT); n;
         n = ca_xml_next(n, CA_E_ALERT), i++) {
        struct ca_alert *alert = &t->alerts[i];
        ca_tpl_limit(r, n, i + 1, CA_MAX_ENTRIES, "alerts");
        alert->id = ca_tpl_id(r, n, r->alert_map, i, "alert");
        ca_tpl_reserved(r, n, "alert", alert->id, reserved);
        alert->message = ca_tpl_child_text(n, CA_E_MESSAGE);
        alert->severity = alert_severity(n);
        alert->offset = n->offset;
        ca_tpl_read_conditions(r, n, &whole, &alert->conditions);
    }
}

/* ---- measures ---- */

/* counts: only of types with answers, and only their answers. */
static void check_counts(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                         struct ca_measure *measure, const struct ca_standard *s)
{
    if (!ca_tpl_has_answers(s)) {
        ca_tpl_error(
            r, node,
            "measure '%s' has 'counts', and standard '%s' is of a type without answers; "
            "leave it out to count full marks",
            measure->id, s->id);
        return;
    }
    measure->counts = ca_tpl_meant(r, node, "counts", ca_tpl_answers(r, measure->standard),
                                   &measure->counts_count);
    for (size_t i = 0; i < measure->counts_count; i++)
        if (!ca_tpl_has_answer(r->t, s, measure->counts[i]))
            ca_tpl_unknown_answer(r, node, "counts", measure->standard, measure->counts[i]);
    if (measure->mean)
        ca_tpl_warning(r, node,
                       "measure '%s' is a mean, in which 'counts' plays no part; leave it out",
                       measure->id);
}

static void check_measure(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                          struct ca_measure *measure)
{
    const char *id = ca_xml_get(node, "standard");
    size_t standard = id ? ca_map_get(r->t->standard_map, id) : CA_NOT_FOUND;
    const struct ca_standard *s;

    measure->standard = CA_NONE;
    if (!id)
        return;
    if (standard == CA_NOT_FOUND) {
        ca_tpl_unknown(r, node, "standard", id, "measure '%s': there is no standard '%s'%s",
                       measure->id, id, ca_tpl_known(r, id, &r->standards));
        return;
    }
    measure->standard = standard;
    s = &r->t->standards[standard];
    if (!r->standard_infos[standard].known)
        return;
    if (measure->counts)
        check_counts(r, node, measure, s);
    if (measure->mean && s->type != CA_TYPE_NUMBER && s->type != CA_TYPE_POINTS &&
        s->type != CA_TYPE_TIMESCALE)
        ca_tpl_error(
            r, node,
            "measure '%s' is a mean, and standard '%s' is of a type without values; only "
            "a number, points and a timescale have one",
            measure->id, s->id);
    else if (!measure->mean && !measure->counts && s->type == CA_TYPE_TEXT)
        ca_tpl_warning(r, node,
                       "measure '%s' counts standard '%s', which is a text and never has a "
                       "score, so it will always be 0 of 0",
                       measure->id, s->id);
}

void ca_tpl_read_measures(struct ca_tpl_reader *r, const struct ca_xml_node *root)
{
    static const char *const reserved[] = {"compliance", "agencies-returned", NULL};
    struct ca_template *t = r->t;
    const struct ca_xml_node *box = ca_xml_child(root, CA_E_MEASURES);
    size_t i = 0;

    t->measure_count = box ? ca_tpl_count(box, CA_E_MEASURE) : 0;
    t->measures = CA_ARRAY(r->arena, t->measure_count, struct ca_measure);
    r->measure_map = ca_map_new(r->arena, t->measure_count);
    if (!box)
        return;
    for (const struct ca_xml_node *n = ca_xml_child(box, CA_E_MEASURE); n;
         n = ca_xml_next(n, CA_E_MEASURE), i++) {
        struct ca_measure *measure = &t->measures[i];
        ca_tpl_limit(r, n, i + 1, CA_MAX_ENTRIES, "measures");
        measure->id = ca_tpl_id(r, n, r->measure_map, i, "measure");
        ca_tpl_reserved(r, n, "measure", measure->id, reserved);
        measure->label = ca_tpl_text(n, "label");
        measure->mean = ca_tpl_is(n, "kind", "mean");
        measure->counts = ca_tpl_words(r, n, "counts", &measure->counts_count);
        measure->offset = n->offset;
        check_measure(r, n, measure);
    }
}
