/* What a worker may do, and what the kernel can hold it to. */
#include "config.h"

#include "core/work/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <linux/seccomp.h>
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

static void lower_limits(bool relaxed, unsigned memory)
{
    lower(RLIMIT_CORE, 0);
    if (relaxed)
        return;
    lower(RLIMIT_FSIZE, 0);
    lower(RLIMIT_STACK, 8 * MEBIBYTE);
    lower(RLIMIT_DATA, memory * MEBIBYTE);
    lower(RLIMIT_AS, (768 + memory) * MEBIBYTE);
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
    struct seccomp_notif_sizes sizes;

    *sandbox = (struct ca_sandbox){.relaxed = under_a_tool(), .memory = CA_SANDBOX_MEMORY};
    if (sandbox->relaxed)
        return;
    /* EINVAL where the kernel was built without, or another filter forbids the question. */
    sandbox->seccomp = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
    sandbox->landlock = landlock_version();
    sandbox->opening =
        !sandbox->seccomp || syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes) == 0;
}

/* What Landlock adds at its version, besides files. */
static const char *landlock_words(int version)
{
    return version >= 6   ? "files, network and signals"
           : version >= 4 ? "files and network, not signals"
                          : "files, not network or signals";
}

void ca_sandbox_describe(const struct ca_sandbox *sandbox, char *text, size_t size)
{
    static const char usual[] = "returns are read in processes that can open, start and "
                                "reach nothing";
    const char *opening = sandbox->opening ? ""
                                           : "; it cannot open frameworks of others for such a "
                                             "process, so these are refused";

    if (sandbox->relaxed)
        (void)snprintf(text, size,
                       "returns are read in processes of their own that are not locked, as "
                       "this is a build or a run for finding faults of memory");
    else if (sandbox->seccomp && sandbox->landlock > 0)
        (void)snprintf(text, size, "%s (seccomp; Landlock %d: %s%s)", usual, sandbox->landlock,
                       landlock_words(sandbox->landlock), opening);
    else if (sandbox->seccomp)
        (void)snprintf(text, size, "%s (seccomp; this kernel has no Landlock%s)", usual,
                       opening);
    else if (sandbox->landlock > 0)
        (void)snprintf(text, size,
                       "returns are read in processes that can open no file (Landlock %d: "
                       "%s); this kernel has no seccomp to lock them fully",
                       sandbox->landlock, landlock_words(sandbox->landlock));
    else
        (void)snprintf(text, size,
                       "returns are read in processes of their own that are not locked: this "
                       "kernel has neither seccomp nor Landlock");
}

enum ca_code ca_sandbox_lock(const struct ca_sandbox *sandbox, int *listener,
                             struct ca_error *error)
{
    int failed;

    if (listener != NULL)
        *listener = -1;
    lower_limits(sandbox->relaxed, sandbox->memory);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return ca_fail(error, CA_ERROR_IO, "no_new_privs was refused: %s",
                       strerrordesc_np(errno));
    if (sandbox->relaxed)
        return CA_OK;
    if (sandbox->landlock > 0 && (listener == NULL || sandbox->seccomp) &&
        !lock_landlock(sandbox->landlock))
        return ca_fail(error, CA_ERROR_IO, "Landlock was refused: %s", strerrordesc_np(errno));
    if (sandbox->seccomp && (failed = ca_sandbox_filter(listener)) != 0)
        return ca_fail(error, CA_ERROR_IO, "seccomp was refused: %s", strerrordesc_np(-failed));
    return CA_OK;
}
