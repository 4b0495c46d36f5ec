/*
 * A framework that does what no framework may do, one deed a return: the attribute "deed"
 * names it. Where the deed was refused and the process lives on, the return is scored;
 * where it was allowed, that is a fault of the return.
 */
#define NAME         "hostile"
#define CHECK_RETURN do_deed
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <caseaudit/framework.h>

static void do_deed(const caseaudit_host *host, void *state, const caseaudit_template *t,
                    const caseaudit_return *r, caseaudit_diagnostics *diagnostics);

#include "sound.h"

enum { REFUSED, ALLOWED };

static volatile int zero;

/* ---- ends the process, or would never end ---- */

static int crash(void)
{
    raise(SIGSEGV);
    return ALLOWED;
}

static int divide(void)
{
    raise(SIGFPE);
    return zero;
}

static int leave_by_abort(void)
{
    abort();
}

static int leave_by_exit(void)
{
    exit(7);
}

static int leave_quietly(void)
{
    _exit(0);
}

static int kill_itself(void)
{
    raise(SIGKILL);
    return ALLOWED;
}

static int hang(void)
{
    while (zero == 0)
        ;
    return ALLOWED;
}

static int sleep_on(void)
{
    sleep(1000);
    return ALLOWED;
}

/* The volatiles keep the compiler from making a loop of it, or seeing that it has no end. */
static int recurse(int n)
{
    volatile char room[4096];

    room[0] = (char)n;
    return zero != 0 ? 0 : recurse(n + 1) + room[0];
}

static int overflow_stack(void)
{
    return recurse(0);
}

static int exhaust_memory(void)
{
    while (zero == 0) {
        char *memory = malloc(1 << 20);
        memset(memory, 1, 1 << 20); /* as those do who never ask whether there was any */
    }
    return ALLOWED;
}

/* Shared memory, which not every limit counts. */
static int exhaust_shared(void)
{
    while (zero == 0) {
        char *memory =
            mmap(NULL, 64 << 20, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED)
            abort();
    }
    return ALLOWED;
}

/* ---- gets in the way of the process it runs in ---- */

static int close_descriptors(void)
{
    for (int i = 0; i < 1024; i++)
        close(i);
    return REFUSED;
}

/* Wherever the way back to the parent is. */
static int write_everywhere(void)
{
    char garbage[512];

    memset(garbage, 0x5A, sizeof garbage);
    for (int i = 3; i < 64; i++)
        if (write(i, garbage, sizeof garbage) < 0)
            continue;
    return REFUSED;
}

static int print(void)
{
    puts("{\"schema\":\"forged\"}");
    fputs("forged\n", stderr);
    fflush(NULL);
    return REFUSED;
}

/* ---- reaches out ---- */

static int read_file(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0 ? ALLOWED : REFUSED;
}

static int write_file(void)
{
    return open("hostile-was-here", O_WRONLY | O_CREAT, 0600) >= 0 ? ALLOWED : REFUSED;
}

static int append_file(void)
{
    return open("/dev/null", O_RDWR) >= 0 ? ALLOWED : REFUSED;
}

static int remove_file(void)
{
    return unlink("hostile-was-never-here") == 0 || errno == ENOENT ? ALLOWED : REFUSED;
}

static int change_mode(void)
{
    return chmod("hostile-was-never-here", 0777) == 0 || errno == ENOENT ? ALLOWED : REFUSED;
}

static int use_network(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? ALLOWED : REFUSED;
}

static int use_local_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? ALLOWED : REFUSED;
}

static int run_program(void)
{
    char *const arguments[] = {(char *)"true", NULL};

    execv("/bin/true", arguments);
    return errno == EPERM || errno == EACCES ? REFUSED : ALLOWED;
}

static int start_process(void)
{
    pid_t pid = fork();

    if (pid == 0)
        _exit(0);
    return pid > 0 ? ALLOWED : REFUSED;
}

static void *nothing(void *argument)
{
    return argument;
}

static int start_thread(void)
{
    pthread_t thread;

    return pthread_create(&thread, NULL, nothing, NULL) == 0 ? ALLOWED : REFUSED;
}

static int kill_parent(void)
{
    return kill(getppid(), SIGTERM) == 0 ? ALLOWED : REFUSED;
}

static int trace_parent(void)
{
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0 ? ALLOWED : REFUSED;
}

static int raise_limit(void)
{
    const struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};

    return setrlimit(RLIMIT_CORE, &limit) == 0 ? ALLOWED : REFUSED;
}

static int make_code(void)
{
    void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return memory != MAP_FAILED ? ALLOWED : REFUSED;
}

static const struct {
    const char *name;
    int (*deed)(void);
} deeds[] = {{"crash", crash},
             {"divide", divide},
             {"abort", leave_by_abort},
             {"exit", leave_by_exit},
             {"leave-quietly", leave_quietly},
             {"kill-itself", kill_itself},
             {"hang", hang},
             {"sleep", sleep_on},
             {"overflow-stack", overflow_stack},
             {"exhaust-memory", exhaust_memory},
             {"exhaust-shared", exhaust_shared},
             {"close-descriptors", close_descriptors},
             {"write-everywhere", write_everywhere},
             {"print", print},
             {"read-file", read_file},
             {"write-file", write_file},
             {"append-file", append_file},
             {"remove-file", remove_file},
             {"change-mode", change_mode},
             {"use-network", use_network},
             {"use-local-socket", use_local_socket},
             {"run-program", run_program},
             {"start-process", start_process},
             {"start-thread", start_thread},
             {"kill-parent", kill_parent},
             {"trace-parent", trace_parent},
             {"raise-limit", raise_limit},
             {"make-code", make_code}};

static void do_deed(const caseaudit_host *host, void *state, const caseaudit_template *t,
                    const caseaudit_return *r, caseaudit_diagnostics *diagnostics)
{
    const char *name = host->attribute(r, "deed");

    (void)state, (void)t;
    if (name == NULL)
        return;
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        if (strcmp(deeds[i].name, name) == 0) {
            if (deeds[i].deed() == ALLOWED)
                host->return_fault(diagnostics, r, CASEAUDIT_ERROR, CASEAUDIT_AT_AUDIT, 0,
                                   "the deed '%s' was allowed", name);
            return;
        }
    host->return_fault(diagnostics, r, CASEAUDIT_ERROR, CASEAUDIT_AT_AUDIT, 0,
                       "the deed '%s' is unknown", name);
}

const caseaudit_framework *caseaudit_framework_entry(void)
{
    return &descriptor;
}
