#ifndef CA_FRAMEWORKS_TRUST_H
#define CA_FRAMEWORKS_TRUST_H

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

#include "core/base/error.h"
#include "core/frameworks/objection.h"

/* Which file it was that was trusted, to notice if it is another one later. */
struct ca_file_identity {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec modified;
};

/* [a-z0-9-]+, not longer than a file name may be. */
bool ca_plugin_name_valid(const char *name);

/*
 * The steps path and trust. folder is absolute with links resolved; the file, its folder and
 * every folder above must belong to root or the user, and nobody else may write there. The
 * open file, which is the caller's, or -1 with an objection; *path is then the file's real
 * path (malloc), which lies in folder, and *identity tells it from others.
 */
int ca_trust_file(const char *folder, const char *file_name, char **path,
                  struct ca_file_identity *identity, struct ca_objection *objection);

/* SHA-256 of the open file as 64 hexadecimal digits; refuses one that was changed since. path
 * is for messages. */
enum ca_code ca_file_sha256(int fd, const char *path, const struct ca_file_identity *identity,
                            char hex[65], struct ca_error *error);

#endif
