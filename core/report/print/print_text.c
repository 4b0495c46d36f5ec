/* Paragraphs, broken over pages where they must be. */
#include "core/report/print/print_private.h"

void ca_paragraph(struct ca_paper *paper, const char *tag, const char *markup,
                  const struct ca_text_style *style, struct ca_column_of_page place)
{
    PangoLayout *layout = ca_layout_of(paper, markup, style, place.width);
    int line = 0, count = pango_layout_get_line_count(layout);

    if (paper->measuring) {
        paper->y += ca_layout_height(layout);
        line = count;
    } else {
        ca_paper_need(paper, count <= 3 ? ca_layout_height(layout) : 2.4 * style->size);
    }
    while (line < count) {
        ca_paper_tag(paper, tag);
        paper->y +=
            ca_layout_draw(paper, layout, place.x, paper->y, ca_paper_bottom(paper), &line);
        ca_paper_untag(paper, tag);
        if (line < count)
            ca_paper_turn(paper, paper->landscape);
    }
    g_object_unref(layout);
}
