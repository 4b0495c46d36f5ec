/* Trees made, copied, and written as documents. */
#include "core/model/xml_write.h"

#include <string.h>

#include "core/base/utf8.h"

struct ca_xml_node *ca_xml_add(struct ca_arena *arena, struct ca_xml_node *parent,
                               const char *name)
{
    struct ca_xml_node *node = CA_NEW(arena, struct ca_xml_node);

    node->name = name;
    node->parent = parent;
    if (parent != NULL && parent->last != NULL)
        parent->last->next = node;
    else if (parent != NULL)
        parent->first = node;
    if (parent != NULL)
        parent->last = node;
    return node;
}

void ca_xml_add_copy(struct ca_arena *arena, struct ca_xml_node *parent,
                     const struct ca_xml_node *node)
{
    struct ca_xml_node *copy = ca_xml_add(arena, parent, node->name);

    *copy = *node;
    copy->parent = parent;
    copy->next = NULL;
}

void ca_xml_set(struct ca_arena *arena, struct ca_xml_node *node, const char *name,
                const char *value)
{
    struct ca_xml_attr *attrs;

    for (uint32_t i = 0; i < node->attr_count; i++)
        if (strcmp(node->attrs[i].name, name) == 0) {
            node->attrs[i].value = value;
            return;
        }
    attrs = CA_ARRAY(arena, node->attr_count + 1, struct ca_xml_attr);
    if (node->attr_count > 0)
        memcpy(attrs, node->attrs, node->attr_count * sizeof *attrs);
    attrs[node->attr_count++] = (struct ca_xml_attr){name, value};
    node->attrs = attrs;
}

/* ---- writing ---- */

/* Documents are looked at in terminals, too: what steers one is a reference, which readers take
 * for the same. */
static void put_escaped(struct ca_buffer *out, const char *text, const char *special)
{
    size_t length;

    for (; *text != '\0'; text += length) {
        const uint32_t c = ca_utf8_next(text, &length);
        if (*text == '&' || *text == '<' || *text == '>')
            ca_buffer_puts(out, *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : "&gt;");
        else if ((length == 1 && strchr(special, *text) != NULL) ||
                 (c != '\n' && c != '\t' && ca_character_steers(c)))
            ca_buffer_printf(out, "&#%u;", (unsigned)c);
        else
            ca_buffer_add(out, text, length);
    }
}

static void put_element(struct ca_buffer *out, const char *ns, const struct ca_xml_node *node,
                        int level)
{
    ca_buffer_printf(out, "%*s<%s", 2 * level, "", node->name);
    if (ns != NULL)
        ca_buffer_printf(out, " xmlns=\"%s\"", ns);
    for (uint32_t i = 0; i < node->attr_count; i++) {
        ca_buffer_printf(out, " %s=\"", node->attrs[i].name);
        put_escaped(out, node->attrs[i].value, "\"\n\r\t");
        ca_buffer_putc(out, '"');
    }
    if (node->first == NULL && node->text == NULL) {
        ca_buffer_puts(out, "/>\n");
        return;
    }
    ca_buffer_putc(out, '>');
    if (node->text != NULL)
        put_escaped(out, node->text, "\r");
    if (node->first != NULL) {
        ca_buffer_putc(out, '\n');
        for (const struct ca_xml_node *child = node->first; child != NULL; child = child->next)
            put_element(out, NULL, child, level + 1);
        ca_buffer_printf(out, "%*s", 2 * level, "");
    }
    ca_buffer_printf(out, "</%s>\n", node->name);
}

void ca_xml_write(struct ca_buffer *out, const char *ns, const struct ca_xml_node *root)
{
    ca_buffer_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    put_element(out, ns, root, 0);
}
