#ifndef CA_YEAR_SHORTAGE_H
#define CA_YEAR_SHORTAGE_H

#include "core/year/share.h"

/*
 * A shortage as a sentence without its full stop: "C3, C7 and C9 are all of team north; outside
 * it only A4 may take them, at most 2". teams are those of the cases of the share. In arena.
 */
const char *ca_shortage_words(struct ca_arena *arena, const struct ca_share *share,
                              const struct ca_shortage *shortage, const char *const *teams);

#endif
