#ifndef CA_REPORT_HTML_H
#define CA_REPORT_HTML_H

#include "core/base/buffer.h"
#include "core/insight/summary.h"
#include "core/report/page/html_text.h"

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
