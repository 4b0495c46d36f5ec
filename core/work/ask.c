/* One question to a locked process, and its answer. */
#include "core/work/ask.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/work/child.h"
#include "core/work/watch.h"

enum { NOT_LOCKED = 125, READ_BYTES = 64 * 1024 };

/* ---- the locked process ---- */

static void write_all(const struct ca_buffer *out)
{
    for (size_t at = 0; at < out->length;) {
        ssize_t written = write(CA_WORKER_REPLIES, out->data + at, out->length - at);
        if (written < 0 && errno != EINTR)
            _exit(1);
        at += written > 0 ? (size_t)written : 0;
    }
}

static void live(const struct ca_ask *ask, const struct ca_sandbox *sandbox,
                 const struct ca_child_ends *ends, pid_t parent) __attribute__((noreturn));
static void live(const struct ca_ask *ask, const struct ca_sandbox *sandbox,
                 const struct ca_child_ends *ends, pid_t parent)
{
    struct ca_buffer out = {0};
    struct ca_error error;

    ca_child_arrange(sandbox, ends, parent);
    if (ca_child_lock(sandbox, ask->opening, &error) != CA_OK) {
        ca_buffer_puts(&out, error.message);
        write_all(&out);
        _exit(NOT_LOCKED);
    }
    ask->work(ask->context, &out);
    write_all(&out);
    _exit(0);
}

/* ---- this process ---- */

struct asked {
    const struct ca_ask *ask;
    pid_t pid;
    int requests, replies, listener;
    struct ca_watch watch;
    struct ca_buffer *answer;
};

enum end { ANSWERED, ENDED, TOO_LONG, TOO_MUCH };

static size_t most_of(const struct ca_ask *ask)
{
    return ask->most > 0 ? ask->most : CA_ASK_MOST;
}

/* Reads what there is. False at the end, or beyond the most there may be. */
static bool read_some(struct asked *asked, enum end *end)
{
    char *room = ca_buffer_reserve(asked->answer, READ_BYTES);
    ssize_t got = read(asked->replies, room, READ_BYTES);

    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return true;
    if (got > 0)
        asked->answer->length += (size_t)got;
    *end = asked->answer->length > most_of(asked->ask) ? TOO_MUCH : ENDED;
    return got > 0 && *end != TOO_MUCH;
}

static enum end listen_to(struct asked *asked)
{
    const int64_t timeout = asked->ask->timeout > 0 ? asked->ask->timeout : CA_ASK_TIMEOUT;
    enum end end = ENDED;

    for (;;) {
        struct pollfd events[] = {{asked->replies, POLLIN, 0},
                                  {asked->listener, POLLIN, 0},
                                  {asked->requests, POLLIN, 0}};
        if (poll(events, 3, CA_WATCH_EVERY) > 0) {
            if (events[2].revents != 0) {
                asked->listener = ca_child_listener(asked->requests);
                (void)close(asked->requests); /* nothing else comes that way */
                asked->requests = -1;
            }
            if (events[1].revents & POLLIN)
                ca_sandbox_open_for(asked->listener, asked->pid, asked->ask->plugin);
            if (events[0].revents != 0 && !read_some(asked, &end))
                return end;
        }
        if (ca_watch_overdue(&asked->watch, timeout))
            return TOO_LONG;
    }
}

void ca_ask_say_end(int status, char *text, size_t size)
{
    int number;

    if (WIFEXITED(status)) {
        (void)snprintf(text, size, "ended the process that it ran in (exit status %d)",
                       WEXITSTATUS(status));
        return;
    }
    number = WTERMSIG(status);
    (void)snprintf(text, size, "crashed%s (SIG%s: %s)",
                   number == SIGSYS ? " at a call that is forbidden to it" : "",
                   sigabbrev_np(number) ? sigabbrev_np(number) : "?",
                   sigdescr_np(number) ? sigdescr_np(number) : "unknown signal");
}

static bool judge(const struct asked *asked, enum end end, int status, char why[CA_ASK_WHY])
{
    const char *who = asked->ask->who;
    char how[128];

    if (end == ENDED && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (end == TOO_LONG) {
        (void)snprintf(why, CA_ASK_WHY, "%s took too long and was stopped (SIGKILL)", who);
    } else if (end == TOO_MUCH) {
        (void)snprintf(why, CA_ASK_WHY, "%s answers at more than %zu bytes", who,
                       most_of(asked->ask));
    } else if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_LOCKED) {
        (void)snprintf(why, CA_ASK_WHY, "cannot lock a process: %.*s",
                       (int)(asked->answer->length < 300 ? asked->answer->length : 300),
                       asked->answer->data != NULL ? asked->answer->data : "");
    } else {
        ca_ask_say_end(status, how, sizeof how);
        (void)snprintf(why, CA_ASK_WHY, "%s %s", who, how);
    }
    return false;
}

static void close_if_open(int descriptor)
{
    if (descriptor >= 0)
        (void)close(descriptor);
}

static bool start(struct asked *asked, const struct ca_sandbox *sandbox, int requests[2],
                  int replies[2])
{
    const struct ca_child_ends ends = {requests[1], replies[1], -1,
                                       asked->ask->opening ? asked->ask->plugin : -1};
    const pid_t self = getpid();

    ca_sandbox_prepare(sandbox, asked->ask->opening);
    asked->pid = fork();
    if (asked->pid == 0)
        live(asked->ask, sandbox, &ends, self);
    (void)close(requests[1]);
    (void)close(replies[1]);
    asked->requests = requests[0];
    asked->replies = replies[0];
    return asked->pid > 0;
}

static bool no_process(const char *what, char why[CA_ASK_WHY])
{
    (void)snprintf(why, CA_ASK_WHY, "cannot start a process: %s: %s", what,
                   strerrordesc_np(errno));
    return false;
}

bool ca_ask_locked(const struct ca_ask *ask, struct ca_buffer *answer, char why[CA_ASK_WHY])
{
    struct asked asked = {.ask = ask, .listener = -1, .answer = answer};
    struct ca_sandbox sandbox;
    int requests[2], replies[2], status;
    enum end end;

    ca_buffer_clear(answer);
    ca_sandbox_probe(&sandbox);
    if (ask->memory > 0)
        sandbox.memory = ask->memory;
    if (ask->opening && !sandbox.relaxed && !sandbox.opening) {
        (void)snprintf(why, CA_ASK_WHY,
                       "this kernel cannot open it for a locked process (Linux 5.9 can)");
        return false;
    }
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, requests) != 0)
        return no_process("socketpair", why);
    if (pipe2(replies, O_CLOEXEC) != 0) {
        (void)close(requests[0]);
        (void)close(requests[1]);
        return no_process("pipe", why);
    }
    if (!start(&asked, &sandbox, requests, replies)) {
        (void)close(asked.requests);
        (void)close(asked.replies);
        return no_process("fork", why);
    }
    ca_watch_begin(&asked.watch, asked.pid);
    end = listen_to(&asked);
    status = ca_child_reap(asked.pid, end != ENDED);
    close_if_open(asked.requests);
    close_if_open(asked.listener);
    (void)close(asked.replies);
    return judge(&asked, end, status, why);
}
