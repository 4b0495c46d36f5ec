#ifndef CA_REPORT_FORM_H
#define CA_REPORT_FORM_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/report/form/prefill.h"

/*
 * A form for auditors: one HTML file that needs no network and no other file,
 * and whose own policy forbids the browser to fetch anything. The questions go
 * in as data, so that no text of a template can become markup or script; what
 * is shown is made from it by the form's script (the .js files beside it). Where cases are
 * given, one of them is chosen from a list, and is begun as its blank return. The grade so far
 * is shown while it is filled in, unless it is not wanted, or cannot be worked out in a page:
 * the framework is not one of those that come with the program, or the engine for pages was not
 * built.
 */
struct ca_form_options {
    const struct ca_prefill *cases;
    size_t count;
    bool no_grade;
};

/* Are grades worked out in forms that this build makes? */
bool ca_form_grades_possible(void);

void ca_form_html(struct ca_buffer *out, const struct ca_template *t,
                  const struct ca_form_options *options);

/* What the form's script knows of a template, as one JSON object (form_model.c). */
void ca_form_model(struct ca_buffer *out, const struct ca_template *t,
                   const struct ca_prefill *cases, size_t count);

#endif
