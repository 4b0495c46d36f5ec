#ifndef CA_REPORT_RESULT_HTML_H
#define CA_REPORT_RESULT_HTML_H

#include "core/report/page/theme.h"
#include "core/work/scorer.h"

/*
 * Audits as a page for the practitioner and the team manager: alerts, the grade and
 * why, strengths, improvements, actions, each standard with its evidence, and the sum
 * that anyone can do again. A head, any number of results, and ca_page_tail.
 */
void ca_result_html_head(struct ca_buffer *out, const struct ca_theme *theme);
void ca_result_html(struct ca_buffer *out, const struct ca_scored *scored);

#endif
