#ifndef CA_REPORT_EXPLAIN_H
#define CA_REPORT_EXPLAIN_H

#include "core/report/text/layout.h"
#include "core/model/result.h"

/*
 * Why a return got its grade, for a social worker with a pocket calculator: how each
 * response came to its score, each section's weights and scores, the sums, the
 * rounding, the band, each rule and limit with what it found, the judgement and
 * moderation. Every figure that is shown can be worked out from those before it.
 */
void ca_explain(const struct ca_layout *layout, const struct ca_result *result);

/* Its last part alone: the judgement, limits and moderation that lead to the grade. After an
 * empty line and a heading, each statement begins at column 2, and what made it so at 4. */
void ca_explain_why(const struct ca_layout *layout, const struct ca_result *result);

/* What became of one standard and how its score came about, as one paragraph. */
void ca_explain_outcome(struct ca_buffer *out, const struct ca_result *result, size_t standard,
                        size_t agency);

/* Of an optional standard that was left out there is nothing to tell but that. */
bool ca_explain_left_out(const struct ca_result *result, size_t standard, size_t agency);

#endif
