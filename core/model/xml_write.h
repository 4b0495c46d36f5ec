#ifndef CA_MODEL_XML_WRITE_H
#define CA_MODEL_XML_WRITE_H

#include "core/base/buffer.h"
#include "core/model/xml.h"

/* Trees made or taken apart, and written as documents. */

/* A new element behind the children of parent (NULL: a root). name is borrowed. */
struct ca_xml_node *ca_xml_add(struct ca_arena *arena, struct ca_xml_node *parent,
                               const char *name);
/* Moves a copy of node (its children come along) behind the children of parent. */
void ca_xml_add_copy(struct ca_arena *arena, struct ca_xml_node *parent,
                     const struct ca_xml_node *node);
/* Sets an attribute, in the place it has or behind the others; value is borrowed. */
void ca_xml_set(struct ca_arena *arena, struct ca_xml_node *node, const char *name,
                const char *value);

/* A whole document in UTF-8, indented; texts stand as they are, without added space. */
void ca_xml_write(struct ca_buffer *out, const char *ns, const struct ca_xml_node *root);

#endif
