#ifndef CA_REPORT_WORDS_CONDITIONS_H
#define CA_REPORT_WORDS_CONDITIONS_H

#include "core/base/buffer.h"
#include "core/scoring/pass.h"

/* Conditions in plain English. Both append to out. */

/* One row of a condition: "'Plan' is answered 'No'". */
void ca_words_row(struct ca_buffer *out, const struct ca_template *t, const struct ca_row *row);

/* All rows, each with what it found in brackets: "(it is answered 'Yes')",
 * "(2 are: 'Plan', 'Health')". */
void ca_words_conditions(struct ca_buffer *out, const struct ca_pass *pass,
                         const struct ca_conditions *conditions);

#endif
