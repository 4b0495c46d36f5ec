/*
 * Whether a file may be run as part of this program. Opening a shared object
 * runs its code, so all of this comes first: whoever can write the file, or
 * swap it or a folder above it, decides what every grade will be. What was looked at stays
 * open, and that and nothing else is run, so nobody can put another in its place meanwhile.
 */
#include "core/frameworks/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <nettle/sha2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/buffer.h"

bool ca_plugin_name_valid(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

    return length > 0 && name[length] == '\0' && length + sizeof ".so" <= NAME_MAX;
}

static bool trust_owner(const struct stat *status, const char *what,
                        struct ca_objection *objection)
{
    if (status->st_uid == 0 || status->st_uid == geteuid())
        return true;
    return ca_object(objection, CA_STEP_TRUST,
                     "%s belongs to user %lu; it must belong to root or to the user who "
                     "runs this (%lu)",
                     what, (unsigned long)status->st_uid, (unsigned long)geteuid());
}

/* Nobody else owns it, and nobody else may write to it. */
static bool trust_owner_and_mode(const struct stat *status, const char *what,
                                 struct ca_objection *objection)
{
    if (!trust_owner(status, what, objection))
        return false;
    if (status->st_mode & (S_IWGRP | S_IWOTH))
        return ca_object(objection, CA_STEP_TRUST,
                         "%s may be written by %s (mode %04o); take that away with chmod go-w",
                         what, status->st_mode & S_IWOTH ? "others" : "its group",
                         (unsigned)status->st_mode & 07777u);
    return true;
}

/* Of a folder above: in one like /tmp, where others may write and the sticky bit is set, they
 * can still not move what is not theirs. */
static bool trust_above(const struct stat *status, const char *what,
                        struct ca_objection *objection)
{
    return status->st_mode & S_ISVTX ? trust_owner(status, what, objection)
                                     : trust_owner_and_mode(status, what, objection);
}

/* ---- the way from the root to the file, each step from the one before ---- */

static bool examine_folder(int fd, const char *path, bool last, struct ca_objection *objection)
{
    struct stat status;
    char what[512];

    if (fstat(fd, &status) != 0)
        return ca_object(objection, CA_STEP_PATH, "its folder cannot be examined: %s",
                         strerror(errno));
    (void)snprintf(what, sizeof what, "the folder '%s' above it", path);
    return last ? trust_owner_and_mode(&status, "its folder", objection)
                : trust_above(&status, what, objection);
}

enum { AS_FOLDER = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC };

/*
 * Opens folder, an absolute path without links, step by step from the root, and looks at every
 * folder on the way: whoever may rename one of them decides what lies in the last. -1 with
 * an objection.
 */
static int walk_to(const char *folder, struct ca_objection *objection)
{
    char *path = ca_xstrdup(folder), *name = path + 1, *end;
    int fd = open("/", AS_FOLDER), next;
    bool good = fd >= 0 && examine_folder(fd, "/", *name == '\0', objection);

    for (; good && *name != '\0'; name = end + (*end != '\0')) {
        end = strchrnul(name, '/');
        const bool last = *end == '\0';
        *end = '\0';
        next = openat(fd, name, AS_FOLDER);
        (void)close(fd);
        fd = next;
        good = fd >= 0 ? examine_folder(fd, path, last, objection)
                       : ca_object(objection, CA_STEP_PATH, "its folder cannot be opened: %s",
                                   strerror(errno));
        if (last)
            break;
        *end = '/';
    }
    free(path);
    if (good)
        return fd;
    if (fd >= 0)
        (void)close(fd);
    return -1;
}

/* ---- the file ---- */

/* The file's own place must be the folder: a link that leads out of it would be judged
 * by a folder that nobody put on the search path. */
static bool lies_in(const char *folder, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash == path ? 1 : (size_t)(slash - path);

    return strlen(folder) == length && strncmp(folder, path, length) == 0;
}

static bool trust_open_file(int fd, struct ca_file_identity *identity,
                            struct ca_objection *objection)
{
    struct stat status;

    if (fstat(fd, &status) != 0)
        return ca_object(objection, CA_STEP_PATH, "cannot be examined: %s", strerror(errno));
    if (!S_ISREG(status.st_mode))
        return ca_object(objection, CA_STEP_PATH, "is not a regular file");
    if (!trust_owner_and_mode(&status, "the file", objection))
        return false;
    *identity =
        (struct ca_file_identity){status.st_dev, status.st_ino, status.st_size, status.st_mtim};
    return true;
}

/* Without blocking, for a pipe would wait here for somebody to write. */
static int open_trusted(const char *folder, const char *name, struct ca_file_identity *identity,
                        struct ca_objection *objection)
{
    int above = walk_to(folder, objection), fd;

    if (above < 0)
        return -1;
    fd = openat(above, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    (void)close(above);
    if (fd < 0) {
        ca_object(objection, CA_STEP_PATH, "cannot be opened: %s", strerror(errno));
        return -1;
    }
    if (trust_open_file(fd, identity, objection))
        return fd;
    (void)close(fd);
    return -1;
}

int ca_trust_file(const char *folder, const char *file_name, char **path,
                  struct ca_file_identity *identity, struct ca_objection *objection)
{
    struct ca_buffer given = {0};
    char *real;
    int fd = -1;

    ca_buffer_printf(&given, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, file_name);
    real = realpath(given.data, NULL);
    ca_buffer_free(&given);
    if (real == NULL)
        ca_object(objection, CA_STEP_PATH, "cannot be found: %s", strerror(errno));
    else if (!lies_in(folder, real))
        ca_object(objection, CA_STEP_PATH, "is a link to %s, outside its folder", real);
    else
        fd = open_trusted(folder, strrchr(real, '/') + 1, identity, objection);
    if (fd < 0)
        free(real);
    else
        *path = real;
    return fd;
}

static bool is_same_file(int fd, const struct ca_file_identity *identity)
{
    struct stat status;

    return fstat(fd, &status) == 0 && status.st_dev == identity->device &&
           status.st_ino == identity->inode && status.st_size == identity->size &&
           status.st_mtim.tv_sec == identity->modified.tv_sec &&
           status.st_mtim.tv_nsec == identity->modified.tv_nsec;
}

/* 0, or -1 with errno. */
static int digest_of(int fd, uint8_t digest[SHA256_DIGEST_SIZE])
{
    struct sha256_ctx context;
    uint8_t block[16384];
    off_t at = 0;
    ssize_t n;

    sha256_init(&context);
    while ((n = pread(fd, block, sizeof block, at)) != 0) {
        if (n > 0)
            sha256_update(&context, (size_t)n, block);
        else if (errno != EINTR)
            return -1;
        at += n > 0 ? n : 0;
    }
    sha256_digest(&context, SHA256_DIGEST_SIZE, digest);
    return 0;
}

enum ca_code ca_file_sha256(int fd, const char *path, const struct ca_file_identity *identity,
                            char hex[65], struct ca_error *error)
{
    uint8_t digest[SHA256_DIGEST_SIZE];

    if (digest_of(fd, digest) != 0)
        return ca_fail(error, CA_ERROR_PLUGIN, "%s: cannot be read: %s", path, strerror(errno));
    if (!is_same_file(fd, identity))
        return ca_fail(error, CA_ERROR_PLUGIN,
                       "%s: was changed after it was loaded; start again", path);
    for (size_t i = 0; i < SHA256_DIGEST_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    return CA_OK;
}
