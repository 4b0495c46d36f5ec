#ifndef CA_REPORT_MODERATION_TEXT_H
#define CA_REPORT_MODERATION_TEXT_H

#include "core/base/buffer.h"
#include "core/insight/summary.h"

/* Agreement of auditors and moderators in one row of the summary: the table of both their
 * grades, and the statistics with what they mean. */
void ca_moderation_text(struct ca_buffer *out, const struct ca_summary *summary,
                        const struct ca_summary_row *row, size_t width);

#endif
