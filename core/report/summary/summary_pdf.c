/* The page of a summary printed as PDF. */
#include "core/report/summary/summary_pdf.h"

#include "core/report/print/print.h"
#include "core/report/summary/summary_html.h"

enum ca_code ca_summary_pdf(struct ca_buffer *out, const struct ca_summary *s,
                            const struct ca_theme *theme, bool brief, struct ca_error *error)
{
    struct ca_buffer page = {0};
    enum ca_code code;

    (brief ? ca_summary_brief_html : ca_summary_html)(&page, s, theme);
    code = ca_print_pdf(out, &page, theme, s->as_of, error);
    ca_buffer_free(&page);
    return code;
}
