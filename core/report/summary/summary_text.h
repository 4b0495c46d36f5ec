#ifndef CA_REPORT_SUMMARY_TEXT_H
#define CA_REPORT_SUMMARY_TEXT_H

#include "core/base/buffer.h"
#include "core/insight/summary.h"

/* Where the text is going. */
struct ca_text_style {
    size_t width; /* columns; 0 for 80 */
    bool color;
};

/*
 * The summary as it can be sent to an executive: the answer in sentences, then
 * aligned tables with bars, then how the figures are made. Needs a locale with
 * UTF-8 characters.
 */
void ca_summary_text(struct ca_buffer *out, const struct ca_summary *summary,
                     const struct ca_text_style *style);

/* The brief alone: what suffices. */
void ca_summary_brief_text(struct ca_buffer *out, const struct ca_summary *summary,
                           const struct ca_text_style *style);

#endif
