#ifndef CA_REPORT_TEMPLATE_DIFF_H
#define CA_REPORT_TEMPLATE_DIFF_H

#include "core/base/buffer.h"
#include "core/model/template.h"

/*
 * What makes template b another than template a, in words, a line each: what was added,
 * removed, reweighted, reworded. Things go by their ids. Returns how many lines were
 * appended to out; 0 if both say the same.
 */
size_t ca_template_diff(struct ca_buffer *out, const struct ca_template *a,
                        const struct ca_template *b);

#endif
