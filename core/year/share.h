#ifndef CA_YEAR_SHARE_H
#define CA_YEAR_SHARE_H

#include "core/base/arena.h"
#include "core/year/bits.h"

/*
 * Sharing cases out among auditors: who may take which case is given, and nobody takes more
 * than they have room for. Of all ways that keep to this, the loads are the fairest: the sum of
 * their squares is the least there can be. What an auditor has returned already counts in the
 * load. Of several fairest ways one is chosen by the seed, so that anybody finds the same,
 * whatever the order in which cases and auditors are named.
 */
struct ca_share_auditor {
    const char *code;
    int64_t returned; /* cases of the same sample that they are through with */
    int64_t most;     /* with those returned; CA_NO_MOST: no limit */
};
#define CA_NO_MOST ((int64_t)-1)

struct ca_share {
    const char *seed;
    const struct ca_share_auditor *auditors;
    size_t auditor_count;
    const char *const *cases; /* their ids */
    size_t case_count;
    size_t words;  /* of a row of may */
    uint64_t *may; /* for each case the set of auditors who may take it */
};

/* More than this cannot be shared out: pairs of an auditor and a case that they may take. */
enum { CA_SHARE_PAIRS = 20000000, CA_SHARE_AUDITORS = 4000 };

/*
 * Cases that cannot all be shared out, because nobody but auditors may take them, who have not
 * room for so many. Without any one of the cases the others could be.
 */
struct ca_shortage {
    size_t *cases, *auditors; /* indexes, in the order of their ids' bytes */
    size_t case_count, auditor_count;
};

/* may is as large as it has to be, and nobody may take anything yet; the rest is borrowed. */
void ca_share_init(struct ca_arena *arena, struct ca_share *share);

static inline void ca_share_allow(struct ca_share *share, size_t case_index, size_t auditor,
                                  bool allowed)
{
    ca_bits_put(&share->may[case_index * share->words], auditor, allowed);
}

static inline bool ca_share_allows(const struct ca_share *share, size_t case_index,
                                   size_t auditor)
{
    return ca_bits_has(&share->may[case_index * share->words], auditor);
}

/* Sets holders, by case, to the index of an auditor. False, with *shortage, if it cannot be
 * done. All lives in arena. */
bool ca_share_out(struct ca_arena *arena, const struct ca_share *share, size_t *holders,
                  struct ca_shortage *shortage);

#endif
