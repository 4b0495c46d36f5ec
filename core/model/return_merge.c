/* The parts of several agencies, joined to one return. */
#include "core/model/return_merge.h"

#include <string.h>

#include "core/base/blank.h"
#include "core/base/code.h"
#include "core/model/grammar.h"
#include "core/model/xml_write.h"

/* One part being added to what the parts before it gave. */
struct merge {
    struct ca_arena *arena;
    struct ca_xml_node *root; /* of the joined return */
    struct ca_merge_part *parts;
    size_t now; /* the part being added */
    bool keep_first;
};

/* ---- comparing ---- */

static bool same(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static size_t count_children(const struct ca_xml_node *node)
{
    size_t count = 0;

    for (const struct ca_xml_node *child = node->first; child != NULL; child = child->next)
        count++;
    return count;
}

static bool same_attributes(const struct ca_xml_node *a, const struct ca_xml_node *b)
{
    if (a->attr_count != b->attr_count)
        return false;
    for (uint32_t i = 0; i < a->attr_count; i++) {
        const char *other = ca_xml_get(b, a->attrs[i].name);
        if (other == NULL || !same(a->attrs[i].value, other))
            return false;
    }
    return true;
}

static bool equal(const struct ca_xml_node *a, const struct ca_xml_node *b);

static const struct ca_xml_node *find_equal(const struct ca_xml_node *parent,
                                            const struct ca_xml_node *node)
{
    const struct ca_xml_node *child = parent != NULL ? parent->first : NULL;

    while (child != NULL && !equal(child, node))
        child = child->next;
    return child;
}

/* The same elements with the same content; the order of neighbours says nothing. */
static bool equal(const struct ca_xml_node *a, const struct ca_xml_node *b)
{
    if (strcmp(a->name, b->name) != 0 || !same_attributes(a, b) || !same(a->text, b->text) ||
        count_children(a) != count_children(b))
        return false;
    for (const struct ca_xml_node *child = a->first; child != NULL; child = child->next)
        if (find_equal(b, child) == NULL)
            return false;
    return true;
}

/* The child of that name whose attribute has that value. */
static struct ca_xml_node *find_child(const struct ca_xml_node *parent, const char *name,
                                      const char *attribute, const char *value)
{
    struct ca_xml_node *child = parent != NULL ? parent->first : NULL;

    for (; child != NULL; child = child->next)
        if (strcmp(child->name, name) == 0 &&
            (attribute == NULL || same(ca_xml_get(child, attribute), value)))
            break;
    return child;
}

/* ---- saying what clashes ---- */

/* Which of the parts before held this: the first that has an equal element there. */
static const char *origin_of(const struct merge *merge, const char *parent,
                             const struct ca_xml_node *node)
{
    for (size_t i = 0; i < merge->now; i++) {
        const struct ca_xml_node *root = merge->parts[i].doc.root;
        const struct ca_xml_node *place =
            parent != NULL ? find_child(root, parent, NULL, NULL) : root;
        if (find_equal(place, node) != NULL)
            return merge->parts[i].file;
    }
    return merge->parts[0].file;
}

static void clash(struct merge *merge, const struct ca_xml_node *node, bool may_keep,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));
static void clash(struct merge *merge, const struct ca_xml_node *node, bool may_keep,
                  const char *format, ...)
{
    struct ca_merge_part *part = &merge->parts[merge->now];
    bool kept = may_keep && merge->keep_first;
    char *message;
    va_list args;

    va_start(args, format);
    message = ca_arena_vprintf(merge->arena, format, args);
    va_end(args);
    ca_xml_report(&part->doc, node, &part->diags, kept ? CA_WARNING : CA_ERROR, CA_FAULT_RULE,
                  "%s%s", message,
                  kept       ? "; the first is kept"
                  : may_keep ? "; correct one of them, or keep the first with --keep-first"
                             : "");
}

static const char *shown(const char *text)
{
    return text != NULL ? text : "";
}

/* ---- the parts of a part ---- */

/* Cases and roles: the same in capitals. */
static bool is_code(const char *name)
{
    return strcmp(name, "ref") == 0 || strcmp(name, "auditor") == 0 || strcmp(name, "by") == 0;
}

/* Attributes of an element that both have. */
static void join_attributes(struct merge *merge, struct ca_xml_node *ours,
                            const struct ca_xml_node *theirs, bool may_keep, const char *what)
{
    for (uint32_t i = 0; i < theirs->attr_count; i++) {
        const struct ca_xml_attr *attr = &theirs->attrs[i];
        const char *value = ca_xml_get(ours, attr->name);
        if (value == NULL)
            ca_xml_set(merge->arena, ours, attr->name, attr->value);
        else if (!same(value, attr->value) &&
                 !(is_code(attr->name) && ca_same_code(value, attr->value)))
            clash(merge, theirs, may_keep, "%s differs: %s=\"%s\" here, and \"%s\" in %s", what,
                  attr->name, attr->value, value, merge->parts[0].file);
    }
}

static void join_case_attributes(struct merge *merge, struct ca_xml_node *ours,
                                 const struct ca_xml_node *theirs)
{
    for (const struct ca_xml_node *node = theirs->first; node != NULL; node = node->next) {
        const char *id = ca_xml_get(node, "id");
        struct ca_xml_node *other = find_child(ours, "attribute", "id", id);
        if (other == NULL)
            ca_xml_add_copy(merge->arena, ours, node);
        else if (other->text == NULL)
            other->text = node->text;
        else if (node->text != NULL && !ca_same_text(other->text, node->text))
            clash(merge, node, true, "attribute '%s' differs: '%s' here, and '%s' in %s", id,
                  node->text, other->text, origin_of(merge, "attributes", other));
    }
}

/* Events and findings: what stands in both stands once. */
static void join_list(struct merge *merge, struct ca_xml_node *ours,
                      const struct ca_xml_node *theirs)
{
    for (const struct ca_xml_node *node = theirs->first; node != NULL; node = node->next)
        if (find_equal(ours, node) == NULL)
            ca_xml_add_copy(merge->arena, ours, node);
}

static void join_actions(struct merge *merge, struct ca_xml_node *ours,
                         const struct ca_xml_node *theirs)
{
    for (const struct ca_xml_node *node = theirs->first; node != NULL; node = node->next) {
        const char *id = ca_xml_get(node, "id");
        const struct ca_xml_node *other = find_child(ours, "action", "id", id);
        if (other == NULL)
            ca_xml_add_copy(merge->arena, ours, node);
        else if (!equal(other, node))
            clash(merge, node, false,
                  "action '%s' is another one in %s; give one of the two another id", id,
                  origin_of(merge, "actions", other));
    }
}

static const char *agency_words(struct merge *merge, const char *agency)
{
    return agency != NULL ? ca_arena_printf(merge->arena, "agency '%s'", agency)
                          : "the case's one part";
}

/* An attribute's value as it is told. */
static const char *told(struct merge *merge, const struct ca_xml_node *node, const char *name)
{
    const char *value = ca_xml_get(node, name);

    return value != NULL ? ca_arena_printf(merge->arena, "'%s'", value) : "not given";
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void clash_of_responses(struct merge *merge, const struct ca_xml_node *ours,
                               const struct ca_xml_node *theirs)
{
    const char *agency = agency_words(merge, ca_xml_get(theirs, "agency"));
    const char *file = origin_of(merge, NULL, ours);
    size_t differing = 0;

    if (!same_text(ca_xml_get(ours, "grade"), ca_xml_get(theirs, "grade")) ||
        (!same_text(ca_xml_get(ours, "by"), ca_xml_get(theirs, "by")) &&
         !ca_same_code(ca_xml_get(ours, "by"), ca_xml_get(theirs, "by")))) {
        differing++;
        clash(merge, theirs, false,
              "%s stands in %s too, and differs in its own grade: %s by %s there, and %s by %s "
              "here",
              agency, file, told(merge, ours, "grade"), told(merge, ours, "by"),
              told(merge, theirs, "grade"), told(merge, theirs, "by"));
    }
    for (const struct ca_xml_node *node = theirs->first; node != NULL; node = node->next) {
        const char *standard = ca_xml_get(node, "standard"), *section;
        if (find_equal(ours, node) != NULL)
            continue;
        section = ca_xml_get(node, "section");
        differing++;
        clash(merge, node, false, "%s stands in %s too, and differs in %s '%s'", agency, file,
              standard != NULL ? "standard" : "section",
              shown(standard != NULL ? standard : section));
    }
    if (differing == 0)
        clash(merge, theirs, false, "%s stands in %s too, and with more than here", agency,
              file);
}

static bool is_empty_part(const struct ca_xml_node *responses)
{
    return responses->first == NULL && ca_xml_get(responses, "grade") == NULL;
}

static void join_responses(struct merge *merge, const struct ca_xml_node *node)
{
    struct ca_xml_node *ours =
        find_child(merge->root, "responses", "agency", ca_xml_get(node, "agency"));

    if (ours == NULL) {
        ca_xml_add_copy(merge->arena, merge->root, node);
    } else if (is_empty_part(ours)) {
        ours->attrs = node->attrs;
        ours->attr_count = node->attr_count;
        ours->first = node->first;
        ours->last = node->last;
    } else if (!is_empty_part(node) && !equal(ours, node)) {
        clash_of_responses(merge, ours, node);
    }
}

/* A judgement or moderation is one person's: two of them differ in an attribute, or else in
 * what is written below it. */
static void join_verdict(struct merge *merge, const struct ca_xml_node *node)
{
    static const char *const attributes[] = {"by", "date", "grade", "override"};
    const struct ca_xml_node *ours = find_child(merge->root, node->name, NULL, NULL);

    if (ours == NULL) {
        ca_xml_add_copy(merge->arena, merge->root, node);
        return;
    }
    if (equal(ours, node))
        return;
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        if (same_text(ca_xml_get(ours, attributes[i]), ca_xml_get(node, attributes[i])))
            continue;
        clash(merge, node, false,
              "there is another %s in %s: its '%s' is %s there, and %s here", node->name,
              origin_of(merge, NULL, ours), attributes[i], told(merge, ours, attributes[i]),
              told(merge, node, attributes[i]));
        return;
    }
    clash(merge, node, false, "there is another %s in %s, with other words or changes in it",
          node->name, origin_of(merge, NULL, ours));
}

/* ---- one part ---- */

typedef void (*join)(struct merge *merge, struct ca_xml_node *ours,
                     const struct ca_xml_node *theirs);

static void join_container(struct merge *merge, const struct ca_xml_node *node, join with)
{
    struct ca_xml_node *ours = find_child(merge->root, node->name, NULL, NULL);

    if (ours == NULL)
        ours = ca_xml_add(merge->arena, merge->root, node->name);
    with(merge, ours, node);
}

static void join_child(struct merge *merge, const struct ca_xml_node *node)
{
    struct ca_xml_node *ours = find_child(merge->root, node->name, NULL, NULL);

    switch (node->code) {
    case CA_E_CASE: join_attributes(merge, ours, node, false, "the case"); break;
    case CA_E_AUDIT: join_attributes(merge, ours, node, true, "the audit"); break;
    case CA_E_ATTRIBUTES: join_container(merge, node, join_case_attributes); break;
    case CA_E_EVENTS:
    case CA_E_FINDINGS: join_container(merge, node, join_list); break;
    case CA_E_RESPONSES: join_responses(merge, node); break;
    case CA_E_JUDGEMENT:
    case CA_E_MODERATION: join_verdict(merge, node); break;
    case CA_E_ACTIONS: join_container(merge, node, join_actions); break;
    default: break;
    }
}

static void join_part(struct merge *merge)
{
    const struct ca_xml_node *root = merge->parts[merge->now].doc.root;

    join_attributes(merge, merge->root, root, false, "the return");
    for (const struct ca_xml_node *node = root->first; node != NULL; node = node->next)
        join_child(merge, node);
}

/* ---- the whole ---- */

/* Children in the order of the schema; strengths before improvements in the same way. */
static struct ca_xml_node *in_order(struct ca_arena *arena, const struct ca_xml_node *node,
                                    const char *const *names)
{
    struct ca_xml_node *out = CA_NEW(arena, struct ca_xml_node);

    *out = *node;
    out->first = out->last = NULL;
    for (; *names != NULL; names++)
        for (const struct ca_xml_node *child = node->first; child != NULL; child = child->next)
            if (strcmp(child->name, *names) == 0)
                ca_xml_add_copy(arena, out, child);
    return out;
}

static struct ca_xml_node *ordered(struct ca_arena *arena, struct ca_xml_node *root)
{
    static const char *const order[] = {"case",      "audit",     "attributes", "events",
                                        "responses", "judgement", "moderation", "findings",
                                        "actions",   NULL};
    static const char *const findings_order[] = {"strength", "improvement", NULL};
    struct ca_xml_node *out = in_order(arena, root, order);
    struct ca_xml_node *findings = find_child(out, "findings", NULL, NULL);

    if (findings != NULL) {
        const struct ca_xml_node *next = findings->next;
        *findings = *in_order(arena, findings, findings_order);
        findings->next = (struct ca_xml_node *)next;
    }
    return out;
}

struct ca_xml_node *ca_return_merge(struct ca_arena *arena, struct ca_merge_part *parts,
                                    size_t count, bool keep_first)
{
    struct merge merge = {.arena = arena, .parts = parts, .keep_first = keep_first};
    const struct ca_xml_node *first = parts[0].doc.root;
    size_t errors = 0;

    merge.root = ca_xml_add(arena, NULL, first->name);
    merge.root->attrs = first->attrs;
    merge.root->attr_count = first->attr_count;
    for (const char *const *name = (const char *const[]){"case", "audit", NULL}; *name; name++)
        ca_xml_add_copy(arena, merge.root, find_child(first, *name, NULL, NULL));
    for (; merge.now < count; merge.now++) {
        join_part(&merge);
        errors += parts[merge.now].diags.errors;
    }
    return errors == 0 ? ordered(arena, merge.root) : NULL;
}
