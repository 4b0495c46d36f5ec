#ifndef CA_CLI_SAMPLE_FORMATS_H
#define CA_CLI_SAMPLE_FORMATS_H

#include "core/base/date.h"
#include "core/year/draw.h"

/* A sample as it is told to people and programs. All is borrowed. */
struct ca_sample {
    const char *name, *template_id;
    ca_date on;
    int64_t recent; /* cases audited in so many months before are left out; 0: none */
    const struct ca_frame_rule *columns;
    const struct ca_frame *frame;
    const struct ca_draw_rule *rule;
    const struct ca_draw *draw;
    const char *file_sha256; /* of the case list's bytes */
};

/* Writes it to standard output as "json", "csv" (the cases) or else as text. */
void ca_sample_print(const struct ca_sample *sample, const char *format);

#endif
