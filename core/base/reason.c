/* Why the system refused something, in words. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* strerrordesc_np */
#endif
#include "core/base/reason.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

const char *ca_reason(int number)
{
    static const struct {
        int number;
        const char *words;
    } plain[] = {{ENOENT, "there is nothing of that name"},
                 {ENOTDIR, "a part of its path is a file, and no folder"},
                 {ENOSPC, "there is no room left on the disk"},
                 {EDQUOT, "you have no room left on the disk"},
                 {EROFS, "the disk can only be read"},
                 {EBADF, "it is closed"},
                 {ELOOP, "its links lead round in a circle"},
                 {EIO, "the disk, or the way to it, reports an error"},
                 {ENAMETOOLONG, "its name is too long"}};
    const char *words = strerrordesc_np(number);

    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (plain[i].number == number)
            return plain[i].words;
    return words != NULL ? words : "unknown error";
}
