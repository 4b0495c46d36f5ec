#ifndef CA_YEAR_SAMPLE_H
#define CA_YEAR_SAMPLE_H

#include "core/store/sample.h"
#include "core/year/draw.h"

/* What a draw from a frame is when it is kept: all but name, template, day, period, rule and
 * file_sha256, which out has already, and which the frame and the draw were made by. All of it
 * lives in arena, and texts are borrowed from the frame. */
void ca_sample_of_draw(struct ca_arena *arena, const struct ca_frame *frame,
                       const struct ca_draw *draw, struct ca_sample *out);

/* A case that stands in the sample, or by. */
struct ca_standing {
    const struct ca_sample_case *of;
    char key[CA_SHA256_TEXT]; /* "" once the case is erased */
    bool reserve;
    const struct ca_sample_case *replaces; /* NULL */
    const char *why;                       /* NULL */
};

/* The cases as they stand after all replacements: by key, those in reserve behind. The array
 * lives in arena. */
struct ca_standing *ca_sample_standing(struct ca_arena *arena, const struct ca_sample *sample,
                                       size_t *count);

#endif
