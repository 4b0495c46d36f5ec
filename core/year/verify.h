#ifndef CA_YEAR_VERIFY_H
#define CA_YEAR_VERIFY_H

#include "core/store/sample.h"

/* Is what a list draws what was drawn? */
enum ca_verdict {
    CA_VERDICT_SAME,       /* the same file */
    CA_VERDICT_SAME_FRAME, /* another file with the same cases in the same strata */
    CA_VERDICT_DIFFERS
};

/* Ids by their bytes. */
struct ca_ids {
    const char **items;
    size_t count;
};

struct ca_verification {
    enum ca_verdict verdict;
    struct ca_ids gone, new, moved;      /* of the frame; moved: in another stratum now */
    struct ca_ids drawn_gone, drawn_new; /* of the cases drawn, replacements aside */
    size_t erased; /* so many cases of the list were erased since, and cannot be compared */
    struct ca_ids left_out; /* of the list's cases those that must be the ones erased, and had
                             * been left out of the frame */
};

/* kept is the sample as it was drawn, now the one that the list draws by the same rule. Lives
 * in arena. */
struct ca_verification ca_sample_verify(struct ca_arena *arena, const struct ca_sample *kept,
                                        const struct ca_sample *now);

#endif
