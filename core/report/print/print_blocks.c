/* The elements of a page on paper: which space, size and tag each has. */
#include <cairo-pdf.h>
#include <string.h>

#include "core/report/print/print_private.h"

static double measure(struct ca_paper *paper, const xmlNode *node,
                      struct ca_column_of_page place);
static double measure_children(struct ca_paper *paper, const xmlNode *parent,
                               struct ca_column_of_page place);

/* ---- what each element looks like ---- */

enum kind {
    TEXT,
    HEADS, /* text that stays with what follows */
    GROUP, /* holds other elements */
    WHOLE, /* the same, not broken over pages if it fits on one */
};

struct block {
    const char *element;
    const char *class; /* NULL: any */
    const char *tag;
    enum kind kind;
    double above, below;
    struct ca_text_style text;
};

/* The first that fits. */
static const struct block blocks[] = {
    {"h1", NULL, "H1", HEADS, 0, 4, {.size = 20, .bold = true}},
    {"h2", NULL, "H2", HEADS, 16, 5, {.size = 14, .bold = true}},
    {"h3", NULL, "H3", HEADS, 12, 4, {.size = 11.5, .bold = true}},
    {"h4", NULL, "H4", HEADS, 10, 2, {.size = 10.5, .bold = true}},
    {"h5", NULL, "H5", HEADS, 6, 1, {.size = 10, .bold = true}},
    {"figcaption", NULL, "P", HEADS, 6, 3, {.size = 11.5, .bold = true}},
    {"summary", NULL, "P", HEADS, 6, 3, {.size = 10, .bold = true}},
    {"p", "note", "P", HEADS, 0, 3, {.size = 9, .soft = true}},
    {"p", "keys", "P", HEADS, 0, 4, {.size = 9}},
    {"p", "org", "P", HEADS, 0, 3, {.size = 10, .bold = true}},
    {"p", "verdict", "P", TEXT, 2, 8, {.size = 20, .bold = true}},
    {"p", "break", "P", HEADS, 8, 3, {.size = 10, .bold = true}},
    {"p", NULL, "P", TEXT, 0, 5, {.size = 10}},
    {"pre", NULL, "P", TEXT, 4, 6, {.size = 9, .preserve = true}},
    {"dt", NULL, "P", HEADS, 2, 0, {.size = 10, .bold = true}},
    {"dd", NULL, "P", TEXT, 0, 4, {.size = 10}},
    {"footer", NULL, "P", TEXT, 16, 0, {.size = 9, .soft = true}},
    {"figure", NULL, "Sect", WHOLE, 4, 8, {.size = 10}},
    {"section", NULL, "Sect", GROUP, 0, 0, {.size = 10}},
    {"article", NULL, "Sect", GROUP, 0, 0, {.size = 10}},
    {"ul", NULL, "L", GROUP, 0, 6, {.size = 10}},
    {"ol", NULL, "L", GROUP, 0, 6, {.size = 10}},
};

static const struct block *block_of(const xmlNode *node)
{
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (ca_is_element(node, blocks[i].element) &&
            (blocks[i].class == NULL || ca_has_class(node, blocks[i].class)))
            return &blocks[i];
    return NULL;
}

/* Serves the screen alone. */
static bool is_left_out(const xmlNode *node)
{
    static const char *const elements[] = {"nav", "style", "script", "input", "button"};

    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (ca_is_element(node, elements[i]))
            return true;
    return node->type != XML_ELEMENT_NODE && node->type != XML_TEXT_NODE
               ? true
               : ca_has_class(node, "skip") || ca_has_class(node, "see") ||
                     ca_has_class(node, "fold");
}

static bool is_block(const xmlNode *node)
{
    static const char *const elements[] = {"div", "header", "main",    "table",
                                           "dl",  "li",     "details", "blockquote"};

    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
        if (ca_is_element(node, elements[i]))
            return true;
    return block_of(node) != NULL || (ca_is_element(node, "svg") && !ca_has_class(node, "key"));
}

/* ---- paragraphs ---- */

static void bookmark(struct ca_paper *paper, const xmlNode *heading)
{
    char target[64];
    xmlChar *title;

    if (paper->measuring || !ca_is_element(heading, "h2"))
        return;
    title = xmlNodeGetContent(heading);
    g_snprintf(target, sizeof target, "page=%d pos=[0 %d]", paper->page, (int)paper->y);
    cairo_pdf_surface_add_outline(paper->surface, CAIRO_PDF_OUTLINE_ROOT, (const char *)title,
                                  target, 0);
    xmlFree(title);
}

/* The nodes from first to end as one paragraph, or nothing. */
static void print_text(struct ca_paper *paper, const xmlNode *first, const xmlNode *end,
                       const char *tag, const struct ca_text_style *style,
                       struct ca_column_of_page place)
{
    struct ca_buffer markup = {0};

    ca_markup(&markup, first, end, style);
    if (markup.length > 0)
        ca_paragraph(paper, tag, markup.data, style, place);
    ca_buffer_free(&markup);
}

/* ---- groups with a look of their own ---- */

/* "•", or in a numbered list "2." */
static const char *mark_of(const xmlNode *item, char text[16])
{
    int number = 1;

    if (!ca_is_element(item->parent, "ol"))
        return "\u2022";
    for (const xmlNode *before = item->prev; before != NULL; before = before->prev)
        number += ca_is_element(before, "li");
    g_snprintf(text, 16, "%d.", number);
    return text;
}

/* The brief has a page to itself, and so larger print. */
static bool is_in_brief(const xmlNode *node)
{
    while (node != NULL && !ca_has_class(node, "brief"))
        node = node->parent;
    return node != NULL;
}

static void print_item(struct ca_paper *paper, const xmlNode *item,
                       struct ca_column_of_page place)
{
    const struct ca_text_style style = {.size = is_in_brief(item) ? 12 : 10};
    enum { INDENT = 14 };

    ca_paper_space(paper, 0);
    ca_paper_tag(paper, "LI");
    ca_paper_need(paper, 2.4 * style.size);
    if (!paper->measuring) {
        char text[16];
        PangoLayout *mark = ca_layout_of(paper, mark_of(item, text), &style, -1);
        int line = 0;
        ca_paper_tag(paper, "Lbl");
        ca_layout_draw(paper, mark, place.x + 2, paper->y, ca_paper_bottom(paper), &line);
        ca_paper_untag(paper, "Lbl");
        g_object_unref(mark);
    }
    place.x += INDENT;
    place.width -= INDENT;
    print_text(paper, item->children, NULL, "LBody", &style, place);
    ca_paper_untag(paper, "LI");
    paper->gap = 2;
}

/* The title on its coloured ground. */
static void print_band(struct ca_paper *paper, const xmlNode *band,
                       struct ca_column_of_page place)
{
    enum { INSIDE = 11, RULE = 5 };
    struct ca_column_of_page inner = {place.x + INSIDE, place.width - 2 * INSIDE};
    double height = 2 * INSIDE, top = paper->y;

    for (const xmlNode *child = band->children; child != NULL; child = child->next)
        height += measure(paper, child, inner);
    ca_paper_fill(paper, paper->theme->colour, place.x, top, place.width, height);
    ca_paper_fill(paper, paper->theme->accent, place.x, top + height, place.width, RULE);
    paper->y += INSIDE;
    paper->white = true;
    ca_print_children(paper, band, inner);
    paper->white = false;
    paper->y = top + height + RULE;
    paper->gap = 10;
}

/* In a frame: children of a danger to somebody. */
static void print_alert(struct ca_paper *paper, const xmlNode *alert,
                        struct ca_column_of_page place)
{
    enum { INSIDE = 9, RULE = 2 };
    static const char colour[] = "#b3261e";
    struct ca_column_of_page inner = {place.x + INSIDE + RULE,
                                      place.width - 2 * (INSIDE + RULE)};
    double height = 2 * (INSIDE + RULE) + measure_children(paper, alert, inner), top;

    ca_paper_space(paper, 4);
    ca_paper_need(paper, height);
    top = paper->y;
    ca_paper_fill(paper, colour, place.x, top, place.width, RULE);
    ca_paper_fill(paper, colour, place.x, top + height - RULE, place.width, RULE);
    ca_paper_fill(paper, colour, place.x, top, RULE, height);
    ca_paper_fill(paper, colour, place.x + place.width - RULE, top, RULE, height);
    paper->y += INSIDE + RULE;
    paper->flush = true;
    ca_print_children(paper, alert, inner);
    paper->y = top + height;
    paper->gap = 10;
}

static xmlNode *element_from(xmlNode *node)
{
    while (node != NULL && node->type != XML_ELEMENT_NODE)
        node = node->next;
    return node;
}

/* Two and two beside each other, the next two below the longer of these. */
static void print_two(struct ca_paper *paper, const xmlNode *two,
                      struct ca_column_of_page place)
{
    enum { BETWEEN = 24 };
    struct ca_column_of_page column = {place.x, (place.width - BETWEEN) / 2};

    for (xmlNode *left = element_from(two->children); left != NULL;) {
        xmlNode *right = element_from(left->next);
        double top, low, gap, height = measure(paper, left, column);
        if (right != NULL && measure(paper, right, column) > height)
            height = measure(paper, right, column);
        ca_paper_need(paper, height);
        top = paper->y;
        gap = paper->gap;
        ca_print_children(paper, left, column);
        low = paper->y;
        paper->y = top;
        paper->gap = gap;
        if (right != NULL)
            ca_print_children(
                paper, right,
                (struct ca_column_of_page){column.x + column.width + BETWEEN, column.width});
        paper->y = paper->y > low ? paper->y : low;
        paper->gap = 8;
        left = right != NULL ? element_from(right->next) : NULL;
    }
}

/* A row of headline figures; each is a box with a name, a figure and what it means. */
static void print_tile(struct ca_paper *paper, const xmlNode *tile,
                       struct ca_column_of_page place, double height)
{
    static const struct ca_text_style name = {.size = 9, .bold = true},
                                      figure = {.size = 17, .lines = true},
                                      words = {.size = 11, .lines = true}, small = {.size = 9};
    enum { INSIDE = 6, RULE = 3 };
    struct ca_column_of_page inner = {place.x + INSIDE, place.width - 2 * INSIDE};
    const xmlNode *dt = ca_below(tile, "dt"), *dd = ca_below(tile, "dd");

    ca_paper_fill(paper, "#f3f4f5", place.x, paper->y, place.width, height);
    ca_paper_fill(paper, paper->theme->accent, place.x, paper->y, place.width, RULE);
    ca_paper_tag(paper, "Div");
    paper->y += RULE + 4;
    if (dt != NULL)
        print_text(paper, dt->children, NULL, "P", &name, inner);
    for (const xmlNode *part = dd != NULL ? dd->children : NULL; part != NULL;
         part = part->next)
        print_text(paper, part, part->next, "P",
                   ca_has_class(part, "words") ? &words
                   : ca_has_class(part, "big") ? &figure
                                               : &small,
                   inner);
    paper->y += INSIDE;
    ca_paper_untag(paper, "Div");
}

/* As high as the highest of the row. */
static double row_of_tiles(struct ca_paper *paper, const xmlNode *first, size_t count,
                           double width, double height)
{
    enum { GAP = 8 };
    double top = paper->y, highest = 0;
    struct ca_column_of_page place = {ca_paper_column(paper).x, width - GAP};

    for (const xmlNode *tile = first; tile != NULL && count > 0; tile = tile->next) {
        if (!ca_has_class(tile, "tile"))
            continue;
        print_tile(paper, tile, place, height);
        highest = paper->y - top > highest ? paper->y - top : highest;
        paper->y = top;
        place.x += width;
        count--;
    }
    return highest;
}

static void print_tiles(struct ca_paper *paper, const xmlNode *tiles,
                        struct ca_column_of_page place)
{
    enum { MOST = 5 };
    bool measuring = paper->measuring;
    size_t count = 0, across, rows;
    const xmlNode *tile = tiles->children;

    for (const xmlNode *child = tile; child != NULL; child = child->next)
        count += ca_has_class(child, "tile");
    rows = (count + MOST - 1) / MOST;
    across = rows > 0 ? (count + rows - 1) / rows : 0;
    while (count > 0) {
        size_t here = count < across ? count : across;
        double height, width = (place.width + 8) / (double)across;

        ca_paper_space(paper, 8);
        paper->measuring = true;
        height = row_of_tiles(paper, tile, here, width, 0);
        paper->measuring = measuring;
        ca_paper_need(paper, height);
        row_of_tiles(paper, tile, here, width, height);
        paper->y += height;
        paper->gap = 8;
        for (count -= here; here > 0 && tile != NULL; tile = tile->next)
            here -= ca_has_class(tile, "tile");
    }
}

/* A chart with its words at its left. */
static void print_bar(struct ca_paper *paper, const xmlNode *bar,
                      struct ca_column_of_page place)
{
    static const struct ca_text_style words = {.size = 9, .lines = true};
    enum { BESIDE = 130 };
    xmlNode *svg = ca_below(bar, "svg"), *text = ca_below(bar, "p");
    bool note = text != NULL && ca_has_class(text, "note");
    struct ca_column_of_page left = {place.x, BESIDE - 6};
    double top, low, chart = svg != NULL ? ca_svg_height(svg) : 0;

    if (note || svg == NULL) {
        ca_print_children(paper, bar, place);
        return;
    }
    ca_paper_space(paper, 4);
    top = low = paper->y;
    if (text != NULL) {
        print_text(paper, text->children, NULL, "P", &words, left);
        low = paper->y;
        paper->y = top;
    }
    if (ca_below(bar, "div") != NULL && ca_has_class(ca_below(bar, "div"), "c")) {
        place.x += BESIDE;
        place.width -= BESIDE;
    }
    ca_print_children(paper, ca_below(bar, "div") != NULL ? ca_below(bar, "div") : bar, place);
    paper->y = top + chart > low ? top + chart : low;
    paper->gap = 4;
}

/* A logo is made for white, whatever colour the title's ground has. */
static void print_logo(struct ca_paper *paper, xmlNode *svg, struct ca_column_of_page place)
{
    enum { HEIGHT = 34, INSIDE = 4 };
    const char *alternative = ca_attribute(svg, "aria-label");
    double width = HEIGHT * ca_svg_shape(svg);

    if (width > place.width - 2 * INSIDE)
        width = place.width - 2 * INSIDE;
    ca_paper_space(paper, 0);
    ca_paper_fill(paper, "#ffffff", place.x, paper->y, width + 2 * INSIDE, HEIGHT + 2 * INSIDE);
    if (alternative != NULL)
        ca_paper_tag_figure(paper, alternative);
    ca_print_svg(paper, svg, place.x + INSIDE, paper->y + INSIDE, width, HEIGHT);
    if (alternative != NULL)
        ca_paper_untag(paper, "Figure");
    paper->y += HEIGHT + 2 * INSIDE;
    paper->gap = 6;
}

static void print_chart(struct ca_paper *paper, xmlNode *svg, struct ca_column_of_page place)
{
    const char *alternative = ca_attribute(svg, "aria-label");
    double height = ca_svg_height(svg);

    ca_paper_space(paper, 0);
    ca_paper_need(paper, height);
    if (alternative != NULL)
        ca_paper_tag_figure(paper, alternative);
    ca_print_svg(paper, svg, place.x, paper->y, place.width, height);
    if (alternative != NULL)
        ca_paper_untag(paper, "Figure");
    paper->y += height;
    paper->gap = 2;
}

/* ---- any element ---- */

static void print_group(struct ca_paper *paper, const xmlNode *node, const struct block *block,
                        struct ca_column_of_page place)
{
    if (block->kind == WHOLE && !paper->measuring)
        ca_paper_need(paper, measure(paper, node, place));
    ca_paper_tag(paper, block->tag);
    ca_print_children(paper, node, place);
    ca_paper_untag(paper, block->tag);
    if (ca_has_class(node, "brief") && !paper->measuring && element_from(node->next) != NULL &&
        !ca_is_element(element_from(node->next), "footer"))
        ca_paper_turn(paper, false);
}

/* What must stand on the page of the thing before: a figure whole, else its beginning. */
static double least(struct ca_paper *paper, const xmlNode *node, struct ca_column_of_page place)
{
    enum { BEGINNING = 90 };
    const struct block *block = block_of(node);
    double height = measure(paper, node, place);

    return (block != NULL && (block->kind == WHOLE || block->kind == HEADS)) ||
                   height < BEGINNING
               ? height
               : BEGINNING;
}

/* Room for a heading and for the beginning of what it heads. */
static void keep_with_next(struct ca_paper *paper, const xmlNode *heading,
                           struct ca_column_of_page place)
{
    const xmlNode *node = heading;
    double height = 0;

    for (bool heads = true; heads && node != NULL; node = node->next) {
        const struct block *block = block_of(node);
        if (node->type != XML_ELEMENT_NODE || is_left_out(node))
            continue;
        heads = block != NULL && block->kind == HEADS;
        height += least(paper, node, place);
    }
    ca_paper_need(paper, height);
}

static void print_block(struct ca_paper *paper, const xmlNode *node, const struct block *block,
                        struct ca_column_of_page place)
{
    ca_paper_space(paper, block->above);
    if (block->kind >= GROUP) {
        print_group(paper, node, block, place);
    } else {
        if (block->kind == HEADS && !paper->measuring)
            keep_with_next(paper, node, place);
        bookmark(paper, node);
        print_text(paper, node->children, NULL, block->tag, &block->text, place);
    }
    paper->gap = block->below > paper->gap ? block->below : paper->gap;
}

static void print_element(struct ca_paper *paper, xmlNode *node, struct ca_column_of_page place)
{
    const struct block *block = block_of(node);

    if (ca_has_class(node, "annex") && !paper->measuring)
        ca_paper_turn(paper, false);
    if (ca_is_element(node, "header"))
        print_band(paper, node, place);
    else if (ca_is_element(node, "li"))
        print_item(paper, node, place);
    else if (ca_is_element(node, "table"))
        ca_print_table(paper, node, place);
    else if (ca_has_class(node, "logo"))
        print_logo(paper, node, place);
    else if (ca_has_class(node, "now"))
        print_alert(paper, node, place);
    else if (ca_has_class(node, "two"))
        print_two(paper, node, place);
    else if (ca_is_element(node, "svg"))
        print_chart(paper, node, place);
    else if (ca_has_class(node, "tiles"))
        print_tiles(paper, node, place);
    else if (ca_has_class(node, "bar"))
        print_bar(paper, node, place);
    else if (block != NULL)
        print_block(paper, node, block, place);
    else
        ca_print_children(paper, node, place);
}

void ca_print_children(struct ca_paper *paper, const xmlNode *parent,
                       struct ca_column_of_page place)
{
    static const struct ca_text_style style = {.size = 10};

    for (xmlNode *node = parent->children; node != NULL;) {
        xmlNode *end = node;
        if (is_left_out(node)) {
            node = node->next;
        } else if (is_block(node)) {
            print_element(paper, node, place);
            node = node->next;
        } else { /* words that stand between blocks */
            while (end != NULL && !is_block(end) && !is_left_out(end))
                end = end->next;
            print_text(paper, node, end, "P", &style, place);
            node = end;
        }
    }
}

static double measure(struct ca_paper *paper, const xmlNode *node,
                      struct ca_column_of_page place)
{
    struct ca_paper before = *paper;
    double height;

    if (is_left_out(node) || node->type != XML_ELEMENT_NODE)
        return 0;
    paper->measuring = true;
    paper->y = paper->gap = 0;
    print_element(paper, (xmlNode *)node, place);
    height = paper->y + paper->gap;
    *paper = before;
    return height;
}

/* Without space above the first and below the last. */
static double measure_children(struct ca_paper *paper, const xmlNode *parent,
                               struct ca_column_of_page place)
{
    struct ca_paper before = *paper;
    double height;

    paper->measuring = true;
    paper->y = paper->gap = 0;
    paper->flush = true;
    ca_print_children(paper, parent, place);
    height = paper->y;
    *paper = before;
    return height;
}
