/* Deeds that are one system call, which is to be refused whatever it is asked. */
#include <errno.h>
#include <linux/sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/plugins/hostile.h"

/* Newer than some headers. */
#ifndef SYS_memfd_secret
#define SYS_memfd_secret 447
#endif
#ifndef SYS_process_mrelease
#define SYS_process_mrelease 448
#endif

/* Arguments that would do no harm if they were looked at. */
static const struct {
    const char *name;
    long call, first, second;
} calls[] = {{"io-uring", SYS_io_uring_setup, 1, 0},
             {"io-uring-enter", SYS_io_uring_enter, -1, 0},
             {"userfaultfd", SYS_userfaultfd, 1, 0},
             {"memfd", SYS_memfd_create, 0, 0},
             {"memfd-secret", SYS_memfd_secret, 0, 0},
             {"timerfd", SYS_timerfd_create, 1, 0},
             {"signalfd", SYS_signalfd4, -1, 0},
             {"eventfd", SYS_eventfd2, 0, 0},
             {"epoll", SYS_epoll_create1, 0, 0},
             {"inotify", SYS_inotify_init1, 0, 0},
             {"pipe", SYS_pipe2, 0, 0},
             {"bpf", SYS_bpf, 0, 0},
             {"perf", SYS_perf_event_open, 0, 0},
             {"keyctl", SYS_keyctl, 0, 0},
             {"add-key", SYS_add_key, 0, 0},
             {"personality", SYS_personality, 0xFFFFFFFF, 0},
             {"unshare", SYS_unshare, CLONE_NEWUSER, 0},
             {"setns", SYS_setns, -1, 0},
             {"mount", SYS_mount, 0, 0},
             {"chroot", SYS_chroot, 0, 0},
             {"chdir", SYS_chdir, 0, 0},
             {"seccomp", SYS_seccomp, 0, 0},
             {"landlock", SYS_landlock_restrict_self, -1, 0},
             {"become-root", SYS_setuid, 0, 0},
             {"session", SYS_setsid, 0, 0},
             {"clone3", SYS_clone3, 0, 0},
             {"vfork-by-clone", SYS_clone, CLONE_VM | CLONE_VFORK, 0},
             {"open-by-handle", SYS_open_by_handle_at, -1, 0},
             {"open-otherwise", SYS_openat2, -1, 0},
             {"take-descriptor", SYS_pidfd_getfd, -1, 0},
             {"compare-processes", SYS_kcmp, 1, 1},
             {"membarrier", SYS_membarrier, 0, 0},
             {"other-memory", SYS_process_madvise, -1, 0},
             {"reap-memory", SYS_process_mrelease, -1, 0},
             {"affinity", SYS_sched_setaffinity, 1, 0},
             {"scheduler", SYS_sched_setscheduler, 0, -1},
             {"shared-segment", SYS_shmget, 0, 0},
             {"messages", SYS_mq_open, 0, 0},
             {"kernel-log", SYS_syslog, 10, 0},
             {"accounting", SYS_acct, -1, 0},
#ifdef __x86_64__
             {"other-numbers", 0x40000000 + SYS_getpid, 0, 0},
             {"segment-base", SYS_arch_prctl, 0x1001, 0},
             {"ports", SYS_iopl, 0, 0},
#endif
             {NULL, 0, 0, 0}};

int hostile_call(const char *name)
{
    for (size_t i = 0; calls[i].name != NULL; i++)
        if (strcmp(calls[i].name, name) == 0)
            return syscall(calls[i].call, calls[i].first, calls[i].second, 0, 0, 0, 0) < 0 &&
                           (errno == EPERM || errno == ENOSYS)
                       ? REFUSED
                       : ALLOWED;
    return -1;
}
