#ifndef CA_REPORT_WORDS_H
#define CA_REPORT_WORDS_H

#include "core/base/buffer.h"
#include "core/model/result.h"

/* The model in plain English, for explanations and reports. All append to out. */

/* "14 November 2023"; nothing for CA_NO_DATE. */
void ca_words_date(struct ca_buffer *out, ca_date date);

/* One row of a condition: "standard 'Plan' is answered 'No'". */
void ca_words_row(struct ca_buffer *out, const struct ca_template *t, const struct ca_row *row);

/* What became of a standard: "Good", "late: due on …, 3 days late", "not applicable". */
void ca_words_outcome(struct ca_buffer *out, const struct ca_template *t,
                      const struct ca_standard *s, const struct ca_outcome *o);

/* "Good", or "no grade" for CA_NONE. */
const char *ca_words_grade(const struct ca_template *t, size_t grade);

/* "days", "working days"; with n 1 "day". */
void ca_words_count(struct ca_buffer *out, int64_t n, const char *one, const char *many);

#endif
