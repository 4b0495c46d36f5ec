/*
 * Which calls of the system a locked process has: the table, and why each is in it. Whatever
 * is in no table fails with EPERM.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/work/sandbox.h"

enum { MOST_TESTS = 3 };

/* Stands for the id of the process that is locked; no process has it. */
#define OWN_ID UINT32_C(0x7EC0FFEE)

/* (argument & mask) == value. */
struct test {
    unsigned argument;
    uint64_t mask, value;
};

#define ANY UINT64_MAX
#define FD(number)                                                                             \
    {                                                                                          \
        0, UINT32_MAX, (number)                                                                \
    }
#define IS(n, what)                                                                            \
    {                                                                                          \
        (n), UINT32_MAX, (what)                                                                \
    }

struct call {
    int call;
    unsigned tests; /* all of these must hold */
    struct test test[MOST_TESTS];
    const char *why;
};

static const struct call allowed[] = {
    /* memory */
    {SCMP_SYS(brk), 0, {{0}}, "malloc"},
    {SCMP_SYS(mmap),
     2,
     {{2, PROT_EXEC, 0}, {3, MAP_TYPE | MAP_FIXED, MAP_PRIVATE}},
     "malloc; nothing that can be run, and in nobody else's place"},
    {SCMP_SYS(mremap), 1, {{3, ~(uint64_t)MREMAP_MAYMOVE, 0}}, "realloc"},
    {SCMP_SYS(munmap), 0, {{0}}, "free"},
    {SCMP_SYS(mprotect), 1, {{2, PROT_WRITE | PROT_EXEC, 0}}, "what is only read once linked"},
    {SCMP_SYS(madvise), 1, {IS(2, MADV_DONTNEED)}, "free gives pages back"},
    /* the parent */
    {SCMP_SYS(recvfrom), 2, {FD(CA_WORKER_REQUESTS), {4, ANY, 0}}, "what is to be done"},
    {SCMP_SYS(write), 1, {FD(CA_WORKER_REPLIES)}, "what came of it"},
    {SCMP_SYS(write), 1, {FD(CA_WORKER_BELL)}, "that something came of it"},
    {SCMP_SYS(write), 1, {FD(STDOUT_FILENO)}, "a library that prints: this is /dev/null"},
    {SCMP_SYS(write), 1, {FD(STDERR_FILENO)}, "the same"},
    {SCMP_SYS(writev), 1, {FD(STDERR_FILENO)}, "the C library's last words, to /dev/null"},
    {SCMP_SYS(fstat), 0, {{0}}, "the C library looks at what it prints to"},
    {SCMP_SYS(fcntl), 1, {IS(1, F_GETFD)}, "is a descriptor open?"},
    {SCMP_SYS(fcntl), 1, {IS(1, F_GETFL)}, "the C library looks at what it prints to"},
    /* the end */
    {SCMP_SYS(exit), 0, {{0}}, "ending"},
    {SCMP_SYS(exit_group), 0, {{0}}, "ending"},
    {SCMP_SYS(rt_sigaction), 0, {{0}}, "abort"},
    {SCMP_SYS(rt_sigprocmask), 0, {{0}}, "abort"},
    {SCMP_SYS(rt_sigreturn), 0, {{0}}, "the end of a handler"},
    {SCMP_SYS(getpid), 0, {{0}}, "abort, which signals the process itself"},
    {SCMP_SYS(gettid), 0, {{0}}, "the same"},
    /* looking, which changes nothing */
    {SCMP_SYS(clock_gettime), 0, {{0}}, "when replies are due; where the C library asks"},
    {SCMP_SYS(clock_getres), 0, {{0}}, "the same"},
    {SCMP_SYS(gettimeofday), 0, {{0}}, "the same"},
    {SCMP_SYS(time), 0, {{0}}, "the same"},
    {SCMP_SYS(getppid), 0, {{0}}, "is the parent still there?"},
    {SCMP_SYS(getuid), 0, {{0}}, "libraries ask whether they are privileged"},
    {SCMP_SYS(geteuid), 0, {{0}}, "the same"},
    {SCMP_SYS(getgid), 0, {{0}}, "the same"},
    {SCMP_SYS(getegid), 0, {{0}}, "the same"},
    {SCMP_SYS(getrandom), 0, {{0}}, "malloc, and hash tables that cannot be foreseen"},
    {SCMP_SYS(sysinfo), 0, {{0}}, "qsort asks how much memory there is"},
    {SCMP_SYS(prlimit64), 2, {IS(0, 0), {2, ANY, 0}}, "how large may the stack be?"},
    {SCMP_SYS(futex),
     1,
     {{1, ~(uint64_t)FUTEX_PRIVATE_FLAG, FUTEX_WAKE}},
     "locks of the C library, which nobody else holds"},
    /* waiting: the parent's clock runs on, and ends who waits too long */
    {SCMP_SYS(nanosleep), 0, {{0}}, "sleep"},
    {SCMP_SYS(clock_nanosleep), 0, {{0}}, "sleep"},
    {SCMP_SYS(sched_yield), 0, {{0}}, "locks of the C library"},
    {SCMP_SYS(restart_syscall), 0, {{0}}, "a sleep that a signal broke"}};

/* What a process has besides that is to open a framework. */
static const struct call for_opening[] = {
    {SCMP_SYS(sendmsg), 1, {FD(CA_WORKER_REQUESTS)}, "hands the listener to the parent"}};

/* What it has with the parent's help, and so only as long as the parent listens: not once its
 * framework is open. */
static const struct call asked_of_parent[] = {
    {SCMP_SYS(open), 1, {{1, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY}}, "what it opens"},
    {SCMP_SYS(openat), 1, {{2, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY}}, "the same"},
    {SCMP_SYS(newfstatat),
     1,
     {{3, ANY, AT_EMPTY_PATH}},
     "how large it is: fstat in other words, of nothing that has a name"},
    {SCMP_SYS(read), 0, {{0}}, "the head of a shared object"},
    {SCMP_SYS(pread64), 0, {{0}}, "the same"},
    {SCMP_SYS(lseek), 0, {{0}}, "the same"},
    {SCMP_SYS(mmap),
     2,
     {{2, PROT_EXEC, 0}, {3, MAP_TYPE | MAP_FIXED, MAP_PRIVATE | MAP_FIXED}},
     "its data, in their place"},
    {SCMP_SYS(mmap),
     2,
     {{2, PROT_WRITE | PROT_EXEC, PROT_EXEC}, {3, MAP_TYPE | MAP_ANONYMOUS, MAP_PRIVATE}},
     "its code, out of an open file, never to be written to"}};

/* What no document needs and no library tries by itself: ends the process. */
static const int deadly[] = {
    /* the network, and other processes */
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen),
    SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(sendto), SCMP_SYS(sendmmsg),
    SCMP_SYS(recvmsg), SCMP_SYS(recvmmsg), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev), SCMP_SYS(tkill), SCMP_SYS(rt_sigqueueinfo),
    SCMP_SYS(rt_tgsigqueueinfo), SCMP_SYS(pidfd_open), SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(pidfd_getfd), SCMP_SYS(kcmp), SCMP_SYS(shmget), SCMP_SYS(msgget), SCMP_SYS(semget),
    SCMP_SYS(mq_open),
    /* programs, processes, threads */
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(clone),
    SCMP_SYS(clone3), SCMP_SYS(unshare), SCMP_SYS(setns),
    /* changing files */
    SCMP_SYS(creat), SCMP_SYS(truncate), SCMP_SYS(ftruncate), SCMP_SYS(fallocate),
    SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(unlink),
    SCMP_SYS(unlinkat), SCMP_SYS(rmdir), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(mknod),
    SCMP_SYS(mknodat), SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat),
    SCMP_SYS(chmod), SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchown),
    SCMP_SYS(lchown), SCMP_SYS(fchownat), SCMP_SYS(utimensat), SCMP_SYS(setxattr),
    SCMP_SYS(chdir), SCMP_SYS(fchdir), SCMP_SYS(chroot), SCMP_SYS(pivot_root), SCMP_SYS(mount),
    SCMP_SYS(umount2), SCMP_SYS(memfd_create), SCMP_SYS(open_by_handle_at), SCMP_SYS(openat2),
    /* the system, and rights */
    SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid), SCMP_SYS(setregid),
    SCMP_SYS(setresuid), SCMP_SYS(setresgid), SCMP_SYS(setgroups), SCMP_SYS(setrlimit),
    SCMP_SYS(setpgid), SCMP_SYS(setsid), SCMP_SYS(capset), SCMP_SYS(keyctl), SCMP_SYS(add_key),
    SCMP_SYS(request_key), SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(seccomp),
    SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
    SCMP_SYS(io_uring_register), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(kexec_load), SCMP_SYS(reboot), SCMP_SYS(swapon), SCMP_SYS(sethostname),
    SCMP_SYS(settimeofday), SCMP_SYS(clock_settime)};

/* The same of calls that are harmless otherwise, or are refused. */
static const struct call deadly_if[] = {
    {SCMP_SYS(close), 1, {FD(CA_WORKER_REQUESTS)}, "the way to the parent"},
    {SCMP_SYS(close), 1, {FD(CA_WORKER_REPLIES)}, "the same"},
    {SCMP_SYS(close), 1, {FD(CA_WORKER_BELL)}, "the same"},
    {SCMP_SYS(dup2), 1, {IS(1, CA_WORKER_REQUESTS)}, "the same"},
    {SCMP_SYS(dup2), 1, {IS(1, CA_WORKER_REPLIES)}, "the same"},
    {SCMP_SYS(dup2), 1, {IS(1, CA_WORKER_BELL)}, "the same"},
    {SCMP_SYS(mprotect), 1, {{2, PROT_WRITE, PROT_WRITE}}, "what was to be read alone"},
    {SCMP_SYS(fcntl), 1, {IS(1, F_SETOWN)}, "signals of a pipe, to anybody"},
    {SCMP_SYS(fcntl), 1, {IS(1, F_SETOWN_EX)}, "the same"},
    {SCMP_SYS(fcntl), 1, {IS(1, F_SETSIG)}, "the same"},
    {SCMP_SYS(fcntl), 1, {IS(1, F_SETFL)}, "the same, by O_ASYNC"},
    {SCMP_SYS(fcntl), 1, {IS(1, F_SETPIPE_SZ)}, "memory of the kernel"},
    {SCMP_SYS(open), 1, {{1, O_ACCMODE, O_WRONLY}}, "writing"},
    {SCMP_SYS(open), 1, {{1, O_ACCMODE, O_RDWR}}, "writing"},
    {SCMP_SYS(open), 1, {{1, O_CREAT, O_CREAT}}, "making a file"},
    {SCMP_SYS(open), 1, {{1, O_TRUNC, O_TRUNC}}, "emptying one"},
    {SCMP_SYS(openat), 1, {{2, O_ACCMODE, O_WRONLY}}, "writing"},
    {SCMP_SYS(openat), 1, {{2, O_ACCMODE, O_RDWR}}, "writing"},
    {SCMP_SYS(openat), 1, {{2, O_CREAT, O_CREAT}}, "making a file"},
    {SCMP_SYS(openat), 1, {{2, O_TRUNC, O_TRUNC}}, "emptying one"}};

/* ---- the rules ---- */

static int add(scmp_filter_ctx filter, uint32_t action, const struct call *calls, size_t count)
{
    int failed = 0;

    for (size_t i = 0; i < count && failed == 0; i++) {
        struct scmp_arg_cmp tests[MOST_TESTS];
        for (unsigned k = 0; k < calls[i].tests; k++)
            tests[k] = SCMP_CMP64(calls[i].test[k].argument, SCMP_CMP_MASKED_EQ,
                                  calls[i].test[k].mask, calls[i].test[k].value);
        failed = seccomp_rule_add_array(filter, action, calls[i].call, calls[i].tests, tests);
    }
    return failed;
}

static int add_plain(scmp_filter_ctx filter, uint32_t action, const int *calls, size_t count)
{
    int failed = 0;

    for (size_t i = 0; i < count && failed == 0; i++)
        failed = seccomp_rule_add(filter, action, calls[i], 0);
    return failed;
}

#define ADD(filter, action, calls) add(filter, action, calls, sizeof(calls) / sizeof *(calls))
#define ADD_PLAIN(filter, action, calls)                                                       \
    add_plain(filter, action, calls, sizeof(calls) / sizeof *(calls))

/* Signals to the process itself, as abort() sends them, and to nobody else. */
static int add_own_signals(scmp_filter_ctx filter)
{
    static const int calls[] = {SCMP_SYS(kill), SCMP_SYS(tgkill)};
    int failed = 0;

    for (size_t i = 0; i < sizeof calls / sizeof *calls && failed == 0; i++) {
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 1,
                                  SCMP_A0_32(SCMP_CMP_EQ, OWN_ID, 0));
        if (failed == 0)
            failed = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, calls[i], 1,
                                      SCMP_A0_32(SCMP_CMP_NE, OWN_ID, 0));
    }
    return failed;
}

/* What was opened is closed, and never the way to the parent. */
static int add_closing(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(close), 1,
                            SCMP_A0_32(SCMP_CMP_GT, CA_WORKER_BELL, 0));
}

static int add_rules(scmp_filter_ctx filter, bool opening)
{
    int failed = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);

    if (failed == 0)
        failed = ADD(filter, SCMP_ACT_ALLOW, allowed);
    if (failed == 0)
        failed = ADD_PLAIN(filter, SCMP_ACT_KILL_PROCESS, deadly);
    if (failed == 0)
        failed = ADD(filter, SCMP_ACT_KILL_PROCESS, deadly_if);
    if (failed == 0)
        failed = opening
                     ? ADD(filter, SCMP_ACT_ALLOW, for_opening)
                     : seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(sendmsg), 0);
    if (failed == 0 && opening)
        failed = ADD(filter, SCMP_ACT_NOTIFY, asked_of_parent);
    if (failed == 0 && opening)
        failed = add_closing(filter);
    return failed != 0 ? failed : add_own_signals(filter);
}

/* ---- the kernel's programs, of which this process makes each once ---- */

struct program {
    int failed; /* an errno's negative: why there is none */
    unsigned short count;
    struct sock_filter steps[BPF_MAXINSNS];
};

static struct program plain, opening;

static int export(scmp_filter_ctx filter, struct program *program)
{
    const int file = memfd_create("filter", MFD_CLOEXEC);
    ssize_t got = -1;
    int failed = file >= 0 ? seccomp_export_bpf(filter, file) : -errno;

    if (failed == 0)
        got = pread(file, program->steps, sizeof program->steps, 0);
    if (failed == 0 && (got <= 0 || (size_t)got % sizeof *program->steps != 0))
        failed = -EIO;
    if (failed == 0)
        program->count = (unsigned short)((size_t)got / sizeof *program->steps);
    if (file >= 0)
        (void)close(file);
    return failed;
}

static void make(struct program *program)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));

    program->failed = filter != NULL ? add_rules(filter, program == &opening) : -ENOMEM;
    if (program->failed == 0)
        program->failed = export(filter, program);
    if (filter != NULL)
        seccomp_release(filter);
}

static void make_plain(void)
{
    make(&plain);
}

static void make_opening(void)
{
    make(&opening);
}

static struct program *program_for(bool to_open)
{
    static pthread_once_t plain_made = PTHREAD_ONCE_INIT, opening_made = PTHREAD_ONCE_INIT;

    if (to_open)
        (void)pthread_once(&opening_made, make_opening);
    else
        (void)pthread_once(&plain_made, make_plain);
    return to_open ? &opening : &plain;
}

void ca_sandbox_prepare(const struct ca_sandbox *sandbox, bool to_open)
{
    if (sandbox->seccomp)
        (void)program_for(to_open);
}

/* In this process's own copy. */
static void name_own_id(struct program *program)
{
    for (unsigned i = 0; i < program->count; i++)
        if (program->steps[i].code == (BPF_JMP | BPF_JEQ | BPF_K) &&
            program->steps[i].k == OWN_ID)
            program->steps[i].k = (uint32_t)getpid();
}

int ca_sandbox_filter(int *listener)
{
    struct program *program = program_for(listener != NULL);
    const struct sock_fprog loaded = {program->count, program->steps};
    long got;

    if (program->failed != 0)
        return program->failed;
    name_own_id(program);
    got = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                  listener != NULL ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0UL, &loaded);
    if (got < 0)
        return -errno;
    if (listener != NULL)
        *listener = (int)got;
    return 0;
}
