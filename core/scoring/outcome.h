#ifndef CA_SCORING_OUTCOME_H
#define CA_SCORING_OUTCOME_H

#include "core/model/result.h"

/*
 * From a response to a standard's status, answer and score (scoring rules,
 * section 2.1). Pure functions; all return a fresh outcome with `counts` not
 * yet decided. Texts live in arena.
 */

/* An outcome without score, answer or dates. */
struct ca_outcome ca_outcome_status(enum caseaudit_status status);

/* A timescale whose due date is known; end may be CA_NO_DATE. */
struct ca_outcome ca_outcome_timescale(const struct ca_template *t, const struct ca_standard *s,
                                       ca_date start, ca_date due, ca_date end, ca_date today);

/*
 * A frequency: every n units from start until `until`. points are the dates
 * in any order, start not included; they are sorted in place. False if a date
 * lies beyond the working-day calendar.
 */
bool ca_outcome_frequency(const struct ca_template *t, struct ca_arena *arena, ca_date start,
                          ca_date until, int32_t n, enum ca_unit unit, ca_date *points,
                          size_t count, struct ca_outcome *out);

/* Any answered response. False if a date lies beyond the working-day calendar. */
bool ca_outcome_answered(const struct ca_template *t, struct ca_arena *arena,
                         const struct ca_standard *s, const struct ca_response *response,
                         ca_date today, struct ca_outcome *out);

#endif
