#ifndef CA_BASE_SIGNALS_H
#define CA_BASE_SIGNALS_H

#include <signal.h>

/*
 * For the moments in which something half-made lies on the disk: what ends a program at
 * somebody's wish (SIGHUP, SIGINT, SIGQUIT, SIGTERM) waits from one call to the other.
 */
void ca_signals_hold(sigset_t *before);
void ca_signals_release(const sigset_t *before);

#endif
