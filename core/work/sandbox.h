#ifndef CA_WORK_SANDBOX_H
#define CA_WORK_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "core/base/error.h"

/*
 * What a process gives up before it reads a stranger's document or opens a stranger's
 * framework: it can open no file, start no program, process or thread, reach no network,
 * signal nobody else, gain no privilege, and take no more than so much memory. What is
 * forbidden and can only be meant badly ends the process (SIGSYS); what a library may try in
 * good faith, such as opening a file for reading, merely fails. sandbox_calls.c has the
 * table of what there is, and why.
 */

/* Descriptors that stay open. */
enum {
    CA_WORKER_REQUESTS = 3, /* a socket: from the parent */
    CA_WORKER_REPLIES,      /* a pipe: to the parent */
    CA_WORKER_BELL,
    CA_WORKER_PLUGIN, /* a framework's file, where the process is to open one */
    CA_WORKER_FIRST_FREE
};

enum { CA_SANDBOX_MEMORY = 256 };

struct ca_sandbox {
    bool seccomp;
    int landlock;    /* version of the kernel's interface; 0: none */
    bool opening;    /* the parent can open a framework's file for a locked process */
    bool relaxed;    /* none of these is used, and memory is not limited */
    unsigned memory; /* MiB of memory, as far as probed: CA_SANDBOX_MEMORY */
};

/* What this kernel and this build can do. */
void ca_sandbox_probe(struct ca_sandbox *sandbox);

/* A sentence for --verbose, without its full stop; it says also what is missing and why.
 * text has room for size bytes. */
void ca_sandbox_describe(const struct ca_sandbox *sandbox, char *text, size_t size);

/* In the parent, before it makes processes that lock themselves: what costs most is then done
 * once for all of them. */
void ca_sandbox_prepare(const struct ca_sandbox *sandbox, bool to_open);

/*
 * Locks the calling process, for good, as far as was probed. CA_ERROR_IO if the kernel
 * refuses what it said it could do. With a listener (not NULL) the process is about to open
 * a framework: files that it asks for are then opened, or not, by whoever holds *listener
 * (ca_sandbox_open_for). It is -1 where the process is relaxed and opens them itself.
 */
enum ca_code ca_sandbox_lock(const struct ca_sandbox *sandbox, int *listener,
                             struct ca_error *error);

/*
 * In the parent, when the listener can be read: one thing that the locked process pid asked
 * for. It gets its framework's file (file, of this process) under the name by which it was
 * told of it, and libraries of the system that belong to root; no other file. What it needs
 * besides to map them, it can do as long as somebody answers here.
 */
void ca_sandbox_open_for(int listener, pid_t pid, int file);

/* ---- sandbox_calls.c ---- */

/* Loads the table of system calls; 0, or an errno's negative. */
int ca_sandbox_filter(int *listener);

#endif
