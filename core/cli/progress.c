/* How far it has come, on a terminal. */
#include "core/cli/progress.h"

#include <stdio.h>
#include <time.h>

enum { FIRST = 1000, /* milliseconds before the bar appears */ AGAIN = 250, CELLS = 24 };

static int64_t milliseconds(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void ca_progress_init(struct ca_progress *progress, bool wanted, size_t total)
{
    *progress = (struct ca_progress){.wanted = wanted && total > 0, .total = total};
    if (progress->wanted)
        progress->began = progress->drawn = milliseconds();
}

/* "1:05:30 left", "2:10 left", "12 s left" */
static void format_left(int64_t seconds, char *text, size_t size)
{
    if (seconds < 60)
        (void)snprintf(text, size, "%d s left", (int)seconds);
    else if (seconds < 3600)
        (void)snprintf(text, size, "%d:%02d left", (int)(seconds / 60), (int)(seconds % 60));
    else
        (void)snprintf(text, size, "%lld:%02d:%02d left", (long long)(seconds / 3600),
                       (int)(seconds / 60 % 60), (int)(seconds % 60));
}

static void draw(struct ca_progress *progress, size_t done, int64_t elapsed)
{
    char bar[CELLS + 1], left[40] = "";
    int filled = (int)(done * CELLS / progress->total);
    size_t rate = elapsed > 0 ? (size_t)((int64_t)done * 1000 / elapsed) : 0;

    for (int i = 0; i < CELLS; i++)
        bar[i] = i < filled ? '#' : '.';
    bar[CELLS] = '\0';
    if (done > 0)
        format_left((int64_t)(progress->total - done) * elapsed / (int64_t)done / 1000, left,
                    sizeof left);
    fprintf(stderr, "\r\033[K[%s] %zu of %zu, %zu a second, %s", bar, done, progress->total,
            rate, left);
    (void)fflush(stderr);
    progress->shown = true;
}

void ca_progress_show(struct ca_progress *progress, size_t done)
{
    int64_t now;

    if (!progress->wanted)
        return;
    now = milliseconds();
    if (now - progress->began < FIRST || (progress->shown && now - progress->drawn < AGAIN))
        return;
    progress->drawn = now;
    draw(progress, done, now - progress->began);
}

void ca_progress_hide(struct ca_progress *progress)
{
    if (!progress->shown)
        return;
    fputs("\r\033[K", stderr);
    (void)fflush(stderr);
    progress->shown = false;
}
