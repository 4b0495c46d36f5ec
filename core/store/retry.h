#ifndef CA_STORE_RETRY_H
#define CA_STORE_RETRY_H

#include <stdbool.h>
#include <time.h>

#include "core/base/error.h"

/*
 * Once more, what the store undid for others' sake (CA_ERROR_AGAIN: a deadlock, a serialisation
 * failure). Nothing of it is stored then, so the same again cannot count twice. A connection
 * that is lost is none of these: whether a change outlived it is for people to look up.
 */
enum { CA_RETRY_S = 60 }; /* how long that is tried */

/* Of one change: zero at first. */
struct ca_retry {
    bool never; /* a part of a larger change, which is done once more as a whole */
    int naps;   /* as far as they grow */
    struct timespec since;
};

/* Whether what came to that is done once more; if so, it has napped. */
bool ca_retry(struct ca_retry *retry, enum ca_code code);

#endif
