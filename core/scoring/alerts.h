#ifndef CA_SCORING_ALERTS_H
#define CA_SCORING_ALERTS_H

#include "core/scoring/pass.h"

/*
 * By severity, then as the template has them; the built-in ones last: a judgement far from
 * the computed grade, and one that was capped (scoring rules, section 7). result has its
 * grades already.
 */
void ca_gather_alerts(struct ca_result *result, const struct ca_pass *pass, bool capped);

#endif
