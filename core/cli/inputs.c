#include "core/cli/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/array.h"
#include "core/base/file.h"

enum { LIST_LIMIT = 64 * 1024 * 1024 };

static void add(struct ca_inputs *inputs, const char *path)
{
    if (inputs->names == NULL)
        inputs->names = ca_arena_new();
    *CA_APPEND(inputs->paths, inputs->count) = ca_arena_strdup(inputs->names, path);
}

/* ---- folders ---- */

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_xml(const char *name)
{
    size_t length = strlen(name);

    return length > 4 && strcmp(name + length - 4, ".xml") == 0;
}

static char *joined(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    char *path = ca_xcalloc(length + strlen(name) + 2, 1);

    sprintf(path, "%s%s%s", folder, length > 0 && folder[length - 1] == '/' ? "" : "/", name);
    return path;
}

static void complain_of_folder(struct ca_inputs *inputs, const char *folder, int why)
{
    ca_complain_of(folder, "cannot read this folder: %s", ca_reason(why));
    inputs->failures++;
}

/* Links to folders are not followed, so that no walk runs in circles. */
static void take_entry(struct ca_inputs *inputs, struct ca_inputs *folders, const char *path,
                       const struct dirent *entry)
{
    bool unknown = entry->d_type == DT_UNKNOWN; /* some file systems do not tell */
    struct stat status;

    if (entry->d_type == DT_DIR ||
        (unknown && lstat(path, &status) == 0 && S_ISDIR(status.st_mode)))
        add(folders, path);
    else if (is_xml(entry->d_name))
        add(inputs, path);
    else if (unknown && lstat(path, &status) != 0 && errno != ENOENT) /* it may be one */
        complain_of_folder(inputs, path, errno);
}

/* Files go to inputs, folders below to folders. False if the folder cannot be read. */
static bool look_into(struct ca_inputs *inputs, struct ca_inputs *folders, const char *folder)
{
    DIR *stream = opendir(folder);
    struct dirent *entry;

    if (stream == NULL)
        return false;
    while ((errno = 0, entry = readdir(stream)) != NULL) {
        if (entry->d_name[0] == '.')
            continue; /* hidden, and the folder itself */
        char *path = joined(folder, entry->d_name);
        take_entry(inputs, folders, path, entry);
        free(path);
    }
    int why = errno;
    closedir(stream);
    errno = why;
    return why == 0;
}

/* A list of folders yet to be looked into, so that depth costs neither stack nor files. */
static void walk(struct ca_inputs *inputs, const char *top)
{
    struct ca_inputs folders = {0};

    add(&folders, top);
    for (size_t i = 0; i < folders.count; i++) {
        if (!look_into(inputs, &folders, folders.paths[i]))
            complain_of_folder(inputs, folders.paths[i], errno);
    }
    ca_inputs_free(&folders);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_folder(struct ca_inputs *inputs, const char *folder)
{
    size_t first = inputs->count, failures = inputs->failures;

    walk(inputs, folder);
    if (inputs->count == first && inputs->failures == failures) {
        ca_complain_of(folder, "there is no return in this folder: no file *.xml, here or in "
                               "the folders below");
        inputs->failures++;
    }
    if (inputs->count > first)
        qsort(inputs->paths + first, inputs->count - first, sizeof *inputs->paths, by_bytes);
}

/* False if standard input has been taken already. */
static bool take_standard_input(struct ca_inputs *inputs)
{
    if (inputs->standard_input) {
        ca_complain("standard input ('-') can be read only once");
        inputs->status = CA_EXIT_USAGE;
        return false;
    }
    inputs->standard_input = true;
    return true;
}

static bool add_operand(struct ca_inputs *inputs, const char *operand)
{
    if (strcmp(operand, "-") == 0 && !take_standard_input(inputs))
        return false;
    if (strcmp(operand, "-") != 0 && is_folder(operand))
        add_folder(inputs, operand);
    else
        add(inputs, operand);
    return true;
}

/* ---- lists ---- */

static bool read_list(struct ca_inputs *inputs, const char *list, struct ca_buffer *bytes)
{
    struct ca_error error;

    if (strcmp(list, "-") == 0 && !take_standard_input(inputs))
        return false;
    if (ca_file_read(list, LIST_LIMIT, bytes, &error) == CA_OK)
        return true;
    ca_complain("cannot read the list of files: %s", error.message);
    inputs->status = CA_EXIT_FAILED;
    return false;
}

/* One name, which ends before length bytes or sooner, at a CR. Lists are long, and what is
 * called *.xml in one is a file. */
static bool add_name(struct ca_inputs *inputs, char *name, size_t length)
{
    name[length] = '\0';
    if (length > 0 && name[length - 1] == '\r')
        name[length - 1] = '\0';
    if (*name == '\0')
        return true;
    if (!is_xml(name))
        return add_operand(inputs, name);
    add(inputs, name);
    return true;
}

static bool add_list(struct ca_inputs *inputs, const char *list)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* as some editors put before UTF-8 */
    struct ca_buffer bytes = {0};
    size_t before = inputs->count + inputs->failures;
    bool good = read_list(inputs, list, &bytes);
    char *at = bytes.data, *end = bytes.data + bytes.length;

    if (good && bytes.length >= 3 && memcmp(at, mark, 3) == 0)
        at += 3;
    char separator = good && memchr(at, '\0', (size_t)(end - at)) != NULL ? '\0' : '\n';
    while (good && at < end) {
        char *stop = memchr(at, separator, (size_t)(end - at));
        size_t length = (size_t)((stop != NULL ? stop : end) - at);
        good = add_name(inputs, at, length);
        at += length + 1;
    }
    if (good && inputs->count + inputs->failures == before) {
        ca_complain_of(list, "this list names no return");
        inputs->failures++;
    }
    ca_buffer_free(&bytes);
    return good;
}

bool ca_inputs_gather(struct ca_inputs *inputs, const struct ca_args *args)
{
    const char *list;

    *inputs = (struct ca_inputs){0};
    for (size_t i = 0; i < args->operand_count; i++)
        if (!add_operand(inputs, args->operands[i]))
            return false;
    for (size_t i = 0; (list = ca_args_nth(args, "files-from", i)) != NULL; i++)
        if (!add_list(inputs, list))
            return false;
    return true;
}

void ca_inputs_free(struct ca_inputs *inputs)
{
    free(inputs->paths);
    ca_arena_free(inputs->names);
    *inputs = (struct ca_inputs){0};
}
