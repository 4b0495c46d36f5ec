/*
 * The ledger's end in a small file beside the store. It is made durable with each batch after
 * the store itself, and so the store always contains what it tells of, unless something of the
 * store was lost.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/store/sqlite.h"

/* One line, filled up with blanks to this length, so that it is always written as a whole. */
enum { NOTE_SIZE = 160 };

/* audits.head beside audits.db. */
static char *note_path(const char *path)
{
    struct ca_buffer note = {0};
    size_t length = strlen(path);

    if (length > 3 && strcmp(path + length - 3, ".db") == 0)
        length -= 3;
    ca_buffer_add(&note, path, length);
    ca_buffer_puts(&note, ".head");
    return note.data;
}

static int open_note(struct ca_tables *s, int flags)
{
    char *path = note_path(s->path);
    int fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0600);

    free(path);
    return fd;
}

static bool read_note(int fd, struct ca_head *out)
{
    char line[NOTE_SIZE + 1];
    ssize_t length = pread(fd, line, NOTE_SIZE, 0);

    if (length <= 0)
        return false;
    line[length] = '\0';
    return ca_head_read(line, out);
}

bool ca_sqlite_noted_head(struct ca_tables *s, struct ca_head *out)
{
    int fd = open_note(s, O_RDONLY);
    bool found = fd >= 0 && read_note(fd, out);

    if (fd >= 0)
        (void)close(fd);
    return found;
}

/* Another process may have been quicker with a later head; its end of the ledger stays. After
 * a gap the earlier one counts. */
static void write_note(int fd, const struct ca_head *head)
{
    struct ca_buffer line = {0};
    ssize_t written = 1;
    size_t at = 0;

    ca_head_write(&line, head);
    while (line.length < NOTE_SIZE - 1)
        ca_buffer_putc(&line, ' ');
    ca_buffer_putc(&line, '\n');
    while (at < line.length && written > 0) {
        written = pwrite(fd, line.data + at, line.length - at, (off_t)at);
        at += written > 0 ? (size_t)written : 0;
    }
    if (at < line.length)
        (void)ftruncate(fd, 0); /* half of one head and half of another would be a third */
    (void)fdatasync(fd);
    ca_buffer_free(&line);
}

void ca_sqlite_note_head(struct ca_tables *s)
{
    const struct ca_tables_next *next = &s->next;
    struct ca_head head = {.entries = next->change - 1}, there;
    int fd = s->making ? -1 : open_note(s, O_RDWR | O_CREAT);

    if (fd < 0)
        return; /* the store is durable; only a loss of it would go unnoticed */
    snprintf(head.at, sizeof head.at, "%s", next->now);
    memcpy(head.hash, next->head, sizeof head.hash);
    (void)fchmod(fd, 0600); /* whatever the umask */
    if (flock(fd, LOCK_EX) == 0 &&
        (s->gap || !read_note(fd, &there) || there.entries < head.entries))
        write_note(fd, &head);
    s->gap = false;
    (void)close(fd);
}

void ca_sqlite_forget_head(const char *path)
{
    char *note = note_path(path);

    (void)unlink(note);
    free(note);
}
