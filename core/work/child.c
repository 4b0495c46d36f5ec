/* What every locked process does first, whatever it is for. */
#include "core/work/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Milliseconds in which a child that is done ends by itself. */
enum { PATIENCE = 500 };

/* ---- in the child ---- */

/* Out of the way of the numbers that are wanted. */
static int lift(int descriptor)
{
    return descriptor >= 0 ? fcntl(descriptor, F_DUPFD, 64) : -1;
}

/* Where there is nothing to be, nothing else shall come to be either. */
static void place(int descriptor, int nowhere, int wanted)
{
    (void)dup2(descriptor >= 0 ? descriptor : nowhere, wanted);
}

/*
 * No document and no framework shall write on the terminal, into the results, or into the
 * store. Standard error stays where a tool for finding faults reports there.
 */
static void arrange_descriptors(bool keep_stderr, const struct ca_child_ends *ends)
{
    const int nowhere = lift(open("/dev/null", O_RDWR | O_CLOEXEC)),
              requests = lift(ends->requests), replies = lift(ends->replies),
              bell = lift(ends->bell), plugin = lift(ends->plugin);

    (void)dup2(nowhere, STDIN_FILENO);
    (void)dup2(nowhere, STDOUT_FILENO);
    if (!keep_stderr)
        (void)dup2(nowhere, STDERR_FILENO);
    place(requests, nowhere, CA_WORKER_REQUESTS);
    place(replies, nowhere, CA_WORKER_REPLIES);
    place(bell, nowhere, CA_WORKER_BELL);
    place(plugin, nowhere, CA_WORKER_PLUGIN);
    if (close_range(CA_WORKER_FIRST_FREE, ~0U, 0) != 0)
        for (int i = CA_WORKER_FIRST_FREE; i < 4096; i++)
            (void)close(i);
}

/* What the calling program does at a signal is not for here. Tools that look for faults catch
 * some, and go on to. */
static void arrange_signals(bool keep_handlers, pid_t parent)
{
    for (int number = 1; number < NSIG && !keep_handlers; number++)
        if (number != SIGKILL && number != SIGSTOP)
            (void)signal(number, SIG_DFL);
    /* Ctrl-C reaches all processes of the terminal; the parent decides what it means. */
    (void)signal(SIGINT, SIG_IGN);
    (void)signal(SIGQUIT, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGTERM, SIG_DFL);
    (void)signal(SIGABRT, SIG_DFL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(0);
}

void ca_child_arrange(const struct ca_sandbox *sandbox, const struct ca_child_ends *ends,
                      pid_t parent)
{
    arrange_signals(sandbox->relaxed, parent);
    arrange_descriptors(sandbox->relaxed, ends);
}

/* ---- the listener, from the child to the parent ---- */

/* A message of one byte, with room for a descriptor beside it. */
struct parcel {
    struct msghdr head;
    struct iovec bytes;
    char byte;
    union {
        char room[CMSG_SPACE(sizeof(int))];
        struct cmsghdr aligned;
    } beside;
};

static void wrap(struct parcel *parcel)
{
    memset(parcel, 0, sizeof *parcel);
    parcel->bytes = (struct iovec){&parcel->byte, 1};
    parcel->head = (struct msghdr){.msg_iov = &parcel->bytes,
                                   .msg_iovlen = 1,
                                   .msg_control = parcel->beside.room,
                                   .msg_controllen = sizeof parcel->beside.room};
}

static bool send_descriptor(int socket, int descriptor)
{
    struct parcel parcel;
    struct cmsghdr *beside;

    wrap(&parcel);
    beside = CMSG_FIRSTHDR(&parcel.head);
    *beside = (struct cmsghdr){
        .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))};
    memcpy(CMSG_DATA(beside), &descriptor, sizeof descriptor);
    return sendmsg(socket, &parcel.head, 0) == 1;
}

int ca_child_listener(int requests)
{
    struct parcel parcel;
    struct cmsghdr *beside;
    int descriptor = -1;

    wrap(&parcel);
    if (recvmsg(requests, &parcel.head, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) != 1)
        return -1;
    beside = CMSG_FIRSTHDR(&parcel.head);
    if (beside != NULL && beside->cmsg_level == SOL_SOCKET && beside->cmsg_type == SCM_RIGHTS &&
        beside->cmsg_len == CMSG_LEN(sizeof(int)))
        memcpy(&descriptor, CMSG_DATA(beside), sizeof descriptor);
    return descriptor;
}

enum ca_code ca_child_lock(const struct ca_sandbox *sandbox, bool opening,
                           struct ca_error *error)
{
    int listener = -1;
    enum ca_code code = ca_sandbox_lock(sandbox, opening ? &listener : NULL, error);

    if (code != CA_OK || listener < 0)
        return code;
    if (!send_descriptor(CA_WORKER_REQUESTS, listener))
        return ca_fail(error, CA_ERROR_IO, "the parent does not listen: %s",
                       strerrordesc_np(errno));
    (void)close(listener);
    return CA_OK;
}

/* ---- in the parent ---- */

int ca_child_reap(pid_t pid, bool kill_it)
{
    /* Not every kernel has these: without, it is looked for every millisecond. */
    struct pollfd ended = {kill_it ? -1 : (int)syscall(SYS_pidfd_open, pid, 0), POLLIN, 0};
    const int every = ended.fd < 0 ? 1 : 10;
    int status = 0;
    bool gone = false;

    for (int left = PATIENCE; !kill_it && !gone && left > 0; left -= every) {
        gone = waitpid(pid, &status, WNOHANG) == pid;
        if (!gone)
            (void)poll(&ended, 1, every);
    }
    if (ended.fd >= 0)
        (void)close(ended.fd);
    if (gone)
        return status;
    (void)kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}
