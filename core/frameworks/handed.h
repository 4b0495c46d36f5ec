#ifndef CA_FRAMEWORKS_HANDED_H
#define CA_FRAMEWORKS_HANDED_H

#include "core/scoring/pass.h"

/*
 * What a framework hands over, looked at where it enters: nothing behind this gate asks again
 * whether an index is one, or a score a score. Each is false with an error of the return,
 * which says what was handed over; one such error a scoring is enough.
 */
bool ca_handed_standard(struct ca_pass *pass, size_t standard);
bool ca_handed_section(struct ca_pass *pass, size_t section);
bool ca_handed_agency(struct ca_pass *pass, size_t agency); /* or CASEAUDIT_JOINT */
bool ca_handed_score(struct ca_pass *pass, caseaudit_score score);
bool ca_handed_status(struct ca_pass *pass, int status);
/* Of the calendar, or CASEAUDIT_NO_DATE. */
bool ca_handed_date(struct ca_pass *pass, caseaudit_date date);
bool ca_handed_span(struct ca_pass *pass, int32_t n, int unit);
/* How many days a frequency may be worked out from. */
bool ca_handed_days(struct ca_pass *pass, size_t count);
/* A limit or measure of the framework's own: an id that nothing of its kind has yet. */
bool ca_handed_limit(struct ca_pass *pass, const char *id);
/* 0 <= numerator <= denominator, and no more than can be counted in one return. */
bool ca_handed_measure(struct ca_pass *pass, const char *id, int64_t numerator,
                       int64_t denominator);
/* Of the whole, a section, a standard or an agency. */
bool ca_handed_note(struct ca_pass *pass, int place, size_t index);

/* Text as it may stand in a result: one line of UTF-8 that steers nothing, cut where it is
 * longer than any reader wants. NULL becomes "". */
const char *ca_handed_text(struct ca_arena *arena, const char *text);

#endif
