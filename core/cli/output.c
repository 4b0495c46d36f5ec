/* Results to standard output or a file, which appears whole or not at all. */
#include "core/cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/file.h"
#include "core/base/signals.h"
#include "core/cli/exhausted.h"

enum { BUFFER_BYTES = 64 * 1024 };

static void forget(struct ca_output *output)
{
    ca_exhausted_removes(NULL);
    free(output->path);
    free(output->temporary);
    free(output->room);
    *output = (struct ca_output){0};
}

const char *ca_output_why(int number)
{
    switch (number) {
    case EISDIR: return "it is a folder; name a file";
    case ENOENT: return "the folder that it is to stand in is not there; make it first";
    default: return ca_reason(number);
    }
}

static enum ca_code fail(const struct ca_output *output, const char *path,
                         struct ca_error *error)
{
    return ca_fail(error, CA_ERROR_IO, "cannot write '%s': %s",
                   path != NULL ? path : output->path, ca_output_why(errno));
}

/* What a link leads to is replaced, not the link; of a new file, the path as it is. */
static char *place_of(const char *path)
{
    char *real = realpath(path, NULL);

    return real != NULL ? real : ca_xstrdup(path);
}

/* A file beside path that did not exist, with mode as far as the umask lets it. */
static int open_temporary(struct ca_output *output, mode_t mode)
{
    size_t size = strlen(output->path) + 48;
    int descriptor = -1;

    output->temporary = ca_xcalloc(size, 1);
    for (int i = 0; i < 100; i++) {
        snprintf(output->temporary, size, "%s.%ld-%d.part", output->path, (long)getpid(), i);
        descriptor = open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (descriptor >= 0 || errno != EEXIST)
            break;
    }
    if (descriptor < 0) {
        free(output->temporary);
        output->temporary = NULL;
    }
    ca_exhausted_removes(output->temporary);
    return descriptor;
}

/* A folder is refused; a device or pipe (/dev/null) is written to and never replaced. */
static int open_by_kind(struct ca_output *output, unsigned kind)
{
    const bool cases = (kind & CA_OUTPUT_CASES) != 0;
    struct stat status;
    int descriptor;

    if (stat(output->path, &status) != 0) {
        descriptor = errno == ENOENT ? open_temporary(output, cases ? 0600 : 0666) : -1;
        if (descriptor >= 0 && cases)
            (void)fchmod(descriptor, 0600);
        return descriptor;
    }
    if (S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    if (!S_ISREG(status.st_mode))
        return open(output->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (access(output->path, W_OK) != 0)
        return -1;
    descriptor = open_temporary(output, 0600);
    if (descriptor >= 0)
        (void)fchmod(descriptor, status.st_mode & (cases ? 0770 : 0777));
    return descriptor;
}

/* Results come by the thousand; a terminal still gets them line by line. */
static void widen(FILE *stream, char *room)
{
    if (isatty(fileno(stream)) == 0)
        (void)setvbuf(stream, room, _IOFBF, BUFFER_BYTES);
}

/* Where what is written next begins; -1 where that makes no sense. */
static off_t end_of_file(int descriptor)
{
    struct stat status;
    const int flags = fcntl(descriptor, F_GETFL);

    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return -1;
    return flags >= 0 && (flags & O_APPEND) != 0 ? status.st_size
                                                 : lseek(descriptor, 0, SEEK_CUR);
}

enum ca_code ca_output_open(struct ca_output *output, const struct ca_args *args,
                            const struct ca_inputs *inputs, unsigned kind,
                            struct ca_error *error)
{
    static char room_of_stdout[BUFFER_BYTES]; /* in use until the process ends */
    const char *path = ca_args_get(args, "output", NULL);
    enum ca_code code;
    int descriptor;

    *output = (struct ca_output){.stream = stdout};
    if (path == NULL || strcmp(path, "-") == 0) {
        code = ca_output_stdout_allowed(args, inputs, error);
        if (code != CA_OK)
            return code;
        widen(stdout, room_of_stdout);
        output->start = end_of_file(STDOUT_FILENO);
        return CA_OK;
    }
    code = ca_output_allowed(path, args, inputs, kind, error);
    if (code != CA_OK)
        return code;
    output->path = place_of(path);
    output->keep_other = (kind & CA_OUTPUT_DOCUMENT) != 0 && !ca_args_has(args, "force");
    descriptor = open_by_kind(output, kind);
    output->stream = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (output->stream == NULL) {
        code = fail(output, path, error);
        forget(output);
        return code;
    }
    output->room = ca_xcalloc(BUFFER_BYTES, 1);
    widen(output->stream, output->room);
    return CA_OK;
}

/* A device that is no terminal: what is written to it is gone at once. */
static bool is_lost(const struct ca_output *output)
{
    struct stat status;

    return fstat(fileno(output->stream), &status) == 0 && S_ISCHR(status.st_mode) &&
           isatty(fileno(output->stream)) == 0;
}

bool ca_output_may_take_back(const struct ca_output *output)
{
    return output->temporary != NULL || (output->path == NULL && output->start >= 0) ||
           is_lost(output);
}

bool ca_output_take_back(struct ca_output *output, size_t written)
{
    const int descriptor = fileno(output->stream);
    struct stat status;

    if (fflush(output->stream) != 0)
        return false;
    if (is_lost(output))
        return true;
    return fstat(descriptor, &status) == 0 &&
           status.st_size == output->start + (off_t)written &&
           ftruncate(descriptor, output->start) == 0 &&
           fseeko(output->stream, output->start, SEEK_SET) == 0;
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

/* A document that is there and holds something else: somebody may have worked in it. */
static bool would_lose_work(const struct ca_output *output)
{
    struct ca_buffer there = {0}, made = {0};
    struct ca_error error;
    bool lose = false;

    if (output->keep_other && output->temporary != NULL && access(output->path, F_OK) == 0)
        lose = ca_file_read(output->path, SIZE_MAX - 1, &there, &error) != CA_OK ||
               ca_file_read(output->temporary, SIZE_MAX - 1, &made, &error) != CA_OK ||
               (there.length > 0 && (there.length != made.length ||
                                     memcmp(there.data, made.data, made.length) != 0));
    ca_buffer_free(&there);
    ca_buffer_free(&made);
    return lose;
}

static enum ca_code take_its_place(const struct ca_output *output, struct ca_error *error)
{
    if (output->temporary == NULL)
        return CA_OK;
    if (would_lose_work(output))
        return ca_fail(error, CA_ERROR_USAGE,
                       "'%s' is there and holds something else, perhaps somebody's work; "
                       "nothing was written. Name another file with -o, or say --force to "
                       "replace it",
                       output->path);
    return rename(output->temporary, output->path) == 0 ? CA_OK : fail(output, NULL, error);
}

enum ca_code ca_output_close(struct ca_output *output, bool keep, struct ca_error *error)
{
    enum ca_code code = CA_OK;

    if (output->path == NULL)
        return CA_OK;
    if (!keep)
        fclose(output->stream);
    else
        code = finish(output) ? take_its_place(output, error) : fail(output, NULL, error);
    if (output->temporary != NULL && (!keep || code != CA_OK))
        (void)unlink(output->temporary);
    else if (output->temporary != NULL)
        sync_folder(output->path);
    forget(output);
    return code;
}

int ca_output_failed(const struct ca_error *error)
{
    ca_complain("%s", error->message);
    return error->code == CA_ERROR_USAGE ? CA_EXIT_USAGE : CA_EXIT_FAILED;
}

int ca_output_write(const struct ca_args *args, unsigned kind, const char *bytes, size_t length)
{
    struct ca_output output;
    struct ca_error error;
    sigset_t before;
    enum ca_code code;

    ca_signals_hold(&before);
    code = ca_output_open(&output, args, NULL, kind, &error);
    if (code == CA_OK) {
        fwrite(bytes, 1, length, output.stream);
        code = ca_output_close(&output, true, &error);
    }
    ca_signals_release(&before);
    return code == CA_OK ? CA_EXIT_DONE : ca_output_failed(&error);
}
