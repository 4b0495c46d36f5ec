#ifndef CA_CLI_PROGRESS_H
#define CA_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A bar on the terminal's last line, for work that takes over a second: how much is done,
 * how fast, and how long it will still take. */
struct ca_progress {
    bool wanted, shown;
    size_t total;
    int64_t began, drawn; /* milliseconds */
};

void ca_progress_init(struct ca_progress *progress, bool wanted, size_t total);
/* Draws, a few times a second at most. */
void ca_progress_show(struct ca_progress *progress, size_t done);
/* Clears the line, so that something else can be written. */
void ca_progress_hide(struct ca_progress *progress);

#endif
