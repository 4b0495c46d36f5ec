#ifndef CA_REPORT_HTML_TEXT_H
#define CA_REPORT_HTML_TEXT_H

#include "core/base/buffer.h"

/*
 * HTML by hand. All text that comes from documents goes through ca_html_text,
 * which serves element content and double-quoted attributes alike; it also takes
 * away the power of control characters and of those that turn the direction of
 * writing around.
 */
void ca_html_text(struct ca_buffer *out, const char *text);

/* The text as it would stand in a CSS string: content: "…"; safe inside <style>. */
void ca_html_css_string(struct ca_buffer *out, const char *text);

/* <tag>text</tag>; the tag may carry attributes: "p class=big". */
void ca_html_element(struct ca_buffer *out, const char *tag, const char *text);

/*
 * printf of a fixed format where %s is escaped text. Only %s, %d (int), %zu and
 * %% are known.
 */
void ca_html_printf(struct ca_buffer *out, const char *format, ...);

#endif
