/* Files read whole, and new ones that their owner alone can look into. */
#include "core/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/reason.h"

/* Read at least so much at a time. */
#define CHUNK ((size_t)64 * 1024)

/* A link is there, and may lead to nothing. */
static bool leads_nowhere(const char *path, int number)
{
    struct stat status;

    return number == ENOENT && lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

/* The words for an errno, in English whatever the locale, as all messages are. */
static enum ca_code fail_io(struct ca_error *error, const char *doing, const char *path)
{
    const int number = errno;

    return ca_fail(error, number == ENOENT ? CA_ERROR_NOT_FOUND : CA_ERROR_IO,
                   "cannot %s '%s': %s", doing, path,
                   leads_nowhere(path, number)
                       ? "it is a link, and what it leads to is not there"
                       : ca_reason(number));
}

static enum ca_code fail_limit(struct ca_error *error, const char *name, size_t limit)
{
    const size_t mebibyte = (size_t)1024 * 1024;

    if (limit >= mebibyte && limit % mebibyte == 0)
        return ca_fail(error, CA_ERROR_LIMIT, "%s is larger than the limit of %zu MiB", name,
                       limit / mebibyte);
    return ca_fail(error, CA_ERROR_LIMIT, "%s is larger than the limit of %zu bytes", name,
                   limit);
}

/* Reads to the end or one byte beyond the limit, whichever comes first. */
static enum ca_code read_all(int fd, const char *name, size_t limit, struct ca_buffer *buffer,
                             struct ca_error *error)
{
    size_t want, left;
    ssize_t got;
    char *end;

    do {
        left = limit < SIZE_MAX ? limit + 1 - buffer->length : CHUNK;
        want = left < CHUNK ? left : CHUNK;
        end = ca_buffer_reserve(buffer, want);
        do {
            got = read(fd, end, want);
        } while (got < 0 && errno == EINTR);
        if (got < 0)
            return fail_io(error, "read", name);
        buffer->length += (size_t)got;
        buffer->data[buffer->length] = '\0';
        if (buffer->length > limit)
            return fail_limit(error, name, limit);
    } while (got > 0);
    return CA_OK;
}

enum ca_code ca_file_open(const char *path, size_t limit, int *descriptor, size_t *size,
                          struct ca_error *error)
{
    /* Without O_NONBLOCK a named pipe would keep us waiting for its writer. */
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status;
    enum ca_code code = CA_OK;

    if (fd < 0)
        return fail_io(error, "read", path);
    if (fstat(fd, &status) != 0)
        code = fail_io(error, "read", path);
    else if (S_ISDIR(status.st_mode))
        code = ca_fail(error, CA_ERROR_IO, "cannot read '%s': it is a folder", path);
    else if (!S_ISREG(status.st_mode))
        code = ca_fail(error, CA_ERROR_IO, "cannot read '%s': it is not a regular file", path);
    else if ((uintmax_t)status.st_size > limit)
        code = fail_limit(error, path, limit);
    if (code != CA_OK) {
        (void)close(fd);
        return code;
    }
    *descriptor = fd;
    *size = (size_t)status.st_size;
    return CA_OK;
}

enum ca_code ca_file_read_into(int descriptor, const char *name, char *room, size_t capacity,
                               size_t *size, struct ca_error *error)
{
    const size_t expected = *size;
    size_t length = 0;
    ssize_t got;

    do { /* less than was asked for is the end of a regular file */
        got = read(descriptor, room + length, capacity - length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_io(error, "read", name);
        length += (size_t)got;
    } while (got < 0 || (got > 0 && length < expected && length < capacity));
    *size = length;
    return CA_OK;
}

static enum ca_code read_open(int descriptor, const char *name, size_t limit, size_t size,
                              struct ca_buffer *buffer, struct ca_error *error)
{
    size_t want = size + 1;
    ssize_t got;

    ca_buffer_clear(buffer);
    do { /* less than was asked for is the end of a regular file */
        char *end = ca_buffer_reserve(buffer, want);
        got = read(descriptor, end, want);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_io(error, "read", name);
        buffer->length += (size_t)got;
        buffer->data[buffer->length] = '\0';
        if (buffer->length > limit)
            return fail_limit(error, name, limit);
        if ((size_t)got < want && buffer->length >= size)
            break;
        want = limit + 1 - buffer->length < CHUNK ? limit + 1 - buffer->length : CHUNK;
    } while (got != 0);
    return CA_OK;
}

enum ca_code ca_file_read(const char *path, size_t limit, struct ca_buffer *buffer,
                          struct ca_error *error)
{
    enum ca_code code;
    size_t size;
    int fd;

    ca_buffer_clear(buffer);
    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, "standard input", limit, buffer, error);
    code = ca_file_open(path, limit, &fd, &size, error);
    if (code != CA_OK)
        return code;
    code = read_open(fd, path, limit, size, buffer, error);
    (void)close(fd);
    return code;
}

void ca_file_head(const char *path, char *head, size_t size)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    size_t kept = 0;
    ssize_t got;

    *head = '\0';
    if (fd < 0)
        return;
    do { /* at a place: nothing is taken out of what is no file, such as a pipe */
        got = pread(fd, head, size - 1, 0);
    } while (got < 0 && errno == EINTR);
    (void)close(fd);
    if (got > 0 && memchr(head, '\0', (size_t)got) == NULL)
        kept = (size_t)got;
    else
        for (ssize_t i = 0; i < got; i++)
            if (head[i] != '\0')
                head[kept++] = head[i];
    head[kept] = '\0';
}

FILE *ca_file_new(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd >= 0 && fchmod(fd, 0600) == 0 ? fdopen(fd, "wb") : NULL;

    if (file == NULL && fd >= 0)
        (void)close(fd);
    return file;
}

bool ca_folder_new(const char *path)
{
    return mkdir(path, 0700) == 0 && chmod(path, 0700) == 0;
}
