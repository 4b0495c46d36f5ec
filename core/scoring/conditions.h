#ifndef CA_SCORING_CONDITIONS_H
#define CA_SCORING_CONDITIONS_H

#include "core/scoring/pass.h"

/* Do all rows hold, on what the pass has found so far (scoring rules, section 5)? */
bool ca_conditions_hold(const struct ca_pass *pass, const struct ca_conditions *conditions);

/* Does one row hold, tested by itself? */
bool ca_row_holds(const struct ca_pass *pass, const struct ca_row *row);

/* Does this top-level section enter the overall score? */
bool ca_section_takes_part(const struct ca_pass *pass, size_t section);

#endif
