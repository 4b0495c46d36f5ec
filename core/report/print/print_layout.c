/* Words on paper: the text of elements as pango's markup, and its lines. */
#include <string.h>

#include "core/report/print/print_private.h"

#define FAMILY   "Arial, Liberation Sans, DejaVu Sans"
#define SOFT_INK "#505a5f"
enum { SOFT = 0x5555 };

/* ---- markup ---- */

struct gathering {
    struct ca_buffer *out;
    const struct ca_text_style *style;
    bool blank; /* a blank is owed before the next word */
    bool begun; /* something stands on this line */
};

static void end_line(struct gathering *g)
{
    if (g->begun)
        ca_buffer_puts(g->out, " \n"); /* the blank parts words for those who hear them */
    g->blank = g->begun = false;
}

/* A blank that is owed stands once, and never at the beginning of a line. */
static void begin_word(struct gathering *g)
{
    if (g->blank && g->begun)
        ca_buffer_putc(g->out, ' ');
    g->blank = false;
    g->begun = true;
}

static void put_character(struct gathering *g, char c)
{
    switch (c) {
    case '&': ca_buffer_puts(g->out, "&amp;"); break;
    case '<': ca_buffer_puts(g->out, "&lt;"); break;
    case '>': ca_buffer_puts(g->out, "&gt;"); break;
    default: ca_buffer_putc(g->out, c);
    }
}

static void gather_text(struct gathering *g, const char *text)
{
    for (; *text != '\0'; text++) {
        if (g->style->preserve && *text == '\n') {
            ca_buffer_putc(g->out, '\n');
        } else if (strchr(" \t\r\n", *text) != NULL) {
            g->blank = true;
        } else {
            begin_word(g);
            put_character(g, *text);
        }
    }
}

/* The colour of a key's square, as a square of that colour. */
static void gather_key(struct gathering *g, const xmlNode *svg)
{
    const xmlNode *square = ca_below(svg, "rect");
    const char *colour = square != NULL ? ca_attribute(square, "fill") : NULL;

    begin_word(g);
    if (colour != NULL)
        ca_buffer_printf(g->out, "<span foreground=\"%.7s\">\u25a0</span>\u00a0", colour);
}

static void gather(struct gathering *g, const xmlNode *first, const xmlNode *end);

static void gather_within(struct gathering *g, const xmlNode *node, const char *open,
                          const char *close)
{
    begin_word(g);
    ca_buffer_puts(g->out, open);
    g->blank = false;
    gather(g, node->children, NULL);
    ca_buffer_puts(g->out, close);
}

static bool has_line_of_its_own(const struct gathering *g, const xmlNode *node)
{
    return ca_is_element(node, "br") || ca_is_element(node, "div") ||
           ca_is_element(node, "p") || ca_is_element(node, "li") ||
           (g->style->lines && (ca_is_element(node, "b") || ca_is_element(node, "small") ||
                                ca_is_element(node, "span")));
}

static void gather_element(struct gathering *g, const xmlNode *node)
{
    if (has_line_of_its_own(g, node))
        end_line(g);
    if (ca_is_element(node, "svg")) {
        if (ca_has_class(node, "key"))
            gather_key(g, node);
    } else if (ca_is_element(node, "b") || ca_is_element(node, "strong") ||
               ca_has_class(node, "big")) {
        gather_within(g, node, "<b>", "</b>");
    } else if (ca_is_element(node, "small") || ca_has_class(node, "small")) {
        gather_within(g, node, "<span foreground=\"" SOFT_INK "\">", "</span>");
    } else {
        gather(g, node->children, NULL);
    }
}

static void gather(struct gathering *g, const xmlNode *first, const xmlNode *end)
{
    for (const xmlNode *node = first; node != end && node != NULL; node = node->next)
        if (node->type == XML_TEXT_NODE)
            gather_text(g, (const char *)node->content);
        else if (node->type == XML_ELEMENT_NODE)
            gather_element(g, node);
}

void ca_markup(struct ca_buffer *out, const xmlNode *first, const xmlNode *end,
               const struct ca_text_style *style)
{
    struct gathering g = {.out = out, .style = style};

    gather(&g, first, end);
}

/* ---- lines ---- */

/* Also sees to it that there is a list of attributes. */
static void set_ink(PangoLayout *layout, const struct ca_text_style *style)
{
    PangoAttrList *attributes = pango_layout_get_attributes(layout);

    attributes = attributes != NULL ? pango_attr_list_ref(attributes) : pango_attr_list_new();
    if (style->soft)
        pango_attr_list_insert_before(attributes, pango_attr_foreground_new(SOFT, SOFT, SOFT));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
}

/*
 * Blanks at which no line may break become plain ones at which none does. They have the
 * glyph of a blank, and cairo would mark them as what they are by a tag within the tag.
 */
static void keep_together(PangoLayout *layout)
{
    static const char no_break[] = "\u00a0";
    GString *text = g_string_new(pango_layout_get_text(layout));
    PangoAttrList *attributes = pango_layout_get_attributes(layout);

    for (char *at = text->str; (at = strstr(at, no_break)) != NULL; at++) {
        PangoAttribute *together = pango_attr_allow_breaks_new(FALSE);
        gssize place = at - text->str;
        g_string_erase(text, place, 1);
        *at = ' ';
        pango_attr_list_update(attributes, (int)place, 2, 1);
        together->start_index = (guint)place;
        together->end_index = (guint)(g_utf8_next_char(at + 1) - text->str);
        pango_attr_list_insert(attributes, together);
    }
    pango_layout_set_text(layout, text->str, (int)text->len);
    g_string_free(text, TRUE);
}

/* A blank at the end of a line takes no room: lines that end at the right would not. */
static void shrink(PangoLayout *layout, int at)
{
    PangoAttribute *narrow = pango_attr_scale_new(0.02);

    narrow->start_index = (guint)at;
    narrow->end_index = (guint)at + 1;
    pango_attr_list_change(pango_layout_get_attributes(layout), narrow);
}

/*
 * Puts line feeds where pango has broken lines. A blank at which pango breaks has no glyph,
 * and cairo marks it by a tag of its own, whose end readers of the tags take for that of the
 * paragraph. One before a line feed is drawn as any other. False if every line ended so
 * already; otherwise lines may have moved and are to be looked at again.
 */
static bool end_lines(PangoLayout *layout)
{
    GString *text = g_string_new(pango_layout_get_text(layout));
    PangoAttrList *attributes = pango_layout_get_attributes(layout);
    bool broken = false;

    for (int i = pango_layout_get_line_count(layout) - 2; i >= 0; i--) {
        const PangoLayoutLine *line = pango_layout_get_line_readonly(layout, i);
        int end = line->start_index + line->length;
        if (text->str[end] == '\n' || line->length == 0)
            continue;
        broken = true;
        g_string_insert_c(text, end, '\n');
        pango_attr_list_update(attributes, end, 0, 1);
    }
    for (const char *at = text->str; (at = strstr(at, " \n")) != NULL; at++)
        shrink(layout, (int)(at - text->str));
    pango_layout_set_text(layout, text->str, (int)text->len);
    g_string_free(text, TRUE);
    return broken;
}

PangoLayout *ca_layout_of(struct ca_paper *paper, const char *markup,
                          const struct ca_text_style *style, double width)
{
    PangoLayout *layout = pango_layout_new(paper->pango);
    PangoFontDescription *font = pango_font_description_from_string(FAMILY);

    pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
    if (style->bold)
        pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_markup(layout, markup, -1);
    set_ink(layout, style);
    keep_together(layout);
    pango_layout_set_width(layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout, 1.1F);
    if (style->right)
        pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
    while (end_lines(layout))
        continue;
    return layout;
}

double ca_layout_height(PangoLayout *layout)
{
    int height;

    pango_layout_get_size(layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

static void draw_line(struct ca_paper *paper, PangoLayoutLine *line, double x, double y)
{
    cairo_move_to(paper->cairo, x, y);
    pango_cairo_show_layout_line(paper->cairo, line);
}

double ca_layout_draw(struct ca_paper *paper, PangoLayout *layout, double x, double y,
                      double bottom, int *line)
{
    PangoLayoutIter *lines = pango_layout_get_iter(layout);
    double top = 0, used = 0;
    int number = 0;

    cairo_set_source_rgb(paper->cairo, paper->white, paper->white, paper->white);
    do {
        PangoRectangle box;
        double foot;

        if (number < *line)
            continue;
        pango_layout_iter_get_line_extents(lines, NULL, &box);
        if (number == *line)
            top = (double)box.y / PANGO_SCALE;
        foot = (double)(box.y + box.height) / PANGO_SCALE - top;
        if (used > 0 && y + foot > bottom)
            break;
        used = foot;
        if (!paper->measuring)
            draw_line(paper, pango_layout_iter_get_line_readonly(lines),
                      x + (double)box.x / PANGO_SCALE,
                      y - top + (double)pango_layout_iter_get_baseline(lines) / PANGO_SCALE);
    } while (++number && pango_layout_iter_next_line(lines));
    *line = number;
    pango_layout_iter_free(lines);
    return used;
}
