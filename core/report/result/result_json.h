#ifndef CA_REPORT_RESULT_JSON_H
#define CA_REPORT_RESULT_JSON_H

#include "core/work/scorer.h"

/* The result object (schemas/result-1.schema.json) on one line, without line end. */
void ca_result_json(struct ca_buffer *out, const struct ca_scored *scored);

#endif
