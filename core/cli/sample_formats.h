#ifndef CA_CLI_SAMPLE_FORMATS_H
#define CA_CLI_SAMPLE_FORMATS_H

#include "core/store/sample.h"

/* Writes a sample to standard output as "json", "csv" (the cases) or else as text. */
void ca_sample_print(const struct ca_sample *sample, const char *format);

#endif
