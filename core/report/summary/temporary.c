/* A folder for the time of making a document. */
#include "core/report/summary/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum ca_code ca_temporary_new(char path[CA_TEMPORARY_SIZE], struct ca_error *error)
{
    const char *place = getenv("TMPDIR");
    int length;

    if (place == NULL || *place != '/')
        place = "/tmp";
    length = snprintf(path, CA_TEMPORARY_SIZE, "%s/caseaudit-XXXXXX", place);
    if (length >= CA_TEMPORARY_SIZE || mkdtemp(path) == NULL)
        return ca_fail(error, CA_ERROR_IO, "no room for temporary files in '%s': %s", place,
                       length >= CA_TEMPORARY_SIZE ? "the path is too long" : strerror(errno));
    return CA_OK;
}

void ca_temporary_remove(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;

    while (folder != NULL && (entry = readdir(folder)) != NULL)
        unlinkat(dirfd(folder), entry->d_name, 0); /* "." and ".." are refused */
    if (folder != NULL)
        closedir(folder);
    rmdir(path);
}
