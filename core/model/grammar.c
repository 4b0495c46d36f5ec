/* A document held to its grammar: the same verdict as the XML schema, with better words. */
#include "core/model/grammar.h"

#include <assert.h>
#include <string.h>

#include "core/base/blank.h"
#include "core/base/suggest.h"
#include "core/model/grammar_private.h"

/* A file of nothing but faults would cost more to explain than to read. */
#define MAX_FAULTS 1000

struct walk {
    const struct ca_xml_doc *doc;
    struct ca_diags *diags;
    size_t faults;
};

/* ca_xml_report for faults of the schema, up to a number. */
#define REPORT(walk, node, ...)                                                                \
    do {                                                                                       \
        if (may_report((walk), (node)))                                                        \
            ca_xml_report((walk)->doc, (node), (walk)->diags, CA_ERROR, CA_FAULT_SCHEMA,       \
                          __VA_ARGS__);                                                        \
    } while (0)

static bool may_report(struct walk *walk, const struct ca_xml_node *node)
{
    walk->faults++;
    if (walk->faults == MAX_FAULTS)
        ca_xml_report(walk->doc, node, walk->diags, CA_ERROR, CA_FAULT_SCHEMA,
                      "%d faults so far; further ones of this kind are not listed", MAX_FAULTS);
    return walk->faults < MAX_FAULTS;
}

/* ---- attributes ---- */

/* Index of the attribute's rule, looking from `from` on: they mostly come in order. */
static size_t find_rule(const struct ca_shape *shape, const char *name, size_t from)
{
    for (size_t i = 0; i < shape->attr_count; i++) {
        size_t at = from + i < shape->attr_count ? from + i : from + i - shape->attr_count;

        if (ca_same_name(shape->attrs[at].name, name))
            return at;
    }
    return shape->attr_count;
}

/* "; it may have 'ref', 'date'" */
static const char *list_names(struct walk *walk, const char *const *names, size_t count)
{
    const char *list = "";

    if (walk->faults >= MAX_FAULTS)
        return "";
    for (size_t i = 0; i < count; i++)
        list =
            ca_arena_printf(walk->diags->arena, "%s%s'%s'", list, i > 0 ? ", " : "", names[i]);
    return count > 0 ? ca_arena_printf(walk->diags->arena, "; it may have %s", list)
                     : "; leave it out";
}

static bool is_child(const struct ca_shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->slot_count; i++)
        if (ca_same_name(shape->slots[i].shape->name, name))
            return true;
    return false;
}

static void report_unknown_attr(struct walk *walk, const struct ca_shape *shape,
                                const struct ca_xml_node *node, const char *name)
{
    const char *names[32], *hint;
    size_t count = 0;

    for (size_t i = 0; i < shape->attr_count; i++)
        if (shape->attrs[i].value != NULL && ca_xml_get(node, shape->attrs[i].name) == NULL)
            names[count++] = shape->attrs[i].name;
    hint = walk->faults < MAX_FAULTS ? ca_did_you_mean(walk->diags->arena, name, names, count)
                                     : "";
    if (*hint == '\0' && is_child(shape, name))
        hint = ca_arena_printf(walk->diags->arena,
                               "; it is an element of its own: <%s>...</%s> within <%s>", name,
                               name, node->name);
    if (*hint == '\0')
        hint = list_names(walk, names, count);
    REPORT(walk, node, "attribute '%s' is not known on <%s>%s", name, node->name, hint);
}

static void check_attr(struct walk *walk, const struct ca_attr_rule *rule,
                       const struct ca_xml_node *node, const char *value)
{
    const char *fault;

    if (rule->value == NULL) {
        REPORT(walk, node, "attribute '%s' cannot stand on this <%s>: %s", rule->name,
               node->name, rule->note);
        return;
    }
    fault = ca_value_fault(rule->value, value, walk->diags->arena);
    if (fault != NULL)
        REPORT(walk, node, "attribute '%s' of <%s> %s", rule->name, node->name, fault);
}

static void check_attrs(struct walk *walk, const struct ca_shape *shape,
                        const struct ca_xml_node *node)
{
    uint32_t seen = 0;
    size_t next = 0;

    for (uint32_t i = 0; i < node->attr_count; i++) {
        const struct ca_xml_attr *attr = &node->attrs[i];
        size_t at = find_rule(shape, attr->name, next);

        if (at == shape->attr_count) {
            report_unknown_attr(walk, shape, node, attr->name);
            continue;
        }
        seen |= UINT32_C(1) << at;
        next = at + 1;
        check_attr(walk, &shape->attrs[at], node, attr->value);
    }
    for (size_t i = 0; i < shape->attr_count; i++)
        if (shape->attrs[i].required && (seen & UINT32_C(1) << i) == 0)
            REPORT(walk, node, "<%s> needs attribute '%s', %s", node->name,
                   shape->attrs[i].name, shape->attrs[i].value->right);
}

/* ---- children ---- */

/* How far the children of one element have come. */
struct progress {
    uint32_t counts[CA_MAX_SLOTS];
    size_t at; /* slot reached; slots before it are behind us */
    bool begun;
};

static size_t find_slot(const struct ca_shape *shape, const char *name, size_t from)
{
    for (size_t i = 0; i < shape->slot_count; i++) {
        size_t at = from + i < shape->slot_count ? from + i : from + i - shape->slot_count;

        if (ca_same_name(shape->slots[at].shape->name, name))
            return at;
    }
    return shape->slot_count;
}

/* "<applies>, <limits>, <section>, <standard>" */
static const char *list_slots(struct ca_arena *arena, const struct ca_shape *shape)
{
    const char *text = "";

    for (size_t i = 0; i < shape->slot_count; i++)
        text = ca_arena_printf(arena, "%s%s<%s>", text, i > 0 ? ", " : "",
                               shape->slots[i].shape->name);
    return text;
}

static void report_unknown_child(struct walk *walk, const struct ca_shape *shape,
                                 const struct ca_xml_node *child)
{
    struct ca_arena *arena = walk->diags->arena;
    const char *names[CA_MAX_SLOTS], *hint;

    if (walk->faults >= MAX_FAULTS) {
        walk->faults++;
        return;
    }
    if (child->foreign && find_slot(shape, child->name, 0) < shape->slot_count) {
        REPORT(walk, child, "<%s> is not in the namespace '%s'", child->name, walk->doc->ns);
        return;
    }
    if (shape->slot_count == 0) {
        REPORT(walk, child, "<%s> cannot stand in <%s>, which holds %s", child->name,
               shape->name, shape->text == &ca_value_none ? "nothing" : "text only");
        return;
    }
    for (size_t i = 0; i < shape->slot_count; i++)
        names[i] = shape->slots[i].shape->name;
    hint = ca_did_you_mean(arena, child->name, names, shape->slot_count);
    if (*hint == '\0' && find_rule(shape, child->name, 0) < shape->attr_count)
        hint = ca_arena_printf(arena, "; it is an attribute: <%s %s=\"...\">", shape->name,
                               child->name);
    if (*hint == '\0')
        hint = ca_arena_printf(arena, "; it may hold %s", list_slots(arena, shape));
    REPORT(walk, child, "<%s> cannot stand in <%s>%s", child->name, shape->name, hint);
}

/* Has the choice of the slot's part been made for another branch? */
static const struct ca_slot *other_branch(const struct ca_shape *shape,
                                          const struct progress *progress, size_t slot)
{
    const struct ca_slot *mine = &shape->slots[slot];

    for (size_t i = 0; mine->branch != 0 && i < shape->slot_count; i++) {
        const struct ca_slot *s = &shape->slots[i];

        if (s->part == mine->part && s->branch != mine->branch && progress->counts[i] > 0)
            return s;
    }
    return NULL;
}

static void place_child(struct walk *walk, const struct ca_shape *shape,
                        struct progress *progress, const struct ca_xml_node *child, size_t slot)
{
    const struct ca_slot *mine = &shape->slots[slot], *reached = &shape->slots[progress->at];
    const struct ca_slot *other = other_branch(shape, progress, slot);
    bool behind =
        progress->begun && slot < progress->at && !(mine->mixed && mine->part == reached->part);

    progress->counts[slot]++;
    if (other != NULL)
        REPORT(walk, child, "<%s> cannot stand beside <%s>: only one of them may be there",
               child->name, other->shape->name);
    else if (behind)
        REPORT(walk, child, "<%s> must stand before <%s>", child->name, reached->shape->name);
    else if (mine->max > 0 && progress->counts[slot] == mine->max + 1u)
        REPORT(walk, child, "<%s> holds more than %d <%s>", shape->name, mine->max,
               child->name);
    if (!behind) {
        progress->at = slot;
        progress->begun = true;
    }
}

static bool part_is_empty(const struct ca_shape *shape, const struct progress *progress,
                          uint8_t part)
{
    for (size_t i = 0; i < shape->slot_count; i++)
        if (shape->slots[i].part == part && progress->counts[i] > 0)
            return false;
    return true;
}

static void check_missing(struct walk *walk, const struct ca_shape *shape,
                          const struct progress *progress, const struct ca_xml_node *node)
{
    for (size_t i = 0; i < shape->slot_count; i++) {
        const struct ca_slot *slot = &shape->slots[i];
        const char *name;

        if (progress->counts[i] >= slot->min && !slot->mixed)
            continue;
        name = slot->shape->name;
        if (slot->mixed) {
            if ((i == 0 || shape->slots[i - 1].part != slot->part) &&
                part_is_empty(shape, progress, slot->part))
                REPORT(walk, node, "<%s> needs at least one <%s> or <%s>", shape->name, name,
                       slot[1].shape->name);
            continue;
        }
        if (slot->branch != 0) { /* needed only with what follows it in its branch */
            for (size_t j = i + 1; j < shape->slot_count && progress->counts[i] == 0; j++)
                if (shape->slots[j].part == slot->part &&
                    shape->slots[j].branch == slot->branch && progress->counts[j] > 0) {
                    REPORT(walk, node, "<%s> needs <%s> before <%s>", shape->name, name,
                           shape->slots[j].shape->name);
                    break;
                }
        } else if (slot->min > 1) {
            REPORT(walk, node, "<%s> needs at least %d <%s>, and has %u", shape->name,
                   slot->min, name, progress->counts[i]);
        } else {
            REPORT(walk, node, "<%s> needs <%s>", shape->name, name);
        }
    }
}

/* Most texts begin with a letter. */
static bool is_unseen(const char *text)
{
    return text != NULL && (unsigned char)*text >= 0x7F && ca_is_blank_text(text);
}

static void check_text(struct walk *walk, const struct ca_shape *shape,
                       struct ca_xml_node *node)
{
    const char *fault;

    if (shape->text == NULL) {
        if (node->text != NULL)
            REPORT(walk, node, "text stands directly in <%s>, which holds %s only", shape->name,
                   list_slots(walk->diags->arena, shape));
        return;
    }
    if (shape->text != &ca_value_none && is_unseen(node->text))
        node->text = NULL;
    fault =
        ca_value_fault(shape->text, node->text != NULL ? node->text : "", walk->diags->arena);
    if (fault != NULL)
        REPORT(walk, node, "<%s> %s", shape->name, fault);
}

static void check_node(struct walk *walk, const struct ca_shape *shape,
                       struct ca_xml_node *node);

static void check_children(struct walk *walk, const struct ca_shape *shape,
                           struct ca_xml_node *node)
{
    struct progress progress = {.at = 0};

    for (struct ca_xml_node *child = node->first; child != NULL; child = child->next) {
        size_t slot = shape->slot_count;

        if (!child->foreign)
            slot = find_slot(shape, child->name, progress.at);
        if (slot == shape->slot_count) {
            report_unknown_child(walk, shape, child);
            continue;
        }
        place_child(walk, shape, &progress, child, slot);
        check_node(walk, shape->slots[slot].shape, child);
    }
    check_missing(walk, shape, &progress, node);
}

/* As deep as the document, which the XML layer has limited. */
static void check_node(struct walk *walk, const struct ca_shape *shape,
                       struct ca_xml_node *node)
{
    assert(shape->slot_count <= CA_MAX_SLOTS && shape->attr_count <= 32);
    node->code = shape->code;
    check_attrs(walk, shape, node);
    check_text(walk, shape, node);
    if (shape->slot_count > 0 || node->first != NULL)
        check_children(walk, shape, node);
}

/* ---- whole documents ---- */

bool ca_grammar_is_root(const struct ca_grammar *grammar, const struct ca_xml_doc *doc)
{
    return strcmp(doc->root->name, grammar->root->name) == 0 &&
           strcmp(doc->ns, grammar->ns) == 0;
}

static void report_root(const struct ca_grammar *grammar, const struct ca_xml_doc *doc,
                        struct ca_diags *diags)
{
    const char *right = grammar->root->name;
    const struct ca_grammar *other =
        grammar == &ca_return_grammar ? &ca_template_grammar : &ca_return_grammar;

    if (ca_grammar_is_root(other, doc))
        ca_xml_report(doc, doc->root, diags, CA_ERROR, CA_FAULT_FILE,
                      "this is a %s, and a %s is needed here", doc->root->name, right);
    else if (strcmp(doc->root->name, right) == 0 && doc->ns[0] != '\0')
        ca_xml_report(doc, doc->root, diags, CA_ERROR, CA_FAULT_FILE,
                      "the namespace of <%s> is '%.200s'; it must be '%s'", right, doc->ns,
                      grammar->ns);
    else
        ca_xml_report(doc, doc->root, diags, CA_ERROR, CA_FAULT_FILE,
                      "this is no %s: the root element is <%.100s>%s; it must be "
                      "<%s xmlns=\"%s\">",
                      right, doc->root->name, doc->ns[0] == '\0' ? " without a namespace" : "",
                      right, grammar->ns);
}

bool ca_grammar_check(const struct ca_grammar *grammar, const struct ca_xml_doc *doc,
                      struct ca_diags *diags)
{
    struct walk walk = {doc, diags, 0};

    if (!ca_grammar_is_root(grammar, doc)) {
        report_root(grammar, doc, diags);
        return false;
    }
    check_node(&walk, grammar->root, doc->root);
    return walk.faults == 0;
}
