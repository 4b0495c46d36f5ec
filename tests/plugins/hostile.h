/* What the parts of the hostile framework share: a deed is a function that tries what no
 * framework may do. */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <caseaudit/framework.h>

/* Descriptors of the process, as core/work/sandbox.h has them. */
enum { REQUESTS = 3, REPLIES, BELL };

enum { REFUSED, ALLOWED };

/* What the framework was called with; all NULL where a deed is done while it is loaded. */
struct scene {
    const caseaudit_host *host;
    const caseaudit_template *t;
    const caseaudit_return *r;
    caseaudit_diagnostics *diagnostics;
};

struct deed {
    const char *name;
    int (*deed)(const struct scene *scene);
};

/* Each ends with a name that is NULL. */
extern const struct deed hostile_ends[];    /* crashes, hangs, uses up */
extern const struct deed hostile_answers[]; /* answers for others, spoils what is shared */
extern const struct deed hostile_reaches[]; /* files, programs, signals */

/* One system call that is to be refused: -1 if there is none of this name. */
int hostile_call(const char *name);

#endif
