/* From a row to a return. */
#include <string.h>

#include "core/work/convert_private.h"

/* The draft of a row as the tree of a return, in the order of the schema. */

/* What the row holds and the return has no place for. */
static void lost(struct ca_row_draft *row, const char *what, const char *id, const char *why)
{
    ca_sheet_fault(row->sheet, row->sheet->rows[row->index].number, CA_NO_COLUMN, row->diags,
                   CA_ERROR, "%s%s%s %s", what, id != NULL ? " " : "", id != NULL ? id : "",
                   why);
}

static bool any_part(const char *const *parts)
{
    for (size_t i = 0; i < CA_PARTS; i++)
        if (parts[i] != NULL)
            return true;
    return false;
}

static void set_if(struct ca_row_draft *row, struct ca_xml_node *node, const char *name,
                   const char *value)
{
    if (value != NULL)
        ca_xml_set(row->arena, node, name, value);
}

static void add_text(struct ca_row_draft *row, struct ca_xml_node *parent, const char *name,
                     const char *text)
{
    if (text != NULL)
        ca_xml_add(row->arena, parent, name)->text = text;
}

static void add_held(struct ca_row_draft *row, struct ca_xml_node *parent,
                     const struct ca_xml_node *holder)
{
    const struct ca_xml_node *child = holder != NULL ? holder->first : NULL;

    for (; child != NULL; child = child->next)
        ca_xml_add_copy(row->arena, parent, child);
}

static bool says_something(const struct ca_cell_answer *a)
{
    return a->status != NULL || a->answer != NULL || a->start != NULL || a->occurred != NULL ||
           a->end != NULL || a->value != NULL || a->text != NULL;
}

static void add_response(struct ca_row_draft *row, struct ca_xml_node *responses,
                         size_t standard, const struct ca_cell_answer *a)
{
    const char *id = row->t->standards[standard].id;
    struct ca_xml_node *node;
    bool applicable = a->status == NULL || strcmp(a->status, "not-applicable") != 0;

    if (!says_something(a)) {
        if (!a->unusable &&
            (a->date != NULL || a->reason != NULL || a->evidence != NULL || a->ref != NULL))
            lost(row, "standard", id,
                 "has a date, reason or evidence, and no answer: give the answer, or clear the "
                 "rest");
        return;
    }
    if (applicable && a->reason != NULL)
        lost(row, "standard", id,
             "has a reason, which goes with 'not applicable' only: clear it, or answer n/a");
    if (a->ref != NULL && a->evidence == NULL)
        lost(row, "standard", id,
             "has a reference for evidence, and no evidence: say what was seen there");
    node = ca_xml_add(row->arena, responses, "response");
    ca_xml_set(row->arena, node, "standard", id);
    set_if(row, node, "answer", a->answer);
    set_if(row, node, "status", a->status);
    set_if(row, node, "date", a->date);
    if (!applicable)
        add_text(row, node, "reason", a->reason);
    add_text(row, node, "start", a->start);
    add_held(row, node, a->occurred);
    add_text(row, node, "end", a->end);
    add_text(row, node, "value", a->value);
    add_text(row, node, "text", a->text);
    if (a->evidence != NULL && a->ref != NULL)
        ca_xml_set(row->arena, a->evidence->first, "ref", a->ref);
    add_held(row, node, a->evidence);
}

/* An agency of which the row says nothing has not returned. */
static bool returned(const struct ca_row_draft *row, size_t agency)
{
    if (row->t->agency_count == 0 || row->agency_grade[agency] != NULL ||
        row->agency_by[agency] != NULL)
        return true;
    for (size_t s = 0; s < row->t->standard_count; s++)
        if (row->said[s * row->columns + agency])
            return true;
    return false;
}

static void add_responses(struct ca_row_draft *row, struct ca_xml_node *root)
{
    for (size_t a = 0; a < row->columns; a++) {
        struct ca_xml_node *responses;
        if (!returned(row, a))
            continue;
        if (row->agency_grade[a] == NULL && row->agency_by[a] != NULL)
            lost(row, "agency", row->t->agencies[a].id,
                 "has 'by', and no grade of its own: give the grade, or clear 'by'");
        responses = ca_xml_add(row->arena, root, "responses");
        if (row->t->agency_count > 0) {
            ca_xml_set(row->arena, responses, "agency", row->t->agencies[a].id);
            set_if(row, responses, "grade", row->agency_grade[a]);
            if (row->agency_grade[a] != NULL)
                set_if(row, responses, "by",
                       row->agency_by[a] != NULL ? row->agency_by[a] : row->auditor);
        }
        for (size_t s = 0; s < row->t->standard_count; s++)
            add_response(row, responses, s, &row->answers[s * row->columns + a]);
    }
}

static void add_attributes(struct ca_row_draft *row, struct ca_xml_node *root)
{
    struct ca_xml_node *attributes = NULL;

    for (size_t i = 0; i < row->t->attribute_count; i++) {
        if (row->attributes[i] == NULL)
            continue;
        if (attributes == NULL)
            attributes = ca_xml_add(row->arena, root, "attributes");
        add_text(row, attributes, "attribute", row->attributes[i]);
        ca_xml_set(row->arena, attributes->last, "id", row->t->attributes[i].id);
    }
}

/* The auditor's, on the day of the audit, unless the row says otherwise. */
static void add_judgement(struct ca_row_draft *row, struct ca_xml_node *root)
{
    const char *const *j = row->judgement;
    struct ca_xml_node *node;

    if (j[CA_PART_MAIN] == NULL) {
        if (any_part(j))
            lost(row, "something is said of a judgement,", NULL,
                 "and its grade is missing: give the grade, or clear the rest");
        return;
    }
    node = ca_xml_add(row->arena, root, "judgement");
    set_if(row, node, "grade", j[CA_PART_MAIN]);
    set_if(row, node, "by", j[CA_PART_BY] != NULL ? j[CA_PART_BY] : row->auditor);
    set_if(row, node, "date", j[CA_PART_DATE] != NULL ? j[CA_PART_DATE] : row->audit_date);
    add_text(row, node, "rationale", j[CA_PART_RATIONALE]);
}

static void add_findings(struct ca_row_draft *row, struct ca_xml_node *root)
{
    struct ca_xml_node *findings;

    if (row->strengths == NULL && row->improvements == NULL)
        return;
    findings = ca_xml_add(row->arena, root, "findings");
    add_held(row, findings, row->strengths);
    add_held(row, findings, row->improvements);
}

static void add_action(struct ca_row_draft *row, struct ca_xml_node *actions, size_t n)
{
    const char *const *a = row->actions[n];
    struct ca_xml_node *action = ca_xml_add(row->arena, actions, "action");

    action->text = a[CA_PART_MAIN];
    ca_xml_set(row->arena, action, "id", ca_arena_printf(row->arena, "%zu", n + 1));
    set_if(row, action, "standard", a[CA_PART_STANDARD]);
    if (row->action_agencies[n] != CA_NONE)
        ca_xml_set(row->arena, action, "agency", row->t->agencies[row->action_agencies[n]].id);
    set_if(row, action, "theme", a[CA_PART_THEME]);
    set_if(row, action, "owner", a[CA_PART_OWNER]);
    set_if(row, action, "due", a[CA_PART_DUE]);
    set_if(row, action, "completed", a[CA_PART_COMPLETED]);
    set_if(row, action, "verified-by", a[CA_PART_VERIFIED_BY]);
}

static void add_actions(struct ca_row_draft *row, struct ca_xml_node *root)
{
    struct ca_xml_node *actions = NULL;

    for (size_t n = 0; n < row->mapping->actions; n++) {
        if (row->actions[n][CA_PART_MAIN] == NULL) {
            if (any_part(row->actions[n]))
                lost(row, "something is said of an action,", NULL,
                     "and what is to be done is missing: write it, or clear the rest");
            continue;
        }
        if (actions == NULL)
            actions = ca_xml_add(row->arena, root, "actions");
        add_action(row, actions, n);
    }
}

struct ca_xml_node *ca_row_return(struct ca_row_draft *row)
{
    struct ca_xml_node *root = ca_xml_add(row->arena, NULL, "return"), *node;

    set_if(row, root, "id", row->id);
    ca_xml_set(row->arena, root, "template", row->t->id);
    ca_xml_set(row->arena, root, "template-version", row->t->version);
    set_if(row, ca_xml_add(row->arena, root, "case"), "ref", row->case_ref);
    node = ca_xml_add(row->arena, root, "audit");
    set_if(row, node, "date", row->audit_date);
    set_if(row, node, "auditor", row->auditor);
    set_if(row, node, "selection", row->selection);
    add_attributes(row, root);
    if (row->events != NULL)
        add_held(row, ca_xml_add(row->arena, root, "events"), row->events);
    add_responses(row, root);
    add_judgement(row, root);
    add_findings(row, root);
    add_actions(row, root);
    return root;
}
