#ifndef CA_REPORT_SUMMARY_PDF_H
#define CA_REPORT_SUMMARY_PDF_H

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/insight/summary.h"
#include "core/report/page/theme.h"

/*
 * The summary as a tagged A4 document: the page of ca_summary_html, printed (print.h), so
 * that paper and screen have one source.
 *
 * brief: its first sheet alone. Appends to out. CA_ERROR_IO if the part that prints is missing
 * or fails.
 */
enum ca_code ca_summary_pdf(struct ca_buffer *out, const struct ca_summary *s,
                            const struct ca_theme *theme, bool brief, struct ca_error *error);

#endif
