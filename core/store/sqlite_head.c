/*
 * Heads of the ledger: those that were printed, and the last one in a small file beside the
 * store. That file is made durable with each batch after the store itself, and so the store
 * always contains what it tells of, unless something of the store was lost.
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

static char *note_path(const char *path)
{
    struct ca_buffer note = {0};

    ca_buffer_printf(&note, "%s-head", path);
    return note.data;
}

static int open_note(struct ca_sqlite *s, int flags)
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

bool ca_sqlite_noted_head(struct ca_sqlite *s, struct ca_head *out)
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

    ca_head_write(&line, head);
    while (line.length < NOTE_SIZE - 1)
        ca_buffer_putc(&line, ' ');
    ca_buffer_putc(&line, '\n');
    if (pwrite(fd, line.data, line.length, 0) == (ssize_t)line.length)
        (void)fdatasync(fd);
    ca_buffer_free(&line);
}

void ca_sqlite_note_head(struct ca_sqlite *s)
{
    const struct ca_sqlite_next *next = &s->next;
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

enum ca_code ca_sqlite_has_head(struct ca_sqlite *s, const struct ca_head *head, bool *has,
                                int64_t *entries, struct ca_error *error)
{
    int64_t count = 0;
    enum ca_code code = ca_sql_number(s, error, 0, entries, ca_sql_last_change, "");

    if (code == CA_OK)
        code = ca_sql_number(s, error, 0, &count, ca_sql_count_entry, "it", head->entries,
                             head->hash);
    *has = count == 1;
    return code;
}

/* ---- heads that were printed ---- */

enum ca_code ca_sqlite_head(struct ca_store *store, struct ca_head *out, struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    sqlite3_stmt *row = ca_sql(s, error, ca_sql_last_head, "");
    struct ca_head head = {0};
    enum ca_code code;

    if (!ca_sql_row(s, row, &code, error))
        return code != CA_OK ? code : ca_sqlite_damaged(s, error, "the ledger is empty");
    head.entries = sqlite3_column_int64(row, 0);
    snprintf(head.at, sizeof head.at, "%s", ca_sql_word(row, 1));
    snprintf(head.hash, sizeof head.hash, "%s", ca_sql_word(row, 2));
    sqlite3_reset(row);
    *out = head;
    return CA_OK;
}

enum ca_code ca_sqlite_keep_head(struct ca_store *store, const struct ca_head *head,
                                 struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    const size_t key = head->is_signed ? CA_KEY_SIZE : 0;
    enum ca_code code = ca_sqlite_begin(s, error);

    if (code != CA_OK)
        return code;
    code = ca_sql_do(s, error, ca_sql_add_head, "ibttb", head->entries, (const void *)head->key,
                     key, head->at, head->hash, (const void *)head->signature,
                     (size_t)(head->is_signed ? CA_SIGNATURE_SIZE : 0));
    return ca_sqlite_finish(s, code, error);
}

static bool take_head(sqlite3_stmt *row, struct ca_head *out)
{
    *out = (struct ca_head){.entries = sqlite3_column_int64(row, 0),
                            .is_signed = sqlite3_column_bytes(row, 1) != 0};
    snprintf(out->at, sizeof out->at, "%s", ca_sql_word(row, 2));
    snprintf(out->hash, sizeof out->hash, "%s", ca_sql_word(row, 3));
    if (!out->is_signed)
        return true;
    if (sqlite3_column_bytes(row, 1) != CA_KEY_SIZE ||
        sqlite3_column_bytes(row, 4) != CA_SIGNATURE_SIZE)
        return false;
    memcpy(out->key, sqlite3_column_blob(row, 1), CA_KEY_SIZE);
    memcpy(out->signature, sqlite3_column_blob(row, 4), CA_SIGNATURE_SIZE);
    return true;
}

enum ca_code ca_sqlite_each_head(struct ca_store *store, ca_head_visit visit, void *context,
                                 struct ca_error *error)
{
    struct ca_sqlite *s = ca_sqlite_of(store);
    sqlite3_stmt *row = ca_sql(s, error, ca_sql_heads, "");
    enum ca_code code = CA_OK;
    struct ca_head head;
    bool going = true;

    while (going && ca_sql_row(s, row, &code, error)) {
        if (!take_head(row, &head)) {
            sqlite3_reset(row);
            return ca_sqlite_damaged(s, error, "a head that was kept cannot be read");
        }
        going = visit(context, &head);
    }
    sqlite3_reset(row);
    return code;
}
