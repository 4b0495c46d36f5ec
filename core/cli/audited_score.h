#ifndef CA_CLI_AUDITED_SCORE_H
#define CA_CLI_AUDITED_SCORE_H

#include "core/store/query.h"
#include "core/work/catalogue.h"

/*
 * The score that an answer had before a moderator changed it, in hundredths; -1: none, or its
 * template is not at hand. Of a timescale that was met late only that it had marks is known:
 * the fewest that its rows give.
 */
int32_t ca_audited_score(struct ca_catalogue *catalogue, const struct ca_stored_answer *answer);

#endif
