#ifndef CA_MODEL_XML_H
#define CA_MODEL_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/diag.h"

/*
 * Documents as light trees in an arena, built from libxml2's SAX2 events by
 * a parser that is kept and reused. Nothing of libxml2 shows outside xml.c.
 */

struct ca_xml_attr {
    const char *name;  /* local name; attributes in any namespace keep "prefix:name" */
    const char *value; /* white space at both ends trimmed */
};

/* Without meaning, and so left out: xml:*, xsi:schemaLocation and
 * xsi:noNamespaceSchemaLocation, namespace declarations. */
struct ca_xml_node {
    const char *name; /* local name */
    bool foreign;     /* not in the namespace of the root element's grammar */
    uint32_t offset;  /* of its '<' in the document, for ca_xml_position */
    uint32_t code;    /* element code given by the grammar; 0: unknown, to be skipped */
    uint32_t attr_count;
    struct ca_xml_attr *attrs;
    const char *text; /* trimmed; NULL if blank or absent. Of text on both sides of
                       * a child element only the first piece is kept */
    struct ca_xml_node *parent, *first, *last, *next;
};

struct ca_xml_marks; /* what ca_xml_position remembers */

struct ca_xml_doc {
    struct ca_xml_node *root;
    const char *ns;    /* namespace of the root element, "" without one */
    const char *bytes; /* as UTF-8, without a byte order mark, terminated */
    size_t length;
    struct ca_xml_marks *marks;
};

/* The limits of one kind of document. */
struct ca_xml_limits {
    const char *kind; /* "return", "template": for messages */
    size_t bytes;
    int levels;
    int attributes;
    size_t text_bytes;
};

extern const struct ca_xml_limits ca_xml_return_limits;
extern const struct ca_xml_limits ca_xml_template_limits;

struct ca_xml_parser;
struct ca_xml_parser *ca_xml_parser_new(void);
void ca_xml_parser_free(struct ca_xml_parser *parser);

/*
 * Parses bytes into doc, in arena. False when there is no tree to look at
 * (not well-formed, DOCTYPE, too many bytes, levels or attributes: each with
 * an error in diags). A text that is too long is an error in diags too, but
 * leaves a tree to look at. The document keeps nothing of bytes, limits or
 * parser.
 */
bool ca_xml_parse(struct ca_xml_parser *parser, struct ca_arena *arena, const char *bytes,
                  size_t length, const struct ca_xml_limits *limits, struct ca_diags *diags,
                  struct ca_xml_doc *doc);

/* Most names are the same string, and most others differ in their first letter. */
static inline bool ca_same_name(const char *a, const char *b)
{
    return a == b || (*a == *b && strcmp(a, b) == 0);
}

/* NULL when the attribute is absent. */
const char *ca_xml_get(const struct ca_xml_node *node, const char *name);

/* First child, or next sibling, with that element code; NULL at the end. */
const struct ca_xml_node *ca_xml_child(const struct ca_xml_node *node, uint32_t code);
const struct ca_xml_node *ca_xml_next(const struct ca_xml_node *node, uint32_t code);

/* Line and column (in characters) from 1 of a byte of the document. */
void ca_xml_position(const struct ca_xml_doc *doc, uint32_t offset, int *line, int *column);

/* A diagnostic at node (NULL: 1:1, the whole file). */
void ca_xml_report(const struct ca_xml_doc *doc, const struct ca_xml_node *node,
                   struct ca_diags *diags, enum ca_severity severity, enum ca_fault fault,
                   const char *format, ...) __attribute__((format(printf, 6, 7)));

#endif
