#ifndef CA_REPORT_SUMMARY_CSV_H
#define CA_REPORT_SUMMARY_CSV_H

#include "core/base/buffer.h"
#include "core/insight/summary.h"

/*
 * The summary as one tidy table (RFC 4180, UTF-8, a header row): every row is
 * one figure, which the columns before it say what it is of. Text that a
 * spreadsheet would run as a formula begins with an apostrophe.
 */
void ca_summary_csv(struct ca_buffer *out, const struct ca_summary *summary);

#endif
