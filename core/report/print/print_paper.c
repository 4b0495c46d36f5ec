/* The paper: pages, the place of the next thing, ground colours, tags. */
#include <cairo-pdf.h>
#include <stdio.h>

#include "core/base/array.h"
#include "core/report/print/print_private.h"

/* A4 */
#define SHORT_EDGE 595.276
#define LONG_EDGE  841.890

enum { MARGIN = 40, FOOT = 44 };

static double height(const struct ca_paper *paper)
{
    return paper->landscape ? SHORT_EDGE : LONG_EDGE;
}

static double width(const struct ca_paper *paper)
{
    return paper->landscape ? LONG_EDGE : SHORT_EDGE;
}

double ca_paper_bottom(const struct ca_paper *paper)
{
    return height(paper) - FOOT;
}

static double room(const struct ca_paper *paper)
{
    return ca_paper_bottom(paper) - MARGIN;
}

struct ca_column_of_page ca_paper_column(const struct ca_paper *paper)
{
    return (struct ca_column_of_page){MARGIN, width(paper) - 2 * MARGIN};
}

static void begin(struct ca_paper *paper)
{
    cairo_pdf_surface_set_size(paper->surface, width(paper), height(paper));
    paper->page++;
    paper->y = MARGIN;
    paper->gap = 0;
}

/* "Page 3 of 11", in the margin and outside the tags. */
static void foot(struct ca_paper *paper)
{
    static const struct ca_text_style style = {.size = 9, .right = true};
    struct ca_column_of_page place = ca_paper_column(paper);
    PangoLayout *layout;
    char text[64];
    int line = 0;

    snprintf(text, sizeof text, "Page %d of %d", paper->page, paper->pages);
    layout = ca_layout_of(paper, text, &style, place.width);
    ca_layout_draw(paper, layout, place.x, height(paper) - FOOT + 16, height(paper), &line);
    g_object_unref(layout);
}

void ca_paper_turn(struct ca_paper *paper, bool landscape)
{
    foot(paper);
    cairo_show_page(paper->cairo);
    paper->landscape = landscape;
    begin(paper);
}

void ca_paper_need(struct ca_paper *paper, double needed)
{
    if (!paper->measuring && paper->y > MARGIN && needed <= room(paper) &&
        paper->y + needed > ca_paper_bottom(paper))
        ca_paper_turn(paper, paper->landscape);
}

void ca_paper_space(struct ca_paper *paper, double above)
{
    if (!paper->flush && (paper->measuring || paper->y > MARGIN))
        paper->y += above > paper->gap ? above : paper->gap;
    paper->flush = false;
    paper->gap = 0;
}

/* ---- beginning and end ---- */

static cairo_status_t keep(void *out, const unsigned char *bytes, unsigned length)
{
    ca_buffer_add(out, (const char *)bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

void ca_paper_open(struct ca_paper *paper, struct ca_buffer *out)
{
    cairo_font_options_t *options = cairo_font_options_create();

    paper->surface = cairo_pdf_surface_create_for_stream(keep, out, 0, 0);
    paper->cairo = cairo_create(paper->surface);
    paper->pango = pango_cairo_create_context(paper->cairo);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(paper->pango, options);
    pango_context_set_round_glyph_positions(paper->pango, FALSE);
    cairo_font_options_destroy(options);
    begin(paper);
}

const char *ca_paper_close(struct ca_paper *paper)
{
    cairo_status_t status;

    foot(paper);
    cairo_show_page(paper->cairo);
    status = cairo_status(paper->cairo);
    g_object_unref(paper->pango);
    cairo_destroy(paper->cairo);
    cairo_surface_finish(paper->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(paper->surface);
    cairo_surface_destroy(paper->surface);
    return status != CAIRO_STATUS_SUCCESS ? cairo_status_to_string(status) : NULL;
}

/* ---- colours ---- */

static void set_colour(cairo_t *cairo, const char *colour)
{
    unsigned red, green, blue;

    if (sscanf(colour, "#%2x%2x%2x", &red, &green, &blue) == 3)
        cairo_set_source_rgb(cairo, red / 255.0, green / 255.0, blue / 255.0);
}

void ca_paper_fill(struct ca_paper *paper, const char *colour, double x, double y, double wide,
                   double high)
{
    if (paper->measuring)
        return;
    set_colour(paper->cairo, colour);
    cairo_rectangle(paper->cairo, x, y, wide, high);
    cairo_fill(paper->cairo);
}

/* ---- tags ---- */

static bool tagging(const struct ca_paper *paper)
{
    return !paper->measuring && !paper->untagged;
}

void ca_paper_tag(struct ca_paper *paper, const char *tag)
{
    if (tagging(paper))
        cairo_tag_begin(paper->cairo, tag, NULL);
}

void ca_paper_untag(struct ca_paper *paper, const char *tag)
{
    if (tagging(paper))
        cairo_tag_end(paper->cairo, tag);
}

void ca_paper_tag_figure(struct ca_paper *paper, const char *alternative)
{
    struct ca_tag_words *words = &paper->words;

    ca_paper_tag(paper, "Figure");
    if (tagging(paper))
        *CA_ARENA_APPEND(words->arena, words->alternatives, words->alternative_count) =
            alternative;
}

void ca_paper_tag_heading(struct ca_paper *paper, const char *scope)
{
    struct ca_tag_words *words = &paper->words;

    ca_paper_tag(paper, "TH");
    if (tagging(paper))
        *CA_ARENA_APPEND(words->arena, words->scopes, words->scope_count) = scope;
}
