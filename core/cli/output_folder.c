/* A folder of generated files: all of them or none, and nobody's work lost. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/file.h"
#include "core/base/signals.h"
#include "core/cli/cli.h"
#include "core/cli/output.h"

enum { NAMES_SHOWN = 3 };

struct item {
    struct ca_output_file *file;
    char *path, *part;  /* part: where it is written first; NULL if it need not be */
    char *made;         /* the folder within that was made for it, or NULL */
    char *kept;         /* what stood there before, until all is done; NULL */
    bool there, placed; /* was there before; has its name */
};

struct folder {
    const char *path;
    bool made;
    struct item *items;
    size_t count;
};

/* ---- may they be written? ---- */

static int by_name(const void *a, const void *b)
{
    const struct item *one = a, *other = b;

    return strcasecmp(one->file->name, other->file->name);
}

static enum ca_code look_for_twins(const struct folder *folder, struct ca_error *error)
{
    for (size_t i = 1; i < folder->count; i++)
        if (by_name(&folder->items[i - 1], &folder->items[i]) == 0)
            return ca_fail(error, CA_ERROR_USAGE,
                           "'%s' and '%s' would be one file on many drives, which do not tell "
                           "capitals apart; nothing was written",
                           folder->items[i - 1].file->name, folder->items[i].file->name);
    return CA_OK;
}

static bool holds(const struct item *item, bool *empty)
{
    struct ca_buffer bytes = {0};
    struct ca_error error;
    bool same = ca_file_read(item->path, SIZE_MAX - 1, &bytes, &error) == CA_OK;

    *empty = same && bytes.length == 0;
    same = same && bytes.length == item->file->length &&
           memcmp(bytes.data, item->file->bytes, bytes.length) == 0;
    ca_buffer_free(&bytes);
    return same;
}

static enum ca_code refuse_different(const struct folder *folder, const char *names,
                                     size_t different, struct ca_error *error)
{
    return ca_fail(
        error, CA_ERROR_USAGE,
        "%zu file%s in '%s' hold%s something else than would be written, perhaps "
        "somebody's work: %s%s. Nothing was written; name another folder with -o, "
        "or say --force to replace %s",
        different, different == 1 ? "" : "s", folder->path, different == 1 ? "s" : "", names,
        different > NAMES_SHOWN ? " and others" : "", different == 1 ? "it" : "them");
}

/* What is there already and the same need not be written; what differs needs --force. */
static enum ca_code look_at_files(struct folder *folder, bool force, struct ca_error *error)
{
    struct ca_buffer names = {0};
    enum ca_code code = CA_OK;
    size_t different = 0;
    bool empty;

    for (size_t i = 0; i < folder->count; i++) {
        struct item *item = &folder->items[i];
        item->there = access(item->path, F_OK) == 0;
        if (!item->there)
            continue;
        if (holds(item, &empty)) {
            item->placed = true;
        } else if (empty || force || item->file->other == CA_OTHER_REPLACED) {
            continue;
        } else if (item->file->other == CA_OTHER_KEPT) {
            item->placed = item->file->kept = true;
        } else if (different++ < NAMES_SHOWN) {
            ca_buffer_printf(&names, "%s%s", names.length > 0 ? ", " : "", item->file->name);
        }
    }
    if (different > 0)
        code = refuse_different(folder, names.data, different, error);
    ca_buffer_free(&names);
    return code;
}

static enum ca_code look_first(struct folder *folder, const struct ca_args *args,
                               struct ca_error *error)
{
    enum ca_code code = CA_OK;

    qsort(folder->items, folder->count, sizeof *folder->items, by_name);
    code = look_for_twins(folder, error);
    for (size_t i = 0; code == CA_OK && i < folder->count; i++)
        code = ca_output_allowed(folder->items[i].path, args, NULL, CA_OUTPUT_DOCUMENT, error);
    if (code == CA_OK)
        code = look_at_files(folder, ca_args_has(args, "force"), error);
    return code;
}

/* ---- writing ---- */

/* The folder within the folder, where its name has one; false if that failed. */
static bool make_room(struct item *item)
{
    char *end = strrchr(item->path, '/');
    bool good;

    if (strchr(item->file->name, '/') == NULL)
        return true;
    *end = '\0';
    good = ca_folder_new(item->path);
    if (good)
        item->made = ca_xstrdup(item->path);
    *end = '/';
    return good || errno == EEXIST;
}

static bool write_part(struct item *item)
{
    struct ca_buffer part = {0};
    FILE *stream;
    bool good;

    ca_buffer_printf(&part, "%s.%ld.part", item->path, (long)getpid());
    item->part = part.data;
    stream = ca_file_new(item->part);
    good = stream != NULL &&
           (item->file->length == 0 ||
            fwrite(item->file->bytes, 1, item->file->length, stream) == item->file->length);
    return stream != NULL && fclose(stream) == 0 && good;
}

static enum ca_code fail(const char *doing, const char *path, struct ca_error *error)
{
    return ca_fail(error, CA_ERROR_IO, "cannot %s '%s': %s", doing, path, ca_output_why(errno));
}

/* All parts reach the disk at once, before any of them gets its name. */
static enum ca_code write_parts(struct folder *folder, struct ca_error *error)
{
    int descriptor;
    bool durable;

    for (size_t i = 0; i < folder->count; i++)
        if (!folder->items[i].placed &&
            !(make_room(&folder->items[i]) && write_part(&folder->items[i])))
            return fail("write", folder->items[i].path, error);
    descriptor = open(folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    durable = descriptor >= 0 && syncfs(descriptor) == 0;
    if (descriptor >= 0)
        (void)close(descriptor);
    return durable ? CA_OK : fail("write into", folder->path, error);
}

/* Under a second name, or else, where a drive knows no such, another one. */
static bool keep_old(struct item *item)
{
    struct ca_buffer kept = {0};
    struct stat status = {0};

    ca_buffer_printf(&kept, "%s.%ld.kept", item->path, (long)getpid());
    item->kept = kept.data;
    if (link(item->path, item->kept) == 0 ||
        (lstat(item->path, &status) == 0 && !S_ISDIR(status.st_mode) &&
         rename(item->path, item->kept) == 0))
        return true;
    if (S_ISDIR(status.st_mode))
        errno = EISDIR;
    free(item->kept);
    item->kept = NULL;
    return false;
}

static enum ca_code give_names(struct folder *folder, struct ca_error *error)
{
    for (size_t i = 0; i < folder->count; i++) {
        struct item *item = &folder->items[i];
        if (item->part == NULL)
            continue;
        if ((item->there && !keep_old(item)) || rename(item->part, item->path) != 0)
            return fail("write", item->path, error);
        item->placed = true;
    }
    for (size_t i = 0; i < folder->count; i++)
        if (folder->items[i].kept != NULL)
            (void)unlink(folder->items[i].kept);
    return CA_OK;
}

/* What was made before the failure goes again; what was there stays, or is put back. */
static void undo(const struct folder *folder)
{
    for (size_t i = 0; i < folder->count; i++) {
        const struct item *item = &folder->items[i];
        if (item->part != NULL)
            (void)unlink(item->placed && !item->there ? item->path : item->part);
        /* To rename one name of a file to another does nothing. */
        if (item->kept != NULL && rename(item->kept, item->path) == 0)
            (void)unlink(item->kept);
    }
    for (size_t i = 0; i < folder->count; i++)
        if (folder->items[i].made != NULL)
            (void)rmdir(folder->items[i].made);
    if (folder->made)
        (void)rmdir(folder->path);
}

static enum ca_code write_all(struct folder *folder, struct ca_error *error)
{
    enum ca_code code;

    folder->made = ca_folder_new(folder->path);
    if (!folder->made && errno != EEXIST)
        return fail("make the folder", folder->path, error);
    code = write_parts(folder, error);
    if (code == CA_OK)
        code = give_names(folder, error);
    if (code != CA_OK)
        undo(folder);
    return code;
}

/* ---- the whole ---- */

enum ca_code ca_output_folder(const struct ca_args *args, struct ca_output_file *files,
                              size_t count, struct ca_error *error)
{
    struct folder folder = {.path = ca_args_get(args, "output", "."), .count = count};
    sigset_t before;
    enum ca_code code;

    folder.items = ca_xcalloc(count + 1, sizeof *folder.items);
    for (size_t i = 0; i < count; i++) {
        struct ca_buffer path = {0};
        ca_buffer_printf(&path, "%s/%s", folder.path, files[i].name);
        folder.items[i] = (struct item){.file = &files[i], .path = path.data};
    }
    code = look_first(&folder, args, error);
    ca_signals_hold(&before);
    if (code == CA_OK)
        code = write_all(&folder, error);
    ca_signals_release(&before);
    for (size_t i = 0; i < count; i++) {
        free(folder.items[i].path);
        free(folder.items[i].part);
        free(folder.items[i].made);
        free(folder.items[i].kept);
    }
    free(folder.items);
    return code;
}
