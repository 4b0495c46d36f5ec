#ifndef CA_REPORT_EXPLAIN_H
#define CA_REPORT_EXPLAIN_H

#include "core/base/buffer.h"
#include "core/model/result.h"

/*
 * Why a return got its grade, for a social worker with a pocket calculator:
 * each section's weights and scores, the sums, the rounding, the band, each
 * limit with the condition that fired, the judgement and moderation.
 */
void ca_explain(struct ca_buffer *out, const struct ca_result *result);

#endif
