#ifndef CA_YEAR_SETTLE_H
#define CA_YEAR_SETTLE_H

#include "core/year/holding.h"

/*
 * Of all fairest ways to share out, the one that the share's seed chooses. Pairs of auditor and
 * case come in ascending order of the SHA-256 of seed, line feed, auditor, line feed, case;
 * each is taken if a fairest way has it besides those taken. The holding is a fairest way, with
 * nothing fixed, and is the chosen one afterwards.
 */
void ca_share_settle(struct ca_arena *arena, struct ca_holding *holding);

#endif
