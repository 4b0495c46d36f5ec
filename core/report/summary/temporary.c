/* A folder for the time of making a document. */
#include "core/report/summary/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "core/base/reason.h"

enum ca_code ca_temporary_new(struct ca_temporary *folder, struct ca_error *error)
{
    const char *place = getenv("TMPDIR");
    int length;
    bool made;

    if (place == NULL || *place != '/')
        place = "/tmp";
    length = snprintf(folder->path, sizeof folder->path, "%s/caseaudit-XXXXXX", place);
    ca_signals_hold(&folder->before);
    made = length < CA_TEMPORARY_SIZE && mkdtemp(folder->path) != NULL;
    if (made)
        return CA_OK;
    length = length < CA_TEMPORARY_SIZE ? errno : ENAMETOOLONG;
    ca_signals_release(&folder->before);
    return ca_fail(error, CA_ERROR_IO, "no room for temporary files in '%s': %s", place,
                   ca_reason(length));
}

/* It is flat, but for folders whose files are their own. */
static void remove_folder(const char *path)
{
    DIR *stream = opendir(path);
    struct ca_buffer below = {0};
    struct dirent *entry;

    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        if (unlinkat(dirfd(stream), entry->d_name, 0) == 0 || strcmp(entry->d_name, ".") == 0 ||
            strcmp(entry->d_name, "..") == 0)
            continue;
        ca_buffer_clear(&below);
        ca_buffer_printf(&below, "%s/%s", path, entry->d_name);
        remove_folder(below.data);
    }
    if (stream != NULL)
        closedir(stream);
    rmdir(path);
    ca_buffer_free(&below);
}

void ca_temporary_remove(const struct ca_temporary *folder)
{
    remove_folder(folder->path);
    ca_signals_release(&folder->before);
}
