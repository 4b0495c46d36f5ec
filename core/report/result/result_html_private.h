#ifndef CA_REPORT_RESULT_HTML_PRIVATE_H
#define CA_REPORT_RESULT_HTML_PRIVATE_H

#include "core/report/page/html_text.h"
#include "core/report/text/words.h"

/* The parts of one audit's page (result_html.c, result_html_standards.c). */
struct ca_audit_page {
    struct ca_buffer *out;
    const struct ca_result *result;
    const struct ca_template *t;
    const struct ca_return *r;
};

/* The sections with their scores and grades, as a table. */
void ca_audit_parts(struct ca_audit_page *p);

/* Every standard with its outcome, evidence and reasons, section by section. */
void ca_audit_standards(struct ca_audit_page *p);

/* "2.17 of 3", or "no score" */
void ca_audit_marks(struct ca_audit_page *p, int32_t score);

#endif
