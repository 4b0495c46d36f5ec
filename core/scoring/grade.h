#ifndef CA_SCORING_GRADE_H
#define CA_SCORING_GRADE_H

#include "core/scoring/pass.h"

/*
 * From the computed grade to the grade, and all that is shown beside it
 * (scoring rules, sections 6 to 8): limits, judgement, moderation, alerts,
 * measures. recomputed is the pass with a moderator's changes, or NULL; every
 * figure shown is then its own.
 */
struct ca_result *ca_grade(const struct ca_pass *audited, struct ca_pass *recomputed);

#endif
