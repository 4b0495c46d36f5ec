#ifndef CA_REPORT_WORDS_H
#define CA_REPORT_WORDS_H

#include "core/base/buffer.h"
#include "core/report/text/date_words.h"
#include "core/scoring/pass.h"

/* The model in plain English, for explanations and reports. All append to out. */

/* "3 days", or with n 1 "1 day". */
void ca_words_count(struct ca_buffer *out, int64_t n, const char *one, const char *many);

/* "6 weeks", "1 month", "20 working days". */
void ca_words_span(struct ca_buffer *out, int32_t n, enum ca_unit unit);

/* "not applicable", "overdue": a status as one says it. */
const char *ca_words_status(enum caseaudit_status status);

/* "Good", or "no grade" for CA_NONE. */
const char *ca_words_grade(const struct ca_template *t, size_t grade);

/* "IMMEDIATE", "Urgent", "For review". */
const char *ca_words_severity(enum ca_alert_severity severity);

/* An answer's label: "Good", "in time"; the answer itself where it has none ("3/4"). */
const char *ca_words_answer(const struct ca_template *t, const struct ca_standard *s,
                            const char *id);

/* ---- conditions ---- */

/* One row of a condition: "'Plan' is answered 'No'". */
void ca_words_row(struct ca_buffer *out, const struct ca_template *t, const struct ca_row *row);

/* What the row found: "it is answered 'Yes'", "2 are: 'Plan', 'Health'". */
void ca_words_found(struct ca_buffer *out, const struct ca_pass *pass,
                    const struct ca_row *row);

/* All rows, each with what it found in brackets. */
void ca_words_conditions(struct ca_buffer *out, const struct ca_pass *pass,
                         const struct ca_conditions *conditions);

#endif
