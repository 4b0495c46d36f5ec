#ifndef CA_REPORT_PRINT_PRIVATE_H
#define CA_REPORT_PRINT_PRIVATE_H

#include <cairo.h>
#include <libxml/tree.h>
#include <pango/pangocairo.h>
#include <stdbool.h>

#include "core/base/arena.h"
#include "core/base/buffer.h"
#include "core/base/date.h"
#include "core/base/error.h"
#include "core/report/page/theme.h"

/* Lengths are points; a page's pixels are three quarters of one. */
#define CA_PIXEL 0.75

/* What cairo cannot write of a tag, in the order of the tags. */
struct ca_tag_words {
    struct ca_arena *arena;
    const char **alternatives; /* of figures */
    size_t alternative_count;
    const char **scopes; /* of table headings: "Column", "Row" */
    size_t scope_count;
};

/* The paper while it is being printed on. */
struct ca_paper {
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoContext *pango;
    const struct ca_theme *theme;
    struct ca_tag_words words;
    double y;       /* where the next thing goes */
    double gap;     /* space owed below the thing before: the larger of two counts */
    bool flush;     /* the next thing has no space above: it is the first in a frame */
    bool measuring; /* nothing is drawn and no page ends: only y moves */
    bool untagged;  /* decoration, and headings that a table repeats */
    bool white;     /* ink on the title's ground */
    bool landscape;
    int page, pages; /* pages: how many there are, known from a first run; or 0 */
};

/* Where a thing stands: its left edge and its width. */
struct ca_column_of_page {
    double x, width;
};

/* ---- the paper (print_paper.c) ---- */

/* The lowest a thing may reach. */
double ca_paper_bottom(const struct ca_paper *paper);
struct ca_column_of_page ca_paper_column(const struct ca_paper *paper);
/* The first page; fonts are set as they are designed, for no screen. */
void ca_paper_open(struct ca_paper *paper, struct ca_buffer *out);
/* The last page; what failed on the way, or NULL. */
const char *ca_paper_close(struct ca_paper *paper);
/* Ends the page and begins the next; turned where landscape is asked for. */
void ca_paper_turn(struct ca_paper *paper, bool landscape);
/* Ends the page if height does not fit on what is left of it but on a fresh one. */
void ca_paper_need(struct ca_paper *paper, double height);
/* Space between two things: what was owed below the last, or `above`, whichever is more. */
void ca_paper_space(struct ca_paper *paper, double above);
void ca_paper_fill(struct ca_paper *paper, const char *colour, double x, double y, double width,
                   double height);
/* Structure; nothing while measuring or untagged. */
void ca_paper_tag(struct ca_paper *paper, const char *tag);
void ca_paper_untag(struct ca_paper *paper, const char *tag);
/* The tag of a figure, and of a table's heading. */
void ca_paper_tag_figure(struct ca_paper *paper, const char *alternative);
void ca_paper_tag_heading(struct ca_paper *paper, const char *scope);

/* ---- text (print_layout.c, print_text.c) ---- */

struct ca_text_style {
    double size;
    bool bold, soft, right, preserve;
    bool lines; /* b, small and span stand on lines of their own */
};

/* What stands in the nodes from `first` up to `end` (exclusive, may be NULL), as pango's
 * markup; empty if there is nothing to read. */
void ca_markup(struct ca_buffer *out, const xmlNode *first, const xmlNode *end,
               const struct ca_text_style *style);
/* Owned by the caller: g_object_unref. width < 0: lines are never broken. */
PangoLayout *ca_layout_of(struct ca_paper *paper, const char *markup,
                          const struct ca_text_style *style, double width);
double ca_layout_height(PangoLayout *layout);
/* Draws the lines of the layout from *line on, as many as fit above `bottom` (one at least);
 * *line becomes the next one's number. Returns their height. */
double ca_layout_draw(struct ca_paper *paper, PangoLayout *layout, double x, double y,
                      double bottom, int *line);
/* A paragraph under a tag, broken over pages where it must be. */
void ca_paragraph(struct ca_paper *paper, const char *tag, const char *markup,
                  const struct ca_text_style *style, struct ca_column_of_page place);

/* ---- elements (print_node.c, print_blocks.c, print_table.c, print_chart.c) ---- */

bool ca_is_element(const xmlNode *node, const char *name);
bool ca_has_class(const xmlNode *node, const char *class);
/* An attribute's value; NULL without it. Borrowed from the document. */
const char *ca_attribute(const xmlNode *node, const char *name);
/* The first element of that name below node; NULL. */
xmlNode *ca_below(const xmlNode *node, const char *name);

void ca_print_children(struct ca_paper *paper, const xmlNode *parent,
                       struct ca_column_of_page place);

void ca_print_table(struct ca_paper *paper, const xmlNode *table,
                    struct ca_column_of_page place);

/* A chart or logo as high as its own height attribute says. */
void ca_print_svg(struct ca_paper *paper, xmlNode *svg, double x, double y, double width,
                  double height);
double ca_svg_height(const xmlNode *svg);
/* How wide it is for its height, by its view box; 1 without one. */
double ca_svg_shape(const xmlNode *svg);

/* ---- the end (print_finish.c) ---- */

/* The document with alternatives, scopes, language and title as readers of the tags want
 * them. */
enum ca_code ca_print_finish(struct ca_buffer *out, const struct ca_buffer *pdf,
                             const struct ca_tag_words *words, struct ca_error *error);

/* ca_print_pdf, in the library that is loaded for it (print_load.c). */
enum ca_code ca_pdf_write(struct ca_buffer *out, const struct ca_buffer *page,
                          const struct ca_theme *theme, ca_date date, struct ca_error *error);

#endif
