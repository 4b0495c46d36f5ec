#ifndef CA_REPORT_DATE_WORDS_H
#define CA_REPORT_DATE_WORDS_H

#include "core/base/buffer.h"
#include "core/base/date.h"

/* Appends "14 November 2023"; nothing for CA_NO_DATE. */
void ca_words_date(struct ca_buffer *out, ca_date date);

#endif
