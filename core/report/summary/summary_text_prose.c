/* Paragraphs, headings and phrases that all of the summary's text shares. */
#include "core/base/decimal.h"
#include "core/report/summary/summary_text_private.h"
#include "core/report/text/layout.h"

void ca_text_paragraph(const struct ca_text *t, int indent, const char *sentence)
{
    struct ca_layout layout = {t->out, (int)t->width};

    ca_layout_text(&layout, indent, indent, sentence);
}

void ca_text_heading(const struct ca_text *t, const char *title)
{
    ca_buffer_putc(t->out, '\n');
    ca_text_paragraph(t, 0, title);
    ca_buffer_putc(t->out, '\n');
}

const char *ca_text_value(struct ca_figure figure, char text[CA_FIGURE_SIZE])
{
    if (ca_is_shown(figure))
        return ca_decimal_short(figure.value, 3, text);
    return ca_figure_text(figure, 3, text);
}

void ca_text_trend(struct ca_buffer *line, const struct ca_summary_trend *trend)
{
    char m2[CA_FIGURE_SIZE], p[CA_FIGURE_SIZE];

    if (!trend->judged && trend->m2.shown != CA_WITHHELD)
        return;
    ca_buffer_printf(line, " Trend over %zu periods: %s (M² = %s, p = %s).", trend->periods,
                     trend->judged ? ca_verdict_words(trend->verdict) : "c",
                     ca_figure_text(trend->m2, 3, m2), ca_figure_text(trend->p, 3, p));
}
