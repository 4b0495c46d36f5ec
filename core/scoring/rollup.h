#ifndef CA_SCORING_ROLLUP_H
#define CA_SCORING_ROLLUP_H

#include "core/scoring/pass.h"

/* Roll-ups of sections and of the whole (scoring rules, sections 3 and 4).
 * All give -1 when there is nothing to roll up. agency may be CASEAUDIT_JOINT. */

int32_t ca_section_roll_up(const struct ca_pass *pass, size_t section, size_t agency);

/* By mean (also for rules), flat, lowest or median; none gives -1. */
int32_t ca_overall_roll_up(const struct ca_pass *pass, enum ca_rollup rollup, size_t agency);

/* The first rule whose conditions hold, otherwise `otherwise`; CA_NONE if no
 * top-level section takes part. */
size_t ca_rules_grade(const struct ca_pass *pass);

/* Sets a row and its grade (none for a section apart). */
void ca_section_set(struct ca_pass *pass, size_t section, size_t agency, int32_t score);

/* Applies a section's own limits to its joint row and records those that hold. */
void ca_section_limit(struct ca_pass *pass, size_t section);

/* Every section bottom up with its limits, then the overall score and grade. */
void ca_score_as_template(struct ca_pass *pass);

#endif
