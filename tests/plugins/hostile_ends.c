/* Deeds that end the process, never end, or use up what there is. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/plugins/hostile.h"

enum { MEBIBYTE = 1 << 20 };

static volatile const int zero;

/* ---- ends the process ---- */

static int crash(const struct scene *scene)
{
    (void)scene;
    raise(SIGSEGV);
    return ALLOWED;
}

static int divide(const struct scene *scene)
{
    (void)scene;
    raise(SIGFPE);
    return zero;
}

static int leave_by_abort(const struct scene *scene)
{
    (void)scene;
    abort();
}

static int leave_by_exit(const struct scene *scene)
{
    (void)scene;
    exit(7);
}

static int leave_quietly(const struct scene *scene)
{
    (void)scene;
    _exit(0);
}

static int kill_itself(const struct scene *scene)
{
    (void)scene;
    raise(SIGKILL);
    return ALLOWED;
}

/* ---- would never end ---- */

static int hang(const struct scene *scene)
{
    (void)scene;
    while (zero == 0)
        ;
    return ALLOWED;
}

static int sleep_on(const struct scene *scene)
{
    (void)scene;
    while (zero == 0)
        sleep(1000);
    return ALLOWED;
}

static int stop_itself(const struct scene *scene)
{
    (void)scene;
    raise(SIGSTOP);
    return zero == 0 ? sleep_on(scene) : ALLOWED;
}

/* As if there were replies, all the time. */
static int ring_on(const struct scene *scene)
{
    const unsigned long long one = 1;

    (void)scene;
    while (zero == 0)
        if (write(BELL, &one, sizeof one) < 0)
            continue;
    return ALLOWED;
}

/* A reply that begins and never ends. */
static int drip(const struct scene *scene)
{
    const unsigned long long one = 1;

    (void)scene;
    while (zero == 0) {
        if (write(REPLIES, "", 1) < 0 || write(BELL, &one, sizeof one) < 0)
            continue;
        usleep(100 * 1000);
    }
    return ALLOWED;
}

/* Waits for what is to be done next, and never does it. */
static int eat_requests(const struct scene *scene)
{
    char eaten[512];

    (void)scene;
    while (zero == 0)
        if (recv(REQUESTS, eaten, sizeof eaten, 0) < 0)
            continue;
    return ALLOWED;
}

static void again(int number)
{
    (void)number;
    while (zero == 0)
        ;
}

/* A crash that is caught, and then goes on. */
static int hang_in_handler(const struct scene *scene)
{
    (void)scene;
    signal(SIGSEGV, again);
    raise(SIGSEGV);
    return ALLOWED;
}

/* ---- uses up ---- */

/* The volatiles keep the compiler from making a loop of it, or seeing that it has no end. */
static int recurse(int n)
{
    volatile char room[4096];

    room[0] = (char)n;
    return zero != 0 ? 0 : recurse(n + 1) + room[0];
}

static int overflow_stack(const struct scene *scene)
{
    (void)scene;
    return recurse(0);
}

static int exhaust_memory(const struct scene *scene)
{
    (void)scene;
    while (zero == 0) {
        char *memory = malloc(MEBIBYTE);
        memset(memory, 1, MEBIBYTE); /* as those do who never ask whether there was any */
    }
    return ALLOWED;
}

/* Leaves the returns after it as good as nothing. */
static int hoard_memory(const struct scene *scene)
{
    (void)scene;
    for (size_t size = 64 * MEBIBYTE; size > 4096; size /= 2) {
        char *memory = malloc(size);
        while (memory != NULL) {
            memset(memory, 1, size);
            memory = malloc(size);
        }
    }
    return REFUSED;
}

/* Shared memory, which not every limit counts. */
static int exhaust_shared(const struct scene *scene)
{
    (void)scene;
    while (zero == 0) {
        char *memory = mmap(NULL, 64 * MEBIBYTE, PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            abort();
    }
    return ALLOWED;
}

static int exhaust_descriptors(const struct scene *scene)
{
    (void)scene;
    return dup(REPLIES) >= 0 ? ALLOWED : REFUSED;
}

static int exhaust_output(const struct scene *scene)
{
    (void)scene;
    for (int i = 0; i < 100000; i++)
        if (write(STDOUT_FILENO, "again and again\n", 16) < 0)
            return REFUSED;
    return REFUSED;
}

static int exhaust_log(const struct scene *scene)
{
    for (int i = 0; i < 20000; i++)
        scene->host->log(scene->host, "%0500d", i);
    return REFUSED;
}

static int exhaust_faults(const struct scene *scene)
{
    for (int i = 0; i < 10000; i++)
        scene->host->return_fault(scene->diagnostics, scene->r, CASEAUDIT_WARNING,
                                  CASEAUDIT_AT_AUDIT, 0, "%0500d", i);
    return REFUSED;
}

const struct deed hostile_ends[] = {{"crash", crash},
                                    {"divide", divide},
                                    {"abort", leave_by_abort},
                                    {"exit", leave_by_exit},
                                    {"leave-quietly", leave_quietly},
                                    {"kill-itself", kill_itself},
                                    {"hang", hang},
                                    {"sleep", sleep_on},
                                    {"stop-itself", stop_itself},
                                    {"ring-on", ring_on},
                                    {"drip", drip},
                                    {"eat-requests", eat_requests},
                                    {"hang-in-handler", hang_in_handler},
                                    {"overflow-stack", overflow_stack},
                                    {"exhaust-memory", exhaust_memory},
                                    {"hoard-memory", hoard_memory},
                                    {"exhaust-shared", exhaust_shared},
                                    {"exhaust-descriptors", exhaust_descriptors},
                                    {"exhaust-output", exhaust_output},
                                    {"exhaust-log", exhaust_log},
                                    {"exhaust-faults", exhaust_faults},
                                    {NULL, NULL}};
