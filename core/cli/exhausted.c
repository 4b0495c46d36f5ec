/* How the program ends where it runs out of memory. */
#include "core/cli/exhausted.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

#include "core/cli/cli.h"

/* A handler can reach nothing else. */
static const char *volatile unfinished;
static volatile pid_t self;

/* Only what may be done in a handler; in a process that was forked, nothing. */
static void end(int number)
{
    static const char said[] = "caseaudit: it ends here, because memory ran out or because of "
                               "a fault of its own; what "
                               "was acknowledged is safe\n";

    if (getpid() != self)
        return;
    if (unfinished != NULL)
        (void)unlink(unfinished);
    if (write(STDERR_FILENO, said, sizeof said - 1) < 0)
        (void)number; /* nobody is there to be told */
    _exit(CA_EXIT_FAILED);
}

void ca_exhausted_catch(void)
{
    const struct sigaction action = {.sa_handler = end, .sa_flags = (int)SA_RESETHAND};

    self = getpid();
    (void)sigaction(SIGABRT, &action, NULL);
}

void ca_exhausted_removes(const char *path)
{
    unfinished = path;
}
