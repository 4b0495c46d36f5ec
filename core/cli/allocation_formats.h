#ifndef CA_CLI_ALLOCATION_FORMATS_H
#define CA_CLI_ALLOCATION_FORMATS_H

#include "core/base/date.h"
#include "core/year/allocation.h"

/* Writes who audits which case to standard output as "json", "csv" (the cases) or else as
 * text. due: CA_NO_DATE. */
void ca_allocation_print(const struct ca_allocation *allocation, const char *sample,
                         ca_date due, const char *format);

#endif
