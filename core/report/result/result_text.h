#ifndef CA_REPORT_RESULT_TEXT_H
#define CA_REPORT_RESULT_TEXT_H

#include "core/report/text/layout.h"
#include "core/work/scorer.h"

/* One return for the terminal: alerts first, the grade and where it comes from,
 * sections, limits. A rejected one: its name and how many faults. */
void ca_result_text(const struct ca_layout *layout, const struct ca_scored *scored);

#endif
