#ifndef CA_REPORT_SUMMARY_HTML_H
#define CA_REPORT_SUMMARY_HTML_H

#include "core/insight/summary.h"
#include "core/report/page/theme.h"

/*
 * The summary as one self-contained page: the answer in sentences, the headline
 * figures, charts whose titles say the finding, the same figures in tables, and how
 * each figure is made. Appends to out.
 */
void ca_summary_html(struct ca_buffer *out, const struct ca_summary *s,
                     const struct ca_theme *theme);

/* The brief alone: its first screen. */
void ca_summary_brief_html(struct ca_buffer *out, const struct ca_summary *s,
                           const struct ca_theme *theme);

#endif
