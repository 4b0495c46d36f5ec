#include "tests/unit/mutation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"
#include "core/model/grammar_private.h"

#define TEXT(s)  ((const xmlChar *)(s))
#define COUNT(a) ((unsigned)(sizeof(a) / sizeof(a)[0]))

/* ---- names: all that the grammars know, and some that they do not ---- */

static const char *const strange_names[] = {"unheard-of", "Title", "sections"};
static const char *const strange_attributes[] = {"ID", "unheard-of", "lang", "schemaLocation"};

struct words {
    const char **items;
    size_t count;
};

static struct words names, attribute_names;

static bool add_word(struct words *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->items[i], word) == 0)
            return false;
    *CA_APPEND(words->items, words->count) = word;
    return true;
}

/* Shapes of one name share what may stand in them, or differ in it: all are looked into, and
 * those that hold themselves once. */
static void add_shape(const struct ca_shape *shape, unsigned depth)
{
    add_word(&names, shape->name);
    for (size_t i = 0; i < shape->attr_count; i++)
        add_word(&attribute_names, shape->attrs[i].name);
    for (size_t i = 0; i < shape->slot_count; i++)
        if (depth < 8)
            add_shape(shape->slots[i].shape, depth + 1);
}

static void gather_names(void)
{
    if (names.count > 0)
        return;
    add_shape(ca_template_grammar.root, 0);
    add_shape(ca_return_grammar.root, 0);
    for (unsigned i = 0; i < COUNT(strange_names); i++)
        add_word(&names, strange_names[i]);
    for (unsigned i = 0; i < COUNT(strange_attributes); i++)
        add_word(&attribute_names, strange_attributes[i]);
}

#define ZEROES "000000000000000000000000000000000000000000"
#define NINES  "999999999999999999999999999999999999999999"
#define A63    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const char *const values[] = {
    "", " ", "\n\t ", "a", "A", "a b", "a  b", "a\tb", " a ", "\na\n", "a/b", "A/b-C_d.e", ".a",
    "-a", "_a", "/a", "a-", "good", "good poor", "\xc3\xa9", "\xc2\xa0", "a\xc2\xa0",
    "a\xe2\x80\xa8", "\xe2\x80\x8b", "\xef\xbb\xbf\xc2\xad", "\xe2\x80\x8bz",
    "\xf0\x9f\x98\x80", "a&b<c>\"'", A63 "a", A63 "aa", "A" A63, "A" A63 "a",
    "12345678901234567890123456789012", "123456789012345678901234567890123",
    /* numbers */
    "0", "00", "-0", "1", "-1", "+1", "01", "2", "10", "11", "0.0", "0.00", "0.000", "0.001",
    "0.01", "1.5", "1.55", "1.555", "1.5555", "66.670", "-1.5", "-1.5555", "1.", ".5", "1,5",
    "1e3", "0x1", "1 2", "- 1", "--1", "\xd9\xa1", "NaN", "INF", "1000", "1000.0", "1000.00",
    "1000.001", "1000.01", "1001", "10000", "10000.0", "10001", "1000000", "1000001",
    "1000000000", "1000000000.000", "1000000000.001", "1000000001", "-1000000000",
    "-1000000000.001", "-1000000001", ZEROES, ZEROES "1", ZEROES "1.5", NINES, "-" NINES,
    "0." ZEROES, "0." NINES, NINES "." NINES,
    /* dates */
    "2023-11-14", " 2023-11-14 ", "2023-11-14Z", "2023-11-14+01:00", "2023-11-14T00:00:00",
    "2023-11-4", "2023-1-14", "23-11-14", "02023-11-14", "-2023-11-14", "2023-11", "20231114",
    "14/11/2023", "2023-00-14", "2023-13-14", "2023-11-00", "2023-11-31", "2023-12-31",
    "2023-02-28", "2023-02-29", "2023-02-30", "2024-02-29", "2024-02-30", "2000-02-29",
    "1900-02-28", "1900-02-29", "2100-02-29", "1900-01-01", "1899-12-31", "2199-12-31",
    "2200-01-01", "0000-01-01", "2023-11-14 2023-11-15",
    /* words */
    "yes", "no", "Yes", "true", "yes no", "mean", "flat", "lowest", "highest", "median",
    "rules", "none", "None", "computed", "judged", "text", "token", "date", "integer",
    "allowed", "never", "immediate", "urgent", "review", "proportion", "reason", "forbidden",
    "optional", "required", "credit", "faults", "days", "working-days", "weeks", "months",
    "years", "random", "targeted", "stratified", "not-applicable", "not-evidenced", "answered",
    "answered overdue", "answered  answered", "not-yet-due out-of-scope missing not-applying",
    "answered nothing",
    /* addresses */
    "https://example.org/a?b=c#d", "http://a", "http://", "https://a b", "HTTPS://a",
    "mailto:a@b", "mailto:", "javascript:alert(1)", "a.html", "../a/b.html", "//a/b", "a:b",
    "https:a", "ftp://a", "https://\xc3\xa9\xe2\x80\xa6"};

static const char *const fragments[] = {
    "x",
    "x y",
    "&amp;",
    "&#233;",
    "&#32;",
    "&#160;",
    "<!-- x -->",
    "<?x y?>",
    "<![CDATA[x]]>",
    "<![CDATA[ ]]>",
    "<![CDATA[]]>",
    "<![CDATA[<x/>]]>",
    " ",
    "\n\t",
    "<x xmlns=''/>",
    "<x xmlns='urn:x'>y</x>",
    "<x:title xmlns:x='urn:caseaudit:template:1'>y</x:title>",
    "<x:reason xmlns:x='urn:caseaudit:return:1'>y</x:reason>"};

/* ---- finding things ---- */

static xmlNodePtr next_element(xmlNodePtr node)
{
    xmlNodePtr next = xmlFirstElementChild(node);

    while (next == NULL && node != NULL) {
        next = xmlNextElementSibling(node);
        node = node->parent;
        if (node != NULL && node->type != XML_ELEMENT_NODE)
            node = NULL;
    }
    return next;
}

unsigned mutation_elements(xmlDocPtr doc)
{
    unsigned count = 0;

    for (xmlNodePtr node = xmlDocGetRootElement(doc); node != NULL; node = next_element(node))
        count++;
    return count;
}

static xmlAttrPtr find_attribute(xmlNodePtr node, unsigned index)
{
    xmlAttrPtr attr = node->properties;

    while (attr != NULL && index-- > 0)
        attr = attr->next;
    return attr;
}

static bool is_root(xmlNodePtr node)
{
    return node->parent == NULL || node->parent->type != XML_ELEMENT_NODE;
}

/* ---- changes of elements; all return whether they did anything ---- */

static bool delete_element(xmlNodePtr node, unsigned variant)
{
    (void)variant;
    if (is_root(node))
        return false;
    xmlUnlinkNode(node);
    xmlFreeNode(node);
    return true;
}

static bool repeat_element(xmlNodePtr node, unsigned variant)
{
    if (is_root(node))
        return false;
    for (unsigned i = 0; i < (variant == 2 ? 9 : 1); i++) {
        xmlNodePtr copy = xmlDocCopyNode(node, node->doc, 1);

        if (variant == 1)
            xmlAddChild(node->parent, copy);
        else
            xmlAddNextSibling(node, copy);
    }
    return true;
}

static bool rename_element(xmlNodePtr node, unsigned variant)
{
    xmlNodeSetName(node, TEXT(names.items[variant]));
    return true;
}

static bool append(xmlNodePtr parent, xmlNodePtr node)
{
    xmlUnlinkNode(node); /* xmlAddChild would leave it where it was, too */
    return xmlAddChild(parent, node) != NULL;
}

static bool move_element(xmlNodePtr node, unsigned variant)
{
    xmlNodePtr next = xmlNextElementSibling(node), first;

    if (is_root(node))
        return false;
    first = xmlFirstElementChild(node->parent);
    switch (variant) {
    case 0: /* to the front */ return first != node && xmlAddPrevSibling(first, node) != NULL;
    case 1: /* to the end */ return append(node->parent, node);
    case 2: /* behind its neighbour */
        return next != NULL && xmlAddNextSibling(next, node) != NULL;
    case 3: /* out of its parent */
        return !is_root(node->parent) && xmlAddNextSibling(node->parent, node) != NULL;
    default: /* into its neighbour */ return next != NULL && append(next, node);
    }
}

static bool add_child(xmlNodePtr node, unsigned variant)
{
    xmlNodePtr child = xmlNewDocNode(node->doc, node->ns, TEXT(names.items[variant]), NULL);

    xmlAddChild(node, child);
    return true;
}

static bool empty_element(xmlNodePtr node, unsigned variant)
{
    (void)variant;
    if (node->children == NULL)
        return false;
    xmlFreeNodeList(node->children);
    node->children = node->last = NULL;
    return true;
}

static bool unwrap_element(xmlNodePtr node, unsigned variant)
{
    (void)variant;
    if (is_root(node))
        return false;
    while (node->children != NULL)
        xmlAddPrevSibling(node, node->children);
    return delete_element(node, 0);
}

static bool insert_fragment(xmlNodePtr node, unsigned variant)
{
    const char *text = fragments[variant / 3];
    xmlNodePtr list = NULL;

    if (xmlParseInNodeContext(node, text, (int)strlen(text), XML_PARSE_NOERROR, &list) !=
            XML_ERR_OK ||
        list == NULL)
        return false;
    if (variant % 3 == 0) {
        xmlAddChildList(node, list);
    } else if (variant % 3 == 1 && node->children != NULL) {
        xmlAddPrevSibling(node->children, list);
    } else if (variant % 3 == 2 && !is_root(node)) {
        xmlAddNextSibling(node, list);
    } else {
        xmlFreeNodeList(list);
        return false;
    }
    return true;
}

static bool set_text(xmlNodePtr node, unsigned variant)
{
    if (xmlFirstElementChild(node) != NULL)
        return false;
    empty_element(node, 0);
    xmlAddChild(node, xmlNewDocText(node->doc, TEXT(values[variant])));
    return true;
}

static bool set_namespace(xmlNodePtr node, unsigned variant)
{
    static const char *const uris[] = {"urn:caseaudit:template:1", "urn:caseaudit:return:1",
                                       "urn:caseaudit:return:2", "urn:other"};
    xmlNsPtr ns;

    if (variant == 4) { /* a prefix for everything in its namespace */
        ns = node->ns;
        if (ns == NULL || ns->prefix != NULL || node->nsDef != ns)
            return false;
        ns->prefix = xmlStrdup(TEXT("p"));
        return true;
    }
    ns = xmlNewNs(node, TEXT(uris[variant]), TEXT("q"));
    if (ns == NULL)
        return false;
    xmlSetNs(node, ns);
    return true;
}

/* ---- changes of attributes; a variant stands for the attribute and the value ---- */

#define ATTRIBUTES 6 /* of an element; later ones are left alone */

static bool delete_attribute(xmlNodePtr node, unsigned variant)
{
    xmlAttrPtr attr = find_attribute(node, variant);

    return attr != NULL && xmlRemoveProp(attr) == 0;
}

static bool set_attribute(xmlNodePtr node, unsigned variant)
{
    xmlAttrPtr attr = find_attribute(node, variant / COUNT(values));

    return attr != NULL && xmlSetNsProp(node, attr->ns, attr->name,
                                        TEXT(values[variant % COUNT(values)])) != NULL;
}

static bool add_attribute(xmlNodePtr node, unsigned variant)
{
    static const char *const added[] = {"good", "1", "2023-11-14"};
    const char *name = attribute_names.items[variant / COUNT(added)];

    if (xmlHasProp(node, TEXT(name)) != NULL)
        return false;
    return xmlNewProp(node, TEXT(name), TEXT(added[variant % COUNT(added)])) != NULL;
}

static bool add_foreign_attribute(xmlNodePtr node, unsigned variant)
{
    static const struct {
        const char *uri, *prefix, *name, *value;
    } added[] = {
        {"http://www.w3.org/XML/1998/namespace", "xml", "lang", "en-GB"},
        {"http://www.w3.org/XML/1998/namespace", "xml", "space", "preserve"},
        {"http://www.w3.org/XML/1998/namespace", "xml", "base", "http://example.org/"},
        {"http://www.w3.org/XML/1998/namespace", "xml", "unheard-of", "x y"},
        {"http://www.w3.org/2001/XMLSchema-instance", "xsi", "schemaLocation",
         "urn:caseaudit:return:1 nowhere.xsd"},
        {"http://www.w3.org/2001/XMLSchema-instance", "xsi", "noNamespaceSchemaLocation",
         "nowhere.xsd"},
        {"http://www.w3.org/2001/XMLSchema-instance", "xsi", "type", "xsi:string"},
        {"http://www.w3.org/2001/XMLSchema-instance", "xsi", "type", "id"},
        {"http://www.w3.org/2001/XMLSchema-instance", "xsi", "type", "filled"},
        {"http://www.w3.org/2001/XMLSchema-instance", "xsi", "type", "any-text"},
        {"http://www.w3.org/2001/XMLSchema-instance", "xsi", "type", "date"},
        {"http://www.w3.org/2001/XMLSchema-instance", "xsi", "nil", "true"},
        {"http://www.w3.org/2001/XMLSchema-instance", "xsi", "nil", "false"},
        {"http://www.w3.org/2001/XMLSchema-instance", "xsi", "unheard-of", "x"},
        {"urn:caseaudit:template:1", "t", "id", "x"},
        {"urn:caseaudit:return:1", "r", "id", "x"},
        {"urn:other", "o", "id", "x"},
    };
    xmlNsPtr ns;

    if (variant >= COUNT(added))
        return false;
    ns = xmlSearchNsByHref(node->doc, node, TEXT(added[variant].uri));
    if (ns == NULL || ns->prefix == NULL)
        ns = xmlNewNs(node, TEXT(added[variant].uri), TEXT(added[variant].prefix));
    return ns != NULL && xmlNewNsProp(node, ns, TEXT(added[variant].name),
                                      TEXT(added[variant].value)) != NULL;
}

static const struct {
    const char *name;
    bool (*apply)(xmlNodePtr node, unsigned variant);
    unsigned variants;
    const struct words *of; /* so many of each of these words; NULL */
} changes[] = {
    {"delete element", delete_element, 1, NULL},
    {"repeat element", repeat_element, 3, NULL},
    {"rename element", rename_element, 1, &names},
    {"move element", move_element, 5, NULL},
    {"add child", add_child, 1, &names},
    {"empty element", empty_element, 1, NULL},
    {"unwrap element", unwrap_element, 1, NULL},
    {"insert fragment", insert_fragment, 3 * COUNT(fragments), NULL},
    {"set text", set_text, COUNT(values), NULL},
    {"set namespace", set_namespace, 5, NULL},
    {"delete attribute", delete_attribute, 2 * ATTRIBUTES, NULL},
    {"set attribute", set_attribute, ATTRIBUTES *COUNT(values), NULL},
    {"add attribute", add_attribute, 3, &attribute_names},
    {"add foreign attribute", add_foreign_attribute, 17, NULL},
};

const unsigned mutation_changes = COUNT(changes);

unsigned mutation_variants(unsigned change)
{
    const struct words *of = changes[change].of;

    gather_names();
    return changes[change].variants * (of != NULL ? (unsigned)of->count : 1);
}

bool mutation_apply(xmlDocPtr doc, const struct mutation *mutation)
{
    xmlNodePtr node = xmlDocGetRootElement(doc);

    for (unsigned i = 0; i < mutation->element && node != NULL; i++)
        node = next_element(node);
    return node != NULL && changes[mutation->change].apply(node, mutation->variant);
}

char *mutation_name(const struct mutation *mutation)
{
    char *text = NULL;

    if (asprintf(&text, "%s (%u) at element %u", changes[mutation->change].name,
                 mutation->variant, mutation->element) < 0)
        abort();
    return text;
}

uint64_t mutation_draw(uint64_t *state)
{
    /* a linear congruential generator; only its upper half is any good */
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}
