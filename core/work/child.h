#ifndef CA_WORK_CHILD_H
#define CA_WORK_CHILD_H

#include <sys/types.h>

#include "core/work/sandbox.h"

/* What every locked process does first, whatever it is for. */

/* The child's ends, in the parent's numbers; -1: there is none. */
struct ca_child_ends {
    int requests, replies, bell, plugin;
};

/* In the child: leaves open its ends, under the numbers of sandbox.h, and nothing else, and
 * sees to it that it ends with its parent. */
void ca_child_arrange(const struct ca_sandbox *sandbox, const struct ca_child_ends *ends,
                      pid_t parent);

/* Locks it. One that is to open a framework hands the parent what is needed for that. */
enum ca_code ca_child_lock(const struct ca_sandbox *sandbox, bool opening,
                           struct ca_error *error);
/* In the parent: takes what was handed over, from its own end of requests; -1: nothing. */
int ca_child_listener(int requests);

/* Reaps the child; one that does not end by itself in a moment is ended. The status is that
 * of waitpid. */
int ca_child_reap(pid_t pid, bool kill_it);

#endif
