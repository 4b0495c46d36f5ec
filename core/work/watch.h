#ifndef CA_WORK_WATCH_H
#define CA_WORK_WATCH_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

/*
 * How long another process has been at one thing, by clocks of the kernel and of this
 * process. What counts is the time it spent on a processor, and the time it chose to sleep;
 * not the time it waited for a processor, for that says only how busy the machine is.
 */
struct ca_watch {
    pid_t pid;
    bool has_clock;
    clockid_t clock;  /* of its processor time */
    int64_t cpu_then; /* nanoseconds, as all here */
    int64_t looked, waited;
    int64_t spent;
};

enum { CA_WATCH_EVERY = 200 }; /* milliseconds between looks, about */

void ca_watch_begin(struct ca_watch *watch, pid_t pid);
/* It has begun something new. */
void ca_watch_again(struct ca_watch *watch);
/* Has it been at it for longer than so many milliseconds? To be asked several times a
 * second; what is asked more often costs nothing. */
bool ca_watch_overdue(struct ca_watch *watch, int64_t limit);

#endif
