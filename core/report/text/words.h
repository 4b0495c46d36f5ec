#ifndef CA_REPORT_WORDS_H
#define CA_REPORT_WORDS_H

#include "core/base/buffer.h"
#include "core/model/template.h"

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

/* "14 November 2023"; nothing for CA_NO_DATE. */
void ca_words_date(struct ca_buffer *out, ca_date date);

#endif
