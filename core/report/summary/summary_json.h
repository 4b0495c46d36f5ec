#ifndef CA_REPORT_SUMMARY_JSON_H
#define CA_REPORT_SUMMARY_JSON_H

#include "core/base/buffer.h"
#include "core/insight/summary.h"

/* The summary as one JSON object (schemas/summary-1.schema.json) and a line end. */
void ca_summary_json(struct ca_buffer *out, const struct ca_summary *summary);

#endif
