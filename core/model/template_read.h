#ifndef CA_MODEL_TEMPLATE_READ_H
#define CA_MODEL_TEMPLATE_READ_H

#include "core/model/template.h"

/* How the reader learns of a framework: by name; NULL if it is not installed. */
typedef const caseaudit_framework *(*ca_framework_lookup)(void *context, const char *name);

/* The framework's own rules for a template, called with the lookup's context. */
typedef void (*ca_framework_check)(void *context, const struct ca_template *t,
                                   struct ca_diags *diags);

/*
 * Reads a template from bytes (copied) and checks it: schema, ids, conditions that can never
 * hold, order, limits, the framework's tables; and, where check is not NULL, by the
 * framework's own code. All faults in one run go to diags, so the framework sees a template
 * with faults too: no string that it can ask for is NULL there, but it may be empty. Returns
 * NULL if there was an error; the template otherwise, to be freed by ca_template_free. file
 * is for messages.
 */
struct ca_template *ca_template_read(struct ca_xml_parser *parser, const char *file,
                                     const char *bytes, size_t length,
                                     ca_framework_lookup lookup, ca_framework_check check,
                                     void *context, struct ca_diags *diags);

#endif
