/*
 * Calls that fail, one by one: a library that is loaded before all others (LD_PRELOAD) and
 * stands in front of the calls by which a program gets memory, reads and writes.
 *
 *     FAULT_CALL   which kind: memory, open, read, write, sync, size, name, stream
 *     FAULT_AT     the how-many-th of that kind fails, counted from 1; and
 *     FAULT_LAST   so do those up to this one (a disk stays full); nothing: it alone
 *     FAULT_SHORT  it does half of what it should (read and write) instead of failing
 *     FAULT_REPORT at the end: how many calls there were of each kind, and how many descriptors
 *                  are open that were not when the program began
 *
 * Only the process that was started is disturbed, not those that it forks.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum kind { MEMORY, OPEN, READ, WRITE, SYNC, SIZE, NAME, STREAM, KINDS };

static const char *const names[KINDS] = {"memory", "open", "read", "write",
                                         "sync",   "size", "name", "stream"};
static long counts[KINDS], first, last;
static enum kind chosen = KINDS;
static bool halves, busy;
static pid_t self;
static int open_at_first;

/* What -D_FORTIFY_SOURCE makes of the calls; no header declares these. */
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int folder, const char *path, int flags);
ssize_t __read_chk(int file, void *bytes, size_t length, size_t size);
ssize_t __pread64_chk(int file, void *bytes, size_t length, off64_t at, size_t size);

/* ---- whose turn it is ---- */

static bool disturbed(void)
{
    return self != 0 && !busy && getpid() == self;
}

static bool its_turn(enum kind kind)
{
    if (!disturbed())
        return false;
    counts[kind]++;
    return kind == chosen && counts[kind] >= first && counts[kind] <= last;
}

static bool fails(enum kind kind, int error)
{
    if (!its_turn(kind))
        return false;
    errno = error;
    return true;
}

static size_t most(enum kind kind, size_t length, bool *failed)
{
    *failed = false;
    if (!its_turn(kind))
        return length;
    *failed = !halves || length < 2;
    return length / 2;
}

static int count_open(void)
{
    struct stat status;
    int count = 0;

    for (int i = 3; i < 1024; i++)
        count += fstat(i, &status) == 0;
    return count;
}

static long number_in(const char *variable, long otherwise)
{
    const char *text = getenv(variable);

    return text != NULL ? strtol(text, NULL, 10) : otherwise;
}

__attribute__((constructor)) static void begin(void)
{
    const char *kind = getenv("FAULT_CALL");

    for (int i = 0; i < KINDS && kind != NULL; i++)
        if (strcmp(kind, names[i]) == 0)
            chosen = (enum kind)i;
    first = number_in("FAULT_AT", 0);
    last = number_in("FAULT_LAST", first);
    halves = getenv("FAULT_SHORT") != NULL;
    open_at_first = count_open();
    self = getpid();
}

__attribute__((destructor)) static void end(void)
{
    const char *report = getenv("FAULT_REPORT");
    char line[512];
    int length = 0, file;

    if (!disturbed() || report == NULL)
        return;
    busy = true;
    for (int i = 0; i < KINDS; i++)
        length += snprintf(line + length, sizeof line - (size_t)length, "%s %ld\n", names[i],
                           counts[i]);
    length += snprintf(line + length, sizeof line - (size_t)length, "left %d\n",
                       count_open() - open_at_first);
    file = open(report, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0 || write(file, line, (size_t)length) != length)
        abort();
    (void)close(file);
}

/* The call that this one stands before. dlsym itself may ask for memory. */
#define REAL(result, name, ...)                                                                \
    static result (*real)(__VA_ARGS__);                                                        \
    if (real == NULL) {                                                                        \
        const bool before = busy;                                                              \
        busy = true;                                                                           \
        *(void **)&real = dlsym(RTLD_NEXT, #name);                                             \
        busy = before;                                                                         \
    }

/* ---- memory ---- */

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
    return fails(MEMORY, ENOMEM) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails(MEMORY, ENOMEM) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return fails(MEMORY, ENOMEM) ? NULL : __libc_realloc(old, size);
}

/* Looking up a user without memory crashes in the C library, where nobody can help it. */
struct passwd *getpwuid(uid_t user)
{
    REAL(struct passwd *, getpwuid, uid_t)
    const bool before = busy;
    struct passwd *found;

    busy = true;
    found = real(user);
    busy = before;
    return found;
}

/* ---- files ---- */

#define OPENS(name)                                                                            \
    int name(const char *path, int flags, ...)                                                 \
    {                                                                                          \
        REAL(int, name, const char *, int, ...)                                                \
        va_list args;                                                                          \
        mode_t mode;                                                                           \
        va_start(args, flags);                                                                 \
        mode = va_arg(args, mode_t);                                                           \
        va_end(args);                                                                          \
        return fails(OPEN, EMFILE) ? -1 : real(path, flags, mode);                             \
    }
OPENS(open)
OPENS(open64)

#define OPENS_AT(name)                                                                         \
    int name(int folder, const char *path, int flags, ...)                                     \
    {                                                                                          \
        REAL(int, name, int, const char *, int, ...)                                           \
        va_list args;                                                                          \
        mode_t mode;                                                                           \
        va_start(args, flags);                                                                 \
        mode = va_arg(args, mode_t);                                                           \
        va_end(args);                                                                          \
        return fails(OPEN, EMFILE) ? -1 : real(folder, path, flags, mode);                     \
    }
OPENS_AT(openat)
OPENS_AT(openat64)

#define OPENS_STREAM(name)                                                                     \
    FILE *name(const char *path, const char *mode)                                             \
    {                                                                                          \
        REAL(FILE *, name, const char *, const char *)                                         \
        return fails(OPEN, EMFILE) ? NULL : real(path, mode);                                  \
    }
OPENS_STREAM(fopen)
OPENS_STREAM(fopen64)

/* Those that fortified programs call do the same with the length of what there is behind. */
int __open_2(const char *path, int flags)
{
    return open(path, flags, 0);
}

int __open64_2(const char *path, int flags)
{
    return open64(path, flags, 0);
}

int __openat_2(int folder, const char *path, int flags)
{
    return openat(folder, path, flags, 0);
}

ssize_t read(int file, void *bytes, size_t length)
{
    REAL(ssize_t, read, int, void *, size_t)
    bool failed;

    length = most(READ, length, &failed);
    if (failed)
        errno = EIO;
    return failed ? -1 : real(file, bytes, length);
}

ssize_t __read_chk(int file, void *bytes, size_t length, size_t size)
{
    if (length > size)
        abort();
    return read(file, bytes, length);
}

ssize_t write(int file, const void *bytes, size_t length)
{
    REAL(ssize_t, write, int, const void *, size_t)
    bool failed;

    length = most(WRITE, length, &failed);
    if (failed)
        errno = ENOSPC;
    return failed ? -1 : real(file, bytes, length);
}

#define READS_AT(name, offset)                                                                 \
    ssize_t name(int file, void *bytes, size_t length, offset at)                              \
    {                                                                                          \
        REAL(ssize_t, name, int, void *, size_t, offset)                                       \
        bool failed;                                                                           \
        length = most(READ, length, &failed);                                                  \
        if (failed)                                                                            \
            errno = EIO;                                                                       \
        return failed ? -1 : real(file, bytes, length, at);                                    \
    }
READS_AT(pread, off_t)
READS_AT(pread64, off64_t)

ssize_t __pread64_chk(int file, void *bytes, size_t length, off64_t at, size_t size)
{
    if (length > size)
        abort();
    return pread64(file, bytes, length, at);
}

#define WRITES_AT(name, offset)                                                                \
    ssize_t name(int file, const void *bytes, size_t length, offset at)                        \
    {                                                                                          \
        REAL(ssize_t, name, int, const void *, size_t, offset)                                 \
        bool failed;                                                                           \
        length = most(WRITE, length, &failed);                                                 \
        if (failed)                                                                            \
            errno = ENOSPC;                                                                    \
        return failed ? -1 : real(file, bytes, length, at);                                    \
    }
WRITES_AT(pwrite, off_t)
WRITES_AT(pwrite64, off64_t)

#define SYNCS(name)                                                                            \
    int name(int file)                                                                         \
    {                                                                                          \
        REAL(int, name, int)                                                                   \
        return fails(SYNC, EIO) ? -1 : real(file);                                             \
    }
SYNCS(fsync)
SYNCS(fdatasync)
SYNCS(syncfs)

#define SIZES(name, offset)                                                                    \
    int name(int file, offset length)                                                          \
    {                                                                                          \
        REAL(int, name, int, offset)                                                           \
        return fails(SIZE, ENOSPC) ? -1 : real(file, length);                                  \
    }
SIZES(ftruncate, off_t)
SIZES(ftruncate64, off64_t)

int rename(const char *from, const char *to)
{
    REAL(int, rename, const char *, const char *)

    return fails(NAME, ENOSPC) ? -1 : real(from, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    REAL(int, renameat, int, const char *, int, const char *)

    return fails(NAME, ENOSPC) ? -1 : real(from_folder, from, to_folder, to);
}

int link(const char *from, const char *to)
{
    REAL(int, link, const char *, const char *)

    return fails(NAME, ENOSPC) ? -1 : real(from, to);
}

/* ---- streams, whose own writing goes past all of these ---- */

static int spoilt(FILE *stream)
{
    if (stream != NULL)
        stream->_flags |= 0x20; /* as the C library notes an error: ferror is true */
    errno = ENOSPC;
    return EOF;
}

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *stream)
{
    REAL(size_t, fwrite, const void *, size_t, size_t, FILE *)

    if (stream == stderr || !its_turn(STREAM))
        return real(bytes, size, count, stream);
    (void)spoilt(stream);
    return 0;
}

int fflush(FILE *stream)
{
    REAL(int, fflush, FILE *)

    return stream == stderr || !its_turn(STREAM) ? real(stream) : spoilt(stream);
}

int fclose(FILE *stream)
{
    REAL(int, fclose, FILE *)
    int result;

    if (!its_turn(STREAM))
        return real(stream);
    result = real(stream);
    errno = result == 0 ? ENOSPC : errno;
    return EOF;
}
