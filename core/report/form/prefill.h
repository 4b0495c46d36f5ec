#ifndef CA_REPORT_PREFILL_H
#define CA_REPORT_PREFILL_H

#include "core/base/buffer.h"
#include "core/model/template.h"

/* What is known of a return before anybody fills it in, because its case was drawn and
 * allocated. */
struct ca_prefill_value {
    const char *name, *value; /* of a column of the list of cases; no value is "" */
};

struct ca_prefill {
    const char *id, *case_ref, *auditor;
    const char *selection; /* "random" or "stratified" */
    const struct ca_prefill_value *values;
    size_t value_count;
};

/* The attribute of the template that the column is, by its id or label; NULL: none. */
const struct ca_attribute_def *ca_prefill_defined(const struct ca_template *t,
                                                  const struct ca_prefill_value *value);
/* The value for an attribute of the template; NULL: none. */
const char *ca_prefill_attribute(const struct ca_prefill *given, const struct ca_template *t,
                                 const struct ca_attribute_def *attribute);

#endif
