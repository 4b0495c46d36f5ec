#ifndef CA_REPORT_HTML_H
#define CA_REPORT_HTML_H

#include "core/base/buffer.h"
#include "core/base/date.h"
#include "core/insight/summary.h"

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

/* ---- figures in words; a figure without a value is its symbol ---- */

/* "17 of 33" */
void ca_words_of(struct ca_buffer *out, const struct ca_share *share);
/* "52%" */
void ca_words_percent(struct ca_buffer *out, struct ca_figure whole);
/* "50% to 80%", or one symbol where there is no interval */
void ca_words_interval(struct ca_buffer *out, const struct ca_share *share);
/* tenths as "-6.7" with a true minus sign and, where positive, a plus */
void ca_words_signed(struct ca_buffer *out, struct ca_figure figure, int places);

#endif
