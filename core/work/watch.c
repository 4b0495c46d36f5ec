/* How long another process has been at one thing. */
#include "core/work/watch.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define MILLISECOND ((int64_t)1000000)

static int64_t read_clock(clockid_t clock)
{
    struct timespec now = {0};

    (void)clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000 * MILLISECOND + now.tv_nsec;
}

/* In nanoseconds. */
static int64_t monotonic_now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

/* Time it was ready to run and did not: the second figure of schedstat. 0 where the kernel
 * does not say. */
static int64_t waited_of(pid_t pid)
{
    char path[64], text[128];
    long long on_processor, waited = 0;
    int fd;
    ssize_t length;

    (void)snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    length = read(fd, text, sizeof text - 1);
    (void)close(fd);
    text[length > 0 ? length : 0] = '\0';
    return sscanf(text, "%lld %lld", &on_processor, &waited) == 2 ? waited : 0;
}

void ca_watch_begin(struct ca_watch *watch, pid_t pid)
{
    *watch = (struct ca_watch){.pid = pid};
    watch->has_clock = clock_getcpuclockid(pid, &watch->clock) == 0;
    ca_watch_again(watch);
}

void ca_watch_again(struct ca_watch *watch)
{
    watch->looked = monotonic_now();
    watch->waited = -1; /* not read yet: most that is begun is done before anybody looks */
    watch->cpu_then = -1;
    watch->spent = 0;
}

bool ca_watch_overdue(struct ca_watch *watch, int64_t limit)
{
    const int64_t now = monotonic_now(), cpu = watch->has_clock ? read_clock(watch->clock) : 0;
    int64_t elapsed = now - watch->looked, waited;

    if (watch->cpu_then < 0)
        watch->cpu_then = cpu;
    if (elapsed >= CA_WATCH_EVERY / 2 * MILLISECOND) {
        /* Who looks seldom was held up itself, or stopped, and the other perhaps too. */
        if (elapsed > 2 * CA_WATCH_EVERY * MILLISECOND)
            elapsed = 2 * CA_WATCH_EVERY * MILLISECOND;
        waited = waited_of(watch->pid);
        if (watch->waited >= 0 && waited > watch->waited)
            elapsed -= waited - watch->waited;
        watch->spent += watch->waited >= 0 && elapsed > 0 ? elapsed : 0;
        watch->waited = waited;
        watch->looked = now;
    }
    return cpu - watch->cpu_then > limit * MILLISECOND || watch->spent > limit * MILLISECOND;
}
