#include "core/cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/arena.h"

enum { BUFFER_BYTES = 64 * 1024 };

static void forget(struct ca_output *output)
{
    free(output->path);
    free(output->temporary);
    free(output->room);
    *output = (struct ca_output){0};
}

static enum ca_code fail(const struct ca_output *output, const char *path,
                         struct ca_error *error)
{
    return ca_fail(error, CA_ERROR_IO, "cannot write '%s': %s",
                   path != NULL ? path : output->path, ca_reason(errno));
}

/* What a link leads to is replaced, not the link; of a new file, the path as it is. */
static char *place_of(const char *path)
{
    char *real = realpath(path, NULL);

    return real != NULL ? real : ca_xstrdup(path);
}

/* A file beside path that did not exist, with the mode that new files have. */
static int open_temporary(struct ca_output *output)
{
    size_t size = strlen(output->path) + 48;
    int descriptor = -1;

    output->temporary = ca_xcalloc(size, 1);
    for (int i = 0; i < 100; i++) {
        snprintf(output->temporary, size, "%s.%ld-%d.part", output->path, (long)getpid(), i);
        descriptor = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor >= 0 || errno != EEXIST)
            break;
    }
    if (descriptor < 0) {
        free(output->temporary);
        output->temporary = NULL;
    }
    return descriptor;
}

/* A folder is refused; a device or pipe (/dev/null) is written to and never replaced. */
static int open_by_kind(struct ca_output *output)
{
    struct stat status;
    int descriptor;

    if (stat(output->path, &status) != 0)
        return errno == ENOENT ? open_temporary(output) : -1;
    if (S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    if (!S_ISREG(status.st_mode))
        return open(output->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (access(output->path, W_OK) != 0)
        return -1;
    descriptor = open_temporary(output);
    if (descriptor >= 0)
        (void)fchmod(descriptor, status.st_mode & 07777);
    return descriptor;
}

/* Results come by the thousand; a terminal still gets them line by line. */
static void widen(FILE *stream, char *room)
{
    if (isatty(fileno(stream)) == 0)
        (void)setvbuf(stream, room, _IOFBF, BUFFER_BYTES);
}

enum ca_code ca_output_open(struct ca_output *output, const char *path, struct ca_error *error)
{
    static char room_of_stdout[BUFFER_BYTES]; /* in use until the process ends */
    int descriptor;

    *output = (struct ca_output){.stream = stdout};
    if (path == NULL || strcmp(path, "-") == 0) {
        widen(stdout, room_of_stdout);
        return CA_OK;
    }
    output->path = place_of(path);
    descriptor = open_by_kind(output);
    output->stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (output->stream == NULL) {
        enum ca_code code = fail(output, path, error);
        forget(output);
        return code;
    }
    output->room = ca_xcalloc(BUFFER_BYTES, 1);
    widen(output->stream, output->room);
    return CA_OK;
}

/* A new name in a folder is durable once the folder is; not every file system can. */
static void sync_folder(const char *path)
{
    char folder[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    int descriptor;

    if (slash != NULL && (size_t)(slash - path) < sizeof folder - 1)
        snprintf(folder, sizeof folder, "%.*s", (int)(slash - path + (slash == path)), path);
    descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    (void)fsync(descriptor);
    (void)close(descriptor);
}

/* errno tells why not; a write that failed earlier may have left no reason but this. */
static bool finish(struct ca_output *output)
{
    bool had_failed = ferror(output->stream) != 0, good;

    errno = 0;
    good = fflush(output->stream) == 0 && !had_failed;
    if (good && output->temporary != NULL)
        good = fsync(fileno(output->stream)) == 0;
    if (!good && errno == 0)
        errno = ENOSPC;
    int why = errno;
    if (fclose(output->stream) != 0 && good)
        return false;
    errno = why;
    return good;
}

enum ca_code ca_output_close(struct ca_output *output, bool keep, struct ca_error *error)
{
    enum ca_code code = CA_OK;

    if (output->path == NULL)
        return CA_OK;
    if (!keep)
        fclose(output->stream);
    else if (!finish(output) ||
             (output->temporary != NULL && rename(output->temporary, output->path) != 0))
        code = fail(output, NULL, error);
    if (output->temporary != NULL && (!keep || code != CA_OK))
        (void)unlink(output->temporary);
    else if (output->temporary != NULL)
        sync_folder(output->path);
    forget(output);
    return code;
}
