#ifndef CA_SCORING_MEASURES_H
#define CA_SCORING_MEASURES_H

#include "core/scoring/pass.h"

/* The template's measures in order, then the framework's (scoring rules, section 8). */
void ca_gather_measures(struct ca_result *result, const struct ca_pass *pass);

#endif
