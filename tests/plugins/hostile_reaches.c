/* Deeds that reach out: files, programs and processes, signals. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "tests/plugins/hostile.h"

/* Whoever gets it does nothing, should the wall not hold. */
enum { HARMLESS = SIGURG };

/* Only what the kernel refused to look at was refused. */
static int refused(long result)
{
    return result < 0 && (errno == EPERM || errno == EACCES || errno == ENOSYS) ? REFUSED
                                                                                : ALLOWED;
}

/* ---- files ---- */

static int read_file(const struct scene *scene)
{
    (void)scene;
    return open("/etc/passwd", O_RDONLY) >= 0 ? ALLOWED : REFUSED;
}

/* Whether it is there, and how large it is. */
static int look_at_file(const struct scene *scene)
{
    struct stat status;

    (void)scene;
    return refused(fstatat(AT_FDCWD, "/etc/passwd", &status, AT_EMPTY_PATH));
}

/* The documents of its parent, and what else that has open. */
static int read_parent(const struct scene *scene)
{
    (void)scene;
    return open("/proc/self/../self/fd/0", O_RDONLY) >= 0 ? ALLOWED : REFUSED;
}

static int write_file(const struct scene *scene)
{
    (void)scene;
    return open("hostile-was-here", O_WRONLY | O_CREAT, 0600) >= 0 ? ALLOWED : REFUSED;
}

static int append_file(const struct scene *scene)
{
    (void)scene;
    return open("/dev/null", O_RDWR) >= 0 ? ALLOWED : REFUSED;
}

static int remove_file(const struct scene *scene)
{
    (void)scene;
    return unlink("hostile-was-never-here") == 0 || errno == ENOENT ? ALLOWED : REFUSED;
}

static int change_mode(const struct scene *scene)
{
    (void)scene;
    return chmod("hostile-was-never-here", 0777) == 0 || errno == ENOENT ? ALLOWED : REFUSED;
}

/* ---- the network, programs, processes ---- */

static int use_network(const struct scene *scene)
{
    (void)scene;
    return socket(AF_INET, SOCK_STREAM, 0) >= 0 ? ALLOWED : REFUSED;
}

static int use_local_socket(const struct scene *scene)
{
    (void)scene;
    return socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? ALLOWED : REFUSED;
}

static int run_program(const struct scene *scene)
{
    char *const arguments[] = {(char *)"true", NULL};

    (void)scene;
    execv("/bin/true", arguments);
    return refused(-1);
}

static int start_process(const struct scene *scene)
{
    pid_t pid = fork();

    (void)scene;
    if (pid == 0)
        _exit(0);
    return pid > 0 ? ALLOWED : REFUSED;
}

static void *nothing(void *argument)
{
    return argument;
}

static int start_thread(const struct scene *scene)
{
    pthread_t thread;

    (void)scene;
    return pthread_create(&thread, NULL, nothing, NULL) == 0 ? ALLOWED : REFUSED;
}

static int trace_parent(const struct scene *scene)
{
    (void)scene;
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0 ? ALLOWED : REFUSED;
}

static int write_into_parent(const struct scene *scene)
{
    char word[] = "forged";
    const struct iovec here = {word, sizeof word};

    (void)scene;
    return refused(process_vm_writev(getppid(), &here, 1, &here, 1, 0));
}

static int read_from_parent(const struct scene *scene)
{
    char word[8];
    const struct iovec here = {word, sizeof word};

    (void)scene;
    return refused(process_vm_readv(getppid(), &here, 1, &here, 1, 0));
}

/* ---- signals to others ---- */

static int kill_parent(const struct scene *scene)
{
    (void)scene;
    return refused(kill(getppid(), HARMLESS));
}

static int kill_group(const struct scene *scene)
{
    (void)scene;
    return refused(kill(0, HARMLESS));
}

static int kill_everyone(const struct scene *scene)
{
    (void)scene;
    return refused(kill(-1, HARMLESS));
}

static int signal_thread(const struct scene *scene)
{
    (void)scene;
    return refused(syscall(SYS_tgkill, getppid(), getppid(), HARMLESS));
}

static int signal_thread_alone(const struct scene *scene)
{
    (void)scene;
    return refused(syscall(SYS_tkill, getppid(), HARMLESS));
}

static int queue_signal(const struct scene *scene)
{
    (void)scene;
    return refused(sigqueue(getppid(), HARMLESS, (union sigval){0}));
}

static int queue_for_thread(const struct scene *scene)
{
    siginfo_t info;

    (void)scene;
    memset(&info, 0, sizeof info);
    info.si_code = SI_QUEUE;
    return refused(syscall(SYS_rt_tgsigqueueinfo, getppid(), getppid(), HARMLESS, &info));
}

static int signal_by_descriptor(const struct scene *scene)
{
    int parent = (int)syscall(SYS_pidfd_open, getppid(), 0);

    (void)scene;
    return refused(syscall(SYS_pidfd_send_signal, parent, HARMLESS, NULL, 0));
}

static int own_pipe_for_parent(const struct scene *scene)
{
    (void)scene;
    return refused(fcntl(REPLIES, F_SETOWN, getppid()));
}

static int own_socket_for_parent(const struct scene *scene)
{
    const struct f_owner_ex owner = {F_OWNER_PID, getppid()};

    (void)scene;
    return refused(fcntl(REQUESTS, F_SETOWN_EX, &owner));
}

static int choose_signal(const struct scene *scene)
{
    (void)scene;
    return refused(fcntl(REPLIES, F_SETSIG, HARMLESS));
}

static int turn_signals_on(const struct scene *scene)
{
    (void)scene;
    return refused(fcntl(REPLIES, F_SETFL, O_ASYNC));
}

static int turn_signals_on_otherwise(const struct scene *scene)
{
    int on = 1;

    (void)scene;
    return refused(ioctl(REQUESTS, FIOASYNC, &on));
}

static int own_otherwise(const struct scene *scene)
{
    int parent = getppid();

    (void)scene;
    return refused(ioctl(REQUESTS, FIOSETOWN, &parent));
}

static int signal_by_timer(const struct scene *scene)
{
    struct sigevent event;
    timer_t timer;

    (void)scene;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = HARMLESS;
    return refused(timer_create(CLOCK_MONOTONIC, &event, &timer));
}

static int signal_by_alarm(const struct scene *scene)
{
    const struct itimerval soon = {{0, 0}, {0, 1000}};

    (void)scene;
    return refused(setitimer(ITIMER_REAL, &soon, NULL));
}

/* ---- what it is held to ---- */

static int raise_limit(const struct scene *scene)
{
    const struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};

    (void)scene;
    return setrlimit(RLIMIT_CORE, &limit) == 0 ? ALLOWED : REFUSED;
}

static int limit_parent(const struct scene *scene)
{
    const struct rlimit limit = {0, 0};

    (void)scene;
    return refused(prlimit(getppid(), RLIMIT_CORE, &limit, NULL));
}

static int outlive_parent(const struct scene *scene)
{
    (void)scene;
    return refused(prctl(PR_SET_PDEATHSIG, 0));
}

static int be_traced(const struct scene *scene)
{
    (void)scene;
    return refused(prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY));
}

static int slow_parent_down(const struct scene *scene)
{
    (void)scene;
    return refused(setpriority(PRIO_PROCESS, (id_t)getppid(), 19));
}

const struct deed hostile_reaches[] = {{"read-file", read_file},
                                       {"look-at-file", look_at_file},
                                       {"read-parent", read_parent},
                                       {"write-file", write_file},
                                       {"append-file", append_file},
                                       {"remove-file", remove_file},
                                       {"change-mode", change_mode},
                                       {"use-network", use_network},
                                       {"use-local-socket", use_local_socket},
                                       {"run-program", run_program},
                                       {"start-process", start_process},
                                       {"start-thread", start_thread},
                                       {"trace-parent", trace_parent},
                                       {"write-into-parent", write_into_parent},
                                       {"read-from-parent", read_from_parent},
                                       {"kill-parent", kill_parent},
                                       {"kill-group", kill_group},
                                       {"kill-everyone", kill_everyone},
                                       {"signal-thread", signal_thread},
                                       {"signal-thread-alone", signal_thread_alone},
                                       {"queue-signal", queue_signal},
                                       {"queue-for-thread", queue_for_thread},
                                       {"signal-by-descriptor", signal_by_descriptor},
                                       {"own-pipe-for-parent", own_pipe_for_parent},
                                       {"own-socket-for-parent", own_socket_for_parent},
                                       {"choose-signal", choose_signal},
                                       {"turn-signals-on", turn_signals_on},
                                       {"turn-signals-on-otherwise", turn_signals_on_otherwise},
                                       {"own-otherwise", own_otherwise},
                                       {"signal-by-timer", signal_by_timer},
                                       {"signal-by-alarm", signal_by_alarm},
                                       {"raise-limit", raise_limit},
                                       {"limit-parent", limit_parent},
                                       {"outlive-parent", outlive_parent},
                                       {"be-traced", be_traced},
                                       {"slow-parent-down", slow_parent_down},
                                       {NULL, NULL}};
