#include "config.h"

#include "core/work/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef HAVE_VALGRIND_VALGRIND_H
#include <valgrind/valgrind.h>
#endif

#define MEBIBYTE ((rlim_t)1024 * 1024)

/* ---- Landlock: rights over files and the network, given up by not being asked for ----
 * The C library has no functions for it, and the header may be older than the kernel. */

struct ruleset {
    uint64_t fs, network, scoped;
};

enum { LANDLOCK_VERSION_FLAG = 1, LANDLOCK_CREATE = 444, LANDLOCK_RESTRICT = 446 };

static int landlock_version(void)
{
    long version = syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_VERSION_FLAG);

    return version > 0 ? (int)version : 0;
}

/* Every right that the kernel's version knows, by bit. */
static size_t all_rights(int version, struct ruleset *rights)
{
    *rights = (struct ruleset){.fs = ((uint64_t)1 << 13) - 1};
    if (version >= 2)
        rights->fs |= (uint64_t)1 << 13; /* linking across folders */
    if (version >= 3)
        rights->fs |= (uint64_t)1 << 14; /* truncating */
    if (version >= 5)
        rights->fs |= (uint64_t)1 << 15; /* ioctl on devices */
    if (version >= 4)
        rights->network = 3; /* bind and connect, TCP */
    if (version >= 6)
        rights->scoped = 3; /* abstract sockets and signals of others */
    return version >= 6   ? sizeof *rights
           : version >= 4 ? 2 * sizeof(uint64_t)
                          : sizeof(uint64_t);
}

static bool lock_landlock(int version)
{
    struct ruleset rights;
    size_t size = all_rights(version, &rights);
    int ruleset = (int)syscall(LANDLOCK_CREATE, &rights, size, 0);
    bool good = ruleset >= 0 && syscall(LANDLOCK_RESTRICT, ruleset, 0) == 0;

    if (ruleset >= 0)
        (void)close(ruleset);
    return good;
}

/* ---- seccomp: which calls of the system there are ---- */

/* What memory, time and the pipes to the parent need. */
static const int allowed[] = {SCMP_SYS(read),
                              SCMP_SYS(readv),
                              SCMP_SYS(pread64),
                              SCMP_SYS(write),
                              SCMP_SYS(writev),
                              SCMP_SYS(recvfrom),
                              SCMP_SYS(fstat),
                              SCMP_SYS(lseek),
                              SCMP_SYS(brk),
                              SCMP_SYS(munmap),
                              SCMP_SYS(mremap),
                              SCMP_SYS(madvise),
                              SCMP_SYS(rt_sigreturn),
                              SCMP_SYS(rt_sigaction),
                              SCMP_SYS(rt_sigprocmask),
                              SCMP_SYS(sigaltstack),
                              SCMP_SYS(exit),
                              SCMP_SYS(exit_group),
                              SCMP_SYS(futex),
                              SCMP_SYS(clock_gettime),
                              SCMP_SYS(clock_getres),
                              SCMP_SYS(gettimeofday),
                              SCMP_SYS(time),
                              SCMP_SYS(times),
                              SCMP_SYS(getpid),
                              SCMP_SYS(gettid),
                              SCMP_SYS(getppid),
                              SCMP_SYS(getuid),
                              SCMP_SYS(geteuid),
                              SCMP_SYS(getgid),
                              SCMP_SYS(getegid),
                              SCMP_SYS(getrandom),
                              SCMP_SYS(nanosleep),
                              SCMP_SYS(clock_nanosleep),
                              SCMP_SYS(sched_yield),
                              SCMP_SYS(poll),
                              SCMP_SYS(ppoll),
                              SCMP_SYS(pause),
                              SCMP_SYS(restart_syscall),
                              SCMP_SYS(getrusage),
                              SCMP_SYS(uname),
                              SCMP_SYS(sysinfo),
                              SCMP_SYS(fcntl)};

/* What no document needs and no library tries by itself: ends the process. Everything in
 * neither table fails with EPERM. */
static const int deadly[] = {
    /* the network, and other processes */
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(listen),
    SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(sendto), SCMP_SYS(sendmsg),
    SCMP_SYS(sendmmsg), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev), SCMP_SYS(tkill), SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_send_signal), SCMP_SYS(shmget), SCMP_SYS(msgget), SCMP_SYS(semget),
    /* programs, processes, threads */
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(fork), SCMP_SYS(vfork), SCMP_SYS(clone),
    SCMP_SYS(clone3), SCMP_SYS(unshare), SCMP_SYS(setns),
    /* changing files */
    SCMP_SYS(creat), SCMP_SYS(truncate), SCMP_SYS(ftruncate), SCMP_SYS(rename),
    SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
    SCMP_SYS(rmdir), SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(mknod), SCMP_SYS(mknodat),
    SCMP_SYS(link), SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(chmod),
    SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchown), SCMP_SYS(lchown),
    SCMP_SYS(fchownat), SCMP_SYS(utimensat), SCMP_SYS(setxattr), SCMP_SYS(chdir),
    SCMP_SYS(fchdir), SCMP_SYS(chroot), SCMP_SYS(pivot_root), SCMP_SYS(mount),
    SCMP_SYS(umount2), SCMP_SYS(memfd_create),
    /* the system, and rights */
    SCMP_SYS(setuid), SCMP_SYS(setgid), SCMP_SYS(setreuid), SCMP_SYS(setregid),
    SCMP_SYS(setresuid), SCMP_SYS(setresgid), SCMP_SYS(setgroups), SCMP_SYS(setrlimit),
    SCMP_SYS(capset), SCMP_SYS(keyctl), SCMP_SYS(bpf), SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup), SCMP_SYS(init_module),
    SCMP_SYS(finit_module), SCMP_SYS(kexec_load), SCMP_SYS(reboot), SCMP_SYS(swapon),
    SCMP_SYS(sethostname), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime)};

/* A call whose fate depends on one argument: (argument & mask) == value. */
struct condition {
    bool allow; /* otherwise deadly */
    int call;
    unsigned argument;
    uint64_t mask, value;
};

static const struct condition conditions[] = {
    /* Memory, but none that can be run as a program. */
    {true, SCMP_SYS(mmap), 2, PROT_EXEC, 0},
    {true, SCMP_SYS(mprotect), 2, PROT_EXEC, 0},
    /* Of an open file: how the C library writes fstat. */
    {true, SCMP_SYS(newfstatat), 3, AT_EMPTY_PATH, AT_EMPTY_PATH},
    /* Looking at a limit, without setting one. */
    {true, SCMP_SYS(prlimit64), 2, UINT64_MAX, 0},
    /* Closing the way to the parent. */
    {false, SCMP_SYS(close), 0, UINT32_MAX, CA_WORKER_REQUESTS},
    {false, SCMP_SYS(close), 0, UINT32_MAX, CA_WORKER_REPLIES},
    {false, SCMP_SYS(close), 0, UINT32_MAX, CA_WORKER_BELL},
    {false, SCMP_SYS(dup2), 1, UINT32_MAX, CA_WORKER_REQUESTS},
    {false, SCMP_SYS(dup2), 1, UINT32_MAX, CA_WORKER_REPLIES},
    {false, SCMP_SYS(dup2), 1, UINT32_MAX, CA_WORKER_BELL},
    /* Opening for writing; for reading it merely fails. */
    {false, SCMP_SYS(open), 1, O_ACCMODE, O_WRONLY},
    {false, SCMP_SYS(open), 1, O_ACCMODE, O_RDWR},
    {false, SCMP_SYS(open), 1, O_CREAT, O_CREAT},
    {false, SCMP_SYS(open), 1, O_TRUNC, O_TRUNC},
    {false, SCMP_SYS(openat), 2, O_ACCMODE, O_WRONLY},
    {false, SCMP_SYS(openat), 2, O_ACCMODE, O_RDWR},
    {false, SCMP_SYS(openat), 2, O_CREAT, O_CREAT},
    {false, SCMP_SYS(openat), 2, O_TRUNC, O_TRUNC}};

/* Signals to this process itself, as abort() sends them, and to nobody else. */
static int add_own_signals(scmp_filter_ctx filter)
{
    static const int calls[] = {SCMP_SYS(kill), SCMP_SYS(tgkill), SCMP_SYS(rt_sigqueueinfo)};
    const scmp_datum_t own = (uint32_t)getpid();
    const struct scmp_arg_cmp to_itself = {0, SCMP_CMP_EQ, own, 0};
    const struct scmp_arg_cmp to_others = {0, SCMP_CMP_NE, own, 0};
    int failed = 0;

    for (size_t i = 0; i < sizeof calls / sizeof *calls && failed == 0; i++) {
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 1, to_itself);
        if (failed == 0)
            failed = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, calls[i], 1, to_others);
    }
    return failed;
}

static int add_rules(scmp_filter_ctx filter)
{
    int failed = 0;

    for (size_t i = 0; i < sizeof allowed / sizeof *allowed && failed == 0; i++)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly && failed == 0; i++)
        failed = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0);
    for (size_t i = 0; i < sizeof conditions / sizeof *conditions && failed == 0; i++) {
        const struct condition *c = &conditions[i];
        failed =
            seccomp_rule_add(filter, c->allow ? SCMP_ACT_ALLOW : SCMP_ACT_KILL_PROCESS, c->call,
                             1, SCMP_CMP64(c->argument, SCMP_CMP_MASKED_EQ, c->mask, c->value));
    }
    return failed != 0 ? failed : add_own_signals(filter);
}

static int lock_seccomp(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int failed;

    if (filter == NULL)
        return -ENOMEM;
    failed = add_rules(filter);
    if (failed == 0)
        failed = seccomp_load(filter);
    seccomp_release(filter);
    return failed;
}

/* ---- limits ---- */

/* Never above what is in force already. */
static void lower(int resource, rlim_t wanted)
{
    struct rlimit limit;

    if (getrlimit((__rlimit_resource_t)resource, &limit) != 0)
        return;
    if (limit.rlim_max == RLIM_INFINITY || limit.rlim_max > wanted)
        limit.rlim_max = wanted;
    if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > limit.rlim_max)
        limit.rlim_cur = limit.rlim_max;
    (void)setrlimit((__rlimit_resource_t)resource, &limit);
}

static void lower_limits(bool relaxed)
{
    lower(RLIMIT_CORE, 0);
    if (relaxed)
        return;
    lower(RLIMIT_FSIZE, 0);
    lower(RLIMIT_STACK, 8 * MEBIBYTE);
    lower(RLIMIT_DATA, 256 * MEBIBYTE);
    lower(RLIMIT_AS, 1024 * MEBIBYTE);
    lower(RLIMIT_NPROC, 0);
}

/* ---- the whole ---- */

/* Tools that watch memory need to open files and map as they like, and say so on standard
 * error. */
static bool under_a_tool(void)
{
#ifdef CA_SANITIZERS
    return true;
#elif defined RUNNING_ON_VALGRIND
    return RUNNING_ON_VALGRIND > 0;
#else
    return false;
#endif
}

void ca_sandbox_probe(struct ca_sandbox *sandbox)
{
    *sandbox = (struct ca_sandbox){.relaxed = under_a_tool()};
    if (sandbox->relaxed)
        return;
    /* EINVAL where the kernel was built without, or another filter forbids the question. */
    sandbox->seccomp = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
    sandbox->landlock = landlock_version();
}

void ca_sandbox_describe(const struct ca_sandbox *sandbox, char *text, size_t size)
{
    static const char usual[] = "returns are read in processes that can open, start and "
                                "reach nothing";

    if (sandbox->relaxed)
        (void)snprintf(text, size,
                       "returns are read in processes of their own that are not locked, as "
                       "this is a build or a run for finding faults of memory");
    else if (sandbox->seccomp && sandbox->landlock > 0)
        (void)snprintf(text, size, "%s (seccomp, Landlock %d)", usual, sandbox->landlock);
    else if (sandbox->seccomp)
        (void)snprintf(text, size, "%s (seccomp; this kernel has no Landlock)", usual);
    else if (sandbox->landlock > 0)
        (void)snprintf(
            text, size,
            "returns are read in processes that can open no file (Landlock %d); this "
            "kernel has no seccomp to lock them fully",
            sandbox->landlock);
    else
        (void)snprintf(text, size,
                       "returns are read in processes of their own that are not locked: this "
                       "kernel has neither seccomp nor Landlock");
}

enum ca_code ca_sandbox_lock(const struct ca_sandbox *sandbox, struct ca_error *error)
{
    int failed;

    lower_limits(sandbox->relaxed);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return ca_fail(error, CA_ERROR_IO, "no_new_privs was refused: %s",
                       strerrordesc_np(errno));
    if (sandbox->relaxed)
        return CA_OK;
    if (sandbox->landlock > 0 && !lock_landlock(sandbox->landlock))
        return ca_fail(error, CA_ERROR_IO, "Landlock was refused: %s", strerrordesc_np(errno));
    if (sandbox->seccomp && (failed = lock_seccomp()) != 0)
        return ca_fail(error, CA_ERROR_IO, "seccomp was refused: %s", strerrordesc_np(-failed));
    return CA_OK;
}
