/* Files that have no name until they are whole. */
#include "core/base/nameless.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/arena.h"

static char *folder_of(const char *path)
{
    char *folder = ca_xstrdup(path), *slash = strrchr(folder, '/');

    if (slash == NULL) {
        free(folder);
        return ca_xstrdup(".");
    }
    slash[slash == folder] = '\0';
    return folder;
}

static char *part_of(const char *path)
{
    struct ca_buffer part = {0};

    ca_buffer_printf(&part, "%s.part", path);
    return part.data;
}

struct ca_nameless ca_nameless_open(const char *path)
{
    struct ca_nameless file = {.part = NULL};
    char *folder = folder_of(path);

    file.fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file.fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
        file.part = part_of(path);
        (void)unlink(file.part);
        file.fd = open(file.part, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    }
    if (file.fd >= 0)
        (void)fchmod(file.fd, 0600);
    snprintf(file.way, sizeof file.way, "/proc/self/fd/%d", file.fd);
    free(folder);
    return file;
}

/* A link never takes the place of another; only renaming does. */
static bool put_in_place(const struct ca_nameless *file, const char *path)
{
    char *part = part_of(path);
    bool good;

    if (file->part == NULL) {
        (void)unlink(part);
        good = linkat(AT_FDCWD, file->way, AT_FDCWD, part, AT_SYMLINK_FOLLOW) == 0;
    } else {
        good = true;
    }
    good = good && rename(part, path) == 0;
    free(part);
    return good;
}

/* Makes names in the folder of path durable; not every file system can, so no error. */
static void sync_folder(const char *path)
{
    char *folder = folder_of(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
    free(folder);
}

bool ca_nameless_name(struct ca_nameless *file, const char *path, bool replace)
{
    bool good = fsync(file->fd) == 0;
    int why;

    if (good && replace)
        good = put_in_place(file, path);
    else if (good)
        good = linkat(AT_FDCWD, file->part != NULL ? file->part : file->way, AT_FDCWD, path,
                      AT_SYMLINK_FOLLOW) == 0;
    why = errno;
    if (good)
        sync_folder(path);
    ca_nameless_close(file);
    errno = why;
    return good;
}

void ca_nameless_close(struct ca_nameless *file)
{
    if (file->fd >= 0)
        (void)close(file->fd);
    if (file->part != NULL)
        (void)unlink(file->part);
    free(file->part);
    *file = (struct ca_nameless){.fd = -1};
}
