#ifndef CA_REPORT_BLANK_H
#define CA_REPORT_BLANK_H

#include "core/base/buffer.h"
#include "core/report/form/prefill.h"

/* An empty return for the template, with comments that guide. What is given (NULL: nothing)
 * stands in it already; then the day of the audit is all of its head that is left open. */
void ca_blank_return(struct ca_buffer *out, const struct ca_template *t,
                     const struct ca_prefill *given);

#endif
