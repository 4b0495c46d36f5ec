/* A logo is a stranger's document that is to stand in our page: it is read, and only
 * shapes are written again. */
#include <string.h>

#include "core/model/xml.h"
#include "core/report/page/html.h"
#include "core/report/page/theme.h"

static const struct ca_xml_limits logo_limits = {
    .kind = "logo", .bytes = 32 * 1024, .levels = 32, .attributes = 64, .text_bytes = 4096};

static const char *const elements[] = {
    "svg",     "g",        "path",    "rect",           "circle",
    "ellipse", "line",     "polygon", "linearGradient", "radialGradient",
    "stop",    "polyline", "defs",    "clipPath"};

static const char *const attributes[] = {"viewBox",
                                         "d",
                                         "x",
                                         "y",
                                         "x1",
                                         "y1",
                                         "x2",
                                         "y2",
                                         "cx",
                                         "cy",
                                         "r",
                                         "rx",
                                         "ry",
                                         "fx",
                                         "fy",
                                         "width",
                                         "height",
                                         "points",
                                         "transform",
                                         "fill",
                                         "fill-rule",
                                         "clip-rule",
                                         "stroke",
                                         "stroke-width",
                                         "opacity",
                                         "offset",
                                         "stop-color",
                                         "stop-opacity",
                                         "fill-opacity",
                                         "clip-path",
                                         "id",
                                         "stroke-linecap",
                                         "stroke-linejoin",
                                         "gradientUnits",
                                         "gradientTransform",
                                         "stroke-miterlimit",
                                         "stroke-opacity",
                                         "clipPathUnits"};

static bool listed(const char *const *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], name) == 0)
            return true;
    return false;
}

#define LISTED(list, name) listed(list, sizeof(list) / sizeof *(list), name)

/* Letters, digits and the marks of numbers and colours; no quotes, colons, slashes,
 * backslashes: no address and no escape can be written with these. */
static bool plain_value(const char *value)
{
    return strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                         " \t\r\n.,+-%#()_") == strlen(value);
}

/* A function may stand in a value only if it fetches nothing, however it is spelt. */
static bool fetches(const char *value)
{
    static const char *const functions[] = {"matrix", "translate", "scale", "rotate", "skewX",
                                            "skewY",  "rgb",       "rgba",  "hsl",    "hsla"};
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    for (const char *at = value; (at = strchr(at, '(')) != NULL; at++) {
        const char *name = at;
        bool known = false;
        while (name > value && strchr(letters, name[-1]) != NULL)
            name--;
        for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
            known = known || (strlen(functions[i]) == (size_t)(at - name) &&
                              strncmp(functions[i], name, (size_t)(at - name)) == 0);
        if (!known)
            return true;
    }
    return false;
}

/* Is the whole of it url(#id)? */
static bool refers_within(const char *value)
{
    static const char before[] = "url(#";
    const size_t length = strlen(value);

    return strncmp(value, before, sizeof before - 1) == 0 && length > sizeof before &&
           strcspn(value, ") \t\r\n") == length - 1 && strrchr(value, '(') == value + 3;
}

/* A reference stays in the picture: url(#id), to an id that we write as logo-id. */
static void write_value(struct ca_buffer *out, const char *name, const char *value)
{
    if (strcmp(name, "id") == 0) {
        if (strchr(value, '(') == NULL)
            ca_html_printf(out, " id=\"logo-%s\"", value);
    } else if (refers_within(value))
        ca_html_printf(out, " %s=\"url(#logo-%s\"", name, value + 5);
    else if (!fetches(value))
        ca_html_printf(out, " %s=\"%s\"", name, value);
}

/* style="fill:#fff;stroke:none", as most drawing programs write it, as attributes. */
static void write_style(struct ca_buffer *out, const char *style)
{
    char name[64], value[128];

    while (*style != '\0') {
        size_t length = strcspn(style, ";"), colon = strcspn(style, ":");
        if (colon < length && colon < sizeof name && length - colon <= sizeof value) {
            const char *from = style + strspn(style, " \t\n");
            memcpy(name, from, (size_t)(style + colon - from));
            name[style + colon - from] = '\0';
            memcpy(value, style + colon + 1, length - colon - 1);
            value[length - colon - 1] = '\0';
            if (LISTED(attributes, name) && strcmp(name, "id") != 0 && plain_value(value))
                write_value(out, name, value);
        }
        style += length + (style[length] == ';');
    }
}

static void write_attributes(struct ca_buffer *out, const struct ca_xml_node *node, bool root)
{
    for (uint32_t i = 0; i < node->attr_count; i++) {
        const struct ca_xml_attr *attr = &node->attrs[i];
        if (strcmp(attr->name, "style") == 0)
            write_style(out, attr->value);
        if (!LISTED(attributes, attr->name) || !plain_value(attr->value))
            continue;
        /* The page decides how large the picture is. */
        if (root && (strcmp(attr->name, "width") == 0 || strcmp(attr->name, "height") == 0 ||
                     strcmp(attr->name, "viewBox") == 0 || strcmp(attr->name, "id") == 0))
            continue;
        write_value(out, attr->name, attr->value);
    }
}

static void write_children(struct ca_buffer *out, const struct ca_xml_node *node)
{
    for (const struct ca_xml_node *child = node->first; child != NULL; child = child->next) {
        if (child->foreign || !LISTED(elements, child->name) || strcmp(child->name, "svg") == 0)
            continue;
        ca_html_printf(out, "<%s", child->name);
        write_attributes(out, child, false);
        ca_buffer_putc(out, '>');
        write_children(out, child);
        ca_html_printf(out, "</%s>", child->name);
    }
}

/* The part of the plane that is shown: the picture's own, or that of its size. */
static bool write_view(struct ca_buffer *out, const struct ca_xml_node *root)
{
    const char *view = ca_xml_get(root, "viewBox"), *width = ca_xml_get(root, "width"),
               *height = ca_xml_get(root, "height");
    static const char digits[] = "0123456789.";

    if (view != NULL && strspn(view, "0123456789.,+-eE \t\r\n") == strlen(view))
        ca_html_printf(out, " viewBox=\"%s\"", view);
    else if (width != NULL && height != NULL && strspn(width, digits) > 0 &&
             strspn(height, digits) > 0)
        ca_buffer_printf(out, " viewBox=\"0 0 %.*s %.*s\"", (int)strspn(width, digits), width,
                         (int)strspn(height, digits), height);
    else
        return false;
    return true;
}

enum ca_code ca_logo_write(struct ca_buffer *out, const char *bytes, size_t length,
                           const char *label, struct ca_error *error)
{
    struct ca_arena *arena = ca_arena_new();
    struct ca_xml_parser *parser = ca_xml_parser_new();
    struct ca_buffer markup = {0};
    struct ca_xml_doc doc;
    struct ca_diags diags;
    enum ca_code code = CA_OK;

    ca_diags_init(&diags, arena);
    if (!ca_xml_parse(parser, arena, bytes, length, &logo_limits, &diags, &doc)) {
        code = ca_fail(error, CA_ERROR_DATA, "the logo cannot be read: %s",
                       diags.count > 0 ? diags.items[0].message : "it is no XML");
    } else if (strcmp(doc.root->name, "svg") != 0 ||
               strcmp(doc.ns, "http://www.w3.org/2000/svg") != 0) {
        code = ca_fail(error, CA_ERROR_DATA, "the logo is no SVG picture");
    } else {
        ca_html_printf(&markup, "<svg class=\"logo\" role=\"img\" aria-label=\"%s\"", label);
        if (!write_view(&markup, doc.root))
            code = ca_fail(error, CA_ERROR_DATA, "the logo has no viewBox and no size");
        write_attributes(&markup, doc.root, true);
        ca_buffer_putc(&markup, '>');
        write_children(&markup, doc.root);
        ca_buffer_puts(&markup, "</svg>");
    }
    if (code == CA_OK)
        ca_buffer_add(out, markup.data, markup.length);
    ca_buffer_free(&markup);
    ca_xml_parser_free(parser);
    ca_arena_free(arena);
    return code;
}
