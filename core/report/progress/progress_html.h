#ifndef CA_REPORT_PROGRESS_HTML_H
#define CA_REPORT_PROGRESS_HTML_H

#include "core/base/buffer.h"
#include "core/report/page/theme.h"
#include "core/year/progress.h"

/*
 * How far a sample has come, as a page for the wall of an office and for a telephone: what is
 * late, what to moderate next, who has returned what. It names cases and auditors. template is
 * the version whose words it uses; next in the order it is to be done.
 */
void ca_progress_html(struct ca_buffer *out, const struct ca_progress *progress,
                      const struct ca_stored_template *template,
                      const struct ca_progress_next *next, size_t next_count,
                      const struct ca_theme *theme);

#endif
