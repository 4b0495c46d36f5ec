/* Text and figures in words, escaped for HTML. */
#include "core/report/page/html.h"

#include <stdarg.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/utf8.h"

/* Line feeds and tabs are only white space here. */
static bool harmless(uint32_t c)
{
    return c == '\n' || c == '\t' || (c != CA_REPLACEMENT && !ca_character_steers(c));
}

void ca_html_text(struct ca_buffer *out, const char *text)
{
    size_t length;

    for (; *text != '\0'; text += length) {
        uint32_t c = ca_utf8_next(text, &length);
        switch (c) {
        case '&': ca_buffer_puts(out, "&amp;"); break;
        case '<': ca_buffer_puts(out, "&lt;"); break;
        case '>': ca_buffer_puts(out, "&gt;"); break;
        case '"': ca_buffer_puts(out, "&quot;"); break;
        case '\'': ca_buffer_puts(out, "&#39;"); break;
        default:
            if (harmless(c))
                ca_buffer_add(out, text, length);
            else
                ca_buffer_puts(out, CA_REPLACEMENT_UTF8);
        }
    }
}

/* All but letters, digits and blanks as hexadecimal escapes, so that nothing can end
 * the string or the style element. A blank ends each escape, which would otherwise take
 * one of the text. */
void ca_html_css_string(struct ca_buffer *out, const char *text)
{
    size_t length;

    for (; *text != '\0'; text += length) {
        uint32_t c = ca_utf8_next(text, &length);
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     (c >= '0' && c <= '9') || c == ' ' || c == '.' || c == ',' || c == '-';
        if (plain)
            ca_buffer_putc(out, (char)c);
        else
            ca_buffer_printf(out, "\\%x ", harmless(c) ? c : CA_REPLACEMENT);
    }
}

void ca_html_element(struct ca_buffer *out, const char *tag, const char *text)
{
    int name = (int)strcspn(tag, " ");

    ca_buffer_printf(out, "<%s>", tag);
    ca_html_text(out, text);
    ca_buffer_printf(out, "</%.*s>", name, tag);
}

void ca_html_printf(struct ca_buffer *out, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    for (const char *p = format; *p != '\0'; p++) {
        if (*p != '%') {
            ca_buffer_putc(out, *p);
            continue;
        }
        p++;
        if (*p == 's')
            ca_html_text(out, va_arg(args, const char *));
        else if (*p == 'd')
            ca_buffer_int(out, va_arg(args, int));
        else if (*p == 'z') {
            p++;
            ca_buffer_int(out, (int64_t)va_arg(args, size_t));
        } else
            ca_buffer_putc(out, *p);
    }
    va_end(args);
}

/* ---- figures in words ---- */

void ca_words_of(struct ca_buffer *out, const struct ca_share *share)
{
    char text[CA_FIGURE_SIZE];

    if (ca_is_shown(share->of) && share->of.value == 0) {
        ca_buffer_puts(out, "–");
        return;
    }
    ca_buffer_puts(out, ca_figure_text(share->count, 0, text));
    if (share->count.shown == CA_NO_OBSERVATIONS || share->count.shown == CA_NOT_APPLICABLE)
        return;
    ca_buffer_printf(out, " of %s", ca_figure_text(share->of, 0, text));
}

void ca_words_percent(struct ca_buffer *out, struct ca_figure whole)
{
    char text[CA_FIGURE_SIZE];

    ca_buffer_printf(out, "%s%s", ca_figure_text(whole, 0, text),
                     ca_is_shown(whole) ? "%" : "");
}

void ca_words_interval(struct ca_buffer *out, const struct ca_share *share)
{
    char low[CA_FIGURE_SIZE], high[CA_FIGURE_SIZE];

    if (!ca_is_shown(share->low_whole) || !ca_is_shown(share->high_whole))
        ca_buffer_puts(out, ca_figure_symbol(ca_is_shown(share->low_whole) ? share->high_whole
                                                                           : share->low_whole));
    else
        ca_buffer_printf(out, "%s%% to %s%%", ca_figure_text(share->low_whole, 0, low),
                         ca_figure_text(share->high_whole, 0, high));
}

void ca_words_signed(struct ca_buffer *out, struct ca_figure figure, int places)
{
    char text[CA_DECIMAL_SIZE];

    if (!ca_is_shown(figure)) {
        ca_buffer_puts(out, ca_figure_symbol(figure));
        return;
    }
    ca_buffer_puts(out, figure.value < 0 ? "−" : figure.value > 0 ? "+" : "");
    ca_buffer_puts(
        out, ca_decimal_fixed(figure.value < 0 ? -figure.value : figure.value, places, text));
}
