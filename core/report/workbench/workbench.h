#ifndef CA_REPORT_WORKBENCH_H
#define CA_REPORT_WORKBENCH_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/model/template.h"

/* Can it be made? Not by a program that was built without the engine for web pages. */
bool ca_workbench_possible(void);

/*
 * The workbench: one HTML file with the engine in it, which scores returns that are dropped on
 * it, by these templates and by others that are dropped too. It fetches nothing, and keeps
 * nothing; its parts are the files beside this one.
 */
void ca_workbench_html(struct ca_buffer *out, const struct ca_template *const *templates,
                       size_t count);

#endif
