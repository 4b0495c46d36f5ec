#ifndef CA_SCORING_CONDITIONS_H
#define CA_SCORING_CONDITIONS_H

#include "core/scoring/pass.h"

/* Do all rows hold, on what the pass has found so far (scoring rules, section 5)? */
bool ca_conditions_hold(const struct ca_pass *pass, const struct ca_conditions *conditions);

/* Of a row about standards: does it hold for this one outcome? */
bool ca_row_fits_outcome(const struct ca_row *row, const struct ca_outcome *outcome);

/* Of a row about grades: is this one of them? */
bool ca_row_fits_grade(const struct ca_row *row, size_t grade);

/* Does this top-level section enter the overall score? */
bool ca_section_takes_part(const struct ca_pass *pass, size_t section);

#endif
