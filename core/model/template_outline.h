#ifndef CA_MODEL_TEMPLATE_OUTLINE_H
#define CA_MODEL_TEMPLATE_OUTLINE_H

#include "core/base/buffer.h"
#include "core/model/template.h"

/*
 * What others than scoring want of a template: its names, dates and parts, without questions,
 * conditions and rules. It goes as bytes from the locked process that read the template to
 * one that must not read what comes from outside.
 */
void ca_outline_pack(const struct ca_template *t, struct ca_buffer *out);

/*
 * A template with these parts, to be freed by ca_template_free; its framework is NULL until
 * the caller sets it. NULL if bytes are no outline, or one that names parts that are not
 * there.
 */
struct ca_template *ca_outline_unpack(const char *bytes, size_t length, const char *file);

#endif
