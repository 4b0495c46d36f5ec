/* The paper: pages, the place of the next thing, ground colours, tags. */
#include <cairo-pdf.h>
#include <stdio.h>

#include "core/base/array.h"
#include "core/report/print/print_private.h"

/* A4 */
#define SHORT_EDGE 595.276
#define LONG_EDGE  841.890

enum { MARGIN = 40, FOOT = 44 };

static double height(const struct ca_sheet *sheet)
{
    return sheet->landscape ? SHORT_EDGE : LONG_EDGE;
}

static double width(const struct ca_sheet *sheet)
{
    return sheet->landscape ? LONG_EDGE : SHORT_EDGE;
}

double ca_sheet_bottom(const struct ca_sheet *sheet)
{
    return height(sheet) - FOOT;
}

double ca_sheet_room(const struct ca_sheet *sheet)
{
    return ca_sheet_bottom(sheet) - MARGIN;
}

struct ca_column_of_page ca_sheet_column(const struct ca_sheet *sheet)
{
    return (struct ca_column_of_page){MARGIN, width(sheet) - 2 * MARGIN};
}

static void begin(struct ca_sheet *sheet)
{
    cairo_pdf_surface_set_size(sheet->surface, width(sheet), height(sheet));
    sheet->page++;
    sheet->y = MARGIN;
    sheet->gap = 0;
}

/* "Page 3 of 11", in the margin and outside the tags. */
static void foot(struct ca_sheet *sheet)
{
    static const struct ca_text_style style = {.size = 9, .right = true};
    struct ca_column_of_page place = ca_sheet_column(sheet);
    PangoLayout *layout;
    char text[64];
    int line = 0;

    snprintf(text, sizeof text, "Page %d of %d", sheet->page, sheet->pages);
    layout = ca_layout_of(sheet, text, &style, place.width);
    ca_layout_draw(sheet, layout, place.x, height(sheet) - FOOT + 16, height(sheet), &line);
    g_object_unref(layout);
}

void ca_sheet_turn(struct ca_sheet *sheet, bool landscape)
{
    foot(sheet);
    cairo_show_page(sheet->cairo);
    sheet->landscape = landscape;
    begin(sheet);
}

void ca_sheet_need(struct ca_sheet *sheet, double needed)
{
    if (!sheet->measuring && sheet->y > MARGIN && needed <= ca_sheet_room(sheet) &&
        sheet->y + needed > ca_sheet_bottom(sheet))
        ca_sheet_turn(sheet, sheet->landscape);
}

void ca_sheet_space(struct ca_sheet *sheet, double above)
{
    if (sheet->measuring || sheet->y > MARGIN)
        sheet->y += above > sheet->gap ? above : sheet->gap;
    sheet->gap = 0;
}

/* ---- beginning and end ---- */

static cairo_status_t keep(void *out, const unsigned char *bytes, unsigned length)
{
    ca_buffer_add(out, (const char *)bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

void ca_sheet_open(struct ca_sheet *sheet, struct ca_buffer *out)
{
    cairo_font_options_t *options = cairo_font_options_create();

    sheet->surface = cairo_pdf_surface_create_for_stream(keep, out, 0, 0);
    sheet->cairo = cairo_create(sheet->surface);
    sheet->pango = pango_cairo_create_context(sheet->cairo);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(sheet->pango, options);
    pango_context_set_round_glyph_positions(sheet->pango, FALSE);
    cairo_font_options_destroy(options);
    begin(sheet);
}

const char *ca_sheet_close(struct ca_sheet *sheet)
{
    cairo_status_t status;

    foot(sheet);
    cairo_show_page(sheet->cairo);
    status = cairo_status(sheet->cairo);
    g_object_unref(sheet->pango);
    cairo_destroy(sheet->cairo);
    cairo_surface_finish(sheet->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(sheet->surface);
    cairo_surface_destroy(sheet->surface);
    return status != CAIRO_STATUS_SUCCESS ? cairo_status_to_string(status) : NULL;
}

/* ---- colours ---- */

static void set_colour(cairo_t *cairo, const char *colour)
{
    unsigned red, green, blue;

    if (sscanf(colour, "#%2x%2x%2x", &red, &green, &blue) == 3)
        cairo_set_source_rgb(cairo, red / 255.0, green / 255.0, blue / 255.0);
}

void ca_sheet_fill(struct ca_sheet *sheet, const char *colour, double x, double y, double wide,
                   double high)
{
    if (sheet->measuring)
        return;
    set_colour(sheet->cairo, colour);
    cairo_rectangle(sheet->cairo, x, y, wide, high);
    cairo_fill(sheet->cairo);
}

/* ---- tags ---- */

static bool tagging(const struct ca_sheet *sheet)
{
    return !sheet->measuring && !sheet->untagged;
}

void ca_sheet_tag(struct ca_sheet *sheet, const char *tag)
{
    if (tagging(sheet))
        cairo_tag_begin(sheet->cairo, tag, NULL);
}

void ca_sheet_untag(struct ca_sheet *sheet, const char *tag)
{
    if (tagging(sheet))
        cairo_tag_end(sheet->cairo, tag);
}

void ca_sheet_tag_figure(struct ca_sheet *sheet, const char *alternative)
{
    struct ca_tag_words *words = &sheet->words;

    ca_sheet_tag(sheet, "Figure");
    if (tagging(sheet))
        *CA_ARENA_APPEND(words->arena, words->alternatives, words->alternative_count) =
            alternative;
}

void ca_sheet_tag_heading(struct ca_sheet *sheet, const char *scope)
{
    struct ca_tag_words *words = &sheet->words;

    ca_sheet_tag(sheet, "TH");
    if (tagging(sheet))
        *CA_ARENA_APPEND(words->arena, words->scopes, words->scope_count) = scope;
}
