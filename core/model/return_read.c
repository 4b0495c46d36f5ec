/* The order in which a return is read: its root first, then against its template. */
#include "core/model/return_read.h"

#include <string.h>

#include "core/model/return_private.h"

enum { HINTS = 20000 };

/* ---- first step ---- */

/* [A-Za-z0-9][others and those]{0,length-1}: an attribute of the root, or NULL. */
static const char *token(const struct ca_xml_node *node, const char *name, const char *others,
                         size_t length)
{
    const char *text = ca_xml_get(node, name);
    size_t i;

    for (i = 0; text != NULL && text[i] != '\0'; i++) {
        const char c = text[i];
        const bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

        if (i == length || !(plain || (i > 0 && strchr(others, c) != NULL)))
            return NULL;
    }
    return i > 0 ? text : NULL;
}

bool ca_return_parse(struct ca_xml_parser *parser, struct ca_arena *arena, const char *bytes,
                     size_t length, struct ca_diags *diags, struct ca_xml_doc *doc,
                     struct ca_return_header *header)
{
    struct ca_xml_doc parsed;
    const char *id;

    if (!ca_xml_parse(parser, arena, bytes, length, &ca_xml_return_limits, diags, &parsed))
        return false;
    ca_grammar_check(&ca_return_grammar, &parsed, diags);
    if (!ca_grammar_is_root(&ca_return_grammar, &parsed))
        return false;
    *doc = parsed;
    header->id = token(parsed.root, "id", "._/-", 64);
    id = ca_xml_get(parsed.root, "template");
    header->template_id = id != NULL && ca_is_id(id) ? id : NULL;
    header->template_version = token(parsed.root, "template-version", "._-", 32);
    header->offset = parsed.root->offset;
    return true;
}

/* ---- second step ---- */

/* An audit belongs to the time in which its template is in force. */
static void check_effective(struct ca_return_reader *reader, const struct ca_xml_node *node)
{
    const struct ca_template *t = reader->t;
    const ca_date date = reader->r->audit_date;
    char one[CA_DATE_SIZE], other[CA_DATE_SIZE];

    if (date == CA_NO_DATE)
        return;
    ca_date_format(date, one);
    if (t->effective_from != CA_NO_DATE && date < t->effective_from)
        ca_return_fault(
            reader, node,
            "the audit date %s is before %s, from when template '%s' version %s "
            "is in force; correct the date, or name the version that was in force then",
            one, ca_date_format(t->effective_from, other), t->id, t->version);
    if (t->effective_to != CA_NO_DATE && date > t->effective_to)
        ca_return_fault(reader, node,
                        "the audit date %s is after %s, until when template '%s' version %s "
                        "was in force",
                        one, ca_date_format(t->effective_to, other), t->id, t->version);
    if (t->retired_on != CA_NO_DATE && date > t->retired_on)
        ca_return_fault(reader, node,
                        "the audit date %s is after %s, when template '%s' version %s was "
                        "retired",
                        one, ca_date_format(t->retired_on, other), t->id, t->version);
}

static void read_head(struct ca_return_reader *reader, const struct ca_xml_node *root)
{
    struct ca_return *r = reader->r;
    const struct ca_template *t = reader->t;
    const struct ca_xml_node *node;

    r->id = ca_xml_get(root, "id");
    r->template_id = ca_xml_get(root, "template");
    r->template_version = ca_xml_get(root, "template-version");
    node = ca_xml_child(root, CA_E_CASE);
    r->case_ref = node != NULL ? ca_xml_get(node, "ref") : NULL;
    node = ca_xml_child(root, CA_E_AUDIT);
    if (node == NULL)
        return;
    r->audit_offset = node->offset;
    r->auditor = ca_xml_get(node, "auditor");
    r->selection = ca_xml_get(node, "selection");
    r->audit_date = ca_return_date(reader, node, ca_xml_get(node, "date"));
    check_effective(reader, node);
    if (t->look_back_months > 0 && r->audit_date != CA_NO_DATE)
        ca_date_add(r->audit_date, -t->look_back_months, CA_MONTHS, &r->scope_from);
}

/* An empty sheet: nothing given anywhere, and no index that points somewhere by chance. */
static void prepare(struct ca_return_reader *reader)
{
    struct ca_return *r = reader->r;
    const struct ca_template *t = reader->t;
    size_t cells;

    r->columns = t->agency_count > 0 ? t->agency_count : 1;
    cells = t->standard_count * r->columns;
    r->responses = CA_ARRAY(reader->arena, cells, struct ca_response);
    for (size_t i = 0; i < cells; i++) {
        struct ca_response *cell = &r->responses[i];

        cell->answer = CA_NONE;
        cell->date = cell->start = cell->end = CA_NO_DATE;
    }
    r->returned = CA_ARRAY(reader->arena, r->columns, struct ca_returned);
    for (size_t i = 0; i < r->columns; i++) {
        r->returned[i].grade = CA_NONE;
        r->returned[i].returned = t->agency_count == 0;
    }
    r->audit_date = r->scope_from = CA_NO_DATE;
    r->judgement.grade = r->moderation.grade = CA_NONE;
    r->judgement.date = r->moderation.date = CA_NO_DATE;
}

static bool holds_unknown(const struct ca_xml_node *node)
{
    for (const struct ca_xml_node *child = node->first; child != NULL; child = child->next) {
        if (child->code == CA_E_NONE)
            return true;
    }
    return false;
}

/* Could a misspelt element be, or hold, responses? */
static bool may_hold_responses(const struct ca_xml_node *root)
{
    for (const struct ca_xml_node *node = ca_xml_child(root, CA_E_RESPONSES); node != NULL;
         node = ca_xml_next(node, CA_E_RESPONSES)) {
        if (holds_unknown(node))
            return true;
    }
    return holds_unknown(root);
}

struct ca_return *ca_return_read(struct ca_arena *arena, const char *file,
                                 const struct ca_xml_doc *doc, const struct ca_template *t,
                                 struct ca_diags *diags, bool *good)
{
    struct ca_return_reader reader = {.t = t, .arena = arena, .diags = diags, .hints = HINTS};
    struct ca_return *r = CA_NEW(arena, struct ca_return);
    const struct ca_xml_node *root = doc->root;

    reader.r = r;
    r->arena = arena;
    r->file = file;
    r->doc = *doc;
    r->template = t;
    prepare(&reader);
    read_head(&reader, root);
    ca_return_read_attributes(&reader, root);
    ca_return_read_events(&reader, root);
    ca_return_read_responses(&reader, root);
    ca_return_read_judgement(&reader, root);
    ca_return_read_moderation(&reader, root);
    ca_return_read_findings(&reader, root);
    ca_return_read_actions(&reader, root);
    ca_return_scan_privacy(&reader, root);
    *good = diags->errors == 0;
    r->astray |= !*good && may_hold_responses(root);
    return r;
}
