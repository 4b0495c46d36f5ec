#ifndef CA_YEAR_DRAW_H
#define CA_YEAR_DRAW_H

#include "core/year/frame.h"

/*
 * Choosing cases at random so that anybody can choose them again (statistics, "Choosing cases
 * at random"): a case's key is the SHA-256 of the seed, a line feed and its id, and cases are
 * taken in ascending order of key. No clock and no dice: the same frame and rule draw the same
 * cases everywhere.
 */
struct ca_drawn_case {
    const struct ca_frame_case *of; /* borrowed from the frame */
    char key[CA_SHA256_TEXT];
    bool reserve;
};

struct ca_draw {
    struct ca_drawn_case *cases; /* by key, those in reserve behind all others */
    size_t count;
    int64_t size; /* how many of them are drawn; the frame's count, if more were asked for */
    int64_t *seats, *reserves; /* by the frame's strata: how many are drawn, and stand by */
};

/* A case's key. */
void ca_draw_key(const char *seed, const char *id, char key[CA_SHA256_TEXT]);

/* All of it lives in arena. */
void ca_draw_make(struct ca_arena *arena, const struct ca_frame *frame,
                  const struct ca_sample_rule *rule, struct ca_draw *out);

#endif
