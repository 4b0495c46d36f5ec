/* What stands behind the responses: judgement, moderation, findings, actions. */
#include "core/model/return_private.h"

#include <string.h>

#include "core/base/code.h"

/* ---- judgement and moderation ---- */

/* What the two have in common. */
static void read_verdict(struct ca_return_reader *reader, const struct ca_xml_node *node,
                         struct ca_judgement *out)
{
    const ca_date audit = reader->r->audit_date;
    char one[CA_DATE_SIZE], other[CA_DATE_SIZE];

    out->given = true;
    out->offset = node->offset;
    out->grade = ca_return_find_grade(reader, node, ca_xml_get(node, "grade"));
    out->by = ca_xml_get(node, "by");
    out->date = ca_return_date(reader, node, ca_xml_get(node, "date"));
    out->rationale = ca_return_child_text(node, CA_E_RATIONALE);
    if (out->date != CA_NO_DATE && audit != CA_NO_DATE && out->date < audit)
        ca_return_fault(reader, node, "%s %s is before the audit date %s; correct one of them",
                        node->name, ca_date_format(out->date, one),
                        ca_date_format(audit, other));
}

void ca_return_read_judgement(struct ca_return_reader *reader, const struct ca_xml_node *root)
{
    const struct ca_xml_node *node = ca_xml_child(root, CA_E_JUDGEMENT);

    if (node != NULL)
        read_verdict(reader, node, &reader->r->judgement);
    else if (reader->t->judged)
        ca_return_fault(reader, root,
                        "template '%s' is judged by the auditor: a 'judgement' is required, "
                        "and is missing: add <judgement grade=\"…\" by=\"…\" date=\"…\"/> "
                        "behind <responses>",
                        reader->t->id);
}

/* ---- changes of answers ---- */

/* Does the audited standard have a response that may be changed? */
static void check_audited(struct ca_return_reader *reader, const struct ca_xml_node *node,
                          const struct ca_standard *standard, const struct ca_response *cell)
{
    char one[CA_DATE_SIZE], other[CA_DATE_SIZE];

    if (cell->offset == 0) {
        if (!reader->unsure)
            ca_return_fault(reader, node, "standard '%s' has no response to be changed",
                            standard->id);
    } else if (cell->given != CA_GIVEN_NOT_APPLICABLE && cell->date != CA_NO_DATE &&
               reader->r->scope_from != CA_NO_DATE && cell->date < reader->r->scope_from) {
        ca_return_fault(reader, node,
                        "standard '%s' is out of scope, since its date %s is before %s, where "
                        "the look-back begins; it cannot be changed",
                        standard->id, ca_date_format(cell->date, one),
                        ca_date_format(reader->r->scope_from, other));
    }
}

static void read_new_answer(struct ca_return_reader *reader, const struct ca_xml_node *node,
                            const struct ca_standard *standard, struct ca_change *change)
{
    const char *answer = ca_xml_get(node, "answer");
    const char *status = ca_xml_get(node, "status");

    if (answer != NULL && status != NULL) {
        ca_return_fault(reader, node, "a change gives an 'answer' or a 'status', not both");
    } else if (answer == NULL && status == NULL) {
        ca_return_fault(reader, node, "a change needs a new 'answer' or 'status'");
    } else if (standard->derived != NULL) {
        ca_return_fault(reader, node,
                        "standard '%s' is worked out from the events and cannot be changed",
                        standard->id);
    } else if (status != NULL) {
        change->given = strcmp(status, "not-applicable") == 0 ? CA_GIVEN_NOT_APPLICABLE
                                                              : CA_GIVEN_NOT_EVIDENCED;
        if (change->given == CA_GIVEN_NOT_APPLICABLE &&
            standard->not_applicable == CA_NA_FORBIDDEN)
            ca_return_fault(reader, node, "standard '%s' cannot be not applicable",
                            standard->id);
    } else if (standard->type != CA_TYPE_ANSWERS) {
        ca_return_fault(reader, node,
                        "standard '%s' has no list of answers; a change can give it a "
                        "'status' only",
                        standard->id);
    } else {
        change->given = CA_GIVEN_ANSWER;
        change->answer = ca_return_find_answer(reader, node, standard, answer);
    }
}

/* met: by cell, where it was changed before. */
static void read_change(struct ca_return_reader *reader, const struct ca_xml_node *node,
                        uint32_t *met)
{
    const struct ca_template *t = reader->t;
    const size_t agency = ca_return_owner(reader, node);
    const size_t index =
        ca_return_find_standard(reader, node, ca_xml_get(node, "standard"), NULL);
    struct ca_change *change = &reader->r->changes[reader->r->change_count];
    uint32_t *before;

    if (index == CA_NONE)
        return;
    change->standard = index;
    change->answer = CA_NONE;
    change->offset = node->offset;
    change->rationale = ca_return_child_text(node, CA_E_RATIONALE);
    read_new_answer(reader, node, &t->standards[index], change);
    if (agency == CA_NONE)
        return;
    change->agency = agency;
    reader->r->change_count++;
    before = &met[index * reader->r->columns + agency];
    if (*before != 0)
        ca_return_fault(reader, node, "standard '%s' is changed twice, first in line %d",
                        t->standards[index].id, ca_return_line(reader, *before));
    *before = node->offset;
    if (!ca_return_answers(t, index, agency))
        ca_return_fault(reader, node, "standard '%s' is not for agency '%s' to answer",
                        t->standards[index].id, t->agencies[agency].id);
    else if (t->standards[index].derived == NULL)
        check_audited(reader, node, &t->standards[index],
                      ca_return_cell(reader, index, agency));
}

static void read_changes(struct ca_return_reader *reader, const struct ca_xml_node *moderation)
{
    const size_t count = ca_return_count(moderation, CA_E_CHANGE);
    const struct ca_xml_node *node = ca_xml_child(moderation, CA_E_CHANGE);
    uint32_t *met;

    if (count == 0)
        return;
    reader->r->changes = CA_ARRAY(reader->arena, count, struct ca_change);
    met = CA_ARRAY(reader->arena, reader->t->standard_count * reader->r->columns, uint32_t);
    for (; node != NULL; node = ca_xml_next(node, CA_E_CHANGE))
        read_change(reader, node, met);
}

void ca_return_read_moderation(struct ca_return_reader *reader, const struct ca_xml_node *root)
{
    const struct ca_xml_node *node = ca_xml_child(root, CA_E_MODERATION);
    struct ca_judgement *moderation = &reader->r->moderation;
    const char *override;

    if (node == NULL)
        return;
    read_verdict(reader, node, moderation);
    override = ca_xml_get(node, "override");
    moderation->override = override != NULL && strcmp(override, "yes") == 0;
    if (ca_same_code(moderation->by, reader->r->auditor))
        ca_return_fault(reader, node,
                        "'%s' audited this case; a moderator is someone other than the auditor",
                        reader->r->auditor);
    if (moderation->override && moderation->rationale == NULL)
        ca_return_fault(reader, node,
                        "override=\"yes\" needs a 'rationale': say in <rationale> why the "
                        "limit does not hold here");
    if (ca_xml_get(node, "grade") == NULL &&
        (reader->t->judged || ca_xml_child(node, CA_E_CHANGE) == NULL))
        ca_return_fault(reader, node,
                        "a moderation needs a 'grade', unless it changes answers and the "
                        "template computes the grade");
    read_changes(reader, node);
}

/* ---- findings and their themes ---- */

/* Of a finding or an action; what is written is kept in *id. CA_NONE where the template has no
 * themes. */
static size_t read_theme(struct ca_return_reader *reader, const struct ca_xml_node *node,
                         const char **id)
{
    const struct ca_template *t = reader->t;
    size_t theme;

    *id = ca_xml_get(node, "theme");
    if (*id == NULL || **id == '\0' || t->theme_count == 0)
        return CA_NONE;
    theme = ca_map_get(t->theme_map, *id);
    if (theme == CA_NONE)
        ca_return_fault(reader, node, "'%.*s' is not a theme of template '%s'%s",
                        ca_return_shown(*id), *id, t->id,
                        ca_return_hint(reader, *id,
                                       &(struct ca_called){t->themes, t->theme_count,
                                                           sizeof(*t->themes), 2},
                                       NULL));
    return theme;
}

static void read_finding(struct ca_return_reader *reader, const struct ca_xml_node *node)
{
    struct ca_finding *finding = &reader->r->findings[reader->r->finding_count++];
    const char *agency = ca_xml_get(node, "agency");

    finding->strength = node->code == CA_E_STRENGTH;
    finding->text = node->text;
    finding->theme = read_theme(reader, node, &finding->theme_id);
    finding->agency = ca_return_find_agency(reader, node, agency);
}

void ca_return_read_findings(struct ca_return_reader *reader, const struct ca_xml_node *root)
{
    static const uint32_t kinds[] = {CA_E_STRENGTH, CA_E_IMPROVEMENT};
    const struct ca_xml_node *parent = ca_xml_child(root, CA_E_FINDINGS);

    if (parent == NULL)
        return;
    reader->r->findings = CA_ARRAY(
        reader->arena, ca_return_count(parent, kinds[0]) + ca_return_count(parent, kinds[1]),
        struct ca_finding);
    for (size_t i = 0; i < 2; i++) {
        for (const struct ca_xml_node *node = ca_xml_child(parent, kinds[i]); node != NULL;
             node = ca_xml_next(node, kinds[i]))
            read_finding(reader, node);
    }
}

/* ---- actions ---- */

static void check_action(struct ca_return_reader *reader, const struct ca_xml_node *node,
                         const struct ca_action *action)
{
    if (action->verified_by == NULL)
        return;
    if (ca_same_code(action->verified_by, action->owner))
        ca_return_fault(reader, node,
                        "'%s' owns this action; it is for someone else to verify it",
                        action->owner);
    if (ca_xml_get(node, "completed") == NULL)
        ca_return_fault(reader, node,
                        "an action cannot be verified before it is completed; 'completed' is "
                        "missing");
}

static void read_action(struct ca_return_reader *reader, const struct ca_xml_node *node,
                        struct ca_map *ids)
{
    struct ca_action *action = &reader->r->actions[reader->r->action_count++];
    const char *standard = ca_xml_get(node, "standard");
    const char *agency = ca_xml_get(node, "agency");
    size_t before;

    action->id = ca_xml_get(node, "id");
    action->owner = ca_xml_get(node, "owner");
    action->verified_by = ca_xml_get(node, "verified-by");
    action->text = node->text;
    action->offset = node->offset;
    action->standard = ca_return_find_standard(reader, node, standard, NULL);
    action->agency = ca_return_find_agency(reader, node, agency);
    action->theme = read_theme(reader, node, &action->theme_id);
    action->due = ca_return_date(reader, node, ca_xml_get(node, "due"));
    action->completed = ca_return_date(reader, node, ca_xml_get(node, "completed"));
    check_action(reader, node, action);
    if (action->id == NULL || *action->id == '\0')
        return;
    before = ca_map_put(ids, action->id, node->offset);
    if (before != CA_NOT_FOUND)
        ca_return_fault(reader, node, "action '%.*s' stands twice, first in line %d",
                        ca_return_shown(action->id), action->id,
                        ca_return_line(reader, (uint32_t)before));
}

void ca_return_read_actions(struct ca_return_reader *reader, const struct ca_xml_node *root)
{
    const struct ca_xml_node *parent = ca_xml_child(root, CA_E_ACTIONS);
    struct ca_map *ids;
    size_t count;

    if (parent == NULL)
        return;
    count = ca_return_count(parent, CA_E_ACTION);
    reader->r->actions = CA_ARRAY(reader->arena, count, struct ca_action);
    ids = ca_map_new(reader->arena, count);
    for (const struct ca_xml_node *node = ca_xml_child(parent, CA_E_ACTION); node != NULL;
         node = ca_xml_next(node, CA_E_ACTION))
        read_action(reader, node, ids);
}
