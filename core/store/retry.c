/* Doing once more what was undone for others' sake. */
#include "core/store/retry.h"

#include <sys/random.h>

enum { GROWING = 5 };

/* Naps of random length, so that two who stood in each other's way do not do so again; the
 * first is of some milliseconds, and they grow to a quarter of a second. */
static void nap(struct ca_retry *retry)
{
    struct timespec pause = {0};
    unsigned char byte = 0;

    (void)getrandom(&byte, 1, GRND_NONBLOCK);
    pause.tv_nsec = 1000000L * (1 + (byte >> (GROWING - retry->naps)));
    retry->naps += retry->naps < GROWING;
    (void)nanosleep(&pause, NULL);
}

bool ca_retry(struct ca_retry *retry, enum ca_code code)
{
    struct timespec now;

    if (retry->never || code != CA_ERROR_AGAIN)
        return false;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (retry->naps == 0)
        retry->since = now;
    if (now.tv_sec - retry->since.tv_sec >= CA_RETRY_S)
        return false;
    nap(retry);
    return true;
}
