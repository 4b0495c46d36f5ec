/* Signals that wait. */
#include "core/base/signals.h"

#include <stddef.h>

void ca_signals_hold(sigset_t *before)
{
    sigset_t ending;

    sigemptyset(&ending);
    sigaddset(&ending, SIGHUP);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGQUIT);
    sigaddset(&ending, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &ending, before);
}

void ca_signals_release(const sigset_t *before)
{
    (void)sigprocmask(SIG_SETMASK, before, NULL);
}
