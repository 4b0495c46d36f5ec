#ifndef CA_WORK_ASK_H
#define CA_WORK_ASK_H

#include "core/base/buffer.h"
#include "core/work/sandbox.h"

/*
 * One question to a locked process: it is forked, locked, works out its answer from what this
 * process had in its memory, and ends. So bytes from outside are read, and frameworks of
 * others opened, where nothing else can be reached. The answer is bytes, to be looked at as
 * bytes from outside are.
 */
struct ca_ask {
    /* In the locked process: puts out the answer. */
    void (*work)(void *context, struct ca_buffer *out);
    void *context;
    const char *who;  /* who is to blame if it ends, for messages: "the engine" */
    size_t most;      /* bytes of an answer; 0: CA_ASK_MOST */
    unsigned timeout; /* milliseconds; 0: CA_ASK_TIMEOUT */
    unsigned memory;  /* MiB it may take; 0: as others */
    bool opening;     /* it opens a framework: */
    int plugin;       /* the open file of one, which is CA_WORKER_PLUGIN there */
};

enum { CA_ASK_MOST = 64 << 20, CA_ASK_TIMEOUT = 30000, CA_ASK_WHY = 512 };

/* False, and why, if there is no answer: the process ended, took too long, or answered at
 * too great a length. */
bool ca_ask_locked(const struct ca_ask *ask, struct ca_buffer *answer, char why[CA_ASK_WHY]);

/* How a process ended, for messages: "crashed (SIGSEGV: …)". */
void ca_ask_say_end(int status, char *text, size_t size);

#endif
