#ifndef CA_SCORING_SETTLE_H
#define CA_SCORING_SETTLE_H

#include "core/scoring/pass.h"

/*
 * Settles every outcome in document order, once the framework has worked out
 * its derived standards: which standards apply, the status of each (scoring
 * rules, section 2), the template's look-back. Faults that only now can be
 * seen (responses to standards that do not apply, missing responses, dates
 * beyond the calendar) go to the pass's diagnostics. Does nothing when done.
 */
void ca_settle(struct ca_pass *pass);

/*
 * Evidence and actions that outcomes call for, as audited; and, where the
 * template looks back, responses that score without a date.
 */
void ca_check_duties(const struct ca_pass *pass);

#endif
