#ifndef CA_MODEL_RETURN_DATES_H
#define CA_MODEL_RETURN_DATES_H

#include "core/model/return.h"

/*
 * Dates that are written well, break no rule of scoring, and all the same cannot be, or
 * hardly can: an audit, completion, judgement or moderation after today; an action that was
 * completed, or due, before the audit that raised it; a judgement or moderation years after it.
 * Each is a warning in diags: of CA_FAULT_TIME where it depends on today, of CA_FAULT_DATE for
 * a judgement or moderation more than two years after the audit, and of CA_FAULT_RULE
 * otherwise: one in the second year may have come late, and dates of actions are free. They
 * stay out of results, in which no clock plays a part.
 */
void ca_return_doubt_dates(const struct ca_return *r, ca_date today, struct ca_diags *diags);

#endif
