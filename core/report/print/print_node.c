/* What stands in the page: elements, classes, attributes. */
#include <string.h>

#include "core/report/print/print_private.h"

bool ca_is_element(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

const char *ca_attribute(const xmlNode *node, const char *name)
{
    const xmlAttr *attribute =
        node->type == XML_ELEMENT_NODE ? xmlHasProp(node, BAD_CAST name) : NULL;

    return attribute != NULL && attribute->children != NULL
               ? (const char *)attribute->children->content
               : NULL;
}

bool ca_has_class(const xmlNode *node, const char *class)
{
    const char *classes = ca_attribute(node, "class");
    size_t length = strlen(class);

    for (const char *at = classes; at != NULL; at = strchr(at, ' ')) {
        at += strspn(at, " ");
        if (strncmp(at, class, length) == 0 && strchr(" ", at[length]) != NULL)
            return true;
    }
    return false;
}

xmlNode *ca_below(const xmlNode *node, const char *name)
{
    for (xmlNode *child = node->children; child != NULL; child = child->next) {
        xmlNode *found = ca_is_element(child, name) ? child : ca_below(child, name);
        if (found != NULL)
            return found;
    }
    return NULL;
}
