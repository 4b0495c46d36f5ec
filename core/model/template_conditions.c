/* Rows of conditions: which kind each is, and whether it may stand where it stands. */
#include "core/model/template_private.h"

#include <string.h>

/* ---- the attributes of a row ---- */

enum {
    ATTRIBUTE = 1u << 0,
    STANDARD = 1u << 1,
    STANDARDS = 1u << 2,
    SECTION = 1u << 3,
    SECTIONS_GRADED = 1u << 4,
    AGENCIES_GRADED = 1u << 5,
    CRITICAL_BELOW = 1u << 6,
    IS = 1u << 7,
    IS_NOT = 1u << 8,
    FROM = 1u << 9,
    TO = 1u << 10,
    ANSWER = 1u << 11,
    STATUS = 1u << 12,
    BELOW = 1u << 13,
    GRADED = 1u << 14,
    AT_LEAST = 1u << 15,
    AT_MOST = 1u << 16,
    SUBJECTS = ATTRIBUTE | STANDARD | STANDARDS | SECTION | SECTIONS_GRADED | AGENCIES_GRADED |
               CRITICAL_BELOW
};

/* In the order of the bits. */
static const char *const attribute_names[] = {"attribute",
                                              "standard",
                                              "standards",
                                              "section",
                                              "sections-graded",
                                              "agencies-graded",
                                              "critical-below",
                                              "is",
                                              "is-not",
                                              "from",
                                              "to",
                                              "answer",
                                              "status",
                                              "below",
                                              "graded",
                                              "at-least",
                                              "at-most"};

enum { ATTRIBUTE_NAMES = sizeof attribute_names / sizeof *attribute_names };

static uint32_t present(const struct ca_xml_node *node)
{
    uint32_t mask = 0;
    for (size_t i = 0; i < ATTRIBUTE_NAMES; i++)
        if (ca_xml_get(node, attribute_names[i]))
            mask |= 1u << i;
    return mask;
}

/* Names of the attributes in mask: "'below' and 'from'". */
static const char *name_them(struct ca_tpl_reader *r, uint32_t mask)
{
    const char *names = "";
    for (size_t i = 0; i < ATTRIBUTE_NAMES; i++) {
        if (!(mask & 1u << i))
            continue;
        mask &= ~(1u << i);
        names = ca_arena_printf(r->arena, "%s%s'%s'", names,
                                !*names ? ""
                                : mask  ? ", "
                                        : " and ",
                                attribute_names[i]);
    }
    return names;
}

/* ---- the kinds ---- */

/* A row is of the kind whose attributes it has, exactly. */
static const struct form {
    uint32_t mask;
    enum ca_row_kind kind;
} forms[] = {
    {ATTRIBUTE | IS, CA_ROW_ATTRIBUTE_IS},
    {ATTRIBUTE | IS_NOT, CA_ROW_ATTRIBUTE_IS_NOT},
    {ATTRIBUTE | FROM, CA_ROW_ATTRIBUTE_RANGE},
    {ATTRIBUTE | TO, CA_ROW_ATTRIBUTE_RANGE},
    {ATTRIBUTE | FROM | TO, CA_ROW_ATTRIBUTE_RANGE},
    {STANDARD | ANSWER, CA_ROW_STANDARD_ANSWER},
    {STANDARD | STATUS, CA_ROW_STANDARD_STATUS},
    {STANDARD | BELOW, CA_ROW_STANDARD_BELOW},
    {STANDARD | FROM, CA_ROW_STANDARD_FROM},
    {STANDARDS | ANSWER | AT_LEAST, CA_ROW_STANDARDS_ANSWER},
    {STANDARDS | ANSWER | AT_MOST, CA_ROW_STANDARDS_ANSWER},
    {SECTION | BELOW, CA_ROW_SECTION_BELOW},
    {SECTION | FROM, CA_ROW_SECTION_FROM},
    {SECTION | GRADED, CA_ROW_SECTION_GRADED},
    {SECTIONS_GRADED | AT_LEAST, CA_ROW_SECTIONS_GRADED},
    {SECTIONS_GRADED | AT_MOST, CA_ROW_SECTIONS_GRADED},
    {AGENCIES_GRADED | AT_LEAST, CA_ROW_AGENCIES_GRADED},
    {AGENCIES_GRADED | AT_MOST, CA_ROW_AGENCIES_GRADED},
    {CRITICAL_BELOW | AT_LEAST, CA_ROW_CRITICAL_BELOW},
    {CRITICAL_BELOW | AT_MOST, CA_ROW_CRITICAL_BELOW},
};

/* What goes with each subject, for messages. */
static const struct {
    uint32_t subject;
    const char *takes;
} usages[] = {
    {ATTRIBUTE, "takes 'is', or 'is-not', or 'from' and 'to' (or one of these two)"},
    {STANDARD, "takes exactly one of 'answer', 'status', 'below' and 'from'"},
    {STANDARDS, "takes 'answer', and 'at-least' or 'at-most'"},
    {SECTION, "takes exactly one of 'below', 'from' and 'graded'"},
    {SECTIONS_GRADED, "takes 'at-least' or 'at-most'"},
    {AGENCIES_GRADED, "takes 'at-least' or 'at-most'"},
    {CRITICAL_BELOW, "takes 'at-least' or 'at-most'"},
};

static void report_form(struct ca_tpl_reader *r, const struct ca_xml_node *node, uint32_t mask)
{
    uint32_t subject = mask & SUBJECTS, rest = mask & ~(uint32_t)SUBJECTS;

    for (size_t i = 0; i < sizeof usages / sizeof *usages; i++)
        if (usages[i].subject == subject) {
            ca_tpl_error(r, node, "a condition on %s %s, and this one has %s",
                         name_them(r, subject), usages[i].takes,
                         rest ? name_them(r, rest) : "none of these");
            return;
        }
    if (subject)
        ca_tpl_error(r, node,
                     "a condition looks at one thing, and this one names %s; write "
                     "them as separate conditions",
                     name_them(r, subject));
    else
        ca_tpl_error(r, node,
                     "this condition does not say what it looks at; it takes exactly "
                     "one of %s",
                     name_them(r, SUBJECTS));
}

static bool find_kind(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                      enum ca_row_kind *out)
{
    uint32_t mask = present(node);

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i].mask == mask) {
            *out = forms[i].kind;
            return true;
        }
    report_form(r, node, mask);
    return false;
}

/* ---- where it stands ---- */

/* Bit k: kind k may stand in a scope. */
static const uint32_t allowed_kinds[] = {
    [CA_SCOPE_APPLIES] = 1u << CA_ROW_ATTRIBUTE_IS | 1u << CA_ROW_ATTRIBUTE_IS_NOT |
                         1u << CA_ROW_ATTRIBUTE_RANGE | 1u << CA_ROW_STANDARD_ANSWER,
    [CA_SCOPE_SECTION] = ~(1u << CA_ROW_SECTIONS_GRADED | 1u << CA_ROW_AGENCIES_GRADED |
                           1u << CA_ROW_CRITICAL_BELOW),
    [CA_SCOPE_TEMPLATE] = ~0u,
};

static bool may_stand(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                      const struct ca_tpl_scope *scope, enum ca_row_kind kind)
{
    if (allowed_kinds[scope->kind] & 1u << kind)
        return true;
    if (scope->kind == CA_SCOPE_APPLIES)
        ca_tpl_error(r, node,
                     "'applies' takes only conditions on attributes and on the answer of an "
                     "earlier standard, and this one looks at %s",
                     name_them(r, present(node)));
    else
        ca_tpl_error(
            r, node,
            "a limit of section '%s' looks only at this section, what is below it, and "
            "attributes; %s looks at the whole template",
            r->t->sections[scope->section].id, name_them(r, present(node) & SUBJECTS));
    return false;
}

/* ---- reading ---- */

static void read_rows(struct ca_tpl_reader *r, const struct ca_xml_node *parent,
                      const struct ca_tpl_scope *scope, struct ca_row **rows, size_t *count);

static void read_when(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                      const struct ca_tpl_scope *scope, struct ca_row *row)
{
    ca_tpl_limit(r, node, ++r->condition_count, CA_MAX_CONDITIONS, "conditions");
    row->offset = node->offset;
    if (find_kind(r, node, &row->kind) && may_stand(r, node, scope, row->kind))
        ca_tpl_read_row(r, node, scope, row);
}

static void read_any(struct ca_tpl_reader *r, const struct ca_xml_node *node,
                     const struct ca_tpl_scope *scope, struct ca_row *row)
{
    row->kind = CA_ROW_ANY;
    row->offset = node->offset;
    read_rows(r, node, scope, &row->rows, &row->row_count);
}

static void read_rows(struct ca_tpl_reader *r, const struct ca_xml_node *parent,
                      const struct ca_tpl_scope *scope, struct ca_row **rows, size_t *count)
{
    size_t i = 0;

    *count = ca_tpl_count(parent, CA_E_WHEN) + ca_tpl_count(parent, CA_E_ANY);
    *rows = CA_ARRAY(r->arena, *count, struct ca_row);
    for (const struct ca_xml_node *n = parent->first; n; n = n->next) {
        if (n->code == CA_E_WHEN)
            read_when(r, n, scope, &(*rows)[i++]);
        else if (n->code == CA_E_ANY)
            read_any(r, n, scope, &(*rows)[i++]);
    }
}

void ca_tpl_read_conditions(struct ca_tpl_reader *r, const struct ca_xml_node *parent,
                            const struct ca_tpl_scope *scope, struct ca_conditions *out)
{
    read_rows(r, parent, scope, &out->rows, &out->count);
}
