#ifndef CA_YEAR_HOLDING_H
#define CA_YEAR_HOLDING_H

#include "core/year/share.h"

/*
 * Who holds which case while cases are being shared out, and which auditor could pass a case on
 * to which other. One place more stands behind the auditors, that of the scales: whoever may
 * take one case more leads there, and from there it leads to whoever may have one less
 * (settle.c sets these ways; until then there are none).
 */
struct ca_holding {
    const struct ca_share *share;
    size_t places;       /* auditors and the scales */
    size_t words;        /* of a set of places */
    uint64_t *may;       /* as in the share, to be narrowed */
    size_t *holders;     /* by case, or CA_NO_BIT */
    int64_t *loads;      /* by auditor, with what is returned */
    bool *fixed;         /* by case: it stays where it is, and no way is by it */
    uint32_t *ways;      /* [from * places + to]: cases that from holds and to may take */
    uint64_t *on, *back; /* sets of places for each place: where a way leads, and from where */
    size_t *first, *next, *before; /* the cases of each auditor, as a list */

    size_t *from;   /* of the last search, by place: from where it was reached */
    size_t *queue;  /* those that were reached, in this order */
    uint64_t *seen; /* as a set */
};

void ca_holding_init(struct ca_arena *arena, const struct ca_share *share,
                     struct ca_holding *holding);

static inline uint64_t *ca_holding_may(const struct ca_holding *holding, size_t case_index)
{
    return &holding->may[case_index * holding->words];
}

/* The case goes from whoever holds it, if anybody does, to the auditor. Loads follow. */
void ca_holding_give(struct ca_holding *holding, size_t case_index, size_t auditor);
/* Of those who may take the case, only those in the set may. */
void ca_holding_narrow(struct ca_holding *holding, size_t case_index, const uint64_t *set);
/* The case is kept where it is from now on. */
void ca_holding_fix(struct ca_holding *holding, size_t case_index);
/* Is there a way from the one place to the other? For that of the scales. */
void ca_holding_put_way(struct ca_holding *holding, size_t from, size_t to, bool there);

/*
 * Which places can be reached from those of the set, on as many ways as it takes. Ends early at
 * target, if that is not CA_NO_BIT. How many were reached, in queue; those of the set come from
 * CA_NO_BIT.
 */
size_t ca_holding_search(struct ca_holding *holding, const uint64_t *start, size_t target);
/* Along the way that the last search found to last, each passes a case on to the next. The
 * auditor at whom it begins. */
size_t ca_holding_pass_on(struct ca_holding *holding, size_t last);

#endif
