/* Helping a locked process that opens a framework: the parent's side. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/frameworks/registry.h"
#include "core/frameworks/trust.h"
#include "core/work/sandbox.h"

/* The kernel may know longer structures than the header this was built with. */
struct question {
    struct seccomp_notif *asked;
    struct seccomp_notif_resp *answer;
};

static bool make_room(struct question *q)
{
    struct seccomp_notif_sizes sizes;

    if (syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes) != 0)
        return false;
    q->asked = ca_xcalloc(1, sizes.seccomp_notif + sizeof *q->asked);
    q->answer = ca_xcalloc(1, sizes.seccomp_notif_resp + sizeof *q->answer);
    return true;
}

/* The path the other asks for, out of its memory; false if there is none. */
static bool read_path(pid_t pid, uint64_t at, char path[PATH_MAX])
{
    char memory[64];
    ssize_t length;
    int fd;

    (void)snprintf(memory, sizeof memory, "/proc/%d/mem", (int)pid);
    fd = open(memory, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    length = at <= INT64_MAX ? pread(fd, path, PATH_MAX, (off_t)at) : -1;
    (void)close(fd);
    return length > 0 && memchr(path, '\0', (size_t)length) != NULL;
}

/* Of the system: its file and every folder above belong to root, and it looks like a library.
 */
static int open_library(const char *path)
{
    char *real = realpath(path, NULL), *slash = real != NULL ? strrchr(real, '/') : NULL;
    struct ca_file_identity identity;
    struct ca_objection objection;
    struct stat status;
    char *trusted = NULL;
    int fd = -1;

    if (slash != NULL && slash > real && strstr(slash, ".so") != NULL) {
        *slash = '\0';
        fd = ca_trust_file(real, slash + 1, &trusted, &identity, &objection);
    }
    free(real);
    free(trusted);
    if (fd >= 0 && (fstat(fd, &status) != 0 || status.st_uid != 0)) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

static int open_for(const char *path, int file)
{
    char own[64];

    (void)snprintf(own, sizeof own, CA_APART_PATH, CA_WORKER_PLUGIN);
    if (strcmp(path, own) == 0) { /* afresh, for its place in the file is its own */
        (void)snprintf(own, sizeof own, "/proc/self/fd/%d", file);
        return open(own, O_RDONLY | O_CLOEXEC);
    }
    if (strcmp(path, "/etc/ld.so.cache") == 0)
        return open(path, O_RDONLY | O_CLOEXEC);
    return path[0] == '/' ? open_library(path) : -1;
}

/* Where the path lies that is to be opened. The other calls are asked about only so that
 * nobody answers later: what they may be, the filter has seen to, and it looks at numbers
 * that cannot change meanwhile. (But for one, and that process has no thread to change it.) */
static bool is_opening(const struct seccomp_notif *asked, uint64_t *path)
{
    if (asked->data.nr == SYS_openat)
        *path = asked->data.args[1];
#ifdef SYS_open
    else if (asked->data.nr == SYS_open)
        *path = asked->data.args[0];
#endif
    else
        return false;
    return true;
}

/* Puts the open file into the other process; its number there, or an errno's negative. */
static int hand_over(int listener, uint64_t id, int fd)
{
    const struct seccomp_notif_addfd add = {
        .id = id, .srcfd = (uint32_t)fd, .newfd_flags = O_CLOEXEC};
    int there = ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &add);

    return there >= 0 ? there : -errno;
}

/* The descriptor there, or an errno's negative. */
static int open_there(int listener, pid_t pid, int file, uint64_t id, uint64_t at)
{
    char path[PATH_MAX];
    int fd, there;

    if (!read_path(pid, at, path) || (fd = open_for(path, file)) < 0)
        return -EPERM;
    there = hand_over(listener, id, fd);
    (void)close(fd);
    return there;
}

static bool names_a_file(const struct seccomp_notif *asked, pid_t pid)
{
    char path[PATH_MAX];

    return asked->data.nr == SYS_newfstatat &&
           (!read_path(pid, asked->data.args[1], path) || path[0] != '\0');
}

static void answer(int listener, pid_t pid, int file, struct question *q)
{
    uint64_t path;
    int there = 0;

    q->answer->id = q->asked->id;
    if (is_opening(q->asked, &path))
        there = open_there(listener, pid, file, q->asked->id, path);
    else if (names_a_file(q->asked, pid))
        there = -EPERM;
    else
        q->answer->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    q->answer->val = there >= 0 ? there : 0;
    q->answer->error = there >= 0 ? 0 : there;
    (void)ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, q->answer);
}

void ca_sandbox_open_for(int listener, pid_t pid, int file)
{
    struct question q = {0};

    if (make_room(&q) && ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, q.asked) == 0)
        answer(listener, pid, file, &q);
    free(q.asked);
    free(q.answer);
}
