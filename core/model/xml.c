/* XML as the engine takes it: libxml2 behind limits, each fault with its line, into a tree. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memrchr */
#endif
#include "core/model/xml.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "core/model/grammar.h"
#include "core/model/xml_encoding.h"
#include "core/model/xml_private.h"
#include "core/model/xml_words.h"

#define KIB ((size_t)1024)

const struct ca_xml_limits ca_xml_return_limits = {.kind = "return",
                                                   .bytes = 1024 * KIB,
                                                   .levels = 64,
                                                   .attributes = 64,
                                                   .text_bytes = 64 * KIB};
const struct ca_xml_limits ca_xml_template_limits = {.kind = "template",
                                                     .bytes = 4096 * KIB,
                                                     .levels = 64,
                                                     .attributes = 64,
                                                     .text_bytes = 64 * KIB};

#define MAX_LEVELS     64
#define MAX_NAMESPACES 256 /* in force at one place: libxml2 looks them up one by one */
#define NAME_SLOTS     512 /* power of two */
#define NODE_BLOCK     64
#define ATTR_BLOCK     128
#define MAX_DICT_BYTES (512 * KIB)

/* libxml2 keeps every name once; so do we, by its address: names of the grammars for good,
 * others once a document. */
struct name_slot {
    const xmlChar *name;
    const char *copy;
    uint32_t document; /* serial number of the document the copy belongs to; 0: any */
};

struct level {
    struct ca_xml_node *node;
    int namespaces;
};

struct ca_xml_parser {
    xmlParserCtxtPtr ctxt;
    struct name_slot names[NAME_SLOTS];
    uint32_t document;

    /* the document being read */
    struct ca_arena *arena;
    const struct ca_xml_limits *limits;
    struct ca_diags *diags;
    struct ca_xml_doc *doc;
    const xmlChar *root_ns;
    struct level levels[MAX_LEVELS + 1]; /* [0] is above the root */
    int depth, namespaces;
    struct ca_xml_node *nodes; /* rest of a block */
    struct ca_xml_attr *attrs;
    size_t nodes_left, attrs_left;
    /*
     * All strings of the document. What is copied here is never longer than
     * where it stands in the document, with its quotes or the '<' behind it,
     * so the length of the document is room enough.
     */
    char *pool;
    char *text;      /* text being gathered, at the end of the pool; NULL if none is */
    bool ampersands; /* are there any in the document? */
    bool stopped;
};

/* ---- faults ---- */

/* The first fault ends the parse: what follows it cannot be trusted. */
static void stop(struct ca_xml_parser *p)
{
    p->stopped = true;
    xmlStopParser(p->ctxt);
}

static void fail_at(struct ca_xml_parser *p, size_t offset, enum ca_fault fault,
                    const char *format, ...)
{
    int line, column;
    va_list args;

    ca_xml_position(p->doc, (uint32_t)offset, &line, &column);
    va_start(args, format);
    ca_diags_vadd(p->diags, CA_ERROR, fault, line, column, NULL, format, args);
    va_end(args);
    p->stopped = true;
}

static size_t current_offset(const struct ca_xml_parser *p)
{
    const xmlParserInput *input = p->ctxt->input;

    return input == NULL ? 0 : (size_t)(input->cur - input->base) + input->consumed;
}

/* What no walk of ours finds: the parser knows it by a number only. */
static const char *words_for(const xmlError *error)
{
    if (error->domain == XML_FROM_NAMESPACE)
        return "a name with a colon, as in x:name, needs a prefix that is declared; leave the "
               "prefix and its colon out, or declare it with xmlns:x=\"...\"";
    return "this cannot be read as XML; compare it with a document that can, or take it back "
           "to "
           "the last version that could";
}

/* The parser says what it expected; what the person did is found by looking again. */
static void on_error(void *user, xmlErrorPtr error)
{
    struct ca_xml_parser *p = user;
    struct ca_xml_slip slip;

    if (error->level == XML_ERR_WARNING || p->stopped)
        return;
    if (error->domain == XML_FROM_NAMESPACE ||
        !ca_xml_find_slip(p->arena, p->doc->bytes, p->doc->length, &slip))
        slip = (struct ca_xml_slip){current_offset(p), words_for(error)};
    fail_at(p, slip.at, CA_FAULT_XML, "%s", slip.words);
    stop(p);
}

static void on_doctype(void *user, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
    struct ca_xml_parser *p = user;

    (void)name, (void)external, (void)system;
    if (p->stopped)
        return;
    size_t at = current_offset(p);
    const char *start = memrchr(p->doc->bytes, '<', at);
    fail_at(p, start != NULL ? (size_t)(start - p->doc->bytes) : at, CA_FAULT_XML,
            "a DOCTYPE is not allowed; take the <!DOCTYPE ...> out");
    stop(p);
}

/* ---- building the tree ---- */

static struct name_slot new_name(struct ca_xml_parser *p, const xmlChar *name)
{
    const char *word = ca_grammar_word((const char *)name);
    size_t size = strlen((const char *)name) + 1;
    char *copy = p->pool;

    if (word != NULL)
        return (struct name_slot){name, word, 0};
    memcpy(copy, name, size);
    p->pool += size;
    return (struct name_slot){name, copy, p->document};
}

static const char *keep_name(struct ca_xml_parser *p, const xmlChar *name)
{
    struct name_slot *slot = &p->names[((uintptr_t)name >> 2) % NAME_SLOTS];

    if (slot->name != name || (slot->document != p->document && slot->document != 0))
        *slot = new_name(p, name);
    return slot->copy;
}

static const char *keep_prefixed(struct ca_xml_parser *p, const xmlChar *prefix,
                                 const xmlChar *name)
{
    return ca_arena_printf(p->arena, "%s:%s", (const char *)prefix, (const char *)name);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* libxml2 hands "&amp;" in an attribute on as "&#38;", for a tree that would
 * look at it again; any other '&' has been replaced already. */
static char *replace_ampersands(char *value, char *end)
{
    char *to = memchr(value, '&', (size_t)(end - value));

    if (to == NULL)
        return end;
    for (const char *from = to; from < end; to++) {
        *to = *from;
        from += end - from >= 5 && memcmp(from, "&#38;", 5) == 0 ? 5 : 1;
    }
    return to;
}

static const char *keep_value(struct ca_xml_parser *p, const char *from, const char *end)
{
    char *value = p->pool;

    while (from < end && is_blank(*from))
        from++;
    while (end > from && is_blank(end[-1]))
        end--;
    memcpy(value, from, (size_t)(end - from));
    p->pool = value + (end - from);
    if (p->ampersands)
        p->pool = replace_ampersands(value, p->pool);
    *p->pool++ = '\0';
    return value;
}

static void check_length(struct ca_xml_parser *p, const struct ca_xml_node *node, size_t length,
                         const char *what, const char *name)
{
    if (length > p->limits->text_bytes)
        ca_xml_report(p->doc, node, p->diags, CA_ERROR, CA_FAULT_LIMIT,
                      "%s%s of <%s> has %zu bytes; the limit is %zu (64 KiB)", what, name,
                      node->name, length, p->limits->text_bytes);
}

/* Text ends where its element ends or a child begins. */
static void end_text(struct ca_xml_parser *p)
{
    char *end = p->pool;
    struct ca_xml_node *node = p->levels[p->depth].node;

    if (p->text == NULL)
        return;
    while (is_blank(end[-1])) /* text begins with something not blank */
        end--;
    *end = '\0';
    node->text = p->text;
    p->pool = end + 1;
    check_length(p, node, (size_t)(end - p->text), "the text", "");
    p->text = NULL;
}

static void on_text(void *user, const xmlChar *chars, int length)
{
    struct ca_xml_parser *p = user;
    const char *from = (const char *)chars, *end = from + length;

    if (p->stopped || p->depth == 0)
        return;
    if (p->text == NULL) {
        while (from < end && is_blank(*from))
            from++;
        if (from == end || p->levels[p->depth].node->text != NULL)
            return;
        p->text = p->pool;
    }
    memcpy(p->pool, from, (size_t)(end - from));
    p->pool += end - from;
}

static struct ca_xml_node *new_node(struct ca_xml_parser *p)
{
    if (p->nodes_left == 0) {
        p->nodes = CA_ARRAY(p->arena, NODE_BLOCK, struct ca_xml_node);
        p->nodes_left = NODE_BLOCK;
    }
    p->nodes_left--;
    return p->nodes++;
}

static struct ca_xml_attr *new_attrs(struct ca_xml_parser *p, size_t count)
{
    if (p->attrs_left < count) {
        p->attrs = CA_ARRAY(p->arena, ATTR_BLOCK + count, struct ca_xml_attr);
        p->attrs_left = ATTR_BLOCK + count;
    }
    p->attrs_left -= count;
    p->attrs += count;
    return p->attrs - count;
}

static void link_node(struct ca_xml_parser *p, struct ca_xml_node *node)
{
    struct ca_xml_node *parent = p->levels[p->depth].node;

    node->parent = parent;
    if (parent == NULL)
        p->doc->root = node;
    else if (parent->last == NULL)
        parent->first = node;
    else
        parent->last->next = node;
    if (parent != NULL)
        parent->last = node;
}

#define XML_NS "http://www.w3.org/XML/1998/namespace"
#define XSI_NS "http://www.w3.org/2001/XMLSchema-instance"

static bool has_meaning(const xmlChar *name, const xmlChar *ns)
{
    if (ns == NULL || strcmp((const char *)ns, XML_NS) == 0)
        return ns == NULL;
    return strcmp((const char *)ns, XSI_NS) != 0 ||
           (strcmp((const char *)name, "schemaLocation") != 0 &&
            strcmp((const char *)name, "noNamespaceSchemaLocation") != 0);
}

static void take_attributes(struct ca_xml_parser *p, struct ca_xml_node *node, int count,
                            const xmlChar **attributes)
{
    node->attrs = new_attrs(p, (size_t)count);
    for (int i = 0; i < count; i++) {
        const xmlChar **a = attributes + (ptrdiff_t)i * 5; /* name, prefix, URI, value, end */

        if (!has_meaning(a[0], a[2]))
            continue;
        struct ca_xml_attr *attr = &node->attrs[node->attr_count++];
        attr->name = a[1] == NULL ? keep_name(p, a[0]) : keep_prefixed(p, a[1], a[0]);
        attr->value = keep_value(p, (const char *)a[3], (const char *)a[4]);
        check_length(p, node, (size_t)(p->pool - 1 - attr->value), "attribute ", attr->name);
    }
}

/* The limits that are looked at before anything of the element is kept. */
static bool within_limits(struct ca_xml_parser *p, const struct ca_xml_node *node,
                          const xmlChar *name, int attributes, int namespaces)
{
    if (p->depth >= p->limits->levels)
        fail_at(p, node->offset, CA_FAULT_LIMIT,
                "<%s> is nested deeper than %d levels, the limit of a %s", (const char *)name,
                p->limits->levels, p->limits->kind);
    else if (attributes > p->limits->attributes)
        fail_at(p, node->offset, CA_FAULT_LIMIT,
                "<%s> has %d attributes; the limit is %d attributes an element",
                (const char *)name, attributes, p->limits->attributes);
    else if (p->namespaces + namespaces > MAX_NAMESPACES)
        fail_at(p, node->offset, CA_FAULT_LIMIT,
                "more than %d namespaces are declared around <%s>", MAX_NAMESPACES,
                (const char *)name);
    else
        return true;
    stop(p);
    return false;
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted, const xmlChar **attributes)
{
    struct ca_xml_parser *p = user;

    (void)prefix, (void)namespaces, (void)defaulted;
    if (p->stopped)
        return;
    end_text(p);
    struct ca_xml_node *node = new_node(p);
    /* A '<' cannot occur within a start tag, so the last one begins it. */
    const char *start = memrchr(p->doc->bytes, '<', current_offset(p));
    node->offset = start != NULL ? (uint32_t)(start - p->doc->bytes) : 0;
    if (!within_limits(p, node, name, attribute_count, namespace_count))
        return;
    if (p->depth == 0) {
        p->root_ns = ns;
        p->doc->ns = ns != NULL ? ca_arena_strdup(p->arena, (const char *)ns) : "";
    }
    node->name = keep_name(p, name);
    node->foreign = ns != p->root_ns && !xmlStrEqual(ns, p->root_ns);
    link_node(p, node);
    p->depth++;
    p->levels[p->depth] = (struct level){node, namespace_count};
    p->namespaces += namespace_count;
    if (attribute_count > 0)
        take_attributes(p, node, attribute_count, attributes);
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *ns)
{
    struct ca_xml_parser *p = user;

    (void)name, (void)prefix, (void)ns;
    if (p->stopped)
        return;
    end_text(p);
    p->namespaces -= p->levels[p->depth].namespaces;
    p->depth--;
}

/* ---- the parser ---- */

static xmlParserCtxtPtr new_context(struct ca_xml_parser *p)
{
    xmlParserCtxtPtr ctxt = xmlNewParserCtxt();

    if (ctxt == NULL)
        ca_out_of_memory();
    memset(ctxt->sax, 0, sizeof *ctxt->sax);
    ctxt->sax->initialized = XML_SAX2_MAGIC;
    ctxt->sax->internalSubset = on_doctype;
    ctxt->sax->startElementNs = on_start;
    ctxt->sax->endElementNs = on_end;
    ctxt->sax->characters = on_text;
    ctxt->sax->ignorableWhitespace = on_text;
    ctxt->sax->cdataBlock = on_text;
    ctxt->sax->serror = on_error;
    ctxt->userData = p;
    return ctxt;
}

struct ca_xml_parser *ca_xml_parser_new(void)
{
    struct ca_xml_parser *p = ca_xcalloc(1, sizeof *p);

    p->ctxt = new_context(p);
    return p;
}

void ca_xml_parser_free(struct ca_xml_parser *parser)
{
    if (parser == NULL)
        return;
    xmlFreeParserCtxt(parser->ctxt);
    free(parser);
}

/*
 * A context that was stopped midway may remember namespaces of the document,
 * and one that met a great many names never forgets them: both are replaced.
 */
static void reset_context(struct ca_xml_parser *p)
{
    if (p->stopped || xmlDictGetUsage(p->ctxt->dict) > MAX_DICT_BYTES) {
        xmlFreeParserCtxt(p->ctxt);
        p->ctxt = new_context(p);
        memset(p->names, 0, sizeof p->names); /* the addresses mean nothing any more */
    } else {
        xmlCtxtReset(p->ctxt);
    }
}

/* What can be said before the parser starts; false if it need not. */
static bool check_bytes(struct ca_xml_parser *p, const struct ca_xml_decoded *decoded)
{
    const char *bytes = p->doc->bytes, *bad;
    size_t length = p->doc->length;

    if (decoded->fault != NULL)
        fail_at(p, decoded->fault_at, CA_FAULT_XML, "%s", decoded->fault);
    else if (length == 0)
        fail_at(p, 0, CA_FAULT_XML, "the file is empty; copy or save it again");
    else if ((bad = memchr(bytes, 0, length)) != NULL)
        fail_at(
            p, (size_t)(bad - bytes), CA_FAULT_XML,
            "a zero byte stands here: the file is damaged, or no text; copy or save it again");
    else if ((bad = ca_xml_find_wide_tag(bytes, length, p->limits->attributes)) != NULL)
        fail_at(p, (size_t)(bad - bytes), CA_FAULT_LIMIT,
                "an element has more than %d attributes; the limit is %d attributes an element",
                2 * p->limits->attributes, p->limits->attributes);
    return !p->stopped;
}

static void start_document(struct ca_xml_parser *p, struct ca_arena *arena,
                           const struct ca_xml_limits *limits, struct ca_diags *diags,
                           struct ca_xml_doc *doc)
{
    assert(limits->levels <= MAX_LEVELS);
    p->document++;
    p->arena = arena;
    p->limits = limits;
    p->diags = diags;
    p->doc = doc;
    p->root_ns = NULL;
    p->depth = p->namespaces = 0;
    p->levels[0] = (struct level){NULL, 0};
    p->nodes_left = p->attrs_left = 0;
    p->text = NULL;
    p->stopped = false;
    doc->root = NULL;
    doc->ns = "";
    doc->bytes = "";
    doc->length = 0;
    doc->marks = ca_xml_marks_new(arena);
}

static void run_parser(struct ca_xml_parser *p)
{
    xmlParserCtxtPtr ctxt = p->ctxt;
    xmlParserInputPtr input;

    xmlCtxtUseOptions(ctxt, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    input = xmlNewStringInputStream(ctxt, (const xmlChar *)p->doc->bytes);
    if (input == NULL || inputPush(ctxt, input) < 0)
        ca_out_of_memory();
    (void)xmlParseDocument(ctxt);
    if (!p->stopped && (!ctxt->wellFormed || !ctxt->nsWellFormed || ctxt->errNo != XML_ERR_OK))
        fail_at(p, 0, CA_FAULT_XML, "not well-formed XML (code %d)", ctxt->errNo);
}

bool ca_xml_parse(struct ca_xml_parser *parser, struct ca_arena *arena, const char *bytes,
                  size_t length, const struct ca_xml_limits *limits, struct ca_diags *diags,
                  struct ca_xml_doc *doc)
{
    struct ca_xml_parser *p = parser;
    struct ca_xml_doc local;
    struct ca_xml_decoded decoded;

    const char *kind;

    start_document(p, arena, limits, diags, &local);
    kind = ca_xml_other_kind(bytes, length);
    if (kind != NULL) {
        fail_at(p, 0, CA_FAULT_XML, "this is %s; what is needed here is a %s, an XML file",
                kind, limits->kind);
        return false;
    }
    if (length > limits->bytes) {
        fail_at(p, 0, CA_FAULT_LIMIT, "the %s has more than %zu bytes, the limit (%zu MiB)",
                limits->kind, limits->bytes, limits->bytes / (1024 * KIB));
        return false;
    }
    ca_xml_decode(arena, bytes, length, &decoded);
    local.bytes = decoded.bytes;
    local.length = decoded.length;
    if (!check_bytes(p, &decoded))
        return false;
    p->pool = ca_arena_text(arena, local.length);
    p->ampersands = memchr(local.bytes, '&', local.length) != NULL;
    run_parser(p);
    reset_context(p);
    if (p->stopped)
        return false;
    assert(local.root != NULL);
    *doc = local;
    return true;
}
