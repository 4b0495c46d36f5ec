/* Tables: widths of columns, rows over pages, the head again on each of them. */
#include <stdlib.h>

#include "core/report/print/print_private.h"

enum { PAD_X = 4, PAD_Y = 2, SPARK = 60 };

static const struct ca_text_style cell_style = {.size = 9};

struct table {
    const xmlNode *node;
    const xmlNode *head; /* its row; NULL without one */
    size_t columns;
    /* Widths of columns, with the space around words: of the longest word, of that or the
     * longest short cell, of the longest line; and those chosen. */
    double *least, *easy, *most, *widths;
    bool stacked; /* per cents and intervals below the counts */
    struct ca_column_of_page place;
};

/* ---- rows and cells ---- */

static bool is_cell(const xmlNode *node)
{
    return ca_is_element(node, "td") || ca_is_element(node, "th");
}

static const xmlNode *next_cell(const xmlNode *node)
{
    while (node != NULL && !is_cell(node))
        node = node->next;
    return node;
}

static const xmlNode *first_row(const xmlNode *table, const char *part)
{
    const xmlNode *group = ca_below(table, part);

    return group != NULL ? ca_below(group, "tr") : NULL;
}

static const xmlNode *next_row(const xmlNode *row)
{
    do
        row = row->next;
    while (row != NULL && !ca_is_element(row, "tr"));
    return row;
}

static size_t count_cells(const xmlNode *row)
{
    size_t count = 0;

    for (const xmlNode *cell = next_cell(row->children); cell != NULL;
         cell = next_cell(cell->next))
        count++;
    return count;
}

static bool heads_row(const xmlNode *cell)
{
    const char *scope = ca_attribute(cell, "scope");

    return ca_is_element(cell, "th") && (scope == NULL || scope[0] == 'r');
}

static struct ca_text_style style_of(const struct table *t, const xmlNode *cell)
{
    struct ca_text_style style = cell_style;

    style.bold = ca_is_element(cell, "th") && !ca_has_class(cell, "again") &&
                 (!heads_row(cell) || cell == next_cell(cell->parent->children));
    style.soft = ca_has_class(cell, "again");
    style.right = !ca_has_class(cell, "t") && !heads_row(cell);
    style.lines = t->stacked && ca_is_element(cell, "td");
    return style;
}

static PangoLayout *layout_of(struct ca_paper *paper, const struct table *t,
                              const xmlNode *cell, double width)
{
    struct ca_text_style style = style_of(t, cell);
    struct ca_buffer markup = {0};
    PangoLayout *layout;

    ca_markup(&markup, cell->children, NULL, &style);
    layout = ca_layout_of(paper, markup.data != NULL ? markup.data : "", &style, width);
    ca_buffer_free(&markup);
    return layout;
}

/* ---- widths ---- */

static double natural_width(PangoLayout *layout)
{
    int width;

    pango_layout_get_size(layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}

static void widen(double *width, double needed)
{
    if (needed > *width)
        *width = needed;
}

static void measure_cell(struct ca_paper *paper, struct table *t, const xmlNode *cell, size_t c)
{
    enum { SHORT = 14 }; /* characters that are better not broken into lines: "2023-24 Q1" */
    PangoLayout *layout = layout_of(paper, t, cell, -1);
    bool is_short = pango_layout_get_character_count(layout) <= SHORT;
    double whole = natural_width(layout) + 2 * PAD_X + 1, word;

    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_width(layout, 0);
    word = natural_width(layout) + 2 * PAD_X + 1;
    widen(&t->most[c], whole);
    widen(&t->least[c], word);
    widen(&t->easy[c], is_short ? whole : word);
    if (ca_below(cell, "svg") != NULL) {
        widen(&t->least[c], SPARK);
        widen(&t->easy[c], SPARK);
        widen(&t->most[c], 2 * SPARK);
    }
    g_object_unref(layout);
}

static void measure_row(struct ca_paper *paper, struct table *t, const xmlNode *row)
{
    const xmlNode *cell = next_cell(row->children);

    for (size_t c = 0; cell != NULL && c < t->columns; c++, cell = next_cell(cell->next))
        measure_cell(paper, t, cell, c);
}

static double sum(const double *widths, size_t count)
{
    double total = 0;

    for (size_t i = 0; i < count; i++)
        total += widths[i];
    return total;
}

/* Each column gets what it needs, and a share of what is left as large as its wish for
 * more; where not even the words fit, all are narrowed alike and words are broken. */
static void share_out(struct table *t)
{
    double room = t->place.width, most = sum(t->most, t->columns);
    const double *needed = sum(t->easy, t->columns) < room ? t->easy : t->least;
    double least = sum(needed, t->columns);

    for (size_t c = 0; c < t->columns; c++)
        if (most <= room)
            t->widths[c] = t->most[c] * room / most;
        else if (least < room)
            t->widths[c] =
                needed[c] + (room - least) * (t->most[c] - needed[c]) / (most - least);
        else
            t->widths[c] = needed[c] * room / least;
}

static void measure_table(struct ca_paper *paper, struct table *t)
{
    for (const xmlNode *row = t->head; row != NULL; row = next_row(row))
        measure_row(paper, t, row);
    for (const xmlNode *row = first_row(t->node, "tbody"); row != NULL; row = next_row(row))
        measure_row(paper, t, row);
}

/* ---- rows on paper ---- */

/* A row's cells while lines of them are still to be printed. */
struct pending {
    const xmlNode *cell;
    PangoLayout *layout;
    int line;
};

static double chart_height(const xmlNode *cell)
{
    const xmlNode *svg = ca_below(cell, "svg");

    return svg != NULL ? ca_svg_height(svg) : 0;
}

static double row_height(const struct pending *row, size_t count)
{
    double height = 0;

    for (size_t c = 0; c < count; c++) {
        widen(&height, ca_layout_height(row[c].layout));
        widen(&height, chart_height(row[c].cell));
    }
    return height + 2 * PAD_Y;
}

static void draw_cell(struct ca_paper *paper, struct pending *p, double x, double width,
                      double *lowest)
{
    bool heading = ca_is_element(p->cell, "th");
    xmlNode *svg = p->line == 0 ? ca_below(p->cell, "svg") : NULL;
    double y = paper->y + PAD_Y;

    if (heading)
        ca_paper_tag_heading(paper, heads_row(p->cell) ? "Row" : "Column");
    else
        ca_paper_tag(paper, "TD");
    if (svg != NULL)
        ca_print_svg(paper, svg, x + PAD_X, y, width - 2 * PAD_X, ca_svg_height(svg));
    widen(lowest, y + chart_height(p->cell));
    if (p->line < pango_layout_get_line_count(p->layout))
        widen(lowest, y + ca_layout_draw(paper, p->layout, x + PAD_X, y, ca_paper_bottom(paper),
                                         &p->line));
    ca_paper_untag(paper, heading ? "TH" : "TD");
}

/* The lines of the row that fit on this page; false if some are left. */
static bool draw_lines(struct ca_paper *paper, const struct table *t, struct pending *row,
                       size_t count)
{
    double x = t->place.x, lowest = paper->y;
    bool done = true;

    ca_paper_fill(paper, "#8a9297", t->place.x, paper->y, t->place.width, 0.5);
    ca_paper_tag(paper, "TR");
    for (size_t c = 0; c < count; c++) {
        draw_cell(paper, &row[c], x, t->widths[c], &lowest);
        x += t->widths[c];
        done = done && row[c].line >= pango_layout_get_line_count(row[c].layout);
    }
    ca_paper_untag(paper, "TR");
    paper->y = lowest + PAD_Y;
    return done;
}

static size_t begin_row(struct ca_paper *paper, const struct table *t, const xmlNode *row,
                        struct pending *pending)
{
    const xmlNode *cell = next_cell(row->children);
    size_t count = 0;

    for (; cell != NULL && count < t->columns; cell = next_cell(cell->next), count++)
        pending[count] =
            (struct pending){cell, layout_of(paper, t, cell, t->widths[count] - 2 * PAD_X), 0};
    return count;
}

static void print_head(struct ca_paper *paper, const struct table *t, bool again);

static void print_row(struct ca_paper *paper, const struct table *t, const xmlNode *row)
{
    struct pending *pending = calloc(t->columns, sizeof *pending);
    size_t count = begin_row(paper, t, row, pending);
    double height = row_height(pending, count);

    if (paper->measuring) {
        paper->y += height;
    } else {
        bool heads = row == t->head;
        if (!heads && paper->y + height > ca_paper_bottom(paper)) {
            ca_paper_turn(paper, paper->landscape);
            print_head(paper, t, true);
        }
        while (!draw_lines(paper, t, pending, count)) {
            ca_paper_turn(paper, paper->landscape);
            if (!heads)
                print_head(paper, t, true);
        }
    }
    for (size_t c = 0; c < count; c++)
        g_object_unref(pending[c].layout);
    free(pending);
}

/* On the pages after the first it is decoration: readers of the tags have heard it. */
static void print_head(struct ca_paper *paper, const struct table *t, bool again)
{
    bool untagged = paper->untagged;

    if (t->head == NULL)
        return;
    paper->untagged = untagged || again;
    print_row(paper, t, t->head);
    paper->untagged = untagged;
}

/* The head and the first rows stand together. */
static double beginning(struct ca_paper *paper, const struct table *t, double caption)
{
    struct ca_paper before = *paper;
    const xmlNode *row = first_row(t->node, "tbody");
    double height;

    paper->measuring = true;
    paper->y = 0;
    print_head(paper, t, false);
    for (int i = 0; i < 2 && row != NULL; i++, row = next_row(row))
        print_row(paper, t, row);
    height = paper->y;
    *paper = before;
    return height + caption;
}

static double print_caption(struct ca_paper *paper, const struct table *t)
{
    static const struct ca_text_style style = {.size = 10, .bold = true};
    const xmlNode *caption = ca_below(t->node, "caption");
    struct ca_buffer markup = {0};
    double before = paper->y;

    if (caption != NULL)
        ca_markup(&markup, caption->children, NULL, &style);
    if (markup.length > 0)
        ca_paragraph(paper, "Caption", markup.data, &style, t->place);
    ca_buffer_free(&markup);
    paper->y += 3;
    return paper->y - before;
}

static double caption_height(struct ca_paper *paper, const struct table *t)
{
    struct ca_paper before = *paper;
    double height;

    paper->measuring = true;
    height = print_caption(paper, t);
    *paper = before;
    return height;
}

/* Wide tables stand on pages turned round, narrow ones upright again. */
static void choose_page(struct ca_paper *paper, struct table *t)
{
    bool wide = sum(t->least, t->columns) > t->place.width && !paper->landscape;
    struct ca_paper upright = {.landscape = false};

    if (paper->measuring)
        return;
    if (wide)
        ca_paper_turn(paper, true);
    else if (paper->landscape && sum(t->least, t->columns) <= ca_paper_column(&upright).width)
        ca_paper_turn(paper, false);
    t->place = ca_paper_column(paper);
}

static void print_rows(struct ca_paper *paper, const struct table *t)
{
    ca_paper_tag(paper, "Table");
    print_caption(paper, t);
    print_head(paper, t, false);
    for (const xmlNode *row = first_row(t->node, "tbody"); row != NULL; row = next_row(row))
        print_row(paper, t, row);
    ca_paper_fill(paper, "#8a9297", t->place.x, paper->y, t->place.width, 0.5);
    ca_paper_untag(paper, "Table");
}

void ca_print_table(struct ca_paper *paper, const xmlNode *node, struct ca_column_of_page place)
{
    const xmlNode *row = first_row(node, "tbody");
    struct table t = {.node = node,
                      .head = first_row(node, "thead"),
                      .place = place,
                      .stacked = ca_has_class(node, "parts")};

    t.columns = row != NULL ? count_cells(t.head != NULL ? t.head : row) : 0;
    if (t.columns == 0)
        return;
    t.least = calloc(4 * t.columns, sizeof *t.least);
    t.easy = t.least + t.columns;
    t.most = t.easy + t.columns;
    t.widths = t.most + t.columns;
    measure_table(paper, &t);
    choose_page(paper, &t);
    share_out(&t);
    ca_paper_space(paper, 8);
    ca_paper_need(paper, beginning(paper, &t, caption_height(paper, &t)));
    print_rows(paper, &t);
    paper->gap = 12;
    free(t.least);
}
