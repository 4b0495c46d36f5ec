#ifndef CA_REPORT_BLANK_H
#define CA_REPORT_BLANK_H

#include "core/base/buffer.h"
#include "core/model/template.h"

/* An empty return for the template, with comments that guide. */
void ca_blank_return(struct ca_buffer *out, const struct ca_template *t);

#endif
