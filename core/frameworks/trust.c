/*
 * Whether a file may be run as part of this program. Opening a shared object
 * runs its code, so all of this comes first: whoever can write the file, or
 * swap it in its folder, decides what every grade will be.
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

#include "core/base/buffer.h"

bool ca_object(struct ca_objection *objection, enum ca_load_step step, const char *format, ...)
{
    va_list args;

    objection->step = step;
    va_start(args, format);
    vsnprintf(objection->text, sizeof objection->text, format, args);
    va_end(args);
    return false;
}

bool ca_plugin_name_valid(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

    return length > 0 && name[length] == '\0' && length + sizeof ".so" <= NAME_MAX;
}

/* Nobody else owns it, and nobody else may write to it. */
static bool trust_owner_and_mode(const struct stat *status, const char *what,
                                 struct ca_objection *objection)
{
    if (status->st_uid != 0 && status->st_uid != geteuid())
        return ca_object(objection, CA_STEP_TRUST,
                         "%s belongs to user %lu; it must belong to root or to the user who "
                         "runs this (%lu)",
                         what, (unsigned long)status->st_uid, (unsigned long)geteuid());
    if (status->st_mode & (S_IWGRP | S_IWOTH))
        return ca_object(objection, CA_STEP_TRUST,
                         "%s may be written by %s (mode %04o); take that away with chmod go-w",
                         what, status->st_mode & S_IWOTH ? "others" : "its group",
                         (unsigned)status->st_mode & 07777u);
    return true;
}

/* The file's own place must be the folder: a link that leads out of it would be judged
 * by a folder that nobody put on the search path. */
static bool lies_in(const char *folder, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash == path ? 1 : (size_t)(slash - path);

    return strlen(folder) == length && strncmp(folder, path, length) == 0;
}

static bool trust_open_file(int fd, const char *folder, struct ca_file_identity *identity,
                            struct ca_objection *objection)
{
    struct stat status, folder_status;

    if (fstat(fd, &status) != 0)
        return ca_object(objection, CA_STEP_PATH, "cannot be examined: %s", strerror(errno));
    if (!S_ISREG(status.st_mode))
        return ca_object(objection, CA_STEP_PATH, "is not a regular file");
    if (stat(folder, &folder_status) != 0)
        return ca_object(objection, CA_STEP_PATH, "its folder cannot be examined: %s",
                         strerror(errno));
    if (!trust_owner_and_mode(&status, "the file", objection) ||
        !trust_owner_and_mode(&folder_status, "its folder", objection))
        return false;
    identity->device = status.st_dev;
    identity->inode = status.st_ino;
    identity->size = status.st_size;
    identity->modified = status.st_mtim;
    return true;
}

bool ca_trust_file(const char *folder, const char *file_name, char **path,
                   struct ca_file_identity *identity, struct ca_objection *objection)
{
    struct ca_buffer given = {0};
    char *real;
    bool trusted;
    int fd;

    ca_buffer_printf(&given, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, file_name);
    real = realpath(given.data, NULL);
    ca_buffer_free(&given);
    if (real == NULL)
        return ca_object(objection, CA_STEP_PATH, "cannot be found: %s", strerror(errno));
    if (!lies_in(folder, real)) {
        ca_object(objection, CA_STEP_PATH, "is a link to %s, outside its folder", real);
        free(real);
        return false;
    }
    /* Without blocking, for a pipe would wait here for somebody to write. */
    fd = open(real, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        ca_object(objection, CA_STEP_PATH, "cannot be opened: %s", strerror(errno));
        free(real);
        return false;
    }
    trusted = trust_open_file(fd, folder, identity, objection);
    close(fd);
    if (trusted)
        *path = real;
    else
        free(real);
    return trusted;
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
    ssize_t n;

    sha256_init(&context);
    while ((n = read(fd, block, sizeof block)) != 0) {
        if (n > 0)
            sha256_update(&context, (size_t)n, block);
        else if (errno != EINTR)
            return -1;
    }
    sha256_digest(&context, SHA256_DIGEST_SIZE, digest);
    return 0;
}

enum ca_code ca_file_sha256(const char *path, const struct ca_file_identity *identity,
                            char hex[65], struct ca_error *error)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    enum ca_code code = CA_OK;

    if (fd < 0)
        return ca_fail(error, CA_ERROR_PLUGIN, "%s: cannot be read: %s", path, strerror(errno));
    if (digest_of(fd, digest) != 0)
        code = ca_fail(error, CA_ERROR_PLUGIN, "%s: cannot be read: %s", path, strerror(errno));
    else if (!is_same_file(fd, identity))
        code = ca_fail(error, CA_ERROR_PLUGIN,
                       "%s: was changed after it was loaded; start again", path);
    close(fd);
    if (code != CA_OK)
        return code;
    for (size_t i = 0; i < SHA256_DIGEST_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    return CA_OK;
}
