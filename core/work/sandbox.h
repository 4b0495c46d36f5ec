#ifndef CA_WORK_SANDBOX_H
#define CA_WORK_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

/*
 * What a worker gives up before it reads a stranger's document: it can open no file,
 * start no program, process or thread, reach no network, signal nobody else, gain no
 * privilege, and take no more than so much memory. What is forbidden and can only be
 * meant badly ends the process (SIGSYS); what a library may try in good faith, such as
 * opening a file for reading, merely fails.
 */
/* Descriptors that stay open. */
enum { CA_WORKER_REQUESTS = 3, CA_WORKER_REPLIES, CA_WORKER_BELL, CA_WORKER_FIRST_FREE };

struct ca_sandbox {
    bool seccomp;
    int landlock; /* version of the kernel's interface; 0: none */
    bool relaxed; /* neither is used, and memory is not limited */
};

/* What this kernel and this build can do. */
void ca_sandbox_probe(struct ca_sandbox *sandbox);

/* A sentence for --verbose and store info, without its full stop; it says also what is
 * missing and why. text has room for size bytes. */
void ca_sandbox_describe(const struct ca_sandbox *sandbox, char *text, size_t size);

/* Locks the calling process, for good, as far as was probed. CA_ERROR_IO if the kernel
 * refuses what it said it could do. */
enum ca_code ca_sandbox_lock(const struct ca_sandbox *sandbox, struct ca_error *error);

#endif
