/* Charts and logos: pieces of SVG out of the page, drawn by librsvg. */
#include <librsvg/rsvg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/report/print/print_private.h"

/* What the page's own style paper says of charts on paper. */
static const char style[] =
    ".n{display:none}.halo{stroke:#fff;stroke-width:5px;paint-order:stroke}";

/* HTML knows no capitals in names; these of SVG have some. */
static const char *const capitals[] = {"viewBox",       "gradientUnits",  "gradientTransform",
                                       "clipPathUnits", "linearGradient", "radialGradient",
                                       "clipPath"};

static const char *spelled(const char *name)
{
    for (size_t i = 0; i < sizeof capitals / sizeof *capitals; i++)
        if (strcasecmp(name, capitals[i]) == 0)
            return capitals[i];
    return name;
}

static void spell(xmlNode *node)
{
    if (node->type != XML_ELEMENT_NODE)
        return;
    xmlNodeSetName(node, BAD_CAST spelled((const char *)node->name));
    for (xmlAttr *attribute = node->properties; attribute != NULL; attribute = attribute->next)
        xmlNodeSetName((xmlNode *)attribute, BAD_CAST spelled((const char *)attribute->name));
    for (xmlNode *child = node->children; child != NULL; child = child->next)
        spell(child);
}

static RsvgHandle *read_svg(xmlNode *svg)
{
    xmlBuffer *text = xmlBufferCreate();
    RsvgHandle *handle;

    spell(svg);
    if (ca_attribute(svg, "xmlns") == NULL)
        xmlNewProp(svg, BAD_CAST "xmlns", BAD_CAST "http://www.w3.org/2000/svg");
    xmlNodeDump(text, svg->doc, svg, 0, 0);
    handle =
        rsvg_handle_new_from_data(xmlBufferContent(text), (gsize)xmlBufferLength(text), NULL);
    xmlBufferFree(text);
    if (handle != NULL)
        rsvg_handle_set_stylesheet(handle, (const guint8 *)style, sizeof style - 1, NULL);
    return handle;
}

double ca_svg_height(const xmlNode *svg)
{
    const char *height = ca_attribute(svg, "height");

    return height != NULL ? strtod(height, NULL) * CA_PIXEL : 0;
}

double ca_svg_shape(const xmlNode *svg)
{
    const char *small = ca_attribute(svg, "viewbox"), /* until it is spelled as in SVG */
        *view = small != NULL ? small : ca_attribute(svg, "viewBox");
    double x, y, width, height;

    return view != NULL && sscanf(view, "%lf %lf %lf %lf", &x, &y, &width, &height) == 4 &&
                   width > 0 && height > 0
               ? width / height
               : 1;
}

void ca_print_svg(struct ca_paper *paper, xmlNode *svg, double x, double y, double width,
                  double height)
{
    RsvgRectangle place = {0, 0, width / CA_PIXEL, height / CA_PIXEL};
    RsvgHandle *handle;

    if (paper->measuring || cairo_status(paper->cairo) != CAIRO_STATUS_SUCCESS)
        return;
    handle = read_svg(svg);
    if (handle == NULL)
        return;
    cairo_save(paper->cairo);
    cairo_translate(paper->cairo, x, y);
    cairo_scale(paper->cairo, CA_PIXEL, CA_PIXEL);
    rsvg_handle_render_document(handle, paper->cairo, &place, NULL);
    cairo_restore(paper->cairo);
    g_object_unref(handle);
}
