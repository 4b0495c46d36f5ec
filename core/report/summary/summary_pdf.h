#ifndef CA_REPORT_SUMMARY_PDF_H
#define CA_REPORT_SUMMARY_PDF_H

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/insight/summary.h"
#include "core/report/page/theme.h"

/*
 * The summary as a tagged A4 document: the page of ca_summary_html, laid out by the
 * program weasyprint, which is run for it. So paper and screen have one source, and
 * headings, tables, text alternatives, language and bookmarks come from the page's own
 * structure; drawing it a second time with cairo and pango would have none of the
 * text alternatives and a layout of its own to keep in step.
 *
 * Appends to out. CA_ERROR_NOT_FOUND if weasyprint is not installed, CA_ERROR_IO if it
 * fails or there is no room for temporary files.
 */
enum ca_code ca_summary_pdf(struct ca_buffer *out, const struct ca_summary *s,
                            const struct ca_theme *theme, struct ca_error *error);

#endif
